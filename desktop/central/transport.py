"""The one door to HTTP: deadlines, size caps, trust, and every way an exchange can fail as a code.

Nothing that comes out of here is half true: an answer is whole, JSON, and from the centre (`X-Hall-Instance`), or an
`OpsError` says what it was instead. Faults of the road are retryable and never say anything about an operation.

Codes: ``link.unreachable``, ``link.timeout``, ``link.tls`` (reason), ``link.not_the_centre``, ``link.other_centre``,
``link.server_error`` (status), ``link.throttled`` (seconds), ``link.malformed``, ``link.too_large``, ``link.refused``
(status, reason), ``link.bad_address``, ``link.insecure_address``, ``link.closed``,
``auth.expired``, ``auth.forbidden``.
"""

import ipaddress
import logging
import socket
import ssl
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Never

import httpx2

from desktop.central.lenient import read_as
from desktop.central.links import Links
from desktop.central.schema import Problem
from desktop.errors import OpsError

log = logging.getLogger(__name__)

MIB = 1024 * 1024
ANSWER_CAP_BYTES = 8 * MIB
PAGE_CAP_BYTES = 64 * MIB
CONNECT_S = 3.0
STALL_S = 15.0
_TOTAL_S = 25.0
_SLOWEST_BYTES_PER_S = 33_000.0
"""An answer may take `_TOTAL_S` plus its size at this rate: a slow line passes, a dripping one does not."""
_INSTANCE = "X-Hall-Instance"
_TRANSIENT = frozenset({408, 425, 500, 502, 503, 504})
_ROAD = frozenset({"link.unreachable", "link.timeout", "link.tls", "link.not_the_centre", "link.server_error"})


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer of the centre with a status of 200 to 299."""

    status: int
    body: bytes
    instance: str
    content_range: str = ""


class Transport:
    """HTTP to the centre's base addresses, one at a time (`links` says which); thread-safe.

    Args:
        base_urls: Primary first. `https`, or `http` on this machine only.
        connect_s: Deadline of a connection, TLS included, in seconds.
        handler: Replaces the network in tests of answers that no real centre can be made to give.

    Raises:
        OpsError: ``link.bad_address`` or ``link.insecure_address``.
    """

    def __init__(
        self,
        base_urls: Sequence[str],
        *,
        connect_s: float = CONNECT_S,
        handler: httpx2.BaseTransport | None = None,
    ) -> None:
        self._bases = tuple(_checked_base(url) for url in base_urls)
        if not self._bases:
            raise OpsError("link.bad_address", {"address": ""})
        self._connect_s = connect_s
        self.links = Links(len(self._bases))
        self._pinned = ""
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._closed = False
        # Neither proxies, nor netrc, nor trust anchors are taken from environment variables; trust is the system's.
        self._http = httpx2.Client(transport=handler, trust_env=False, follow_redirects=False)

    def pin(self, instance: str) -> None:
        """From now on only answers of this centre are taken; "" takes any."""
        self._pinned = instance

    def exchange(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        query: Mapping[str, str | int | float] | None = None,
        body: bytes | None = None,
        cap_bytes: int = ANSWER_CAP_BYTES,
        stall_s: float = STALL_S,
        total_s: float = _TOTAL_S,
        faults: Mapping[int, str] | None = None,
        link: int | None = None,
        of_any_centre: bool = False,
        headers: Mapping[str, str] | None = None,
        binary: bool = False,
    ) -> Reply:
        """Send one request and return its whole answer.

        Args:
            method: HTTP method.
            path: Path under the base address, with its leading slash.
            token: Bearer token, or "".
            query: Query parameters.
            body: JSON bytes to send, unless `headers` give another ``Content-Type``.
            cap_bytes: Largest answer taken, after decompression.
            stall_s: Longest silence while the answer is on its way.
            total_s: Longest time for the whole, to which the size of the answer adds.
            faults: Codes of this call for particular refusing statuses, before the general ones.
            link: Over this link instead of the one in use.
            of_any_centre: Also take the answer of another centre than the pinned one.
            headers: Further headers of the request.
            binary: The answer is a file, of any type but HTML.

        Raises:
            OpsError: See the module; or a code of `faults`, with ``status`` and ``reason``.
        """
        over = self.links.current if link is None else link
        request = self._request(method, self._bases[over] + path, token=token, query=query, body=body, stall_s=stall_s)
        request.headers.update(headers or {})
        if binary:
            request.headers["Accept"] = "*/*"
        deadline = time.monotonic() + total_s
        try:
            with self._faults_as_codes():
                response = self._http.send(request, stream=True)
                try:
                    content = _read(response, cap_bytes, deadline)
                finally:
                    response.close()
            pinned = "" if of_any_centre else self._pinned
            reply = self._judge(response, content, faults or {}, pinned=pinned, binary=binary)
        except OpsError as fault:
            self._note(over, fault)
            raise
        self.links.worked(over)
        return reply

    @contextmanager
    def stream(self, path: str, *, token: str, last_event_id: str, stall_s: float) -> Iterator["ByteStream"]:
        """Open an event stream.

        Raises:
            OpsError: As `exchange`; also while the bytes are read. A stream that ends is simply exhausted.
        """
        request = self._request("GET", self._bases[self.links.current] + path, token=token, stall_s=stall_s)
        request.headers["Accept"] = "text/event-stream"
        request.headers["Cache-Control"] = "no-store"
        if last_event_id:
            request.headers["Last-Event-ID"] = last_event_id
        with self._faults_as_codes():
            response = self._http.send(request, stream=True)
            try:
                if response.status_code != 200 or _media_type(response) != "text/event-stream":
                    content = _read(response, ANSWER_CAP_BYTES, time.monotonic() + _TOTAL_S)
                    self._judge(response, content, {}, pinned=self._pinned)
                    raise OpsError("link.not_the_centre", retryable=True, detail=f"stream of {_media_type(response)}")
                _check_instance(response, self._pinned)
                yield ByteStream(response)
            finally:
                response.close()

    def abort(self) -> None:
        """Refuse new requests and cut what is under way, so that threads waiting for an answer come back."""
        self._closed = True
        for sock in list(self._sockets):
            _shut(sock)

    def close(self) -> None:
        """Abort, and give the connections back; call it when the threads that used them are gone."""
        self.abort()
        self._http.close()

    def _request(
        self,
        method: str,
        url: str,
        *,
        token: str,
        stall_s: float,
        query: Mapping[str, str | int | float] | None = None,
        body: bytes | None = None,
    ) -> httpx2.Request:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self._http.build_request(
            method,
            url,
            params=dict(query) if query else None,
            headers=headers,
            content=body,
            timeout=httpx2.Timeout(stall_s, connect=min(self._connect_s, stall_s), pool=self._connect_s),
            extensions={"trace": self._watch},
        )

    def _watch(self, name: str, info: Mapping[str, Any]) -> None:
        """Remember each new socket for `abort` (the trace hook of httpcore2)."""
        if name in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            sock = info["return_value"].get_extra_info("socket")
            if sock is not None:
                self._sockets.add(sock)
                if self._closed:  # `abort` came while this one was still connecting
                    _shut(sock)

    @contextmanager
    def _faults_as_codes(self) -> Iterator[None]:
        if self._closed:
            raise OpsError("link.closed")
        try:
            yield
        except httpx2.TimeoutException as error:
            raise OpsError("link.timeout", retryable=True, detail=type(error).__name__) from error
        except httpx2.DecodingError as error:
            raise OpsError("link.malformed", retryable=True, detail="content encoding") from error
        except httpx2.TransportError as error:
            raise _road_fault(error) from error
        except (httpx2.StreamError, RuntimeError) as error:
            # `close` from another thread while this one was reading, or just before it sent.
            if self._closed:
                raise OpsError("link.closed") from error
            raise

    def _judge(
        self,
        response: httpx2.Response,
        content: bytes,
        faults: Mapping[int, str],
        *,
        pinned: str,
        binary: bool = False,
    ) -> Reply:
        """Turn a complete answer into a `Reply` or raise what it means."""
        status = response.status_code
        if status in _TRANSIENT or status == 429:
            _raise_transient(response, content)
        # Before anything else is believed, a 401 above all: a portal's 401 must not cost us our tokens.
        instance = _check_instance(response, pinned)
        media = _media_type(response)
        is_ours = media == "application/json" or media.endswith("+json") or status == 204
        is_ours = is_ours or (binary and media not in {"text/html", ""})
        # A centre's framework may refuse in plain text or without a word; a page of HTML is a portal's.
        is_ours = is_ours or (status >= 400 and media != "text/html")
        if 300 <= status < 400 or not is_ours:
            raise OpsError("link.not_the_centre", retryable=True, detail=f"status {status}, {media or 'no type'}")
        if 200 <= status < 300:
            return Reply(status, content, instance, response.headers.get("Content-Range", ""))
        problem = _problem(content)
        params: dict[str, str | int | float] = {"status": status, "reason": problem.code, **_told(problem)}
        if status in faults:
            raise OpsError(faults[status], params, detail=problem.message)
        code = {401: "auth.expired", 403: "auth.forbidden"}.get(status, "link.refused")
        raise OpsError(code, params, detail=problem.message)

    def _note(self, link: int, fault: OpsError) -> None:
        """Tell the link's breaker what a fault says about the road; any true answer says that it is well."""
        if fault.code == "link.other_centre":
            self.links.refuse(link)
        elif fault.code in _ROAD:
            self.links.failed(link)
        elif fault.code != "link.closed":
            self.links.worked(link)


class ByteStream:
    """The bytes of an open event stream."""

    def __init__(self, response: httpx2.Response) -> None:
        self._response = response

    def chunks(self) -> Iterator[bytes]:
        """Yield bytes as they come, until the centre ends the stream."""
        yield from self._response.iter_bytes()

    def cut(self) -> None:
        """End the stream from another thread: its reader comes back as if the centre had hung up."""
        network = self._response.extensions.get("network_stream")
        sock = network.get_extra_info("socket") if network is not None else None
        if sock is not None:
            _shut(sock)


def _shut(sock: socket.socket) -> None:
    """Shut a socket down without touching the TLS state that another thread may be inside of."""
    try:
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
    except OSError as error:
        log.debug("socket was gone already: %s", error)


def _checked_base(url: str) -> str:
    try:
        parsed = httpx2.URL(url.strip())
    except httpx2.InvalidURL as error:
        raise OpsError("link.bad_address", {"address": ""}, detail=str(error)) from error
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo or parsed.query or parsed.fragment:
        raise OpsError("link.bad_address", {"address": parsed.host})
    if parsed.scheme == "http" and not _is_this_machine(parsed.host):
        raise OpsError("link.insecure_address", {"address": parsed.host})
    return str(parsed).rstrip("/")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_instance(response: httpx2.Response, pinned: str) -> str:
    instance: str = response.headers.get(_INSTANCE, "")
    if not instance:
        raise OpsError("link.not_the_centre", retryable=True, detail=f"no {_INSTANCE}")
    if pinned and instance != pinned:
        raise OpsError(
            "link.other_centre",
            {"found": instance, "expected": pinned, "waiting": 0},
            retryable=True,
            detail=f"instance {instance}",
        )
    return instance


def _media_type(response: httpx2.Response) -> str:
    media: str = response.headers.get("Content-Type", "")
    return media.partition(";")[0].strip().lower()


def _read(response: httpx2.Response, cap_bytes: int, deadline: float) -> bytes:
    """Read a body in pieces, never more than the cap, never slower than the slowest line allowed."""
    parts: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        parts.append(chunk)
        size += len(chunk)
        if size > cap_bytes:
            raise OpsError("link.too_large", {"cap_mib": cap_bytes // MIB}, retryable=True)
        if time.monotonic() > deadline + size / _SLOWEST_BYTES_PER_S:
            raise OpsError("link.timeout", retryable=True, detail="answer too slow")
    return b"".join(parts)


def _problem(content: bytes) -> Problem:
    try:
        return read_as(Problem, content)
    except (RecursionError, UnicodeDecodeError):
        return Problem()


def _told(problem: Problem) -> dict[str, str]:
    """Return who was first, and when, where a refusal says so: an officer is told that too."""
    detail = problem.detail if isinstance(problem.detail, dict) else {}
    return {name: detail[name] for name in ("by", "at") if isinstance(detail.get(name), str)}


def _retry_after_s(response: httpx2.Response, problem: Problem) -> float | None:
    """Return what the centre asked for: the header in seconds or as a date, else the body's field."""
    header = response.headers.get("Retry-After", "")
    try:
        seconds = float(header)
    except ValueError:
        until = _http_date(header)
        if until is None:
            return problem.retry_after
        written = _http_date(response.headers.get("Date", "")) or datetime.now(UTC)  # our clock may be hours off theirs
        seconds = max(0.0, (until - written).total_seconds())
    return seconds if 0 <= seconds < 86_400 else None


def _http_date(text: str) -> datetime | None:
    """Read a date as HTTP writes it; None if it is none."""
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _raise_transient(response: httpx2.Response, content: bytes) -> Never:
    status = response.status_code
    problem = _problem(content)
    retry_after_s = _retry_after_s(response, problem)
    if status == 429 or (status == 503 and retry_after_s is not None):
        seconds = 5.0 if retry_after_s is None else retry_after_s
        raise OpsError("link.throttled", {"seconds": seconds}, retryable=True)
    raise OpsError("link.server_error", {"status": status, "reason": problem.code}, retryable=True)


def _road_fault(error: httpx2.TransportError) -> OpsError:
    """Tell a TLS refusal, which no waiting heals, from a road that is merely down."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            # OpenSSL's X509_V_ERR_*: the dates deserve their own words, the local clock may be to blame.
            reason = {9: "not_yet_valid", 10: "expired", 62: "host"}.get(cause.verify_code, "untrusted")
            return OpsError("link.tls", {"reason": reason}, retryable=True, detail=cause.verify_message)
        if isinstance(cause, ssl.SSLError):
            return OpsError("link.tls", {"reason": "handshake"}, retryable=True, detail=str(cause.reason))
        cause = cause.__cause__ or cause.__context__
    return OpsError("link.unreachable", retryable=True, detail=f"{type(error).__name__}: {error}")
