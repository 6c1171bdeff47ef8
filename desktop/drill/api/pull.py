"""The pull side: hello, snapshot, changes, and the stream of hints."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from desktop.central.schema import Change, ChangesPage, Heartbeat, Hello, Problem, StreamChange
from desktop.drill.api.exchange import Gate, json_answer, query_int
from desktop.drill.api.problems import Refusal
from desktop.drill.audience import visible
from desktop.drill.clock import Clock
from desktop.drill.cursor import CursorExpired, Cursors, EpochChanged
from desktop.drill.digests import bucket_digests
from desktop.drill.district.people import HALL
from desktop.drill.sessions import Session
from desktop.drill.snapshots import Snapshots
from desktop.drill.store.log import Entry, Log
from desktop.drill.stream import Hub, Listener

MIN_CLIENT = "0.1.0"
SCHEMA_VER = 1
MAX_CHANGES = 1_000
MAX_WAIT_S = 30
REPLAY_CAP = 500
"""A stream that asks to go on from further back than this is told to pull."""


class PullApi:
    """Endpoints a desk learns from."""

    def __init__(
        self,
        *,
        gate: Gate,
        log: Log,
        cursors: Cursors,
        snapshots: Snapshots,
        hub: Hub,
        clock: Clock,
        heartbeat_s: float,
    ) -> None:
        self._gate = gate
        self._log = log
        self._cursors = cursors
        self._snapshots = snapshots
        self._hub = hub
        self._clock = clock
        self._heartbeat_s = heartbeat_s

    def routes(self) -> list[Route]:
        """Return the routes of this part."""
        return [
            Route("/v1/hello", self._hello, methods=["GET"]),
            Route("/v1/sync/snapshot", self._snapshot, methods=["GET"]),
            Route("/v1/sync/changes", self._changes, methods=["GET"]),
            Route("/v1/sync/digest", self._digest, methods=["GET"]),
            Route("/v1/stream", self._stream, methods=["GET"]),
        ]

    async def _hello(self, _: Request) -> Response:
        head, floor = await run_in_threadpool(self._log.bounds)
        return json_answer(
            Hello(
                instance_id=self._cursors.instance,
                epoch=self._cursors.epoch,
                head_lsn=head,
                min_lsn=floor,
                server_time=self._clock.now_text(),
                schema_ver=SCHEMA_VER,
                min_client=MIN_CLIENT,
                name=HALL,
            )
        )

    async def _snapshot(self, request: Request) -> Response:
        session = await self._gate.session(request)
        number = query_int(request, "page", 0, 0, 1_000_000)
        name = request.query_params.get("snapshot", "")
        if name:
            body = await run_in_threadpool(self._snapshots.page, name, number, session.audience)
        elif number == 0:
            body = await run_in_threadpool(self._snapshots.begin, session.audience)
        else:
            raise Refusal(400, "malformed", detail="pages after the first need the snapshot they belong to")
        if body is None:
            raise Refusal(410, "snapshot_expired")
        return Response(body, media_type="application/json")

    async def _changes(self, request: Request) -> Response:
        session = await self._gate.session(request)
        limit = query_int(request, "limit", 500, 1, MAX_CHANGES)
        wait_s = query_int(request, "wait", 0, 0, MAX_WAIT_S)
        since = await self._position(request, session.audience)
        with self._hub.listener() as listener:
            entries = await run_in_threadpool(self._log.entries, since, limit)
            if not entries and wait_s:
                await listener.take(wait_s)
                entries = await run_in_threadpool(self._log.entries, since, limit)
        head, _ = await run_in_threadpool(self._log.bounds)
        until = entries[-1].lsn if entries else since
        return json_answer(
            ChangesPage(
                changes=[msgspec.Raw(msgspec.json.encode(_change(entry, session.audience))) for entry in entries],
                next=self._cursors.write(until, session.audience),
                has_more=until < head,
                head_lsn=head,
                epoch=self._cursors.epoch,
                server_time=self._clock.now_text(),
            )
        )

    async def _digest(self, request: Request) -> Response:
        await self._gate.session(request)
        kind = request.query_params.get("kind", "")
        if not kind:
            raise Refusal(400, "malformed", detail="kind is missing")
        return json_answer(await run_in_threadpool(bucket_digests, self._log, kind))

    async def _position(self, request: Request, audience: str) -> int:
        cursor = request.query_params.get("since")
        if cursor is None:
            raise Refusal(400, "malformed", detail="since is missing")
        try:
            since = self._cursors.read(cursor, audience)
        except CursorExpired as fault:
            raise Refusal(410, "cursor_expired") from fault
        except EpochChanged as fault:
            raise Refusal(409, "epoch_changed") from fault
        head, floor = await run_in_threadpool(self._log.bounds)
        if since < floor:
            raise Refusal(410, "cursor_expired")
        if since > head:  # our log was put back to an older state: what the desk has is not ours any more
            raise Refusal(409, "epoch_changed")
        return since

    async def _stream(self, request: Request) -> Response:
        session = await self._gate.session(request)
        last_seen = request.headers.get("Last-Event-ID") or request.query_params.get("last_event_id") or ""
        return StreamingResponse(
            self._events(session, int(last_seen) if last_seen.isascii() and last_seen.isdigit() else None),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _events(self, session: Session, last_seen: int | None) -> AsyncIterator[bytes]:
        with self._hub.listener() as listener:
            head, floor = await run_in_threadpool(self._log.bounds)
            yield self._beat(head)
            sent = head
            if last_seen is not None and last_seen != head:
                if floor <= last_seen < head and head - last_seen <= REPLAY_CAP:
                    for entry in await run_in_threadpool(self._log.entries, last_seen, head - last_seen):
                        yield self._hint(entry, session.audience)
                else:
                    yield _resync(head, "too_far_behind")
            async for event in self._follow(listener, session, sent):
                yield event

    async def _follow(self, listener: Listener, session: Session, sent: int) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        beat_at = loop.time() + self._heartbeat_s
        while not listener.closed:
            entries, overflowed = await listener.take(max(0.0, beat_at - loop.time()))
            if overflowed:
                sent, _ = await run_in_threadpool(self._log.bounds)
                yield _resync(sent, "overflow")
            for told in listener.announced():
                yield _event("hall", told)
            for entry in entries:
                if entry.lsn > sent:  # what a replay already told is not told again
                    sent = entry.lsn
                    yield self._hint(entry, session.audience)
                if entry.kind == "officer" and entry.id == session.officer.id:
                    yield _event("policy", b"{}")
            if loop.time() >= beat_at:
                if not await self._gate.still_open(session):
                    yield _event("auth", msgspec.json.encode(Problem(code="token_invalid", message="signed out")))
                    return
                beat_at = loop.time() + self._heartbeat_s
                head, _ = await run_in_threadpool(self._log.bounds)
                yield self._beat(head)

    def _beat(self, head: int) -> bytes:
        return _event("hb", msgspec.json.encode(Heartbeat(head_lsn=head, server_time=self._clock.now_text())))

    def _hint(self, entry: Entry, audience: str) -> bytes:
        change = _change(entry, audience)
        hint = StreamChange(
            **{name: getattr(change, name) for name in change.__struct_fields__},
            next=self._cursors.write(entry.lsn, audience),
        )
        return _event("change", msgspec.json.encode(hint), entry.lsn)


def _change(entry: Entry, audience: str) -> Change:
    return Change(
        lsn=entry.lsn,
        prev_lsn=entry.lsn - 1,
        kind=entry.kind,
        id=entry.id,
        ver=entry.ver,
        op=entry.op,
        data=msgspec.Raw(visible(entry.kind, entry.data, audience).encode()),
        by_op=entry.by_op,
    )


def _event(name: str, data: bytes, lsn: int | None = None) -> bytes:
    number = b"" if lsn is None else b"id: %d\n" % lsn
    return number + b"event: " + name.encode() + b"\ndata: " + data + b"\n\n"


def _resync(head: int, reason: str) -> bytes:
    return _event("resync", msgspec.json.encode({"head_lsn": head, "reason": reason}), head)
