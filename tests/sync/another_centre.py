"""Another centre: the contract's page read by somebody else, on the standard library alone, as plain as can be.

It leaves out what the page does not ask for (a cursor on the snapshot, `next` on stream events, digests, epochs on
pages), writes JSON with spaces, hashes the items before it frames them, and adds fields and kinds of its own.
"""

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

INSTANCE, EPOCH = "another-centre", "2026"
OFFICER = {"id": "7", "name": "Chen Jie", "roles": ["duty_chief"], "scopes": ["*"], "shoe_size": 41}


class AnotherCentre:
    """Runs on a port of its own until closed; `order` and `change` look at and alter what it holds."""

    def __init__(self, orders: int, instance: str = INSTANCE, name: str = "") -> None:
        self.instance = instance
        self.name = name
        self.lock = threading.Condition()
        self.log: list[dict[str, Any]] = []
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.outcomes: dict[str, dict[str, Any]] = {}
        for number in range(orders):
            data = {"number": f"A-{number}", "title": f"Order {number}", "state": "reported", "mood": "calm"}
            self.change("work_order", f"o{number}", data)
        self.change("hologram", "h1", {"anything": [1, {"deep": True}]})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="another-centre")
        self._thread.start()

    def close(self) -> None:
        with self.lock:
            self.closed = True
            self.lock.notify_all()
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()

    closed = False

    def change(self, kind: str, object_id: str, data: dict[str, Any], by_op: str | None = None) -> int:
        with self.lock:
            ver = self.rows.get((kind, object_id), {"ver": 0})["ver"] + 1
            self.rows[kind, object_id] = {"kind": kind, "id": object_id, "ver": ver, "data": data}
            lsn = len(self.log) + 1
            entry = {**self.rows[kind, object_id], "lsn": lsn, "prev_lsn": lsn - 1, "op": "upsert", "by_op": by_op}
            self.log.append(entry)
            self.lock.notify_all()
            return lsn

    def remove(self, kind: str, object_id: str) -> None:
        with self.lock:
            row = self.rows.pop((kind, object_id))
            lsn = len(self.log) + 1
            entry = {"kind": kind, "id": object_id, "ver": row["ver"] + 1, "data": None, "op": "delete"}
            self.log.append(entry | {"lsn": lsn, "prev_lsn": lsn - 1, "by_op": None})
            self.lock.notify_all()

    def data(self, object_id: str) -> dict[str, Any]:
        with self.lock:
            return dict(self.rows["work_order", object_id]["data"])

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> tuple[int, Any]:
        with self.lock:
            match (method, path):
                case ("POST", "/v1/auth/token"):
                    if body.get("password") == "wrong":
                        return 401, {"code": "no", "message": "no"}
                    return 200, {"access": "a", "refresh": "r", "expires_in": 600, "officer": OFFICER}
                case ("GET", "/v1/hello"):
                    head = len(self.log)
                    hello = {"instance_id": self.instance, "epoch": EPOCH, "head_lsn": head, "server_time": _now()}
                    return 200, hello | ({"name": self.name} if self.name else {})
                case ("GET", "/v1/sync/snapshot"):
                    return 200, self._snapshot(int(query.get("page", ["0"])[0]))
                case ("GET", "/v1/sync/changes"):
                    since = int(query["since"][0])
                    found = self.log[since : since + int(query.get("limit", ["500"])[0])]
                    reached = found[-1]["lsn"] if found else since
                    more = reached < len(self.log)
                    return 200, {"changes": found, "next": str(reached), "has_more": more, "head_lsn": len(self.log)}
                case ("POST", "/v1/ops"):
                    return 200, {"results": [self._op(op) for op in body["ops"]]}
        return 404, {"code": "not_found", "message": "There is no such thing here."}

    def _snapshot(self, page: int) -> dict[str, Any]:
        items = list(self.rows.values())
        half = len(items) // 2
        part = items[:half] if page == 0 else items[half:]
        digest = hashlib.sha256(json.dumps(part).encode()).hexdigest()
        return {"lsn": len(self.log), "page": page, "pages": 2, "items": part, "sha256": digest, "complete": page == 1}

    def _op(self, op: dict[str, Any]) -> dict[str, Any]:
        if op["op_id"] in self.outcomes:
            return {**self.outcomes[op["op_id"]], "status": "duplicate"}
        if ("work_order", op["target"]["id"]) not in self.rows:
            return {"op_id": op["op_id"], "status": "rejected", "code": "gone"}
        data = self.data(op["target"]["id"])
        if op["verb"] == "accept" and data["state"] != "reported":
            return {"op_id": op["op_id"], "status": "conflict", "code": "too_late", "by": "Wang", "at": _now()}
        data = {**data, "state": "accepted", "accepted_times": data.get("accepted_times", 0) + 1}
        lsn = self.change("work_order", op["target"]["id"], data, op["op_id"])
        self.outcomes[op["op_id"]] = {"op_id": op["op_id"], "status": "applied", "lsn": lsn, "ver": 2}
        return self.outcomes[op["op_id"]]

    def _handler(centre) -> type[BaseHTTPRequestHandler]:  # noqa: C901, N805 - one handler, read whole
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                if urlsplit(self.path).path == "/v1/stream":
                    self._stream()
                else:
                    self._answer({})

            def do_POST(self) -> None:
                self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}"))

            def _answer(self, body: dict[str, Any]) -> None:
                parts = urlsplit(self.path)
                status, answer = centre.answer(self.command, parts.path, parse_qs(parts.query), body)
                text = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("X-Hall-Instance", centre.instance)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def _stream(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("X-Hall-Instance", centre.instance)
                self.send_header("Connection", "close")
                self.end_headers()
                told = len(centre.log)
                try:
                    self._say("hb", 0, {"head_lsn": told, "server_time": _now()})
                    while not centre.closed:
                        with centre.lock:
                            centre.lock.wait(1.0)
                            news = [] if centre.closed else centre.log[told:]
                        for entry in news:
                            self._say("change", entry["lsn"], {k: v for k, v in entry.items() if k != "data"})
                            told = entry["lsn"]
                        self._say("hb", told, {"head_lsn": told, "server_time": _now()})
                except OSError:
                    self.close_connection = True

            def _say(self, event: str, lsn: int, data: dict[str, Any]) -> None:
                self.wfile.write(f"id: {lsn}\nevent: {event}\ndata: {json.dumps(data)}\n\n".encode())
                self.wfile.flush()

        return Handler


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
