"""What is kept of a stream for replays, and what is not."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.video.engines import ring as module
from desktop.video.engines.ring import ALL_BYTES, KEPT_S, RING_BYTES, Format, Ring, RingBook

H264 = Format("h264", b"sps and pps")


def filled(seconds: float, *, key_every: int = 50, size: int = 100, start: int = 0, ring: Ring | None = None) -> Ring:
    if ring is None:
        ring = Ring()
        ring.begin(H264)
    for number in range(int(seconds * 25)):
        at_s = float(Fraction(start + number, 25))
        ring.add(bytes([number % 256]) * size, key=number % key_every == 0, decode_s=at_s, show_s=at_s)
    return ring


def test_that_thirty_seconds_are_kept_from_a_key_frame_on_however_long_it_plays() -> None:
    ring = filled(120)
    excerpt = ring.excerpt(KEPT_S)
    assert excerpt is not None
    assert excerpt.pieces[0].key
    assert excerpt.pieces[0].due_s <= excerpt.from_s
    assert KEPT_S <= ring.length_s < KEPT_S + 2.0
    assert ring.size_bytes == 100 * len(excerpt.pieces)


def test_that_fewer_seconds_begin_at_the_key_frame_before_them() -> None:
    excerpt = filled(20).excerpt(5.0)
    assert excerpt is not None
    first, last = excerpt.pieces[0], excerpt.pieces[-1]
    assert first.key
    assert last.due_s - excerpt.from_s == pytest.approx(5.0)
    assert 5.0 <= last.due_s - first.due_s < 7.0


def test_that_an_interruption_is_left_out_and_what_was_before_it_is_not() -> None:
    ring = filled(4)
    ring.begin(H264)  # the camera came back; its clock begins anew
    filled(4, start=900_000, ring=ring)
    excerpt = ring.excerpt(30.0)
    assert excerpt is not None
    steps = [b.due_s - a.due_s for a, b in zip(excerpt.pieces, excerpt.pieces[1:], strict=False)]
    assert len(excerpt.pieces) == 200
    assert (min(steps), max(steps)) == (pytest.approx(0.04), pytest.approx(0.04))


def test_that_a_camera_that_comes_back_with_another_codec_begins_anew() -> None:
    ring = filled(4)
    ring.begin(Format("hevc", b"other"))
    assert ring.excerpt(30.0) is None
    assert ring.size_bytes == 0


def test_that_nothing_is_kept_that_no_decoder_could_begin_with() -> None:
    ring = Ring()
    ring.begin(H264)
    ring.add(b"x", key=False, decode_s=0.0, show_s=0.0)
    assert ring.excerpt(30.0) is None


def test_that_memory_is_bounded_for_one_stream_and_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = filled(20, key_every=25, size=100_000)
    assert 0 < ring.size_bytes <= RING_BYTES
    assert filled(40, key_every=100_000, size=100_000).size_bytes <= RING_BYTES  # one endless group
    monkeypatch.setattr(module, "ALL_BYTES", 1_000_000)
    book = RingBook()
    for name in ("small", "large", "larger"):
        book.ring(name).begin(H264)
    filled(4, size=1000, ring=book.ring("small"))
    filled(20, size=1000, ring=book.ring("large"))
    filled(28, size=1000, ring=book.ring("larger"))
    book.tidy(book.ring("small").written_at)
    assert sum(book.ring(name).size_bytes for name in ("small", "large", "larger")) <= 1_000_000
    assert book.lengths()["small"] == pytest.approx(3.96)
    assert ALL_BYTES > RING_BYTES


def test_that_a_stream_that_ended_long_ago_is_forgotten() -> None:
    book = RingBook()
    book.ring("a").begin(H264)
    filled(4, ring=book.ring("a"))
    at = book.ring("a").written_at
    book.tidy(at + 100)
    assert book.find("a") is not None
    book.tidy(at + 1000)
    assert book.find("a") is None


@given(st.lists(st.tuples(st.floats(-5, 5), st.booleans()), max_size=60))
def test_that_a_replay_never_goes_back_or_stands_still_whatever_the_cameras_clock_does(
    steps: list[tuple[float, bool]],
) -> None:
    ring, at_s = Ring(), 0.0
    ring.begin(H264)
    for step_s, key in steps:
        at_s += step_s
        ring.add(b"x", key=key, decode_s=at_s, show_s=at_s - 0.5)
    excerpt = ring.excerpt(30.0)
    pieces = excerpt.pieces if excerpt is not None else ()
    assert all(0.0 <= b.due_s - a.due_s <= 1.0 + 1e-9 for a, b in itertools.pairwise(pieces))
    assert all(0.0 <= piece.lead_s <= 1.0 for piece in pieces)
