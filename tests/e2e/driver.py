"""Runs the real application and drives its real window: one JSON command a line on stdin, one answer a line on stdout.

What is read is read from the widgets, and what is done is done by keys, so a test sees what an officer sees.
"""

import json
import os
import sys
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QPlainTextEdit, QPushButton

from desktop.app import Application
from desktop.central.schema import Expect
from desktop.start.options import parse
from desktop.start.settings import default_data_dir
from storage.records import OrderQuery
from tests.e2e.life_commands import LifeCommands
from tests.e2e.list_commands import ListCommands
from tests.e2e.people_commands import PeopleCommands
from tests.e2e.wall_commands import WallCommands
from widgets.detail.actions import ActionBar
from widgets.detail.choices import ChoiceField
from widgets.detail.photos import Thumbnail
from widgets.detail.stepper import Stepper
from widgets.float import FloatPage
from widgets.tray import TrayRow


class Driver(WallCommands, LifeCommands, ListCommands, PeopleCommands, QObject):
    """Carries out commands in the window's own thread."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._application = application
        self._buffer = b""
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_input)

    @Slot()
    def _on_input(self) -> None:
        received = os.read(sys.stdin.fileno(), 65536)
        if not received:
            self._notifier.setEnabled(False)
            self._application.leave(0)
            return
        *lines, self._buffer = (self._buffer + received).split(b"\n")
        for line in lines:
            command = json.loads(line)
            answer = getattr(self, "do_" + command.pop("do"))(**command)
            print(json.dumps(answer, ensure_ascii=False), flush=True)

    def do_look(self) -> dict[str, Any]:
        """What the officer sees."""
        window, desk, engines = self._application.window, self._application.desk, self._application.engines
        page = window.page_shown()
        names = {window.start: "start", window.passphrase: "passphrase", window.sign_in: "sign_in"}
        seen: dict[str, Any] = {
            "page": names.get(page, "desk"),
            "words": window.words(),
        }
        if desk is not None and engines is not None and page is desk.page:
            view = desk.page.top_bar._view
            seen |= {
                "link": engines.sync.status.link.value,
                "offline": view.offline,
                "outbox": view.outbox,
                "orders": desk.page.queue.model.total(),
                "rows": len(desk.page.queue.model.ids()),
                "markers": len(desk.page.map.view.store),
                "chosen": desk.selection.selected.id,
                "detail": desk.page.detail.order_id(),
                "actions": self._open_actions(),
                "reporting": desk.page.new_order.isVisible(),
                "badges": [badge.text for badge in self._row_badges()],
                "locked": desk.page.lock_veil.isVisible(),
                "usable": desk.page.queue.isEnabled(),
                "photos": [button.photo.name for button in self._shown(Thumbnail)],
                "messages": [message.title for message in desk.page.messages.messages()],
            }
        return seen

    def _shown(self, kind: type[Any]) -> list[Any]:
        found = self._application.desk.page.detail.findChildren(kind)
        return [widget for widget in found if not widget.isHidden()]

    def _open_actions(self) -> list[str]:
        bar = self._application.desk.page.detail.findChild(ActionBar)
        return [verb for verb, button in bar._buttons.items() if button.spec.enabled]  # those that go are not counted

    def _row_badges(self) -> tuple[Any, ...]:
        desk = self._application.desk
        row = desk.page.queue.model.row(desk.selection.selected.id)
        return row.badges if row is not None else ()

    def do_sign_in(self, username: str, password: str) -> dict[str, Any]:
        """Type both into the page and press Enter."""
        page = self._application.window.sign_in
        fields = [field for field in page.findChildren(QLineEdit) if not field.isReadOnly() and field.isVisible()]
        user_field, password_field = fields[-2:]
        for field, text in ((user_field, username), (password_field, password)):
            field.clear()
            QTest.keyClicks(field, text)
        QTest.keyClick(password_field, Qt.Key.Key_Return)
        return {}

    def do_give_passphrase(self, passphrase: str) -> dict[str, Any]:
        """Enter a passphrase in every field of the page and go on."""
        fields = [field for field in self._application.window.passphrase.findChildren(QLineEdit) if field.isVisible()]
        for field in fields:
            field.setText(passphrase)  # QTest has no keys for Chinese
        QTest.keyClick(fields[-1], Qt.Key.Key_Return)
        return {}

    def do_enter(self) -> dict[str, Any]:
        """Press Enter on the sign-in page as it is filled in."""
        page = self._application.window.sign_in
        field = [field for field in page.findChildren(QLineEdit) if field.isVisible()][-1]
        QTest.keyClick(field, Qt.Key.Key_Return)
        return {}

    def do_lock(self) -> dict[str, Any]:
        """Lock the seat, as the lock in the top bar does."""
        self._application.desk.page.top_bar.lock_requested.emit()
        return {}

    def do_unlock(self, password: str) -> dict[str, Any]:
        """Type a password on the veil and press Enter."""
        field = self._application.desk.page.lock_veil.findChild(QLineEdit)
        QTest.keyClicks(field, password)
        QTest.keyClick(field, Qt.Key.Key_Return)
        return {}

    def do_choose(self, state: str) -> dict[str, Any]:
        """Go to the first order of the list that is in `state`."""
        cache = self._application.engines.store.cache
        order_id = cache.order_ids(OrderQuery(states=frozenset({state}), sort="urgency"), 1)[0]
        self._application.desk.page.queue.view.choose(order_id)
        self._application.desk.selection.select("work_order", order_id)
        return {"order": order_id}

    def do_press(self, key: str) -> dict[str, Any]:
        """Press a key in the list."""
        view = self._application.desk.page.queue.view
        view.setFocus()
        QTest.keyClick(view, Qt.Key[f"Key_{key}"])
        return {}

    def do_take(self) -> dict[str, Any]:
        """Take what is marked in the choice that is open."""
        field = next(f for f in self._application.desk.page.findChildren(ChoiceField) if f.isVisible())
        QTest.keyClick(field.focusProxy(), Qt.Key.Key_Return)
        return {}

    def do_write(self, text: str) -> dict[str, Any]:
        """Write into the form that is open, and send it."""
        field = next(f for f in self._application.desk.page.detail.findChildren(QPlainTextEdit) if f.isVisible())
        field.setPlainText(text)
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        return {}

    def do_report(self, title: str, address: str, send: bool = True) -> dict[str, Any]:
        """Fill in the form of a new order that is open, by keys, and send it."""
        form = self._application.desk.page.new_order
        for name, words in (("标题", title), ("地点", address)):
            field = next(f for f in form.findChildren(QLineEdit) if f.accessibleName() == name)
            field.insert(words)  # as an input method does; there are no keys for Chinese
        if send:
            QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        return {}

    def do_shortcut(self, keys: str) -> dict[str, Any]:
        """Press a combination such as Ctrl+N in the window."""
        combination = QKeySequence(keys)[0]
        QTest.keyClick(self._application.window, combination.key(), combination.keyboardModifiers())
        return {}

    def do_pick(self, path: str) -> dict[str, Any]:
        """Choose an entry behind ＋筛选, as a click in its menu does."""
        self._application.desk.page.queue.menu_picked.emit(path)
        return {}

    def do_intend(self, kind: str, id: str, verb: str, args: dict[str, Any], state: str = "") -> dict[str, Any]:  # noqa: A002
        """Write an operation down as if the officer had seen the object in `state`."""
        self._application.engines.sync.record(kind, id, verb, args, Expect(state=state)).result(10)
        return {}

    def do_tray(self) -> dict[str, Any]:
        """Open the tray; what its rows say."""
        desk = self._application.desk
        desk.tray.open()
        rows = [row.item() for row in desk.page.tray.findChildren(TrayRow) if row.item() is not None]
        return {
            "rows": [[item.title, item.text, [[line.mine, line.theirs] for line in item.lines]] for item in rows],
        }

    def do_answer(self, row: int, label: str, reason: str = "") -> dict[str, Any]:
        """Press a choice of a row of the tray, and give the reason that it asks for."""
        shown = self._application.desk.page.tray.findChildren(TrayRow)[row]
        next(button for button in shown.findChildren(QPushButton) if button.text() == label).click()
        if reason:
            field = shown.findChild(QLineEdit)
            field.setText(reason)
            QTest.keyClick(field, Qt.Key.Key_Return)
        return {}

    def do_command(self, text: str, take: bool = False) -> dict[str, Any]:
        """Type into the command bar; what it offers; with `take` press Enter."""
        bar = self._application.desk.page.command_bar
        if not bar.isVisible():
            QTest.keyClick(self._application.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        field = next(iter(bar.findChildren(QLineEdit)))
        field.setText(text)
        if take:
            QTest.keyClick(field, Qt.Key.Key_Return)
        return {}

    def do_offered(self) -> dict[str, Any]:
        """What the command bar offers now."""
        model = self._application.desk.page.command_bar.findChild(QListView).model()
        return {"titles": [model.data(model.index(row, 0)) for row in range(model.rowCount())]}

    def do_attention(self) -> dict[str, Any]:
        """Open the card of what is heard and seen."""
        self._application.desk.attention.open()
        return {}

    def do_begin(self, verb: str) -> dict[str, Any]:
        """Begin an action of the order shown, as its button does."""
        self._application.desk.page.detail.begin(verb)
        return {}

    def do_bring(self, paths: list[str]) -> dict[str, Any]:
        """Drop files on the order shown."""
        self._application.desk.page.detail.files_brought.emit(paths)
        return {}

    def do_view(self, index: int) -> dict[str, Any]:
        """Open an attachment of the order shown."""
        self._application.desk.page.detail.findChildren(Thumbnail)[index].click()
        return {}

    def do_leave(self) -> dict[str, Any]:
        """Leave every card that lies over the desk."""
        for page in self._application.desk.page.findChildren(FloatPage):
            if page.isVisible():
                page.leave()
        return {}

    def do_enter_place(self) -> dict[str, Any]:
        """Press Enter in the address of the new order."""
        form = self._application.desk.page.new_order
        field = next(f for f in form.findChildren(QLineEdit) if f.accessibleName() == "地点")
        QTest.keyClick(field, Qt.Key.Key_Return)
        return {}

    def do_steps(self) -> dict[str, Any]:
        """Open the list of stages."""
        self._application.desk.page.detail.findChild(Stepper).toggle()
        return {}

    def do_resize(self, width: int, height: int) -> dict[str, Any]:
        """Make the window another size."""
        self._application.window.resize(width, height)
        return {}

    def do_go(self, command: str) -> dict[str, Any]:
        """Carry out a command of the command bar by its key, such as ``language.en`` or ``theme.light``."""
        self._application.desk._on_command(command)
        return {}

    def do_scroll(self, pixels: int) -> dict[str, Any]:
        """Scroll the detail."""
        self._application.desk.page.detail._scroll.verticalScrollBar().setValue(pixels)
        return {}

    def do_picture(self, path: str) -> dict[str, Any]:
        """Write what is on the screen to a file."""
        return {"written": self._application.window.grab().save(path)}

    def do_close(self) -> dict[str, Any]:
        """Close the window."""
        self._application.window.close()
        return {}


def main() -> int:
    """Run."""
    options = parse(sys.argv[1:])
    application = Application(options, options.data_dir or default_data_dir())
    Driver(application)
    application.start()
    return application.run()


if __name__ == "__main__":
    sys.exit(main())
