"""RTSP 1.0 messages on the wire (RFC 2326)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

MAX_HEAD_BYTES = 16 * 1024
MAX_BODY_BYTES = 64 * 1024

_REASONS = {
    451: "Parameter Not Understood",
    454: "Session Not Found",
    455: "Method Not Valid in This State",
    459: "Aggregate Operation Not Allowed",
    461: "Unsupported Transport",
    551: "Option not supported",
}


class ProtocolFaultError(ValueError):
    """What came in is no RTSP; the connection cannot be kept in step and must end."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Attributes:
        method: As sent; methods are case-sensitive.
        url: As sent.
        headers: By lower-case name; of repeated headers the last.
    """

    method: str
    url: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        """The path of the URL, decoded, without slashes at its ends."""
        try:
            return unquote(urlsplit(self.url).path).strip("/")
        except ValueError:  # such as a broken IPv6 host
            return ""

    @property
    def sequence(self) -> str:
        """CSeq as sent; empty where there is none."""
        return self.headers.get("cseq", "")

    @property
    def session_id(self) -> str:
        """The session named, without parameters; empty where there is none."""
        return self.headers.get("session", "").partition(";")[0].strip()


class MessageReader:
    """Cuts a byte stream into requests; interleaved packets and bodies are skipped, for nothing in them is needed."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._skip = 0
        self._searched = 0

    def feed(self, data: bytes) -> Iterator[Request]:
        """Yield the requests that ``data`` completes.

        Raises:
            ProtocolFaultError: the stream is no RTSP, or a head or body is too large.
        """
        self._buffer += data
        while self._buffer:
            if self._skip:
                skipped = min(self._skip, len(self._buffer))
                del self._buffer[:skipped]
                self._skip -= skipped
            elif self._buffer[0] == 0x24:
                if len(self._buffer) < 4:
                    return
                self._skip = 4 + int.from_bytes(self._buffer[2:4])
            elif self._buffer[0] in b"\r\n":  # stray line ends between messages
                del self._buffer[:1]
            else:
                request = self._head()
                if request is None:
                    return
                yield request

    def _head(self) -> Request | None:
        end = self._buffer.find(b"\r\n\r\n", self._searched)
        if end < 0:
            if len(self._buffer) > MAX_HEAD_BYTES:
                raise ProtocolFaultError("head too large")
            self._searched = max(0, len(self._buffer) - 3)
            return None
        if end > MAX_HEAD_BYTES:
            raise ProtocolFaultError("head too large")
        request = _parse(bytes(self._buffer[:end]))
        del self._buffer[: end + 4]
        self._searched = 0
        self._skip = _body_bytes(request)
        return request


def _parse(head: bytes) -> Request:
    try:
        first, *lines = head.decode("utf-8").split("\r\n")
        method, url, version = first.split(" ")
    except ValueError as error:
        raise ProtocolFaultError("no request line") from error
    if not version.startswith("RTSP/") or not method.isascii():
        raise ProtocolFaultError("no RTSP version")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise ProtocolFaultError("header without a colon")
        headers[name.strip().lower()] = value.strip()
    return Request(method, url, headers)


def _body_bytes(request: Request) -> int:
    text = request.headers.get("content-length", "0")
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > MAX_BODY_BYTES:
        raise ProtocolFaultError("impossible body length")
    return int(text)


def response(status: int, sequence: str, headers: Iterable[tuple[str, str]] = (), body: bytes = b"") -> bytes:
    """Return the bytes of a response."""
    reason = _REASONS.get(status) or HTTPStatus(status).phrase
    lines = [f"RTSP/1.0 {status} {reason}"]
    if sequence:
        lines.append(f"CSeq: {sequence}")
    lines.extend(f"{name}: {value}" for name, value in headers)
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode() + body
