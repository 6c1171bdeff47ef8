"""The whole desk with sixteen live panes and 100,000 orders: the memory of all its processes, shared pages once.

The centre is a drill of that size; it is no part of the desk and is not counted.
"""

import tempfile
import time
from pathlib import Path

import psutil

from tests.bench.measurement import Bar, Measurement
from tests.drill.running import Drill, running_drill
from tests.e2e.desk import DeskProcess

BENCH_DEADLINE_S = 600.0
PANES = 16
OPEN, CLOSED = 9_340, 90_660  # as many of a hundred are open as in the district of the drill
SETTLE_S, SAMPLES, SAMPLE_EVERY_S = 20.0, 5, 2.0
DEADLINE_S = 120.0
SIZE_PX = (1920, 1016)
MIB = 2**20


def measure() -> list[Measurement]:
    """Load the orders, fill the wall, wait until it has settled, look."""
    with tempfile.TemporaryDirectory() as folder:
        orders = ("--open-orders", str(OPEN), "--closed-orders", str(CLOSED), "--speed", "0")
        with running_drill(Path(folder) / "centre", *orders) as centre:
            desk = DeskProcess(Path(folder) / "desk", "--centre", centre.url)
            try:
                live = fill(desk, centre)
                time.sleep(SETTLE_S)
                window_mb, all_mb = largest(desk)
            finally:
                desk.kill()
    what = f"memory, {PANES} panes and {OPEN + CLOSED:,} orders"
    return [
        Measurement(name=f"{what}: all processes", value=all_mb, unit="MB", bar=Bar.AT_MOST, limit=500),
        Measurement(name=f"{what}: window", value=window_mb, unit="MB"),
        Measurement(name=f"{what}: live panes", value=live, unit="", bar=Bar.AT_LEAST, limit=PANES),
    ]


def fill(desk: DeskProcess, centre: Drill) -> int:
    """Sign in, load all orders, lay sixteen cameras out; give how many came to live."""
    desk.wait(lambda seen: seen["page"] == "sign_in", DEADLINE_S)
    desk.tell("sign_in", username=centre.ready["username"], password=centre.ready["password"])
    desk.wait(lambda seen: seen.get("link") == "live" and seen["orders"] >= OPEN, DEADLINE_S)
    desk.tell("resize", width=SIZE_PX[0], height=SIZE_PX[1])
    desk.tell("shortcut", keys="Alt+2")
    desk.tell("lay_out", name=str(PANES))
    return int(desk.wait_for("look_at_wall", lambda seen: seen["live"] >= PANES, DEADLINE_S)["live"])


def largest(desk: DeskProcess) -> tuple[float, float]:
    """The most of some looks: of the window alone, and of it with its hosts."""
    window = psutil.Process(desk.pid)
    looks = []
    for _ in range(SAMPLES):
        own = window.memory_full_info().pss / MIB
        looks.append((own, own + sum(each.memory_full_info().pss for each in window.children(recursive=True)) / MIB))
        time.sleep(SAMPLE_EVERY_S)
    return max(looks, key=lambda look: look[1])
