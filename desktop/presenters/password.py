"""Changing the password: asked for by the officer, or by the centre when it has run out."""

from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from desktop.central.policy import Policy
from desktop.domain.passwords import unmet
from desktop.domain.sla import parse_time
from desktop.presenters.context import Context
from desktop.presenters.wording import Words, fault_words, sentence, words_of
from desktop.seat.lock import SeatLock
from widgets.newpassword import NewPasswordForm, RulePart


class PasswordChanger(Protocol):
    """The part of the sync engine that this needs."""

    @property
    def policy(self) -> Policy:
        """The centre's rules."""

    def change_password(self, old: str, new: str) -> "Future[None]":
        """Ask the centre; needs the link."""


class PasswordPresenter(QObject):
    """Fills the form and carries it out. What the officer is doing is never interrupted by it.

    Signals:
        told(Words): something to say in the message strip.
        came_due(Words): the centre wants another password; once, until it has been changed.
        changed(): it has been.
    """

    told = Signal(object)
    came_due = Signal(object)
    changed = Signal()

    def __init__(
        self, form: NewPasswordForm, centre: PasswordChanger, lock: SeatLock, context: Context, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._centre = centre
        self._lock = lock
        self._context = context
        self._new = ""
        self._reminded = False
        form.typed.connect(self._on_typed)
        form.submitted.connect(self._on_submitted)

    def is_due(self) -> bool:
        """Whether the centre wants another password, or the one there is has run out."""
        officer = self._context.officer()
        if officer is None:
            return False
        expires = parse_time(officer.password_expires_at or "")
        return officer.must_change_password or (expires is not None and expires <= self._context.now())

    @Slot()
    def remind(self) -> None:
        """Tell, if it has not been told yet, that another password is due."""
        if self._reminded or not self.is_due():
            return
        self._reminded = True
        self.came_due.emit(words_of("auth.password_due"))

    @Slot()
    def open(self) -> None:
        """Ask for a new password."""
        reason = words_of("auth.password_due").message if self.is_due() else ""
        self._form.ask(reason, self._rule(""))

    def _rule(self, typed: str) -> tuple[RulePart, ...]:
        rule = self._centre.policy.password
        lacking = unmet(typed, rule.min_length, rule.classes)
        words = {
            "length": self.tr("至少 {count} 位").format(count=rule.min_length),
            "letter": self.tr("字母"),
            "digit": self.tr("数字"),
            "special": self.tr("符号"),
        }
        asked = ("length", *(name for name in rule.classes if name in words))
        parts = tuple(RulePart(words[name], bool(typed) and name not in lacking) for name in asked)
        if not rule.history:
            return parts
        return (*parts, RulePart(self.tr("不同于前 {count} 次").format(count=rule.history)))

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._form.show_rule(self._rule(typed))

    @Slot(object, object)
    def _on_submitted(self, old: str, new: str) -> None:
        rule = self._centre.policy.password
        if unmet(new, rule.min_length, rule.classes):
            self._form.refuse(words_of("auth.password_rule").title)
            return
        self._new = new
        self._context.tasks.follow(self._centre.change_password(old, new), self._on_changed, self._on_refused)

    @Slot(object)
    def _on_changed(self, _nothing: None) -> None:
        new, self._new = self._new, ""
        self._reminded = False
        self._form.leave()
        self.changed.emit()
        self._context.tasks.follow(self._lock.remember(new))
        self.told.emit(Words(self.tr("口令已修改"), self.tr("下次登录和解锁席位请用新口令。")))

    def _on_refused(self, fault: BaseException) -> None:
        self._new = ""
        self._form.refuse(sentence(fault_words(fault)))
