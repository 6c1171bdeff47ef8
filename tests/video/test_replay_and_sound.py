"""The last seconds of a pane, and its sound: through real hosts, from a real camera, into a real sound device."""

import time
from pathlib import Path

import pytest

from desktop.central.schema import LiveAddress
from desktop.video.panes import PaneStatus, SoundStatus
from desktop.video.states import PaneState
from tests.video.clips import make_clip
from tests.video.servers import GstServer, HttpServer
from tests.video.watching import Watched

pytestmark = [pytest.mark.real, pytest.mark.timeout(90)]


def _replaying(status: PaneStatus) -> bool:
    return status.replay is not None and status.replay.state == "playing"


def test_that_the_last_seconds_are_replayed_in_the_pane_also_when_the_camera_has_gone() -> None:
    codecs = ("h264", "h265", "mjpeg")
    mounts = {f"/{codec}": {"codec": codec, "height": 176} for codec in codecs}
    with GstServer(mounts) as server, Watched({}) as watched:
        watched.addresses |= {codec: LiveAddress(f"{server.url}/{codec}") for codec in codecs}
        status = watched.service.status
        for codec in codecs:
            watched.service.show(codec, codec, "sub", 320, 180)
        watched.until(lambda: all(status(codec).replayable_s >= 3.0 for codec in codecs))
        server.kill()
        for codec in codecs:
            watched.until_state(codec, PaneState.OFFLINE)
        kept_s = [status(codec).replayable_s for codec in codecs]
        for codec in codecs:
            watched.service.replay(codec, 2.0)
        watched.until(lambda: all(_replaying(status(codec)) for codec in codecs))
        began = time.monotonic()
        for codec in codecs:
            first = status(codec).replay
            assert first is not None
            assert first.behind_s > 1.5
            watched.until_pictures(codec, 5)  # in the pane's own surfaces, by the usual way
            assert status(codec).state is not PaneState.LIVE
        watched.until(lambda: all(status(codec).replay is None for codec in codecs))
        assert 1.0 < time.monotonic() - began < 8.0  # at its own pace
        assert [status(codec).replayable_s for codec in codecs] == pytest.approx(kept_s, abs=1.5)


def test_that_a_replay_is_held_goes_on_and_ends_when_it_is_told_to() -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": LiveAddress(f"{server.url}/cam")}) as watched:
        status = lambda: watched.service.status("1")  # noqa: E731
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until(lambda: status().replayable_s >= 3.0)
        watched.service.replay("1")
        watched.until(lambda: _replaying(status()))
        watched.service.pause_replay("1", paused=True)
        watched.until(lambda: (r := status().replay) is not None and r.state == "paused")
        stamps: set[int] = set()
        until = time.monotonic() + 0.6
        watched.until(lambda: stamps.add(watched.service.picture_stamp("1")) or time.monotonic() > until)
        assert len(stamps) <= 2  # one more picture may have been on its way
        watched.service.pause_replay("1", paused=False)
        watched.until_pictures("1", 5)
        watched.service.show("1", "c", "sub", 640, 360)
        watched.until(lambda: (f := watched.service.latest("1")) is not None and f.width == 640)
        assert _replaying(status())
        watched.service.end_replay("1")
        watched.until(lambda: status().replay is None)
        watched.until_pictures("1", 5)
        assert (status().state, status().replay) == (PaneState.LIVE, None)


def test_that_another_camera_in_the_pane_ends_the_replay_of_the_one_before() -> None:
    with GstServer({"/cam": {}, "/other": {"codec": "h265"}}) as server:
        addresses = {"c": LiveAddress(f"{server.url}/cam"), "d": LiveAddress(f"{server.url}/other")}
        with Watched(addresses) as watched:
            watched.service.show("1", "c", "sub", 320, 180)
            watched.until(lambda: watched.service.status("1").replayable_s >= 2.0)
            watched.service.replay("1")
            watched.until(lambda: _replaying(watched.service.status("1")))
            watched.service.show("1", "d", "sub", 320, 180)
            watched.until(lambda: watched.service.status("1").camera_id == "d")
            assert watched.service.status("1").replay is None
            watched.until(lambda: watched.service.status("1").codec == "hevc")


def test_that_what_cannot_be_replayed_says_so(tmp_path: Path) -> None:
    make_clip(tmp_path / "clip.ts", seconds=20)
    with HttpServer(tmp_path) as server, Watched({}, engine="vlc") as watched:
        watched.addresses["c"] = LiveAddress(f"{server.url}/clip.ts", protocol="http-ts")
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        watched.service.replay("1")
        watched.until(lambda: watched.service.status("1").replay is not None)
        replay = watched.service.status("1").replay
        assert replay is not None
        assert (replay.state, replay.cause_code) == ("failed", "video.replay_empty")
        assert watched.service.latest("1") is not None
        watched.service.end_replay("1")
        watched.until(lambda: watched.service.status("1").replay is None)


ALSA = """
pcm.!default {{ type file; file "{path}"; format raw; slave.pcm null }}
pcm.null {{ type null }}
"""


def _until_sound(watched: Watched, pane: str, state: str) -> SoundStatus:
    watched.until(lambda: (s := watched.service.status(pane).sound) is not None and s.state == state, 40.0)
    sound = watched.service.status(pane).sound
    assert sound is not None
    return sound


def test_that_exactly_one_pane_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    device = tmp_path / "device.raw"
    (tmp_path / "asound.conf").write_text(ALSA.format(path=device))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    with GstServer({"/cam": {"codec": "talking"}, "/mute": {}}) as server:
        addresses = {"c": LiveAddress(f"{server.url}/cam"), "d": LiveAddress(f"{server.url}/mute")}
        with Watched(addresses) as watched:
            watched.service.show("1", "c", "sub", 320, 180)
            watched.service.show("2", "d", "sub", 320, 180)
            watched.service.listen("1")
            _until_sound(watched, "1", "playing")
            watched.until(lambda: device.exists() and device.stat().st_size > 100_000)
            assert any(device.read_bytes())  # a tone, and not silence
            watched.service.listen("2")
            refused = _until_sound(watched, "2", "failed")
            assert refused == SoundStatus("failed", "video.no_sound")
            assert watched.service.status("1").sound is None
            watched.service.listen("")
            watched.until(lambda: watched.service.status("2").sound is None)
            assert watched.service.status("2").state is PaneState.LIVE


def test_that_a_machine_without_a_sound_device_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "asound.conf").write_text("")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    mounts = {"/cam": {"codec": "talking"}}
    with GstServer(mounts) as server, Watched({"c": LiveAddress(f"{server.url}/cam")}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.service.listen("1")
        assert _until_sound(watched, "1", "failed") == SoundStatus("failed", "video.no_sound_device")
        watched.service.clear("1")
        watched.until(lambda: watched.service.status("1").state is PaneState.IDLE)
