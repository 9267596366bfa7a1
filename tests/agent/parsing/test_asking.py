"""Questions about what happened beside deals, in both languages: responses, days, currencies, budgets, reasons. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import Parse, ParseContext, build_vocabulary, parse
from agent.parsing.language.dates import find_periods
from agent.parsing.linking.neighbours import Neighbours
from agent.parsing.wording.rewording import reword
from integrations.dictionary import CcCedict
from integrations.embeddings.sentences import SentenceEncoder
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import (
    Account,
    Budget,
    Contact,
    Contract,
    ImportRun,
    Interaction,
    Invoice,
    Lead,
    Member,
    Milestone,
    Opportunity,
    Payment,
    StageHistory,
    Team,
)
from tools.crm.query import Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('asking') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(Team(id=1, name="Harbour", **sourced("t1")))
        session.flush()
        session.add(Member(id=1, name="Ada Brook", region="North", team_id=1, hired_on=date(2024, 3, 1), **sourced("m1")))
        session.flush()
        customer = {"sector": "food", "tier": "growth", "revenue": Decimal(800), "employees": 12}
        session.add(Account(id=1, name="Granite Foods Ltd", owner_id=1, **customer, **sourced("a1")))
        session.flush()
        session.add_all(
            [
                Contact(id=1, account_id=1, name="Ida Moss", title="CTO", **sourced("c1")),
                Lead(id=1, name="Una Reed", title="CTO", status="New", account_id=1, created_at=NOW, **sourced("l1")),
                Lead(id=2, name="Ole Berg", status="Converted", created_at=NOW, first_response_at=NOW, **sourced("l2")),
                Contract(id=1, account_id=1, name="Supply", status="Active", currency="EUR", amount=Decimal(9), end_on=date(2026, 12, 9), **sourced("k1")),
                Invoice(id=1, account_id=1, number="I-1", amount=Decimal(7), balance=Decimal(7), currency="USD", due_on=date(2026, 10, 1), **sourced("i1")),
                Milestone(id=1, name="Kick-off", status="Missed", due_on=date(2026, 9, 1), **sourced("g1")),
                Payment(id=1, account_id=1, number="P-1", amount=Decimal(5), paid_on=date(2026, 7, 30), **sourced("p1")),
                Budget(id=1, name="Fairs", team_id=1, amount=Decimal(10), spent=Decimal(12), start_on=date(2026, 7, 1), **sourced("b1")),
                Interaction(id=1, account_id=1, owner_id=1, kind="visit", occurred_at=datetime(2026, 10, 1, tzinfo=UTC), **sourced("v1")),
            ]
        )
        outcomes = [("won", None, "Call"), ("lost", "Competitor", None), ("open", None, None)]
        for number, (status, reason, next_step) in enumerate(outcomes, start=1):
            days = {"opened_on": date(2026, 1, number), "close_on": date(2026, 10, number)}
            deal = {
                "name": f"Deal {number}",
                "stage": "Proposal",
                "status": status,
                "lost_reason": reason,
                "competitor": "Veltro",
                "next_step": next_step,
            }
            session.add(Opportunity(id=number, account_id=1, owner_id=1, amount=Decimal(1000), **deal, **days, **sourced(f"o{number}")))
        move = {"from_stage": "Proposal", "stage": "Negotiation", "entered_on": date(2026, 10, 5)}
        session.add(StageHistory(id=1, opportunity_id=1, **move, **sourced("s1")))
        session.commit()
        model = load_model(session)
        vocabulary = build_vocabulary(session, model)
        vocabulary.nearby = Neighbours(vocabulary, SentenceEncoder(), CcCedict())
        yield Dated(model, vocabulary)
    engine.dispose()


class Dated(Reader):
    """Parses questions on the day that they were written for."""

    def __call__(self, question: str, previous: Any = None, speaker: str | None = None) -> Parse:
        return parse(question, self.model, self.vocabulary, ParseContext(today=TODAY, speaker=speaker, previous=previous))


def query(ask: Reader, question: str, *before: str) -> dict[str, Any]:
    """The last query of a conversation without what is empty."""
    plan = None
    for each in (*before, question):
        plan = ask.plan(each, plan)
    assert plan is not None
    return plan.queries[0].model_dump(mode="json", exclude_defaults=True)


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("今年一共", "2026-01-01", "2026-12-31"),
        ("今年一季度", "2026-01-01", "2026-03-31"),
        ("2026 YTD", "2026-01-01", "2026-11-20"),
        ("ytd 2025", "2025-01-01", "2025-11-20"),
        ("before year end", None, "2026-12-31"),
        ("年底前", None, "2026-12-31"),
        ("去年底前", None, "2025-12-31"),
        ("before the end of March 2026", None, "2026-03-31"),
        ("by 31 Dec", None, "2026-12-31"),
        ("12月31日前", None, "2026-12-30"),
        ("since the end of August 2026", "2026-09-01", None),
        ("8月底以来", "2026-09-01", None),
    ],
)
def test_period_is_found_with_both_its_ends(said: str, start: str | None, end: str | None) -> None:
    (found,) = find_periods(said, TODAY)
    assert [day and day.isoformat() for day in (found.period.start, found.period.end)] == [start, end]


@pytest.mark.parametrize("question", ["How many leads has nobody responded to?", "至今没有首次响应的线索有几条？", "还没有人回复的线索有多少"])
def test_unanswered_records_are_those_without_a_response(ask: Reader, question: str) -> None:
    assert query(ask, question)["where"] == {"path": "first_response_at", "op": "is_null"}


@pytest.mark.parametrize("question", ["How many deals did we lose where Veltro was the competitor?", "竞争对手是 Veltro 的单子我们丢了几个"])
def test_word_for_the_field_of_a_value_is_no_value_of_another_field(ask: Reader, question: str) -> None:
    found = query(ask, question)
    assert (found["measures"], found["where"]) == ([{"measure": "lost_count"}], {"path": "competitor", "values": ["Veltro"]})


@pytest.mark.parametrize(
    "question", ["When was the last payment from Granite Foods?", "Granite Foods 最近一笔回款是什么时候？", "date of the latest payment by Granite Foods"]
)
def test_day_is_asked_for_rather_than_the_record_of_that_day(ask: Reader, question: str) -> None:
    assert query(ask, question)["measures"] == [{"fold": "max", "path": "paid_on"}]


@pytest.mark.parametrize(
    ("question", "path", "value"),
    [
        ("total contract value in euros", "currency", "EUR"),
        ("欧元计价的合同金额", "currency", "EUR"),
        ("yoy growth of won deals in Q4", None, None),
    ],
)
def test_value_word_is_read_as_what_it_says_here(ask: Reader, question: str, path: str | None, value: str | None) -> None:
    where = query(ask, question).get("where")
    assert where == ({"path": path, "values": [value]} if path else None)


def test_currency_that_no_record_has_is_not_taken_for_another(ask: Reader) -> None:
    found = ask("逾期的人民币发票有多少张？")
    assert found.plan is None
    assert found.reason == "not_understood"


@pytest.mark.parametrize("question", ["Which team budgets were overspent?", "哪些预算超支了？", "哪些团队预算超支了？"])
def test_overspent_budgets_are_those_used_up_by_more_than_all(ask: Reader, question: str) -> None:
    found = query(ask, question)
    assert found["measures"] == [{"measure": "budget_use"}]
    assert found["having"] == [{"op": "gt", "value": "1"}]


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("how many deals did we lose in 2026", "why?"),
        ("how many deals did we lose in 2026", "what were the reasons"),
        ("2026年丢了多少单", "都是啥原因"),
        ("2026年丢了多少单", "为什么"),
        ("2026年丢了多少单", "为什么丢的"),
    ],
)
def test_reasons_asked_after_deals_lost_are_of_these(ask: Reader, before: str, question: str) -> None:
    found = query(ask, question, before)
    assert found["dimensions"] == [{"path": "lost_reason"}]
    assert found["window"]["start"] == "2026-01-01"


@pytest.mark.parametrize(
    ("before", "question"),
    [("won value this year", "up or down on last year?"), ("今年的赢单金额", "跟去年比呢"), ("今年的赢单金额", "比去年多还是少")],
)
def test_unfinished_year_is_held_against_the_same_days_of_the_last(ask: Reader, before: str, question: str) -> None:
    found = query(ask, question, before)
    assert (found["measures"], found["window"]["end"], found["compare"]["end"]) == ([{"measure": "won_value"}], "2026-11-20", "2025-11-20")


@pytest.mark.parametrize("question", ["how many open deals there?", "那边还有几个项目"])
def test_place_that_nobody_named_is_not_understood(ask: Reader, question: str) -> None:
    assert ask(question).plan is None
    assert ask(question, ask.plan("won value of Ada Brook")).plan is None


@pytest.mark.parametrize("question", ["Why do we lose deals?", "为什么会丢单", "why do we lose deals - top lost reason"])
def test_why_deals_are_lost_is_told_by_the_reasons_noted(ask: Reader, question: str) -> None:
    assert query(ask, question)["dimensions"] == [{"path": "lost_reason"}]


@pytest.mark.parametrize("question", ["Why is our win rate so low?", "为什么赢单率这么低", "What share of contracts was signed on time?", "按时付款的发票比例"])
def test_what_no_record_tells_is_not_answered(ask: Reader, question: str) -> None:
    assert ask(question).plan is None


def test_staff_of_a_competitor_is_not_ours(ask: Reader) -> None:
    assert ask("How many employees does our competitor Veltro have?").plan is None


@pytest.mark.parametrize("question", ["who joined us in 2024", "2024年入职的有谁"])
def test_people_are_found_by_a_day_of_theirs(ask: Reader, question: str) -> None:
    found = query(ask, question)
    assert (found["entity"], found["window"]["path"]) == ("member", "hired_on")


@pytest.mark.parametrize("question", ["who is the CTO of Granite Foods?", "Granite Foods 的 CTO 是谁？"])
def test_person_of_a_company_is_a_contact_before_a_lead(ask: Reader, question: str) -> None:
    assert query(ask, question)["entity"] == "contact"


@pytest.mark.parametrize("question", ["how many visits to customers in October 2026", "2026年10月拜访了多少次客户？"])
def test_whom_the_records_are_with_is_no_condition(ask: Reader, question: str) -> None:
    found = query(ask, question)
    assert (found["entity"], found["where"]) == ("interaction", {"path": "kind", "values": ["visit"]})


@pytest.mark.parametrize("question", ["open deals whose close date has passed", "预计成交日期已过却还没关的商机"])
def test_day_that_has_passed_is_a_condition(ask: Reader, question: str) -> None:
    where = query(ask, question)["where"]
    assert {"path": "close_on", "op": "lt", "values": ["2026-11-20"]} in where.get("parts", [where])


@pytest.mark.parametrize("question", ["没有写下一步的在手商机有几个", "how many open deals without a next step"])
def test_field_left_empty_is_a_condition(ask: Reader, question: str) -> None:
    found = query(ask, question)
    assert (found["measures"], found["where"]) == ([{"measure": "open_count"}], {"path": "next_step", "op": "is_null"})


def test_number_of_the_records_before_keeps_their_conditions(ask: Reader) -> None:
    found = query(ask, "余额合计多少", "逾期的发票有多少张？")
    assert {"path": "due_on", "op": "lt", "values": ["2026-11-20"]} in found["where"]["parts"]


def test_they_are_the_company_where_a_contact_of_it_was_asked_for(ask: Reader) -> None:
    found = query(ask, "How many open deals do they have?", "How many contacts do we have at Granite Foods?", "who is their CTO?")
    assert found["where"] == {"path": "account", "values": ["Granite Foods Ltd"]}


@pytest.mark.parametrize("question", ["逾期超过30天的发票有几张", "how many invoices are more than 30 days overdue"])
def test_overdue_for_so_long_was_due_so_many_days_before_today(ask: Reader, question: str) -> None:
    where = ask.plan(question).queries[0].where

    assert [part.values for part in getattr(where, "parts", ()) if getattr(part, "op", "") == "lt"] == [((TODAY - timedelta(days=30)).isoformat(),)]


@pytest.mark.parametrize("question", ["unpaid invoices", "还没付的发票有多少张"])
def test_unpaid_is_what_has_a_balance(ask: Reader, question: str) -> None:
    assert query(ask, question)["where"] == {"path": "balance", "op": "gt", "values": ["0"]}


@pytest.mark.parametrize("question", ["how many open deals with a competitor", "有竞争对手的在手商机有几个"])
def test_field_that_records_are_said_to_have_is_filled(ask: Reader, question: str) -> None:
    assert query(ask, question)["where"] == {"path": "competitor", "op": "not_null"}


@pytest.mark.parametrize(
    "question", ["How many deals moved from Proposal to Negotiation in October 2026?", "2026年10月从 Proposal 进入 Negotiation 的商机有几个"]
)
def test_move_between_stages_is_looked_up_among_the_changes_of_stage(ask: Reader, question: str) -> None:
    found = query(ask, question)
    assert found["entity"] == "stage_history"
    assert found["where"]["parts"] == [{"path": "from_stage", "values": ["Proposal"]}, {"path": "stage", "values": ["Negotiation"]}]


def test_length_at_the_end_of_a_question_is_read(ask: Reader) -> None:
    assert query(ask, "deals open for more than 30 days")["entity"] == "opportunity"


@pytest.mark.parametrize("question", ["revenue of Granite Foods Ltd?", "Granite Foods Ltd 的营收有多少"])
def test_figure_that_a_record_holds_and_one_won_from_it_are_both_offered(ask: Reader, question: str) -> None:
    offered = {(choice.plan.focus, choice.plan.queries[0].entity) for choice in ask(question).clarify}
    assert offered == {("lookup", "account"), ("figure", "opportunity")}


@pytest.mark.parametrize("question", ["open balance on invoices to food customers", "what did we sign with food customers, in total contract value?"])
def test_two_names_of_one_sum_are_no_choice(ask: Reader, question: str) -> None:
    assert ask.plan(question).focus == "figure"


def test_verb_is_read_as_the_state_that_it_leads_to(ask: Reader) -> None:
    found = query(ask, "How many milestones did we miss?")
    assert (found["entity"], found["where"]) == ("milestone", {"path": "status", "values": ["Missed"]})


@pytest.mark.parametrize("question", ["Granite Foods Ltd 是谁在负责", "who looks after Granite Foods Ltd?"])
def test_who_answers_for_an_account_is_its_owner(ask: Reader, question: str) -> None:
    assert query(ask, question)["select"] == ["name", "owner"]


@pytest.mark.parametrize("question", ["What's our main reason for losing deals?", "我们丢单最主要的原因是什么？"])
def test_main_reason_is_the_most_frequent_one(ask: Reader, question: str) -> None:
    found = query(ask, question)
    assert (found["dimensions"], found["limit"] > 0) == ([{"path": "lost_reason"}], True)


def test_quarter_ahead_of_another_is_compared_with_it(ask: Reader) -> None:
    found = query(ask, "Is Q4 ahead of Q3 in number of won deals?")
    assert (found["window"]["start"], found["compare"]["start"]) == ("2026-10-01", "2026-07-01")


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("How many won deals closed in 2026?", "won_count"),
        ("lost deals closed in 2026", "lost_count"),
        ("How many deals closed in 2026?", "closed_count"),
    ],
)
def test_outcome_narrows_a_count_of_closed_deals(ask: Reader, question: str, measure: str) -> None:
    assert query(ask, question)["measures"] == [{"measure": measure}]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("赢单最多的是谁，有几单？", "赢单最多的是谁？"),
        ("赢单金额最高的是谁，多少钱？", "赢单金额最高的是谁？"),
        ("赢单数最多的是谁，金额多少？", "赢单数最多的是谁，金额多少？"),
        ("今年佣金最多的三个顾问，各多少？", "今年佣金最多的三个顾问？"),
        ("赢单额最高的3位销售，各多少钱？", "赢单额最高的3位销售？"),
        ("赢单数最多的3位销售，各多少钱？", "赢单数最多的3位销售，各多少钱？"),
    ],
)
def test_figure_that_a_ranking_tells_anyway_is_not_asked_twice_and_another_is_not_lost(said: str, read: str) -> None:
    assert reword(said) == read


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("number of open deals and their total value please", ["open_count", "pipeline_value"]),
        ("how many deals were won and what is their total deal value", ["won_count", "won_value"]),
        ("won deals and number of deals", ["won_count", "deal_count"]),
    ],
)
def test_what_deals_of_one_state_come_to_is_the_sum_of_these(ask: Reader, question: str, measures: list[str]) -> None:
    assert [ref.measure for query in ask.plan(question).queries for ref in query.measures] == measures


@pytest.mark.parametrize("question", ["how many food type accounts are there", "food 类别的客户有几家", "food 类型的客户一共有多少家"])
def test_word_for_sorts_behind_the_one_that_is_meant_says_no_more(ask: Reader, question: str) -> None:
    (query,) = ask.plan(question).queries

    assert ([ref.measure for ref in query.measures], query.where) == (["account_count"], Compare(path="sector", values=("food",)))
