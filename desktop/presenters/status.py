"""The top bar: whose hall, what is burning, what waits, how the link stands, what time it is at the centre."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QObject, QTimer, Slot

from desktop.domain.attention import Call
from desktop.domain.masking import mask_name
from desktop.domain.sla import parse_time
from desktop.events import LinkState, OutboxChanged, SyncStatus
from desktop.presenters.context import Context
from desktop.presenters.labels import role_word
from desktop.presenters.times import clock_time
from desktop.presenters.wording import words_of
from widgets.topbar import AlertCount, TopBar, TopBarView

_TICK_MS = 1000
_TONES = {
    LinkState.LIVE: ("ok", "circle"),
    LinkState.POLLING: ("yellow", "diamond"),
    LinkState.SNAPSHOT: ("blue", "ring"),
    LinkState.STARTING: ("neutral", "ring"),
    LinkState.SIGNED_OUT: ("orange", "square"),
    LinkState.OFFLINE: ("orange", "triangle"),
    LinkState.HELD: ("yellow", "diamond"),
    LinkState.STOPPED: ("neutral", "ring"),
}
_CUT_OFF = frozenset({LinkState.OFFLINE, LinkState.SIGNED_OUT, LinkState.HELD})


class StatusPresenter(QObject):
    """Keeps the top bar true."""

    def __init__(self, bar: TopBar, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._context = context
        self._status = SyncStatus(LinkState.STARTING)
        self._outbox = OutboxChanged(0, 0, 0)
        self._alerts: tuple[AlertCount, ...] = ()
        self._aged = 0
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show_clock)
        self._tick.start()
        self._show_clock()
        self.show()

    @Slot(object)
    def on_sync_changed(self, status: SyncStatus) -> None:
        """Take a new reading of the link."""
        self._status = status
        self.show()

    @Slot(object)
    def on_outbox_changed(self, outbox: OutboxChanged) -> None:
        """Take new counts of what waits."""
        self._outbox = outbox
        self.show()

    @Slot(object)
    def on_aged(self, calls: tuple[Call, ...]) -> None:
        """Take what has lain in the tray for too long."""
        if len(calls) != self._aged:
            self._aged = len(calls)
            self.show()

    @Slot(object)
    def on_counted(self, alerts: tuple[AlertCount, ...]) -> None:
        """Take new counts of alerts."""
        self._alerts = alerts
        self.show()

    @Slot()
    def show(self) -> None:
        """Show the newest of everything."""
        waiting = self._outbox.queued + self._outbox.sending
        refused = self._outbox.unresolved
        officer = self._context.officer()
        tone, shape = _TONES[self._status.link]
        link, link_short = self._link_words()
        self._bar.show_view(
            TopBarView(
                hall=(officer.hall if officer is not None else "") or self.tr("城运中心"),
                mode=self.tr("平时"),
                mode_tone="ok",
                alerts=self._alerts,
                outbox=self._outbox_words(waiting, refused),
                outbox_short=f"{waiting} · {refused}",
                outbox_tone="red" if refused else "yellow" if waiting else "neutral",
                link=link,
                link_short=link_short,
                link_tone=tone,
                link_shape=shape,
                officer=mask_name(officer.name) if officer is not None else self.tr("未登录"),
                role=role_word(officer.roles[0]) if officer is not None and officer.roles else "",
                offline=self._offline_words(waiting),
            )
        )

    def _outbox_words(self, waiting: int, refused: int) -> str:
        words = self.tr("待发送 {waiting} · 冲突 {refused}").format(waiting=waiting, refused=refused)
        if not self._aged or not refused:
            return words
        return self.tr("{words} · {count} 条搁置").format(words=words, count=self._aged)

    def _link_words(self) -> tuple[str, str]:
        """Long and short words of the link's state."""
        status = self._status
        seconds = _round_trip(status.round_trip_ms)
        share = "" if status.progress is None else f"{status.progress:.0%}"
        live, polling = self.tr("主链路 {seconds}"), self.tr("轮询 {seconds}")
        if status.road == "backup":
            live = polling = self.tr("备用链路 {seconds}")
        words = {
            LinkState.LIVE: (live.format(seconds=seconds), seconds),
            LinkState.POLLING: (polling.format(seconds=seconds), seconds),
            LinkState.SNAPSHOT: (self.tr("取数 {share}").format(share=share), share),
            LinkState.OFFLINE: (self.tr("离线"), self.tr("离线")),
            LinkState.SIGNED_OUT: (self.tr("未登录"), self.tr("未登录")),
            LinkState.HELD: (self.tr("待核实"), self.tr("待核实")),
        }
        return words.get(status.link, (self.tr("连接中"), "…"))

    def _offline_words(self, waiting: int) -> str:
        """The amber line: from when the data is, while nothing newer comes, and what waits."""
        status = self._status
        if status.link not in _CUT_OFF and not status.lag:
            return ""
        parts = [words_of(status.fault, status.params).title] if status.fault else []
        as_of = parse_time(status.as_of)
        if as_of is not None:
            behind = status.lag and status.road == "backup" and not status.fault
            words = self.tr("备用链路，数据截至 {time}") if behind else self.tr("数据截至 {time}")
            parts.append(words.format(time=clock_time(as_of, self._context.now())))
        parts.append(self.tr("{count} 条待发送").format(count=waiting))
        return " · ".join(parts)

    @Slot()
    def _show_clock(self) -> None:
        now: datetime = self._context.now().astimezone()
        date = QLocale().toString(QDate(now.year, now.month, now.day), self.tr("M月d日 ddd"))
        self._bar.set_clock(f"{now:%H:%M:%S}", date)


def _round_trip(milliseconds: float | None) -> str:
    if milliseconds is None:
        return "–"
    return f"{milliseconds:.0f} ms" if milliseconds < 100 else f"{milliseconds / 1000:.1f} s"
