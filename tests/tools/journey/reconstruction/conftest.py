"""A store with one large account whose rhythm changed, its reps with their key results, and a history that was taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.access.scope import RowScope
from tools.crm.models import Account, Interaction, Member, Okr, Opportunity
from tools.journey.reconstruction.policy import shipped_policy
from tools.journey.reconstruction.ports import TalkTracks
from tools.journey.reconstruction.schemas import Change, Started, TalkTrack
from tools.journey.reconstruction.service import reconstruct
from tools.journey.service import take_records
from tools.journey.weights import Named
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.classification import Classification
from tools.trace.cells import Contribution, Suggestion
from tools.trace.intervals import wilson

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LARGE, SMALL, RICH = 11, 12, 13
REP, OTHER_REP, FAR_REP, MANAGER, DIRECTOR = 1, 2, 3, 4, 5
OWNER = Principal.local_owner()


def principal(member: int, role: Role, *reports: int) -> Principal:
    return Principal(role=role, member_id=member, name=f"member {member}", clearance=Classification.PERSONAL, report_ids=reports)


def change(account: int = LARGE, direction: Literal["up", "down"] = "down", since: date = date(2026, 9, 14), weeks: int = 6, high: str = "0.4") -> Change:
    """Where ``down``, 2 a week became none; ``high`` is the upper end of the ratio's interval."""
    ratio = wilson(0, 30).model_copy(update={"low": Decimal("0.02"), "point": Decimal("0.1"), "high": Decimal(high)})
    if direction == "up":
        ratio = ratio.model_copy(update={"low": Decimal(3), "point": Decimal(5), "high": Decimal(9)})
    mondays = [since + timedelta(days=7 * week) for week in range(weeks)]
    return Change(
        account_id=account, kind="rhythm", direction=direction, since=since, noticed=mondays[-1] + timedelta(days=6), said=Named(zh="节奏放缓", en="slower"),
        ratio=ratio, contributions=tuple(Contribution(evidence=f"purchases:{monday}", weight=Decimal(1), effect=Decimal("-2.1")) for monday in mondays),
    )  # fmt: skip


@dataclass
class FakeTracks:
    """Writes one sentence; without a customer value where ``value`` is empty."""

    value: str = "Answered in time"
    asked: int = 0

    def tailored(
        self, session: Session, principal: Principal, scope: RowScope, change: Change, recipient_id: int, language: Literal["zh", "en"], now: datetime
    ) -> TalkTrack | None:
        self.asked += 1
        suggestion = Suggestion(
            statement="Ask what changed", score=change.score, contributions=change.contributions, confidence=change.ratio, customer_value=self.value
        )
        return TalkTrack(text="您好，最近采购节奏有变化，想了解原因。", language=language, suggestion=suggestion)


class Company:
    """The store and short ways to use it."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.next = engine, 100
        with Session(engine) as session:
            self._hire(session)
            self._win(session)
            self._plan(session)
            for back in range(20, 140, 5):
                when = NOW - timedelta(days=back)
                talk = {"kind": "call", "direction": "Inbound", "subject": "技术问题", "body": "询问接口", "occurred_at": when}
                self._put(session, Interaction, talk | {"account_id": LARGE})
            take_records(session, NOW)
            session.commit()

    def _hire(self, session: Session) -> None:
        roles = {REP: "rep", OTHER_REP: "rep", FAR_REP: "rep", MANAGER: "manager", DIRECTOR: "director"}
        for each, role in roles.items():
            self._put(session, Member, {"id": each, "name": f"Member {each}", "access_role": role, "region": "西区" if each == FAR_REP else "华东"})

    def _win(self, session: Session) -> None:
        tiers = {LARGE: ("远望光电", "strategic", 0), SMALL: ("Corner Shop", "long_tail", 10), RICH: ("Rich", "growth", 900)}
        for each, (name, tier, won) in tiers.items():
            self._put(session, Account, {"id": each, "name": name, "tier": tier, "region": "华东", "owner_id": REP})
            if won:
                deal = {"account_id": each, "status": "won", "amount": Decimal(won), "currency": "CNY", "close_on": date(2026, 6, 1)}
                self._put(session, Opportunity, deal)

    def _plan(self, session: Session) -> None:
        quarter = {"start_on": date(2026, 10, 1), "end_on": date(2026, 12, 31), "period": "2026-Q4"}
        for member in (REP, OTHER_REP, FAR_REP):
            kept = ("续约", "续约率达到 90%", "0.3", "0.9" if member == REP else "0.2")
            grown = ("New business", "Bookings of 2 million", "0.5", "0.4")
            rest = ("Knowledge", "Two notes reused", "0.2", "0.5")
            for objective, result, weight, progress in (kept, grown, rest):
                row = {"owner_id": member, "objective": objective, "key_result": result, "weight": Decimal(weight), "progress": Decimal(progress)}
                self._put(session, Okr, row | quarter)
        self._put(session, Okr, {"owner_id": REP, "objective": "续约", "weight": Decimal(1), "start_on": date(2026, 7, 1), "end_on": date(2026, 9, 30)})

    def put(self, table: type[Base], *rows: dict[str, Any]) -> None:
        with Session(self.engine) as session:
            self._put(session, table, *rows)
            session.commit()

    def _put(self, session: Session, table: type[Base], *rows: dict[str, Any]) -> None:
        for row in rows:
            self.next += 1
            common = {"source_system": "crm", "source_id": str(self.next), "version_hash": "h", "as_of": NOW - timedelta(days=1), "custom": {}}
            session.execute(insert(table).values(common | row))

    def start(self, what: Change | None = None, who: Principal = OWNER, tracks: TalkTracks | None = None) -> Started:
        with Session(self.engine) as session:
            started = reconstruct(session, who, PolicyScope(), what or change(), tracks or FakeTracks(), shipped_policy(), TODAY, NOW, "zh")
            session.commit()
            return started

    def do(self, what: Callable[[Session], Any]) -> Any:
        with Session(self.engine, expire_on_commit=False) as session:
            result = what(session)
            session.commit()
            return result

    def weights(self) -> dict[tuple[int, str], Decimal]:
        with Session(self.engine) as session:
            rows = session.scalars(select(Okr).where(Okr.start_on == date(2026, 10, 1)))
            return {(row.owner_id or 0, row.objective or ""): row.weight or Decimal(0) for row in rows}


@pytest.fixture
def company(engine: Engine) -> Company:
    return Company(engine)
