"""What is asked of whatever knows the meaning of words that stand in none of the lookup tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Term, Value


class Nearby(Protocol):
    """Says what a word means that stands in none of the lookup tables."""

    def nearest(self, word: str, readable: Callable[[Value], bool]) -> Meant | None:
        """What the word means; None where that can't be told."""
        ...

    def renamed(self, word: str) -> Meant | None:
        """The export's own label that a word means which the model has for something that is empty here."""
        ...

    def is_word(self, word: str) -> bool:
        """Whether the dictionary has it as a Chinese word."""
        ...

    def nearness(self, word: str, texts: Sequence[str]) -> float:
        """How near the nearest of some texts is, in [0, 1]; nought where there is none."""
        ...

    def explains(self, word: str, text: str) -> bool:
        """Whether a word of the store says any of what another word means."""
        ...

    def is_word_of(self, word: str, name: str) -> bool:
        """Whether an English word is what one of the words of a Chinese name means."""
        ...

    def words_in(self, name: str) -> tuple[str, ...]:
        """The words that a Chinese name is made of."""
        ...

    def translated(self, word: str, readable: Callable[[Value], bool]) -> Meant | None:
        """What the word is in the store's other language; None where no dictionary has it."""
        ...


class Meant(Protocol):
    """Categories or terms that a word stands for, and the word that they have here."""

    @property
    def word(self) -> str:
        """The store's or the model's own word."""

    @property
    def similarity(self) -> float:
        """How near it is, in [0, 1]."""

    @property
    def values(self) -> tuple[Value, ...]:
        """Categories of that word."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """Terms of that word."""
