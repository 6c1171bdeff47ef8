"""What video may take in at this seat, and what it uses of it and of the machine."""

import os

from PySide6.QtCore import QObject, Signal, Slot

from desktop.presenters.context import Context
from desktop.video.service import VideoService
from desktop.video.streams import Use

_SETTING = "wall.budget_mbit_s"
_CORES = os.cpu_count() or 1
_LEAST, _MOST = 1.0, 10_000.0


class VideoBudget(QObject):
    """One for all walls of the seat, kept over restarts: the network is the seat's, whoever sits there.

    Signals:
        changed(): another budget is in force.
    """

    changed = Signal()

    def __init__(self, video: VideoService, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._video = video
        self._context = context
        self._mbit_s = 0.0
        context.reads.ask(self._on_read, context.duty.setting, _SETTING)

    @property
    def mbit_s(self) -> float:
        """Megabits a second that may come in; 0.0 for no bound."""
        return self._mbit_s

    def set(self, mbit_s: float) -> None:
        """Take another budget from now on; 0.0 for none."""
        self._mbit_s = mbit_s
        self._context.tasks.follow(self._context.keep(_SETTING, f"{mbit_s:g}" if mbit_s else None))
        self.changed.emit()

    def use(self) -> Use:
        """What all video uses now, beside what it may."""
        statistics = self._video.statistics()
        return Use(statistics.cpu_share / _CORES, statistics.mbit_s, self._mbit_s)

    @Slot(object)
    def _on_read(self, setting: str | None) -> None:
        self._mbit_s = read_budget(setting)
        self.changed.emit()


def read_budget(setting: str | None) -> float:
    """Read a budget as it was kept; no bound where it makes no sense."""
    try:
        mbit_s = float(setting or 0.0)
    except ValueError:
        return 0.0
    return mbit_s if _LEAST <= mbit_s <= _MOST else 0.0
