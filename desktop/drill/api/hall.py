"""What seats show each other, and the history of instruments."""

from datetime import datetime

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.central.schema import FocusRequest, HallEvent
from desktop.domain.sla import parse_time
from desktop.drill.api.exchange import Gate, json_answer, query_int, read_body
from desktop.drill.api.problems import Refusal
from desktop.drill.clock import Clock
from desktop.drill.store.log import Log
from desktop.drill.stream import Hub
from desktop.drill.vitals import MAX_POINTS, ReadingsRefused, readings

MAX_SCREENS = 64


class HallApi:
    """Endpoints under ``/v1/hall`` and ``/v1/vitals``."""

    def __init__(self, gate: Gate, log: Log, hub: Hub, clock: Clock) -> None:
        self._gate = gate
        self._log = log
        self._hub = hub
        self._clock = clock

    def routes(self) -> list[Route]:
        """Return the routes of this part."""
        return [
            Route("/v1/hall/focus", self._focus, methods=["POST"]),
            Route("/v1/vitals/{id}/readings", self._readings, methods=["GET"]),
        ]

    async def _focus(self, request: Request) -> Response:
        session = await self._gate.admitted(request, "orders.write")
        wish = await read_body(request, FocusRequest)
        if len(wish.screens) > MAX_SCREENS:
            raise Refusal(422, "invalid", detail=f"at most {MAX_SCREENS} screens")
        if await run_in_threadpool(self._log.get, wish.object.kind, wish.object.id) is None:
            raise Refusal(404, "object_unknown")
        event = HallEvent(
            object=wish.object,
            screens=wish.screens,
            by=session.officer.name,
            officer=session.officer.id,
            device_id=session.device_id,
            at=self._clock.now_text(),
        )
        self._hub.announce(msgspec.json.encode(event))
        return Response(status_code=204)

    async def _readings(self, request: Request) -> Response:
        await self._gate.session(request)
        since, until = _moment(request, "from"), _moment(request, "to")
        points = query_int(request, "points", 300, 1, MAX_POINTS)
        wanted = request.path_params["id"]
        try:
            page = await run_in_threadpool(readings, wanted, since, until, points, self._clock.now())
        except ReadingsRefused as refused:
            raise Refusal(404, refused.code) from refused
        return json_answer(page)


def _moment(request: Request, name: str) -> datetime:
    moment = parse_time(request.query_params.get(name, ""))
    if moment is None:
        raise Refusal(400, "malformed", detail=f"{name} must be a time with offset (RFC 3339)")
    return moment
