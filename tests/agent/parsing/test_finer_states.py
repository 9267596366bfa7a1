"""Questions by an export's own words for how deals stand, and by the header of what they came to. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare, Query

CLIENTS = table(
    "客户表.csv", "客户编号,客户名称,片区", *((f"K{at:03d}", f"青禾{name}有限公司", "东片") for at, name in enumerate(["纸业", "木业", "铝业", "陶业"]))
)
STATES = ("跟进中", "搁置", "已成交", "已丢单")
DEALS = table(
    "商机表.csv",
    "商机编号,商机名称,客户编号,立项日期,推进阶段,商机状态,预计金额(元),成交金额(元),结案日期",
    *(
        (
            *(f"SJ{at:03d}", f"青禾第{at}期", f"K{at % 4:03d}", f"2025-{at % 6 + 1:02d}-03", ("接洽", "试样", "签约")[at % 3], STATES[at % 4], str(9000 + at)),
            *((str(8800 + at) if at % 4 == 2 else ""), (f"2025-{at % 6 + 4:02d}-11" if at % 4 > 1 else "")),
        )
        for at in range(48)
    ),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("states"), CLIENTS, DEALS) as reader:
        yield reader


def filters(query: Query) -> set[tuple[str, tuple[str, ...]]]:
    where = query.where
    parts = [] if where is None else getattr(where, "parts", [where])
    return {(part.path, tuple(part.values)) for part in parts if isinstance(part, Compare)}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("跟进中的商机有多少个", {("商机状态", ("跟进中",))}),
        ("搁置的商机有多少个", {("商机状态", ("搁置",))}),
        ("how many deals are 搁置", {("商机状态", ("搁置",))}),
    ],
)
def test_word_of_several_for_one_status_means_its_own_rows(ask: Reader, question: str, expected: set[tuple[str, tuple[str, ...]]]) -> None:
    assert filters(ask.plan(question).queries[0]) == expected


@pytest.mark.parametrize("question", ["还没结的商机有多少个", "how many open deals are there"])
def test_what_is_open_is_that_of_all_its_words(ask: Reader, question: str) -> None:
    assert ask.plan(question).queries[0].measures[0].measure == "open_count"


@pytest.mark.parametrize("question", ["商机成交金额合计", "成交金额总共多少"])
def test_header_of_what_deals_came_to_is_what_was_won(ask: Reader, question: str) -> None:
    assert ask.plan(question).queries[0].measures[0].measure == "won_value"


@pytest.mark.parametrize(("question", "path"), [("成交金额最大的商机是哪个", "amount"), ("哪个商机预计金额最高", "预计金额_元")])
def test_record_at_the_extreme_of_a_column_is_the_one_of_that_column(ask: Reader, question: str, path: str) -> None:
    query = ask.plan(question).queries[0]

    assert (query.order[0].path, query.limit) == (path, 1)


@pytest.mark.parametrize("question", ["还在跟进的商机有多少个", "正在跟进的商机有多少个"])
def test_what_is_still_being_done_is_the_own_word_for_it(ask: Reader, question: str) -> None:
    assert filters(ask.plan(question).queries[0]) == {("商机状态", ("跟进中",))}
