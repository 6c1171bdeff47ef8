"""Addresses of live pictures."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.central.schema import LiveRequest
from desktop.drill.api.exchange import Gate, json_answer, read_body
from desktop.drill.api.problems import Refusal
from desktop.drill.live import LiveDesk, LiveRefused

_STATUS = {"camera_unknown": 404, "camera_offline": 409, "protocol_unsupported": 406, "profile_unknown": 422}


class MediaApi:
    """Endpoints under ``/v1/cameras``."""

    def __init__(self, gate: Gate, desk: LiveDesk) -> None:
        self._gate = gate
        self._desk = desk

    def routes(self) -> list[Route]:
        """Return the routes of this part."""
        return [Route("/v1/cameras/{id}/live", self._live, methods=["POST"])]

    async def _live(self, request: Request) -> Response:
        session = await self._gate.session(request)
        wish = await read_body(request, LiveRequest)
        if "video.live" not in session.officer.scopes:
            raise Refusal(403, "forbidden")
        try:
            address = await run_in_threadpool(self._desk.address, request.path_params["id"], wish)
        except LiveRefused as refused:
            raise Refusal(_STATUS[refused.code], refused.code, detail=refused.detail) from refused
        return json_answer(address)
