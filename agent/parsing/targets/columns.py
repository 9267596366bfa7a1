"""The columns of a list of records."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.semantic import Field, FieldType
from tools.crm.semantic.model import RECORD_ID

SHOWN_COLUMNS = 7
MOST_ALIKE = 0.9


def with_column(select: tuple[str, ...], path: str) -> tuple[str, ...]:
    """The columns with one more, in place of the last where they are many."""
    if path in select:
        return select
    return (*select[: SHOWN_COLUMNS - 1], path)


def shown_columns(reading: Reading) -> tuple[str, ...]:
    """The columns of a list: what names the record, whom it belongs to, where it stands, its money and its day; filled ones only."""
    entity = reading.paths.model.entities[reading.entity]
    filled = [f for f in entity.fields.values() if reading.paths.vocabulary.content(entity.key, f.key).count]
    called = [key for key in (entity.title, RECORD_ID) if any(f.key == key for f in filled)]
    chosen = called[::-1] if len(called) > 1 and _is_shared(reading, called[0]) else called[:1]
    ranks = {FieldType.MONEY: 1, FieldType.REF: 2, FieldType.STAGE: 3, FieldType.DATE: 4, FieldType.DATETIME: 4, FieldType.NAME: 0}
    rest = sorted((f for f in filled if f.key not in chosen and f.type in ranks), key=lambda f: (f.key != entity.time, ranks[f.type]))
    others = [f for f in filled if f.key not in {*chosen, RECORD_ID} and f.type not in ranks and not _is_long(reading, f)]
    for field in (*rest, *others):
        if len(chosen) < SHOWN_COLUMNS:
            chosen.append(field.key)
    order = list(entity.fields)
    return tuple(sorted((str(key) for key in chosen or order[:1]), key=lambda key: (chosen.index(key) if key in called else len(called), order.index(key))))


def _is_shared(reading: Reading, title: str | None) -> bool:
    """Whether several records are called alike, as tickets by their subject, so that their numbers must tell them apart."""
    if title is None:
        return False
    content = reading.paths.vocabulary.content(reading.entity, title)
    return reading.paths.field(reading.entity, title).type is not FieldType.NAME and 0 < len(content.values) < MOST_ALIKE * content.count


def _is_long(reading: Reading, field: Field) -> bool:
    return field.type is FieldType.TEXT and not reading.paths.vocabulary.content(reading.entity, field.key).values
