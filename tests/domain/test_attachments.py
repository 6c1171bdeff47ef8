"""Which files may be attached, and under which names."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.domain.attachments import MAX_NAME_BYTES, SUFFIXES, check, safe_name, sniff
from desktop.domain.workflow import apply, missing_arguments
from desktop.errors import OpsError

STARTS = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x10\0\0\0WEBPVP8 "]


def picture(form: str, width: int = 640, height: int = 360) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(file, form)
    return file.getvalue()


def png(width: int, height: int) -> bytes:
    """A small file that says it is a large picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_that_pictures_are_taken_and_told_by_their_content(form: str) -> None:
    assert check(picture(form)) == f"image/{form.lower()}"


def test_that_other_kinds_of_webp_are_read() -> None:
    file = BytesIO()
    Image.new("RGBA", (33, 44), (1, 2, 3, 4)).save(file, "WEBP", lossless=True)
    assert check(file.getvalue()) == "image/webp"


@pytest.mark.fault(70)
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "attachment.empty"),
        (png(40_000, 40_000), "attachment.pixels"),
        (png(0, 10), "attachment.damaged"),
        (picture("PNG")[:-20], "attachment.damaged"),
        (picture("JPEG")[:-2], "attachment.damaged"),
        (picture("JPEG")[:30], "attachment.damaged"),
        (picture("WEBP")[:-1], "attachment.damaged"),
        (b"\xff\xd8\xff", "attachment.damaged"),
        (
            b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
            "attachment.type",
        ),
        (picture("GIF"), "attachment.type"),
        (b"MZ\x90\x00" + bytes(200), "attachment.type"),
        (b"\x7fELF" + bytes(200), "attachment.type"),
        (b"#!/bin/sh\nrm -rf ~\n", "attachment.type"),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(90), "attachment.type"),
    ],
)
def test_that_what_no_decoder_should_see_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(OpsError) as refused:
        check(content)
    assert refused.value.code == code


@pytest.mark.fault(70)
@given(st.binary(max_size=300), st.sampled_from(STARTS))
def test_that_no_bytes_make_the_check_fail_otherwise(content: bytes, start: bytes) -> None:
    with suppress(OpsError):
        assert check(start + content) in SUFFIXES


@pytest.mark.fault(69)
@pytest.mark.parametrize(
    ("name", "media_type", "safe"),
    [
        ("现场 1.jpg", "image/jpeg", "现场 1.jpg"),
        ("IMG_0001.JPEG", "image/jpeg", "IMG_0001.jpeg"),
        (r"..\..\x.lnk", "image/jpeg", "x.lnk.jpg"),
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        ("CON", "image/png", "_CON.png"),
        ("con.png", "image/png", "_con.png"),
        ("a:b", "image/png", "a_b.png"),
        ("photo.exe", "image/jpeg", "photo.exe.jpg"),
        ("gpj.\u202egnp.exe", "image/png", "gpj.gnp.exe.png"),
        ("trail. . ", "image/png", "trail.png"),
        ("\x00\x07", "image/png", "attachment.png"),
        ("", "video/mp4", "attachment.mp4"),
        (".jpg", "image/jpeg", "attachment.jpg"),
    ],
)
def test_that_a_name_is_made_safe(name: str, media_type: str, safe: str) -> None:
    assert safe_name(name, media_type) == safe


@pytest.mark.fault(69)
@given(st.text(max_size=400), st.sampled_from(sorted(SUFFIXES)))
def test_that_every_name_is_short_and_ends_as_its_content_does(name: str, media_type: str) -> None:
    safe = safe_name(name, media_type)
    assert len(safe.encode()) <= MAX_NAME_BYTES
    assert safe.endswith(SUFFIXES[media_type])
    assert not set(safe) & set('<>:"/\\|?*\0\n')
    assert safe_name(safe, media_type) == safe


def test_that_an_unknown_start_says_nothing() -> None:
    assert sniff(b"") == ""


def test_that_an_order_names_a_file_once_whatever_its_state() -> None:
    line = {"at": "2026-11-22T14:00:00+08:00", "actor": "朱志强", "op_id": "o-1"}
    args = {"sha256": "a" * 64, "name": "1.jpg", "media_type": "image/jpeg", "size": 12}
    order = apply({"state": "teleported"}, "attach", args, line)
    again = apply(order, "attach", args | {"name": "2.jpg"}, line)
    assert again["attachments"] == [args | {"by": "朱志强", "at": line["at"], "op_id": "o-1"}]
    assert again["state"] == "teleported"
    assert missing_arguments("attach", args | {"sha256": "A" * 64}) == ("sha256",)
