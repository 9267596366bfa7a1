"""The kept-aside set: a maker of packaging machines and its nine Chinese files; here its customers and opportunities."""

from __future__ import annotations

from datetime import date

from evals.asked.aside_books import PART as BOOKS
from evals.asked.aside_rows import (
    HOPED,
    LOST,
    VALUE,
    WON,
    average,
    by_time,
    counts,
    dated,
    deals,
    each,
    having,
    later,
    lost,
    mean,
    middle,
    names,
    only,
    rates,
    share,
    spans,
    still_open,
    sums,
    wide,
    win_rate,
    won,
)
from evals.asked.aside_talks import PART as TALKS
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, QuestionSet, Ranked, YesNo
from evals.asked.raw import Raw, day, month, number, quarter, total, within

QUESTIONS = QuestionSet("aside", today=date(2026, 6, 18), written_by="fresh")
Y24, Y25, Y26 = ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31")


@QUESTIONS.asks("去年我们总共签下来多少单？", "How many deals did we close-win in 2025?")
def won_last_year(raw: Raw) -> Figure:
    """Deals won in 2025, by closing day."""
    return Figure(len(won(raw, *Y25)))


@QUESTIONS.asks("今年一季度的成交金额一共是多少", "won revenue Q1 this year pls")
def revenue_first_quarter(raw: Raw) -> Figure:
    """Value of deals won from January to March 2026."""
    return Figure(total(won(raw, "2026-01-01", "2026-03-31"), VALUE))


@QUESTIONS.asks("上个月赢了几单啊？")
def won_last_month(raw: Raw) -> Figure:
    """Deals won in May 2026."""
    return Figure(len(won(raw, "2026-05-01", "2026-05-31")))


@QUESTIONS.asks("总体赢单率是多少", "Could you tell me our overall win rate, please?")
def overall_win_rate(raw: Raw) -> Figure:
    """Won among won and lost."""
    return Figure(win_rate(deals(raw)))


@QUESTIONS.asks("打过样的商机和没打过样的，赢单率分别是多少？", "win rate with 打样 vs without")
def win_rate_by_trial(raw: Raw) -> Compared:
    """Win rate by the company's own column 是否打样."""
    return Compared(rates(deals(raw), "是否打样"))


@QUESTIONS.asks("哪个行业的赢单率最高", "Which customer industry has the best win rate?")
def best_trade(raw: Raw) -> Ranked:
    """Win rate by the customer's trade, highest first."""
    return Ranked(rates(deals(raw), "行业"))


@QUESTIONS.asks("赢率最低的办事处是哪一个？")
def weakest_office(raw: Raw) -> Ranked:
    """Win rate by the office of the rep in charge, lowest first."""
    return Ranked(rates(deals(raw), "办事处"), lowest=True)


@QUESTIONS.asks("手上还在谈的商机合计预计金额有多少？", "What's our open pipeline worth right now?")
def open_worth(raw: Raw) -> Figure:
    """Expected amount of all open opportunities."""
    return Figure(total(still_open(raw), HOPED))


@QUESTIONS.asks("在谈的商机，各阶段分别有几个？", "open opportunities by stage, just the counts")
def open_by_stage(raw: Raw) -> Groups:
    """Open opportunities counted by stage."""
    return Groups(counts(still_open(raw), "阶段"))


@QUESTIONS.asks("2025年成交额前三的销售是哪几位", "Top 3 reps by won revenue in 2025?")
def best_reps(raw: Raw) -> Ranked:
    """Won value of 2025 by the rep in charge."""
    return Ranked(sums(won(raw, *Y25), "姓名", VALUE), top=3)


@QUESTIONS.asks("今年成交金额排第二的销售是谁？", "who's our second best seller this year by closed revenue")
def second_rep(raw: Raw) -> Ranked:
    """Won value of 2026 by the rep in charge; the second place."""
    return Ranked(sums(won(raw, *Y26), "姓名", VALUE), place=2)


@QUESTIONS.asks("丢单最常见的原因是什么", "What's the most common reason we lose?")
def main_reason(raw: Raw) -> Ranked:
    """Lost deals by written reason; those without one make no group."""
    return Ranked(counts(lost(raw), "丢单原因"))


@QUESTIONS.asks("今年因为价格高丢掉了几单，预计金额加起来是多少？")
def lost_to_price(raw: Raw) -> Each:
    """Deals lost in 2026 for 价格高: how many, and their expected amount."""
    rows = having(lost(raw, *Y26), 丢单原因="价格高")
    return Each((Figure(len(rows)), Figure(total(rows, HOPED))))


@QUESTIONS.asks("已丢单里没填丢单原因的有多少个", "How many lost deals have no loss reason filled in?")
def no_reason(raw: Raw) -> Figure:
    """Lost deals with an empty 丢单原因."""
    return Figure(len(having(lost(raw), 丢单原因="")))


@QUESTIONS.asks("碰上永创达的时候我们赢率有多少？", "our win rate when the rival is 永创达?")
def against_one_rival(raw: Raw) -> Figure:
    """Win rate of opportunities whose 竞争品牌 is 永创达."""
    return Figure(win_rate(having(deals(raw), 竞争品牌="永创达")))


@QUESTIONS.asks("按竞争品牌看，丢给谁的单子最多")
def worst_rival(raw: Raw) -> Ranked:
    """Lost deals by rival brand."""
    return Ranked(counts(lost(raw), "竞争品牌"))


@QUESTIONS.asks("平均每单成交多少钱？", "average value of a won deal")
def average_won(raw: Raw) -> Figure:
    """Mean won value."""
    return Figure(average(won(raw), VALUE))


@QUESTIONS.asks("2025年赢单的成交金额中位数是多少", "Median deal size for wins closed in 2025?")
def median_won(raw: Raw) -> Figure:
    """Median won value of 2025."""
    return Figure(middle(number(row[VALUE]) or 0 for row in won(raw, *Y25)))


@QUESTIONS.asks("从创建到签单，平均要花多少天？", "On average, how many days from creation to closing for deals we won?")
def cycle(raw: Raw) -> Figure:
    """Mean days from 创建日期 to 结单日期 over won deals."""
    return Figure(mean(spans(won(raw), "创建日期", "结单日期")))


@QUESTIONS.asks("By what percentage did won revenue grow from 2024 to 2025?", "2025年成交金额同比增长百分之几？")
def growth(raw: Raw) -> Figure:
    """Growth of won value from 2024 to 2025."""
    before = total(won(raw, *Y24), VALUE)
    return Figure((total(won(raw, *Y25), VALUE) - before) / before)


@QUESTIONS.asks("2024和2025两年的赢单率对比一下")
def rate_by_year(raw: Raw) -> Compared:
    """Win rate of deals closed in each of the two years."""
    return Compared({"2024": win_rate(dated(deals(raw), "结单日期", *Y24)), "2025": win_rate(dated(deals(raw), "结单日期", *Y25))})


@QUESTIONS.asks("2025年每个季度的成交金额", "Won revenue by quarter for 2025")
def revenue_by_quarter(raw: Raw) -> Groups:
    """Won value of each quarter of 2025."""
    return Groups(by_time(won(raw, *Y25), "结单日期", quarter, lambda rows: total(rows, VALUE)))


@QUESTIONS.asks("今年每个月新建了多少商机？", "new opportunities created per month this year")
def created_by_month(raw: Raw) -> Groups:
    """Opportunities by month of creation in 2026."""
    return Groups(by_time(dated(deals(raw), "创建日期", *Y26), "创建日期", month, len))


@QUESTIONS.asks("各办事处各产品线分别赢了多少单")
def office_and_line(raw: Raw) -> Groups:
    """Won deals by office of the rep and product line."""
    rows = won(raw)
    keys = {(row["办事处"], row["产品线"]) for row in rows}
    return Groups({key: sum((row["办事处"], row["产品线"]) == key for row in rows) for key in keys})


@QUESTIONS.asks("预计金额超过100万、还没结的商机有哪些？", "List the open deals expected to bring in more than 1,000,000")
def big_open(raw: Raw) -> Listed:
    """Open opportunities above one million expected."""
    return Listed(names([row for row in still_open(raw) if (number(row[HOPED]) or 0) > 1_000_000], "机会名称"))


@QUESTIONS.asks("有没有预计成交日期已经过了、但还没结掉的商机？", "Any open opportunities already past their expected close date?")
def overdue_open(raw: Raw) -> YesNo:
    """Open opportunities whose 预计成交日期 lies before today."""
    late = [row for row in still_open(raw) if (day(row["预计成交日期"]) or date.max) < QUESTIONS.today]
    return YesNo(bool(late), len(late))


@QUESTIONS.asks("商务谈判阶段现在有哪些商机，列一下", "show me everything sitting in 商务谈判")
def in_bargaining(raw: Raw) -> Listed:
    """Opportunities in the stage 商务谈判."""
    return Listed(names(having(deals(raw), 阶段="商务谈判"), "机会名称"))


@QUESTIONS.asks("在谈预计金额最大的三个销售，他们各自的赢单率是多少？", "win rates of the three reps with the largest open pipeline")
def rates_of_fullest(raw: Raw) -> Compared:
    """Win rates of the three reps with the largest open expected amount."""
    held = sums(still_open(raw), "姓名", HOPED)
    return Compared(only(rates(deals(raw), "姓名"), [str(name) for name in sorted(held, key=lambda name: -float(str(held[name])))[:3]]))


@QUESTIONS.asks("历史上成交金额最大的一单是哪个", "What was our biggest win ever?")
def biggest_win(raw: Raw) -> Ranked:
    """Won deals by won value."""
    return Ranked({row["机会名称"]: number(row[VALUE]) or 0 for row in won(raw)})


@QUESTIONS.asks("A类客户贡献的成交额占全部的几成？")
def share_of_best(raw: Raw) -> Figure:
    """Won value with customers of level A among all won value."""
    return Figure(share(total(having(won(raw), 客户等级="A"), VALUE), total(won(raw), VALUE)))


@QUESTIONS.asks("What share of our won deals came from customers sourced via 展会?")
def share_of_fairs(raw: Raw) -> Figure:
    """Won deals with customers found at a fair among won deals, counted."""
    return Figure(share(len(having(won(raw), 来源渠道="展会")), len(won(raw))))


@QUESTIONS.asks("除了休闲食品以外，今年其他行业一共赢了几单", "Wins this year outside the 休闲食品 industry?")
def not_snacks(raw: Raw) -> Figure:
    """Deals won in 2026 with customers of any other trade."""
    return Figure(sum(row["行业"] != "休闲食品" for row in won(raw, *Y26)))


@QUESTIONS.asks("一单都没成交过的客户有几家", "How many customers have never bought anything (no won deal)?")
def never_won(raw: Raw) -> Figure:
    """Customers without a won opportunity."""
    return Figure(len(names(raw["客户资料"], "客户名称") - names(won(raw), "客户名称")))


@QUESTIONS.asks("商机数不少于15个的客户都有谁", "customers with at least 15 opportunities")
def busy_customers(raw: Raw) -> Listed:
    """Customers with 15 opportunities or more."""
    return Listed(frozenset(str(name) for name, held in counts(deals(raw), "客户名称").items() if float(str(held)) >= 15))


@QUESTIONS.asks("哪些产品一个商机都没有？")
def idle_products(raw: Raw) -> Listed:
    """Products that no opportunity names."""
    return Listed(names(raw["产品"], "产品名称") - names(deals(raw), "产品名称"))


@QUESTIONS.asks("今年赢单一共卖了多少台", "Total machines (台数) on deals won in 2026")
def machines_sold(raw: Raw) -> Figure:
    """Sum of 台数 over deals won in 2026."""
    return Figure(total(won(raw, *Y26), "台数"))


@QUESTIONS.asks("累计成交金额最高的产品是哪款？", "best selling product by revenue")
def best_product(raw: Raw) -> Ranked:
    """Won value by product."""
    return Ranked(sums(won(raw), "产品名称", VALUE))


@QUESTIONS.asks("成交金额在５０万到８０万之间的单子有多少？", "How many wins were worth between 500k and 800k?")
def in_range(raw: Raw) -> Figure:
    """Won deals from 500,000 to 800,000, both included."""
    return Figure(sum(500_000 <= (number(row[VALUE]) or 0) <= 800_000 for row in won(raw)))


@QUESTIONS.asks("最近一次赢单是哪天", "When did we last win a deal?")
def last_win(raw: Raw) -> Figure:
    """The latest closing day of a won deal."""
    return Figure(max(found for row in won(raw) if (found := day(row["结单日期"]))))


@QUESTIONS.asks("韩雪莹今年的成交金额完成本年指标的百分之多少了？")
def reached(raw: Raw) -> Figure:
    """Won value of 2026 against the target, which is written in 万元."""
    target = number(raw.by("员工", "姓名")["韩雪莹"]["本年指标（万元）"]) or 0
    return Figure(share(total(having(won(raw, *Y26), 姓名="韩雪莹"), VALUE), target * 10_000))


@QUESTIONS.asks("谁的本年指标最高？", "Who carries the highest annual target?")
def highest_target(raw: Raw) -> AnyOf:
    """Targets by person, as written in 万元 or in 元."""
    held = {row["姓名"]: found for row in raw["员工"] if (found := number(row["本年指标（万元）"])) is not None}
    return AnyOf(tuple(Ranked({name: value * scale for name, value in held.items()}) for scale in (1, 10_000)))


@QUESTIONS.asks("公司在职的销售工程师有几个", "headcount of 销售工程师 still employed (在职)")
def sellers_at_work(raw: Raw) -> Figure:
    """People with the post 销售工程师 and the state 在职."""
    return Figure(len(having(raw["员工"], 岗位="销售工程师", 状态="在职")))


@QUESTIONS.asks("江苏有几家A类客户", "How many A-level customers do we have in 江苏?")
def best_in_one_province(raw: Raw) -> Figure:
    """Customers of level A in 江苏."""
    return Figure(len(having(raw["客户资料"], 客户等级="A", 省份="江苏")))


@QUESTIONS.asks("客户按行业分布情况", "customer count per industry")
def customers_by_trade(raw: Raw) -> Groups:
    """Customers by trade."""
    return Groups(counts(raw["客户资料"], "行业"))


@QUESTIONS.asks("Ａ、Ｂ、Ｃ三类客户平均各有几条产线？", "avg number of production lines by customer level")
def lines_by_level(raw: Raw) -> Groups:
    """Mean of 产线数量 by level, over those that have one."""
    return Groups(each(raw["客户资料"], "客户等级", lambda rows: average(rows, "产线数量")))


@QUESTIONS.asks("产线数量没登记的客户有哪些？")
def lines_unknown(raw: Raw) -> Listed:
    """Customers with an empty 产线数量."""
    return Listed(names(having(raw["客户资料"], 产线数量=""), "客户名称"))


@QUESTIONS.asks("Which customers run at least 16 production lines?", "产线在16条以上（含16条）的客户")
def many_lines(raw: Raw) -> Listed:
    """Customers with 16 lines or more."""
    return Listed(names([row for row in raw["客户资料"] if (number(row["产线数量"]) or 0) >= 16], "客户名称"))


@QUESTIONS.asks("通过BRC或者GMP认证的客户一共几家", "customers certified BRC or GMP - how many?")
def certified(raw: Raw) -> Figure:
    """Customers whose 体系认证 is BRC or GMP."""
    return Figure(sum(row["体系认证"] in ("BRC", "GMP") for row in raw["客户资料"]))


@QUESTIONS.asks("福建那边我们有客户吗？", "Do we have any customers in 福建?")
def any_in_province(raw: Raw) -> YesNo:
    """Customers in 福建."""
    rows = having(raw["客户资料"], 省份="福建")
    return YesNo(bool(rows), len(rows))


@QUESTIONS.asks("汕头盈舟的联系人是谁？", "who's the contact at 汕头盈舟?")
def contact_of(raw: Raw) -> Figure:
    """One field of one customer, named by a part of its name."""
    return Figure(raw.by("客户资料", "客户名称")["汕头盈舟饮品有限公司"]["联系人"])


@QUESTIONS.asks("2024年建档的客户有多少家")
def filed_in_year(raw: Raw) -> Figure:
    """Customers whose 建档日期 lies in 2024."""
    return Figure(sum(within(row["建档日期"], *Y24) for row in raw["客户资料"]))


@QUESTIONS.asks("周敏芝名下负责的客户有几家？")
def customers_of_rep(raw: Raw) -> Figure:
    """Customers that 周敏芝 looks after, by number."""
    return Figure(len(having(wide(raw, "客户资料"), 姓名="周敏芝")))


@QUESTIONS.asks("成交日比预计成交日期晚的赢单占多大比例", "What fraction of won deals closed later than expected?")
def later_than_hoped(raw: Raw) -> Figure:
    """Won deals closed after 预计成交日期 among won deals."""
    return Figure(share(sum(later(row, "结单日期", "预计成交日期") for row in won(raw)), len(won(raw))))


@QUESTIONS.asks("价格最贵的在售产品是什么，标准交期多少天？")
def dearest(raw: Raw) -> Each:
    """The product on sale with the highest list price, and its lead time."""
    rows = having(raw["产品"], 状态="在售")
    top = max(rows, key=lambda row: number(row["标准价（元）"]) or 0)
    return Each((Ranked({row["产品名称"]: number(row["标准价（元）"]) or 0 for row in rows}), Figure(number(top["标准交期（天）"]))))


@QUESTIONS.asks("How fast is the 高速枕包机 (packs per minute)?", "高速枕包机最高速度多少")
def speed(raw: Raw) -> Figure:
    """The company's own column of one product."""
    return Figure(number(raw.by("产品", "产品名称")["高速枕包机"]["最高速度（包/分钟）"]))


@QUESTIONS.asks("2026年赢单和丢单各多少？")
def won_and_lost(raw: Raw) -> AnyOf:
    """Deals closed in 2026 by result."""
    won_, lost_ = len(won(raw, *Y26)), len(lost(raw, *Y26))
    return AnyOf((Each((Figure(won_), Figure(lost_))), Groups({WON: won_, LOST: lost_}), Compared({WON: won_, LOST: lost_})))


@QUESTIONS.asks("这个季度到今天为止签了多少钱？")
def this_quarter(raw: Raw) -> Figure:
    """Value of deals won from April 2026 on."""
    return Figure(total(won(raw, "2026-04-01", "2026-06-30"), VALUE))


@QUESTIONS.asks("去年下半年丢了几单")
def lost_half(raw: Raw) -> Figure:
    """Deals lost from July to December 2025."""
    return Figure(len(lost(raw, "2025-07-01", "2025-12-31")))


@QUESTIONS.asks("没填竞争品牌的商机，赢单率能到多少？")
def no_rival(raw: Raw) -> Figure:
    """Win rate of opportunities with an empty 竞争品牌."""
    return Figure(win_rate(having(deals(raw), 竞争品牌="")))


@QUESTIONS.asks("熊立新和万芳今年谁的成交金额高", "熊立新跟万芳，今年各成交了多少钱来着？")
def two_reps(raw: Raw) -> Compared:
    """Won value of 2026 of two reps."""
    return Compared(only(sums(won(raw, *Y26), "姓名", VALUE), ("熊立新", "万芳")))


@QUESTIONS.asks("2025年成交金额最高的是几月份？")
def best_month(raw: Raw) -> Ranked:
    """Value of deals won in 2025 by month of closing."""
    return Ranked(by_time(won(raw, *Y25), "结单日期", month, lambda rows: total(rows, VALUE)))


@QUESTIONS.asks("陆承宇的赢率才多少啊")
def rate_of_one(raw: Raw) -> Figure:
    """Win rate of one rep."""
    return Figure(win_rate(having(deals(raw), 姓名="陆承宇")))


@QUESTIONS.asks("周敏芝带的人（直属上级是她）今年一共成交了多少？")
def team(raw: Raw) -> Figure:
    """Won value of 2026 of reps whose 直属上级 is 周敏芝, without herself."""
    return Figure(total(having(won(raw, *Y26), 直属上级="周敏芝"), VALUE))


for part in (BOOKS, TALKS):
    QUESTIONS.cases.extend(part.cases)
