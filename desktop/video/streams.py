"""Which of a camera's two streams a pane gets, and why: pure, no clock, no video.

`choose` gives the choices for all panes from those of the time before. A pane that is large enough gets the main stream
and keeps it until it is clearly smaller, so that no size lies on an edge where streams flicker. When the machine is too
busy, or more comes in than the seat may take, the smallest main pane steps down, one at a time: those that nobody sees
first, the panes of a selected object and a digital zoom last. What stays out of sight steps down by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """The reason for a choice."""

    SIZE = "size"  # the pane's size asks for it
    ZOOM = "zoom"  # the officer looks closer than the sub stream can show
    LOAD = "load"  # the machine is too busy for more
    BUDGET = "budget"  # the seat may not take in more
    HIDDEN = "hidden"  # nobody has seen it for a while
    CHOSEN = "chosen"  # the officer said so


_STEPPED_DOWN = frozenset({Why.LOAD, Why.BUDGET})


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
        hidden_s: For how long nobody has been able to see it; 0.0 while somebody can.
        mbit_s: What its stream takes in now.
    """

    pane: str
    camera_id: str
    width: int
    height: int
    zoom: float = 1.0
    linked: bool = False
    chosen: str = ""
    hidden_s: float = 0.0
    mbit_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Use:
    """What all video uses now.

    Attributes:
        load: Share of the whole machine, 0 to 1.
        mbit_s: What comes in, megabits a second.
        budget_mbit_s: What may come in; 0.0 sets no bound.
    """

    load: float = 0.0
    mbit_s: float = 0.0
    budget_mbit_s: float = 0.0

    def leaves(self, mbit_s: float) -> bool:
        """Whether so much more may come in."""
        return not self.budget_mbit_s or self.mbit_s + mbit_s <= self.budget_mbit_s


@dataclass(frozen=True, slots=True)
class Choice:
    """What a pane gets.

    Attributes:
        camera_id: For which camera.
        profile: ``sub`` or ``main``.
        why: See `Why`.
        until: Seconds of the caller's clock before which a pane stepped down does not step up again.
        freed_mbit_s: What its main stream took in when it stepped down for the budget: so much has to be free for it.
    """

    camera_id: str
    profile: str
    why: Why
    until: float = 0.0
    freed_mbit_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Policy:
    """Numbers of the choice.

    Attributes:
        main_from_px: Width from which a pane gets the main stream; a sub stream is 640 to 704 wide.
        sub_below_px: Width below which it goes back.
        main_from_zoom: Enlargement from which a pane of any size gets the main stream.
        busy: Share of the machine that video may use before panes step down.
        step_s: Between two steps down for the load: the first must have had its effect.
        budget_step_s: The same for the budget: the old stream goes when the new one has a picture, and what comes in is
            counted over some seconds.
        rest_s: How long a pane that stepped down stays there.
        hidden_after_s: How long a pane may be out of sight with its main stream.
    """

    main_from_px: int = 800
    sub_below_px: int = 600
    main_from_zoom: float = 1.5
    busy: float = 0.85
    step_s: float = 5.0
    budget_step_s: float = 9.0
    rest_s: float = 60.0
    hidden_after_s: float = 30.0


def choose(
    before: Mapping[str, Choice], needs: Sequence[Need], use: Use, now: float, policy: Policy
) -> dict[str, Choice]:
    """Choose a stream for each pane.

    Args:
        before: The choices of the time before.
        needs: The panes that want a camera.
        use: What all video uses, these panes and others.
        now: Seconds of any steady clock.
        policy: The numbers.
    """
    after = {need.pane: _by_size(before.get(need.pane), need, use, now, policy) for need in needs}
    why = Why.LOAD if use.load > policy.busy else Why.BUDGET
    if why is Why.BUDGET and use.leaves(0.0):
        return after
    steps = [choice.until - policy.rest_s for choice in after.values() if choice.why in _STEPPED_DOWN]
    pause_s = policy.step_s if why is Why.LOAD else policy.budget_step_s
    large = [need for need in needs if after[need.pane].profile == "main" and not need.chosen]
    if large and (not steps or now - max(steps) >= pause_s):
        victim = min(large, key=_weight)
        freed = victim.mbit_s if why is Why.BUDGET else 0.0
        after[victim.pane] = Choice(victim.camera_id, "sub", why, now + policy.rest_s, freed)
    return after


def _by_size(before: Choice | None, need: Need, use: Use, now: float, policy: Policy) -> Choice:
    if need.chosen:
        return Choice(need.camera_id, need.chosen, Why.CHOSEN)
    known = before if before is not None and before.camera_id == need.camera_id else None
    if known is not None and known.why in _STEPPED_DOWN:
        more = max(0.0, known.freed_mbit_s - need.mbit_s)
        if now < known.until or (known.why is Why.BUDGET and not use.leaves(more)):
            return known
    if need.hidden_s >= policy.hidden_after_s:
        return Choice(need.camera_id, "sub", Why.HIDDEN)
    if need.zoom >= policy.main_from_zoom:
        return Choice(need.camera_id, "main", Why.ZOOM)
    # A pane keeps the kind of stream it had for another camera as well: the size is what matters.
    large = before is not None and before.profile == "main" and before.why is Why.SIZE
    enough = policy.sub_below_px if large else policy.main_from_px
    return Choice(need.camera_id, "main" if need.width >= enough else "sub", Why.SIZE)


def _weight(need: Need) -> tuple[bool, bool, bool, int]:
    return not need.hidden_s, need.zoom > 1.0, need.linked, need.width * need.height
