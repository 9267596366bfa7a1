"""Records ranked by how long they took: 处理时间最长的投诉, "which deal took the longest to close"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.conditions.lasting import start_of
from agent.parsing.conditions.named_times import named_by, times_of
from agent.parsing.conditions.outcomes import CLOSING_DAYS, RESPONSE_DAYS
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.columns import shown_columns
from agent.parsing.targets.mentions import mentions_kind, named_by_value
from tools.crm.query import Dimension, MeasureRef, Order
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import RECORD_ID
from tools.crm.semantic.outlook import PLANNED

_LENGTH = re.compile(r"longest|shortest|最长|最短|最久|最慢|最快|slowest|fastest|quickest", re.IGNORECASE)
_BARE = re.compile(r"longest|shortest|最长|最短", re.IGNORECASE)
_SPAN = re.compile(r"时间|时长|用时|耗时|time|duration", re.IGNORECASE)
ENDING = ("resolved", "closed", "closing", "won", "paid")
OTHERS = ("average", "median", "group", "share", "aged", "waiting", "open", "responded", "count")


def taking_longest(reading: Reading) -> Iterator[Reading]:
    """The records by the days from their beginning to their end, where a word for the longest or shortest time ranks the records themselves."""
    signals = reading.signals
    ranking = [index for index in signals.superlative if _LENGTH.search(reading.item(index).text)]
    if not ranking or not signals.superlative - set(ranking) <= signals.top_items or signals.has(*OTHERS):
        return
    mentions = [index for index in range(len(signals.items)) if mentions_kind(reading, index) or named_by_value(reading, index)]
    found, column = _duration(reading), record_column(reading)
    if not mentions or found is None or column is None or _ranks_others(reading, mentions):
        return
    said, ref = found
    longest = not re.search(r"shortest|最短|最快|fastest|quickest", "".join(reading.item(index).text for index in ranking), re.IGNORECASE)
    named = [] if named_by_value(reading, mentions[0]) and not mentions_kind(reading, mentions[0]) else mentions[:1]
    used = [*ranking, *signals.top_items, *said, *named, *(index for kind in ("which", "list", "lookup") for index in signals.at.get(kind, ()))]
    yield reading.using(
        *used, measures=(ref,), dimensions=(Dimension(path=column),), order=(Order(measure=0, descending=longest),),
        limit=signals.top or 1, skip=signals.place - 1, focus="top", fit=reading.fit + 2.4,
    )  # fmt: skip


def worked_on(reading: Reading) -> Iterator[Reading]:
    """As in 索赔平均处理多久: the time from the beginning to the end of records for which no duration has a name."""
    signals = reading.signals
    cue, ended = signals.at.get("duration", []), [index for kind in ("resolved", "closed", "closing") for index in signals.at.get(kind, ())]
    mentions = [index for index in range(len(signals.items)) if mentions_kind(reading, index)]
    named = any(m.entity == reading.entity and m.op == "days" for m in reading.paths.model.measures.values())
    if not cue or not ended or not mentions or named or any(item.length is not None for item in signals.items):
        return
    days = ending_days(reading)
    if days is not None:
        fold = "median" if signals.has("median") else "avg"
        used = [*cue, *ended, *mentions[:1], *signals.at.get("average", ()), *signals.at.get("median", ())]
        yield reading.using(
            *used, measures=(MeasureRef(fold=fold, since=days[0], path=days[1]),), fit=reading.fit + 1.0,
            notes=reading.notes | {"measure_item": str(cue[0])},
        )  # fmt: skip


def record_column(reading: Reading) -> str | None:
    """The column that tells the records of a kind apart: their name, else their number, else the first that is shown."""
    entity, filled = reading.paths.model.entities[reading.entity], reading.paths.vocabulary.filled
    named = entity.title if entity.title and entity.fields[entity.title].type is FieldType.NAME else None
    return next((key for key in (named, RECORD_ID) if key and key in entity.fields and filled(reading.entity, key)), next(iter(shown_columns(reading)), None))


def ending_days(reading: Reading) -> tuple[str, str] | None:
    """Since when and until when a record of an own kind is worked on: the day it began, and its one day whose name tells of an end."""
    happened = [field for field in times_of(reading) if not any(PLANNED.search(word.casefold()) for word in field.words.en[:2] + field.words.zh[:2])]
    ends = [field.key for field in happened if any(named_by(field, kind) for kind in ("resolved", "closed"))]
    others = [field.key for field in happened if field.key not in ends]
    usual = reading.paths.model.entities[reading.entity].time
    since = start_of(reading) or (usual if usual in others else others[0] if len(others) == 1 else None)
    return (since, ends[0]) if since is not None and len(ends) == 1 and since != ends[0] else None


def _duration(reading: Reading) -> tuple[list[int], MeasureRef] | None:
    """How long records took, and the words that say so: a named duration, or a word for a time beside one for an end."""
    own = [m for m in reading.paths.model.measures.values() if m.entity == reading.entity and m.op == "days" and m.key not in reading.paths.lengths]
    own = [m for m in own if all(reading.paths.vocabulary.filled(reading.entity, path) for path in m.args[:2])]
    items = list(enumerate(reading.signals.items))
    for index, item in items:
        for measure in own:
            if any(term.what == "measure" and term.key == measure.key for term in item.terms) and _SPAN.search(item.text):
                return [index], MeasureRef(measure=measure.key)
            if any(term.what == "measure" and term.key == measure.key and term.rank == 0 for term in item.terms):
                return [index], MeasureRef(measure=measure.key)
    ended = [index for kind in ENDING for index in reading.signals.at.get(kind, ())]
    spans = [index for index, item in items if _SPAN.fullmatch(item.text) and not item.values]
    bare = any(_BARE.fullmatch(reading.item(index).text) for index in reading.signals.superlative)
    if not ended or (bare and not spans):
        return None
    closing = next((m for m in own if m.args[0] in {*CLOSING_DAYS, "close_on"} - RESPONSE_DAYS), None)
    if closing is not None:
        return [*ended, *spans], MeasureRef(measure=closing.key)
    days = ending_days(reading) if not own else None
    return None if days is None else ([*ended, *spans], MeasureRef(fold="avg", since=days[0], path=days[1]))


def _ranks_others(reading: Reading, mentions: list[int]) -> bool:
    """As in 哪个业务员处理工单最快: other kinds of record are named, whose records these are."""
    named = (item for index, item in enumerate(reading.signals.items) if index not in mentions)
    return any(term.what in {"entity", "inverse"} and term.entity != reading.entity and term.rank < 2 for item in named for term in item.terms)
