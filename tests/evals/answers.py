"""Hand-made answers, as the copilot gives them."""

from __future__ import annotations

from agent.answer import Answer, Choice, Claim, Language, Scalar, Table
from tools.trace.cells import CellType


def claim(value: Scalar, kind: CellType = CellType.COUNT, cell: str = "q1.r1.m0", unit: str | None = None) -> Claim:
    return Claim(text=str(value), value=value, type=kind, unit=unit, cell=cell)


def answer(*claims: Claim, text: str = "", tables: tuple[Table, ...] = (), language: Language = "en") -> Answer:
    return Answer(answer=text or ", ".join(each.text for each in claims), language=language, mode="embedded", claims=claims, tables=tables)


def grouped(values: dict[str, Scalar], kind: CellType = CellType.COUNT, total: int | None = None, told: int = 2) -> Answer:
    """A table of labels with one measure; the first few rows are claimed, label first."""
    table = Table(
        name="n",
        columns=("group", "n"),
        rows=tuple(values.items()),
        types=(CellType.NAME, kind),
        units=(None, None),
        cells=tuple((f"q1.r{row}.group", f"q1.r{row}.m0") for row in range(1, len(values) + 1)),
        total_rows=total if total is not None else len(values),
    )
    claims = []
    for row, (label, value) in enumerate(list(values.items())[:told], 1):
        claims += [claim(label, CellType.NAME, f"q1.r{row}.group"), claim(value, kind, f"q1.r{row}.m0")]
    return answer(*claims, tables=(table,))


def listed(names: list[str], count: int, total: int | None = None) -> Answer:
    """A count, and a table of records by name."""
    table = Table(
        name="accounts",
        columns=("name", "country"),
        rows=tuple((name, "Japan") for name in names),
        types=(CellType.NAME, CellType.TEXT),
        units=(None, None),
        cells=tuple((f"q1.r{row}.name", f"q1.r{row}.country") for row in range(1, len(names) + 1)),
        total_rows=total if total is not None else count,
    )
    return answer(claim(count, cell="q1.total.count"), tables=(table,))


def abstained() -> Answer:
    return Answer(answer="Not understood.", language="en", mode="embedded", abstained=True)


def asks_back(*questions: str) -> Answer:
    return Answer(answer="Which one?", language="en", mode="embedded", clarify=tuple(Choice(text=each, ask=each) for each in questions))
