"""From the command to a queue with orders in it: on a fresh machine, and with what the last run left."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import million
from tests.bench.measurement import Bar, Measurement

DEADLINE_S = 120.0


def measure() -> list[Measurement]:
    """Start twice on one data directory; the drill centre starts along with the desk and is waited for."""
    with tempfile.TemporaryDirectory() as folder:
        passphrase = Path(folder) / "passphrase"
        passphrase.write_text("benchmark only\n", "utf-8")
        first, second = (self_check(Path(folder) / "desk", passphrase) for _ in range(2))
    million.folder()
    first_rows_ms()  # whoever used them last may not have stopped cleanly
    cached = [first_rows_ms() for _ in range(3)]
    first_rows_ms("--kill")
    killed = first_rows_ms()
    note = "the drill centre's own start is part of it"
    return [
        Measurement(
            name=f"start, {million.COUNT:,} orders cached: first rows",
            value=sorted(cached)[1],
            unit="ms",
            bar=Bar.AT_MOST,
            limit=1_500,
            note="from the birth of the process; the queue's panel alone",
        ),
        Measurement(
            name=f"start after a kill, {million.COUNT:,} orders cached: first rows",
            value=killed,
            unit="ms",
            note="the board is gathered from its blocks",
        ),
        Measurement(name="start, nothing there: orders on the screen", value=first["started_ms"], unit="ms", note=note),
        Measurement(name="start, all there: orders on the screen", value=second["started_ms"], unit="ms", note=note),
        Measurement(name="start: live panes", value=second["panes_live"], unit="", bar=Bar.AT_LEAST, limit=9),
        Measurement(
            name="start: slowest live pane",
            value=min(second["panes_fps"], default=0.0),
            unit="pictures/s",
            bar=Bar.AT_LEAST,
            limit=20,
            peer=25,
        ),
    ]


def first_rows_ms(*arguments: str) -> float:
    """Return how long the queue took to its first rows, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.first_rows", *arguments]
    return float(subprocess.run(command, capture_output=True, check=True, timeout=DEADLINE_S).stdout)


def self_check(data_dir: Path, passphrase: Path) -> dict[str, Any]:
    """What the program says of itself.

    Raises:
        RuntimeError: it did not come up; the problems are in the message.
    """
    command = [sys.executable, "-m", "desktop", "--self-check", "--data-dir", str(data_dir)]
    command += ["--passphrase-file", str(passphrase)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE_S, check=False)
    report: dict[str, Any] = json.loads(ended.stdout) if ended.stdout.startswith("{") else {}
    if not report.get("ok"):
        raise RuntimeError(f"exit code {ended.returncode}: {report.get('problems')}\n{ended.stderr[-2000:]}")
    return report
