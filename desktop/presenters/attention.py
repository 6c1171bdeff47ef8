"""Attention: gathers what waits for a person, lets it be heard and seen by rule, and keeps what the officer set."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import WorkOrder
from desktop.domain.attention import Attention, Call, Rule, is_muted
from desktop.domain.masking import mask_address, mask_text
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.labels import urgency_word
from desktop.presenters.wording import words_of
from desktop.reads import Refresh
from desktop.selection import Selected
from resources import resource, resource_path
from storage.cache.cache import Cache
from storage.records import OrderQuery, Record
from widgets.attention.flash import EdgeFlash
from widgets.attention.notifier import Notifier
from widgets.attention.page import AttentionPage, AttentionView
from widgets.topbar import Bell, TopBar

_log = logging.getLogger(__name__)

_SETTING = "attention"
_TICK_MS = 1_000
_REFRESH_MS = 500
_URGENT_CAP = 50
_NOTIFIED = 3
"""Single notifications at once; more are told as a number."""
_LONGEST_MUTE = timedelta(hours=2)


class Speaker(Protocol):
    """What plays sounds: `desktop.sound.Loudspeaker`."""

    @property
    def heard(self) -> bool | None:
        """Whether this machine makes sounds; None until one was tried."""

    def play(self, path: Path, /) -> bool:
        """Begin to play a file."""


class Wishes(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the officer set for this seat.

    Attributes:
        sound: Whether sounds are played.
        flash: Whether the edge of the window flashes.
        notify: Whether the desktop's own notifications are used.
        muted_until: RFC 3339, or "".
        silence_told: Whether it has been said here that this machine makes no sound; nobody is told at each start.
    """

    sound: bool = True
    flash: bool = False
    notify: bool = True
    muted_until: str = ""
    silence_told: bool = False


@cache
def rules() -> dict[str, Rule]:
    """Read the rules (once a process)."""
    return msgspec.json.decode(resource("sounds/rules.json").read_bytes(), type=dict[str, Rule])


@dataclass(frozen=True, slots=True)
class Means:
    """By what an officer is called: the card of settings, the bell in the bar, the edge, the desktop, the sound."""

    page: AttentionPage
    bar: TopBar
    flash: EdgeFlash
    notifier: Notifier
    speaker: Speaker


class AttentionPresenter(QObject):
    """Calls for the officer; never takes the focus, and never the selection.

    Urgent new orders wait until somebody accepts them or this officer looks at them; alerts until somebody
    acknowledges them; operations in the tray until somebody decides.

    Signals:
        wanted(): the officer pressed a notification and wants the window.
        told(Words): something for the message strip.
    """

    wanted = Signal()
    told = Signal(object)

    def __init__(self, means: Means, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._means = means
        self._context = context
        self._attention = Attention(rules())
        self._wishes = Wishes()
        self._wishes_known = False
        self._calls: dict[str, tuple[Call, ...]] = {}
        self._looked_at: set[str] = set()
        self._refresh = Refresh(self._read, _REFRESH_MS, self)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        means.page.changed.connect(self._on_changed_wishes)
        means.page.mute_requested.connect(self.mute)
        means.page.test_requested.connect(self._on_test)
        means.notifier.pressed.connect(self.wanted)
        context.selection.changed.connect(self._on_selection)
        context.reads.ask(self._on_wishes, context.duty.setting, _SETTING, failed=self._on_no_wishes)
        self._show()

    def reload(self) -> None:
        """Read what waits, and begin to call."""
        self._refresh.request()
        self._tick.start()

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of orders."""
        if event.kind == "work_order":
            self._refresh.request()

    @Slot(object)
    def on_alerts(self, calls: tuple[Call, ...]) -> None:
        """Take the alerts that nobody has acknowledged."""
        self._calls["alerts"] = calls

    @Slot(object)
    def on_tray(self, calls: tuple[Call, ...]) -> None:
        """Take the refused operations that nobody has looked after for too long."""
        self._calls["tray"] = calls

    @Slot()
    def open(self) -> None:
        """Bring the card up."""
        self._show()
        self._means.page.open()

    @Slot(object)
    def mute(self, minutes: int) -> None:
        """Mute sounds for so many minutes; 0 ends the mute."""
        until = self._context.now() + min(timedelta(minutes=minutes), _LONGEST_MUTE)
        self._keep(msgspec.structs.replace(self._wishes, muted_until=until.isoformat() if minutes else ""))

    def _read(self) -> None:
        self._context.reads.ask(self._on_urgent, _urgent, self._context.cache, failed=self._on_fault)

    def _on_fault(self, _fault: BaseException) -> None:
        self._refresh.finished()  # the queue reads the same and says what is wrong

    @Slot(object)
    def _on_urgent(self, records: list[Record]) -> None:
        self._refresh.finished()
        self._looked_at &= {record.id for record in records}
        self._calls["orders"] = tuple(_order_call(record) for record in records if record.id not in self._looked_at)

    @Slot(object)
    def _on_selection(self, selected: Selected) -> None:
        if selected.kind == "work_order":
            self._looked_at.add(selected.id)
            self._calls["orders"] = tuple(
                call for call in self._calls.get("orders", ()) if call.id != f"order/{selected.id}"
            )

    @Slot()
    def _on_tick(self) -> None:
        if self._wishes_known:  # a seat that was muted stays silent at its start
            self._bid()

    def _bid(self) -> None:
        now = self._context.now()
        waiting = [call for calls in self._calls.values() for call in calls]
        bidding = self._attention.bid(waiting, now, self._muted_until())
        if bidding.sound and self._wishes.sound:
            self._means.speaker.play(resource_path(f"sounds/{bidding.sound}"))
        if bidding.flash and self._wishes.flash:
            self._means.flash.flash(bidding.flash)
        if bidding.notify and self._wishes.notify:
            self._notify(bidding.notify)
        self._tell_silence()
        self._show()

    def _tell_silence(self) -> None:
        """Say that this machine makes no sound where sounds are wanted: once, and again after it made some."""
        heard, wishes = self._means.speaker.heard, self._wishes
        if heard is False and wishes.sound and not wishes.silence_told:
            self._keep(msgspec.structs.replace(wishes, silence_told=True))
            self.told.emit(words_of("attention.no_sound"))
        elif heard and wishes.silence_told:
            self._keep(msgspec.structs.replace(wishes, silence_told=False))

    def _notify(self, calls: tuple[Call, ...]) -> None:
        first, others = calls[0], len(calls) - 1
        if len(calls) > _NOTIFIED:
            self._means.notifier.notify(first.title, self.tr("另有 {count} 条待处理").format(count=others))
            return
        for call in calls:
            self._means.notifier.notify(call.title, call.text)

    @Slot(object)
    def _on_wishes(self, setting: str | None) -> None:
        self._wishes, self._wishes_known = read_wishes(setting), True
        self._show()

    def _on_no_wishes(self, fault: BaseException) -> None:
        _log.warning("the settings of attention could not be read: %s", fault)
        self._wishes_known = True

    @Slot(object)
    def _on_changed_wishes(self, view: AttentionView) -> None:
        self._keep(msgspec.structs.replace(self._wishes, sound=view.sound, flash=view.flash, notify=view.notify))

    @Slot(object)
    def _on_test(self, level: str) -> None:
        rule = rules().get(level, Rule())
        if rule.sound:
            self._means.speaker.play(resource_path(f"sounds/{rule.sound}"))
        if self._wishes.flash:
            self._means.flash.flash(level)

    def _keep(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._context.tasks.follow(self._context.keep(_SETTING, msgspec.json.encode(wishes).decode()))
        self._show()

    def _muted_until(self) -> datetime | None:
        text = self._wishes.muted_until
        try:
            until = datetime.fromisoformat(text) if text else None
        except ValueError:
            return None
        if until is None or until.tzinfo is None or until > self._context.now() + _LONGEST_MUTE:
            return None
        return until

    def _show(self) -> None:
        """Show the mute as it runs, in the bar and on the card."""
        until, now = self._muted_until(), self._context.now()
        left = ""
        if until is not None and is_muted(until, now):
            seconds = max(0, round((until - now).total_seconds()))
            left = f"{seconds // 60:d}:{seconds % 60:02d}"
        notes = []
        silent = self._means.speaker.heard is False
        if silent:
            notes.append(self.tr("这台机器没有可用的声音设备，只有画面提醒。"))
        if not self._means.notifier.available:
            notes.append(self.tr("此桌面没有通知区，只在任务栏标记窗口。"))
        wishes = self._wishes
        muted = self.tr("已静音，还有 {left}，到时自行恢复。").format(left=left) if left else ""
        can_try = wishes.flash or not silent
        view = AttentionView(wishes.sound, wishes.flash, wishes.notify, muted, "\n".join(notes), can_try)
        self._means.page.show_view(view)
        if left:
            self._means.bar.show_bell(Bell(self.tr("静音 {left}").format(left=left), "bell-off", "orange"))
        elif not wishes.sound:
            self._means.bar.show_bell(Bell(self.tr("声音关"), "bell-off", "orange"))
        else:
            self._means.bar.show_bell(Bell("", "bell", "neutral"))


def read_wishes(setting: str | None) -> Wishes:
    """Return what a setting says; one that cannot be read says nothing."""
    try:
        return msgspec.json.decode(setting or "{}", type=Wishes)
    except msgspec.DecodeError:
        return Wishes()


def _urgent(cache: Cache) -> list[Record]:
    query = OrderQuery(states=frozenset({"reported"}), urgency=frozenset({"critical"}), sort="opened", descending=True)
    return cache.orders(query, _URGENT_CAP)


def _order_call(record: Record) -> Call:
    order = read_as(WorkOrder, record.data)
    words = " · ".join(part for part in (urgency_word(order.urgency), mask_text(order.title)) if part)
    return Call(f"order/{record.id}", "red", words, mask_address(mask_text(order.place.address)))
