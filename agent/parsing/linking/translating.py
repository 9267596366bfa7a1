"""Finds what a word means among the words of a store that says it otherwise, by a thesaurus and by a dictionary of both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property

from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import has_han, term_key
from agent.parsing.language.word_forms import SILENT, is_like, key_of, root_of
from agent.parsing.linking.inventory import Inventory, Neighbour
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from tools.crm.ports import Dictionary
from tools.crm.semantic.model import base_model
from tools.crm.semantic.thesaurus import LONGEST_PHRASE, MODIFYING, concepts

SYNONYM, SHIPPED_SYNONYM, WHOLE, VERB, COVERED, HEAD, PART = 0.96, 0.89, 0.95, 0.9, 0.88, 0.85, 0.8
LEAST_CATEGORY = 0.9
MOST_TEXTS, MOST_MEANINGS = 4, 8
BANDS = ((0.9, 1.01), (0.0, 0.9))  # the whole of a label, a part of one: within these all that is meant is a candidate
MOST_OF_CHARACTER = 2
LONGEST_WORD, LONGEST_GLOSS = 5, 3
EVENT, UNDERWAY = 2, 2
PARTICLES = {"for", "up", "out", "off", "in", "on", "back", "over"}  # that make another verb of one
LIGHT_VERBS = {"make", "take", "give", "have", "be", "get", "do", "go", "put", "carry", "pay", "set", "become", "come", "bring", "hold", "keep"}
OUTCOMES = {"won", "lost", "open"}
EVERYDAY = {
    *("actual", "date", "day", "time", "number", "no", "type", "name", "code", "id"),
    *("amount", "value", "status", "state", "record", "list", "own", "unit"),
}
_WORD = re.compile(r"[a-z]+")
_AGENT = re.compile(r"..[员人师者]$")
_CODE = re.compile(r" (?:code|cd)$", re.IGNORECASE)
_DAY = re.compile(r"(?:日期|时间|日)$")
_COUNTED = re.compile(r"(?:几|多少)[家个位名台套辆间张户只条处座所层件支]?(?P<noun>[\u4e00-\u9fff]{1,4})$")  # 开了几家店
_PLACED = re.compile(r"(?:登记表?|台账|清单|档案|记录|纪要|明细|列表|信息|表|单|数量|日期|时间|日|数|额|量)$")


class Translations:
    """The store's words by what they mean in the other language. Made when the first unknown word comes."""

    def __init__(self, vocabulary: Vocabulary, dictionary: Dictionary) -> None:
        """``dictionary`` says what Chinese words mean in English."""
        self.vocabulary, self.dictionary = vocabulary, dictionary
        self._inventory = Inventory(vocabulary)
        self._known_roots: dict[str, frozenset[str]] = {}
        self._known_keys: dict[str, frozenset[str]] = {}

    def nearest(self, word: str, readable: Callable[[Value], bool]) -> Neighbour | None:
        """The category or term that the dictionary has for a word; None where it has none, or too many."""
        for similarity, texts in self._ranked(word):
            categories = (text for text in texts if similarity >= LEAST_CATEGORY)
            values = tuple(dict.fromkeys(value for text in categories for value in self._inventory.categories.get(text, ()) if readable(value)))
            meant = (term for text in texts if text in self._inventory.labels for term in self._inventory.meaning(text))
            terms = tuple(dict.fromkeys(term for term in meant if term.filled))
            if (values or terms) and len(texts) <= MOST_TEXTS and len(values) + len(terms) <= MOST_MEANINGS:
                return Neighbour(texts[0], similarity, values, terms)
        return None

    def explained(self, word: str, text: str) -> float:
        """The share of the words on either side that are meanings of the other side's, in [0, 1]: 流失客户 are more than customers."""
        han, latin = (word, text) if has_han(word) else (text, word)
        if has_han(latin) or not has_han(han) or text in _shipped():
            return 0.0
        said, meant = [root_of(each) for each in _WORD.findall(latin.casefold()) if each not in SILENT], self._roots(han)
        told = sum(any(is_like(each, root) for root in meant) for each in said) / len(said) if said else 0.0
        return min(told, self._told(han, said))

    def touches(self, word: str, text: str) -> bool:
        """Whether any character or word in the Chinese of the two may mean any of the English ones: "machine" is in 装机."""
        han, latin = (word, text) if has_han(word) else (text, word)
        parts = {han[at : at + size] for size in range(1, LONGEST_WORD + 1) for at in range(len(han) - size + 1)}
        meant = {root_of(each) for part in parts for gloss in self.dictionary.glosses(part) for each in _WORD.findall(gloss.casefold()) if each not in SILENT}
        return any(is_like(root_of(each), root) for each in _WORD.findall(latin.casefold()) if each not in SILENT for root in meant)

    def is_word_of(self, word: str, text: str) -> bool:
        """Whether an English word is what one of the words of a Chinese name means: "maintenance" of 维保合同, single characters aside."""
        if text not in self._known_keys:
            self._known_keys[text] = frozenset(key for piece in (text, *self._pieces(text)) for key, _ in self._keys(piece))
        keys = self._known_keys[text]
        return key_of(word) in keys or not keys.isdisjoint(concepts(word))

    def words_in(self, name: str) -> tuple[str, ...]:
        """The words that a Chinese name is made of, so far as the thesaurus or the dictionary has them."""
        return tuple(self._pieces(name))

    def is_wider(self, word: str, text: str, others: Iterable[str]) -> bool:
        """Whether a word is only what several categories share: 学校 of Public School and Private School."""
        if self.explained(word, text) == 1.0 or has_han(word) == has_han(text):
            return False
        alike = [other for other in others if self._shares(word, other)]
        return text in alike and len(alike) > 1

    def _shares(self, word: str, text: str) -> bool:
        han, latin = (word, text) if has_han(word) else (text, word)
        meant = self._roots(han) if has_han(han) and not has_han(latin) else frozenset()
        return any(is_like(root_of(each), root) for each in _WORD.findall(latin.casefold()) if each not in SILENT for root in meant)

    def _told(self, han: str, roots: list[str]) -> float:
        """The share of the words in a Chinese text that some English roots are meanings of."""
        pieces = [piece for piece in self._cut(han) if self.dictionary.glosses(piece)]
        return sum(any(is_like(each, root) for each in roots for root in self._roots(piece)) for piece in pieces) / len(pieces) if pieces else 0.0

    def _roots(self, word: str) -> frozenset[str]:
        """Roots of the English words in the meanings of a Chinese word and of the words in it."""
        if word not in self._known_roots:
            pieces = () if self.dictionary.glosses(word) else self._cut(word)
            rest = set(word) - set("".join(pieces)) if pieces else set()  # 局 of 教育局
            glosses = [gloss.casefold() for part in (word, *pieces, *rest) for gloss in self.dictionary.glosses(part)]
            self._known_roots[word] = frozenset(root_of(each) for gloss in glosses for each in _WORD.findall(gloss) if each not in SILENT)
        return self._known_roots[word]

    def _cut(self, text: str) -> tuple[str, ...]:
        pieces = tuple(self._pieces(text))
        return pieces or (text,)

    def _ranked(self, word: str) -> Iterator[tuple[float, list[str]]]:
        """The store's words of the other script that a word stands for, the surest first."""
        found: dict[str, float] = {}
        alike: set[str] = set()  # what is said in the word's own script counts only where the thesaurus has both
        for key, sure in self._keys(word):
            if sure == HEAD and has_han(word):
                continue  # a "wage floor" is no floor
            for text, near in self._texts.get(key, {}).items():
                if key.startswith(MODIFYING) and (near == PART or self._is_part(text)):
                    continue  # a key account is no primary contact
                found[text] = max(found.get(text, 0.0), min(sure, near))
                alike |= {text} if sure == SYNONYM else set()
            for text in self._covering(key.split()):
                found[text] = max(found.get(text, 0.0), COVERED)
        if not found:
            parts = [{key: sure for key, sure in self._keys(piece)} for piece in self._parts(word)]
            covered = [{text for key in keys for text in self._texts.get(key, {})} for keys in parts]
            alike |= {text for keys in parts for key, sure in keys.items() if sure == SYNONYM for text in self._texts.get(key, {})}
            for text in set.intersection(*covered) if len(covered) > 1 else ():
                found[text] = COVERED
        meant = {text: near for text, near in found.items() if (has_han(text) != has_han(word) or text in alike) and self._is_held(text)}
        for floor, ceiling in BANDS:
            band = {text: near for text, near in meant.items() if floor <= near < ceiling}
            if 0 < len(band) <= MOST_TEXTS:
                yield max(band.values()), sorted(band, key=lambda text: (-band[text], text))
            for near in sorted(set(band.values()), reverse=True) if len(band) > MOST_TEXTS else ():
                yield near, sorted(text for text, each in band.items() if each == near)

    def _is_part(self, text: str) -> bool:
        """Whether it is no label or category of its own, but a word of one."""
        return text not in self._inventory.categories and not self.vocabulary.terms.get(term_key(text))

    def _is_held(self, text: str) -> bool:
        return text in self._inventory.categories or any(term.filled for term in self._inventory.meaning(text))

    def _parts(self, word: str) -> tuple[str, ...]:
        """The words that a phrase is made of; none where a character that no word holds may turn the meaning."""
        if not has_han(word):
            return tuple(_WORD.findall(word.casefold()))
        pieces = tuple(self._pieces(word))
        return pieces if sum(map(len, pieces)) == len(word) else ()

    def _covering(self, words: list[str]) -> Iterable[str]:
        """Texts that have all the words of one meaning, such as "gross profit", among others."""
        return set.intersection(*(set(self._texts.get(word, {})) for word in words)) if len(words) > 1 else ()

    def _keys(self, word: str) -> Iterator[tuple[str, float]]:
        """What a word means as keys of the thesaurus and of English words, and how surely."""
        yield from ((concept, SYNONYM) for concept in concepts(word))
        if not has_han(word):
            yield key_of(word), WHOLE
            return
        yield from self._agents(word)
        if word.endswith("中") and len(word) > UNDERWAY:
            yield from ((key_of(f"{under} {gloss}"), WHOLE) for gloss in self.dictionary.glosses(word[:-1]) for under in ("under", "in"))
        for gloss in self.dictionary.glosses(word):
            words = [each for each in _WORD.findall(gloss.casefold()) if each not in SILENT]
            if len(words) > 2 and words[1] in PARTICLES and gloss.startswith("to "):
                yield key_of(" ".join(words[:2])), VERB  # "to sign for the acceptance of"
            if 0 < len(words) <= LONGEST_GLOSS:
                yield key_of(" ".join(words)), WHOLE
                if len(words) > 1:  # "to quote a price" is to quote, "to make a tender" a tender, a "cash deposit" a deposit
                    verb, light = gloss.startswith("to "), words[0] in LIGHT_VERBS
                    yield (key_of(words[0]), VERB) if verb and not light else (key_of(words[-1]), VERB if verb else HEAD)

    def _agents(self, word: str) -> Iterator[tuple[str, float]]:
        """As "surveyor" of 勘察员: who does what the word before the last character means."""
        doing = self.dictionary.glosses(word[:-1]) if _AGENT.search(word) and not self.dictionary.glosses(word) else ()
        for verb in (gloss.casefold().removeprefix("to ") for gloss in doing):
            if _WORD.fullmatch(verb):
                yield from ((key_of(stem + ending), WHOLE) for stem in {verb, verb.removesuffix("e")} for ending in ("er", "or"))

    @cached_property
    def _texts(self) -> dict[str, dict[str, float]]:
        """Texts of the store by the keys of what they mean, and how nearly."""
        found: dict[str, dict[str, float]] = {}
        own, categories, custom = self._inventory.own, self._inventory.categories, self._inventory.custom
        for text in dict.fromkeys((*self._inventory.labels, *categories)):
            if (text not in own and text not in categories) or (text in _shipped() and text not in custom):
                for concept in concepts(text):  # the model speaks both languages itself
                    found.setdefault(concept, {})[text] = SHIPPED_SYNONYM
                continue
            for key, near in self._keys_of_han(text, text in own) if has_han(text) else _keys_of_latin(text, label=text in own):
                held = found.setdefault(key, {})
                held[text] = max(held.get(text, 0.0), near)
        found.pop("", None)
        return found

    def _keys_of_han(self, text: str, label: bool) -> Iterator[tuple[str, float]]:
        plain = _PLACED.sub("", text)
        yield from self._keys(text)
        yield from self._keys(plain) if plain else ()
        if label and (counted := _COUNTED.search(text)):
            yield from self._keys(counted["noun"])
        pieces = tuple(self._pieces(text)) if label else ()
        for piece in pieces:
            yield from ((key, min(near, PART)) for key, near in self._keys(piece))
        if pieces and not text.endswith(pieces[-1]):  # the 价 of 合同价
            yield from ((key_of(gloss), PART) for gloss in self.dictionary.glosses(text[-1])[:MOST_OF_CHARACTER] if _WORD.fullmatch(gloss))
        if label and len(plain) == EVENT and _DAY.search(text) and not self.dictionary.glosses(plain):  # 开标 is to open something
            yield from ((key_of(gloss), PART) for gloss in self.dictionary.glosses(plain[0]) if re.fullmatch(r"to [a-z]+", gloss))

    def _pieces(self, text: str) -> Iterator[str]:
        """The words of a Chinese label that cover most of it, longer ones first; single characters say too little."""
        best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
        for end in range(1, len(text) + 1):
            covered, fewer, pieces = best[end - 1]
            options = [(covered, fewer, pieces)]
            for size in range(2, min(LONGEST_WORD, end) + 1):
                if size < len(text) and self._is_word(text[end - size : end]):
                    before = best[end - size]
                    options.append((before[0] + size, before[1] - 1, (*before[2], text[end - size : end])))
            best.append(max(options, key=lambda each: each[:2]))
        yield from best[-1][2]

    def _is_word(self, text: str) -> bool:
        return bool(concepts(text) or self.dictionary.glosses(text))


def _keys_of_latin(text: str, *, label: bool) -> Iterator[tuple[str, float]]:
    yield key_of(text), WHOLE
    yield from ((concept, SYNONYM) for concept in concepts(text))
    if label:
        said = _WORD.findall(text.casefold())
        core = [each for each in said if len(each) > 1]
        sort = _CODE.sub(" type", " ".join(said))  # what a code stands for is a sort of things
        yield from ((key, VERB) for key in (key_of(sort), *concepts(sort)) if sort != " ".join(said))
        yield from ((concept, VERB) for concept in concepts(" ".join(core)) if core != said)
        spans = (said[at:end] for at in range(len(said)) for end in range(at + 1, min(at + LONGEST_PHRASE, len(said)) + 1))
        yield from ((concept, PART) for span in spans for concept in concepts(" ".join(span)))
    words = [each for each in _WORD.findall(text.casefold()) if each not in stopwords() and each not in EVERYDAY]
    if len(words) == 1:
        yield key_of(words[0]), COVERED
    yield from ((key_of(each), PART) for each in words if label)


@cache
def _shipped() -> frozenset[str]:
    """Words and categories that the shipped model has, which knows both languages."""
    model = base_model()
    words = [each.words for each in model.entities.values()] + [each.words for each in model.measures.values()]
    words += [field.words for entity in model.entities.values() for field in entity.fields.values()]
    stored = {value for entity in model.entities.values() for field in entity.fields.values() for value in field.values}
    kinds = {kind for entity in model.entities.values() for kind in entity.kinds}
    return frozenset({word for each in words for word in (*each.en, *each.zh)} | stored | kinds | OUTCOMES)
