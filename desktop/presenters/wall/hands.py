"""What the officer's hands do at one wall: drop, swap, clear, zoom, and press the button of a pane."""

from typing import Protocol

from PySide6.QtCore import QObject, Slot

from desktop.domain.arrangements import EMPTY, PaneUse
from desktop.presenters.wall.pane_views import RETRY
from widgets.wall.lens import Lens
from widgets.wall.panes import CameraDrop, PaneChoice, PaneSwap, PaneView
from widgets.wall.wall import VideoWall


class Changeable(Protocol):
    """What is asked of a wall: `WallPresenter`. Places are counted from 0."""

    def put(self, place: int, use: PaneUse) -> None: ...  # noqa: D102 - see WallPresenter
    def swap(self, one: int, other: int) -> None: ...  # noqa: D102
    def keep_zoom(self, place: int, lens: Lens) -> None: ...  # noqa: D102
    def retry(self, pane: str) -> None: ...  # noqa: D102


class WallHands(QObject):
    """Puts the signals of the wall's widget into wishes for its presenter."""

    def __init__(self, video_wall: VideoWall, wall: Changeable, parent: QObject) -> None:
        super().__init__(parent)
        self._video_wall = video_wall
        self._wall = wall
        video_wall.camera_dropped.connect(self._on_drop)
        video_wall.swap_requested.connect(self._on_swap)
        video_wall.clear_requested.connect(self._on_clear)
        video_wall.zoomed.connect(self._on_zoomed)
        video_wall.action_requested.connect(self._on_action)

    @Slot(object)
    def _on_drop(self, drop: CameraDrop) -> None:
        self._wall.put(self._place(drop.pane), PaneUse(drop.camera_id))

    @Slot(object)
    def _on_swap(self, swap: PaneSwap) -> None:
        self._wall.swap(self._place(swap.pane), self._place(swap.other))

    @Slot(object)
    def _on_clear(self, view: PaneView) -> None:
        self._wall.put(self._place(view.pane), EMPTY)

    @Slot(str)
    def _on_zoomed(self, pane: str) -> None:
        self._wall.keep_zoom(self._place(pane), self._video_wall.lens(pane))

    @Slot(object)
    def _on_action(self, choice: PaneChoice) -> None:
        if choice.key == RETRY:
            self._wall.retry(choice.view.pane)

    def _place(self, pane: str) -> int:
        return self._video_wall.pane_names().index(pane)
