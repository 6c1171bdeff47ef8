"""The tray: what this desk has not yet got through to the centre, and what the centre refused."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.float import FloatPage
from widgets.messages import Message, MessageRow
from widgets.plain import plain_label
from widgets.theme import current_theme


class TrayPage(FloatPage):
    """A card with one row per operation; refused ones first, each with its choices.

    Signals:
        answered(MessageAnswer): the officer chose what becomes of an operation.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 960)
        self.setAccessibleName(self.tr("待发送与冲突"))
        self._rows: list[MessageRow] = []
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("待发送与冲突"), "head", self.card), 1)
        head.addWidget(plain_label(self.tr("Esc 关闭"), "note", self.card))
        self.box.addLayout(head)
        self._none = plain_label(self.tr("都已送达中心，没有等待处理的操作。"), "mid", self.card)
        self.box.addWidget(self._none)
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(current_theme().space("xs"))
        self._lines.addStretch(1)
        self._scroll = QScrollArea(self.card)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._list)
        self._scroll.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        self.box.addWidget(self._scroll, 1)

    def open(self) -> None:
        """Come up with what is there now."""
        super().open()
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_operations(self, operations: tuple[Message, ...]) -> None:
        """Show other operations; rows are kept and refilled."""
        while len(self._rows) < len(operations):
            row = MessageRow(self._list, closable=False)
            row.answered.connect(self.answered)
            self._lines.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(operations))
            if index < len(operations):
                row.show_message(operations[index])
        self._none.setVisible(not operations)
        self._scroll.setVisible(bool(operations))
        self._scroll.setMinimumHeight(min(self._list.sizeHint().height(), current_theme().px(600)))
        if self.isVisible():
            self.place_card()
