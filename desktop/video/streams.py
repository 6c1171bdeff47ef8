"""Which of a camera's two streams a pane gets, and why: pure, no clock, no video.

`choose` gives the choices for all panes from those of the time before. A pane that is large enough gets the main stream
and keeps it until it is clearly smaller, so that no size lies on an edge where streams flicker. When the machine is too
busy, the smallest main pane steps down, one at a time; a digital zoom and the panes of a selected object are last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """The reason for a choice."""

    SIZE = "size"  # the pane's size asks for it
    ZOOM = "zoom"  # the officer looks closer than the sub stream can show
    LOAD = "load"  # the machine is too busy for more
    CHOSEN = "chosen"  # the officer said so


@dataclass(frozen=True, slots=True)
class Need:
    """A pane as it is now.

    Attributes:
        pane: Its name.
        camera_id: The camera in it.
        width: Device pixels.
        height: Device pixels.
        zoom: How many times its picture is enlarged, 1.0 or more.
        linked: Whether it was brought up for the object at hand.
        chosen: ``sub`` or ``main`` where the officer insists on one, else "".
    """

    pane: str
    camera_id: str
    width: int
    height: int
    zoom: float = 1.0
    linked: bool = False
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a pane gets.

    Attributes:
        camera_id: For which camera.
        profile: ``sub`` or ``main``.
        why: See `Why`.
        until: Seconds of the caller's clock before which a pane stepped down does not step up again.
    """

    camera_id: str
    profile: str
    why: Why
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Policy:
    """Numbers of the choice.

    Attributes:
        main_from_px: Width from which a pane gets the main stream; a sub stream is 640 to 704 wide.
        sub_below_px: Width below which it goes back.
        main_from_zoom: Enlargement from which a pane of any size gets the main stream.
        busy: Share of the machine that video may use before panes step down.
        step_s: Between two steps down: the first must have had its effect.
        rest_s: How long a pane that stepped down stays there.
    """

    main_from_px: int = 800
    sub_below_px: int = 600
    main_from_zoom: float = 1.5
    busy: float = 0.85
    step_s: float = 5.0
    rest_s: float = 60.0


def choose(
    before: Mapping[str, Choice], needs: Sequence[Need], load: float, now: float, policy: Policy
) -> dict[str, Choice]:
    """Choose a stream for each pane.

    Args:
        before: The choices of the time before.
        needs: The panes that want a camera.
        load: Share of the whole machine that video uses, 0 to 1.
        now: Seconds of any steady clock.
        policy: The numbers.
    """
    after = {need.pane: _by_size(before.get(need.pane), need, now, policy) for need in needs}
    last_step = max((choice.until - policy.rest_s for choice in after.values() if choice.why is Why.LOAD), default=None)
    if load > policy.busy and (last_step is None or now - last_step >= policy.step_s):
        large = [need for need in needs if after[need.pane].profile == "main" and not need.chosen]
        if large:
            victim = min(large, key=_weight)
            after[victim.pane] = Choice(victim.camera_id, "sub", Why.LOAD, now + policy.rest_s)
    return after


def _by_size(before: Choice | None, need: Need, now: float, policy: Policy) -> Choice:
    if need.chosen:
        return Choice(need.camera_id, need.chosen, Why.CHOSEN)
    known = before if before is not None and before.camera_id == need.camera_id else None
    if known is not None and known.why is Why.LOAD and now < known.until:
        return known
    if need.zoom >= policy.main_from_zoom:
        return Choice(need.camera_id, "main", Why.ZOOM)
    # A pane keeps the kind of stream it had for another camera as well: the size is what matters.
    large = before is not None and before.profile == "main" and before.why is Why.SIZE
    enough = policy.sub_below_px if large else policy.main_from_px
    return Choice(need.camera_id, "main" if need.width >= enough else "sub", Why.SIZE)


def _weight(need: Need) -> tuple[bool, bool, int]:
    return need.zoom > 1.0, need.linked, need.width * need.height
