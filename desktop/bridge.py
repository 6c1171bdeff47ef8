"""The one crossing from the engines' threads to the window's."""

import threading
import time
from collections import deque

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.events import (
    AttachmentChanged,
    Changed,
    Event,
    FaultRaised,
    HallFocus,
    HostsChanged,
    OutboxChanged,
    PaneChanged,
    RecordsQuarantined,
    Reloaded,
    SignInRequired,
    SyncChanged,
)

_TURN_S = 0.004
_FAULTS_KEPT = 100


class UiBridge(QObject):
    """Takes events from any thread, merges them, and emits typed signals on the GUI thread.

    Waiting events are merged by what they are about (`Changed` per kind as sets of ids, readings as the newest), so
    the queue is bounded by the number of kinds and panes however fast the engines run. One turn of the event loop
    drains for at most 4 ms. Create it first and destroy it last: then no emission can meet a dead receiver.

    Signals:
        changed(Changed): rows of one kind were written or removed.
        reloaded(): the whole cache was replaced.
        sync_changed(SyncStatus): newest reading of the sync engine.
        outbox_changed(OutboxChanged): newest counts, with every target touched since the last emission.
        sign_in_required(SignInRequired): the officer has to sign in.
        quarantined(RecordsQuarantined): records were set aside.
        attachment_changed(AttachmentChanged): how a file attached here stands with the centre.
        hall_focused(HallFocus): somebody wants an object shown.
        pane_changed(str): pane whose state changed.
        hosts_changed(HostsChanged): video hosts came or went.
        fault_raised(FaultRaised): a known fault to be read once.
    """

    changed = Signal(object)
    reloaded = Signal()
    sync_changed = Signal(object)
    outbox_changed = Signal(object)
    sign_in_required = Signal(object)
    quarantined = Signal(object)
    attachment_changed = Signal(object)
    hall_focused = Signal(object)
    pane_changed = Signal(str)
    hosts_changed = Signal(object)
    fault_raised = Signal(object)

    _posted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: dict[object, Event] = {}
        self._faults: deque[Event] = deque(maxlen=_FAULTS_KEPT)  # full: the oldest of a hundred identical storms goes
        self._armed = False
        self._closed = False
        self._posted.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def post(self, event: Event) -> None:
        """Hand over `event`; callable from any thread, never blocks for longer than a dictionary update."""
        with self._lock:
            if self._closed:
                return
            self._merge(event)
            if self._armed:
                return
            self._armed = True
        self._posted.emit()

    def close(self) -> None:
        """Refuse everything from now on; what still waits is dropped with the window it was meant for."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            self._faults.clear()

    def _merge(self, event: Event) -> None:
        match event:
            case FaultRaised() | RecordsQuarantined():
                self._faults.append(event)
            case Reloaded():
                # Everything is read again anyway: single rows waiting before it say nothing more.
                for key in [key for key, waiting in self._waiting.items() if isinstance(waiting, Changed)]:
                    del self._waiting[key]
                self._waiting[Reloaded] = event
            case Changed(kind, upserted, removed):
                before = self._waiting.get((Changed, kind))
                if isinstance(before, Changed):
                    event = Changed(
                        kind,
                        upserted=(before.upserted - removed) | upserted,
                        removed=(before.removed - upserted) | removed,
                    )
                self._waiting[(Changed, kind)] = event
            case OutboxChanged(queued, sending, unresolved, targets):
                before = self._waiting.get(OutboxChanged)
                if isinstance(before, OutboxChanged):
                    event = OutboxChanged(queued, sending, unresolved, before.targets | targets)
                self._waiting[OutboxChanged] = event
            case PaneChanged(pane):
                self._waiting[(PaneChanged, pane)] = event
            case AttachmentChanged(sha256):
                self._waiting[(AttachmentChanged, sha256)] = event
            case _:
                self._waiting[type(event)] = event

    @Slot()
    def _drain(self) -> None:
        until = time.monotonic() + _TURN_S
        while True:
            with self._lock:
                event = self._next()
                if event is None:
                    self._armed = False
                    return
            self._emit(event)
            if time.monotonic() >= until:
                self._posted.emit()
                return

    def _next(self) -> Event | None:
        if self._faults:
            return self._faults.popleft()
        if self._waiting:
            return self._waiting.pop(next(iter(self._waiting)))
        return None

    def _emit(self, event: Event) -> None:  # noqa: C901 - one case for each event
        match event:
            case Changed():
                self.changed.emit(event)
            case Reloaded():
                self.reloaded.emit()
            case SyncChanged(status):
                self.sync_changed.emit(status)
            case OutboxChanged():
                self.outbox_changed.emit(event)
            case SignInRequired():
                self.sign_in_required.emit(event)
            case RecordsQuarantined():
                self.quarantined.emit(event)
            case AttachmentChanged():
                self.attachment_changed.emit(event)
            case HallFocus():
                self.hall_focused.emit(event)
            case PaneChanged(pane):
                self.pane_changed.emit(pane)
            case HostsChanged():
                self.hosts_changed.emit(event)
            case FaultRaised():
                self.fault_raised.emit(event)
