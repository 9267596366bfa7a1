"""Readings that use every word and still answer another question: a sum where records are to be counted, a month by month where one period is asked for."""

from __future__ import annotations

import re
from itertools import pairwise

from agent.parsing.conditions.ordering import day_named
from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import term_key
from agent.parsing.linking.items import OUTCOMES, Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.spanning import other_events
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.targets.mentions import WHO, sized_before
from agent.parsing.targets.sizing import SIZED
from agent.parsing.targets.whose import tells_whose, whose
from tools.crm.query import Compare, Exists, Lasted
from tools.crm.semantic import FieldType
from tools.trace.cells import CellType

TIMES = ("trend", "change", "each", "year", "quarter", "month", "week", "day")
NUMBER_OF_RECORDS = re.compile(r"(?:有|共|一共|总共)?(?:多少|几)(?:[个家笔单份张起批位名]|条记录)|how many", re.IGNORECASE)
_ADDED_UP = re.compile(r"加起来|合起来|加总|合计|累计|\badds? up\b|\badded up\b|\bcombined\b|\baltogether\b", re.IGNORECASE)
_EVENT_BEHIND = {"of", "after", "from"}
_STATES = {"status", "stage"}
_OF_TIME = re.compile(r"\b(?:longest|shortest|longer|shorter)\b|最长|最短|最久", re.IGNORECASE)
_AND_NUMBER = [["数", joint] for joint in "和与及、"]
_NUMBER_ASKED = {"是多少", "为多少"}
_AGAINST = {"ahead of", "behind", "short of", "ahead of the", "behind the"}
_MONEY = re.compile(r"钱|\bmoney\b", re.IGNORECASE)
_PRICE = re.compile(r"贵|便宜|expensive|cheap|pric[ie]y|priciest|dearest", re.IGNORECASE)
_BETWEEN = {"是", "的", "有", "都", "the", "of", "are", "our"}
_ORDER_OF_PAYMENT = "term"
_OURS = re.compile(r"won\b|deal|赢|成交|丢|输|签", re.IGNORECASE)
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
        *_others_listed(reading),
        *_unranked(reading),
        *_count_for_money(reading),
        *_number_for_size(reading),
        *_number_for_price(reading),
        *_state_of_state(reading),
        *_money_of_rival(reading),
        *_modifier_counted(reading),
        *_numbers_in_order_added(reading),
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
    added = any("filler" not in reading.item(index).cues for index in reading.signals.at.get("sum", ()))  # 一共 says nothing of what is counted
    if reading.dimensions or len(reading.measures) != 1 or reading.focus not in {"figure", "share"}:
        return []
    if added or reading.signals.has("amount", "average", "share"):
        return []
    ref = reading.measures[0]
    measure = reading.paths.model.measures[ref.measure] if ref.measure else None
    path = ref.path or (measure.args[0] if measure is not None and measure.op == "sum" else None)
    folded = ref.fold or (measure.op if measure is not None else None)
    if path is None or folded != "sum" or ref.over or ref.since or reading.paths.field(reading.entity, path).type is not FieldType.MONEY:
        return []
    asked = reading.signals.at.get("count", ())
    named = [index for index in asked if NUMBER_OF_RECORDS.fullmatch(reading.item(index).text)]
    return [index for index in named if not any(item.currency for item in reading.signals.items[index + 1 : index + 2])]  # how many euros


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
    """Whether a superlative is of time: "longest", 最久, 最慢."""
    slow = bool({"slow", "fast"} & set(reading.item(index).cues))
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


def _others_listed(reading: Reading) -> list[int]:
    """As in "which key accounts filed a complaint", where complaints are listed: the noun beside which is of another kind than what is shown."""
    items = reading.signals.items
    if reading.focus != "list" or reading.measures or any(_is_noun_of(item, reading.entity) for item in items):
        return []
    for index in reading.signals.at.get("which", ()):
        if reading.item(index).text.casefold() in WHO:
            continue
        behind = next((at for at in range(index + 1, len(items)) if not (items[at].values and not items[at].terms)), None)
        beside = [at for at in (behind, index - 1) if at is not None and 0 <= at < len(items) and _touches(reading, index, at)]
        told = next((at for at in beside if any(term.what == "entity" and term.filled for term in items[at].terms)), None)
        if told is not None:
            return [told]
    return []


def _is_noun_of(item: Item, entity: str) -> bool:
    """Whether an item names a kind of record, or a value or field that is of such records alone."""
    return any(term.what in {"entity", "kind", "measure"} and term.entity == entity for term in item.terms)


def _touches(reading: Reading, one: int, other: int) -> bool:
    """Whether nothing but values stands between two items."""
    first, last = sorted((one, other))
    covered = {at for index in range(first, last + 1) for at in range(reading.item(index).start, reading.item(index).end)}
    return all(at in covered or reading.signals.tokens[at].text in _BETWEEN for at in range(reading.item(first).start, reading.item(last).end))


def _unranked(reading: Reading) -> list[int]:
    """As in "who has owned the most complaints", where all complaints are listed: nobody is told to have the most."""
    if reading.focus not in {"list", "figure"} or reading.order or reading.limit is not None or reading.dimensions:
        return []
    asked = [index for kind in ("which", "lookup") for index in reading.signals.at.get(kind, ()) if reading.item(index).text.casefold() in WHO]
    return [index for index in sorted(reading.signals.superlative) if asked and index not in reading.used]


def _count_for_money(reading: Reading) -> list[int]:
    """As in 各类客户平均每份合同多少钱, where it is told how many contracts there are for each."""
    model = reading.paths.model
    folds = [model.measures[ref.measure].op if ref.measure else ref.fold for ref in reading.measures]
    counts = bool(folds) and set(folds) <= {"count", "count_distinct"}
    return [index for index in reading.signals.at.get("amount", ()) if counts and index not in reading.used and _MONEY.search(reading.item(index).text)]


def _number_for_size(reading: Reading) -> list[int]:
    """As in "which client has the largest contract", where it is told who has the most contracts: one of them has a size."""
    model, items = reading.paths.model, reading.signals.items
    folds = {model.measures[ref.measure].op if ref.measure else ref.fold for ref in reading.measures}
    if folds != {"count"} or not reading.dimensions or reading.signals.has("count"):
        return []
    kinds = (reading.entity, *(part.entity for part in reading.filters if isinstance(part, Exists)))
    found = []
    for index in sorted(reading.signals.superlative):
        behind = next((item for item in items[index + 1 : index + 3] if "filler" not in item.cues), None)
        ahead = (
            behind is not None
            and {*behind.cues} <= OUTCOMES  # "the largest open deal"
            and any(term.entity in kinds and (term.what == "entity" or _counts(reading, term)) for term in behind.terms)
        )
        if SIZED.search(reading.item(index).text) and (ahead or sized_before(reading, index)):
            found.append(index)
    return found


def _counts(reading: Reading, term: Term) -> bool:
    return term.what == "measure" and reading.paths.model.measures[term.key].op == "count"


def _number_for_price(reading: Reading) -> list[int]:
    """As in 最贵的设备是什么型号, "our cheapest product", where it is told of which there are the most records, or which brought the most money."""
    model = reading.paths.model
    folds = {model.measures[ref.measure].op if ref.measure else ref.fold for ref in reading.measures}
    total = bool(folds) and folds <= {"count", "sum"} and bool(reading.dimensions)
    return [index for index in sorted(reading.signals.superlative) if (total or folds == {"count"}) and _PRICE.search(reading.item(index).text)]


def _state_of_state(reading: Reading) -> list[int]:
    """As in "of everything decided, definite or lost, what percentage did we win": of what is in the stage of won deals, all are won."""
    stages = any(isinstance(part, Compare) and part.path == "stage" and part.op == "eq" for part in reading.filters)
    by_status = bool(reading.only) and [each.path for each in reading.dimensions] == ["status"]
    return list(reading.signals.at.get("share", ()))[:1] if reading.focus == "share" and stages and by_status else []


def _money_of_rival(reading: Reading) -> list[int]:
    """As in "Acme's revenue" of a competitor: what we won where they were the competitor is not theirs."""
    money = any(ref.measure and reading.paths.model.measures[ref.measure].type is CellType.MONEY for ref in reading.measures)
    rivals = {text for part in reading.filters if isinstance(part, Compare) and part.path == "competitor" and part.op == "eq" for text in part.values}
    if not money or not rivals or reading.signals.has("won", "lost", "sold", "company", "without"):
        return []
    found = []
    dated = {at for item in reading.signals.items if item.period is not None for at in range(item.start, item.end)}  # 某公司去年的销售收入
    told = [(index, item) for index, item in enumerate(reading.signals.items) if item.period is None]
    for (index, item), (_, behind) in pairwise(told):
        between = [reading.signals.tokens[at].text for at in range(item.end, behind.start) if at not in dated]
        led = index and any(term.what == "field" and term.key == "competitor" for term in reading.item(index - 1).terms)
        named = any(value.field == "competitor" and value.text in rivals for value in item.values)
        theirs = any(term.what == "measure" for term in behind.terms) and not _OURS.search(behind.text)
        if named and theirs and not led and between in ([], ["的"]):
            found.append(index)
    return found


def _modifier_counted(reading: Reading) -> list[int]:
    """As in "how many travel insurance policies", where travels are counted: of a compound, the last noun says what it is."""
    if reading.dimensions or any(isinstance(part, Exists) for part in reading.filters):
        return []
    found = []
    for index, (item, behind) in enumerate(pairwise(reading.signals.items)):
        nouns = sorted((term.rank, term.entity) for term in behind.terms if term.what == "entity" and term.filled)
        loose = item.source not in {"exact", "alias"} and item.end == behind.start and not item.values and _is_noun_of(item, reading.entity)
        if loose and behind.text.isascii() and nouns and not _is_noun_of(behind, reading.entity):
            found.append(index)
    return found


def _numbers_in_order_added(reading: Reading) -> list[int]:
    """As in "how many instalments", where the numbers that payments have in their order are added up."""
    if reading.entity != "payment" or not any(ref.fold in {"sum", "avg"} and ref.path == _ORDER_OF_PAYMENT for ref in reading.measures):
        return []
    return [index for index in sorted(reading.used) if any(term.what == "field" and term.key == _ORDER_OF_PAYMENT for term in reading.item(index).terms)]
