"""What the driver of the real program does at the wall, by keys as far as there are keys for it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from desktop.app import Application
from desktop.domain.alarm_routing import NONE, Routing


class WallCommands:
    """Commands for the wall; `Driver` has them beside its own."""

    _application: Application

    def do_wall_keys(self, keys: list[str]) -> dict[str, Any]:
        """Press keys on the wall, such as ``Ctrl+Z`` or ``4``."""
        wall = self._application.desk.page.wall.wall
        wall.setFocus()
        for name in keys:
            combination = QKeySequence(name)[0]
            QTest.keyClick(wall, combination.key(), combination.keyboardModifiers() or Qt.KeyboardModifier.NoModifier)
        return self.do_look_at_wall()

    def do_lay_out(self, name: str) -> dict[str, Any]:
        """Take a layout, as a click in its menu does."""
        self._application.desk.page.wall.layout_chosen.emit(name)
        return self.do_look_at_wall()

    def do_keep_alarms_off(self) -> dict[str, Any]:
        """Leave this seat's wall to the officer, as the head's menu does: 报警上墙 → 不上墙."""
        self._application.desk.life.alarms.route(Routing(NONE))
        return {}

    def do_close_messages(self) -> dict[str, Any]:
        """Close every message of the strip, as its crosses do."""
        strip = self._application.desk.page.messages
        for message in strip.messages():
            strip.withdraw(message.id)
        return {}

    def do_wall_window(self, doing: str) -> dict[str, Any]:
        """Choose a line of the menu of wall windows, such as ``open/0``; tell which are open."""
        room = self._application.desk.room
        room._on_chosen(doing)
        return {"windows": [window.windowTitle() for window in room.windows.windows()]}

    def do_window_picture(self, number: int, path: str) -> dict[str, Any]:
        """Write what a wall window shows to a file."""
        return {"written": self._application.desk.room.windows.windows()[number].grab().save(path)}

    def do_look_at_wall(self) -> dict[str, Any]:
        """What the officer sees of the wall."""
        desk = self._application.desk
        wall, presenter = desk.page.wall.wall, desk.wall
        views = [wall.view(pane) for pane in wall.pane_names()]
        return {
            "layout": wall.layout_name,
            "selected": wall.selected,
            "single": wall.single,
            "hint": wall.hint_words,
            "locked": presenter.locked,
            "cameras": [view.camera_id for view in views],
            "names": [view.name for view in views],
            "live": sum(view.mark == "circle" for view in views),
            "titles": [view.title or view.badge for view in views],
        }
