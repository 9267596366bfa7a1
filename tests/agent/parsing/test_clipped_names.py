"""Chinese names said shorter than they are written, beside words that mean something by themselves. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.linking.items import first_called
from agent.parsing.store_words.vocabulary import Value
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, ImportRun, Opportunity
from tools.crm.query import Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

NAMES: tuple[tuple[str, str], ...] = (
    ("苏州知行财经大学", "苏州"),
    ("苏州知行职业学院", "苏州"),
    ("深圳知行双语学校", "深圳"),
    ("无锡润德实验小学", "无锡"),
    ("无锡澄湖第一中学", "无锡"),
)
NAMES += (("扬州第一实验学校", "扬州"), ("扬州第二实验学校", "扬州"), ("常熟第三实验学校", "常熟"), ("镇江望亭教育科技有限公司", "镇江"))
DEALS = ("苏州知行财经大学 课堂 2025", "镇江望亭教育科技研发楼改造", "镇江望亭教育办公楼改造")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('names') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(Account(id=at, name=name, city=city, **sourced(f"a{at}")) for at, (name, city) in enumerate(NAMES, 1))
        session.flush()
        for at in range(1, 6):
            session.add(Opportunity(id=at, name=f"{NAMES[at - 1][0]} 课堂 2025", account_id=at, stage="赢单", status="won", **sourced(f"o{at}")))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


def accounts(read: Reader, question: str) -> tuple[str, ...]:
    (query,) = read.plan(question).queries
    assert isinstance(query.where, Compare)
    return query.where.values


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("苏州知行大学有几个商机？", "苏州知行财经大学"),
        ("How many deals do we have with 无锡润德小学?", "无锡润德实验小学"),
        ("无锡澄湖中学有多少商机", "无锡澄湖第一中学"),
    ],
)
def test_name_of_two_pieces_means_the_one_that_has_both(read: Reader, question: str, name: str) -> None:
    assert accounts(read, question) == (name,)


@pytest.mark.parametrize("question", ["扬州实验学校有几个商机？", "how many deals with 扬州实验学校?"])
def test_place_before_a_piece_of_names_leaves_those_of_it(read: Reader, question: str) -> None:
    choices = read(question).clarify

    assert len(choices) == 2
    assert all("扬州第" in choice.plan.said_back_zh and "、" not in choice.plan.said_back_zh for choice in choices)


def test_deal_called_after_its_account_is_not_meant_by_the_name_that_both_begin_with() -> None:
    account = Value("account", "name", NAMES[-1][0], 1, title=True, classification="internal")
    deals = tuple(Value("opportunity", "name", name, 1, title=True, classification="internal") for name in DEALS)

    assert first_called((account, *deals), "镇江望亭") == (account, deals[0])
    assert first_called(deals, "镇江望亭") == deals


@pytest.mark.parametrize("question", ["苏州知行有几个商机？", "How many deals have we had with 苏州知行?"])
def test_beginning_that_two_names_share_asks_which(read: Reader, question: str) -> None:
    choices = read(question).clarify

    assert len(choices) == 2
    assert all("苏州知行" in choice.plan.said_back_zh for choice in choices)


def test_place_and_a_word_of_no_name_stay_unknown(read: Reader) -> None:
    assert read("苏州博雅有几个商机？").plan is None
