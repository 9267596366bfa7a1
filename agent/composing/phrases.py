"""Says what a query is about: its records, measures and period. Every value in the words is a slot bound to a constant of the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from agent.answer import Language
from agent.composing.conditions import Condition, ConditionReader
from agent.composing.draft import slot
from agent.composing.typesetting import plural, tidy
from prompts.words import say
from tools.crm.query import Dimension, MeasureRef, Query, Window
from tools.crm.semantic import Field, FieldType, SemanticModel
from tools.trace.cells import Cell, CellType

__all__ = ["Figure", "Phrases", "plural"]

_RELATIVE = re.compile(r"\b(?:last|this|next|today|yesterday|tomorrow|to date)\b")
_OWN_PREPOSITION = re.compile(r"^(?:since|before|after|up to|until|last|this|next|today|yesterday|tomorrow|(?:year|quarter|month|week) to date)\b")
_DAY = re.compile(r"^\d{1,2} [A-Z]\w+ \d{4}$")
_COUNTED = {"open", "won", "lost", "closed"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What one measure of a query computes: ``op`` of ``path`` over records in ``state``, and what it is called.

    ``noun`` is what it counts where only its own name says that ("open tickets").
    """

    op: str
    label: str
    state: str = ""
    path: str | None = None
    key: str | None = None
    noun: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a number of records."""
        return self.op == "count"


class Phrases:
    """Words for one query. Constants that it mentions are collected in ``cells``."""

    def __init__(self, query: Query, call: str, model: SemanticModel, language: Language) -> None:
        """``call`` begins the addresses of the constants (``q1.where.1``)."""
        self.query, self.call, self.model, self.language = query, call, model, language
        self.reader = ConditionReader(call, model, language, query.window)
        read = self.reader.read(query.where, query.entity)
        grouped = {each.path for each in query.dimensions}
        others = tuple(each for each in read.others if not (each.path in grouped and each.bare))
        self.conditions = replace(read, others=others, closed=() if set(read.closed[:1]) & grouped else read.closed)

    @property
    def cells(self) -> dict[str, Cell]:
        """The constants mentioned so far."""
        return self.reader.cells

    # -- records --------------------------------------------------------------------------------------------------

    def noun(self, one: bool = False, state: str = "") -> str:
        """``won deals``: the records without their conditions."""
        return self.reader.noun(self.query.entity, replace(self.conditions, state=state or self.conditions.state, others=()), one)

    def bare(self, one: bool = False) -> str:
        """The records without their state and conditions: ``deals``."""
        return self.reader.noun(self.query.entity, replace(self.conditions, state="", others=()), one)

    def is_table(self) -> bool:
        """Whether the records are rows of a table that an import brought, which has no noun for one of them."""
        return self.model.entities[self.query.entity].custom_table is not None

    def table(self) -> str:
        """What such a table is called."""
        return self.model.entities[self.query.entity].words.label(self.language)

    def records(self, one: bool = False, state: str = "", noun: str = "") -> str:
        """The records with conditions and period; ``noun`` names them in another way than by their kind."""
        named = replace(self.conditions, state=state or self.conditions.state)
        text = self.reader.records(self.query.entity, named, one, noun)
        period = self.period(self.query.window)
        if self.language == "zh":
            return tidy(f"{period}{'的' if period and not named.others else ''}{text}")
        return f"{text} {period}".strip()

    def counter(self) -> str:
        """The Chinese word that records are counted with."""
        return counter(self.query.entity)

    def whole(self, phrase: str) -> str:
        """Conditions and period behind an English measure: ``for GTX Pro in Q3 2017``."""
        return " ".join(each for each in (phrase, *(c.phrase for c in self.conditions.others), self.period(self.query.window)) if each)

    # -- measures -------------------------------------------------------------------------------------------------

    def figure(self, ref: MeasureRef) -> Figure:
        """What a measure of the query is."""
        if ref.against is not None:
            held, goals = self.figure(ref.model_copy(update={"against": None})), Phrases(ref.against, self.call, self.model, self.language)
            return Figure("rate", say("fold_of", self.language, field=held.label, other=goals.goal()), held.state, None, ref.measure)
        if ref.measure is None:
            label = self._fold(ref)
            if ref.per is not None:
                label = say("per_group", self.language, measure=label, group=self.group(Dimension(path=ref.per)))
            op = "per" if ref.per is not None else "difference" if ref.less else "rate" if ref.over or ref.part else str(ref.fold)
            return Figure(op=op, label=label, state=self.conditions.state, path=None if ref.since or ref.over or ref.less else ref.path)
        measure = self.model.measures[ref.measure]
        status = set(measure.where.get("status", ()))
        state = "closed" if status == {"won", "lost"} else next(iter(status)) if len(status) == 1 and status <= _COUNTED else ""
        path = measure.args[0] if measure.args and measure.op not in {"rate", "quotient"} else None
        label = measure.words.label(self.language)
        if ref.per is not None:
            label = say("per_group", self.language, measure=label, group=self.group(Dimension(path=ref.per)))
            return Figure("per", label, state or self.conditions.state, path, ref.measure)
        if ref.of is not None:
            return Figure("rate", say("fold_of", self.language, field=label, other=self.label(ref.of)), state or self.conditions.state, None, ref.measure)
        if ref.fold is not None:
            label = say(f"fold_{ref.fold}", self.language, field=label)
            return Figure(ref.fold, label, state or self.conditions.state, path, ref.measure)
        own = measure.op == "count" and bool(measure.where) and not state
        return Figure(measure.op, label, state or self.conditions.state, path, ref.measure, label.removesuffix("数") if own else "")

    def goal(self) -> str:
        """What the one measure is called that figures of another query are held against: the column alone."""
        ref = self.query.measures[0]
        return self.label(ref.path) if ref.path is not None else self.measure(ref)

    def measure(self, ref: MeasureRef) -> str:
        """The name of a measure, or of an ad-hoc fold."""
        figure = self.figure(ref)
        if ref.measure is not None and self.conditions.state and figure.counts and figure.state == self.conditions.state:
            noun = self.noun(state=figure.state)
            return noun if self.language == "en" else f"{noun}数"
        if figure.counts and not figure.noun and self._is_narrowed():
            noun = self.noun(state=figure.state)
            return noun if self.language == "en" else f"{noun}{'次数' if figure.label.endswith('次数') else '数'}"
        return figure.label

    def _is_narrowed(self) -> bool:
        """Whether the records are of a kind that only their noun says: visits, strategic accounts, open tickets."""
        return bool(self.conditions.kind or self.conditions.closed or self.conditions.named)

    def _counts_of_state(self, measure: int) -> bool:
        """As in the customers of won deals: that the deals are won is no part of what different values are called."""
        return self.query.measures[measure].fold == "count_distinct" and bool(self.conditions.state)

    def _fold(self, ref: MeasureRef) -> str:
        if ref.since is not None:
            until = "" if ref.path is None else self.label(ref.path)
            kind: Literal["aged", "lasting"] = "aged" if ref.path is None else "lasting"
            return say(f"{kind}_{ref.fold}", self.language, since=self.label(ref.since), until=until)
        if ref.part is not None:
            phrases = [each.phrase for each in self.reader.read(ref.part, self.query.entity).others]
            return say("fold_part", self.language, records=self.noun(), phrase=say("with_and", self.language).join(phrases))
        if ref.over is not None or ref.less is not None:
            other = self.label(str(ref.over or ref.less))
            return say("fold_over" if ref.over else "fold_less", self.language, field=self.label(str(ref.path)), other=other)
        if ref.path is None:
            return self.noun() if self.language == "en" else f"{self.noun()}数"
        field = self.field(ref.path)
        dated = "_date" if field.type.is_time and ref.fold in {"min", "max"} else ""
        label = self.label(ref.path)
        if ref.fold == "avg" and field.type is FieldType.COUNT and label.endswith("s"):
            dated = "_count"
        return say(f"fold_{ref.fold}{dated}", self.language, field=plural(label) if ref.fold == "count_distinct" and self.language == "en" else label)

    def subject(self, measure: int | None) -> str:
        """A noun phrase: the measure (or the records) with conditions and period."""
        if measure is None:
            return self.records()
        name = self.measure(self.query.measures[measure])
        others = self.conditions.others
        if self.language == "zh":
            period, qualifiers = self.period(self.query.window), "、".join(each.phrase for each in others)
            noun = self.noun(state="")
            if self.query.measures[measure].since is not None:  # 从…到…的天数: no 的 before 从
                return self._upto(self.query.measures[measure], tidy(f"{period}{qualifiers}{'的' if qualifiers or period else ''}{noun}{name}"))
            if not name.startswith(noun) and ((qualifiers and not all(each.short for each in others)) or self._is_narrowed() or self._counts_of_state(measure)):
                qualifiers += f"的{noun}" if qualifiers else noun
            return tidy(f"{period}{qualifiers}{'的' if qualifiers or period else ''}{name}")
        counted = name == self.noun(state=self.figure(self.query.measures[measure]).state)
        if not counted and (
            self.query.measures[measure].since is not None
            or self._is_narrowed()
            or self._counts_of_state(measure)
            or (others and not all(each.short for each in others))
        ):
            name += f" of {self.noun()}"
        return self._upto(self.query.measures[measure], self.whole(name))

    def _upto(self, ref: MeasureRef, text: str) -> str:
        """An age with the day up to which it is counted."""
        if ref.upto is None:
            return text
        return say("aged_upto", self.language, age=text, day=slot(self.reader.constant("upto", ref.upto.isoformat(), CellType.DATE)))

    # -- fields ---------------------------------------------------------------------------------------------------

    def field(self, path: str) -> Field:
        """The field at the end of a path."""
        return self.model.field(self.query.entity, path)[1]

    def label(self, path: str) -> str:
        """The field's name; of an account's phone, both words."""
        return self.reader.label(self.query.entity, path)

    def group(self, dimension: Dimension, many: bool = False) -> str:
        """What the groups of a dimension are: ``month``, ``region``, ``sales rep``."""
        if dimension.grain:
            word = say(f"grain_{dimension.grain}", self.language)
        else:
            field = self.field(dimension.path)
            word = field.words.label(self.language)
            if field.type is FieldType.REF and field.to:
                kind = self.model.entities[field.to].words.label(self.language)
                word = kind if kind in (field.words.zh if self.language == "zh" else field.words.en) else word
        return plural(word) if many and self.language == "en" else word

    def actor(self) -> tuple[str, tuple[Condition, ...]]:
        """Who did it, where a condition says so, and the conditions that are left."""
        for each in self.conditions.others:
            if each.actor:
                return each.actor, tuple(other for other in self.conditions.others if other is not each)
        return "", self.conditions.others

    # -- periods --------------------------------------------------------------------------------------------------

    def period(self, window: Window | None) -> str:
        """``in Q3 2017``; empty when there is none. A window over another day than usual names that day."""
        if window is None or not (window.start or window.end):
            return ""
        name = "window" if window is self.query.window else "compare"
        words = window.words_zh if self.language == "zh" else window.words_en
        if not words:
            start, end = window.start, window.end
            one = {"start": start.isoformat() if start else "", "end": end.isoformat() if end else ""}
            bound = {key: slot(self.reader.constant(f"{name}_{key}", value, CellType.DATE)) for key, value in one.items() if value}
            shape: Literal["window_days", "window_from", "window_to"] = "window_days" if start and end else "window_from" if start else "window_to"
            return say(shape, self.language, **bound)
        text = slot(self.reader.constant(name, words, CellType.TEXT))
        if self.language == "zh":
            return self._of_field(window, text)
        before = "" if _OWN_PREPOSITION.match(words) else "on " if _DAY.match(words) else "from " if " to " in words and "(" not in words else "in "
        text = before + text
        return self._of_field(window, text)

    def _of_field(self, window: Window, period: str) -> str:
        """A period that selects by another day than usual names that day."""
        if not window.path or window.path == self._usual():
            return period
        try:
            return say(f"window_of_{window.path}", self.language, period=period)
        except KeyError:
            return say("window_of_field", self.language, field=self.label(window.path), period=period)

    def is_otherwise_dated(self) -> bool:
        """Whether the period selects by another day than the first measure is dated by."""
        window = self.query.window
        return window is not None and bool(window.start or window.end) and bool(window.path) and window.path != self._usual()

    def plain_period(self, window: Window | None) -> str:
        """The period without its preposition."""
        return re.sub(r"^(?:in|on|from) ", "", self.period(window))

    def _usual(self) -> str | None:
        """The day by which the first measure (or the list) is dated unless the question says otherwise."""
        for ref in self.query.measures:
            measure = self.model.measures.get(ref.measure or "")
            if measure is not None and measure.time:
                return measure.time
        return self.model.entities[self.query.entity].time

    def is_relative(self) -> bool:
        """Whether a period counts from today."""
        return any(window is not None and _RELATIVE.search(window.words_en) for window in (self.query.window, self.query.compare))

    def is_over(self) -> bool:
        """Whether the figure is about a closed period, so that it "was"."""
        window = self.query.window
        return window is not None and window.end is not None and not re.search(r"\b(?:this|today|to date|next)\b", window.words_en)

    def dated_by(self) -> str:
        """The field by which a period selects, where the words don't say it."""
        window = self.query.window
        usual = self._usual()
        if window is None or not (window.start or window.end) or usual is None or (window.path and window.path != usual):
            return ""
        return self.model.entities[self.query.entity].fields[usual].words.label(self.language)


def counter(entity: str) -> str:
    """The Chinese word that records of a kind are counted with."""
    try:
        return say(f"counter_{entity}", "zh")
    except KeyError:
        return say("counter_any", "zh")
