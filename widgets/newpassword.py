"""A new password: the old one, the new one twice, and which parts of the rule are met while it is typed."""

from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from widgets.card import tell
from widgets.float import FloatPage
from widgets.flow import FlowLayout
from widgets.plain import plain_label, set_style_property
from widgets.theme import current_theme


@dataclass(frozen=True, slots=True)
class RulePart:
    """One part of the rule.

    Attributes:
        words: What is asked (至少 8 位).
        met: Whether what is typed meets it; None when only the centre can tell.
    """

    words: str
    met: bool | None = None


class NewPasswordForm(FloatPage):
    """Comes up over the desk; Esc leaves the password as it is.

    Signals:
        typed(str): The new password as it stands, to be held against the rule.
        submitted(str, str): The old and the new one; the form has forgotten both already.
    """

    typed = Signal(str)
    submitted = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 400)
        self.setAccessibleName(self.tr("修改口令"))
        self._reason = plain_label(role="mid", parent=self.card, wrap=True)
        self._rule: list[QLabel] = []
        self.box.addWidget(plain_label(self.tr("修改口令"), "head", self.card))
        self.box.addWidget(self._reason)
        self._old = self._field(self.tr("现口令"))
        self._new = self._field(self.tr("新口令"))
        self._again = self._field(self.tr("再输入一次"))
        self._rule_place = FlowLayout(spacing=current_theme().space("m"))
        self.box.addLayout(self._rule_place)
        self._message = plain_label(role="note", parent=self.card, wrap=True)
        self.box.addWidget(self._message)
        self._submit = QPushButton(self.tr("修改"), self.card)
        self._submit.setProperty("primary", "true")
        later = QPushButton(self.tr("以后再改"), self.card)
        later.setProperty("quiet", "true")
        self.box.addWidget(self._submit)
        self.box.addWidget(later)
        self._old.returnPressed.connect(self._new.setFocus)
        self._new.returnPressed.connect(self._again.setFocus)
        self._again.returnPressed.connect(self._try_submit)
        self._new.textChanged.connect(self.typed)
        self._submit.clicked.connect(self._try_submit)
        later.clicked.connect(self.leave)
        tell(self._message, "")

    def ask(self, reason: str, rule: tuple[RulePart, ...]) -> None:
        """Come up, empty.

        Args:
            reason: Why it is asked for, or "".
            rule: The parts of the rule.
        """
        self._forget()
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.show_rule(rule)
        tell(self._message, "")
        self._set_busy(busy=False)
        self.open()
        self._old.setFocus()

    def show_rule(self, rule: tuple[RulePart, ...]) -> None:
        """Show which parts are met."""
        while len(self._rule) < len(rule):
            label = plain_label(role="note", parent=self.card)
            self._rule_place.addWidget(label)
            self._rule.append(label)
        for label, part in zip_longest(self._rule, rule):
            label.setVisible(part is not None)
            if part is not None:
                label.setText(f"✓ {part.words}" if part.met else part.words)
                set_style_property(label, "tone", "ok" if part.met else "neutral")

    def refuse(self, words: str) -> None:
        """Say why it was not taken; everything is asked again."""
        self._set_busy(busy=False)
        tell(self._message, words, "red")
        self.place_card()
        self._old.setFocus()

    def leave(self) -> None:
        """Go away and forget."""
        self._forget()
        super().leave()

    def _field(self, words: str) -> QLineEdit:
        label = plain_label(words, "note", self.card)
        field = QLineEdit(self.card)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(words)
        label.setBuddy(field)
        self.box.addWidget(label)
        self.box.addWidget(field)
        return field

    @Slot()
    def _try_submit(self) -> None:
        old, new = self._old.text(), self._new.text()
        if not old or not new:
            tell(self._message, self.tr("请填写现口令和新口令"))
        elif new != self._again.text():
            tell(self._message, self.tr("两次输入不一致"))
        elif new == old:
            tell(self._message, self.tr("新口令和现口令相同"))
        else:
            tell(self._message, "")
            self._forget()
            self._set_busy(busy=True)
            self.submitted.emit(old, new)
        self.place_card()

    def _forget(self) -> None:
        for field in (self._old, self._new, self._again):
            field.clear()

    def _set_busy(self, *, busy: bool) -> None:
        parts: tuple[QLineEdit | QPushButton, ...] = (self._old, self._new, self._again, self._submit)
        for part in parts:
            part.setEnabled(not busy)
