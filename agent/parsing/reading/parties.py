"""People and firms who only act or receive, whoever they are: 客户取消掉的订单, 给客户的返利, 赔了客户多少钱; the records are with them anyway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.parsing.language.text import has_han

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
    from agent.parsing.reading.drafting import Reading

FIRMS = {"account", "contact"}
PEOPLE = "member"
ASKING = {
    "which",
    "group",
    "breakdown",
    "distinct",
    "top",
    "bottom",
    "compare",
    "share",
    "average",
    "median",
    "most",
    "least",
    "not",
    "without",
    "list",
    "lookup",
}
TO = {"给", "被", "由", "向", "对", "跟", "替", "帮", "为", "让", "找"}
DONE_TO = re.compile(r"[一-鿿][了给过着]$|(?:退|赔|补|返|还|付|寄|发|送|交|借|欠)(?:给)?$")
HOW_MANY_OF_THEM = re.compile(r"[家户位名]$|^(?:数|数量|个数)$")
HOW_MUCH = re.compile(r"^(?:一共|总共|共|合计|累计)?(?:是|有)?(?:多少|几)(?![家户位名个])")
OUR_FIRM = {"公司", "我公司", "我们公司", "本公司"}
OWNED = {"的", "里", "中", "当", "之", "数"}


def is_party(reading: Reading, at: int) -> bool:
    """Whether a Chinese word for people or firms says only who does what is measured, or to whom it is done, and not whose or of which sort it is."""
    item = reading.item(at)
    if item.values or not has_han(item.text) or not reading.measures or reading.order or reading.having or reading.signals.has("list"):
        return False
    if reading.entity == PEOPLE:
        return item.text in OUR_FIRM and _begins_clause(reading, at)  # 公司已经离职的人
    fields = reading.paths.model.entities[reading.entity].fields
    named = [fields[term.key].to for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled]
    kinds = {term.entity for term in item.terms if term.what == "entity" and term.filled} | {kind for kind in named if kind is not None}
    kinds = {kind for kind in kinds & {*FIRMS, PEOPLE} if kind != reading.entity and reading.paths.to_entity(reading.entity, kind)}
    if not kinds or _is_told_apart(reading, kinds) or _is_asked_for(reading, at) or not _are_named(reading, at):
        return False
    return _receives(reading, at) or (bool(kinds & FIRMS) and _acts(reading, at))


def _is_told_apart(reading: Reading, kinds: set[str]) -> bool:
    """Whether the groups of the reading are of such people or firms."""
    ways = {way for kind in kinds for way in reading.paths.to_entity(reading.entity, kind)}
    return any(dimension.path == way or dimension.path.startswith(f"{way}.") for dimension in reading.dimensions for way in ways)


def _is_asked_for(reading: Reading, at: int) -> bool:
    """As in 多少客户, 客户有几家, 哪些客户, 每个客户, 客户数: the word right beside asks for them, or tells them apart."""
    item, items, tokens = reading.item(at), reading.signals.items, reading.signals.tokens
    before = items[at - 1] if at and items[at - 1].end == item.start else None
    if before is not None and ({*ASKING, "count"} & set(before.cues) or before.values or before.number is not None):
        return True
    after = _behind(items, at)
    text = tokens[item.end].text if item.end < len(tokens) else ""
    if any(HOW_MANY_OF_THEM.search(items[index].text) for index in reading.signals.at.get("count", ())):
        return True
    counted = after is not None and "count" in after.cues and after.end == len(tokens)
    figure = after is not None and after.start == item.end and any(term.what == "measure" for term in after.terms)  # 客户赢单金额: theirs, each
    return counted or figure or HOW_MANY_OF_THEM.search(text) is not None or (after is not None and bool(ASKING & set(after.cues)) and after.start == item.end)


def _are_named(reading: Reading, at: int) -> bool:
    """Whether another word says which records the reading is of: 客户增加了多少 may count the customers themselves."""
    own = reading.paths.model.entities[reading.entity].custom_table is not None
    for index in reading.used - {at}:
        item = reading.item(index)
        if any(term.entity == reading.entity and term.filled and term.what in {"entity", "kind", "field", "measure"} for term in item.terms):
            return True
        if any(pair.entity == reading.entity for pair in item.pairs) or (own and any(value.entity == reading.entity for value in item.values)):
            return True
    return False


def _receives(reading: Reading, at: int) -> bool:
    """As in 给客户的返利, 被客户拒收, 赔了客户多少钱: behind the word that leads to them."""
    item, tokens = reading.item(at), reading.signals.tokens
    before = tokens[item.start - 1].text if item.start else ""
    if before in TO:
        return True
    led = "".join(token.text for token in tokens[max(item.start - 2, 0) : item.start])
    behind = "".join(token.text for token in tokens[item.end :])
    return DONE_TO.search(led) is not None and HOW_MUCH.match(behind) is not None


def _acts(reading: Reading, at: int) -> bool:
    """As in 客户取消掉的订单, 今年客户报案报了多少起: at the beginning of a clause, right before what they did."""
    item, tokens = reading.item(at), reading.signals.tokens
    behind = tokens[item.end].text if item.end < len(tokens) else "的"
    after = _behind(reading.signals.items, at)
    return _begins_clause(reading, at) and behind not in OWNED and tokens[item.end].kind != "mark" and (after is None or not ASKING & set(after.cues))


def _begins_clause(reading: Reading, at: int) -> bool:
    """Whether nothing but when stands before it."""
    items, tokens = reading.signals.items, reading.signals.tokens
    start = reading.item(at).start
    for near in range(at - 1, -1, -1):
        item = items[near]
        if item.end != start or not (item.period is not None or item.cues == ("filler",)):
            break
        start = item.start
    return start == 0 or tokens[start - 1].kind == "mark"


def _behind(items: tuple[Item, ...], at: int) -> Item | None:
    """The next word that is no period and no filler."""
    return next((item for item in items[at + 1 :] if item.period is None and item.cues not in {("filler",), ("filler", "sum"), ("sum",)}), None)
