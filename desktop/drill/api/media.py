"""Addresses of pictures, and moving the cameras that take them."""

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.central.schema import LiveAddress, LiveRequest, PlaybackRequest, PtzRequest
from desktop.drill.api.exchange import Gate, json_answer, read_body
from desktop.drill.api.problems import Refusal
from desktop.drill.live import LiveDesk, LiveRefused
from desktop.drill.ptz import PtzDesk, PtzRefused

_Wish = TypeVar("_Wish", LiveRequest, PlaybackRequest)

_SCOPE = "video.live"
_STATUS = {
    "camera_unknown": 404,
    "camera_offline": 409,
    "protocol_unsupported": 406,
    "profile_unknown": 422,
    "recording_none": 404,
    "invalid": 422,
    "lease_lost": 409,
    "ptz_unsupported": 422,
    "preset_unknown": 422,
}


class MediaApi:
    """Endpoints under ``/v1/cameras``."""

    def __init__(self, gate: Gate, desk: LiveDesk, ptz: PtzDesk) -> None:
        self._gate = gate
        self._desk = desk
        self._ptz = ptz

    def routes(self) -> list[Route]:
        """Return the routes of this part."""
        return [
            Route("/v1/cameras/{id}/live", self._live, methods=["POST"]),
            Route("/v1/cameras/{id}/playback", self._playback, methods=["POST"]),
            Route("/v1/cameras/{id}/ptz", self._move, methods=["POST"]),
        ]

    async def _live(self, request: Request) -> Response:
        await self._gate.admitted(request, _SCOPE)
        return await _address(self._desk.address, request, await read_body(request, LiveRequest))

    async def _playback(self, request: Request) -> Response:
        await self._gate.admitted(request, _SCOPE)
        return await _address(self._desk.recording, request, await read_body(request, PlaybackRequest))

    async def _move(self, request: Request) -> Response:
        session = await self._gate.admitted(request, _SCOPE)
        wish = await read_body(request, PtzRequest)
        if not all(-1 <= speed <= 1 for speed in (wish.pan, wish.tilt, wish.zoom)):
            raise Refusal(422, "invalid", detail="speeds are from -1 to 1")
        try:
            state = await run_in_threadpool(self._ptz.command, session, request.path_params["id"], wish)
        except PtzRefused as refused:
            held = {"by": refused.holder.by, "at": refused.holder.at} if refused.holder is not None else None
            raise Refusal(_STATUS[refused.code], refused.code, detail=held) from refused
        return json_answer(state)


async def _address(grant: Callable[[str, _Wish], LiveAddress], request: Request, wish: _Wish) -> Response:
    """Answer with the address that `grant` gives for the camera of the request."""
    try:
        address = await run_in_threadpool(grant, request.path_params["id"], wish)
    except LiveRefused as refused:
        raise Refusal(_STATUS[refused.code], refused.code, detail=refused.detail) from refused
    return json_answer(address)
