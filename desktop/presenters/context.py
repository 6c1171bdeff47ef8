"""What every presenter of one desk works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop.presenters.directory import Directory
from desktop.reads import Reads
from desktop.selection import Selection
from storage.cache.cache import Cache


@dataclass(frozen=True, slots=True)
class Context:
    """The shared parts of one desk.

    Attributes:
        cache: Where records are read.
        reads: The way there and back.
        directory: Names of departments and modules.
        selection: What is selected.
        now: The centre's time as estimated, aware.
    """

    cache: Cache
    reads: Reads
    directory: Directory
    selection: Selection
    now: Callable[[], datetime]
