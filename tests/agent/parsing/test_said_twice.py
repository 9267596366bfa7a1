"""Words that only repeat what the words beside them say, and those that say more. Names are made up."""

from __future__ import annotations

import pytest

from agent.parsing.language.text import tokenise
from agent.parsing.linking.items import item_of
from agent.parsing.linking.said_twice import without_repeating
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from tests.agent.parsing.conftest import Reader
from tools.crm.query import Among, Compare
from tools.crm.semantic import SemanticModel
from tools.store.classification import Classification


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("How many accounts are classed as medical?", Compare(path="sector", values=("medical",))),
        ("How many accounts were tagged medical?", Compare(path="sector", values=("medical",))),
        ("归类为medical的客户有几家", Compare(path="sector", values=("medical",))),
    ],
)
def test_that_a_category_was_given_is_said_by_the_category(read: Reader, question: str, where: Compare) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.where) == ("account", where)


@pytest.mark.parametrize("question", ["How many repeat customers (two or more won deals)?", "赢单两次及以上的老客户有多少家"])
def test_customers_who_came_back_are_those_of_the_bound_on_their_deals(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    query = query.where.query if isinstance(query.where, Among) else query
    assert ([ref.measure for ref in query.measures], [each.value for each in query.having]) == (["won_count"], ["2"])


def test_since_before_a_column_only_says_from_when_records_are_old(read: Reader) -> None:
    query = read.plan("Which open deal has been open the longest since the created date?").queries[0]

    assert (query.entity, query.order[0].path, query.order[0].descending) == ("opportunity", "opened_on", False)


@pytest.mark.parametrize("question", ["Fewest wins overall, which rep?", "Most wins in total, which rep?"])
def test_overall_says_nothing_of_a_ranking_by_a_count(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert ([ref.measure for ref in query.measures], [each.path for each in query.dimensions]) == (["won_count"], ["owner"])


@pytest.mark.parametrize(
    "question",
    [
        "How many repeat customers are there?",
        "老客户有多少家",
        "repeat customers with two or more visits",
        "How many accounts are not classed as medical twice?",
    ],
)
def test_such_a_word_that_nothing_else_explains_is_not_passed_over(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize(("behind", "left"), [("分级", []), ("客户", []), ("资金", [2, 3]), ("级", [2])])
def test_word_of_a_header_right_behind_a_value_of_it_says_no_more(model: SemanticModel, vocabulary: Vocabulary, behind: str, left: list[int]) -> None:
    fields = model.entities["account"].fields
    sector = fields["sector"].model_copy(update={"words": fields["sector"].words.model_copy(update={"zh": (*fields["sector"].words.zh, "客户分级")})})
    account = model.entities["account"].model_copy(update={"fields": {**fields, "sector": sector}})
    renamed = model.model_copy(update={"entities": {**model.entities, "account": account}})
    tokens = tokenise(f"重点{behind}的")
    value = item_of(tokens, 0, 2, values=(Value("account", "sector", "重点", 3, False, Classification.INTERNAL),))

    _, unknown = without_repeating(tokens, (value,), list(range(2, 2 + len(behind))), Vocabulary(renamed, vocabulary.contents))

    assert unknown == left
