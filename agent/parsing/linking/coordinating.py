"""Two fields whose names end alike, of which only the last is said in full: "buy and sell rate", 计划和实际交期."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token
from agent.parsing.store_words.vocabulary import Term, Vocabulary

AND = {"and", "or", "&", "/", "和", "与", "及", "、", "跟"}
LONGEST = 6


def coordinated(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
    """The words before "and" with the field that they name together with the end of the field behind it: both of one kind of record."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].norm not in AND:
            continue
        for start in range(at - 1, max(at - 1 - LONGEST, -1), -1):
            if tokens[start].kind == "mark" or tokens[start].kind != tokens[at + 1].kind:
                break
            first = "".join(token.stem for token in tokens[start:at])
            found = tuple(dict.fromkeys(_completed(first, tokens, at, vocabulary)))
            if found:
                yield start, at, found


def _completed(first: str, tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary) -> Iterator[Term]:
    for head in range(at + 2, min(at + 1 + LONGEST, len(tokens))):
        if tokens[head].kind == "mark":
            return
        for end in range(head + 1, min(head + LONGEST, len(tokens)) + 1):
            if any(token.kind == "mark" for token in tokens[head:end]):
                break
            ending = "".join(token.stem for token in tokens[head:end])
            whole = _fields("".join(token.stem for token in tokens[at + 1 : head]) + ending, vocabulary)
            entities = {term.entity for term in whole}
            yield from (term for term in _fields(first + ending, vocabulary) if whole and term.entity in entities and term not in whole)


def _fields(key: str, vocabulary: Vocabulary) -> list[Term]:
    return [term for term in vocabulary.terms.get(key, ()) if term.what == "field" and term.filled]
