"""Servers for the tests: GStreamer's RTSP server, one that never answers, and one that sends a file over HTTP."""

import contextlib
import http.server
import json
import re
import selectors
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_SCRIPT = Path(__file__).with_name("gst_server.py")
_READY_S = 20.0


class GstServer:
    """GStreamer's RTSP server as a process; can be killed and started again on the same port."""

    def __init__(self, mounts: dict[str, dict[str, Any]], **settings: Any) -> None:
        self._config = {"mounts": mounts, **settings}
        self._process: subprocess.Popen[bytes] | None = None
        self.port = int(settings.get("port", 0))

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._process = subprocess.Popen(
            ["/usr/bin/python3", str(_SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        config = self._config | {"port": self.port}
        self._process.stdin.write(json.dumps(config).encode() + b"\n")
        self._process.stdin.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            assert selector.select(_READY_S), "the GStreamer server did not start"
        self.port = int(self._process.stdout.readline())

    def freeze(self) -> None:
        """Let it say nothing more, with all its connections open."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(10)
            process.stdin.close()
            process.stdout.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.kill()


class SilentServer:
    """Accepts connections and never says a word."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self._held: list[socket.socket] = []
        self._stop = threading.Event()
        self.accepted = threading.Event()
        self._thread = threading.Thread(target=self._accept, name="silent-server")
        self.port = self._socket.getsockname()[1]

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                self._held.append(self._socket.accept()[0])
            except TimeoutError:
                continue
            self.accepted.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join(5)
        for held in self._held:
            held.close()
        self._socket.close()


class _Answers(http.server.BaseHTTPRequestHandler):
    """Answers each path as told: a status, a type, and pieces sent in time, over and over."""

    answers: dict[str, "Answer"]

    def do_GET(self) -> None:
        answer = self.answers.get(self.path, Answer(404))
        if answer.credentials and self.headers.get("Authorization") != f"Basic {answer.credentials}":
            answer = Answer(401)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        if answer.status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="cameras"')
        self.end_headers()
        gone = threading.Event()
        with contextlib.suppress(OSError):  # the viewer has seen enough
            for piece in answer.pieces:
                self.wfile.write(piece)
                gone.wait(answer.pause_s)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class named it
        pass


@dataclass(frozen=True)
class Answer:
    """What a path of an `AnsweringServer` sends; `credentials` as Basic authentication writes them."""

    status: int = 200
    content_type: str = "application/octet-stream"
    pieces: tuple[bytes, ...] = ()
    pause_s: float = 0.0
    credentials: str = ""


class AnsweringServer:
    """An HTTP server that answers as it is told."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        handler = type("Handler", (_Answers,), {"answers": answers})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="answering-server")
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class named it
        pass


class HttpServer:
    """Sends the files of a folder."""

    def __init__(self, folder: Path) -> None:
        def handler(*args: Any) -> _Quiet:
            return _Quiet(*args, directory=str(folder))

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="http-server")
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()


def command_lines(pids: list[int]) -> str:
    """What anybody can read of processes: arguments and (as the same user) environment."""
    return "\n".join(
        re.sub(r"\0", " ", (Path("/proc") / str(pid) / name).read_bytes().decode("utf-8", "replace"))
        for pid in pids
        for name in ("cmdline", "environ")
    )


class Door:
    """A way to a server behind it that is open for a while; then whoever is inside is put out."""

    def __init__(self, port: int, open_s: float) -> None:
        self._behind = port
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self.port = self._socket.getsockname()[1]
        self.put_out = 0
        self._alive = 0
        self._timer = threading.Timer(open_s, self._end)
        self._start(self._accept)
        self._timer.start()

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        thread = threading.Thread(target=work, args=arguments, name="door")
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                visitor = self._socket.accept()[0]
                inside = socket.create_connection(("127.0.0.1", self._behind))
                with self._lock:
                    self._pairs += [visitor, inside]
                    self._alive += 1
                self._start(self._carry, visitor, inside)
                self._start(self._carry, inside, visitor)

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
        with self._lock:
            self._alive -= 0.5
        _shut(target)

    def _end(self) -> None:
        with self._lock:
            self.put_out += round(self._alive)
            pairs = list(self._pairs)
        _shut(self._socket)
        for each in pairs:
            _shut(each)

    def close(self) -> None:
        self._timer.cancel()
        self._end()
        for thread in self._threads:
            thread.join(5)
        self._socket.close()
        for each in self._pairs:
            each.close()


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
