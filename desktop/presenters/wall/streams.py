"""Tells the video service what each pane of one wall wants: camera, stream, size; only where that is news."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.presenters.wall.stand import Standing
from desktop.video.panes import PaneStatus
from desktop.video.service import VideoService
from desktop.video.streams import Choice, Need, Policy, Use, choose
from widgets.wall.frames import Picture
from widgets.wall.layouts import Box
from widgets.wall.panes import PaneSize, pane_name

_MAIN_WIDTH = 1920
_NEXT = "next/"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the video service was last told of a pane."""

    camera_id: str
    profile: str
    width: int
    height: int
    visible: bool


class WallVideo:
    """The panes of one wall out of those of all walls: the service knows them by a prefix."""

    def __init__(self, video: VideoService, prefix: str) -> None:
        self._video = video
        self._prefix = prefix

    def latest(self, pane: str) -> Picture | None:
        """See `widgets.wall.frames.FrameSource`."""
        return self._video.latest(self._prefix + pane)

    def picture_stamp(self, pane: str) -> int:
        """See `widgets.wall.frames.FrameSource`."""
        return self._video.picture_stamp(self._prefix + pane)

    def status(self, pane: str) -> PaneStatus:
        """How a pane is doing."""
        return self._video.status(self._prefix + pane)

    def replay(self, pane: str, seconds: float) -> None:
        """See `VideoService.replay`."""
        self._video.replay(self._prefix + pane, seconds)

    def pause_replay(self, pane: str, *, paused: bool) -> None:
        """See `VideoService.pause_replay`."""
        self._video.pause_replay(self._prefix + pane, paused=paused)

    def end_replay(self, pane: str) -> None:
        """See `VideoService.end_replay`."""
        self._video.end_replay(self._prefix + pane)

    def listen(self, pane: str) -> None:
        """Let a pane of this wall be heard, and none of any other; "" lets none."""
        self._video.listen(self._prefix + pane if pane else "")


class WallStreams:
    """The wishes of one wall."""

    def __init__(self, video: VideoService, prefix: str = "", use: Callable[[], Use] = Use) -> None:
        """Begin without any wish.

        Args:
            video: Plays.
            prefix: Tells this wall's panes from those of other walls.
            use: What all video uses of machine and network now; by default nothing, and nothing bounds it.
        """
        self._video = video
        self._use = use
        self._hidden_from: dict[str, float] = {}
        self._prefix = prefix
        self._policy = Policy()
        self._choices: dict[str, Choice] = {}
        self._shown: dict[str, _Wish] = {}
        self._coming: dict[str, _Wish] = {}

    def place_of(self, pane: str) -> str | None:
        """Give this wall's name of one of the service's panes; None if it is another wall's."""
        local = pane.removeprefix(self._prefix)
        return local if pane.startswith(self._prefix) and local.isdigit() else None

    def status(self, pane: str) -> PaneStatus:
        """How a pane of this wall is doing."""
        return self._video.status(self._prefix + pane)

    def choice(self, pane: str) -> Choice | None:
        """Which stream a pane of this wall has, and why."""
        return self._choices.get(pane)

    def choices(self) -> Collection[Choice]:
        """Those of all panes of this wall."""
        return self._choices.values()

    def retry(self, pane: str) -> None:
        """Try a pane that waits for its next attempt now."""
        self._video.retry(self._prefix + pane)

    def wish(self, standing: Sequence[Standing], sizes: Mapping[str, PaneSize], zooms: Mapping[str, float]) -> None:
        """Choose each pane's stream, and tell the service where that is news; panes left out are let go."""
        now = time.monotonic()
        needs = []
        for place, stands in enumerate(standing):
            pane = pane_name(place)
            size = sizes.get(pane)
            if stands.use.camera and size is not None:
                needs.append(
                    Need(
                        *(pane, stands.use.camera, size.width, size.height, zooms.get(pane, 1.0)),
                        linked=stands.role in {"linked", "guest"},
                        chosen=stands.use.stream if stands.use.stream != "auto" else "",
                        hidden_s=self._hidden_s(size, now),
                        mbit_s=self.status(pane).mbit_s,
                    )
                )
        self._choices = choose(self._choices, needs, self._use(), now, self._policy)
        wishes = {
            need.pane: _Wish(
                need.camera_id,
                self._choices[need.pane].profile,
                *_decoded_size(need),
                visible=sizes[need.pane].visible,
            )
            for need in needs
        }
        self._tell(self._shown, wishes, self._prefix)
        self._shown = wishes

    def prepare(self, cameras: Sequence[str], boxes: Sequence[Box]) -> None:
        """Open streams that will be wanted soon, at the sizes they will have, where nobody sees them; () lets them go.

        A pane that then takes one of the cameras has a picture at once.
        """
        needs = [
            Need(f"{_NEXT}{place}", camera, box.width, box.height)
            for place, (camera, box) in enumerate(zip(cameras, boxes, strict=False))
            if camera
        ]
        choices = choose({}, needs, Use(), time.monotonic(), self._policy)
        wishes = {
            need.pane: _Wish(need.camera_id, choices[need.pane].profile, need.width, need.height, visible=False)
            for need in needs
        }
        self._tell(self._coming, wishes, self._prefix)
        self._coming = wishes

    def close(self) -> None:
        """Let every stream of this wall go."""
        self._tell(self._shown | self._coming, {}, self._prefix)
        self._shown, self._coming = {}, {}

    def _hidden_s(self, size: PaneSize, now: float) -> float:
        if size.visible:
            self._hidden_from.pop(size.pane, None)
            return 0.0
        return max(0.001, now - self._hidden_from.setdefault(size.pane, now))

    def _tell(self, before: Mapping[str, _Wish], wishes: Mapping[str, _Wish], prefix: str) -> None:
        for pane, wish in wishes.items():
            if before.get(pane) != wish:
                self._video.show(
                    prefix + pane, wish.camera_id, wish.profile, wish.width, wish.height, visible=wish.visible
                )
        for pane in before.keys() - wishes.keys():
            self._video.clear(prefix + pane)


def _decoded_size(need: Need) -> tuple[int, int]:
    """The size to decode at: that of the pane, doubled as long as a zoom needs it and a main stream can have it."""
    factor = 1
    while factor < need.zoom and need.width * factor < _MAIN_WIDTH:
        factor *= 2
    return need.width * factor, need.height * factor
