"""Alarm views: which events have which of the wall's reserved panes, who waits, and what became of whom.

Four rules, in this order. What is on the wall does not move. Nobody with a graver event waits behind a lesser one. An
event has one pane before another has two. The same thing twice is one thing. Everything else follows from them; the
table of stories is `tests/domain/test_alarm_view.py`. No clock and no wall: seconds are those of any steady clock of
the caller.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

_HISTORY_CAP = 60


class Fate(StrEnum):
    """What became of an event, as the history tells it."""

    SHOWN = "shown"
    REPEATED = "repeated"  # the same thing again: one more of what is there, or was settled just now
    BLIND = "blind"  # no camera near it works
    EVICTED = "evicted"  # it gave way to a graver one and waits
    DROPPED = "dropped"  # the queue was full of graver or newer ones
    SETTLED = "settled"  # acknowledged, here or elsewhere, or over


@dataclass(frozen=True, slots=True)
class Event:
    """Something that wants cameras on the wall.

    Attributes:
        id: Its own.
        key: What makes two events the same thing: the rule that spoke and the object it spoke of.
        rank: 0 is gravest.
        at: When it came.
        cameras: Those that can see it, best first.
    """

    id: str
    key: str
    rank: int
    at: float
    cameras: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A reserved pane in use: its camera, and the events it was brought for."""

    camera: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history; `times` for what happened again and again."""

    at: float
    event: str
    fate: Fate
    times: int = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """Numbers of the views.

    Attributes:
        each: Panes that one event may have while nobody waits.
        quiet_s: So long after it was settled, the same thing is not brought up again.
        queue_cap: Events that wait at most; of more, the least grave and of those the oldest are dropped, and told of.
    """

    each: int = 2
    quiet_s: float = 60.0
    queue_cap: int = 200


class AlarmViews:
    """The reserved panes and who wants them.

    Attributes:
        history: What happened, newest last; the last 60 lines.
    """

    def __init__(self, panes: int, policy: Policy) -> None:
        self._policy = policy
        self._slots: list[Slot | None] = [None] * panes
        self._events: dict[str, Event] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._lead: dict[str, str] = {}
        self._by_key: dict[str, str] = {}
        self._queue: list[str] = []
        self._quiet: dict[str, tuple[float, str]] = {}
        self.history: deque[Line] = deque(maxlen=_HISTORY_CAP)

    @property
    def slots(self) -> tuple[Slot | None, ...]:
        """The reserved panes in their order; None is free."""
        return tuple(self._slots)

    @property
    def waiting(self) -> tuple[Event, ...]:
        """Events that wait, next first."""
        return tuple(self._events[event_id] for event_id in self._queue)

    @property
    def shown(self) -> tuple[Event, ...]:
        """Events on the wall, gravest first, then oldest."""
        ids = {event_id for slot in self._slots if slot is not None for event_id in slot.events}
        return tuple(sorted((self._events[event_id] for event_id in ids), key=_urgency))

    def members(self, event_id: str) -> tuple[str, ...]:
        """All events that one on the wall or in the queue stands for, itself among them unless it was settled."""
        return self._members.get(event_id, ())

    def panes_of(self, event_id: str) -> tuple[int, ...]:
        """Places of an event's panes among the reserved ones."""
        return tuple(place for place, slot in enumerate(self._slots) if slot is not None and event_id in slot.events)

    def knows(self, event_id: str) -> bool:
        """Whether an event is on the wall, waits, or is stood for."""
        return event_id in self._lead

    def raise_events(self, events: Iterable[Event]) -> None:
        """Take events in; however many come at once, the gravest of them are seen first.

        One that is known already is only graver than before, or it is nothing new.
        """
        now = 0.0
        for event in events:
            now = max(now, event.at)
            if self.knows(event.id):
                self._regrade(self._lead[event.id], event.rank)
            else:
                self._take_in(event)
        self._place(now)
        self._shorten_queue(now)

    def settle(self, event_ids: Iterable[str], now: float) -> None:
        """Let go of events that were acknowledged, here or elsewhere, or are over; unknown ids are none of ours."""
        for event_id in event_ids:
            self._let_go(event_id, now)
        self._place(now)

    def resize(self, panes: int, now: float) -> None:
        """Reserve another number of panes. Those that stay are left alone; who loses its last one waits again."""
        gone = self._slots[panes:]
        self._slots = [*self._slots[:panes], *[None] * (panes - len(self._slots))]
        for slot in gone:
            if slot is not None:
                self._requeue(slot.events, now)
        self._place(now)

    # --- taking in and letting go -----------------------------------------------------------------------------------

    def _take_in(self, event: Event) -> None:
        same = self._by_key.get(event.key)
        if same is not None:
            self._lead[event.id] = same
            self._members[same] = (*self._members[same], event.id)
            self._regrade(same, event.rank)
            self._tell_again(event.at, same)
            return
        settled_at, settled = self._quiet.get(event.key, (float("-inf"), ""))
        if event.at - settled_at < self._policy.quiet_s:
            self._tell_again(event.at, settled)
        elif not event.cameras:
            self._tell(event.at, event.id, Fate.BLIND)
        else:
            self._events[event.id] = event
            self._members[event.id] = (event.id,)
            self._lead[event.id] = self._by_key[event.key] = event.id
            self._enqueue(event.id)

    def _let_go(self, event_id: str, now: float) -> None:
        lead = self._lead.pop(event_id, None)
        if lead is None:
            return
        self._tell(now, event_id, Fate.SETTLED)
        self._members[lead] = tuple(member for member in self._members[lead] if member != event_id)
        if not self._members[lead]:
            self._quiet = {key: (at, was) for key, (at, was) in self._quiet.items() if now - at < self._policy.quiet_s}
            self._quiet[self._events[lead].key] = (now, lead)
            self._forget(lead)

    def _regrade(self, lead: str, rank: int) -> None:
        event = self._events[lead]
        if rank < event.rank:
            self._events[lead] = replace(event, rank=rank)
            self._queue.sort(key=self._urgency_of)

    def _forget(self, lead: str) -> None:
        event = self._events.pop(lead)
        del self._by_key[event.key]
        for member in self._members.pop(lead):
            self._lead.pop(member, None)
        self._slots = [_without(slot, lead) for slot in self._slots]
        if lead in self._queue:
            self._queue.remove(lead)

    def _shorten_queue(self, now: float) -> None:
        while len(self._queue) > self._policy.queue_cap:
            least = max(self._events[event_id].rank for event_id in self._queue)
            dropped = next(event_id for event_id in self._queue if self._events[event_id].rank == least)
            self._tell(now, dropped, Fate.DROPPED)
            self._forget(dropped)

    def _enqueue(self, event_id: str) -> None:
        self._queue.append(event_id)
        self._queue.sort(key=self._urgency_of)

    def _requeue(self, event_ids: Iterable[str], now: float) -> None:
        """Let events wait that have no pane any more."""
        for event_id in event_ids:
            if event_id not in self._queue and not self.panes_of(event_id):
                self._tell(now, event_id, Fate.EVICTED)
                self._enqueue(event_id)

    # --- places -----------------------------------------------------------------------------------------------------

    def _place(self, now: float) -> None:
        """Give panes to those that wait, as far as there are any; then second panes, if nobody waits."""
        self._join_all(now)
        while self._queue:
            event = self._events[self._queue[0]]
            place = self._place_for(event)
            if place is None:
                return
            given_up = self._slots[place]
            self._slots[place] = Slot(event.cameras[0], (event.id,))
            self._queue.pop(0)
            self._tell(now, event.id, Fate.SHOWN)
            if given_up is not None:
                self._requeue(given_up.events, now)
            self._join_all(now)
        self._fill()

    def _join_all(self, now: float) -> None:
        """Let events use panes that show their best camera already: no camera is shown twice."""
        for event_id in tuple(self._queue):
            best = self._events[event_id].cameras[0]
            place = next((n for n, slot in enumerate(self._slots) if slot is not None and slot.camera == best), None)
            slot = self._slots[place] if place is not None else None
            if place is not None and slot is not None:
                self._slots[place] = Slot(slot.camera, (*slot.events, event_id))
                self._queue.remove(event_id)
                self._tell(now, event_id, Fate.SHOWN)

    def _place_for(self, event: Event) -> int | None:
        """A free pane, else somebody's second one, else that of the least grave lesser event; of several the newest."""
        free = next((place for place, slot in enumerate(self._slots) if slot is None), None)
        if free is not None:
            return free
        taken = [(place, slot) for place, slot in enumerate(self._slots) if slot is not None]
        spare = [(place, slot) for place, slot in taken if all(len(self.panes_of(other)) > 1 for other in slot.events)]
        lesser = [(place, slot) for place, slot in taken if self._rank(slot) > event.rank]
        for candidates in (spare, lesser):
            if candidates:
                return max(candidates, key=self._dispensable)[0]
        return None

    def _dispensable(self, entry: tuple[int, Slot]) -> tuple[int, float, int]:
        place, slot = entry
        return self._rank(slot), max(self._events[event_id].at for event_id in slot.events), place

    def _fill(self) -> None:
        """Give further cameras of the events shown to panes that nobody else needs."""
        for event in self.shown:
            seen = {slot.camera for slot in self._slots if slot is not None}
            more = (camera for camera in event.cameras if camera not in seen)
            for _ in range(self._policy.each - len(self.panes_of(event.id))):
                free = next((place for place, slot in enumerate(self._slots) if slot is None), None)
                camera = next(more, None)
                if free is None or camera is None:
                    break
                self._slots[free] = Slot(camera, (event.id,))

    def _rank(self, slot: Slot) -> int:
        return min(self._events[event_id].rank for event_id in slot.events)

    def _urgency_of(self, event_id: str) -> tuple[int, float, str]:
        return _urgency(self._events[event_id])

    def _tell(self, at: float, event_id: str, fate: Fate) -> None:
        self.history.append(Line(at, event_id, fate))

    def _tell_again(self, at: float, event_id: str) -> None:
        """Count repetitions in one line: a sensor that flutters must not push everything else out of the history."""
        told = next((line for line in self.history if line.event == event_id and line.fate is Fate.REPEATED), None)
        if told is not None:
            self.history.remove(told)
        self.history.append(Line(at, event_id, Fate.REPEATED, told.times + 1 if told is not None else 1))


def _urgency(event: Event) -> tuple[int, float, str]:
    return event.rank, event.at, event.id


def _without(slot: Slot | None, event_id: str) -> Slot | None:
    left = tuple(known for known in slot.events if known != event_id) if slot is not None else ()
    return Slot(slot.camera, left) if slot is not None and left else None
