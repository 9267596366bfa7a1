"""The words that the export's own headers shorten, said in full: "pallet positions" of pallet_pos, "AEO certified" of AEO_cert."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.text import Token, has_han
from agent.parsing.language.word_forms import is_form_of
from agent.parsing.store_words.label_parts import BESIDE

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Term, Vocabulary

LEAST_WORDS, MOST_WORDS = 2, 4
SHORTEST = 3
Places = dict[str, list[tuple[tuple[str, ...], "Term"]]]


def read_shortened(vocabulary: Vocabulary) -> Places:
    """Runs of two and more words of own headers, by the first two letters of the first."""
    from agent.parsing.store_words.vocabulary import Term  # which keeps what is read here

    found: Places = defaultdict(list)
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            if not (spec.custom and vocabulary.content(entity.key, spec.key).count):
                continue
            for label in spec.words.en:
                words = tuple(label.casefold().split())
                for size in range(LEAST_WORDS, min(MOST_WORDS, len(words)) + 1):
                    for at in range(len(words) - size + 1):
                        run = words[at : at + size]
                        entry = (run, Term("field", entity.key, spec.key, 4))
                        if all(word.isalpha() and not has_han(word) for word in run) and not set(run) & BESIDE and entry not in found[run[0][:2]]:
                            found[run[0][:2]].append(entry)
    return dict(found)


def in_full(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
    """Places where words of the question begin as those of a header do, one after the other; none where they are the header's own."""
    for start, token in enumerate(tokens):
        ends: dict[int, list[Term]] = defaultdict(list)
        for run, term in vocabulary.shortened.get(token.norm[:2], ()) if token.kind == "latin" else ():
            said = tokens[start : start + len(run)]
            longer = any(word not in {each.stem, each.norm} for each, word in zip(said, run, strict=False))
            if len(said) == len(run) and all(map(_is_in_full, said, run)) and longer:
                ends[start + len(run)].append(term)
        for end, terms in ends.items():
            if len({(term.entity, term.key) for term in terms}) == 1:
                yield start, end, (terms[0],)


def _is_in_full(token: Token, word: str) -> bool:
    if token.kind != "latin":
        return False
    begins = len(word) >= SHORTEST and token.norm.startswith(word)
    return word in {token.norm, token.stem} or begins or (len(word) > SHORTEST and is_form_of(token.norm, word))
