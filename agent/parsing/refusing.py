"""Notices what can't be answered: words without a counterpart, fields and records that this store does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from agent.answer import Language
from agent.parsing.language.lengths import TIMES
from agent.parsing.language.text import term_key
from agent.parsing.linking.general_money import OWED
from agent.parsing.linking.items import Item, Linked
from agent.parsing.store_words.contents import NUMBERED
from agent.parsing.store_words.stand_ins import stands_in
from agent.parsing.store_words.vocabulary import Vocabulary
from prompts.words import say
from tools.crm.query import Window
from tools.trace.cells import CellType

_DISTANCE = re.compile(
    r"\b(?:behind|ahead|short|off|far|farther|further|farthest|furthest|closer|closest|nearest|hit|hits|made|met|missed|miss|reached|beat|exceeded|achieved) "
    r"[a-z ]{0,24}\b(?:targets?|quotas?|goals?)\b|[离距差][^，,。]{0,6}(?:目标|指标|任务)|(?:目标|指标|任务)[^，,。]{0,3}(?:最[远近]|还?差)",
    re.IGNORECASE,
)

_PAY = re.compile(
    r"\b(?:earns?|get paid|gets paid|makes?)\b(?= (?:a|an|per|each|every) (?:month|year|week|hour|day)\b)|(?:每|一)个?(?:月|年|周|小时)能?(?:挣|赚)(?=多少|几)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no plan: the reason's key and the words that it is about."""

    reason: str
    words: tuple[str, ...] = ()
    window: Window | None = None


def check_answerable(linked: Linked, vocabulary: Vocabulary) -> Refusal | None:
    """A refusal where words are unknown or name only what is empty in this store; None where a plan may be sought."""
    if not any(vocabulary.contents.rows.values()):
        return Refusal("no_data")
    if linked.unknown:
        return Refusal("not_understood", linked.unknown)
    told = _names_reason(linked) or (any("lost" in item.cues for item in linked.items) and vocabulary.filled("opportunity", "lost_reason"))
    beyond = tuple(item.text for item in linked.items if {"why", "future"} & set(item.cues) and not item.terms and not (told and "why" in item.cues))
    if beyond:
        return Refusal("not_understood", beyond)
    if (unkept := _pay_of_person(linked) or _number_of_record(linked, vocabulary)) is not None:
        return Refusal("not_in_data", (unkept,))
    far = _distance_from_target(linked) if vocabulary.rows("target") else None
    if far is not None:
        return Refusal("not_understood", (far,))
    for item in linked.items:
        if term_key(item.text) in TIMES and any(other.end == item.start and other.number is not None for other in linked.items):
            continue  # "90 minutes": the unit of a number names no column
        if all(term.what == "inverse" for term in item.terms) and not any(_is_whose(other, item) for other in linked.items):
            continue  # 一个能拍板的人: a word for people that says of nobody whose they are
        if item.terms and not (item.values or item.cues or item.pairs) and not any(term.filled or stands_in(term, vocabulary) for term in item.terms):
            return Refusal("not_in_data", (item.text,))
    said = {cue for item in linked.items for cue in item.cues}
    judges = "performing" in said and bool(said & {"most", "least"})  # 谁做得最好
    judges = judges or {"overdue", "amount"} <= said or any("overdue" in item.cues and item.text.endswith(OWED) for item in linked.items)
    deeds = {"won", "lost", "open", "closed"} | ({"signed"} if "when" in said else set())  # 最近一次签约是哪天
    if not judges and not any(item.terms or item.values or not item.is_only_cue or deeds & set(item.cues) for item in linked.items):
        return Refusal("not_a_question_about_data")
    return None


def _distance_from_target(linked: Linked) -> str | None:
    """As in "who is behind on their target", 谁离目标最远: how far anybody is from a target of a table of its own, which no figure tells."""
    if any("attained" in item.cues for item in linked.items):
        return None
    match = _DISTANCE.search(_said(linked))
    return match[0].strip() if match is not None else None


def _pay_of_person(linked: Linked) -> str | None:
    """As in "what does Ada earn a month", 张三一个月挣多少: what somebody of ours is paid, which is no sale of theirs."""
    match = _PAY.search(_said(linked))
    people = any(value.entity == "member" for item in linked.items for value in item.values)
    return match[0].strip() if match is not None and people else None


def _number_of_record(linked: Linked, vocabulary: Vocabulary) -> str | None:
    """As in "invoice number of Acme's latest invoice", where invoices have no number here: how many there are is not asked."""
    for one, other in pairwise(linked.items):
        kinds = {term.entity for term in one.terms if term.what == "entity" and term.filled}
        if other.text.casefold() != "number of" or one.end != other.start or len(kinds) != 1:
            continue
        kind = kinds.pop()
        numbers = [key for key in NUMBERED if key in vocabulary.model.entities[kind].fields]
        if numbers and not any(vocabulary.content(kind, key).count for key in numbers):
            return f"{one.text} number"
    return None


def _said(linked: Linked) -> str:
    return "".join(f" {token.text}" if token.kind == "latin" else token.text for token in linked.tokens)


def _is_whose(one: Item, item: Item) -> bool:
    """Whether a person's name stands right before the word for their people."""
    return one.end == item.start and any(value.entity == "member" for value in one.values)


def tells_of_records(linked: Linked) -> bool:
    """Whether words name records, figures, values, times or outcomes, so that they may matter to what is asked."""
    outcomes = {"won", "lost", "open", "closed", "signed", "overdue", "unpaid", "expiring", "resolved", "sells"}
    return any(
        item.values or item.period or item.number or item.length or item.currency or item.topic
        or any(term.filled and term.what != "inverse" for term in item.terms) or outcomes & set(item.cues)
        for item in linked.items
    )  # fmt: skip


def _names_reason(linked: Linked) -> bool:
    """As in "why do we lose deals: top loss reason": the data says why, in a field of reasons that the question names."""
    return any(term.what == "field" and term.key.endswith("reason") and term.filled for item in linked.items for term in item.terms)


def nearest_questions(linked: Linked, vocabulary: Vocabulary, language: Language) -> tuple[str, ...]:
    """Up to three questions about what was understood, which this store can answer."""
    found: list[str] = []
    for item in linked.items:
        for term in item.terms:
            if term.filled and term.what == "measure" and len(found) < 3:
                measure = vocabulary.model.measures[term.key]
                key = "nearest_count" if measure.type is CellType.COUNT else "nearest_measure"
                found.append(say(key, language, measure=measure.words.label(language)))
                break
    if not found:
        kinds = sorted((kind for kind in vocabulary.model.entities.values() if vocabulary.rows(kind.key)), key=lambda kind: -vocabulary.rows(kind.key))
        for kind in kinds[:2]:
            found.append(say("nearest_entity", language, entity=_plural(kind.words.label(language), language)))
    return tuple(dict.fromkeys(found))[:3]


def _plural(noun: str, language: Language) -> str:
    from agent.composing.phrases import plural

    return noun if language == "zh" else plural(noun)
