"""Questions of which one word was left over: long names, "under" a kind, a part of a header called an amount, people of a customer. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.linking.neighbours import Neighbours
from agent.parsing.wording.rewording import reword
from integrations.dictionary import CcCedict
from integrations.embeddings.sentences import SentenceEncoder
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, CustomField, CustomRow, CustomTable, ImportRun, Member, Opportunity, Product
from tools.crm.query import Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

LONG, SHORT = "临川云岭汽车精密零部件制造股份有限公司", "临川百合食品有限公司"
SENT = "custom:sent"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('left') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomField(entity="opportunity", key="expected", label="估计能做(元)", type="money", classification=1))
        session.add(CustomField(entity="product", key="bulk", label="集采品种", type="flag", classification=1))
        session.add(Member(id=1, name="周青", **sourced("m1")))
        session.flush()
        session.add_all(Account(id=at, name=name, owner_id=1, employees=at * 100, **sourced(f"a{at}")) for at, name in ((1, LONG), (2, SHORT)))
        for at, (name, bulk, price) in enumerate((("恒温阀", True, 9), ("油浴锅", False, 90)), 1):
            session.add(Product(id=at, name=name, list_price=Decimal(price), **(sourced(f"p{at}") | {"custom": {"bulk": bulk}})))
        session.flush()
        for at in range(1, 5):
            told = {"stage": "成了" if at > 2 else "摸底", "status": "won" if at > 2 else "open", "amount": Decimal(at * 1000) if at > 2 else None}
            own = sourced(f"o{at}") | {"custom": {"expected": at * 900}}
            session.add(Opportunity(id=at, name=f"D-{at}", account_id=1 + at % 2, owner_id=1, product_id=1 + at % 2, **told, **own))
        session.add(CustomTable(id=1, source_system="crm", key="sent", label="发货单"))
        columns = (("no", "text", "发货号"), ("due", "money", "货款(元)"), ("settled", "flag", "结清没"))
        session.add_all(CustomField(entity=SENT, table_id=1, key=key, label=label, type=kind, classification=1) for key, kind, label in columns)
        for at in range(1, 5):
            row = {"no": f"F{at:03}", "due": at * 50, "settled": at > 2}
            session.add(CustomRow(id=at, table_id=1, account_id=1 + at % 2, **(sourced(f"s{at}") | {"custom": row})))
        session.commit()
        model = load_model(session)
        vocabulary = build_vocabulary(session, model)
        vocabulary.nearby = Neighbours(vocabulary, SentenceEncoder(), CcCedict())
        yield Reader(model, vocabulary)
    engine.dispose()


@pytest.mark.parametrize("question", [f"{LONG}的商机有哪些", f"deals of {LONG}"])
def test_name_of_any_length_is_read_whole(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.where) == ("opportunity", Compare(path="account", values=(LONG,)))


@pytest.mark.parametrize("question", ["which products fall under 集采", "list the products under 集采品种"])
def test_under_what_groups_is_no_bound(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].where == Compare(path="bulk", values=("true",))


@pytest.mark.parametrize("question", ["products under 50", "which products fall under 50"])
def test_under_a_number_stays_a_bound(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].where == Compare(path="list_price", op="lt", values=("50",))


def test_part_of_a_header_called_an_amount_is_that_column(read: Reader) -> None:
    assert read.plan("估计金额一共多少").queries[0].measures[0].path == "expected"


def test_part_of_a_header_called_another_amount_is_not_answered(read: Reader) -> None:
    assert read("估计成本一共多少").plan is None


@pytest.mark.parametrize("question", [f"{SHORT}有多少人", f"{SHORT}有几个人", f"how many people work at {SHORT}?"])
def test_people_of_a_named_customer_are_those_it_employs(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.select[1:]) == ("account", ("employees",))


@pytest.mark.parametrize(
    ("question", "plainer"),
    [
        ("How good was our win rate in May?", "what was our win rate in May?"),
        ("How good are our reps?", "How good are our reps?"),
        ("一共有过多少个商机", "一共有多少个商机"),
        ("有没有过商机", "有没有过商机"),
    ],
)
def test_frame_around_a_figure_is_said_plainly(question: str, plainer: str) -> None:
    assert reword(question) == plainer


@pytest.mark.parametrize("question", ["谁欠我们货款最多", "欠我们货款（没结清）最多的客户", "which customer owes us the most 货款?"])
def test_owing_a_column_is_what_its_flag_says_unpaid(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].path, [each.path for each in query.dimensions]) == ("due", ["account"])
    assert query.where == Compare(path="settled", values=("false",))


@pytest.mark.parametrize("question", ["有欠条的客户", "我们欠谁的钱最多", "欠薪的客户有几家"])
def test_other_words_of_owing_stay_unanswered(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize(
    ("question", "plainer"), [("百合食品欠我们多少钱", "百合食品欠款多少钱"), ("谁欠我们最多", "哪家客户欠款最多"), ("我们欠谁的钱最多", "我们欠谁的钱最多")]
)
def test_owing_us_is_an_amount_owed(question: str, plainer: str) -> None:
    assert reword(question) == plainer
