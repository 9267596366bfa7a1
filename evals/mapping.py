"""Measures how many columns of published CRM exports go where they belong, on five systems and on two that were set aside while this was built."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from evals.figures import Figure, share
from evals.mapping_rows import SystemSpec, write_system
from tools.crm.importing.mapping import TableMap
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.reading import read_folder
from tools.crm.ports import Embedder
from tools.crm.semantic.model import base_model
from tools.trace.cells import Frozen

DATASET = Path(__file__).parent / "datasets" / "crm_headers"


class Miss(Frozen):
    """A column that did not go where it belongs."""

    system: str
    file: str
    header: str
    belongs: str
    went: str


class Scored(Frozen):
    """Right columns of all columns, and each miss."""

    right: int
    n: int
    misses: tuple[Miss, ...]


def evaluate_mapping(embedder: Embedder | None = None) -> dict[str, Figure]:
    """``mapping_accuracy`` over the five systems and ``mapping_accuracy_aside`` over the two, in shares of columns."""
    figures = {}
    for metric, folder in (("mapping_accuracy", DATASET), ("mapping_accuracy_aside", DATASET / "aside")):
        scored = score_systems(systems(folder), embedder)
        figures[metric] = share(scored.right, scored.n)
    return figures


def systems(folder: Path) -> list[SystemSpec]:
    """The systems of a folder of the dataset, in the order of their names."""
    return [SystemSpec.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in sorted(folder.glob("*.yaml"))]


def score_systems(specs: Iterable[SystemSpec], embedder: Embedder | None = None) -> Scored:
    """Write each system's export, read it, propose a mapping, and compare it with the truth."""
    right = n = 0
    misses: list[Miss] = []
    for spec in specs:
        with TemporaryDirectory() as folder:
            write_system(spec, Path(folder))
            read = read_folder(Path(folder))
        proposed = {table.file: table for table in propose_mapping(read.tables, base_model(), spec.system, embedder).tables}
        for file in spec.files:
            table = proposed.get(file.file)
            for position, (header, belongs, _) in enumerate(file.columns):
                went = _went(table, position, file.entity)
                n += 1
                if went in belongs.split("|"):
                    right += 1
                else:
                    misses.append(Miss(system=spec.system, file=file.file, header=header, belongs=belongs, went=went))
    return Scored(right=right, n=n, misses=tuple(misses))


def _went(table: TableMap | None, position: int, entity: str) -> str:
    """Where a column went; with the entity before it where the whole file went to another one."""
    if table is None:
        return "unread"
    to = next((column.to for column in table.columns if column.position == position), "missing")
    return to if table.entity == entity or to == "custom" else f"{table.entity}.{to}"
