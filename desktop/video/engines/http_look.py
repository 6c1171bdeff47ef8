"""A first look at an HTTP source, for the engine that cannot say why it fails.

libVLC waits for a dialog when a server asks for a password, gives no reason for a refusal, and searches garbage for
video for many seconds. So the answer's status and first bytes are looked at before it is handed the address.
"""

import http.client
import urllib.error
import urllib.request

from desktop.errors import OpsError

_DEADLINE_S = 5.0
_LOOKED_AT_BYTES = 4 * 188
_TS_PACKET_BYTES = 188
_TS_SYNC = 0x47
_PLAYLIST = b"#EXTM3U"
_CODES = {401: "video.unauthorized", 403: "video.forbidden", 404: "video.not_found", 410: "video.not_found"}


def look(url: str) -> str:
    """Tell what an HTTP address sends: ``http-ts`` or ``hls``. The connection is closed again after some bytes.

    Raises:
        OpsError: What the server said, or ``video.not_video`` for content that is neither.
    """
    request = urllib.request.Request(url, headers={"User-Agent": "Watchfloor"})  # noqa: S310 - `checked_source` saw it
    try:
        with urllib.request.urlopen(request, timeout=_DEADLINE_S) as answer:  # noqa: S310 - as above
            start = answer.read(_LOOKED_AT_BYTES)
    except urllib.error.HTTPError as refusal:
        with refusal:
            code = _CODES.get(refusal.code, "video.server_fault")
            raise OpsError(code, retryable=True, detail=f"HTTP {refusal.code}") from None
    except TimeoutError as fault:
        raise _silent() from fault
    except urllib.error.URLError as fault:
        if isinstance(fault.reason, TimeoutError):
            raise _silent() from fault
        code = "video.refused" if isinstance(fault.reason, ConnectionRefusedError) else "video.unreachable"
        raise OpsError(code, retryable=True, detail=type(fault.reason).__name__) from fault
    except (OSError, http.client.HTTPException) as fault:
        raise OpsError("video.not_video", retryable=True, detail=type(fault).__name__) from fault
    return kind_of(start)


def kind_of(start: bytes) -> str:
    """Tell ``http-ts`` or ``hls`` by the first bytes.

    Raises:
        OpsError: ``video.not_video``.
    """
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_PLAYLIST):
        return "hls"
    # A live stream may begin anywhere within a packet: somewhere in the first one, the marks must be a packet apart.
    for offset in range(min(_TS_PACKET_BYTES, len(start))):
        marks = start[offset::_TS_PACKET_BYTES]
        if len(marks) > 1 and set(marks) == {_TS_SYNC}:
            return "http-ts"
    raise OpsError("video.not_video", retryable=True)


def _silent() -> OpsError:
    return OpsError("video.silent", {"seconds": int(_DEADLINE_S)}, retryable=True)
