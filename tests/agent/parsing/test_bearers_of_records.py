"""Those who have records are asked for, and not the records: the conditions on these decide who is told of."""

from __future__ import annotations

import pytest

from tests.agent.parsing.conftest import Reader
from tools.crm.query import Compare, Exists

LARGE = Compare(path="amount", op="gt", values=("5000",))


@pytest.mark.parametrize(
    "question",
    ["哪些客户有金额超过5000的商机", "客户里有金额超过5000的商机的是哪些"],
)
def test_those_who_have_such_records_are_told_of_where_they_are_asked_for(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "account"
    assert query.where == Exists(entity="opportunity", via="account", where=LARGE)


def test_how_many_have_such_records_counts_those_who_have_them(read: Reader) -> None:
    query = read.plan("有金额超过5000的商机的客户有几家").queries[0]

    assert (query.entity, query.measures[0].measure) == ("account", "account_count")


@pytest.mark.parametrize("question", ["客户有哪些金额超过5000的商机", "what deals with an amount above 5000 do customers have?"])
def test_the_records_are_told_of_where_they_are_asked_for_themselves(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].entity == "opportunity"
