"""The places of a question that set two columns of one record against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from agent.parsing.columns.amounts import find_amounts
from agent.parsing.columns.days import find_days
from agent.parsing.columns.found import Paired
from agent.parsing.columns.segments import segments
from agent.parsing.language.text import Token

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary


def find_pairs(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[tuple[int, int, tuple[Paired, ...]]]:
    """Tokens from, up to (excluded), and what they say of the columns of each kind of record that has such."""
    found = segments(tokens, vocabulary)
    yield from find_days(found, vocabulary)
    yield from find_amounts(found, tokens, vocabulary)


__all__ = ["find_pairs"]
