"""Exports whose file names and headers say little or nothing: what tables hold, and how their columns depend on one another, tells what they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tools.crm.importing.mapping import TableMap
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.proposing.headers import read_header
from tools.crm.importing.proposing.matching import Vocabulary
from tools.crm.importing.proposing.personal_names import is_personal
from tools.crm.importing.proposing.value_words import JOBS, PAYING, SOURCES, URGENCY, WAYS, ValueWords
from tools.crm.importing.source import SourceTable
from tools.crm.semantic.model import base_model

PEOPLE = ("陈大伟", "何秀兰", "顾晓彤", "周国强", "马立群", "唐小满")
FIRMS = ("蜀巷火锅店", "听澜酒店", "通达商行", "小竹签烤鱼", "海逸酒店", "红码头餐饮", "晋面坊", "川聚工厂")
STEPS = ("成了", "黄了", "成了", "黄了", "摸底", "试菜")
FIRST = date(2025, 1, 6)


def table(file: str, headers: str, rows: Sequence[Sequence[object]]) -> SourceTable:
    return SourceTable(file, None, tuple(headers.split("|")), [list(map(str, row)) for row in rows], list(range(2, len(rows) + 2)))


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def people(headers: str = "a|b|c|d") -> SourceTable:
    return table("t1.csv", headers, [(f"S{at:02}", name, "组长" if at < 2 else "业务员", day(-900 + 30 * at)) for at, name in enumerate(PEOPLE)])


def customers(headers: str = "e|f|g|h") -> SourceTable:
    return table("t2.csv", headers, [(f"K10{at:02}", name, ("A", "B")[at % 2], PEOPLE[at % 6]) for at, name in enumerate(FIRMS)])


def deals(headers: str = "j|k|l|m|n|o(元)|p(元)|q|r|s|t", file: str = "t3.csv") -> SourceTable:
    rows = []
    for at in range(60):
        step = STEPS[at % 6]
        settled, won = step in ("成了", "黄了"), step == "成了"
        why = ("价格谈不拢", "口味没过", "没回音")[at % 3] if step == "黄了" else ""
        rows.append(
            (
                f"GD25{at:04}", f"第{at}单年框", f"K10{at % 8:02}", PEOPLE[at % 6], step, 1000 + 37 * at, 990 + 36 * at if won else "",
                day(at), day(at + 40), day(at + 33) if settled else "", why,
            )
        )  # fmt: skip
    return table(file, headers, rows)


def visits(headers: str = "u|v|w|x|y|z(分钟)") -> SourceTable:
    ways = ("上门", "电话", "微信")
    rows = [(f"DK{at:05}", f"{day(at)} 1{at % 8}:20", f"S{at % 6:02}", f"K10{at % 8:02}", ways[at % 3], 10 + at % 50) for at in range(90)]
    return table("t4.csv", headers, rows)


def proposed(*tables: SourceTable) -> dict[str, TableMap]:
    return {each.file: each for each in propose_mapping(tables, base_model(), "test").tables}


def places(mapped: TableMap) -> dict[str, str]:
    return {column.header: column.to for column in mapped.columns if column.to != "custom"}


def test_tables_without_a_telling_word_are_told_by_what_they_hold() -> None:
    found = proposed(people(), customers(), deals(), visits())

    assert {file: each.entity for file, each in found.items()} == {"t1.csv": "member", "t2.csv": "account", "t3.csv": "opportunity", "t4.csv": "interaction"}
    assert places(found["t1.csv"]) == {"a": "id", "b": "name", "c": "title"}
    assert places(found["t2.csv"]) == {"e": "id", "f": "name", "h": "owner"}
    assert places(found["t3.csv"]) == {
        "j": "id", "k": "name", "l": "account#id", "m": "owner", "n": "stage", "p(元)": "amount", "q": "opened_on", "s": "close_on", "t": "lost_reason",
    }  # fmt: skip
    assert places(found["t4.csv"]) == {"u": "id", "v": "occurred_at", "w": "owner#id", "x": "account#id", "y": "kind", "z(分钟)": "duration_minutes"}
    assert {column.header: column.fills for column in found["t3.csv"].columns if column.fills} == {"o(元)": "amount"}


def test_deals_win_over_one_short_word_of_their_file() -> None:
    headers = "单号|事由|客户号|业务员|走到哪步|估计能做(元)|实际做成(元)|开单日|估摸哪天定|了结日|黄的原因"
    found = proposed(people(), customers("客户号|客户名|级别|谁在管"), deals(headers, "跟进单.csv"))["跟进单.csv"]

    assert found.entity == "opportunity"
    assert {column.header: column.fills for column in found.columns if column.fills} == {"估计能做(元)": "amount", "估摸哪天定": "close_on"}
    assert places(found)["黄的原因"] == "lost_reason"


def test_register_of_outcomes_beside_deals_stays_a_table_of_its_own() -> None:
    named = deals("商机编号|商机名称|客户编号|负责人|阶段|预计金额|成交金额|创建日期|预计成交日期|关闭日期|输单原因", "商机.csv")
    register = deals(file="t9.csv")

    found = proposed(people("工号|姓名|岗位|入职日期"), customers("客户编号|客户名称|级别|负责人"), named, register)

    assert found["商机.csv"].entity == "opportunity"
    assert found["t9.csv"].entity == "custom"


def test_days_and_amounts_alone_make_no_deals() -> None:
    plain = table("t5.csv", "j|l|m|o(元)|q", [(f"GD{at:05}", f"K10{at % 8:02}", PEOPLE[at % 6], 100 + at, day(at)) for at in range(60)])

    assert proposed(people(), customers(), plain)["t5.csv"].entity == "custom"


@pytest.mark.parametrize(
    ("words", "values", "told"),
    [
        (WAYS, ("上门", "电话", "视频会"), True), (WAYS, ("Phone call", "On-site visit", "Email"), True), (WAYS, ("红", "电话", "蓝", "绿"), False),
        (SOURCES, ("展会", "老客户介绍", "陌拜"), True), (SOURCES, ("trade show", "referral", "cold call"), True), (SOURCES, ("展会", "其他"), False),
        (PAYING, ("电汇", "银行承兑汇票"), True), (PAYING, ("wire", "cheque"), True), (PAYING, ("首付款", "尾款"), False),
        (URGENCY, ("轻", "中", "重"), True), (URGENCY, ("P1", "P2", "P3"), True), (URGENCY, ("冷", "温", "热"), False),
        (JOBS, ("采购经理", "老板", "行政总厨"), True), (JOBS, ("IT Manager", "Head of Sales"), True), (JOBS, ("决策人", "使用人"), False),
    ],
)  # fmt: skip
def test_values_tell_of_which_sort_they_are(words: ValueWords, values: tuple[str, ...], told: bool) -> None:
    assert bool(words.matched(values)) is told


@pytest.mark.parametrize(
    ("text", "personal"),
    [("陈大伟", True), ("欧阳明月", True), ("Mary Ann Jones", True), ("蜀巷火锅", False), ("味之岭", False), ("Acme Corporation", False), ("S06", False)],
)
def test_names_of_people_are_told_by_their_form(text: str, personal: bool) -> None:
    assert is_personal(text) is personal


@pytest.mark.parametrize(
    ("entity", "header", "place"),
    [
        ("account", "所在地市", "city"), ("account", "所在地区", "region"), ("member", "还在职", "active"), ("member", "是否在职", "active"),
        ("opportunity", "友商", "competitor"), ("ticket", "紧急度", "priority"), ("interaction", "历时", "duration_minutes"),
    ],
)  # fmt: skip
def test_header_is_understood_by_what_its_words_are_used_for(entity: str, header: str, place: str) -> None:
    model = base_model()

    guesses = Vocabulary(model.entities[entity], model).guesses(read_header(header))

    assert max(guesses, key=lambda each: guesses[each].score) == place


def test_word_for_the_same_thing_counts_less_and_says_so() -> None:
    model = base_model()
    vocabulary = Vocabulary(model.entities["interaction"], model)

    known, alike = vocabulary.guesses(read_header("时长"))["duration_minutes"], vocabulary.guesses(read_header("历时"))["duration_minutes"]

    assert alike.score < known.score
    assert alike.because == "its words are used for “duration”"
    assert vocabulary.guesses(read_header("历时"), alike=False) == {}


@pytest.mark.parametrize(
    ("headers", "file", "column", "place"),
    [
        ("客户号|客户名|哪一类|谁在管", "客户.csv", "哪一类", "kind"),
        ("customer id|customer|what kind of customer|who looks after them", "customers.csv", "what kind of customer", "kind"),
    ],
)
def test_header_that_asks_says_what_stands_under_it(headers: str, file: str, column: str, place: str) -> None:
    rows = [(f"K10{at:02}", f"{FIRMS[at % 8]}{at}", ("连锁", "经销商")[at % 2], PEOPLE[at % 6]) for at in range(24)]

    assert places(proposed(people(), table(file, headers, rows))[file])[column] == place


def test_telephone_numbers_with_hidden_digits_are_such() -> None:
    rows = [(name, f"K10{at:02}", f"15{at}****81{at}7") for at, name in enumerate(PEOPLE)]

    assert places(proposed(customers(), table("联系人.csv", "姓名|客户编号|电话", rows))["联系人.csv"])["电话"] == "phone"


def enquiries(won: str = "Definite", reason: bool = True) -> SourceTable:
    rows = []
    for at in range(60):
        step = (won, "Lost", won, "Lost", "Tentative", "New")[at % 6]
        ended = step in (won, "Lost")
        rows.append(
            (
                f"E-{at:03}", f"Dinner {at}", f"K10{at % 8:02}", PEOPLE[at % 6], step, day(at), day(at + 90), 1000 + 37 * at,
                990 + 36 * at if step == won else "", day(at + 40), day(at + 33) if ended else "", "Price" if reason and step == "Lost" else "",
            )
        )  # fmt: skip
    headers = (
        "Enquiry Ref|Event Name|org_id|handled_by|Status|received_on|event_date|Est. Revenue (USD)|Confirmed Revenue (USD)|decision_due|decided_on|Lost Reason"
    )
    return table("enquiry_pipeline.csv", headers, rows)


def test_word_of_those_that_ended_without_a_reason_means_won() -> None:
    mapping = propose_mapping([people(), customers(), enquiries()], base_model(), "test")

    assert mapping.statuses == {"Definite": "won"}
    placed = places({each.file: each for each in mapping.tables}["enquiry_pipeline.csv"])
    told = {"received_on": "opened_on", "decided_on": "close_on", "Confirmed Revenue (USD)": "amount"}
    assert {header: placed.get(header) for header in told} == told


def test_words_of_those_that_ended_say_nothing_where_there_are_two_and_no_reason_tells_the_lost_apart() -> None:
    asked = enquiries(reason=False)
    for at, row in enumerate(asked.rows):
        row[4] = "Released" if row[4] == "Definite" and at % 4 else row[4]

    assert propose_mapping([people(), customers(), asked], base_model(), "test").statuses == {}


@pytest.mark.parametrize(("header", "place"), [("到账保费(元)", "amount"), ("应缴保费(元)", None)])
def test_amount_that_was_received_is_that_of_a_payment_whatever_else_its_header_names(header: str, place: str | None) -> None:
    rows = [(f"G{at // 2}", at % 2 + 1, day(at), 500 + at, day(at + 3), 500 + at, "对公转账") for at in range(40)]
    paid = table("保费分期到账.csv", "保单号|期次|应缴日期|应缴保费(元)|到账日期|到账保费(元)|付款途径", rows)

    assert places(proposed(paid)["保费分期到账.csv"]).get(header) == place
