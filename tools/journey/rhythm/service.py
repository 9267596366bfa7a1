"""Which accounts of a store changed their rhythm lately, for one principal under its row scope.

What all accounts have in common (holidays, prior, dispersion) is learnt from the whole store, so that a rep and a director get the same alert for the same
account; whose counts and records are told is limited in SQL.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.models import Account
from tools.journey.rhythm.counting import DayCount, Kind, Reach, Series, choose_purchases, day_counts, interaction_kind, records_of
from tools.journey.rhythm.detecting import WINDOW, Alarm, detect
from tools.journey.rhythm.exposure import WEEK, fit_busyness, monday_of
from tools.journey.rhythm.history import History, arrange, end_of, exposures
from tools.journey.rhythm.judging import Judged, judge
from tools.journey.rhythm.population import Population, fit_population
from tools.journey.rhythm.schemas import RhythmAlert, RhythmReport, SeriesCounted
from tools.journey.rhythm.thresholds import STATED_RATE, WEEKS_A_YEAR, Thresholds
from tools.store.classification import Classification
from tools.trace.cells import BlockColumn, CellType, EvidenceBlock

RECENT = 13
"""Weeks: a change that was noticed longer ago is no news."""


def rhythm_report(
    session: Session, principal: Principal, scope: RowScope, today: date, zone: str = "UTC", rate: float = STATED_RATE, recent: int = RECENT
) -> RhythmReport:
    """Alerts noticed within the last ``recent`` weeks that records cover, at ``rate`` false alarms an account, year and series.

    Raises RateCannotBePromised.
    """
    reach, thresholds = Reach(principal, scope), Thresholds(rate)
    purchases, meetings = choose_purchases(session, today), interaction_kind(session, zone)
    found: list[tuple[Series, Kind, tuple[DayCount, ...]]] = [("purchases", *purchases)] if purchases else []
    if talks := day_counts(session, meetings, today):
        found.append(("interactions", meetings, talks))
    last = end_of([each.day for _, _, counts in found for each in counts], today)
    accounts = _accounts(session, reach)
    alerts: list[RhythmAlert] = []
    series: list[SeriesCounted] = []
    for name, kind, counts in found:
        whole = arrange(counts, last)
        if not whole.mondays:
            continue
        follower = _Follower(session, reach, accounts, name, kind, whole, thresholds, recent)
        alerts += follower.alerts(today)
        series.append(follower.counted())
    return RhythmReport(alerts=tuple(sorted(alerts, key=lambda each: (-each.excess, each.account_id, each.series))), series=tuple(series))


class _Follower:
    """One series of the store: what all have in common, and the alerts that the principal may see."""

    def __init__(
        self, session: Session, reach: Reach, accounts: dict[int, Account], name: Series, kind: Kind, whole: History, thresholds: Thresholds, recent: int
    ) -> None:
        self.session, self.reach, self.accounts = session, reach, accounts
        self.name, self.kind, self.whole, self.thresholds, self.recent = name, kind, whole, thresholds, recent
        self.exposure = exposures(whole, fit_busyness(whole.mondays, whole.counts, whole.first))
        groups = _groups(session)
        self.population = fit_population(whole.counts, self.exposure, whole.first, [groups.get(each, "") for each in whole.accounts])

    def alerts(self, today: date) -> list[RhythmAlert]:
        seen = arrange(day_counts(self.session, self.kind, today, self.reach), self.whole.mondays[-1], self.whole.mondays)
        place = self.whole.place()
        rows = [row for row, account in enumerate(seen.accounts) if account in self.accounts]
        known = [place[seen.accounts[row]] for row in rows]
        population = self.population.of(known)
        alarms = detect(seen.counts[rows], self.exposure, population, self.thresholds, seen.first[rows])
        newest = {alarm.account: alarm for alarm in alarms if alarm.noticed >= len(self.whole.mondays) - self.recent}
        return [self._alert(alarm, seen, rows[alarm.account], population) for alarm in newest.values()]

    def counted(self) -> SeriesCounted:
        here = [row for row, account in enumerate(self.whole.accounts) if account in self.accounts]
        return SeriesCounted(
            series=self.name,
            counted=self.kind.counted,
            first=self.whole.mondays[0],
            last=self.whole.mondays[-1],
            accounts=len(here),
            dispersion=_decimal(float(self.population.dispersion.mean())),
            expected_false_alarms=_decimal(len(here) * self.recent / WEEKS_A_YEAR * self.thresholds.rate),
        )

    def _alert(self, alarm: Alarm, seen: History, row: int, population: Population) -> RhythmAlert:
        mondays = self.whole.mondays
        account = self.accounts[seen.accounts[row]]
        began = max(alarm.began, alarm.noticed + 1 - WINDOW)
        judged: Judged = judge(alarm, began, seen.counts[row], self.exposure, mondays, population, alarm.account)
        return RhythmAlert(
            account_id=account.id,
            account=account.name,
            series=self.name,
            counted=self.kind.counted,
            noticed=mondays[alarm.noticed],
            false_alarms_a_year=_decimal(self.thresholds.rate),
            records=self._records(account.id, mondays[began], mondays[alarm.noticed]),
            **judged,
        )

    def _records(self, account_id: int, first: date, last: date) -> EvidenceBlock:
        found = records_of(self.session, self.kind, account_id, first, last + WEEK - (WEEK / 7), self.reach)
        rows = [[each.id, each.version, each.day.isoformat(), monday_of(each.day).isoformat()] for each in found]
        return EvidenceBlock(
            id=f"{self.name}-{account_id}",
            table=self.kind.table.element.name if hasattr(self.kind.table, "element") else self.kind.entity,
            columns=(
                BlockColumn(name="record", type=CellType.COUNT),
                BlockColumn(name="version", type=CellType.COUNT),
                BlockColumn(name="day", type=CellType.DATE),
                BlockColumn(name="week", type=CellType.DATE),
            ),
            rows_json=json.dumps(rows, separators=(",", ":")),
            n=len(rows),
            classification=Classification.INTERNAL,
            as_of=max((each.as_of for each in found), default=None),
        )


def _accounts(session: Session, reach: Reach) -> dict[int, Account]:
    table = Account.__table__
    limit = reach.scope.limit(reach.principal, "account", table)
    statement = select(Account).where(Account.gone_at.is_(None))
    return {each.id: each for each in session.scalars(statement if limit is None else statement.where(limit))}


def _groups(session: Session) -> dict[int, str]:
    """Which accounts are similar: those of one tier, where the store has no tiers those of one sector."""
    rows = session.execute(select(Account.id, Account.tier, Account.sector)).all()
    tiered = any(row.tier for row in rows)
    return {row.id: (row.tier if tiered else row.sector) or "" for row in rows}


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 4)))
