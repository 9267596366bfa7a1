"""What a citation opens: definition, formula and the records that counted, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from agent.evidence import PAGE, CellEvidence, CellUnknown, open_evidence
from tests.tools.trace.example import NOW, draft
from tools.access.principal import Principal
from tools.crm.models.deals import Opportunity
from tools.crm.semantic import load_model
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.classification import Classification
from tools.store.engine import open_engine, sqlite_url
from tools.trace.cells import BlockColumn, Cell, CellType, Condition, Derivation, EvidenceBlock
from tools.trace.citation import CitationTrace
from tools.trace.sealing import QueryDraft, seal_trace
from tools.trace.signing import InstallationKey

DEALS = PAGE + 10
OWNER = Principal.local_owner()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = open_engine(sqlite_url(tmp_path))
    Base.metadata.create_all(engine)
    common = {"source_system": "crm", "version_hash": "aa", "as_of": NOW, "custom": {}}
    rows = [
        common | {"id": i, "source_id": f"D{i}", "source_line": i + 1, "name": f"Deal {i}", "status": "won", "amount": Decimal(100 + i)}
        for i in range(1, DEALS + 1)
    ]
    with Session(engine) as session:
        session.execute(insert(Opportunity), rows)
        session.commit()
        yield session
    engine.dispose()


def trace_of(tmp_path: Path, language: str) -> CitationTrace:
    """Won value of the deals with an even id, over all deals."""
    columns = (BlockColumn(name="record", type=CellType.TEXT), BlockColumn(name="version", type=CellType.COUNT))
    columns += (BlockColumn(name="even", type=CellType.FLAG), BlockColumn(name="amount", type=CellType.MONEY))
    rows = json.dumps([[i, 1, int(i % 2 == 0), 100 + i] for i in range(1, DEALS + 1)], separators=(",", ":"))
    block = EvidenceBlock(id="b1", table="opportunities", columns=columns, rows_json=rows, n=DEALS, classification=Classification.INTERNAL, as_of=NOW)
    even = (Condition(column="even", equals=1),)
    total = Cell(address="q1.r1.m0", value="1", type=CellType.MONEY, derivation=Derivation(formula="sum", operands=("b1.amount",)))
    part = Cell(address="q1.r1.even", value="1", type=CellType.COUNT, derivation=Derivation(formula="count", operands=("b1",), where=even))
    share = Cell(address="q1.r1.m0_share", value="1", type=CellType.RATE, derivation=Derivation(formula="share", operands=("q1.r1.even", "q1.r1.m0")))
    plan = QueryDraft(call="q1", plan={"entity": "opportunity", "measures": [{"measure": "won_value"}]}, said_back="Won value")
    changes = {"language": language, "cells": (total, part, share), "blocks": (block,), "claims": (), "suggestions": (), "queries": (plan,)}
    return seal_trace(draft(**changes), InstallationKey.open(tmp_path))


def opened(session: Session, trace: CitationTrace, address: str, offset: int = 0) -> CellEvidence:
    return open_evidence(session, trace, address, load_model(session), OWNER, PolicyScope(), offset)


def test_figure_opens_with_the_definition_of_its_measure_and_its_records_page_by_page(session: Session, tmp_path: Path) -> None:
    trace = trace_of(tmp_path, "en")
    first, second = opened(session, trace, "q1.r1.m0"), opened(session, trace, "q1.r1.m0", PAGE)
    assert first.definition == load_model(session).measures["won_value"].define
    assert (first.formula, first.table, first.total) == ("sum", "opportunities", DEALS)
    records = [line.record for line in (*first.records, *second.records)]
    assert records == [f"D{i}" for i in range(1, DEALS + 1)]
    assert (first.records[0].line, first.records[0].system) == (2, "crm")


def test_only_records_that_fulfil_the_conditions_are_shown(session: Session, tmp_path: Path) -> None:
    part = opened(session, trace_of(tmp_path, "en"), "q1.r1.even")
    assert [line.record for line in part.records] == [f"D{i}" for i in range(2, DEALS + 1, 2)]
    assert part.definition is None


def test_quotient_opens_with_what_it_was_computed_from(session: Session, tmp_path: Path) -> None:
    share = opened(session, trace_of(tmp_path, "en"), "q1.r1.m0_share")
    assert [cell.address for cell in share.operands] == ["q1.r1.even", "q1.r1.m0"]


def test_columns_are_named_in_the_language_of_the_answer(session: Session, tmp_path: Path) -> None:
    english, chinese = (opened(session, trace_of(tmp_path, language), "q1.r1.m0").columns for language in ("en", "zh"))
    labels = load_model(session).entities["opportunity"].fields["name"].words
    assert labels.label("en") in english
    assert labels.label("zh") in chinese


def test_unknown_cell_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(CellUnknown):
        opened(session, trace_of(tmp_path, "en"), "q9.r1.m0")
