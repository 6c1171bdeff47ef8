"""Positions in the log as desks hold them: opaque, signed, and bound to centre, epoch and what the desk may see."""

from dataclasses import dataclass

from desktop.drill.signing import Signer


class CursorExpired(Exception):  # noqa: N818 - the contract's word
    """The position is unknown, too old, or of somebody with other rights: take a snapshot."""


class EpochChanged(Exception):  # noqa: N818 - the contract's word
    """The position belongs to another centre or to a log that was started anew."""


@dataclass(slots=True)
class Cursors:
    """Writes and reads cursors. `epoch` changes when the log is begun anew, and voids all that were written before."""

    instance: str
    epoch: str
    signer: Signer

    def write(self, lsn: int, audience: str) -> str:
        """Return the cursor of a desk that has everything up to `lsn`."""
        return self.signer.seal(f"{lsn}|{self.instance}|{self.epoch}|{audience}")

    def read(self, cursor: str, audience: str) -> int:
        """Return the log number inside `cursor`.

        Raises:
            CursorExpired: it is no cursor of ours, or belongs to another audience.
            EpochChanged: it was written in another epoch.
        """
        text = self.signer.unseal(cursor)
        if text is None:
            raise CursorExpired
        lsn, instance, epoch, bound_to = text.split("|")
        if (instance, epoch) != (self.instance, self.epoch):
            raise EpochChanged
        if bound_to != audience:
            raise CursorExpired
        return int(lsn)
