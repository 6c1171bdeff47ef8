"""The two ways to the centre: when to change over, what a backup must be, and when to go home to the primary."""

import logging
import time
from collections.abc import Callable

from desktop.central.client import CentralClient
from desktop.central.links import Links
from desktop.central.schema import Hello
from desktop.errors import OpsError
from desktop.sync.status import StatusBoard
from desktop.sync.timing import Timing
from storage.records import Cursor

log = logging.getLogger(__name__)

_PROBE_S = 1.0
_PRIMARY = 0


class Roads:
    """Used by the sync thread alone."""

    def __init__(
        self,
        *,
        client: CentralClient,
        links: Links,
        board: StatusBoard,
        timing: Timing,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._links = links
        self._board = board
        self._timing = timing
        self._monotonic = monotonic
        self._probe_at = 0.0
        self._healthy_since: float | None = None
        self._lag = 0

    @property
    def lag(self) -> int:
        """By how many entries the link in use is behind the cache, as of its last hello."""
        return self._lag

    @property
    def has_another(self) -> bool:
        """Whether there is a link that is not known to lead elsewhere."""
        return self._links.has_another()

    def choose(self) -> bool:
        """Take another link if the one in use is given up; to be called between two connections."""
        if not self._links.change_over():
            return False
        log.warning("changed over to the %s link", self._name())
        self._healthy_since, self._probe_at = None, self._monotonic() + self._timing.home_probe_s
        return True

    def check(self, hello: Hello, cursor: Cursor | None) -> None:
        """See what the link in use has to offer, compared with the cache.

        Only the primary may bring a new history. (Another centre does not get so far: its answers are refused.)

        Raises:
            OpsError: ``link.other_epoch``; the link is given up.
        """
        if cursor is not None and self._links.current != _PRIMARY and hello.epoch != cursor.epoch:
            self._links.refuse(self._links.current)
            raise OpsError("link.other_epoch", retryable=True, detail=f"epoch {hello.epoch}")
        same = cursor is not None and (cursor.instance, cursor.epoch) == (hello.instance_id, hello.epoch)
        self._lag = max(0, cursor.lsn - hello.head_lsn) if cursor is not None and same else 0
        self._board.change(road=self._name(), lag=self._lag)

    def may_go_home(self, cursor: Cursor | None) -> bool:
        """Probe the primary while the backup is in use; True, and back on it, once it has been well for long enough."""
        now = self._monotonic()
        if self._links.current == _PRIMARY or now < self._probe_at:
            return False
        self._probe_at = now + self._timing.home_probe_s
        if not self._primary_is_well(cursor):
            self._healthy_since = None
            return False
        if self._healthy_since is None:
            self._healthy_since = now
        if now - self._healthy_since < self._timing.fail_back_s:
            return False
        log.info("the primary link has been well for %.0f s", now - self._healthy_since)
        self._links.go_home()
        return True

    def patience_s(self) -> float:
        """Return the longest pause that does not put off a change-over."""
        return self._links.patience_s()

    def _primary_is_well(self, cursor: Cursor | None) -> bool:
        try:
            hello = self._client.hello(stall_s=_PROBE_S, link=_PRIMARY)
        except OpsError as fault:
            log.debug("the primary link is not well: %s", fault)
            return False
        return cursor is None or (hello.epoch == cursor.epoch and hello.head_lsn >= cursor.lsn)

    def _name(self) -> str:
        return "primary" if self._links.current == _PRIMARY else "backup"
