"""Questions that walk over columns which only the export knows to name records of another of its tables. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from agent.parsing import build_vocabulary
from agent.parsing.reading.paths import Paths
from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tests.tools.crm.importing.test_own_references import COMPLAINED, EXPORT, MANY, bring
from tools.crm.query import Compare, Exists
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

CALLS = table("上门流水.csv", "上门单号,投诉单号,上门日期,里程", *((f"SM-{at:04d}", f"TS{at:04d}", "2025-11-01", "5") for at in range(1, len(COMPLAINED))))
REPAIRS, MACHINES, TICKETS, CALLED = "custom:检修流水", "custom:设备台账", "ticket", "custom:上门流水"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("own"), *EXPORT, CALLS) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "entity", "path"),
    [
        ("哪条产品线的投诉最多？", TICKETS, "合同号.opportunity.产品线"),
        ("tickets by 产品线", TICKETS, "合同号.opportunity.产品线"),
        ("各机型的检修次数", REPAIRS, "设备编号.机型"),
        ("设备台账里各机型分别多少台？", MACHINES, "机型"),
        ("每个业务员有多少商机？", "opportunity", "owner"),
        ("Deals per salesperson", "opportunity", "owner"),
        ("各技术支持的商机数", "opportunity", "技术支持"),
    ],
)
def test_records_are_grouped_over_own_columns_and_a_second_person_only_by_the_own_header(read: Reader, question: str, entity: str, path: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, [each.path for each in query.dimensions]) == (entity, [path])


@pytest.mark.parametrize(
    ("question", "entity", "where"),
    [
        ("没有投诉过的合同有多少？", "contract", Exists(entity=TICKETS, via="合同号", absent=True)),
        ("How many contracts have no tickets?", "contract", Exists(entity=TICKETS, via="合同号", absent=True)),
        ("技术支持是程敏的商机有多少？", "opportunity", Compare(path="技术支持", values=("程敏",))),
    ],
)
def test_absence_and_names_are_asked_for_over_own_columns(read: Reader, question: str, entity: str, where: Compare | Exists) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.where) == (entity, where)


def test_third_hop_is_taken_where_an_own_column_stands_between_and_nothing_is_nearer(read: Reader) -> None:
    paths = Paths(read.vocabulary)

    assert paths.to_entity(CALLED, "opportunity") == ["ticket.合同号.opportunity"]
    assert all(path.count(".") < 2 for path in paths.to_entity(CALLED, "account"))


@pytest.fixture(scope="module")
def read_closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The same export with deals that are open, of which the complaints note when each was closed."""
    titles = "商机编号,商机名称,客户代码,负责人,阶段,金额,成交日期"
    ends = (("赢单", "2025-05-01"), ("丢单", "2025-05-01"), ("跟进中", ""))
    deals = ((f"SJ{at:03d}", f"项目{at}", f"JF{at:03d}", "汪海", ends[at % 3][0], str(at), ends[at % 3][1]) for at in MANY)
    header = "投诉单号,登记日期,办结日期,客户代码,合同号,投诉类别"
    rows = (
        (f"TS{at:04d}", "2025-06-01", "" if at % 3 else "2025-06-20", f"JF{1 + at % 9:03d}", f"HT-{1 + at % 9:04d}", "渗水") for at in range(1, len(COMPLAINED))
    )
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('closed') / 'store.db'}")
    Base.metadata.create_all(engine)
    own = {"投诉登记.csv": table("投诉登记.csv", header, *rows), "商机台账.csv": table("商机台账.csv", titles, *deals)}
    claims = ((f"PL-{at:04d}", f"JF{1 + at % 9:03d}", f"HT-{1 + at % 9:04d}", ("Open", "Paid")[at % 2]) for at in MANY)
    bring(engine, *(own.get(each.file, each) for each in EXPORT), table("Losses.csv", "Loss no,客户代码,合同号,Loss state", *claims))
    with Session(engine) as session:
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "op"), [("How many open 投诉 are there?", "is_null"), ("未结投诉有几件", "is_null"), ("How many closed 投诉 are there?", "not_null")]
)
def test_open_records_with_a_day_of_closing_are_not_those_of_open_deals(read_closed: Reader, question: str, op: str) -> None:
    query = read_closed.plan(question).queries[0]

    assert (query.entity, query.where) == (TICKETS, Compare(path="closed_at", op=op))


def test_days_from_one_of_a_record_referred_to_are_counted_over_the_reference(read_closed: Reader) -> None:
    query = read_closed.plan("合同从成交日期到签约日期平均隔多少天").queries[0]

    assert (query.entity, query.measures[0].since, query.measures[0].path) == ("contract", "opportunity.close_on", "signed_on")


def test_related_records_are_told_by_a_category_of_their_own_before_the_same_word_of_their_deals(read_closed: Reader) -> None:
    query = read_closed.plan("Which customers have open losses?").queries[0]

    assert query.where == Exists(entity="custom:losses", via="account", where=Compare(path="loss_state", values=("Open",)))
