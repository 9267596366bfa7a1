"""Two columns of a record as a figure: how late on average, the share on time, one amount as a share of another, what is still outstanding."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.columns import Paired
from agent.parsing.columns.owing import owed_pair
from agent.parsing.conditions.contrasting import condition_of, decided
from agent.parsing.conditions.overdue import BALANCE
from agent.parsing.linking.general_money import GENERAL_MONEY, HOW_MUCH
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.sharing import is_flag
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.targets.lasting import fold_of
from agent.parsing.targets.mentions import plain_mentions
from tools.crm.query import Beside, Compare, Filter, Lasted, MeasureRef

NEAR = 1
DONE = "已"
TOLD = ("share", "average", "amount", "count", "sum", "lookup", "median")


def paired(reading: Reading) -> Iterator[Reading]:
    """Figures made of two columns."""
    found = [(index, each) for index in range(len(reading.signals.items)) for each in reading.item(index).pairs if each.entity == reading.entity]
    ordered = [(index, each) for index, each in found if each.what == "ordered"]
    if ordered:
        yield from _late_by(reading, ordered)
        yield from _share(reading, ordered)
    for what in ("over", "less", "owed", "unpaid", "short"):
        figures = [(index, each) for index, each in found if each.what == what]
        if figures and (what != "short" or _asks_how_much(reading)):
            yield _of_two(reading, figures)


def _late_by(reading: Reading, ordered: list[tuple[int, Paired]]) -> Iterator[Reading]:
    """As in "by how many days late on average", 晚到的平均晚几天: the days between; of the late ones alone where these are said besides."""
    signals = reading.signals
    lengths = signals.at.get("duration", [])
    delays = [index for index, each in ordered if each.measured]
    if not lengths and not delays:
        return
    said = [(index, each) for index, each in ordered if not each.measured]
    asked = delays[0] if delays else next((index for index, _ in said[::-1] if _stands_by(reading, index, lengths)), None)
    limits = [(index, each) for index, each in said if index != asked]
    _, pair = ordered[0]
    fold, used = fold_of(reading)
    filters = tuple(part for _, each in limits[:1] for part in condition_of(reading, each) or ())
    mentions = plain_mentions(reading)[:1]
    mentions += _payers(reading, mentions)
    by = [index for index in signals.at.get("group", ()) if signals.items[index].text.casefold() == "by" and index + 1 in lengths]
    places = [*(index for index, _ in ordered), *_days_named(reading, pair)]
    ref = MeasureRef(fold=fold, since=pair.other, path=pair.path)
    yield reading.using(
        *places, *used, *lengths, *mentions, *by, measures=(ref,), filters=(*reading.filters, *filters), fit=reading.fit + 2.4,
        notes=reading.notes | {"measure_item": str(places[0]), "day compared": pair.path},
    )  # fmt: skip


def _payers(reading: Reading, mentions: list[int]) -> list[int]:
    """As in 客户平均比到期日晚几天付款: those whom the records are of anyway, where nothing tells them apart."""
    signals = reading.signals
    if signals.superlative or signals.has("which", "group", "breakdown"):
        return []
    places = [index for index, item in enumerate(signals.items) if index not in mentions and not item.values and any(t.what == "entity" for t in item.terms)]
    linked = [index for index in places if any(reading.paths.link_to(reading.entity, t.entity) for t in reading.item(index).terms if t.what == "entity")]
    return linked[:1]


def _days_named(reading: Reading, pair: Paired) -> list[int]:
    """Where the event of a comparison is said besides: "share of delivered contracts that arrived on time", 已上线的项目按时上线率."""
    labels = own_labels(reading.paths.model.entities[reading.entity].fields[pair.path])
    said = []
    for at, item in enumerate(reading.signals.items):
        paired = any(each.entity == reading.entity and each.what in {"filled", "day"} and each.path == pair.path for each in item.pairs)
        states = [value.text for value in item.values if value.entity == reading.entity and not value.title and value.text.startswith(DONE)]
        if (not item.values and paired) or any(label.endswith(text.removeprefix(DONE)) for text in states for label in labels):
            said.append(at)
    return said


def _stands_by(reading: Reading, index: int, lengths: list[int]) -> bool:
    """Whether the length that is asked for is that of this very comparison: "how many days after the due date", 晚了几天."""
    items, by = reading.signals.items, reading.signals.at.get("group", ())
    return any(abs(place - index) == NEAR and not (place - 1 in by and items[place - 1].text.casefold() == "by") for place in lengths)


def _share(reading: Reading, ordered: list[tuple[int, Paired]]) -> Iterator[Reading]:
    """As in "on-time rate", 按时到货的占多大比例: the part of those for which both days are known."""
    shares = reading.signals.at.get("share", [])
    index, pair = ordered[0]
    if not (shares or pair.shared) or pair.measured:
        return
    ref = MeasureRef(fold="count", part=Lasted(path=pair.path, since=pair.other, op=pair.op, days="0"))
    places = [at for at, each in ordered if (each.path, each.other, each.op) == (pair.path, pair.other, pair.op)]
    happened = _days_named(reading, pair)
    mentions = plain_mentions(reading)
    yield reading.using(
        *places, *shares, *happened, *mentions, measures=(ref,), filters=(*reading.filters, *decided(reading, pair)), fit=reading.fit + 2.6,
        notes=reading.notes | {"measure_item": str(index), "day compared": pair.path},
    )  # fmt: skip


def _asks_how_much(reading: Reading) -> bool:
    """As in 少收了多少, "how much are we short": the money is asked for, and not the records, of which no counter speaks."""
    asked = [reading.item(index) for index in reading.signals.at.get("count", ())]
    return reading.signals.has("amount", "sum") or any(item.text in HOW_MUCH for item in asked) or bool(reading.signals.superlative)


def _of_two(reading: Reading, figures: list[tuple[int, Paired]]) -> Reading:
    """One amount over or less another."""
    _, pair = figures[0]
    places = [index for index, each in figures if (each.path, each.other) == (pair.path, pair.other)]
    left = _left_to_pay(reading, pair)
    ref, limits = (left, ()) if left is not None else _measured(reading, pair)
    places += [index for index in range(len(reading.signals.items)) if _names_amount(reading, index, pair)]
    told = [index for kind in TOLD for index in reading.signals.at.get(kind, ()) if reading.item(index).is_only_cue]
    mentions = plain_mentions(reading)[:1]
    return reading.using(
        *places,
        *told,
        *mentions,
        measures=(ref,),
        filters=(*reading.filters, *limits, *decided(reading, pair)),
        fit=reading.fit + 2.6,
        notes=reading.notes | {"measure_item": str(places[0])},
    )


def _left_to_pay(reading: Reading, pair: Paired) -> MeasureRef | None:
    """As in 开票减到账 of invoices whose balances are known: the balance also of those of which nothing has been paid yet."""
    whole = owed_pair(reading.entity, reading.paths.vocabulary.columns.amounts.get(reading.entity, ()))
    named = next((m for m in reading.paths.model.measures.values() if (m.entity, m.op, m.args) == (reading.entity, "sum", (BALANCE,))), None)
    if whole is None or named is None or (pair.path, pair.other) != (whole[0].path, whole[1].path):
        return None
    return MeasureRef(measure=named.key) if reading.paths.vocabulary.filled(reading.entity, BALANCE) else None


def _measured(reading: Reading, pair: Paired) -> tuple[MeasureRef, tuple[Filter, ...]]:
    """The figure that is meant by two columns, and the records that it is of."""
    if pair.what == "unpaid":
        flag = is_flag(reading, pair.other)
        part = Compare(path=pair.other, values=("false",)) if flag else Compare(path=pair.other, op="is_null")
        return MeasureRef(fold="sum", path=pair.path), (part,)
    if pair.what == "over":
        return MeasureRef(fold="sum", path=pair.path, over=pair.other, owed=_is_collected(reading, pair)), ()
    short = (Beside(path=pair.other, other=pair.path, op="lt"),) if pair.what == "short" else ()
    return MeasureRef(fold="sum", path=pair.path, less=pair.other, owed=pair.what == "owed"), short


def _is_collected(reading: Reading, pair: Paired) -> bool:
    """Whether it is what was paid over what is owed, with records of which nothing has been paid: these bring the rate down."""
    columns = reading.paths.vocabulary.columns.amounts.get(reading.entity, ())
    whole = owed_pair(reading.entity, columns)
    if whole is None or (whole[1].path, whole[0].path) != (pair.path, pair.other):
        return False
    held = [reading.paths.vocabulary.content(reading.entity, path).count for path in (pair.path, pair.other)]
    return held[0] < held[1]


def _names_amount(reading: Reading, index: int, pair: Paired) -> bool:
    """As in 还欠多少货款: the amount that is owed, named besides, or called money in general."""
    item = reading.item(index)
    if item.values or pair.what not in {"owed", "unpaid"}:
        return False
    again = "unpaid" in item.cues or any(each.what == pair.what for each in item.pairs)
    named = again or any(term.what == "field" and term.entity == reading.entity and term.key == pair.path for term in item.terms)
    return named or (GENERAL_MONEY.fullmatch(item.text) is not None and bool(item.terms))
