"""Keeps how the cameras did: what the video service counts goes into the desk's own database, day by day."""

import logging
from collections.abc import Sequence
from concurrent.futures import Future

from desktop.video.history import CameraWatch
from storage.duty.camera_days import CameraDay
from storage.store import Store
from storage.worker import StorageWorker

_log = logging.getLogger(__name__)


class CameraLog:
    """Called by the video service's thread; the writing is the storage worker's."""

    def __init__(self, store: Store, worker: StorageWorker) -> None:
        self._days = store.camera_days
        self._worker = worker

    def __call__(self, watches: Sequence[CameraWatch]) -> None:
        """Add what was counted; a full disk costs these minutes and nothing else."""
        written = self._worker.submit(self._days.add, [as_day(watch) for watch in watches])
        written.add_done_callback(_note)


def as_day(watch: CameraWatch) -> CameraDay:
    """What was counted, on the day of this desk on which it was counted."""
    return CameraDay(
        camera_id=watch.camera_id,
        day=watch.at.astimezone().date().isoformat(),
        live_s=watch.live_s,
        frozen_s=watch.frozen_s,
        black_s=watch.black_s,
        lost_s=watch.lost_s,
        reconnects=watch.reconnects,
        changes=tuple((each.at.isoformat(timespec="seconds"), each.state, each.cause) for each in watch.changes),
    )


def _note(written: "Future[None]") -> None:
    fault = None if written.cancelled() else written.exception()
    if fault is not None:
        _log.warning("how the cameras did could not be kept: %s", fault)
