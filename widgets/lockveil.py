"""The lock over a desk that stays alive: pictures and alerts go on to be seen, nothing can be done."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from widgets.card import tell
from widgets.float import FloatPage
from widgets.plain import plain_label


class LockVeil(FloatPage):
    """Asks for the password of whoever sits here; neither Esc nor a click leads past it.

    Signals:
        unlock_requested(str): the password entered; the field has forgotten it already.
        change_requested(): another officer wants to sign in here.
    """

    veil = "veil.lock"
    unlock_requested = Signal(object)
    change_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 380)
        self.setAccessibleName(self.tr("席位已锁定"))
        self._who = plain_label(role="mid", parent=self.card)
        self._field = QLineEdit(self.card)
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setAccessibleName(self.tr("口令"))
        self._field.setPlaceholderText(self.tr("口令"))
        self._message = QLabel(self.card)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._button = QPushButton(self.tr("解锁"), self.card)
        self._button.setProperty("primary", "true")
        self._change = QPushButton(self.tr("换人登录"), self.card)
        self.box.addWidget(plain_label(self.tr("席位已锁定"), "head", self.card))
        self.box.addWidget(plain_label(self.tr("画面和预警照常，操作已停用。"), "note", self.card))
        for widget in (self._who, self._field, self._message, self._button, self._change):
            self.box.addWidget(widget)
        self._field.returnPressed.connect(self._submit)
        self._button.clicked.connect(self._submit)
        self._change.clicked.connect(self.change_requested)

    def lock(self, officer: str) -> None:
        """Come down over the desk of `officer` (masked name)."""
        self._who.setText(officer)
        tell(self._message, "")
        self.open()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Say that the password was not taken."""
        tell(self._message, words)
        self.place_card()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow every key that the field did not want."""
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Swallow every click."""
        event.accept()

    @Slot()
    def _submit(self) -> None:
        password = self._field.text()
        self._field.clear()
        if password:
            self.unlock_requested.emit(password)
