"""A reader with less clearance gets the same trace with less in it, and never a way to work out the rest."""

from __future__ import annotations

import itertools
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.trace.example import CELLS, GUARDED, OPEN, SECRETS, derived, draft, evidence, read
from tools.store.classification import Classification
from tools.trace.cells import Cell, CellType
from tools.trace.citation import CitationTrace
from tools.trace.export import to_json, to_prov
from tools.trace.recompute import recompute
from tools.trace.sealing import effective_classifications, operand_names, seal_trace
from tools.trace.signing import InstallationKey
from tools.trace.svg import to_svg
from tools.trace.verify import verify_trace


@pytest.mark.parametrize("clearance", list(Classification))
def test_masked_copy_keeps_id_and_signature_and_verifies(trace: CitationTrace, key: InstallationKey, clearance: Classification) -> None:
    masked = trace.masked_for(clearance)
    assert (masked.id, masked.signature) == (trace.id, trace.signature)
    assert verify_trace(to_json(masked), key.trusted()).holds


def test_full_clearance_sees_everything(trace: CitationTrace) -> None:
    assert trace.masked_for(Classification.SENSITIVE) == trace


def test_masked_bytes_hold_no_guarded_text_in_any_export(trace: CitationTrace) -> None:
    masked = trace.masked_for(OPEN)
    for export in (to_json(masked).decode(), to_prov(masked), to_svg(masked)):
        assert [secret for secret in SECRETS if secret in export] == []
    assert all(secret in to_json(trace).decode() for secret in SECRETS)


def test_masking_twice_is_masking_for_the_lower_clearance(trace: CitationTrace) -> None:
    for first, second in itertools.product(Classification, repeat=2):
        assert trace.masked_for(first).masked_for(second) == trace.masked_for(min(first, second))


def test_derivation_over_withheld_operands_is_not_checkable_rather_than_failed(key: InstallationKey) -> None:
    hidden = read("q3.r1.bonus", "100", CellType.MONEY, "9", classification=GUARDED)
    total = derived("q3.r1.total", "150", CellType.MONEY, "add", "q3.r1.bonus", "q3.r1.pay")
    cells = (*CELLS, hidden, read("q3.r1.pay", "50", CellType.MONEY, "9"), total)
    masked = seal_trace(draft(cells=cells), key).masked_for(OPEN)
    report = verify_trace(to_json(masked), key.trusted())
    assert report.holds
    assert {check.outcome for check in report.checks if check.kind == "derivation" and check.subject == "q3.r1.total"} == {"not_checkable"}
    withheld = {cell.address for cell in masked.cells if cell.content.opening is None}
    assert {"q3.r1.bonus", "q3.r1.total"} <= withheld


def test_operands_of_a_cell_declared_more_sensitive_are_withheld_with_it() -> None:
    secret = derived("q1.r1.salary_share", "0.5", CellType.RATE, "rate", "q1.r1.a", "q1.r1.b", classification=GUARDED)
    cells = (read("q1.r1.a", "1", CellType.COUNT, "1"), read("q1.r1.b", "2", CellType.COUNT, "1"), secret)
    assert set(effective_classifications(cells, ()).values()) == {GUARDED}


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Cell, ...]:
    """Sums over earlier cells and evidence, with secrets as values and levels at random."""
    cells: list[Cell] = []
    for index in range(draw(st.integers(2, 12))):
        address, level = f"q1.r{index}.x", draw(st.sampled_from(Classification))
        if index < 2 or draw(st.booleans()):
            cells.append(read(address, str(draw(st.integers(10**15, 10**16))), CellType.MONEY, f"rec{index}", classification=level))
        elif draw(st.integers(0, 4)) == 0:
            cells.append(derived(address, "18499.5", CellType.MONEY, "sum", "b1.amount", where={"won": 1}, classification=level))
        else:
            parts = draw(st.lists(st.sampled_from(cells), min_size=1, max_size=3, unique_by=lambda cell: cell.address))
            total = sum((part.number or Decimal(0) for part in parts), Decimal(0))
            cells.append(derived(address, f"{total:f}", CellType.MONEY, "add", *(part.address for part in parts), classification=level))
    return tuple(cells)


@given(cells=graphs(), clearance=st.sampled_from(Classification))
def test_no_withheld_value_can_be_seen_or_worked_out(cells: tuple[Cell, ...], clearance: Classification, key: InstallationKey) -> None:
    masked = seal_trace(draft(cells=cells, claims=(), suggestions=()), key).masked_for(clearance)
    text = to_json(masked).decode()
    open_names = {cell.address for cell in masked.cells if cell.content.opening} | {block.id for block in masked.blocks if block.content.opening}
    shown = {cell.value for cell in cells if cell.address in open_names}
    for cell in cells:
        operands = operand_names(cell, {"b1", *(each.address for each in cells)})
        if cell.address in open_names:
            assert cell.classification <= clearance
            assert set(operands) <= open_names
        else:
            assert f'"{cell.value}"' not in text or cell.value in shown
            assert not operands or not set(operands) <= open_names
    assert verify_trace(json.loads(text), key.trusted()).holds


def test_recompute_treats_withheld_blocks_as_not_checkable() -> None:
    cells = {cell.address: cell for cell in CELLS}
    outcomes = {finding.address: finding.outcome for finding in recompute(cells, {"b1": evidence()}, {"b1"})}
    assert outcomes["q1.r1.revenue"] == "not_checkable"
    assert outcomes["q1.r1.won_rate"] == "ok"
