"""Chooses the sentences and tables of an answer from its plan and results. The first sentence asserts what was asked."""

from __future__ import annotations

from datetime import date

from agent.answer import Language, Table
from agent.composing.draft import Draft, Sentence, scalar, slot
from agent.composing.formatting import format_date
from agent.composing.phrases import Phrases, tidy
from prompts.words import say
from tools.crm.query import Plan, Query
from tools.crm.results import ResultRow, ResultSet
from tools.crm.semantic import SemanticModel
from tools.trace.cells import Cell, CellType, Derivation

SHOWN = 50
NAMED = 3


class Composer:
    """Drafts one answer."""

    def __init__(self, plan: Plan, results: tuple[ResultSet, ...], model: SemanticModel, language: Language) -> None:
        """``results`` in the order of the plan's queries."""
        self.plan, self.results, self.model, self.language = plan, results, model, language
        self.draft = Draft(language)

    def compose(self, data_end: date | None, scope: str | None) -> Draft:
        """``data_end`` is set where relative dates count from the data's last day, ``scope`` where the reader sees a part only."""
        for result in self.results:
            self._answer(result)
        self._notes(data_end, scope)
        return self.draft

    def _answer(self, result: ResultSet) -> None:
        phrases = Phrases(result.query, result.call, self.model, self.language)
        self.draft.cells |= result.cells()
        if not result.query.measures:
            self._listing(result, phrases)
        elif not result.query.dimensions:
            self._figures(result, phrases)
        else:
            self._grouped(result, phrases)
        self.draft.cells |= phrases.cells
        self._result_notes(result, phrases)

    # -- one figure -----------------------------------------------------------------------------------------------

    def _figures(self, result: ResultSet, phrases: Phrases) -> None:
        if result.mixed_currencies:
            self._per_currency(result, phrases)
            return
        row = result.rows[0] if result.rows else None
        for index in range(len(result.query.measures)):
            subject = phrases.subject(index)
            cell = row.cells.get(f"m{index}") if row else None
            if row is None or cell is None or cell.value is None:
                self._say("figure_none", subject=subject)
            elif result.query.compare is not None:
                self._against(result.query, phrases, row, index, subject)
            else:
                self._figure(row, cell, index, subject)

    def _figure(self, row: ResultRow, cell: Cell, index: int, subject: str) -> None:
        value, derivation = slot(cell.address), cell.derivation
        if f"m{index}_low" in row.cells and derivation is not None:
            low, high = (slot(row.cells[f"m{index}_{end}"].address) for end in ("low", "high"))
            part, n = (slot(each) for each in derivation.operands)
            self._say("figure_rate", subject=subject, value=value, low=low, high=high, part=part, n=n)
        elif derivation is not None and derivation.formula == "ratio":
            self._say("figure_mean", subject=subject, value=value, n=slot(derivation.operands[1]))
        else:
            self._say("figure", subject=subject, value=value)

    def _against(self, query: Query, phrases: Phrases, row: ResultRow, index: int, subject: str) -> None:
        before, delta, growth = (row.cells.get(f"m{index}_{name}") for name in ("before", "delta", "growth"))
        value, earlier = slot(row.cells[f"m{index}"].address), phrases.period(query.compare)
        if before is None or before.value is None or delta is None:
            self._say("figure", subject=subject, value=value)
        elif growth is None or growth.value is None:
            self._say(
                "compare_periods_plain", subject=subject, value=value, before=slot(before.address), earlier=earlier, delta=slot(delta.address, "signed")
            )
        else:
            filled = {"before": slot(before.address), "delta": slot(delta.address, "signed"), "growth": slot(growth.address, "signed")}
            self._say("compare_periods", subject=subject, value=value, earlier=earlier, **filled)

    def _per_currency(self, result: ResultSet, phrases: Phrases) -> None:
        values = say("join_comma", self.language).join(slot(row.cells["m0"].address) for row in result.rows)
        self._say("figure", subject=phrases.subject(0), value=values)

    # -- groups ---------------------------------------------------------------------------------------------------

    def _grouped(self, result: ResultSet, phrases: Phrases) -> None:
        named = [row for row in result.rows if self._name(row, result).value is not None and row.cells["m0"].value is not None]
        subject = phrases.subject(0)
        if not named:
            self._say("figure_none", subject=subject)
            return
        ordered = bool(result.query.order)
        if any(each.grain for each in result.query.dimensions):
            self._trend(named, result, subject)
        elif self.plan.focus == "compare" and len(named) == 2:
            self._two(named, result, subject)
        elif ordered and (self.plan.focus == "top" or result.query.limit is not None):
            self._top(named, result, subject)
        else:
            self._breakdown(named, result, subject)
        if len(result.rows) > 1:
            self._table(result, phrases)

    def _name(self, row: ResultRow, result: ResultSet) -> Cell:
        first = next(column for column in result.columns if column.role == "dimension")
        return row.cells[first.key]

    def _named(self, row: ResultRow, result: ResultSet) -> str:
        """A group's name: all its dimensions."""
        parts = []
        for column, dimension in zip((c for c in result.columns if c.role == "dimension" and c.key != "currency"), result.query.dimensions, strict=False):
            parts.append(slot(row.cells[column.key].address, "period" if dimension.grain else "value"))
        return say("join_comma", self.language).join(parts)

    def _top(self, rows: list[ResultRow], result: ResultSet, subject: str) -> None:
        order = result.query.order[0]
        measure = f"m{order.measure or 0}"
        direction = "up" if order.descending else "down"
        counted = "_count" if rows[0].cells[measure].type is CellType.COUNT else ""
        extreme = say(f"extreme{counted}_{direction}", self.language)
        if self.language == "en":
            subject = subject[:1].lower() + subject[1:]
        first = rows[0]
        self._say(
            "top", direction, result.call, name=self._named(first, result), extreme=extreme, subject=subject, value=self._valued(first, measure)
        )
        rest = [f"{self._named(row, result)} ({slot(row.cells[measure].address)})" for row in rows[1 : max(NAMED, result.query.limit or NAMED)]][:9]
        if rest:
            joined = say("join_comma", self.language).join(rest)
            self._say("top_more", rest=joined if self.language == "en" else joined.replace(" (", "（").replace(")", "）"))
        self._rank(first, rows, result, measure, direction)

    def _valued(self, row: ResultRow, measure: str) -> str:
        """A value with its share or interval where there is one."""
        text = slot(row.cells[measure].address)
        low, high, share = (row.cells.get(f"{measure}_{end}") for end in ("low", "high", "share"))
        if low is not None and high is not None:
            text += f" ({slot(low.address)} to {slot(high.address)})" if self.language == "en" else f"（{slot(low.address)} 至 {slot(high.address)}）"
        elif share is not None:
            label = say("column_share", self.language)
            text += f" ({label} {slot(share.address)})" if self.language == "en" else f"（{label} {slot(share.address)}）"
        return text

    def _rank(self, first: ResultRow, rows: list[ResultRow], result: ResultSet, measure: str, direction: str) -> None:
        """Binds the superlative: the rank of the first row over all groups, recomputed from the evidence."""
        own = first.cells[measure]
        block = result.blocks[0].id
        by = tuple(f"{block}.d{i}" for i in range(len(result.query.dimensions)))
        address = f"{own.address}_rank"
        formula = "group_rank" if direction == "up" else "group_rank_down"
        derivation = Derivation(formula="group_rank" if formula == "group_rank" else "group_rank_up", operands=(own.address,), by=by)
        self.draft.cells[address] = Cell(address=address, value="1", type=CellType.COUNT, classification=own.classification, derivation=derivation)

    def _breakdown(self, rows: list[ResultRow], result: ResultSet, subject: str) -> None:
        best = max(rows, key=lambda row: (row.cells["m0"].number is not None, row.cells["m0"].number or 0))
        worst = min(rows, key=lambda row: row.cells["m0"].number or 0)
        if len(rows) == 1:
            self._say("breakdown_one", subject=subject, name=self._named(best, result), value=self._valued(best, "m0"))
            return
        self._say(
            "breakdown",
            "up",
            result.call,
            subject=subject,
            name=self._named(best, result),
            value=self._valued(best, "m0"),
            last=self._named(worst, result),
            lowest=slot(worst.cells["m0"].address),
        )

    def _two(self, rows: list[ResultRow], result: ResultSet, subject: str) -> None:
        a, b = rows[0].cells["m0"], rows[1].cells["m0"]
        delta = Cell(
            address=f"{result.call}.between.m0_delta",
            value=None if a.number is None or b.number is None else f"{a.number - b.number:f}",
            type=a.type,
            unit=a.unit,
            classification=max(a.classification, b.classification),
            derivation=Derivation(formula="delta", operands=(a.address, b.address)),
        )
        self.draft.cells[delta.address] = delta
        names = {"first": self._named(rows[0], result), "second": self._named(rows[1], result)}
        if self.language == "en":
            subject = subject[:1].lower() + subject[1:]
        self._say("compare_rows", subject=subject, a=self._valued(rows[0], "m0"), b=self._valued(rows[1], "m0"), delta=slot(delta.address, "signed"), **names)

    def _trend(self, rows: list[ResultRow], result: ResultSet, subject: str) -> None:
        key = next(column.key for column, each in zip(result.columns, result.query.dimensions, strict=False) if each.grain)
        rows = sorted(rows, key=lambda row: row.cells[key].value or "")
        if len(rows) == 1:
            self._say("breakdown_one", subject=subject, name=self._named(rows[0], result), value=self._valued(rows[0], "m0"))
            return
        peak = max(rows, key=lambda row: row.cells["m0"].number or 0)
        self._say(
            "trend",
            "up",
            result.call,
            subject=subject,
            first=self._named(rows[0], result),
            first_value=slot(rows[0].cells["m0"].address),
            last=self._named(rows[-1], result),
            last_value=slot(rows[-1].cells["m0"].address),
            peak=self._named(peak, result),
            peak_value=slot(peak.cells["m0"].address),
        )

    # -- records --------------------------------------------------------------------------------------------------

    def _listing(self, result: ResultSet, phrases: Phrases) -> None:
        count = f"{result.call}.total.count"
        subject = phrases.subject(None)
        if self.plan.focus == "lookup" and result.rows:
            self._lookup(result, phrases)
            return
        if self.language == "en":
            subject = subject[:1].lower() + subject[1:]
        yes = self.plan.focus == "exists"
        if result.groups == 0:
            self._say("exists_no" if yes else "list_none", subject=subject)
            return
        if self.plan.focus == "top" and result.query.order and result.query.order[0].path:
            self._top_record(result, phrases)
        elif yes:
            self._say("exists_yes", subject=subject, count=slot(count))
        elif len(result.rows) < result.groups:
            shown = Cell(address=f"{result.call}.shown", value=str(len(result.rows)), type=CellType.COUNT, derivation=Derivation(formula="constant"))
            self.draft.cells[shown.address] = shown
            self._say("list_some", subject=subject, count=slot(count), shown=slot(shown.address, "size"))
        else:
            self._say("list_all", subject=subject, count=slot(count))
        self._table(result, phrases)

    def _lookup(self, result: ResultSet, phrases: Phrases) -> None:
        title = self.model.entities[result.query.entity].title or ""
        for row in result.rows[:NAMED]:
            name = row.cells.get(title)
            for path in result.query.select:
                key = path.replace(".", "_")
                if path == title and len(result.query.select) > 1:
                    continue
                cell, label = row.cells[key], phrases.label(path)
                field = label[:1].upper() + label[1:] if self.language == "en" else label
                named = slot(name.address) if name is not None else phrases.records()
                if cell.value is None:
                    self._say("lookup_missing", field=label, name=named)
                else:
                    self._say("lookup", field=field, name=named, value=slot(cell.address))
        if len(result.rows) > 1:
            self._table(result, phrases)

    def _top_record(self, result: ResultSet, phrases: Phrases) -> None:
        order = result.query.order[0]
        path = order.path or ""
        field = phrases.field(path)
        kind = "_date" if field.type.is_time else ""
        direction = "up" if order.descending else "down"
        first = result.rows[0]
        title = self.model.entities[result.query.entity].title or ""
        name = next((first.cells[k] for k in (title, "account", *first.cells) if k in first.cells and first.cells[k].value), None)
        own = first.cells.get(path.replace(".", "_"))
        if own is None or own.value is None or name is None:
            self._say("list_all", subject=phrases.subject(None), count=slot(f"{result.call}.total.count"))
            return
        block = result.blocks[0].id
        rank = Derivation(formula="row_rank" if order.descending else "row_rank_up", operands=(own.address, f"{block}.o0"))
        self.draft.cells[f"{own.address}_rank"] = Cell(address=f"{own.address}_rank", value="1", type=CellType.COUNT, derivation=rank)
        subject = f"{phrases.subject(None)}{'的' if self.language == 'zh' else ' by '}{phrases.label(path)}"
        if self.language == "en":
            subject = subject[:1].lower() + subject[1:]
        self._say(
            "top_record", direction, result.call, extreme=say(f"extreme{kind}_{direction}", self.language), subject=subject, name=slot(name.address), value=slot(own.address)
        )

    # -- tables and notes -----------------------------------------------------------------------------------------

    def _table(self, result: ResultSet, phrases: Phrases) -> None:
        keys = list(result.rows[0].cells) if result.rows else []
        titles, types = [], []
        for key in keys:
            titles.append(self._title(key, result, phrases))
            types.append(result.rows[0].cells[key].type)
        rows = result.rows[:SHOWN]
        empty = {c.key: say("none_group", self.language, field=c.words.label(self.language)) for c in result.columns if c.role == "dimension"}
        self.draft.tables.append(
            Table(
                name=self._plain_subject(result, phrases),
                columns=tuple(titles),
                rows=tuple(tuple(empty.get(k) if row.cells[k].value is None and k in empty else scalar(row.cells[k]) for k in keys) for row in rows),
                types=tuple(types),
                units=tuple(self._common_unit(result, key) for key in keys),
                cells=tuple(tuple(row.cells[k].address for k in keys) for row in rows),
                total_rows=result.groups,
            )
        )

    def _common_unit(self, result: ResultSet, key: str) -> str | None:
        units = {row.cells[key].unit for row in result.rows if row.cells[key].value is not None}
        return next(iter(units)) if len(units) == 1 else None

    def _plain_subject(self, result: ResultSet, phrases: Phrases) -> str:
        return phrases.measure(result.query.measures[0]) if result.query.measures else phrases.records()

    def _title(self, key: str, result: ResultSet, phrases: Phrases) -> str:
        base, _, suffix = key.partition("_") if key.startswith("m") and key[1:2].isdigit() else (key, "", "")
        if base.startswith("m") and base[1:].isdigit() and result.query.measures:
            name = phrases.measure(result.query.measures[int(base[1:])])
            return f"{name} {say(f'column_{suffix}', self.language)}" if suffix else name
        return next((column.words.label(self.language) for column in result.columns if column.key == key), key)

    def _notes(self, data_end: date | None, scope: str | None) -> None:
        for assumption in self.plan.assumptions:
            text = assumption.zh if self.language == "zh" else assumption.en
            self._note(text)
        if scope is not None:
            self._note(say("scope_note", self.language, scope=scope))
        if data_end is not None and any(self._is_relative(result.query) for result in self.results):
            self._note(say("today_note", self.language, day=format_date(data_end, self.language)))

    def _is_relative(self, query: Query) -> bool:
        return query.window is not None or query.compare is not None or "Between" in repr(query.where)

    def _result_notes(self, result: ResultSet, phrases: Phrases) -> None:
        if result.converted_to:
            self._note(say("converted_note", self.language, currency=result.converted_to))
        if result.mixed_currencies:
            self._note(say("mixed_note", self.language, currencies=", ".join(result.mixed_currencies)))
        for ref in result.query.measures:
            measure = self.model.measures.get(ref.measure or "")
            if measure is not None and (measure.where or measure.op in {"rate", "days", "avg"}):
                name = measure.words.label(self.language)
                self._note(say("define_note", self.language, name=name[:1].upper() + name[1:], define=measure.define.label(self.language)))
        masked = [cell for row in result.rows for cell in row.cells.values() if cell.value is None and cell.classification > 2]
        if masked and any(column.role == "field" for column in result.columns):
            pass

    def _note(self, text: str) -> None:
        text = text if text.endswith((".", "。")) else text + ("。" if self.language == "zh" else ".")
        if text not in self.draft.notes:
            self.draft.notes.append(text)

    def _say(self, key: str, direction: str = "none", call: str | None = None, **values: str) -> None:
        template = say(key, self.language, **{name: value.replace("{", "{").replace("}", "}") for name, value in values.items()})
        if self.language == "zh":
            template = tidy(template)
        self.draft.sentences.append(Sentence(template, direction, call))  # type: ignore[arg-type]
