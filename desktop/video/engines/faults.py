"""Faults of the FFmpeg library in our words. Their texts quote the address with its password and are thrown away."""

import errno

import av.error

from desktop.errors import OpsError

_CODES: tuple[tuple[type[BaseException], str, bool], ...] = (
    (av.error.HTTPUnauthorizedError, "video.unauthorized", True),
    (av.error.HTTPForbiddenError, "video.forbidden", True),
    (av.error.HTTPNotFoundError, "video.not_found", True),
    (av.error.HTTPClientError, "video.server_fault", True),
    (av.error.HTTPError, "video.server_fault", True),
    (av.error.ConnectionRefusedError, "video.refused", True),
    (av.error.TimeoutError, "video.silent", True),
    (av.error.ExitError, "video.silent", True),
    (av.error.EOFError, "video.ended", True),
    (av.error.ProtocolNotFoundError, "video.unsupported_protocol", False),
    (av.error.DecoderNotFoundError, "video.unsupported_codec", False),
    (av.error.DemuxerNotFoundError, "video.unsupported_protocol", False),
    (av.error.InvalidDataError, "video.not_video", True),
    (OSError, "video.unreachable", True),
)


_NAMED_REFUSALS = (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError, av.error.HTTPNotFoundError)


def refuses_transport(error: Exception) -> bool:
    """Whether an RTSP server may have meant the transport: it said so (461), or refused without naming a reason."""
    if isinstance(error, av.error.HTTPClientError):
        return not isinstance(error, _NAMED_REFUSALS)
    return isinstance(error, OSError) and error.errno == errno.EPROTONOSUPPORT


def meant_the_camera(refusal: Exception, second: Exception) -> bool:
    """Whether the refusal of one transport tells more than what came of the try of the other one."""
    return isinstance(refusal, av.error.HTTPClientError) and not isinstance(second, av.error.HTTPClientError)


def as_fault(error: Exception) -> OpsError:
    """Name the fault; the detail is the kind of error only."""
    if isinstance(error, OSError) and error.errno == errno.EPROTONOSUPPORT:  # 461, for each transport there is
        return OpsError("video.unsupported_protocol", {"protocol": "rtsp"}, detail=type(error).__name__)
    for kind, code, retryable in _CODES:
        if isinstance(error, kind):
            return OpsError(code, retryable=retryable, detail=f"{type(error).__name__} {getattr(error, 'errno', '')}")
    return OpsError("video.failed", {"kind": type(error).__name__}, retryable=True, detail=type(error).__name__)
