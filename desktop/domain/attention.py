"""When to call for an officer's attention: what waits, how grave it is, and what was said about it already.

Pure and without a clock. Reminders are repeated until somebody acknowledges, by rules that are data. Muting silences
sounds and nothing else, and it ends by itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

GRAVITY = ("red", "orange", "yellow", "blue")
"""Gravest first; a level that is not here counts as the least."""


@dataclass(frozen=True, slots=True)
class Call:
    """Something that waits for a person.

    Attributes:
        id: Opaque, unique over all kinds.
        level: Severity, a word of `GRAVITY`.
        title: One line, masked.
        text: More words, masked.
    """

    id: str
    level: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done for a level: file of the sound ("" none), seconds to its repetition (0: once), and what is shown."""

    sound: str = ""
    repeat_s: float = 0.0
    notify: bool = False
    flash: bool = False


@dataclass(frozen=True, slots=True)
class Bidding:
    """What is to be done now, for all that waits together: one sound at most, of the gravest.

    Attributes:
        sound: File to be heard, "" for none or while muted.
        notify: Calls to be shown on the desktop, gravest first; each once.
        flash: Level in whose colour the window's edge flashes, "" for none.
    """

    sound: str = ""
    notify: tuple[Call, ...] = ()
    flash: str = ""


@dataclass(slots=True)
class Attention:
    """Remembers what was called for, and when."""

    rules: Mapping[str, Rule]
    _last: dict[str, datetime] = field(default_factory=dict)

    def bid(self, calls: Collection[Call], now: datetime, muted_until: datetime | None = None) -> Bidding:
        """Return what is due at `now`; what does not wait any more is forgotten, and would be new if it came again."""
        self._last = {call.id: self._last[call.id] for call in calls if call.id in self._last}
        waiting = sorted(calls, key=_gravity)
        fresh = [call for call in waiting if call.id not in self._last]
        due = [call for call in waiting if self._is_due(call, now)]
        for call in due:
            self._last[call.id] = now
        sounds = [rule.sound for rule in map(self._rule, due) if rule.sound]
        flashes = [call.level for call in due if self._rule(call).flash]
        return Bidding(
            sound=sounds[0] if sounds and not is_muted(muted_until, now) else "",
            notify=tuple(call for call in fresh if self._rule(call).notify),
            flash=flashes[0] if flashes else "",
        )

    def _is_due(self, call: Call, now: datetime) -> bool:
        before = self._last.get(call.id)
        if before is None:
            return True
        repeat_s = self._rule(call).repeat_s
        # A clock that was set back must not silence anything for as long as it was wrong.
        return repeat_s > 0 and not timedelta(0) <= now - before < timedelta(seconds=repeat_s)

    def _rule(self, call: Call) -> Rule:
        return self.rules.get(call.level) or Rule()


def is_muted(until: datetime | None, now: datetime) -> bool:
    """Say whether sounds are muted at `now`."""
    return until is not None and now < until


def _gravity(call: Call) -> int:
    return GRAVITY.index(call.level) if call.level in GRAVITY else len(GRAVITY)
