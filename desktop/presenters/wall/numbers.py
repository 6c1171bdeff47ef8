"""Calls cameras by the numbers that are typed on the wall."""

from PySide6.QtCore import QObject, Slot

from desktop.domain.arrangements import PaneUse
from desktop.presenters.wall.camera_tree import by_number
from desktop.presenters.wall.presenter import WallPresenter
from widgets.wall.numbers import Typed
from widgets.wall.wall import VideoWall


class WallNumbers(QObject):
    """Says while a number is typed which camera it is, and brings it when Enter is pressed."""

    def __init__(self, wall: VideoWall, presenter: WallPresenter) -> None:
        super().__init__(presenter)
        self._wall = wall
        self._presenter = presenter
        wall.number_typed.connect(self._on_typed)
        wall.number_called.connect(self._on_called)

    @Slot(object)
    def _on_typed(self, typed: Typed) -> None:
        if not typed.camera:
            self._wall.hint("")
            return
        camera = self._presenter.camera(by_number(self._presenter.cameras, typed.camera))
        words = self.tr("摄像机 {number} {name} → 窗格 {pane} · Enter 调看").replace("{pane}", typed.pane)
        self._wall.hint(words.replace("{number}", typed.camera).replace("{name}", camera.name if camera else "…"))

    @Slot(object)
    def _on_called(self, typed: Typed) -> None:
        camera_id = by_number(self._presenter.cameras, typed.camera)
        if camera_id:
            self._wall.hint("")
            self._presenter.put(int(typed.pane) - 1, PaneUse(camera_id))
        else:
            self._wall.hint(self.tr("没有编号为 {number} 的摄像机").replace("{number}", typed.camera))
