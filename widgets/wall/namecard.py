"""Asks for the name of a view, over the wall."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from widgets.float import FloatPage
from widgets.plain import plain_label


class NameCard(FloatPage):
    """A field and two buttons; Enter saves, Esc leaves.

    Signals:
        named(str, str): What was asked for, and the name given.
    """

    named = Signal(str, str)

    def __init__(self, parent: QWidget, cap: int) -> None:
        super().__init__(parent, 360)
        self._purpose = ""
        self._title = plain_label("", "title", self.card)
        self._field = QLineEdit(self.card)
        self._field.setMaxLength(cap)
        self._field.setAccessibleName(self.tr("视图名称"))
        self._save = QPushButton(self.tr("保存"), self.card)
        self._save.setProperty("primary", "true")
        cancel = QPushButton(self.tr("取消"), self.card)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._save)
        self.box.addWidget(self._title)
        self.box.addWidget(self._field)
        self.box.addLayout(buttons)
        self._field.returnPressed.connect(self._submit)
        self._field.textChanged.connect(self._judge)
        self._save.clicked.connect(self._submit)
        cancel.clicked.connect(self.leave)

    def ask(self, purpose: str, title: str, name: str) -> None:
        """Come up for a purpose, with a name to begin with."""
        self._purpose = purpose
        self.setAccessibleName(title)
        self._title.setText(title)
        self._field.setText(name)
        self.open()
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        self._save.setEnabled(bool(self._field.text().strip()))

    @Slot()
    def _submit(self) -> None:
        name = self._field.text().strip()
        if name:
            self.leave()
            self.named.emit(self._purpose, name)
