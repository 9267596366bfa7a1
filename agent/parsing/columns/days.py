"""Days of one record in order: delivered later than promised, 比约定晚到货, on time, past due; and days that are there or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.parsing.columns.found import Paired, Side, What
from agent.parsing.columns.roles import Pair
from agent.parsing.columns.segments import Segment
from agent.parsing.language.text import singular

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

CORES = ("late", "on_time", "early", "after", "before", "passed", "delay")
BETWEEN = 8
RATES = {"rate", "rates", "率", "ratio", "percentage", "share"}
GOODS = {"货", "货物", "goods"}
DUE = {"due", "fallsdue", "falldue", "fallingdue", "felldue", "wasdue", "weredue"}
BY = {"按", "按照", "by"}
USUAL = ("arrive", "finish", "pay")
STATES = {"arrive", "ship", "accept", "install", "train", "return"}
DENIED, AHEAD = 7, 6
CLAUSE_ENDS = {",", "，", "、", ";", "；", "?", "？"}
KNOWN = {"close", "sign", "resolve", "reply"}
OPPOSITE: dict[Side, Side] = {"gt": "le", "le": "gt", "lt": "ge", "ge": "lt"}
SHORT = {"到", "到的", "付", "签", "退"}
LENGTHS = {"day", "days", "long", "天", "久", "week", "weeks"}
_PAST = {"pastdue", "已过", "已经过了", "已经过", "早过了", "passed", "overdue"}


@dataclass(frozen=True, slots=True)
class _Said:
    """One comparison of days: segments from, up to, and what they say."""

    first: int
    last: int
    op: Side
    events: frozenset[str]
    passed: bool = False
    measured: bool = False
    shared: bool = False
    bounded: bool = False


def find_days(found: Sequence[Segment], vocabulary: Vocabulary) -> Iterator[tuple[int, int, tuple[Paired, ...]]]:
    """Comparisons of days, then the events beside them, then events that have happened or not."""
    found = [_of_days(each, vocabulary) for each in found]
    said = list(_comparisons(found))
    inside = {at for each in said for at in range(each.first, each.last)}
    others = frozenset[str]().union(*(segment.names("event") for at, segment in enumerate(found) if at not in inside))
    compared: set[tuple[str, str]] = set()
    called = {at: _columns_in(found[each.first : each.last]) for at, each in enumerate(said)}
    holders = {kind for columns in called.values() for kind, _ in columns}
    for at, each in enumerate(said):
        columns = called[at]
        both = sum(bool(segment.columns) for segment in found[each.first : each.last]) > 1
        pairs = []
        for entity in _kinds(vocabulary):
            if columns and all(kind != entity for kind, _ in columns) and (both or not each.events):
                continue
            if holders and not columns and not each.events and entity not in holders:
                continue  # 准时率……（A不晚于B就算准时）: of the records that have the columns which say what is on time
            pair = _pair(vocabulary, entity, each.events, others, {key for kind, key in columns if kind == entity})
            if pair is None or (each.passed and vocabulary.model.entities[entity].due is not None and not (each.events or columns)):
                continue
            what: What = "passed" if each.passed else "ordered"
            pairs.append(Paired(entity, what, pair.actual.path, pair.planned.path, each.op, measured=each.measured, shared=each.shared, bounded=each.bounded))
            compared.add((entity, pair.actual.path))
        if pairs:
            yield found[each.first].start, found[each.last - 1].end, tuple(pairs)
    yield from _events(found, inside, compared, vocabulary, any(set(each.text.split()) & LENGTHS or each.text[-1:] in LENGTHS for each in found))


def _columns_in(found: Sequence[Segment]) -> set[tuple[str, str]]:
    return {(term.entity, term.key) for segment in found for term in segment.columns}


def _kinds(vocabulary: Vocabulary) -> Iterator[str]:
    return iter(vocabulary.columns.days)


def _of_days(segment: Segment, vocabulary: Vocabulary) -> Segment:
    """The same with its columns of days alone; a word for what is to be paid where nothing of that name is kept by itself."""
    entities = vocabulary.model.entities
    columns = tuple(term for term in segment.columns if entities[term.entity].fields[term.key].type.is_time and not segment.has("dates"))
    kinds = segment.kinds
    if segment.has("bill") and not any(term.filled for term in vocabulary.terms.get(singular(segment.text), ())):
        kinds |= {"event:pay"}
    if any(day.path == term.key and day.planned for term in columns for day in vocabulary.columns.days.get(term.entity, ())):
        kinds |= {"planned_column"}
    return replace(segment, columns=columns, kinds=kinds)


def _comparisons(found: Sequence[Segment]) -> Iterator[_Said]:
    at = 0
    while at < len(found):
        said = _than(found, at) or _core(found, at)
        if said is None:
            at += 1
            continue
        yield said
        at = max(said.last, at + 1)


def _than(found: Sequence[Segment], at: int) -> _Said | None:
    """As in 到货比约定日期晚: what was planned stands between 比 and the word for which comes first."""
    if not found[at].has("than"):
        return None
    for end in range(at + 2, min(at + BETWEEN, len(found))):
        if found[end].has("behind", "ahead"):
            inner = found[at + 1 : end]
            if any(each.has("planned") or each.columns for each in inner) and all(_belongs(each) for each in inner):
                return _widened(found, at, end + 1, "gt" if found[end].has("behind") else "lt")
            return None
        if not _belongs(found[end]) and end > at + 1:
            return None
    return None


def _core(found: Sequence[Segment], at: int) -> _Said | None:
    core = found[at]
    within = core.text == "of" and at > 0 and found[at - 1].text in LENGTHS
    said_of = at + 1 < len(found) and core.end == found[at + 1].start and bool(found[at + 1].names("event"))
    if said_of and core.has("behind", "ahead") and not core.has(*CORES):
        return _widened(found, at, at + 1, "gt" if core.has("behind") else "lt")  # 晚上线的
    if not core.has(*CORES) and not within:
        return None
    behind = _run(found, at + 1, 1)
    planned = any(each.has("planned") or _is_planned_column(each) for each in found[at + 1 : behind])
    if within:
        return _bounded_by(_widened(found, at, at + 1, "le")) if any(each.has("planned") for each in found[at + 1 : behind]) else None
    if core.has("delay"):
        return _Said(at, at + 1, "gt", frozenset(), measured=True)
    if core.has("passed") and not core.has("late"):
        before = found[_run(found, at - 1, -1) + 1 : at]
        happened = any(each.names("event") and not each.has("bill") for each in before) and not any(each.has("planned") for each in before)
        due = core.text in _PAST or planned or any(each.has("planned_column") for each in before)
        if due and not happened:
            said = _widened(found, at, at + 1, "gt")
            named = any(each.has("planned") or each.columns or each.names("event") for each in found[said.first : said.last])
            return _Said(said.first, said.last, "lt", said.events, passed=True) if named or core.text == "pastdue" else None
        if not planned:
            return None
    if core.has("late") and at + 1 < len(found) and (found[at + 1].has("not") or found[at + 1].denied):
        return _Said(at, at + 1, "lt", frozenset(), passed=True)  # 逾期未付
    if core.has("after", "before") and not core.has("late", "on_time", "early") and not planned:
        return None
    if core.text in {"early", "late"} and at + 1 < len(found) and found[at + 1].text[:1].isdigit():
        return None  # "in late 2024"
    return _widened(found, at, at + 1, "le" if core.has("on_time") else "lt" if core.has("early", "before") else "gt")


def _bounded_by(said: _Said) -> _Said:
    """As in "within 5 days of the agreed date": only the length before it says how the days lie."""
    return replace(said, bounded=True)


def _is_planned_column(segment: Segment) -> bool:
    return bool(segment.columns)


def _widened(found: Sequence[Segment], first: int, last: int, op: Side) -> _Said:
    """With the words on both sides that name the days, without those at the ends that say nothing, turned round by a denial before it."""
    start, end = _run(found, first - 1, -1) + 1, _run(found, last, 1)
    while start < first and _says_nothing(found[start], "dates"):
        start += 1
    while end > last and _says_nothing(found[end - 1]):
        end -= 1
    if op == "le" and start > 0 and found[start - 1].text in BY:
        start -= 1
    shared = end < len(found) and found[end].text in RATES
    end += shared
    denied = [at for at in (first - 1, start - 1, start - 2) if at >= 0 and found[at].has("not")]
    if denied:
        start, op = min(start, denied[0]), OPPOSITE[op]
    events = frozenset[str]().union(*(each.names("event") for each in found[start:end]))
    return _Said(start, end, op, events, shared=shared)


def _says_nothing(segment: Segment, *more: str) -> bool:
    return segment.kinds <= {"light", "weak", "is", *more} and not segment.columns and segment.text not in GOODS


def _run(found: Sequence[Segment], at: int, step: int) -> int:
    """The first place, going one way, whose words name no days."""
    while 0 <= at < len(found) and _belongs(found[at]):
        at += step
    return at


def _belongs(segment: Segment) -> bool:
    return segment.has("planned", "actual", "dates", "light") or bool(segment.names("event")) or bool(segment.columns)


def _pair(vocabulary: Vocabulary, entity: str, said: frozenset[str], others: frozenset[str], columns: set[str]) -> Pair | None:
    """The two days that are meant of one kind of record; None where it has none of them, or several that may be."""
    pairs = vocabulary.columns.pairs.get(entity, ())
    named = [each for each in pairs if {each.actual.path, each.planned.path} & columns]
    if named:
        return max(named, key=lambda each: len({each.actual.path, each.planned.path} & columns))
    if columns:
        return None  # a day that belongs to no pair is named
    if said:
        pairs = tuple(each for each in pairs if each.events & said)
    elif others:
        pairs = tuple(each for each in pairs if each.events & others) or pairs
    for event in (None, *USUAL):
        left = [each for each in pairs if event is None or event in each.events]
        if len(left) == 1:
            return left[0]
    return None


def _events(
    found: Sequence[Segment], inside: set[int], compared: set[tuple[str, str]], vocabulary: Vocabulary, timed: bool
) -> Iterator[tuple[int, int, tuple[Paired, ...]]]:
    """Events outside the comparisons: the day that is meant, whether it has come, or that it has not."""
    for at, segment in enumerate(found):
        events = segment.names("event")
        if at in inside or not events:
            if at not in inside and segment.text in DUE and not _names_event(found, at) and (due := tuple(payable(vocabulary))):
                yield segment.start, segment.end, due
            continue
        start, end, what = _state(found, at)
        if what != "empty" and (planned := list(_to_come(found, at, vocabulary))):
            yield segment.start, segment.end, tuple(planned)
            continue
        if what == "day" and (segment.text in SHORT or events <= KNOWN or segment.text in vocabulary.columns.states):
            continue
        pairs = []
        headed = segment.text in vocabulary.columns.states  # 办结 of 办结日期: the export's own word, and not one that means the same elsewhere
        for entity in _kinds(vocabulary):
            days = [day for day in vocabulary.columns.days[entity] if day.events & events and not day.planned]
            days = [day for day in days if not headed or any(word == segment.text for word, _ in day.states)]
            own = [day for day in days if (entity, day.path) in compared]
            told = (what != "day" and (headed or events & {*vocabulary.columns.states.values()})) or (what == "empty" and "pay" in events)
            kept = own or [
                day
                for day in days
                if (timed and what == "day")
                or vocabulary.model.entities[entity].custom_table is not None
                or events & STATES
                or (told and (entity, day.path) in vocabulary.columns.unfinished)
            ]
            paid = [each for each in vocabulary.columns.amounts.get(entity, ()) if "pay" in each.about] if events == {"pay"} and what == "filled" else []
            if len(paid) == 1 and len(kept) == 1 and not own:
                pairs.append(Paired(entity, "filled", paid[0].path))
            elif len(kept) == 1 and (own or timed or what != "day" or segment.has("bill")):
                pairs.append(Paired(entity, what, kept[0].path))  # type: ignore[arg-type]
        if pairs:
            yield found[start].start, found[end - 1].end, tuple(pairs)


def _names_event(found: Sequence[Segment], at: int) -> bool:
    """Whether what is due is said beside: "due to arrive", "due for acceptance", "due date"."""
    behind = found[at + 1 : at + 4]
    near = next((each for each in behind if not each.kinds <= {"light", "weak", "is"} or not each.kinds), None)
    return near is not None and (near.has("dates") or bool(near.names("event")))


def payable(vocabulary: Vocabulary) -> Iterator[Paired]:
    """The day on which something is to be paid, of every kind of record that has one beside the day on which it was."""
    for entity, pairs in vocabulary.columns.pairs.items():
        days = {each.planned.path for each in pairs if "pay" in each.events}
        if len(days) == 1:
            yield Paired(entity, "day", days.pop())


def _to_come(found: Sequence[Segment], at: int, vocabulary: Vocabulary) -> Iterator[Paired]:
    """As in 预计九月定标的, "due to arrive in May": the day that was planned for an event, where a word before it says that it is planned."""
    before = found[max(at - AHEAD, 0) : at]
    near = next((place for place in range(len(before) - 1, -1, -1) if before[place].has("planned") and not before[place].columns), -1)
    if near < 0 or any(each.has("dates") for each in before[near : near + 2]):
        return  # "after the due date" is no plan to do something
    if any(each.names("event") or each.columns or each.has(*CORES, "not") or each.text in CLAUSE_ENDS for each in before[near:]):
        return
    for entity in _kinds(vocabulary):
        days = [day for day in vocabulary.columns.days[entity] if day.events & found[at].names("event") and day.planned]
        if len(days) == 1 and (found[at].text in vocabulary.columns.states or vocabulary.model.entities[entity].fields[days[0].path].custom):
            yield Paired(entity, "day", days[0].path)


def _state(found: Sequence[Segment], at: int) -> tuple[int, int, str]:
    """Whether an event is said to have happened (已到货, "delivered") or not (还没验收, "not accepted yet"), with the words that say so."""
    first, last, what = _said_of(found, at)
    if first > 0 and found[first - 1].text in GOODS:
        first -= 1
    behind = last + 1 if last < len(found) and found[last].text == "的" else last
    return first, behind + 1 if behind < len(found) and found[behind].text in GOODS else last, what


def _said_of(found: Sequence[Segment], at: int) -> tuple[int, int, str]:
    if found[at].denied:
        return at, at + 1, "empty"
    if any(each.has("not") for each in found[max(at - DENIED, 0) : max(at - 3, 0)]):
        return at, at + 1, "day"
    before = next((near for near in (at - 1, at - 2, at - 3) if near >= 0 and not found[near].kinds <= {"light", "weak", "is"}), -1)
    denies_other = any(each.text == "的" for each in found[max(before, 0) + 1 : at])  # 没有合同编号的装机 have been installed
    if before >= 0 and found[before].has("not") and at - before <= 3 and not denies_other:
        behind = at + 2 if at + 1 < len(found) and found[at + 1].text in {"yet", "的"} else at + 1
        return before, behind if found[behind - 1].text == "yet" else at + 1, "empty"
    if at > 0 and found[at - 1].text in {"已", "已经"}:
        return at - 1, at + 1, "filled"
    behind_text = found[at + 1].text if at + 1 < len(found) else ""
    if behind_text in {"了", "过", "的"} or behind_text.startswith("占") or found[at].text.endswith(("ed", "paid", "的", "了")):
        return at, at + (2 if behind_text in {"了", "过"} else 1), "filled"
    return at, at + 1, "day"
