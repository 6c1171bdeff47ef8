"""Digests over (id, ver) in 256 buckets: a desk compares them with its own and fetches only what differs."""

import hashlib

from desktop.drill.store.log import Log

BUCKETS = 256


def bucket_of(id_: str) -> int:
    """Return the bucket of an object: the first byte of the SHA-256 of its id."""
    return hashlib.sha256(id_.encode()).digest()[0]


def bucket_digests(log: Log, kind: str) -> dict[str, object]:
    """Return the body of ``GET /v1/sync/digest``: 256 digests at one log number.

    A bucket's digest is the hexadecimal XOR of the first 8 bytes of SHA-256("id" NUL "ver") of its objects, so that
    a desk can keep its own up to date with every change it applies.
    """
    sums = [0] * BUCKETS
    lsn, versions = log.versions(kind)
    for id_, ver in versions:
        mark = hashlib.sha256(f"{id_}\0{ver}".encode()).digest()
        sums[bucket_of(id_)] ^= int.from_bytes(mark[:8], "big")
    return {"lsn": lsn, "kind": kind, "buckets": [f"{value:016x}" for value in sums]}
