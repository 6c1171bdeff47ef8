"""Times of many orders at once are what they are one by one."""

from datetime import datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given

from storage.cache.moments import milliseconds, milliseconds_of

ZONES = ("", "Z", "+08:00", "-05:30", "+00:00", "+24:00", "+8:00", "+0800")
WRITTEN = st.builds(
    "{}{}{}{}".format,
    st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds")),
    st.sampled_from(["", ".000", ".123", ".999", ".5", ".123456"]),
    st.sampled_from(ZONES),
    st.sampled_from(["", "", "", " "]),
)
SPOILT = st.builds(
    lambda text, place, other: f"{text[:place]}{other}{text[place + 1 :]}",
    WRITTEN,
    st.integers(0, 28),
    st.sampled_from("0369-:TZ+. ０é"),
)


@given(st.lists(st.one_of(WRITTEN, SPOILT, st.just("")), max_size=60))
def test_that_times_read_together_are_those_read_one_by_one(texts: list[str]) -> None:
    assert milliseconds_of(texts, -1).tolist() == [milliseconds(text, -1) for text in texts]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("2028-02-29T00:00:00Z", True), ("2026-02-29T00:00:00Z", False), ("2100-02-29T00:00:00Z", False)],
)
def test_that_a_day_there_is_not_is_no_time(text: str, is_one: bool) -> None:
    here = int(datetime.fromisoformat(text).timestamp() * 1000) if is_one else 0
    assert milliseconds_of([text], 0).tolist() == [here]


def test_that_a_time_is_exact_to_the_millisecond() -> None:
    texts = [f"2026-11-22T14:03:22.{fraction:03}+08:00" for fraction in range(1000)]
    first = milliseconds(texts[0], 0)
    assert milliseconds_of(texts, 0).tolist() == [first + fraction for fraction in range(1000)]
    assert [milliseconds(text, 0) for text in texts] == [first + fraction for fraction in range(1000)]
