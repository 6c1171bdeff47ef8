"""Ends leases on cameras that nobody uses: a seat that died must not keep a camera for the night."""

import logging
import threading
import time
from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy.exc import OperationalError

from desktop.domain import leases
from desktop.drill.clock import Clock
from desktop.drill.store.log import Entry, Log

_LOOK_S = 1.0

_log = logging.getLogger(__name__)


class LeaseKeeper:
    """Watches every lease; lives on a thread of its own between `start` and `close`."""

    def __init__(
        self, log: Log, clock: Clock, *, idle_s: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._log = log
        self._clock = clock
        self._idle_s = idle_s
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._held: dict[str, tuple[str, float]] = {}  # lease and last use, by camera
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="drill-leases")

    def start(self) -> None:
        """Take up the leases there are; each counts as used just now."""
        for stored in self._log.of_kind("camera"):
            self._note(stored.id, stored.data)
        self._log.listen(self._on_entries)
        self._thread.start()

    def close(self) -> None:
        """Stop; returns when the thread is gone, 5 s at the latest."""
        self._ended.set()
        self._thread.join(5.0)

    def used(self, camera_id: str) -> None:
        """Note a command of the holder."""
        with self._lock:
            if camera_id in self._held:
                self._held[camera_id] = self._held[camera_id][0], self._monotonic()

    def _on_entries(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.kind == "camera":
                self._note(entry.id, entry.data)

    def _note(self, camera_id: str, data: str) -> None:
        lease = leases.lease_of(msgspec.json.decode(data) or {}).get("id", "")
        with self._lock:
            if not lease:
                self._held.pop(camera_id, None)
            elif self._held.get(camera_id, ("", 0.0))[0] != lease:
                self._held[camera_id] = lease, self._monotonic()

    def _keep(self) -> None:
        while not self._ended.wait(min(_LOOK_S, self._idle_s / 4)):
            now = self._monotonic()
            with self._lock:
                idle = [(camera, lease) for camera, (lease, used) in self._held.items() if now - used >= self._idle_s]
            for camera_id, lease in idle:
                try:
                    self._lapse(camera_id, lease)
                except OperationalError as fault:
                    _log.warning("the lease on %s is kept a little longer: %s", camera_id, fault.orig)

    def _lapse(self, camera_id: str, lease: str) -> None:
        with self._log.write() as writer:
            stored = writer.get("camera", camera_id)
            camera = msgspec.json.decode(stored.data) if stored is not None else {}
            if leases.lease_of(camera).get("id") == lease:
                line = {"at": self._clock.now_text(), "actor": "系统", "text": "长时间未操作，控制权已释放"}
                after = leases.apply(camera, leases.LAPSE, {}, line)
                writer.put("camera", camera_id, msgspec.json.encode(after).decode())
