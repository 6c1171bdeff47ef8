import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.central.stream import (
    ChangeSeen,
    EventParser,
    HeartbeatSeen,
    RightsChanged,
    ServerEvent,
    Unclear,
    read_event,
)

STREAM = (
    b"\xef\xbb\xbf: a comment\r\n"
    b'id: 7\r\nevent: change\r\ndata: {"lsn": 7}\r\n\r\n'
    b'event: hb\ndata:{"head_lsn":\ndata: 8}\n\n'
    b"event: empty\n\n"
    b"retry: 10\runknown: x\rdata\rdata:  two\r\r"
    b"data: never finished"
)
EVENTS = [
    ServerEvent("change", b'{"lsn": 7}', "7"),
    ServerEvent("hb", b'{"head_lsn":\n8}', "7"),
    ServerEvent("message", b"\n two", "7"),
]


def parse(chunks: list[bytes]) -> list[ServerEvent]:
    parser = EventParser()
    return [event for chunk in chunks for event in parser.feed(chunk)]


def test_that_events_are_read_by_the_rules_of_the_standard() -> None:
    assert parse([STREAM]) == EVENTS


@given(st.lists(st.integers(0, len(STREAM)), max_size=20))
def test_that_events_are_the_same_however_the_stream_is_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]

    assert parse([STREAM[a:b] for a, b in itertools.pairwise(edges)]) == EVENTS


@given(st.binary(max_size=300))
def test_that_no_bytes_can_break_the_parser(noise: bytes) -> None:
    for event in parse([noise, b"\n\ndata: {}\nevent: hb\n\n"]):
        read_event(event)


@pytest.mark.parametrize("event", [b"data: " + b"x" * 2000, b"data: x\n" * 2000, b"x" * 2000])
def test_that_an_event_beyond_the_cap_is_refused(event: bytes) -> None:
    parser = EventParser(cap_bytes=1000)

    with pytest.raises(ValueError, match="too large"):
        list(parser.feed(event))


def test_that_events_become_facts() -> None:
    change = read_event(ServerEvent("change", b'{"lsn": 3, "prev_lsn": 2, "kind": "camera", "new": 1}', ""))

    assert isinstance(change, ChangeSeen)
    assert (change.change.lsn, change.change.prev_lsn, change.change.kind) == (3, 2, "camera")
    assert read_event(ServerEvent("hb", b'{"head_lsn": 9}', "")) == HeartbeatSeen(9, "")
    assert read_event(ServerEvent("auth", b"{}", "")) == RightsChanged()
    assert read_event(ServerEvent("hall", b"{}", "")) is None


@pytest.mark.parametrize("data", [b"{", b'{"lsn": "x"}', b"[" * 100_000, b"\xff"])
def test_that_an_unreadable_event_asks_for_a_pull(data: bytes) -> None:
    assert read_event(ServerEvent("change", data, "")) == Unclear()
