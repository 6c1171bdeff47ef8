"""Whose fault it is that a pane has no good picture: the camera's, or somebody else's. Pure.

What the camera is not to blame for (a refused officer, a lost host, a full machine, a centre that cannot be reached)
neither counts against it nor is worth an order for whoever repairs cameras.
"""

from desktop.video.states import PaneState

_LINKS = ("link.", "auth.")
_OURS = frozenset(
    {
        *("camera.forbidden", "camera.unknown"),
        *("video.host_lost", "video.host_hung", "video.hosts_paused", "video.busy"),
        *("video.over_budget", "video.memory", "video.no_engine"),
        *("video.vlc_missing", "video.vlc_version", "video.vlc_plugins_missing", "video.vlc_failed"),
    }
)
_STILL = frozenset({PaneState.STALLED, PaneState.FROZEN, PaneState.BLACK})
_REFUSED = frozenset({PaneState.OFFLINE, PaneState.UNAUTHORIZED, PaneState.UNSUPPORTED})
STALLED_LONG_S = 5.0
"""A pane that stalls for less comes back by itself, as a rule."""


def is_elsewhere(cause: str) -> bool:
    """Whether a fault code names something for which no camera can be blamed."""
    return cause in _OURS or cause.startswith(_LINKS)


def is_faulty(state: PaneState, cause: str, lasting_s: float) -> bool:
    """Whether a camera that is in a state for a cause, since `lasting_s` seconds, wants repair."""
    if state is PaneState.STALLED:
        return lasting_s >= STALLED_LONG_S
    return state in _STILL or (state in _REFUSED and not is_elsewhere(cause))
