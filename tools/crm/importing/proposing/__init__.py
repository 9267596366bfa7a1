"""Proposes where the files and columns of an export belong, by names and by what the columns hold. Loads nothing."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from tools.crm.importing import code_lists
from tools.crm.importing.mapping import CUSTOM, RECORD_ID, ColumnMap, Mapping, Status, TableMap
from tools.crm.importing.proposing.actuals import prefer_actual, unpaid
from tools.crm.importing.proposing.behaving import BY_CONTENTS, beside_deals, by_behaviour, with_outcomes
from tools.crm.importing.proposing.completing import complete
from tools.crm.importing.proposing.contents import Keys, fold
from tools.crm.importing.proposing.details import custom_type, date_order, date_votes, label_of, record_key, unit_of
from tools.crm.importing.proposing.entity import choose_entity, speaks_of_tables
from tools.crm.importing.proposing.headers import read_header
from tools.crm.importing.proposing.instalments import received
from tools.crm.importing.proposing.matching import Vocabulary
from tools.crm.importing.proposing.meaning import add_meanings
from tools.crm.importing.proposing.naming import can_load, own_noun, referred_to
from tools.crm.importing.proposing.places import IN_THE_EXPORT, Column, Placed, place_all
from tools.crm.importing.proposing.profiling import Profile, profile
from tools.crm.importing.proposing.referring import find_references
from tools.crm.importing.proposing.repeats import without_details, without_repeats
from tools.crm.importing.proposing.settled import by_outcome
from tools.crm.importing.proposing.shown_outcomes import shown_outcomes
from tools.crm.importing.source import SourceTable
from tools.crm.ports import Embedder
from tools.crm.semantic import Entity, FieldType, SemanticModel, Words
from tools.crm.semantic.model import ID_SUFFIX
from tools.crm.semantic.own_tables import own_table

SURE = 0.85
FEW_OF_OURS = 0.1  # a namesake among one's own is chance
STATES = frozenset(("status", "stage"))
NOT_LOADABLE, TAKEN_FOR_PARTIES = 0.5, 0.55
# What is told of those that one sells to, and hardly of other things.
TOLD_OF = {
    "account": frozenset(("owner", "tier", "sector", "region", "country", "city", "address", "employees", "revenue", "website", "phone")),
    "product": frozenset(("code", "family", "list_price", "cost", "category", "unit", "brand")),
}
LEAST_TOLD, LEAST_REFERRING = 2, 2
# What most tables have; what else a table of its own refers to must be in the export, since a column that refers to nothing is better kept as it is.
TRUSTED_BY_WORDS = frozenset(("account", "account#id", "owner", "owner#id", RECORD_ID))


def propose_mapping(tables: Sequence[SourceTable], model: SemanticModel, system: str, embedder: Embedder | None = None) -> Mapping:
    """A mapping for all tables of one export.

    ``system`` names the source. ``embedder`` helps with headers whose words the model does not know; without it they
    become custom fields. Every column is kept: what fits no field becomes a custom one, what fits no entity a custom table.
    """
    vocabularies = {key: Vocabulary(entity, model) for key, entity in model.entities.items() if entity.custom_table is None}
    own = _own_vocabulary(model)
    tables_columns = [_columns(table) for table in tables]
    dictionaries = [
        code_lists.is_code_list(table, tables) or speaks_of_tables(table, [column.profile for column in columns], tables)
        for table, columns in zip(tables, tables_columns, strict=True)
    ]
    entities = [
        (CUSTOM, 0.8) if about else choose_entity(table, columns, vocabularies, Keys())
        for table, columns, about in zip(tables, tables_columns, dictionaries, strict=True)
    ]
    elsewhere = [[column.profile for other in tables_columns if other is not columns for column in other] for columns in tables_columns]
    entities = without_repeats(tables, tables_columns, entities, vocabularies)
    entities = without_details(tables_columns, entities, vocabularies)
    for kind, telling in TOLD_OF.items():
        entities = _with_parties(kind, telling, entities, tables_columns, elsewhere, dictionaries, vocabularies[kind])
    if (orders := with_outcomes(tables_columns, entities, dictionaries)) is not None:
        sold, deals = orders
        besides = {key: vocabulary for key, vocabulary in vocabularies.items() if key != "opportunity"}
        entities[sold] = choose_entity(tables[sold], tables_columns[sold], besides, Keys())
        entities[deals] = ("opportunity", BY_CONTENTS)
    for orders_at in beside_deals(tables, tables_columns, entities):
        entities[orders_at] = (CUSTOM, BY_CONTENTS)
    entities = by_behaviour(tables_columns, entities, vocabularies, dictionaries)
    keys = _keys(tables, tables_columns, [entity for entity, _ in entities], vocabularies, elsewhere)
    votes = [date_votes(column) for columns in tables_columns for column in columns]
    folder = (sum(month for month, _ in votes), sum(day for _, day in votes))
    maps = []
    statuses: dict[str, Status] = {}
    for table, columns, others, (entity, certainty), about in zip(tables, tables_columns, elsewhere, entities, dictionaries, strict=True):
        placed: dict[int, Placed] = {}
        fills: dict[int, str] = {}
        if entity != CUSTOM:
            placed = received(_places(columns, vocabularies[entity], keys, others, embedder), columns, model.entities[entity])
            placed, fills = by_outcome(*prefer_actual(placed, columns, model.entities[entity]), columns, model.entities[entity])
            fills = unpaid(placed, fills, columns, model.entities[entity])
            placed = _without_strangers(placed, columns, keys)
            if entity == "opportunity":
                statuses |= {word: status for at, each in placed.items() if each.place in STATES for word, status in shown_outcomes(at, columns).items()}
            if not can_load(placed, columns, model.entities[entity]):
                entity, certainty, fills = CUSTOM, NOT_LOADABLE, {}
        if entity == CUSTOM and not about:
            placed = _custom_places(columns, own, keys)
        maps.append(_table_map(table, columns, entity, certainty, placed, fills, model, folder))
    return Mapping(system=system, tables=tuple(find_references(tables, maps, model, dictionaries)), statuses=statuses)


def _columns(table: SourceTable) -> list[Column]:
    return [Column(read_header(header), found) for header, found in zip(table.headers, profile(table), strict=True)]


def _without_strangers(placed: dict[int, Placed], columns: Sequence[Column], keys: Keys) -> dict[int, Placed]:
    """The places, but for a name taken for that of whoever looks after a record beside the number of one's own who does: people of the customer's, 负责人."""
    known = keys.names["member"]
    if not known:
        return placed
    by_number = {place.place.removesuffix(ID_SUFFIX) for place in placed.values() if place.place.endswith(ID_SUFFIX)}
    named = [at for at, place in placed.items() if place.place == "owner" and place.place in by_number]
    distinct = {at: columns[at].profile.distinct for at in named}
    strangers = {at for at, words in distinct.items() if sum(fold(each) in known for each in words) <= FEW_OF_OURS * len(words)}
    return {at: place for at, place in placed.items() if at not in strangers}


def _with_parties(
    kind: str,
    telling: frozenset[str],
    entities: Sequence[tuple[str, float]],
    tables_columns: Sequence[Sequence[Column]],
    elsewhere: Sequence[Sequence[Profile]],
    dictionaries: Sequence[bool],
    vocabulary: Vocabulary,
) -> list[tuple[str, float]]:
    """Where no table holds accounts (or products), the own table to whose records most others refer and that tells what is told of such does."""
    found = list(entities)
    if any(entity == kind for entity, _ in found):
        return found
    counts = {
        at: count
        for at, (entity, _) in enumerate(found)
        if entity == CUSTOM and not dictionaries[at] and (count := referred_to(tables_columns[at], elsewhere[at])) >= LEAST_REFERRING
    }
    for at in sorted(counts, key=lambda each: (-counts[each], each)):
        told = {place.place for place in _known_places(tables_columns[at], vocabulary, Keys(), elsewhere[at]).values()}
        if len(told & telling) >= LEAST_TOLD:
            found[at] = (kind, TAKEN_FOR_PARTIES)
            break
    return found


def _keys(
    tables: Sequence[SourceTable],
    tables_columns: Sequence[Sequence[Column]],
    entities: Sequence[str],
    vocabularies: Map[str, Vocabulary],
    elsewhere: Sequence[Sequence[Profile]],
) -> Keys:
    """The ids and names of the records that the export holds, after a first look at each table alone."""
    keys = Keys()
    for table, columns, entity, others in zip(tables, tables_columns, entities, elsewhere, strict=True):
        if entity == CUSTOM:
            continue
        placed = _known_places(columns, vocabularies[entity], Keys(), others)
        parts = [at for at, place in sorted(placed.items()) if place.place == "name"]
        if len(parts) > 1:
            keys.names[entity].update(fold(" ".join(row[at].strip() for at in parts if at < len(row))) for row in table.rows)
        for at, place in placed.items():
            if place.place == RECORD_ID:
                keys.id_headers[entity].add(columns[at].header.spoken)
                keys.ids[entity].update(fold(row[at]) for row in table.rows if at < len(row))
            elif place.place in ("name", "email", "number", "code", vocabularies[entity].entity.title):
                keys.names[entity].update(fold(row[at]) for row in table.rows if at < len(row))
        keys.ids[entity].discard("")
        keys.names[entity].discard("")
    return keys


def _places(columns: Sequence[Column], vocabulary: Vocabulary, keys: Keys, elsewhere: Sequence[Profile], embedder: Embedder | None) -> dict[int, Placed]:
    placed = _known_places(columns, vocabulary, keys, elsewhere)
    return add_meanings(placed, columns, vocabulary.entity, embedder) if embedder else placed


def _known_places(columns: Sequence[Column], vocabulary: Vocabulary, keys: Keys, elsewhere: Sequence[Profile]) -> dict[int, Placed]:
    """The places by words and contents; where the table has a noun of its own for its records, its headers are read with that."""
    placed = complete(place_all(columns, vocabulary, keys)[0], columns, vocabulary, elsewhere)
    noun = own_noun(placed, columns, vocabulary.entity)
    if not noun or noun in vocabulary.names:
        return placed
    vocabulary = vocabulary.with_noun(noun)
    return complete(place_all(columns, vocabulary, keys)[0], columns, vocabulary, elsewhere)


def _own_vocabulary(model: SemanticModel) -> Vocabulary:
    """The words by which a table of its own names what it refers to: those of contracts where they have such a reference."""
    entity = own_table(CUSTOM, Words(), 0, model.entities)
    alike = {name: field for name, field in model.entities["contract"].fields.items() if name in entity.fields}
    return Vocabulary(entity.model_copy(update={"fields": entity.fields | alike}), model)


def _custom_places(columns: Sequence[Column], vocabulary: Vocabulary, keys: Keys) -> dict[int, Placed]:
    """A custom table can still belong to records of other kinds, and have ids of its own."""
    placed, _ = place_all(columns, vocabulary, keys)
    return {at: place for at, place in placed.items() if _is_sure(place)}


def _is_sure(placed: Placed) -> bool:
    if placed.place in TRUSTED_BY_WORDS and placed.score >= SURE:
        return True
    return placed.because.endswith(IN_THE_EXPORT)


def _table_map(
    table: SourceTable,
    columns: Sequence[Column],
    entity: str,
    certainty: float,
    placed: Map[int, Placed],
    fills: Map[int, str],
    model: SemanticModel,
    folder: tuple[int, int],
) -> TableMap:
    known = model.entities.get(entity)
    maps = tuple(_column_map(column, table, columns, placed.get(at), fills.get(at), known, folder) for at, column in enumerate(columns))
    places = {column.position: column.to for column in maps if column.to not in (CUSTOM, RECORD_ID)}
    has_id = any(column.to == RECORD_ID for column in maps)
    return TableMap(
        file=table.file,
        sheet=table.sheet,
        entity=entity,
        label=label_of(table) if entity == CUSTOM else "",
        key=() if has_id or known is None else record_key(table, places, known),
        columns=maps,
        certainty=certainty,
    )


def _column_map(
    column: Column, table: SourceTable, columns: Sequence[Column], placed: Placed | None, fills: str | None, entity: Entity | None, folder: tuple[int, int]
) -> ColumnMap:
    place = placed.place if placed else CUSTOM
    target = entity.fields.get(place) if entity else None
    kind = target.type if target else custom_type(column) if place == CUSTOM else FieldType.TEXT
    order, because, assumed = None, "", False
    if kind.is_time:
        order, because, assumed = date_order(column, columns, folder, table.notes)
    numeric = kind in (FieldType.MONEY, FieldType.NUMBER, FieldType.COUNT)
    reason = (
        f"kept, and taken for “{fills}” where nothing came of it yet"
        if fills
        else placed.because
        if placed
        else ("the column is empty" if column.profile.is_empty else "no known field is called this; kept as a field of its own")
    )
    return ColumnMap(
        position=column.profile.position,
        header=table.headers[column.profile.position],
        to=place,
        type=kind if place == CUSTOM else None,
        fills=fills,
        date_order=order,
        order_assumed=assumed,
        factor=column.header.factor if numeric else 60 if kind is FieldType.DURATION_MINUTES and column.header.measure else 1,
        unit=unit_of(column) if kind is FieldType.MONEY else None,
        certainty=round(min(0.99, placed.score), 2) if placed else 0.7,
        because="; ".join(filter(None, (reason, because))),
    )
