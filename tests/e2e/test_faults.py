"""What an officer meets when something is missing: words, and an exit code that means something; never a traceback."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.start.options import Exit
from tests.e2e.conftest import StartDesk
from tests.e2e.desk import DeskProcess
from tests.sync.conftest import Drill

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def nobody() -> Iterator[str]:
    """The address of a centre that is not there: the port is held, so nobody else can take it, and never listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def _says(desk: DeskProcess, words: str, page: str) -> dict[str, Any]:
    def seen(screen: dict[str, Any]) -> bool:
        return screen["page"] == page and any(words in text for text in screen["words"])

    return desk.wait(seen)


def _no_traceback(desk: DeskProcess) -> None:
    assert not [line for line in desk.errors if "Traceback" in line]


def test_that_without_a_screen_it_says_so_in_both_languages() -> None:
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    done = subprocess.run(
        [sys.executable, "-m", "desktop"], env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == Exit.NO_DISPLAY
    assert "没有显示器" in done.stderr
    assert "No display" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.fault(12)
def test_that_an_unwritable_data_directory_is_named(start_desk: StartDesk, tmp_path: Path, nobody: str) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    desk = start_desk("--centre", nobody, data_dir=tmp_path / "file" / "desk", passphrase="")
    _says(desk, "数据目录不能写", "start")
    assert desk.close() == Exit.DATA_DIR
    _no_traceback(desk)


@pytest.mark.fault(55)
def test_that_a_seat_without_keyring_asks_for_a_passphrase_and_takes_the_same_one_again(
    start_desk: StartDesk, nobody: str
) -> None:
    desk = start_desk("--centre", nobody, passphrase="")
    desk.wait(lambda seen: seen["page"] == "passphrase")
    desk.tell("give_passphrase", passphrase="灯火通明-2026-临江")
    desk.wait(lambda seen: seen["page"] == "sign_in")
    assert desk.close() == Exit.OK

    desk = start_desk("--centre", nobody, passphrase="别的口令短语-2026")
    _says(desk, "口令", "start")
    assert desk.close() == Exit.KEY
    _no_traceback(desk)


def test_that_an_unreachable_centre_without_cache_is_said(start_desk: StartDesk, nobody: str) -> None:
    desk = start_desk("--centre", nobody)
    desk.wait(lambda seen: seen["page"] == "sign_in")
    desk.tell("sign_in", username="somebody", password="something")
    _says(desk, "联系不上中心", "sign_in")
    assert desk.close() == Exit.OK
    _no_traceback(desk)


def test_that_a_wrong_password_is_said_and_can_be_mended(start_desk: StartDesk, tmp_path: Path) -> None:
    drill = Drill(tmp_path / "centre")
    drill.start()
    desk = start_desk("--centre", drill.url)
    try:
        desk.wait(lambda seen: seen["page"] == "sign_in")
        desk.tell("sign_in", username=drill.username, password="not-the-password")
        _says(desk, "不对", "sign_in")
        desk.tell("sign_in", username=drill.username, password=drill.password)
        desk.wait(lambda seen: seen["page"] == "desk")
        assert desk.close() == Exit.OK
    finally:
        drill.end()
    _no_traceback(desk)


def test_that_a_second_desk_on_the_same_data_says_that_one_is_running(start_desk: StartDesk, nobody: str) -> None:
    first = start_desk("--centre", nobody)
    first.wait(lambda seen: seen["page"] == "sign_in")
    second = start_desk("--centre", nobody)
    _says(second, "在运行", "start")
    assert second.close() == Exit.ALREADY_RUNNING
    assert first.close() == Exit.OK


def test_that_a_drill_centre_that_cannot_start_is_said_with_its_own_words(start_desk: StartDesk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        desk = start_desk("--drill", "--drill-argument=--port", f"--drill-argument={port}")
        _says(desk, "演练中心", "start")
        desk.wait(lambda seen: any(port in text for text in seen["words"]))
        assert desk.close() == Exit.DRILL


def test_that_the_self_check_finds_everything_up_and_takes_its_picture(tmp_path: Path) -> None:
    picture = tmp_path / "desk.png"
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--self-check", "--picture", str(picture)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["ok"], report["problems"]
    assert done.returncode == Exit.OK
    assert report["panes_live"] >= 9
    assert min(report["panes_fps"]) > 20
    assert report["orders"] >= 2_000
    assert report["markers"] > 0
    assert report["sync_state"] == "live"
    assert picture.read_bytes().startswith(b"\x89PNG")
