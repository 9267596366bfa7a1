"""Own tables with Chinese headers, asked about by short forms of their words and by general ones, in both languages. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.linking.neighbours import Neighbours
from integrations.dictionary import CcCedict
from integrations.embeddings.sentences import SentenceEncoder
from tests.agent.parsing.conftest import NOW, TODAY, Reader, sourced
from tools.crm.models import Account, CustomField, CustomRow, CustomTable, ImportRun, Member, Opportunity, Product
from tools.crm.query import Compare, Query
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

BIDS, GOODS = "custom:bids", "custom:goods"
COLUMNS = {
    "bids": (
        *(("no", "标段号", "text"), ("opens", "开标日", "date"), ("rivals", "投标家数", "count"), ("place", "我司名次", "count")),
        *(("price", "投标价(元)", "money"), ("ended", "投标结果", "text")),
    ),
    "goods": (
        *(("no", "配送单号", "text"), ("ordered", "下单时间", "date"), ("boxes", "盒数", "count"), ("refused", "拒收盒数", "count")),
        *(("unit", "结算单价(元)", "money"), ("money", "货款(元)", "money"), ("received", "签收日", "date")),
        *(("invoice", "发票", "text"), ("settled", "货款结清", "flag")),
    ),
    "offers": (("no", "报价单号", "text"), ("upshot", "结果", "text")),
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('short') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(Member(id=1, name="林晓", **sourced("m1")))
        session.flush()
        session.add_all(Account(id=at, name=name, region=name[:2], owner_id=1, **sourced(f"a{at}")) for at, name in ((1, "江东机床厂"), (2, "海西机床厂")))
        session.add_all(Product(id=at, name=name, family="刀具", **sourced(f"p{at}")) for at, name in ((1, "铣刀"), (2, "钻头")))
        session.flush()
        for at in range(1, 7):
            ended: dict[str, Any] = {"status": "won" if at % 2 else "lost", "stage": "Won" if at % 2 else "Lost", "close_on": date(2025, at, 20)}
            whose: dict[str, Any] = {"account_id": 1 + at % 2, "owner_id": 1, "product_id": 1 + at % 2, "quantity": at}
            session.add(Opportunity(id=at, name=f"单 {at}", amount=Decimal(1000 * at), opened_on=date(2025, at, 1), **ended, **whose, **sourced(f"o{at}")))
        session.flush()
        for number, (key, label) in enumerate((("bids", "投标登记"), ("goods", "耗材配送"), ("offers", "报价登记")), 1):
            session.add(CustomTable(id=number, source_system="crm", key=key, label=label))
            session.add_all(
                CustomField(entity=f"custom:{key}", table_id=number, key=name, label=header, type=kind, classification=1) for name, header, kind in COLUMNS[key]
            )
        for at in range(1, 9):
            day = (TODAY + timedelta(days=7 * (at - 6))).isoformat()
            bid = {"no": f"ZB-{at}", "opens": day, "rivals": at, "place": 1 + at % 3, "price": at * 100, "ended": ("中标", "落标", "待开标")[at % 3]}
            sent = {"no": f"PS-{at}", "ordered": f"2025-0{at}-03", "boxes": at, "refused": 1, "unit": 5, "money": at * 5, "invoice": ("已开", "未开")[at % 2]}
            done = {"received": f"2025-0{at}-09" if at > 2 else None, "settled": at % 2 == 0}
            session.add(CustomRow(id=at, table_id=1, account_id=1 + at % 2, opportunity_id=1 + at % 6, **(sourced(f"b{at}") | {"custom": bid})))
            session.add(CustomRow(id=at + 20, table_id=2, account_id=1 + at % 2, product_id=1 + at % 2, **(sourced(f"g{at}") | {"custom": sent | done})))
            offer = sourced(f"q{at}") | {"custom": {"no": f"BJ-{at}", "upshot": ("已转单", "未采纳", "待回复")[at % 3]}}
            session.add(CustomRow(id=at + 40, table_id=3, account_id=1 + at % 2, **offer))
        session.commit()
        model = load_model(session)
        vocabulary = build_vocabulary(session, model)
        vocabulary.nearby = Neighbours(vocabulary, SentenceEncoder(), CcCedict())
        yield Reader(model, vocabulary)
    engine.dispose()


def folds(query: Query) -> list[tuple[str | None, str | None]]:
    return [(ref.fold, ref.path) for ref in query.measures]


@pytest.mark.parametrize(
    ("question", "entity", "figure"),
    [
        ("一共投了多少个标？", BIDS, ("count", None)),
        ("一个标平均有几家来投？", BIDS, ("avg", "rivals")),
        ("一共发了多少盒？", GOODS, ("sum", "boxes")),
        ("一共拒收了多少盒？", GOODS, ("sum", "refused")),
        ("铣刀卖了多少台？", "opportunity", ("sum", "quantity")),
        ("How many units of 铣刀 did we sell?", "opportunity", ("sum", "quantity")),
        ("average value per consumables delivery", GOODS, ("avg", "money")),
        ("耗材配送的总金额", GOODS, ("sum", "money")),
    ],
)
def test_own_records_are_counted_and_added_by_short_and_general_words(read: Reader, question: str, entity: str, figure: tuple[str, str | None]) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, folds(query)) == (entity, [figure])


@pytest.mark.parametrize("question", ["这批标准件一共多少", "装修花了多少钱", "平均标价是多少"])
def test_character_within_another_word_is_no_short_form(read: Reader, question: str) -> None:
    plan = read(question).plan

    assert plan is None or plan.queries[0].entity != BIDS


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        ("已签收但货款还没结清的有多少单，金额合计？", ("received", "settled")),
        ("货款没结清的有几笔，一共多少钱？", ("settled",)),
        ("Deliveries signed for but not yet settled: how many and what amount?", ("received", "settled")),
    ],
)
def test_how_many_and_how_much_of_the_same_records_are_two_figures(read: Reader, question: str, conditions: tuple[str, ...]) -> None:
    query = read.plan(question).queries[0]

    assert query.where is not None
    assert (query.entity, folds(query)) == (GOODS, [("count", None), ("sum", "money")])
    assert all(f'"{path}"' in query.where.model_dump_json() for path in conditions)


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("发票还没开的配送有几单？", {"path": "invoice", "values": ("未开",)}),
        ("发票已经开了的配送有多少", {"path": "invoice", "values": ("已开",)}),
        ("已经开过标的有几个？", {"path": "opens", "low": None, "high": "2026-02-28"}),
        ("还没开的标有几个？", {"path": "opens", "low": "2026-03-01", "high": None}),
        ("得第二名的标有几个？", {"path": "place", "values": ("2",)}),
        ("How often did we finish second in a tender?", {"path": "place", "values": ("2",)}),
    ],
)
def test_state_of_own_records_is_said_as_a_sentence(read: Reader, question: str, where: dict[str, Any]) -> None:
    query = read.plan(question).queries[0]

    assert query.where is not None
    assert (folds(query), query.where.model_dump(include=set(where))) == ([("count", None)], where)


@pytest.mark.parametrize("question", ["没有商机的投标有几个？", "tenders without a deal"])
def test_own_records_without_what_they_refer_to_are_those_where_it_is_empty(read: Reader, question: str) -> None:
    where = read.plan(question).queries[0].where

    assert where is not None
    assert where.model_dump(include={"path", "op"}) == {"path": "opportunity", "op": "is_null"}


@pytest.mark.parametrize("question", ["本月还有哪些标要开？", "Which tenders are still to be opened this month?"])
def test_what_is_still_to_come_of_a_period_begins_today(read: Reader, question: str) -> None:
    window = read.plan(question).queries[0].window

    assert window is not None
    assert (window.start, window.end) == (TODAY, date(2026, 3, 31))


@pytest.mark.parametrize("question", ["投标的中标率是多少？", "win rate of our tenders", "各地区投标的中标率"])
def test_rate_of_an_own_table_is_of_its_own_decided_records(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == BIDS
    assert query.measures[0].part is not None
    assert query.measures[0].part.model_dump(include={"path", "values"}) == {"path": "ended", "values": ("中标",)}
    assert "ended" not in {dimension.path for dimension in query.dimensions}


@pytest.mark.parametrize("question", ["报价转成订单的比率是多少？", "各地区报价的成交率", "哪个地区的报价最容易成单？", "报价的转化率"])
def test_offers_that_became_orders_are_those_that_were_won(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "custom:offers"
    assert query.measures[0].part == Compare(path="upshot", values=("已转单",))
    assert query.where == Compare(path="upshot", values=("已转单", "未采纳"))


@pytest.mark.parametrize("question", ["投过标的客户有几家？", "客户里投过标的有多少家"])
def test_verb_of_own_records_tells_whose_they_are(read: Reader, question: str) -> None:
    plan = read(question).plan

    assert plan is None or (plan.queries[0].entity, BIDS in plan.model_dump_json()) == ("account", True)


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("How many tenders were opened in January 2026?", "opens"),
        ("monthly 货款 in 2025, by order date", "ordered"),
        ("how many deliveries were signed for in 2025", "received"),
    ],
)
def test_english_word_for_a_day_is_the_column_of_the_table_that_is_named(read: Reader, question: str, path: str) -> None:
    query = read.plan(question).queries[0]

    assert query.window is not None
    assert query.window.path == path
    assert {dimension.path for dimension in query.dimensions} <= {path}


@pytest.mark.parametrize(("question", "bounds"), [("deals between 1 and 3 thousand", ("1000", "3000")), ("金额在1到3万之间的商机有几个", ("10000", "30000"))])
def test_scale_behind_the_higher_end_is_that_of_both(read: Reader, question: str, bounds: tuple[str, str]) -> None:
    where = read.plan(question).queries[0].where

    assert where is not None
    assert (where.model_dump()["low"], where.model_dump()["high"]) == bounds


@pytest.mark.parametrize("question", ["卖得最好的耗材是哪个（按货款）？", "best-selling consumable by value"])
def test_best_selling_goods_are_products_ranked_by_what_they_came_to(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, folds(query), [dimension.path for dimension in query.dimensions]) == (GOODS, [("sum", "money")], ["product"])
