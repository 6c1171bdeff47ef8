"""The centre's HTTP side, put together."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from sqlalchemy.exc import DataError, OperationalError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.drill.api.problems import (
    Refusal,
    on_bug,
    on_busy,
    on_disconnect,
    on_http_exception,
    on_refusal,
    on_unstorable,
)

INSTANCE_HEADER = b"x-hall-instance"


class InstanceHeader:
    """Says on every answer which centre it is from, so that a portal in between cannot pass for one."""

    def __init__(self, app: ASGIApp, instance: str) -> None:
        self._app = app
        self._value = instance.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the header to its answer."""

        async def send_named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (INSTANCE_HEADER, self._value)]
            await send(message)

        await self._app(scope, receive, send_named)


def make_app(routes: Sequence[Route], *, instance: str, on_start: Callable[[], None]) -> ASGIApp:
    """Return the application with its problem answers and its instance header."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        on_start()
        yield

    app = Starlette(
        routes=list(routes),
        exception_handlers={
            Refusal: on_refusal,
            HTTPException: on_http_exception,
            OperationalError: on_busy,
            DataError: on_unstorable,
            ClientDisconnect: on_disconnect,
            Exception: on_bug,
        },
        lifespan=lifespan,
    )
    return InstanceHeader(app, instance)
