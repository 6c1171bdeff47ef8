"""What only this desk has: its operations, their fate, its identity, secrets and settings."""

from collections.abc import Callable, Sequence

from storage.records import OpRecord, OutboxCounts


class Duty:
    """`duty.db`. Every write is on the disk (``synchronous=FULL``) before the call returns. Writers run on the worker."""

    def device_id(self) -> str:
        """Return this installation's identity, made once."""
        raise NotImplementedError

    def enqueue(
        self,
        make: Callable[[str, int], bytes],
        kind: str,
        id: str,  # noqa: A002 - the wire's word
        verb: str,
        op_id: str,
    ) -> OpRecord:
        """Write an operation down; durable on return. ``make(device_id, device_seq)`` gives its payload.

        An `op_id` that is there already is returned as it stands; `make` is not called.
        """
        raise NotImplementedError

    def get(self, op_id: str) -> OpRecord | None:
        """Return an operation that is still in the outbox or the tray."""
        raise NotImplementedError

    def pending(self, kind: str, id: str) -> list[OpRecord]:  # noqa: A002
        """Return the operations that the officer sees on top of the centre's row, in order."""
        raise NotImplementedError

    def next_batch(self, max_ops: int = 50, max_bytes: int = 256 * 1024) -> list[OpRecord]:
        """Return what may be sent now, oldest first: at most one operation of a lane (kind, id).

        A lane with an operation under way or one waiting for the officer is held. The first is returned whatever its size.
        """
        raise NotImplementedError

    def mark_sending(self, op_ids: Sequence[str]) -> None:
        """Note that these are under way."""
        raise NotImplementedError

    def requeue(self, op_ids: Sequence[str], attempt: bool) -> None:  # noqa: FBT001
        """Put operations under way back at their old place; `attempt` counts a failure."""
        raise NotImplementedError

    def settle(
        self, op_id: str, status: str, lsn: int = 0, ver: int = 0, code: str = "", outcome: bytes = b""
    ) -> bool:
        """Write down what the centre said: acked, conflict or rejected. False if it had been settled before."""
        raise NotImplementedError

    def recover(self) -> int:
        """Turn `sending` into `queued` after a crash; return how many."""
        raise NotImplementedError

    def drop_covered(self, cursor_lsn: int) -> set[tuple[str, str]]:
        """Move acked operations that the cache has caught up with to the log; return their targets."""
        raise NotImplementedError

    def counts(self) -> OutboxCounts:
        """Return how many operations stand where."""
        raise NotImplementedError

    def tray(self) -> list[OpRecord]:
        """Return conflicts and rejections, oldest first."""
        raise NotImplementedError

    def resolve(self, op_id: str, how: str, reason: str) -> OpRecord | None:
        """Take an operation out of the tray into the log, with how and why; its lane goes on."""
        raise NotImplementedError

    def get_secret(self, name: str) -> str | None:
        """Return a secret such as the refresh token."""
        raise NotImplementedError

    def set_secret(self, name: str, value: str | None) -> None:
        """Keep a secret; None forgets it."""
        raise NotImplementedError

    def setting(self, name: str) -> str | None:
        """Return a setting."""
        raise NotImplementedError

    def set_setting(self, name: str, value: str | None) -> None:
        """Keep a setting; None forgets it."""
        raise NotImplementedError
