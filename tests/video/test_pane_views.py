"""What a pane says in words: state, age of an old picture, and why it has the stream it has."""

import pytest

from desktop.central.schema import Camera
from desktop.presenters.wall.pane_views import pane_view
from desktop.video.panes import PaneStatus
from desktop.video.states import PaneState
from desktop.video.streams import Choice, Why
from widgets.wall import PaneView

NOW = 1000.0


def shown(state: PaneState, choice: Choice | None = None, **facts: object) -> PaneView:
    status = PaneStatus("1", "cam-1", state, **{"since": NOW - 42, "width": 640, "height": 360, **facts})
    return pane_view(status, "cam-1", Camera(number="041", name="浦三路下立交"), NOW, choice)


@pytest.mark.parametrize(
    ("state", "badge"),
    [
        (PaneState.FROZEN, "画面静止 42s"),
        (PaneState.STALLED, "画面停顿 42s"),
        (PaneState.BLACK, "画面全黑 42s"),
    ],
)
def test_that_a_picture_that_says_nothing_is_grey_and_says_since_when(state: PaneState, badge: str) -> None:
    view = shown(state, frame_age_s=0.1)
    assert (view.badge, view.stale, view.mark, view.tone) == (badge, True, "square", "yellow")
    assert badge in view.sentence


@pytest.mark.parametrize("state", [PaneState.CONNECTING, PaneState.BUFFERING])
def test_that_an_old_picture_under_a_new_attempt_is_grey_and_has_its_age(state: PaneState) -> None:
    old = shown(state, frame_age_s=38.0)
    assert (old.badge, old.stale) == ("重新连接，最后画面 38s前", True)
    swapped = shown(state, frame_age_s=0.3)  # the stream was swapped this moment: nothing to worry about
    assert (swapped.badge, swapped.stale) == ("", False)


def test_that_a_live_picture_is_neither_grey_nor_badged() -> None:
    view = shown(PaneState.LIVE, frame_age_s=0.03)
    assert (view.badge, view.stale, view.hide_picture, view.title, view.mark) == ("", False, False, "", "circle")


@pytest.mark.parametrize(
    ("profile", "why", "coming", "words"),
    [
        ("main", Why.SIZE, "", "主码流（窗格大）"),
        ("sub", Why.SIZE, "", "子码流（窗格小）"),
        ("sub", Why.LOAD, "", "子码流（本机繁忙）"),
        ("main", Why.ZOOM, "", "主码流（放大查看）"),
        ("sub", Why.SIZE, "main", "子码流（主码流接入中）"),
    ],
)
def test_that_the_pane_says_which_stream_it_has_and_why(profile: str, why: Why, coming: str, words: str) -> None:
    view = shown(PaneState.LIVE, Choice("cam-1", profile, why), profile=profile, coming=coming, panes=3)
    assert view.hover.startswith(words)
    assert "3 窗格共用" in view.hover
