"""Finds texts by their letters, so that product codes, names and exact words are never missed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from tools.crm.passages import HAN_CHARACTER, pattern_of
from tools.crm.semantic import Field
from tools.crm.text_store import Condition, Texts, has_text

MOST_RANKED = 200
COMMON = 0.5
LONGEST_HAN_WORD = 4


def texts_with_all(session: Session, texts: Texts, field: Field, readable: Condition, wanted: Sequence[str], most: int) -> Iterator[tuple[int, str]]:
    """Records whose text in a field holds every term, up to ``most`` of them, with the text."""
    raw = texts.text(field)
    patterns = [pattern_of(term) for term in wanted]
    statement = select(texts.root.c.id, raw).where(readable, has_text(texts, field), and_(*(_holds(raw, term) for term in wanted))).order_by(texts.root.c.id)
    found = 0
    for record, text in session.execute(statement.execution_options(yield_per=1000)):
        if all(pattern.search(text) for pattern in patterns):
            yield record, text
            found += 1
            if found == most:
                break


def texts_with_any(
    session: Session, texts: Texts, fields: Sequence[Field], readable: Condition, wanted: Sequence[str]
) -> Iterator[tuple[tuple[int, str], float]]:
    """Records and fields that hold some of the terms, with the weight of those held: a rare term weighs more (inverse document frequency)."""
    parts = tuple(dict.fromkeys(part for term in wanted for part in _parts(term)))
    for field in fields:
        raw = texts.text(field)
        weights = _weights(session, texts, field, readable, parts)
        if not weights:
            continue
        weight: ColumnElement[Any] = literal(0)
        for part in weights:
            weight = weight + case((_holds(raw, part), int(weights[part] * 1000)), else_=0)
        some = or_(*(_holds(raw, part) for part in weights))
        statement = select(texts.root.c.id, raw).where(readable, has_text(texts, field), some).order_by(weight.desc(), texts.root.c.id).limit(MOST_RANKED)
        for record, text in session.execute(statement):
            held = sum(worth for part, worth in weights.items() if pattern_of(part).search(text))
            if held:
                yield (record, field.key), held


def _weights(session: Session, texts: Texts, field: Field, readable: Condition, parts: Sequence[str]) -> dict[str, float]:
    """Weight of each term that some texts hold; one that most texts hold tells nothing."""
    raw = texts.text(field)
    counts = [func.sum(case((_holds(raw, part), 1), else_=0)) for part in parts]
    total, *held = session.execute(select(func.count(), *counts).where(readable, has_text(texts, field))).one()
    return {part: math.log((1 + total) / n) for part, n in zip(parts, held, strict=True) if n and (n <= total * COMMON or total <= 2)}


def _parts(term: str) -> Iterator[str]:
    """A term, and of a long run of Han characters each pair: Chinese is written without spaces."""
    yield term
    if HAN_CHARACTER.match(term) and len(term) > LONGEST_HAN_WORD:
        yield from (term[at : at + 2] for at in range(len(term) - 1))


def _holds(raw: ColumnElement[Any], term: str) -> Condition:
    return func.lower(raw).contains(term, autoescape=True)
