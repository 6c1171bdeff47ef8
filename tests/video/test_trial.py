"""Any address through the product's own player: what plays, and what is said of what does not."""

import json
import os
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import pytest

from desktop.central.schema import LiveAddress
from desktop.video.engines.http_look import kind_of
from desktop.video.service import VideoService
from desktop.video.states import PaneState
from desktop.video.trial import Trial, run_trial
from tests.video.clips import make_clip
from tests.video.servers import Answer, AnsweringServer, GstServer, SilentServer

pytestmark = [pytest.mark.real, pytest.mark.timeout(90)]

ROOT = Path(__file__).parents[2]
SECRET = "pass/@word 口令"
S = PaneState


@pytest.fixture(scope="module")
def cameras() -> Iterator[GstServer]:
    mounts = {
        "/h264": {},
        "/h265": {"codec": "h265"},
        "/mjpeg": {"codec": "mjpeg", "height": 176},
        "/udp": {"transport": "udp"},
        "/sound": {"codec": "sound"},
    }
    with GstServer(mounts) as server:
        yield server


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnsweringServer]:
    folder = tmp_path_factory.mktemp("web")
    stream = make_clip(folder / "a.ts", seconds=8).read_bytes()
    size = len(stream) // 200
    live = tuple(stream[at : at + size] for at in range(0, len(stream), size))
    picture = b"--frame\r\nContent-Type: image/jpeg\r\n\r\n" + _jpeg() + b"\r\n"
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8.0,\nwhole.ts\n#EXT-X-ENDLIST\n"
    answers = {
        "/live.ts": Answer(pieces=live, pause_s=0.04),
        "/whole.ts": Answer(pieces=(stream,)),
        "/list.m3u8": Answer(pieces=(playlist,)),
        "/list": Answer(pieces=(playlist,)),  # named as nothing in particular
        "/mjpeg": Answer(
            content_type="multipart/x-mixed-replace; boundary=frame", pieces=(picture,) * 100, pause_s=0.04
        ),
        "/short.ts": Answer(pieces=(make_clip(folder / "short.ts", seconds=2).read_bytes(),)),
        "/page": Answer(content_type="text/html", pieces=(b"<html>" + b"hello " * 5000,)),
        "/empty": Answer(),
        "/private.ts": Answer(pieces=live, pause_s=0.04, credentials=b64encode(f"u:{SECRET}".encode()).decode()),
        "/broken": Answer(500),
        "/closed": Answer(403),
    }
    with AnsweringServer(answers) as server:
        yield server


def _jpeg() -> bytes:
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 320, 180, "yuvj420p", Fraction(1, 25)
    frame = av.VideoFrame(320, 180, "yuvj420p")
    frame.pts = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])


def tried(url: str, protocol: str = "rtsp", **credentials: str) -> Trial:
    return run_trial(VideoService, LiveAddress(url, protocol=protocol, **credentials), 1.0)


@pytest.mark.parametrize(
    ("path", "codec", "transport"),
    [("h264", "h264", "tcp"), ("h265", "hevc", "tcp"), ("mjpeg", "mjpeg", "tcp"), ("udp", "h264", "udp")],
)
def test_that_a_camera_is_described_as_it_plays(path: str, codec: str, transport: str, cameras: GstServer) -> None:
    trial = tried(f"{cameras.url}/{path}")
    assert trial.played
    assert [step.state for step in trial.steps] == [S.CONNECTING, S.BUFFERING, S.LIVE]
    status = trial.status
    assert (status.codec, status.transport, status.width, status.engine) == (codec, transport, 320, "pyav")
    assert 20 < trial.fps < 30
    assert trial.first_picture_ms is not None
    assert status.received_bytes > 5000
    assert trial.cause == ""


@pytest.mark.parametrize(
    ("path", "protocol", "engine"),
    [
        ("live.ts", "http-ts", "vlc"),
        ("list.m3u8", "hls", "vlc"),
        ("list", "http-ts", "vlc"),
        ("mjpeg", "http-ts", "pyav"),
    ],
)
def test_that_what_comes_over_http_is_played_by_the_engine_that_can(
    path: str, protocol: str, engine: str, web: AnsweringServer
) -> None:
    trial = tried(f"{web.url}/{path}", protocol)
    assert trial.played, trial
    assert trial.status.engine == engine
    assert trial.status.received_bytes > 0  # libVLC counts with some delay


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("page", "video.not_video"),
        ("empty", "video.not_video"),
        ("private.ts", "video.unauthorized"),
        ("closed", "video.forbidden"),
        ("broken", "video.server_fault"),
        ("nothing", "video.not_found"),
    ],
)
def test_that_a_web_server_that_gives_no_video_is_named_at_once(path: str, cause: str, web: AnsweringServer) -> None:
    trial = tried(f"{web.url}/{path}", "http-ts")
    assert (trial.played, trial.cause) == (False, cause)
    assert trial.seconds < 5


def test_that_a_password_opens_a_web_stream(web: AnsweringServer) -> None:
    assert tried(f"{web.url}/private.ts", "http-ts", username="u", password=SECRET).played


def test_that_a_recording_that_ends_has_played(web: AnsweringServer) -> None:
    make = partial(VideoService, engine="pyav")
    trial = run_trial(make, LiveAddress(f"{web.url}/short.ts", protocol="http-ts"), 2.6)
    assert trial.first_picture_ms is not None
    assert trial.pictures >= 49
    assert any(step.cause == "video.ended" for step in trial.steps)


def test_that_the_causes_of_dead_and_strange_cameras_are_told_apart(cameras: GstServer, web: AnsweringServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    causes = {
        f"rtsp://127.0.0.1:{port}/x": "video.refused",
        f"{cameras.url}/none": "video.not_found",
        f"{cameras.url}/sound": "video.no_video",
        web.url.replace("http", "rtsp"): "video.not_video",
        "rtsp://camera.invalid/x": "video.unreachable",
        "file:///etc/passwd": "video.bad_address",
    }
    assert {url: tried(url).cause for url in causes} == causes


def test_that_a_silent_camera_is_given_up_in_bounded_time() -> None:
    with SilentServer() as server:
        trial = tried(f"rtsp://127.0.0.1:{server.port}/x")
    assert (trial.played, trial.cause) == (False, "video.silent")
    assert trial.seconds < 12


def _command(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "desktop", "--probe-stream", *arguments, "--seconds", "1"]
    return subprocess.run(
        command,
        check=False,
        env=bare | environment,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )


def test_that_the_command_prints_one_object_without_a_screen_and_without_the_password() -> None:
    with GstServer({"/cam": {}}, username="officer", password="S3cret-for-video") as server:
        good = _command(f"{server.url}/cam", "--user", "officer", WATCHFLOOR_STREAM_PASSWORD="S3cret-for-video")
        bad = _command(f"{server.url}/cam", "--user", "officer", WATCHFLOOR_STREAM_PASSWORD="wrong")
    found = json.loads(good.stdout)
    assert (good.returncode, found["ok"], found["protocol"], found["codec"]) == (0, True, "rtsp", "h264")
    assert (found["width"], found["height"], found["states"][-1], found["cause"]) == (320, 180, "live", "")
    refused = json.loads(bad.stdout)
    assert (bad.returncode, refused["ok"], refused["cause_code"]) == (1, False, "video.unauthorized")
    assert refused["cause"] == "摄像机不认可登录"
    assert "S3cret" not in good.stdout + good.stderr + bad.stdout + bad.stderr


def test_that_the_command_says_what_is_wrong_with_an_address_that_is_none() -> None:
    badly_pasted = "rtsp://u:p S3cret/w@host/x"
    for address, cause in ((badly_pasted, "video.bad_address"), ("ftp://host/x", "video.unsupported_protocol")):
        found = _command(address)
        assert (found.returncode, json.loads(found.stdout)["cause_code"]) == (1, cause)
        assert "S3cret" not in found.stdout + found.stderr


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"#EXTM3U\n", "hls"),
        (b"\xef\xbb\xbf#EXTM3U", "hls"),
        ((b"G" + bytes(187)) * 3, "http-ts"),
        (bytes(30) + (b"G" + bytes(187)) * 3, "http-ts"),
    ],
)
def test_that_a_stream_is_known_by_its_first_bytes(start: bytes, kind: str) -> None:
    assert kind_of(start) == kind
