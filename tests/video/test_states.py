"""The pane's state machine, step by step in a table."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.presenters.wording import CODES
from desktop.video.states import (
    PLAYING,
    Cleared,
    Failed,
    Looked,
    Opened,
    PaneEvent,
    PaneState,
    Reading,
    Shown,
    Tried,
    Tuning,
    Urged,
    advance,
    back_off_s,
    due,
)

T = Tuning()
S = PaneState


def failed(code: str, *, retryable: bool = True, blameless: bool = False) -> Failed:
    return Failed(code, {}, retryable=retryable, jitter=0.5, blameless=blameless)


def looked(picture_at: float = 0.0, changed_at: float = 0.0, dark_at: float = 0.0, keyed_at: float = 0.0) -> Looked:
    return Looked(picture_at, changed_at, 0.5, dark_at, keyed_at=keyed_at)


# Each row: what happened when (seconds), and the state and cause after it.
STORIES: dict[str, list[tuple[float, PaneEvent, PaneState, str]]] = {
    "comes alive": [
        (0, Shown(), S.CONNECTING, ""),
        (0.1, Tried(), S.CONNECTING, ""),
        (0.3, Opened(), S.BUFFERING, ""),
        (1.0, looked(0.9, 0.9), S.LIVE, ""),
        (2.0, looked(1.9, 1.9), S.LIVE, ""),
    ],
    "answers too late": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (12.9, looked(), S.CONNECTING, ""),
        (13.0, looked(), S.OFFLINE, "video.silent"),
    ],
    "waits for its turn longer than a source may take": [
        (0, Shown(), S.CONNECTING, ""),
        (60, looked(), S.CONNECTING, ""),
    ],
    "sends no key frame": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (9, Opened(), S.BUFFERING, ""),
        (24.9, looked(), S.BUFFERING, ""),
        (25.0, looked(), S.OFFLINE, "video.no_key_frame"),
    ],
    "stalls, recovers, stalls for good": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, looked(1, 1), S.LIVE, ""),
        (3.1, looked(1, 1), S.STALLED, "video.no_pictures"),
        (3.5, looked(3.4, 3.4), S.LIVE, ""),
        (5.5, looked(3.4, 3.4), S.STALLED, "video.no_pictures"),
        (11.4, looked(3.4, 3.4), S.OFFLINE, "video.no_pictures"),
    ],
    "is covered and uncovered": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, looked(1, 1), S.LIVE, ""),
        (5, looked(5, 5, 2), S.LIVE, ""),
        (6, looked(6, 6, 2), S.BLACK, "video.black"),
        (14, looked(14, 2, 2), S.BLACK, "video.black"),  # though it stands still as well
        (15, looked(15, 15), S.LIVE, ""),
        (16, looked(16, 16, 11), S.BLACK, "video.black"),
        (18, looked(16, 16, 11), S.STALLED, "video.no_pictures"),
    ],
    "freezes and thaws": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, looked(1, 1), S.LIVE, ""),
        (4.4, looked(4.4, 1), S.LIVE, ""),
        (4.5, looked(4.5, 1), S.FROZEN, "video.frozen"),
        (12.0, looked(11.9, 11.5), S.LIVE, ""),
    ],
    "sends one picture twice and then nothing": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, looked(1, 1), S.LIVE, ""),
        (2.9, looked(1.1, 1), S.LIVE, ""),
        (5, looked(1.1, 1), S.STALLED, "video.no_pictures"),
    ],
    "shows an empty street from key frame to key frame, and then hangs": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, looked(1, 1, keyed_at=1), S.LIVE, ""),
        (10, looked(10, 1, keyed_at=1), S.LIVE, ""),
        (13, looked(13, 13, keyed_at=13), S.LIVE, ""),
        (24.9, looked(24.9, 13, keyed_at=13), S.LIVE, ""),
        (25, looked(25, 13, keyed_at=25), S.FROZEN, "video.frozen"),
        (37, looked(37, 37, keyed_at=37), S.LIVE, ""),
    ],
    "shows always the same and has no key frames": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, looked(1, 1, keyed_at=1), S.LIVE, ""),
        (16.9, looked(16.9, 1, keyed_at=1), S.LIVE, ""),
        (17, looked(17, 1, keyed_at=1), S.FROZEN, "video.frozen"),
    ],
    "is refused, gets a fresh address soon, is refused again": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, failed("video.unauthorized"), S.UNAUTHORIZED, "video.unauthorized"),
        (2, Tried(), S.CONNECTING, ""),
        (3, failed("video.unauthorized"), S.UNAUTHORIZED, "video.unauthorized"),
    ],
    "cannot be played": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, failed("video.unsupported_codec", retryable=False), S.UNSUPPORTED, "video.unsupported_codec"),
    ],
    "finds no room": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, failed("video.memory"), S.OVER_BUDGET, "video.memory"),
    ],
    "is cleared and hears late news": [
        (0, Shown(), S.CONNECTING, ""),
        (0, Tried(), S.CONNECTING, ""),
        (1, Cleared(), S.IDLE, ""),
        (2, Opened(), S.IDLE, ""),
        (3, failed("video.refused"), S.IDLE, ""),
        (4, looked(3.9, 3.9), S.IDLE, ""),
        (5, Urged(), S.IDLE, ""),
    ],
}


@pytest.mark.parametrize("story", STORIES)
def test_that_a_pane_goes_through_its_states_when_it(story: str) -> None:
    reading = Reading()
    for at, event, state, cause in STORIES[story]:
        reading = advance(reading, event, at, T)
        assert (reading.state, reading.cause) == (state, cause), (at, event)


REFUSALS: list[tuple[str, bool, PaneState, float]] = [
    # code, retryable as it is raised, state, pause before the next try with a random share of one half
    ("camera.offline", False, S.OFFLINE, 0.5),  # the centre's own word: it comes back when the camera does
    ("camera.unknown", False, S.OFFLINE, T.slow_retry_s),
    ("camera.forbidden", False, S.UNAUTHORIZED, 0.5),
    ("camera.no_protocol", False, S.UNSUPPORTED, T.slow_retry_s),
    ("camera.no_profile", False, S.UNSUPPORTED, T.slow_retry_s),
    ("auth.expired", False, S.UNAUTHORIZED, 0.5),
    ("auth.forbidden", False, S.UNAUTHORIZED, 0.5),
    ("link.unreachable", True, S.OFFLINE, 0.5),
    ("link.timeout", True, S.OFFLINE, 0.5),
    ("link.throttled", True, S.OFFLINE, 0.5),
    ("link.refused", False, S.OFFLINE, T.slow_retry_s),
    ("link.closed", False, S.OFFLINE, T.slow_retry_s),
    ("video.unreachable", True, S.OFFLINE, 0.5),
    ("video.refused", True, S.OFFLINE, 0.5),
    ("video.silent", True, S.OFFLINE, 0.5),
    ("video.not_found", True, S.OFFLINE, 0.5),
    ("video.server_fault", True, S.OFFLINE, 0.5),
    ("video.ended", True, S.OFFLINE, 0.5),
    ("video.no_video", True, S.OFFLINE, 0.5),
    ("video.not_video", True, S.OFFLINE, 0.5),
    ("video.no_pictures", True, S.OFFLINE, 0.5),
    ("video.no_key_frame", True, S.OFFLINE, 0.5),
    ("video.busy", True, S.OFFLINE, 0.5),
    ("video.failed", True, S.OFFLINE, 0.5),
    ("video.host_lost", True, S.OFFLINE, 0.5),
    ("video.host_hung", True, S.OFFLINE, 0.5),
    ("video.hosts_paused", True, S.OFFLINE, 0.5),
    ("video.vlc_failed", False, S.OFFLINE, T.slow_retry_s),
    ("video.unauthorized", True, S.UNAUTHORIZED, 0.5),
    ("video.forbidden", True, S.UNAUTHORIZED, 0.5),
    ("video.unsupported_codec", False, S.UNSUPPORTED, T.slow_retry_s),
    ("video.unsupported_protocol", False, S.UNSUPPORTED, T.slow_retry_s),
    ("video.no_engine", False, S.UNSUPPORTED, T.slow_retry_s),
    ("video.credentials_too_long", False, S.UNSUPPORTED, T.slow_retry_s),
    ("video.bad_address", True, S.UNSUPPORTED, T.slow_retry_s),
    ("video.crashes_host", False, S.UNSUPPORTED, T.slow_retry_s),
    ("video.over_budget", True, S.OVER_BUDGET, 0.5),
    ("video.memory", True, S.OVER_BUDGET, 0.5),
    ("from.a_newer_centre", True, S.OFFLINE, 0.5),
    ("from.a_newer_centre", False, S.OFFLINE, T.slow_retry_s),
]


@pytest.mark.parametrize(("code", "retryable", "state", "pause_s"), REFUSALS)
def test_that_a_refusal_leads_to_its_state_with_its_cause_and_next_try(
    code: str, retryable: bool, state: PaneState, pause_s: float
) -> None:
    reading = advance(advance(Reading(), Shown(), 0, T), Tried(), 0, T)
    reading = advance(reading, failed(code, retryable=retryable), 7.0, T)
    assert (reading.state, reading.cause, reading.next_try_at) == (state, code, 7.0 + pause_s)


def test_that_every_refusal_has_words_of_its_own() -> None:
    assert {code for code, *_ in REFUSALS if not code.startswith("from.")} - CODES == set()


def test_that_pauses_of_a_stream_nobody_saw_are_not_held_against_it() -> None:
    reading = live()
    woken = Looked(1.0, 1.0, 0.5, watched_from=11.0)
    assert advance(reading, woken, 11.1, T).state is S.LIVE
    assert advance(reading, woken, 13.1, T).state is S.STALLED
    still = Looked(14.4, 1.0, 0.5, watched_from=11.0)
    assert advance(reading, still, 14.4, T).state is S.LIVE
    assert advance(reading, replace(still, picture_at=14.5), 14.5, T).state is S.FROZEN


def live(at: float = 1.0) -> Reading:
    reading = advance(advance(Reading(), Shown(), 0, T), Tried(), 0, T)
    return advance(reading, looked(at, at), at, T)


def test_that_the_back_off_grows_with_failures_and_ends_only_with_a_picture() -> None:
    reading = live()
    pauses = []
    now = 10.0
    for _ in range(6):
        reading = advance(reading, failed("video.refused"), now, T)
        assert reading.next_try_at is not None
        pauses.append(reading.next_try_at - now)
        now = reading.next_try_at
        reading = advance(advance(reading, Tried(), now, T), Opened(), now, T)  # a connection alone proves nothing
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0]
    reading = advance(reading, looked(now + 1, now + 1), now + 1, T)
    assert (reading.state, reading.failures, reading.lost_at) == (S.LIVE, 0, 0.0)


def test_that_offline_counts_from_the_last_picture_over_all_attempts() -> None:
    reading = advance(live(5.0), failed("video.ended"), 6.0, T)
    reading = advance(advance(reading, Tried(), 7.0, T), failed("video.refused"), 8.0, T)
    assert (reading.state, reading.since) == (S.OFFLINE, 5.0)


def test_that_a_lost_host_is_not_held_against_its_cameras() -> None:
    reading = advance(live(), failed("video.host_lost", blameless=True), 2.0, T)
    assert reading.failures == 0
    assert due(reading, 2.0)


def test_that_a_first_refusal_is_tried_again_soon_and_a_second_slowly() -> None:
    reading = advance(Reading(), Shown(), 0, T)
    reading = advance(advance(reading, Tried(), 0, T), failed("video.unauthorized"), 1.0, T)
    assert reading.next_try_at == 1.5
    reading = advance(advance(reading, Tried(), 2.0, T), failed("video.unauthorized"), 3.0, T)
    assert reading.next_try_at == 3.0 + T.slow_retry_s


def test_that_an_urged_pane_is_tried_at_once_and_a_playing_one_left_alone() -> None:
    waiting = advance(live(), failed("video.refused"), 5.0, replace(T, back_off_s=30.0))
    assert due(advance(waiting, Urged(), 5.1, T), 5.1)
    assert advance(live(), Urged(), 5.0, T) == live()


@given(st.integers(0, 1000), st.floats(0, 1))
def test_that_a_pause_is_never_too_short_or_too_long(failures: int, jitter: float) -> None:
    assert 0.25 <= back_off_s(failures, jitter, T) <= T.back_off_cap_s


EVENTS = st.one_of(
    st.just(Shown()),
    st.just(Cleared()),
    st.just(Tried()),
    st.just(Opened()),
    st.just(Urged()),
    st.sampled_from(["video.refused", "video.unauthorized", "video.memory", "video.no_engine"]).map(failed),
    st.tuples(st.floats(0, 100), st.floats(0, 100)).map(lambda times: looked(*times)),
)


@given(st.lists(st.tuples(st.floats(0, 20), EVENTS), max_size=40))
def test_that_every_pane_that_waits_knows_until_when_whatever_happens(steps: list[tuple[float, PaneEvent]]) -> None:
    reading, now = Reading(), 0.0
    for pause, event in steps:
        now += pause
        reading = advance(reading, event, now, T)
        waits = reading.state not in PLAYING and reading.state is not S.IDLE
        assert not waits or reading.next_try_at is not None
        assert reading.state is not S.IDLE or reading.next_try_at is None
        assert bool(reading.cause) == (waits or reading.state in (S.STALLED, S.FROZEN))
