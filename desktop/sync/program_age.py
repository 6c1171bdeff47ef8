"""Whether this program is new enough for its centre, which tells the oldest it wants as `min_client` of its hello."""

import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from desktop.events import Event, FaultRaised

_RELEASE = re.compile(r"v?(\d{1,9}(?:\.\d{1,9})*)")


class ProgramAge:
    """Tells the officer once when the centre wants a newer program. The desk goes on: refusing is the centre's to do.

    Args:
        post: Takes events.
        own: Version of this program; None for the installed one.
    """

    def __init__(self, post: Callable[[Event], None], own: str | None = None) -> None:
        self._post = post
        self._own = _installed() if own is None else own
        self._told = ""

    def hold_against(self, needed: str) -> None:
        """Compare with what a centre wants; what is no version asks for nothing."""
        if needed != self._told and self._own and _release(self._own) < _release(needed):
            self._told = needed
            self._post(FaultRaised("link.program_too_old", {"needed": needed[:40], "own": self._own}))


def _installed() -> str:
    """Return the version that is installed; "" for a program that runs without having been."""
    try:
        return version("watchfloor")
    except PackageNotFoundError:
        return ""


def _release(text: str) -> tuple[int, ...]:
    """Return the numbers of a version, without what follows them and without zeros at the end."""
    match = _RELEASE.match(text.strip())
    numbers = [int(part) for part in match[1].split(".")] if match else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
