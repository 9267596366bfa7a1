"""Questions about what was signed, spent, won in tenders and passed, in everyday verbs. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from agent.parsing.linking.links import link
from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare, Query

CLIENTS = table("客户表.csv", "客户编号,客户名称", *((f"K{at:03d}", f"青禾{name}有限公司") for at, name in enumerate(["纸业", "木业", "铝业", "陶业"])))
DEALS = table(
    "商机表.csv",
    "商机编号,商机名称,客户编号,立项日期,商机阶段,成交金额(元),结案日期",
    *(
        (
            *(f"SJ{at:03d}", f"青禾第{at}期", f"K{at % 4:03d}", f"2025-{at % 6 + 1:02d}-03", ("接洽", "已成交", "已丢单")[at % 3]),
            *(str(8800 + at) if at % 3 == 1 else "", f"2025-{at % 6 + 4:02d}-11" if at % 3 else ""),
        )
        for at in range(48)
    ),
)
CONTRACTS = table(
    "合同表.csv",
    "合同编号,客户编号,签订日期,合同金额(元),合同状态",
    *((f"HT{at:03d}", f"K{at % 4:03d}", f"2025-{at % 6 + 1:02d}-20", str(700 + at), ("执行中", "提前终止", "已完结")[at % 3]) for at in range(24)),
)
TENDERS = table(
    "投标登记.csv",
    "标段号,商机编号,开标日,最高限价(万元),投标价(万元),投标结果,标书费(元)",
    *(
        (f"TB{at:03d}", f"SJ{at % 10:03d}", f"2025-{at % 6 + 1:02d}-25", str(600 + at), str(500 + at), ("中标", "落标", "流标")[at % 3], str(20 + at))
        for at in range(30)
    ),
)
SAMPLES = table(
    "试样记录.csv",
    "样单号,客户编号,哪天寄的,哪天试的,过没过",
    *(
        (
            f"YP{at:03d}",
            f"K{at % 4:03d}",
            f"2025-{at % 6 + 1:02d}-05",
            f"2025-{at % 6 + 1:02d}-15" if at % 5 else "",
            ("Y" if at % 2 else "N") if at % 5 else "",
        )
        for at in range(40)
    ),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("ended"), CLIENTS, DEALS, CONTRACTS, TENDERS, SAMPLES) as reader:
        yield reader


def conditions(query: Query) -> set[tuple[str, str, tuple[str, ...]]]:
    where = query.where
    parts = [] if where is None else getattr(where, "parts", [where])
    return {(part.path, part.op, tuple(part.values)) for part in parts if isinstance(part, Compare)}


@pytest.mark.parametrize("question", ["签过的合同有几份", "2025年签下来的合同一共多少钱"])
def test_contracts_that_were_signed_are_the_contracts(ask: Reader, question: str) -> None:
    query = ask.plan(question).queries[0]

    assert (query.entity, conditions(query)) == ("contract", set())


def test_verb_that_came_to_its_end_says_no_more_than_the_state(ask: Reader) -> None:
    assert conditions(ask.plan("提前终止掉的合同有几份").queries[0]) == {("status", "eq", ("提前终止",))}


def test_money_spent_away_is_the_money(ask: Reader) -> None:
    assert ask.plan("2025年花掉多少标书费").queries[0].measures[0].path == "标书费_元"


@pytest.mark.parametrize(("question", "ending"), [("2025年中了几个标", "中标"), ("2025年中标了多少个", "中标"), ("2025年落标几个", "落标")])
def test_how_many_tenders_ended_so_counts_the_tenders(ask: Reader, question: str, ending: str) -> None:
    query = ask.plan(question).queries[0]

    assert (query.entity, conditions(query)) == ("custom:投标登记", {("投标结果", "eq", (ending,))})


def test_word_beside_another_ending_is_left_as_it_is(ask: Reader) -> None:
    linked = link("中标 2025年有几个落标", ask.vocabulary, date(2026, 1, 5), lambda value: True)

    assert any("won" in item.cues for item in linked.items)


@pytest.mark.parametrize("question", ["2025年赢了几单", "2025年中标的商机有几个"])
def test_deals_are_counted_where_they_are_named(ask: Reader, question: str) -> None:
    assert ask.plan(question).queries[0].entity == "opportunity"


@pytest.mark.parametrize(("question", "side"), [("通过的试样有几条", "true"), ("没通过的试样有几条", "false")])
def test_passed_and_not_passed_are_the_sides_of_the_flag(ask: Reader, question: str, side: str) -> None:
    assert conditions(ask.plan(question).queries[0]) == {("过没过", "eq", (side,))}


def test_share_that_passed_is_of_those_tried(ask: Reader) -> None:
    query = ask.plan("试过的试样里通过的占几成").queries[0]

    assert (query.entity, conditions(query), query.only) == ("custom:试样记录", {("哪天试的", "not_null", ())}, ("true",))
