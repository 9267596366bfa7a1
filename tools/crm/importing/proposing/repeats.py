"""Tells tables that hold a kind of record from those that only tell more of it: called after its names, or numbered by its ids."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from tools.crm.importing.mapping import CUSTOM, RECORD_ID
from tools.crm.importing.proposing.contents import FEWEST_SHARED, Keys, fold
from tools.crm.importing.proposing.entity import file_scores
from tools.crm.importing.proposing.matching import Vocabulary
from tools.crm.importing.proposing.places import Column, place_all
from tools.crm.importing.source import SourceTable

MOSTLY_SHARED = 0.8


def without_repeats(
    tables: Sequence[SourceTable], tables_columns: Sequence[Sequence[Column]], entities: Sequence[tuple[str, float]], vocabularies: Map[str, Vocabulary]
) -> list[tuple[str, float]]:
    """A table that isn't called after its kind and whose names are those of one that is tells of those records, such as offers for deals: it is an own one."""
    found = list(entities)
    named = [entity != CUSTOM and file_scores(table, vocabularies).get(entity, 0.0) > 0 for table, (entity, _) in zip(tables, entities, strict=True)]
    titles = [set[str]() if entity == CUSTOM else _titles(columns, vocabularies[entity]) for columns, (entity, _) in zip(tables_columns, entities, strict=True)]
    for at, (entity, _) in enumerate(entities):
        if entity == CUSTOM or named[at] or len(titles[at]) < FEWEST_SHARED:
            continue
        others = (titles[other] for other, (kind, _) in enumerate(entities) if kind == entity and named[other])
        if any(len(titles[at] & names) >= MOSTLY_SHARED * len(titles[at]) for names in others):
            found[at] = (CUSTOM, 0.6)
    return found


def _titles(columns: Sequence[Column], vocabulary: Vocabulary) -> set[str]:
    placed = place_all(columns, vocabulary, Keys())[0]
    at = next((at for at, place in placed.items() if place.place == vocabulary.entity.title), None)
    return set() if at is None else {fold(value) for value in columns[at].profile.column()} - {""}


def without_details(
    tables_columns: Sequence[Sequence[Column]], entities: Sequence[tuple[str, float]], vocabularies: Map[str, Vocabulary]
) -> list[tuple[str, float]]:
    """A table with ids of its own beside those of another table of its kind, under the same header, tells of such records: projects that came of deals."""
    found = list(entities)
    own = [None if entity == CUSTOM else _own_ids(columns, vocabularies[entity]) for columns, (entity, _) in zip(tables_columns, entities, strict=True)]
    for at, (entity, _) in enumerate(entities):
        heads = {ids.header.spoken: ids for other, ids in enumerate(own) if ids is not None and other != at and entities[other][0] == entity}
        mine = own[at]
        if mine is not None and any(column is not mine and _holds_ids(column, heads.get(column.header.spoken)) for column in tables_columns[at]):
            found[at] = (CUSTOM, 0.6)
    return found


def _own_ids(columns: Sequence[Column], vocabulary: Vocabulary) -> Column | None:
    placed = place_all(columns, vocabulary, Keys())[0]
    return next((columns[at] for at, place in sorted(placed.items()) if place.place == RECORD_ID), None)


def _holds_ids(column: Column, ids: Column | None) -> bool:
    if ids is None or len(column.profile.distinct) < FEWEST_SHARED:
        return False
    known = {fold(value) for value in ids.profile.column()}
    return sum(fold(value) in known for value in column.profile.distinct) >= MOSTLY_SHARED * len(column.profile.distinct)
