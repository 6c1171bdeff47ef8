"""Sixteen good panes for a while, with another layout each ten seconds: does anything grow, and is any of them accused?

`WATCHFLOOR_SOAK_S` is the length: a minute by default, 3600 for the hour that the design asks for. Slopes are
Theil–Sen's (Sen, 1968): the median over all pairs of samples, which a single burst does not move. Over less than
half an hour a slope says nothing and has no bar.
"""

import os
import statistics
import time
from collections.abc import Callable

import psutil

from desktop.central.schema import LiveAddress
from desktop.drill.cameras.process import CameraProcess, MountSpec
from desktop.drill.cameras.scenes import scenes
from desktop.video.states import PaneState
from tests.bench.measurement import Bar, Measurement, slope
from tests.bench.wall_stage import Stage, spin, wall_of

SOAK_S = float(os.environ.get("WATCHFLOOR_SOAK_S", "60"))
BENCH_DEADLINE_S = SOAK_S * 1.2 + 120.0
LAYOUTS = ("9", "16", "4", "13", "16", "1")
CHANGE_EVERY_S, SAMPLE_EVERY_S, LOOK_S = 10.0, 5.0, 0.25
WARM_UP_S = min(120.0, SOAK_S / 4)
LONG_ENOUGH_S = 1800.0
GOOD = frozenset({PaneState.IDLE, PaneState.CONNECTING, PaneState.BUFFERING, PaneState.LIVE})
PANES = 16
MIB = 2**20


class Samples:
    """What the processes had at each look, and the panes that were accused."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.memory_mb: list[float] = []
        self.handles: list[float] = []
        self.threads: list[float] = []
        self.accused: set[tuple[str, str, float]] = set()

    def take(self, stage: Stage) -> None:
        """Look at all processes."""
        processes = [psutil.Process(), *stage.hosts()]
        # Memory of their own: pages of surfaces come and go with the sizes of panes, and are counted on both sides.
        own = sum(info.rss - info.shared for info in (process.memory_info() for process in processes))
        self.at.append(time.monotonic())
        self.memory_mb.append(own / MIB)
        self.handles.append(float(sum(_handles(process) for process in processes)))
        self.threads.append(float(sum(process.num_threads() for process in processes)))

    def accuse(self, stage: Stage) -> None:
        """Note every pane of a good camera that is said not to be."""
        for name in stage.panes:
            status = stage.service.status(name)
            if status.state not in GOOD:
                self.accused.add((status.camera_id, status.state, status.since))


def measure() -> list[Measurement]:
    """Play, change, look."""
    process = CameraProcess()
    port = process.start()
    process.mount(*(MountSpec(str(number), number % len(scenes()), "sub") for number in range(PANES)))

    def address(camera_id: str, _profile: str) -> LiveAddress:
        process.grant(camera_id, f"bench{camera_id}", "mark", expires_in_s=300)
        return LiveAddress(f"rtsp://127.0.0.1:{port}/{camera_id}", username=f"bench{camera_id}", password="mark")

    samples = Samples()
    try:
        with wall_of(PANES, address) as stage:
            stage.until(stage.all_live, 30.0)
            _soak(stage, samples)
            lost = stage.service.statistics().hosts_lost
    finally:
        process.close()
    return _rows(samples, lost)


def _soak(stage: Stage, samples: Samples) -> None:
    began = time.monotonic()
    next_change, next_sample, turn = began + CHANGE_EVERY_S, began + WARM_UP_S, 0
    while (now := time.monotonic()) - began < SOAK_S:
        spin(LOOK_S)
        samples.accuse(stage)
        if now >= next_sample:
            next_sample = now + SAMPLE_EVERY_S
            samples.take(stage)
        if now >= next_change:
            next_change = now + CHANGE_EVERY_S
            stage.arrange(LAYOUTS[turn % len(LAYOUTS)])
            turn += 1


def _rows(samples: Samples, hosts_lost: int) -> list[Measurement]:
    what = f"soak, {SOAK_S / 60:.0f} min of {PANES} panes"
    bar = Bar.AT_MOST if SOAK_S >= LONG_ENOUGH_S else None
    note = "with a layout change each 10 s" if bar else "too short for a bar; WATCHFLOOR_SOAK_S=3600 is the real one"
    slopes: list[tuple[str, list[float], str, float]] = [
        ("memory", samples.memory_mb, "MB/h", 1.0),
        ("handles", samples.handles, "1/h", 1.0),
        ("threads", samples.threads, "1/h", 1.0),
    ]
    rows = [
        Measurement(
            name=f"{what}: slope of {name}",
            value=slope(samples.at, values) * 3600.0,
            unit=unit,
            bar=bar,
            limit=limit,
            note=note,
        )
        for name, values, unit, limit in slopes
    ]
    accused = sorted(f"{camera} {state}" for camera, state, _ in samples.accused)
    return [
        *rows,
        Measurement(name=f"{what}: memory, median", value=statistics.median(samples.memory_mb), unit="MB"),
        Measurement(
            name=f"{what}: false alarms",
            value=float(len(samples.accused)),
            unit="",
            bar=Bar.AT_MOST,
            limit=0,
            note=", ".join(accused[:8]),
        ),
        Measurement(name=f"{what}: hosts lost", value=float(hosts_lost), unit="", bar=Bar.AT_MOST, limit=0),
    ]


def _handles(process: psutil.Process) -> int:
    count: Callable[[], int] = process.num_fds if hasattr(process, "num_fds") else process.num_handles
    return count()
