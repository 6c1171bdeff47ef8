"""Alerts: the strip at the bottom and the counts in the top bar."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Alert, Camera, Expect
from desktop.domain.attention import Call
from desktop.domain.masking import mask_address, mask_text
from desktop.domain.sla import parse_time
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.labels import LEVEL_RANK, LEVEL_SHAPE, LEVEL_TONE, level_word
from desktop.presenters.times import span
from desktop.presenters.wording import fault_words
from desktop.reads import Refresh
from storage.cache.cache import Cache
from storage.records import OpRecord, Record
from widgets.alertstrip import AlertItem, AlertStrip, AlertStripView
from widgets.topbar import AlertCount

_REFRESH_MS = 250
_AGE_MS = 15_000
_SHOWN = 8
_WAITING = frozenset({"open", "recovered"})
"""Kept before the officer until acknowledged, also when it is over by itself."""


class AlertsPresenter(QObject):
    """Keeps the strip in step with the alerts, newest and gravest first.

    Signals:
        counted(tuple[AlertCount, ...]): open alerts by level, blind sources last.
        told(Words): something for the message strip.
        waiting(tuple[Call, ...]): alerts that nobody has acknowledged.
    """

    counted = Signal(object)
    told = Signal(object)
    waiting = Signal(object)

    def __init__(self, strip: AlertStrip, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._strip = strip
        self._context = context
        self._alerts: dict[str, tuple[Alert, int]] = {}
        self._blind = 0
        self._refresh = Refresh(self._read, _REFRESH_MS, self)
        self._ages = QTimer(self, interval=_AGE_MS)
        self._ages.timeout.connect(self._show)
        self._ages.start()
        strip.alert_activated.connect(self._on_activated)
        strip.acknowledge_requested.connect(self._on_acknowledge)

    def reload(self) -> None:
        """Read all alerts again."""
        self._refresh.request()

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of alerts, and of cameras that can no longer see."""
        if event.kind in {"alert", "camera"}:
            self._refresh.request()

    def _read(self) -> None:
        self._context.reads.ask(self._on_read, _read_alerts, self._context.cache, failed=self._on_fault)

    def _on_fault(self, fault: BaseException) -> None:
        self._refresh.finished()
        self.told.emit(fault_words(fault))

    @Slot(object)
    def _on_read(self, read: tuple[list[Record], int]) -> None:
        self._refresh.finished()
        records, self._blind = read
        self._alerts = {record.id: (read_as(Alert, record.data), record.ver) for record in records}
        self._show()

    @Slot()
    def _show(self) -> None:
        now = self._context.now()
        standing = [(i, alert) for i, (alert, _) in self._alerts.items() if alert.state != "closed"]
        waiting = [(i, alert) for i, alert in standing if alert.state in _WAITING]
        waiting.sort(key=_newest, reverse=True)
        waiting.sort(key=_gravest)
        summary = self.tr("{count} 条未确认").format(count=len(waiting)) if waiting else ""
        items = tuple(self._item(alert_id, alert, now) for alert_id, alert in waiting[:_SHOWN])
        self._strip.show_view(AlertStripView(items, summary))
        self.waiting.emit(tuple(_call(alert_id, alert) for alert_id, alert in waiting))
        counts = tuple(
            AlertCount(level_word(level), sum(alert.level == level for _, alert in standing), tone, LEVEL_SHAPE[level])
            for level, tone in LEVEL_TONE.items()
        )
        self.counted.emit((*counts, AlertCount(self.tr("盲源"), self._blind, "blind", "hatched")))

    def _item(self, alert_id: str, alert: Alert, now: datetime) -> AlertItem:
        raised = parse_time(alert.raised_at)
        age = span(max(timedelta(0), now - raised)) if raised is not None else ""
        place = mask_text(alert.place.address)
        over = self.tr("已恢复") if alert.state == "recovered" else ""
        text = " · ".join(part for part in (over, mask_text(alert.title), place) if part)
        word = level_word(alert.level)
        return AlertItem(
            id=alert_id,
            text=text,
            age=age,
            tone=LEVEL_TONE.get(alert.level, "neutral"),
            shape=LEVEL_SHAPE.get(alert.level, "circle"),
            sentence=self.tr("{level}色预警，{text}，已 {age}").format(level=word, text=text, age=age),
            critical=alert.level == "red" and not over,
        )

    @Slot(object)
    def _on_activated(self, alert_id: str) -> None:
        self._context.selection.select("alert", alert_id)

    @Slot(object)
    def _on_acknowledge(self, alert_id: str) -> None:
        alert, ver = self._alerts.get(alert_id, (Alert(), 0))
        future = self._context.record("alert", alert_id, "acknowledge", {}, Expect(ver=ver, state=alert.state))
        self._context.tasks.follow(future, self._on_recorded, self._on_refused)

    @Slot(object)
    def _on_recorded(self, _op: OpRecord) -> None:
        self._refresh.request()

    def _on_refused(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))


def _read_alerts(cache: Cache) -> tuple[list[Record], int]:
    cameras = (read_as(Camera, record.data) for record in cache.all("camera"))
    blind = sum(camera.health != "online" and not camera.retired for camera in cameras)
    return cache.all("alert"), blind


def _call(alert_id: str, alert: Alert) -> Call:
    return Call(f"alert/{alert_id}", alert.level, mask_text(alert.title), mask_address(mask_text(alert.place.address)))


def _gravest(entry: tuple[str, Alert]) -> int:
    return LEVEL_RANK.get(entry[1].level, len(LEVEL_RANK))


def _newest(entry: tuple[str, Alert]) -> str:
    return entry[1].raised_at
