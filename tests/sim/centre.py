"""A small honest centre: one log, the contract's push rules over `desktop.domain.rules`, a scope for each seat.

It is written for the simulation and shares nothing with the drill centre but those rules, so that the two check each
other. It never forgets: what it decided, in which order and how often, is the oracle's evidence.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.domain.rules import RULES_OF
from tests.sim.clock import VirtualClock

Json = dict[str, Any]
Target = tuple[str, str]
Rows = dict[Target, tuple[int, Json]]

ITEMS_PER_PAGE = 6
ROLE = "duty_chief"
_MAX_CHANGES = 4


class RefusalError(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log, and who sees it."""

    lsn: int
    kind: str
    id: str
    ver: int
    op: str
    data: Json | None
    by_op: str | None
    seats: frozenset[str]


class Centre:
    """The centre as the seats see it through `answer`, and as the oracle sees it through its attributes."""

    instance = "sim-hall"

    def __init__(self, clock: VirtualClock, seats: Iterable[str]) -> None:
        self._clock = clock
        self.seats = frozenset(seats)
        self.epoch = "e1"
        self.floor = 0
        self.log: list[Entry] = []
        self.histories: dict[str, list[Entry]] = {self.epoch: self.log}
        self.objects: Rows = {}
        self.hidden: set[tuple[str, Target]] = set()
        self.outcomes: dict[str, Json] = {}
        self.received: dict[str, bytes] = {}
        self.decided: list[tuple[str, int, Target, str]] = []  # device, its number, lane, op id: in order
        self.effects: Counter[tuple[str, int]] = Counter()  # by device and its number
        self.altered: list[str] = []  # ids that came with other bytes than before
        self.poison_is_lethal = True
        self._tokens: dict[str, str] = {}
        self._token_count = 0
        self._snapshots: dict[str, tuple[int, str, list[Json]]] = {}
        self.settle_district()

    @property
    def head(self) -> int:
        return len(self.log)

    # --- what happens here without any seat

    def settle_district(self) -> None:
        states = ["reported", "accepted", "registered", "dispatched", "handling", "verifying", "closed"]
        for number in range(10):
            self.put("work_order", f"o{number}", {"number": f"LJ-{number}", "state": states[number % 7], "history": []})
        for number in range(2):
            self.put("alert", f"a{number}", {"title": "水位", "state": "open", "history": []})
        self.put("department", "d1", {"name": "市容所"})
        self.put("vital", "v1", {"value": 1, "of a kind": "this desk does not know"})
        self.floor = self.head

    def put(self, kind: str, object_id: str, data: Json, by_op: str | None = None) -> Entry:
        ver = self.objects.get((kind, object_id), (0, {}))[0] + 1
        self.objects[kind, object_id] = (ver, data)
        return self._append(kind, object_id, ver, "upsert", data, by_op, self._audience((kind, object_id)))

    def delete(self, target: Target) -> None:
        ver, _ = self.objects.pop(target)
        self._append(*target, ver + 1, "delete", None, None, self._audience(target))

    def revoke(self, seat: str, target: Target) -> None:
        self.hidden.add((seat, target))
        self._append(*target, self.objects[target][0], "revoke", None, None, frozenset({seat}))

    def grant(self, seat: str, target: Target) -> None:
        self.hidden.discard((seat, target))
        if target in self.objects:
            ver, data = self.objects[target]
            self._append(*target, ver, "upsert", data, None, frozenset({seat}))

    def begin_epoch(self) -> None:
        """The log starts anew: cursors and snapshots handed out before are void, the objects stay."""
        self.epoch = f"e{int(self.epoch[1:]) + 1}"
        self.log = list(self.log)
        self.histories[self.epoch] = self.log
        self._snapshots.clear()

    def expire_cursors(self) -> None:
        self.floor = self.head
        self._snapshots.clear()

    def expire_tokens(self) -> None:
        self._tokens.clear()

    def _audience(self, target: Target) -> frozenset[str]:
        return frozenset(seat for seat in self.seats if (seat, target) not in self.hidden)

    def _append(
        self,
        kind: str,
        object_id: str,
        ver: int,
        op: str,
        data: Json | None,
        by_op: str | None,
        seats: frozenset[str],
    ) -> Entry:
        entry = Entry(self.head + 1, kind, object_id, ver, op, data, by_op, seats)
        self.log.append(entry)
        return entry

    # --- reading

    def rows(self, seat: str, epoch: str, lsn: int) -> Rows:
        """What `seat` must hold at a place in the log: the log folded, nothing else."""
        rows: Rows = {}
        for entry in self.histories[epoch][:lsn]:
            if seat in entry.seats:
                fold(rows, entry)
        return rows

    def visible(self, seat: str, after: int) -> list[Entry]:
        return [entry for entry in self.log[after:] if seat in entry.seats]

    def change(self, seat: str, entry: Entry) -> Json:
        """An entry as the wire has it."""
        before = next((e.lsn for e in reversed(self.log[: entry.lsn - 1]) if seat in e.seats), 0)
        return {
            "lsn": entry.lsn,
            "prev_lsn": before,
            "kind": entry.kind,
            "id": entry.id,
            "ver": entry.ver,
            "op": entry.op,
            "data": entry.data,
            "by_op": entry.by_op,
            "next": self.cursor(seat, entry.lsn),
        }

    def cursor(self, seat: str, lsn: int) -> str:
        return f"{self.epoch}.{lsn}.{seat}"

    # --- the wire

    def answer(self, method: str, path: str, query: dict[str, str], token: str, body: bytes) -> Json:
        """Answer a request, or raise `RefusalError`."""
        if path == "/v1/hello":
            return self._hello()
        if path == "/v1/auth/token":
            return self._grant(json.loads(body))
        seat = self._tokens.get(token)
        if seat is None:
            raise RefusalError(401, "token_invalid")
        match method, path:
            case "GET", "/v1/me":
                return self._officer(seat)
            case "GET", "/v1/sync/snapshot":
                return self._snapshot(seat, int(query["page"]), query.get("snapshot", ""))
            case "GET", "/v1/sync/changes":
                return self._changes(seat, query["since"], min(int(query["limit"]), _MAX_CHANGES))
            case "GET", "/v1/sync/digest":
                return self._digest(seat, query.get("kind", ""))
            case "POST", "/v1/ops":
                return {"results": self._submit(seat, body)}
            case "POST", "/v1/ops/status":
                known = json.loads(body)["op_ids"]
                return {"results": [self.outcomes.get(o, {"op_id": o, "status": "unknown"}) for o in known]}
        raise RefusalError(404, "not_found")

    def _hello(self) -> Json:
        return {
            "instance_id": self.instance,
            "epoch": self.epoch,
            "head_lsn": self.head,
            "min_lsn": self.floor,
            "server_time": self._clock.stamp(),
        }

    def _grant(self, request: Json) -> Json:
        seat = request.get("username") or str(request.get("refresh")).removeprefix("refresh-")
        self._token_count += 1
        access = f"access-{self._token_count}"
        self._tokens[access] = seat
        return {"access": access, "refresh": f"refresh-{seat}", "expires_in": 900, "officer": self._officer(seat)}

    def _officer(self, seat: str) -> Json:
        return {"id": f"officer-{seat}", "name": seat, "roles": [ROLE]}

    def _snapshot(self, seat: str, page: int, name: str) -> Json:
        if not name:
            rows = self.rows(seat, self.epoch, self.head)
            items = [{"kind": k, "id": i, "ver": ver, "data": data} for (k, i), (ver, data) in sorted(rows.items())]
            name = f"s{self.epoch}.{self.head}.{seat}"
            self._snapshots[name] = (self.head, self.epoch, items)
        if name not in self._snapshots:
            raise RefusalError(410, "snapshot_expired")
        lsn, epoch, items = self._snapshots[name]
        pages = max(1, -(-len(items) // ITEMS_PER_PAGE))
        part = json.dumps(items[page * ITEMS_PER_PAGE : (page + 1) * ITEMS_PER_PAGE], separators=(",", ":"))
        answer: Json = {
            "lsn": lsn,
            "page": page,
            "pages": pages,
            "epoch": epoch,
            "snapshot": name,
            "items": json.loads(part),
            "sha256": hashlib.sha256(part.encode()).hexdigest(),
        }
        if page == pages - 1:
            counts = Counter(item["kind"] for item in items)
            answer |= {"counts": dict(counts), "complete": True, "cursor": self.cursor(seat, lsn)}
        return answer

    def _changes(self, seat: str, since: str, limit: int) -> Json:
        epoch, lsn, _ = since.split(".")
        if epoch != self.epoch:
            raise RefusalError(409, "epoch_changed")
        if int(lsn) < self.floor:
            raise RefusalError(410, "cursor_expired")
        entries = self.visible(seat, int(lsn))
        page = entries[:limit]
        until = page[-1].lsn if len(page) < len(entries) else self.head
        return {
            "epoch": self.epoch,
            "changes": [self.change(seat, entry) for entry in page],
            "next": self.cursor(seat, until),
            "has_more": len(page) < len(entries),
            "head_lsn": self.head,
            "server_time": self._clock.stamp(),
        }

    def _digest(self, seat: str, kind: str) -> Json:
        sums = [0] * 256
        for (of_kind, object_id), (ver, _) in self.rows(seat, self.epoch, self.head).items():
            if of_kind == kind:
                mark = hashlib.sha256(f"{object_id}\0{ver}".encode()).digest()
                sums[hashlib.sha256(object_id.encode()).digest()[0]] ^= int.from_bytes(mark[:8], "big")
        return {"lsn": self.head, "kind": kind, "buckets": [f"{value:016x}" for value in sums]}

    def _submit(self, seat: str, body: bytes) -> list[Json]:
        ops = json.loads(body)["ops"]
        if len(ops) > 50:
            raise RefusalError(413, "too_large")
        for op in ops:
            frozen = json.dumps(op, sort_keys=True).encode()
            if self.received.setdefault(op["op_id"], frozen) != frozen:
                self.altered.append(op["op_id"])
                raise RefusalError(422, "op_id_reused")
            text = str(op.get("args", {}).get("text", ""))
            if text == "poison 422":
                raise RefusalError(422, "malformed")
            if text == "poison 500" and self.poison_is_lethal:
                raise RefusalError(500, "internal")
        return [self._decide(op) for op in ops]

    def _decide(self, op: Json) -> Json:
        op_id, device, number = op["op_id"], op["device_id"], op["device_seq"]
        known = self.outcomes.get(op_id)
        if known is not None:
            return {**known, "status": "duplicate"} if known["status"] == "applied" else known
        target = (op["target"]["kind"], op["target"]["id"])
        outcome = {"op_id": op_id, **self._judge(op, target)}
        if outcome["status"] == "applied":
            line = {"at": self._clock.stamp(), "actor": op["actor"], "op_id": op_id}
            before = self.objects.get(target, (0, {}))[1]
            after = RULES_OF[target[0]].apply(before, op["verb"], op.get("args", {}), line)
            entry = self.put(*target, after, by_op=op_id)
            outcome |= {"lsn": entry.lsn, "ver": entry.ver}
            self.effects[device, number] += 1
        self.outcomes[op_id] = outcome
        self.decided.append((device, number, target, op_id))
        return outcome

    def _judge(self, op: Json, target: Target) -> Json:
        rules = RULES_OF.get(target[0])
        begins = op["verb"] == "report" and target not in {(entry.kind, entry.id) for entry in self.log}
        if rules is None or (target not in self.objects and not begins):
            return {"status": "rejected", "code": "object_unknown"}
        ver, data = self.objects.get(target, (0, {"state": ""}))
        verdict = rules.judge(data["state"], op["verb"], [op["role"]])
        if verdict.code in {"workflow.unknown_verb", "workflow.role"}:
            return {"status": "rejected", "code": verdict.code}
        seen = op.get("expect", {}).get("state", "")
        if not verdict.allowed or (op["verb"] != "note" and seen and seen != data["state"]):
            return {"status": "conflict", "code": verdict.code or "workflow.state", "ver": ver, "current": data}
        if rules.missing_arguments(op["verb"], op.get("args", {})):
            return {"status": "rejected", "code": "workflow.arguments"}
        return {"status": "applied"}


def fold(rows: Rows, entry: Entry) -> None:
    """Take one entry of the log into `rows`."""
    if entry.op == "upsert":
        assert entry.data is not None
        rows[entry.kind, entry.id] = (entry.ver, entry.data)
    else:
        rows.pop((entry.kind, entry.id), None)
