"""What the driver does about words that are being written, passwords and who sits here."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.app import Application


class PeopleCommands:
    """Commands about people; `Driver` has them beside its own."""

    _application: Application

    def do_type_words(self, text: str) -> dict[str, Any]:
        """Write into the form that is open, and leave it so."""
        self._fields()[0].setPlainText(text)  # QTest has no keys for Chinese
        return {}

    def do_written(self) -> dict[str, Any]:
        """What stands in the form that is open."""
        return {"texts": [field.toPlainText() for field in self._fields()]}

    def do_new_password(self, old: str, new: str) -> dict[str, Any]:
        """Open the sheet as the button in the message does, fill it in and press Enter."""
        desk = self._application.desk
        assert desk is not None
        desk._on_command("password")
        fields = desk.page.new_password.findChildren(QLineEdit)
        for field, text in zip(fields, (old, new, new), strict=True):
            QTest.keyClicks(field, text)
        QTest.keyClick(fields[-1], Qt.Key.Key_Return)
        return {}

    def do_change_officer(self) -> dict[str, Any]:
        """Press the button for somebody else on the veil."""
        desk = self._application.desk
        assert desk is not None
        desk.page.lock_veil.change_requested.emit()
        return {}

    def _fields(self) -> list[QPlainTextEdit]:
        desk = self._application.desk
        assert desk is not None
        return [field for field in desk.page.detail.findChildren(QPlainTextEdit) if field.isVisible()]
