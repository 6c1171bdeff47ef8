"""The two engines on the same stream, so that the choice between them can be seen: processor time of a pane.

Over RTSP where libVLC has it (Debian's has not), and over HTTP, where both play.
"""

import os
import time

from desktop.central.schema import LiveAddress
from desktop.video.engines.vlc_library import load_vlc
from tests.bench.measurement import Measurement
from tests.bench.wall_stage import Cameras, bare_decoding_percent, cost_of, seconds_used, spin, wall_of
from tests.video.servers import Answer, AnsweringServer

PANES = int(os.environ.get("WATCHFLOOR_BENCH_PANES", "16").partition(",")[0])
FILL_S, SETTLE_S, MEASURED_S = 20.0, 4.0, 8.0
CLIP_S = 40.0
PIECES_A_SECOND = 25


def measure() -> list[Measurement]:
    """Both engines over each protocol that both play."""
    cameras = Cameras(PANES, CLIP_S)
    try:
        bare = bare_decoding_percent(cameras.clip)
        rows = _over_http(cameras, bare)
        rows.append(_one("RTSP", "pyav", cameras.address, bare))
        if load_vlc().has_rtsp:
            rows.append(_one("RTSP", "vlc", cameras.address, bare))
        return rows
    finally:
        cameras.close()


def _over_http(cameras: Cameras, bare: float) -> list[Measurement]:
    stream = cameras.clip.with_suffix(".ts")
    cost_of(["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(cameras.clip), "-c", "copy", str(stream)], 60)
    data = stream.read_bytes()
    size = len(data) // round(CLIP_S * PIECES_A_SECOND) + 1
    pieces = tuple(data[at : at + size] for at in range(0, len(data), size))
    answers = {f"/{number}": Answer(pieces=pieces, pause_s=1 / PIECES_A_SECOND) for number in range(PANES)}
    with AnsweringServer(answers) as server:

        def address(camera_id: str, _profile: str) -> LiveAddress:
            return LiveAddress(f"{server.url}/{camera_id}", protocol="http-ts")

        return [_one("HTTP-TS", engine, address, bare) for engine in ("pyav", "vlc")]


def _one(what: str, engine: str, address: object, bare: float) -> Measurement:
    with wall_of(PANES, address, engine=engine) as stage:  # type: ignore[arg-type]
        stage.until(stage.all_live, FILL_S)
        spin(SETTLE_S)
        hosts = stage.hosts()
        pictures, began = stage.sequences(), time.monotonic()
        before = [seconds_used(host) for host in hosts]
        spin(MEASURED_S)
        took = time.monotonic() - began
        used = sum(seconds_used(host) - start for host, start in zip(hosts, before, strict=True))
        fps = min(now - then for now, then in zip(stage.sequences(), pictures, strict=True)) / took
    return Measurement(
        name=f"engine {engine} over {what}, {PANES} panes, per pane",
        value=100 * used / took / PANES,
        unit="% of a core",
        peer=bare,
        note=f"slowest pane {fps:.1f} pictures/s",
    )
