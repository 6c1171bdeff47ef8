"""Signing in: the page's wishes to the sync engine, its faults back in words."""

from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.central.schema import Officer
from desktop.presenters.wording import Words, fault_words, sentence
from desktop.start.settings import Settings
from desktop.tasks import Tasks
from widgets.signin import SignInPage, SignInRequest, SignInView

if TYPE_CHECKING:
    from desktop.engines import Engines  # which the window stands before, see `Application`

_LANGUAGES = (("zh_CN", "中文"), ("en", "English"))


class SignInFlow(QObject):
    """Fills the sign-in page and carries out what is asked on it.

    Signals:
        signed_in(): the centre took the password.
        address_given(SignInRequest): a centre was named while none is open yet; open it, then call `submit`.
        stayed(): another centre answers, and the officer keeps to the one this seat has worked with.
    """

    signed_in = Signal()
    address_given = Signal(object)
    stayed = Signal()

    def __init__(self, page: SignInPage, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._tasks = tasks
        self._engines: Engines | None = None
        self._asked: Future[Officer] | None = None
        self._password = ""
        self._change_to = ""  # the other centre that the page asks about
        page.way_back_chosen.connect(self.stayed)
        page.sign_in_requested.connect(self.submit)
        page.cancel_requested.connect(self._on_cancel)

    def ask_address(self, settings: Settings) -> None:
        """Fill the page for a seat that knows no centre yet."""
        note = self.tr("还没有中心地址。没有中心时，可用 watchfloor --drill 打开演练。")
        self._page.show_view(
            SignInView("", "", settings.username, "", _LANGUAGES, settings.language, note, address_editable=True)
        )

    def ask(self, engines: "Engines", settings: Settings) -> None:
        """Fill the page for the centre that is open; the drill fills in its own account."""
        self._engines = engines
        ready = engines.drill_ready
        if ready is not None:
            view = SignInView(
                ready.hall,
                ready.url,
                ready.username,
                ready.password,
                _LANGUAGES,
                settings.language,
                self.tr("演练中心：街区、人员和工单均为虚构。"),
            )
        else:
            view = SignInView("", settings.centre, settings.username, "", _LANGUAGES, settings.language)
        self._page.show_view(self._with_question(view, engines))

    def _with_question(self, view: SignInView, engines: "Engines") -> SignInView:
        """Ask for a decision where another centre answers: who signs in there goes over to it."""
        other = engines.sync.other_centre
        self._change_to = other.instance if other is not None else ""
        if other is None:
            return view
        question = self.tr(
            "这个地址上应答的是“{found}”，本席位此前属于“{expected}”。改用后，界面换成“{found}”的数据；"
            "未送达“{expected}”的 {waiting} 项操作留在本机，等它恢复后发给它，不会发给别的中心。"
        ).format(found=other.found, expected=other.expected, waiting=other.waiting)
        return replace(
            view,
            centre=other.found,
            password="",
            question=question,
            action=self.tr("改用此中心并登录"),
            way_back=self.tr("不改，返回值守台") if engines.sync.officer is not None else "",
        )

    def use(self, engines: "Engines") -> None:
        """Sign in at these engines from now on, without touching what the officer has entered."""
        self._engines = engines

    def tell(self, words: Words) -> None:
        """Show why the page is up, or why it could not go on."""
        self._page.show_fault(sentence(words))

    @Slot(object)
    def submit(self, request: SignInRequest) -> None:
        """Sign in with what was entered."""
        self._page.show_progress(self.tr("正在登录"))
        if self._engines is None:
            self.address_given.emit(request)
            return
        self._password = request.password
        self._asked = self._engines.sync.sign_in(request.username, request.password, change_to=self._change_to)
        self._tasks.follow(self._asked, self._on_signed_in, self._on_refused)

    @Slot(object)
    def _on_signed_in(self, _officer: Officer) -> None:
        password, self._password = self._password, ""
        if self._engines is not None and password:
            from desktop.seat.lock import SeatLock  # noqa: PLC0415 - it knows the databases

            lock = SeatLock(self._engines.store.duty, self._engines.worker)
            self._tasks.follow(lock.remember(password))
        self._page.show_idle()
        self.signed_in.emit()

    def _on_refused(self, fault: BaseException) -> None:
        self._password = ""
        self.tell(fault_words(fault))
        if self._engines is not None and getattr(fault, "code", "") == "link.other_centre":
            self._page.show_view(self._with_question(self._page.view, self._engines))

    @Slot()
    def _on_cancel(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._page.show_idle()
