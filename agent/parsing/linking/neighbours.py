"""Finds what a word means that the store spells otherwise, such as 医疗 for "medical": by sentence vectors of both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from agent.parsing.language.lexicon import glossary
from agent.parsing.language.text import has_han, name_key
from agent.parsing.linking.inventory import Inventory, Neighbour
from agent.parsing.linking.other_places import is_other_place
from agent.parsing.linking.translating import Translations
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary
from tools.crm.ports import Dictionary, Embedder, Vectors
from tools.crm.semantic import FieldType
from tools.trace.cells import CellType

# Set by looking at some forty words against the categories of one export, not calibrated: all but one word that meant a value came out
# at 0.66 and above and well ahead of the next, words that meant none (names, other things) below 0.55. Terms are nearer to
# each other only across kinds: of some forty words of another export, those that meant a column came out at 0.61 and above,
# those that meant none (phone, website, discount, downtime of an export without) at 0.53 and below.
LEAST_VALUE, LEAST_TERM, LEAST_OWN_TERM = 0.66, 0.70, 0.62
LEAD, LEAD_OF_TERMS = 0.08, 0.04
SAME_WORD, SURE = 0.9, 0.75
CONSIDERED, EXPLAINED = 12, 0.15
CLOSE = 0.04
SAME_SCRIPT, SAME_SCRIPT_TERM = 0.16, 0.86
ROOT = 4


class Neighbours:
    """Nearest categories and terms of one vocabulary. Vectors are made when the first unknown word comes."""

    def __init__(self, vocabulary: Vocabulary, embedder: Embedder, dictionary: Dictionary | None = None) -> None:
        """``embedder`` turns both languages into one space; ``dictionary`` translates words one by one."""
        self.vocabulary, self.embedder = vocabulary, embedder
        self._translations = Translations(vocabulary, dictionary) if dictionary is not None else None
        self._inventory = Inventory(vocabulary)
        self._known: dict[str, Neighbour | None] = {}

    @property
    def translates(self) -> bool:
        """Whether it has a dictionary."""
        return self._translations is not None

    def is_word(self, word: str) -> bool:
        """Whether the dictionary has it as a Chinese word."""
        return self._translations is not None and bool(self._translations.dictionary.glosses(word))

    def nearness(self, word: str, texts: Sequence[str]) -> float:
        """How near the nearest of some texts is, in [0, 1]; nought where there is none."""
        if not texts:
            return 0.0
        return max(0.0, float((self.embedder.embed(list(texts)) @ self.embedder.embed([word])[0]).max()))

    def explains(self, word: str, text: str) -> bool:
        """Whether a text of the store says any of what a word means: in its own script by a part of it, in the other one by the dictionary."""
        if has_han(word) == has_han(text):
            return bool(set(word) & set(text)) if has_han(word) else word[:ROOT].casefold() in text.casefold()
        return self._translations is not None and self._translations.touches(word, text)

    def is_word_of(self, word: str, name: str) -> bool:
        """Whether an English word is what one of the words of a Chinese name means."""
        return self._translations is not None and self._translations.is_word_of(word, name)

    def words_in(self, name: str) -> tuple[str, ...]:
        """The words that a Chinese name is made of."""
        return self._translations.words_in(name) if self._translations is not None else ()

    def translated(self, word: str, readable: Callable[[Value], bool]) -> Neighbour | None:
        """The category or term that the dictionary has for the word."""
        return self._translations.nearest(word, readable) if self._translations is not None else None

    def nearest(self, word: str, readable: Callable[[Value], bool]) -> Neighbour | None:
        """The category or term that the word means; None where nothing is near, or two things are about as near."""
        if word not in self._known:
            self._known[word] = self._find(word)
        found = self._known[word]
        if found is None:
            return None
        values = tuple(value for value in found.values if readable(value))
        return Neighbour(found.word, found.similarity, values, found.terms) if values or found.terms else None

    def renamed(self, word: str) -> Neighbour | None:
        """The export's own label that a word means which the model has for something that is empty here."""
        texts, matrix = self._terms
        similar = self._explained(word, texts, matrix @ self.embedder.embed([word])[0])
        for place in (-similar).argsort()[:CONSIDERED]:
            text, near = texts[int(place)], float(similar[int(place)])
            terms = tuple(term for term in self._inventory.meaning(text) if term.filled)
            if near >= SURE and terms and text in self._inventory.own and has_han(text) != has_han(word):
                return Neighbour(text, near, terms=terms)
        return None

    def _find(self, word: str) -> Neighbour | None:
        vector = self.embedder.embed([word])[0]
        texts, matrix = self._values
        value = _nearer(word, _best(_unlike(word, self._explained(word, texts, matrix @ vector), texts), texts, LEAST_VALUE) if texts else None, LEAST_VALUE)
        if value is not None and (_are_told_apart(word, value[0]) or self._is_wider(word, value[0]) or self._is_elsewhere(word, value[0])):
            value = None
        term = self._term(word, vector)
        if term is not None and word.endswith("率") and not any(self._is_rate(each) for each in self._inventory.meaning(term[0])):
            term = None  # 利润率 is no amount
        under = value is not None and word.endswith("中") and value[1] >= SURE  # 调查中 is a state
        if value is not None and (under or term is None or term[1] < min(SAME_WORD, value[1] + CLOSE)):  # 西区 is the value West before it is a word for region
            key, similarity = value
            return Neighbour(key, similarity, values=tuple(self._inventory.categories[key]))
        return None if term is None else Neighbour(term[0], term[1], terms=self._inventory.meaning(term[0]))

    def _is_elsewhere(self, word: str, text: str) -> bool:
        """Whether both are places, and not the same one."""
        return is_other_place(word, self._inventory.categories[text])

    def _is_wider(self, word: str, text: str) -> bool:
        """Whether the word says only what several categories of one field have in common."""
        if self._translations is None:
            return False
        fields = {(value.entity, value.field) for value in self._inventory.categories[text]}
        others = [other for other, values in self._inventory.categories.items() if any((value.entity, value.field) in fields for value in values)]
        return self._translations.is_wider(word, text, others)

    def _is_rate(self, term: Term) -> bool:
        model = self.vocabulary.model
        if term.what == "measure":
            return model.measures[term.key].type is CellType.RATE
        return term.what == "field" and model.entities[term.entity].fields[term.key].type is FieldType.RATE

    def _term(self, word: str, vector: Vectors) -> tuple[str, float] | None:
        """The nearest label of what is filled. What is empty is no rival, unless it is the nearest of all: then the word means that."""
        texts, matrix = self._terms
        similar = self._explained(word, texts, matrix @ vector)
        first = int(similar.argmax()) if texts else 0
        if texts and similar[first] >= SURE and texts[first] != word and not any(each.filled for each in self._inventory.meaning(texts[first])):
            own = self.renamed(texts[first])  # 自动续费 is near to the model's 自动续约, which an own header says in English
            return None if own is None else (own.word, float(similar[first]))
        best: tuple[str, float] | None = None
        part: set[Term] = set()
        for place in (-similar).argsort()[:12]:
            text, near = texts[int(place)], float(similar[int(place)])
            least = LEAST_OWN_TERM if text in self._inventory.own else LEAST_TERM
            if near < (SAME_SCRIPT_TERM if has_han(text) == has_han(word) else least):
                continue
            if best is None and text != word and text in word.split():
                part |= set(self._inventory.meaning(text))  # an "estimated amount" is more than an amount
                continue
            if part and (text not in self._inventory.own or part & set(self._inventory.meaning(text))):
                continue
            filled = any(each.filled for each in self._inventory.meaning(text))
            if best is None:
                if not filled:
                    return None
                best = text, near
            elif filled and not (set(self._inventory.meaning(text)) & set(self._inventory.meaning(best[0]))) and text not in best[0] and best[0] not in text:
                return None if best[1] - near < LEAD_OF_TERMS else best
        return best

    def _explained(self, word: str, texts: list[str], similar: Vectors) -> Vectors:
        """The similarities with more for texts whose words the dictionary has for the word: 民办学校 is nearer to a Private than to a Public School."""
        if self._translations is None:
            return similar
        raised = similar.copy()
        for place in (-similar).argsort()[:CONSIDERED]:
            if self._translations.explained(word, texts[int(place)]) == 1.0:
                raised[place] = min(float(similar[place]) + EXPLAINED, 1.0)
        return raised

    @cached_property
    def _values(self) -> tuple[list[str], Vectors]:
        texts = list(self._inventory.categories)
        return texts, self.embedder.embed(texts)

    @cached_property
    def _terms(self) -> tuple[list[str], Vectors]:
        texts = list(self._inventory.labels)
        return texts, self.embedder.embed(texts)


def _are_told_apart(word: str, other: str) -> bool:
    """Whether the glossary knows both words and that they mean different things: 人民币 is near to USD and yet another currency."""
    own, others = (glossary().get(name_key(each)) for each in (word, other))
    return own is not None and others is not None and not own & others


def _nearer(word: str, found: tuple[str, float] | None, least: float) -> tuple[str, float] | None:
    """In one script, words that look alike are near without meaning the same (visitors and visits): they must be nearer."""
    if found is not None and _does_it(word.casefold()) and not _does_it(found[0].casefold()) and found[0].casefold()[:ROOT] == word.casefold()[:ROOT]:
        return None  # a negotiator is no negotiation
    if found is None or has_han(word) != has_han(found[0]) or found[1] >= least + SAME_SCRIPT:
        return found
    return None


def _unlike(word: str, similar: Vectors, texts: list[str]) -> Vectors:
    """The similarities without the texts in the word's own script that only look like it: they are no rivals either, as 钉钉教育 of 教育局."""
    kept = similar.copy()
    for place in (-similar).argsort()[:CONSIDERED]:
        text, near = texts[int(place)], float(similar[int(place)])
        if has_han(text) == has_han(word) and near < LEAST_VALUE + SAME_SCRIPT:
            kept[place] = 0.0
    return kept


def _does_it(word: str) -> bool:
    """Whether an English word is one for those who do something."""
    return word.removesuffix("s").endswith(("er", "or", "ee"))


def _best(similar: Vectors, texts: list[str], least: float) -> tuple[str, float] | None:
    """The nearest text, where it is near enough and ahead of every other one."""
    order = (-similar).argsort()[:2]
    best = float(similar[order[0]])
    if best < least or (len(order) > 1 and best - float(similar[order[1]]) < LEAD):
        return None
    return texts[int(order[0])], best
