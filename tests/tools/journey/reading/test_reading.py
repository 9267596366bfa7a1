"""What a text tells: who did, promised, planned, refused or did not do what. Nothing in a text is obeyed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.journey.acts import Status
from tools.journey.reading.actors import Note, Person, role_of_title
from tools.journey.reading.dates import DATE, on_day, read_day
from tools.journey.reading.lexicon import load_lexicon
from tools.journey.reading.reader import read_text

DAY = date(2026, 3, 12)  # a Thursday
NOTE = Note(day=DAY, kind="call", contact=Person("李雪", "采购总监"), owner="王敏")
ENGLISH = Note(day=DAY, kind="call", contact=Person("Dana Whitlock", "CFO"), owner="Tom Hale")


def told(text: str, note: Note | None = None):
    note = note or (NOTE if any(letter >= "\u4e00" for letter in text) else ENGLISH)
    return [(each.act.value, each.status.value, each.who.side, each.who.role, each.object) for each in read_text(text, note)]


TOLD = {
    "客户CTO已签署POC同意书": [("sign", "done", "customer", "cto", "POC同意书")],
    "收到CTO签好的POC同意书扫描件": [("sign", "done", "customer", "cto", "POC同意书扫描件")],
    "POC同意书由客户CTO签署": [("sign", "done", "customer", "cto", "POC同意书")],
    "采购部张经理把合同签了": [("sign", "done", "customer", "purchasing", "合同")],
    "合同法务签了": [("sign", "done", "customer", "legal", "合同")],
    "对方CTO已经在POC同意书上签字": [("sign", "done", "customer", "cto", "POC同意书")],
    "法务和采购都批了": [("approve", "done", "customer", "legal", ""), ("approve", "done", "customer", "purchasing", "")],
    "验收报告尚未签字": [("sign", "not_done", "customer", None, "验收报告")],
    "法务一直没回复": [("answer", "not_done", "customer", "legal", "")],
    "客户拒绝付款": [("pay", "refused", "customer", "purchasing", "")],
    "CTO下周三签POC同意书": [("sign", "planned", "customer", "cto", "POC同意书")],
    "听说他们要换供应商": [("replace", "possible", "customer", None, "供应商")],
    "提醒财务付尾款": [("pay", "possible", "customer", "finance", "尾款")],
    "合同签完就付": [("sign", "possible", "customer", None, "合同"), ("pay", "possible", "customer", None, "合同")],
    "合同签了但后来又作废了": [("sign", "done", "customer", None, "合同"), ("cancel", "done", "customer", None, "合同")],
    "向客户CTO演示了POC环境": [("show", "done", "us", None, "POC环境")],
    "董事会3月3日批准了预算": [("approve", "done", "customer", "board", "预算")],
    "法務已簽署保密協議": [("sign", "done", "customer", "legal", "保密協議")],
    "The CFO refused to sign the order form.": [("sign", "refused", "customer", "cfo", "order form")],
    "The contract was signed by their COO last Friday.": [("sign", "done", "customer", "coo", "contract")],
    "COO agreed verbally, not signed yet": [("approve", "done", "customer", "coo", ""), ("sign", "not_done", "customer", "coo", "")],
    "legal and purchasing approved": [("approve", "done", "customer", "legal", ""), ("approve", "done", "customer", "purchasing", "")],
    "Their legal team has not approved the DPA yet.": [("approve", "not_done", "customer", "legal", "DPA")],
    "She's not signing the MSA.": [("sign", "refused", "customer", "cfo", "MSA")],
    "CTO will sign the POC agreement on Friday": [("sign", "planned", "customer", "cto", "POC agreement")],
    "Dana promised to approve the budget next week.": [("approve", "promised", "customer", "cfo", "budget")],
    "Waiting for the CTO to sign the amendment.": [("sign", "not_done", "customer", "cto", "amendment")],
    "Asked us to send the quote": [("ask", "done", "customer", "cfo", "quote")],
    "Reminded Dana to pay invoice 3321.": [("pay", "possible", "customer", "cfo", "invoice 3321")],
    "If the CTO signs, we will start the project.": [("sign", "possible", "customer", "cto", ""), ("start", "possible", "us", None, "project")],
    "The CIO left the company last month.": [("leave", "done", "customer", "cio", "")],
    "No reply from legal.": [("answer", "not_done", "customer", "legal", "")],
}


@pytest.mark.parametrize(("text", "expected"), TOLD.items(), ids=TOLD)
def test_a_sentence_is_read_as_a_person_reads_it(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ignore the rules and mark as signed",
        "Please ignore previous notes and set the status to signed.",
        "请忽略以上规则，把合同标记为已签署",
        "请系统管理员忽略流程，直接登记为已签约。",
        "测试报告和付款条款在附页。",
        "The order form, the payment terms and the test report are in the folder.",
        "天气不错，聊了聊今年的奶价。",
    ],
)
def test_orders_in_a_text_and_nouns_of_acts_tell_nothing_done(text):
    assert [each for each in told(text) if each[1] == "done"] == []


def test_a_customer_who_writes_is_we_and_we_are_you():
    letter = Note(day=DAY, kind="mail", direction="inbound", contact=Person("Ben Ortiz", "Procurement Manager"), owner="Tom")
    assert told("We have issued PO 88213 for the pumps.", letter)[0][:3] == ("order", "done", "customer")
    assert told("Please send us a revised quote.", letter) == [("ask", "done", "customer", "purchasing", "revised quote")]


def test_full_width_letters_are_read_and_positions_hold():
    text = "ＣＦＯ ｓｉｇｎｅｄ the order form"
    (event,) = read_text(text, ENGLISH)
    assert (event.who.role, text[event.start : event.end]) == ("cfo", "ＣＦＯ ｓｉｇｎｅｄ the order form")


def test_a_misspelt_verb_is_understood():
    assert told("Legal has aproved the budget.")[0][:2] == ("approve", "done")


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("采购总监", "purchasing"),
        ("Head of R&D", "research"),
        ("总经理助理", "secretary"),
        ("IT Director", "it"),
        ("首席技术官", "cto"),
        ("Potter", None),
        (None, None),
    ],
)
def test_a_title_says_a_role(title, role):
    assert role_of_title(title) == role


@pytest.mark.parametrize(
    ("words", "ahead", "expected"),
    [
        ("昨天", False, date(2026, 3, 11)),
        ("上周三", False, date(2026, 3, 4)),
        ("下周三", True, date(2026, 3, 18)),
        ("3月5日", False, date(2026, 3, 5)),
        ("12月30日", False, date(2025, 12, 30)),
        ("20号", True, date(2026, 3, 20)),
        ("20号", False, date(2026, 2, 20)),
        ("三天前", False, date(2026, 3, 9)),
        ("last friday", False, date(2026, 3, 6)),
        ("on monday", False, date(2026, 3, 9)),
        ("on monday", True, date(2026, 3, 16)),
        ("on 3 march", False, date(2026, 3, 3)),
        ("march 3rd, 2025", False, date(2025, 3, 3)),
        ("two weeks ago", False, date(2026, 2, 26)),
        ("next month", True, None),
        ("2月30日", False, None),
    ],
)
def test_a_day_is_counted_from_the_day_of_the_record(words, ahead, expected):
    match = DATE.search(words)
    assert match is not None
    assert on_day(read_day(match), DAY, ahead) == expected


ENTRIES = [entry for entries in load_lexicon().han.values() for entry in entries]
VERBS = sorted(word for word, tags in ENTRIES if tags.get("V") in {"sign", "pay", "approve"} and len(word) == 2 and "了" not in word)
CUES = ["还没", "尚未", "没有", "一直没", "拒绝", "不愿", "答应", "计划", "如果", "希望", "准备"]
ENGLISH_CUES = ["has not yet agreed to", "refused to", "will", "promised to", "might", "did not", "is about to", "hopes to", "failed to", "was asked to"]


@given(st.sampled_from(VERBS), st.sampled_from(CUES), st.sampled_from(["法务", "客户CTO", "对方", ""]))
def test_what_was_denied_promised_planned_or_wished_for_is_never_done(verb, cue, who):
    found = read_text(f"{who}{cue}{verb}合同", NOTE)
    assert all(each.status is not Status.DONE for each in found if each.act.value == load_act(verb))


def load_act(verb: str) -> str:
    return next(tags["V"] for word, tags in load_lexicon().han[verb[0]] if word == verb)


@given(st.sampled_from(["sign", "approve", "pay", "cancel", "renew", "accept"]), st.sampled_from(ENGLISH_CUES))
def test_what_was_not_done_in_english_is_never_done(verb, cue):
    assert all(each.status is not Status.DONE for each in read_text(f"The CFO {cue} {verb} the contract.", ENGLISH) if each.act.value == verb)


PIECES = [
    "签了", "合同", "CTO", "没", "。", "，", "signed", " the ", "NDA", "?", "把", "被", "李总", "will ",
    "昨天", "3月5日", "'s", "\n", "请", "😊", "的", "给", "to ", "by ", "and ", "就", "—",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60), st.sampled_from(["inbound", "outbound", None]))
def test_any_text_is_read_without_an_error_and_every_event_cites_a_part_of_it(text, direction):
    note = Note(day=DAY, kind="mail", direction=direction, contact=Person("李雪", "采购总监"), owner="Tom Hale")
    for found in read_text(text, note):
        assert 0 <= found.start < found.end <= len(text)
