"""Which column of goals a question means, where goals stand in a table of their own, each for somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.parsing.language.text import term_key
from agent.parsing.linking.quotas import QUOTA
from agent.parsing.store_words.contents import FieldContent
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.semantic import Field, FieldType

OF_SALES = re.compile(r"^(?:(?:个人|团队|年度|季度|月度|销售|业绩|签单|赢单|sales|revenue|annual|quarterly|monthly|personal|team)[\s_]*)*$", re.IGNORECASE)
_KIND = re.compile(r"\b(?:metric|measure|kpi|type)\b|类型|类别|指标名|目标名", re.IGNORECASE)
_UNIT = re.compile(r"[（(][^）)]*[)）]")


@dataclass(frozen=True)
class Goal:
    """A column of goals: of which records, whose they are (``person`` is the reference), and how the column is called."""

    entity: str
    field: str
    person: str
    money: bool
    zh: tuple[str, ...]
    en: tuple[str, ...]
    custom: bool
    partly: bool

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands."""
        return self.entity, self.field

    def label(self, chinese: bool) -> str:
        """The header without its unit."""
        return _UNIT.sub("", (self.zh if chinese else self.en)[0]).strip()

    @property
    def words(self) -> set[str]:
        """The whole headers, without units, as they are compared."""
        return {term_key(_UNIT.sub("", word)) for word in (*self.zh, *self.en)} if self.custom else set()

    @property
    def heads(self) -> set[str]:
        """What the goal is for: 签约 of 签约指标."""
        cut = {QUOTA.sub("", _UNIT.sub("", word.replace("_", " "))).strip() for word in (*self.zh, *self.en)} if self.custom else set()
        return {term_key(word) for word in cut if word}


def without_formula(text: str, goal: Goal) -> str:
    """The question without what its figure is divided by: 合同额除以指标."""
    names = "|".join(sorted((re.escape(_UNIT.sub("", word).strip()) for word in (*goal.zh, *goal.en)), key=len, reverse=True))
    over = r"(?:除以|÷|/|相?对比?|相?比|跟|和|\b(?:against|over|divided by|versus|vs\.?|relative to|compared (?:to|with))\b)"
    return re.sub(rf"\s*{over}\s*(?:(?:the|their|his|her|its)\s+)?(?:{names}|{QUOTA.pattern})(?:相?比较?)?", " ", text, flags=re.IGNORECASE)


def goal_of(text: str, vocabulary: Vocabulary) -> Goal | None:
    """The column of goals that a question names, by the whole of its header or by what the goal is for; else the one for sales."""
    held = list(goals(vocabulary))
    said = term_key(text)
    named = [(len(word), goal) for goal in held for word in goal.words if word in said]
    headed = [(len(head), goal) for goal in held for head in goal.heads if head in said]
    for found in (named, headed):
        longest = {goal.place: goal for size, goal in found if size == max(size for size, _ in found)}
        if len(longest) == 1:
            return next(iter(longest.values()))
    of_sales = [goal for goal in held if all(OF_SALES.fullmatch(head) for head in goal.heads)] or [goal for goal in held if goal.money]
    return of_sales[0] if len(of_sales) == 1 else None


def goals(vocabulary: Vocabulary) -> Iterator[Goal]:
    """All columns of goals that somebody has."""
    for entity in vocabulary.model.entities.values():
        fields = [field for field in entity.fields.values() if vocabulary.content(entity.key, field.key).count]
        people = [field.key for field in fields if field.type is FieldType.REF and field.to == "member"]
        if entity.key == "member" or len(people) != 1 or any(_tells_kinds(field, vocabulary.content(entity.key, field.key)) for field in fields):
            continue
        partly = vocabulary.content(entity.key, people[0]).count < vocabulary.rows(entity.key)
        for field in fields:
            called = (*field.words.zh, *field.words.en) if field.custom else ("target",) if (entity.key, field.key) == ("target", "amount") else ()
            if field.type.is_numeric and not field.tells_year and any(QUOTA.search(word.replace("_", " ")) for word in called):
                yield Goal(entity.key, field.key, people[0], field.type is FieldType.MONEY, field.words.zh, field.words.en, bool(field.custom), partly)


def _tells_kinds(field: Field, content: FieldContent) -> bool:
    """A column that says which figure each goal is for: they don't add up."""
    return field.type is FieldType.TEXT and bool(_KIND.search(" ".join((*field.words.en, *field.words.zh)))) and len(content.values) > 1
