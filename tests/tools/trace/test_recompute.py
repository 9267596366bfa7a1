"""Every derived value follows exactly from what it names, and what proves nothing is a fault."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.trace.example import CELLS, EAST, derived, evidence, read
from tools.store.classification import Classification
from tools.trace.cells import BlockColumn, Cell, CellType, EvidenceBlock
from tools.trace.recompute import Finding, mismatches, recompute

RATE, COUNT, MONEY, DATE, NAME = CellType.RATE, CellType.COUNT, CellType.MONEY, CellType.DATE, CellType.NAME
AMOUNTS = st.lists(st.none() | st.integers(-(10**12), 10**12), max_size=12)
DECIMALS = st.decimals(-(10**9), 10**9, places=4)


def findings(*cells: Cell, rows: list[list[str | int | None]] | None = None) -> dict[str, Finding]:
    block = evidence() if rows is None else evidence(rows)
    return {finding.address: finding for finding in recompute({cell.address: cell for cell in cells}, {"b1": block})}


def verdict(cell: Cell, *others: Cell, rows: list[list[str | int | None]] | None = None) -> str | None:
    finding = findings(cell, *others, rows=rows)[cell.address]
    return finding.recomputed if finding.outcome == "ok" else finding.reason


def rows_of(amounts: list[int | None]) -> list[list[str | int | None]]:
    return [[index, 1, "东区", amount, 1, None] for index, amount in enumerate(amounts)]


def number(address: str, value: Decimal | int | None) -> Cell:
    return read(address, None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value), MONEY, address)


def test_example_recomputes_without_mismatch() -> None:
    assert mismatches({cell.address: cell for cell in CELLS}, {"b1": evidence()}) == []


@given(amounts=AMOUNTS)
def test_folds_skip_nulls_and_are_exact(amounts: list[int | None]) -> None:
    known = [amount for amount in amounts if amount is not None]
    expected = {
        "sum": Decimal(sum(known)) / 100,
        "count": Decimal(len(known)),
        "count_distinct": Decimal(len(set(known))),
        "min": Decimal(min(known)) / 100 if known else None,
        "max": Decimal(max(known)) / 100 if known else None,
        "median": Decimal(median(map(Fraction, known)).numerator) / Decimal(median(map(Fraction, known)).denominator) / 100 if known else None,
    }
    for formula, value in expected.items():
        cell = derived("q1.r1.x", None if value is None else f"{value:f}", MONEY, formula, "b1.amount")
        assert findings(cell, rows=rows_of(amounts))["q1.r1.x"].outcome == "ok", formula


@given(amounts=AMOUNTS, error=st.integers(-5, 5).filter(bool))
def test_a_sum_that_is_off_by_a_cent_is_reported_with_both_values(amounts: list[int | None], error: int) -> None:
    right = Decimal(sum(amount for amount in amounts if amount is not None)) / 100
    cell = derived("q1.r1.x", f"{right + Decimal(error) / 100:f}", MONEY, "sum", "b1.amount")
    (finding,) = mismatches({cell.address: cell}, {"b1": evidence(rows_of(amounts))})
    assert (finding.reason, Decimal(finding.recomputed or "x")) == ("mismatch", right)
    assert finding.stated == cell.value


def test_count_of_a_block_counts_rows_and_of_a_column_its_values() -> None:
    assert verdict(derived("q1.r1.x", "5", COUNT, "count", "b1")) == "5"
    assert verdict(derived("q1.r1.x", "4", COUNT, "count", "b1.amount")) == "4"
    assert verdict(derived("q1.r1.x", "1", COUNT, "count", "b1", where=EAST | {"won": 1})) == "1"
    assert verdict(derived("q1.r1.x", "1", COUNT, "count", "b1", where={"d0": None})) == "1"


def test_extremes_of_dates_compare_as_text() -> None:
    assert verdict(derived("q1.r1.x", "2017-11-11", DATE, "max", "b1.closed")) == "2017-11-11"
    assert verdict(derived("q1.r1.x", "2017-03-01", DATE, "sum", "b1.closed")) == "operand_kind"


@given(a=DECIMALS, b=DECIMALS)
def test_quotients_round_half_even_and_are_empty_for_a_zero_divisor(a: Decimal, b: Decimal) -> None:
    for formula, over in (("rate", a), ("ratio", a), ("share", a), ("growth", a - b)):
        divisor = abs(b) if formula == "growth" else b
        exact = round(Fraction(over) / Fraction(divisor) * 10**6) if divisor else None
        value = None if exact is None else f"{Decimal(exact).scaleb(-6):f}"
        assert findings(derived("q1.x.y", value, RATE, formula, "q1.a.x", "q1.b.x"), number("q1.a.x", a), number("q1.b.x", b))["q1.x.y"].outcome == "ok"


@given(pairs=st.lists(st.tuples(DECIMALS, DECIMALS), min_size=1, max_size=5))
def test_weighted_add_and_delta_are_exact(pairs: list[tuple[Decimal, Decimal]]) -> None:
    cells = [number(f"q1.{side}{index}.x", value) for index, pair in enumerate(pairs) for side, value in zip("wv", pair, strict=True)]
    names = [cell.address for cell in cells]
    total = sum((Fraction(w) * Fraction(v) for w, v in pairs), Fraction(0))
    weighted = Decimal(int(total * 10**8)).scaleb(-8)
    assert verdict(derived("q1.t.x", f"{weighted:f}", MONEY, "weighted", *names), *cells) is not None
    assert findings(derived("q1.t.x", f"{weighted:f}", MONEY, "weighted", *names), *cells)["q1.t.x"].outcome == "ok"
    flat = sum((value for pair in pairs for value in pair), Decimal(0))
    assert findings(derived("q1.t.x", f"{flat:f}", MONEY, "add", *names), *cells)["q1.t.x"].outcome == "ok"
    difference = pairs[0][0] - pairs[0][1]
    assert findings(derived("q1.t.x", f"{difference:f}", MONEY, "delta", *names[:2]), *cells)["q1.t.x"].outcome == "ok"


def test_arithmetic_over_nothing_gives_nothing() -> None:
    for formula in ("delta", "rate", "share", "add"):
        assert findings(derived("q1.x.y", None, MONEY, formula, "q1.a.x", "q1.b.x"), number("q1.a.x", 1), number("q1.b.x", None))["q1.x.y"].outcome == "ok"


@given(values=st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_rank_is_one_more_than_the_number_of_larger_others(values: list[int]) -> None:
    cells = [number(f"q1.r{index}.x", value) for index, value in enumerate(values)]
    expected = 1 + sum(value > values[0] for value in values[1:])
    assert verdict(derived("q1.x.y", str(expected), COUNT, "rank", *(cell.address for cell in cells)), *cells) == str(expected)


def test_group_rank_recomputes_the_whole_tree_for_every_group() -> None:
    part = derived("q1.r1.part", "1", COUNT, "count", "b1", where=EAST | {"won": 1})
    whole = derived("q1.r1.n", "2", COUNT, "count", "b1", where=EAST)
    rate = derived("q1.r1.rate", "0.5", RATE, "rate", "q1.r1.part", "q1.r1.n")
    rank = derived("q1.r1.rank", "2", COUNT, "group_rank", "q1.r1.rate", by=("d0",))
    up = derived("q1.r1.up", "1", COUNT, "group_rank_up", "q1.r1.rate", by=("d0",))
    regions: list[str | int | None] = ["东区", "东区", "西区", None]
    rows: list[list[str | int | None]] = [[index, 1, region, 100, int(index > 0), None] for index, region in enumerate(regions)]
    assert (verdict(rank, part, whole, rate, rows=rows), verdict(up, part, whole, rate, rows=rows)) == ("2", "1")  # deals without a region are no group
    claimed_first = rank.model_copy(update={"value": "1"})
    assert verdict(claimed_first, part, whole, rate, rows=rows) == "mismatch"


def test_row_rank_counts_rows_with_larger_values() -> None:
    own = number("q1.r1.amount", Decimal("5000"))
    assert verdict(derived("q1.r1.rank", "2", COUNT, "row_rank", "q1.r1.amount", "b1.amount"), own) == "2"
    assert verdict(derived("q1.r1.rank", "3", COUNT, "row_rank_up", "q1.r1.amount", "b1.amount"), own) == "3"


def test_row_rank_of_days_counts_rows_with_later_days() -> None:
    own = read("q1.r1.closed", "2025-05-02", DATE, "q1.r1.closed")
    rows: list[list[str | int | None]] = [[1, 1, "东区", 1, 1, "2025-05-02"], [2, 1, "东区", 1, 1, "2025-06-01"], [3, 1, "东区", 1, 1, None]]
    assert verdict(derived("q1.r1.rank", "2", COUNT, "row_rank", "q1.r1.closed", "b1.closed"), own, rows=rows) == "2"
    assert verdict(derived("q1.r1.rank", "1", COUNT, "row_rank_up", "q1.r1.closed", "b1.closed"), own, rows=rows) == "1"


def test_group_key_must_be_held_by_a_row_and_drops_the_mark_of_a_lost_reference() -> None:
    assert verdict(derived("q1.r1.d", "North", NAME, "group_key", "b1.d0", where={"d0": "North"})) == "group_absent"
    assert verdict(derived("q1.r1.d", "Acme", NAME, "group_key", "b1.d0", where={"d0": "?Acme"}), rows=[[1, 1, "?Acme", 1, 1, None]]) == "?Acme"


def test_days_between_counts_calendar_days() -> None:
    days = (read("q1.a.x", "2017-03-01", DATE, "1"), read("q1.b.x", "2017-02-27", DATE, "1"))
    assert verdict(derived("q1.x.y", "2", CellType.DURATION, "days_between", "q1.a.x", "q1.b.x"), *days) == "2"


def test_wilson_bounds_recompute_from_their_counts() -> None:
    counts = (number("q1.k.x", 15), number("q1.n.x", 148))
    assert verdict(derived("q1.x.low", "0.062386", RATE, "wilson_low", "q1.k.x", "q1.n.x"), *counts) == "0.062386"
    assert verdict(derived("q1.x.high", "0.160487", RATE, "wilson_high", "q1.k.x", "q1.n.x"), *counts) == "0.160487"


def test_decayed_weights_are_halved_once_a_half_life() -> None:
    parts = [number(f"q1.{name}.x", Decimal(value)) for name, value in (("a", "1.2"), ("q", "0.5"), ("age", "30"), ("h", "30"))]
    assert verdict(derived("q1.x.y", "0.3", CellType.NUMBER, "decayed", *(cell.address for cell in parts)), *parts) == "0.3"


def aged(*rows: tuple[int, int, int]) -> EvidenceBlock:
    """Weights in hundredths, ages and half-lives in days."""
    names = (("record", 0), ("version", 0), ("weight", 2), ("age", 0), ("half_life", 0))
    columns = tuple(BlockColumn(name=name, type=CellType.NUMBER, scale=scale) for name, scale in names)
    text = json.dumps([[number, 1, *row] for number, row in enumerate(rows)], separators=(",", ":"))
    return EvidenceBlock(id="b2", table="interactions", columns=columns, rows_json=text, n=len(rows), classification=Classification.INTERNAL)


def of_aged(cell: Cell, *others: Cell, rows: tuple[tuple[int, int, int], ...]) -> str | None:
    finding = next(each for each in recompute({each.address: each for each in (cell, *others)}, {"b2": aged(*rows)}) if each.address == cell.address)
    return finding.recomputed if finding.outcome == "ok" else finding.reason


def test_decayed_sum_adds_up_rows_with_their_own_half_lives() -> None:
    total = derived("q1.x.y", "2.1", CellType.NUMBER, "decayed_sum", "b2.weight", "b2.age", "b2.half_life")
    assert of_aged(total, rows=((120, 0, 30), (120, 30, 30), (120, 60, 30))) == "2.1"
    assert of_aged(total, rows=((120, 0, 0),)) == "operand_kind"
    assert of_aged(total.model_copy(update={"value": "2.2"}), rows=((120, 0, 30), (120, 30, 30), (120, 60, 30))) == "mismatch"


def test_quadrature_is_how_far_independent_deviations_reach_together() -> None:
    reach = derived("q1.x.y", "10", CellType.NUMBER, "quadrature", "b2.weight", "q1.f.x")
    assert of_aged(reach, number("q1.f.x", 2), rows=((300, 0, 1), (-400, 0, 1))) == "10"


def test_elapsed_counts_fractions_of_days() -> None:
    moments = (read("q1.a.x", "2026-03-02T12:00:00+00:00", CellType.DATETIME, "1"), read("q1.b.x", "2026-03-01", CellType.DATETIME, "1"))
    assert verdict(derived("q1.x.y", "1.5", CellType.DURATION, "elapsed", "q1.a.x", "q1.b.x"), *moments) == "1.5"


@given(parts=st.lists(st.decimals(-40, 40, places=6), min_size=1, max_size=5))
def test_logistic_of_summands_is_their_probability(parts: list[Decimal]) -> None:
    cells = [number(f"q1.r{index}.x", value) for index, value in enumerate(parts)]
    finding = findings(derived("q1.x.y", "2", RATE, "logistic", *(cell.address for cell in cells)), *cells)["q1.x.y"]
    assert float(str(finding.recomputed)) == pytest.approx(1 / (1 + math.exp(-float(sum(parts)))), abs=1e-6)


def test_cells_without_source_or_derivation_prove_nothing() -> None:
    assert verdict(Cell(address="q1.r1.x", value="7", type=COUNT)) == "unproven"


def test_cells_that_rest_on_each_other_prove_nothing() -> None:
    a, b = derived("q1.a.x", "7", COUNT, "add", "q1.b.x"), derived("q1.b.x", "7", COUNT, "add", "q1.a.x")
    assert {finding.reason for finding in findings(a, b).values()} == {"circular"}


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (derived("q1.x.y", "1", COUNT, "count", "b9"), "operand_unknown"),
        (derived("q1.x.y", "1", COUNT, "sum", "b1.nothing"), "column_unknown"),
        (derived("q1.x.y", "1", COUNT, "sum", "b1"), "operand_kind"),
        (derived("q1.x.y", "1", COUNT, "add", "q9.r1.x"), "operand_unknown"),
        (derived("q1.x.y", "1", COUNT, "add", "b1.amount"), "operand_kind"),
        (derived("q1.x.y", "1", COUNT, "rate", "b1.amount"), "operand_kind"),
        (derived("q1.x.y", "1", COUNT, "count"), "operand_count"),
        (derived("q1.x.y", "1", COUNT, "count", "b1", where={"nothing": 1}), "column_unknown"),
        (derived("q1.x.y", "1", COUNT, "count", "b1", places=10**9), "number_malformed"),
        (derived("q1.x.y", "5e0", COUNT, "count", "b1"), "mismatch"),
    ],
)
def test_derivations_that_name_the_wrong_things_are_faults(cell: Cell, reason: str) -> None:
    assert verdict(cell) == reason


@pytest.mark.parametrize("text", ["", "{}", "[[1]]", "[[1,1,null,1.5,1,null]]", "[[1,1,null,true,1,null]]", "[[1,1,null,1,1,null],"])
def test_malformed_evidence_is_a_fault(text: str) -> None:
    block = evidence().model_copy(update={"rows_json": text, "n": 1})
    assert [finding.reason for finding in recompute({}, {"b1": block})] == ["block_malformed"]


def test_a_stated_number_of_records_that_the_evidence_does_not_hold_is_a_fault() -> None:
    block = evidence().model_copy(update={"n": 4})
    assert [finding.reason for finding in recompute({}, {"b1": block})] == ["block_malformed"]
    assert json.loads(block.rows_json)
