"""A store of its own with some files of an export, as the parser reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.test_own_references import bring
from tools.crm.importing.source import SourceTable
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine


@contextmanager
def brought(folder: Path, *tables: SourceTable) -> Iterator[Reader]:
    """A reader of a store in the folder that holds the tables, imported as proposed."""
    engine = open_engine(f"sqlite:///{folder / 'store.db'}")
    Base.metadata.create_all(engine)
    bring(engine, *tables)
    with Session(engine) as session:
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()
