"""Whose fault a pane's state is, row by row."""

import pytest

from desktop.video.blame import is_faulty
from desktop.video.states import PaneState


@pytest.mark.parametrize(
    ("state", "cause", "lasting_s", "faulty"),
    [
        (PaneState.LIVE, "", 99, False),
        (PaneState.CONNECTING, "", 99, False),
        (PaneState.STALLED, "video.no_pictures", 2, False),
        (PaneState.STALLED, "video.no_pictures", 6, True),
        (PaneState.FROZEN, "video.frozen", 0, True),
        (PaneState.BLACK, "video.black", 0, True),
        (PaneState.OFFLINE, "video.unreachable", 0, True),
        (PaneState.OFFLINE, "camera.offline", 0, True),
        (PaneState.OFFLINE, "link.unreachable", 99, False),
        (PaneState.OFFLINE, "video.host_lost", 99, False),
        (PaneState.OFFLINE, "video.hosts_paused", 99, False),
        (PaneState.UNAUTHORIZED, "video.unauthorized", 0, True),
        (PaneState.UNAUTHORIZED, "camera.forbidden", 99, False),
        (PaneState.UNAUTHORIZED, "auth.expired", 99, False),
        (PaneState.UNSUPPORTED, "video.unsupported_codec", 0, True),
        (PaneState.UNSUPPORTED, "video.no_engine", 99, False),
        (PaneState.OVER_BUDGET, "video.over_budget", 99, False),
    ],
)
def test_that_a_camera_is_blamed_for_what_it_does_and_for_nothing_else(
    state: PaneState, cause: str, lasting_s: float, faulty: bool
) -> None:
    assert is_faulty(state, cause, lasting_s) is faulty
