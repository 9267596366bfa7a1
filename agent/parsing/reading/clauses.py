"""Relative clauses about records of another kind, read as a question of their own: 有逾期待缴款的客户, "customers with overdue instalments"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from agent.parsing.conditions import add_conditions
from agent.parsing.linking.items import Item, Linked
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.mentioned_again import is_own_mention
from agent.parsing.reading.signals import FREE, read_signals
from tools.crm.query import And, Exists
from tools.crm.semantic import FieldType

HAVING, OWING = {"有"}, "欠"
WITH, HAVE, WHO, ARTICLES = {"with", "having"}, {"have", "has", "had"}, {"that", "who", "which"}, {"a", "an", "any", "some", "both"}
JOINTS = {"and", "和", "与", "及", "、"}
LACKING = ("without", "没有", "无", "无任何")
NOT_HAVING = {"没", "所", "只", "具", "含", "持", "拥", "现", "仅", "原", "共"}
ASKING = {"count", "list", "which", "lookup", "most", "least", "group", "share", "average", "sum", "top", "rank", "breakdown", "not"}
ACCOUNT = "account"
MOST_READ = 3
DETOUR = 0.15


@dataclass(frozen=True, slots=True)
class _Clause:
    """Places of the items of one clause, the word for having or lacking itself where that is an item."""

    inside: range
    opened_by: tuple[int, ...]
    absent: bool


def with_clauses(reading: Reading) -> Iterator[Reading]:
    """The reading with such clauses as conditions on its records, where a kind of record explains all words of each."""
    for clauses in _regions(reading):
        found = [_kinds_told(reading, clause) for clause in clauses]
        sure = {next(iter(kinds)) for kinds in found if len(kinds) == 1}
        parts = tuple(dict.fromkeys(part for kinds in found if (part := _sole(kinds, sure)) is not None))
        if len(parts) == len(found) > 0 and any(part.where is not None for part in parts):
            used = {index for clause in clauses for index in (*clause.inside, *clause.opened_by)}
            yield reading.using(*used, filters=(*reading.filters, *parts)).paying(DETOUR)


def _sole(kinds: dict[str, Exists], sure: set[str]) -> Exists | None:
    """The one kind that a clause can be of; of several that of another clause, as in 有有效保单却没有财产险."""
    told = [kind for kind in kinds if len(kinds) == 1 or kind in sure]
    return kinds[told[0]] if len(told) == 1 else None


def _kinds_told(reading: Reading, clause: _Clause) -> dict[str, Exists]:
    """For each kind of record that leaves no word of the clause: that there is, or is not, one of which everything in it is true."""
    kinds = dict.fromkeys(kind for index in clause.inside for kind in _kinds(reading.item(index)) if kind != reading.entity)
    named = {term.entity for index in clause.inside for term in reading.item(index).terms if term.what == "entity"}
    found = {kind: there for kind in list(kinds)[:MOST_READ] if (there := _of_kind(reading, kind, clause)) is not None}
    return {kind: there for kind, there in found.items() if kind in named} or found


def _of_kind(reading: Reading, kind: str, clause: _Clause) -> Exists | None:
    via = reading.paths.way_to(kind, reading.entity)
    if via is None:
        return None
    linked = Linked(reading.signals.tokens, tuple(reading.item(index) for index in clause.inside), (), reading.signals.today)
    for each in add_conditions(Reading(kind, reading.paths, read_signals(linked))):
        told = each.filters or any(term.what == "entity" and term.entity == kind for index in clause.inside for term in reading.item(index).terms)
        if each.window is None and told and all(_is_told(each, index) for index in each.open_items()):
            where = None if not each.filters else each.filters[0] if len(each.filters) == 1 else And(parts=each.filters)
            return Exists(entity=kind, via=via, where=where, absent=clause.absent)
    return None


def _is_told(reading: Reading, index: int) -> bool:
    """Whether a word of the clause says no more than what its conditions say: its records, or the money of what is due."""
    item = reading.item(index)
    if item.is_only_cue:
        return set(item.cues) <= FREE
    fields = reading.paths.model.entities[reading.entity].fields
    money = any(term.what == "field" and term.entity == reading.entity and fields[term.key].type is FieldType.MONEY for term in item.terms)
    return (money and not item.values and not item.means_more) or is_own_mention(reading, item)


def _regions(reading: Reading) -> Iterator[tuple[_Clause, ...]]:
    """Clauses that lead to the word for the records, and those that follow it."""
    items, tokens = reading.signals.items, reading.signals.tokens
    for head, item in enumerate(items):
        noun = any(term.what == "entity" and term.entity == reading.entity for term in item.terms) and not item.values
        if not noun and not _is_sort(reading, head):
            continue
        end = head
        while end and items[end - 1].values and all(value.entity == reading.entity for value in items[end - 1].values):
            end -= 1  # 有…的A类客户
        if end and tokens[items[end].start - 1].text == "的":
            yield from _clauses(reading, 0, end)
        last = next((at for at in range(head + 1, len(items)) if ASKING & set(items[at].cues)), len(items))
        if last > head + 1 and _is_having(reading, head + 1):
            yield from _clauses(reading, head + 1, last)


def _is_sort(reading: Reading, index: int) -> bool:
    """As in 有未结商机的经销商: a sort of the records that stands for them, with no other noun behind."""
    item, following = reading.item(index), reading.signals.items[index + 1 : index + 2]
    sort = reading.entity == ACCOUNT and item.is_sort_of(ACCOUNT) and not item.terms
    return sort and not any(term.what == "entity" for each in following for term in each.terms if each.start == item.end)


def _clauses(reading: Reading, first: int, last: int) -> Iterator[tuple[_Clause, ...]]:
    """The clauses between two places, as they begin with a word of having, and as "and" parts them; none where a time or number is told."""
    starts = [at for at in range(first, last) if _is_having(reading, at)]
    if not starts or any(_breaks(reading.item(at)) for at in range(starts[0], last)):
        return
    joints = [at for at in range(starts[0] + 1, last) if at not in starts and _is_joined(reading, at)]
    yield _parted(reading, starts, last)
    if joints:
        yield _parted(reading, sorted((*starts, *joints)), last)


def _parted(reading: Reading, starts: list[int], last: int) -> tuple[_Clause, ...]:
    found = list[_Clause]()
    for at, until in pairwise((*starts, last)):
        item = reading.item(at)
        opened = (at,) if _says_lacking(item) or item.text.startswith(OWING) else ()
        lacks = _says_lacking(item) or (bool(found) and found[-1].absent and _is_joined(reading, at) and not _is_having(reading, at))
        found.append(_Clause(range(at + len(opened), until), opened, lacks))
    return tuple(found)


def _is_joined(reading: Reading, index: int) -> bool:
    tokens = reading.signals.tokens[reading.item(index - 1).end : reading.item(index).start]
    return any(token.norm in JOINTS for token in tokens)


def _is_having(reading: Reading, index: int) -> bool:
    """Whether a clause of having begins with the item: 有 right before it, or itself the word for lacking or owing."""
    item, tokens = reading.item(index), reading.signals.tokens
    if item.text.startswith(OWING) or _says_lacking(item):
        return True
    at = item.start - 1
    while at > 0 and tokens[at].norm in ARTICLES:
        at -= 1
    before = tokens[at - 1].norm if at > 0 else ""
    if at >= 0 and tokens[at].kind == "latin":
        return tokens[at].norm in WITH or (tokens[at].norm in HAVE and before in WHO)
    return at >= 0 and tokens[at].text in HAVING and before not in NOT_HAVING


def _says_lacking(item: Item) -> bool:
    return item.is_only_cue and "without" in item.cues and item.text.endswith(LACKING)


def _breaks(item: Item) -> bool:
    return bool(ASKING & set(item.cues)) or item.period is not None or item.number is not None


def _kinds(item: Item) -> Iterator[str]:
    """Kinds of record that a word is of."""
    yield from (value.entity for value in item.values)
    yield from (term.entity for term in item.terms if term.filled and term.what in {"entity", "field", "measure"})
    yield from (pair.entity for pair in item.pairs)
