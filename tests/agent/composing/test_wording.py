"""Words that people use: kinds and closed values in the noun, currencies kept apart, empty periods, ties, no false exactness."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from agent.composing.formatting import format_cell, format_money, format_rough
from tests.agent.composing.company import ask, by_measure, draft_of, fill, of, store, text
from tools.crm import models
from tools.crm.query import Between, Compare, Dimension, Exists, MeasureRef, Order, Plan, Window
from tools.store.base import Base
from tools.trace.cells import Cell, CellType
from tools.trace.mentions import shows


@pytest.fixture(scope="module")
def tiers() -> Session:
    """The company with tiers, and without tickets."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    Base.metadata.create_all(engine)
    session = Session(engine)
    fill(
        session,
        {
            models.Account: [
                {"tier": "strategic", "created_on": date(2024, 3, 1), "revenue": 7},
                {"tier": "long_tail", "revenue": 9},
                {"tier": "long_tail", "revenue": 5},
            ]
        },
    )
    return session


SILENT = Exists(entity="interaction", via="account", where=Between(path="occurred_at", low="2025-09-01", high="2025-10-30"), absent=True)
SAID: list[tuple[Plan, str, str]] = [
    (ask("account_count", "account", where=of("tier", "strategic")), "There are 2 strategic accounts.", "共有 2 个战略客户。"),
    (
        ask("account_count", "account", focus="breakdown", by="tier", order=by_measure()),
        "Long tail leads with 4 accounts, ahead of strategic (2).",
        "客户数最多的是长尾客户，为 4，其次是战略客户（2）。",
    ),
    (
        ask(MeasureRef(fold="avg", path="employees"), "account", where=of("tier", "strategic")),
        "The average number of employees of strategic accounts is 2,850 across 2 strategic accounts.",
        "战略客户的平均员工数为 2,850，基于 2 个战略客户。",
    ),
    (
        ask("won_count", where=of("account.tier", "strategic")),
        "9 deals of strategic accounts were won.",
        "战略客户共赢单 9 单。",
    ),
    (
        ask("account_count", "account", where=SILENT),
        "There are 2 accounts without interactions from 1 Sep 2025 to 30 Oct 2025.",
        "2025年9月1日至 2025年10月30日没有互动记录的客户共有 2 个。",
    ),
    (
        ask("interaction_count", "interaction", focus="top", by="owner", where=of("kind", "visit"), order=by_measure(), limit=1),
        "Ana Lima leads with 12 visits.",
        "拜访次数最多的是 Ana Lima，为 12。",
    ),
    (ask("ticket_count", "ticket", where=of("closed_at", op="is_null")), "There are no open tickets.", "共有 0 张未关闭工单。"),
    (ask(None, where=of("status", "won", op="ne"), select=("name",), limit=0), "There are 45 deals not won.", "未赢单的商机共有 45 个。"),
    (
        ask(None, "account", focus="lookup", where=of("name", "Conrad"), select=("name", "created_on")),
        "Conrad was created on 1 Mar 2024.",
        "Conrad 创建于 2024年3月1日。",
    ),
    (
        ask("lost_count", window=Window(start=date(2024, 1, 1), end=date(2024, 12, 31), path="opened_on", words_en="2024", words_zh="2024 年")),
        "19 of the deals created in 2024 were lost.",
        "2024年创建的商机中共输单 19 单。",
    ),
]


@pytest.mark.parametrize(("plan", "english", "chinese"), SAID, ids=[each[1] for each in SAID])
def test_words_are_those_that_people_use(plan: Plan, english: str, chinese: str, tiers: Session) -> None:
    assert text(plan, "en", session=tiers) == english
    assert text(plan, "zh", session=tiers) == chinese


def test_value_in_words_keeps_its_stored_form_in_claim_and_table(tiers: Session) -> None:
    plan = ask("account_count", "account", focus="breakdown", by="tier", order=by_measure())
    assert draft_of(plan, "zh", session=tiers).tables[0].rows == (("long_tail", 4), ("strategic", 2))


def test_groups_by_currency_have_names() -> None:
    plan = ask("won_count", focus="breakdown", by="currency", order=by_measure())
    assert text(plan, "en", session=store(currencies=True)) == "USD leads with 25 won deals, ahead of CNY (20)."


def test_largest_in_several_currencies_is_said_for_each() -> None:
    plan = ask(None, focus="top", where=of("status", "won"), select=("name", "amount"), order=(Order(path="amount"),), limit=1)
    draft = draft_of(plan, "en", session=store(currencies=True))
    assert text(plan, "en", session=store(currencies=True)).startswith("In CNY, the won deal with the highest amount is Deal ")
    assert [each.direction for each in draft.sentences] == ["up", "up"]
    assert len([address for address in draft.cells if address.endswith("_rank")]) == 2


def test_lowest_that_others_share_names_them_all() -> None:
    plan = ask("won_count", focus="breakdown", by="account", order=by_measure())
    crossed = plan.queries[0].model_copy(update={"dimensions": (Dimension(path="account"), Dimension(path="product"))})
    assert text(plan.model_copy(update={"queries": (crossed,)}), "en") == (
        "Evergreen / MG Special leads with 6 won deals; Delta Works / GTX Basic, Evergreen / GTX Basic and 北辰医疗 / GTX Basic share the fewest, 1."
    )


def test_month_without_a_deal_is_the_low_of_a_trend(tiers: Session) -> None:
    plan = ask("won_count", focus="trend", by=Dimension(path="close_on", grain="month"), where=of("owner", "Moses Frase"))
    draft = draft_of(plan, "en", session=tiers)
    assert 0 in [row[1] for row in draft.tables[0].rows]
    assert len(draft.tables[0].rows) == draft.tables[0].total_rows


def test_growth_from_nothing_has_no_difference() -> None:
    windows = {
        "window": Window(start=date(2025, 1, 1), end=date(2025, 12, 31), words_en="2025", words_zh="2025 年"),
        "compare": Window(start=date(2020, 1, 1), end=date(2020, 12, 31), words_en="2020", words_zh="2020 年"),
    }
    assert text(ask("won_count", **windows), "zh").endswith("，2020年为 0。")


def test_difference_is_no_more_exact_than_what_it_is_between() -> None:
    words = format_rough(Decimal("832562.53"), "EUR", "en")
    assert words == "€833 K"
    assert shows(words, "832562.53", CellType.MONEY)
    assert format_rough(Decimal("12345"), None, "en") == "12.3 K"


def test_midnight_is_no_time_of_day() -> None:
    at = Cell(address="q1.r1.at", value="2026-11-07T00:00", type=CellType.DATETIME)
    assert (format_cell(at, "zh"), format_cell(at, "en")) == ("2026年11月7日", "7 Nov 2026")
    assert format_cell(at.model_copy(update={"value": "2026-11-07T08:30"}), "en") == "7 Nov 2026 08:30"


def test_absurd_amount_is_written_out() -> None:
    assert format_money(Decimal("1e20"), None, "en") == "100,000,000,000,000,000,000"
    assert format_money(Decimal("3e12"), "CNY", "zh") == "3 万亿元"


def test_condition_on_a_closed_value_is_said_in_words(tiers: Session) -> None:
    plan = ask("account_count", "account", where=Compare(path="tier", op="ne", values=("long_tail",)))
    assert "long_tail" not in text(plan, "en", session=tiers) + text(plan, "zh", session=tiers)


def test_records_that_share_a_place_are_all_named(tiers: Session) -> None:
    plan = ask(None, "account", focus="top", select=("name", "revenue"), order=(Order(path="revenue"),), limit=5)
    assert text(plan, "en", session=tiers).startswith(
        "Acme and Delta Works share the highest revenue of all accounts, 9 each, ahead of Conrad (7) and Fjord (7)."
    )
    assert text(plan, "zh", session=tiers).startswith("客户中年营业额最高的是 Acme、Delta Works，并列为 9，其次是 Conrad（7）、Fjord（7）。")


def test_second_place_names_those_that_share_it() -> None:
    plan = ask("account_count", "account", focus="top", by="country", order=by_measure(), limit=4)
    assert text(plan, "en") == "Kenya leads with 3 accounts, ahead of China (1), Japan (1) and Norway (1)."
