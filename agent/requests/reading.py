"""Reads a message that an engine answers: which engine, and whom and which days it is about. What records answer is left to the parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from agent.answer import Language
from agent.parsing.language.incoming import clean, spoken_language
from agent.parsing.linking.items import Item, Linked
from agent.parsing.one_question import is_too_long
from agent.parsing.threads.asking import asks_why
from agent.requests.criteria import compile_said, compiler_of
from agent.requests.fitting import fits, is_plain
from agent.requests.kinds import Kind, chance_of, kind_of, trained_kinds
from agent.requests.masking import Slot, masked, slot_of
from agent.requests.request import Request, Span
from agent.requests.wishes import end_spoken_of, several_asked_for, side_asked_for, unknown_names
from agent.turn import Turn
from tools.crm.query import And, Compare, Filter, Plan
from tools.crm.semantic import SemanticModel
from tools.journey.criteria.linking import language_of
from tools.journey.versions import weights_in_force
from tools.journey.weights import JourneyWeights
from tools.store.base import Base
from tools.store.classification import Classification
from tools.store.errors import PlumbError

ABOUT_A_CUSTOMER: frozenset[Kind] = frozenset({"standing", "why_stage", "reweight", "what_if", "talk_track"})
ABOUT_A_DEAL: frozenset[Kind] = frozenset({"win_chance", "why_deal"})
WHY: Mapping[str, Kind] = {"standing": "why_stage", "moves": "why_stage", "win_chance": "why_deal"}
"""The engine that tells why, by the one whose answer is asked about."""
PERHAPS = 0.2
"""The probability of asking for a criterion from which a message that nothing else understands is tried as one."""
LONGEST = 400
"""Letters of a message: whoever writes more tells a story, and a sentence vector says nothing of its end."""
ABOUT_PERIODS: frozenset[Kind] = frozenset({"forecast", "attainment", "why_period"})
_ENTITY: dict[Slot, str] = {"account": "account", "deal": "opportunity", "rep": "member", "team": "team", "product": "product"}


class WhichCustomer(PlumbError):
    """The message is about a customer, and names none."""

    key = "request_which_customer"


class NamesakesMeant(PlumbError):
    """Several records bear the name. Data: ``name``, ``count``."""

    key = "request_namesakes"


@dataclass(frozen=True, slots=True)
class Look:
    """A message with what its words may mean. ``masked`` is how the classifier sees it: with stand-ins for names and for the stage.

    ``stage`` is the stage that it names, with its place.
    """

    linked: Linked
    language: Language
    stage: tuple[int, int, str] | None
    masked: str


def look_at(question: str, turn: Turn) -> Look:
    """What a message holds, before it is decided which engine it asks for."""
    text = clean(question)
    linked = turn.linked(text)
    language, stage = spoken_language(text, linked), _stage(text, weights_in_force(turn.session)[1])
    return Look(linked, language, stage, _without_names(text, linked, stage, language))


def read_request(question: str, turn: Turn, previous: Plan | None, is_unread: Callable[[], bool]) -> Request | None:
    """The typed call; None where no engine is asked for.

    Where the kind is not sure, ``is_unread`` decides: whether the message can't be read as a question about records. Raises NamesakesMeant.
    """
    embedder, text = turn.embedder, clean(question)
    if embedder is None or len(text) > LONGEST or is_too_long(text):
        return None
    seen = look_at(question, turn)
    linked, stage = seen.linked, seen.stage
    kind, chance = _goes_on(linked, previous) or kind_of(seen.masked, embedder)
    sure = chance >= trained_kinds().sure or is_plain(kind, linked, chance)
    if kind == "records" or not (sure or is_unread()):
        return None
    if kind == "criterion" and compile_said(text, turn).rule is None and not is_unread():
        return None
    turn.language, turn.confidence = seen.language, chance
    named = _named(linked)
    said = {"by": side_asked_for(linked), "outcome": end_spoken_of(linked), "unknown": unknown_names(linked), "several": several_asked_for(linked)}
    request = Request(kind=kind, words=text, chance=chance, stage=stage[2] if stage else None, **said, **_slots(named, turn))
    request = _taking_over(request, previous, turn, bare=not named)
    if request.kind == "forecast" and request.deal is not None:  # what one deal brings is whether it is won
        request = request.model_copy(update={"kind": "win_chance"})
    if not fits(request, linked, sure=sure):
        return None
    nobody = _names_no_deal(request) or (request.kind in ABOUT_A_CUSTOMER and request.account is None and not request.unknown)
    return None if nobody and not is_unread() else request


def read_criterion(question: str, turn: Turn) -> Request | None:
    """The call for a message that no question about records could be made of, where it can be read as a criterion; None where not."""
    embedder, text = turn.embedder, clean(question)
    if embedder is None or len(text) > LONGEST or is_too_long(text):
        return None
    if chance_of("criterion", look_at(question, turn).masked, embedder) < PERHAPS:
        return None
    mode = turn.mode
    if compile_said(text, turn, compiler_of(turn)).rule is None:
        turn.mode = mode
        return None
    turn.language, turn.reason, turn.not_understood = language_of(text), "", ()
    return Request(kind="criterion", words=text, chance=1.0)


def call_of(request: Request) -> dict[str, Any]:
    """The request as a tool call."""
    return {"name": request.kind, "args": request.model_dump(mode="json", exclude_none=True), "id": "c1"}


def check_request(request: Request, turn: Turn) -> None:
    """That what is named is there and the speaker may see it, again at the moment of use. Raises WhichCustomer."""
    if request.kind in ABOUT_A_CUSTOMER and request.account is None:
        raise WhichCustomer()
    for entity, record in (("account", request.account), ("opportunity", request.deal)):
        if record is not None and record not in _ids(entity, Base.metadata.tables[turn.catalog.model.entities[entity].table].c.id == record, turn):
            raise WhichCustomer()


def _named(linked: Linked) -> list[tuple[Item, Slot]]:
    return [(item, slot) for item in linked.items if (slot := slot_of(item)) is not None and not _ends_another_name(item, linked)]


def _ends_another_name(item: Item, linked: Linked) -> bool:
    """Whether it is how a longer name ends that nobody in reach has: “…融资租赁股份有限公司” is no one company by its end alone."""
    if item.source != "part" or item.start == 0 or any(value.text.casefold().startswith(item.text.casefold()[:2]) for value in item.values if value.title):
        return False
    before = linked.tokens[item.start - 1]
    if before.kind == "han":
        return before.end == linked.tokens[item.start].start
    return before.text[:1].isupper() and any(each.end == item.start for each in linked.left)


def _goes_on(linked: Linked, previous: Plan | None) -> tuple[Kind, float] | None:
    """Which engine a bare "why?" asks for, behind an engine's answer; None for all else."""
    if previous is None or previous.answered_by not in WHY or not asks_why(linked):
        return None
    return WHY[previous.answered_by], 1.0


def _without_names(text: str, linked: Linked, stage: tuple[int, int, str] | None, language: Language) -> str:
    spans: list[tuple[int, int, Slot]] = [(*_letters(item, linked), slot) for item, slot in _named(linked)]
    if stage is not None and not any(start < stage[1] and stage[0] < end for start, end, _ in spans):
        spans = sorted([*spans, (stage[0], stage[1], "stage")])
    return masked(text, spans, language)


# -- whom it is about ---------------------------------------------------------------------------------------------------


def _names_no_deal(request: Request) -> bool:
    """Whether it is about some deal, and nothing says which: then records may well answer it ("the main reasons for losing deals")."""
    named = (request.deal, request.account, request.member, request.led_by, request.team, request.region, request.product)
    asks_which = request.kind == "win_chance" and request.several
    return request.kind in ABOUT_A_DEAL and not request.unknown and not asks_which and all(each is None for each in named)


def _taking_over(request: Request, previous: Plan | None, turn: Turn, *, bare: bool) -> Request:
    """The request with the deal or customer of the talk so far, where it is about one and names none; ``bare`` where it names nothing at all."""
    if request.kind in ABOUT_A_DEAL and bare and (deal := _talked_about(previous, "opportunity", turn)) is not None:
        return request.model_copy(update={"deal": deal, "taken_over": True})
    if request.account is None and (request.kind in ABOUT_A_CUSTOMER or (bare and request.kind not in ABOUT_PERIODS)):
        taken = _talked_about(previous, "account", turn)
        return request.model_copy(update={"account": taken, "taken_over": taken is not None})
    return request


def _letters(item: Item, linked: Linked) -> tuple[int, int]:
    return linked.tokens[item.start].start, linked.tokens[item.end - 1].end


def _stage(text: str, weights: JourneyWeights) -> tuple[int, int, str] | None:
    """The stage that a message names, with its place; of several the one with the longest name."""
    folded = text.casefold()
    found = [(folded.find(name), name, key) for key, stage in weights.stages.items() for name in (stage.zh, stage.en.casefold()) if name in folded]
    at, name, key = max(found, key=lambda each: len(each[1]), default=(0, "", ""))
    return (at, at + len(name), key) if name else None


def _slots(named: list[tuple[Item, Slot]], turn: Turn) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item, slot in named:
        if slot == "period" and item.period is not None:
            spans = [item.period] if item.period.parts is None else list(item.period.parts)
            for each in spans:
                found.setdefault("compared" if "period" in found else "period", Span(start=each.start, end=each.end, en=each.en, zh=each.zh))
        elif slot == "region":
            found.setdefault("region", next(value.text for value in item.values if value.field == "region"))
        elif slot in _ENTITY:
            entity = _ENTITY[slot]
            value = next(value for value in item.values if value.title and value.entity == entity)
            record = _record(entity, value.text, turn)
            if record is None and value.field == "manager":
                found.setdefault("led_by", value.text)
            found.setdefault("member" if slot == "rep" else slot, record)
    return found


def account_named(linked: Linked, turn: Turn) -> int | None:
    """The customer that a message names word by word; None where it names none that the speaker may see. Raises NamesakesMeant."""
    found = _slots([each for each in _named(linked) if each[1] == "account" and each[0].source in {"exact", "alias"}], turn).get("account")
    return found if isinstance(found, int) else None


def _record(entity: str, name: str, turn: Turn) -> int | None:
    """The record of a name that the speaker may see; None where there is none. Raises NamesakesMeant."""
    kind = turn.catalog.model.entities[entity]
    ids = _ids(entity, Base.metadata.tables[kind.table].c[str(kind.title)] == name, turn)
    if len(ids) > 1:
        raise NamesakesMeant(name=name, count=len(ids))
    return ids[0] if ids else None


def _ids(entity: str, condition: Any, turn: Turn) -> list[int]:  # noqa: ANN401 - any SQL condition
    table = Base.metadata.tables[turn.catalog.model.entities[entity].table]
    limit = turn.scope.limit(turn.principal.up_to(Classification.INTERNAL), entity, table)  # a name is known from where its record is open at all
    found = select(table.c.id).where(condition, table.c.gone_at.is_(None)).limit(2)
    return list(turn.session.scalars(found if limit is None else found.where(limit)))


def _talked_about(previous: Plan | None, entity: str, turn: Turn) -> int | None:
    """The one record of a kind that the last answer of the talk was about."""
    if previous is None:
        return None
    names = {name for query in previous.queries for name in _names(query.where, query.entity, entity, turn.catalog.model)}
    return _record(entity, names.pop(), turn) if len(names) == 1 else None


def _names(where: Filter | None, of: str, entity: str, model: SemanticModel) -> Iterator[str]:
    """The names of records of a kind that a condition on records ``of`` a kind asks for."""
    if isinstance(where, And):
        for part in where.parts:
            yield from _names(part, of, entity, model)
    elif isinstance(where, Compare) and where.op == "eq" and len(where.values) == 1:
        field = model.entities[of].fields.get(where.path)
        is_title = of == entity and where.path == model.entities[of].title
        if is_title or (field is not None and field.to == entity):
            yield where.values[0]
