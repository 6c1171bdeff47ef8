"""The seat: locked by its officer or when nobody touches it, and opened by the officer's password."""

import math

from PySide6.QtCore import QObject, Signal, Slot

from desktop.desk.page import DeskPage
from desktop.domain.masking import mask_name
from desktop.events import SignInRequired
from desktop.presenters.context import Context
from desktop.presenters.wording import fault_words, sentence, words_of
from desktop.seat.lock import SeatLock, Verdict

_LOCKED = "seat.locked"


class Seat(QObject):
    """Puts the veil over the desk and takes it away. A locked seat is still locked after the program was ended.

    Signals:
        change_requested(): another officer wants the seat; whoever locked it is to be signed out.
        locking(bool): the seat is locked now, or is not; further windows follow.
    """

    change_requested = Signal()
    locking = Signal(bool)

    def __init__(self, page: DeskPage, lock: SeatLock, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._lock = lock
        self._context = context
        self.locked = False
        page.top_bar.lock_requested.connect(self.lock)
        page.lock_veil.unlock_requested.connect(self._on_password)
        page.lock_veil.change_requested.connect(self.change_requested)

    def restore(self) -> None:
        """Lock the seat if the last run left it locked."""
        self._context.reads.ask(self._on_stored, self._context.duty.setting, _LOCKED)

    @Slot()
    def lock(self) -> None:
        """Stop taking orders from whoever stands before the desk."""
        officer = self._context.officer()
        if self.locked or officer is None:
            return
        self.locked = True
        self._context.tasks.follow(self._context.keep(_LOCKED, "yes"))
        self._page.lock(mask_name(officer.name))
        self.locking.emit(True)  # noqa: FBT003 - the signal's own argument

    @Slot()
    def release(self) -> None:
        """Let whoever has just proved who they are work."""
        if self.locked:
            self.locked = False
            self._context.tasks.follow(self._context.keep(_LOCKED, None))
            self._page.unlock()
            self.locking.emit(False)  # noqa: FBT003

    @Slot(object)
    def on_sign_in_required(self, event: SignInRequired) -> None:
        """Close the seat of an account that the centre has closed: only another officer opens it again."""
        if event.fault == "auth.account_closed":
            self._context.tasks.follow(self._lock.forget())
            self.lock()
            self._page.lock_veil.refuse(sentence(words_of(event.fault)))

    @Slot(object)
    def _on_stored(self, stored: str | None) -> None:
        if stored:
            self.lock()

    @Slot(object)
    def _on_password(self, password: str) -> None:
        self._context.tasks.follow(self._lock.judge(password), self._on_judged, self._on_not_judged)

    @Slot(object)
    def _on_judged(self, verdict: Verdict) -> None:
        if verdict.opens:
            self.release()
        elif verdict.wait_s:
            minutes = math.ceil(verdict.wait_s / 60)
            self._page.lock_veil.refuse(self.tr("口令多次不对，请约 {minutes} 分钟后再试").format(minutes=minutes))
        elif verdict.closed:
            self._page.lock_veil.refuse(sentence(words_of("auth.account_closed")))
        else:
            self._page.lock_veil.refuse(self.tr("口令不对"))

    def _on_not_judged(self, fault: BaseException) -> None:
        self._page.lock_veil.refuse(fault_words(fault).title)
