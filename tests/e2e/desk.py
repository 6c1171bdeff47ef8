"""A real desk in a process of its own, driven by real keys through `driver.py` and killed like any process."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DEADLINE_S = 40.0
PASSPHRASE = "临江的灯火-7x24"


class DeskProcess:
    """`watchfloor` with a driver inside that presses keys and reads the screen when told to."""

    def __init__(self, data_dir: Path, *arguments: str, passphrase: str = PASSPHRASE) -> None:
        """Start it; an empty `passphrase` leaves the question to the officer."""
        if passphrase:
            file = data_dir.with_name("passphrase.txt")
            file.write_text(passphrase, encoding="utf-8")
            arguments = ("--passphrase-file", str(file), *arguments)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        # No session bus: the desk has to do without a keyring, as on a bare machine.
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.driver", "--data-dir", str(data_dir), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.errors: list[str] = []
        self._readers = [
            threading.Thread(target=self._read_answers, name="desk-answers"),
            threading.Thread(target=self._read_errors, name="desk-errors"),
        ]
        for reader in self._readers:
            reader.start()

    @property
    def pid(self) -> int:
        """Process id of the window."""
        return self._process.pid

    def tell(self, do: str, **arguments: Any) -> dict[str, Any]:
        """Have the driver do something; returns its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self._process.stdin.flush()
        try:
            return self._answers.get(timeout=DEADLINE_S)
        except queue.Empty:
            raise AssertionError(f"the desk did not answer {do!r}; its last words: {self.errors[-5:]}") from None

    def wait(self, until: Callable[[dict[str, Any]], bool], deadline_s: float = DEADLINE_S) -> dict[str, Any]:
        """Read the screen until it shows what is expected; returns that reading."""
        end = time.monotonic() + deadline_s
        while True:
            seen = self.tell("look")
            if until(seen):
                return seen
            assert time.monotonic() < end, f"not seen within {deadline_s} s; last: {seen}; {self.errors[-5:]}"

    def wait_for(
        self, do: str, until: Callable[[dict[str, Any]], Any], deadline_s: float = DEADLINE_S
    ) -> dict[str, Any]:
        """As `wait`, with another way of looking."""
        end = time.monotonic() + deadline_s
        while True:
            seen = self.tell(do)
            if until(seen):
                return seen
            assert time.monotonic() < end, f"not seen within {deadline_s} s; last: {seen}; {self.errors[-5:]}"

    def kill(self) -> None:
        """SIGKILL, without any chance to save; once it is over this does nothing."""
        self._process.kill()
        self._end()

    def close(self) -> int:
        """End as an officer does, by closing the window; returns the exit code."""
        if self._process.poll() is None:
            self.tell("close")
        return self._end()

    def _end(self) -> int:
        code = self._process.wait(DEADLINE_S)
        for reader in self._readers:
            reader.join(5)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
        return code

    def _read_answers(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(json.loads(line))

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.errors.append(line.rstrip())
