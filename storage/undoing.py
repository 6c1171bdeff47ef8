"""Taking back what was begun when the rest of it fails."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def undone_by(undo: Callable[[], object]) -> Iterator[None]:
    """Call `undo` when the block fails in any way, an interrupt included; the failure goes on to the caller."""
    with ExitStack() as stack:
        stack.callback(undo)
        yield
        stack.pop_all()
