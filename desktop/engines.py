"""The engines of one run: keys, databases, sync, video, and the drill centre where one is wanted. No Qt."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.camera_log import CameraLog
from desktop.errors import OpsError
from desktop.events import Event, FaultRaised
from desktop.start.drill_process import DrillProcess, DrillReady
from desktop.sync.manager import SyncManager
from desktop.sync.overlay import project
from desktop.video.resolver import local_time
from desktop.video.service import VideoService
from storage.keys import Ask, KeyGrant, obtain_key
from storage.share import refuse_share
from storage.store import Store, open_store
from storage.undoing import undone_by
from storage.worker import StorageWorker

_log = logging.getLogger(__name__)

_STOP_S = 4.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be opened.

    Attributes:
        data_dir: Folder of this desk.
        centre: Base URLs, primary first; empty with `drill`.
        key: Key of the databases for a run that leaves nothing behind; None asks keyring or officer.
        drill: Start a drill centre of our own.
        drill_arguments: Handed on to it.
        engine: Which player plays video.
    """

    data_dir: Path
    centre: tuple[str, ...]
    key: bytes | None = None
    drill: bool = False
    drill_arguments: tuple[str, ...] = ()
    engine: str = "auto"


@dataclass(frozen=True, slots=True)
class Engines:
    """Everything that runs below the window. `close_engines` ends it, in order."""

    data_dir: Path
    worker: StorageWorker
    store: Store
    sync: SyncManager
    video: VideoService
    drill: DrillProcess | None = None
    drill_ready: DrillReady | None = None


@dataclass(frozen=True, slots=True)
class _LowSpace:
    """Tells the officer that the disk is nearly full."""

    data_dir: Path
    post: Callable[[Event], None]

    def __call__(self, free_bytes: int) -> None:
        self.post(FaultRaised("storage.low_space", {"free_mb": free_bytes // 2**20, "path": str(self.data_dir)}))


@dataclass(frozen=True, slots=True)
class _RetentionDays:
    """How long the centre's policy lets what is over stay here."""

    sync: SyncManager

    def __call__(self) -> float:
        return self.sync.policy.retention_days


def open_engines(plan: Plan, ask: Ask, post: Callable[[Event], None]) -> Engines:
    """Open everything; blocks (a person may be asked for a passphrase), so never on the GUI thread.

    Raises:
        OpsError: no centre is named, or the drill centre does not start.
        StorageError: no key, or the databases cannot be opened.
    """
    if not plan.drill and not plan.centre:
        raise OpsError("centre.none")
    refuse_share(plan.data_dir)
    drill = DrillProcess(plan.data_dir / "centre", arguments=plan.drill_arguments) if plan.drill else None
    worker = StorageWorker()
    store: Store | None = None
    # The drill centre takes a moment to build its district; the databases open meanwhile.
    with ThreadPoolExecutor(1, thread_name_prefix="drill-start") as side:
        starting: Future[DrillReady] | None = side.submit(drill.start) if drill is not None else None
        with undone_by(lambda: _undo(drill, starting, store, worker)):
            grant = KeyGrant(plan.key, "run") if plan.key is not None else obtain_key(plan.data_dir, ask=ask)
            store = worker.call(open_store, plan.data_dir, grant.key, project, timeout_s=120)
            ready = starting.result() if starting is not None else None
            sync = SyncManager(store, worker, (ready.url,) if ready is not None else plan.centre, post)
    worker.when_idle(store.cache.tend)
    store.on_low_space(_LowSpace(plan.data_dir, post))
    store.keep_for(_RetentionDays(sync))
    for notice in store.notices:
        post(FaultRaised(notice.code, notice.params))
    video = VideoService(
        sync.live_address, post, engine=plan.engine, centre_time=_CentreTime(sync), keep=CameraLog(store, worker)
    )
    video.start()
    sync.start()
    return Engines(plan.data_dir, worker, store, sync, video, drill, ready)


class _CentreTime:
    """The centre's time as far as it is known; called from threads of the video service."""

    def __init__(self, sync: SyncManager) -> None:
        self._sync = sync

    def __call__(self) -> datetime:
        estimate = self._sync.server_time()
        return estimate.moment if estimate is not None else local_time()


def close_engines(engines: Engines) -> None:
    """End everything in stages: sync and video, then storage, then the drill centre."""
    with ThreadPoolExecutor(1, thread_name_prefix="video-stop") as side:
        video_stopped = side.submit(engines.video.stop, _STOP_S)
        engines.sync.stop(_STOP_S)
        if not video_stopped.result():
            _log.warning("video was not done within %.0f s", _STOP_S)
    engines.worker.submit(engines.store.close)
    if not engines.worker.close(_STOP_S):
        _log.warning("storage was not done within %.0f s", _STOP_S)
    if engines.drill is not None:
        engines.drill.stop()


def _undo(
    drill: DrillProcess | None, starting: "Future[DrillReady] | None", store: Store | None, worker: StorageWorker
) -> None:
    if starting is not None and drill is not None:
        starting.exception()  # wait: what is half started cannot be stopped
        drill.stop()
    if store is not None:
        worker.submit(store.close)
    worker.close(_STOP_S)
