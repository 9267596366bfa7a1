"""The semantic model, read from its versioned YAML files: what kinds of record there are, with their fields, words and measures."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from tools.store.base import Base
from tools.store.classification import Classification
from tools.trace.cells import CellType, Frozen

Fold = Literal["count", "sum", "avg", "min", "max", "median", "count_distinct"]
RECORD_ID = "source_id"
ANY_VALUE, SOME = "*", "+"
ID_SUFFIX = "#id"
FORMULA = re.compile(r"^(?P<op>[a-z_]+)(?:\((?P<args>[^)]*)\))?$")

_YEAR = re.compile(r"^(?:(?:fiscal|calendar|target) )?year$|^(?:年|年度|年份|所属年度|目标年度)$", re.IGNORECASE)


class FieldType(StrEnum):
    """What a field holds, as the model knows it."""

    NAME = "name"
    TEXT = "text"
    STAGE = "stage"
    MONEY = "money"
    NUMBER = "number"
    COUNT = "count"
    RATE = "rate"
    YEAR = "year"
    DATE = "date"
    DATETIME = "datetime"
    FLAG = "flag"
    DURATION_MINUTES = "duration_minutes"
    REF = "ref"

    @property
    def is_numeric(self) -> bool:
        """True where adding up or averaging makes sense."""
        return self in {FieldType.MONEY, FieldType.NUMBER, FieldType.COUNT, FieldType.RATE, FieldType.DURATION_MINUTES}

    @property
    def is_time(self) -> bool:
        """True for dates and points in time."""
        return self in {FieldType.DATE, FieldType.DATETIME}

    @property
    def cell_type(self) -> CellType:
        """The type of a cell that shows this field."""
        return CELL_TYPES.get(self, CellType.TEXT)


CELL_TYPES = {
    FieldType.NAME: CellType.NAME,
    FieldType.REF: CellType.NAME,
    FieldType.STAGE: CellType.STAGE,
    FieldType.MONEY: CellType.MONEY,
    FieldType.NUMBER: CellType.NUMBER,
    FieldType.COUNT: CellType.COUNT,
    FieldType.YEAR: CellType.NUMBER,
    FieldType.RATE: CellType.RATE,
    FieldType.DATE: CellType.DATE,
    FieldType.DATETIME: CellType.DATETIME,
    FieldType.FLAG: CellType.FLAG,
    FieldType.DURATION_MINUTES: CellType.NUMBER,
}


class Words(Frozen):
    """Labels of one thing in both languages; the first of each is its canonical name."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Canonical word in a language, the other language's where there is none."""
        first, second = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return (first or second or ("",))[0]


class Field(Frozen):
    """A column of an entity. ``custom`` ones live in the JSON column of that name, under ``key``; see :func:`id_key` for references.

    ``past`` marks times that can't lie in the future, with the condition under which that holds; None for planned ones.
    ``inverse`` says what the records are called that refer to one by this reference: the subsidiaries of a parent.
    ``values`` are the words for the values of a closed field, by the stored value; ``written`` is what the exports wrote for one that
    an import reads as another: 电话 for a call.
    """

    entity: str
    key: str
    type: FieldType
    words: Words
    classification: Classification
    to: str | None = None
    custom: bool = False
    unit: str | None = None
    past: dict[str, tuple[str, ...]] | None = None
    inverse: Words | None = None
    values: dict[str, Words] = {}
    written: dict[str, tuple[str, ...]] = {}

    @property
    def tells_year(self) -> bool:
        """Whether it is a column of one's own that holds years, by what it is called: no thousands are told apart in them."""
        numeric = self.type.is_numeric or self.type is FieldType.YEAR
        return self.custom and numeric and any(_YEAR.search(word) for word in (*self.words.en, *self.words.zh))


class Measure(Frozen):
    """A named figure: a fold over rows of one entity, or a quotient of two measures.

    ``where`` gives the values of a field that count; none at all mean: rows in which the field is empty, ``*``: rows in which it is filled.
    ``headers`` are words of the export that mean the figure, though they stand over the column that it adds up.
    """

    key: str
    entity: str
    op: str
    args: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}
    time: str | None = None
    type: CellType
    words: Words
    define: Words
    headers: tuple[str, ...] = ()


class Entity(Frozen):
    """A kind of record with its fields. ``title`` is the field that names a record, ``time`` its default day.

    ``due`` is the day by which a record must be done, ``pending`` the conditions (as a measure has them) under which it is not
    done yet; ``+`` as a value means: more than nothing.
    """

    key: str
    table: str
    words: Words
    title: str | None
    time: str | None = None
    kinds: dict[str, Words] = {}
    fields: dict[str, Field]
    custom_table: int | None = None
    due: str | None = None
    pending: dict[str, tuple[str, ...]] = {}


class SemanticModel(Frozen):
    """All that can be asked about, with the version of its definitions. Days are counted in ``time_zone``."""

    version: str
    time_zone: str = "UTC"
    entities: dict[str, Entity]
    measures: dict[str, Measure]

    def named_by(self, field: Field) -> str | None:
        """The kind of record that a field names one of: what it refers to, or whose own name it is; None for any other field."""
        if field.type is FieldType.REF:
            return field.to
        return field.entity if field.type is FieldType.NAME and self.entities[field.entity].title == field.key else None

    def field(self, entity: str, path: str) -> tuple[tuple[Field, ...], Field]:
        """Resolve ``owner.region`` from an entity: the references walked, and the field at the end.

        Raises KeyError when a step names no field or no reference.
        """
        *steps, last = path.split(".")
        walked: list[Field] = []
        here = self.entities[entity]
        for step in steps:
            link = here.fields[step]
            if link.to is None:
                raise KeyError(path)
            walked.append(link)
            here = self.entities[link.to]
        return tuple(walked), here.fields[last]


def id_key(key: str) -> str:
    """Where ``custom`` holds the id of the record that an own reference leads to; under ``key`` itself stands what the export wrote."""
    return f"{key}{ID_SUFFIX}"


def _words(raw: dict[str, Any]) -> Words:
    return Words(en=tuple(map(str, raw.get("en", ()))), zh=tuple(map(str, raw.get("zh", ()))))


def _classification(table: str, key: str) -> Classification:
    columns = Base.metadata.tables[table].columns
    name = f"{key}_id" if f"{key}_id" in columns else key if key in columns else f"{key}_ref"
    level: Classification = columns[name].info["classification"]
    return level


def _entity(key: str, raw: dict[str, Any]) -> Entity:
    fields = {
        name: Field(
            entity=key,
            key=name,
            type=FieldType(spec["type"]),
            words=_words(spec),
            classification=_classification(raw["table"], name),
            to=spec.get("to"),
            past={} if spec.get("past") is True else spec.get("past"),
            inverse=_words(spec["inverse"]) if "inverse" in spec else None,
            values={str(value): _words(words) for value, words in spec.get("values", {}).items()},
        )
        for name, spec in raw["fields"].items()
    }
    kinds = {name: _words(spec) for name, spec in raw.get("kinds", {}).items()}
    pending = {name: _values(value) for name, value in raw.get("pending", {}).items()}
    return Entity(
        key=key, table=raw["table"], words=_words(raw), title=raw.get("title"), time=raw.get("time"), kinds=kinds, fields=fields,
        due=raw.get("due"), pending=pending,
    )  # fmt: skip


def _measure(key: str, raw: dict[str, Any]) -> Measure:
    parsed = FORMULA.match(raw["formula"])
    if parsed is None:
        raise ValueError(f"measure {key}: formula {raw['formula']!r} is not understood")
    args = tuple(part.strip() for part in (parsed["args"] or "").split(",") if part.strip())
    where = {name: _values(value) for name, value in raw.get("where", {}).items()}
    define = Words(en=(raw["define"]["en"],), zh=(raw["define"]["zh"],))
    return Measure(
        key=key,
        entity=raw["entity"],
        op=parsed["op"],
        args=args,
        where=where,
        time=raw.get("time"),
        type=CellType(raw["type"]),
        words=_words(raw),
        define=define,
    )


def _values(raw: Any) -> tuple[str, ...]:  # noqa: ANN401 - as YAML has it
    return () if raw is None else tuple(map(str, raw)) if isinstance(raw, list) else (str(raw),)


@cache
def base_model() -> SemanticModel:
    """The model as shipped, without anybody's custom fields."""
    entities: dict[str, Entity] = {}
    measures: dict[str, Measure] = {}
    version = ""
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        raw = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
        if "measures" in raw:
            version = str(raw["version"])
            measures = {key: _measure(key, spec) for key, spec in raw["measures"].items()}
        else:
            entities |= {key: _entity(key, spec) for key, spec in raw.items()}
    return SemanticModel(version=version, entities=entities, measures=measures)
