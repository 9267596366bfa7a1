"""When and where a kind of situation came up before, one bounded query a kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import or_, select

from tools.coaching.detecting.told import sentence_of
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.coaching.vocabulary import is_state
from tools.crm.models import Interaction, Milestone, Opportunity, Request, Signal, Ticket
from tools.journey.acts import Act, Status
from tools.journey.reading.models import TextEventRow
from tools.store.classification import Classification

MOST = 6_000
MOST_RIVALS = 40
SILENT_DAYS = 21


@dataclass(frozen=True, slots=True)
class Occasion:
    """A situation of the past; without a deal it counts for those of the account that were open then. ``about`` is the sentence that tells it."""

    account_id: int
    deal_id: int | None
    at: date
    about: str = ""


WITH_DEALS = frozenset(
    {
        SituationKind.OBJECTION_OPEN, SituationKind.PAPER_REFUSED, SituationKind.THEIR_PROMISE_DUE, SituationKind.COMPETITOR_SEEN,
        SituationKind.COMPETITOR_IN_DEAL, SituationKind.SILENCE, SituationKind.QUESTION_UNANSWERED, SituationKind.REQUEST_UNANSWERED,
        SituationKind.TICKET_OPEN, SituationKind.MILESTONE_MISSED,
    }
)  # fmt: skip
"""Kinds whose past is counted in deals."""


def occasions(sight: Sight, kind: SituationKind, told_by: Act = Act.OBJECT) -> Sequence[Occasion]:
    """The newest occasions of a kind in reach; none for kinds that no deal hangs on. ``told_by`` is the act that tells an objection."""
    match kind:
        case SituationKind.OBJECTION_OPEN:
            return list(_told(sight, (told_by,), (Status.DONE,)))
        case SituationKind.PAPER_REFUSED:
            return list(_told(sight, (Act.SIGN, Act.APPROVE, Act.ACCEPT), (Status.REFUSED,)))
        case SituationKind.THEIR_PROMISE_DUE:
            return list(_told(sight, (Act.SIGN, Act.APPROVE, Act.ORDER, Act.PAY), (Status.PROMISED, Status.PLANNED)))
        case SituationKind.COMPETITOR_SEEN | SituationKind.COMPETITOR_IN_DEAL:
            return list(_rivals(sight))
        case SituationKind.SILENCE:
            return list(_silences(sight))
        case SituationKind.QUESTION_UNANSWERED:
            return list(_inbound(sight))
        case SituationKind.REQUEST_UNANSWERED:
            return list(_recorded(sight, Request, "opened_at"))
        case SituationKind.TICKET_OPEN:
            return list(_recorded(sight, Ticket, "opened_at"))
        case SituationKind.MILESTONE_MISSED:
            return list(_recorded(sight, Milestone, "due_on"))
    return ()


def told_talks(sight: Sight, acts: Sequence[Act], statuses: Sequence[Status]) -> Iterator[tuple[Interaction, str, str]]:
    """Interactions in reach whose text tells one of these acts, but not as ours: with the field that tells it and what was said, newest first."""
    if sight.principal.clearance < Classification.CONFIDENTIAL:
        return
    tells = (TextEventRow.record_id == Interaction.id) & (TextEventRow.version == Interaction.version) & (TextEventRow.entity == "interaction")
    wanted = (
        select(Interaction, TextEventRow.field, TextEventRow.start, TextEventRow.end)
        .join(TextEventRow, tells)
        .where(
            TextEventRow.act.in_([act.value for act in acts]), TextEventRow.status.in_([status.value for status in statuses]), TextEventRow.side != "us",
            Interaction.account_id.is_not(None), Interaction.occurred_at <= sight.end_of_today(), Interaction.gone_at.is_(None), *sight.limits(Interaction),
        )
        .order_by(Interaction.occurred_at.desc(), Interaction.id)
        .limit(MOST)
    )  # fmt: skip
    for talk, field, start, end in sight.session.execute(wanted):
        text = getattr(talk, field, None)
        if isinstance(text, str):
            yield talk, field, sentence_of(text, start, end)


def _told(sight: Sight, acts: Sequence[Act], statuses: Sequence[Status]) -> Iterator[Occasion]:
    for talk, _, sentence in told_talks(sight, acts, statuses):
        if talk.account_id is not None and talk.occurred_at is not None:
            yield Occasion(talk.account_id, talk.opportunity_id, sight.local_day(talk.occurred_at), sentence)


def _talks(sight: Sight, *where: object) -> Iterator[Occasion]:
    wanted = (
        select(Interaction.account_id, Interaction.opportunity_id, Interaction.occurred_at)
        .where(Interaction.account_id.is_not(None), Interaction.occurred_at.is_not(None), Interaction.gone_at.is_(None), *sight.limits(Interaction), *where)  # type: ignore[arg-type]
        .order_by(Interaction.occurred_at.desc())
        .limit(MOST)
    )
    for account, deal, at in sight.session.execute(wanted):
        if account is not None and at is not None:
            yield Occasion(account, deal, sight.local_day(at))


def _rivals(sight: Sight) -> Iterator[Occasion]:
    """Talks that name a competitor known to the store, whichever deal they belong to: what a deal's own field says may have been filled in at its end."""
    names: set[str] = set()
    for model in (Opportunity, Signal):
        named = select(model.competitor).where(model.competitor.is_not(None), *sight.limits(model)).distinct().limit(MOST_RIVALS)
        names |= {name for name in sight.session.scalars(named) if name and len(name) > 1}
    if names and sight.principal.clearance >= Classification.CONFIDENTIAL:
        yield from _talks(sight, or_(*(Interaction.body.contains(name, autoescape=True) for name in sorted(names)[:MOST_RIVALS])))


def _inbound(sight: Sight) -> Iterator[Occasion]:
    directions = sight.session.scalars(select(Interaction.direction).where(Interaction.direction.is_not(None)).distinct().limit(MOST_RIVALS))
    inward = [direction for direction in directions if is_state(direction, "inbound")]
    if inward:
        yield from _talks(sight, Interaction.direction.in_(inward))


def _silences(sight: Sight) -> Iterator[Occasion]:
    """Three weeks after the last talk about a deal when no other came by then."""
    by_deal: dict[int, list[Occasion]] = {}
    for talk in _talks(sight, Interaction.opportunity_id.is_not(None)):
        if talk.deal_id is not None:
            by_deal.setdefault(talk.deal_id, []).append(talk)
    for talks in by_deal.values():  # newest first
        for later, earlier in pairwise([None, *talks]):
            assert earlier is not None  # noqa: S101 - only the first is None
            noticed = earlier.at + timedelta(days=SILENT_DAYS)
            if later is None or later.at > noticed:
                yield Occasion(earlier.account_id, earlier.deal_id, noticed)


def _recorded(sight: Sight, model: type[Request] | type[Ticket] | type[Milestone], field: str) -> Iterator[Occasion]:
    """Records of one kind by one of their days; a milestone counts where it was not done by then."""
    table = model.__table__
    columns = [table.c.account_id, table.c[field], *([table.c.done_on] if "done_on" in table.c else [])]
    wanted = select(*columns).where(table.c.account_id.is_not(None), table.c[field].is_not(None), table.c.gone_at.is_(None), *sight.limits(model))
    for account, at, *done in sight.session.execute(wanted.order_by(table.c[field].desc()).limit(MOST)):
        day = sight.local_day(at) if isinstance(at, datetime) else at
        if not done or done[0] is None or done[0] > day:
            yield Occasion(account, None, day)
