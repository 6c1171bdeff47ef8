"""Replays in panes: which host has the last seconds of a camera, and the player that shows them."""

from desktop.errors import OpsError
from desktop.video.board import Board
from desktop.video.feeds import FeedKey
from desktop.video.host_link import HostLink
from desktop.video.panes import Pane, Replay
from desktop.video.protocol import Close, Ended, Pace, Retarget, Surface
from desktop.video.protocol import Replay as ReplayCommand
from desktop.video.segment import FrameReader
from desktop.video.wishes import Wish

_SLOT = "replay-"
_ATTEMPT = 1
_ENOUGH_S = 5.0


def ring_name(key: FeedKey) -> str:
    """The name of a stream's ring, in whichever host it is."""
    return f"{key.profile}/{key.camera_id}"


class Replays:
    """All replays, and what could be replayed. Owned by the service's thread."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._rings: dict[HostLink, dict[str, float]] = {}
        self._number = 0

    def note_rings(self, link: HostLink, rings: dict[str, float]) -> None:
        """Take a host's word of what it has kept."""
        self._rings[link] = rings

    def look(self) -> None:
        """Bring up to date what each pane could replay, and the size at which it does."""
        for pane in self._board.panes.values():
            if pane.replay is not None:
                pane.replay.surfaces.settle()
                self._resize(pane, pane.replay)
            found = self._longest(pane.feed.key)
            pane.replayable_s = found[2] if found is not None else 0.0

    def wanted(self, name: str, wish: Wish | None) -> None:
        """A pane is to show this from now on: a replay of another camera ends."""
        pane = self._board.panes.get(name)
        if pane is not None and (wish is None or wish.camera_id != pane.wish.camera_id):
            self.end(name)

    def begin(self, name: str, seconds: float) -> None:
        """Replay the last seconds of a pane's camera in it, from their beginning; one under way is replaced."""
        pane = self._board.panes.get(name)
        if pane is None:
            return
        self.end(name)
        self._number += 1
        slot = f"{_SLOT}{self._number}"
        found = self._longest(pane.feed.key)
        if found is None:
            pane.replay = Replay(slot, None, "video.replay_empty")
            self._board.tell(pane)
            return
        link, ring, _ = found
        replay = pane.replay = Replay(slot, link)
        surface = self._new_surface(pane, replay)
        if surface is not None:
            link.send(ReplayCommand(slot, _ATTEMPT, ring, seconds, surface))
        self._board.tell(pane)

    def pace(self, name: str, *, paused: bool) -> None:
        """Hold a pane's replay, or let it go on."""
        pane = self._board.panes.get(name)
        replay = pane.replay if pane is not None else None
        if pane is not None and replay is not None and replay.host is not None:
            replay.paused = paused
            replay.host.send(Pace(replay.slot, _ATTEMPT, paused))
            self._board.tell(pane)

    def end(self, name: str) -> None:
        """Go back to the live picture."""
        pane = self._board.panes.get(name)
        if pane is not None and pane.replay is not None:
            replay, pane.replay = pane.replay, None
            if replay.host is not None:
                replay.host.send(Close(replay.slot, _ATTEMPT))
            self._board.tell(pane)  # the window paints from the live surfaces from here on
            replay.surfaces.drop()

    def hear(self, report: Ended) -> bool:
        """Take a host's word that a replay is over; False if the word is of something else."""
        if not report.slot.startswith(_SLOT):
            return False
        pane = self._at(report.slot)
        if pane is not None and pane.replay is not None and pane.replay.host is not None:
            if report.code in ("", "video.replay_over"):
                replay, pane.replay = pane.replay, None
                self._board.tell(pane)
                replay.surfaces.drop()
            else:
                self._fail(pane, pane.replay, report.code)
        return True

    def plays_in(self, link: HostLink) -> bool:
        """Whether a replay is going on in a host; one that is held does not keep it from being replaced."""
        replays = [pane.replay for pane in self._board.panes.values() if pane.replay is not None]
        return any(replay.host is link and not replay.paused for replay in replays)

    def lose(self, link: HostLink) -> None:
        """A host is gone, and what it had kept."""
        self._rings.pop(link, None)
        for pane in self._board.panes.values():
            if pane.replay is not None and pane.replay.host is link:
                self._fail(pane, pane.replay, "video.host_lost")

    def _resize(self, pane: Pane, replay: Replay) -> None:
        current = replay.surfaces.current
        size = (pane.wish.width, pane.wish.height)
        if replay.host is None or current is None or (current.max_width, current.max_height) == size:
            return
        host, surface = replay.host, self._new_surface(pane, replay)
        if surface is not None:
            host.send(Retarget(replay.slot, _ATTEMPT, surface))
        else:
            host.send(Close(replay.slot, _ATTEMPT))

    def _new_surface(self, pane: Pane, replay: Replay) -> Surface | None:
        try:
            reader = FrameReader(pane.wish.width, pane.wish.height)
        except OpsError as fault:
            self._fail(pane, replay, fault.code)
            return None
        replay.surfaces.replace(reader)
        return Surface(reader.block.name, reader.max_width, reader.max_height)

    def _at(self, slot: str) -> Pane | None:
        panes = self._board.panes.values()
        return next((pane for pane in panes if pane.replay is not None and pane.replay.slot == slot), None)

    def _fail(self, pane: Pane, replay: Replay, code: str) -> None:
        replay.cause_code, replay.host = code, None
        self._board.tell(pane)
        replay.surfaces.drop()

    def _longest(self, key: FeedKey) -> tuple[HostLink, str, float] | None:
        """Host, ring and seconds of what is best replayed: the stream that is seen, unless it has just begun."""
        names = (ring_name(key), *(ring_name(FeedKey(key.camera_id, other)) for other in ("main", "sub")))
        found = [(link, name, rings[name]) for name in names for link, rings in self._rings.items() if name in rings]
        longest = max(found, key=_seconds, default=None)
        enough = [one for one in found if one[1] == names[0] and one[2] >= _ENOUGH_S]
        return max(enough, key=_seconds) if enough else longest


def _seconds(found: tuple[HostLink, str, float]) -> float:
    return found[2]
