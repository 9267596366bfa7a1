"""Words that limit nothing, or stand elsewhere than usual: both ends of a rate, the whole team, a bound behind what is counted."""

from __future__ import annotations

import pytest

from agent.parsing.wording.rewording import reword
from tests.agent.parsing.conftest import Reader
from tools.crm.query import Compare


@pytest.mark.parametrize("question", ["win rate, won vs lost", "win rate on the team"])
def test_both_ends_and_the_whole_team_limit_no_rate(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert [ref.measure for ref in query.measures] == ["win_rate"]
    assert query.where in (None, Compare(path="status", values=("won", "lost")))


def test_people_on_the_team_are_our_own(read: Reader) -> None:
    query = read.plan("how many people are on the team").queries[0]

    assert (query.entity, query.where) == ("member", None)


def test_groups_that_are_counted_are_compared_side_by_side(read: Reader) -> None:
    query = read.plan("how do the two regions compare on win rate").queries[0]

    assert [each.path for each in query.dimensions] == ["owner.region"]


@pytest.mark.parametrize("question", ["reps with 3 won deals or more", "which reps have 3 won deals or more?"])
def test_a_bound_may_stand_behind_what_is_counted(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert [(each.op, each.value) for each in query.having] == [("ge", "3")]


def test_business_without_an_article_is_the_deals(read: Reader) -> None:
    query = read.plan("average amount of Proposal business").queries[0]

    assert query.entity == "opportunity"


@pytest.mark.parametrize(
    ("question", "plainer"),
    [
        ("contracts not signed yet, whether due or not", "contracts not signed yet"),
        ("还没付款的有几笔（不管到没到期）", "还没付款的有几笔"),
        ("金额在2万到5万之间（含）的商机", "金额在2万到5万之间的商机"),
        ("直接向林晓汇报的有几个人", "林晓的团队里有几个人"),
    ],
)
def test_what_limits_nothing_is_left_out(question: str, plainer: str) -> None:
    assert reword(question) == plainer


def test_what_is_left_out_may_be_told_by_a_column_of_its_own(read: Reader) -> None:
    query = read.plan("won value excluding anything whose sector was medical").queries[0]

    assert query.where == Compare(path="account.sector", op="ne", values=("medical",))
