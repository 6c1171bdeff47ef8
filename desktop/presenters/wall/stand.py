"""What stands in which pane when several want the wall at once: pure, no widget, no video.

From below to above: the officer's own arrangement; whoever took the wall over for a while (a tour); the cameras of the
selected object; guests in panes that were set aside for them (alarms). Whatever leaves, what was below is there again
exactly as it was, because nothing above ever writes into it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.arrangements import Arrangement, PaneUse


@dataclass(frozen=True, slots=True)
class Guest:
    """A camera that is in a pane for a while, over what the officer has there.

    Attributes:
        camera: Its id; "" keeps the pane empty, set aside.
        stream: As in `PaneUse`.
        alarm: Tone of the pane's border, or "".
        badge: A word on a filled ground, or "".
        badge_mark: Shape before the word, or "".
    """

    camera: str
    stream: str = "auto"
    alarm: str = ""
    badge: str = ""
    badge_mark: str = ""


@dataclass(frozen=True, slots=True)
class Takeover:
    """Somebody has the whole wall for a while.

    Attributes:
        owner: Who: whoever gives it back names it.
        arrangement: What is shown.
        words: What the officer reads when the wall does not take a change by hand (轮巡中，先停止轮巡).
        yields: It only makes room: an officer who takes another layout or view ends it.
    """

    owner: str
    arrangement: Arrangement
    words: str = ""
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What one pane shows, and on whose account: ``own``, ``takeover``, ``linked`` or ``guest``."""

    use: PaneUse
    role: str = "own"
    guest: Guest | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """All that wants the wall.

    Attributes:
        own: The officer's arrangement.
        takeovers: Whoever took the wall over, the latest last: that one is shown.
        linked: Cameras of the selected object, for the first panes that are not set aside.
        by_hand: What the officer put over linked panes, by place; forgotten with the link.
        guests: By owner, what is in panes set aside.
    """

    own: Arrangement = field(default_factory=Arrangement)
    takeovers: tuple[Takeover, ...] = ()
    linked: tuple[str, ...] = ()
    by_hand: Mapping[int, PaneUse] = field(default_factory=dict)
    guests: Mapping[str, Mapping[int, Guest]] = field(default_factory=dict)

    @property
    def below(self) -> Arrangement:
        """The arrangement under links and guests."""
        return self.takeovers[-1].arrangement if self.takeovers else self.own

    @property
    def layout(self) -> str:
        """Name of the layout that is shown."""
        return self.below.layout

    def standing(self, panes: int) -> list[Standing]:
        """Give what each of the layout's `panes` shows."""
        role = "takeover" if self.takeovers else "own"
        shown = [Standing(self.below.at(place), role) for place in range(panes)]
        guests = self._guests()
        free = (place for place in range(panes) if place not in guests)
        for camera, place in zip(self.linked, free, strict=False):
            shown[place] = Standing(self.by_hand.get(place, PaneUse(camera)), "linked")
        for place, guest in guests.items():
            if place < panes:
                shown[place] = Standing(PaneUse(guest.camera, guest.stream), "guest", guest)
        return shown

    def as_seen(self, panes: int) -> Arrangement:
        """Give all that is seen as one arrangement, for an officer who wants to keep it."""
        return Arrangement(self.layout, tuple(standing.use for standing in self.standing(panes)))

    def _guests(self) -> dict[int, Guest]:
        return {place: guest for places in self.guests.values() for place, guest in places.items()}
