"""Reading requests and writing answers: bodies with a size limit, typed decoding, the caller's session."""

from typing import TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop.drill.api.problems import Refusal
from desktop.drill.sessions import Session, Sessions, SignInRefused

MAX_BODY_BYTES = 256 * 1024

_T = TypeVar("_T")


async def read_body(request: Request, type_: type[_T]) -> _T:
    """Decode the body.

    Raises:
        Refusal: 413 ``too_large`` over 256 KiB, 400 ``malformed`` when it is not JSON, 422 ``invalid`` when it is
            not what the contract says.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise Refusal(413, "too_large", detail={"max_bytes": MAX_BODY_BYTES})
    try:
        return msgspec.json.decode(body, type=type_)
    except msgspec.ValidationError as fault:
        raise Refusal(422, "invalid", detail=str(fault)) from fault
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise Refusal(400, "malformed", detail=str(fault)) from fault


def json_answer(value: object) -> Response:
    """Write a wire type as the answer."""
    return Response(msgspec.json.encode(value), media_type="application/json")


def query_int(request: Request, name: str, default: int, low: int, high: int) -> int:
    """Read a whole number from the query.

    Raises:
        Refusal: 400 ``malformed`` when it is no whole number, or none from `low` to `high`.
    """
    text = request.query_params.get(name)
    if text is None:
        return default
    number = int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 20 else low - 1
    if not low <= number <= high:
        raise Refusal(400, "malformed", detail=f"{name} must be a whole number from {low} to {high}")
    return number


class Gate:
    """Lets in who shows a valid access token."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def session(self, request: Request) -> Session:
        """Return the caller's session.

        Raises:
            Refusal: 401 ``token_missing``, ``token_invalid`` or ``token_expired``.
        """
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Refusal(401, "token_missing")
        try:
            return await run_in_threadpool(self._sessions.recognise, token.strip())
        except SignInRefused as refused:
            raise Refusal(401, refused.code) from refused

    async def admitted(self, request: Request, scope: str) -> Session:
        """Return the caller's session if it may do what `scope` names.

        Raises:
            Refusal: 401 as `session`, 403 ``forbidden``.
        """
        session = await self.session(request)
        if scope not in session.officer.scopes:
            raise Refusal(403, "forbidden")
        return session

    async def still_open(self, session: Session) -> bool:
        """Whether the session of a long answer has not been ended meanwhile."""
        return await run_in_threadpool(self._sessions.is_open, session)
