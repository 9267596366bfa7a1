"""What no record ever fits was hardly meant: nought is answered where the data could give more, and not where it can't."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from agent.emptiness import is_hollow
from tests.integrations.llm.company import TODAY, open_company
from tools.access.principal import Principal
from tools.crm.currency import load_rates
from tools.crm.query import And as AllOf
from tools.crm.query import Compare, Filter, MeasureRef, Plan, Query, Window
from tools.crm.semantic import load_model
from tools.crm.tools import CrmCall, query_records
from tools.sandbox.row_scope import PolicyScope

WON = MeasureRef(measure="won_count")
OPEN = Compare(path="status", values=("open",))


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Engine]:
    engine = open_company(tmp_path / "plumbline.db")
    yield engine
    engine.dispose()


def hollow(company: Engine, where: Filter | None, measure: MeasureRef = WON, focus: str = "figure", window: Window | None = None) -> bool:
    with Session(company) as session:
        model = load_model(session)
        call = CrmCall(session, model, Principal.local_owner(), PolicyScope(), load_rates(session, TODAY, None))
        plan = Plan(queries=(Query(entity="opportunity", measures=(measure,), where=where, window=window),), focus=focus)  # type: ignore[arg-type]
        return is_hollow(plan, query_records(call, plan), model, lambda query: query_records(call, Plan(queries=(query,)))[0])


def test_kinds_that_exclude_each_other_are_hollow(company: Engine) -> None:
    assert hollow(company, OPEN)


@pytest.mark.parametrize("focus", ["exists"])
def test_whether_there_is_any_may_be_asked(company: Engine, focus: str) -> None:
    assert not hollow(company, OPEN, focus=focus)


def test_nothing_of_somebody_or_of_a_size_is_an_answer(company: Engine) -> None:
    assert not hollow(company, Compare(path="amount", op="gt", values=("99999999",)))
    assert not hollow(company, Compare(path="owner", values=("Nobody",)))


def test_nothing_of_one_record_by_its_number_is_an_answer(company: Engine) -> None:
    assert not hollow(company, Compare(path="source_id", values=("D-none",)))


def test_single_kind_without_records_is_an_answer(company: Engine) -> None:
    assert not hollow(company, Compare(path="owner", op="is_null"), MeasureRef(measure="deal_count"))


def test_what_is_found_is_never_hollow(company: Engine) -> None:
    assert not hollow(company, None)
    assert not hollow(company, AllOf(parts=(Compare(path="status", values=("won",)), Compare(path="owner", op="not_null"))))
