"""The states of a pane and what leads from one to another: pure, no clock, no thread, no video.

A pane's `Reading` is immutable; `advance` gives the next one for an event and a time. The service keeps one reading a
pane, feeds it events, and does what the reading asks for (`due`, `wants_player`). Times are seconds of one monotonic
clock; the random share for the jitter comes with the event, so a table can test every step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

Params = Mapping[str, str | int | float]


class PaneState(StrEnum):
    """What a pane shows."""

    IDLE = "idle"  # no camera wanted
    CONNECTING = "connecting"  # address asked for, source being opened
    BUFFERING = "buffering"  # the source answered; waiting for the first whole picture
    LIVE = "live"
    STALLED = "stalled"  # pictures stopped coming a moment ago
    FROZEN = "frozen"  # pictures come, and are always the same
    BLACK = "black"  # pictures come, and nothing is to be seen in them
    OFFLINE = "offline"  # not playing; will be tried again at `next_try_at`
    UNAUTHORIZED = "unauthorized"  # the centre or the camera does not let this officer see it
    UNSUPPORTED = "unsupported"  # nothing on this machine can play it
    OVER_BUDGET = "over_budget"  # the machine has no room for one more


PLAYING = frozenset(
    {
        *(PaneState.CONNECTING, PaneState.BUFFERING, PaneState.LIVE),
        *(PaneState.STALLED, PaneState.FROZEN, PaneState.BLACK),
    }
)
"""States in which a player is at work for the pane."""

_OF_THE_SESSION = ("auth.forbidden", "auth.expired", "auth.account_closed")
_STATES_OF_CODES: Mapping[str, PaneState] = {
    **dict.fromkeys(
        ("video.unauthorized", "video.forbidden", "camera.forbidden", *_OF_THE_SESSION),
        PaneState.UNAUTHORIZED,
    ),
    **dict.fromkeys(
        (
            *("video.unsupported_codec", "video.unsupported_protocol", "video.no_engine", "video.credentials_too_long"),
            *("video.bad_address", "camera.no_protocol", "camera.no_profile", "video.crashes_host"),
        ),
        PaneState.UNSUPPORTED,
    ),
    **dict.fromkeys(("video.over_budget", "video.memory"), PaneState.OVER_BUDGET),
}
"""What a refusal says of the camera goes by its code alone; whatever is not listed is a camera that is not there."""
_COMES_BACK = frozenset({"camera.offline"})
"""Answers that will be another one as soon as the camera is mended, though the same question gets the same answer."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """Times of the state machine, seconds.

    Attributes:
        connect_s: From asking for the address to the source's answer. Longer than any engine's own deadlines together,
            or it would cut off what was about to succeed.
        first_picture_s: From the answer to the first whole picture; longer than the longest key-frame interval.
        stalled_after_s: Silence after which a live pane is shown as stalled.
        give_up_s: Silence after which the source is opened anew.
        frozen_after_s: Time for which all pictures were equal, and a key frame among them. With the second between two
            looks at the pictures, a frozen camera is known as such within five seconds.
        black_after_s: Time for which nothing was to be seen in any picture.
        back_off_s: First pause between attempts; doubles with each failure.
        back_off_cap_s: Longest pause.
        slow_retry_s: Pause where only a person can mend it (no permission, cannot be played).
    """

    connect_s: float = 13.0
    first_picture_s: float = 16.0
    stalled_after_s: float = 2.0
    give_up_s: float = 8.0
    frozen_after_s: float = 3.5
    black_after_s: float = 4.0
    back_off_s: float = 1.0
    back_off_cap_s: float = 30.0
    slow_retry_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a pane stands.

    Attributes:
        state: See `PaneState`.
        since: When this state began.
        cause: Fault code, or "".
        params: Placeholders of the fault's words.
        next_try_at: When a pane that is not playing will be tried again; None if not.
        failures: Attempts in a row without a single picture.
        attempt: Counts attempts of this pane; events of earlier ones are void.
        picture_at: When the newest picture of this attempt came; 0.0 before the first.
        lost_at: Since when there has been no picture, over all attempts; 0.0 while there are pictures.
    """

    state: PaneState = PaneState.IDLE
    since: float = 0.0
    cause: str = ""
    params: Params = field(default_factory=dict)
    next_try_at: float | None = None
    failures: int = 0
    attempt: int = 0
    picture_at: float = 0.0
    lost_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A camera is wanted in the pane."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """No camera is wanted in the pane any more."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt begins now."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The source answered and a decoder is ready."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The surface was looked at.

    Attributes:
        picture_at: When its newest picture came; 0.0 if there is none.
        changed_at: When its pixels last changed; 0.0 if unknown.
        jitter: Random share, 0 to 1.
        dark_at: Since when nothing is to be seen in its pictures; 0.0 if something is.
        watched_from: Since when all its pictures are decoded; pauses before that were ours, not the camera's.
        keyed_at: When its pixels were last looked at after a key frame; 0.0 if its engine does not tell.
    """

    picture_at: float
    changed_at: float
    jitter: float
    dark_at: float = 0.0
    watched_from: float = 0.0
    keyed_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Failed:
    """The attempt is over.

    Attributes:
        code: Why.
        params: Placeholders of its words.
        retryable: Whether trying again soon may help.
        jitter: Random share, 0 to 1.
        blameless: The source did nothing wrong (its host died): try again at once, count no failure.
        pause_s: Pause that was decided for all cameras of its server; the failure is the server's. None: its own.
    """

    code: str
    params: Params
    retryable: bool
    jitter: float
    blameless: bool = False
    pause_s: float | None = None


@dataclass(frozen=True, slots=True)
class Urged:
    """The officer asked to try again now, or there is reason to hope that it will work."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """Its server is not to be tried before this time, seconds."""

    until: float


@dataclass(frozen=True, slots=True)
class Admitted:
    """After waiting its turn at a busy server the attempt goes on: its time begins now."""


PaneEvent = Shown | Cleared | Tried | Opened | Looked | Failed | Urged | Postponed | Admitted


def advance(reading: Reading, event: PaneEvent, now: float, tuning: Tuning) -> Reading:
    """Give the reading after `event`; an event that does not fit the state changes nothing."""
    playing = reading.state in PLAYING
    match event:
        case Cleared():
            reading = Reading(PaneState.IDLE, now, attempt=reading.attempt)
        case Shown():
            reading = Reading(PaneState.CONNECTING, now, next_try_at=now, attempt=reading.attempt)
        case Urged() if not playing and reading.state is not PaneState.IDLE:
            reading = replace(reading, next_try_at=now)
        case Tried():
            attempt = reading.attempt + 1
            reading = replace(_enter(reading, PaneState.CONNECTING, now), attempt=attempt, picture_at=0.0)
            reading = replace(reading, since=now, next_try_at=None)
        case Postponed() if reading.next_try_at is not None:
            reading = replace(reading, next_try_at=event.until)
        case Admitted() if reading.state is PaneState.CONNECTING:
            reading = replace(reading, since=now)
        case Opened() if reading.state is PaneState.CONNECTING:
            reading = _enter(reading, PaneState.BUFFERING, now)
        case Failed() if playing:
            reading = _fail(reading, event, now, tuning)
        case Looked() if playing:
            reading = _look(reading, event, now, tuning)
    return reading


def at_rest(tuning: Tuning) -> Tuning:
    """Times for a stream of which key frames alone are decoded: the pauses between them are no silence."""
    patient_s = tuning.first_picture_s
    return replace(
        tuning,
        stalled_after_s=max(tuning.stalled_after_s, patient_s),
        give_up_s=tuning.give_up_s + patient_s,
        frozen_after_s=tuning.frozen_after_s + patient_s,
    )


def due(reading: Reading, now: float) -> bool:
    """Whether an attempt should begin now."""
    return reading.next_try_at is not None and now >= reading.next_try_at


def back_off_s(failures: int, jitter: float, tuning: Tuning) -> float:
    """Pause before the next attempt: full jitter over a doubling span, but never less than a quarter of a second."""
    span = min(tuning.back_off_cap_s, tuning.back_off_s * 2.0 ** min(failures, 16))
    return max(0.25, span * jitter)


def _enter(reading: Reading, state: PaneState, since: float, cause: str = "") -> Reading:
    """Move to a state; staying in it for the same cause keeps the time since when."""
    if state is reading.state and cause == reading.cause:
        return reading
    return replace(reading, state=state, since=since, cause=cause, params={})


def _look(reading: Reading, event: Looked, now: float, tuning: Tuning) -> Reading:
    if event.picture_at > reading.picture_at:
        # Only a picture proves that the source works: here, and nowhere else, the back-off begins anew.
        reading = replace(reading, picture_at=event.picture_at, failures=0, lost_at=0.0)
    if not reading.picture_at:
        return _await_first(reading, event, now, tuning)
    silence_s = now - max(reading.picture_at, event.watched_from)
    if silence_s >= tuning.give_up_s:
        return _fail(reading, _timed_out("video.no_pictures", silence_s, event), now, tuning)
    if silence_s >= tuning.stalled_after_s:
        return _enter(reading, PaneState.STALLED, reading.picture_at, "video.no_pictures")
    if event.dark_at and now - event.dark_at >= tuning.black_after_s:
        return _enter(reading, PaneState.BLACK, event.dark_at, "video.black")
    if not event.dark_at and _stands_still(event, tuning):  # a black picture mostly stands still as well
        return _enter(reading, PaneState.FROZEN, event.changed_at, "video.frozen")
    return _enter(reading, PaneState.LIVE, now)


def _stands_still(event: Looked, tuning: Tuning) -> bool:
    """Whether a camera shows always the same.

    Between two key frames an encoder may leave out whatever hardly changed, and the picture of an empty street at night
    is then the same to the last bit. A key frame tells: it brings the noise of a live sensor along.
    """
    still_s = event.picture_at - max(event.changed_at, event.watched_from)
    if not event.changed_at or still_s < tuning.frozen_after_s:
        return False
    return not event.keyed_at or event.keyed_at > event.changed_at or still_s >= tuning.first_picture_s


def _await_first(reading: Reading, event: Looked, now: float, tuning: Tuning) -> Reading:
    opened = reading.state is PaneState.BUFFERING
    limit_s = tuning.first_picture_s if opened else tuning.connect_s
    if reading.next_try_at is not None or now - reading.since < limit_s:  # not begun yet, or in its time of grace
        return reading
    return _fail(reading, _timed_out("video.no_key_frame" if opened else "video.silent", limit_s, event), now, tuning)


def _timed_out(code: str, seconds: float, event: Looked) -> Failed:
    return Failed(code, {"seconds": int(seconds)}, retryable=True, jitter=event.jitter)


def state_of(code: str) -> PaneState:
    """The state of a pane whose attempt ended with this fault."""
    return _STATES_OF_CODES.get(code, PaneState.OFFLINE)


def _fail(reading: Reading, event: Failed, now: float, tuning: Tuning) -> Reading:
    lost_at = reading.lost_at or reading.picture_at or now
    return replace(
        reading,
        state=PaneState.OFFLINE if event.blameless else state_of(event.code),
        since=lost_at,
        cause=event.code,
        params=MappingProxyType(dict(event.params)),
        next_try_at=now + _pause_s(reading, event, tuning),
        failures=reading.failures + (not event.blameless and event.pause_s is None),
        lost_at=lost_at,
    )


def _pause_s(reading: Reading, event: Failed, tuning: Tuning) -> float:
    if event.blameless:
        return 0.0
    if event.pause_s is not None:
        return event.pause_s
    soon_s = back_off_s(reading.failures, event.jitter, tuning)
    match state_of(event.code):
        case PaneState.UNAUTHORIZED:
            # A short-lived password may just have run out: the first refusal is answered with a fresh address, soon.
            return tuning.slow_retry_s if reading.failures else soon_s
        case PaneState.UNSUPPORTED:
            return tuning.slow_retry_s
        case PaneState.OFFLINE if not event.retryable and event.code not in _COMES_BACK:
            return tuning.slow_retry_s
        case _:
            return soon_s
