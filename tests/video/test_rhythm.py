"""What is learnt of cameras that send seldom, and that it hides no stall and no standing picture."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from desktop.video.rhythm import UNKNOWN_RHYTHM, Rhythm, Rhythms
from desktop.video.states import Looked, Opened, PaneState, Reading, Shown, Tried, Tuning, advance

T = Tuning()
S = PaneState
LOOK_S = 0.2
FOREVER = float("inf")


@dataclass(frozen=True)
class Camera:
    """What a camera sends; times in seconds.

    Attributes:
        pause_s: From picture to picture; a second number is that of every other pause.
        key_s: From key frame to key frame.
        live_scene: Whether all pictures differ; else they do only from key frame to key frame, as in an empty street.
        still_from: From when on all pictures are the same to the last bit.
        silent: From when to when it sends nothing.
        last_at: When its last picture comes.
    """

    pause_s: tuple[float, float] = (0.04, 0.04)
    key_s: float = 2.0
    live_scene: bool = True
    still_from: float = FOREVER
    silent: tuple[float, float] = (FOREVER, FOREVER)
    last_at: float = FOREVER

    def pictures(self) -> Iterator[tuple[float, bool, int]]:
        """When each picture comes, whether it is a key frame, and what is seen in it."""
        at, number, key_at, seen = 0.5, 0, -FOREVER, 0
        while at <= self.last_at:
            key = at - key_at >= self.key_s - 1e-6
            key_at = at if key else key_at
            seen += at < self.still_from and (self.live_scene or key)
            if not self.silent[0] <= at < self.silent[1]:
                yield at, key, seen
            at += self.pause_s[number % 2]
            number += 1


def watch(camera: Camera, seconds: float, rhythm: Rhythm = UNKNOWN_RHYTHM) -> tuple[list[tuple[float, str]], Rhythm]:
    """Look at a camera as the service does: states and when they began, and what was learnt."""
    coming = camera.pictures()
    ahead = next(coming, None)
    reading = advance(advance(advance(Reading(), Shown(), 0, T), Tried(), 0, T), Opened(), 0.1, T)
    states: list[tuple[float, str]] = []
    number = heard = 0
    newest = changed = keyed = looked = heard_at = heard_keyed = 0.0
    seen, key_came = -1, False
    for turn in range(int(seconds / LOOK_S)):
        now = turn * LOOK_S
        while ahead is not None and ahead[0] <= now:
            newest, key, picture = ahead
            number, key_came = number + 1, key_came or key
            if newest - looked >= 1.0 or seen < 0 or (key and newest - changed >= 2.5):
                changed = newest if picture != seen else changed
                keyed = newest if key_came else keyed
                looked, seen, key_came = newest, picture, False
            ahead = next(coming, None)
        if heard and number > heard:
            rhythm = rhythm.heard(number - heard, newest - heard_at)
            rhythm = rhythm.keyed(keyed - heard_keyed) if keyed > heard_keyed else rhythm
        heard, heard_at, heard_keyed = number, newest, keyed
        reading = advance(reading, Looked(newest, changed, 0.5, keyed_at=keyed), now, rhythm.suited(T))
        if number and (not states or states[-1][1] != reading.state):
            states.append((round(now, 1), reading.state))
    return states, rhythm


SELDOM, SELDOMER, ODD = (1.0, 1.0), (5.0, 5.0), (0.04, 1.2)
LIVE_ALL_ALONG = {
    "ordinary": Camera(),
    "five pictures a second": Camera((0.2, 0.2)),
    "a picture a second": Camera(SELDOM, key_s=10.0),
    "a picture each five seconds": Camera(SELDOMER, key_s=30.0),
    "pictures by twos": Camera(ODD),
    "an empty street, a key frame each twelve seconds": Camera(key_s=12.0, live_scene=False),
    "an empty street, a picture a second, a key frame each ten": Camera(SELDOM, key_s=10.0, live_scene=False),
    "an empty street, a picture each two seconds, all of them key frames": Camera((2.0, 2.0), 1.0, live_scene=False),
}


@pytest.mark.parametrize("name", LIVE_ALL_ALONG)
def test_that_no_alarm_is_raised_about_a_camera_that_is_well(name: str) -> None:
    states, _ = watch(LIVE_ALL_ALONG[name], 150.0)
    assert [state for _, state in states] == [S.LIVE]


# Each row: a camera that goes wrong 60 seconds after it began, how it is seen to be, and how long that takes at most.
TROUBLE: dict[str, tuple[Camera, PaneState, float]] = {
    "ordinary, silent": (Camera(last_at=60), S.STALLED, 2.5),
    "ordinary, still": (Camera(still_from=60), S.FROZEN, 5.0),
    "five pictures a second, silent": (Camera((0.2, 0.2), last_at=60), S.STALLED, 2.5),
    "five pictures a second, still": (Camera((0.2, 0.2), still_from=60), S.FROZEN, 5.0),
    "a key frame each four seconds, still": (Camera(key_s=4.0, still_from=60), S.FROZEN, 5.0),
    "a key frame each twelve seconds, still": (Camera(key_s=12.0, still_from=60), S.FROZEN, 13.0),
    "no second key frame ever, still": (Camera(key_s=1000.0, still_from=60), S.FROZEN, 18.0),
    "a picture a second, silent": (Camera(SELDOM, last_at=60), S.STALLED, 4.0),
    "a picture a second, still": (Camera(SELDOM, still_from=60), S.FROZEN, 6.0),
    "a picture each five seconds, silent": (Camera(SELDOMER, last_at=60), S.STALLED, 14.0),
    "a picture each five seconds, still": (Camera(SELDOMER, key_s=5.0, still_from=60), S.FROZEN, 26.0),
}


@pytest.mark.parametrize("name", TROUBLE)
def test_that_trouble_is_found_in_the_time_that_suits_the_camera(name: str) -> None:
    camera, state, bar_s = TROUBLE[name]
    states, _ = watch(camera, 60 + bar_s + 0.5)
    assert [known for _, known in states] == [S.LIVE, state]
    assert states[1][0] - 60 <= bar_s


def test_that_one_stall_is_not_taken_for_a_habit() -> None:
    states, rhythm = watch(Camera(silent=(20, 26), last_at=28), 40)
    assert [state for _, state in states] == [S.LIVE, S.STALLED, S.LIVE, S.STALLED, S.OFFLINE]
    assert states[3][0] - 28 <= 2.5
    assert rhythm.pause_s == 0.0


def test_that_a_camera_that_sent_two_pictures_is_given_time_before_it_is_called_stalled() -> None:
    assert watch(Camera(SELDOMER), 8.0)[0] == [(0.6, S.LIVE)]
    assert [state for _, state in watch(Camera(SELDOMER, last_at=1.0), 13.5)[0]] == [S.LIVE, S.STALLED, S.OFFLINE]


def test_that_what_was_learnt_holds_from_the_first_picture_of_the_next_attempt() -> None:
    _, known = watch(Camera(SELDOMER, key_s=30.0), 100.0)
    assert known.sure
    assert known.patience_s(T) > 30.0  # a server that begins with a key frame may take as long
    states, _ = watch(Camera((12.0, 12.0)), 12.0, known)
    assert states == [(0.6, S.LIVE)]


def test_that_a_first_key_frame_that_did_not_come_is_waited_for_longer_the_next_time() -> None:
    rhythm, waits = UNKNOWN_RHYTHM, []
    for _ in range(4):
        waits.append(rhythm.suited(T).first_picture_s)
        rhythm = rhythm.waited(waits[-1])
    assert waits == [16.0, 32.0, 64.0, 64.0]


def test_that_a_player_waits_longer_than_the_state_machine_and_no_longer_than_needed() -> None:
    _, ordinary = watch(Camera(), 10.0)
    assert T.first_picture_s < UNKNOWN_RHYTHM.patience_s(T) < T.first_picture_s + 2
    assert T.give_up_s < ordinary.patience_s(T) < T.give_up_s + 2


def test_that_ordinary_cameras_keep_the_usual_times_and_need_no_memory() -> None:
    _, ordinary = watch(Camera(), 10.0)
    assert ordinary.suited(T) == T
    assert ordinary.heard(7, 0.28) is ordinary


def test_that_of_very_many_streams_the_oldest_are_forgotten() -> None:
    rhythms, known = Rhythms(), UNKNOWN_RHYTHM.waited(9.0)
    for number in range(5000):
        rhythms.learn(number, known)
        rhythms.learn("watched", known)
    assert rhythms.of("watched") is rhythms.of(4999) is known
    assert rhythms.of(7) is UNKNOWN_RHYTHM
