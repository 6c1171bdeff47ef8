"""What every presenter of one desk works with."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from desktop.central.schema import Expect, Json, Officer
from desktop.domain.dispatch import CaseBook
from desktop.presenters.directory import Directory
from desktop.reads import Reads
from desktop.selection import Selection
from desktop.tasks import Tasks
from storage.cache.cache import Cache
from storage.duty.duty import Duty
from storage.records import OpRecord

Record = Callable[[str, str, str, Json, Expect], "Future[OpRecord]"]
"""`Recorder.record` of the sync engine: kind, id, verb, arguments, what the officer saw -> the operation, durable."""


@dataclass(frozen=True, slots=True)
class Context:
    """The shared parts of one desk.

    Attributes:
        cache: Where records are read.
        duty: Where this desk's operations are read.
        reads: The way to both and back.
        tasks: The way back for everything else that takes time.
        directory: Names of departments and modules.
        selection: What is selected.
        record: Writes an operation down.
        officer: Who is at the desk.
        now: The centre's time as estimated, aware.
        keep: Keeps a setting of this seat (name, value); None forgets it.
        book: What was learnt of past orders; belongs to the reader thread.
    """

    cache: Cache
    duty: Duty
    reads: Reads
    tasks: Tasks
    directory: Directory
    selection: Selection
    record: Record
    officer: Callable[[], Officer | None]
    now: Callable[[], datetime]
    keep: Callable[[str, str | None], "Future[None]"]
    book: CaseBook = field(default_factory=CaseBook)
