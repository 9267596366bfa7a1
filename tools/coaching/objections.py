"""How to meet an objection given in words: from what customers said before that is comparable, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from prompts.words import say
from tools.coaching.likeness import Likeness
from tools.coaching.occasions import told_talks
from tools.coaching.ports import Language, Shown
from tools.coaching.saying import fill, track_record
from tools.coaching.schemas import ObjectionAdvice, Quote, SituationKind, TrackRecord
from tools.coaching.sight import Sight, is_quotable
from tools.coaching.tracks import record_of
from tools.coaching.vocabulary import topic_of
from tools.crm.models import Account, Interaction, Opportunity
from tools.crm.ports import Embedder
from tools.journey.acts import Act, Status
from tools.trace.cells import CellType, Contribution, Suggestion
from tools.trace.intervals import wilson

MOST_QUOTES = 3
MOST_COMPARED = 1_500


def advise(sight: Sight, words: str, deal_id: int | None, language: Language, shown: Shown, embedder: Embedder | None) -> ObjectionAdvice | None:
    """What to answer to ``words``, as the rep or the customer put them; None where no comparable objection is on record."""
    text = " ".join(words.split())
    for act in (Act.OBJECT, Act.ASK):  # what some raise as an objection, others ask
        quotes = _quotes(sight, text, act, embedder)
        if quotes:
            break
    else:
        return None
    record = record_of(sight, SituationKind.OBJECTION_OPEN, text, deal_id, embedder, told_by=act)
    if record is None:
        return None
    template = f"meet_{topic_of(text)}"
    return ObjectionAdvice(
        template=template, quotes=tuple(quotes), record=record, blocks=tuple(sight.blocks.values()),
        suggestion=Suggestion(
            statement=say(f"talk_{template}_say", language), customer_value=say(f"talk_{template}_value", language),
            score=record.best.rate.point if record.best else record.rate.point, contributions=_contributions(record),
            confidence=record.best.rate if record.best else record.rate if record.rate.n else wilson(0, 0),
        ),
    )  # fmt: skip


def render_advice(advice: ObjectionAdvice, language: Language, shown: Shown) -> str:
    """The advice with its value, its record, and what customers said before."""
    parts = [say("talk_objection_say", language, words=advice.suggestion.statement), say("talk_value", language, words=advice.suggestion.customer_value)]
    parts += [track_record(advice.record, language, shown), say("talk_objection_quotes", language)]
    for quote in advice.quotes:
        outcome = f"_{quote.outcome.value}" if quote.outcome is not None and quote.outcome.value in {"won", "lost", "open"} else ""
        slots = {"account": quote.account, "day": quote.on, "quote": quote.text}
        parts.append(fill(f"talk_objection_quote{outcome}", slots, language, shown))
    return "\n".join(parts)


def _contributions(record: TrackRecord) -> tuple[Contribution, ...]:
    """The rate of all comparable ones, and what the step that stands out adds to it."""
    base = Contribution(evidence=record.k.address, weight=record.rate.point, effect=Decimal(1))
    if record.best is None:
        return (base,)
    return (base, Contribution(evidence=record.best.k.address, weight=record.best.rate.point - record.rate.point, effect=Decimal(1)))


def _quotes(sight: Sight, words: str, act: Act, embedder: Embedder | None) -> Sequence[Quote]:
    """The nearest comparable objections, no two of the same account."""
    told = [each for _, each in zip(range(MOST_COMPARED), told_talks(sight, (act,), (Status.DONE,)), strict=False)]
    likeness = Likeness(words, embedder)
    sentences = [sentence for _, _, sentence in told]
    ranked = sorted(zip(likeness.scores(sentences), range(len(told)), likeness.among(sentences), strict=True), key=lambda one: (-one[0], one[1]))
    found: dict[int | None, Quote] = {}
    for _, place, alike in ranked:
        talk, field, sentence = told[place]
        if alike and talk.account_id not in found and (quote := _quote(sight, talk, field, sentence)) is not None:
            found[talk.account_id] = quote
        if len(found) == MOST_QUOTES:
            break
    return list(found.values())


def _quote(sight: Sight, talk: Interaction, field: str, sentence: str) -> Quote | None:
    account = sight.session.scalar(select(Account).where(Account.id == talk.account_id, Account.gone_at.is_(None), *sight.limits(Account)))
    at = sight.place()
    text = sight.cell(f"{at}.quote", talk, field, value=sentence) if is_quotable(sentence) else None
    name = sight.cell(f"{at}.account", account, "name", CellType.NAME) if account is not None else None
    if text is None or name is None:
        return None
    deal = sight.session.get(Opportunity, talk.opportunity_id) if talk.opportunity_id is not None else None
    outcome = sight.cell(f"{at}.outcome", deal, "status", CellType.STAGE) if deal is not None else None
    return Quote(text=text, account=name, on=sight.dated(f"{at}.day", talk, "occurred_at")[0], outcome=outcome)
