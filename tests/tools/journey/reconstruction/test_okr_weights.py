"""Weights of key results move within their bounds and always add up to 100 %."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.journey.reconstruction.okr_weights import KeyResult, move, points, serves
from tools.journey.reconstruction.policy import Bounds, shipped_policy

BOUNDS = Bounds(largest_move=10, least_weight=5, least_kept=Decimal("0.25"))


@st.composite
def quarters(draw: st.DrawFn) -> list[KeyResult]:
    """Weights of one rep, in shares or percent, that add up; in hundredths of a percentage point."""
    scale = draw(st.sampled_from([Decimal(10_000), Decimal(100)]))
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=0, max_size=5)))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, 10_000], strict=True)]
    return [KeyResult(Decimal(part) / scale, draw(st.booleans())) for part in parts]


@given(quarters(), st.integers(0, 20), st.integers(1, 30), st.integers(0, 30))
def test_weights_add_up_and_no_move_passes_its_bounds(own: list[KeyResult], wanted: int, largest: int, least: int) -> None:
    bounds = Bounds(largest_move=largest, least_weight=least, least_kept=Decimal("0.25"))
    after = move(own, wanted, bounds)
    if isinstance(after, str):
        return
    whole = sum(each.weight for each in own)
    assert sum(after) == whole
    for each, weight in zip(own, after, strict=True):
        change = (weight - each.weight) / whole * 100
        assert abs(change) <= largest
        assert (change >= 0) if each.serves else (change <= 0)
        assert change >= 0 or weight / whole * 100 >= least


def test_what_serves_gains_from_the_heaviest_of_the_others() -> None:
    own = [KeyResult(Decimal(each), serving) for each, serving in (("0.4", False), ("0.3", False), ("0.3", True))]

    assert move(own, 10, BOUNDS) == (Decimal("0.30"), Decimal("0.30"), Decimal("0.40"))
    assert move(own, 4, BOUNDS) == (Decimal("0.36"), Decimal("0.3"), Decimal("0.34"))


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ([("0.5", True), ("0.4", False)], "does_not_add_up"),
        ([("-0.5", True), ("1.5", False)], "does_not_add_up"),
        ([("0.5", False), ("0.5", False)], "nothing_serves_it"),
        ([("50", True), ("50", True)], "everything_serves_it"),
        ([("0.96", True), ("0.04", False)], "no_room"),
    ],
)
def test_weights_that_cannot_move_stay_and_say_why(own: list[tuple[str, bool]], why: str) -> None:
    assert move([KeyResult(Decimal(weight), serving) for weight, serving in own], 10, BOUNDS) == why


def test_unsure_change_moves_little_or_nothing() -> None:
    assert [points(Decimal(each), BOUNDS) for each in ("1", "1.02", "1.41", "2", "900")] == [0, 0, 5, 10, 10]


@pytest.mark.parametrize(
    ("texts", "topic"),
    [
        (("提升战略客户续约", "续约率达到 90%"), "keep"),
        (("让客户更快得到回应", "客户主动请求按时响应率 92% 以上"), "keep"),
        (("Protect what we have", "Gross retention above 95 %"), "keep"),
        (("扩大新客户收入", "新签金额完成季度目标"), "grow"),
        (("Grow the base", "Upsell in twelve accounts"), "grow"),
        (("Keep the pipeline honest", "No open deal without a next step"), None),
        (("Write better", "Two brenewals"), None),
    ],
)
def test_key_results_are_recognised_in_both_languages(texts: tuple[str, str], topic: str | None) -> None:
    found = {name for name, words in shipped_policy().key_results.items() if serves(words, *texts)}

    assert found == ({topic} if topic else set())
