"""Questions as people say them in Chinese: measure words, split verbs, what is said before the question, and what must not be read into them."""

from __future__ import annotations

from datetime import date

import pytest

from agent.parsing.language.dates import find_periods
from agent.parsing.language.lexicon import cues, verbs
from agent.parsing.language.text import tokenise
from agent.parsing.linking.items import Item
from agent.parsing.linking.told import without_told
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.wording.rewording import reword
from tests.agent.parsing.conftest import Reader

TODAY = date(2025, 6, 18)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("今年中了几个标", "今年中标了几个"),
        ("立过几个项", "立项过几个"),
        ("拿下了多少个单子", "拿下了多少个单子"),
        ("开了几次会", "开了几次会议"),
        ("老板在问，赢单有几个", "赢单有几个"),
        ("月度复盘要用：赢单有几个", "赢单有几个"),
        ("行业方案，今年赢了几单", "行业方案，今年赢了几单"),
        ("不要平均数，看总金额", "看总金额"),
        ("金额≥10000的赢单", "金额不低于10000的赢单"),
        ("deals >= 10000", "deals  at least 10000"),
        ("20万以上的大单有哪些", "20万以上的单子有哪些"),
        ("170单以上（不含170）", "超过170单"),
        ("金额达到1万或更高", "金额不少于1万"),
        ("最大的一单是多少钱", "最大的单子是多少钱"),
        ("金额最大的一单合同是哪份", "金额最大的合同是哪份"),
        ("他是哪年进的公司？", "他是哪年入职？"),
        ("首单是哪天签的", "最早的单子是哪天签的"),
        ("以线索来源为维度看赢率", "按线索来源看赢率"),
        ("业绩最好的销售是谁，看成交金额", "按成交金额，业绩最好的销售是谁"),
        ("还有进行中的单子没", "还有进行中的单子吗"),
        ("最勤快的销售", "最勤快的销售"),
        ("北美的合同加起来多少美元", "北美的合同加起来多少钱美元"),
    ],
)
def test_a_construction_is_said_in_plain_words_once(said: str, plain: str) -> None:
    assert reword(said) == plain
    assert reword(plain) == plain


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("几通", "count"),
        ("哪张", "which"),
        ("各几家", "breakdown"),
        ("一台都没有", "without"),
        ("多少种", "distinct"),
        ("还没跟完", "open"),
        ("尚未落定", "open"),
    ],
)
def test_function_words_are_made_with_every_measure_word(word: str, kind: str) -> None:
    assert kind in cues()[word]


@pytest.mark.parametrize(("question", "left"), [("跑拜访", []), ("跑商机", [0]), ("拜访花", [2])])
def test_a_verb_is_silent_only_beside_its_noun(question: str, left: list[int]) -> None:
    tokens = tokenise(question)
    noun = next(name for name in ("拜访", "商机") if name in question)
    start = question.index(noun)
    term = Term("kind", "interaction", "visit", 0) if noun == "拜访" else Term("entity", "opportunity", "opportunity", 0)
    items = (Item(start, start + 2, noun, terms=(term,)),)

    unknown = [at for at in range(len(tokens)) if not start <= at < start + 2]

    assert without_told(tokens, items, unknown) == left


def test_verbs_that_tell_records_apart_are_never_silent() -> None:
    assert not verbs()["contract"] & {"生效", "执行", "终止"}
    assert not verbs()["account"] & {"签", "丢"}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2017年7到9月", date(2017, 7, 1), date(2017, 9, 30)),
        ("今年四个季度", date(2025, 1, 1), date(2025, 12, 31)),
        ("截至今天，今年", date(2025, 1, 1), date(2025, 12, 31)),
        ("今年第四个季度", date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_is_found_as_it_is_said(text: str, start: date, end: date) -> None:
    (found,) = find_periods(text, TODAY)

    assert (found.period.start, found.period.end) == (start, end)


@pytest.mark.parametrize(
    ("question", "said_back"),
    [
        ("去年中了几个标", "去年（2025年）的赢单数"),
        ("林晓手里还攥着几个没结的单子", "林晓的未结商机"),
        ("哪个销售一单都没赢过", "没有赢单商机的销售"),
        ("商机数为零的客户有哪些", "没有商机的客户"),
        ("哪款产品卖得最火", "赢单金额，按产品，取最高 5 名"),
        ("2025年第三季度的赢单金额比第二季度多多少", "2025年第三季度的赢单金额，与 2025年第二季度相比"),
        ("平均每个销售赢了多少单", "每个销售平均的赢单数"),
        ("产品有几个系列", "不同系列的数量"),
        ("谁跑客户跑得最勤", "拜访次数，按负责人，取最高 5 名"),
        ("林晓做完的单子里，赢的占几成", "林晓的赢单率"),
    ],
)
def test_a_spoken_question_is_said_back_as_it_was_meant(read: Reader, question: str, said_back: str) -> None:
    assert read.plan(question).said_back_zh == said_back


@pytest.mark.parametrize(
    "question",
    ["最勤快的销售", "林晓跑了多少公里", "林晓的工资多少", "我们花了多少钱", "赢单的利润率多高", "丢单的原因有哪些", "下个月能成交多少", "Lift 库存多少"],
)
def test_what_no_record_holds_is_still_refused(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize("customer", ["客户", "甲方", "委托方", "业主"])
def test_calling_on_a_customer_is_a_visit_whatever_a_trade_calls_its_customers(customer: str) -> None:
    assert reword(f"谁跑{customer}最多") == "谁拜访最多"
    assert reword(f"今年跑了多少次{customer}").startswith(f"今年拜访了多少次{customer}")
    assert "拜访" not in reword(f"今年跑了多少公里，{customer}多少个")
