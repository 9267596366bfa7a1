"""Readings that use every word and still answer another question: a sum where records are to be counted, a month by month where one period is asked for."""

from __future__ import annotations

import re

from agent.parsing.conditions.ordering import day_named
from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.spanning import other_events
from agent.parsing.targets.whose import tells_whose, whose
from tools.crm.query import Compare, Lasted
from tools.crm.semantic import FieldType
from tools.trace.cells import CellType

TIMES = ("trend", "change", "each", "year", "quarter", "month", "week", "day")
NUMBER_OF_RECORDS = re.compile(r"(?:有|共|一共|总共)?(?:多少|几)(?:[个家笔单份张起批位名]|条记录)", re.IGNORECASE)
_ADDED_UP = re.compile(r"加起来|合起来|加总|合计|累计|\badds? up\b|\badded up\b|\bcombined\b|\baltogether\b", re.IGNORECASE)
_EVENT_BEHIND = {"of", "after", "from"}
_STATES = {"status", "stage"}
_OF_TIME = re.compile(r"\b(?:longest|shortest|longer|shorter)\b|最长|最短|最久", re.IGNORECASE)
_AND_NUMBER = [["数", joint] for joint in "和与及、"]
_NUMBER_ASKED = {"是多少", "为多少"}
_AGAINST = {"ahead of", "behind", "short of", "ahead of the", "behind the"}
_COMPARED = re.compile(r"compar|versus|\bvs\b|相比|对比|比较", re.IGNORECASE)


def misfits(reading: Reading) -> list[int]:
    """Places of the words that such a reading has taken for something else."""
    found = [*_sum_for_count(reading), *_one_record_for_sum(reading), *_months_for_period(reading), *_days_from_today(reading), *_denied_anyway(reading)]
    return [
        *found,
        *_thing_for_person(reading),
        *_figure_for_time(reading),
        *_listed_for_compared(reading),
        *_listed_for_number(reading),
        *_target_alone(reading),
        *_age_of_others(reading),
        *_late_unsaid(reading),
        *_count_lost(reading),
        *other_events(reading),
    ]


def _count_lost(reading: Reading) -> list[int]:
    """As in 签约项目数和平均签约金额, where only the mean is given."""
    ref = reading.measures[0] if len(reading.measures) == 1 else None
    named = reading.paths.model.measures[ref.measure].op if ref is not None and ref.measure is not None else ""
    if ref is None or "count" in {named, ref.fold or ""} or ref.part is not None or ref.per is not None:
        return []
    items, tokens = reading.signals.items, reading.signals.tokens
    mentioned = [at for at, item in enumerate(items[:-1]) if any(term.what == "entity" for term in item.terms)]
    return [at for at in mentioned if [token.text for token in tokens[items[at].end : items[at + 1].start]] in _AND_NUMBER]


def _late_unsaid(reading: Reading) -> list[int]:
    """As in "were signed late", where all that were signed are shown."""
    return [index for index in reading.signals.at.get("later", ()) if index not in reading.used and reading.item(index).text.casefold() == "late"]


def _sum_for_count(reading: Reading) -> list[int]:
    """As in 估计金额5万以上的有多少单, where the money of these is added up and nobody asked for it."""
    if reading.dimensions or len(reading.measures) != 1 or reading.focus not in {"figure", "share"} or reading.signals.has("amount", "sum", "average", "share"):
        return []
    ref = reading.measures[0]
    measure = reading.paths.model.measures[ref.measure] if ref.measure else None
    path = ref.path or (measure.args[0] if measure is not None and measure.op == "sum" else None)
    folded = ref.fold or (measure.op if measure is not None else None)
    if path is None or folded != "sum" or ref.over or ref.since or reading.paths.field(reading.entity, path).type is not FieldType.MONEY:
        return []
    asked = reading.signals.at.get("count", ())
    return [index for index in asked if index not in reading.used and NUMBER_OF_RECORDS.fullmatch(reading.item(index).text)]


def _one_record_for_sum(reading: Reading) -> list[int]:
    """As in 谁经手的合同加起来最多, where the one largest record is shown."""
    if reading.focus != "top" or not reading.select or reading.measures:
        return []
    return [index for index in reading.signals.at.get("sum", ()) if index not in reading.used and _ADDED_UP.search(reading.item(index).text)]


def _months_for_period(reading: Reading) -> list[int]:
    """As in "new accounts this year, by first order date", where those of this year by another day are told apart by the month of that one."""
    window = reading.window
    if window is None or len(reading.dimensions) != 1 or reading.dimensions[0].grain is None or reading.signals.grain is not None:
        return []
    path = reading.dimensions[0].path
    if window.path == path or reading.signals.has(*TIMES):
        return []
    return [index for index in reading.used if any(t.what == "field" and t.key == path.rpartition(".")[2] for t in reading.item(index).terms)][:1]


def _days_from_today(reading: Reading) -> list[int]:
    """As in "won within 30 days of being created", where the last or the next 30 days are meant to be asked for."""
    if any(isinstance(part, Lasted) for part in reading.filters):
        return []
    items, tokens = reading.signals.items, reading.signals.tokens
    found = []
    for index, item in enumerate(items[:-1]):
        between = [token.norm for token in tokens[item.end : items[index + 1].start]]
        if item.period is None or not item.text.casefold().startswith("within") or not _EVENT_BEHIND & set(between[:1]):
            continue
        if day_named(reading, index + 1) is not None or {"opened", "signed", "closed"} & set(items[index + 1].cues):
            found.append(index)
    return found


def _denied_anyway(reading: Reading) -> list[int]:
    """As in 丢过两单、却一单都没成交过: of what is lost nothing is won, so that the second condition limits nothing."""
    wheres = [reading.paths.model.measures[ref.measure].where for ref in reading.measures if ref.measure]
    held = any("status" in where and len(where["status"]) == 1 for where in wheres)
    held = held or any(isinstance(part, Compare) and part.path == "status" and part.op == "eq" and len(part.values) == 1 for part in reading.filters)
    denied = any(isinstance(part, Compare) and part.path in _STATES and part.op == "ne" and _are_ends(part.values) for part in reading.filters)
    if reading.entity != "opportunity" or not held or not denied:
        return []
    return [index for index in (*reading.signals.at.get("without", ()), *reading.signals.at.get("not", ())) if index in reading.used][:1]


def _are_ends(values: tuple[str, ...]) -> bool:
    """Whether states or stages are words for a deal that ended."""
    return any({"won", "lost"} & {text, *cues().get(term_key(text), ())} for text in values)


def _thing_for_person(reading: Reading) -> list[int]:
    """As in 谁的客户最多, where the largest customer is shown."""
    return [] if tells_whose(reading) else [asking for asking, _, _ in whose(reading)]


def _figure_for_time(reading: Reading) -> list[int]:
    """As in "who took longest", where people are ranked by money or by a number of records."""
    measures = [reading.paths.model.measures[ref.measure] for ref in reading.measures if ref.measure and ref.per is None]
    timeless = bool(measures) and len(measures) == len(reading.measures) and all(m.op in {"count", "sum"} or m.type is CellType.MONEY for m in measures)
    timeless = timeless or any(each.path and reading.paths.field(reading.entity, each.path).type is FieldType.MONEY for each in reading.order)
    return [index for index in reading.signals.superlative if index in reading.used and timeless and _tells_time(reading, index)]


def _tells_time(reading: Reading, index: int) -> bool:
    """Whether a superlative is of time: "longest", 最久; and of single records 最慢 too, which are ranked by nothing they sell."""
    slow = bool(reading.select) and bool({"slow", "fast"} & set(reading.item(index).cues))
    return slow or _OF_TIME.search(reading.item(index).text) is not None


def _listed_for_number(reading: Reading) -> list[int]:
    """As in 韩梅这个季度的目标是多少, where her targets are listed: a number is asked for."""
    if reading.focus != "list" or reading.measures:
        return []
    return [index for index in reading.signals.at.get("lookup", ()) if index not in reading.used and reading.item(index).text in _NUMBER_ASKED]


def _target_alone(reading: Reading) -> list[int]:
    """As in "is the team ahead of target", where the target is told and nothing of what was reached."""
    if reading.entity != "target" or any(ref.measure not in {"target_amount", None} for ref in reading.measures):
        return []
    said = [index for index, item in enumerate(reading.signals.items[:-1]) if item.text.casefold() in _AGAINST]
    return [index for index in said if any(term.entity == "target" and term.what == "entity" for term in reading.item(index + 1).terms)]


def _age_of_others(reading: Reading) -> list[int]:
    """As in "how old is our oldest customer", where it is told how long deals with each have been noted."""
    if not any(ref.since and ref.upto for ref in reading.measures) or not reading.dimensions:
        return []
    if any(term.entity == reading.entity and term.what in {"entity", "measure"} for item in reading.signals.items for term in item.terms):
        return []
    return [index for index in reading.signals.at.get("aged", ()) if reading.item(index).text.casefold().startswith("how old")]


def _listed_for_compared(reading: Reading) -> list[int]:
    """As in "how did Q3 payments compare with the previous quarter", where those of one period are listed."""
    periods = [index for index, item in enumerate(reading.signals.items) if item.period is not None]
    if len(periods) < 2 or reading.measures or reading.focus != "list":
        return []
    said = [index for index in reading.signals.at.get("compare", ()) if index not in reading.used and _COMPARED.match(reading.item(index).text)]
    return [index for index in said if periods[0] < index or index < periods[-1]]
