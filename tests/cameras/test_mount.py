"""What a camera shows, by its health; and what a slow viewer gets."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import pytest

from desktop.drill.cameras.clip import Clip
from desktop.drill.cameras.mount import Health, Mount
from desktop.drill.cameras.rtp import AccessUnit, pack_access_unit
from desktop.drill.cameras.session import Session

GOP = 5
LOOP = 4 * GOP


def made_clip(kind: Literal["live", "still"], length: int) -> Clip:
    """Return a clip whose pictures are named by their payload: live 0, 1 …, still 128, 129 …"""
    first = 0 if kind == "live" else 128
    frames = tuple(pack_access_unit([bytes((0x65, first + index))], key=index % GOP == 0) for index in range(length))
    keys = tuple(index - index % GOP for index in range(length))
    return Clip(frames, keys, b"sps!", b"pps")


@dataclass(eq=False)
class Watcher:
    """Notes what it is shown."""

    shown: list[int] = field(default_factory=list)
    is_cut: bool = False

    def show(self, unit: AccessUnit, tick: int) -> None:
        self.shown.append(unit.template[-1])

    def cut(self) -> None:
        self.is_cut = True


@dataclass
class Camera:
    """A mount, its health, and a watcher."""

    health: Health = "online"

    def __post_init__(self) -> None:
        self.mount = Mount("cam", made_clip("live", LOOP), made_clip("still", GOP), lambda: self.health)
        # The path's own phase is taken out, so that tick 0 is the clip's first picture.
        self.zero = LOOP - self.mount.slot_seed % LOOP
        self.watcher = Watcher()

    def join(self, tick: int) -> list[int]:
        _, units = self.mount.join(self.watcher, self.zero + tick)
        return [unit.template[-1] for unit in units]

    def run(self, first: int, last: int) -> list[int]:
        self.watcher.shown.clear()
        for tick in range(first, last + 1):
            self.mount.advance(self.zero + tick)
        return list(self.watcher.shown)


def test_that_a_new_viewer_gets_everything_since_the_last_key_frame() -> None:
    assert Camera().join(8) == [5, 6, 7, 8]


def test_that_the_loop_runs_on_over_its_end() -> None:
    camera = Camera()
    camera.join(17)
    assert camera.run(18, 22) == [18, 19, 0, 1, 2]


def test_that_late_ticks_are_made_up_for() -> None:
    camera = Camera()
    camera.join(5)
    assert camera.run(8, 8) == [6, 7, 8]


def test_that_after_a_long_gap_only_the_pictures_since_the_key_frame_come() -> None:
    camera = Camera()
    camera.join(5)
    assert camera.run(1007, 1007) == [5, 6, 7]


def test_that_a_frozen_camera_repeats_one_picture_at_full_rate() -> None:
    camera = Camera()
    camera.join(7)
    camera.health = "frozen"
    assert camera.run(8, 18) == [5, 129, 130, 131, 132, 5, 129, 130, 131, 132, 5]


def test_that_a_frozen_camera_comes_back_at_a_key_frame() -> None:
    camera = Camera()
    camera.join(7)
    camera.health = "frozen"
    camera.run(8, 11)
    camera.health = "online"
    assert camera.run(12, 17) == [132, 5, 129, 15, 16, 17]


def test_that_a_black_camera_is_black_at_once_and_for_new_viewers() -> None:
    camera = Camera()
    camera.join(7)
    camera.health = "black"
    assert camera.run(8, 10) == [128, 129, 130]
    assert camera.join(10) == [128, 129, 130]


def test_that_a_mount_nobody_watched_comes_back_at_once() -> None:
    camera = Camera("black")
    camera.join(7)
    camera.mount.viewers.clear()
    camera.health = "online"
    assert camera.join(13) == [10, 11, 12, 13]


def test_that_an_offline_camera_cuts_its_viewers() -> None:
    camera = Camera()
    camera.join(3)
    camera.health = "offline"
    assert camera.run(4, 5) == []
    assert camera.watcher.is_cut
    assert not camera.mount.viewers
    assert not camera.mount.reachable


@dataclass
class SlowSink:
    """A sink whose fullness the test decides."""

    waiting: int = 0
    full: bool = False
    channel: int = 0
    sent: list[bytes] = field(default_factory=list)
    reports: int = 0

    def write(self, unit: AccessUnit, stamped: bytearray) -> None:
        self.sent.append(bytes(stamped))

    def write_report(self, packet: bytes) -> None:
        self.reports += 1

    def unsent_bytes(self) -> int:
        return self.waiting

    def is_full(self) -> bool:
        return self.full


def test_that_a_slow_viewer_misses_whole_pictures_until_a_key_frame_finds_room() -> None:
    camera, sink = Camera(), SlowSink()
    session = Session(camera.mount, sink, lambda: None)
    session.send_burst(session.play(camera.zero + 5))
    sink.full, sink.waiting = True, 9
    camera.run(6, 7)
    sink.full, sink.waiting = False, 0
    camera.run(8, 12)
    pictures = [packet[-1] for packet in sink.sent]
    assert pictures == [5, 10, 11, 12]
    assert session.dropped == 4
    numbers = [int.from_bytes(packet[6:8]) for packet in sink.sent]
    assert [number - numbers[0] for number in numbers] == [0, 1, 2, 3]


def test_that_times_never_run_backwards_from_the_burst_on() -> None:
    camera, sink = Camera(), SlowSink()
    session = Session(camera.mount, sink, lambda: None)
    burst = session.play(camera.zero + 9)
    session.send_burst(burst)
    camera.run(10, 44)
    times = [int.from_bytes(packet[8:12]) for packet in sink.sent]
    assert times[0] == burst.first_time
    assert all(later > earlier for earlier, later in pairwise(times))
    assert {later - earlier for earlier, later in pairwise(times[4:])} == {3600}
    assert sink.reports >= 1


@pytest.mark.parametrize("ticks", [1, 3])
def test_that_a_paused_viewer_joins_again_without_a_step_back(ticks: int) -> None:
    camera, sink = Camera(), SlowSink()
    session = Session(camera.mount, sink, lambda: None)
    session.send_burst(session.play(camera.zero + 9))
    session.pause()
    session.send_burst(session.play(camera.zero + 9 + ticks))
    times = [int.from_bytes(packet[8:12]) for packet in sink.sent]
    assert all(later > earlier for earlier, later in pairwise(times))
