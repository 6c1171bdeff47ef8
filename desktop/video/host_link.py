"""The window's end of one video host: its process, the pipes to it, and when it was last heard of."""

import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from desktop.redaction import redact
from desktop.video.block import unlink
from desktop.video.flow import Flow
from desktop.video.protocol import (
    Attached,
    Command,
    Heartbeat,
    Listen,
    Open,
    Quit,
    Ready,
    Replay,
    Report,
    Retarget,
    decode_report,
    encode,
)

_log = logging.getLogger(__name__)

_SEND_CAP = 1024
_LOG_LINES_A_SECOND = 60
_SECRETS_KEPT = 256
_KILL_DEADLINE_S = 5.0
_PACKAGES = Path(__file__).resolve().parents[2]


def host_command() -> list[str]:
    """The command line of a host process; a packaged program is its own interpreter and takes ``--video-host``."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--video-host"]
    return [sys.executable, "-m", "desktop.video.host"]


class HostLink:
    """One host process. `heard` is called with each report, and with None when the process is gone, by its thread.

    Attributes:
        number: Counts the hosts of this run.
        ready: What it said when it could take commands.
        beat: Its last heartbeat.
        cpu_share: Share of one core over the last second.
        flow: How much its players take in.
        retiring: It gets no more panes, and those it has are handed over to another.
        dismissed_at: When it was told to end; 0.0 before.
        started_at: When.
        heard_at: When it said something last.
    """

    def __init__(
        self, number: int, heard: Callable[["HostLink", Report | None], None], command: Sequence[str] | None = None
    ) -> None:
        """Start the process.

        It must be called by a thread that lives as long as the host: the kernel ties the host to that thread.

        Raises:
            OSError: It cannot be started.
        """
        self.number = number
        self.ready: Ready | None = None
        self.beat: Heartbeat | None = None
        self.cpu_share = 0.0
        self.flow = Flow()
        self.retiring = False
        self.dismissed_at = 0.0
        self.started_at = self.heard_at = time.monotonic()
        self._heard = heard
        self._secrets: dict[str, None] = {}
        self._names: set[str] = set()  # of surfaces that the host was told of and has not mapped yet
        self._outbox: queue.Queue[bytes | None] = queue.Queue(_SEND_CAP)
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(_PACKAGES), os.environ.get("PYTHONPATH", "")])}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*(command or host_command()), "--parent", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self._threads = [
            threading.Thread(target=work, name=f"video-host-{number}-{what}", daemon=True)
            for what, work in (("reports", self._read), ("commands", self._write), ("words", self._listen))
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def send(self, command: Command) -> None:
        """Queue a command. A host that takes none until the queue is full hangs, and is found by its silence."""
        if isinstance(command, Open | Retarget | Replay):
            self._names.add(command.surface.name)
        if isinstance(command, Open | Listen) and command.password:
            self._secrets[command.password] = None
            if len(self._secrets) > _SECRETS_KEPT:
                del self._secrets[next(iter(self._secrets))]
        try:
            self._outbox.put_nowait(encode(command))
        except queue.Full:
            _log.warning("video host %d takes no commands", self.number)

    def note(self, report: Report) -> None:
        """See to what a report says about the host itself; called by the one thread that owns this link."""
        now = time.monotonic()
        self.heard_at = now
        if isinstance(report, Ready):
            self.ready = report
        elif isinstance(report, Attached):
            self._names.discard(report.surface)
            unlink(report.surface)
        elif isinstance(report, Heartbeat):
            before, self.beat = self.beat, report
            self.flow.note(report.players, now)
            if before is not None:
                self.cpu_share = max(0.0, report.cpu_s - before.cpu_s)

    def leave(self) -> None:
        """Ask it to end; returns at once."""
        self.send(Quit())

    def end(self, deadline_s: float) -> bool:
        """Wait for the process, kill it when the deadline has passed; returns whether it went by itself."""
        by_itself = True
        try:
            self._process.wait(max(0.0, deadline_s))
        except subprocess.TimeoutExpired:
            by_itself = False
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):  # inside the kernel; it goes when that lets it
                self._process.wait(_KILL_DEADLINE_S)
        for name in self._names:
            unlink(name)
        with contextlib.suppress(queue.Full):  # then the writing thread finds the pipe broken instead
            self._outbox.put_nowait(None)
        for thread in self._threads:  # their pipes ended with the process
            thread.join(2.0)
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
        return by_itself

    def _read(self) -> None:
        pipe = self._process.stdout
        while pipe is not None and (line := pipe.readline()):
            try:
                self._heard(self, decode_report(line))
            except msgspec.DecodeError as fault:
                _log.warning("video host %d said something unknown: %s", self.number, fault)
        self._heard(self, None)

    def _write(self) -> None:
        pipe = self._process.stdin
        if pipe is None:
            return
        try:
            while (line := self._outbox.get()) is not None:
                pipe.write(line)
                pipe.flush()
            pipe.close()
        except OSError:  # the host is gone; the reading thread says so
            with contextlib.suppress(OSError):
                pipe.close()

    def _listen(self) -> None:
        """Pass the host's words on to the log without secrets, and not more of them than anybody would read."""
        pipe = self._process.stderr
        second, lines = 0, 0
        while pipe is not None and (raw := pipe.readline(4096)):
            now = int(time.monotonic())
            second, lines = now, (lines + 1 if now == second else 1)
            if lines > _LOG_LINES_A_SECOND:
                continue
            text = raw.decode("utf-8", "replace").rstrip()
            for secret in tuple(self._secrets):
                text = text.replace(secret, "***")
            if text:
                _log.info("video host %d: %s", self.number, redact(text))
