"""What may be attached to an order: which types, told by their content; which names are safe; which pictures are sane.

Nothing here decodes anything. Sizes of pictures are read from their headers, so that a small file which would unfold
into gigabytes is refused before any decoder sees it.
"""

import re
import struct
import unicodedata

from desktop.errors import OpsError

SNIFF_BYTES = 64
MAX_PIXELS = 40_000_000
MAX_NAME_BYTES = 120
FALLBACK_NAME = "attachment"

IMAGES = frozenset({"image/jpeg", "image/png", "image/webp"})
SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "video/mp4": (".mp4",),
}
"""The types that are taken, and how their names end."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that open a device instead of a file on Windows."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a frame header (ITU-T T.81, B.1.1.3)."""
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD8)})


def sniff(head: bytes) -> str:
    """Return the media type that the first bytes of a file say, or "" for anything that is not taken."""
    if head.startswith(_PNG):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return ""


def check(content: bytes) -> str:
    """Return the media type of a file that may be attached.

    Raises:
        OpsError: ``attachment.empty``, ``attachment.type``, ``attachment.damaged`` (a picture that ends too soon),
            ``attachment.pixels`` (a picture of more than 40 million).
    """
    if not content:
        raise OpsError("attachment.empty")
    media_type = sniff(content[:SNIFF_BYTES])
    if not media_type:
        raise OpsError("attachment.type")
    if media_type in IMAGES:
        width, height = _picture_size(media_type, content)
        if not width or not height:
            raise OpsError("attachment.damaged")
        if width * height > MAX_PIXELS:
            raise OpsError("attachment.pixels")
    return media_type


def safe_name(name: str, media_type: str) -> str:
    """Return a name that is safe as a file's name on every system and says of which type it is.

    Paths, control characters, directions of writing, reserved names and trailing dots and blanks go; the ending is that
    of the content, whatever the name says.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    kept = _FORBIDDEN.sub("_", shown).strip().rstrip(". ")
    endings = SUFFIXES.get(media_type, (".bin",))
    suffix = next((each for each in endings if kept.lower().endswith(each)), "")
    stem = kept.removesuffix(kept[len(kept) - len(suffix) :]) if suffix else kept
    suffix = suffix or endings[0]
    stem = stem.strip(". ") or FALLBACK_NAME
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return _shortened(stem, MAX_NAME_BYTES - len(suffix)) + suffix.lower()


def _shortened(text: str, size_bytes: int) -> str:
    return text.encode()[:size_bytes].decode(errors="ignore").rstrip(". ")


def _picture_size(media_type: str, content: bytes) -> tuple[int, int]:
    """Return (width, height), or zeros for a picture that is not whole."""
    try:
        if media_type == "image/png":
            return _png_size(content)
        if media_type == "image/jpeg":
            return _jpeg_size(content)
        return _webp_size(content)
    except (struct.error, IndexError):
        return 0, 0


def _png_size(content: bytes) -> tuple[int, int]:
    """Walk the chunks (ISO/IEC 15948, 5.3): the last must be IEND."""
    size, position = (0, 0), len(_PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", content, position)
        if kind == b"IHDR":
            size = struct.unpack_from(">II", content, position + 8)
        position += 12 + length
        if position > len(content):
            return 0, 0
        if kind == b"IEND":
            return size


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Walk the segments up to the frame header; an end marker must stand behind it (phones append more)."""
    position = 2
    while content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xFF:
            position += 1
        elif marker in _JPEG_BARE:
            position += 2
        elif marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", content, position + 5)
            return (width, height) if content.rfind(b"\xff\xd9") > position else (0, 0)
        else:
            position += 2 + struct.unpack_from(">H", content, position + 2)[0]
    return 0, 0


def _webp_size(content: bytes) -> tuple[int, int]:
    """Read the first chunk (VP8, VP8L or VP8X) of a container that is all there."""
    if struct.unpack_from("<I", content, 4)[0] + 8 > len(content):
        return 0, 0
    kind = content[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", content, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0
