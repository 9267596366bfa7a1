"""Two columns of a record as a condition: delivered later than promised, cost above the invoiced amount, arrived but not accepted yet."""

from __future__ import annotations

from agent.parsing.columns import Paired
from agent.parsing.conditions.lasting import is_open
from agent.parsing.conditions.overdue import is_of_money
from agent.parsing.reading.drafting import Reading
from tools.crm.measuring import overdue
from tools.crm.query import Beside, Compare, Filter, Lasted

DATED = "day compared"
OUTCOMES = {"won", "lost", "open", "closed", "signed"}
WAITING = ("待", "未", "没")
CLOSING = ("opportunity", "close_on")  # while a deal is open it may hold the day that is expected


def add_pairs(reading: Reading) -> Reading:
    """Comparisons of columns, which come before conditions that would read one of the two alone."""
    told: set[str] = {path for path in [reading.notes.get(DATED)] if path}
    for index in reading.open_items():
        found = _own(reading, index, "ordered", "passed", "empty", "beside")
        if found is None or (found.what == "empty" and reading.item(index).values):
            continue
        if found.what == "ordered" and "overdue" in reading.item(index).cues and is_of_money(reading):
            continue  # 逾期了多少钱 asks for what payments are still to bring, and not for what was delivered or paid late
        parts = _still_due(reading, index, found) or condition_of(reading, found)
        length = _length_by(reading, index) if found.what == "ordered" else None
        if parts is None or (found.bounded and length is None):
            continue
        if length is not None:
            reading, parts = reading.using(length), (_within(reading, found, length), *parts[1:])
        held = tuple(part for part in parts if part not in reading.filters)
        state = (*reading.signals.at.get("open", ()), *_denied_behind(reading, index)) if found.what == "passed" else ()  # 已过还没定
        told.add(found.path)
        notes = reading.notes | ({DATED: found.path} if found.what == "ordered" else {})
        reading = reading.using(index, *state, filters=(*reading.filters, *held), notes=notes, fit=reading.fit + (1.4 if held else 0.0))
    for index in reading.open_items():
        day = _own(reading, index, "day", "filled")
        values = reading.item(index).values
        stated = any(value.entity == reading.entity and not value.title for value in values)  # of those that are settled, the ones paid late
        if day is not None and not stated and not set(reading.item(index).cues) & OUTCOMES and day.path in told:
            reading = reading.using(index)  # "arrived" of "arrived in 2025 later than promised"
    return reading


def _still_due(reading: Reading, index: int, found: Paired) -> tuple[Filter, ...] | None:
    """As in 逾期待缴 of a state 待缴, 逾期的欠款: what is not done yet can't have been done late; the day that was planned is over."""
    today = reading.signals.today
    if found.what != "ordered" or "overdue" not in reading.item(index).cues or not found.other or today is None:
        return None
    items = reading.signals.items
    values = (value for item in items for value in item.values if value.entity == reading.entity and not value.title)
    owed = reading.signals.has("unpaid") or any(pair.what == "owed" for item in items for pair in item.pairs)
    waiting = owed or any(value.text.startswith(WAITING) for value in values)
    return (Compare(path=found.other, op="lt", values=(today.isoformat(),)),) if waiting else None


def _denied_behind(reading: Reading, index: int) -> tuple[int, ...]:
    """As in "past their planned arrival date and still not here": a denial with nothing left to deny but that it has happened."""
    denials = [at for at in reading.signals.at.get("not", ()) if at > index and at not in reading.used]
    return tuple(at for at in denials if all(each.is_only_cue for each in reading.signals.items[at + 1 :]))


def _length_by(reading: Reading, index: int) -> int | None:
    """As in "more than 10 days late", 晚了超过30天: the length right beside a comparison of days."""
    return next((at for at in (index - 1, index + 1) if 0 <= at < len(reading.signals.items) and at not in reading.used and reading.item(at).length), None)


def _within(reading: Reading, found: Paired, index: int) -> Lasted:
    """The days between bounded by a length, counted the way in which one is said to come after the other."""
    length = reading.item(index).length
    assert length is not None  # noqa: S101 - the caller looked
    path, since = (found.other, found.path) if found.op in {"lt", "ge"} else (found.path, found.other)
    return Lasted(path=path, since=since, op=length.op, days=f"{length.days.normalize():f}")


def add_happened(reading: Reading) -> Reading:
    """Events that are said to have happened, where nothing else explains the word: the day of it is there."""
    dated = {*reading.select, *([reading.window.path] if reading.window is not None else [])}
    told = ("day", "filled") if reading.paths.model.entities[reading.entity].custom_table is not None else ("day",)  # "cases closed in 2024"
    reading = reading.using(*(at for at in reading.open_items() if (day := _own(reading, at, *told)) is not None and day.path in dated))
    for index in reading.open_items():
        found = _own(reading, index, "filled")
        if found is None or not _is_event_alone(reading, index) or reading.signals.has("when"):
            continue
        numeric = reading.paths.field(reading.entity, found.path).type.is_numeric
        part = Compare(path=found.path, op="gt", values=("0",)) if numeric else Compare(path=found.path, op="not_null")
        if (reading.entity, found.path) == CLOSING:
            part = Compare(path="status", values=("won", "lost"))
        held = () if part in reading.filters else (part,)
        reading = reading.using(index, filters=(*reading.filters, *held), fit=reading.fit + 0.3)
    return reading


def condition_of(reading: Reading, found: Paired) -> tuple[Filter, ...] | None:
    """What a comparison requires of a record; None for one that asks for a figure."""
    match found.what:
        case "ordered":
            return None if found.measured else (Lasted(path=found.path, since=found.other, op=found.op, days="0"), *decided(reading, found))
        case "passed":
            today = reading.signals.today
            if today is None:
                return None
            undone = overdue(reading.paths.model.entities[reading.entity], today)[1:] or (Compare(path=found.path, op="is_null"),)
            said = _limited(reading)
            return Compare(path=found.other, op="lt", values=(today.isoformat(),)), *(part for part in undone if part.path not in said)
        case "empty":
            if (reading.entity, found.path) == CLOSING:
                return (Compare(path="status", values=("open",)),)
            return (Compare(path=found.path, op="is_null"),)
        case "beside":
            return (Beside(path=found.path, other=found.other, op=found.op, factor=found.factor), *decided(reading, found))
    return None


def _is_event_alone(reading: Reading, index: int) -> bool:
    """Whether a word says that something happened, and not what the records are: "delivered", but not "won"."""
    item = reading.item(index)
    return not item.values and not set(item.cues) & OUTCOMES


def decided(reading: Reading, found: Paired) -> tuple[Filter, ...]:
    """A deal that is still open has no day of closing but the one that is expected; what came in is told of won ones."""
    ends = {"close_on": ("won", "lost"), "amount": ("won",)}
    path = next((each for each in (found.path, found.other) if each in ends), None)
    if reading.entity != "opportunity" or path is None or "status" in _limited(reading) or is_open(reading):
        return ()
    return () if reading.signals.has("won", "lost", "closed") else (Compare(path="status", values=ends[path]),)


def _limited(reading: Reading) -> set[str]:
    """The fields that the records are limited by already."""
    said = {path for ref in reading.measures if ref.measure for path in reading.paths.model.measures[ref.measure].where}
    return said | {part.path for part in reading.filters if isinstance(part, Compare)}


def _own(reading: Reading, index: int, *kinds: str) -> Paired | None:
    return next((each for each in reading.item(index).pairs if each.entity == reading.entity and each.what in kinds), None)
