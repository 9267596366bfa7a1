"""Finds what names the records of a table where no header's words do, and sees that no proposed mapping refuses every row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tools.crm.importing.mapping import RECORD_ID
from tools.crm.importing.proposing.contents import FEWEST_SHARED, fold
from tools.crm.importing.proposing.headers import is_chinese
from tools.crm.importing.proposing.personal_names import is_personal
from tools.crm.importing.proposing.places import SHORT_CODE, Column, Placed
from tools.crm.importing.proposing.profiling import Profile
from tools.crm.semantic import Entity, FieldType
from tools.store.base import Base, Sourced

NAMING = re.compile(r"(?:名称|全称|简称|姓名|名字|名|主题|标题|题目|name|title|subject|bezeichnung|firma|nom|nombre)$", re.IGNORECASE)
OF_PEOPLE = frozenset(("member", "contact"))
STANDING_IN = ("number", "code", "email")
OF_THE_STORE = frozenset(name for name in vars(Sourced) if not name.startswith("_")) | {"table_id"}
# Of rates, one of the two currencies may be left to the whole file.
EITHER = frozenset(("base", "quote"))
TELLING = 0.8
NEARLY_ALL = 0.97
LEAST = 0.55
STAND_IN = 0.4


def add_title(found: dict[int, Placed], columns: Sequence[Column], entity: Entity, elsewhere: Sequence[Profile]) -> None:
    """Place the title where it has none: at a column that is called a name, that other tables refer to, or that tells nearly all rows apart."""
    title = entity.fields.get(entity.title or "")
    if title is None or title.type is not FieldType.NAME or any(place.place == title.key for place in found.values()):
        return
    texts = [at for at, column in enumerate(columns) if at not in found and not column.profile.is_empty and _is_wording(column)]
    if entity.key in OF_PEOPLE:
        texts = [at for at in texts if columns[at].profile.share(is_personal) >= TELLING] or texts
    called = [at for at in texts if NAMING.search(columns[at].header.spoken) and _distinct(columns[at]) >= TELLING]
    if called:
        best, because = max(called, key=lambda at: (_distinct(columns[at]), -at)), "its header says name, and nearly every row has its own"
    elif meant := {at: count for at in texts if _distinct(columns[at]) >= TELLING and (count := _referring(columns[at], elsewhere))}:
        best, because = max(meant, key=lambda at: (meant[at], -at)), "other files of the export refer to the records by it"
    elif telling := [at for at in texts if _distinct(columns[at]) >= NEARLY_ALL]:
        best, because = max(telling, key=lambda at: (_distinct(columns[at]), -at)), "it names the records: nearly every row has its own"
    else:
        return
    found[best] = Placed(title.key, LEAST, because)


def referred_to(columns: Sequence[Column], elsewhere: Sequence[Profile]) -> int:
    """How many columns of other tables hold the names or the ids that a table gives its records, names in a column that is called so; 0 where it has none."""
    named = [column for column in columns if NAMING.search(column.header.spoken) and _is_wording(column) and _distinct(column) >= NEARLY_ALL]
    numbered = [column for column in columns if column.profile.telling_ids >= TELLING and _distinct(column) >= NEARLY_ALL]
    return max((_referring(column, elsewhere) for column in (*named, *numbered)), default=0)


def own_noun(placed: Mapping[int, Placed], columns: Sequence[Column], entity: Entity) -> str:
    """What the table calls its records, by the header over their names: 医院 of 医院名称, hospital of "hospital name"; empty where it doesn't say."""
    at = next((at for at, place in placed.items() if place.place == entity.title), None)
    said = columns[at].header.spoken if at is not None else ""
    noun = NAMING.sub("", said).strip()
    return noun if noun != said and len(noun) >= (2 if is_chinese(noun) else 4) else ""


def can_load(found: dict[int, Placed], columns: Sequence[Column], entity: Entity) -> bool:
    """True where the mapping gives all that the store requires; a name that is missing is first taken from the id, or from what tells rows apart."""
    table = Base.metadata.tables[entity.table]
    required = {column.name for column in table.c if not column.nullable and column.name not in OF_THE_STORE}
    missing = required - {place.place for place in found.values()}
    if entity.title in missing and entity.fields[entity.title].type is FieldType.NAME:
        at = _stand_in(found, columns)
        if at is not None:
            found[at] = Placed(entity.title, STAND_IN, "no column names the records, so what tells them apart stands for their name")
            missing.discard(entity.title)
    return not missing or (len(missing) == 1 and missing <= EITHER)


def _stand_in(found: Mapping[int, Placed], columns: Sequence[Column]) -> int | None:
    for place in (RECORD_ID, *STANDING_IN):
        at = next((at for at, placed in found.items() if placed.place == place and not columns[at].profile.is_empty), None)
        if at is not None:
            return at
    texts = [at for at, column in enumerate(columns) if at not in found and not column.profile.is_empty and column.profile.dates < TELLING]
    best = max(texts, key=lambda at: (_distinct(columns[at]), -at), default=None)
    return best if best is not None and _distinct(columns[best]) >= TELLING else None


def _referring(column: Column, elsewhere: Sequence[Profile]) -> int:
    """How many columns of other tables hold hardly anything but values of this one."""
    own = {fold(value) for value in column.profile.column()}
    held = [{fold(value) for value in profile.distinct} for profile in elsewhere]
    return sum(len(values) >= FEWEST_SHARED and len(values & own) >= TELLING * len(values) for values in held)


def _is_wording(column: Column) -> bool:
    profile = column.profile
    return (
        profile.numbers < 0.3 and profile.dates < 0.3 and profile.telling_ids < 0.5 and profile.emails < 0.3 and profile.share(SHORT_CODE.fullmatch) < TELLING
    )


def _distinct(column: Column) -> float:
    values = [value for value in column.profile.column() if value.strip()]
    return len(set(values)) / len(values) if values else 0.0
