"""报警上墙: brings what happens to the wall's reserved panes, keeps it there until somebody has seen it, and goes."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.central.schema import Expect
from desktop.domain.alarm_routing import ALERT, Routing, read_routing, write_routing
from desktop.domain.alarm_view import AlarmViews, Event, Policy
from desktop.domain.arrangements import Arrangement
from desktop.domain.reserved import reserved_places
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.times import span
from desktop.presenters.wall.alarm_words import NOWHERE, badge_word, bar_view, face
from desktop.presenters.wall.happenings import KINDS, Found, Happening, Question, find_happenings
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.stand import Guest
from desktop.presenters.wording import fault_words
from desktop.reads import Refresh
from storage.duty.duty import Duty
from storage.records import OpRecord
from widgets.wall.alarmbar import AlarmBar
from widgets.wall.wall import VideoWall

_log = logging.getLogger(__name__)

OWNER = "alarm"
_ROUTING, _SEEN = "wall.alarm.routing", "wall.alarm.seen"
_REFRESH_MS = 500
_AGE_MS = 5_000
_SEEN_CAP = 500
_ALONE = "4"
"""An arrangement of one pane has none to set aside: while there is an alarm it becomes one of four."""


class AlarmViewsPresenter(QObject):
    """Keeps the reserved panes of one wall in step with what waits for somebody.

    It never takes the keyboard, never touches the officer's own arrangement, and when the last event is acknowledged
    the wall is as it was.

    Signals:
        active(bool): alarm views came up, or the last one went.
        told(Words): something for the message strip.
        routed(): the seat takes other events than before.
    """

    active = Signal(bool)
    told = Signal(object)
    routed = Signal()

    def __init__(
        self,
        bar: AlarmBar,
        video_wall: VideoWall,
        wall: WallPresenter,
        context: Context,
        parent: QObject,
        *,
        policy: Policy | None = None,
        clock: Callable[[], float] = time.monotonic,
        refresh_ms: int = _REFRESH_MS,
    ) -> None:
        """Join bar and wall; `clock` gives seconds, and the cache is asked at most each `refresh_ms`."""
        super().__init__(parent)
        self._bar = bar
        self._video_wall = video_wall
        self._wall = wall
        self._context = context
        self._clock = clock
        self._policy = policy or Policy()
        self._views = AlarmViews(0, self._policy)
        self._known: dict[str, Happening] = {}
        self._seen: dict[str, None] = {}
        self._routing: Routing | None = None
        self._places: tuple[int, ...] = ()
        self._single = ""
        self._is_active = False
        self._invited: dict[int, Guest] = {}
        self._refresh = Refresh(self._read, refresh_ms, self)
        self._ages = QTimer(self, interval=_AGE_MS)
        self._ages.timeout.connect(self._show_bar)
        self._ages.start()
        bar.activated.connect(self.show_object)
        bar.acknowledged.connect(self.acknowledge)
        wall.stood.connect(self._on_stood)
        context.reads.ask(self._on_settings, _read_settings, context.duty)

    @property
    def views(self) -> AlarmViews:
        """Who is seen, who waits, what became of whom."""
        return self._views

    @property
    def routing(self) -> Routing:
        """What this seat takes."""
        return self._routing or Routing()

    def happening(self, event_id: str) -> Happening | None:
        """An event that is on the wall, waits, or was there lately."""
        return self._known.get(event_id)

    def event_in(self, place: int) -> str:
        """Id of the gravest event that the pane at a place was brought for, or ""."""
        slot = dict(zip(self._places, self._views.slots, strict=False)).get(place)
        return min(slot.events, key=self._rank) if slot is not None else ""

    def reload(self) -> None:
        """Look for what waits."""
        self._refresh.request()

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of what may be brought up."""
        if event.kind in KINDS:
            self._refresh.request()

    def route(self, routing: Routing) -> None:
        """Take other events from now on; what is there stays until it is acknowledged."""
        self._routing = routing
        self._context.tasks.follow(self._context.keep(_ROUTING, write_routing(routing)))
        self.routed.emit()
        self.reload()

    @Slot(str)
    def acknowledge(self, event_id: str) -> None:
        """Say that the officer has seen an event: alerts are acknowledged at the centre, others at this seat."""
        for member in self._views.members(event_id):
            kind, _, object_id = member.partition("/")
            happening = self._known[member]
            if kind == ALERT:
                expect = Expect(ver=happening.ver, state=happening.state)
                future = self._context.record(kind, object_id, "acknowledge", {}, expect)
                self._context.tasks.follow(future, self._on_recorded, self._on_refused)
            self._seen[member] = None
        self._settle(self._views.members(event_id))
        self._keep_seen()

    @Slot()
    def acknowledge_first(self) -> None:
        """Acknowledge the gravest event on the wall."""
        shown = self._views.shown
        if shown:
            self.acknowledge(shown[0].id)

    def acknowledge_pane(self, pane: str) -> None:
        """Acknowledge what a pane was brought for; if that is nothing, the gravest event on the wall."""
        event_id = self.event_in(int(pane) - 1)
        if event_id:
            self.acknowledge(event_id)
        else:
            self.acknowledge_first()

    def ago(self, at: float) -> str:
        """How long ago a line of the history is."""
        return span(timedelta(seconds=max(0.0, self._clock() - at)))

    @Slot(str)
    def show_object(self, event_id: str) -> None:
        """Select what an event is about."""
        kind, _, object_id = event_id.partition("/")
        self._context.selection.select(kind, object_id)

    # --- news -----------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_settings(self, settings: tuple[Routing, list[str]]) -> None:
        self._routing, seen = settings
        self._seen = dict.fromkeys(seen)
        self._reserve()
        self.routed.emit()
        self._refresh.request()

    def _read(self) -> None:
        if self._routing is None:  # not read yet; asked again when it is
            self._refresh.finished()
            return
        officer = self._context.officer()
        roles = tuple(officer.roles) if officer is not None else ()
        known = frozenset(event_id for event_id in self._known if self._views.knows(event_id))
        question = Question(self._routing, roles, self._context.now(), known, frozenset(self._seen))
        self._context.reads.ask(
            self._on_found, find_happenings, self._context.cache, question, failed=self._on_read_failed
        )

    def _on_read_failed(self, fault: BaseException) -> None:
        self._refresh.finished()
        self.told.emit(fault_words(fault))

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        self._refresh.finished()
        now = self._clock()
        fresh = [happening for happening in found.fresh if happening.id not in self._seen]
        self._known |= {happening.id: happening for happening in fresh}
        self._views.raise_events(
            [Event(one.id, one.key, one.rank, now + n / 1e6, one.cameras) for n, one in enumerate(_by_age(fresh))]
        )
        # What is told of once must not be asked for again with each change of anything.
        self._seen |= dict.fromkeys(one.id for one in fresh if not self._views.knows(one.id))
        gone = [one for one in self._known if self._views.knows(one) and one not in found.waiting]
        self._settle(gone)

    @Slot()
    def _on_stood(self) -> None:
        """Something else stands on the wall; only another arrangement matters here."""
        self._reserve()

    def _settle(self, event_ids: "tuple[str, ...] | list[str]") -> None:
        self._views.settle(event_ids, self._clock())
        told = {line.event for line in self._views.history}
        self._known = {one: what for one, what in self._known.items() if self._views.knows(one) or one in told}
        self._show()

    # --- the wall -------------------------------------------------------------------------------------------------

    def _reserve(self) -> None:
        """Set aside panes of the arrangement that is there, or of one of four if that has only one pane."""
        panes = len(self._wall.standing)
        if not panes:
            return
        places = reserved_places(panes) or reserved_places(4)
        if places != self._places:
            self._places = places
            self._views.resize(len(places), self._clock())
            self._show()

    def _show(self) -> None:
        active = any(self._views.slots)
        came, went = active and not self._is_active, self._is_active and not active
        self._is_active = active
        if came:
            self._make_room()
        guests = {
            place: self._guest(slot.camera, slot.events)
            for place, slot in zip(self._places, self._views.slots, strict=False)
            if slot is not None
        }
        if guests != self._invited:
            self._invited = guests
            if guests:
                self._wall.invite(OWNER, guests)
            else:
                self._wall.dismiss(OWNER)
        if went:
            self._give_room_back()
        self._show_bar()
        if came or went:
            self.active.emit(active)

    def _make_room(self) -> None:
        """Let the reserved panes be seen, where one pane fills the wall."""
        self._single = self._video_wall.single
        self._video_wall.set_single("")
        if len(self._wall.standing) == 1 and not self._wall.locked:
            alone = [standing.use.camera for standing in self._wall.standing]
            words = self.tr("报警画面显示中，确认后恢复")
            self._wall.take_over(OWNER, Arrangement.of(_ALONE, alone), words, yields=True)

    def _give_room_back(self) -> None:
        self._wall.give_back(OWNER)
        if self._single and not self._video_wall.single:
            self._video_wall.set_single(self._single)
        self._single = ""

    def _guest(self, camera: str, events: tuple[str, ...]) -> Guest:
        happening = face(min(events, key=self._rank), self._views, self._known)
        return Guest(camera, alarm=happening.tone, badge=badge_word(happening), badge_mark=happening.shape)

    def _rank(self, event_id: str) -> int:
        happening = self._known.get(event_id)
        return happening.rank if happening is not None else 9

    @Slot()
    def _show_bar(self) -> None:
        panes = len(self._wall.standing)
        places = [place if place < panes else NOWHERE for place in self._places]
        self._bar.show_view(bar_view(self._views, self._known, places, self._context.now()))

    # --- writing down ---------------------------------------------------------------------------------------------

    def _keep_seen(self) -> None:
        self._seen = dict.fromkeys(list(self._seen)[-_SEEN_CAP:])
        text = msgspec.json.encode(list(self._seen)).decode()
        self._context.tasks.follow(self._context.keep(_SEEN, text))

    @Slot(object)
    def _on_recorded(self, _op: OpRecord) -> None:
        self._refresh.request()

    def _on_refused(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))


def _read_settings(duty: Duty) -> tuple[Routing, list[str]]:
    try:
        seen = msgspec.json.decode(duty.setting(_SEEN) or "[]", type=list[str])
    except msgspec.DecodeError:
        _log.warning("the list of events seen cannot be read; they may come up once more")
        seen = []
    return read_routing(duty.setting(_ROUTING)), seen


def _by_age(happenings: list[Happening]) -> list[Happening]:
    return sorted(happenings, key=lambda one: (one.since.timestamp() if one.since is not None else 0.0, one.id))
