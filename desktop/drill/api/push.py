"""The push side: operations, and what became of them."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.central.schema import Op, OpsAnswer, OpsRequest, OpsStatusRequest
from desktop.domain.sla import parse_time
from desktop.drill.api.exchange import Gate, json_answer, read_body
from desktop.drill.api.problems import Refusal
from desktop.drill.operations import Operations, OpIdReused

MAX_OPS = 50
MAX_STATUS_IDS = 500
MAX_ID_LENGTH = 80
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII)


class PushApi:
    """Endpoints under ``/v1/ops``."""

    def __init__(self, gate: Gate, operations: Operations) -> None:
        self._gate = gate
        self._operations = operations

    def routes(self) -> list[Route]:
        """Return the routes of this part."""
        return [
            Route("/v1/ops", self._submit, methods=["POST"]),
            Route("/v1/ops/status", self._status, methods=["POST"]),
        ]

    async def _submit(self, request: Request) -> Response:
        session = await self._gate.session(request)
        batch = await read_body(request, OpsRequest)
        if len(batch.ops) > MAX_OPS:
            raise Refusal(413, "too_large", detail={"max_ops": MAX_OPS})
        for op in batch.ops:
            _check(op)
        try:
            results = await run_in_threadpool(self._operations.submit, session, batch.ops)
        except OpIdReused as fault:
            raise Refusal(422, "op_id_reused", detail={"op_id": fault.op_id}) from fault
        return json_answer(OpsAnswer(results))

    async def _status(self, request: Request) -> Response:
        await self._gate.session(request)
        wish = await read_body(request, OpsStatusRequest)
        if len(wish.op_ids) > MAX_STATUS_IDS:
            raise Refusal(413, "too_large", detail={"max_ids": MAX_STATUS_IDS})
        return json_answer(OpsAnswer(await run_in_threadpool(self._operations.outcomes, wish.op_ids)))


def _check(op: Op) -> None:
    """Refuse what could not be kept: ids that are too long, times that are none."""
    if max(map(len, (op.op_id, op.device_id, op.target.id, op.target.kind, op.actor))) > MAX_ID_LENGTH:
        raise Refusal(422, "invalid", detail=f"ids have at most {MAX_ID_LENGTH} characters")
    for moment in (op.wall_time, op.est_server_time):
        if moment and (_TIME.fullmatch(moment) is None or parse_time(moment) is None):
            raise Refusal(422, "invalid", detail="times are RFC 3339 with an offset")
