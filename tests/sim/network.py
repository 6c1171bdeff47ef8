"""The line between one seat and the centre, with everything that can happen to an exchange on it.

It stands where the sockets would be (`httpx2.BaseTransport`): the engine's own HTTP code, decoding included, runs.
"""

import json
import random
from collections import deque
from collections.abc import Callable

import httpx2

from tests.sim.centre import Centre, RefusalError
from tests.sim.clock import VirtualClock

FAULTS = (
    "refused",
    "timeout",
    "lost",  # the centre acted, the answer never came
    "duplicate",  # the request arrived twice
    "truncated",
    "html",
    "foreign",  # an answer without the centre's mark
    "408",
    "429",
    "500",
    "503",
    "413",
    "401",
    "scrambled",  # answers for other operations than those sent
    "unsure",  # the centre says retry
)


class Killed(BaseException):
    """SIGKILL: nothing in the engine may catch it."""


class Line(httpx2.BaseTransport):
    """One seat's line. `faults` are used up, one for each exchange; `kill_at` cuts the seat off in mid-exchange."""

    def __init__(self, centre: Centre, clock: VirtualClock, chance: random.Random) -> None:
        self._centre = centre
        self._clock = clock
        self._chance = chance
        self.down = False
        self.faults: deque[str] = deque()
        self.kill_at = ""
        self.when_answered: Callable[[], None] | None = None  # once, when an answer to operations has arrived

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        body = request.read()
        self._clock.advance(self._chance.uniform(0.005, 0.1))
        self._perhaps_kill("before the request", request)
        if self.down:
            raise httpx2.ConnectError("down")
        fault = self.faults.popleft() if self.faults else ""
        if fault == "refused":
            raise httpx2.ConnectError(fault)
        if fault == "timeout":
            self._clock.advance(5.0)
            raise httpx2.ReadTimeout(fault)
        if fault in {"408", "429", "500", "503", "413", "401"}:
            return self._reply(int(fault), {"code": f"fault_{fault}", "retry_after": 2})
        if fault == "html":
            return httpx2.Response(200, html="<h1>welcome</h1>")
        self._ask(request, body) if fault == "duplicate" else None
        status, answer = self._ask(request, body)
        if fault == "lost":
            raise httpx2.ReadError(fault)
        self._perhaps_kill("after the request", request)
        self._tell_answered(request)
        if fault in {"scrambled", "unsure"} and "results" in answer:
            answer = {"results": [_spoilt(result, fault) for result in answer["results"]]}
        reply = self._reply(status, answer)
        if fault == "foreign":
            del reply.headers["X-Hall-Instance"]
        if fault == "truncated":
            cut = self._chance.randrange(len(reply.content))
            return httpx2.Response(reply.status_code, headers=_HEADERS, content=reply.content[:cut])
        return reply

    def _ask(self, request: httpx2.Request, body: bytes) -> tuple[int, dict[str, object]]:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            return 200, self._centre.answer(request.method, request.url.path, dict(request.url.params), token, body)
        except RefusalError as refusal:
            return refusal.status, {"code": refusal.code}

    def _reply(self, status: int, answer: dict[str, object]) -> httpx2.Response:
        content = json.dumps(answer, separators=(",", ":")).encode()
        return httpx2.Response(status, headers=_HEADERS, content=content)

    def _tell_answered(self, request: httpx2.Request) -> None:
        if self.when_answered is not None and request.url.path == "/v1/ops":
            answered, self.when_answered = self.when_answered, None
            answered()

    def _perhaps_kill(self, place: str, request: httpx2.Request) -> None:
        if self.kill_at == place and request.url.path == "/v1/ops":
            self.kill_at = ""
            raise Killed


_HEADERS = {"X-Hall-Instance": Centre.instance, "Content-Type": "application/json"}


def _spoilt(result: dict[str, object], fault: str) -> dict[str, object]:
    if fault == "scrambled":
        return {**result, "op_id": f"not {result['op_id']}"}
    return {"op_id": result["op_id"], "status": "retry", "code": "busy"}
