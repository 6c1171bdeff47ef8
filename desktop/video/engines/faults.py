"""Faults of the FFmpeg library in our words. Their texts quote the address with its password and are thrown away."""

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


def as_fault(error: Exception) -> OpsError:
    """Name the fault; the detail is the kind of error only."""
    for kind, code, retryable in _CODES:
        if isinstance(error, kind):
            return OpsError(code, retryable=retryable, detail=f"{type(error).__name__} {getattr(error, 'errno', '')}")
    return OpsError("video.failed", {"kind": type(error).__name__}, retryable=True, detail=type(error).__name__)
