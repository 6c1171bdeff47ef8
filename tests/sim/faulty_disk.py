"""A disk that refuses its N-th step: a statement or a commit of the real driver fails as SQLite would fail it.

The driver's connections are wrapped at the one seam where the engine makes them, so everything above (SQLAlchemy's
pool, our transactions, the translation of faults) is what runs in production. The driver gives SQLite's sentences and
no numbers, so the sentences are what is imitated.
"""

from typing import Any

from sqlcipher3 import dbapi2 as driver

SENTENCES = {
    "full": (driver.OperationalError, "database or disk is full"),
    "io": (driver.OperationalError, "disk I/O error"),
    "busy": (driver.OperationalError, "database is locked"),
    "corrupt": (driver.DatabaseError, "database disk image is malformed"),
}


class FaultyDisk:
    """Counts the steps of all connections it made; once armed, the N-th fails, and only that one."""

    def __init__(self) -> None:
        self._left = 0
        self._fault = ""
        self.struck = ""

    def arm(self, step: int, fault: str) -> None:
        self._left, self._fault, self.struck = step, fault, ""

    def disarm(self) -> None:
        self._left = 0

    def step(self, what: str) -> None:
        """Pass, or fail if this is the step."""
        if self._left:
            self._left -= 1
            if self._left == 0:
                self.struck = what
                kind, sentence = SENTENCES[self._fault]
                raise kind(sentence)

    def connect(self, *args: Any, **options: Any) -> Any:
        """Stand in for the driver's `connect`."""
        return driver.connect(*args, **options, factory=self._connection_class())

    def _connection_class(self) -> type:
        disk = self

        class Cursor(driver.Cursor):  # type: ignore[misc, name-defined]
            def execute(self, statement: str, *parameters: Any) -> Any:
                if statement.strip() != "ROLLBACK":
                    disk.step(statement)
                return super().execute(statement, *parameters)

            def executemany(self, statement: str, rows: Any) -> Any:
                disk.step(statement)
                return super().executemany(statement, rows)

        class Connection(driver.Connection):  # type: ignore[misc, name-defined]
            def cursor(self, factory: type = Cursor) -> Any:
                return super().cursor(factory)

            def commit(self) -> None:
                disk.step("COMMIT")
                super().commit()

        return Connection
