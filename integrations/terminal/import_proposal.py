"""A proposed mapping as tables: where each file goes, where each column goes, how sure that is and why."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table as Grid

from integrations.terminal.screen import inert
from prompts.words import say
from tools.crm.importing.mapping import CUSTOM, RECORD_ID, SKIP, ColumnMap, Mapping, TableMap
from tools.crm.semantic.model import base_model
from tools.crm.semantic.own_tables import REFERENCES

BY_ID = "#id"


def render_proposal(mapping: Mapping, screen: Console, language: str) -> None:
    """Print a mapping for somebody who is to say yes or no to it."""
    screen.print(inert(say("import_proposal_title", language, system=mapping.system), "bold"))
    for table in mapping.tables:
        screen.print()
        screen.print(inert(_heading(table, language), "bold"))
        screen.print(_columns(table, language))


def _heading(table: TableMap, language: str) -> str:
    file = table.file if table.sheet is None else f"{table.file} [{table.sheet}]"
    certainty = f"{table.certainty:.0%}"
    if table.entity == CUSTOM:
        return say("import_proposal_custom_table", language, file=file, label=table.label or table.file, certainty=certainty)
    entity = base_model().entities.get(table.entity)
    return say("import_proposal_table", language, file=file, entity=entity.words.label(language) if entity else table.entity, certainty=certainty)


def _columns(table: TableMap, language: str) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for name in ("column", "to"):
        grid.add_column(inert(say(f"import_proposal_{name}", language)), overflow="fold")
    grid.add_column(inert(say("import_proposal_certainty", language)), justify="right", no_wrap=True)
    grid.add_column(inert(say("import_proposal_because", language)), overflow="fold")
    for column in table.columns:
        grid.add_row(inert(column.header), inert(_target(table, column, language)), inert(f"{column.certainty:.0%}"), inert(column.because, "dim"))
    return grid


def _target(table: TableMap, column: ColumnMap, language: str) -> str:
    if column.to == RECORD_ID:
        return say("import_proposal_id", language)
    if column.to == SKIP:
        return say("import_proposal_skip", language)
    details = [detail for detail in (column.unit, column.date_order, f"× {column.factor}" if column.factor != 1 else None) if detail]
    if column.to == CUSTOM and column.refers:
        entity = base_model().entities.get(column.refers)
        return say("import_proposal_refers", language, kind=entity.words.label(language) if entity else column.refers.removeprefix(f"{CUSTOM}:"))
    if column.to == CUSTOM:
        kind = column.type.value if column.type else "text"
        return say("import_proposal_custom", language, type=", ".join([kind, *details]))
    label = field_label(table.entity, column.to.removesuffix(BY_ID), language)
    if column.to.endswith(BY_ID):
        label = say("import_proposal_by_id", language, field=label)
    return f"{label} ({', '.join(details)})" if details else label


def field_label(entity: str, field: str, language: str) -> str:
    """What a person calls a field; its key where the model doesn't know it."""
    known = base_model().entities.get(entity)
    found = known.fields.get(field) if known else None
    if found is not None:
        return found.words.label(language)
    referred = base_model().entities.get(REFERENCES.get(field, "")) if known is None else None
    return referred.words.label(language) if referred else field.removeprefix("custom.")
