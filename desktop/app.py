"""The application's life: start in the right order, show one page after the other, end in stages."""

import importlib
import logging
import signal
import sys
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from desktop.bridge import UiBridge
from desktop.events import FaultRaised, LinkState, SyncStatus
from desktop.main_window import MainWindow
from desktop.presenters.wording import Words, fault_words, words_of
from desktop.seat.sign_in import SignInFlow
from desktop.start.appearance import Appearance
from desktop.start.crash import CrashNet
from desktop.start.interpreter import keep_what_is_loaded, share_fairly
from desktop.start.logging_setup import log_to_file
from desktop.start.options import Exit, Options
from desktop.start.questions import FixedPassphrase, PassphraseQuestion
from desktop.start.settings import LANGUAGES, THEMES, Settings, SettingsFile
from desktop.sync.clock import boot_time_s
from desktop.tasks import Tasks
from widgets.idle import IdleWatch
from widgets.passphrase import PassphraseView
from widgets.signin import SignInRequest
from widgets.states import PanelState

if TYPE_CHECKING:
    from desktop.composition import Desk
    from desktop.engines import Engines
    from storage.keys import Ask, PassphraseRequest

_log = logging.getLogger(__name__)

_EXITS = {
    "keys": Exit.KEY,
    "drill": Exit.DRILL,
    "data_dir": Exit.DATA_DIR,
    "storage": Exit.STORAGE,
    "storage.readonly": Exit.DATA_DIR,
    "storage.network_share": Exit.DATA_DIR,
    "storage.locked_by_other": Exit.ALREADY_RUNNING,
}
_OPENING_DEADLINE_S = 70.0


class Application(QObject):
    """One run of the program.

    Args:
        options: The command line.
        data_dir: Folder of this desk; made if need be.
        key: Key of the databases for a run that leaves nothing behind; None asks keyring or officer.
    """

    def __init__(self, options: Options, data_dir: Path, key: bytes | None = None) -> None:
        self.qt = QApplication([sys.argv[0] or "watchfloor"])
        super().__init__()
        self.qt.setApplicationName("watchfloor")
        self.qt.setQuitOnLastWindowClosed(False)
        self._options = options
        self._data_dir = data_dir
        self._key = key
        self._settings_file = SettingsFile(data_dir)
        self.settings = self._wanted_settings()
        self._appearance = Appearance(self.qt)
        self.bridge = UiBridge(self)
        self._tasks = Tasks(self)
        self._io = ThreadPoolExecutor(2, thread_name_prefix="opening")
        self._opening: Future[Engines] | None = None
        self._question = PassphraseQuestion(self)
        self._waiting_request: SignInRequest | None = None
        self._idle = IdleWatch(self.qt, self._idle_limit_s, boot_time_s, self)
        self._code = int(Exit.OK)
        self.fault: Words | None = None
        self.engines: Engines | None = None
        self.desk: Desk | None = None
        self.window: MainWindow
        self._sign_in: SignInFlow

    # --- life

    def start(self) -> None:
        """Show the window and begin to open; everything else happens in the event loop."""
        share_fairly()
        self._appearance.wear(self.settings.theme, self.settings.text_scale)
        self._appearance.speak(self.settings.language)
        self.bridge.sync_changed.connect(self._on_sync_changed)
        self._question.asked.connect(self._on_passphrase_asked)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        self._make_window()
        self.window.show()
        fault = self._prepare_data_dir()
        if fault is None:
            QTimer.singleShot(0, self, self.open)
        else:
            self._show_fault(fault, Exit.DATA_DIR)

    def run(self) -> int:
        """Run the event loop to its end and close everything; returns the exit code."""
        self.qt.exec()
        self._shut_down()
        return self._code

    def leave(self, code: int) -> None:
        """End the program with `code`."""
        self._code = code
        self.qt.quit()

    def _shut_down(self) -> None:
        """End in stages: no new work, then the engines, then storage."""
        self.window.hide()
        self._question.close()
        self._tasks.close()
        self.bridge.close()
        if self.desk is not None:
            self.desk.close()
        if self._opening is not None:
            wait((self._opening,), _OPENING_DEADLINE_S)
            if self._opening.done() and self._opening.exception() is None:
                self.engines = self._opening.result()
        self._io.shutdown(wait=False, cancel_futures=True)
        if self.engines is not None:
            from desktop.engines import close_engines  # noqa: PLC0415 - see `_open_engines`

            close_engines(self.engines)

    # --- start

    def _prepare_data_dir(self) -> Words | None:
        """Make the folder, its log and its crash files; returns what is wrong, if anything is."""
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            log_to_file(self._data_dir / "logs")
            CrashNet(self._data_dir / "crashes", self._tell_crash).install()
        except OSError as fault:
            _log.error("the data directory cannot be written: %s", fault)
            return words_of("data_dir.unwritable", {"path": str(self._data_dir)})
        return None

    def _wanted_settings(self) -> Settings:
        stored, options = self._settings_file.load(), self._options
        return Settings(
            centre=options.centre or stored.centre,
            backup=options.backup or stored.backup,
            username=stored.username,
            language=options.language or stored.language,
            theme=options.theme or stored.theme,
            text_scale=options.text_scale or stored.text_scale,
        )

    def _make_window(self) -> None:
        self.window = MainWindow()
        self.window.closed.connect(self._on_window_closed)
        self.window.start.action_requested.connect(self.open)
        self.window.passphrase.submitted.connect(self._on_passphrase_given)
        self.window.passphrase.cancelled.connect(self._on_window_closed)
        self._sign_in = SignInFlow(self.window.sign_in, self._tasks, self.window)
        self._sign_in.signed_in.connect(self._on_signed_in)
        self._sign_in.address_given.connect(self._on_address)
        self._sign_in.stayed.connect(self.show_desk)
        self.window.sign_in.language_chosen.connect(self.speak)

    @Slot()
    def open(self) -> None:
        """Open the engines on a thread of their own, with words on the screen meanwhile."""
        self._code = int(Exit.OK)
        centre = tuple(url for url in (self.settings.centre, self.settings.backup) if url)
        if not centre and not self._options.drill:
            self._sign_in.ask_address(self.settings)
            self.window.show_page(self.window.sign_in)
            return
        drill = self._options.drill
        self._show_opening(self.tr("演练中心正在布置街区。") if drill else self.tr("正在打开本地数据。"))
        try:
            ask = self._who_answers()
        except OSError as fault:
            self._show_fault(words_of("keys.passphrase_file", {"reason": fault.strerror or ""}), Exit.KEY)
            return
        self._opening = self._io.submit(self._open_engines, centre, ask)
        self._tasks.follow(self._opening, self._on_opened, self._on_not_opened)

    def _open_engines(self, centre: tuple[str, ...], ask: "Ask") -> "Engines":
        """Open the engines, on the opening thread, and load what the desk is made of while they wait for others.

        All that is imported here rather than above takes a second of computing; the window stands meanwhile.
        """
        from desktop.engines import Plan, open_engines  # noqa: PLC0415

        loading = self._io.submit(_load_desk)
        options = self._options
        plan = Plan(self._data_dir, centre, self._key, options.drill, options.drill_arguments, options.engine)
        engines = open_engines(plan, ask, self.bridge.post)
        wait((loading,))
        keep_what_is_loaded()
        return engines

    def _show_opening(self, words: str) -> None:
        self.window.start.show_state(PanelState("loading", self.tr("正在启动"), words))
        self.window.show_page(self.window.start)

    def _who_answers(self) -> "Ask":
        if self._options.passphrase_file is not None:
            return FixedPassphrase.from_file(self._options.passphrase_file).ask
        return self._question.ask

    @Slot(object)
    def _on_opened(self, engines: "Engines") -> None:
        self._opening = None
        self.engines = engines
        self._settings_file.save(self.settings)
        if self._waiting_request is not None:
            request, self._waiting_request = self._waiting_request, None
            self._sign_in.use(engines)
            self.window.show_page(self.window.sign_in)
            self._sign_in.submit(request)
            return
        self._on_sync_changed(engines.sync.status)

    def _on_not_opened(self, fault: BaseException) -> None:
        self._opening = None
        code = str(getattr(fault, "code", ""))
        if not code:
            _log.critical("the engines could not be opened", exc_info=fault)
        if self._waiting_request is not None:
            self._waiting_request = None
            self._sign_in.tell(fault_words(fault))
            return
        self._show_fault(fault_words(fault), _EXITS.get(code, _EXITS.get(code.partition(".")[0], Exit.FAILED)))

    def _show_fault(self, words: Words, code: Exit) -> None:
        """Say why the program cannot go on; closing the window then leaves with `code`."""
        self.fault = words
        self._code = int(code)
        _log.error("not started: %s %s", words.title, words.message)
        self.window.start.show_state(PanelState("error", words.title, words.message, self.tr("再试一次")))
        self.window.show_page(self.window.start)

    # --- pages

    @Slot(object)
    def _on_sync_changed(self, status: SyncStatus) -> None:
        """Decide the first page: the desk where somebody is known here, else the sign-in."""
        if self.engines is None or self.window.page_shown() is not self.window.start:
            return
        if status.link is LinkState.SIGNED_OUT:
            self.show_sign_in()
        elif status.link is not LinkState.STARTING and self.engines.sync.officer is not None:
            self.show_desk()

    @Slot()
    def show_sign_in(self) -> None:
        """Bring the sign-in up."""
        if self.engines is not None:
            self._sign_in.ask(self.engines, self.settings)
            self.window.show_page(self.window.sign_in)

    @Slot()
    def show_desk(self) -> None:
        """Bring the desk up, building it if need be."""
        if self.engines is None:
            return
        officer = self.engines.sync.officer
        if officer is not None and self.engines.drill is None:
            self._change_settings(username=officer.staff_no or self.settings.username)
        if self.desk is None:
            from desktop.composition import Desk  # noqa: PLC0415 - see `_open_engines`
            from desktop.desk.page import DeskPage  # noqa: PLC0415

            page = DeskPage(self.engines.video, self.window)
            self.window.put_desk(page)
            self.desk = Desk(page, self.engines, self.bridge, self._tasks, self.window)
            self.desk.command_chosen.connect(self._on_command)
            self._idle.fell_idle.connect(self.desk.seat.lock)
            self.desk.reload()
        self.window.show_page(self.desk.page)

    @Slot()
    def _on_signed_in(self) -> None:
        self.show_desk()
        if self.desk is not None:
            self.desk.seat.release()

    @Slot(object)
    def _on_address(self, request: SignInRequest) -> None:
        """A centre was named on the sign-in page of a seat that had none."""
        if not request.address.startswith(("http://", "https://")):
            self._sign_in.tell(words_of("link.bad_address"))
            return
        self._waiting_request = request
        self._change_settings(centre=request.address)
        self.open()

    @Slot(object)
    def _on_passphrase_asked(self, request: "PassphraseRequest") -> None:
        reason = words_of(request.fault or "keys.no_keyring")
        wrong = request.fault in {"keys.wrong_passphrase", "keys.passphrase_too_short"}
        why = self.tr("本地数据是加密的。请设置或输入口令短语，用它保护密钥。") if wrong else reason.message
        self.window.passphrase.show_view(PassphraseView(request.new, why, reason.title if wrong else ""))
        self.window.show_page(self.window.passphrase)

    @Slot(object)
    def _on_passphrase_given(self, passphrase: str) -> None:
        self._show_opening(self.tr("正在打开本地数据。"))
        self._question.answer(passphrase)

    # --- wishes

    @Slot(str)
    def _on_command(self, key: str) -> None:
        subject, _, choice = key.partition(".")
        if subject == "language" and choice in LANGUAGES:
            self.speak(choice)
        elif subject == "theme" and choice in THEMES:
            self._change_settings(theme=choice)
            self._appearance.wear(choice, self.settings.text_scale)
        elif key == "sign_in":
            self.show_sign_in()
        elif key == "sign_out" and self.engines is not None:
            self._tasks.follow(self.engines.sync.sign_out(), self._on_signed_out, self._on_signed_out)

    @Slot(object)
    def _on_signed_out(self, _outcome: object) -> None:
        """Show the sign-in also where the centre could not be told: this seat has forgotten the session."""
        self.show_sign_in()

    @Slot(object)
    def speak(self, language: str) -> None:
        """Switch the language: the window is built anew, the engines go on."""
        if language == self.settings.language:
            return
        self._change_settings(language=language)
        self._appearance.speak(language)
        at_desk = self.desk is not None and self.window.page_shown() is self.desk.page
        old_window, old_desk, self.desk = self.window, self.desk, None
        if old_desk is not None:
            old_desk.close()
        self._make_window()
        self.window.setGeometry(old_window.geometry())
        self.window.setWindowState(old_window.windowState())
        if at_desk:
            self.show_desk()
        elif self.engines is not None:
            self.show_sign_in()
        else:
            self.open()
        self.window.show()
        old_window.hide()
        old_window.deleteLater()

    def _idle_limit_s(self) -> float:
        return self.engines.sync.policy.idle_lock_s if self.engines is not None else 0.0

    def _change_settings(self, **changes: str) -> None:
        changed = msgspec.structs.replace(self.settings, **changes)
        if changed != self.settings:
            self.settings = changed
            self._settings_file.save(changed)

    @Slot()
    def _on_window_closed(self) -> None:
        self.leave(self._code)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.leave(self._code)

    def _tell_crash(self, path: Path) -> None:
        self.bridge.post(FaultRaised("program.bug", {"file": path.name}))


def _load_desk() -> None:
    """Load what the desk is made of, so that building it on the GUI thread finds everything there."""
    for name in ("desktop.composition", "desktop.desk.page"):
        importlib.import_module(name)
