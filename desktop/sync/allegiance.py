"""Which centre this desk works with, and what happens when another one answers.

Operations and cache belong to one centre. Another one under the same address (a wrong address, a drill beside the real
thing, two centres that believe they are one) gets neither; it is the officer who decides to change over, knowing both.
"""

import logging
from dataclasses import dataclass

from desktop.central.client import CentralClient
from desktop.central.schema import Hello
from desktop.central.transport import Transport
from desktop.errors import OpsError
from storage.duty.duty import Duty
from storage.records import Cursor
from storage.worker import StorageWorker

log = logging.getLogger(__name__)

_NAME = "centre-name"


@dataclass(frozen=True, slots=True)
class OtherCentre:
    """A centre that answers in the place of ours.

    Attributes:
        instance: Its identity; what `SyncManager.sign_in` wants to change over.
        found: Its name, or its identity where it gives none.
        expected: Ours, likewise.
        waiting: How many operations wait for ours, those in the tray included.
    """

    instance: str
    found: str
    expected: str
    waiting: int


class Allegiance:
    """Used by the sync thread alone, but for `other`."""

    def __init__(self, client: CentralClient, transport: Transport, duty: Duty, worker: StorageWorker) -> None:
        self._client = client
        self._transport = transport
        self._duty = duty
        self._worker = worker
        self._other: OtherCentre | None = None

    @property
    def other(self) -> OtherCentre | None:
        """Who answers in the place of our centre, if somebody does."""
        return self._other

    def restore(self, cursor: Cursor | None) -> None:
        """Take up the last run's centre, or that of a cache from before operations said whose they are."""
        centre = self._duty.centre
        if not centre and cursor is not None:
            centre = cursor.instance
            self._worker.call(self._duty.serve, centre)
        self._transport.pin(centre)

    def confirm(self, hello: Hello) -> None:
        """Our centre, or the first there ever was, has answered: from now on no other is listened to."""
        self._other = None
        self._worker.call(self._serve, hello.instance_id, hello.name)
        self._transport.pin(hello.instance_id)

    def change_to(self, instance: str) -> None:
        """The officer has decided for the centre `instance`; what was made for ours waits for it.

        Raises:
            OpsError: ``link.other_centre``; meanwhile it is yet another one that answers.
        """
        hello = self._client.hello(of_any_centre=True)
        if hello.instance_id != instance:
            raise self._fault(hello.instance_id, instance, 0, "")
        log.warning("the officer changes over from centre %s to %s", self._duty.centre, instance)
        self.confirm(hello)

    def told_of(self, fault: OpsError) -> OpsError:
        """Return ``link.other_centre`` with what the officer has to know: found, expected, waiting.

        As it is, without a question, if the other one does not answer again, or ours does.
        """
        ours = self._duty.centre
        try:
            hello = self._client.hello(of_any_centre=True)
        except OpsError:
            return fault
        if hello.instance_id == ours:
            return fault
        expected, waiting = self._worker.call(self._own)
        self._other = OtherCentre(hello.instance_id, hello.name or hello.instance_id, expected or ours, waiting)
        return self._fault(self._other.found, self._other.expected, waiting, "decide")

    def _fault(self, found: str, expected: str, waiting: int, reason: str) -> OpsError:
        return OpsError(
            "link.other_centre",
            {"found": found, "expected": expected, "waiting": waiting, "reason": reason},
            retryable=True,
        )

    def _serve(self, instance: str, name: str) -> None:
        """On the storage worker."""
        if instance != self._duty.centre:
            self._duty.serve(instance)
        if name != (self._duty.setting(_NAME) or ""):
            self._duty.set_setting(_NAME, name or None)

    def _own(self) -> tuple[str, int]:
        """On the storage worker: the name of our centre, and how much waits for it."""
        counts = self._duty.counts()
        return self._duty.setting(_NAME) or "", counts.queued + counts.sending + counts.unresolved
