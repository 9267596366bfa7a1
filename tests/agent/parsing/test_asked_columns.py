"""Questions for lists that name the columns to be shown. Names are made up."""

from __future__ import annotations

import pytest

from tests.agent.parsing.conftest import Reader


@pytest.mark.parametrize(
    ("question", "entity", "columns"),
    [
        ("List the food accounts with their founding year", "account", ("founded_year",)),
        ("food accounts and their parent company and country", "account", ("parent", "country")),
        ("Open deals with their stage", "opportunity", ("stage",)),
        ("open opportunities including their stage and value", "opportunity", ("stage", "amount")),
        ("open opportunities, list the stage", "opportunity", ("stage",)),
        ("列出未结商机及其阶段", "opportunity", ("stage",)),
        ("列出未结商机及其阶段和金额", "opportunity", ("stage", "amount")),
        ("biggest open deal: account, stage", "opportunity", ("account", "stage")),
        ("金额最大的未结商机：客户、阶段", "opportunity", ("account", "stage")),
    ],
)
def test_columns_named_beside_a_list_stand_behind_the_name_of_the_record(read: Reader, question: str, entity: str, columns: tuple[str, ...]) -> None:
    query = read.plan(question).queries[-1]

    assert (query.entity, query.measures, query.select[1 : 1 + len(columns)]) == (entity, (), columns)


@pytest.mark.parametrize("question", ["food accounts with their turnover ratio", "open deals with their mascots", "open opportunities, give me the value"])
def test_what_is_no_column_or_may_be_a_total_is_not_shown_as_a_column(read: Reader, question: str) -> None:
    parsed = read(question)

    assert parsed.plan is None or parsed.plan.queries[-1].measures
