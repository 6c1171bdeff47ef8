"""A centre that keeps to the contract and uses every freedom in it otherwise than the drill does.

HTTP/1.0 with packed bodies, null for what it does not have, ids with spaces, slashes and percent signs, numbers near
2^53 with holes between them, cursors that tell nothing, pages without items, waits that end with 204, tokens of a few
seconds that are exchanged each time, times three hours ahead, refusals without JSON, an event stream with a byte order
mark, CR LF, comments and data in several lines, or none at all.
"""

import gzip
import hashlib
import itertools
import json
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

INSTANCE, EPOCH = "urn:hall:north/7;x=1 (b)", "第二/代"
FIRST_LSN = 2**53 - 1_000_000
PASSWORD = "Correct-1"
OFFICER = {"id": "官 员/1", "name": "欧阳·买买提", "roles": ["duty_chief", "astrologer"], "scopes": ["orders.write"]}
RELIEF = {"id": "官 员/2", "name": "Ælfgifu", "roles": ["duty_chief"], "scopes": ["orders.write"]}
_ABSENT = dict.fromkeys(("staff_no", "department", "hall", "must_change_password", "password_expires_at"))
_CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "identity": bytes}


def order_id(number: int) -> str:
    """An id that nobody should have to parse; no longer than 80 characters."""
    return f"工单 {number}/号%20?#&\"'<b>😀" + "长" * (number % 50)


class OddCentre:
    """Runs on a port of its own until closed.

    Attributes:
        streams: Whether it has an event stream; without one it answers 401 there to every token.
        away: It answers nothing but 503.
        officers: Who may sign in, by user name; whoever is missing has a closed account.
        requests: Paths, in the order in which they were asked for.
    """

    def __init__(self, orders: int = 40) -> None:
        self.streams, self.away, self.closed = True, False, False
        self.officers: dict[str, dict[str, Any]] = {"chief": _ABSENT | OFFICER, "relief": _ABSENT | RELIEF}
        self.lock = threading.Condition()
        self.log: list[dict[str, Any]] = []
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.outcomes: dict[str, dict[str, Any]] = {}
        self.sessions: dict[str, tuple[str, float]] = {}
        self.requests: list[str] = []
        self.password = PASSWORD
        self._sayings: list[str] = []
        self._serial = itertools.count(1)
        self.change("quantum_flux", "未知/类", {"anything": [None, {"deep": True}]})
        for number in range(orders):
            data = {
                "number": f"N{number}",
                "title": f"他处事项 {number}",
                "state": "reported",
                "due": None,
                "place": None,
            }
            self.change("work_order", order_id(number), {**data, "urgency": "apocalyptic", "limits": None, "x": [1]})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.block_on_close = True
        self._server.daemon_threads = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="odd-centre")
        self._thread.start()

    def close(self) -> None:
        with self.lock:
            self.closed = True
            self.lock.notify_all()
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()

    def change(self, kind: str, object_id: str, data: dict[str, Any] | None, op: str = "upsert") -> int:
        """Write a change; without `data` the record goes (`op`: delete or revoke)."""
        with self.lock:
            ver = self.rows.get((kind, object_id), {"ver": 0})["ver"] + 1
            lsn = FIRST_LSN + 3 * len(self.log)
            entry = {"kind": kind, "id": object_id, "ver": ver, "data": data, "op": op, "lsn": lsn, "by_op": None}
            self.log.append(entry | {"prev_lsn": self.log[-1]["lsn"] if self.log else None, "zone": {"a": [None]}})
            self.rows[kind, object_id] = {"kind": kind, "id": object_id, "ver": ver, "data": data}
            self.lock.notify_all()
            return lsn

    def data(self, number: int) -> dict[str, Any]:
        with self.lock:
            return dict(self.rows["work_order", order_id(number)]["data"])

    def say(self, event: str) -> None:
        """Have every open stream say an event that carries nothing."""
        with self.lock:
            self._sayings.append(event)
            self.lock.notify_all()

    # --- answers

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, token: str) -> tuple[int, Any]:
        if self.away:
            return 503, None
        if path == "/v1/hello":
            return 200, _hello(self.log[-1]["lsn"])
        if path == "/v1/auth/token":
            return self._grant(body)
        username, until = self.sessions.get(token, ("", 0.0))
        if username not in self.officers or until < time.monotonic():
            return 401, None  # without a word, as some frameworks do
        match method, path:
            case "GET", "/v1/me":
                return 200, self.officers[username]
            case "POST", "/v1/auth/password":
                return self._change_password(username, body)
            case "GET", "/v1/sync/snapshot":
                return 200, self._page(int(query.get("page", "0")))
            case "GET", "/v1/sync/changes":
                return self._changes(query["since"], int(query.get("wait", "0")))
            case "POST", "/v1/ops":
                return 200, {"results": [self._op(op, username) for op in body["ops"]]}
        return 404, None

    def _grant(self, body: dict[str, Any]) -> tuple[int, Any]:
        if body["grant"] == "refresh":
            username = self.sessions.get(body["refresh"], ("", 0.0))[0]
        elif body["password"] == self.password:
            username = body["username"]
        else:
            return 401, {"code": "wrong_password", "message": None, "detail": None, "retry_after": None}
        if username not in self.officers:
            return 401, {"code": "account_closed", "message": None, "detail": None, "retry_after": None}
        access, refresh = (f"{each}.{next(self._serial)}~+/=" for each in ("a", "r"))
        self.sessions[access] = username, time.monotonic() + 1.0
        self.sessions[refresh] = username, 0.0
        officer, policy = self.officers[username], {"password": {"min_length": "eight", "history": None}}
        return 200, {"access": access, "refresh": refresh, "expires_in": 1, "officer": officer, "policy": policy}

    def _change_password(self, username: str, body: dict[str, str]) -> tuple[int, Any]:
        if body["old"] != self.password:
            return 403, None
        self.password = body["new"]
        self.officers[username] |= {"password_expires_at": None}
        return 200, self.officers[username]

    def _page(self, number: int) -> dict[str, Any]:
        items = [row for row in self.rows.values() if row["data"] is not None]
        half = len(items) // 2
        part = [[], items[:half], [], items[half:], []][number]  # of the five the first, third and last are empty
        lsn, last = self.log[-1]["lsn"], number == 4
        told = {
            "snapshot": None,
            "epoch": None,
            "counts": None,
            "complete": last,
            "cursor": _cursor(lsn) if last else None,
        }
        return {"sha256": hashlib.sha256(json.dumps(part).encode()).hexdigest(), **told, "items": part} | {
            "lsn": lsn,
            "page": number,
            "pages": 5,
        }

    def _changes(self, since: str, wait_s: int) -> tuple[int, Any]:
        position, _, seen = since.rpartition("=")[2].partition("+")
        with self.lock:
            found = [entry for entry in self.log if entry["lsn"] > int(position)][:7]
            if not found:
                self.lock.wait(min(wait_s, 0.5))
                return (204, None) if wait_s else (200, {"changes": [], "next": since})
            head = self.log[-1]["lsn"]
        if not seen:  # what was looked at had nothing for this session: there is more, further on
            return 200, {"changes": [], "next": f"{since}+1", "has_more": True, "head_lsn": head}
        at = found[-1]["lsn"]
        more = {"has_more": at < head, "head_lsn": None, "epoch": None, "server_time": None}
        return 200, {"changes": found, "next": _cursor(at)} | more

    def _op(self, op: dict[str, Any], username: str) -> dict[str, Any]:
        nothing = dict.fromkeys(("lsn", "code", "message", "current", "by", "at"))
        if op["op_id"] in self.outcomes:
            return nothing | self.outcomes[op["op_id"]] | {"status": "duplicate"}
        row = self.rows["work_order", op["target"]["id"]]
        if row["data"] is None:
            return nothing | {"op_id": op["op_id"], "status": "rejected", "code": "object_unknown"}
        done = [*row["data"].get("done", ()), {"verb": op["verb"], "actor": op["actor"], "by": username}]
        state = "accepted" if op["verb"] == "accept" else row["data"]["state"]
        lsn = self.change("work_order", op["target"]["id"], {**row["data"], "state": state, "done": done})
        self.outcomes[op["op_id"]] = {"op_id": op["op_id"], "status": "applied", "lsn": lsn, "ver": row["ver"] + 1}
        return nothing | self.outcomes[op["op_id"]]

    def _handler(centre) -> type[BaseHTTPRequestHandler]:  # noqa: C901, N805 - one handler, read whole
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                self._answer({})

            def do_POST(self) -> None:
                self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}"))

            def _answer(self, body: Any) -> None:
                parts = urlsplit(self.path)
                centre.requests.append(parts.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                if parts.path == "/v1/stream" and centre.streams and not centre.away:
                    self._stream()
                    return
                status, answer = centre.answer(self.command, parts.path, query, body, token)
                coding = list(_CODINGS)[len(centre.requests) % 3]
                self.send_response(401 if parts.path == "/v1/stream" else status)
                self.send_header("x-hall-instance", INSTANCE)
                if answer is not None:
                    self.send_header("content-type", "application/json; charset=utf-8")
                    self.send_header("content-encoding", coding)
                self.end_headers()
                if answer is not None:
                    self.wfile.write(_CODINGS[coding](json.dumps(answer).encode()))

            def _stream(self) -> None:
                self.send_response(200)
                self.send_header("x-hall-instance", INSTANCE)
                self.send_header("content-type", "Text/Event-Stream;charset=UTF-8")
                self.end_headers()
                told, said = len(centre.log), len(centre._sayings)
                try:
                    self._say("\ufeff: good morning\r\nretry: 3000\r\n\r\nevent: telepathy\r\ndata: {}\r\n\r\n")
                    while not (centre.closed or centre.away):
                        head = centre.log[-1]["lsn"]
                        self._say(f'event:hb\r\ndata: {{"head_lsn":\r\ndata:{head},"server_time":null}}\r\n: c\r\n\r\n')
                        with centre.lock:
                            centre.lock.wait(1.0)
                            news, told = centre.log[told:], len(centre.log)
                            sayings, said = centre._sayings[said:], len(centre._sayings)
                        for event in sayings:
                            self._say(f"event: {event}\r\ndata: {{}}\r\n\r\n")
                        for entry in news:
                            complete = entry | {"next": _cursor(entry["lsn"])}
                            self._say(f"id: {entry['lsn']}\r\nevent: change\r\ndata: {json.dumps(complete)}\r\n\r\n")
                except OSError:
                    self.close_connection = True

            def _say(self, text: str) -> None:
                self.wfile.write(text.encode())
                self.wfile.flush()

        return Handler


def _cursor(lsn: int) -> str:
    return f"é&{quote(EPOCH)}/+ ={lsn}"


def _hello(head: int) -> dict[str, Any]:
    ahead = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    told = {"min_lsn": None, "schema_ver": 7, "min_client": "99.1-beta", "name": None, "server_time": ahead}
    return {"instance_id": INSTANCE, "epoch": EPOCH, "head_lsn": head} | told
