"""What is over leaves this machine when the centre's policy says so: a little at a time, in idle moments."""

import logging
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.duty.duty import Duty

log = logging.getLogger(__name__)

DEFAULT_DAYS = 180.0
"""Where the centre says nothing: half a year, as logs are kept by rule."""
LEAST_DAYS = 8.0
"""Whatever the policy says: for seven days a centre that lost the end of its log is offered what it had taken."""
STEP = 500
"""Operations removed in one transaction: some milliseconds."""


class Retention:
    """Removes finished operations and what was set aside as damaged, once they are older than the policy allows.

    Orders are not judged here: what the centre no longer wants at this desk it revokes or removes itself.
    """

    def __init__(self, duty: Duty, quarantine: Path) -> None:
        self._duty = duty
        self._quarantine = quarantine
        self.days: Callable[[], float] = _default_days

    def prune_some(self, now: datetime) -> bool:
        """Remove some of what is too old; False if nothing was left to remove.

        Raises:
            StorageError: storage.busy, .io, .full.
        """
        days = max(LEAST_DAYS, self.days())
        if self._duty.prune_log(days, STEP):
            return True
        return self._forget_damaged(now.astimezone(UTC) - timedelta(days=days))

    def _forget_damaged(self, until: datetime) -> bool:
        for folder in sorted(self._quarantine.glob("*")):
            try:
                if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < until:
                    shutil.rmtree(folder)
                    log.warning("damaged files set aside in %s are too old to be kept", folder.name)
                    return True
            except OSError as error:
                log.warning("%s stays: %s", folder.name, error)
        return False


def _default_days() -> float:
    return DEFAULT_DAYS
