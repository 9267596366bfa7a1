"""Frames of spoken Chinese around what is asked, and what must not be read into them."""

from __future__ import annotations

import pytest

from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import tokenise
from agent.parsing.linking.items import Item
from agent.parsing.linking.light_verbs import without_light
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.wording.asked_at_the_end import without_requests
from agent.parsing.wording.everyday import plain
from agent.parsing.wording.rewording import reword
from agent.parsing.wording.spoken import spoken

REBATE = Term("field", "custom:shipments", "rebate", 0)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("没结的单子每一步各有几张", "没结的单子每个阶段各有几张"),
        ("青禾纸业归谁维护", "青禾纸业谁负责"),
        ("丢过两单、可从没赢过的客户", "丢过两单、却从没赢过的客户"),
        ("系统里有、可一次都没拜访过的客户", "一次都没拜访过的客户"),
        ("成交价加一块儿是多少钱", "成交价一共是多少钱"),
        ("已经离职的业务员，名下还有几个商机", "已经离职的业务员名下还有几个商机"),
        ("这个项目走到哪一步了", "这个项目走到哪个阶段了"),
        ("闵浩今年签过项目没有？", "闵浩今年签过项目吗？"),
        ("她上个月中标了没有", "她上个月中标了吗"),
        ("现在还在路上、没到货的单子有几张", "还没到货的单子有几张"),
        ("各渠道的次数，多的排前面", "各渠道的次数，从多到少"),
        ("碰上华升、最后我们落标的有几个", "碰上华升、我们落标的有几个"),
        ("下个月应该回多少款", "下个月应回多少钱"),
        ("银行承兑收的款有几笔", "银行承兑的回款有几笔"),
        ("承兑收了多少？", "承兑收款金额是多少？"),
        ("各类款分别实收了多少", "各类款分别实收了多少"),
        ("逾期超过90天的款有几笔", "逾期超过90天未付的回款有几笔"),
        ("逾期的款一共多少", "逾期的钱一共多少"),
        ("逾期的款式有几种", "逾期的款式有几种"),
        ("从签合同到发货平均下来要多少天", "从签订到发货平均下来要多少天"),
        ("发票开出去到钱到账，平均要等多少天", "从开票到到账平均要等多少天"),
        ("发票开出去了多少张", "发票开出去了多少张"),
        ("月结的占几份", "月结的有几份"),
        ("预付款占几个百分点", "预付款占几个百分点"),
        ("还剩多少尾款没收", "未收回的尾款有多少钱"),
        ("还有多少客户没收到", "还有多少客户没收到"),
        ("首付款逾期没到的有几笔", "首付款逾期未到账的有几笔"),
        ("闵浩不是走了吗，名下还有哪些客户", "闵浩名下还有哪些客户"),
        ("上周谁跑了几家学校", "上周谁拜访了几家学校"),
        ("魏东上周去了哪几家", "魏东上周拜访了哪几家客户"),
        ("魏东上次去青禾纸业是哪天", "魏东上次拜访青禾纸业是哪天"),
        ("今年失去了几家客户", "今年失去了几家客户"),
        ("上周去过青禾纸业吗", "上周有没有拜访过青禾纸业"),
        ("去年失去过哪些客户", "去年失去过哪些客户"),
        ("上次去青禾纸业是啥时候，谁去的", "上次拜访青禾纸业是啥时候，谁去的"),
        ("这张单是谁家的？", "这张单是哪家客户的？"),
        ("还没收齐的尾款有几笔", "还没收回的尾款有几笔"),
        ("去年丢的商机因为啥", "去年丢的商机的最主要的原因"),
        ("TS01办了几天", "TS01处理了几天"),
        ("这周该到的货有哪些", "这周该到货的有哪些"),
        ("按成交概率加权后的管道金额", "加权管道金额"),
        ("一分钱没收到的款有多少笔", "没到账的款有多少笔"),
        ("魏东现在跟着几个单子", "魏东现在有几个在跟的单子"),
        ("这个月到了多少批货", "这个月到货了多少批"),
        ("去年谁寄样寄得最勤", "去年谁寄样最勤"),
        ("晚到的那些货平均晚了几天", "晚到的货平均晚了几天"),
        ("拖期的合同平均拖了几天", "拖期的合同平均晚了几天"),
        ("今年年内到期的证有哪些", "今年到期的证有哪些"),
        ("罗鸣离职后，他名下还有几个商机", "罗鸣名下还有几个商机"),
        ("谁走访客户次数最多", "谁走访次数最多"),
        ("哪个片区黄的单子最多", "哪个片区丢的单子最多"),
        ("谁的单子黄得最多", "谁的单子丢得最多"),
        ("平均每单做成多少", "平均每单做成多少钱"),
        ("各产品线的赢单额拉个表", "各产品线的赢单额列一下"),
        ("近60天没人跟过的客户", "近60天没有跟进过的客户"),
    ],
)
def test_a_spoken_frame_is_said_in_plain_words_once(said: str, told: str) -> None:
    assert spoken(said) == told
    assert spoken(told) == told


@pytest.mark.parametrize(
    "said",
    [
        "近三年内赢了几单",
        "没收到的款有几笔",
        "最后一单是什么时候",
        "最后赢的是哪个项目",
        "下一步骤是什么",
        "谁的客户最多",
        "发了多少货款",
        "货款结清了没有填的",
    ],
)
def test_what_only_looks_like_a_frame_stays(said: str) -> None:
    assert spoken(said) == said


def test_a_length_that_is_said_twice_is_said_in_days() -> None:
    assert reword("开单超过半年（180天）还没结的") == "开单超过180天还没结的"
    assert plain("open for more than half a year (180 days)") == "open for more than 180 days"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("When did we last talk to Alder?", "When did we last spoke to Alder?"),
        ("most site visits in 2023, by whom?", "who has the most site visits in 2023"),
        ("open deals of people who left the company: count", "how many open deals of people who left the company"),
        ("Refusal rate (拒赔) of settled claims", "拒赔率 of settled claims"),
        ("Sum of all reps' quota for 2026", "Sum of quota for 2026"),
        ("I need to talk to whoever owns Alder", "I need to talk to whoever owns Alder"),
        ("key accounts in Oslo - names please", "key accounts in Oslo"),
        ("每个行业的客户数，列个表", "每个行业的客户数"),
        ("tell me how good our win rate has been since May", "tell me what is our win rate since May"),
        ("I'm flying to Oslo next week, show me the key accounts there.", "show me the key accounts in Oslo"),
        ("下周去上海出差，那边的客户有哪些", "上海的客户有哪些"),
        ("合同新签几份、续签几份", "合同新签和续签各几份"),
        ("本月赢单几个、输单几个", "本月赢单几个、输单几个"),
        ("新签多还是续签多，各几份", "新签和续签各几份"),
        ("今年比去年多还是少", "今年比去年多还是少"),
        ("一份合同平均多大金额", "合同平均多大金额"),
        ("一份合同平均几次回款", "每份合同平均几次回款"),
        ("invoices where customers have paid only part of the amount", "invoices that are partly paid"),
        ("What does a won deal bring on average, and a lost one?", "What does a won deal bring on average? What does a lost deal bring on average?"),
    ],
)
def test_an_everyday_construction_is_said_plainly_once(said: str, told: str) -> None:
    assert plain(said) == told
    assert plain(told) == told


def test_who_left_is_asked_about_by_name() -> None:
    assert plain("Kim Lee has left: how many open deals are still in her name, and worth how much?") == (
        "how many open deals are still of Kim Lee, and worth how much?"
    )


@pytest.mark.parametrize(("question", "left"), [("拿返利最多", []), ("领了返利", []), ("赔返利最多", [0]), ("拿人最多", [0])])
def test_a_verb_says_nothing_only_beside_the_word_for_what_it_gets(question: str, left: list[int]) -> None:
    tokens = tokenise(question)
    at = question.find("返利")
    items = (Item(at, at + 2, "返利", terms=(REBATE,)),) if at >= 0 else ()
    assert without_light(tokens, items, [0], None) == left


@pytest.mark.parametrize("phrase", ["没办结", "还没办结", "尚未完结", "处理中"])
def test_what_is_not_finished_is_open(phrase: str) -> None:
    assert cues()[phrase] == ("open",)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("三个月没去过的甲级医院", "三个月没拜访的甲级医院"),
        ("两个月没人去的重点客户", "两个月没有拜访的重点客户"),
        ("没人管的门店有几家", "没有负责人的门店有几家"),
        ("去年谁签的单最多", "去年谁签单最多"),
        ("卖得第二好的是哪个型号", "卖得最好的第二名是哪个型号"),
        ("黄了的单子主要因为啥", "黄了的单子的最主要的原因"),
        ("逾期没回的款有几笔", "逾期未到账的回款有几笔"),
        ("重点客户谁在管得最多", "谁管的重点客户最多"),
        ("快递费一年花多少", "快递费每年花多少"),
        ("哪种付款条件用得最多", "哪种付款条件最多"),
        ("她手里还有几个单子在跑", "她手里还有几个在跟的单子"),
    ],
)
def test_what_was_not_done_who_leads_and_the_main_reason_are_said_plainly_once(said: str, told: str) -> None:
    assert spoken(said) == told
    assert spoken(told) == told


@pytest.mark.parametrize("said", ["还没去年多", "我们没去掉的货", "没人负责人力", "没回的款式", "最近一年花多少", "谁在跑客户"])
def test_what_only_looks_like_what_was_not_done_stays(said: str) -> None:
    assert spoken(said) == said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Ada Brook has left us. Which accounts are still with her?", "Which accounts are still with Ada Brook?"),
        ("Ada Brook has left. How many of her deals are open?", "How many of Ada Brook's deals are open?"),
    ],
)
def test_what_is_asked_of_somebody_who_left_is_asked_by_name(said: str, told: str) -> None:
    assert reword(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("North和South，两边客户数差多少？各报一下", "North和South，客户数差多少？"),
        ("今年签约额前三名的销售，麻烦排一下", "今年签约额前三名的销售"),
        ("超期还没关闭的工单，列给我", "超期还没关闭的工单"),
        ("上礼拜（5月11号到17号）拜访了几次", "上周（5月11日到5月17日）拜访了几次"),
        ("Boss wants a figure: won deals this year", "won deals this year"),
        ("orders since New Year", "orders since the start of this year"),
        ("查一下North", "查一下North"),
        ("两边的客户", "两边的客户"),
    ],
)
def test_what_only_says_how_to_answer_is_left_out(said: str, told: str) -> None:
    assert without_requests(said) == told
    assert without_requests(told) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("What proportion of our quotations turn into orders?", "what is the conversion rate of our quotations?"),
        ("whose quotes convert best?", "whose quotes have the highest conversion rate?"),
        ("报价转成订单的比率", "报价的转化率"),
        ("哪个业务员报价最容易成单？看签约率", "哪个业务员报价签约率最高"),
        ("what share of deals end up lost", "what share of deals end up lost"),
    ],
)
def test_what_becomes_of_offers_is_a_rate(said: str, told: str) -> None:
    assert reword(said) == told
