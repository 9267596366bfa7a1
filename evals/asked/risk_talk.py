"""Questions to the insurance broker that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from collections.abc import Callable

from evals.asked.expecting import Ambiguous, AnyOf, Compared, Figure, Groups, Ranked, Truth
from evals.asked.raw import Raw, Row, total
from evals.asked.risk_rows import (
    DUE,
    FEE,
    GUESS,
    PEOPLE,
    PREMIUM,
    QUESTIONS,
    UNITS,
    amount,
    claims,
    firms,
    listed,
    live,
    policies,
    rounds,
    running,
    units,
    unpaid,
    visits,
    with_unit,
)
from evals.asked.tallies import average, days, per, summed, wan

TWO_SHEN = ("沈国栋", "沈佳怡")


@QUESTIONS.asks("姓沈的那位今年出了多少签单保费？", "How much premium has 沈 written this year?")
def which_shen(raw: Raw) -> Ambiguous:
    """Two people have this surname."""
    rows = policies(raw, "2025-01-01")
    return Ambiguous(tuple(Figure(total((row for row in rows if row["人"] == name), PREMIUM)) for name in TWO_SHEN))


@QUESTIONS.asks("澄桥物流归哪位顾问服务？")
def which_chengqiao(raw: Raw) -> Ambiguous:
    """Two companies have this short name."""
    return Ambiguous(tuple(Figure(row["人"]) for row in units(raw) if row["企业简称"] == "澄桥物流"))


@QUESTIONS.asks("淞屹在我们这儿一共出过几张保单")
def which_songyi(raw: Raw) -> Ambiguous:
    """Three companies have this in their name."""
    return Ambiguous(tuple(Figure(value) for value in per((row for row in policies(raw) if "淞屹" in row["企业全称"]), "企业全称", len).values()))


@QUESTIONS.asks("how many quotation projects have we run for 淞屹?")
def which_songyi_projects(raw: Raw) -> Ambiguous:
    """Three companies have this in their name."""
    return Ambiguous(tuple(Figure(value) for value in per((row for row in rounds(raw) if "淞屹" in row["企业全称"]), "企业全称", len).values()))


@QUESTIONS.asks("李静是什么职务？")
def which_li(raw: Raw) -> Ambiguous:
    """Two contacts have this name."""
    return Ambiguous(tuple(Figure(row["职务"]) for row in raw[PEOPLE] if row["联系人"] == "李静"))


@QUESTIONS.asks("Which company does 王静 work for?")
def which_wang(raw: Raw) -> Ambiguous:
    """Two contacts have this name."""
    return Ambiguous(tuple(Figure(row["企业全称"]) for row in with_unit(raw, raw[PEOPLE]) if row["联系人"] == "王静"))


QUESTIONS.unanswerable(
    ("常州蔚砼食品那张财产险的免赔额是多少？", "免赔额"),
    ("2019年我们出了多少保费", "2019年"),
    ("厦门营业部今年业绩怎么样", "厦门营业部"),
    ("车险今年签了多少张单？", "车险"),
    ("团体意外险一共保了多少个被保险人？", "被保险人"),
    ("顾晓岚上个月工资发了多少", "工资"),
    ("今年走访客户花掉多少招待费？", "招待费"),
    ("华岳财险的偿付能力充足率够不够", "偿付能力"),
    ("陈静生日是哪天？我好备个礼", "生日"),
    ("保费发票还有几张没开", "发票"),
    ("贺云帆手上有多少家客户？", "贺云帆"),
    ("退保的客户都是因为什么退的", "退保原因"),
    ("XJ25-335这个项目几家保司报价里哪家最低？", "报价"),
    ("方锐是哪天离职的？", "离职日期"),
    ("2026年一季度给各顾问定的保费目标是多少", "2026年"),
    ("今年做了多少笔增减员批改？", "批改"),
    ("客户的统一社会信用代码帮我查一下：宁波澄桥冷链物流", "统一社会信用代码"),
    ("公开招标的项目我们一共交了多少投标保证金", "投标保证金"),
    ("工伤案件里评上伤残等级的有几个？", "伤残等级"),
    ("Which of our clients have the best credit rating?", "credit rating"),
    ("What is the company's net profit on 企业财产险 this year?", "net profit"),
    ("How many travel insurance policies did we sell last year?", "travel insurance"),
    ("What email address do we have for the contacts at 无锡泓屿水产食品有限公司?", "email"),
    ("How many of our clients are listed on the stock exchange?", "stock exchange"),
    ("How many kilometres did the advisors drive for visits in September?", "kilometres"),
    ("What was 远笙经纪's revenue last year?", "revenue"),
    ("How many claims did 韩冰 handle?", "韩冰"),
    ("Which marketing campaign brought in the most projects?", "campaign"),
)


def count(pick: Callable[[Raw], list[Row]]) -> Truth:
    """How many rows there are."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(pick(raw)))

    return truth


def of_office(office: str) -> Callable[[Raw], list[Row]]:
    """Policies of 2025 of an office."""

    def pick(raw: Raw) -> list[Row]:
        return [row for row in policies(raw, "2025-01-01") if row["服务营业部"] == office]

    return pick


def large(raw: Raw) -> list[Row]:
    """Open projects above 100,000 yuan."""
    return [row for row in running(raw) if amount(row, GUESS) > 10]


def written(name: str, year: str, column: str = PREMIUM) -> Truth:
    """What a person wrote in a year."""

    def truth(raw: Raw) -> Figure:
        return Figure(total((row for row in policies(raw, f"{year}-01-01", f"{year}-12-31") if row["人"] == name), column))

    return truth


def better_paid(raw: Raw) -> AnyOf:
    """Commission of two people in 2024."""
    found = per((row for row in policies(raw, "2024-01-01", "2024-12-31") if row["人"] in ("顾晓岚", "蒋思齐")), "人", summed(FEE))
    return AnyOf((Ranked(found), Compared(found)))


def insured(name: str, year: str) -> Truth:
    """Premium of an insurer in a year."""

    def truth(raw: Raw) -> Figure:
        return Figure(total((row for row in policies(raw, f"{year}-01-01", f"{year}-12-31") if row["承保公司"] == name), PREMIUM))

    return truth


def best_in_suzhou(raw: Raw) -> list[Row]:
    """Companies of the class A of one office."""
    return [row for row in raw[UNITS] if row["客户分类"] == "A类" and row["服务营业部"] == "苏州营业部"]


def unseen_in_suzhou(raw: Raw) -> AnyOf:
    """Of these, those without a visit since July, or since the end of July."""
    held = [{row["企业编码"] for row in visits(raw, first)} for first in ("2025-07-01", "2025-08-01")]
    return AnyOf(tuple(firms(row for row in best_in_suzhou(raw) if row["企业编码"] not in seen) for seen in held))


def over_in_november(raw: Raw) -> list[Row]:
    """Policies in force that end in November 2025."""
    return [row for row in live(raw) if row["终保日期"][:7] == "2025-11"]


def motor(raw: Raw, year: str) -> list[Row]:
    """Claims for accidents on the way to work, reported in a year."""
    return [row for row in claims(raw, f"{year}-01-01", f"{year}-12-31") if row["出险原因"] == "上下班交通事故"]


QUESTIONS.thread(
    "offices",
    ("合肥营业部今年出了多少张单？", count(of_office("合肥营业部"))),
    ("那宁波呢", count(of_office("宁波营业部"))),
    ("签单保费有多少", lambda raw: Figure(total(of_office("宁波营业部")(raw), PREMIUM))),
    ("按险种拆一下", lambda raw: Groups(per(of_office("宁波营业部")(raw), "险种", summed(PREMIUM)))),
)
QUESTIONS.thread(
    "open_ones",
    ("How many projects are open right now?", count(running)),
    ("only those with an expected premium above 100k", count(large)),
    ("show them", lambda raw: listed(large(raw), "项目名称")),
    ("total 预计保费 of these?", lambda raw: wan(lambda by: Figure(total(large(raw), GUESS) * by))),
)
QUESTIONS.thread(
    "two_advisors",
    ("顾晓岚去年签单保费多少？", written("顾晓岚", "2024")),
    ("蒋思齐呢？", written("蒋思齐", "2024")),
    ("他们俩去年谁的佣金高，各多少", better_paid),
)
QUESTIONS.thread(
    "late_premium",
    ("现在过了应缴日期还是待缴的分期有几笔", count(unpaid)),
    ("分别是哪些企业欠的？按金额从大到小排", lambda raw: Ranked(per(unpaid(raw), "企业全称", summed(DUE)))),
    ("光看苏州营业部的，一共欠多少钱", lambda raw: Figure(total((row for row in unpaid(raw) if row["服务营业部"] == "苏州营业部"), DUE))),
)
QUESTIONS.thread(
    "class_a",
    ("How many A类 clients do we have?", lambda raw: Figure(sum(row["客户分类"] == "A类" for row in raw[UNITS]))),
    ("how many of those belong to 苏州营业部?", count(best_in_suzhou)),
    ("and which of these have not been visited since July?", unseen_in_suzhou),
)
QUESTIONS.thread(
    "insurers",
    ("2024年我们在东垣财险那边签了多少保费", insured("东垣财险", "2024")),
    ("瑞川呢？", insured("瑞川财险", "2024")),
    ("今年呢", insured("瑞川财险", "2025")),
)
QUESTIONS.thread(
    "ending",
    ("下个月有几张有效保单要终保？", count(over_in_november)),
    ("列出来看看", lambda raw: listed(over_in_november(raw), "保单号")),
    ("这些单子保费总共多少？", lambda raw: Figure(total(over_in_november(raw), PREMIUM))),
)
QUESTIONS.thread(
    "on_the_way",
    ("去年报案的上下班交通事故有几起？", count(lambda raw: motor(raw, "2024"))),
    ("今年到现在呢", count(lambda raw: motor(raw, "2025"))),
    ("从报案到结案平均几天", lambda raw: Figure(average(days(row, "报案日期", "结案日期") for row in motor(raw, "2025")))),
)
