"""Records: the asked value first, how many and which, the one with the most."""

from __future__ import annotations

import re

import pytest

from tests.agent.composing.company import answer, ask, draft_of, of, text
from tools.crm.query import And, Exists, Order, Plan

SAID: list[tuple[Plan, str, str]] = [
    (
        ask(None, "product", focus="lookup", where=of("name", "GTX Basic"), select=("name", "list_price")),
        "The list price of GTX Basic is 550.",
        "GTX Basic 的标价是 550。",
    ),
    (
        ask(None, "member", focus="lookup", where=of("name", "Moses Frase"), select=("name", "manager")),
        "The manager of Moses Frase is Dustin Brinkmann.",
        "Moses Frase 的经理是 Dustin Brinkmann。",
    ),
    (
        ask(None, "account", focus="lookup", where=of("name", "北辰医疗"), select=("name", "employees")),
        "北辰医疗 has 16,499 employees.",
        "北辰医疗的员工数是 16,499。",
    ),
    (ask(None, "account", focus="lookup", where=of("name", "Acme"), select=("name", "founded_year")), "Acme was founded in 1985.", "Acme 成立于 1985年。"),
    (
        ask(None, "account", focus="lookup", where=of("name", "Fjord"), select=("name", "revenue")),
        "No revenue is recorded for Fjord.",
        "Fjord 的年营业额没有记录。",
    ),
    (
        ask(None, "account", focus="list", where=of("country", "Kenya"), select=("name",)),
        "There are 3 accounts in Kenya: Acme, Delta Works and Evergreen.",
        "Kenya 的客户共有 3 个：Acme、Delta Works、Evergreen。",
    ),
    (
        ask(None, "account", focus="list", where=Exists(entity="opportunity", via="account", absent=True), select=("name",)),
        "There is 1 account without deals: Fjord.",
        "没有商机的客户共有 1 个：Fjord。",
    ),
    (
        ask(None, "account", focus="exists", where=of("country", "Norway"), select=("name",)),
        "Yes, there is 1 account in Norway: Fjord.",
        "有，Norway 的客户共有 1 个：Fjord。",
    ),
    (ask(None, "account", focus="exists", where=of("country", "Peru"), select=("name",)), "No, there are no accounts in Peru.", "没有，Peru 的客户为 0 个。"),
    (
        ask(None, focus="top", select=("name", "amount"), order=(Order(path="amount"),), limit=1),
        "Deal 88 has the highest amount of all deals: 65,328.",
        "商机中金额最高的是 Deal 88，为 6.53 万。",
    ),
    (
        ask(None, focus="top", select=("name", "amount", "owner"), order=(Order(path="amount"),), limit=1),
        "Deal 88 has the highest amount of all deals: 65,328. Its owner is 王芳.",
        "商机中金额最高的是 Deal 88，为 6.53 万。其负责人是王芳。",
    ),
    (
        ask(None, "account", focus="top", select=("name", "founded_year"), order=(Order(path="founded_year", descending=False),), limit=1),
        "Delta Works has the earliest year established of all accounts: 1979.",
        "客户中成立年份最早的是 Delta Works，为 1979。",
    ),
]


@pytest.mark.parametrize(("plan", "english", "chinese"), SAID)
def test_records_are_said_in_one_sentence(plan: Plan, english: str, chinese: str) -> None:
    assert text(plan, "en") == english
    assert text(plan, "zh") == chinese


def test_looked_up_value_is_the_first_claim() -> None:
    claims = answer(SAID[0][0], "en").claims
    assert [(claim.text, claim.value) for claim in claims] == [("550", 550)]


def test_ranking_by_a_field_that_nobody_filled_says_so() -> None:
    plan = ask(None, focus="top", where=of("status", "open"), select=("name", "amount"), order=(Order(path="amount"),), limit=1)
    assert text(plan, "en") == "No amount is recorded for open deals."
    assert text(plan, "zh") == "未结商机的金额没有记录。"


def test_ranked_record_of_which_only_its_number_is_shown_is_called_by_it() -> None:
    plan = ask(None, focus="top", select=("source_id", "amount"), order=(Order(path="amount"),), limit=1)

    assert re.fullmatch(r"\S+ has the highest amount of all deals: 65,328\.", text(plan, "en"))


def test_plain_list_in_chinese_counts_all() -> None:
    plan = ask(None, "product", focus="list", where=of("active", op="is_null"), select=("name",))
    assert text(plan, "zh").startswith("没有上架的产品共有 3 个")
    assert text(ask(None, "product", focus="list", select=("name",)), "zh") == "共有 3 个产品：GTX Basic、GTX Pro、MG Special。"


def test_empty_list_claims_zero() -> None:
    claims = answer(ask(None, "account", focus="list", where=of("country", "Peru"), select=("name",)), "zh").claims
    assert [claim.value for claim in claims] == [0]


def test_long_list_names_the_first_and_counts_all() -> None:
    plan = ask(None, focus="list", where=And(parts=(of("status", "won"), of("owner", "王芳"))), select=("name", "amount"))
    assert text(plan, "en").startswith("There are 20 won deals of 王芳, among them ")
    assert text(plan, "zh").startswith("王芳的赢单商机共有 20 个，包括 ")
    assert len(draft_of(plan, "en").tables[0].rows) == 20


def test_several_fields_are_several_sentences() -> None:
    plan = ask(None, "account", focus="lookup", where=of("name", "Acme"), select=("name", "sector", "country"))
    assert text(plan, "en") == "The sector of Acme is retail. The country of Acme is Kenya."
