"""Digests by bucket: the same numbers as the centre's, and what a difference means."""

import hashlib

import pytest

from desktop.sync.digest import BUCKETS, bucket_of, differing, digests
from storage.records import Versions

LIVING = {f"order-{number}": number + 1 for number in range(2_000)}


def said(living: dict[str, int]) -> list[str]:
    return [f"{value:016x}" for value in digests(living)]


def ours(living: dict[str, int], *moved: str) -> Versions:
    return Versions(living, frozenset(moved))


def test_that_a_digest_is_the_one_the_contract_describes() -> None:
    mark = hashlib.sha256(b"w1\x0012").digest()[:8]
    bucket = hashlib.sha256(b"w1").digest()[0]

    assert bucket_of("w1") == bucket
    assert said({"w1": 12})[bucket] == mark.hex()
    assert digests({}) == [0] * BUCKETS


def test_that_equal_records_in_another_order_differ_nowhere() -> None:
    backwards = dict(reversed(LIVING.items()))

    assert differing(ours(LIVING), said(backwards)) == {}


@pytest.mark.parametrize("change", [{"order-7": 9}, {"new": 1}])
def test_that_a_difference_is_found_in_its_bucket(change: dict[str, int]) -> None:
    (record_id,) = change
    theirs = said(LIVING | change)

    assert differing(ours(LIVING), theirs) == {bucket_of(record_id): theirs[bucket_of(record_id)]}


def test_that_a_bucket_in_which_something_moved_meanwhile_is_not_judged() -> None:
    theirs = said({name: ver for name, ver in LIVING.items() if name != "order-7"})

    assert differing(ours(LIVING, "order-7"), theirs) == {}
    assert differing(ours(LIVING, "order-8"), theirs).keys() == {bucket_of("order-7")}


def test_that_a_digest_that_is_no_number_says_nothing() -> None:
    assert differing(ours(LIVING), ["what?"] * BUCKETS) == {}
