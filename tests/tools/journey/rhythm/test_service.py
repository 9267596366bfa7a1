"""Alerts of a store: what counts as a purchase, what is cited, and who sees which."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.crm.models import Account, Contract, CustomField, CustomRow, CustomTable, Interaction, Member, Opportunity, Payment
from tools.journey.rhythm.schemas import RhythmReport
from tools.journey.rhythm.service import rhythm_report
from tools.journey.rhythm.telling import tell, tell_weeks
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.classification import Classification

TODAY = date(2026, 11, 18)
LAST = date(2026, 11, 9)
OWNER = Principal.local_owner()
FIRST_REP, SECOND_REP = (Principal(role=Role.REP, member_id=each, clearance=Classification.PERSONAL) for each in (1, 2))
STOPS, STEADY, STARTED = 11, 12, 13


class Shop:
    """A store with three accounts: one that stops buying on ``change``, one that goes on, and one that only just began."""

    change = date(2026, 9, 14)

    def __init__(self, engine: Engine) -> None:
        self.engine, self.next, self.rng = engine, 1000, np.random.default_rng(8)
        self.put(Member, {"id": 1, "name": "Wang Min", "source_id": "m1"}, {"id": 2, "name": "Li Lei", "source_id": "m2"})
        self.put(
            Account,
            {"id": STOPS, "name": "远望光电", "owner_id": 1, "tier": "strategic", "source_id": "a11"},
            {"id": STEADY, "name": "Acme", "owner_id": 2, "tier": "growth", "source_id": "a12"},
            {"id": STARTED, "name": "Newcomer", "owner_id": 2, "tier": "growth", "source_id": "a13"},
        )

    def put(self, table: type[Base], *rows: dict[str, Any]) -> None:
        with Session(self.engine) as session:
            for row in rows:
                self.next += 1
                common = {"source_system": "crm", "source_id": str(self.next), "version_hash": "h", "as_of": datetime(2026, 11, 17, tzinfo=UTC), "custom": {}}
                if not hasattr(table, "source_line"):
                    common = {}
                session.execute(insert(table).values(common | row))
            session.commit()

    def days(self, account: int) -> list[date]:
        """Two or three working days of each week in two years."""
        mondays = [LAST - timedelta(days=7 * back) for back in range(104)]
        own = [monday for monday in mondays if (account != STOPS or monday < self.change) and (account != STARTED or monday > LAST - timedelta(days=21))]
        return [monday + timedelta(days=day) for monday in own for day in range(0, 5, 2)]

    def everyone(self) -> list[tuple[int, date]]:
        return [(account, day) for account in (STOPS, STEADY, STARTED) for day in self.days(account)]

    def deals(self) -> None:
        self.put(Opportunity, *({"account_id": account, "status": "won", "close_on": day} for account, day in self.everyone()))

    def report(self, principal: Principal = OWNER, today: date = TODAY, **options: Any) -> RhythmReport:
        with Session(self.engine) as session:
            return rhythm_report(session, principal, PolicyScope(), today, "Asia/Shanghai", **options)


@pytest.fixture
def shop(engine: Engine) -> Shop:
    return Shop(engine)


def test_account_that_stops_buying_is_told_with_its_weeks_and_records(shop: Shop) -> None:
    shop.deals()

    report = shop.report()

    (alert,) = report.alerts
    assert (alert.account_id, alert.series, alert.counted, alert.direction) == (STOPS, "purchases", "won_deals", "down")
    assert alert.changed == shop.change
    assert [week.monday for week in alert.weeks] == [shop.change + timedelta(days=7 * each) for each in range(len(alert.weeks))]
    assert alert.weeks[-1].monday == alert.noticed <= shop.change + timedelta(days=21)
    assert alert.count == sum(week.count for week in alert.weeks) == 0
    assert alert.expected == sum(week.expected for week in alert.weeks) > 5
    assert alert.ratio.high < 1
    assert float(alert.false_alarms_a_year) == 0.1
    rows = json.loads(alert.records.rows_json)
    assert len(rows) == alert.records.n == alert.past.count + alert.count
    assert {row[3] for row in rows} <= {(alert.past.since + timedelta(days=7 * each)).isoformat() for each in range(alert.past.weeks)}
    assert alert.records.table == "opportunities"
    assert report.series[0].accounts == 3


def test_cited_week_of_a_holiday_expects_less(shop: Shop) -> None:
    shop.deals()
    weeks = {week.monday: week for week in shop.report(recent=52).alerts[0].weeks}
    golden = shop.report(today=date(2026, 10, 14)).alerts[0]

    assert weeks[shop.change].busyness > 0.8
    assert all(week.expected == pytest.approx(week.busyness * golden.past.a_week, rel=Decimal("0.02")) for week in golden.weeks)


@pytest.mark.parametrize(
    ("table", "columns", "counted"),
    [
        (Contract, {"signed_on": None}, "contracts"),
        (Payment, {"paid_on": None}, "payments"),
    ],
)
def test_store_without_deals_counts_what_it_has(shop: Shop, table: type[Base], columns: dict[str, None], counted: str) -> None:
    (column,) = columns
    shop.put(table, *({"account_id": account, column: day} for account, day in shop.everyone()))

    assert [(each.account_id, each.counted) for each in shop.report().alerts] == [(STOPS, counted)]


def test_orders_of_an_own_file_go_before_deals(shop: Shop) -> None:
    shop.put(CustomTable, {"id": 5, "source_system": "erp", "key": "orders", "label": "销售订单"})
    field = {"entity": "custom:orders", "table_id": 5, "key": "placed", "label": "下单日期", "type": "date", "classification": Classification.INTERNAL}
    shop.put(CustomField, field)
    shop.put(CustomRow, *({"table_id": 5, "account_id": account, "custom": {"placed": day.isoformat()}} for account, day in shop.everyone()))
    shop.put(Opportunity, {"account_id": STEADY, "status": "won", "close_on": date(2026, 5, 4)})

    assert [(each.account_id, each.counted) for each in shop.report().alerts] == [(STOPS, "orders")]


def test_lost_and_open_deals_are_no_purchases(shop: Shop) -> None:
    shop.put(Opportunity, *({"account_id": account, "status": "lost", "close_on": day} for account, day in shop.everyone()))

    assert shop.report() == RhythmReport(alerts=(), series=())


def test_interactions_are_a_series_of_their_own(shop: Shop) -> None:
    shop.deals()
    noon = [(account, datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=4)) for account, day in shop.everyone() if account != STOPS]
    steady = [(STOPS, when) for account, when in noon if account == STEADY]
    shop.put(Interaction, *({"account_id": account, "occurred_at": when} for account, when in noon + steady))

    report = shop.report()

    assert [(each.account_id, each.series) for each in report.alerts] == [(STOPS, "purchases")]
    assert [each.series for each in report.series] == ["purchases", "interactions"]


def test_rep_sees_own_accounts_only_and_the_same_alert_as_the_director(shop: Shop) -> None:
    shop.deals()

    assert shop.report(FIRST_REP).alerts == shop.report(OWNER).alerts
    assert shop.report(SECOND_REP).alerts == ()
    assert [each.accounts for each in shop.report(SECOND_REP).series] == [2]


def test_weeks_after_the_export_are_not_taken_for_silence(shop: Shop) -> None:
    shop.deals()

    later = shop.report(today=TODAY + timedelta(days=60))

    assert [each.account_id for each in later.alerts] == [STOPS]
    assert later.series[0].last == LAST


def test_days_that_cannot_be_and_days_to_come_change_nothing(shop: Shop) -> None:
    shop.deals()
    before = shop.report()
    shop.put(Opportunity, *({"account_id": STEADY, "status": "won", "close_on": day} for day in (date(2031, 1, 1), date(1900, 1, 1))))

    after = shop.report()

    (then,), (now,) = before.alerts, after.alerts
    assert (now.account_id, now.changed, now.noticed, now.past.since, now.past.count) == (STOPS, then.changed, then.noticed, then.past.since, then.past.count)
    assert [(week.monday, week.count) for week in now.weeks] == [(week.monday, week.count) for week in then.weeks]
    assert [each.last for each in after.series] == [each.last for each in before.series]


def test_records_that_went_from_the_source_are_not_counted(shop: Shop) -> None:
    gone = datetime(2026, 11, 1, tzinfo=UTC)
    shop.put(Opportunity, *({"account_id": account, "status": "won", "close_on": day, "gone_at": gone} for account, day in shop.everyone()))

    assert shop.report().alerts == ()


def test_empty_store_has_no_alerts(shop: Shop) -> None:
    assert shop.report() == RhythmReport(alerts=(), series=())


def test_alert_is_said_in_both_languages(shop: Shop) -> None:
    shop.deals()
    alert = shop.report().alerts[0]

    assert "远望光电的采购节奏放缓：自2026年9月14日起" in tell(alert, "zh")
    assert "每个客户每年这样的误报不超过0.1次（约10年一次）" in tell(alert, "zh")
    assert "0 won deals in the" in tell(alert, "en")
    assert "once in 10 years" in tell(alert, "en")
    assert tell_weeks(alert, "en")[0].startswith("week of 14 Sep 2026: 0 (expected ")
    assert len(tell_weeks(alert, "zh")) == len(alert.weeks)
