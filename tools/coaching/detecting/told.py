"""Situations that only texts tell: objections, promises whose day passed, refused papers, people who left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from tools.coaching.finding import Finding, deciders, waiting
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight, is_quotable
from tools.coaching.vocabulary import Duty, Topic, topic_of
from tools.crm.models import Interaction
from tools.journey.acts import Act, Status
from tools.journey.reading.service import ToldEvent, told_events
from tools.trace.cells import Cell, CellType

LOOKED_BACK_DAYS = 120
OPEN_FOR_DAYS = 90
"""How long an objection counts as open where nothing says that it was met."""
LEAST_CONFIDENCE = Decimal("0.2")
PAPERS = frozenset({Act.SIGN, Act.APPROVE, Act.ACCEPT, Act.RENEW, Act.PAY})
OURS = frozenset({Act.SEND, Act.ANSWER, Act.SHOW, Act.INSTALL, Act.COMPLETE, Act.CONFIRM, Act.START})
THEIRS = frozenset({Act.SIGN, Act.APPROVE, Act.PAY, Act.ORDER, Act.RENEW, Act.CHOOSE, Act.CONFIRM, Act.ANSWER, Act.SEND, Act.ACCEPT})
AGREEING = frozenset({Act.SIGN, Act.APPROVE, Act.ACCEPT, Act.CHOOSE, Act.ORDER, Act.RENEW})
ENDS = re.compile(r"[。；;！!？?\n]|\.(?=\s|$)")
REPORTING = re.compile(
    r"^(?:(?:客户|对方|他们|她|他)?(?:觉得|认为|担心|担忧|表示|提出|询问|关心|抱怨|反映|质疑|嫌|说|问)[:：，]?)+"
    r"|^(?:(?:they|he|she|(?:the )?(?:customer|client))\s+)?"
    r"(?:(?:says?|said|finds?|found|fears?|thinks?|worr(?:y|ies|ied)|asks?|asked|doubts?|complains?|complained)\s+(?:that\s+|about\s+|whether\s+)?)",
    re.IGNORECASE,
)
"""How a note says that somebody said something: left out where the customer is quoted to itself."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One act with the interaction that tells it and the sentence that it stands in."""

    told: ToldEvent
    talk: Interaction
    day: date
    sentence: str


def told_situations(sight: Sight) -> Iterator[Finding]:
    """What the texts of the last months tell that is still open."""
    tellings = _tellings(sight)
    yield from _objections(sight, tellings)
    yield from _promises(sight, tellings)
    yield from _refusals(sight, tellings)
    yield from _leavers(sight, tellings)


def sentence_of(text: str, start: int, end: int) -> str:
    """What was said, from a part of a text to the end of its sentence, without "says that"."""
    after = ENDS.search(text, end)
    told = text[start : after.start() if after else len(text)].strip(" ，,：:")
    return REPORTING.sub("", told) or told


def _tellings(sight: Sight) -> Sequence[Telling]:
    """Every act of the account's interactions lately, oldest first."""
    since = sight.today - timedelta(days=LOOKED_BACK_DAYS)
    found = [
        told
        for told in told_events(sight.session, sight.model, sight.principal, sight.scope, accounts=(sight.account.id,), since=since)
        if told.event.source.table == Interaction.__tablename__ and told.event.confidence >= LEAST_CONFIDENCE
    ]
    ids = sorted({told.event.source.record_id for told in found})
    talks = {talk.id: talk for talk in sight.session.scalars(select(Interaction).where(Interaction.id.in_(ids)))}
    tellings = []
    for told in found:
        talk = talks[told.event.source.record_id]
        text = getattr(talk, told.event.source.field, None)
        if isinstance(text, str) and talk.occurred_at is not None and (day := sight.local_day(talk.occurred_at)) <= sight.today:
            tellings.append(Telling(told, talk, day, sentence_of(text, told.event.source.start, told.event.source.end)))
    return sorted(tellings, key=lambda each: (each.day, each.talk.id, each.told.event.source.start))


def _objections(sight: Sight, tellings: Sequence[Telling]) -> Iterator[Finding]:
    """The newest objection on each topic that is followed neither by our answer to it nor by the customer's agreement."""
    newest: dict[Topic, list[Telling]] = {}
    for each in tellings:
        event = each.told.event
        if event.act is Act.OBJECT and event.status is Status.DONE and event.actor.side != "us":
            newest.setdefault(topic_of(each.sentence), []).append(each)
    for topic, several in newest.items():
        last = several[-1]
        if (sight.today - last.day).days > OPEN_FOR_DAYS or any(_meets(later, last) for later in tellings):
            continue
        found = _finding(sight, SituationKind.OBJECTION_OPEN, f"objection_{topic}", last, deciders(topic), several)
        if found is not None:
            yield found


def _meets(later: Telling, objection: Telling) -> bool:
    event = later.told.event
    if later.day < objection.day or later.talk.id == objection.talk.id or event.status is not Status.DONE:
        return False
    return (event.act is Act.ANSWER and event.actor.side == "us") or (event.act in AGREEING and event.actor.side == "customer")


def _promises(sight: Sight, tellings: Sequence[Telling]) -> Iterator[Finding]:
    """The newest promise of either side whose stated day has passed and that was not kept."""
    for kind, side, acts in ((SituationKind.OUR_PROMISE_DUE, "us", OURS), (SituationKind.THEIR_PROMISE_DUE, "customer", THEIRS)):
        due = [
            each
            for each in tellings
            if each.told.event.actor.side == side
            and each.told.event.act in acts
            and each.told.event.status in {Status.PROMISED, Status.PLANNED}
            and _is_past(sight, each)
        ]
        still = [each for each in due if not any(_keeps(later, each) for later in tellings)]
        if still:
            found = _finding(sight, kind, kind.value, still[-1], ("decision", "purchasing"), still[-1:])
            if found is not None:
                yield found


def _is_past(sight: Sight, each: Telling) -> bool:
    on = each.told.event.on
    return each.told.event.on_stated and on is not None and each.day < on < sight.today


def _keeps(later: Telling, promise: Telling) -> bool:
    event = later.told.event
    return later.day > promise.day and event.act is promise.told.event.act and event.status in {Status.DONE, Status.PROMISED, Status.PLANNED, Status.REFUSED}


def _refusals(sight: Sight, tellings: Sequence[Telling]) -> Iterator[Finding]:
    """The newest paper that the customer declined to sign, approve or accept, and did not after all."""
    refused = [each for each in tellings if each.told.event.act in PAPERS and each.told.event.status is Status.REFUSED and each.told.event.actor.side != "us"]
    still = [each for each in refused if not any(_keeps(later, each) for later in tellings) and (sight.today - each.day).days <= OPEN_FOR_DAYS]
    if still:
        found = _finding(sight, SituationKind.PAPER_REFUSED, "paper_refused", still[-1], ("legal", "decision"), still[-1:])
        if found is not None:
            yield found


def _leavers(sight: Sight, tellings: Sequence[Telling]) -> Iterator[Finding]:
    left = [
        each
        for each in tellings
        if each.told.event.act is Act.LEAVE and each.told.event.status in {Status.DONE, Status.PLANNED} and each.told.event.actor.side == "customer"
    ]
    if left and (sight.today - left[-1].day).days <= OPEN_FOR_DAYS:
        found = _finding(sight, SituationKind.CONTACT_LEFT, "contact_left", left[-1], ("decision", "purchasing", "technical"), left[-1:])
        if found is not None:
            yield found


def _finding(sight: Sight, kind: SituationKind, template: str, last: Telling, duties: tuple[Duty, ...], several: Sequence[Telling]) -> Finding | None:
    if not is_quotable(last.sentence):
        return None
    at = sight.place()
    field = last.told.event.source.field
    quote, day = sight.cell(f"{at}.quote", last.talk, field, value=last.sentence), sight.cell(f"{at}.day", last.talk, "occurred_at", CellType.DATE)
    if quote is None or day is None:
        return None
    slots: dict[str, Cell] = {"quote": quote, "day": day}
    span = sight.keep(sight.days(f"{at}.days", sight.now(), day))
    because = [("waiting", waiting((sight.today - last.day).days), span), ("read", last.told.event.confidence, quote)]
    due = last.told.event.on
    if last.told.event.on_stated and due is not None and kind in {SituationKind.OUR_PROMISE_DUE, SituationKind.THEIR_PROMISE_DUE}:
        stated = sight.cell(f"{at}.due", last.talk, field, CellType.DATE, value=due)
        if stated is not None:
            slots["due"] = stated
    talks = list({each.talk.id: each.talk for each in several}.values())
    if len(talks) > 1:
        because.append(("again", Decimal(len(talks) - 1), sight.keep(sight.count(f"{at}.n", talks))))
    return Finding(
        kind,
        template,
        slots,
        last.day,
        quote,
        tuple(because),
        contact_id=last.talk.contact_id,
        deal_id=last.talk.opportunity_id,
        duties=duties,
        about=last.sentence,
    )
