"""Groups, shares and averages of an own table whose headers are short or say what kind of thing they tell. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, CustomField, CustomRow, CustomTable, ImportRun, Member, Opportunity
from tools.crm.query import Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

BIDS, CRATES = "custom:bids", "custom:crates"
COLUMNS = (
    *((BIDS, 1, "day", "date", "Opened"), (BIDS, 1, "result", "text", "投标结果"), (BIDS, 1, "agency", "text", "Agency")),
    *((CRATES, 2, "crt_sts", "text", "crt_sts"), (CRATES, 2, "crt_type", "text", "crt_type"), (CRATES, 2, "line", "text", "Line")),
    ("opportunity", None, "trial", "flag", "Trial"),
)
MAPPING = {
    "tables": [
        {"entity": "custom", "label": "Bids", "file": "Bids.csv", "columns": [{"to": "owner#id", "header": "Estimator_ID"}]},
        {"entity": "member", "label": "", "file": "Staff.csv", "columns": [{"to": "region", "header": "Branch"}]},
    ]
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('groups') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping=MAPPING, totals={}))
        session.add_all(
            Member(id=at, name=name, region=region, active=at < 3, **sourced(f"m{at}"))
            for at, name, region in ((1, "Ada Brook", "Oslo"), (2, "Ole Berg", "Turin"), (3, "Ida Moss", "Turin"))
        )
        session.flush()
        session.add_all(
            Account(id=at, name=f"Alder {at}", tier="Gold" if at < 3 else "Tin", sector="food", owner_id=at, **sourced(f"a{at}")) for at in (1, 2, 3)
        )
        session.flush()
        tables = ((1, "bids", "Bids"), (2, "crates", "Crates"))
        session.add_all(CustomTable(id=at, source_system="crm", key=key, label=label) for at, key, label in tables)
        session.flush()
        session.add_all(
            CustomField(entity=entity, table_id=table, key=key, label=label, type=kind, classification=1) for entity, table, key, kind, label in COLUMNS
        )
        for at in range(1, 9):
            status = "won" if at < 5 else "lost"
            deal: dict[str, Any] = {"stage": status, "status": status, "account_id": 1 + at % 3, "owner_id": 1 + at % 3, "amount": at * 1000}
            session.add(Opportunity(id=at, name=f"Deal {at}", **deal, **(sourced(f"o{at}") | {"custom": {"trial": at % 2 == 0}})))
        session.flush()
        for at in range(1, 9):
            whose = {"account_id": 1 + at % 3, "owner_id": 1 + at % 3, "opportunity_id": at}
            bid = {"day": f"2025-0{at}-02", "result": ("中标", "落标", "流标")[at % 3], "agency": "Nord" if at % 2 else "Sud"}
            crate = {"crt_sts": "open" if at % 2 else "done", "crt_type": "rail" if at % 3 else "road", "line": "Mistral" if at % 2 else "Bora"}
            session.add(CustomRow(id=at, table_id=1, **whose, **(sourced(f"b{at}") | {"custom": bid})))
            session.add(CustomRow(id=at + 10, table_id=2, **whose, **(sourced(f"k{at}") | {"custom": crate})))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "entity", "paths"),
    [
        ("crates by status", CRATES, ["crt_sts"]),
        ("number of crates by line and status", CRATES, ["line", "crt_sts"]),
        ("各种状态的crates分别有多少", CRATES, ["crt_sts"]),
        ("各类crates分别有多少", CRATES, ["crt_type"]),
        ("number of bids by result", BIDS, ["result"]),
        ("which estimator has the most bids", BIDS, ["owner"]),
        ("deals by status", "opportunity", ["status"]),
        ("which branch won the fewest deals", "opportunity", ["owner.region"]),
        ("哪个分公司赢单最少", "opportunity", ["owner.region"]),
        ("各分公司有多少人", "member", ["region"]),
        ("how many people work in each branch", "member", ["region"]),
    ],
)
def test_column_of_the_table_itself_is_what_its_records_are_grouped_by(read: Reader, question: str, entity: str, paths: list[str]) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, [dimension.path for dimension in query.dimensions]) == (entity, paths)


@pytest.mark.parametrize(
    ("question", "values"),
    [("how many bids did we win in 2025", ("中标",)), ("lost bids", ("落标",)), ("流标的bids有几个", ("流标",)), ("bids won", ("中标",))],
)
def test_outcome_of_an_own_table_is_the_one_that_it_notes_itself(read: Reader, question: str, values: tuple[str, ...]) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.where) == (BIDS, Compare(path="result", values=values))


@pytest.mark.parametrize(
    ("question", "part", "whole"),
    [
        ("share of Mistral crates that are road", ("crt_type", "road"), ("line", "Mistral")),
        ("of the Mistral crates, what share went by road?", ("crt_type", "road"), ("line", "Mistral")),
        ("what is Mistral's share of road crates?", ("line", "Mistral"), ("crt_type", "road")),
        ("Mistral占road crates的比例", ("line", "Mistral"), ("crt_type", "road")),
        ("Mistral的crates里road占多大比例", ("crt_type", "road"), ("line", "Mistral")),
        ("road在Mistral的crates里占多少", ("crt_type", "road"), ("line", "Mistral")),
    ],
)
def test_share_under_two_conditions_is_of_the_one_that_the_sentence_puts_so(read: Reader, question: str, part: tuple[str, str], whole: tuple[str, str]) -> None:
    query = read.plan(question).queries[0]

    assert (query.dimensions[0].path, query.only) == (part[0], (part[1],))
    assert query.where == Compare(path=whole[0], values=(whole[1],))


@pytest.mark.parametrize("question", ["win rate with vs without a trial", "win rate of deals with and without trial", "有和没有trial的赢单率"])
def test_both_sides_of_a_flag_named_at_once_are_set_side_by_side(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert ([each.path for each in query.dimensions], query.where) == (["trial"], None)


@pytest.mark.parametrize(
    ("question", "per"),
    [
        ("average number of crates per customer", "account"),
        ("平均每个客户有几个crates", "account"),
        ("how many bids does each estimator have on average", "owner"),
    ],
)
def test_own_records_are_averaged_over_what_they_refer_to(read: Reader, question: str, per: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].fold, query.measures[0].per, query.dimensions) == ("count", per, ())


@pytest.mark.parametrize("question", ["How many active customers do we have?", "win rate for deals with and without competitor"])
def test_near_miss_is_not_answered(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("win rate of deals with trial", "and on the others?", Compare(path="trial", values=("false",))),
        ("有trial的赢单率", "其他的呢", Compare(path="trial", values=("false",))),
        ("won value of Gold customers", "and the rest?", Compare(path="account.tier", op="ne", values=("Gold",))),
    ],
)
def test_others_are_those_that_the_last_condition_left_out(read: Reader, before: str, after: str, where: Compare) -> None:
    assert read.plan(after, read.plan(before)).queries[0].where == where


def test_rest_of_several_conditions_is_not_guessed(read: Reader) -> None:
    before = read.plan("number of road crates of Mistral")

    assert read("and the others?", before).plan is None
