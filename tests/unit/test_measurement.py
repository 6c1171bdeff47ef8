"""A benchmark's verdict is right at its edges."""

import pytest

from tests.bench.measurement import Bar, Measurement, percentile, slope
from tests.bench.run import as_row, available, line, main


@pytest.mark.parametrize(
    ("bar", "value", "met"),
    [(Bar.AT_MOST, 40.0, True), (Bar.AT_MOST, 40.1, False), (Bar.AT_LEAST, 40.0, True), (Bar.AT_LEAST, 39.9, False)],
)
def test_that_a_bar_is_met_up_to_its_limit(bar: Bar, value: float, met: bool) -> None:
    assert Measurement(name="tick", value=value, unit="ms", bar=bar, limit=40.0).ok is met


def test_that_a_number_without_a_bar_has_no_verdict() -> None:
    row = as_row(Measurement(name="memory", value=300, unit="MB"))
    assert row["ok"] is None
    assert "ok" not in line(row)


def test_that_a_missed_bar_is_seen_in_the_table() -> None:
    row = as_row(Measurement(name="tick p99", value=55.21, unit="ms", bar=Bar.AT_MOST, limit=40))
    assert line(row).split() == ["tick", "p99", "55.2", "ms", "≤", "40", "–", "MISSED"]


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1.0), (0.5, 50.0), (0.99, 99.0), (1.0, 100.0)])
def test_that_a_percentile_is_one_of_the_values(share: float, expected: float) -> None:
    assert percentile([float(value) for value in range(100, 0, -1)], share) == expected


def test_that_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err
    assert "nonsense" not in available()


def test_that_a_slope_is_the_growth_and_not_the_noise() -> None:
    at = [float(second) for second in range(60)]
    values = [100.0 + 0.5 * second + (second % 2) for second in at]
    values[20:25] = [900.0] * 5  # a burst
    assert slope(at, values) == pytest.approx(0.5, abs=0.05)
    assert slope(at, [7.0] * 60) == 0.0
    assert slope([1.0], [7.0]) == 0.0
