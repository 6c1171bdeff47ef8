"""The fault port: lets a test or a drill leader spoil the centre's answers. Off unless asked for.

``POST /faults`` takes a list of rules; the first that fits a request and has turns left is used::

    {"rules": [{"effect": "status", "path": "/v1/ops", "status": 503, "retry_after_s": 2, "turns": 1}]}
    {"skew_s": -3600}    {"kill": true}    {"expire_tokens": true}    {"renew_epoch": true}

``GET /faults`` tells the rules with the turns they have left, ``DELETE /faults`` takes them back.
"""

import asyncio
import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal

import msgspec
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.drill.api.problems import Refusal, problem
from desktop.drill.api.spoilt_stream import SpoiltStream
from desktop.drill.clock import Clock

Effect = Literal[
    "latency",
    "status",
    "html",
    "truncate",
    "drop",
    "drop_after_apply",
    "malformed",
    "reject_tokens",
    "repeat_events",
    "swap_events",
    "lose_events",
    "silence",
]


class FaultRule(msgspec.Struct):
    """One spoiled answer.

    Attributes:
        effect: ``latency`` waits `seconds` first; ``status`` answers `status` and does nothing; ``html`` answers a
            page of a captive portal; ``truncate`` sends the true answer's first half and hangs up; ``drop`` hangs up
            before the request is looked at, ``drop_after_apply`` after it took effect; ``malformed`` answers JSON
            that breaks off; ``reject_tokens`` answers 401. Of the stream: ``repeat_events`` tells each change `copies`
            times, ``swap_events`` each second change before the first, ``lose_events`` each second change not at all,
            and ``silence`` keeps the line open and tells nothing, like a cable that was pulled.
        path: Beginning of the paths it is for.
        turns: How often; None for always.
        seconds: Of ``latency``.
        status: Of ``status``.
        retry_after_s: Of ``status``, or None.
        copies: Of ``repeat_events``.
    """

    effect: Effect
    path: str = "/v1/"
    turns: int | None = None
    seconds: float = 1.0
    status: int = 503
    retry_after_s: float | None = None
    copies: int = 2


class FaultOrder(msgspec.Struct, forbid_unknown_fields=True):
    """Body of ``POST /faults``; what is left out stays as it is."""

    rules: list[FaultRule] | None = None
    skew_s: float | None = None
    expire_tokens: bool = False
    kill: bool = False
    renew_epoch: bool = False


class FaultPort:
    """Stands before the whole application."""

    def __init__(
        self, app: ASGIApp, *, clock: Clock, expire_tokens: Callable[[], None], renew_epoch: Callable[[], None]
    ) -> None:
        self._app = app
        self._clock = clock
        self._expire_tokens = expire_tokens
        self._renew_epoch = renew_epoch
        self._rules: list[FaultRule] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve ``/faults``, spoil what a rule is for, pass on the rest."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == "/faults":
            answer = await self._command(scope["method"], receive)
            await answer(scope, receive, send)
        elif (rule := self._take(scope["path"])) is None:
            await self._app(scope, receive, send)
        else:
            await self._spoil(rule, scope, receive, send)

    async def _command(self, method: str, receive: Receive) -> Response:
        if method == "DELETE":
            self._rules.clear()
            self._clock.skew = timedelta(0)
        elif method == "POST":
            try:
                order = msgspec.json.decode(await _body(receive), type=FaultOrder)
            except msgspec.DecodeError as fault:
                return problem(Refusal(422, "invalid", detail=str(fault)))
            if order.kill:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
            if order.rules is not None:
                self._rules = order.rules
            if order.skew_s is not None:
                self._clock.skew = timedelta(seconds=order.skew_s)
            if order.expire_tokens:
                self._expire_tokens()
            if order.renew_epoch:
                self._renew_epoch()
        rules: list[Any] = [msgspec.to_builtins(rule) for rule in self._rules]
        return JSONResponse({"rules": rules, "skew_s": self._clock.skew.total_seconds()})

    def _take(self, path: str) -> FaultRule | None:
        for rule in self._rules:
            if path.startswith(rule.path) and rule.turns != 0:
                if rule.turns is not None:
                    rule.turns -= 1
                return rule
        return None

    async def _spoil(self, rule: FaultRule, scope: Scope, receive: Receive, send: Send) -> None:
        match rule.effect:
            case "latency":
                await asyncio.sleep(rule.seconds)
                await self._app(scope, receive, send)
            case "status":
                refusal = Refusal(rule.status, "drill_fault", retry_after_s=rule.retry_after_s)
                await problem(refusal)(scope, receive, send)
            case "reject_tokens":
                await problem(Refusal(401, "token_expired"))(scope, receive, send)
            case "html":
                await HTMLResponse("<!doctype html><title>网络登录</title><p>请先登录网络")(scope, receive, send)
            case "malformed":
                await Response('{"changes": [{"lsn": 1, ', media_type="application/json")(scope, receive, send)
            case "truncate":
                await self._truncated(scope, receive, send)
            case "drop":
                _hang_up(send)
            case "drop_after_apply":
                await self._app(scope, receive, _swallow)
                _hang_up(send)
            case "repeat_events" | "swap_events" | "lose_events" | "silence":
                await self._app(scope, receive, SpoiltStream(rule, send))

    async def _truncated(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def halve(message: Message) -> None:
            if message["type"] == "http.response.body":
                body = message.get("body", b"")
                await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
                _hang_up(send)
            else:
                await send(message)

        await self._app(scope, receive, halve)


async def _swallow(_: Message) -> None:
    """Take an answer that nobody will get."""


def _hang_up(send: Send) -> None:
    # ASGI has no word for breaking a connection, which is exactly what this port is for; uvicorn's `send` is a
    # method of the object that holds the transport.
    cycle: Any = getattr(send, "__self__", None)
    cycle.disconnected = True
    cycle.transport.close()


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return body or json.dumps({}).encode()
