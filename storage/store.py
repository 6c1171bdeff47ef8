"""Opening and closing the two databases."""

from pathlib import Path

from storage.cache.cache import Cache
from storage.duty.duty import Duty
from storage.records import Notice, Project


class Store:
    """Both databases, open. `notices` says what was found and dealt with on the way."""

    cache: Cache
    duty: Duty
    notices: tuple[Notice, ...]

    def close(self) -> None:
        """Close both, in order, and note that the stop was clean."""
        raise NotImplementedError


def open_store(data_dir: Path, key: bytes, project: Project) -> Store:
    """Open (or make) the databases in `data_dir`; blocking, a second at worst: call it on the storage worker.

    Raises:
        StorageError: storage.locked_by_other, .readonly, .wrong_key, .newer_schema, .duty_corrupt, .old_sqlite, .full, .io.
    """
    raise NotImplementedError
