"""Says a query's measure, filters and period in words; every value in them is a slot bound to a constant of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.answer import Language
from agent.composing.draft import slot
from prompts.words import say
from tools.crm.query import And, Between, Compare, Exists, Filter, MeasureRef, Not, Or, Query, Window
from tools.crm.semantic import Field, FieldType, SemanticModel
from tools.trace.cells import Cell, CellType, Derivation

STATUSES = {"open", "won", "lost"}


class Phrases:
    """Words for one query. Constants that it mentions are collected in ``cells``."""

    def __init__(self, query: Query, call: str, model: SemanticModel, language: Language) -> None:
        """``call`` begins the addresses of the constants (``q1.where.1``)."""
        self.query, self.call, self.model, self.language = query, call, model, language
        self.cells: dict[str, Cell] = {}

    def subject(self, measure: int | None) -> str:
        """What is asserted: the measure (or the records) with filters and period."""
        name = self.records() if measure is None else self.measure(self.query.measures[measure])
        filters = list(self.filters())
        period = self.period(self.query.window)
        if self.language == "zh":
            qualifiers = "、".join(filters)
            return tidy(f"{period}{qualifiers}{'的' if qualifiers else ''}{name}")
        text = name[:1].upper() + name[1:]
        if filters:
            text += f" for {', '.join(filters)}" if measure is not None else f" ({', '.join(filters)})"
        return text + (f" in {period}" if period else "")

    def records(self) -> str:
        """The entity in the plural."""
        word = self.model.entities[self.query.entity].words.label(self.language)
        return word if self.language == "zh" else plural(word)

    def measure(self, ref: MeasureRef) -> str:
        """The name of a measure, or of an ad-hoc fold."""
        if ref.measure is not None:
            return self.model.measures[ref.measure].words.label(self.language)
        if ref.path is None:
            return say("fold_count", self.language, field=self.records())
        field = self.field(ref.path)
        dated = "_date" if field.type.is_time and ref.fold in {"min", "max"} else ""
        return say(f"fold_{ref.fold}{dated}", self.language, field=self.label(ref.path))

    def field(self, path: str) -> Field:
        """The field at the end of a path."""
        return self.model.field(self.query.entity, path)[1]

    def label(self, path: str) -> str:
        """The field's name; of an account's region, both words."""
        walked, field = self.model.field(self.query.entity, path)
        own = field.words.label(self.language)
        if not walked or field.type is FieldType.REF:
            return own
        holder = self.model.entities[str(walked[-1].to)].words.label(self.language)
        return f"{holder}{own}" if self.language == "zh" else f"{holder} {own}"

    def period(self, window: Window | None) -> str:
        """The window as it was said, else its days; empty when there is none."""
        if window is None or not (window.start or window.end):
            return ""
        name = "window" if window is self.query.window else "compare"
        words = window.words_zh if self.language == "zh" else window.words_en
        if words:
            return slot(self._constant(name, words, CellType.TEXT))
        start = slot(self._constant(f"{name}_start", window.start.isoformat(), CellType.DATE)) if window.start else ""
        end = slot(self._constant(f"{name}_end", window.end.isoformat(), CellType.DATE)) if window.end else ""
        if start and end:
            return f"{start} to {end}" if self.language == "en" else f"{start}至{end}"
        if start:
            return f"the time from {start} on" if self.language == "en" else f"{start}以来"
        return f"the time up to {end}" if self.language == "en" else f"截至{end}"

    def filters(self) -> Iterator[str]:
        """Each condition in words."""
        if self.query.where is not None:
            parts = self.query.where.parts if isinstance(self.query.where, And) else (self.query.where,)
            for part in parts:
                yield self._filter(part, self.query.entity)

    def _filter(self, part: Filter, entity: str) -> str:
        language = self.language
        match part:
            case And():
                return say("filter_and", language).join(self._filter(each, entity) for each in part.parts)
            case Or():
                return say("filter_or", language).join(self._filter(each, entity) for each in part.parts)
            case Not():
                return say("filter_not", language, part=self._filter(part.part, entity))
            case Exists():
                inside = f" ({self._filter(part.where, part.entity)})" if part.where is not None else ""
                words = self.model.entities[part.entity].words.label(language)
                name = words if language == "zh" else plural(words)
                return say("filter_absent" if part.absent else "filter_exists", language, entity=name + inside)
            case Between():
                low, high = self._value(part.low, part.path, entity), self._value(part.high, part.path, entity)
                if part.low is None or part.high is None:
                    op, value = ("ge", low) if part.high is None else ("le", high)
                    return say(f"filter_{op}{self._dated(entity, part.path)}", language, field=self._label(entity, part.path), value=value)
                return say("filter_between", language, field=self._label(entity, part.path), low=low, high=high)
            case Compare():
                return self._compare(part, entity)

    def _compare(self, part: Compare, entity: str) -> str:
        language = self.language
        field = self.model.field(entity, part.path)[1]
        label = self._label(entity, part.path)
        if part.op in {"is_null", "not_null"}:
            return say("filter_null" if part.op == "is_null" else "filter_not_null", language, field=label)
        if field.type is FieldType.FLAG:
            return say(f"filter_flag_{part.values[0]}", language, field=label)
        value = say("filter_or", language).join(self._value(each, part.path, entity) for each in part.values)
        if part.op in {"eq", "ne"}:
            spoken = value if field.type in {FieldType.NAME, FieldType.REF, FieldType.STAGE, FieldType.TEXT} else f"{label} {value}"
            return spoken if part.op == "eq" else say("filter_ne", language, value=spoken)
        return say(f"filter_{part.op}{self._dated(entity, part.path)}", language, field=label, value=value)

    def _dated(self, entity: str, path: str) -> str:
        return "_date" if self.model.field(entity, path)[1].type.is_time else ""

    def _label(self, entity: str, path: str) -> str:
        if entity == self.query.entity:
            return self.label(path)
        return self.model.field(entity, path)[1].words.label(self.language)

    def _value(self, value: str | None, path: str, entity: str) -> str:
        if value is None:
            return ""
        field = self.model.field(entity, path)[1]
        if path.endswith("status") and value in STATUSES:
            return say(f"status_{value}", self.language)
        return slot(self._constant(f"where.{len(self.cells) + 1}", value, field.type.cell_type))

    def _constant(self, name: str, value: str, kind: CellType) -> str:
        address = f"{self.call}.{name}"
        self.cells[address] = Cell(address=address, value=value, type=kind, derivation=Derivation(formula="constant"))
        return address


def plural(noun: str) -> str:
    """English plural of a label."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


HAN = r"[\u3400-\u9fff]"


def tidy(text: str) -> str:
    """A thin gap between Han and Latin or digits, as Chinese is typeset; slots count as Latin."""
    text = re.sub(rf"({HAN})(\{{\{{|[A-Za-z0-9])", r"\1 \2", text)
    return re.sub(rf"(\}}\}}|[A-Za-z0-9%])({HAN})", r"\1 \2", text)
