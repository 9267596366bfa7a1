"""Yes-or-no columns that a rate is taken of, by what they ask: 过没过 of 通过率, 客户满意没 of 满意率, 是否准时 of 准时率."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.text import has_han
from agent.parsing.store_words.own_headers import asked_by
from tools.crm.semantic import FieldType
from tools.crm.semantic.thesaurus import MODIFYING, concepts, words_of

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Term, Vocabulary

RATE = "率"
DENYING = "不没未无非"


def rated_flags(rest: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The flags that say yes of the records which a rate counts, by its word without 率 or by another word for the same."""
    from agent.parsing.store_words.vocabulary import Term

    if not has_han(rest) or len(rest) == 1:
        return ()
    found = []
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            if spec.type is not FieldType.FLAG or not spec.custom or not vocabulary.content(entity.key, spec.key).count:
                continue
            if any(_is_asked(rest, asked_by(label)) for label in spec.words.en if has_han(label)):
                found.append(Term("field", entity.key, spec.key, 0))
    return tuple(found)


def other_rates(name: str) -> Iterator[str]:
    """Chinese words for the rate that a word of either language is: 合格率 of 通过率 or "pass rate", 达标率 of "SLA attainment"."""
    for concept in sorted(concepts(name)):
        if not concept.startswith(MODIFYING):
            yield from (word for word in words_of(concept) if word.endswith(RATE) and word != name)


def _is_asked(rest: str, core: str) -> bool:
    if len(core) == 1:
        return core in rest and any(core in word for word in _alike(rest) if rest not in word)  # 通过 and 过关 are one: 过
    return any(_is_part(word, core) for word in (rest, *_alike(rest)) if len(word) > 1)


def _is_part(word: str, core: str) -> bool:
    """Whether a header ends or begins with the word, which it does not deny: 满意 of 客户满意."""
    if core.endswith(word):
        return core[: -len(word)][-1:] not in DENYING or core == word
    return core.startswith(word)


def _alike(word: str) -> tuple[str, ...]:
    found = (other for concept in concepts(word) if not concept.startswith(MODIFYING) for other in words_of(concept))
    return tuple(other for other in found if has_han(other) and other != word and other[0] not in DENYING)
