"""How hard one camera server may be pressed: starts at a time, and one back-off for all cameras behind it. Pure.

Sixty-four panes of one recorder that was switched off must not knock sixty-four times in each round, and must all be
there again as soon as it is. So a fault that is the server's own (it cannot be reached, it does not answer) makes its
cameras wait together; when the time is over one of them looks, and the others go on waiting until that one has shown a
picture. Only a picture ends the back-off: servers that answer and then send nothing are no better than silent ones.

The centre, which is asked for each address, is a server in this sense too: `CENTRE`.
"""

from dataclasses import dataclass, field

from desktop.video.states import Tuning, back_off_s

CENTRE = ""
SERVERS_OWN = frozenset({"video.unreachable", "video.refused", "video.silent", "video.server_fault"})
"""Faults that say nothing of the one camera. They count as the server's when it shows no other camera either."""
CENTRES_OWN = frozenset(
    {
        *("link.unreachable", "link.timeout", "link.tls", "link.not_the_centre"),
        *("link.other_centre", "link.server_error", "link.throttled"),
    }
)
_AT_ONCE = 6
_HANDSHAKE_S = 2.0
"""After this time a start no longer counts as one: servers that are slow hold up nobody but themselves."""
_MANY, _LOST_S = 500, 600.0


@dataclass(slots=True)
class _Server:
    """One server.

    Attributes:
        starts: When each start under way began, by slot.
        failures: Since the last picture.
        next_try_at: When one camera may look again; 0.0 while all may.
        scout: The slot that looks, or "".
        code: What was wrong with it last.
    """

    starts: dict[str, float] = field(default_factory=dict)
    failures: int = 0
    next_try_at: float = 0.0
    scout: str = ""
    code: str = ""


class Servers:
    """The servers of which there is something to remember; times are the caller's."""

    def __init__(self, tuning: Tuning) -> None:
        self._tuning = tuning
        self._servers: dict[str, _Server] = {}

    def wait_until(self, server: str, slot: str, now: float) -> float:
        """When a slot may try this server; `now` if at once. Asking takes the look that is due."""
        found = self._servers.get(server)
        if found is None or not found.failures:
            return now
        if now < found.next_try_at:
            return found.next_try_at
        if found.scout in ("", slot):
            found.scout = slot
            return now
        return now + self._tuning.back_off_s

    def admit(self, server: str, slot: str, now: float) -> bool:
        """Begin a start if not too many are under way at this server."""
        found = self._servers.setdefault(server, _Server())
        found.starts = {other: since for other, since in found.starts.items() if now - since < _HANDSHAKE_S}
        if slot not in found.starts and len(found.starts) >= _AT_ONCE:
            return False
        found.starts[slot] = now
        return True

    def fault(self, server: str) -> str:
        """The code of what was wrong with it last."""
        found = self._servers.get(server)
        return found.code if found is not None else ""

    def failed(self, server: str, slot: str, now: float, *, code: str, jitter: float, least_s: float = 0.0) -> float:
        """The server itself failed; gives the pause for all its cameras.

        Failures of starts that had begun before one of them was noticed do not lengthen it.
        """
        if len(self._servers) > _MANY:
            self._forget_the_lost(now)
        found = self._servers.setdefault(server, _Server())
        found.code = code
        found.starts.pop(slot, None)
        if found.scout == slot or now >= found.next_try_at:
            pause_s = max(least_s, back_off_s(found.failures, jitter, self._tuning))
            found.failures += 1
            found.next_try_at = now + pause_s
            found.scout = ""
        return found.next_try_at - now

    def released(self, server: str, slot: str, now: float) -> None:
        """A slot's attempt is over without a word about the server itself: another may look."""
        found = self._servers.get(server)
        if found is not None:
            found.starts.pop(slot, None)
            if found.scout == slot:
                found.scout, found.next_try_at = "", now
            self._forget(server, found)

    def worked(self, server: str, slot: str) -> bool:
        """A picture came from it (or, for the centre, an address); whether its cameras had been waiting for that."""
        found = self._servers.get(server)
        if found is None:
            return False
        found.starts.pop(slot, None)
        was_down, found.failures, found.next_try_at, found.scout = found.failures > 0, 0, 0.0, ""
        self._forget(server, found)
        return was_down

    def __len__(self) -> int:
        return len(self._servers)

    def _forget(self, server: str, found: _Server) -> None:
        """Keep nothing of a server of which there is nothing to say: some gateways are another one for each viewer."""
        if not found.failures and not found.starts:
            del self._servers[server]

    def _forget_the_lost(self, now: float) -> None:
        """Forget servers that nobody has tried for long; their cameras are shown no more."""
        for server in [name for name, found in self._servers.items() if now - found.next_try_at > _LOST_S]:
            del self._servers[server]
