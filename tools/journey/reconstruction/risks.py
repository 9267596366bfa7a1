"""Makes changes at accounts out of what was seen outside: a stage that endangers the relationship has risen since. Knows nothing of runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from prompts.words import said_day, say
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.models import Account, Signal
from tools.journey.decaying import moment_of, seconds
from tools.journey.models import JourneyEvent, JourneySignal
from tools.journey.reconstruction.policy import Policy
from tools.journey.reconstruction.schemas import Change
from tools.journey.schemas import StageStanding
from tools.journey.standing import stand, sums_of
from tools.journey.versions import weights_in_force
from tools.journey.weights import JourneyWeights, Named
from tools.trace.cells import Confidence, Contribution

PLACES = Decimal("0.0001")
SEEN_OUTSIDE = "external"
Language = Literal["zh", "en"]


def risk_changes(session: Session, principal: Principal, scope: RowScope, policy: Policy, now: datetime) -> tuple[Change, ...]:
    """Changes by what was seen outside in the last days, at every account within reach; the largest rise first."""
    _, weights = weights_in_force(session)
    since = seconds(now - timedelta(days=policy.risks.days))
    limit = scope.limit(principal, "account", Account.__table__)
    reached = select(Account.id, Account.name).where(Account.gone_at.is_(None))
    names = {row.id: row.name for row in session.execute(reached if limit is None else reached.where(limit))}
    seen = select(JourneyEvent.account_id).where(JourneyEvent.origin == SEEN_OUTSIDE, JourneyEvent.at > since, JourneyEvent.at <= seconds(now)).distinct()
    accounts = [each for each in session.scalars(seen) if each is not None and each in names]
    rises = [rise for account in sorted(accounts) for rise in _rises(session, account, names[account], weights, policy, since, now)]
    found = [rise.change(_headline(session, rise.events[-1])) for rise in rises]
    return tuple(sorted(found, key=lambda change: (change.ratio.point, change.account_id)))


@dataclass(frozen=True, slots=True)
class _Rise:
    """A stage of one account before and after the events that were seen outside."""

    account_id: int
    account: str
    events: Sequence[JourneyEvent]
    before: StageStanding
    after: StageStanding
    asked_more: Sequence[StageStanding]
    """The stages that the rise acts on, the heaviest first."""

    def said(self, headline: str, language: Language) -> str:
        """The rise, what was seen, and where the stages stand that it asks more of."""
        before, after = self.before.confidence, self.after.confidence
        others = [
            say("reconstruction_risk_other", language, stage=each.label.label(language), weight=_percent(each.confidence.point)) for each in self.asked_more
        ]
        stage = self.after.label.label(language)
        return say(
            "reconstruction_risk", language, account=self.account, stage=stage if language == "zh" else stage.lower(),
            day=said_day(moment_of(self.events[-1].at).date(), language), before=_percent(before.point), after=_percent(after.point),
            low=_percent(after.low).removesuffix(" %"), high=_percent(after.high).removesuffix(" %"), headline=headline.rstrip(".。"),
            others=(" " if language == "en" else "").join(others),
        ).strip()  # fmt: skip

    def change(self, headline: str) -> Change:
        """``ratio`` is the share that is left of what spoke against the stage: one less the weight after, over one less the weight before."""
        left, sure = 1 - self.before.confidence.point, self.after.confidence
        low, point, high = (((1 - each) / left).quantize(PLACES) for each in (sure.high, sure.point, sure.low))
        keys = {each.key for each in self.events}
        return Change(
            account_id=self.account_id, kind="signal", direction="down", since=moment_of(self.events[0].at).date(),
            noticed=moment_of(self.events[-1].at).date(), said=Named(zh=self.said(headline, "zh"), en=self.said(headline, "en")),
            ratio=Confidence(level=sure.level, low=low, point=point, high=high, method=sure.method, n=sure.n),
            contributions=tuple(
                Contribution(evidence=str(part.event_key), weight=Decimal(1), effect=Decimal(repr(part.log_odds)))
                for part in self.after.contributions
                if part.event_key in keys
            ),
        )  # fmt: skip


def _rises(session: Session, account_id: int, name: str, weights: JourneyWeights, policy: Policy, since: int, now: datetime) -> Iterator[_Rise]:
    own = select(JourneyEvent).where(JourneyEvent.account_id == account_id, JourneyEvent.at <= seconds(now)).order_by(JourneyEvent.at, JourneyEvent.key)
    events = session.scalars(own).all()
    for stage in policy.risks.stages:
        new = [each for each in events if each.origin == SEEN_OUTSIDE and each.at > since and _moves(each, stage, weights)]
        if not new:
            continue
        had = [each for each in events if each.at < new[0].at]
        before = _stage(stand(weights, sums_of(had, weights), had, new[0].at - 1, None), stage)
        standings = stand(weights, sums_of(events, weights), events, seconds(now), None)
        after = _stage(standings, stage)
        if after.confidence.point - before.confidence.point >= policy.risks.least_rise:
            acted_on = {relation.target for relation in weights.relations if relation.source == stage}
            yield _Rise(account_id, name, new, before, after, sorted((each for each in standings if each.stage in acted_on), key=lambda each: -each.weight))


def _headline(session: Session, event: JourneyEvent) -> str:
    """What was seen, in its own words: text of a record, never an instruction."""
    if event.source_table == JourneySignal.__tablename__:
        row = session.get(JourneySignal, event.source_record)
        return row.headline if row is not None else ""
    found = select(Signal.headline).where(Signal.source_system == event.source_system, Signal.source_id == event.source_record)
    return session.scalar(found) or ""


def _moves(event: JourneyEvent, stage: str, weights: JourneyWeights) -> bool:
    kind = weights.evidence.get(event.evidence)
    return kind is not None and stage in kind.stages and kind.stages[stage].weight > 0


def _stage(standings: Sequence[StageStanding], stage: str) -> StageStanding:
    return next(each for each in standings if each.stage == stage)


def _percent(value: Decimal) -> str:
    return f"{(value * 100).quantize(Decimal(1))} %"
