"""Sign-in, refresh, sign-out, and who I am."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.central.schema import PasswordChange, TokenRequest
from desktop.drill.accounts import PasswordRefused
from desktop.drill.api.exchange import Gate, json_answer, read_body
from desktop.drill.api.problems import Refusal
from desktop.drill.sessions import Sessions, SignInRefused

_PASSWORD_STATUS = {"wrong_password": 403, "password_reused": 409, "password_rule": 422}


class IdentityApi:
    """Endpoints under ``/v1/auth`` and ``/v1/me``."""

    def __init__(self, gate: Gate, sessions: Sessions) -> None:
        self._gate = gate
        self._sessions = sessions

    def routes(self) -> list[Route]:
        """Return the routes of this part."""
        return [
            Route("/v1/auth/token", self._token, methods=["POST"]),
            Route("/v1/auth/revoke", self._revoke, methods=["POST"]),
            Route("/v1/auth/password", self._password, methods=["POST"]),
            Route("/v1/me", self._me, methods=["GET"]),
        ]

    async def _token(self, request: Request) -> Response:
        wish = await read_body(request, TokenRequest)
        try:
            if wish.grant == "password" and wish.username is not None and wish.password is not None:
                grant = await run_in_threadpool(self._sessions.sign_in, wish.username, wish.password, wish.device_id)
            elif wish.grant == "refresh" and wish.refresh is not None:
                grant = await run_in_threadpool(self._sessions.refresh, wish.refresh, wish.device_id)
            else:
                raise Refusal(422, "invalid", detail="grant is password (username, password) or refresh (refresh)")
        except SignInRefused as refused:
            raise Refusal(401, refused.code) from refused
        return json_answer(grant)

    async def _revoke(self, request: Request) -> Response:
        session = await self._gate.session(request)
        await run_in_threadpool(self._sessions.revoke, session)
        return Response(status_code=204)

    async def _password(self, request: Request) -> Response:
        session = await self._gate.session(request)
        wish = await read_body(request, PasswordChange)
        try:
            officer = await run_in_threadpool(self._sessions.change_password, session, wish.old, wish.new)
        except PasswordRefused as refused:
            raise Refusal(_PASSWORD_STATUS[refused.code], refused.code) from refused
        return json_answer(officer)

    async def _me(self, request: Request) -> Response:
        session = await self._gate.session(request)
        return json_answer(session.officer)
