"""The calls of the central API about files: sent in parts, fetched in stretches, named by their content."""

import re

from desktop.central.answers import read
from desktop.central.schema import FileStatus
from desktop.central.transport import MIB, Transport
from desktop.errors import OpsError

_SEND_FAULTS = {
    400: "attachment.not_taken",
    404: "attachment.not_taken",
    405: "attachment.not_taken",
    409: "attachment.superseded",
    413: "attachment.too_large",
    415: "attachment.type_refused",
    416: "attachment.gap",
    422: "attachment.wrong_content",
}
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class FilesClient:
    """Thread-safe, holds no state of its own. Every method takes the bearer token first.

    All raise `OpsError`: the codes of `Transport.exchange` and those named at each method.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def status(self, token: str, sha256: str, size: int) -> FileStatus:
        """Ask how much of a file stands at the centre.

        Raises:
            OpsError: Also ``attachment.too_large``, ``attachment.not_taken``.
        """
        return self._put(token, sha256, f"bytes */{size}", b"")

    def send(self, token: str, sha256: str, start: int, size: int, part: bytes) -> FileStatus:
        """Send bytes from `start` on of a file of `size` bytes.

        Raises:
            OpsError: Also ``attachment.gap``, ``attachment.superseded`` (ask for the status and go on),
                ``attachment.too_large``, ``attachment.type_refused``, ``attachment.wrong_content`` (all of it was
                dropped), ``attachment.not_taken``.
        """
        return self._put(token, sha256, f"bytes {start}-{start + len(part) - 1}/{size}", part)

    def fetch(self, token: str, sha256: str, start: int, size: int) -> tuple[bytes, int]:
        """Read up to `size` bytes of a file from `start` on; return them and the size of the whole.

        Raises:
            OpsError: Also ``attachment.not_there``: it has not arrived yet, or never will.
        """
        reply = self._transport.exchange(
            "GET",
            f"/v1/files/{sha256}",
            token=token,
            headers={"Range": f"bytes={start}-{start + size - 1}", "Accept-Encoding": "identity"},
            cap_bytes=64 * MIB,
            binary=True,
            faults={404: "attachment.not_there", 416: "attachment.wrong_content"},
        )
        if reply.status != 206:
            return reply.body[start:], len(reply.body)
        match = _RANGE.fullmatch(reply.content_range)
        if match is None or int(match[1]) != start or int(match[2]) - start + 1 != len(reply.body) or not reply.body:
            raise OpsError("link.malformed", {"what": "Content-Range"}, retryable=True)
        return reply.body, int(match[3])

    def _put(self, token: str, sha256: str, content_range: str, body: bytes) -> FileStatus:
        reply = self._transport.exchange(
            "PUT",
            f"/v1/files/{sha256}",
            token=token,
            body=body,
            headers={"Content-Range": content_range, "Content-Type": "application/octet-stream"},
            faults=_SEND_FAULTS,
        )
        return read(reply, FileStatus)
