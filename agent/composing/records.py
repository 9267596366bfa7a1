"""Answers about records: how many there are, which they are, one field of one of them, the one with the most of something."""

from __future__ import annotations

from typing import Literal

from agent.composing.draft import slot
from agent.composing.telling import Telling
from agent.composing.typesetting import listed
from tools.crm.results import ResultRow
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import RECORD_ID
from tools.trace.cells import Cell, CellType, Derivation, Formula
from tools.trace.cells import Condition as TraceCondition

NAMED = 5
FEW = 3
MOST_LOOKED_UP = 3
MOST_ASKED = 4  # columns: a name, a figure, and what was asked of the record; more are those that a list shows anyway
LOOKED_UP = {f"lookup_{each}" for each in ("founded_year", "created_on", "created_at", "opened_on", "opened_at", "closed_at", "signed_on", "hired_on")}


def tell_records(told: Telling) -> None:
    """The sentence for a list by what was asked about it."""
    result, query = told.result, told.query
    if told.plan.focus == "lookup" and result.rows:
        _lookup(told)
    elif told.plan.focus == "top" and result.rows and query.order and query.order[0].path and _ranked(told):
        return
    else:
        _list(told)


def _list(told: Telling) -> None:
    result, phrases = told.result, told.phrases
    count = told.draft.cells[f"{result.call}.total.count"]
    words = {
        "count": slot(count.address, "no" if told.language == "en" else "value"),
        "records": phrases.records(told.is_one(count)),
        "counter": phrases.counter(),
        "are": told.are(count),
    }
    if told.plan.focus == "exists":
        told.tell("exists_yes" if result.groups else "exists_no", named=_named(told), **words)
    elif result.groups == 0 or told.language == "en" or phrases.conditions.others or phrases.query.window:
        told.tell("list_all", named=_named(told), **words)
    elif phrases.is_table():
        told.tell("list_table", noun=phrases.table(), named=_named(told), **words)
    else:
        told.tell("list_plain", noun=phrases.noun(), named=_named(told), **words)
    if 0 < len(result.rows) < result.groups and len(result.rows) > NAMED:
        shown = told.count_cell("shown", len(result.rows), Derivation(formula="constant"))
        told.tell("list_shown", shown=slot(shown, "size"), counter=phrases.counter())


def _named(told: Telling) -> str:
    """The names of the first records, where they have names."""
    title = told.model.entities[told.query.entity].title or ""
    cells = [row.cells[title] for row in told.result.rows[: NAMED + 1] if title in row.cells]
    known = [slot(cell.address) for cell in cells if cell.value is not None][:NAMED]
    if not known or len({cell.value for cell in cells}) < len(cells):
        return ""
    whole = len(known) == told.result.groups
    return told.text("list_named" if whole else "list_among", names=listed(known, told.language))


# -- one field of one record ------------------------------------------------------------------------------------------


def _lookup(told: Telling) -> None:
    title = told.model.entities[told.query.entity].title or ""
    for row in told.result.rows[:MOST_LOOKED_UP]:
        called = next((row.cells[key] for key in (title, RECORD_ID) if key in row.cells and row.cells[key].value is not None), None)
        named = slot(called.address, "given") if called is not None else told.phrases.records(one=True)
        asked = [path for path in told.query.select if path not in {title, RECORD_ID} or len(told.query.select) == 1]
        for path in asked:
            _field(told, path, row.cells[path.replace(".", "_")], named)


def _field(told: Telling, path: str, cell: Cell, named: str) -> None:
    field = told.phrases.field(path)
    label = told.phrases.label(path)
    if cell.value is None:
        masked = cell.classification > told.clearance
        told.tell("lookup_masked" if masked else "lookup_missing", field=label, name=named)
    elif field.type is FieldType.FLAG:
        told.tell(f"lookup_flag_{cell.value}", field=label, name=named, value=slot(cell.address))
    elif not field.custom and f"lookup_{field.key}" in LOOKED_UP:
        told.tell(f"lookup_{field.key}", name=named, value=slot(cell.address))
    else:
        told.tell("lookup_held" if field.type is FieldType.COUNT else "lookup", field=label, name=named, value=slot(cell.address))


# -- the record with the most -----------------------------------------------------------------------------------------


def _ranked(told: Telling) -> bool:
    """False where the first record has no value or nothing to name it by."""
    order = told.query.order[0]
    path = order.path or ""
    field = told.phrases.field(path)
    direction: Literal["up", "down"] = "up" if order.descending else "down"
    group = "_date" if field.type.is_time or field.type is FieldType.YEAR else "_count" if field.type is FieldType.COUNT else ""
    key = path.replace(".", "_")
    rows = [row for row in told.result.rows if row.cells.get(key) is not None and row.cells[key].value is not None]
    title, name = _naming(told, rows[0]) if rows else ("", None)
    if not rows:
        told.tell("lookup_missing", field=told.phrases.label(path), name=told.phrases.records())
        return True
    if name is None:
        return False
    if told.result.mixed_currencies and field.type is FieldType.MONEY:
        _apart(told, rows, key, direction)
        return True
    own = title in {told.model.entities[told.query.entity].title, RECORD_ID}
    first, limit = rows[0].cells[key], told.query.limit or 1
    level = [row for row in rows if _measured(row, key) == _measured(rows[0], key) and row.cells[title].value is not None]
    rest = [
        told.text("rest_one", name=slot(row.cells[title].address), value=_worth(told, row, key, within=True))
        for row in rows[len(level) : min(limit, len(level) + FEW)]  # the others stand in the table
        if _measured(row, key) == _measured(rows[len(level)], key) and row.cells[title].value is not None
    ]
    extreme = told.text(f"extreme{group}_{direction}")
    if told.query.skip:
        extreme = told.text("nth_extreme", place=told.text(f"place_{told.query.skip + 1}"), extreme=extreme)
    told.tell(
        "top_record_shared" if len(level) > 1 else "top_record" if own else "top_record_with",
        direction,
        names=_together(told, level, title),
        name=slot(name.address),
        extreme=extreme,
        field=told.phrases.label(path),
        records=_among(told, own),
        value=_worth(told, rows[0], key),
        rest=told.text(f"rest_{direction}", names=listed(rest, told.language)) if rest else "",
        counter=told.phrases.counter() + told.phrases.noun(one=True),
    )
    block = told.result.blocks[0].id
    ranked = rows[0].cells.get(f"{key}_converted", first)
    derivation = Derivation(formula="row_rank" if order.descending else "row_rank_up", operands=(ranked.address, f"{block}.o0"))
    if first.type not in {CellType.DATE, CellType.DATETIME}:
        told.bind(Cell(address=f"{first.address}_rank", value=str(told.query.skip + 1), type=CellType.COUNT, derivation=derivation))
    if len(level) == 1 and limit == 1 and len(told.query.select) <= MOST_ASKED:
        for other in told.query.select:
            if other not in {title, path} and ("." in other or told.phrases.field(other).type is FieldType.REF):
                held = rows[0].cells[other.replace(".", "_")]
                hidden = held.value is None and held.classification > told.clearance
                key = "lookup_its_masked" if hidden else "lookup_its" if held.value is not None else "lookup_its_missing"
                told.tell(key, field=told.phrases.label(other), value=slot(held.address))
    if told.result.tied:
        told.tell("tied_last" if len(rows) > 1 else "tied_first")
    return True


def _measured(row: ResultRow, key: str) -> str | None:
    """What a record is ranked by: an amount that was converted as that."""
    return row.cells.get(f"{key}_converted", row.cells[key]).value


def _together(told: Telling, rows: list[ResultRow], title: str) -> str:
    """The names of records that share a place; of many, the first few."""
    names = [slot(row.cells[title].address) for row in rows]
    if len(rows) <= NAMED and not (told.result.tied and len(rows) == len(told.result.rows)):
        return listed(names, told.language)
    return told.text("sharing_others", names=told.text("join_comma").join(names[:3]))


def _worth(told: Telling, row: ResultRow, key: str, within: bool = False) -> str:
    """A value; an amount that was converted to be compared also as what it was compared by. ``within`` brackets there are no others."""
    own, converted = row.cells[key], row.cells.get(f"{key}_converted")
    if converted is None or converted.unit == own.unit:
        return slot(own.address)
    return told.text("worth_converted_within" if within else "worth_converted", value=slot(own.address), converted=slot(converted.address))


def _apart(told: Telling, rows: list[ResultRow], key: str, direction: Literal["up", "down"]) -> None:
    """Amounts in several currencies that can't be compared: the first record of each currency."""
    block, label = told.result.blocks[0].id, told.phrases.label(told.query.order[0].path or "")
    records = told.phrases.records(one=told.language == "en")
    seen: set[str | None] = set()
    for row in rows:
        cell = row.cells[key]
        _, name = _naming(told, row)
        if cell.unit in seen or cell.unit is None or name is None:
            continue
        seen.add(cell.unit)
        unit = slot(told.phrases.reader.constant(f"where.currency_{cell.unit}", cell.unit, CellType.TEXT), "given")
        words = {"name": slot(name.address), "extreme": told.text(f"extreme_{direction}"), "field": label, "records": records, "value": slot(cell.address)}
        told.tell("top_record_apart", direction, currency=unit, **words)
        formula: Formula = "row_rank" if direction == "up" else "row_rank_up"
        where = (TraceCondition(column="currency", equals=cell.unit),)
        derivation = Derivation(formula=formula, operands=(cell.address, f"{block}.o0"), where=where)
        told.bind(Cell(address=f"{cell.address}_rank", value="1", type=CellType.COUNT, derivation=derivation))
    if told.result.tied:
        told.tell("tied_first" if (told.query.limit or 1) == 1 else "tied_last")


def _among(told: Telling, own: bool) -> str:
    """Whom the first is compared with; where it has no name of its own, what it is."""
    phrases = told.phrases
    if told.language == "zh":
        return phrases.records()
    if not own:
        return phrases.records(one=True)
    return phrases.records() if phrases.conditions.others else f"all {phrases.records()}"


def _naming(told: Telling, row: ResultRow) -> tuple[str, Cell | None]:
    """What a record is called: its own name, else that of its account, else of anybody it belongs to, else its number where that is shown."""
    title = told.model.entities[told.query.entity].title or ""
    for key in (title, "account", "contact", "owner"):
        cell = row.cells.get(key)
        if cell is not None and cell.value is not None and (cell.type is CellType.NAME or (key == title and cell.type is CellType.TEXT)):
            return key, cell
    number = row.cells.get(RECORD_ID)
    return (RECORD_ID, number) if number is not None and number.value is not None else ("", None)
