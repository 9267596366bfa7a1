"""Headers of several words that a question says in other forms, in another order or with small words between: "opted out of email" of Email Opt-Out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from agent.parsing.language.text import Token, has_han, term_key, tokenise
from agent.parsing.language.word_forms import is_like, root_of
from agent.parsing.linking.items import Item, item_of, weigh
from agent.parsing.store_words.own_headers import bare_labels, own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary

SMALL = {
    *("is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "get", "got", "gets", "that", "which", "the", "a", "an"),
    *("of", "on", "to", "in", "from", "by", "for", "with", "at", "their", "its", "our", "his", "her", "already"),
}
LEAST_WORDS, MOST_WORDS = 2, 4
MOST_BETWEEN = 3
QUALITY = 0.95


def scattered(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> Iterator[tuple[float, Item]]:
    """Spans that hold all the words of an own header and otherwise only small words; not the header as it is written."""
    latin = [at for at, token in enumerate(tokens) if token.kind == "latin" and token.norm not in SMALL]
    if len(latin) < LEAST_WORDS:
        return
    said = {at: root_of(tokens[at].norm) for at in latin}
    for roots, terms in vocabulary.headers:
        for start in latin:
            end = _covered(tokens, start, said, roots)
            if end is not None and vocabulary.terms.get("".join(token.stem for token in tokens[start:end] if token.kind != "mark")) is None:
                yield weigh(tokens, start, end, QUALITY), item_of(tokens, start, end, terms=terms)


def _covered(tokens: tuple[Token, ...], start: int, said: dict[int, str], roots: tuple[str, ...]) -> int | None:
    """Where a span from ``start`` ends that holds each of the words once; None where there is none."""
    left, between, at = list(roots), 0, start
    while at < len(tokens) and left:
        if at in said:
            meant = next((root for root in left if is_like(root, said[at])), None)
            if meant is None:
                return None
            left.remove(meant)
        elif tokens[at].norm in SMALL and between < MOST_BETWEEN:
            between += 1
        elif tokens[at].text != "-":
            return None
        at += 1
    return at if not left else None


def read_headers(vocabulary: Vocabulary) -> tuple[tuple[tuple[str, ...], tuple[Term, ...]], ...]:
    """The roots of the words of each own header, with what it names."""
    found: dict[tuple[str, ...], list[Term]] = {}
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            if not (spec.custom and vocabulary.content(entity.key, spec.key).count):
                continue
            for label in dict.fromkeys((*own_labels(spec), *bare_labels(spec), *spec.words.en)):
                roots = _roots(label)
                if LEAST_WORDS <= len(roots) <= MOST_WORDS:
                    terms = found.setdefault(roots, [])
                    terms += [term for term in vocabulary.terms.get(term_key(label), ()) if term.what == "field" and term.filled and term not in terms]
    return tuple((roots, tuple(terms)) for roots, terms in found.items() if terms)


@lru_cache(maxsize=4096)
def _roots(label: str) -> tuple[str, ...]:
    return () if has_han(label) else tuple(root_of(token.norm) for token in tokenise(label) if token.kind == "latin" and token.norm not in SMALL - {"in", "on"})
