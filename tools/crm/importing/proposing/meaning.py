"""Lets sentence vectors speak where no word of the model meets a header."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tools.crm.importing.proposing.contents import fit
from tools.crm.importing.proposing.headers import is_chinese
from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.ports import Embedder
from tools.crm.semantic import Entity, FieldType

LEAST_SIMILARITY = 0.76
LEAST_LEAD = 0.12
SCORE = 0.55
TELLING_APART = 0.5  # a name hardly comes again and again


def add_meanings(placed: dict[int, Placed], columns: Sequence[Column], entity: Entity, embedder: Embedder) -> dict[int, Placed]:
    """Places for columns that have none, where one field is clearly the nearest in meaning, is free, and suits the contents.

    A column nearest to a field that is taken stays without a place: it is a variant of that field, such as a weighted amount.
    """
    asked = [at for at, column in enumerate(columns) if at not in placed and not column.profile.is_empty and len(column.header.spoken) > 1]
    if not asked:
        return placed
    labels = [(field.key, word) for field in entity.fields.values() for word in (*field.words.en, *field.words.zh)]
    vectors = embedder.embed([*(columns[at].header.spoken for at in asked), *(word for _, word in labels)])
    near = vectors[: len(asked)] @ vectors[len(asked) :].T
    found = dict(placed)
    for row, at in enumerate(asked):
        key = _nearest(near[row], labels, chinese=is_chinese(columns[at].header.spoken))
        if key is None or key in {place.place.removesuffix("#id") for place in found.values()}:
            continue
        field = entity.fields[key]
        if (
            field.type is not FieldType.REF
            and (columns[at].profile.type is FieldType.FLAG) == (field.type is FieldType.FLAG)
            and fit(field, columns[at].profile) >= 0.9
            and not (field.type is FieldType.NAME and len(columns[at].profile.distinct) < TELLING_APART * len(columns[at].profile.sample))
        ):
            found[at] = Placed(key, SCORE, f"its words are nearest in meaning to “{(field.words.en or field.words.zh)[0]}”")
    return found


def _nearest(similarities: NDArray[np.float32], labels: Sequence[tuple[str, str]], *, chinese: bool) -> str | None:
    """The field whose labels in the same script are clearly the nearest."""
    best: dict[str, float] = {}
    for (key, word), similarity in zip(labels, similarities, strict=True):
        if is_chinese(word) == chinese:
            best[key] = max(best.get(key, 0.0), float(similarity))
    ranked = sorted(best.items(), key=lambda item: -item[1])[:2]
    if not ranked or ranked[0][1] < LEAST_SIMILARITY or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < LEAST_LEAD):
        return None
    return ranked[0][0]
