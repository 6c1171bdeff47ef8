"""`watchfloor --self-check`: starts as an officer would, waits until all is truly up, and says so as JSON."""

import json
import time
from dataclasses import asdict, dataclass, field

import psutil
from PySide6.QtCore import QObject, QTimer, Slot, qVersion

from desktop.app import Application
from desktop.events import LinkState
from desktop.presenters.wording import sentence, words_of
from desktop.start.options import Exit, Options
from desktop.video.panes import PaneStatus
from desktop.video.states import PaneState
from widgets.signin import SignInRequest

_LOOK_MS = 200
_WANTED_PANES = 9
_WANTED_FPS = 20.0
_WANTED_ORDERS = 2_000
_PRESS_AGAIN_S = 10.0
_SETTLE_S = 2.0
"""All must hold for so long at a stretch before the picture is taken: a rate is measured over two seconds."""


@dataclass
class Report:
    """What is printed; see the README for the meaning of each name."""

    ok: bool = False
    panes_live: int = 0
    panes_fps: list[float] = field(default_factory=list)
    orders: int = 0
    markers: int = 0
    sync_state: str = LinkState.STARTING.value
    cursor: int = 0
    libvlc: str = ""
    rtsp_source: str = ""
    sqlite: str = ""
    sqlcipher: str = ""
    qt: str = qVersion()
    started_ms: int = 0
    problems: list[str] = field(default_factory=list)


class SelfCheck(QObject):
    """Drives one `Application` and judges it."""

    def __init__(self, application: Application, options: Options) -> None:
        super().__init__(application)
        self._application = application
        self._picture = options.picture
        self._deadline = time.monotonic() + options.timeout_s
        self._born = psutil.Process().create_time()
        self._good_since: float | None = None
        self._press_after = 0.0
        self.report = Report()
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._look.start()

    @Slot()
    def _on_look(self) -> None:
        """Read everything; end when all is well for a while, or when the time is over."""
        now = time.monotonic()
        fault = self._application.fault
        if fault is not None:
            self.report.problems = [sentence(fault)]
            self._finish()
            return
        self._sign_in()
        self._read()
        self.report.problems = self._problems()
        if self.report.problems:
            self._good_since = None
        elif self._good_since is None:
            self._good_since = now
        if now >= self._deadline or (self._good_since is not None and now - self._good_since >= _SETTLE_S):
            self._finish()

    def _sign_in(self) -> None:
        """Press the button of the filled-in sign-in page; again after a while, as an officer would."""
        engines, window = self._application.engines, self._application.window
        if engines is None or engines.drill_ready is None or time.monotonic() < self._press_after:
            return
        if window.page_shown() is window.sign_in:
            ready = engines.drill_ready
            self._press_after = time.monotonic() + _PRESS_AGAIN_S
            window.sign_in.sign_in_requested.emit(SignInRequest(ready.url, ready.username, ready.password))

    def _read(self) -> None:
        engines, desk = self._application.engines, self._application.desk
        if engines is None or desk is None:
            return
        report, status = self.report, engines.sync.status
        report.sync_state = status.link.value
        report.cursor = status.cursor_lsn
        panes = self._panes()
        report.panes_live = sum(pane.state is PaneState.LIVE for pane in panes)
        report.panes_fps = [round(pane.fps, 1) for pane in panes if pane.state is PaneState.LIVE]
        report.orders = desk.page.queue.model.total()
        report.markers = len(desk.page.map.view.store)
        capabilities = engines.video.probe()
        if capabilities is not None:
            report.libvlc = capabilities.vlc_version
        report.rtsp_source = next((pane.engine for pane in panes if pane.engine), "")
        if report.orders and not report.started_ms:
            report.started_ms = round((time.time() - self._born) * 1000)

    def _panes(self) -> list[PaneStatus]:
        engines, desk = self._application.engines, self._application.desk
        if engines is None or desk is None:
            return []
        return [engines.video.status(name) for name in desk.page.wall.wall.pane_names()]

    def _problems(self) -> list[str]:
        report = self.report
        slow = [rate for rate in report.panes_fps if rate < _WANTED_FPS]
        problems = []
        if self._application.desk is None:
            problems.append("the desk has not come up; the screen says: " + " ".join(self._application.window.words()))
        if report.sync_state != LinkState.LIVE.value:
            problems.append(f"sync is {report.sync_state}, not live")
        if report.orders < _WANTED_ORDERS:
            problems.append(f"{report.orders} orders in the queue, {_WANTED_ORDERS} wanted")
        if not report.markers:
            problems.append("no markers on the map")
        if report.panes_live < _WANTED_PANES:
            problems.append(f"{report.panes_live} panes live, {_WANTED_PANES} wanted: {self._pane_words()}")
        if slow:
            problems.append(f"{len(slow)} panes below {_WANTED_FPS:.0f} pictures a second: {slow}")
        return problems

    def _pane_words(self) -> str:
        words = []
        for pane in self._panes():
            if pane.state is not PaneState.LIVE:
                cause = words_of(pane.cause_code, pane.params).title if pane.cause_code else ""
                words.append(f"{pane.pane} {pane.state.value} {cause}".strip())
        return ", ".join(words)

    def _finish(self) -> None:
        from storage.engine import library_versions  # noqa: PLC0415 - the window does not wait for the databases

        self._look.stop()
        libraries = library_versions()
        self.report.sqlite, self.report.sqlcipher = libraries["sqlite"], libraries["sqlcipher"]
        if self._picture is not None and not self._application.window.grab().save(str(self._picture)):
            self.report.problems.append(f"the picture could not be written to {self._picture}")
        self.report.ok = not self.report.problems
        print(json.dumps(asdict(self.report), ensure_ascii=False), flush=True)
        self._application.leave(int(Exit.OK if self.report.ok else Exit.FAILED))
