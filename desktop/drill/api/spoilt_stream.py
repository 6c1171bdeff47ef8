"""A stream of events that a drill leader has spoilt: told twice, in the wrong order, in part, or not at all."""

from typing import Protocol

from starlette.types import Message, Send


class StreamRule(Protocol):
    """What is to be done to the stream; see `desktop.drill.api.faults.FaultRule`."""

    @property
    def effect(self) -> str:
        """One of ``repeat_events``, ``swap_events``, ``lose_events``, ``silence``."""

    @property
    def copies(self) -> int:
        """How often a change is told."""


class SpoiltStream:
    """Stands in for ASGI's `send`, which the centre hands one event at a time.

    Only changes are spoilt, never the heartbeats, unless there is to be silence.
    """

    def __init__(self, rule: StreamRule, send: Send) -> None:
        self._rule = rule
        self._send = send
        self._held: Message | None = None
        self._count = 0

    async def __call__(self, message: Message) -> None:
        """Pass a message on, spoilt."""
        body = message.get("body", b"")
        if message["type"] != "http.response.body" or not body:
            await self._send(message)
        elif self._rule.effect == "silence":
            return
        elif b"event: change\n" not in body:
            await self._send(message)
        else:
            await self._spoil(message)

    async def _spoil(self, change: Message) -> None:
        self._count += 1
        match self._rule.effect:
            case "repeat_events":
                for _ in range(self._rule.copies):
                    await self._send(change)
            case "lose_events":
                if self._count % 2:
                    await self._send(change)
            case "swap_events":
                held, self._held = self._held, None
                if held is None:
                    self._held = change
                else:
                    await self._send(change)
                    await self._send(held)
