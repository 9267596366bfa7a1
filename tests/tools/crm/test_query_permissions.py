"""Nobody's result holds, rests on, or is ordered by what they may not see."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.tools.crm.conftest import Both
from tests.tools.crm.query_reference import Reference
from tests.tools.crm.query_rows import company
from tests.tools.crm.query_strategies import Questions
from tests.tools.crm.test_query_reference import PRINCIPALS, RELAXED, ROWS, ask
from tools.access.principal import Principal, Role
from tools.crm.errors import FieldNotReadable, MemberAmbiguous, MemberUnknown, QueryNamesUnknownField
from tools.crm.query import Compare, Dimension, Exists, Having, MeasureRef, Order, Query
from tools.crm.semantic import SemanticModel
from tools.crm.service import resolve_member
from tools.store.classification import Classification

REP = Principal(role=Role.REP, member_id=4, clearance=Classification.PERSONAL)
CLEARED_FOR_LITTLE = Principal(role=Role.DIRECTOR, member_id=1, clearance=Classification.INTERNAL)
LIMITED = tuple(each for each in PRINCIPALS if each.role in {Role.MANAGER, Role.REP})


@RELAXED
@given(data=st.data())
def test_result_is_the_same_as_if_rows_out_of_scope_did_not_exist(data: st.DataObject, both: Both) -> None:
    """Two worlds that differ only in what the reader may not see give the same answer: nothing hidden plays any part in it."""
    principal = data.draw(st.sampled_from(LIMITED))
    whole = Reference(ROWS, both.model, principal, {})
    query = data.draw(Questions.query(Questions(ROWS, both.model, whole)))
    note(query.model_dump_json(exclude_defaults=True))
    blind = Reference({entity: [row for row in rows if whole.in_scope(entity, row)] for entity, rows in company().items()}, both.model, principal, {})
    blind.in_scope = lambda entity, row: True  # type: ignore[method-assign] - only what may be seen is left
    try:
        result = ask(both.engines[0], query, both.model, principal)
    except QueryNamesUnknownField:
        return
    expected = blind.answer(query)
    assert [{key: cell.value for key, cell in row.cells.items()} for row in result.rows] == expected.rows
    assert (result.groups, result.n) == (expected.groups, expected.n)


@RELAXED
@given(data=st.data())
def test_cells_and_evidence_are_never_classified_above_the_reader(data: st.DataObject, both: Both) -> None:
    principal = data.draw(st.sampled_from(PRINCIPALS))
    reference = Reference(ROWS, both.model, principal, {})
    query = data.draw(Questions.query(Questions(ROWS, both.model, reference)))
    try:
        result = ask(both.engines[0], query, both.model, principal)
    except QueryNamesUnknownField:
        return
    assert all(block.classification <= principal.clearance for block in result.blocks)
    assert all(cell.value is None or cell.classification <= principal.clearance for cell in result.cells().values())


REVENUE, FOUNDED = "revenue", "women_founded"
FORBIDDEN = {
    "filter": Query(entity="account", measures=(MeasureRef(fold="count"),), where=Compare(path=REVENUE, op="gt", values=("1",))),
    "emptiness": Query(entity="account", measures=(MeasureRef(fold="count"),), where=Compare(path=REVENUE, op="is_null")),
    "walk": Query(entity="opportunity", measures=(MeasureRef(fold="count"),), where=Compare(path="account.revenue", op="gt", values=("1",))),
    "exists": Query(
        entity="account",
        measures=(MeasureRef(fold="count"),),
        where=Exists(entity="interaction", via="account", where=Compare(path="body", op="contains", values=("price",))),
    ),
    "through a person": Query(entity="interaction", measures=(MeasureRef(fold="count"),), where=Compare(path="contact.title", values=("CEO",))),
    "group": Query(entity="account", measures=(MeasureRef(fold="count"),), dimensions=(Dimension(path=FOUNDED),)),
    "group by a reference": Query(entity="interaction", measures=(MeasureRef(fold="count"),), dimensions=(Dimension(path="contact"),)),
    "fold": Query(entity="account", measures=(MeasureRef(fold="sum", path=REVENUE),)),
    "distinct": Query(entity="account", measures=(MeasureRef(fold="count_distinct", path=REVENUE),)),
    "measure": Query(entity="account", measures=(MeasureRef(measure="account_revenue"),)),
    "having": Query(entity="account", measures=(MeasureRef(fold="max", path=REVENUE),), dimensions=(Dimension(path="region"),), having=(Having(value="1"),)),
    "order": Query(entity="account", select=("name",), order=(Order(path=REVENUE),)),
    "custom field": Query(entity="account", measures=(MeasureRef(fold="sum", path="spend"),)),
    "listing filter": Query(entity="account", select=("name",), where=Compare(path="note", values=("好",))),
}


@pytest.mark.parametrize("query", FORBIDDEN.values(), ids=FORBIDDEN)
def test_query_that_touches_a_field_above_clearance_is_refused(filled: Engine, company_model: SemanticModel, query: Query) -> None:
    with pytest.raises(FieldNotReadable):
        ask(filled, query, company_model, CLEARED_FOR_LITTLE)


def test_listing_masks_fields_above_clearance(filled: Engine, company_model: SemanticModel) -> None:
    query = Query(entity="account", select=("name", REVENUE, "women_founded", "spend"), limit=20)
    result = ask(filled, query, company_model, CLEARED_FOR_LITTLE)
    assert len(result.rows) == 12
    for row in result.rows:
        assert row.cells["name"].value
        for key in (REVENUE, "women_founded", "spend"):
            assert row.cells[key].value is None
            assert row.cells[key].classification > CLEARED_FOR_LITTLE.clearance
    assert all(len(row) == 2 for row in json.loads(result.blocks[0].rows_json))


def test_evidence_is_as_sensitive_as_what_was_filtered_by(filled: Engine, company_model: SemanticModel) -> None:
    by_revenue = Query(entity="account", measures=(MeasureRef(fold="count"),), where=Compare(path=REVENUE, op="gt", values=("1",)))
    about_visits = Query(
        entity="account",
        measures=(MeasureRef(fold="count"),),
        where=Exists(entity="interaction", via="account", where=Compare(path="body", op="contains", values=("price",))),
    )
    for query in (by_revenue, about_visits):
        result = ask(filled, query, company_model, Principal.local_owner())
        assert result.blocks[0].classification == Classification.CONFIDENTIAL
        assert result.rows[0].cells["m0"].classification == Classification.CONFIDENTIAL


def test_account_out_of_scope_is_not_followed(filled: Engine, company_model: SemanticModel) -> None:
    cases = 0
    for principal in LIMITED:
        reference = Reference(ROWS, company_model, principal, {})
        hidden = {row["id"] for row in ROWS["account"] if not reference.in_scope("account", row)}
        cases += sum(row["parent_id"] in hidden for row in reference.visible("account"))
        result = ask(filled, Query(entity="account", select=("parent", "parent.region", "parent.owner"), limit=50), company_model, principal)
        cited = {cell.sources[0].record for row in result.rows for cell in row.cells.values() if cell.sources[0].table == "accounts"}
        assert not cited & {f"AC{number}" for number in hidden}
    assert cases, "the company must hold such a case"


def test_manager_sees_the_whole_tree_below(filled: Engine) -> None:
    with Session(filled) as session:
        maya = resolve_member(session, " maya chen ")
    assert (maya.role, maya.member_id, maya.report_ids) == (Role.MANAGER, 2, (3, 4, 7))


def test_manager_known_only_by_name_leads_those_who_name_them(filled: Engine) -> None:
    with Session(filled) as session:
        rocco = resolve_member(session, "rocco neubert")
    assert rocco == Principal(role=Role.MANAGER, name="Rocco Neubert", report_ids=(5, 6, 10), clearance=Classification.PERSONAL)


@pytest.mark.parametrize(("wanted", "role"), [("林静", Role.DIRECTOR), ("Sam O'Neil", Role.REP), ("ME9", Role.REP), ("王磊", Role.MANAGER)])
def test_member_is_found_by_name_or_id_with_its_role(filled: Engine, wanted: str, role: Role) -> None:
    with Session(filled) as session:
        assert resolve_member(session, wanted).role is role


@pytest.mark.parametrize("wanted", ["", "  ", "Nobody", "Left Long-Ago"])
def test_member_who_is_not_there_is_unknown(filled: Engine, wanted: str) -> None:
    with Session(filled) as session, pytest.raises(MemberUnknown):
        resolve_member(session, wanted)


def test_two_members_of_one_name_are_ambiguous(both: Both) -> None:
    with Session(both.engines[0]) as session:
        from tools.crm.models import Member

        session.get_one(Member, 9).name = "王磊"
        session.flush()
        with pytest.raises(MemberAmbiguous):
            resolve_member(session, "王磊")
