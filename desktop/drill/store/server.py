"""A PostgreSQL server as the drill centre's database, given by its URL."""

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from desktop.drill.store.tables import metadata
from desktop.errors import OpsError

LOCK_DEADLINE_S = 3.0
"""As for SQLite: so long a writer waits for another; then the desk is told to try again."""
CONNECT_DEADLINE_S = 5
POOL_SIZE = 8


def open_server(url: str) -> Engine:
    """Connect to a database of a server and make the tables that are missing.

    Raises:
        OpsError: ``drill.database_url`` when the URL is not one of PostgreSQL or its driver is not installed,
            ``drill.database`` when the server cannot be used. Neither tells the password.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "postgresql":
            raise OpsError("drill.database_url", {"url": parsed.render_as_string()})
        engine = create_engine(
            parsed,
            pool_size=POOL_SIZE,
            pool_pre_ping=True,  # the server may have been started anew since
            connect_args={
                "connect_timeout": CONNECT_DEADLINE_S,
                "options": f"-c lock_timeout={int(LOCK_DEADLINE_S * 1000)} -c timezone=UTC",
            },
        )
    except (ArgumentError, NoSuchModuleError, ImportError) as fault:
        raise OpsError("drill.database_url", {"url": url.rpartition("@")[2]}, detail=type(fault).__name__) from fault
    try:
        metadata.create_all(engine)
    except SQLAlchemyError as fault:
        engine.dispose()
        raise OpsError("drill.database", {"path": parsed.render_as_string()}, detail=str(fault)) from fault
    return engine
