"""Published intervals come out to the digits that were published."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.trace.intervals import newcombe, wilson


def four(value: Decimal) -> str:
    return f"{value:.4f}"


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, "0.2553", "0.3662"), (15, 148, "0.0624", "0.1605"), (0, 20, "0.0000", "0.1611"), (1, 29, "0.0061", "0.1718")],
)
def test_wilson_gives_the_values_of_newcombe_1998_table_1_method_3(k: int, n: int, low: str, high: str) -> None:
    interval = wilson(k, n)
    assert (four(interval.low), four(interval.high)) == (low, high)


@pytest.mark.parametrize(
    ("k1", "n1", "k2", "n2", "low", "high"),
    [
        (56, 70, 48, 80, "0.0524", "0.3339"),
        (9, 10, 3, 10, "0.1705", "0.8090"),
        (10, 10, 0, 20, "0.6791", "1.0000"),
        (6, 7, 2, 7, "0.0582", "0.8062"),
        (5, 56, 0, 29, "-0.0381", "0.1926"),
        (0, 10, 0, 20, "-0.1611", "0.2775"),
        (0, 10, 0, 10, "-0.2775", "0.2775"),
        (10, 10, 0, 10, "0.6075", "1.0000"),
    ],
)
def test_newcombe_gives_the_values_of_newcombe_1998_table_2_method_10(k1: int, n1: int, k2: int, n2: int, low: str, high: str) -> None:
    interval = newcombe(k1, n1, k2, n2)
    assert (four(interval.low), four(interval.high)) == (low, high)


def test_without_trials_nothing_is_known() -> None:
    assert (wilson(0, 0).low, wilson(0, 0).high, wilson(0, 0).has_track_record) == (0, 1, False)
    with pytest.raises(ValueError, match="each side"):
        newcombe(0, 0, 1, 2)


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3)])
def test_counts_that_are_no_rate_are_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a rate"):
        wilson(k, n)


@given(n=st.integers(1, 10**6), data=st.data())
def test_wilson_holds_the_point_and_mirrors(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    interval, mirrored = wilson(k, n), wilson(n - k, n)
    assert 0 <= interval.low <= interval.point <= interval.high <= 1
    assert abs(interval.low + mirrored.high - 1) <= Decimal("0.000001")
