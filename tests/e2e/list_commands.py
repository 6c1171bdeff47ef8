"""What the driver of the real program does with the list of orders and what comes out of it: by keys."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from desktop.app import Application
from storage.records import OrderQuery


class ListCommands:
    """Commands for the list; `Driver` has them beside its own."""

    _application: Application

    def do_list_keys(self, keys: list[str]) -> dict[str, Any]:
        """Press keys in the list, such as ``X`` or ``Shift+Down``."""
        view = self._application.desk.page.queue.view
        view.setFocus()
        _press(view, keys)
        return self.do_look_at_list()

    def do_go_to_first(self) -> dict[str, Any]:
        """Go to the first row of the list."""
        queue = self._application.desk.page.queue
        queue.view.setFocus()
        queue.view.setCurrentIndex(queue.model.index(0))
        return self.do_look_at_list()

    def do_look_at_list(self) -> dict[str, Any]:
        """What the list and its bar show."""
        desk = self._application.desk
        queue = desk.page.queue
        bar = queue.marks_bar
        sheet = desk.page.bulk
        return {
            "marked": list(queue.model.marks.ids()),
            "bar": bar._words.text() if bar.isVisible() else "",
            "actions": [button.spec.verb for button in bar._buttons if button.spec.enabled] if bar.isVisible() else [],
            "ids": list(queue.model.ids()[:40]),
            "titles": [getattr(queue.model.row(row_id), "title", "") for row_id in queue.model.ids()[:40]],
            "columns": [column.key for column in queue.view._delegate.columns],
            "sheet": _words(sheet) if sheet.isVisible() else [],
        }

    def do_mark(self, orders: list[str]) -> dict[str, Any]:
        """Mark orders, as Ctrl and a click on each does."""
        self._application.desk.page.queue.view.mark(orders)
        return self.do_look_at_list()

    def do_states(self, orders: list[str]) -> dict[str, Any]:
        """In which state the desk shows orders."""
        cache = self._application.engines.store.cache
        shown = {}
        for state in ("reported", "accepted", "registered", "dispatched", "handling"):
            ids = set(cache.order_ids(OrderQuery(states=frozenset({state})), 100_000))
            shown |= {order: state for order in orders if order in ids}
        return {"states": shown}

    def do_export(self, kind: str, path: str = "") -> dict[str, Any]:
        """Open the sheet of export, take a kind, put in a path."""
        page = self._application.desk.page
        page.export_requested.emit()
        chip = next(chip for chip, key in page.export._keys.items() if key == kind)
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
        if path:
            page.export._path.setText(path)
        return self.do_look_at_export()

    def do_export_keys(self, keys: list[str]) -> dict[str, Any]:
        """Press keys on the button of that sheet."""
        page = self._application.desk.page
        _press(page.export._go if page.export._go.isVisible() else page.export._end, keys)
        return self.do_look_at_export()

    def do_look_at_export(self) -> dict[str, Any]:
        """What that sheet says."""
        sheet = self._application.desk.page.export
        pages = sheet.pages()
        return {
            "words": _words(sheet) if sheet.isVisible() else [],
            "path": sheet._path.text(),
            "pages": pages.count if pages is not None else 0,
            "running": sheet._running,
        }

    def do_sheet_keys(self, keys: list[str], words: str = "") -> dict[str, Any]:
        """Press keys where the focus is in the sheet; `words` are put into its field first."""
        sheet = self._application.desk.page.bulk
        for field in sheet.findChildren(QPlainTextEdit):
            if words and field.isVisible():
                field.setPlainText(words)
                field.setFocus()
        _press(self._application.window.focusWidget() or sheet, keys)
        return self.do_look_at_list()


def _words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def _press(target: QWidget, keys: list[str]) -> None:
    for name in keys:
        combination = QKeySequence(name)[0]
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers() or Qt.KeyboardModifier.NoModifier)
