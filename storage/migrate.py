"""Bringing a database to the schema this program writes, by Alembic, in one transaction."""

from importlib.resources import as_file, files

from sqlalchemy import Connection

from storage.engine import Database
from storage.errors import StorageError


def migrate(database: Database, branch: str, head: str) -> None:
    """Run the missing steps of `branch` (``cache`` or ``duty``) on `database`, up to `head`.

    All steps and the note of having run them are one transaction: after a crash the file is as before or done.

    Raises:
        StorageError: storage.newer_schema if the file was written by a newer program; it is left untouched.
    """
    with database.write() as connection:
        found = _revision(connection)
        if found == head:
            return  # the common case, without loading Alembic
        _upgrade(connection, branch, found, head, database.path.name)


def _revision(connection: Connection) -> str | None:
    present = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if present else None


def _upgrade(connection: Connection, branch: str, found: str | None, head: str, file: str) -> None:
    from alembic.command import upgrade  # noqa: PLC0415 - 0.15 s of imports that a normal start does not need
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    with as_file(files("storage.migrations") / branch) as folder:
        config = Config()
        config.set_main_option("script_location", folder.as_posix().replace("%", "%%"))
        config.attributes["connection"] = connection
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if found is not None and found not in known:
            raise StorageError("storage.newer_schema", {"file": file, "found": found, "known": head})
        upgrade(config, head)
