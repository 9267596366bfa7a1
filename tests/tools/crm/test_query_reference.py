"""Random typed queries on both databases give exactly what a plain Python reading of the same rows gives, and every cell is proven."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.tools.crm.conftest import Both
from tests.tools.crm.query_reference import Rates, Reference
from tests.tools.crm.query_rows import AS_OF, ENTITIES, company
from tests.tools.crm.query_strategies import Questions
from tools.access.principal import Principal, Role
from tools.crm.currency import RateBook
from tools.crm.errors import QueryNamesUnknownField
from tools.crm.query import Query
from tools.crm.results import ResultSet
from tools.crm.semantic import SemanticModel
from tools.crm.service import run_query
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification
from tools.trace.cells import SourceRef
from tools.trace.recompute import recompute

ROWS = company()
RATES: tuple[Rates, ...] = (
    {},
    {("EUR", "USD"): Decimal("1.25"), ("CNY", "USD"): Decimal("0.14")},
    {("USD", "CNY"): Decimal("7.1"), ("EUR", "CNY"): Decimal("7.75")},
    {("USD", "EUR"): Decimal("0.8"), ("USD", "CNY"): Decimal("7.3")},
)
PRINCIPALS = (
    Principal.local_owner(),
    Principal(role=Role.DIRECTOR, member_id=1, clearance=Classification.PERSONAL),
    Principal(role=Role.MANAGER, member_id=2, report_ids=(3, 4, 7), clearance=Classification.PERSONAL),
    Principal(role=Role.MANAGER, report_ids=(5, 6, 10), clearance=Classification.CONFIDENTIAL),
    Principal(role=Role.REP, member_id=4, clearance=Classification.PERSONAL),
    Principal(role=Role.REP, member_id=9, clearance=Classification.INTERNAL),
)
ZONES = ("UTC", "Asia/Shanghai", "America/New_York")
RELAXED = settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]
)


def book(rates: Rates, reporting: str | None = None) -> RateBook:
    cited = {
        pair: (rate, SourceRef(system="crm", table="exchange_rates", record=f"R{i}", field="rate", version="h", as_of=AS_OF))
        for i, (pair, rate) in enumerate(rates.items())
    }
    return RateBook(reporting=reporting, rates=cited)


def ask(engine: Engine, query: Query, model: SemanticModel, principal: Principal, rates: Rates = RATES[0]) -> ResultSet:
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        with Session(engine) as session:
            result = run_query(session, query, "q1", model, principal, PolicyScope(), book(rates))
    finally:
        event.remove(engine, "before_cursor_execute", count)
    ranked = not query.measures and bool(query.order)  # by money, perhaps: which currencies there are, and then the records that rank first
    trend = any(each.grain for each in query.dimensions) and query.window is not None  # how far the records reach
    assert len(statements) in ({1, 2, 3} if ranked else {1, 2} if trend else {1})
    return result


def shown(result: ResultSet) -> list[dict[str, str | None]]:
    return [{key: cell.value for key, cell in row.cells.items()} for row in result.rows]


def unordered(result: ResultSet) -> ResultSet:
    """The same result with the evidence rows in one order: the order in which a database packs them is its own."""
    blocks = tuple(block.model_copy(update={"rows_json": json.dumps(sorted(json.loads(block.rows_json), key=repr))}) for block in result.blocks)
    return result.model_copy(update={"blocks": blocks})


@RELAXED
@given(data=st.data())
def test_random_query_equals_the_reference_on_both_databases(data: st.DataObject, both: Both) -> None:
    principal = data.draw(st.sampled_from(PRINCIPALS))
    rates = data.draw(st.sampled_from(RATES))
    model = both.model.model_copy(update={"time_zone": data.draw(st.sampled_from(ZONES))})
    reference = Reference(ROWS, model, principal, rates)
    query = data.draw(Questions.query(Questions(ROWS, model, reference)))
    note(query.model_dump_json(exclude_defaults=True))
    try:
        results = [ask(engine, query, model, principal, rates) for engine in both.engines]
    except QueryNamesUnknownField:
        assume(False)  # amounts of two kinds of records in one query are refused
    expected = reference.answer(query)
    for result in results:
        assert shown(result) == expected.rows
        assert (result.groups, result.tied, result.n) == (expected.groups, expected.tied, expected.n)
        assert {row[0] for block in result.blocks for row in json.loads(block.rows_json)} == expected.records
        findings = recompute(result.cells(), {block.id: block for block in result.blocks})
        assert [finding for finding in findings if finding.outcome != "ok"] == []
    assert unordered(results[0]) == unordered(results[1])


def test_every_entity_of_the_company_is_asked_about(company_model: SemanticModel) -> None:
    assert set(ENTITIES) <= set(company_model.entities)


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_no_row_out_of_scope_is_ever_visible(filled: Engine, company_model: SemanticModel, principal: Principal) -> None:
    reference = Reference(ROWS, company_model, principal, {})
    for entity in ENTITIES:
        title = company_model.entities[entity].title
        result = ask(filled, Query(entity=entity, select=(title,) if title else (), limit=500), company_model, principal)
        assert {row[0] for row in json.loads(result.blocks[0].rows_json)} == {row["id"] for row in reference.visible(entity)}
