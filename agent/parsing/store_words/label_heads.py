"""What the export's own longer Chinese labels end with, by which people call them: 得分 of 综合得分, 设计师 of 深化设计师, 渠道 of 获客渠道."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import has_han
from agent.parsing.store_words.label_parts import MOST_OF_PART
from agent.parsing.store_words.own_headers import own_labels, without_unit
from tools.crm.semantic import Field, FieldType

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Term, Vocabulary

SCORED = re.compile(r"(?:评分|打分|得分|分数|满意度)$|\b(?:score|rating|satisfaction)\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"^(?:行|项|序|行号|行次|项次|序号|期次|.{0,4}序)$|^(?:line|item|row|seq(?:uence)?|instal?lment)(?: ?(?:no\.?|number|#))?$", re.IGNORECASE
)
SCORE_WORDS = ("评分", "打分", "得分", "分数", "score", "rating")
_CLASSES = re.compile(r"(?:大类|小类|类别|类型|种类|分类)$")
POINTS = {FieldType.COUNT, FieldType.NUMBER}
LEAST_BEFORE, SIZES = 2, (2, 3)
GENERAL = 4
"""The rank of words that no export has for a field, but people may."""
MOST_AMOUNTS = 6  # what is left of them when the question says whose: see :mod:`agent.parsing.linking.shared_amounts`


def is_score(spec: Field) -> bool:
    """Whether a field holds points, which are never added up."""
    return spec.type in POINTS and any(SCORED.search(label) for label in (*spec.words.en, *spec.words.zh))


def is_ordinal(field: Field) -> bool:
    """Whether a column only says the how-manieth a record is: 行, 序号, 当日序, "line no", of which nothing is ever added up."""
    return field.type is FieldType.COUNT and any(_ORDINAL.search(label) for label in own_labels(field))


def read_label_heads(vocabulary: Vocabulary) -> dict[str, list[Term]]:
    """The fields by the ends of their labels, where nothing else is called so but by another word for it."""
    from agent.parsing.store_words.vocabulary import Term  # which reads these heads

    found: dict[str, list[Term]] = {}
    counted: dict[str, list[Term]] = {}
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            for label in map(without_unit, own_labels(spec) if vocabulary.content(entity.key, spec.key).count else ()):
                if spec.type.is_numeric and label.endswith("数") and len(label) > LEAST_BEFORE and all(map(has_han, label)):
                    counted.setdefault(label[:-1], []).append(Term("field", entity.key, spec.key, 4))  # 席位 is 席位数 before 活跃席位
                for head in _heads(label) if spec.custom or not spec.type.is_time else ():
                    found.setdefault(head, []).append(Term("field", entity.key, spec.key, 4))
    found |= _scores(vocabulary)
    return {key: terms for key, terms in (found | counted).items() if len(terms) <= _most(terms, vocabulary) and not _is_called(key, vocabulary)}


def lend_heads(vocabulary: Vocabulary) -> None:
    """A general word for one category, such as 科室 for the department of people, also stands for other records' own categories that end with it: 安装科室."""
    from agent.parsing.store_words.vocabulary import Term  # which reads these heads

    found: dict[str, list[Term]] = {}
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            told = spec.custom and spec.type is FieldType.TEXT and vocabulary.content(entity.key, spec.key).values
            for label in map(without_unit, own_labels(spec) if told else ()):
                for head in _heads(label):
                    found.setdefault(head, []).append(Term("field", entity.key, spec.key, GENERAL))
    for key, terms in found.items():
        held = vocabulary.terms.get(key, [])
        general = held and all(term.what == "field" and term.rank == GENERAL and _is_category(term, vocabulary) for term in held)
        if general and len(terms) <= MOST_OF_PART and key not in cues():
            held.extend(term for term in terms if not any((term.entity, term.key) == (other.entity, other.key) for other in held))


def _is_category(term: Term, vocabulary: Vocabulary) -> bool:
    return vocabulary.model.entities[term.entity].fields[term.key].type is FieldType.TEXT


def _heads(label: str) -> Iterator[str]:
    """The ends of a Chinese label, and what it tells apart: 渠道 of 获客渠道, 机型 of 机型大类."""
    yield from (label[-size:] for size in SIZES if len(label) >= LEAST_BEFORE + size and all(map(has_han, label[-size:])))
    apart = _CLASSES.sub("", label)
    if apart != label and len(apart) >= LEAST_BEFORE and all(map(has_han, apart)):
        yield apart


def _most(terms: list[Term], vocabulary: Vocabulary) -> int:
    """Amounts of many tables may end with the same word."""
    return MOST_AMOUNTS if all(map(vocabulary.is_money, terms)) else MOST_OF_PART


def _scores(vocabulary: Vocabulary) -> dict[str, list[Term]]:
    """The columns that hold points, by all the words for such: 得分 and "score" of 试吃打分, 评分 of 满意度."""
    from agent.parsing.store_words.vocabulary import Term

    fields = [(entity.key, spec) for entity in vocabulary.model.entities.values() for spec in entity.fields.values()]
    fields = [(kind, spec) for kind, spec in fields if spec.type in POINTS and vocabulary.content(kind, spec.key).count]
    scored = [Term("field", kind, spec.key, 4) for kind, spec in fields if any(SCORED.search(label) for label in own_labels(spec))]
    return {word: list(scored) for word in SCORE_WORDS} if scored else {}


def _is_called(key: str, vocabulary: Vocabulary) -> bool:
    called = any(term.filled for term in vocabulary.terms.get(key, ()))
    return called or key in cues() or any(source in {"exact", "part"} for _, source in vocabulary.values.get(key, ()))
