"""Starts the cameras' process and keeps it told about the health of the cameras."""

import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence

import msgspec

from desktop.central.schema import Camera
from desktop.drill.cameras.mount import Health
from desktop.drill.cameras.scenes import Profile
from desktop.drill.live import stream_path
from desktop.drill.store.log import Entry, Log
from desktop.drill.street_process import HealthNews, StreetMount, Streets, StreetsReady
from desktop.errors import OpsError

SCENES = 16
_PROFILES: tuple[Profile, ...] = ("sub", "main")
_HEALTHS: dict[str, Health] = {"online": "online", "offline": "offline", "frozen": "frozen", "black": "black"}
_START_DEADLINE_S = 20.0
_STOP_DEADLINE_S = 1.0
_NEWS_CAP = 1_000

_log = logging.getLogger(__name__)


class CameraStreets:
    """The cameras of the district as streams, in a process of their own."""

    def __init__(self, log: Log, key: bytes, *, host: str, port: int) -> None:
        self._log = log
        self._key = key
        self._host = host
        self._wanted_port = port
        self._process: subprocess.Popen[bytes] | None = None
        self._news: queue.Queue[bytes | None] = queue.Queue(_NEWS_CAP)
        self._teller = threading.Thread(target=self._tell, name="camera-health")

    def start(self) -> int:
        """Start the process.

        Returns:
            Its port.

        Raises:
            OpsError: ``cameras.port_taken``, ``cameras.clip_missing`` …, as the process says, or ``cameras.failed``.
        """
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "desktop.drill.street_process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._process = process
        watchdog = threading.Timer(_START_DEADLINE_S, process.kill)
        watchdog.start()
        line = b""
        try:
            if process.stdin is not None and process.stdout is not None:
                process.stdin.write(msgspec.json.encode(self._streets()) + b"\n")
                process.stdin.flush()
                line = process.stdout.readline()
        except OSError as fault:
            _log.warning("the cameras' process ended early: %s", fault)
        finally:
            watchdog.cancel()
            watchdog.join()
        ready = msgspec.json.decode(line, type=StreetsReady) if line else StreetsReady(fault="cameras.failed")
        if ready.fault:
            self.close()
            raise OpsError(ready.fault, ready.params)
        self._teller.start()
        return ready.port

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Pass changes of camera health on; called by the log after each commit."""
        changed = {entry.id: _health(entry.data) for entry in entries if entry.kind == "camera" and entry.op == "upsert"}
        if changed:
            try:
                self._news.put_nowait(msgspec.json.encode(HealthNews(changed)) + b"\n")
            except queue.Full:
                _log.warning("the cameras' process does not take news; %d changes of health are lost", len(changed))

    def close(self) -> None:
        """End the process: close its input, wait a second, kill."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._teller.is_alive():
            self._news.put(None)
            self._teller.join(_STOP_DEADLINE_S)
        if process.stdin is not None:
            try:
                process.stdin.close()
            except OSError as fault:
                _log.info("the cameras' process was gone already: %s", fault)
        try:
            process.wait(_STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            _log.warning("the cameras' process did not stop in %.0f s and was killed", _STOP_DEADLINE_S)
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def _streets(self) -> Streets:
        mounts: list[StreetMount] = []
        health: dict[str, Health] = {}
        for place, stored in enumerate(self._log.of_kind("camera")):
            camera = msgspec.json.decode(stored.data, type=Camera)
            health[stored.id] = _health(stored.data)
            mounts += [
                StreetMount(stream_path(camera.number, profile), stored.id, place % SCENES, profile)
                for profile in _PROFILES
                if profile in camera.profiles
            ]
        return Streets(self._host, self._wanted_port, self._key.hex(), mounts, health)

    def _tell(self) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        while (line := self._news.get()) is not None:
            try:
                process.stdin.write(line)
                process.stdin.flush()
            except OSError as fault:
                _log.warning("the cameras' process is gone: %s", fault)
                return


def _health(data: str) -> Health:
    return _HEALTHS.get(msgspec.json.decode(data, type=Camera).health, "online")
