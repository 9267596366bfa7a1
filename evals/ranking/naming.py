"""How the parts of a query may be called in either language, so that nobody can take them for something else the store holds."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from agent.composing.phrases import plural
from agent.parsing.language.periods import Period
from agent.parsing.language.text import has_han
from agent.parsing.reading.paths import Paths
from tools.crm.semantic import Field, FieldType, Measure, Words

NEAR_SYNONYMS = 4
STATUS = {
    "won": (("that we won", "won"), ("赢单的", "已成交的")),
    "lost": (("that we lost",), ("输单的", "丢掉的")),
    "open": (("that are still open",), ("未结的", "还在跟进的")),
}
GRAINS = {
    "month": (("by month", "per month", "monthly"), ("按月", "每个月", "各月")),
    "quarter": (("by quarter", "per quarter", "quarterly"), ("按季度", "每个季度", "各季度")),
    "year": (("by year", "per year", "for each year"), ("按年", "每年", "各年度")),
}
BOUNDS = {
    "gt": (("over", "above", "more than"), ("超过{n}", "大于{n}", "高于{n}")),
    "ge": (("of at least", "no less than"), ("至少{n}", "不低于{n}", "{n}以上")),
    "lt": (("under", "below", "less than"), ("低于{n}", "小于{n}", "不到{n}")),
    "le": (("of at most", "up to"), ("不超过{n}", "至多{n}", "不高于{n}")),
}


@dataclass(frozen=True)
class Said:
    """Ways to call one thing in each language, the plainest first."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    @classmethod
    def same(cls, text: str) -> Said:
        """One text for both languages."""
        return cls((text,), (text,))

    def of(self, language: Literal["en", "zh"]) -> tuple[str, ...]:
        """The ways of one language, the other's where it has none."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


class Naming:
    """Names of one store's measures, kinds, fields and values."""

    def __init__(self, paths: Paths) -> None:
        """Finds out which values and field names stand at more than one place."""
        self.paths, self.model = paths, paths.model
        self._holders: dict[str, dict[str, list[str]]] = {}

    def measure(self, measure: Measure) -> Said:
        """The measure's own words."""
        return _first(measure.words)

    def entity(self, entity: str, plural: bool) -> Said:
        """The kind of record, one or many of it."""
        said = _first(self.model.entities[entity].words)
        return Said(tuple(_many(each) for each in said.en), said.zh) if plural else said

    def kind(self, entity: str, kind: str) -> Said:
        """Records of one kind, such as calls."""
        words = self.model.entities[entity].kinds[kind]
        return Said(tuple(_many(each) for each in words.en), words.zh)

    def field(self, entity: str, path: str) -> Said:
        """The field at the end of a path; with the kind of record before it where another field near by has that name."""
        last = self.paths.field(entity, path)
        plain = Said(tuple(self._plain(entity, path, last.words.en)), tuple(self._plain(entity, path, last.words.zh)))
        if "." not in path:
            return plain
        kind = self.model.entities[last.entity].words
        return Said(
            (*plain.en, *(f"{kind.en[0]} {each}" for each in last.words.en[:2] if not has_han(each) and not each.startswith(kind.en[0]))),
            (*plain.zh, *(f"{kind.zh[0]}{each}" for each in last.words.zh[:2] if not each.startswith(kind.zh[0]))),
        )

    def can_be_said(self, entity: str, path: str) -> bool:
        """Whether there is a word for the field in both languages that means no other field."""
        said = self.field(entity, path)
        return bool(said.en and said.zh)

    def _plain(self, entity: str, path: str, words: tuple[str, ...]) -> list[str]:
        taken = {
            other.casefold()
            for each, field in self._near(entity)
            if each != path and each.count(".") <= path.count(".")
            for other in (*field.words.en, *field.words.zh)
        }
        return [word for word in words[:NEAR_SYNONYMS] if word.casefold() not in taken]

    def _near(self, entity: str) -> list[tuple[str, Field]]:
        found = []
        for own in self._filled(entity):
            found.append((own.key, own))
            if own.type is FieldType.REF and own.to not in {None, entity}:
                found += [(f"{own.key}.{far.key}", far) for far in self._filled(str(own.to)) if far.key != self.model.entities[far.entity].title]
        return found

    def _filled(self, entity: str) -> list[Field]:
        return [each for each in self.model.entities[entity].fields.values() if self.paths.vocabulary.content(entity, each.key).count]

    def value(self, field: Field, text: str) -> Said:
        """A value by its stored spelling, or by the words that the model has for it."""
        if text in field.values:
            words = field.values[text]
            return Said(words.en[:2], words.zh[:2])
        return Said.same(text)

    def plain_enough(self, entity: str, path: str, text: str) -> bool:
        """Whether the value alone can mean no other field that is as near."""
        return not [other for other in self._at(entity).get(text, ()) if other != path and other.count(".") <= path.count(".")]

    def _at(self, entity: str) -> dict[str, list[str]]:
        if entity not in self._holders:
            found: dict[str, list[str]] = defaultdict(list)
            for path, field in self._near(entity):
                to = self.model.entities[field.to] if field.type is FieldType.REF and field.to else None
                content = self.paths.vocabulary.content(to.key, str(to.title)) if to else self.paths.vocabulary.content(field.entity, field.key)
                for text in content.values:
                    found[text].append(path)
            self._holders[entity] = found
        return self._holders[entity]

    def condition(self, entity: str, path: str, text: str) -> Said:
        """A value as a condition: alone, or with the name of its field."""
        last = self.paths.field(entity, path)
        value, field = self.value(last, text), self.field(entity, path)
        en = [f"{each} {value.en[0]}" for each in (("for", "of", "from") if last.type is FieldType.REF else ("in", "for", "from"))]
        zh = [f"{each}的" for each in value.zh]
        named_en = [f"with {name} {value.en[0]}" for name in field.en[:2]] + [f"whose {name} is {value.en[0]}" for name in field.en[:1]]
        named_zh = [f"{name}{way}{value.zh[0]}的" for name in field.zh[:2] for way in ("为", "是", "")]
        if self.plain_enough(entity, path, text):
            return Said((*en, *named_en), (*zh, *named_zh))
        return Said(tuple(named_en), tuple(named_zh))

    def either(self, entity: str, path: str, one: str, other: str) -> Said:
        """One of two values of a field."""
        if not (self.plain_enough(entity, path, one) and self.plain_enough(entity, path, other)):
            return Said()
        last = self.paths.field(entity, path)
        first, second = self.value(last, one), self.value(last, other)
        return Said(
            (f"in {first.en[0]} or {second.en[0]}", f"for {first.en[0]} and {second.en[0]}"),
            (f"{first.zh[0]}或{second.zh[0]}的", f"{first.zh[0]}和{second.zh[0]}的"),
        )

    def flag(self, entity: str, key: str) -> Said:
        """What a record is marked as."""
        field = self.field(entity, key)
        return Said(tuple(f"that are {each}" for each in field.en[:2]), tuple(f"{each}的" for each in field.zh[:2]))

    def bound(self, entity: str, key: str, op: str, number: int) -> Said:
        """A field above or below a number."""
        field, (en, zh) = self.field(entity, key), BOUNDS[op]
        return Said(
            tuple(f"with {field.en[0]} {way} {number}" for way in en) if field.en else (),
            tuple(f"{name}{way.format(n=number)}的" for name in field.zh[:2] for way in zh),
        )

    def between(self, entity: str, key: str, low: int, high: int) -> Said:
        """A field between two numbers."""
        field = self.field(entity, key)
        return Said(tuple(f"with {name} between {low} and {high}" for name in field.en[:1]), tuple(f"{name}在{low}到{high}之间的" for name in field.zh[:1]))

    def status(self, status: str) -> Said:
        """How a deal ended."""
        return Said(*STATUS[status])

    def period(self, period: Period) -> Said:
        """A calendar period or a relative one, without the days in brackets."""
        en, zh = re.sub(r" \(.*\)", "", period.en), re.sub(r"（.*）", "", period.zh).replace(" ", "")
        relative = en.split(" ")[0] in {"this", "last"}
        return Said((en,) if relative else (f"in {en}", f"for {en}"), (zh,))

    def grain(self, grain: str) -> Said:
        """A unit of time to group by."""
        return Said(*GRAINS[grain])


def _first(words: Words) -> Said:
    en = tuple(each for each in words.en[:NEAR_SYNONYMS] if not has_han(each))
    return Said(en or words.en[:1], words.zh[:NEAR_SYNONYMS])


def _many(noun: str) -> str:
    return noun if has_han(noun) or noun.endswith("s") else plural(noun)
