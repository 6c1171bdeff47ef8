"""What an action needs to know, asked in place: choices by typing, words in a plain field. No dialog."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from widgets.detail.choices import ChoiceField
from widgets.detail.order import ActionSpec
from widgets.flow import FlowLayout
from widgets.plain import plain_label, set_style_property
from widgets.theme import current_theme

TEXT_CAP = 2_000
"""Characters a field takes; the rest of a paste is cut off and said so."""


class TextField(QPlainTextEdit):
    """Plain words; Tab goes on to the next field, Ctrl+Enter submits.

    Signals:
        submitted(): Ctrl+Enter.
        shortened(): More than `TEXT_CAP` characters were given.
    """

    submitted = Signal()
    shortened = Signal()

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(label)
        self.setFixedHeight(current_theme().px(64))
        self.textChanged.connect(self._keep_cap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit on Ctrl+Enter."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _keep_cap(self) -> None:
        text = self.toPlainText()
        if len(text) > TEXT_CAP:
            self.setPlainText(text[:TEXT_CAP])
            self.shortened.emit()


class ActionForm(QWidget):
    """The fields of one action.

    With a single choice the whole form is one key: Enter takes what is marked. With words to write, Ctrl+Enter
    or the button submits. Esc leaves; what was written is kept by the owner.

    Signals:
        submitted(dict[str, str]): Field name to answer.
        cancelled(): The officer left the form.
    """

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(self, spec: ActionSpec, drafts: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verb = spec.verb
        self._spec = spec
        self._choices: dict[str, ChoiceField] = {}
        self._texts: dict[str, TextField] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "form")
        self.setAccessibleName(spec.label)
        theme = current_theme()
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        box.setSpacing(theme.space("s"))
        for field in spec.fields:
            box.addWidget(plain_label(field.label, "note", self))
            if field.choices:
                choice = ChoiceField(field.label, field.choices, self)
                choice.taken.connect(self._go_on)
                self._choices[field.name] = choice
                box.addWidget(choice)
            else:
                text = TextField(field.label, self)
                text.setPlainText(drafts.get(field.name, field.prepared))
                text.submitted.connect(self._submit)
                text.shortened.connect(self._tell_shortened)
                self._texts[field.name] = text
                box.addWidget(text)
        self._fault = plain_label(role="note", parent=self, wrap=True)
        self._fault.setProperty("tone", "orange")
        self._fault.hide()
        box.addWidget(self._fault)
        self._add_buttons(box)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        first = self._choices.get(self._spec.fields[0].name) or self._texts[self._spec.fields[0].name]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def drafts(self) -> dict[str, str]:
        """Give what was written so far."""
        prepared = {field.name: field.prepared for field in self._spec.fields}
        written = {name: text.toPlainText() for name, text in self._texts.items()}
        return {name: text for name, text in written.items() if text and text != prepared[name]}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _add_buttons(self, box: QVBoxLayout) -> None:
        submit = QPushButton(self._spec.label.replace("&", "&&"), self)
        submit.setAccessibleName(self._spec.label)
        set_style_property(submit, "primary", "true")
        cancel = QPushButton(self.tr("取消"), self)
        cancel.setAccessibleName(self.tr("取消"))
        hint = self.tr("Ctrl+Enter 提交 · Esc 取消") if self._texts else self.tr("Enter 选定 · Esc 取消")
        words = plain_label(hint, "note", self)
        words.setMinimumHeight(submit.sizeHint().height())
        line = FlowLayout(spacing=current_theme().space("s"))
        for widget in (submit, cancel, words):
            line.addWidget(widget)
        box.addLayout(line)
        submit.clicked.connect(self._submit)
        cancel.clicked.connect(self.cancelled)

    @Slot()
    def _go_on(self) -> None:
        """After a choice: the first words still missing, or done."""
        required = {field.name for field in self._spec.fields if field.required}
        for name, text in self._texts.items():
            if name in required and not text.toPlainText().strip():
                text.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self._submit()

    @Slot()
    def _submit(self) -> None:
        answers: dict[str, str] = {}
        for field in self._spec.fields:
            choice = self._choices.get(field.name)
            answer = choice.chosen_id() if choice else self._texts[field.name].toPlainText().strip()
            if field.required and not answer:
                self._tell(self.tr("请填写：{label}").format(label=field.label))
                (choice or self._texts[field.name]).setFocus(Qt.FocusReason.OtherFocusReason)
                return
            if answer:
                answers[field.name] = answer
        self.submitted.emit(answers)

    @Slot()
    def _tell_shortened(self) -> None:
        self._tell(self.tr("最多 {count} 字，其余未保留").format(count=TEXT_CAP))

    def _tell(self, words: str) -> None:
        self._fault.setText(words)
        self._fault.setAccessibleName(words)
        self._fault.show()
