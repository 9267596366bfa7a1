"""Who is asked for with the records: our own people whom they name; before the people of what they refer to, those of a column such as 鉴定员."""

from __future__ import annotations

import re

from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.semantic import FieldType

_DOING = re.compile(
    r"(?<![驾送收]货)(?<!驾驶)员$|工程师$|技师$|师傅$|(?:经办|处理|承办|责任|登记|执行|操作|检验|审核|受理|服务)人$"
    r"|\b(?:engineer|technician|handler|inspector|assessor|adjuster|surveyor|(?:handled|processed|assessed|inspected) by)$",
    re.IGNORECASE,
)


def doer(reading: Reading) -> str | None:
    """The way to whoever is meant by "who" of the records; None where they tell of nobody."""
    ways = [each for each in reading.paths.to_entity(reading.entity, "member") if each]
    own = _own_column(reading) if ways and "." in ways[0] else None
    return own or next(iter(ways), None)


def _own_column(reading: Reading) -> str | None:
    """The one column of an own table whose header says that somebody does the work."""
    entity = reading.paths.model.entities[reading.entity]
    if entity.custom_table is None:
        return None
    filled = [field for field in entity.fields.values() if field.type is FieldType.TEXT and reading.paths.vocabulary.content(entity.key, field.key).count]
    doing = [field.key for field in filled if any(_DOING.search(label) for label in own_labels(field))]
    return doing[0] if len(doing) == 1 else None
