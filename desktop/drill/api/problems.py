"""Refusals in the words of the contract: RFC 9457 problem details with a `code`."""

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_log = logging.getLogger(__name__)


class Refusal(Exception):  # noqa: N818 - it is an answer, not an error
    """Ends a request with a problem document."""

    def __init__(
        self, status: int, code: str, message: str = "", *, detail: Any = None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.detail = detail
        self.retry_after_s = retry_after_s


def problem(refusal: Refusal) -> Response:
    """Write a refusal as an answer."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "code": refusal.code,
        "message": refusal.message or HTTPStatus(refusal.status).description,
    }
    if refusal.detail is not None:
        body["detail"] = refusal.detail
    headers: dict[str, str] = {}
    if refusal.retry_after_s is not None:
        body["retry_after"] = refusal.retry_after_s
        headers["Retry-After"] = str(max(1, round(refusal.retry_after_s)))
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(msgspec.json.encode(body), refusal.status, headers, "application/problem+json")


async def on_refusal(_: Request, refusal: Exception) -> Response:
    """Answer a `Refusal` raised by an endpoint."""
    if not isinstance(refusal, Refusal):
        raise TypeError(refusal)
    return problem(refusal)


async def on_busy(_: Request, fault: Exception) -> Response:
    """Answer when the database did not take its turn in time; nothing happened."""
    _log.warning("the database is busy: %s", fault)
    return problem(Refusal(503, "busy", retry_after_s=1))


async def on_unstorable(_: Request, fault: Exception) -> Response:
    """Answer what no database takes: ids longer than the contract allows, characters that are none."""
    _log.info("something could not be stored: %s", type(fault).__name__)
    return problem(Refusal(422, "invalid", detail="an id is too long, or a text cannot be stored"))


async def on_disconnect(_: Request, fault: Exception) -> Response:
    """End a request whose sender is gone; nobody reads this answer."""
    _log.info("a caller hung up in the middle of its request (%r)", fault)
    return Response(status_code=400)


async def on_bug(_: Request, fault: Exception) -> Response:
    """Answer a bug of ours as the contract wants; the server logs it."""
    return problem(Refusal(500, "internal", type(fault).__name__))


async def on_http_exception(_: Request, fault: Exception) -> Response:
    """Answer unknown paths and methods like everything else."""
    if not isinstance(fault, HTTPException):
        raise TypeError(fault)
    codes = {HTTPStatus.NOT_FOUND: "not_found", HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed"}
    answer = problem(Refusal(fault.status_code, codes.get(HTTPStatus(fault.status_code), "http_error")))
    answer.headers.update(fault.headers or {})  # a 405 says what is allowed (RFC 9110 §15.5.6)
    return answer
