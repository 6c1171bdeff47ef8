"""Which wall windows are open and where they belong, as it is kept from one run to the next."""

import logging

import msgspec
from PySide6.QtGui import QGuiApplication, QScreen

from desktop.domain.screens import Box, Placement, Screen

_log = logging.getLogger(__name__)

WINDOWS_CAP = 8


class WindowPlan(msgspec.Struct, frozen=True):
    """A window that is open, as it is kept."""

    name: str
    placement: Placement


def read_plans(text: str | None) -> list[WindowPlan]:
    """Read the windows of an earlier run; none of a text that cannot be read."""
    try:
        return msgspec.json.decode(text or "[]", type=list[WindowPlan])[:WINDOWS_CAP]
    except msgspec.DecodeError as fault:
        _log.warning("the wall windows of the last run cannot be read: %s", fault)
        return []


def describe(screen: QScreen) -> Screen:
    """Describe a screen as the rules know it."""
    told = (screen.manufacturer(), screen.model(), screen.serialNumber())
    area = screen.geometry()
    return Screen(
        identity="|".join(told) if any(told) else "",
        name=screen.name(),
        box=Box(area.x(), area.y(), area.width(), area.height()),
        primary=screen is QGuiApplication.primaryScreen(),
    )
