"""Currencies in questions, in stores with none, one and several of them. Names are made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from agent.parsing import Parse, ParseContext, build_vocabulary, parse
from agent.parsing.language.numbers import find_numbers
from agent.parsing.language.text import tokenise
from tests.agent.parsing.conftest import NOW, sourced
from tools.crm.models import ExchangeRate, ImportRun, Opportunity
from tools.crm.query import Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

TODAY = date(2026, 11, 20)
Asker = Callable[[str], Parse]


def asker(folder: Path, *held: str | None, rates: bool = False) -> Asker:
    """A store whose deals are in these currencies."""
    engine = open_engine(f"sqlite:///{folder / 'store.db'}")
    Base.metadata.create_all(engine)
    session = Session(engine)
    session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
    for number, currency in enumerate(held, start=1):
        days = {"opened_on": date(2026, 1, number), "close_on": date(2026, 2, number)}
        deal = {"name": f"Deal {number}", "stage": "Signed", "status": "won", "amount": Decimal(9), "currency": currency}
        session.add(Opportunity(id=number, **deal, **days, **sourced(f"o{number}")))
    if rates:
        session.add(ExchangeRate(id=1, base="EUR", quote="USD", rate=Decimal("1.1"), **sourced("r1")))
    session.commit()
    model = load_model(session)
    vocabulary = build_vocabulary(session, model)
    return lambda question: parse(question, model, vocabulary, ParseContext(today=TODAY))


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("$5", "USD"),
        ("5k USD", "USD"),
        ("USD 5k", "USD"),
        ("5万美元", "USD"),
        ("5 euros", "EUR"),
        ("5万欧元", "EUR"),
        ("5万元", None),
        ("5 yuan", "CNY"),
        ("5万", None),
    ],
)
def test_number_keeps_the_currency_that_is_said(words: str, currency: str | None) -> None:
    assert [each.currency for each in find_numbers(tokenise(words))] == [currency]


@pytest.mark.parametrize("question", ["revenue in euros", "赢单金额多少欧元", "how much did we win in EUR"])
def test_currency_of_all_amounts_needs_nothing_more(tmp_path: Path, question: str) -> None:
    plan = asker(tmp_path, "EUR", "EUR")(question).plan
    assert plan is not None
    assert plan.queries[0].currency is None
    assert plan.queries[0].where in {None, Compare(path="currency", values=("EUR",))}  # which is all of them
    assert not any("no currency" in each.en for each in plan.assumptions)


@pytest.mark.parametrize("question", ["revenue in dollars", "赢单金额多少美元", "赢单金额折合美元是多少", "won value in USD"])
def test_currency_among_several_is_asked_of_the_engine(tmp_path: Path, question: str) -> None:
    plan = asker(tmp_path, "EUR", "USD", "CNY", rates=True)(question).plan
    assert plan is not None
    assert plan.queries[0].currency == "USD"
    assert "USD" in plan.said_back_en


@pytest.mark.parametrize(("question", "word"), [("revenue in yen", "yen"), ("赢单金额多少英镑", "英镑"), ("deals over £5,000", "£5,000")])
def test_currency_that_nothing_leads_to_is_named_as_not_understood(tmp_path: Path, question: str, word: str) -> None:
    found = asker(tmp_path, "EUR", "USD", rates=True)(question)
    assert found.plan is None
    assert word in found.not_understood


@pytest.mark.parametrize("question", ["revenue in dollars", "赢单金额多少美元", "won deals over $5"])
def test_store_without_currencies_answers_and_says_that_it_names_none(tmp_path: Path, question: str) -> None:
    plan = asker(tmp_path, None, None)(question).plan
    assert plan is not None
    assert plan.queries[0].currency is None
    assert any("no currency" in each.en and "USD" in each.en for each in plan.assumptions)


@pytest.mark.parametrize("question", ["deals over 100k EUR", "金额超过10万欧元的商机", "deals over €100,000"])
def test_bound_keeps_its_currency_where_there_are_several(tmp_path: Path, question: str) -> None:
    plan = asker(tmp_path, "EUR", "USD", rates=True)(question).plan
    assert plan is not None
    assert plan.queries[0].where == Compare(path="amount", op="gt", values=("100000",), currency="EUR")


def test_currency_before_the_records_tells_which_are_meant(tmp_path: Path) -> None:
    plan = asker(tmp_path, "EUR", "USD", rates=True)("EUR deals").plan
    assert plan is not None
    assert plan.queries[0].where == Compare(path="currency", values=("EUR",))
