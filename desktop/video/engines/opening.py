"""Opening a source with FFmpeg: its options, its deadlines, and what it makes of servers that do not answer."""

import threading
import time

import av
import av.error
from av.container import InputContainer

from desktop.errors import OpsError
from desktop.video.engines.base import Source
from desktop.video.engines.credentials import with_credentials
from desktop.video.engines.faults import meant_the_camera, refuses_transport

_OPEN_DEADLINE_S = 6.0

_ANY_SOURCE = {
    # What a stream is, its description or its first packets say; the defaults would read five seconds first.
    "analyzeduration": "500000",
    "probesize": "500000",
    "fpsprobesize": "0",
}
# The session description says what is needed, a first packet is enough: to look at seven pictures, as the library
# would, takes seven seconds of a camera with a picture each second.
_RTSP = {"analyzeduration": "100000", "probesize": "32", "user_agent": "Watchfloor"}
_TRANSPORTS = ("tcp", "udp")  # UDP only for a server that refuses TCP: it loses pictures where TCP delays them
_HTTP = {"protocol_whitelist": "http,https,tcp,tls,crypto,httpproxy", "user_agent": "Watchfloor"}


def open_container(source: Source, wanted: str, stopping: threading.Event) -> tuple[InputContainer, str]:
    """Open a source for one kind of stream, ``video`` or ``audio``; give it and the transport (see `Counters`).

    Raises:
        OpsError: It did not answer in time, or its password is too long.
        av.error.FFmpegError: Anything else; `as_fault` has the words.
    """
    if source.protocol != "rtsp":
        return _open(source, _HTTP), ""
    tcp, udp = _TRANSPORTS
    try:
        return _open(source, _RTSP | {"rtsp_transport": tcp, "allowed_media_types": wanted}), tcp
    except (av.error.FFmpegError, OSError) as refusal:
        if stopping.is_set() or not refuses_transport(refusal):
            raise
        # Without the filter: a camera that has sound alone refuses to play nothing, and is to be told apart.
        options = _RTSP | {"rtsp_transport": udp, "allowed_media_types": "video+audio"}
        try:
            return _open(source, options), udp
        except (av.error.FFmpegError, OSError) as second:
            raise (refusal if meant_the_camera(refusal, second) else second) from None


def _open(source: Source, options: dict[str, str]) -> InputContainer:
    url = with_credentials(source.url, source.username, source.password)
    began = time.monotonic()
    try:
        return av.open(url, "r", options=_ANY_SOURCE | options, timeout=(_OPEN_DEADLINE_S, source.patience_s))
    except av.error.InvalidDataError:
        if time.monotonic() - began < _OPEN_DEADLINE_S:
            raise
        # What the library makes of an answer that never came and was interrupted.
        raise OpsError("video.silent", {"seconds": int(_OPEN_DEADLINE_S)}, retryable=True) from None
