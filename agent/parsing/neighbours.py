"""Finds what a word means that the store spells otherwise, such as 医疗 for "medical": by sentence vectors of both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from agent.parsing.lexicon import glossary
from agent.parsing.text import has_han, name_key, term_key
from agent.parsing.vocabulary import Term, Value, Vocabulary, bare_labels, own_labels, own_names, roles_of
from tools.crm.ports import Embedder, Vectors
from tools.crm.semantic import FieldType
from tools.trace.cells import CellType

# Set by looking at some forty words against the categories of one export, not calibrated: all but one word that meant a value came out
# at 0.66 and above and well ahead of the next, words that meant none (names, other things) below 0.55. Terms are nearer to
# each other only across kinds: of some forty words of another export, those that meant a column came out at 0.61 and above,
# those that meant none (phone, website, discount, downtime of an export without) at 0.53 and below.
LEAST_VALUE, LEAST_TERM, LEAST_OWN_TERM = 0.66, 0.70, 0.62
LEAD, LEAD_OF_TERMS = 0.08, 0.04
SAME_WORD = 0.9
CLOSE = 0.04
SAME_SCRIPT, SAME_SCRIPT_TERM = 0.16, 0.86
MOST_VALUES_OF_FIELD = 300
LONGEST = 40
_UNIT = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What a word is taken to mean, how near, and the word that the store or the model has for it."""

    word: str
    similarity: float
    values: tuple[Value, ...] = ()
    terms: tuple[Term, ...] = ()


class Neighbours:
    """Nearest categories and terms of one vocabulary. Vectors are made when the first unknown word comes."""

    def __init__(self, vocabulary: Vocabulary, embedder: Embedder) -> None:
        """``embedder`` turns both languages into one space."""
        self.vocabulary, self.embedder = vocabulary, embedder
        self._known: dict[str, Neighbour | None] = {}

    def nearest(self, word: str, readable: Callable[[Value], bool]) -> Neighbour | None:
        """The category or term that the word means; None where nothing is near, or two things are about as near."""
        if word not in self._known:
            self._known[word] = self._find(word)
        found = self._known[word]
        if found is None:
            return None
        values = tuple(value for value in found.values if readable(value))
        return Neighbour(found.word, found.similarity, values, found.terms) if values or found.terms else None

    def _find(self, word: str) -> Neighbour | None:
        vector = self.embedder.embed([word])[0]
        value = _nearer(word, _best(vector, self._values[1], self._values[0], LEAST_VALUE), LEAST_VALUE)
        if value is not None and _are_told_apart(word, value[0]):
            value = None
        term = self._term(word, vector)
        if term is not None and word.endswith("率") and not any(self._is_rate(each) for each in self._meaning(term[0])):
            term = None  # 利润率 is no amount
        if value is not None and (term is None or term[1] < min(SAME_WORD, value[1] + CLOSE)):  # 西区 is the value West before it is a word for region
            key, similarity = value
            return Neighbour(key, similarity, values=tuple(self._by_text[key]))
        return None if term is None else Neighbour(term[0], term[1], terms=self._meaning(term[0]))

    def _is_rate(self, term: Term) -> bool:
        model = self.vocabulary.model
        if term.what == "measure":
            return model.measures[term.key].type is CellType.RATE
        return term.what == "field" and model.entities[term.entity].fields[term.key].type is FieldType.RATE

    def _term(self, word: str, vector: Vectors) -> tuple[str, float] | None:
        """The nearest label of what is filled. What is empty is no rival, unless it is the nearest of all: then the word means that."""
        texts, matrix = self._terms
        similar = matrix @ vector
        best: tuple[str, float] | None = None
        part: set[Term] = set()
        for place in (-similar).argsort()[:12]:
            text, near = texts[int(place)], float(similar[int(place)])
            least = LEAST_OWN_TERM if text in self._own else LEAST_TERM
            if near < (SAME_SCRIPT_TERM if has_han(text) == has_han(word) else least):
                continue
            if best is None and text != word and text in word.split():
                part |= set(self._meaning(text))  # an "estimated amount" is more than an amount
                continue
            if part and (text not in self._own or part & set(self._meaning(text))):
                continue
            filled = any(each.filled for each in self._meaning(text))
            if best is None:
                if not filled:
                    return None
                best = text, near
            elif filled and not (set(self._meaning(text)) & set(self._meaning(best[0]))) and text not in best[0] and best[0] not in text:
                return None if best[1] - near < LEAD_OF_TERMS else best
        return best

    def _meaning(self, text: str) -> tuple[Term, ...]:
        key = self._term_key[text]
        return tuple(self.vocabulary.terms.get(key) or self.vocabulary.label_parts[key])

    @cached_property
    def _by_text(self) -> dict[str, list[Value]]:
        """Categories by their text: values that name no record, of fields with few of them."""
        counts: dict[tuple[str, str], int] = {}
        held = [value for pairs in self.vocabulary.values.values() for value, source in pairs if source == "exact" and not value.title]
        for value in held:
            counts[(value.entity, value.field)] = counts.get((value.entity, value.field), 0) + 1
        names = {value.text for pairs in self.vocabulary.values.values() for value, source in pairs if source == "exact" and value.title}
        found: dict[str, list[Value]] = {}
        for value in dict.fromkeys(held):
            few = counts[(value.entity, value.field)] <= MOST_VALUES_OF_FIELD and not value.entity.startswith("custom:")
            if value.text in names:
                continue  # the name of a record, also where another field repeats it, has no meaning to be near to
            if (few or counts[(value.entity, value.field)] <= MOST_VALUES_OF_FIELD // 10) and _is_word(value.text):
                found.setdefault(value.text, []).append(value)
        return found

    @cached_property
    def _values(self) -> tuple[list[str], Vectors]:
        texts = list(self._by_text)
        return texts, self.embedder.embed(texts)

    @cached_property
    def _term_key(self) -> dict[str, str]:
        """Labels of fields and measures, of the empty ones too: a word for what is empty means nothing else."""
        model = self.vocabulary.model
        fields = [field for entity in model.entities.values() for field in entity.fields.values()]
        labels = [word for f in fields for word in (*f.words.en[:2], *f.words.zh[:2], *own_labels(f), *bare_labels(f), *roles_of(f))]
        labels += [word for measure in model.measures.values() for word in (*measure.words.en[:2], *measure.words.zh[:2])]
        labels += [word for entity in model.entities.values() if self.vocabulary.rows(entity.key) for word in own_names(entity)]
        known = {_UNIT.sub("", word): term_key(word) for word in labels if self.vocabulary.terms.get(term_key(word))}
        return known | {part: part for part in self.vocabulary.label_parts if not has_han(part) or len(part) == 2}

    @cached_property
    def _own(self) -> frozenset[str]:
        """The labels that are the export's own words, which say more than those of the model, such as amount, type."""
        entities = [entity for entity in self.vocabulary.model.entities.values() if self.vocabulary.rows(entity.key)]
        labels = [label for entity in entities for field in entity.fields.values() for label in (*own_labels(field), *bare_labels(field), *roles_of(field))]
        labels += [name for entity in entities for name in own_names(entity)]
        return frozenset((*(_UNIT.sub("", label) for label in labels), *self.vocabulary.label_parts))

    @cached_property
    def _terms(self) -> tuple[list[str], Vectors]:
        texts = list(self._term_key)
        return texts, self.embedder.embed(texts)


def _are_told_apart(word: str, other: str) -> bool:
    """Whether the glossary knows both words and that they mean different things: 人民币 is near to USD and yet another currency."""
    own, others = (glossary().get(name_key(each)) for each in (word, other))
    return own is not None and others is not None and not own & others


def _nearer(word: str, found: tuple[str, float] | None, least: float) -> tuple[str, float] | None:
    """In one script, words that look alike are near without meaning the same (visitors and visits): they must be nearer."""
    if found is None or has_han(word) != has_han(found[0]) or found[1] >= least + SAME_SCRIPT:
        return found
    return None


def _best(vector: Vectors, matrix: Vectors, texts: list[str], least: float) -> tuple[str, float] | None:
    """The nearest text, where it is near enough and ahead of every other one."""
    if not texts:
        return None
    similar = matrix @ vector
    order = (-similar).argsort()[:2]
    best = float(similar[order[0]])
    if best < least or (len(order) > 1 and best - float(similar[order[1]]) < LEAD):
        return None
    return texts[int(order[0])], best


def _is_word(text: str) -> bool:
    letters = sum(letter.isalpha() for letter in text)
    return 2 <= len(text) <= LONGEST and letters >= len(text) * 0.6 and (letters >= 3 or has_han(text))
