"""`watchfloor-drill` as a program: starting, stopping, and saying what is wrong."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drill.running import STOP_DEADLINE_S, Desk, running_drill

QUIET = ("--no-cameras", "--speed", "0", "--open-orders", "80", "--closed-orders", "20")


def run_to_end(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desktop.drill.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)


def test_that_the_centre_keeps_its_identity_and_its_work_across_a_restart(tmp_path: Path) -> None:
    with running_drill(tmp_path, *QUIET) as first:
        desk = Desk(first.url, first.ready["username"], first.ready["password"])
        before = desk.get("/v1/hello")
        items, cursor = desk.snapshot()
        order = next(id_ for (kind, id_), item in items.items() if item["data"].get("state") == "reported")
        op = desk.op(order, "accept", state="reported")
        (applied,) = desk.send(op)
        desk.close()
        first.kill()  # no farewell: what was acknowledged must be there all the same
    with running_drill(tmp_path, *QUIET) as second:
        desk = Desk(second.url, second.ready["username"], second.ready["password"])
        after = desk.get("/v1/hello")
        assert (after["instance_id"], after["epoch"]) == (before["instance_id"], before["epoch"])
        changes = desk.get("/v1/sync/changes", since=cursor)["changes"]
        assert [(change["id"], change["lsn"]) for change in changes] == [(order, applied["lsn"])]
        assert desk.send(op)[0] == applied | {"status": "duplicate"}
        desk.close()


def test_that_sessions_survive_a_restart(tmp_path: Path) -> None:
    with running_drill(tmp_path, *QUIET) as first:
        desk = Desk(first.url, first.ready["username"], first.ready["password"])
        desk.close()
    with running_drill(tmp_path, *QUIET) as second:
        again = Desk(second.url, second.ready["username"], second.ready["password"])
        again.http.headers["Authorization"] = f"Bearer {desk.grant['access']}"
        assert again.get("/v1/me")["id"] == desk.officer["id"]
        again.close()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_that_a_signal_stops_it_cleanly_although_a_stream_is_open(tmp_path: Path, number: int) -> None:
    with running_drill(tmp_path, *QUIET) as drill:
        desk = Desk(drill.url, drill.ready["username"], drill.ready["password"])
        with desk.http.stream("GET", "/v1/stream") as stream:
            lines = stream.iter_lines()
            assert next(lines) == "event: hb"
            drill.process.send_signal(number)
            assert drill.process.wait(2.0) == 0
            assert [line for line in lines if line.startswith("event: ")] == []
        desk.close()


def test_that_it_ends_with_its_parent(tmp_path: Path) -> None:
    with running_drill(tmp_path, *QUIET) as drill:
        drill.process.stdin.close()
        assert drill.process.wait(STOP_DEADLINE_S) == 0


def test_that_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = run_to_end("--data-dir", str(tmp_path), "--port", str(port), *QUIET)
    assert ended.returncode == 3
    assert f"127.0.0.1:{port} is taken" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stdout == ""


def test_that_a_data_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    ended = run_to_end("--data-dir", str(blocked / "data"), *QUIET)
    assert ended.returncode == 4
    assert "cannot write to" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_that_a_foreign_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "drill.db"
    foreign.write_bytes(b"this is no database at all, but somebody may want it back" * 40)
    before = foreign.read_bytes()
    ended = run_to_end("--data-dir", str(tmp_path), *QUIET)
    assert ended.returncode == 5
    assert "Traceback" not in ended.stderr
    assert foreign.read_bytes() == before


@pytest.mark.parametrize("wrong", [("--port", "70000"), ("--speed", "-1"), ("--speed", "nan"), ("--heartbeat", "0")])
def test_that_wrong_arguments_are_refused_with_usage(wrong: tuple[str, str]) -> None:
    ended = run_to_end(*wrong)
    assert ended.returncode == 2
    assert "usage: watchfloor-drill" in ended.stderr


def test_that_the_log_holds_no_password_and_no_token(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "desktop.drill.cli", "--data-dir", str(tmp_path), *QUIET, "--verbose"]
    log = tmp_path / "stderr.txt"
    with log.open("w") as stderr:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, stdin=subprocess.DEVNULL, text=True)
        try:
            ready = json.loads(process.stdout.readline())
            desk = Desk(ready["url"], ready["username"], ready["password"])
            desk.get("/v1/me")
            desk.close()
        finally:
            process.terminate()
            process.wait(STOP_DEADLINE_S)
            process.stdout.close()
    text = log.read_text()
    assert text
    assert ready["password"] not in text
    assert desk.grant["access"] not in text
    assert desk.grant["refresh"] not in text
