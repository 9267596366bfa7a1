"""Small invented stores in memory, each with fields, custom fields and tables of its own, and names in one script or both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import yaml
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing.store_words.building import build_vocabulary
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.models import CustomField, CustomTable
from tools.crm.semantic import SemanticModel, load_model
from tools.crm.semantic.model import base_model
from tools.store.base import Base
from tools.store.engine import open_engine
from tools.store.types import SCALE

TODAY = date(2026, 3, 12)
NOW = datetime(2026, 3, 12, tzinfo=UTC)
SCHEMAS = Path(__file__).parent / "schemas.yaml"
OUTCOMES = {
    "won": ("won", "赢单", "成交", "signed", "closed won", "已签约", "中标"),
    "lost": ("lost", "输单", "丢单", "dropped", "closed lost", "已流失", "未中标"),
}


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented store as the parser sees it."""

    name: str
    model: SemanticModel
    vocabulary: Vocabulary


def invented_stores(names: tuple[str, ...] | None = None) -> Iterator[Invented]:
    """The stores of ``schemas.yaml``, or those of these names, each filled the same way every time."""
    for spec in yaml.safe_load(SCHEMAS.read_text("utf-8")):
        if names is None or spec["name"] in names:
            yield _build(spec)


def _build(spec: dict[str, Any]) -> Invented:
    engine = open_engine("sqlite:///:memory:")
    Base.metadata.create_all(engine)
    random = Random(spec["name"])  # noqa: S311 - invented data
    with Session(engine) as session:
        for entity, raw in spec["entities"].items():
            _declare(session, entity, raw)
        rows = {entity: raw["rows"] for entity, raw in spec["entities"].items()}
        for entity in _in_order(spec["entities"]):
            _fill(session, entity, spec["entities"][entity], rows, random)
        model = load_model(session)
        found = Invented(spec["name"], model, build_vocabulary(session, model))
    engine.dispose()
    return found


def _declare(session: Session, entity: str, raw: dict[str, Any]) -> None:
    """The columns and tables that the export has of its own."""
    table = None
    if entity.startswith("custom:"):
        table = CustomTable(source_system="export", key=entity.partition(":")[2], label=raw["label"])
        session.add(table)
        session.flush()
    for key, field in raw["fields"].items():
        if isinstance(field, dict) and "label" in field:
            session.add(CustomField(entity=entity, table_id=table.id if table else None, key=key, label=field["label"], type=field["type"]))
    session.flush()


def _in_order(entities: dict[str, Any]) -> list[str]:
    """Each kind of record behind those that it refers to."""
    done: list[str] = []
    while len(done) < len(entities):
        for entity, raw in entities.items():
            needs = {field["ref"] for field in raw["fields"].values() if isinstance(field, dict) and "ref" in field} - {entity, *done}
            if entity not in done and not needs:
                done.append(entity)
    return done


def _fill(session: Session, entity: str, raw: dict[str, Any], rows: dict[str, int], random: Random) -> None:
    table = Base.metadata.tables["custom_rows" if entity.startswith("custom:") else base_model().entities[entity].table]
    records = []
    for number in range(1, raw["rows"] + 1):
        row: dict[str, Any] = {column.name: None for column in table.columns if column.name in {f"{key}_id" for key in raw["fields"]} | set(raw["fields"])}
        row |= {"id": number, "source_system": "export", "source_id": str(number), "version": 1, "version_hash": "1", "as_of": NOW, "custom": {}}
        if entity.startswith("custom:"):
            row["table_id"] = next(each.id for each in session.query(CustomTable) if each.key == entity.partition(":")[2])
            row["id"], row["source_id"] = row["table_id"] * 1000 + number, f"{entity}{number}"
        for key, field in raw["fields"].items():
            own = isinstance(field, dict) and "label" in field
            value = _value(field["of"] if own else field, number, rows | {entity: max(1, number // 2)}, random, row)  # its own kind: only earlier ones
            if own:
                row["custom"][key] = _stored(value, field["type"])
            elif isinstance(field, dict) and "ref" in field:
                row[f"{key}_id"] = value
            elif value is not None:
                row[key if key in table.columns else f"{key}_ref"] = _timed(value, key)
        records.append(row)
    session.execute(table.insert(), records)


def _value(field: Any, number: int, rows: dict[str, int], random: Random, row: dict[str, Any]) -> Any:  # noqa: ANN401 - as YAML has it
    if field == "by_stage":
        return next((status for status, stages in OUTCOMES.items() if str(row["stage"]).casefold() in stages), "open")
    if isinstance(field, list):
        return random.choice(field)
    if random.random() > field.get("filled", 1.0):
        return None
    if "names" in field:
        return field["names"][(number - 1) % len(field["names"])]
    if "heads" in field:
        head, tail = divmod(number - 1, len(field["tails"]))
        latin = field["heads"][head % len(field["heads"])].isascii() and not field["tails"][tail].startswith("-")
        return f"{field['heads'][head % len(field['heads'])]}{' ' if latin else ''}{field['tails'][tail]}"
    if "text" in field:
        return f"{field['text']} {number}"
    if "ref" in field:
        return random.randint(1, rows[field["ref"]])
    if "chance" in field:
        return random.random() < field["chance"]
    if "days" in field:
        return TODAY + timedelta(days=random.randint(*field["days"]))
    whole = random.randint(field["low"], field["high"])
    return whole * Decimal(str(field["scale"])) if "scale" in field else whole


def _stored(value: Any, kind: str) -> Any:  # noqa: ANN401 - as a JSON column holds it
    if isinstance(value, int) and kind != "flag":
        return value * 10**SCALE
    return value.isoformat() if isinstance(value, date) else value if kind == "flag" else str(value)


def _timed(value: Any, key: str) -> Any:  # noqa: ANN401 - as the column's type has it
    if isinstance(value, date) and key.endswith("_at"):
        return datetime(value.year, value.month, value.day, 9, tzinfo=UTC)
    return value
