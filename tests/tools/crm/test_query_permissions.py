"""Nobody's result holds, rests on, or is ordered by what they may not see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.tools.crm.conftest import Both
from tests.tools.crm.query_reference import Reference
from tests.tools.crm.query_rows import AS_OF, company
from tests.tools.crm.query_strategies import Questions
from tests.tools.crm.test_query_reference import PRINCIPALS, RELAXED, ROWS, ask
from tools.access.principal import Principal, Role
from tools.crm.errors import FieldNotReadable, MemberAmbiguous, MemberUnknown, QueryNamesUnknownField
from tools.crm.models import Account, Lead, Member, Opportunity, StageHistory
from tools.crm.query import Compare, Dimension, Exists, Having, MeasureRef, Order, Query
from tools.crm.records import record_lines
from tools.crm.semantic import SemanticModel
from tools.crm.service import resolve_member
from tools.sandbox.row_scope import PolicyScope
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


@pytest.mark.parametrize(
    ("wanted", "role"),
    [("林静", Role.DIRECTOR), ("Sam O'Neil", Role.REP), ("ME9", Role.REP), ("王磊", Role.MANAGER), ("sam", Role.REP), ("Chen", Role.MANAGER), ("航", Role.REP)],
)
def test_member_is_found_by_name_part_of_it_or_id_with_its_role(filled: Engine, wanted: str, role: Role) -> None:
    with Session(filled) as session:
        assert resolve_member(session, wanted).role is role


def test_manager_known_only_by_name_is_found_by_a_part_of_it(filled: Engine) -> None:
    with Session(filled) as session:
        assert resolve_member(session, "Rocco") == resolve_member(session, "Rocco Neubert")


@pytest.mark.parametrize("wanted", ["", "  ", "Nobody", "Left Long-Ago", "Left", "May", "e"])
def test_member_who_is_not_there_is_unknown(filled: Engine, wanted: str) -> None:
    with Session(filled) as session, pytest.raises(MemberUnknown):
        resolve_member(session, wanted)


def test_two_members_of_one_name_are_ambiguous(filled: Engine) -> None:
    with Session(filled) as session:
        session.get_one(Member, 9).name = "王磊"
        session.flush()
        with pytest.raises(MemberAmbiguous) as refused:
            resolve_member(session, "王磊")
    assert refused.value.data == {"name": "王磊", "candidates": "王磊 (ME3), 王磊 (ME9)"}


def test_part_of_two_names_is_ambiguous_but_the_whole_name_is_not(filled: Engine) -> None:
    with Session(filled) as session:
        session.get_one(Member, 9).name = "Sam"
        session.get_one(Member, 10).name = "Sam Rocco"
        session.flush()
        assert resolve_member(session, "Sam").member_id == 9
        with pytest.raises(MemberAmbiguous) as refused:
            resolve_member(session, "rocco")
    assert refused.value.data["candidates"] == "Sam Rocco (ME10), Rocco Neubert"


OF_ACCOUNTS = {
    "owned": {"account_owner": 4, "seller": 9, "seen": True},
    "sold to": {"account_owner": 9, "seller": 4, "seen": True},
    "of somebody else": {"account_owner": 9, "seller": 9, "seen": False},
    "sold to with a deal that is gone": {"account_owner": 9, "seller": 4, "gone": True, "seen": False},
}


@pytest.mark.parametrize("case", OF_ACCOUNTS.values(), ids=OF_ACCOUNTS)
def test_rep_sees_all_records_of_accounts_owned_or_sold_to(filled: Engine, company_model: SemanticModel, case: dict[str, Any]) -> None:
    """A colleague's deal, its history and a colleague's lead, at an account that the rep has to do with or not."""
    common = {"source_system": "other", "version": 1, "version_hash": "h", "as_of": AS_OF, "custom": {}}
    with Session(filled) as session:
        session.add(Account(**common, id=901, source_id="X", name="X", owner_id=case["account_owner"]))
        session.flush()
        gone = AS_OF if case.get("gone") else None
        session.add(Opportunity(**common, id=901, source_id="X1", name="X1", account_id=901, owner_id=9))
        session.add(Opportunity(**common, id=902, source_id="X2", name="X2", account_id=901, owner_id=case["seller"], gone_at=gone))
        session.flush()
        session.add(StageHistory(**common, id=901, source_id="X", opportunity_id=901, stage="s", entered_on=AS_OF.date()))
        session.add(Lead(**common, id=901, source_id="X", owner_id=9, account_id=901))
        session.flush()
        seen = {
            entity: bool(record_lines(session, company_model, REP, PolicyScope(), [(table, "other", record)])["records"])
            for entity, table, record in (
                ("account", "accounts", "X"), ("deal", "opportunities", "X1"), ("history", "stage_history", "X"), ("lead", "leads", "X"),
            )
        }  # fmt: skip
        session.rollback()
    assert seen == dict.fromkeys(seen, case["seen"])
