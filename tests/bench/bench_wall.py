"""Thirty-six and sixty-four live panes over RTSP: the slowest pane, what it costs beside bare decoding, the window.

Bare decoding is measured in two ways: at full speed from a file, which has core and caches to itself and is what the
bar is made of, and at the cameras' pace, as many at a time as the wall has panes, with and without a pane's picture.
`WATCHFLOOR_BENCH_PANES` (as ``16`` or ``36,64``) measures other walls. The cameras are GStreamer's, on the same cores.
"""

import os
import shutil
import subprocess
import time

import psutil

from tests.bench.measurement import Bar, Measurement
from tests.bench.wall_stage import Cameras, Stage, bare_decoding_percent, seconds_used, spin, wall_of

PANES = tuple(int(number) for number in os.environ.get("WATCHFLOOR_BENCH_PANES", "36,64").split(","))
LEAST_FPS = {36: 24.5, 64: 24.0}
FILL_S, SETTLE_S, MEASURED_S = 30.0, 4.0, 12.0
CLIP_S = FILL_S + SETTLE_S + MEASURED_S + 20.0
PEERS_AT_ONCE, PEERS_S = 4, 8.0
FFMPEG = ("ffmpeg", "-nostdin", "-v", "error", "-threads", "1")


def measure() -> list[Measurement]:
    """Each wall, then the peers."""
    cameras = Cameras(max(PANES), CLIP_S)
    try:
        bare = bare_decoding_percent(cameras.clip)
        rows = [row for panes in PANES for row in one_wall(cameras, panes, bare)]
        return rows + peers(cameras, bare)
    finally:
        cameras.close()


def one_wall(cameras: Cameras, panes: int, bare: float) -> list[Measurement]:
    """Fill a wall, let it settle, look at the clock and at the processor."""
    with wall_of(panes, cameras.address) as stage:
        filled_s = stage.until(stage.all_live, FILL_S)
        spin(SETTLE_S)
        rows = _look(stage, f"wall, {panes} panes", LEAST_FPS.get(panes, 24.5), bare, filled_s)
        size = stage.wall.pane_rect(stage.panes[0]).size().toSize()
    return rows + paced(cameras, panes, (size.width(), size.height()), bare)


def paced(cameras: Cameras, panes: int, size: tuple[int, int], bare: float) -> list[Measurement]:
    """What decoding alone needs at the cameras' pace, a process a stream: no receiving, and once the pane's picture."""
    decoding = [*FFMPEG, "-re", "-i", str(cameras.clip)]
    picture = ["-vf", f"scale={size[0]}:{size[1]}:flags=fast_bilinear,format=bgra"]
    kinds = {"ffmpeg -re": [], "ffmpeg -re, scaled to the pane in RGB": picture}
    return [
        Measurement(
            name=f"peer: {panes} × {name}, per stream",
            value=_cost([[*decoding, *options, "-f", "null", "-"]] * panes),
            unit="% of a core",
            peer=bare,
        )
        for name, options in kinds.items()
    ]


def _look(stage: Stage, what: str, least_fps: float, bare: float, filled_s: float) -> list[Measurement]:
    hosts, window = stage.hosts(), psutil.Process()
    stage.wall.times.clear()
    pictures, began = stage.sequences(), time.monotonic()
    before = [seconds_used(process) for process in (window, *hosts)]
    spin(MEASURED_S)
    took = time.monotonic() - began
    used = [seconds_used(process) - start for process, start in zip((window, *hosts), before, strict=True)]
    rates = [(now - then) / took for now, then in zip(stage.sequences(), pictures, strict=True)]
    memory_mb = sum(process.memory_full_info().pss for process in (window, *hosts)) / 2**20
    work_ms, interval_ms = stage.wall.times.work_ms(0.99), stage.wall.times.interval_ms(0.99)
    return [
        Measurement(name=f"{what}: all live after", value=filled_s, unit="s"),
        Measurement(
            name=f"{what}: slowest pane",
            value=min(rates),
            unit="pictures/s",
            bar=Bar.AT_LEAST,
            limit=least_fps,
            peer=25,
        ),
        Measurement(
            name=f"{what}: video hosts, per pane",
            value=100 * sum(used[1:]) / took / len(rates),
            unit="% of a core",
            bar=Bar.AT_MOST,
            limit=1.8 * bare,
            peer=bare,
            note="peer: ffmpeg -f null of the same clip from a file, without receiving, scaling or converting",
        ),
        Measurement(name=f"{what}: window", value=100 * used[0] / took, unit="% of a core", bar=Bar.AT_MOST, limit=12),
        Measurement(name=f"{what}: tick p99", value=work_ms, unit="ms", bar=Bar.AT_MOST, limit=40),
        Measurement(name=f"{what}: from tick to tick p99", value=interval_ms, unit="ms"),
        Measurement(name=f"{what}: memory of window and hosts", value=memory_mb, unit="MB"),
    ]


def peers(cameras: Cameras, bare: float) -> list[Measurement]:
    """What players of others need for the same streams from the same server, a process each, nothing shown."""
    url = f"{cameras.server.url}/"
    quiet = os.environ | {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    tcp = ["-rtsp_transport", "tcp"]
    commands = {
        "ffmpeg -f null over RTSP": [*FFMPEG, *tcp, "-i", "{}", "-f", "null", "-"],
        "ffplay": ["ffplay", "-v", "error", "-an", "-threads", "1", *tcp, "-x", "320", "-y", "180", "{}"],
        "mpv --vo=null": ["mpv", "--really-quiet", "--vo=null", "--no-audio", "--rtsp-transport=tcp", "{}"],
    }
    return [
        Measurement(
            name=f"peer: {name}, per stream",
            value=_cost(
                [[part.format(f"{url}{number}") for part in command] for number in range(PEERS_AT_ONCE)], quiet
            ),
            unit="% of a core",
            peer=bare,
        )
        for name, command in commands.items()
        if shutil.which(command[0])
    ]


def _cost(commands: list[list[str]], environment: dict[str, str] | None = None) -> float:
    """Per cent of a core of each of some commands that run side by side, once they play."""
    nothing = subprocess.DEVNULL
    running = [
        subprocess.Popen(command, env=environment, stdin=nothing, stdout=nothing, stderr=nothing)
        for command in commands
    ]
    try:
        time.sleep(SETTLE_S)
        processes = [psutil.Process(each.pid) for each in running if each.poll() is None]
        began, before = time.monotonic(), [seconds_used(process) for process in processes]
        time.sleep(PEERS_S)
        used = [seconds_used(process) - start for process, start in zip(processes, before, strict=True)]
        return 100 * sum(used) / (time.monotonic() - began) / len(running)
    finally:
        for each in running:
            each.kill()
            each.wait(10)
