"""What is left when one is left out, and what is asked besides of the last one; deals by other words. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.agent.parsing.test_own_orders import FIRMS, GOODS, STAFF, WISHES
from tools.crm.query import And, Compare


@pytest.fixture(scope="module")
def wishes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("wishes"), FIRMS, STAFF, GOODS, WISHES) as reader:
        yield reader


@pytest.mark.parametrize("question", ["deals lost to a competitor other than 火神窑业", "输给火神窑业以外竞品的商机有几个"])
def test_another_one_than_it_is_one_that_is_there(wishes: Reader, question: str) -> None:
    where = wishes.plan(question).queries[0].where

    assert isinstance(where, And)
    told = [(part.op, part.values) for part in where.parts if isinstance(part, Compare) and part.path == "competitor"]
    assert told == [("ne", ("火神窑业",)), ("not_null", ())]


@pytest.mark.parametrize("message", ["最近一次拜访Granite Foods是哪天，谁去的", "when did we last visit Granite Foods, and who went?"])
def test_who_did_it_is_told_of_the_last_of_the_records(read: Reader, message: str) -> None:
    day, record = read.plan(message).queries

    assert [ref.fold for ref in day.measures] == ["max"]
    assert (record.entity, record.limit, record.select[-1]) == ("interaction", 1, "owner")


@pytest.mark.parametrize(("question", "measure"), [("lost bookings per quarter in 2025", "lost_count"), ("bookings per quarter in 2025", "won_value")])
def test_bookings_that_something_tells_apart_are_deals(read: Reader, question: str, measure: str) -> None:
    assert [ref.measure for ref in read.plan(question).queries[0].measures] == [measure]


def test_how_many_in_a_hundred_a_rate_is_is_the_rate(read: Reader) -> None:
    query = read.plan("2025年赢单率是百分之几").queries[0]

    assert [(ref.measure, ref.share) for ref in query.measures] == [("win_rate", False)]
