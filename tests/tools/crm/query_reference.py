"""What a typed query means, worked out over plain Python rows: no SQL, no code of the engine. The engine is held against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from tests.tools.crm.query_reading import Reading, text
from tests.tools.crm.query_rows import Row
from tools.access.principal import Principal
from tools.crm.query import Having, MeasureRef, Order, Query, Window
from tools.crm.semantic import SemanticModel

WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
Worth = Callable[[Row, Decimal], Decimal]
Rates = dict[tuple[str, str], Decimal]


@dataclass
class Figure:
    kind: str
    fold: str = "count"
    paths: tuple[str, ...] = ()
    holds: tuple[Callable[[Row], bool], ...] = ()
    places: int = 4
    money: bool = False
    share: bool = False


@dataclass
class Outcome:
    """Rows as texts by column, as an answer would show them."""

    rows: list[dict[str, str | None]]
    groups: int
    tied: int
    n: int
    records: set[int] = field(default_factory=set)


class Reference(Reading):
    def __init__(self, rows: dict[str, list[Row]], model: SemanticModel, principal: Principal, rates: Rates, reporting: str | None = None) -> None:
        super().__init__(rows, model, principal)
        self.rates, self.reporting = rates, reporting

    def answer(self, query: Query) -> Outcome:
        return self._grouped(query) if query.measures else self._listed(query)

    # -- listings -------------------------------------------------------------------------------------------------

    def _listed(self, query: Query) -> Outcome:
        entity = query.entity
        inside = self._window(entity, query.window, None)
        rows = [row for row in self.visible(entity) if inside(row) and (query.where is None or self.holds(entity, row, query.where))]
        rows.sort(key=lambda row: row["id"])
        time = self.model.entities[entity].time
        orders = query.order or ((Order(path=time, descending=True),) if time else ())
        keys = [self._sorting(entity, each.path or time or "") for each in orders]
        for key, order in reversed(list(zip(keys, orders, strict=True))):
            rows = ranked(rows, key, order.descending)
        limit = 50 if query.limit is None else query.limit
        currency = self._several(entity, rows, str(query.order[0].path)) if query.order and query.order[0].path else None
        if currency is not None:
            return self._listed_by_worth(query, rows, limit, currency)
        shown = rows[:limit]
        tied = 0
        if query.order and 0 < limit < len(rows):
            shown_by = [str(each.path or time) for each in orders]
            last = [self._shown(entity, rows[limit - 1], path) for path in shown_by]
            tied = sum([self._shown(entity, row, path) for path in shown_by] == last for row in rows[limit:])
        cells = [{path.replace(".", "_"): self._shown(entity, row, path) for path in query.select} for row in shown]
        return Outcome(cells, len(rows), tied, len(rows), {row["id"] for row in rows})

    def _several(self, entity: str, rows: list[Row], path: str) -> Callable[[Row], str | None] | None:
        """The currency of each record, where a money field is held in several of them."""
        held = self.field(entity, path)
        if held.type != "money" or held.unit is not None or not self._has_currency(entity, path):
            return None

        def currency(row: Row) -> str | None:
            holder = self.end(entity, row, path)
            return (holder and holder.get("currency")) or None

        return currency if len({currency(row) for row in rows if self.value(entity, row, path) is not None}) > 1 else None

    def _listed_by_worth(self, query: Query, rows: list[Row], limit: int, currency: Callable[[Row], str | None]) -> Outcome:
        entity, path = query.entity, str(query.order[0].path)
        paid = [row for row in rows if self.value(entity, row, path) is not None]
        known = sorted({each for row in paid if (each := currency(row))})
        target = None if any(currency(row) is None for row in paid) else self._target_currency(known)

        def worth(row: Row) -> Decimal:
            amount: Decimal = self.value(entity, row, path)
            return amount * (self._rate(str(currency(row)), target) or 0) if target else amount

        sections = [paid] if target else [[row for row in paid if currency(row) == each] for each in [*known, None]]
        each_limit = max(50 // (len(known) + 1), 1) if query.limit is None and target is None else limit
        shown: list[Row] = []
        tied = 0
        for section in sections:
            ordered = sorted(section, key=lambda row: worth(row) * (-1 if query.order[0].descending else 1))
            shown += ordered[:each_limit]
            rest = [str(each.path) for each in query.order[1:]]
            keys = [(worth(row), [self._shown(entity, row, other) for other in rest]) for row in ordered]
            tied += sum(key == keys[each_limit - 1] for key in keys[each_limit:]) if each_limit else 0
        shown += [row for row in rows if row not in paid][: max(each_limit - len(shown), 0)]
        cells = [{path.replace(".", "_"): self._shown(entity, row, path) for path in query.select} for row in shown]
        own = path.replace(".", "_")
        for row, held in zip(shown, cells, strict=True):
            if target and held.get(own) is not None:
                held[f"{own}_converted"] = text(worth(row))
        if any(f"{own}_converted" not in held for held in cells) or all(currency(row) == target for row in shown):
            for held in cells:
                held.pop(f"{own}_converted", None)
        return Outcome(cells, len(rows), tied, len(rows), {row["id"] for row in rows})

    def _sorting(self, entity: str, path: str) -> Callable[[Row], Any]:
        def instant(row: Row) -> Any:
            holder, held = self.end(entity, row, path), self.field(entity, path)
            return holder and holder[held.key] if held.type == "datetime" and not held.custom else self.value(entity, row, path)

        return instant

    def _shown(self, entity: str, row: Row, path: str) -> str | None:
        held, holder = self.field(entity, path), self.end(entity, row, path)
        if any(link.classification > self.principal.clearance for link in (*self.model.field(entity, path)[0], held)):
            return None
        if held.type == "datetime" and not held.custom:
            moment = None if holder is None else holder[held.key]
            return None if moment is None else self._local(moment)
        return text(self.value(entity, row, path))

    # -- figures --------------------------------------------------------------------------------------------------

    def _grouped(self, query: Query) -> Outcome:
        entity = query.entity
        now = [self._figure(entity, each, query.window) for each in query.measures]
        before = [self._figure(entity, each, query.compare) for each in query.measures] if query.compare else []
        rows = [row for row in self.visible(entity) if query.where is None or self.holds(entity, row, query.where)]
        rows = [row for row in rows if any(holds(row) for figure in (*now, *before) for holds in figure.holds)]
        money = [figure for figure in (*now, *before) if figure.money]
        paid = {row["id"]: self._paid(entity, row, money) for row in rows}
        currencies = {self._currency(entity, row, money) for row in rows if paid[row["id"]]}
        known = sorted(each for each in currencies if each)
        target = known[0] if len(currencies) == 1 and known else self._target_currency(known) if len(currencies) > 1 and None not in currencies else None
        convertible = all(figure.fold in {"sum", "avg", "ratio"} for figure in money)
        split = len(currencies) > 1 and (target is None or not convertible)
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            own = (self._currency(entity, row, money),) if split else ()
            keys = tuple(self._period(entity, row, each.path, each.grain) for each in query.dimensions)
            groups.setdefault((*keys, *own), []).append(row)
        if split and len(money) == len([*now, *before]):
            groups = {key: held for key, held in groups.items() if any(paid[row["id"]] for row in held)}
        if not groups and not query.dimensions:
            groups[()] = []
        if not split and len(query.dimensions) == 1 and query.dimensions[0].grain and not query.compare:
            for period in self._periods(query, [key[0] for key in groups if key[0] is not None]):
                groups.setdefault((period,), [])
        worth = self._worth(entity, money, target if len(currencies) > 1 and not split else None)
        built = [self._group(query, key, held, now, before, worth, split) for key, held in groups.items()]
        for index, figure in enumerate(now):
            if figure.share:
                for each in built:
                    whole = sum((other["values"][f"m{index}"] or 0 for other in built if not split or other["key"][-1] == each["key"][-1]), Decimal(0))
                    own = each["values"][f"m{index}"]
                    each["values"][f"m{index}_share"] = None if own is None else divided(own, whole, 6)
        kept = [
            each
            for each in built
            if (not query.only or each["labels"][0] in query.only) and all(self._bounded(each["values"][f"m{bound.measure}"], bound) for bound in query.having)
        ]
        kept.sort(key=lambda each: tuple((part is None, part or "") for part in (*each["labels"], *each["key"])))
        ranks = [self._rank(query, order) for order in query.order]
        for rank, order in reversed(list(zip(ranks, query.order, strict=True))):
            kept = ranked(kept, rank, order.descending)
        tied = 0
        if query.order and query.limit and query.limit < len(kept):
            last = [rank(kept[query.limit - 1]) for rank in ranks]
            tied = 0 if None in last else sum([rank(each) for rank in ranks] == last for each in kept[query.limit :])
        shown = [{**each["named"], **{key: text(value) for key, value in each["values"].items()}} for each in kept[: query.limit]]
        return Outcome(shown, len(kept), tied, len(rows), {row["id"] for row in rows})

    def _periods(self, query: Query, found: list[str]) -> list[str]:
        """Every period between the first and the last: those that hold a day of them."""
        if not found:
            return []
        (dimension,), window, field = query.dimensions, query.window, self.field(query.entity, query.dimensions[0].path)
        lone = {"day": "%s", "week": "%s", "month": "%s-01", "year": "%s-01-01"}
        measures = [self.model.measures.get(each.measure or "") for each in query.measures]
        usual = self.model.entities[query.entity].time
        dated = all(((window and window.path) or (each and each.time) or usual) == dimension.path for each in measures)
        ends = [min(found), max(found)]
        if window and dated and field.past is not None:
            rows = [row for row in self.visible(query.entity) if all(row.get(name) in values for name, values in field.past.items())]
            all_of_them = [each for row in rows if (each := self._period(query.entity, row, dimension.path, dimension.grain))]
            bounds = [None if day is None else self._of_day(day, str(dimension.grain)) for day in (window.start, window.end)]
            if all_of_them and bounds[0]:
                ends[0] = min(ends[0], max(bounds[0], min(all_of_them)))
            if all_of_them and bounds[1]:
                ends[1] = max(ends[1], min(bounds[1], max(all_of_them)))
        first = date.fromisoformat(ends[0][:4] + "-01-01" if dimension.grain == "quarter" else lone[str(dimension.grain)] % ends[0])
        days = (first + timedelta(days=i) for i in range((date(int(ends[1][:4]), 12, 31) - first).days + 1))
        return sorted({key for day in days if ends[0] <= (key := self._of_day(day, str(dimension.grain))) <= ends[1]})

    def _figure(self, entity: str, ref: MeasureRef, window: Window | None) -> Figure:
        if ref.measure is None:
            holds, fold = (self._window(entity, window, None),), ref.fold or "count"
            if ref.path is None:
                return Figure("fold", holds=holds, share=ref.share)
            kind = self.field(entity, ref.path).type
            money = kind == "money" and fold not in {"count", "count_distinct"} and self._has_currency(entity, ref.path)
            places = 2 if kind == "money" else 6 if kind == "rate" else 4
            return Figure("mean" if fold == "avg" else "fold", fold, (ref.path,), holds, places, money, ref.share and fold in {"count", "sum"})
        measure = self.model.measures[ref.measure]
        if measure.op == "rate":
            parts = [self.model.measures[name] for name in measure.args]
            holds = tuple(self._counts(entity, each.where, window, measure.time or each.time) for each in parts)
            if parts[0].op == "count":
                return Figure("rate", holds=holds, places=6)
            paths = tuple(each.args[0] for each in parts)
            return Figure("quotient", "ratio", paths, holds, 6, self.field(entity, paths[0]).type == "money")
        holds = (self._counts(entity, measure.where, window, measure.time),)
        if measure.op == "days":
            return Figure("days", measure.args[2], measure.args[:2], holds, 6)
        if measure.op == "count":
            return Figure("fold", "count", (), holds, share=ref.share)
        money = self.field(entity, measure.args[0]).type == "money"
        places = 2 if money else 6 if measure.type == "rate" else 4
        if measure.op == "weighted":
            return Figure("weighted", "sum", measure.args[:1], holds, places, money, ref.share)
        return Figure("mean" if measure.op == "avg" else "fold", measure.op, measure.args, holds, places, money, ref.share and measure.op == "sum")

    def _counts(self, entity: str, where: dict[str, tuple[str, ...]], window: Window | None, time: str | None) -> Callable[[Row], bool]:
        inside = self._window(entity, window, time)
        return lambda row: (
            inside(row)
            and all((self.value(entity, row, path) in values) if values else self.value(entity, row, path) in (None, "") for path, values in where.items())
        )

    def _has_currency(self, entity: str, path: str) -> bool:
        return "currency" in self.model.entities[self.field(entity, path).entity].fields

    def _paid(self, entity: str, row: Row, money: list[Figure]) -> bool:
        return any(
            holds(row) and (self._weighted(entity, row, path) if figure.kind == "weighted" else self.value(entity, row, path)) is not None
            for figure in money
            for path, holds in zip(figure.paths, figure.holds, strict=True)
        )

    def _currency(self, entity: str, row: Row, money: list[Figure]) -> str | None:
        holder = self.end(entity, row, money[0].paths[0]) if money else None
        return (holder and holder.get("currency")) or None

    def _target_currency(self, known: list[str]) -> str | None:
        candidates = [self.reporting] if self.reporting else sorted({each for pair in self.rates for each in pair} | set(known))
        return next((each for each in candidates if all(self._rate(other, each) is not None for other in known)), None)

    def _rate(self, base: str, target: str) -> Decimal | None:
        if base == target:
            return Decimal(1)
        if (base, target) in self.rates:
            return self.rates[(base, target)]
        turned = self.rates.get((target, base))
        return None if turned is None else divided(Decimal(1), turned, 12)

    def _worth(self, entity: str, money: list[Figure], target: str | None) -> Worth:
        def worth(row: Row, amount: Decimal) -> Decimal:
            currency = self._currency(entity, row, money)
            return amount * (self._rate(str(currency), target) or 0) if target and currency else amount

        return worth

    def _period(self, entity: str, row: Row, path: str, grain: str | None) -> str | None:
        day = self.value(entity, row, path) if grain else None
        if grain is None:
            return self.key(entity, row, path)
        if day is None:
            return None
        return self._of_day(date.fromisoformat(day), grain)

    def _of_day(self, at: date, grain: str) -> str:
        day, week = at.isoformat(), at - timedelta(days=at.isoweekday() - 1)
        return {"day": day, "year": day[:4], "month": day[:7], "quarter": f"{at.year}-Q{(at.month + 2) // 3}", "week": week.isoformat()}[grain]

    def _group(
        self,
        query: Query,
        key: tuple[Any, ...],
        held: list[Row],
        now: list[Figure],
        before: list[Figure],
        worth: Worth,
        split: bool,
    ) -> dict[str, Any]:
        entity, named = query.entity, {}
        for each, own in zip(query.dimensions, key, strict=False):
            field = self.field(entity, each.path)
            by_record = not each.grain and (field.type == "ref" or self.is_called(field))
            label = self.value(entity, held[0], each.path) if by_record else own
            named[each.path.replace(".", "_") + (f"_{each.grain}" if each.grain else "")] = label
        labels = tuple(named.values())
        if split:
            named["currency"] = key[-1]
        values: dict[str, Any] = {}
        for index, figure in enumerate(now):
            values[f"m{index}"] = self._fold(entity, figure, held, worth)
            if figure.kind == "rate" and values[f"m{index}"] is not None:
                k, n = (sum(holds(row) for row in held) for holds in figure.holds)
                values[f"m{index}_low"], values[f"m{index}_high"] = wilson(k, n)
        for index, figure in enumerate(before):
            a, b = values[f"m{index}"], self._fold(entity, figure, held, worth)
            values[f"m{index}_before"] = b
            if any(isinstance(each, str) for each in (a, b)) or (figure.fold in {"min", "max"} and self.field(entity, figure.paths[0]).type.is_time):
                continue
            values[f"m{index}_delta"] = None if a is None or b is None else a - b
            if not self._is_rate(entity, query.measures[index], figure):
                values[f"m{index}_growth"] = None if a is None or b is None else divided(a - b, abs(b), 6)
        return {"key": key, "labels": labels, "named": named, "values": values}

    def _is_rate(self, entity: str, ref: MeasureRef, figure: Figure) -> bool:
        if ref.measure is not None:
            return self.model.measures[ref.measure].type == "rate"
        return bool(figure.paths) and figure.fold not in {"count", "count_distinct"} and self.field(entity, figure.paths[0]).type == "rate"

    def _fold(self, entity: str, figure: Figure, held: list[Row], worth: Worth) -> Any:
        rows = [row for row in held if figure.holds[0](row)]
        if figure.kind == "rate":
            return divided(Decimal(len(rows)), Decimal(sum(figure.holds[1](row) for row in held)), 6)
        if figure.kind == "quotient":
            sums = [
                sum((worth(row, amount) for row in held if holds(row) and (amount := self.value(entity, row, path)) is not None), Decimal(0))
                for path, holds in zip(figure.paths, figure.holds, strict=True)
            ]
            return divided(sums[0], sums[1], 6)
        if not figure.paths:
            return Decimal(len(rows))
        if figure.kind == "days":
            values: list[Any] = [gap for row in rows if (gap := self._days(entity, row, *figure.paths)) is not None]
        elif figure.fold in {"count", "count_distinct"}:
            values = [key for row in rows if (key := self.key(entity, row, figure.paths[0])) is not None]
            numeric = self.field(entity, figure.paths[0]).type
            return Decimal(len(values) if figure.fold == "count" else len(set(values))) if numeric else None
        elif figure.kind == "weighted":
            values = [worth(row, part) for row in rows if (part := self._weighted(entity, row, figure.paths[0])) is not None]
        else:
            values = [worth(row, value) if figure.money else value for row in rows if (value := self.value(entity, row, figure.paths[0])) is not None]
        if figure.fold == "sum":
            return sum(values, Decimal(0))
        if not values:
            return None
        if figure.fold == "avg":
            return divided(sum(values, Decimal(0)), Decimal(len(values)), figure.places)
        if figure.fold == "median":
            ordered = sorted(values)
            return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
        return min(values) if figure.fold == "min" else max(values)

    def _weighted(self, entity: str, row: Row, path: str) -> Decimal | None:
        amount, chance = self.value(entity, row, path), self.value(entity, row, "probability")
        return None if amount is None or chance is None else (amount * chance).quantize(Decimal("0.0001"), ROUND_HALF_UP, WIDE)

    def _days(self, entity: str, row: Row, later: str, earlier: str) -> Decimal | None:
        moments = []
        for path in (later, earlier):
            stored = row.get(path)
            if stored is None:
                return None
            moments.append(stored if isinstance(stored, datetime) else datetime(stored.year, stored.month, stored.day, tzinfo=UTC))
        seconds = Decimal(int((moments[0] - moments[1]).total_seconds()))
        return (seconds / 86400).quantize(Decimal("0.000001"), ROUND_HALF_UP, WIDE)

    def _rank(self, query: Query, order: Order) -> Callable[[dict[str, Any]], Any]:
        def rank(each: dict[str, Any]) -> Any:
            keys = each["key"][: len(query.dimensions)]
            if None in keys:
                return None
            if order.path is None or order.measure is not None:
                now = each["values"][f"m{order.measure or 0}"]
                if order.by == "figure":
                    return now
                before = each["values"][f"m{order.measure}_before"]
                if now is None or before is None:
                    return None
                return now - before if order.by == "change" else divided(now - before, abs(before), 6)
            at = next(i for i, dimension in enumerate(query.dimensions) if dimension.path == order.path)
            held, grain = self.field(query.entity, order.path), query.dimensions[at].grain
            label = each["labels"][at]
            return Decimal(label) if label is not None and not grain and (held.type.is_numeric or held.type == "year") else label

        return rank

    def _bounded(self, value: Any, bound: Having) -> bool:
        if value is None:
            return False
        other = bound.value if isinstance(value, str) else Decimal(bound.value)
        return {"lt": value < other, "le": value <= other, "gt": value > other, "ge": value >= other, "eq": value == other}[bound.op]


def ranked(items: Iterable[Any], key: Callable[[Any], Any], descending: bool) -> list[Any]:
    """Stable; those without a key last."""
    held = list(items)
    known = sorted((each for each in held if key(each) is not None), key=key, reverse=descending)
    return known + [each for each in held if key(each) is None]


def divided(part: Decimal, whole: Decimal, places: int) -> Decimal | None:
    if whole == 0:
        return None
    exact = Fraction(part) / Fraction(whole) * 10**places
    return Decimal(round(exact)) / 10**places  # round() of a Fraction is half-even and exact


def wilson(k: int, n: int) -> tuple[Decimal, Decimal]:
    """The 95 % score interval as Wilson (1927) wrote it, to six places."""
    z = 1.959963984540054
    p = k / n
    centre, reach = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    low, high = (centre - reach) / (1 + z * z / n), (centre + reach) / (1 + z * z / n)
    return (Decimal(0) if k == 0 else Decimal(f"{low:.6f}")), (Decimal(1) if k == n else Decimal(f"{high:.6f}"))
