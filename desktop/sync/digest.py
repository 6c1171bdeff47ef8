"""Digests of the cache by bucket, as the contract defines them: pure arithmetic over ids and versions."""

import hashlib
from collections.abc import Mapping, Sequence

from storage.records import Versions

BUCKETS = 256
_MARK_BYTES = 8


def bucket_of(record_id: str) -> int:
    """Return the bucket of a record: the first byte of the SHA-256 of its id."""
    return hashlib.sha256(record_id.encode()).digest()[0]


def digests(living: Mapping[str, int]) -> list[int]:
    """Return the 256 digests of records given as id and version; an empty bucket is 0."""
    sums = [0] * BUCKETS
    for record_id, ver in living.items():
        mark = hashlib.sha256(f"{record_id}\0{ver}".encode()).digest()
        sums[bucket_of(record_id)] ^= int.from_bytes(mark[:_MARK_BYTES], "big")
    return sums


def differing(ours: Versions, theirs: Sequence[str]) -> dict[int, str]:
    """Return the buckets that differ, with the digest the centre gave.

    A bucket in which something moved after the centre looked cannot be compared and is left out; so is one whose
    digest is no number.
    """
    moved = {bucket_of(record_id) for record_id in ours.moved}
    found: dict[int, str] = {}
    for bucket, (mine, said) in enumerate(zip(digests(ours.living), theirs, strict=False)):
        if bucket not in moved and _number(said) not in {mine, None}:
            found[bucket] = said
    return found


def _number(text: str) -> int | None:
    try:
        return int(text, 16)
    except ValueError:
        return None
