"""Real libVLC on a real HTTP source, on the same surfaces as the other engine."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.central.schema import LiveAddress
from desktop.errors import OpsError
from desktop.video.engines.base import Source
from desktop.video.engines.registry import EngineRegistry
from desktop.video.engines.vlc_library import load_vlc
from desktop.video.segment import Frame
from desktop.video.states import PaneState
from tests.video.clips import make_clip
from tests.video.servers import Answer, AnsweringServer, HttpServer, SilentServer
from tests.video.watching import QUICK, Watched

pytestmark = [pytest.mark.real, pytest.mark.timeout(90)]


def _red_share(frame: Frame) -> float:
    """Share of the picture's middle line that is the clip's red bar."""
    line = bytes(frame.pixels[frame.stride * (frame.height // 2) :][: frame.width * 4])
    red = sum(line[n + 2] > 180 and line[n] < 90 and line[n + 1] < 90 for n in range(0, len(line), 4))
    return red / frame.width


@pytest.mark.parametrize("engine", ["vlc", "pyav"])
def test_that_a_transport_stream_over_http_is_played_at_its_rate_in_its_colours(engine: str, tmp_path: Path) -> None:
    make_clip(tmp_path / "clip.ts", seconds=20)
    with HttpServer(tmp_path) as server:
        address = LiveAddress(f"{server.url}/clip.ts", protocol="http-ts")
        with Watched({"c": address}, engine=engine) as watched:
            watched.service.show("1", "c", "sub", 480, 270)
            watched.until_state("1", PaneState.LIVE)
            watched.until(lambda: 23 < watched.service.status("1").fps < 27)
            status = watched.service.status("1")
            assert (status.engine, status.codec, status.width, status.height) == (engine, "h264", 320, 180)
            frame = watched.service.latest("1")
            assert frame is not None
            assert (frame.width, frame.height) == (480, 270)
            assert 0.03 < _red_share(frame) < 0.07
            watched.service.show("1", "c", "sub", 320, 180)
            watched.until(lambda: (f := watched.service.latest("1")) is not None and f.width == 320)


@pytest.mark.parametrize("engine", ["vlc", "pyav"])
def test_that_a_stream_that_changes_its_size_goes_on_playing(engine: str, tmp_path: Path) -> None:
    small = make_clip(tmp_path / "small.ts", seconds=4)
    large = make_clip(tmp_path / "large.ts", seconds=12, width=640, height=480)
    (tmp_path / "both.ts").write_bytes(small.read_bytes() + large.read_bytes())
    with HttpServer(tmp_path) as server:
        address = LiveAddress(f"{server.url}/both.ts", protocol="http-ts")
        with Watched({"c": address}, engine=engine) as watched:
            watched.service.show("1", "c", "sub", 480, 270)
            watched.until(lambda: watched.service.status("1").width == 320)
            watched.until(lambda: watched.service.status("1").width == 640)
            watched.until(lambda: (f := watched.service.latest("1")) is not None and f.width == 360)
            assert len(watched.asked) == 1


@pytest.mark.parametrize("engine", ["vlc", "pyav"])
def test_that_a_playlist_over_http_is_played_in_time(engine: str, tmp_path: Path) -> None:
    for part in range(3):
        make_clip(tmp_path / f"{part}.ts", seconds=4)
    (tmp_path / "live.m3u8").write_text(
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        + "".join(f"#EXT-X-DISCONTINUITY\n#EXTINF:4.0,\n{part}.ts\n" for part in range(3))
        + "#EXT-X-ENDLIST\n"
    )
    with HttpServer(tmp_path) as server:
        address = LiveAddress(f"{server.url}/live.m3u8", protocol="hls")
        with Watched({"c": address}, engine=engine) as watched:
            watched.service.show("1", "c", "sub", 320, 180)
            watched.until_state("1", PaneState.LIVE)
            watched.until(lambda: 22 < watched.service.status("1").fps < 28)
            assert watched.service.status("1").engine == engine


def test_that_a_silent_server_does_not_keep_libvlc_or_the_service() -> None:
    with SilentServer() as server:
        address = LiveAddress(f"http://127.0.0.1:{server.port}/x.ts", protocol="http-ts")
        with Watched({"c": address}, engine="vlc", tuning=replace(QUICK, connect_s=2.0)) as watched:
            watched.service.show("1", "c", "sub", 320, 180)
            assert watched.until_state("1", PaneState.OFFLINE).cause_code == "video.silent"
            watched.until(lambda: len(watched.asked) >= 2)


def test_that_a_missing_file_is_offline_and_tried_again(tmp_path: Path) -> None:
    with HttpServer(tmp_path) as server:
        address = LiveAddress(f"{server.url}/none.ts", protocol="http-ts")
        with Watched({"c": address}, engine="vlc") as watched:
            watched.service.show("1", "c", "sub", 320, 180)
            status = watched.until_state("1", PaneState.OFFLINE)
            assert status.cause_code == "video.not_found"
            watched.until(lambda: len(watched.asked) >= 2)


def _names(registry: EngineRegistry, source: Source, wanted: str = "auto") -> list[str]:
    return [engine.name for engine in registry.choose(source, wanted)]


def test_that_the_choice_of_engine_follows_what_each_can_do() -> None:
    registry = EngineRegistry()
    assert _names(registry, Source("rtsp://host/a", "rtsp"))[0] == "pyav"
    assert _names(registry, Source("http://host/a", "http-ts")) == ["vlc", "pyav"]
    assert _names(registry, Source("http://host/a", "http-ts"), "pyav") == ["pyav"]
    # libVLC takes a password for HTTP in the address alone, and prints addresses.
    assert _names(registry, Source("http://host/a", "http-ts", "u", "p")) == ["pyav"]
    with pytest.raises(OpsError) as caught:
        registry.choose(Source("webrtc://host/a", "webrtc"), "auto")
    assert caught.value.code == "video.unsupported_protocol"


def test_that_missing_plugins_are_named_and_the_other_engine_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.video.engines.vlc_library._loaded_libraries", list)
    monkeypatch.delenv("VLC_PLUGIN_PATH", raising=False)
    registry = EngineRegistry()
    assert registry.capabilities.vlc_fault == "video.vlc_plugins_missing"
    assert _names(registry, Source("http://host/a", "http-ts")) == ["pyav"]


def test_that_a_machine_without_both_libraries_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "vlc", None)
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    monkeypatch.delitem(__import__("sys").modules, "desktop.video.engines.pyav", raising=False)
    registry = EngineRegistry()
    assert (registry.capabilities.vlc_fault, registry.capabilities.pyav_fault) == (
        "video.vlc_missing",
        "video.pyav_missing",
    )
    assert registry.capabilities.protocols == ()
    with pytest.raises(OpsError) as caught:
        registry.choose(Source("rtsp://host/a", "rtsp"), "auto")
    assert caught.value.code == "video.no_engine"


def test_that_the_library_says_whether_it_has_rtsp() -> None:
    library = load_vlc()
    assert library.version.startswith("3.")
    assert isinstance(library.has_rtsp, bool)


def test_that_a_stream_that_changes_its_codec_is_opened_anew_and_played(tmp_path: Path) -> None:
    before = make_clip(tmp_path / "before.ts", seconds=2).read_bytes()
    after = make_clip(tmp_path / "after.ts", seconds=6, codec="libx265").read_bytes()
    answers = {"/live.ts": Answer(pieces=(*_pieces(before, 50), *_pieces(after, 150)), pause_s=0.04)}
    with AnsweringServer(answers) as server:
        address = LiveAddress(f"{server.url}/live.ts", protocol="http-ts")
        with Watched({"c": address}) as watched:
            watched.service.show("1", "c", "sub", 320, 180)
            watched.until_state("1", PaneState.LIVE)
            answers["/live.ts"] = Answer(pieces=_pieces(after, 150), pause_s=0.04)  # a camera goes on where it is
            watched.until(lambda: watched.service.status("1").codec == "hevc")
            watched.until_state("1", PaneState.LIVE)


def _pieces(stream: bytes, count: int) -> tuple[bytes, ...]:
    size = len(stream) // count + 1
    return tuple(stream[at : at + size] for at in range(0, len(stream), size))
