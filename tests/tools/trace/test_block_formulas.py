"""Formulas over columns of a block, and those of logarithms and extremes, give what numpy, the forecast and plain sums give."""

from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.trace.example import derived
from tests.tools.trace.test_recompute import findings, number, verdict
from tools.forecast.venn_abers import venn_abers
from tools.store.classification import Classification
from tools.trace.cells import BlockColumn, Cell, CellType, Derivation, EvidenceBlock, Formula
from tools.trace.recompute import recompute
from tools.trace.shapley import FACTORS


def table(columns: tuple[tuple[str, int], ...], *rows: tuple[int | str, ...]) -> EvidenceBlock:
    heads = (("record", 0), ("version", 0), *columns)
    named = tuple(BlockColumn(name=name, type=CellType.NUMBER, scale=scale) for name, scale in heads)
    text = json.dumps([[number, 1, *row] for number, row in enumerate(rows)], separators=(",", ":"))
    return EvidenceBlock(id="b3", table="draws", columns=named, rows_json=text, n=len(rows), classification=Classification.INTERNAL)


def over(block: EvidenceBlock, formula: Formula, *operands: str, cells: tuple[Cell, ...] = ()) -> str | None:
    """What a formula over the block gives; the reason where it gives nothing."""
    asked = derived("q1.x.y", "-99", CellType.NUMBER, formula, *operands)
    found = next(each for each in recompute({each.address: each for each in (asked, *cells)}, {"b3": block}) if each.address == "q1.x.y")
    return found.recomputed if found.reason == "mismatch" else found.reason


def test_quantiles_and_means_of_draws_are_those_of_numpy() -> None:
    draws = table((("total", 2),), (100,), (400,), (250,), (75,))
    values = np.array([1, 4, 2.5, 0.75])
    for level in ("0", "0.05", "0.5", "0.9", "1"):
        told = over(draws, "quantile", "b3.total", "q1.l.x", cells=(number("q1.l.x", Decimal(level)),))
        assert float(str(told)) == pytest.approx(float(np.quantile(values, float(level))), abs=1e-9)
    assert over(draws, "mean", "b3.total") == "2.0625"
    assert over(draws, "at_least", "b3.total", "q1.l.x", cells=(number("q1.l.x", Decimal("2.5")),)) == "2"
    assert over(draws, "quantile", "b3.total", "q1.l.x", cells=(number("q1.l.x", Decimal(2)),)) == "operand_kind"
    assert over(draws, "quantile", "b3.total") == "operand_count"


def test_sum_of_products_runs_over_rows() -> None:
    assert over(table((("amount", 2), ("chance", 2)), (1000, 50), (2000, 25)), "weighted_sum", "b3.amount", "b3.chance") == "10"


def test_logarithm_root_and_extremes_of_numbers() -> None:
    cells = (number("q1.a.x", 3), number("q1.b.x", 1), number("q1.c.x", -5))
    assert verdict(derived("q1.x.y", "1.386294", CellType.NUMBER, "log", "q1.a.x", "q1.b.x"), *cells) == "1.386294"
    assert verdict(derived("q1.x.y", "2", CellType.NUMBER, "root", "q1.a.x", "q1.b.x"), *cells) == "2"
    assert verdict(derived("q1.x.y", "-5", CellType.NUMBER, "smallest", "q1.a.x", "q1.c.x"), *cells) == "-5"
    assert verdict(derived("q1.x.y", "3", CellType.NUMBER, "largest", "q1.a.x", "q1.c.x"), *cells) == "3"
    nothing = Cell(address="q1.x.y", value=None, type=CellType.NUMBER, derivation=Derivation(formula="log", operands=("q1.c.x",)))
    assert findings(nothing, *cells)["q1.x.y"].outcome == "ok"


def test_linear_models_count_distances_from_the_mean_within_the_limit() -> None:
    heads = (("coefficient", 1), ("mean", 1), ("spread", 1))
    limit = number("q1.l.x", 4)
    own = ("q1.v.x", "b3.coefficient", "b3.mean", "b3.spread", "q1.l.x")
    assert over(table(heads, (5, 20, 5)), "linear", *own, cells=(number("q1.v.x", 3), limit)) == "1"
    assert over(table(heads, (5, 20, 5)), "linear", *own, cells=(number("q1.v.x", 300), limit)) == "2"
    assert over(table(heads, (5, 20, 5), (5, 20, 5)), "linear", *own, cells=(number("q1.v.x", 3), limit)) == "operand_count"
    word = Cell(address="q1.w.x", value="Web", type=CellType.TEXT, derivation=Derivation(formula="constant"))
    levels = table((("level", 0), *heads), ("Web", 10, 5, 5), ("Fair", 20, 5, 5))
    coded = ("q1.w.x", "q1.v.x", "b3.level", *own[1:])
    assert over(levels, "levels", *coded, cells=(word, number("q1.v.x", 1), limit)) == "-1"


@given(rows=st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=1, max_size=30), asked=st.integers(-6, 6))
def test_venn_abers_pairs_are_those_of_the_forecast(rows: list[tuple[int, bool]], asked: int) -> None:
    block = table((("score", 0), ("won", 0), ("n", 0)), *((score, int(won), 1) for score, won in rows))
    told = venn_abers(np.array([score for score, _ in rows], float), np.array([won for _, won in rows], float), np.array([asked], float))
    for formula, expected in (("venn_abers_low", told[0][0]), ("venn_abers_high", told[1][0])):
        found = over(block, formula, "b3.score", "b3.won", "b3.n", "q1.s.x", cells=(number("q1.s.x", asked),))  # type: ignore[arg-type]
        assert float(str(found)) == pytest.approx(float(expected), abs=1e-6)


@given(rows=st.lists(st.tuples(st.integers(0, 1), st.sampled_from("abc"), st.integers(0, 1), st.integers(0, 10**6)), max_size=20))
def test_shares_of_a_change_add_up_to_it(rows: list[tuple[int, str, int, int]]) -> None:
    rows += [(0, "a", 1, 500), (1, "a", 1, 700)]
    block = table((("after", 0), ("group", 0), ("won", 0), ("value", 2)), *rows)
    words = [Cell(address=f"q1.{factor}.x", value=factor, type=CellType.TEXT, derivation=Derivation(formula="constant")) for factor in FACTORS]
    shares = [over(block, "change_share", "b3.after", "b3.group", "b3.won", "b3.value", word.address, cells=(word,)) for word in words]
    sums = [sum(value for after, _, won, value in rows if won and after == when) for when in (0, 1)]
    assert float(sum(Decimal(str(share)) for share in shares)) == pytest.approx((sums[1] - sums[0]) / 100, abs=1e-5)
