"""An answer with everything that a trace can hold: read cells, every kind of derivation, personal data, a suggestion."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from tools.store.classification import Classification
from tools.trace.cells import BlockColumn, Cell, CellType, Condition, Confidence, Contribution, Derivation, EvidenceBlock, SourceRef, Suggestion
from tools.trace.citation import Speaker
from tools.trace.sealing import ClaimDraft, QueryDraft, TraceDraft

NOW = datetime(2017, 12, 31, 18, 0, tzinfo=UTC)
OPEN, GUARDED = Classification.INTERNAL, Classification.PERSONAL
ROWS = [
    [1, 3, "东区", 1250050, 1, "2017-03-01"],
    [2, 1, "东区", 340000, 0, "2017-04-09"],
    [3, 2, "West", 99900, 1, None],
    [4, 1, "West", None, 0, "2017-06-30"],
    [5, 7, None, 500000, 1, "2017-11-11"],
]
SECRETS = ("Zhang Wei", "zhang.wei@example.com", "K-SECRET-77", "rec-secret-9")


def evidence(rows: list[list[str | int | None]] = ROWS) -> EvidenceBlock:
    columns = (
        BlockColumn(name="record", type=CellType.TEXT),
        BlockColumn(name="version", type=CellType.COUNT),
        BlockColumn(name="d0", type=CellType.NAME),
        BlockColumn(name="amount", type=CellType.MONEY, scale=2, unit="EUR"),
        BlockColumn(name="won", type=CellType.FLAG),
        BlockColumn(name="closed", type=CellType.DATE),
    )
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return EvidenceBlock(id="b1", table="opportunities", columns=columns, rows_json=text, n=len(rows), classification=OPEN, as_of=NOW)


def derived(
    address: str, value: str | None, kind: CellType, formula: str, *operands: str, where: dict[str, str | int | None] | None = None, **more: object
) -> Cell:
    conditions = tuple(Condition(column=name, equals=wanted) for name, wanted in (where or {}).items())
    derivation = {"formula": formula, "operands": operands, "where": conditions, "by": more.pop("by", ()), "places": more.pop("places", 6)}
    return Cell.model_validate({"address": address, "value": value, "type": kind, "derivation": Derivation.model_validate(derivation), **more})


def read(address: str, value: str | None, kind: CellType, record: str, **more: object) -> Cell:
    source = SourceRef(system="csv", table="contacts", record=record, field="name", version="9f2c", as_of=NOW)
    return Cell.model_validate({"address": address, "value": value, "type": kind, "sources": (source,), **more})


EAST = {"d0": "东区"}
WON = {"won": 1}
CELLS = (
    derived("q1.r1.region", "东区", CellType.NAME, "group_key", "b1.d0", where=EAST, label_en="Region", label_zh="大区"),
    derived("q1.r1.revenue", "12500.5", CellType.MONEY, "sum", "b1.amount", where=EAST | WON, unit="EUR", label_en="Won revenue", label_zh="赢单额"),
    derived("q1.r1.revenue_rank", "1", CellType.COUNT, "group_rank", "q1.r1.revenue", by=("d0",), label_en="Rank", label_zh="名次"),
    derived("q1.r1.won_part", "1", CellType.COUNT, "count", "b1", where=EAST | WON),
    derived("q1.r1.won_n", "2", CellType.COUNT, "count", "b1", where=EAST),
    derived("q1.r1.won_rate", "0.5", CellType.RATE, "rate", "q1.r1.won_part", "q1.r1.won_n", label_en="Win rate", label_zh="赢率"),
    derived("q1.total.revenue", "18499.5", CellType.MONEY, "sum", "b1.amount", where=WON, unit="EUR", label_en="Total", label_zh="合计"),
    derived("q1.r1.share", "0.675721", CellType.RATE, "share", "q1.r1.revenue", "q1.total.revenue", label_en="Share", label_zh="占比"),
    derived("q1.window.start", "2017-01-01", CellType.DATE, "constant"),
    read("q2.r1.name", SECRETS[0], CellType.NAME, SECRETS[3], classification=GUARDED, label_en="Buyer", label_zh="采购人"),
    read("q2.r1.mail", SECRETS[1], CellType.TEXT, SECRETS[3], classification=GUARDED),
)
SUGGESTION = Suggestion(
    statement="Call the buyer of K-SECRET-77 this week",
    score=Decimal("0.75"),
    contributions=(Contribution(evidence="q1.r1.won_rate", weight=Decimal("1.5"), effect=Decimal("0.5")),),
    confidence=Confidence(level=Decimal("0.95"), low=Decimal("0.4"), point=Decimal("0.5"), high=Decimal("0.6"), method="wilson", n=2),
    customer_value="Delivery before the season",
)


def claim(text: str, cell: Cell) -> ClaimDraft:
    return ClaimDraft(text=text, value=cell.value, type=cell.type, unit=cell.unit, cell=cell.address)


def draft(**changes: object) -> TraceDraft:
    by_address = {cell.address: cell for cell in CELLS}
    whole = {
        "created_at": NOW,
        "language": "en",
        "mode": "embedded",
        "today": date(2017, 12, 31),
        "as_of": NOW,
        "semantic_version": "3",
        "weights_version": "2017-12",
        "speaker": Speaker(role="manager", member_id=77, name="Zhang Wei's manager"),
        "question": "Which region won most in 2017, and who buys at K-SECRET-77?",
        "answer": "东区 won most: 12,500.50 EUR, 67.6 % of the total.[1] Half of its deals are won. The buyer is Zhang Wei.",
        "assumptions": ("K-SECRET-77 is an account number",),
        "queries": (
            QueryDraft(call="q1", plan={"entity": "opportunity", "limit": 1, "share": True, "where": None}, said_back="Won revenue by region in 2017"),
            QueryDraft(call="q2", plan={"entity": "contact", "values": ["K-SECRET-77"]}, said_back="Buyer of K-SECRET-77", classification=GUARDED),
        ),
        "claims": (
            claim("东区 won most", by_address["q1.r1.region"]),
            claim("12,500.50 EUR", by_address["q1.r1.revenue"]),
            claim("67.6 % of the total", by_address["q1.r1.share"]),
            claim("The buyer is Zhang Wei", by_address["q2.r1.name"]),
        ),
        "cells": CELLS,
        "blocks": (evidence(),),
        "suggestions": (SUGGESTION,),
    }
    return TraceDraft.model_validate(whole | changes)
