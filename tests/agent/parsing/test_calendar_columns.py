"""Targets without a day, of which two columns tell the year and the quarter. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import CustomField, ImportRun, Member, Target
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine
from tools.store.types import SCALE


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('calendar') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomField(entity="target", key="year", label="Year", type="count", classification=1))
        session.add_all([Member(id=1, name="Ada Brook", **sourced("m1")), Member(id=2, name="林晓", **sourced("m2"))])
        session.flush()
        for at, (owner, year, quarter) in enumerate([(o, y, q) for o in (1, 2) for y in (2025, 2026) for q in range(1, 5)], 1):
            held = sourced(f"t{at}") | {"custom": {"year": year * 10**SCALE}}
            session.add(Target(id=at, owner_id=owner, period=f"Q{quarter}", amount=Decimal(100 * quarter), **held))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "year", "quarters"),
    [
        ("What is Ada Brook's target this quarter?", "2026", ("Q1",)),
        ("林晓2025年第三季度的目标金额是多少？", "2025", ("Q3",)),
        ("total target amount in 2025", "2025", ()),
        ("2025年上半年的目标金额合计", "2025", ("Q1", "Q2")),
    ],
)
def test_a_period_selects_by_the_columns_for_year_and_quarter(read: Reader, question: str, year: str, quarters: tuple[str, ...]) -> None:
    query = read.plan(question).queries[0]
    where = query.where
    parts = {part.path: part.values for part in getattr(where, "parts", (where,))}

    assert query.window is None
    assert parts["year"] == (year,)
    assert parts.get("period", ()) == quarters


def test_by_quarter_is_by_the_column_that_tells_it(read: Reader) -> None:
    query = read.plan("target amount in 2025 by quarter").queries[0]

    assert [(each.path, each.grain) for each in query.dimensions] == [("period", None)]


@pytest.mark.parametrize("question", ["who is behind on their target", "who hit their target in 2025", "谁离目标最远", "Ada Brook离目标还差多少"])
def test_how_far_anybody_is_from_a_target_is_no_question_for_the_targets(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize("question", ["What was the target of Ada Brook in 2019?", "林晓2019年的目标金额是多少？"])
def test_a_year_that_no_target_is_of_has_no_data(read: Reader, question: str) -> None:
    parsed = read(question)

    assert (parsed.plan, parsed.reason) == (None, "period_without_data")
