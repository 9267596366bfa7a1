"""``plumb terms``: the words that a person sees, one with its history, and forgetting one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from agent.answer import Language
from agent.catalog import Catalog
from agent.defining import said_by, said_meaning
from agent.parsing.language.text import has_han
from prompts.words import say
from tools.access.principal import Principal
from tools.definitions.errors import DefinitionUnknown
from tools.definitions.ready_made import name_in, ready_made
from tools.definitions.schemas import Definition
from tools.definitions.service import forget, history, visible


def list_terms(session: Session, catalog: Catalog, principal: Principal, today: date, language: Language) -> list[dict[str, Any]]:
    """Taught words that the person sees, then the ready-made filters of this store."""
    shipped = ready_made(lambda entity, key: catalog.vocabulary.content(entity, key).count > 0)
    return [_as_row(each, catalog, today, language) for each in (*visible(session, principal), *shipped)]


def show_term(session: Session, catalog: Catalog, principal: Principal, name: str, today: date, language: Language) -> list[dict[str, Any]]:
    """Every version of one word, ended ones too. Raises DefinitionUnknown."""
    found = history(session, principal, name)
    if not found:
        raise DefinitionUnknown(name=name)
    return [_as_row(each, catalog, today, language) for each in found]


def forget_term(session: Session, principal: Principal, name: str, now: datetime) -> str:
    """Ends a word and gives its name as it was taught. Raises DefinitionUnknown and DefinitionOfAnother."""
    ended = forget(session, principal, name, now)
    session.commit()
    return ended.name


def render_terms(rows: list[dict[str, Any]], console: Console, language: Language) -> None:
    """The words as a table."""
    if not rows:
        console.print(say("definition_list_empty", language))
        return
    table = Table(say("terms_name", language), say("terms_meaning", language), say("terms_level", language), say("terms_by", language))
    for row in rows:
        table.add_row(row["name"], row["means"], say(f"definition_level_{row['level']}", language), row["by"])
    console.print(table)


def _as_row(definition: Definition, catalog: Catalog, today: date, language: Language) -> dict[str, Any]:
    return {
        "name": name_in(definition, has_han, language),
        "means": said_meaning(definition.meaning, catalog, today, language),
        "level": definition.level,
        "by": said_by(definition, language),
        "version": definition.version,
        "ended_at": definition.ended_at.isoformat() if definition.ended_at else None,
        "definition": definition.meaning.model_dump(mode="json", exclude_none=True),
    }
