"""A draft is held to its evidence, and keeps only the cells that it rests on."""

from __future__ import annotations

from agent.composing.draft import Draft, Sentence
from agent.verifying import hold_to_evidence
from tools.crm.query import MeasureRef, Query
from tools.crm.results import ResultRow, ResultSet
from tools.store.classification import Classification
from tools.trace.cells import BlockColumn, Cell, CellType, Condition, Derivation, EvidenceBlock

COLUMNS = (
    BlockColumn(name="record", type=CellType.TEXT),
    BlockColumn(name="version", type=CellType.COUNT),
    BlockColumn(name="d0", type=CellType.TEXT),
    BlockColumn(name="o0", type=CellType.MONEY),
)
BLOCK = EvidenceBlock(
    id="b1", table="opportunities", columns=COLUMNS, rows_json='[[1,1,"a",7],[2,1,"a",5],[3,1,"b",4]]', n=3, classification=Classification.INTERNAL
)  # fmt: skip


def fold(address: str, formula: str, value: str, group: str) -> Cell:
    operand = "b1" if formula == "count" else "b1.o0"
    derivation = Derivation.model_validate({"formula": formula, "operands": (operand,), "where": (Condition(column="d0", equals=group),)})
    return Cell(address=address, value=value, type=CellType.NUMBER, derivation=derivation)


def mean(row: str, value: str, group: str, total: str, n: str) -> tuple[Cell, Cell, Cell]:
    at = f"q1.{row}.m0"
    own = Cell(address=at, value=value, type=CellType.NUMBER, derivation=Derivation(formula="ratio", operands=(f"{at}_sum", f"{at}_n"), places=2))
    return own, fold(f"{at}_sum", "sum", total, group), fold(f"{at}_n", "count", n, group)


def result_of(first: str) -> ResultSet:
    a, b = mean("r1", first, "a", "12", "2"), mean("r2", "4", "b", "4", "1")
    rows = tuple(ResultRow(key=f"r{number}", cells={"m0": cells[0]}) for number, cells in enumerate((a, b), 1))
    query = Query(entity="opportunity", measures=(MeasureRef(measure="deal_size"),))
    return ResultSet(call="q1", query=query, columns=(), rows=rows, groups=2, support=(*a[1:], *b[1:]), blocks=(BLOCK,), n=3)


def held(first: str, *bound: Cell) -> Draft:
    result = result_of(first)
    draft = Draft("en", sentences=[Sentence("A has {{q1.r1.m0}}.")], cells=result.cells() | {cell.address: cell for cell in bound})
    return hold_to_evidence(draft, (result,))


def test_cells_that_nothing_said_rests_on_are_let_go() -> None:
    assert set(held("6").cells) == {"q1.r1.m0", "q1.r1.m0_sum", "q1.r1.m0_n"}


def test_what_was_bound_for_a_sentence_stays_with_what_it_follows_from() -> None:
    rank = Cell(address="q1.r2.m0_rank", value="2", type=CellType.COUNT, derivation=Derivation(formula="group_rank", operands=("q1.r2.m0",), by=("b1.d0",)))
    assert {"q1.r2.m0_rank", "q1.r2.m0", "q1.r2.m0_sum", "q1.r2.m0_n"} < set(held("6", rank).cells)


def test_sentence_that_the_evidence_contradicts_is_dropped() -> None:
    assert held("6").sentences
    assert held("6.5").sentences == []
