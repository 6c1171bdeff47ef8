"""Starts and stops the drill centre as a process of its own; the desk then meets it over the wire like any centre."""

import logging
import subprocess
import sys
import threading
from pathlib import Path

import msgspec

from desktop.errors import OpsError

_log = logging.getLogger(__name__)

_READY_DEADLINE_S = 60.0
_STOP_DEADLINE_S = 5.0


class DrillReady(msgspec.Struct, frozen=True):
    """The one line that the drill centre prints when it can be used."""

    url: str
    username: str
    password: str
    hall: str = ""
    rtsp_port: int = 0
    pid: int = 0


class DrillProcess:
    """One `watchfloor-drill` process, stopped with this program even when this program is killed.

    Its standard input is a pipe from here: when that closes, the drill centre ends by itself.
    """

    def __init__(self, data_dir: Path, *, arguments: tuple[str, ...] = ()) -> None:
        self._command = [
            sys.executable,
            "-m",
            "desktop.drill.cli",
            *("--port", "0", "--with-parent", "--data-dir", str(data_dir)),
            *arguments,
        ]
        self._process: subprocess.Popen[bytes] | None = None
        self._readers: list[threading.Thread] = []
        self._last_words = ""

    def start(self, deadline_s: float = _READY_DEADLINE_S) -> DrillReady:
        """Start the process and wait until it can be used.

        Raises:
            OpsError: ``drill.failed`` (with the process's own words) or ``drill.slow``.
        """
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._process = process
        lines: list[bytes] = []
        reader = threading.Thread(target=self._read_ready, args=(lines,), name="drill-ready")
        self._readers = [threading.Thread(target=self._keep_last_words, name="drill-stderr"), reader]
        for thread in self._readers:
            thread.start()
        reader.join(deadline_s)
        if reader.is_alive():
            self.stop()
            raise OpsError("drill.slow", {"seconds": int(deadline_s)}, retryable=True)
        try:
            return msgspec.json.decode(lines[0], type=DrillReady)
        except (IndexError, msgspec.DecodeError) as fault:
            self.stop()
            raise OpsError("drill.failed", {"words": self._last_words or "-"}, detail=str(fault)) from fault

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def stop(self) -> None:
        """End the process: ask, wait 5 s, kill."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        process.terminate()
        try:
            process.wait(_STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            _log.warning("the drill centre did not stop in %.0f s and was killed", _STOP_DEADLINE_S)
            process.kill()
            process.wait()
        for thread in self._readers:  # the pipes ended with the process, so these end too
            thread.join(1.0)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()

    def _read_ready(self, lines: list[bytes]) -> None:
        process = self._process
        if process is not None and process.stdout is not None:
            line = process.stdout.readline()
            if line.strip():
                lines.append(line)

    def _keep_last_words(self) -> None:
        process = self._process
        if process is None or process.stderr is None:
            return
        for raw in process.stderr:
            line = raw.decode("utf-8", "replace").rstrip()
            if line:
                self._last_words = line[:300]
                _log.info("drill: %s", line)
