"""Opens the drill centre's database."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from desktop.drill.store.tables import metadata
from desktop.errors import OpsError

WRITES = {"drill_writes": True}
"""Execution options of a connection that is going to write."""

BUSY_DEADLINE_S = 3.0
"""So long a writer waits for another program that holds the database; then the desk is told to try again."""

FILE_NAME = "drill.db"


def open_database(data_dir: Path) -> Engine:
    """Open (and on first use create) the database in `data_dir`.

    The SQLite of sqlcipher3 is used, without a key: the interpreter's own one may be inside the range whose WAL
    reset can damage a database.

    Raises:
        OpsError: ``drill.data_dir`` when the folder cannot be written, ``drill.database`` when the file in it
            is not a database of ours.
    """
    path = data_dir / FILE_NAME
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
    except OSError as fault:
        raise OpsError("drill.data_dir", {"path": str(data_dir)}, detail=str(fault)) from fault

    def connect() -> sqlite3.Connection:
        connection: sqlite3.Connection = dbapi2.connect(
            str(path), timeout=BUSY_DEADLINE_S, isolation_level=None, check_same_thread=False
        )
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "cache_size = -16000"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite+pysqlite://", module=dbapi2, creator=connect, poolclass=QueuePool, pool_size=8)
    event.listen(engine, "begin", _begin)
    try:
        metadata.create_all(engine)
    except SQLAlchemyError as fault:
        engine.dispose()
        raise OpsError("drill.database", {"path": str(path)}, detail=str(fault)) from fault
    return engine


def snapshots_of(engine: Engine) -> Engine:
    """Return the same database for reading: every transaction sees one moment, however many statements it has.

    SQLite does so anyway. On a server writers must not: they wait for each other's log numbers, and then look.
    """
    return engine.execution_options(isolation_level="REPEATABLE READ") if engine.dialect.name != "sqlite" else engine


def _begin(connection: Connection) -> None:
    # The driver is in autocommit mode: SQLite would otherwise start a reading transaction and fail to upgrade it.
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("drill_writes") else "BEGIN")
