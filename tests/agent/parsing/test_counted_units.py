"""Amounts asked for in a unit that the rows name beside them. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare, Query

CLIENTS = table("客户表.csv", "客户编号,客户名称", *((f"K{at:03d}", f"青禾{name}有限公司") for at, name in enumerate(["纸业", "木业", "铝业", "陶业"])))
SENT = table(
    "发料登记.csv",
    "发料单号,客户编号,发料日期,料名,数量,计量单位",
    *((f"FL{at:03d}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-05", ("絮凝料", "滤架")[at % 2], str(2 + at), ("吨", "套")[at % 2]) for at in range(24)),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("units"), CLIENTS, SENT) as reader:
        yield reader


def only(ask: Reader, question: str) -> Query:
    (query,) = ask.plan(question).queries
    return query


@pytest.mark.parametrize(
    ("question", "unit"),
    [("2025年絮凝料发了多少吨", "吨"), ("滤架总共发了几套", "套"), ("how many tonnes of 絮凝料 in 2025", "吨"), ("絮凝料2025年每月发料吨数", "吨")],
)
def test_unit_of_a_column_asks_for_the_sum_of_the_amounts_in_it(ask: Reader, question: str, unit: str) -> None:
    query = only(ask, question)

    assert (query.measures[0].fold, query.measures[0].path) == ("sum", "数量")
    parts = getattr(query.where, "parts", [query.where])
    assert [part.values for part in parts if isinstance(part, Compare) and part.path == "计量单位"] == [(unit,)]


def test_unit_behind_its_header_only_says_which_rows(ask: Reader) -> None:
    assert only(ask, "计量单位为吨的发料登记有多少条").measures[0].fold == "count"
