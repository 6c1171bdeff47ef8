"""Rolling copies of `duty.db`, each opened and checked before it counts."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from storage.duty.journal import Journal
from storage.duty.tables import identity
from storage.engine import Database
from storage.errors import StorageError
from storage.faults import fault_of_os

log = logging.getLogger(__name__)

FOLDER = "backups"
GENERATIONS = 3
AFTER_OPERATIONS = 200
INTERVAL_S = 600.0
"""Between two copies, while anything is written at all."""
_LOOK_S = 5.0
_CLOSE_S = 5.0
_NAME = "duty-*.db"


def backups(data_dir: Path) -> list[Path]:
    """Return the copies there are, newest first."""
    return sorted((data_dir / FOLDER).glob(_NAME), reverse=True)


class Backups:
    """Makes the copies on a thread of its own: a reader's connection feeds them, so no officer waits for one."""

    def __init__(
        self, database: Database, data_dir: Path, journal: Journal, look: Callable[[], None], look_s: float = _LOOK_S
    ) -> None:
        """Start; every `look_s` seconds see whether a copy is due, and call `look` for whatever else is looked after.

        With each copy the journal is turned over.
        """
        self._look = look
        self._journal = journal
        self._database = database
        self._data_dir = data_dir
        self._look_s = look_s
        self._stopping = threading.Event()
        self._copied = self._state()
        self._copied_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread, then copy once more if anything was written since. Blocking: a second at worst."""
        self._stopping.set()
        self._thread.join(_CLOSE_S)
        if self._thread.is_alive():
            log.warning("the copy of %s is not done after %.0f s", self._database.path.name, _CLOSE_S)
        elif not self._database.is_damaged:
            self._copy_if(0, 0.0)

    def make(self) -> Path:
        """Make one copy now and let the oldest go; return where it is.

        Raises:
            StorageError: storage.full, .io, .corrupt; the copies there were are still there.
        """
        folder = self._data_dir / FOLDER
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        fresh, done = folder / "fresh.db", folder / f"duty-{stamp}.db"
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            fresh.unlink(missing_ok=True)
            self._database.copy_to(fresh)
            fresh.replace(done)
            for old in backups(self._data_dir)[GENERATIONS:]:
                old.unlink()
        except OSError as error:
            raise fault_of_os(error, done) from error
        self._journal.turn_over()
        return done

    def _run(self) -> None:
        while not self._stopping.wait(self._look_s):
            self._copy_if(AFTER_OPERATIONS, INTERVAL_S)
            try:
                self._look()
            except StorageError as error:  # what is looked after can wait
                log.warning("left for the next look: %s", error)

    def _copy_if(self, operations: int, age_s: float) -> None:
        """Copy if so many operations were written since the last copy, or anything at all so many seconds ago."""
        try:
            now = self._state()
            if now == self._copied:
                return
            if now[0] - self._copied[0] >= operations or time.monotonic() - self._copied_at >= age_s:
                self._copied_at = time.monotonic()
                self.make()
                self._copied = now
        except StorageError as error:  # the copies are for a bad day; this day goes on without a new one
            log.warning("no copy of %s: %s", self._database.path.name, error)

    def _state(self) -> tuple[int, int]:
        """Return the number of the next operation, and one that any write changes."""
        with self._database.read() as connection:
            following = connection.execute(select(identity.c.next_seq)).scalar() or 0
        return int(following), self._database.changes()
