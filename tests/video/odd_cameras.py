"""Cameras that are not as they should be: a small RTSP server whose every answer and picture is scripted by the test.

It speaks RTSP 1.0 over TCP alone (RFC 2326, packets interleaved with the answers) and sends H.264. Each connection is
one viewer on a thread of its own. What it is sent is an iterator of `Packet`; when that ends, the connection is closed.
"""

import contextlib
import itertools
import math
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import TracebackType
from typing import NamedTuple, Self

import av
import numpy as np

from desktop.drill.cameras.rtp import CLOCK_HZ, AccessUnit, pack_access_unit

_IDLE_S = 0.02
STREET_KEY_EVERY = 125


class Packet(NamedTuple):
    """What a camera sends next: after how many seconds, which picture, and with which time on the 90 kHz clock."""

    pause_s: float
    picture: AccessUnit
    time: int


Script = Callable[[], Iterator[Packet]]


@dataclass(frozen=True)
class Answer:
    """An answer of a camera instead of its usual one; a status without a text has none."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OddCamera:
    """One camera.

    Attributes:
        script: What it sends to each viewer after PLAY.
        answers: By method, what it answers instead of what is usual.
        tracks: Lines of its session description from the first ``m=`` on; ``{sets}`` are the parameter sets.
        sets: Parameter sets as the description tells them; "" for none.
        session_s: It closes a session of which it hears nothing for so long, seconds.
        prefix: Sent between PLAY's answer and the first packet.
    """

    script: Script
    answers: Mapping[str, Answer] = field(default_factory=dict)
    tracks: str = "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=1{sets}\na=control:v"
    sets: str = ""
    session_s: float = 60.0
    prefix: bytes = b""


class Film:
    """Coded pictures, made once with FFmpeg's encoder, that scripts are made of.

    Kinds: ``moving``, ``still``, ``black``, and ``street``: nothing happens in it. Between its key frames, five
    seconds apart, all pictures are the same to the last bit; each key frame has another noise.
    """

    def __init__(
        self, *, kind: str = "moving", width: int = 320, height: int = 180, pictures: int = 50, key_every: int = 25
    ) -> None:
        encoder = av.CodecContext.create("libx264", "w")
        encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
        encoder.time_base, encoder.framerate, encoder.gop_size = Fraction(1, 25), Fraction(25), key_every
        encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "x264-params": "sliced-threads=0:scenecut=0"}
        self.units: list[AccessUnit] = []
        self.sets = ""
        for number in range(pictures):
            frame = av.VideoFrame.from_ndarray(_drawn(kind, number, width, height), format="rgb24")
            frame.pts = number
            for packet in encoder.encode(frame):
                self._add(bytes(packet), key=packet.is_keyframe)
        for packet in encoder.encode(None):
            self._add(bytes(packet), key=packet.is_keyframe)

    def _add(self, coded: bytes, *, key: bool) -> None:
        nals = [nal for nal in _nals(coded) if nal[0] & 0x1F != 6]
        if not self.sets:
            sets = ",".join(b64encode(nal).decode() for nal in nals if nal[0] & 0x1F in (7, 8))
            self.sets = f";sprop-parameter-sets={sets}"
        self.units.append(pack_access_unit(nals, key=key))

    def play(self, *, fps: float = 25.0, times: float = math.inf, first: int = 0) -> Iterator[Packet]:
        """Send it over and over, at most `times` pictures in all, beginning with picture number `first`."""
        for number in itertools.count():
            if number >= times:
                return
            picture = self.units[(first + number) % len(self.units)]
            yield Packet(1 / fps, picture, int(number * CLOCK_HZ / fps))


def _drawn(kind: str, number: int, width: int, height: int) -> np.ndarray:
    if kind == "black":
        return np.zeros((height, width, 3), np.uint8)
    noise = number // STREET_KEY_EVERY if kind == "street" else 7
    picture = np.random.default_rng(noise).integers(40, 100, (height, width, 3), dtype=np.uint8)
    if kind == "moving":
        left = number * 4 % max(1, width - 16)
        picture[:, left : left + 16] = (220, 40, 40)
    return picture


def _nals(coded: bytes) -> Iterator[bytes]:
    for piece in coded.replace(b"\x00\x00\x00\x01", b"\x00\x00\x01").split(b"\x00\x00\x01"):
        if piece:
            yield piece


class OddCameras:
    """The server: cameras by the path of their address."""

    def __init__(self, cameras: Mapping[str, OddCamera]) -> None:
        self._cameras = dict(cameras)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._accept, name="odd-cameras")]
        self.requests: list[tuple[str, str]] = []
        """Method and path, of every request there was."""
        self.port = self._socket.getsockname()[1]
        self.url = f"rtsp://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        self._socket.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                thread = threading.Thread(target=self._serve, args=(self._socket.accept()[0],), name="odd-camera")
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(_IDLE_S)
            _Viewer(connection, self._cameras, self._stop, self.requests).serve()


class _Viewer:
    """One connection."""

    def __init__(
        self,
        connection: socket.socket,
        cameras: Mapping[str, OddCamera],
        stop: threading.Event,
        requests: list[tuple[str, str]],
    ) -> None:
        self._connection = connection
        self._cameras = cameras
        self._stop = stop
        self._requests = requests
        self._read = b""
        self._heard_at = time.monotonic()
        self._camera: OddCamera | None = None
        self._packets: Iterator[Packet] | None = None
        self._next: Packet | None = None
        self._due_at = math.inf
        self._sequence = 0

    def serve(self) -> None:
        """Answer and send until the viewer or the script has enough."""
        while not self._stop.is_set():
            if self._camera is not None and time.monotonic() - self._heard_at > self._camera.session_s:
                return
            if time.monotonic() >= self._due_at and not self._send():
                return
            self._connection.settimeout(min(_IDLE_S, max(0.001, self._due_at - time.monotonic())))
            try:
                piece = self._connection.recv(4096)
            except TimeoutError:
                continue
            if not piece:
                return
            self._read += piece
            while self._take():
                pass

    def _take(self) -> bool:
        """Take one message out of what was read: a request, or an RTCP packet of the viewer's."""
        if self._read.startswith(b"$"):
            length = 4 + int.from_bytes(self._read[2:4]) if len(self._read) >= 4 else math.inf
            if len(self._read) < length:
                return False
            self._read = self._read[int(length) :]
            return True
        head, end, rest = self._read.partition(b"\r\n\r\n")
        if not end:
            return False
        self._read = rest
        self._heard_at = time.monotonic()
        self._answer(head.decode("utf-8", "replace"))
        return True

    def _answer(self, head: str) -> None:
        method, url, *_ = head.split(" ", 2)
        path = "/" + url.split("/", 3)[3].partition("/")[0] if url.count("/") > 2 else "/"
        self._requests.append((method, path))
        camera = self._cameras.get(path)
        usual, body = self._usual(method, camera)
        answer = camera.answers.get(method, usual) if camera is not None else usual
        if answer.status != 200:
            body = b""
        sequence = next(line.split(":")[1].strip() for line in head.split("\r\n") if line.lower().startswith("cseq"))
        lines = [f"RTSP/1.0 {answer.status} Said so", f"CSeq: {sequence}"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        lines += [f"Content-Length: {len(body)}"] if body else []
        self._connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        if method == "PLAY" and answer.status == 200 and camera is not None:
            self._camera = camera
            self._connection.sendall(camera.prefix)
            self._packets = camera.script()
            self._advance()

    def _usual(self, method: str, camera: OddCamera | None) -> tuple[Answer, bytes]:
        if camera is None:
            return Answer(404), b""
        match method:
            case "OPTIONS":
                return Answer(200, {"Public": "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER"}), b""
            case "DESCRIBE":
                head = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=odd\nc=IN IP4 0.0.0.0\nt=0 0\n"
                body = (head + camera.tracks.replace("{sets}", camera.sets) + "\n").replace("\n", "\r\n").encode()
                return Answer(200, {"Content-Type": "application/sdp"}), body
            case "SETUP":
                seconds = math.ceil(camera.session_s)
                transport = "RTP/AVP/TCP;unicast;interleaved=0-1"
                return Answer(200, {"Session": f"7;timeout={seconds}", "Transport": transport}), b""
            case _:
                return Answer(200, {"Session": "7"}), b""

    def _advance(self) -> bool:
        assert self._packets is not None
        self._next = next(self._packets, None)
        if self._next is None:
            return False
        self._due_at = time.monotonic() + self._next.pause_s
        return True

    def _send(self) -> bool:
        """Send the picture that is due; False when it was the last."""
        assert self._next is not None
        picture, sent_at = self._next.picture, self._due_at
        piece = picture.stamped(channel=0, sequence=self._sequence, timestamp=self._next.time, source=7)
        self._sequence += len(picture.starts)
        self._connection.settimeout(5.0)
        self._connection.sendall(piece)
        if not self._advance():
            return False
        self._due_at = sent_at + self._next.pause_s
        return True
