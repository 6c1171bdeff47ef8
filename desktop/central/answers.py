"""Reading whole answers of the centre as wire types."""

from typing import TypeVar

import msgspec

from desktop.central.decode import decode
from desktop.central.schema import Wire
from desktop.central.transport import Reply
from desktop.errors import OpsError

_WireType = TypeVar("_WireType", bound=Wire)


def read(reply: Reply, wire: type[_WireType]) -> _WireType:
    """Decode an answer.

    Raises:
        OpsError: ``link.malformed``.
    """
    try:
        return decode(reply.body, wire)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise malformed(wire.__name__, error) from error


def malformed(what: str, error: Exception) -> OpsError:
    """Return the fault of an answer that is not what the contract says."""
    # The error's own text may quote what the centre sent: only its kind is kept.
    return OpsError("link.malformed", {"what": what}, retryable=True, detail=type(error).__name__)
