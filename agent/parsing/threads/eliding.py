"""Questions that leave out what they are about: 赢单率？, "how much?", "what is the average value?", 谁欠得最多; the question before says it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.parsing.linking.items import Item
from agent.parsing.reading.paths import Paths
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.targets.sizing import SIZED
from agent.parsing.threads.filters import parts_of
from agent.parsing.threads.fragment import Fragment
from agent.parsing.threads.reasons import tells_of_lost
from agent.parsing.threads.siblings import folded_field
from tools.crm.query import Compare, Query
from tools.crm.semantic import Field, FieldType

_FOLDING = {"sum", "average", "median", "amount", "lookup", "which", "filler", "duration", "resolved", "closed", "closing", "count"}
_ASKED = {"sum", "average", "median", "amount", "lookup", "count"}
_FOLDED = re.compile(r"^(?:total|overall|average|mean)\b|^[总均]|合计$|总计$", re.IGNORECASE)
_OF_ONE = {"amount", "lookup", "count", "filler", "sum"}
ONE = re.compile(r"哪一?[单张份笔条]|\bwhich one\b", re.IGNORECASE)
"""Asks for a record rather than for somebody or for a group."""
ONE_OF_THEM = re.compile(rf"{ONE.pattern}|是哪一?个", re.IGNORECASE)
"""The same where a column of the records is named, by which they are ranked."""
ASKS_WHO = re.compile(r"是?谁|是?哪位|who", re.IGNORECASE)
"""Asks for a person at its beginning."""
_RANKS = {
    "most", "the most", "least", "fewest", "highest", "lowest", "best", "worst", "most of", "most common", "most often", "most frequent",
    "最多", "最少", "最高", "最低", "最好", "最差", "最常见", "最集中", "第一", "排第一",
}  # fmt: skip
BARE_SUMS = {"金额", "总金额", "总额", "合计金额", "金额合计", "金额总计", "amount", "total amount", "total value"}
"""Words for the money of whatever was asked about before."""
_WIDE = ("company", "mine", "group", "breakdown", "without", "not", "compare", "share", "why", "exists")


def asks_barely(fragment: Fragment, query: Query, paths: Paths) -> bool:
    """As in 赢单率？, "total signed amount", 合同额多少, 平均多久修好？: a figure that is asked for, and nothing that says of which records."""
    folding = [item for item in fragment.items if item.is_only_cue or _only_folds(item, query.entity)]
    named = [item for item in fragment.items if item not in folding]
    cues = {cue for item in folding for cue in item.cues}
    asked = fragment.linked.tokens[-1].norm in {"?", "？"} or bool(cues & _ASKED) or any(_FOLDED.search(item.text) for item in named)
    if not asked or fragment.signals.superlative or fragment.signals.has(*_WIDE) or not cues <= _FOLDING | {"all"} or ("all" in cues and "sum" not in cues):
        return False
    if not named:
        return "duration" in cues and _lasts(query.entity, paths)
    lasting = {"duration", "average"} <= cues or {"duration", "median"} <= cues
    return all(_names_figure(item, query.entity, paths) or (lasting and _names_day(item, query.entity, paths)) for item in named)


def _lasts(entity: str, paths: Paths) -> bool:
    """Whether records have a length of time: from one day to another, or in a column of their own."""
    days = any(measure.entity == entity and measure.op == "days" for measure in paths.model.measures.values())
    own = (field for field in paths.model.entities[entity].fields.values() if field.type is FieldType.DURATION_MINUTES)
    return days or any(paths.vocabulary.filled(entity, field.key) for field in own)


def _only_folds(item: Item, entity: str) -> bool:
    """As in "total" where contracts have a total, too, and others were asked about: it says how to fold and nothing else."""
    plain = not item.values and not item.means_more and bool(item.cues) and set(item.cues) <= _FOLDING | {"all"}
    return plain and bool(item.terms) and all(term.what == "field" and term.entity != entity for term in item.terms)


def _names_day(item: Item, entity: str, paths: Paths) -> bool:
    """As in 从报案到结案平均几天 after cases: a day that the records have."""
    fields = paths.model.entities[entity].fields
    own = [term for term in item.terms if term.what == "field" and term.entity == entity and term.filled]
    return not item.values and not item.means_more and any(fields[term.key].type.is_time for term in own)


def asks_of_value(fragment: Fragment) -> bool:
    """As in 华东单独是多少？, 今年的有几个, "how much for Central alone?": whose or when, and that a figure is asked for, which the question before names."""
    named = [item for item in fragment.items if not item.is_only_cue]
    cues = {cue for item in fragment.items if item.is_only_cue for cue in item.cues}
    values = bool(named) and all(item.period or (item.values and not item.number) for item in named)
    beside = {"exists"} if "count" in cues else set()  # "how many were there last month?"
    return values and bool(cues & (_OF_ONE - {"filler"})) and cues <= _OF_ONE | beside and not fragment.signals.superlative and not fragment.names_target()


def _names_figure(item: Item, entity: str, paths: Paths) -> bool:
    """Whether a word names a measure or a number of the records and no kind of record."""
    if item.values or item.period or item.number or any(term.what == "entity" for term in item.terms):
        return False
    fields = paths.model.entities[entity].fields
    return any(
        (term.what == "measure" and term.entity == entity and paths.model.measures[term.key].op != "count")
        or (term.what == "field" and term.entity == entity and fields[term.key].type.is_numeric)
        for term in item.terms
    )


def drills_down(fragment: Fragment, query: Query, paths: Paths) -> bool:
    """As in 欠得最多的是哪个客户？ after what is owed, "which region has the most?": who has most of the same, and nothing else is named.

    One of the groups may be: "in East, which rep won the most?" after the deals won by region.
    """
    signals = fragment.signals
    if not signals.superlative or not signals.has("which", "lookup") or signals.has(*_WIDE, "all") or len(query.measures) != 1:
        return False
    held = {value for part in parts_of(query.where) if isinstance(part, Compare) and part.op == "eq" for value in part.values}
    measure = paths.model.measures.get(query.measures[0].measure or "")
    key = query.measures[0].measure
    folded = folded_field(query.measures[0], query.entity, paths) if measure is None or measure.op != "count" else None
    groups = [item for item in fragment.items if item.values and not item.period and _is_group(item, query, paths)]
    again = all(fragment.items[index].text.casefold() in _RANKS for index in signals.superlative)
    for item in fragment.items:
        if item in groups or (groups and measure is not None and set(item.cues) & set(measure.where.get("status", ()))):
            continue
        if item.period is not None:
            continue  # of another time
        if item.number or (item.values and not any(value.text in held for value in item.values)):
            return False
        own = [term for term in item.terms if term.entity == query.entity]
        same = any((term.what == "measure" and term.key == key) or (term.what == "field" and term.key == folded) for term in own)
        same = (
            same
            or any(value.text in held for value in item.values)
            or any(term.what == "kind" and term.key in held for term in own)
            or (folded is not None and _is_money(item, folded, query.entity, paths))
        )
        if item.terms and not same and not any(path for _, path in paths.dimension(query.entity, item.terms) if not _is_number(path, query.entity, paths)):
            return False
        again = again or same
    return again


def asks_cause(fragment: Fragment, query: Query, paths: Paths) -> bool:
    """As in 为什么输的, "why did we lose them?" after the deals lost: no others are named."""
    held = {value for part in parts_of(query.where) if isinstance(part, Compare) and part.op == "eq" for value in part.values}
    named = [item for item in fragment.items if not item.is_only_cue and "lost" not in item.cues]
    again = all(item.values and any(value.text in held for value in item.values) for item in named)
    return fragment.signals.has("why") and (fragment.signals.has("lost") or bool(named)) and tells_of_lost(query, paths) and again


def picks_one(fragment: Fragment, query: Query, paths: Paths) -> bool:
    """As in 成交额最高的是哪单, "which one ends first?": one record of those before, by a number or a day of theirs."""
    signals = fragment.signals
    if not signals.superlative or signals.has(*_WIDE, "all", "average", "median", "count"):
        return False
    named = [item for item in fragment.items if not item.is_only_cue]
    one = ONE_OF_THEM if named and paths.model.entities[query.entity].custom_table is None else ONE  # 预计金额最大的是哪个
    if not any(one.search(fragment.items[index].text) for kind in ("which", "lookup", "list") for index in signals.at.get(kind, ())):
        return False
    fields = paths.model.entities[query.entity].fields
    plain = not any(item.values or item.period or item.number for item in named)
    return plain and all(any(_orders(term, query.entity, fields, paths) for term in item.terms) for item in named)


def _orders(term: Term, entity: str, fields: Mapping[str, Field], paths: Paths) -> bool:
    if term.entity != entity:
        return False
    if term.what == "measure":
        return paths.model.measures[term.key].op == "sum"
    return term.what == "field" and (fields[term.key].type.is_numeric or fields[term.key].type.is_time)


def _is_group(item: Item, query: Query, paths: Paths) -> bool:
    """As in "in East, which rep has the most?" after figures by region: one of the groups."""
    fields = [paths.field(query.entity, each.path) for each in query.dimensions if not each.grain]
    homes = {(field.entity, field.key) for field in fields}
    return any((value.entity, value.field) in homes or (value.title and any(value.entity == field.to for field in fields)) for value in item.values)


def ranks_compared(fragment: Fragment, paths: Paths) -> bool:
    """As in "who's ahead on win rate?" after two were compared: another figure of the same two, and nothing else is named."""
    signals = fragment.signals
    named = [item for item in fragment.items if not item.is_only_cue]
    plain = not any(item.values or item.period or item.number for item in named) and not signals.has(*_WIDE, "all")
    figure = len(named) == 1 and any(term.what == "measure" and paths.model.measures[term.key].op != "days" for term in named[0].terms)
    return plain and figure and bool(signals.superlative) and signals.has("which", "lookup")


def asks_of_one(fragment: Fragment, query: Query, paths: Paths) -> bool:
    """As in 预计什么时候成交, "when did it close?" after one record was shown: when, where or who, or nothing but fields of the record."""
    signals = fragment.signals
    named = [item for item in fragment.items if not item.is_only_cue]
    fields = all(not item.values and not item.period and not item.number and paths.dimension(query.entity, item.terms) for item in named)
    kinds = any(term.what in {"entity", "measure"} for item in named for term in item.terms)
    asked = signals.has("when", "where", "lookup") or any(ASKS_WHO.match(fragment.items[index].text) for index in signals.at.get("which", ()))
    return fields and not kinds and asked and not signals.superlative and not signals.has(*_WIDE, "all", "count", "duration")


def asks_number_of_one(fragment: Fragment, query: Query, paths: Paths) -> bool:
    """As in 有多少员工 after the largest customer was shown: a number that this record says of itself, and nothing else is named."""
    named = [item for item in fragment.items if not item.is_only_cue]
    signals = fragment.signals
    own = len(named) == 1 and not named[0].values and any(is_own_number(term, query.entity, paths) for term in named[0].terms)
    return own and signals.has("count") and not signals.superlative and not signals.has(*_WIDE, "all")


def is_own_number(term: Term, entity: str, paths: Paths) -> bool:
    """Whether a word names a number that the records of a kind hold."""
    field = paths.model.entities[entity].fields[term.key] if term.what == "field" and term.entity == entity and term.filled else None
    return field is not None and field.type.is_numeric


def picks_largest(fragment: Fragment, query: Query, paths: Paths) -> bool:
    """As in 最大的一单是谁的, "what was the biggest deal?" after a figure about some deals: the largest of these, as nothing says of which else."""
    signals = fragment.signals
    named = [item for item in fragment.items if not item.is_only_cue]
    sized = bool(signals.superlative) and all(SIZED.search(fragment.items[index].text) for index in signals.superlative)
    own = len(named) == 1 and not named[0].values and any(term.what == "entity" and term.entity == query.entity for term in named[0].terms)
    one = signals.top in {None, 1} and not signals.has(*_WIDE, "all", "ever", "count", "average", "median", "amount", "won", "lost", "open", "closed")
    return bool(query.measures) and query.where is not None and sized and own and one


def _is_number(path: str, entity: str, paths: Paths) -> bool:
    return paths.field(entity, path).type.is_numeric


def _is_money(item: Item, folded: str, entity: str, paths: Paths) -> bool:
    """As in 谁手里的金额最大 after another amount than the usual one: that amount."""
    return is_bare_amount(item) and paths.field(entity, folded).type is FieldType.MONEY


def is_bare_amount(item: Item) -> bool:
    """As in 金额是多少, "what is the average value?": the amount of what was asked about before, as nothing else is named."""
    field = bool(item.terms) and not item.values and all(term.what == "field" and term.key == "amount" for term in item.terms)
    return field or (item.text.casefold() in BARE_SUMS and not item.values and all(term.what in {"measure", "field"} for term in item.terms))


def folds_own_field(fragment: Fragment, entity: str, paths: Paths) -> bool:
    """As in 余额合计多少, "total balance?" after a question about invoices: nothing but a number of theirs, to be added up or averaged."""
    named = [item for item in fragment.items if not item.is_only_cue]
    fields = paths.model.entities[entity].fields
    return (
        len(named) == 1
        and not named[0].values
        and all(term.what == "field" for term in named[0].terms)
        and any(term.entity == entity and fields[term.key].type.is_numeric for term in named[0].terms)
        and fragment.signals.has("sum", "average", "median", "amount", "count")
        and not fragment.signals.superlative
        and not fragment.signals.has("group", "without", "not")
    )


def asks_shortly(fragment: Fragment) -> bool:
    """As in "which region?", "show 20", "how much?": too short to stand on its own."""
    named = [item for item in fragment.items if not item.is_only_cue]
    if fragment.signals.has("why", "future", "exists", "where", "when", "duration", "without", "not"):
        return False
    if len(named) == 1 and named[0].number is not None:
        return fragment.signals.has("list")
    if len(named) == 1 and is_bare_amount(named[0]) and not fragment.signals.superlative and not fragment.signals.has("group"):
        return True
    cues = [kind for kind in fragment.signals.at if kind in {"count", "amount", "which", "average", "median"}]
    if not named and fragment.signals.superlative and not fragment.signals.has("won", "lost", "open", "closed"):
        return True
    return (not named and bool(cues)) or (len(named) == 1 and cues == ["which"] and not named[0].values and not fragment.signals.superlative)
