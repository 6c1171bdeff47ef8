"""The camera server in a process of its own.

A server of many streams takes the interpreter's lock again after each of some thousand socket writes a second. Beside
busy threads in one process each of these would wait for a switch interval, and the pictures would stutter.
"""

import asyncio
import logging
import multiprocessing
import signal
import threading
import time
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from desktop.drill.cameras.motion import Motion
from desktop.drill.cameras.mount import Health
from desktop.drill.cameras.scenes import Profile
from desktop.drill.cameras.server import CameraServer
from desktop.errors import OpsError

MAX_GRANTS = 10_000
_GRANTED_WITHIN_S = 0.5
"""The oldest are forgotten beyond that; a live address is used within minutes or never."""

log = logging.getLogger(__name__)


class MountSpec(NamedTuple):
    """A camera to show: a scene's clip at a path, and how the camera does at first. With `seconds`, a recording."""

    path: str
    scene: int
    profile: Profile
    health: Health = "online"
    seconds: float | None = None


class MountMany(NamedTuple):
    """Order: show these."""

    specs: tuple[MountSpec, ...]


class UnmountMany(NamedTuple):
    """Order: show these no more."""

    paths: tuple[str, ...]


class SetHealth(NamedTuple):
    """Order: a camera fails or returns."""

    path: str
    health: Health


class Swing(NamedTuple):
    """Order: a camera moves its lens; all its paths show that."""

    paths: tuple[str, ...]
    motion: Motion


class Grant(NamedTuple):
    """Order: let this username in for a while."""

    path: str
    username: str
    password: str
    expires_in_s: float


class Revoke(NamedTuple):
    """Order: let this username in no more."""

    username: str


Order = MountMany | UnmountMany | SetHealth | Swing | Grant | Revoke


class CameraProcess:
    """Starts the process and tells it what to show; calls may come from any thread, and only `grant` waits.

    A parent that dies takes it along, for then the pipe of orders ends.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pipe: Pipe | None = None
        self._process: BaseProcess | None = None

    def start(self, host: str = "127.0.0.1", port: int = 0, *, deadline_s: float = 20.0) -> int:
        """Start serving; return the real port.

        Raises:
            OpsError: ``cameras.port_taken`` with ``port``, or ``cameras.not_started``.
        """
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_run, args=(theirs, host, port), name="drill-cameras", daemon=True)
        self._process.start()
        theirs.close()
        answer: int | str | None = None
        with suppress(EOFError, ConnectionError):
            answer = self._pipe.recv() if self._pipe.poll(deadline_s) else None
        if isinstance(answer, int):
            return answer
        self.close(deadline_s=1.0)
        if isinstance(answer, str):
            raise OpsError("cameras.port_taken", {"port": port}, detail=answer)
        raise OpsError("cameras.not_started", detail=f"no word from the camera process in {deadline_s:.0f} s")

    def mount(self, *specs: MountSpec) -> None:
        """Show these cameras; a path that is in use is replaced."""
        self._send(MountMany(specs))

    def unmount(self, *paths: str) -> None:
        """Take cameras away; their viewers are disconnected."""
        self._send(UnmountMany(paths))

    def set_health(self, path: str, health: Health) -> None:
        """Let a camera fail or return."""
        self._send(SetHealth(path, health))

    def swing(self, paths: tuple[str, ...], motion: Motion) -> None:
        """Move the lens of a camera; takes effect within a picture or two."""
        self._send(Swing(paths, motion))

    def grant(self, path: str, username: str, password: str, expires_in_s: float) -> None:
        """Let ``username`` see ``path`` for a while; who is watching then is not cut off.

        Returns when the cameras know it (half a second at the most): whoever is told of it may knock at once.
        """
        with self._lock:
            if self._pipe:
                with suppress(EOFError, ConnectionError):  # it has died, as in `_send`
                    self._pipe.send(Grant(path, username, password, expires_in_s))
                    if self._pipe.poll(_GRANTED_WITHIN_S):
                        self._pipe.recv()

    def revoke(self, username: str) -> None:
        """Forget a grant before its time."""
        self._send(Revoke(username))

    def close(self, deadline_s: float = 5.0) -> None:
        """End the process; after ``deadline_s`` by force."""
        with self._lock:
            pipe, self._pipe = self._pipe, None
        if pipe:
            pipe.close()
        if self._process:
            self._process.join(deadline_s)
            if self._process.is_alive():
                log.warning("the camera process did not end within %.0f s", deadline_s)
                self._process.kill()
                self._process.join(1.0)
            self._process.close()
            self._process = None

    def _send(self, order: Order) -> None:
        with self._lock:
            if self._pipe:
                with suppress(BrokenPipeError):  # it has died; viewers see that their cameras are gone
                    self._pipe.send(order)


class _Orders:
    """Carries out orders, inside the process; says so of a grant, which somebody waits for."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._health: dict[str, Health] = {}
        self._grants: dict[tuple[str, str], tuple[str, float]] = {}
        self.server = CameraServer(self._password_for)

    def carry_out(self, order: Order) -> None:  # noqa: C901 - one case for each order
        """Do what is asked."""
        match order:
            case MountMany(specs):
                for spec in specs:
                    self._mount(spec)
            case UnmountMany(paths):
                for path in paths:
                    self.server.unmount(path)
                    self._health.pop(path, None)
            case SetHealth(path, health):
                if path in self._health:
                    self._health[path] = health
            case Swing(paths, motion):
                for path in paths:
                    self.server.swing(path, motion)
            case Grant():
                self._grant(order)
            case Revoke(username):
                self._grants = {key: grant for key, grant in self._grants.items() if key[1] != username}

    def _mount(self, spec: MountSpec) -> None:
        self._health[spec.path] = spec.health
        health = partial(self._health.__getitem__, spec.path)
        self.server.mount(spec.path, spec.scene, spec.profile, health, spec.seconds)

    def _grant(self, grant: Grant) -> None:
        self._grants[grant.path, grant.username] = (grant.password, time.monotonic() + grant.expires_in_s)
        while len(self._grants) > MAX_GRANTS:
            del self._grants[next(iter(self._grants))]
        with suppress(ConnectionError):  # the parent is gone, and this process goes next
            self._pipe.send("granted")

    def _password_for(self, path: str, username: str) -> str | None:
        password, until_s = self._grants.get((path, username), ("", 0.0))
        if time.monotonic() < until_s:
            return password
        self._grants.pop((path, username), None)
        return None


def _run(pipe: Pipe, host: str, port: int) -> None:
    """The process's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches the parent too, which closes the pipe
    asyncio.run(_serve(pipe, host, port))


async def _serve(pipe: Pipe, host: str, port: int) -> None:
    orders = _Orders(pipe)
    try:
        real_port = await orders.server.start(host, port)
    except OpsError as error:
        pipe.send(error.detail)
        return
    pipe.send(real_port)
    ended = asyncio.Event()
    reader = threading.Thread(
        target=_read_orders, args=(pipe, asyncio.get_running_loop(), orders, ended), name="camera-orders", daemon=True
    )
    reader.start()
    await ended.wait()
    await orders.server.close()


def _read_orders(pipe: Pipe, loop: asyncio.AbstractEventLoop, orders: _Orders, ended: asyncio.Event) -> None:
    """Hand every order to the loop; the end of the pipe ends the process."""
    with suppress(EOFError, ConnectionError):
        while True:
            loop.call_soon_threadsafe(orders.carry_out, pipe.recv())
    loop.call_soon_threadsafe(ended.set)
