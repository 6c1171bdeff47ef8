"""Makes operations: an officer's intent, frozen into the bytes that will be sent however often it takes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import msgspec
import uuid6

from desktop.central.schema import Expect, Json, Officer, Op, Target
from desktop.domain.rules import RULES_OF
from desktop.errors import OpsError
from desktop.sync.clock import Estimate

PAYLOAD_CAP_BYTES = 200 * 1024
"""One operation must fit into a batch of 256 KiB with its envelope to spare."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What an officer decided, and when, before the store has given it a number.

    Attributes:
        op_id: UUIDv7 (RFC 9562): sortable by time, known before anything is written.
        kind: Kind of the target.
        target_id: Id of the target.
        verb: What is to be done.
        args: Arguments of the verb; field edits as ``{field: {base, new}}``.
        expect: What the officer saw when deciding.
        officer: Who decided.
        wall: This machine's time, with offset, as it is: nothing is corrected.
        estimate: The centre's time as estimated, or None.
        reason: Why, where the verb does not carry it as an argument.
    """

    op_id: str
    kind: str
    target_id: str
    verb: str
    args: Json
    expect: Expect
    officer: Officer
    wall: datetime
    estimate: Estimate | None
    reason: str = ""

    def freeze(self, device_id: str, device_seq: int) -> bytes:
        """Return the wire's JSON; called by the store within the transaction that gives the number.

        Raises:
            OpsError: ``push.too_large``.
        """
        payload = msgspec.json.encode(
            Op(
                op_id=self.op_id,
                device_id=device_id,
                device_seq=device_seq,
                target=Target(self.kind, self.target_id),
                verb=self.verb,
                actor=self.officer.id,
                role=role_for(self.kind, self.verb, self.expect.state, self.officer.roles),
                wall_time=self.wall.isoformat(timespec="milliseconds"),
                expect=self.expect,
                args=self.args,
                est_server_time=self.estimate.wire() if self.estimate else "",
                est_server_err_ms=self.estimate.error_ms if self.estimate else 0,
                reason=self.reason,
            )
        )
        if len(payload) > PAYLOAD_CAP_BYTES:
            raise OpsError("push.too_large", {"size": len(payload)})
        return payload


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with one target, before it is noted who wishes it and when. Otherwise as `Intent`."""

    kind: str
    target_id: str
    verb: str
    args: Json
    expect: Expect
    op_id: str
    reason: str = ""

    def decided(self, officer: Officer, wall: datetime, estimate: Estimate | None) -> Intent:
        """Return the decision."""
        return Intent(
            op_id=self.op_id,
            kind=self.kind,
            target_id=self.target_id,
            verb=self.verb,
            args=self.args,
            expect=self.expect,
            officer=officer,
            wall=wall,
            estimate=estimate,
            reason=self.reason,
        )


def new_op_id() -> str:
    """Return a fresh operation id."""
    return str(uuid6.uuid7())


def role_for(kind: str, verb: str, state: str, roles: Collection[str]) -> str:
    """Return in which of the officer's roles the verb is used: the first that may, else the first there is."""
    rules = RULES_OF.get(kind)
    if rules is not None:
        for role in roles:
            if rules.judge(state, verb, [role]).code != "workflow.role":
                return role
    return next(iter(roles), "")
