"""The drill centre as a whole: builds its parts, serves until told to stop, and takes them down in order."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from functools import partial

import uvicorn
from sqlalchemy import Engine
from starlette.types import ASGIApp

from desktop.drill.accounts import Accounts
from desktop.drill.api.app import make_app
from desktop.drill.api.exchange import Gate
from desktop.drill.api.faults import FaultPort
from desktop.drill.api.files import FilesApi
from desktop.drill.api.hall import HallApi
from desktop.drill.api.identity import IdentityApi
from desktop.drill.api.media import MediaApi
from desktop.drill.api.pull import PullApi
from desktop.drill.api.push import PushApi
from desktop.drill.cameras.process import CameraProcess
from desktop.drill.clock import Clock
from desktop.drill.cursor import Cursors
from desktop.drill.district.people import ACCOUNTS
from desktop.drill.district.population import populate
from desktop.drill.files import FileShelf
from desktop.drill.leases import LeaseKeeper
from desktop.drill.life import Life
from desktop.drill.live import LiveDesk
from desktop.drill.operations import Operations
from desktop.drill.ptz import PtzDesk
from desktop.drill.sessions import PASSWORD_RULE, Sessions
from desktop.drill.settings import CentreReady, CentreSettings
from desktop.drill.signing import Signer
from desktop.drill.snapshots import Snapshots
from desktop.drill.store.database import open_database
from desktop.drill.store.facts import load_facts, renew_epoch
from desktop.drill.store.log import Log
from desktop.drill.store.server import open_server
from desktop.drill.stream import Hub
from desktop.drill.streets import CameraStreets
from desktop.errors import OpsError

_STOP_DEADLINE_S = 1

_log = logging.getLogger(__name__)


class _Server(uvicorn.Server):
    """uvicorn, with our own signals and with streams that end when it is asked to stop."""

    def __init__(self, config: uvicorn.Config, hub: Hub, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._hub = hub
        self._on_ready = on_ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the command line: uvicorn would raise them once more after a clean stop."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.close()
        await super().shutdown(sockets)


class Centre:
    """A drill centre. `run` serves on the calling thread; `stop` may be called from any thread or a signal."""

    def __init__(self, settings: CentreSettings) -> None:
        self._settings = settings
        self._server: _Server | None = None
        self._stopping = False

    def stop(self) -> None:
        """Ask it to end; `run` returns soon after."""
        self._stopping = True
        if self._server is not None:
            self._server.should_exit = True

    def run(self, on_ready: Callable[[CentreReady], None]) -> None:
        """Serve until `stop`; call `on_ready` once, when all of it can be used.

        Raises:
            OpsError: ``drill.port_taken``, ``drill.data_dir``, ``drill.database``, or one of the cameras'.
        """
        settings = self._settings
        with ExitStack() as stack:
            listening = stack.enter_context(_listen(settings.host, settings.port))
            url = "http://{}:{}".format(*listening.getsockname()[:2])
            engine = open_server(settings.database) if settings.database else open_database(settings.data_dir)
            stack.callback(engine.dispose)
            facts = load_facts(engine)
            cameras = stack.enter_context(_starting_cameras(settings))  # starts while the district settles
            clock = Clock()
            log = Log(engine)
            accounts = Accounts(engine, PASSWORD_RULE)
            sessions = Sessions(engine, log, accounts, Signer(facts.key, "access"), clock)
            if log.is_empty():
                _settle(log, accounts, clock, settings)
            process, rtsp_port = cameras()
            streets = CameraStreets(log, process) if process is not None else None
            if streets is not None:
                streets.show_all()
            cursors = Cursors(facts.instance, facts.epoch, Signer(facts.key, "cursor"))
            snapshots = Snapshots(log, cursors)
            stack.callback(snapshots.close)
            hub = Hub()
            log.listen(hub.publish)
            live = LiveDesk(log, clock, streets, host=settings.host, port=rtsp_port)
            keeper = LeaseKeeper(log, clock, idle_s=settings.lease_idle_s)
            keeper.start()
            stack.callback(keeper.close)
            ptz = PtzDesk(log, streets, keeper.used)
            log.listen(ptz.on_entries)
            gate = Gate(sessions)
            routes = [
                *IdentityApi(gate, sessions).routes(),
                *PullApi(
                    gate=gate,
                    log=log,
                    cursors=cursors,
                    snapshots=snapshots,
                    hub=hub,
                    clock=clock,
                    heartbeat_s=settings.heartbeat_s,
                ).routes(),
                *PushApi(gate, Operations(log, sessions, clock, lease_idle_s=settings.lease_idle_s)).routes(),
                *MediaApi(gate, live, ptz).routes(),
                *HallApi(gate, log, hub, clock).routes(),
                *FilesApi(gate, FileShelf(settings.data_dir / "files")).routes(),
            ]
            app = make_app(routes, instance=facts.instance, on_start=hub.start)
            if settings.faults:
                app = FaultPort(
                    app,
                    clock=clock,
                    expire_tokens=sessions.expire_access_tokens,
                    renew_epoch=partial(_begin_anew, engine, cursors, snapshots, hub),
                )
            if settings.speed > 0:
                life = Life(log, clock, seed=settings.seed, speed=settings.speed)
                life.start()
                stack.callback(life.close)
            chief = ACCOUNTS[0]
            still_opens = accounts.officer(chief.username, chief.password) is not None
            ready = CentreReady(url, rtsp_port, chief.username, chief.password if still_opens else "")
            self._serve(app, listening, hub, partial(on_ready, ready))

    def _serve(self, app: ASGIApp, listening: socket.socket, hub: Hub, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="on",
            http="h11",
            ws="none",
            timeout_keep_alive=60,
            timeout_graceful_shutdown=_STOP_DEADLINE_S,
        )
        self._server = _Server(config, hub, on_ready)
        self._server.should_exit = self._stopping
        asyncio.run(self._server.serve(sockets=[listening]))


@contextmanager
def _starting_cameras(settings: CentreSettings) -> Iterator[Callable[[], tuple[CameraProcess | None, int]]]:
    """Start the cameras' process in the background; the result is waited for with the function this gives."""
    if not settings.cameras:
        yield lambda: (None, 0)
        return
    process = CameraProcess()
    with ThreadPoolExecutor(1, "cameras-start") as pool:
        port = pool.submit(process.start, settings.host, settings.rtsp_port)
        try:
            yield lambda: (process, port.result())
        finally:
            wait((port,))
            process.close(_STOP_DEADLINE_S)


def _begin_anew(engine: Engine, cursors: Cursors, snapshots: Snapshots, hub: Hub) -> None:
    """Void every position handed out so far, as after a restore from a backup."""
    cursors.epoch = renew_epoch(engine).epoch
    snapshots.close()
    hub.resync()


def _settle(log: Log, accounts: Accounts, clock: Clock, settings: CentreSettings) -> None:
    """Fill an empty centre; should this be cut off, the next start does it again."""
    for account in ACCOUNTS:
        accounts.put(account.username, account.password, account.officer)
    count = log.fill(populate(settings.seed, clock.now(), settings.open_orders, settings.closed_orders))
    _log.info("settled a new district with %d objects", count)


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if os.name == "posix":  # elsewhere the option would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as fault:
        listening.close()
        raise OpsError("drill.port_taken", {"host": host, "port": port}, detail=str(fault)) from fault
    return listening
