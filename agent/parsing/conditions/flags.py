"""Yes-or-no fields as conditions, and their two sides set against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, Dimension, Filter, Order
from tools.crm.semantic import FieldType

_REST = re.compile(
    r"\b(?:than|and|with|to|versus|vs|against|or) (?:all )?(?:the )?(?:(?:others?|rest|remaining)\b|ones without)"
    r"|(?:其他|其它|其余|别的|剩下的|另外的|不是的|不带的)"
)

_BOTH = re.compile(
    r"\bwith (?:and|or|vs|vs \.|versus|against|compared (?:to|with)|than|,) (?:those )?without (?:an? |any |the )?"
    r"|(?:有 ?(?:和|与|跟|、|或) ?(?:没 ?有|无)|带 ?(?:和|与|跟|、) ?不 ?带) "
)


_WHETHER = re.compile(r"(?:是否|有无|有没有|是不是)$|whether")
MOST_BETWEEN = 4
OFF = {"off", "disabled", "关闭", "关着", "停用", "未开", "未启用"}
ON = {"on", "enabled", "开启", "开着", "启用", "打开"}


def add_flags(reading: Reading) -> Reading:
    """Flags that the question names ("women founded", 自动续约的) as filters; negated ones as false.

    Where both sides are named (招标的和非招标的, "better than the others"), the filter holds both, to be set against each other.
    """
    for index in reading.open_items():
        named = next(_flags(reading, index), None)
        if named is None:
            continue
        cost, path = named
        off, switched = _switched(reading, index)
        negations = [i for kind in ("not", "without") for i in reading.signals.at.get(kind, ()) if i in {index - 1, index - 2}]
        if any(dimension.path == path for dimension in reading.dimensions):
            reading = reading.using(index, *negations, *switched)  # both sides are told apart anyway
            continue
        both, whether = _with_and_without(reading, index), _whether(reading, index)
        if both or whether is not None:
            reading = reading.using(
                index, *both, *(whether or ()), dimensions=(*reading.dimensions, Dimension(path=path)), focus="compare" if reading.measures else reading.focus
            )
            reading = replace(reading, order=reading.order or (Order(measure=0),), fit=reading.fit + 0.6).paying(cost)
            continue
        sides = ("true", "false") if names_the_rest(reading, index) else ("false",) if bool(negations) != off else ("true",)
        reading = reading.using(index, *negations, *switched, filters=_with_side(reading.filters, path, sides)).paying(cost)
    return reading


def _with_and_without(reading: Reading, index: int) -> list[int]:
    """As in "with vs without a survey", 有和没有试用: the words between two of the items before a flag, or behind it, that name both its sides."""
    tokens, item = reading.signals.tokens, reading.item(index)
    before, behind = (" ".join(token.norm for token in part) for part in (tokens[max(item.start - 5, 0) : item.start], tokens[item.end : item.end + 8]))
    if not (_BOTH.search(before + " ") or _BOTH.search(behind + " ")):
        return []
    return [i for kind in ("without", "not", "compare") for i in reading.signals.at.get(kind, ()) if i not in reading.used]


def _whether(reading: Reading, index: int) -> list[int] | None:
    """As in 按分公司和是否投标, "by branch and whether it is a tender": both sides of a flag as groups; the word that says so, where it is an item."""
    start, tokens = reading.item(index).start, reading.signals.tokens
    before = "".join(token.norm for token in tokens[max(start - MOST_BETWEEN, 0) : start])
    if not _WHETHER.search(before) or not reading.signals.has("group", "breakdown", "compare"):
        return None
    return [i for i in reading.signals.at.get("exists", ()) if i == index - 1]


def _switched(reading: Reading, index: int) -> tuple[bool, list[int]]:
    """Whether the word beside a flag says that it is off, "auto-renewal off", 自动续费关闭的; and the items of that word."""
    item, tokens = reading.item(index), reading.signals.tokens
    behind, before = tokens[item.end : item.end + 2], tokens[max(item.start - 1, 0) : item.start]
    words = {behind[0].norm, "".join(token.norm for token in behind)} if behind else set()
    words |= {token.norm for token in before}
    places = [near for near in (index - 1, index + 1) if 0 <= near < len(reading.signals.items) and reading.item(near).text.casefold() in OFF | ON]
    return bool(words & OFF), places


def _flags(reading: Reading, index: int) -> Iterator[tuple[float, str]]:
    """The flags that an item names: of the records themselves, else of those that they refer to."""
    terms = tuple(term for term in reading.item(index).terms if term.what == "field" and term.filled)
    own = reading.paths.model.entities[reading.entity].fields
    yield from ((0.0, term.key) for term in terms if term.entity == reading.entity and own[term.key].type is FieldType.FLAG)
    if terms and len({(term.entity, term.key) for term in terms}) == 1:
        for cost, path in reading.paths.dimension(reading.entity, terms):
            if reading.paths.field(reading.entity, path).type is FieldType.FLAG and not is_of_nobody(reading, path):
                yield cost, path


def is_of_nobody(reading: Reading, path: str) -> bool:
    """As in "active customers": what only people are is no adjective of their records, unless the question names those people."""
    person = reading.paths.field(reading.entity, path).entity
    named = any(
        term.entity == person if term.what == "entity" else term.what == "field" and reading.paths.model.entities[term.entity].fields[term.key].to == person
        for item in reading.signals.items
        for term in item.terms
    )
    return person == "member" and reading.entity != person and not named


def _with_side(filters: tuple[Filter, ...], path: str, sides: tuple[str, ...]) -> tuple[Filter, ...]:
    """The filters with one more value of a flag."""
    same = next((part for part in filters if isinstance(part, Compare) and part.path == path and part.op == "eq"), None)
    if same is None:
        return (*filters, Compare(path=path, values=sides))
    both = same.model_copy(update={"values": tuple(dict.fromkeys((*same.values, *sides)))})
    return tuple(both if part is same else part for part in filters)


def names_the_rest(reading: Reading, index: int) -> bool:
    """As in "than the others", 和其他客户比: those without the flag, as what those with it are compared with."""
    if not (reading.signals.superlative or reading.signals.has("compare", "breakdown", "gt", "lt")):
        return False
    behind = "".join(f" {token.norm}" if token.kind == "latin" else token.norm for token in reading.signals.tokens[reading.item(index).end :])
    return bool(_REST.search(behind))
