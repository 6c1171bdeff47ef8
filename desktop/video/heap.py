"""Gives memory back to the system that a host's players have left.

glibc keeps what is free between blocks in use. Each player leaves some behind, so a host whose wall is arranged anew
again and again would seem to grow, and be replaced for it, although nothing is lost.
"""

import ctypes
import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Return all free pages of the heap; some milliseconds at most. Nothing happens where the C library cannot."""
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
