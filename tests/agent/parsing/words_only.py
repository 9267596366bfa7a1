"""A stand-in for what knows the meaning of words: the dictionary and the thesaurus as they are, and no vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from agent.parsing.linking.nearby import Meant
from agent.parsing.linking.translating import Translations
from agent.parsing.store_words.vocabulary import Value


class Dictionary:
    """What a dictionary of words has, and no vectors."""

    def __init__(self, translations: Translations) -> None:
        self._translations = translations

    def nearest(self, word: str, readable: Callable[[Value], bool]) -> Meant | None:
        return None

    def is_word(self, word: str) -> bool:
        return bool(self._translations.dictionary.glosses(word))

    def nearness(self, word: str, texts: Sequence[str]) -> float:
        return 0.0

    def words_in(self, name: str) -> tuple[str, ...]:
        return self._translations.words_in(name)

    def renamed(self, word: str) -> Meant | None:
        return None

    def explains(self, word: str, text: str) -> bool:
        return self._translations.touches(word, text)

    def is_word_of(self, word: str, name: str) -> bool:
        return self._translations.is_word_of(word, name)

    def translated(self, word: str, readable: Callable[[Value], bool]) -> Meant | None:
        return self._translations.nearest(word, readable)
