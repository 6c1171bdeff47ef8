"""How a camera usually sends, learnt from what it sent, and the times that suit it: pure, no clock, no video.

A camera with a picture each five seconds has not stalled after two, and one with a key frame each twelve seconds may
let a new viewer wait for so long. Ordinary cameras (five pictures a second or more) keep the times that all begin with.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from desktop.video.states import Tuning

ORDINARY_PAUSE_S = 0.4
"""Pauses up to this say no more than that a camera is an ordinary one."""
_SURE_PICTURES = 3
_UNSURE_S = 10.5
_PAUSES, _KEY_INTERVALS = 12, 4
_LONGEST_PAUSE_S, _LONGEST_WAIT_S = 30.0, 64.0
_MARGIN_S = 1.0
_CAMERAS = 4000


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is known of one stream.

    Attributes:
        pictures: Pictures seen, up to as many as make sure.
        pauses: The newest pauses between pictures, seconds, oldest first; those of ordinary cameras count as 0.0.
        key_intervals: The newest pauses between key frames, seconds.
        waited_s: Longest time that it was waited for a first key frame in vain.
    """

    pictures: int = 0
    pauses: tuple[float, ...] = (0.0,) * _PAUSES
    key_intervals: tuple[float, ...] = ()
    waited_s: float = 0.0

    @property
    def sure(self) -> bool:
        """Whether enough was seen to judge by it."""
        return self.pictures >= _SURE_PICTURES

    @property
    def pause_s(self) -> float:
        """Its usual pause: the second longest of the newest, so that a single stall is not taken for a habit."""
        return sorted(self.pauses)[-2]

    @property
    def key_s(self) -> float:
        """Its usual time from key frame to key frame; 0.0 if unknown."""
        return max(self.key_intervals, default=0.0)

    def heard(self, pictures: int, seconds: float) -> "Rhythm":
        """Note that so many pictures came in so many seconds, counted from the picture before them."""
        pause_s = min(seconds / pictures, _LONGEST_PAUSE_S)
        pause_s = pause_s if pause_s > ORDINARY_PAUSE_S else 0.0
        seen = min(self.pictures + pictures, _SURE_PICTURES)
        pauses = (*self.pauses[1:], pause_s)
        return self if (seen, pauses) == (self.pictures, self.pauses) else replace(self, pictures=seen, pauses=pauses)

    def keyed(self, seconds: float) -> "Rhythm":
        """Note the time between two key frames."""
        return replace(self, key_intervals=(*self.key_intervals, seconds)[-_KEY_INTERVALS:])

    def waited(self, seconds: float) -> "Rhythm":
        """Note that no key frame came within so many seconds."""
        return replace(self, waited_s=max(self.waited_s, seconds))

    def suited(self, tuning: Tuning) -> Tuning:
        """Give the times of the state machine that suit it."""
        pause_s = self.pause_s
        silence_s = max(tuning.stalled_after_s, 2.5 * pause_s + 0.5 if pause_s else 0.0)
        if not self.sure:
            silence_s = max(silence_s, _UNSURE_S)
        wait_s = min(max(1.5 * self.key_s + 4.0, 2.0 * self.waited_s), _LONGEST_WAIT_S)
        return replace(
            tuning,
            first_picture_s=max(tuning.first_picture_s, wait_s),
            stalled_after_s=silence_s,
            give_up_s=max(tuning.give_up_s, silence_s + 2.0 * pause_s + (0.0 if self.sure else tuning.stalled_after_s)),
            frozen_after_s=max(tuning.frozen_after_s, 4.0 * pause_s),
            black_after_s=max(tuning.black_after_s, 3.0 * pause_s),
        )

    def patience_s(self, tuning: Tuning) -> float:
        """Silence after which its player may give up by itself: a little longer than the state machine waits for it."""
        suited = self.suited(tuning)
        if not self.sure:
            return max(suited.first_picture_s, suited.give_up_s) + _MARGIN_S
        return max(suited.give_up_s, self.key_s + 2.0) + _MARGIN_S


UNKNOWN_RHYTHM = Rhythm()


class Rhythms:
    """What is known of all cameras, by stream: it outlives their players, and is forgotten with the program."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Rhythm] = {}

    def of(self, stream: Hashable) -> Rhythm:
        """What is known of one."""
        return self._known.get(stream, UNKNOWN_RHYTHM)

    def learn(self, stream: Hashable, rhythm: Rhythm) -> None:
        """Keep what was learnt; of very many streams those are forgotten of which nothing was learnt for longest."""
        self._known.pop(stream, None)
        self._known[stream] = rhythm
        if len(self._known) > _CAMERAS:
            del self._known[next(iter(self._known))]
