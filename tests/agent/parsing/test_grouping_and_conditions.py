"""Groups and conditions that hold in any store: cross-tabs, ranges, exclusions, how many there are. Names are made up."""

from __future__ import annotations

import pytest

from agent.parsing.wording.rewording import reword
from tests.agent.parsing.conftest import Reader
from tools.crm.query import Among, Between, Compare


@pytest.mark.parametrize(
    ("question", "paths"),
    [
        ("各国家各类客户的数量", {"country", "sector"}),
        ("各类客户的赢单金额", {"account.sector"}),
        ("产品维度的赢单金额", {"product"}),
        ("从产品维度看赢单金额", {"product"}),
    ],
)
def test_kinds_and_dimensions_are_groups(read: Reader, question: str, paths: set[str]) -> None:
    (query,) = read.plan(question).queries

    assert {dimension.path for dimension in query.dimensions} == paths


@pytest.mark.parametrize("question", ["员工数100到400的客户有几家", "员工数 100-400 的客户有几家", "员工数在100到400之间的客户有几家"])
def test_two_numbers_that_lead_up_are_a_range(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert query.where == Between(path="employees", low="100", high="400")


@pytest.mark.parametrize("question", ["员工数超过100不足400的客户有几家", "员工数100以上400以下的客户有几家"])
def test_second_bound_right_behind_the_first_is_of_the_same_column(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert [part.path for part in getattr(query.where, "parts", ())] == ["employees", "employees"]


@pytest.mark.parametrize("question", ["除China外的客户有几家", "除了China，其他客户有几家", "除了China以外的客户有几家"])
def test_what_is_left_out_is_no_condition_to_meet(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert query.where == Compare(path="country", op="ne", values=("China",))


@pytest.mark.parametrize("question", ["只有一个商机的客户有几家", "仅有1个商机的客户有几家", "customers with only one deal", "customers with exactly 1 deal"])
def test_number_right_before_records_counts_them(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries
    counted = query.where.query if isinstance(query.where, Among) else query

    assert [(bound.op, bound.value) for bound in counted.having] == [("eq", "1")]
    assert counted.where is None


@pytest.mark.parametrize("text", ["除外贸单以外的商机", "外地客户有几家", "只有3个月没联系的客户", "just the number of deals"])
def test_set_phrases_leave_other_words_alone(text: str) -> None:
    assert not {"正好", "exactly"} & {word for word in ("正好", "exactly") if word in reword(text)}
