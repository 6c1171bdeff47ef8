"""How long the window stands still when the wall takes another layout: all widgets and presenters real, no video."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.bench.measurement import Bar, Measurement
from tests.wall.seat import CAMERAS, SeatAtWall
from tests.wall.two_screens import Waiter
from widgets.wall.panes import PaneSwap

ROUNDS = 15
LIMIT_MS = 100.0


def measure() -> list[Measurement]:
    """Change between a small and a large wall; place, wishes, words and the painting of every pane count."""
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        seat = SeatAtWall(Path(folder) / "desk", Waiter())
        try:
            seat.fill()
            seat.panel.resize(1920, 1016)
            seat.show()
            assert len(seat.wall.cameras) == CAMERAS
            app.processEvents()
            to_large, to_small, swaps, enlarged = [], [], [], []
            for _ in range(ROUNDS):
                to_large.append(_timed(seat, lambda: seat.wall.lay_out("64")))
                swaps.append(_timed(seat, lambda: seat.panel.wall.swap_requested.emit(PaneSwap("1", "64"))))
                enlarged.append(_timed(seat, lambda: seat.panel.wall.set_single("5")))
                seat.panel.wall.set_single("")
                to_small.append(_timed(seat, lambda: seat.wall.lay_out("9")))
        finally:
            seat.end()
    return [
        _row("to 64 panes", to_large),
        _row("swap of two of 64", swaps),
        _row("one of 64 to the whole wall", enlarged),
        _row("back to 9 panes", to_small),
    ]


def _timed(seat: SeatAtWall, change: Callable[[], object]) -> float:
    began = time.perf_counter()
    change()
    seat.panel.wall.repaint()
    return (time.perf_counter() - began) * 1000


def _row(what: str, times_ms: list[float]) -> Measurement:
    ordered = sorted(times_ms)
    return Measurement(
        name=f"layouts: {what}, the window's thread",
        value=ordered[round(0.9 * (len(ordered) - 1))],
        unit="ms",
        bar=Bar.AT_MOST,
        limit=LIMIT_MS,
        note=f"p90 of {len(ordered)}, painting included; median {ordered[len(ordered) // 2]:.0f}",
    )
