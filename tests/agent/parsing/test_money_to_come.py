"""Money that is to come in, by the day on which it is due; what ends by an own day; letters for sorts, numbered values. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from agent.parsing import build_vocabulary
from agent.parsing.linking.translating import Translations
from integrations.dictionary import CcCedict
from tests.agent.parsing.conftest import Reader
from tests.agent.parsing.words_only import Dictionary
from tests.tools.crm.importing.exports import table
from tests.tools.crm.importing.test_own_references import bring
from tools.crm.query import Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

CLIENTS = table(
    "客户表.csv",
    "客户编号,客户名称,行业,客户等级",
    *((f"K{at:03d}", f"青禾{name}有限公司", "制造", grade) for at, (name, grade) in enumerate([("纸业", "A"), ("木业", "B"), ("铝业", "A"), ("陶业", "C")])),
)
CONTRACTS = table(
    "合同表.csv",
    "合同编号,客户编号,签订日期,合同金额(元)",
    *((f"HT{at:03d}", f"K{at % 4:03d}", f"202{3 + at % 3}-0{at % 6 + 1}-05", str(9000 + at)) for at in range(20)),
)
RECEIPTS = table(
    "回款明细.csv",
    "回款编号,合同编号,款项,应收日期,应收金额(元),到账日期,到账金额(元)",
    *(
        (
            f"HK{at:03d}",
            f"HT{at:03d}",
            ("预付款", "验收款")[at % 2],
            f"2026-0{at % 6 + 1}-05",
            "900",
            *((f"2026-0{at % 6 + 1}-09", "900") if at % 5 else ("", "")),
        )
        for at in range(20)
    ),
)
OFFERS = table(
    "报价单.csv",
    "报价单号,客户编号,版本,报价日期,报价金额(元),报价有效期至",
    *((f"BJ{at:03d}", f"K{at % 4:03d}", f"V{at % 3 + 1}", f"2026-0{at % 6 + 1}-05", str(800 + at), f"2026-0{at % 6 + 2}-20") for at in range(24)),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('to_come') / 'store.db'}")
    Base.metadata.create_all(engine)
    bring(engine, CLIENTS, CONTRACTS, RECEIPTS, OFFERS)
    with Session(engine) as session:
        model = load_model(session)
        vocabulary = build_vocabulary(session, model)
        vocabulary.nearby = Dictionary(Translations(vocabulary, CcCedict()))
        yield Reader(model, vocabulary)
    engine.dispose()


@pytest.mark.parametrize(
    "question", ["4月应收多少钱", "4月该收多少款", "4月应收金额是多少", "4月有多少款要收", "how much is due in April?", "各客户4月应收多少钱"]
)
def test_money_that_is_to_come_in_is_told_by_the_day_on_which_it_is_due(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]
    assert query.entity == "payment"
    assert [ref.path for ref in query.measures] == ["应收金额_元"]
    assert query.window is not None
    assert query.window.path == "应收日期"


@pytest.mark.parametrize("question", ["未收回的验收款有多少", "还有多少验收款没收", "还剩多少验收款没收回来"])
def test_what_is_owed_of_one_sort_of_payments_keeps_that_sort(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]
    assert query.measures[0].owed
    assert query.where == Compare(path="款项", values=("验收款",))


@pytest.mark.parametrize(
    ("question", "path", "values"),
    [
        ("A-class customers", "tier", ("A",)),
        ("A、B两类客户各有几家", "tier", ("A", "B")),
        ("how many quotes went to a third version", "版本", ("V3",)),
    ],
)
def test_letters_and_numbers_that_values_are_called_by_are_those_values(read: Reader, question: str, path: str, values: tuple[str, ...]) -> None:
    query = read.plan(question).queries[0]
    assert query.where == Compare(path=path, values=values)
    assert query.skip == 0


@pytest.mark.parametrize("question", ["哪些报价快到期了", "quotes expiring soon", "哪些报价已经过期"])
def test_records_end_by_the_own_day_whose_header_says_so(read: Reader, question: str) -> None:
    where = read.plan(question).queries[0].where
    assert getattr(where, "path", None) == "报价有效期至"


@pytest.mark.parametrize(("question", "ends"), [("contracts from 2024", True), ("how many contracts from last year", True), ("contracts from 2024 on", False)])
def test_records_from_a_past_period_are_those_of_the_period_alone(read: Reader, question: str, ends: bool) -> None:
    window = read.plan(question).queries[0].window
    assert window is not None
    assert (window.end is not None) == ends


@pytest.mark.parametrize("question", ["contract value by client sector", "contract value by the client's sector", "合同金额按客户的行业"])
def test_a_column_behind_those_whose_it_is_is_what_records_are_grouped_by(read: Reader, question: str) -> None:
    assert [dimension.path for dimension in read.plan(question).queries[0].dimensions] == ["account.sector"]
