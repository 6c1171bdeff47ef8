"""The pull's writing half: a stretch of the log becomes rows, in the caller's transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from storage.cache.columns import LARGEST_INTEGER, Facts, read_object
from storage.cache.overlay import Overlay, Target
from storage.cache.quarantine import set_aside
from storage.cache.shelf_writer import Row, ShelfWriter
from storage.cache.statements import each_of, json_list, sql_of
from storage.cache.tables import Shelf, tombstone
from storage.records import Applied, ChangeRecord

REVOKE = "revoke"
_REMOVALS = frozenset({"delete", REVOKE})


class _Fate(msgspec.Struct, gc=False):
    """What is known of an object while a stretch is folded: from the rows first, then from the changes themselves."""

    ver: int
    lsn: int
    n: int | None = None  # its row in the shelf, as it was before
    revoked: bool = False
    buried: bool = False  # there is a tombstone in the table
    is_new: bool = False  # some change said what was not in the tables before
    data: tuple[bytes, Facts | None] | None = None  # None once it is removed


def is_newer(change: ChangeRecord, fate: _Fate) -> bool:
    """Say whether `change` says something new. Any order and any repetition of changes ends in the same rows.

    The version decides, and the log position among equal versions: a removal or a return after a revocation need not
    carry a new version. Around revocations the log position alone decides, for a revocation is about the seat and
    not about the object.
    """
    if change.op == REVOKE or fate.revoked:
        return change.lsn > fate.lsn
    return (change.ver, change.lsn) > (fate.ver, fate.lsn)


def apply_changes(
    connection: Connection, shelf: Shelf, changes: Sequence[ChangeRecord], overlay: Overlay, lsn: int
) -> Applied:
    """Write what is new in `changes` to `shelf`; `lsn` is where the cursor will stand.

    Records that are no JSON objects, and changes with an `op` we do not know, are quarantined.
    """
    writer = ShelfWriter(connection, shelf, overlay.orders(shelf))
    fates = _known(connection, writer, changes)
    bad: dict[str, set[str]] = defaultdict(set)
    skipped = 0
    for change in changes:
        target = (change.kind, change.id)
        fate = fates.get(target)
        if fate is not None and not is_newer(change, fate):
            skipped += 1
            continue
        fault, data = _read(change)
        if fault:
            set_aside(connection, change.kind, change.id, change.data, fault)
            bad[change.kind].add(change.id)
        else:
            fates[target] = _followed(fate, change, data)
    ours = overlay.note_seen(connection, {change.by_op for change in changes if change.by_op})
    news = {target: fate for target, fate in fates.items() if fate.is_new}
    gone = {target: fate for target, fate in news.items() if fate.data is None}
    removed = _remove(connection, writer, gone)
    upserted = _upsert(connection, writer, news, overlay, lsn)
    late = {(change.kind, change.id) for change in changes if change.by_op in ours} - news.keys() if ours else set()
    late |= overlay.waited_for(connection, gone, lsn)
    for kind, object_id in overlay.reproject(connection, shelf, late, lsn):
        upserted[kind].add(object_id)
        removed[kind].discard(object_id)
    return Applied(_frozen(upserted), _frozen(removed), skipped, _frozen(bad))


def _read(change: ChangeRecord) -> tuple[str, tuple[bytes, Facts | None] | None]:
    if not (0 <= change.ver <= LARGEST_INTEGER and 0 <= change.lsn <= LARGEST_INTEGER):
        return "record.number", None
    if change.op in _REMOVALS:
        return "", None
    if change.op != "upsert":
        return "record.unknown_op", None
    data = read_object(change.kind, change.data)
    return ("record.no_object", None) if data is None else ("", data)


def _followed(fate: _Fate | None, change: ChangeRecord, data: tuple[bytes, Facts | None] | None) -> _Fate:
    n, buried = (fate.n, fate.buried) if fate is not None else (None, False)
    return _Fate(change.ver, change.lsn, n, change.op == REVOKE, buried, True, data)  # noqa: FBT003 - is_new


def _known(connection: Connection, writer: ShelfWriter, changes: Iterable[ChangeRecord]) -> dict[Target, _Fate]:
    by_kind: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        by_kind[change.kind].add(change.id)
    fates: dict[Target, _Fate] = {}
    for kind, ids in by_kind.items():
        for object_id, ver, lsn, revoked in connection.exec_driver_sql(_TOMBSTONES, (kind, json_list(ids))):
            fates[kind, object_id] = _Fate(ver, lsn, revoked=bool(revoked), buried=True)
        for object_id, stored in writer.stored(kind, ids).items():
            grave = fates.get((kind, object_id))
            if grave is None:
                fates[kind, object_id] = _Fate(stored.ver, stored.lsn, n=stored.n)
            else:  # begun here over it: what the centre removed stays removed
                grave.n = stored.n
    return fates


def _remove(connection: Connection, writer: ShelfWriter, gone: dict[Target, _Fate]) -> dict[str, set[str]]:
    removed: dict[str, set[str]] = defaultdict(set)
    numbers: dict[str, list[int]] = defaultdict(list)
    for (kind, object_id), fate in gone.items():
        if fate.n is not None:
            removed[kind].add(object_id)
            numbers[kind].append(fate.n)
    for kind, mine in numbers.items():
        writer.remove(kind, mine)
    if gone:
        graves = [(*target, fate.ver, fate.lsn, int(fate.revoked)) for target, fate in gone.items()]
        connection.exec_driver_sql(_BURY, graves)
    return removed


def _upsert(
    connection: Connection, writer: ShelfWriter, news: dict[Target, _Fate], overlay: Overlay, lsn: int
) -> dict[str, set[str]]:
    upserted: dict[str, set[str]] = defaultdict(set)
    rows: list[Row] = []
    risen: list[Target] = []
    for (kind, object_id), fate in news.items():
        if fate.data is None:
            continue
        is_new = fate.n is None
        number = writer.new_number() if fate.n is None else fate.n
        rows.append(Row(number, is_new, kind, object_id, fate.ver, fate.lsn, *fate.data))
        upserted[kind].add(object_id)
        if fate.buried:
            risen.append((kind, object_id))
    if rows:
        overlay.cover(connection, rows, lsn)
        writer.put(rows)
    if risen:
        connection.exec_driver_sql(_RISE, risen)
    return upserted


def _frozen(ids: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {kind: frozenset(mine) for kind, mine in ids.items() if mine}


_TOMBSTONES = sql_of(
    select(tombstone.c.id, tombstone.c.ver, tombstone.c.lsn, tombstone.c.revoked).where(
        tombstone.c.kind == bindparam("of_kind"), tombstone.c.id.in_(each_of("ids"))
    )
)
_BURY = sql_of(insert(tombstone).prefix_with("OR REPLACE"))
_RISE = sql_of(delete(tombstone).where(tombstone.c.kind == bindparam("of_kind"), tombstone.c.id == bindparam("of_id")))
