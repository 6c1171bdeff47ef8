"""RTSP messages, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drill.cameras.message import MAX_HEAD_BYTES, MessageReader, ProtocolFaultError, Request, response

OPTIONS = b"OPTIONS rtsp://host/a%20b/?x=1 RTSP/1.0\r\nCSeq: 3\r\nSession: abc;timeout=60\r\n\r\n"


def read(*pieces: bytes) -> list[Request]:
    reader = MessageReader()
    return [request for piece in pieces for request in reader.feed(piece)]


@given(st.lists(st.integers(1, 40), max_size=20))
def test_that_requests_are_found_however_the_bytes_are_cut(cuts: list[int]) -> None:
    stream = (
        b"\r\n"
        + OPTIONS
        + b"$\x01\x00\x04rtcp"
        + OPTIONS.replace(b"CSeq: 3", b"CSeq: 4\r\nContent-Length: 3")
        + b"xyz"
        + OPTIONS
    )
    pieces, start = [], 0
    for cut in cuts:
        pieces.append(stream[start : start + cut])
        start += cut
    found = read(*pieces, stream[start:])
    assert [(request.method, request.path, request.sequence, request.session_id) for request in found] == [
        ("OPTIONS", "a b", sequence, "abc") for sequence in ("3", "4", "3")
    ]


@pytest.mark.parametrize(
    "rubbish",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"OPTIONS * RTSP/1.0\r\nno colon\r\n\r\n",
        b"OPTIONS * RTSP/1.0\r\nContent-Length: -5\r\n\r\n",
        b"OPTIONS * RTSP/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"A" * (MAX_HEAD_BYTES + 1),
        b"OPTIONS * RTSP/1.0\r\nX: " + b"y" * MAX_HEAD_BYTES + b"\r\n\r\n",
    ],
)
def test_that_rubbish_is_refused(rubbish: bytes) -> None:
    with pytest.raises(ProtocolFaultError):
        read(rubbish)


@given(st.binary(max_size=400))
def test_that_any_bytes_are_either_read_or_refused(data: bytes) -> None:
    try:
        read(data, b"\r\n\r\n")
    except ProtocolFaultError:
        return


def test_that_a_broken_url_has_no_path() -> None:
    assert Request("SETUP", "rtsp://[::1/cam", {}).path == ""


def test_that_a_response_repeats_the_sequence_and_tells_its_length() -> None:
    assert response(200, "7", [("Public", "PLAY")], b"body") == (
        b"RTSP/1.0 200 OK\r\nCSeq: 7\r\nPublic: PLAY\r\nContent-Length: 4\r\n\r\nbody"
    )
    assert response(454, "").startswith(b"RTSP/1.0 454 Session Not Found\r\n")
