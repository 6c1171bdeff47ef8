"""Run by `test_windows`: a seat whose walls stand on the screens of the platform's configuration file; prints JSON."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.presenters.wall.windows import WallWindows
from tests.wall.seat import SeatAtWall, camera_id


class Waiter:
    """What `SeatAtWall` needs of pytest-qt's bot."""

    def addWidget(self, _widget: object) -> None:  # noqa: N802
        """Nothing: the process ends soon."""

    def waitExposed(self, _widget: object) -> None:  # noqa: N802
        """Offscreen windows are exposed at once."""

    def waitUntil(self, true: Callable[[], bool]) -> None:  # noqa: N802
        """Turn the event loop until it is so."""
        end = time.monotonic() + 10
        while not true():
            assert time.monotonic() < end
            QTest.qWait(10)


def _where(windows: WallWindows) -> list[dict[str, Any]]:
    return [
        {
            "screen": window.screen().name(),
            "box": list(window.geometry().getRect()),
            "full": window.isFullScreen(),
            "camera": window.panel.wall.view("1").camera_id,
            "mark": window.watermark.isVisible(),
        }
        for window in windows.windows()
    ]


def main(folder: str, *doings: str) -> None:
    """Begin a run of the seat, open or gather windows, and say where they are."""
    app = QApplication([])
    data_dir = Path(folder)
    first = not data_dir.exists()
    seat = SeatAtWall(data_dir, Waiter())
    if first:
        seat.fill()
    seat.show()
    windows = seat.windows()
    told: list[str] = []
    windows.told.connect(lambda words: told.append(f"{words.title} {words.message}"))
    windows.reload(seat.officer.id)
    answered: list[int] = []
    seat.reads.ask(answered.append, int)  # answers come in order: what the windows were is known after this one …
    seat.qtbot.waitUntil(lambda: bool(answered))
    seat.reads.ask(answered.append, int)  # … and what they showed after this
    seat.qtbot.waitUntil(lambda: len(answered) > 1)
    QTest.qWait(100)
    before = _where(windows)
    for doing in doings:
        windows.choose(doing, seat.wall.arrangement)
    QTest.qWait(600)
    about = {"before": before, "windows": _where(windows), "first": camera_id(0), "told": told}
    print(json.dumps(about, ensure_ascii=False))
    windows.put_away()
    seat.end()
    app.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])
