"""Which screen a window belongs on, and where on it: pure, no window system.

A screen is known again by what it says of itself (maker, model, serial number) and by the socket it hangs on, since
some screens say nothing and two of a kind may say the same. A window whose screen is gone is put where it can be seen,
and goes back when the screen is there again: the placement it was given is not forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

_LEAST_WIDTH, _LEAST_HEIGHT = 480, 320
_CASCADE = 40
_SHARE = 0.7


class Box(msgspec.Struct, frozen=True):
    """A rectangle in device-independent pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen that is there now.

    Attributes:
        identity: Maker, model and serial number as the screen tells them, "" if it tells nothing.
        name: Of the socket, such as ``DP-2``.
        box: Where it lies in the desktop.
        primary: Whether it is the main one.
    """

    identity: str
    name: str
    box: Box
    primary: bool = False


class Placement(msgspec.Struct, frozen=True):
    """Where a window belongs.

    Attributes:
        identity: Of its screen.
        name: Of its screen's socket.
        box: Relative to the screen's corner.
        full: Whether it fills the screen.
    """

    identity: str
    name: str
    box: Box
    full: bool = False


class How(StrEnum):
    """How a window got where it is."""

    HOME = "home"  # on its screen, as it was left
    CLAMPED = "clamped"  # on its screen, which is smaller now
    MOVED = "moved"  # its screen is gone; it is on another


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a window goes now.

    Attributes:
        screen: Index of the screen.
        box: In the desktop's coordinates, wholly inside the screen.
        full: Whether it fills the screen.
        how: See `How`.
    """

    screen: int
    box: Box
    full: bool
    how: How


def settle(placement: Placement, screens: Sequence[Screen], order: int = 0) -> Settled:
    """Find the place of a window among the screens that are there.

    A window whose screen is gone fills no other screen, where it would cover what belongs there: it becomes a window
    among others, `order` steps from the corner, so that several do not hide each other.

    Raises:
        ValueError: There is no screen at all.
    """
    if not screens:
        raise ValueError("no screen")
    home = find(placement, screens)
    if home is not None:
        screen = screens[home].box
        if placement.full:
            return Settled(home, screen, full=True, how=How.HOME)
        box = _inside(placement.box, screen)
        moved = Box(box.x - screen.x, box.y - screen.y, box.width, box.height)
        return Settled(home, box, full=False, how=How.HOME if moved == placement.box else How.CLAMPED)
    refuge = max(range(len(screens)), key=lambda index: (not screens[index].primary, _area(screens[index].box)))
    screen = screens[refuge].box
    wanted = Box(
        _CASCADE * (order + 1),
        _CASCADE * (order + 1),
        min(placement.box.width, round(screen.width * _SHARE)),
        min(placement.box.height, round(screen.height * _SHARE)),
    )
    return Settled(refuge, _inside(wanted, screen), full=False, how=How.MOVED)


def find(placement: Placement, screens: Sequence[Screen]) -> int | None:
    """Give the index of a placement's screen: the same one on the same socket, else the same one, else the socket."""
    same = [index for index, screen in enumerate(screens) if screen.identity and screen.identity == placement.identity]
    socket = [index for index, screen in enumerate(screens) if screen.name == placement.name]
    both = [index for index in same if index in socket]
    for found in (both, same):
        if found:
            return found[0]
    # On the socket hangs another screen now; one that tells nothing may still be the one that told nothing.
    strangers = [index for index in socket if not (screens[index].identity and placement.identity)]
    return strangers[0] if strangers else None


def near(one: Box, other: Box, by: int) -> bool:
    """Whether two boxes differ by no more than a window's frame, `by` pixels in each measure."""
    return all(
        abs(a - b) <= by for a, b in zip(msgspec.structs.astuple(one), msgspec.structs.astuple(other), strict=True)
    )


def placed(box: Box, screen: Screen, *, full: bool) -> Placement:
    """Give the placement of a window that lies at `box` of the desktop on a screen."""
    inner = Box(box.x - screen.box.x, box.y - screen.box.y, box.width, box.height)
    return Placement(screen.identity, screen.name, inner, full)


def _inside(box: Box, screen: Box) -> Box:
    """Fit a box that is relative to a screen wholly into it, in the desktop's coordinates."""
    width = min(max(box.width, _LEAST_WIDTH), screen.width)
    height = min(max(box.height, _LEAST_HEIGHT), screen.height)
    x = min(max(box.x, 0), screen.width - width)
    y = min(max(box.y, 0), screen.height - height)
    return Box(screen.x + x, screen.y + y, width, height)


def _area(box: Box) -> int:
    return box.width * box.height
