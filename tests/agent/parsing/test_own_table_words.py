"""Questions that call records by the export's word for their table, which is a shipped word for one kind of them. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from agent.parsing import build_vocabulary
from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tests.tools.crm.importing.test_own_references import bring
from tools.crm.query import Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

CLIENTS = table(
    "客户表.csv", "客户编号,客户名称,行业", *((f"K{at:03d}", f"青禾{name}有限公司", "制造") for at, name in enumerate(["纸业", "木业", "铝业", "陶业"]))
)
WAYS = ("上门走访", "电话联络", "来访接待")
VISITS = table(
    "走访记录表.csv",
    "走访编号,走访日期,客户编号,走访形式,走访事由,纪要",
    *((f"ZF{at:03d}", f"2025-{at % 9 + 1:02d}-05", f"K{at % 4:03d}", WAYS[at % 3], "例行", f"第{at}次谈了近况") for at in range(36)),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("visits"), CLIENTS, VISITS) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("2025年有多少次走访？", None),
        ("How many visits were there in 2025?", None),
        ("2025年的上门走访有几次？", Compare(path="kind", values=("上门走访",))),
    ],
)
def test_the_word_of_the_table_means_all_its_records_and_a_way_only_those(read: Reader, question: str, where: Compare | None) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.where, [ref.measure for ref in query.measures]) == ("interaction", where, ["interaction_count"])


@pytest.mark.parametrize(
    "question",
    ["2025年走访了多少次客户？", "How many client visits were there in 2025?", "How many visits to clients were there in 2025?", "2025年客户走访次数"],
)
def test_with_whom_the_visits_were_is_no_question(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.where, [ref.measure for ref in query.measures]) == ("interaction", None, ["interaction_count"])


@pytest.mark.parametrize("question", ["2025年走访了多少家客户？", "How many clients did we visit in 2025?", "2025年走访的客户有几家"])
def test_clients_counted_by_their_visits_are_the_different_ones(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("count_distinct", "account")]
    assert query.entity == "interaction"
    assert query.window is not None


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("2025年打了多少次电话？", "电话联络"),
        ("How many phone calls were there in 2025?", "电话联络"),
        ("2025年上门几次？", "上门走访"),
        ("2025年上门拜访几次？", "上门走访"),
        ("2025年来访几次？", "来访接待"),
    ],
)
def test_words_for_a_kind_of_which_there_is_none_lead_to_the_own_kind_that_is_called_so(read: Reader, question: str, way: str) -> None:
    query = read.plan(question).queries[0]

    assert query.where == Compare(path="kind", values=(way,))


@pytest.mark.parametrize("question", ["How many emails were there in 2025?", "2025年发了多少封邮件？"])
def test_kinds_that_no_record_is_of_are_not_answered_with_nought(read: Reader, question: str) -> None:
    assert read(question).reason == "not_in_data"


def test_asked_for_who_visited_most_groups_are_people_and_not_whom_they_visited(read: Reader) -> None:
    query = read.plan("2025年上门最多的客户是哪家？").queries[0]

    assert [dimension.path for dimension in query.dimensions] == ["account"]


def test_the_word_of_the_table_means_no_way_that_is_called_by_another_word_for_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    ways = ("上门", "工地走访", "展会面谈")
    rows = ((f"BF{at:03d}", f"2025-{at % 9 + 1:02d}-05", f"K{at % 4:03d}", ways[at % 3], f"第{at}次谈了近况") for at in range(36))
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('minutes') / 'store.db'}")
    Base.metadata.create_all(engine)
    bring(engine, CLIENTS, table("拜访纪要.csv", "纪要编号,拜访日,客户编号,方式,谈话要点", *rows))
    with Session(engine) as session:
        model = load_model(session)
        read = Reader(model, build_vocabulary(session, model))
        whole, part = (read.plan(question).queries[0] for question in ("2025年拜访了多少次？", "2025年走访了多少次工地？"))
    engine.dispose()

    assert (whole.entity, whole.where) == ("interaction", None)
    assert (part.entity, part.where) == ("interaction", Compare(path="kind", values=("工地走访",)))
