"""How long an officer waits: for a first picture, a full wall, a host that died, and the truth about a dead camera."""

import contextlib
import os
import random
import signal
import time

import av
import av.error

from desktop.central.schema import LiveAddress
from desktop.drill.cameras.process import CameraProcess, MountSpec
from desktop.video.service import VideoService
from desktop.video.states import PaneState
from tests.bench.late_cameras import late_cameras
from tests.bench.measurement import Bar, Measurement, percentile
from tests.bench.wall_stage import KEY_FRAME_S, Cameras, Stage, application, spin, wall_of
from tests.video.servers import GstServer

CLICKS = int(os.environ.get("WATCHFLOOR_BENCH_CLICKS", "20"))
PANES = 16
CLIP_S = 70.0
DEADLINE_S = 30.0
LOOK_S = 0.005


def measure() -> list[Measurement]:
    """Each wait."""
    application()
    return [*first_pictures(), *walls(), *dead_cameras()]


def first_pictures() -> list[Measurement]:
    """Click on a camera whose next key frame comes at any time within two seconds; the same by bare FFmpeg."""
    with late_cameras(CLICKS) as before:
        service = VideoService(lambda camera, _profile: LiveAddress(before + camera), lambda _event: None)
        service.start()
        try:
            while service.probe() is None:  # on a desk a host is warm
                spin(LOOK_S)
            ours, bare = [], []
            for number in range(CLICKS):
                spin(random.random() * KEY_FRAME_S)
                ours.append(_click(service, str(number)))
                spin(random.random() * KEY_FRAME_S)
                bare.append(_bare_first_picture(f"{before}{number}"))
        finally:
            service.stop()
    note = "the cameras send a key frame each 2 s, so half of all waits are longer than 1 s whoever waits"
    return [
        Measurement(
            name="click to first picture, p50",
            value=percentile(ours, 0.5) * 1000,
            unit="ms",
            bar=Bar.AT_MOST,
            limit=KEY_FRAME_S / 2 * 1000 + 300,
            peer=percentile(bare, 0.5) * 1000,
            note=f"{note}; peer: FFmpeg alone, opened and one picture decoded",
        ),
        Measurement(
            name="click to first picture, p95",
            value=percentile(ours, 0.95) * 1000,
            unit="ms",
            peer=percentile(bare, 0.95) * 1000,
        ),
    ]


def _click(service: VideoService, camera: str) -> float:
    began = time.monotonic()
    service.show("clicked", camera, "sub", 640, 360)
    while not (service.status("clicked").camera_id == camera and (stamp := service.picture_stamp("clicked"))):
        if time.monotonic() - began > DEADLINE_S:
            return float("inf")
        spin(LOOK_S)
    service.clear("clicked")
    return stamp / 1e9 - began


def _bare_first_picture(url: str) -> float:
    began = time.monotonic()
    options = {
        "rtsp_transport": "tcp",
        "allowed_media_types": "video",
        "analyzeduration": "100000",
        "fpsprobesize": "0",
    }
    with av.open(url, options=options, timeout=DEADLINE_S) as container:
        for packet in container.demux(video=0):
            with contextlib.suppress(av.error.InvalidDataError):  # pictures before the first key frame
                if any(not frame.is_corrupt for frame in packet.decode()):
                    break
        return time.monotonic() - began


def walls() -> list[Measurement]:
    """Fill sixteen panes from nothing, hosts included; kill the host under them."""
    cameras = Cameras(PANES, CLIP_S)
    try:
        began = time.monotonic()
        with wall_of(PANES, cameras.address) as stage:
            stage.until(stage.all_live, DEADLINE_S)
            filled_s = time.monotonic() - began
            spin(1.0)
            back_s = _kill_a_host(stage)
    finally:
        cameras.close()
    return [
        Measurement(
            name=f"{PANES} panes from cold to all live",
            value=filled_s,
            unit="s",
            bar=Bar.AT_MOST,
            limit=KEY_FRAME_S + 3.0,
            note="with the start of the video host",
        ),
        Measurement(
            name=f"host of {PANES} panes killed to all live",
            value=back_s,
            unit="s",
            bar=Bar.AT_MOST,
            limit=KEY_FRAME_S + 3.0,
        ),
    ]


def _kill_a_host(stage: Stage) -> float:
    victim = max(stage.service.statistics().hosts, key=lambda host: host.panes)
    stamps = {name: stage.service.picture_stamp(name) for name in stage.panes}
    began = time.monotonic()
    os.kill(victim.pid, signal.SIGKILL)

    def back() -> bool:
        fresh = all(stage.service.picture_stamp(name) / 1e9 > began for name in stamps)
        return fresh and stage.service.statistics().hosts_lost == 1 and stage.all_live()

    return stage.until(back, DEADLINE_S)


def dead_cameras() -> list[Measurement]:
    """A camera that repeats one picture, one that shows black, one that says nothing more."""
    process = CameraProcess()
    port = process.start()
    process.mount(MountSpec("frozen", 0, "sub"), MountSpec("black", 3, "sub"), MountSpec("silent", 6, "sub"))
    server = GstServer({"/silent": {}})
    server.start()

    def address(camera_id: str, _profile: str) -> LiveAddress:
        if camera_id == "silent":
            return LiveAddress(f"{server.url}/silent")
        process.grant(camera_id, "bench", "mark", expires_in_s=300)
        return LiveAddress(f"rtsp://127.0.0.1:{port}/{camera_id}", username="bench", password="mark")

    service = VideoService(address, lambda _event: None)
    service.start()
    try:
        for camera in ("frozen", "black", "silent"):
            service.show(camera, camera, "sub", 320, 180)
        _until(service, "frozen", PaneState.LIVE)
        _until(service, "black", PaneState.LIVE)
        _until(service, "silent", PaneState.LIVE)
        spin(2.0)
        found = []
        for camera, state in (("frozen", PaneState.FROZEN), ("black", PaneState.BLACK), ("silent", PaneState.STALLED)):
            if camera == "silent":
                server.freeze()
            else:
                process.set_health(camera, camera)  # type: ignore[arg-type]
            found.append((camera, _until(service, camera, state)))
    finally:
        service.stop()
        process.close()
        server.kill()
    return [
        Measurement(name=f"a camera that is {camera} is known after", value=took, unit="s", bar=Bar.AT_MOST, limit=5.0)
        for camera, took in found
    ]


def _until(service: VideoService, pane: str, state: PaneState) -> float:
    began = time.monotonic()
    while service.status(pane).state is not state:
        if time.monotonic() - began > DEADLINE_S:
            return float("inf")
        spin(LOOK_S)
    return time.monotonic() - began
