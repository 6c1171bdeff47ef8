"""Numbers typed on the wall, as on a control room's keyboard: short ones select a pane, others call a camera. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

_TOGETHER_MS = 700
_WAIT_MS = 5000
_DIGITS_CAP = 20  # a GB/T 28181 code


@dataclass(frozen=True, slots=True)
class Typed:
    """What the digits mean so far.

    Attributes:
        pane: The pane to select now.
        camera: The camera's number as far as it is typed, "" while a pane is meant.
    """

    pane: str
    camera: str = ""


class NumberEntry:
    """Reads digits one by one.

    Digits that make the number of a pane select it, two of them if they come quickly. Whatever is no pane's number (a
    leading zero, more digits, a number beyond the panes) is the number of a camera for the pane that was selected
    before, and waits for Enter.
    """

    def __init__(self) -> None:
        self._digits = ""
        self._at_ms = 0
        self._origin = ""
        self._calling = False

    @property
    def calling(self) -> bool:
        """Whether the number of a camera is being typed."""
        return self._calling

    @property
    def digits(self) -> str:
        """What is typed of it."""
        return self._digits if self._calling else ""

    def add(self, digit: str, selected: str, panes: Collection[str], now_ms: int) -> Typed:
        """Take a digit.

        Args:
            digit: ``0`` to ``9``.
            selected: The pane that is selected now.
            panes: Names of the layout's panes.
            now_ms: Of any steady clock.
        """
        idle_ms = now_ms - self._at_ms
        if not self._digits or idle_ms > (_WAIT_MS if self._calling else _TOGETHER_MS):
            self._digits, self._origin = "", selected
        self._at_ms = now_ms
        self._digits = (self._digits + digit)[:_DIGITS_CAP]
        self._calling = self._digits not in panes
        return Typed(self._origin, self._digits) if self._calling else Typed(self._digits)

    def take_back(self) -> Typed | None:
        """Take the last digit of a camera's number back; None if none is typed."""
        if not self._calling:
            return None
        self._digits = self._digits[:-1]
        self._calling = bool(self._digits)
        return Typed(self._origin, self._digits)

    def finish(self) -> Typed | None:
        """Give the camera's number for its pane, and begin anew; None if none is typed."""
        called = Typed(self._origin, self._digits) if self._calling else None
        self.cancel()
        return called

    def expired(self, now_ms: int) -> bool:
        """Whether a camera's number was begun and left."""
        return self._calling and now_ms - self._at_ms > _WAIT_MS

    def cancel(self) -> None:
        """Forget what is typed."""
        self._digits, self._calling = "", False
