"""Unknown words that only tie together what stands around them, such as "draws" in "draws the most complaints": left out once nothing is meant by them."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.lexicon import neutral_words, stopwords
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item, runs_of
from agent.parsing.linking.translating import PARTICLES
from agent.parsing.store_words.vocabulary import Vocabulary

PHRASAL = 2


def without_neutral(tokens: tuple[Token, ...], unknown: list[int]) -> list[int]:
    """The places of unknown words without those that say nothing of their own."""
    return [at for run in runs_of(unknown) for at in run if not _is_neutral(tokens, run)]


def only_tying(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, of which guesses about such words may be left out as well: "send" is near to 送货单号, which nobody asked for."""
    guessed = {"translated", "neighbour", "part"}
    return tuple(
        replace(item, cues=("filler",)) if item.source in guessed and not item.cues and _only_ties(item, items, vocabulary) else item for item in items
    )


def _only_ties(item: Item, items: tuple[Item, ...], vocabulary: Vocabulary) -> bool:
    """Whether it is such a word, or one with a particle where another word names the records: "send out"."""
    said = item.text.casefold().split()
    if " ".join(said) in neutral_words():
        return not (item.terms and all(map(vocabulary.is_money, item.terms)))  # "parts spend"
    named = any(term.what == "entity" and term.filled for other in items if other is not item for term in other.terms)
    return named and len(said) == PHRASAL and said[0] in neutral_words() and said[1] in PARTICLES


def _is_neutral(tokens: tuple[Token, ...], run: list[int]) -> bool:
    """Whether a whole run is such a word; of Chinese characters also together with silent ones beside it."""
    words = neutral_words()
    if all(tokens[at].kind == "latin" for at in run):
        return all(tokens[at].norm in words and not _is_name(tokens, at) for at in run)
    first, last = run[0], run[-1] + 1
    for start in (first, first - 1):
        for end in (last, last + 1):
            around = [*range(start, first), *range(last, end)]
            if all(0 <= at < len(tokens) and tokens[at].stem in stopwords() for at in around) and _text(tokens, max(start, 0), end) in words:
                return True
    return False


def _is_name(tokens: tuple[Token, ...], at: int) -> bool:
    return at > 0 and tokens[at].text[:1].isupper()


def _text(tokens: tuple[Token, ...], start: int, end: int) -> str:
    return "".join(token.text for token in tokens[start:end])
