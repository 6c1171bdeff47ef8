"""Files at the centre: in parts, by their content, with a hash that is believed only when it is right."""

import hashlib
import os
import socket
import time
from typing import Any

import pytest

from tests.contract.document import faults
from tests.drill.running import Desk, Drill

PDF = b"%PDF-1.7\n"


def made(size: int) -> tuple[bytes, str]:
    """A file nobody else has, and its name."""
    content = PDF + os.urandom(size - len(PDF))
    return content, hashlib.sha256(content).hexdigest()


def put(desk: Desk, sha256: str, content: bytes, start: int, size: int) -> tuple[int, dict[str, Any]]:
    where = f"bytes {start}-{start + len(content) - 1}/{size}" if content else f"bytes */{size}"
    answer = desk.http.put(f"/v1/files/{sha256}", content=content, headers={"Content-Range": where})
    return answer.status_code, answer.json()


def test_that_a_file_comes_in_parts_and_is_given_back_whole_and_in_stretches(desk: Desk) -> None:
    content, sha256 = made(100_000)
    status, first = put(desk, sha256, content[:60_000], 0, len(content))
    assert (status, first["received"], first.get("complete", False)) == (202, 60_000, False)
    assert faults("FileStatus", first) == []
    assert desk.http.get(f"/v1/files/{sha256}").json()["code"] == "file_unknown"
    assert put(desk, sha256, b"", 0, len(content))[1]["received"] == 60_000
    status, whole = put(desk, sha256, content[60_000:], 60_000, len(content))
    assert (status, whole["complete"], whole["media_type"]) == (201, True, "application/pdf")
    answer = desk.http.get(f"/v1/files/{sha256}")
    assert answer.content == content
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    part = desk.http.get(f"/v1/files/{sha256}", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, content[10:20])
    assert part.headers["Content-Range"] == "bytes 10-19/100000"
    assert desk.http.get(f"/v1/files/{sha256}", headers={"Range": "bytes=99990-"}).content == content[-10:]
    assert desk.http.get(f"/v1/files/{sha256}", headers={"Range": "bytes=100000-"}).status_code == 416
    head = desk.http.head(f"/v1/files/{sha256}")
    assert (head.headers["Content-Length"], head.content) == ("100000", b"")


def test_that_a_whole_file_may_come_at_once_and_again(desk: Desk) -> None:
    content, sha256 = made(5_000)
    for _ in range(2):
        answer = desk.http.put(f"/v1/files/{sha256}", content=content)
        assert (answer.status_code, answer.json()["complete"]) == (201, True)


def test_that_what_stands_already_is_skipped_and_a_hole_is_refused(desk: Desk) -> None:
    content, sha256 = made(30_000)
    put(desk, sha256, content[:20_000], 0, len(content))
    status, gap = put(desk, sha256, content[25_000:], 25_000, len(content))
    assert (status, gap["code"], gap["detail"]) == (416, "range_gap", {"received": 20_000})
    assert put(desk, sha256, content[10_000:], 10_000, len(content))[0] == 201
    assert desk.http.get(f"/v1/files/{sha256}").content == content


def test_that_what_came_before_a_broken_connection_stays(drill: Drill, desk: Desk) -> None:
    content, sha256 = made(50_000)
    host, _, port = drill.url.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        head = (
            f"PUT /v1/files/{sha256} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {desk.grant['access']}\r\n"
            f"Content-Range: bytes 0-49999/50000\r\nContent-Length: 50000\r\n\r\n"
        )
        line.sendall(head.encode() + content[:40_000])
        until = time.monotonic() + 20
        while (received := put(desk, sha256, b"", 0, len(content))[1]["received"]) < 40_000:
            assert time.monotonic() < until, received
    assert put(desk, sha256, b"", 0, len(content))[1]["received"] == 40_000
    assert put(desk, sha256, content[received:], received, len(content))[0] == 201


def test_that_a_wrong_hash_is_refused_and_nothing_of_it_stays(desk: Desk) -> None:
    content, _ = made(2_000)
    _, other = made(2_000)
    status, problem = put(desk, other, content, 0, len(content))
    assert (status, problem["code"]) == (422, "hash_mismatch")
    assert put(desk, other, b"", 0, len(content))[1]["received"] == 0


@pytest.mark.parametrize("content", [b"MZ\x90\x00" + bytes(99), b"<svg xmlns='x'/>", b"\x7fELF" + bytes(60)])
def test_that_a_type_that_is_not_taken_is_refused_by_its_content(desk: Desk, content: bytes) -> None:
    status, problem = put(desk, hashlib.sha256(content).hexdigest(), content, 0, len(content))
    assert (status, problem["code"]) == (415, "type_refused")


def test_that_a_file_over_the_policy_is_refused_before_it_is_sent(desk: Desk) -> None:
    cap = desk.grant["policy"]["file_max_bytes"]
    status, problem = put(desk, "0" * 64, b"", 0, cap + 1)
    assert (status, problem["code"], problem["detail"]) == (413, "too_large", {"max_bytes": cap})


@pytest.mark.parametrize(
    ("where", "body", "status"),
    [
        ("bytes 0-9/5", b"x" * 10, 400),
        ("bytes 5-3/10", b"x", 400),
        ("bytes 0-9/10", b"x" * 3, 400),
        ("lines 0-9/10", b"x" * 10, 400),
    ],
)
def test_that_a_range_that_makes_no_sense_is_refused(desk: Desk, where: str, body: bytes, status: int) -> None:
    answer = desk.http.put(f"/v1/files/{'1' * 64}", content=body, headers={"Content-Range": where})
    assert (answer.status_code, answer.json()["code"]) == (status, "malformed")


def test_that_who_may_not_write_may_not_send_files(drill: Drill) -> None:
    observer = Desk(drill.url, "drill-observer", drill.ready["password"], "desk-looks")
    assert put(observer, "2" * 64, b"", 0, 10)[0] == 403
    assert observer.http.get(f"/v1/files/{'2' * 64}").status_code == 404
    assert observer.http.get("/v1/files/..%2f..%2fdrill.db").status_code == 404
    observer.close()
