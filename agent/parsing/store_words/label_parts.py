"""Parts of the export's own labels, by which people call them: 质保 of 质保到期日, "warranty" of "warranty end", "2025 target" of tgt_2025_k."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.text import has_han, term_key
from agent.parsing.store_words.own_headers import own_labels, own_names, without_table_word
from tools.crm.semantic import Entity, Field, FieldType

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Term, Vocabulary

MOST_OF_PART = 3
SHORTEST_WORD = 4
PAIR, NAMES = 2, (4, 6)
# What a header says beside its subject: what kind of entry it holds, and in what unit.
BESIDE = frozenset(
    (
        *("code", "type", "name", "no", "number", "id", "date", "day", "days", "on", "at", "dt", "amount", "amt", "value", "status", "sts"),
        *("k", "pct", "percent", "count", "kg", "total", "is", "has", "flag", "y", "n"),
    )
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def read_label_parts(vocabulary: Vocabulary) -> dict[str, list[Term]]:
    """The parts of labels that nothing else is called by, and that stand for few fields only."""
    from agent.parsing.store_words.vocabulary import Term  # which reads these parts

    found: dict[str, dict[Term, bool]] = {}
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            for label in _labels(spec) if vocabulary.content(entity.key, spec.key).count else ():
                for part in _parts(label, spec):
                    held = found.setdefault(term_key(part), {})
                    for term in _terms(entity, spec):
                        held[term] = held.get(term, False) or _is_subject(part, label)
        for name in own_names(entity) if vocabulary.rows(entity.key) else ():
            for part in _heads(name):
                held = found.setdefault(term_key(part), {})
                for term in [term for term in held if term.entity == entity.key]:
                    del held[term]  # 请求 are the 服务请求 before they are of 请求类别
                held[Term("entity", entity.key, entity.key, 5)] = False
    kept = {key: [term for term, subject in terms.items() if subject or not any(terms.values())] for key, terms in found.items()}
    return {key: terms for key, terms in kept.items() if key and len(terms) <= MOST_OF_PART and not any(term.filled for term in vocabulary.terms.get(key, ()))}


def _heads(name: str) -> tuple[str, ...]:
    """As in 耗材配送, which is a 配送, and 货款分期到账, which are 分期; in "rate cards", which are cards."""
    if has_han(name):
        plain = without_table_word(name) if len(name) not in NAMES else name
        return tuple(plain[at : at + PAIR] for at in range(0, len(plain), PAIR)) if len(plain) in NAMES and all(map(has_han, plain)) else ()
    words = name.split()
    return (words[-1],) if len(words) > 1 and words[-1].isalpha() and len(words[-1]) >= SHORTEST_WORD else ()


def _labels(spec: Field) -> tuple[str, ...]:
    """What the export calls a field; a shortened header of its own also as it is spoken."""
    return spec.words.en if spec.custom else own_labels(spec)


def _terms(entity: Entity, spec: Field) -> Iterator[Term]:
    """The field; and the records themselves, where it is the day on which they happen: 报修 are the tickets of 报修日期."""
    from agent.parsing.store_words.vocabulary import Term

    yield Term("field", entity.key, spec.key, 4)
    if spec.type.is_time and entity.time == spec.key:
        yield Term("entity", entity.key, entity.key, 5)


def _parts(label: str, spec: Field) -> Iterator[str]:
    if spec.custom:
        thing = term_key(label.split()[-1]) if spec.type is FieldType.FLAG and not label.casefold().endswith("ed") else ""
        return (part for part in _first_parts(label) if term_key(part) != thing)  # "cargo" alone is not the hazardous cargo of "haz cargo"
    return events_of(label) if spec.type.is_time else _subjects(label)


def _is_subject(part: str, label: str) -> bool:
    """Whether a label only adds to the part what kind of entry it is: the service of "service code", not that of "service branch"."""
    rest = [word for word in label.casefold().split() if word not in part.casefold().split()]
    return not has_han(label) and all(word in BESIDE or _YEAR.fullmatch(word) for word in rest)


def events_of(label: str) -> Iterator[str]:
    """What happened on a day, as its label has it: 报修 of 报修日期, "reported" of "reported on"."""
    stem = re.sub(r"(?:日期|时间|日)$|[\s_]+(?:date|day|time|on|at)$|^(?:date|day|time)[\s_]+", "", label, flags=re.IGNORECASE)
    if stem != label and len(stem) >= 2:
        yield stem


def _subjects(label: str) -> Iterator[str]:
    """What a classifying label tells apart: 故障 of 故障类型, "fault" of "fault type"."""
    stem = re.sub(r"(?:类型|类别|种类|分类|方式|程度|情况)$|[\s_]+(?:type|category|kind|class)$", "", label, flags=re.IGNORECASE)
    if stem != label and len(stem) >= 2:
        yield stem


def _first_parts(label: str) -> Iterator[str]:
    if has_han(label):
        yield from (label[:size] for size in range(2, len(label)))
        plain = re.sub(r"^(?:累计|预计|实际|最近|下次|上次|首次|最后|当前|总)", "", label)
        if plain != label and len(plain) >= 2:
            yield plain
        stem = re.sub(r"(?:日期|时间|数量|次数|小时|金额|编号|日|数)$", "", label)
        if len(stem) > 3:
            yield stem[-2:]  # 下次保养日期 is the day of the 保养
        elif stem == label and len(label) == 3:
            yield label[1:]  # 年指标
    else:
        words = label.split()
        yield from (word for word in words if len(words) > 1 and len(word) >= SHORTEST_WORD and word.isalpha())
        spans = ((at, at + size) for size in range(2, len(words)) for at in range(len(words) - size + 1))
        yield from (" ".join(words[start:end]) for start, end in spans if all(word.isalpha() for word in words[start:end]))
        yield from _of_year(words)


def _of_year(words: list[str]) -> Iterator[str]:
    """As in "2025 target", "target 2025" of "target 2025 k": a year in a header tells which column is meant, and no day."""
    for at, year in enumerate(words):
        if at and _YEAR.fullmatch(year) and len(words[at - 1]) >= SHORTEST_WORD:
            yield from (f"{words[at - 1]} {year}", f"{year} {words[at - 1]}")
