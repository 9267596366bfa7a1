"""Questions about the store as a whole: what can be asked, what changed since a day, what is held about a record or at all.

Their queries follow from the semantic model and from what is filled in this store, for any kind of record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from agent.composing.formatting import format_date
from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.periods import Period
from agent.parsing.language.text import Token, tokenise
from agent.parsing.linking.items import Item
from agent.parsing.linking.links import link
from agent.parsing.reading.paths import Paths
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from prompts.words import say
from tools.crm.query import Assumption, Compare, MeasureRef, Plan, Query, Window
from tools.crm.semantic import Entity, Field, FieldType, Measure

Overview = Literal["askable", "changes", "holdings"]
RECENT = timedelta(days=6)  # with today, a week
MOST_KINDS = 6
MOST_QUERIES = 24
LATER = {"first_response_at"}  # a step within a record's life, counted with none of the events that people ask for


@dataclass(frozen=True, slots=True)
class About:
    """What an overview is limited to."""

    period: Period | None = None
    value: Value | None = None


def read_overview(question: str, vocabulary: Vocabulary, today: date, readable: Callable[[Value], bool]) -> Plan | None:
    """The plan of an overview; None where the question is none."""
    tokens = tokenise(question)
    for kind in ("askable", "changes", "holdings"):
        place = _phrase(tokens, kind)
        if place is None:
            continue
        about = _about(question, tokens, place, vocabulary, today, readable)
        if about is None:
            continue
        plan = _plan(kind, about, vocabulary, today)
        if plan is not None:
            return plan
    return None


# -- what is asked ----------------------------------------------------------------------------------------------------


@cache
def _phrases(kind: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a kind as tokens, longest first."""
    found = {tuple(token.norm for token in tokenise(phrase)) for phrase in _listed(kind)}
    return tuple(sorted(found, key=lambda phrase: -len(phrase)))


def _phrase(tokens: tuple[Token, ...], kind: str) -> tuple[int, int] | None:
    norms = tuple(token.norm for token in tokens)
    for phrase in _phrases(kind):
        for start in range(len(norms) - len(phrase) + 1):
            if norms[start : start + len(phrase)] == phrase:
                return start, start + len(phrase)
    return None


def _about(
    question: str, tokens: tuple[Token, ...], place: tuple[int, int], vocabulary: Vocabulary, today: date, readable: Callable[[Value], bool]
) -> About | None:
    """The period and the record beside the phrase; None where anything else stands there."""
    linked = link(_leading(_without(question, tokens, place)), vocabulary, today, readable)
    period = next((item.period for item in linked.items if item.period is not None), None)
    values = [value for item in linked.items if not item.period for value in item.values if value.title]
    others = [item.text for item in linked.items if not (item.period or (item.values and values) or _is_silent(item))]
    if any(not _is_beside(text) for text in (*others, *linked.unknown)):
        return None
    return About(period, _foremost(values, vocabulary))


def _leading(text: str) -> str:
    """Without the words that lead to a name: they would make a topic of it."""
    for words in sorted((phrase for phrase in _listed("about")), key=len, reverse=True):
        text = re.sub(rf"\b{words}\b" if words.isascii() else words, " ", text, flags=re.IGNORECASE)
    return text


def _is_beside(text: str) -> bool:
    return text.casefold() in _listed("beside") or all(letter in _listed("beside") for letter in text)


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(str(phrase) for phrases in _raw()[kind].values() for phrase in phrases)


@cache
def _raw() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load((Path(__file__).parent / "overviews.yaml").read_text("utf-8"))  # type: ignore[no-any-return]


def _without(question: str, tokens: tuple[Token, ...], place: tuple[int, int]) -> str:
    return f"{question[: tokens[place[0]].start]} {question[tokens[place[1] - 1].end :]}"


def _is_silent(item: Item) -> bool:
    return item.text.casefold() in stopwords() or (item.is_only_cue and bool({"filler", "company", "all"} & set(item.cues)))


def _foremost(values: list[Value], vocabulary: Vocabulary) -> Value | None:
    """Of records of one name, the one of the kind that most others refer to."""
    paths = Paths(vocabulary)
    return max(values, key=lambda value: len(list(paths.holders(value.entity))), default=None)


# -- the plans --------------------------------------------------------------------------------------------------------


def _plan(kind: Overview, about: About, vocabulary: Vocabulary, today: date) -> Plan | None:
    if kind == "askable":
        return None if about.period or about.value else _askable(vocabulary)
    if kind == "changes":
        return _changes(about, vocabulary, today)
    return None if about.period else _holdings(vocabulary) if about.value is None else _held_about(about.value, vocabulary)


def _askable(vocabulary: Vocabulary) -> Plan | None:
    queries = tuple(Query(entity=each.key, measures=(_count(each, vocabulary),)) for each in _kinds(vocabulary)[:MOST_KINDS])
    return Plan(queries=queries, focus="askable") if queries else None


def _holdings(vocabulary: Vocabulary) -> Plan | None:
    """How many records of each kind there are, and from when to when."""
    queries = []
    for kind in _kinds(vocabulary)[:MOST_QUERIES]:
        time = _past_time(kind, vocabulary)
        span = (MeasureRef(fold="min", path=time), MeasureRef(fold="max", path=time)) if time else ()
        queries.append(Query(entity=kind.key, measures=(_count(kind, vocabulary), *span)))
    return Plan(queries=tuple(queries), focus="holdings") if queries else None


def _held_about(value: Value, vocabulary: Vocabulary) -> Plan | None:
    """How many records of each kind belong to one record, the newest of each, and the record itself."""
    queries = []
    for kind, path in _belonging(value.entity, vocabulary):
        time = _past_time(kind, vocabulary)
        newest = (MeasureRef(fold="max", path=time),) if time else ()
        queries.append(Query(entity=kind.key, measures=(_count(kind, vocabulary), *newest), where=Compare(path=path, values=(value.text,))))
    own = vocabulary.model.entities[value.entity]
    fields = [f.key for f in own.fields.values() if vocabulary.content(own.key, f.key).count and not f.custom and f.key != own.title]
    itself = Query(entity=own.key, select=(str(own.title), *fields[:8]), where=Compare(path=str(own.title), values=(value.text,)))
    return Plan(queries=(*queries[: MOST_QUERIES - 1], itself), focus="holdings", foci=(*("holdings" for _ in queries[: MOST_QUERIES - 1]), "lookup"))


def _changes(about: About, vocabulary: Vocabulary, today: date) -> Plan | None:
    """What was opened, won, signed, paid … since a day: one query for each kind of event."""
    notes: tuple[Assumption, ...] = ()
    period = about.period
    if period is None:
        start = today - RECENT
        period = Period(start, today, "the last 7 days", "最近 7 天")
        notes = (Assumption(en=say("changes_recent", "en"), zh=say("changes_recent", "zh")),)
    if period.end is None and period.start is not None:
        since = {language: say("changes_since", language, day=format_date(period.start, language)) for language in ("en", "zh")}
        period = Period(period.start, None, since["en"], since["zh"])
    queries = tuple(
        query.model_copy(update={"window": Window(start=period.start, end=period.end, path=time, words_en=period.en, words_zh=period.zh)})
        for query, time in _events(about.value, vocabulary)
    )
    return Plan(queries=queries[:MOST_QUERIES], focus="changes", assumptions=notes) if queries else None


def _events(value: Value | None, vocabulary: Vocabulary) -> Iterator[tuple[Query, str]]:
    """All kinds of event that the store can hold, with the day that tells when."""
    reach = dict((kind.key, path) for kind, path in _belonging(value.entity, vocabulary)) if value is not None else {}
    for kind in _kinds(vocabulary):
        if value is not None and kind.key not in reach:
            continue
        where = Compare(path=reach[kind.key], values=(value.text,)) if value is not None else None
        for time in (field for field in kind.fields.values() if _happens(kind, field, vocabulary)):
            named = list(_named_events(kind, time, vocabulary)) or [(_count(kind, vocabulary), _worth(kind, vocabulary))]
            for count, worth in named:
                yield Query(entity=kind.key, measures=(count, *([worth] if worth else [])), where=where), time.key


def _named_events(kind: Entity, time: Field, vocabulary: Vocabulary) -> Iterator[tuple[MeasureRef, MeasureRef | None]]:
    """The outcomes that a closing day stands for, each with its own name: deals won, deals lost."""
    measures = [each for each in vocabulary.model.measures.values() if each.entity == kind.key and each.time == time.key and time.past]
    for count in measures:
        if count.op == "count" and _is_one_outcome(count, time):
            worth = next((each for each in measures if each.op == "sum" and each.where == count.where), None)
            yield MeasureRef(measure=count.key), MeasureRef(measure=worth.key) if worth else None


def _is_one_outcome(measure: Measure, time: Field) -> bool:
    return all(len(values) == 1 and set(values) <= set((time.past or {}).get(path, ())) for path, values in measure.where.items()) and bool(measure.where)


def _happens(kind: Entity, field: Field, vocabulary: Vocabulary) -> bool:
    return field.past is not None and field.key not in LATER and not field.custom and vocabulary.content(kind.key, field.key).count > 0


def _kinds(vocabulary: Vocabulary) -> list[Entity]:
    """The kinds of record of which there are any, those with most first; tables of an import's own come last."""
    there = [kind for kind in vocabulary.model.entities.values() if vocabulary.rows(kind.key)]
    return sorted(there, key=lambda kind: (kind.custom_table is not None, -vocabulary.rows(kind.key)))


def _belonging(entity: str, vocabulary: Vocabulary) -> list[tuple[Entity, str]]:
    """The kinds of record that refer to records of a kind, with the reference."""
    found = {key: field.key for key, field in reversed(list(Paths(vocabulary).holders(entity))) if key != entity}
    return [(kind, found[kind.key]) for kind in _kinds(vocabulary) if kind.key in found]


def _past_time(kind: Entity, vocabulary: Vocabulary) -> str | None:
    """The day by which records of a kind are dated, where it has come to pass."""
    times = [field for field in kind.fields.values() if _happens(kind, field, vocabulary)]
    times.sort(key=lambda field: (bool(field.past), field.key != kind.time))  # a closing day may still lie ahead
    return next((field.key for field in times if not field.past), None)


def _count(kind: Entity, vocabulary: Vocabulary) -> MeasureRef:
    measures = vocabulary.model.measures.values()
    named = next((each.key for each in measures if each.entity == kind.key and each.op == "count" and not each.where), None)
    return MeasureRef(measure=named) if named else MeasureRef(fold="count")


def _worth(kind: Entity, vocabulary: Vocabulary) -> MeasureRef | None:
    money = [
        field.key for field in kind.fields.values() if field.type is FieldType.MONEY and field.key == "amount" and vocabulary.content(kind.key, field.key).count
    ]
    return MeasureRef(fold="sum", path=money[0]) if money else None
