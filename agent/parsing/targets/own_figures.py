"""Figures of an export's own tables that are asked for in general words: their money, how many pieces, and how many with how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.language.text import has_han
from agent.parsing.linking.general_money import GENERAL_MONEY
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.signals import PLACES
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.targets.answering import PLACE
from agent.parsing.targets.extremes import measured_by
from agent.parsing.targets.mentions import mentions_entity
from agent.parsing.targets.pieces_done import done_pieces
from agent.parsing.targets.sizing import amount_asked, sole_amount, worth_field
from tools.crm.query import Compare, Dimension, MeasureRef, Order
from tools.crm.semantic import FieldType

GENERAL = {"amount", "deal_value"}
MUCH = ("多少", "是多少", "how much")
FOLDS = {"average": "avg", "median": "median"}
FIRST = {"第一", "第一名", "first", "first place"}
OF_RECORDS = set("个家位名次单笔份条")  # what records themselves are counted in


def own_figures(reading: Reading) -> Iterator[Reading]:
    """Readings of the records of one own table."""
    if reading.paths.model.entities[reading.entity].custom_table is None:
        return
    yield from pieces(reading)
    mentions = [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index)]
    money = [*_general_money(reading), *_named_money(reading)]
    if not (mentions or _stated(reading)):
        return
    if not money:
        worth = worth_field(reading)
        yield from _best_selling(reading, worth, mentions) if worth is not None else ()
        return
    _, path = money[0]
    yield from _best_selling(reading, path, mentions)
    places = [index for index, other in money if other == path]
    folds = [kind for kind in FOLDS if reading.signals.has(kind)]
    if folds:
        per = [index for index in reading.signals.at.get("group", ()) if any(place - 1 == index for place in mentions)]  # average value per delivery
        used = [*places, *reading.signals.at[folds[0]], *per, *mentions[:1]]
        yield measured_by(reading, *used, measures=(MeasureRef(fold=FOLDS[folds[0]], path=path),), fit=0.6)
        return
    counts, asked_much = reading.signals.at.get("count", []), reading.signals.at.get("amount", [])
    if _general_money(reading) or (asked_much and not counts):
        asking = [index for index in reading.signals.at.get("lookup", ()) if reading.item(index).is_only_cue and index < min(mentions, default=0)]
        used = [*asking, *places, *asked_much, *reading.signals.at.get("sum", ()), *mentions[:1]]  # "what was the order value"
        yield measured_by(reading, *used, measures=(MeasureRef(fold="sum", path=path),), fit=0.5)
    if counts and _asks_both(reading, counts, places):
        asked = [*counts, *reading.signals.at.get("sum", ()), *reading.signals.at.get("amount", ())]
        refs = (MeasureRef(fold="count"), MeasureRef(fold="sum", path=path))
        yield measured_by(reading, counts[0], *asked, *places, *mentions[:1], measures=refs, fit=1.4)


def _best_selling(reading: Reading, path: str, mentions: list[int]) -> Iterator[Reading]:
    """As in 卖得最好的耗材, "best-selling consumable": the products that the records are of, by what they come to."""
    signals = reading.signals
    selling = any("sell" in signals.items[index].text.casefold() for index in signals.superlative) or signals.has("performing")
    product = next((link for link in reading.paths.to_entity(reading.entity, "product") if "." not in link), None)
    if not (selling and signals.superlative and mentions) or product is None:
        return
    told = [i for kind in ("performing", "amount", "lookup", "which") for i in signals.at.get(kind, ()) if reading.item(i).is_only_cue]
    named = [i for i, item in enumerate(signals.items) if any((t.what, t.entity, t.key) == ("field", reading.entity, path) for t in item.terms)]
    by = [i for i in signals.at.get("group", ()) if i + 1 in named]
    found = measured_by(reading, *mentions[:1], *signals.superlative, *told, *named, *by, measures=(MeasureRef(fold="sum", path=path),), fit=1.2)
    order = (Order(measure=0, descending=signals.descending),)
    yield replace(found, dimensions=(Dimension(path=product),), order=order, limit=signals.top or 5, focus="top")


def _stated(reading: Reading) -> bool:
    """Whether the question tells of these records by what is noted of them alone: 已签收但货款没结清的."""
    items, fields = reading.signals.items, reading.paths.model.entities[reading.entity].fields
    paired = any(pair.entity == reading.entity for item in items for pair in item.pairs)
    valued = any(value.entity == reading.entity and not value.title for item in items for value in item.values)
    terms = [term for item in items for term in item.terms if term.what == "field" and term.entity == reading.entity]
    return paired or valued or any(fields[term.key].custom for term in terms)


def _general_money(reading: Reading) -> list[tuple[int, str]]:
    """Where a word for money in general stands, that of deals or contracts, or 多少钱: what a record of the table is worth."""
    worth = amount_asked(reading) or sole_amount(reading)
    if worth is None:
        return []
    found = []
    for index, item in enumerate(reading.signals.items):
        named = any(term.key in GENERAL and term.what in {"field", "measure"} for term in item.terms) and GENERAL_MONEY.fullmatch(item.text)
        if named and not item.values and not any(term.entity == reading.entity for term in item.terms):
            found.append((index, worth))
    return found


def _named_money(reading: Reading) -> list[tuple[int, str]]:
    """Where one of the table's own amounts is named; what 多少钱 asks for is that."""
    fields = reading.paths.model.entities[reading.entity].fields
    named = [
        (index, term.key)
        for index, item in enumerate(reading.signals.items)
        for term in item.terms
        if term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type is FieldType.MONEY
    ]
    worth = worth_field(reading)
    asked = [(index, worth) for index in reading.signals.at.get("amount", ()) if worth is not None and not named]
    return [*named, *asked]


def _asks_both(reading: Reading, counts: list[int], money: list[int]) -> bool:
    """As in 有几笔，一共压了多少钱, "how many, and what amount": how many are asked for, and then how much."""
    tokens, items = reading.signals.tokens, reading.signals.items
    wanted = [*money, *reading.signals.at.get("amount", ()), *(_sum_asked(reading, counts) if money else ())]
    for index in wanted:
        between = tokens[items[counts[0]].end : items[index].start]
        if index > counts[0] and any(token.text in {",", "，", "、", "and", "和", "及", "以及"} for token in between):
            return True
    return False


def _sum_asked(reading: Reading, counts: list[int]) -> list[int]:
    """As in 有几笔，合计多少: the word for a sum, where "how much" is asked behind it or in it."""
    sums = [index for index in reading.signals.at.get("sum", ()) if index > counts[0]]
    return [index for index in sums if index + 1 in counts or reading.item(index).text.endswith(MUCH)]


def placed(reading: Reading) -> Iterator[Reading]:
    """As in 得第二名的标有几个, "how often did we finish second": the records of that place, where one column holds places."""
    signals, fields = reading.signals, reading.paths.model.entities[reading.entity].fields
    held = [field.key for field in fields.values() if reading.paths.vocabulary.content(reading.entity, field.key).count]
    columns = [key for key in held if fields[key].type.is_numeric and any(PLACE.search(label) for label in own_labels(fields[key]))]
    said = [(index, place) for kind, place in PLACES.items() for index in signals.at.get(kind, ())]
    said += [(index, 1) for index in signals.superlative if signals.items[index].text.casefold() in FIRST]
    mentions = [index for index in range(len(signals.items)) if mentions_entity(reading, index)]
    own = reading.paths.model.entities[reading.entity].custom_table is not None
    if not own or len(columns) != 1 or len(said) != 1 or not mentions or not signals.has("count") or signals.has("which", "group", "most", "least"):
        return
    index, place = said[0]
    part = Compare(path=columns[0], values=(str(place),))
    found = measured_by(reading, index, *signals.at["count"], *mentions[:1], measures=(MeasureRef(fold="count"),), fit=1.6)
    yield replace(found, filters=(*found.filters, part))


def pieces(reading: Reading) -> Iterator[Reading]:
    """As in 平均有几家来投, 平均几个人参加: what a column of the table counts in the unit that is asked for."""
    averages, fields = reading.signals.at.get("average", []), reading.paths.model.entities[reading.entity].fields
    for index in reading.signals.at.get("count", ()):
        unit, named = reading.item(index).text[-1:], _counted_behind(reading, index)
        if named is not None:
            ref = MeasureRef(fold="avg" if averages else "sum", path=named)
            yield measured_by(reading, index, index + 1, *averages, measures=(ref,), fit=0.9)
            return
        if (done := done_pieces(reading, index)) is not None:
            ref = MeasureRef(fold="avg" if averages else "sum", path=done)
            yield measured_by(reading, index, *averages, *reading.signals.at.get("sum", ()), measures=(ref,), fit=0.9)
            return
        if not has_han(unit) or (unit in OF_RECORDS and not averages):
            continue
        behind = reading.item(index + 1) if index + 1 < len(reading.signals.items) else None
        if behind is not None and behind.start == reading.item(index).end and any(term.what == "entity" for term in behind.terms):
            continue  # 多少家医院 counts those
        found = [
            (len(label), field.key)
            for field in fields.values()
            for label in (own_labels(field) if field.custom else field.words.zh)
            if label.endswith(f"{unit}数") and field.type.is_numeric and reading.paths.vocabulary.content(reading.entity, field.key).count
        ]
        if len({size for size, _ in found}) == len(found) and found:
            ref = MeasureRef(fold="avg" if averages else "sum", path=min(found)[1])
            yield measured_by(reading, index, *averages, *reading.signals.at.get("sum", ()), measures=(ref,), fit=0.9)


def _counted_behind(reading: Reading, index: int) -> str | None:
    """As in "how many units", "number of boxes": what stands right behind is a column that counts such pieces, and no kind of record."""
    if index + 1 >= len(reading.signals.items) or has_han(reading.item(index).text):
        return None
    item, fields = reading.item(index + 1), reading.paths.model.entities[reading.entity].fields
    if item.start != reading.item(index).end or item.values or any(term.what in {"entity", "kind", "measure"} and term.filled for term in item.terms):
        return None
    own = {term.key for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled}
    counted = [key for key in own if fields[key].type is FieldType.COUNT or key == "quantity"]
    return counted[0] if len(own) == len(counted) == 1 else None
