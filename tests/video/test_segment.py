"""Pictures cross between processes whole or not at all, and nothing is left behind."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.errors import OpsError
from desktop.video.block import PREFIX, SharedBlock, sweep
from desktop.video.segment import ALIGN_BYTES, FrameReader, FrameWriter, segment_bytes, stride_bytes

_WRITER = """
import sys
from desktop.video.segment import FrameWriter
writer = FrameWriter(sys.argv[1], 320, 180)
print("attached", flush=True)
sys.stdin.readline()
value = 0
while not sys.stdin.closed:
    value = value % 250 + 1
    writer.begin(320, 180)
    pixels = writer.pixels()
    row = bytes([value]) * 1280
    for line in range(180):
        pixels[line * 1280 : line * 1280 + 1280] = row
    writer.publish(value)
"""


@pytest.fixture
def pair() -> tuple[FrameReader, FrameWriter]:
    reader = FrameReader(64, 32)
    writer = FrameWriter(reader.block.name, 64, 32)
    reader.block.unlink()
    return reader, writer


def _write(writer: FrameWriter, value: int, width: int = 64, height: int = 32) -> None:
    writer.begin(width, height)
    pixels = writer.pixels()
    pixels[:] = bytes([value]) * len(pixels)
    writer.publish(value)


def test_that_no_picture_is_given_before_the_first_is_whole(pair: tuple[FrameReader, FrameWriter]) -> None:
    reader, writer = pair
    assert reader.latest() is None
    writer.begin(64, 32)
    assert reader.latest() is None
    assert reader.written_ns == 0


def test_that_the_newest_picture_is_given_with_its_shape_and_time(pair: tuple[FrameReader, FrameWriter]) -> None:
    reader, writer = pair
    _write(writer, 1)
    _write(writer, 2, 48, 20)
    frame = reader.latest()
    assert frame is not None
    assert (frame.sequence, frame.width, frame.height, frame.media_ns) == (2, 48, 20, 2)
    assert frame.stride == stride_bytes(48)
    assert frame.stride % ALIGN_BYTES == 0
    assert bytes(frame.pixels) == b"\x02" * (frame.stride * 20)
    assert frame.written_ns == reader.written_ns > 0


def test_that_the_held_picture_is_never_written_to_however_many_follow(pair: tuple[FrameReader, FrameWriter]) -> None:
    reader, writer = pair
    _write(writer, 7)
    held = reader.latest()
    assert held is not None
    for value in range(100, 150):
        _write(writer, value)
        assert held.intact()
        assert bytes(held.pixels) == b"\x07" * len(held.pixels)
    newest = reader.latest()
    assert newest is not None
    assert newest.pixels[0] == 149


def test_that_a_picture_let_go_tells_when_it_is_overwritten(pair: tuple[FrameReader, FrameWriter]) -> None:
    reader, writer = pair
    _write(writer, 1)
    old = reader.latest()
    assert old is not None
    _write(writer, 2)
    assert reader.latest() is not None  # lets the old one go
    for value in range(3, 6):
        _write(writer, value)
    assert not old.intact()


def test_that_the_same_place_is_given_as_the_same_object(pair: tuple[FrameReader, FrameWriter]) -> None:
    reader, writer = pair
    seen = set()
    for value in range(12):
        _write(writer, value)
        frame = reader.latest()
        assert frame is not None
        seen.add(id(frame.pixels))
    assert len(seen) <= 3


def test_that_no_torn_picture_is_seen_while_another_process_writes_as_fast_as_it_can() -> None:
    reader = FrameReader(320, 180)
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, reader.block.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == b"attached\n"
        reader.block.unlink()
        process.stdin.write(b"\n")
        process.stdin.flush()
        whole, seen, pause = 0, set(), threading.Event()
        while len(seen) < 400:
            frame = reader.latest()
            if frame is None or frame.sequence in seen:
                pause.wait(0.0005)
                continue
            seen.add(frame.sequence)
            copy = bytes(frame.pixels)
            if frame.intact():
                whole += 1
                assert copy == bytes([frame.media_ns]) * len(copy)
        process.kill()
    assert whole == len(seen)  # the pin keeps the writer away: not one had to be thrown away


def test_that_a_segment_of_another_size_is_refused() -> None:
    reader = FrameReader(64, 32)
    try:
        with pytest.raises(OpsError) as caught:
            FrameWriter(reader.block.name, 32, 32)
        assert caught.value.code == "video.memory"
    finally:
        reader.block.unlink()


@pytest.mark.parametrize("name", ["../../etc/passwd", "other-1", PREFIX + "1/../x", PREFIX + "1-gone"])
def test_that_a_name_that_is_no_block_is_refused(name: str) -> None:
    with pytest.raises(OpsError) as caught:
        SharedBlock.attach(name, 4096)
    assert caught.value.code == "video.memory"


def test_that_a_full_memory_says_so_when_the_segment_is_made_and_not_when_it_is_written() -> None:
    with pytest.raises(OpsError) as caught:
        SharedBlock.create(1 << 50)
    assert caught.value.code == "video.memory"


def test_that_the_sweep_takes_what_dead_processes_left_and_nothing_else() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    folder = Path("/dev/shm")
    left = folder / f"{PREFIX}{process.pid}-0123456789ab"
    left.write_bytes(b"x")
    mine = SharedBlock.create(4096)
    try:
        assert sweep() >= 1
        assert not left.exists()
        assert (folder / mine.name).exists()
    finally:
        mine.unlink()


def test_that_a_segment_holds_three_pictures_and_its_words() -> None:
    assert segment_bytes(640, 360) >= 4096 + 3 * 640 * 360 * 4
