"""Answers about groups: which is first, how they differ, how a figure went over time, which of them pass a bound."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from agent.composing.draft import slot
from agent.composing.phrases import counter
from agent.composing.ranks import bind_rank, group_keys
from agent.composing.rises import tell_rises
from agent.composing.telling import Direction, Telling
from agent.composing.typesetting import an, listed
from tools.crm.results import ResultRow
from tools.trace.cells import Cell, CellType, Derivation

NAMED = 5
FEW = 3
MOST_NAMED = 10


def tell_groups(told: Telling) -> None:
    """The sentence for groups by what was asked about them."""
    rows = [row for row in told.result.rows if told.name_cell(row).value is not None and row.cells["m0"].value is not None]
    query = told.query
    if query.having and told.plan.focus != "top":
        _having(told, rows)
    elif not rows:
        told.tell("figure_none", subject=told.the(0))
    elif query.order and query.order[0].by != "figure":
        tell_rises(told, rows)
    elif query.only or told.plan.focus == "share":
        _shares(told, rows)
    elif told.result.mixed_currencies and rows[0].cells["m0"].type is CellType.MONEY:
        _per_currency(told, rows)
    elif any(each.grain for each in query.dimensions) and not (told.plan.focus == "top" and query.order):
        _trend(told, rows)
    elif len(rows) == 1 and told.result.groups == 1 and told.plan.focus != "top":
        _single(told, rows[0])
    elif told.plan.focus == "compare" and len(rows) == 2:
        for index in range(len(query.measures)):
            _two(told, rows, index)
    else:
        _ranked(told, rows)


# -- first and last ---------------------------------------------------------------------------------------------------


def _ranked(told: Telling, rows: list[ResultRow]) -> None:
    """The first, those behind it, and with many groups the last."""
    asked = told.query.order[0] if told.query.order and told.query.order[0].path is None else None
    measure = f"m{(asked.measure or 0) if asked else 0}"
    rows = [row for row in rows if row.cells[measure].number is not None]
    direction: Direction = "down" if asked is not None and not asked.descending else "up"
    rows = sorted(rows, key=lambda row: row.cells[measure].number or Decimal(0), reverse=direction == "up")
    top = told.plan.focus == "top" or told.query.limit is not None
    if told.query.skip:
        _placed(told, rows[0], measure, direction)
        return
    first = [row for row in rows if row.cells[measure].number == rows[0].cells[measure].number]
    named = _foremost(rows, len(first), measure) if top or len(rows) > FEW else rows
    rest = _rest(told, named[len(first) :], measure, direction)
    if not top and len(rows) > NAMED:
        rest = _last(told, rows, measure)
    if len(first) > 1:
        names = _sharing(told, first, len(first) == len(told.result.rows) and told.result.tied > 0)
        extreme = told.text(_extreme(told, measure, direction))
        told.tell("top_shared", direction, names=names, extreme=extreme, subject=_subject(told, measure), value=told.value(rows[0], measure), rest=rest)
    else:
        _leader(told, rows[0], measure, direction, rest)
    for row in first[:NAMED]:
        bind_rank(told, row, measure, direction)
    if told.result.tied and (len(rows) == 1 or len(first) < len(rows)):
        told.tell("tied_first" if len(rows) == 1 else "tied_last")
    elif told.query.dimensions and rows[0].cells.get(f"{measure}_low") and len(rows) > 1 and len(first) == 1:
        _overlap(told, rows[0], rows[1], measure)


def _placed(told: Telling, row: ResultRow, measure: str, direction: Direction) -> None:
    """As in "the second largest": one further down, by its place."""
    words = {"place": told.text(f"place_{told.query.skip + 1}"), "extreme": told.text(_extreme(told, measure, direction))}
    told.tell(f"top_place_{direction}", direction, name=told.name(row), subject=_subject(told, measure), value=told.value(row, measure), **words)
    bind_rank(told, row, measure, direction)


def _foremost(rows: list[ResultRow], first: int, measure: str) -> list[ResultRow]:
    """The first and who comes next, with a few that share this place; the others stand in the table."""
    second = rows[first].cells[measure].number if first < len(rows) else None
    return rows[: first + min(sum(row.cells[measure].number == second for row in rows[first:]), FEW)]


def _sharing(told: Telling, rows: list[ResultRow], more: bool) -> str:
    """Who shares a place: all of them, or the first few and that there are others."""
    if len(rows) <= NAMED and not more:
        return listed([told.name(row) for row in rows], told.language)
    return told.text("sharing_others", names=told.text("join_comma").join(told.name(row) for row in rows[:3]))


def _leader(told: Telling, row: ResultRow, measure: str, direction: Direction, rest: str) -> None:
    index = int(measure[1:])
    cell = row.cells[measure]
    figure = told.figure(index)
    words = {"name": told.name(row), "value": told.value(row, measure), "rest": rest, "extreme": told.text(_extreme(told, measure, direction))}
    if told.language == "en" and direction == "up" and figure.counts:
        noun = told.phrases.whole(told.counted(index, cell))
        told.tell("top_lead", direction, subject=noun, leads="leads", **words)
    elif told.language == "en" and direction == "up" and figure.op == "sum":
        told.tell("top_lead_in", direction, subject=told.phrases.subject(index), leads="leads", **words)
    else:
        told.tell(f"top_{direction}", direction, subject=_subject(told, measure), has="has", **words)


def _subject(told: Telling, measure: str) -> str:
    return told.phrases.subject(int(measure[1:]))


def _extreme(told: Telling, measure: str, direction: Direction) -> str:
    kind = told.result.column(measure).type
    group = "_count" if kind is CellType.COUNT else "_time" if kind is CellType.DURATION else "_date" if kind is CellType.DATE else ""
    return f"extreme{group}_{direction}"


def _rest(told: Telling, rows: Sequence[ResultRow], measure: str, direction: Direction) -> str:
    if not rows:
        return ""
    names = [told.text("rest_one", name=told.name(row), value=slot(row.cells[measure].address)) for row in rows]
    ahead = direction == "up" and told.result.column(measure).type is not CellType.DURATION
    return told.text("rest_up" if ahead else "rest_down", names=listed(names, told.language))


def _last(told: Telling, rows: list[ResultRow], measure: str) -> str:
    """The other end, and who shares it."""
    last = [row for row in rows if row.cells[measure].number == rows[-1].cells[measure].number]
    if len(last) == len(rows) or told.result.groups > len(told.result.rows):
        return ""
    for row in last:
        bind_rank(told, row, measure, "down")
    names = told.name(last[0]) if len(last) == 1 else _sharing(told, last, False)
    value = slot(last[0].cells[measure].address)
    extreme = told.text(_extreme(told, measure, "down"))
    return told.text("rest_last_low" if len(last) == 1 else "rest_last_shared", name=names, has="has", extreme=extreme, value=value)


def _single(told: Telling, row: ResultRow) -> None:
    told.tell("only_one", name=told.name(row), group=told.phrases.group(told.query.dimensions[0]), value=told.value(row), subject=told.phrases.subject(0))


def _per_currency(told: Telling, rows: list[ResultRow]) -> None:
    """Amounts in several currencies can't be ranked against each other: the first of each currency."""
    dated = any(each.grain for each in told.query.dimensions)
    subject = told.phrases.measure(told.query.measures[0]) if dated else told.phrases.subject(0)
    for currency in told.result.mixed_currencies:
        own = [row for row in rows if row.cells["currency"].value == currency]
        if own:
            best = max(own, key=lambda row: row.cells["m0"].number or Decimal(0))
            unit = slot(best.cells["currency"].address, "given")
            words = {"extreme": told.text("extreme_up"), "subject": subject, "value": slot(best.cells["m0"].address)}
            told.tell("per_currency", "up", currency=unit, name=told.name(best), **words)
            bind_rank(told, best, "m0", "up")


# -- two groups -------------------------------------------------------------------------------------------------------


def _two(told: Telling, rows: list[ResultRow], index: int) -> None:
    """Which of two is ahead in one of the figures, and by how much."""
    measure = f"m{index}"
    first, second = sorted(rows, key=lambda row: row.cells[measure].number or Decimal(0), reverse=True)
    a, b = first.cells[measure], second.cells[measure]
    subject = told.phrases.subject(index)
    names = {"first": told.name(first), "second": told.name(second), "a": told.value_within(first, measure), "b": told.value_within(second, measure)}
    if a.number is None or b.number is None or a.number == b.number:
        told.tell("compare_even", subject=subject, **names)
        return
    pair, level = (a.address, b.address), max(a.classification, b.classification)
    delta = Cell(
        address=f"{told.result.call}.between.{measure}_delta", value=f"{a.number - b.number:f}", type=a.type, unit=a.unit,
        classification=level, derivation=Derivation(formula="delta", operands=pair),
    )  # fmt: skip
    address = told.bind(delta)
    if a.type is CellType.RATE:
        told.tell("compare_ahead_rate", "up", subject=subject, delta=slot(address, "points"), **names)
        _overlap(told, first, second, measure)
        return
    if b.number <= 0 or a.type is CellType.DURATION:
        told.tell("compare_ahead_plain", "up", subject=subject, delta=slot(address, told.exactness(a, b)), **names)
        return
    growth = (a.number - b.number) / abs(b.number)
    derivation = Derivation(formula="growth", operands=pair)
    rate = Cell(
        address=f"{told.result.call}.between.{measure}_growth", value=f"{growth.quantize(Decimal('0.000001')):f}", type=CellType.RATE,
        classification=level, derivation=derivation,
    )  # fmt: skip
    told.tell("compare_ahead", "up", subject=subject, delta=slot(address, told.exactness(a, b)), growth=slot(told.bind(rate)), **names)


def _overlap(told: Telling, first: ResultRow, second: ResultRow, measure: str) -> None:
    """Whether the intervals of two rates overlap."""
    bounds = [row.cells.get(f"{measure}_{end}") for row in (first, second) for end in ("low", "high")]
    numbers = [cell.number for cell in bounds if cell is not None and cell.number is not None]
    if len(numbers) == 4 and len(told.result.rows) == 2:
        told.tell("overlap" if numbers[0] <= numbers[3] and numbers[2] <= numbers[1] else "apart")


# -- time, shares, bounds ---------------------------------------------------------------------------------------------


def _trend(told: Telling, rows: list[ResultRow]) -> None:
    key = next(column.key for column, each in zip(told.result.columns, told.query.dimensions, strict=False) if each.grain)
    rows = sorted(rows, key=lambda row: row.cells[key].value or "")
    if len(rows) == 1:
        _single(told, rows[0])
        return
    if len(told.query.dimensions) > 1:
        _ranked(told, rows)
        return
    first, last = rows[0], rows[-1]
    start, end = (row.cells["m0"].number or Decimal(0) for row in (first, last))
    ends = ""
    peak = max(rows, key=lambda row: row.cells["m0"].number or Decimal(0))
    low = min(rows, key=lambda row: row.cells["m0"].number or Decimal(0))
    for key_, row, direction in (("trend_peak", peak, "up"), ("trend_low", low, "down")):
        same = [each for each in rows if each.cells["m0"].number == row.cells["m0"].number]
        if not {each.key for each in same} & {first.key, last.key} and len(same) <= FEW:
            ends += told.text(key_, value=slot(row.cells["m0"].address), period=listed([_within(told, each) for each in same], told.language))
            for each in same:
                bind_rank(told, each, "m0", direction)  # type: ignore[arg-type]
    way = "trend_up" if end > start else "trend_down" if end < start else "trend_level"
    words = {"first_value": slot(first.cells["m0"].address), "last_value": slot(last.cells["m0"].address), "first": _within(told, first)}
    told.tell(way, subject=told.the(0), last=_within(told, last), ends=ends, **words)


def _within(told: Telling, row: ResultRow) -> str:
    name = told.name(row)
    grain = next(each.grain for each in told.query.dimensions if each.grain)
    return told.text(f"within_{grain}", period=name)


def _shares(told: Telling, rows: list[ResultRow]) -> None:
    figure = told.figure()
    for row in rows[:NAMED]:
        share = row.cells.get("m0_share")
        if share is None or share.value is None or share.derivation is None:
            continue
        whole = slot(share.derivation.operands[1])
        subject = figure.label if figure.counts or told.language == "en" else told.phrases.subject(0)
        words = {"share": slot(share.address), "value": slot(row.cells["m0"].address), "whole": whole}
        if told.language == "en":
            told.tell("share_of", name=told.name(row, "given"), subject=told.phrases.subject(0), period="", **words)
        else:
            told.tell("share_of", name=told.name(row, "given"), subject=subject, period="", **words)
    if not told.draft.sentences:
        _ranked(told, rows)


def _having(told: Telling, rows: list[ResultRow]) -> None:
    bound = told.query.having[0]
    measure = f"m{bound.measure}"
    column = told.result.column(measure)
    limit = told.phrases.reader.constant("where.bound", bound.value, column.type, column.unit)
    counts = told.figure(bound.measure).counts
    dimension = told.query.dimensions[0]
    count = _passing(told, rows, measure, bound.op in {"lt", "le"})
    if not count:
        _ranked(told, rows)
        return
    one = len(rows) == 1
    names = [
        told.text("rest_one", name=told.name(row), value=slot(row.cells[measure].address)) for row in rows[: MOST_NAMED if len(rows) <= MOST_NAMED else NAMED]
    ]
    shown = "list_named" if len(rows) <= MOST_NAMED else "list_first"
    field = told.phrases.field(dimension.path)
    told.tell(
        "having_count" if counts else "having",
        count=slot(count, "no" if told.language == "en" else "value"),
        groups=told.phrases.group(dimension, many=not one),
        have="has" if one else "have",
        subject=told.phrases.subject(bound.measure) if counts or told.language == "zh" else an(told.phrases.subject(bound.measure)),
        bound=told.text(f"bound_{'count_' if counts else ''}{bound.op}", value=slot(limit)),
        counter=counter(field.to or "account"),
        named=told.text(shown, names=listed(names, told.language)) if rows else "",
    )


def _passing(told: Telling, rows: list[ResultRow], measure: str, below: bool) -> str:
    """How many groups pass a bound: the rank of the last that does, plus those that equal it. Empty where that can't be proven."""
    if told.result.groups != len(told.result.rows):
        return ""
    empty = [row for row in rows if _is_empty(told, row)]  # periods without a record stand in no evidence that a rank could count
    rows = [row for row in rows if row not in empty]
    if not rows:
        return told.count_cell("passing", len(empty), Derivation(formula="constant"))
    last = (max if below else min)(rows, key=lambda row: row.cells[measure].number or Decimal(0))
    equal = sum(row.cells[measure].number == last.cells[measure].number for row in rows)
    derivation = Derivation(formula="group_rank_up" if below else "group_rank", operands=(last.cells[measure].address,), by=group_keys(told))
    rank = told.count_cell("passing_last", len(rows) - equal + 1, derivation)
    if equal == 1 and not empty:
        return rank
    others = told.count_cell("passing_equal", equal - 1 + len(empty), Derivation(formula="constant"))
    return told.count_cell("passing", len(rows) + len(empty), Derivation(formula="add", operands=(rank, others)))


def _is_empty(told: Telling, row: ResultRow) -> bool:
    """Whether it is a period in which nothing happened."""
    derivation = told.name_cell(row).derivation
    return derivation is not None and derivation.formula == "constant"
