"""How orders lie on the board: packed rows of fixed length, and blocks of them on the disk."""

from collections.abc import Mapping, Sequence
from struct import Struct
from zlib import adler32, crc32

import numpy as np
import numpy.typing as npt

from storage.cache.columns import FINISHED_STATES, NEVER, ORDINARY, URGENCY_RANKS, OrderFacts
from storage.cache.moments import milliseconds_of

FORMAT = 2
"""Raised with every change of the row: blocks of another format are made again from the objects."""

CODED = ("state", "urgency", "source", "module", "lead_department", "grid_cell", "neighbourhood", "owner")
"""Columns of few different texts; a row holds the text's number in the lexicon."""

ID_BYTES = 40
"""Longer ids (a centre's UUID has 36) are kept beside the board."""
NUMBER_BYTES = 24
"""So much of an order's number takes part in sorting."""

GONE, LIVING, LONG_ID = 0, 1, 2
"""What `life` says: no order here, one, one whose id does not fit (or would lose zeros at its end)."""

ROW = np.dtype(
    [
        ("life", "u1"),
        ("open", "u1"),
        ("supervised", "u1"),
        ("urgency_rank", "u1"),
        ("hash", "<u4"),
        ("caller", "<u8"),
        *((name, "<i4") for name in CODED),
        *((name, "<i8") for name in ("due", "near", "opened", "updated", "closed", "digest")),
        ("lon", "<f8"),
        ("lat", "<f8"),
        ("number", f"S{NUMBER_BYTES}"),
        ("id", f"S{ID_BYTES}"),
    ]
)
_PACKED = Struct(f"<4BIQ{len(CODED)}i6q2d{NUMBER_BYTES}s{ID_BYTES}s")
EMPTY = bytes(_PACKED.size)

PER_BLOCK = 22
"""As many orders as fill a page of the database: a block is one row of its table."""

BLOCK = np.dtype([(name, ROW[name], (PER_BLOCK,)) for name in ROW.names or ()])
"""Each column's values stand together, for they are read by column: all rows' at the start, several times faster so."""

Columns = dict[str, npt.NDArray[np.generic]]
_NOWHERE = (float("nan"), float("nan"))
_NEAR_SHARE = 0.25  # of the time an order has, as in the hall's rule for 临期


def moments_of(orders: Sequence[OrderFacts]) -> list[list[int]]:
    """Return when each order is due, was opened, updated and closed; in milliseconds since 1970, UTC, 0 for never."""
    texts = [text or "" for order in orders for text in (order.due, order.opened_at, order.updated_at, order.closed_at)]
    return milliseconds_of(texts, 0).reshape(-1, 4).tolist()


def pack(object_id: str, order: OrderFacts, moments: Sequence[int], digest: int, codes: Mapping[str, int]) -> bytes:
    """Return the row of an order; `moments` as `moments_of` gives them, `digest` is of its texts."""
    key = object_id.encode("utf-8", "replace")
    place, caller, number, state, urgency = order.place, order.caller, order.number, order.state or "", order.urgency
    due, opened, updated, closed = moments
    due = due or NEVER
    return _PACKED.pack(
        LIVING if len(key) <= ID_BYTES and key[-1:] != b"\0" else LONG_ID,
        state not in FINISHED_STATES,
        order.supervised or False,
        URGENCY_RANKS.get(urgency or "", ORDINARY),
        crc32(key),
        caller_mark(caller.hash) if caller is not None and caller.hash else 0,
        codes[state],
        codes[urgency or ""],
        codes[order.source or ""],
        codes[order.module or ""],
        codes[order.lead_department or ""],
        codes[(place and place.grid_cell) or ""],
        codes[(place and place.neighbourhood) or ""],
        codes[order.owner or ""],
        due,
        due - int((due - opened) * _NEAR_SHARE) if 0 < opened < due < NEVER else due,
        opened,
        updated,
        closed,
        digest,
        *(order.point() or _NOWHERE),
        number.encode("utf-8", "replace") if number else b"",
        key,
    )


def caller_mark(caller: str) -> int:
    """Return what the board knows a caller by: nearly as many callers as orders, so not in the lexicon; 0 for none."""
    data = caller.encode("utf-8", "replace")
    return crc32(data) << 32 | adler32(data) if data else 0


def rows_of(packed: Sequence[bytes]) -> npt.NDArray[np.void]:
    """Return packed rows as one array of `ROW`."""
    return np.frombuffer(b"".join(packed), ROW)


def empty_columns(size: int) -> Columns:
    """Return columns for `size` rows, none of them living."""
    return {name: np.zeros(size, ROW[name]) for name in ROW.names or ()}
