"""As in "when was the last payment", 最近一笔回款是哪天, 最近一次签约是哪天: the day itself, rather than the record of that day."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.mentions import mentions_entity, named_by_value
from tools.crm.query import Between, Filter, MeasureRef

DEEDS = {"opportunity": {"signed", "won", "lost"}}
TIMES = ("次", "回", "趟", "last", "last time")
BY_NOW = ("最近", "上", "最新", "last", "most recent", "the last", "the most recent")


def dated(reading: Reading) -> Iterator[Reading]:
    """The first or last day of the records that are named, by the day that the question names or that they are usually dated by."""
    cue = reading.signals.at.get("when", [])
    if not cue or not reading.signals.timely:
        return
    mentions = [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index)]
    if not mentions and not _is_said_otherwise(reading):
        return
    entity, named = reading.paths.model.entities[reading.entity], _named_day(reading)
    path = named[1] if named is not None else entity.time
    if path is None or not reading.paths.vocabulary.filled(entity.key, path):
        return
    ref = MeasureRef(fold="max" if reading.signals.descending else "min", path=path)
    taken = [index for index in mentions[:1] if not named_by_value(reading, index)]
    used = [*taken, *cue, *reading.signals.superlative, *([named[0]] if named is not None else [])]
    filters = (*reading.filters, *_until_today(reading, path))
    yield reading.using(*used, measures=(ref,), filters=filters, fit=reading.fit + 1.0, notes=reading.notes | {"measure_item": str(used[0])})


def _is_said_otherwise(reading: Reading) -> bool:
    """As in 最近一次盘库是哪天, 最近一次签约是哪天: what happened, by a value of the records or by how deals ended, and no word for any records."""
    items, others = reading.signals.items, [index for index in range(len(reading.signals.items)) if not reading.item(index).is_only_cue]
    if any(term.what in {"entity", "measure", "kind"} for item in items for term in item.terms if term.filled):
        return False
    times = any(reading.item(index).text.casefold().endswith(TIMES) for index in reading.signals.superlative)
    deed = times and bool(DEEDS.get(reading.entity, set()) & reading.signals.at.keys())
    own = any(value.entity == reading.entity and not value.title for index in others for value in reading.item(index).values)
    own = own or (times and _named_day(reading) is not None)  # 最近一次报案是哪天
    return own or (deed and not any(items[index].values and not items[index].period for index in others))


def _named_day(reading: Reading) -> tuple[int, str] | None:
    """The place of a word for one of the records' own days beside the rest, 最近一张单是哪天出的, and that day."""
    fields = reading.paths.model.entities[reading.entity].fields
    for index, item in enumerate(reading.signals.items):
        own = [term.key for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type.is_time]
        if own and not item.values and index not in reading.used:
            return index, own[0]
    return None


def _until_today(reading: Reading, path: str) -> tuple[Filter, ...]:
    """As in "the last one": not one that is still to come, where records are dated ahead."""
    last, today = reading.paths.vocabulary.content(reading.entity, path).last, reading.signals.today
    said = any(reading.item(index).text.casefold().startswith(BY_NOW) for index in reading.signals.superlative)
    done = DEEDS.get(reading.entity, set()) & reading.signals.at.keys()
    if not said or done or not reading.signals.descending or today is None or last is None or last <= today:
        return ()
    return (Between(path=path, low=None, high=today.isoformat()),)
