"""A real drill centre in a process of its own, and a signed-in client for it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import uuid6

START_DEADLINE_S = 60
STOP_DEADLINE_S = 10


@dataclass
class Drill:
    """A running centre."""

    process: subprocess.Popen[str]
    ready: dict[str, Any]
    data_dir: Path
    database: str = ""

    @property
    def url(self) -> str:
        return self.ready["url"]

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(STOP_DEADLINE_S)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(STOP_DEADLINE_S)


@contextmanager
def running_drill(data_dir: Path, *arguments: str) -> Iterator[Drill]:
    """Start a centre, give it, stop it."""
    command = [sys.executable, "-m", "desktop.drill.cli", "--data-dir", str(data_dir), "--with-parent", *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)
    watchdog = threading.Timer(START_DEADLINE_S, process.kill)
    watchdog.start()
    line = process.stdout.readline()
    watchdog.cancel()
    watchdog.join()
    try:
        assert line, f"the drill centre did not start (exit code {process.wait(5)})"
        yield Drill(process, json.loads(line), data_dir)
    finally:
        process.stdin.close()
        process.terminate()
        try:
            process.wait(STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


class Desk:
    """A plain client of the contract."""

    def __init__(self, url: str, username: str, password: str, device: str = "desk-test") -> None:
        self.http = httpx2.Client(base_url=url, timeout=20.0, trust_env=False)
        self.device = device
        self.sequence = 0
        answer = self.http.post(
            "/v1/auth/token",
            json={"grant": "password", "username": username, "password": password, "device_id": device},
        )
        assert answer.status_code == 200, answer.text
        self.grant = answer.json()
        self.officer = self.grant["officer"]
        self.http.headers["Authorization"] = f"Bearer {self.grant['access']}"

    def get(self, path: str, **query: Any) -> Any:
        answer = self.http.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def snapshot(self) -> tuple[dict[tuple[str, str], dict[str, Any]], str]:
        """Fetch everything; return the items by (kind, id), and the cursor."""
        page = self.get("/v1/sync/snapshot", page=0)
        items = list(page["items"])
        for number in range(1, page["pages"]):
            page = self.get("/v1/sync/snapshot", page=number, snapshot=page["snapshot"])
            items += page["items"]
        return {(item["kind"], item["id"]): item for item in items}, page["cursor"]

    def op(self, target: str, verb: str, *, state: str = "", kind: str = "work_order", **args: Any) -> dict[str, Any]:
        self.sequence += 1
        return {
            "op_id": str(uuid6.uuid7()),
            "device_id": self.device,
            "device_seq": self.sequence,
            "target": {"kind": kind, "id": target},
            "verb": verb,
            "actor": self.officer["id"],
            "role": self.officer["roles"][0],
            "wall_time": "2026-11-22T14:03:22+08:00",
            "expect": {"ver": 1, "state": state},
            "args": args,
        }

    def send(self, *ops: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.http.post("/v1/ops", json={"batch_id": str(uuid6.uuid7()), "ops": list(ops)})
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    def close(self) -> None:
        self.http.close()
