"""How a camera did: what counts, what counts against it, and when it is handed out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.camera_log import as_day
from desktop.video.feeds import Feed, FeedKey
from desktop.video.history import KEPT_EVERY_S, CameraWatch, Histories
from desktop.video.panes import Pane
from desktop.video.states import PaneState, Reading
from desktop.video.wishes import Wish

S = PaneState
BEGAN = datetime(2026, 11, 22, 8, tzinfo=UTC)


class Watching:
    """One camera in some panes, looked at each fifth of a second."""

    def __init__(self, panes: int = 1) -> None:
        wish = Wish.of("c", "sub", 320, 180)
        self.panes = [Pane(str(n), wish, Feed(str(n), FeedKey("c", "sub"))) for n in range(panes)]
        self.now = 100.0
        self.histories = Histories(self.now)

    def go(self, seconds: float, *states: PaneState, cause: str = "") -> None:
        for pane, state in zip(self.panes, states, strict=True):
            pane.feed.reading = Reading(state, cause=cause)
        for _ in range(round(seconds * 5)):
            self.now += 0.2
            self.histories.look(self.panes, self.now, BEGAN + timedelta(seconds=self.now - 100.0))

    def taken(self) -> CameraWatch:
        (watch,) = self.histories.take(self.now, BEGAN, all_of_it=True)
        return watch


def test_that_each_second_is_counted_as_what_was_seen_in_it() -> None:
    watching = Watching()
    watching.go(2, S.CONNECTING)  # before the first picture nothing is known of the camera
    watching.go(10, S.LIVE)
    watching.go(3, S.FROZEN, cause="video.frozen")
    watching.go(4, S.BLACK, cause="video.black")
    watching.go(2, S.STALLED, cause="video.no_pictures")
    watching.go(5, S.OFFLINE, cause="video.refused")
    watching.go(1, S.CONNECTING)  # still lost
    watching.go(1, S.LIVE)
    watch = watching.taken()
    assert (watch.live_s, watch.frozen_s, watch.black_s, watch.lost_s) == pytest.approx((11, 3, 4, 8))
    assert watch.watched_s == pytest.approx(26)
    assert watch.reconnects == 1
    assert [change.state for change in watch.changes] == ["live", "frozen", "black", "stalled", "offline", "live"]
    assert watch.changes[4].cause == "video.refused"


@pytest.mark.parametrize(
    ("state", "cause"),
    [
        (S.OFFLINE, "link.unreachable"),
        (S.OFFLINE, "video.host_lost"),
        (S.UNAUTHORIZED, "camera.forbidden"),
        (S.OVER_BUDGET, "video.over_budget"),
        (S.UNSUPPORTED, "video.no_engine"),
    ],
)
def test_that_what_is_not_the_cameras_fault_is_not_counted_against_it(state: PaneState, cause: str) -> None:
    watching = Watching()
    watching.go(10, S.LIVE)
    watching.go(60, state, cause=cause)
    watching.go(5, S.LIVE)
    watch = watching.taken()
    assert (watch.live_s, watch.lost_s, watch.reconnects) == (pytest.approx(15), 0, 0)


def test_that_a_camera_in_several_panes_counts_once_and_by_its_best() -> None:
    watching = Watching(3)
    watching.go(10, S.LIVE, S.CONNECTING, S.STALLED)
    assert watching.taken().live_s == pytest.approx(10)


def test_that_a_camera_nobody_sees_is_not_watched() -> None:
    watching = Watching()
    watching.panes[0].wish = replace(watching.panes[0].wish, visible=False)
    watching.go(10, S.LIVE)
    assert watching.histories.take(watching.now, BEGAN, all_of_it=True) == []


def test_that_time_for_which_the_desk_slept_is_nobodys() -> None:
    watching = Watching()
    watching.go(1, S.LIVE)
    watching.now += 3600.0
    watching.go(1, S.LIVE)
    assert watching.taken().live_s == pytest.approx(1.8)


def test_that_it_is_handed_out_once_a_minute_and_begins_anew() -> None:
    watching = Watching()
    watching.go(KEPT_EVERY_S - 1, S.LIVE)
    assert watching.histories.take(watching.now, BEGAN) == ()
    watching.go(2, S.LIVE)
    (watch,) = watching.histories.take(watching.now, BEGAN)
    assert watch.live_s == pytest.approx(KEPT_EVERY_S + 1)
    watching.go(1, S.LIVE)
    rest = watching.taken()
    assert (rest.live_s, rest.changes) == (pytest.approx(1), ())


def test_that_it_is_kept_on_the_desks_own_day() -> None:
    watching = Watching()
    watching.go(1, S.LIVE)
    watch = watching.taken()
    day = as_day(watch)
    assert day.day == BEGAN.astimezone().date().isoformat()
    assert (day.camera_id, day.live_s, day.changes[0][1:]) == ("c", watch.live_s, ("live", ""))
