"""The kept-aside set, third part: questions to ask back on, questions that the files can't answer, and conversations."""

from __future__ import annotations

from datetime import date

from evals.asked.aside_rows import (
    HOPED,
    PAID,
    VALUE,
    average,
    counts,
    dated,
    deals,
    each,
    having,
    later,
    names,
    only,
    rates,
    still_open,
    sums,
    wide,
    win_rate,
    won,
)
from evals.asked.expecting import Ambiguous, AnyOf, Compared, Figure, Groups, Listed, QuestionSet, Ranked
from evals.asked.raw import Raw, Row, day, total

PART = QuestionSet("aside", today=date(2026, 6, 18), written_by="fresh")
Y24, Y25, Y26 = ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31")
SEEN = "苏州绿源食品有限公司"


def _both(raw: Raw, column: str) -> tuple[str, ...]:
    """A column of the two people called 刘洋."""
    return tuple(row[column] for row in having(raw["员工"], 姓名="刘洋"))


def _like(raw: Raw, brand: str) -> list[Row]:
    """Customers whose names hold these words."""
    return [row for row in wide(raw, "客户资料") if brand in row["客户名称"]]


@PART.asks("宁波和青岛各有多少客户")
def two_towns(raw: Raw) -> Compared:
    """Customers of two towns."""
    return Compared(only(counts(raw["客户资料"], "城市"), ("宁波", "青岛")))


@PART.asks("停产的产品有哪几款？")
def stopped(raw: Raw) -> Listed:
    """Products in the state 停产."""
    return Listed(names(having(raw["产品"], 状态="停产"), "产品名称"))


@PART.asks("2023年1月1日以后上市的产品列一下")
def young(raw: Raw) -> Listed:
    """Products launched since; none on that very day."""
    return Listed(names(dated(raw["产品"], "上市日期", "2023-01-01", "2030-01-01"), "产品名称"))


@PART.asks("哪条产品线平均标准交期最长")
def slowest_line(raw: Raw) -> Ranked:
    """Mean of 标准交期（天） by product line."""
    return Ranked(each(raw["产品"], "产品线", lambda rows: average(rows, "标准交期（天）")))


@PART.asks("贾永平手下有几个人？")
def people_under(raw: Raw) -> Figure:
    """People whose 直属上级 is 贾永平."""
    return Figure(len(having(raw["员工"], 直属上级="贾永平")))


@PART.asks("how mnay customers are based in 山东?", "山东有几家客户啊")
def in_province(raw: Raw) -> Figure:
    """Customers in 山东."""
    return Figure(len(having(raw["客户资料"], 省份="山东")))


@PART.asks("回款金额按回款方式分部情况")
def by_means(raw: Raw) -> Groups:
    """Payments by 回款方式."""
    return Groups(sums(raw["回款明细"], "回款方式", PAID))


@PART.asks("入职最早的员工是哪位？")
def longest_here(raw: Raw) -> AnyOf:
    """The earliest 入职日期: the ranking, or the name alone (two people further down share theirs)."""
    held = {row["姓名"]: found for row in raw["员工"] if row["姓名"] != "刘洋" and (found := day(row["入职日期"]))}
    first = min(held, key=lambda name: held[name])
    return AnyOf((Ranked({name: joined for name, joined in held.items()}, lowest=True), Figure(first), Figure(held[first])))


@PART.asks("不同来源渠道的客户，赢单率各是多少？", "win rate by lead source (来源渠道)")
def rate_by_source(raw: Raw) -> Groups:
    """Win rate by where the customer came from."""
    return Groups(rates(deals(raw), "来源渠道"))


@PART.asks("刘洋一共拜访了多少次客户？", tags=("ambiguous",))
def visits_of_two(raw: Raw) -> Ambiguous:
    """Two people of that name visit."""
    return Ambiguous(tuple(Figure(len(having(raw["拜访记录"], 拜访人工号=one))) for one in _both(raw, "工号")))


@PART.asks("刘洋是哪个办事处的", tags=("ambiguous",))
def office_of_two(raw: Raw) -> Ambiguous:
    """Two people of that name sit in two offices."""
    return Ambiguous(tuple(Figure(office) for office in _both(raw, "办事处")))


@PART.asks("When did 刘洋 join us?", tags=("ambiguous",))
def joined_of_two(raw: Raw) -> Ambiguous:
    """Two people of that name joined on two days."""
    return Ambiguous(tuple(Figure(day(joined)) for joined in _both(raw, "入职日期")))


@PART.asks("绿源食品报修过几次？", tags=("ambiguous",))
def tickets_of_two(raw: Raw) -> Ambiguous:
    """Two customers share the name, in 苏州 and in 南宁."""
    return Ambiguous(tuple(Figure(len(having(raw["售后工单"], 客户编号=row["客户编号"]))) for row in _like(raw, "绿源食品")))


@PART.asks("Which rep looks after 绿源食品?", tags=("ambiguous",))
def rep_of_two(raw: Raw) -> Ambiguous:
    """Two customers share the name, and have two reps."""
    return Ambiguous(tuple(Figure(row["姓名"]) for row in _like(raw, "绿源食品")))


@PART.asks("How often have we visited 天禾乳业?", tags=("ambiguous",))
def visits_to_two(raw: Raw) -> Ambiguous:
    """Two customers share the name, in 石家庄 and in 呼和浩特."""
    return Ambiguous(tuple(Figure(len(having(raw["拜访记录"], 客户名称=row["客户名称"]))) for row in _like(raw, "天禾乳业")))


@PART.asks("交货日期在2026年5月的合同有几份？", tags=("ambiguous",))
def two_deliveries(raw: Raw) -> Ambiguous:
    """约定交货日期 or 实际交货日期."""
    columns = ("约定交货日期", "实际交货日期")
    return Ambiguous(tuple(Figure(len(dated(raw["合同台账"], column, "2026-05-01", "2026-05-31"))) for column in columns))


@PART.asks("归还日期在今年3月份的样机借用有几笔", tags=("ambiguous",))
def two_returns(raw: Raw) -> Ambiguous:
    """约定归还日期 or 实际归还日期."""
    columns = ("约定归还日期", "实际归还日期")
    return Ambiguous(tuple(Figure(len(dated(raw["样机借用"], column, "2026-03-01", "2026-03-31"))) for column in columns))


PART.unanswerable(
    ("去年的销售毛利率是多少？", "毛利率"),
    ("汕头盈舟饮品的联系电话给我一下", "联系电话"),
    ("2021年我们赢了多少单？", "2021年"),
    ("徐州办今年成交了多少钱？", "徐州办"),
    ("明年包装机械行业的市场规模预计有多大？", "市场规模"),
    ("客户NPS得分是多少", "NPS"),
    ("唐甜今年提成拿了多少？", "提成"),
    ("FL-880一共卖了几台", "FL-880"),
    ("海博的市场占有率有多高？", "市场占有率"),
    ("诸葛明今年赢了几单？", "诸葛明"),
    ("哪个销售最有潜力", "潜力"),
    ("售后工单的备件成本合计多少？", "备件成本"),
    ("今年拜访客户的差旅费花了多少", "差旅费"),
    ("年营业额最大的客户是哪家？", "营业额"),
    ("上个月开了多少张发票", "发票"),
    ("样机借用的运费是谁承担的？", "运费"),
    ("What's the profit margin on 真空给袋机?", "profit margin"),
    ("How many deals did we win in 2020?", "2020"),
    ("Could I have the email address of 周敏芝?", "email address"),
    ("Won revenue of the Singapore office this year", "Singapore"),
    ("Which web pages did 汕头盈舟 look at before asking for a quote?", "web pages"),
    ("How many marketing newsletters were opened last month?", "newsletters"),
    ("What will stainless steel cost next month?", "stainless steel"),
    ("How much commission did 黄丽珊 earn in May?", "commission"),
    ("How many 高速枕包机 do we have in stock?", "in stock"),
    ("How old is 郑海涛?", "How old"),
)


def rate_of_year(raw: Raw) -> Figure:
    """Win rate of deals closed in 2025."""
    return Figure(win_rate(dated(deals(raw), "结单日期", *Y25)))


def rate_of_best(raw: Raw) -> Figure:
    """The same with customers of level A."""
    return Figure(win_rate(having(dated(deals(raw), "结单日期", *Y25), 客户等级="A")))


def rate_by_line(raw: Raw) -> Groups:
    """The same with all customers, by product line."""
    return Groups(rates(dated(deals(raw), "结单日期", *Y25), "产品线"))


PART.thread("rate", ("2025年的赢单率是多少？", rate_of_year), ("其中A类客户呢？", rate_of_best), ("不看客户等级了，按产品线分开看", rate_by_line))


def won_now(raw: Raw) -> Figure:
    """Value of deals won in 2026."""
    return Figure(total(won(raw, *Y26), VALUE))


def won_before(raw: Raw) -> Figure:
    """Value of deals won in 2025."""
    return Figure(total(won(raw, *Y25), VALUE))


def won_before_by_rep(raw: Raw) -> Ranked:
    """Value of deals won in 2025 by rep."""
    return Ranked(sums(won(raw, *Y25), "姓名", VALUE), top=3)


def won_before_in_one_office(raw: Raw) -> Figure:
    """Value of deals won in 2025 by the reps of 成都办."""
    return Figure(total(having(won(raw, *Y25), 办事处="成都办"), VALUE))


PART.thread(
    "revenue",
    ("What's our won revenue this year so far?", won_now),
    ("and last year?", won_before),
    ("who were the top 3 reps then?", won_before_by_rep),
    ("and how much did the 成都办 office bring in that year?", won_before_in_one_office),
)


def open_count(raw: Raw) -> Figure:
    """Open opportunities."""
    return Figure(len(still_open(raw)))


def open_sum(raw: Raw) -> Figure:
    """Their expected amount."""
    return Figure(total(still_open(raw), HOPED))


def open_by_office(raw: Raw) -> Ranked:
    """Their expected amount by office of the rep."""
    return Ranked(sums(still_open(raw), "办事处", HOPED))


def rate_of_fullest_office(raw: Raw) -> Figure:
    """Win rate of the office that came first."""
    held = sums(still_open(raw), "办事处", HOPED)
    return Figure(win_rate(having(deals(raw), 办事处=str(max(held, key=lambda name: float(str(held[name])))))))


PART.thread(
    "pipeline",
    ("现在还在谈的商机有多少个？", open_count),
    ("预计金额加起来呢", open_sum),
    ("哪个办事处的金额最大？", open_by_office),
    ("那这个办事处的赢单率是多少", rate_of_fullest_office),
)


def paid_25(raw: Raw) -> Figure:
    """Payments of 2025."""
    return Figure(total(dated(raw["回款明细"], "回款日期", *Y25), PAID))


def paid_24(raw: Raw) -> Figure:
    """Payments of 2024."""
    return Figure(total(dated(raw["回款明细"], "回款日期", *Y24), PAID))


def bills_24(raw: Raw) -> Figure:
    """Payments of 2024 by bill."""
    return Figure(total(having(dated(raw["回款明细"], "回款日期", *Y24), 回款方式="承兑汇票"), PAID))


PART.thread("payments", ("2025年总共回款多少？", paid_25), ("and in 2024?", paid_24), ("其中承兑汇票收了多少", bills_24))


def urgent(raw: Raw) -> Figure:
    """Tickets of the highest urgency."""
    return Figure(len(having(raw["售后工单"], 紧急程度="特急")))


def urgent_covered(raw: Raw) -> Figure:
    """Those under warranty."""
    return Figure(len(having(raw["售后工单"], 紧急程度="特急", 是否保内="是")))


def urgent_rating(raw: Raw) -> AnyOf:
    """Mean satisfaction of those under warranty, or of all of the highest urgency."""
    rows = having(raw["售后工单"], 紧急程度="特急")
    return AnyOf((Figure(average(having(rows, 是否保内="是"), "满意度")), Figure(average(rows, "满意度"))))


PART.thread(
    "tickets",
    ("How many tickets were marked 特急?", urgent),
    ("how many of those were under warranty (保内)?", urgent_covered),
    ("and their average satisfaction?", urgent_rating),
)


def lent(raw: Raw) -> Figure:
    """All loans."""
    return Figure(len(raw["样机借用"]))


def lent_sold(raw: Raw) -> Figure:
    """Loans turned into sales."""
    return Figure(len(having(raw["样机借用"], 是否转销售="是")))


def lent_sold_by_model(raw: Raw) -> AnyOf:
    """Those by product, called by model or by name."""
    rows = having(wide(raw, "样机借用"), 是否转销售="是")
    return AnyOf((Groups(counts(rows, "产品型号")), Groups(counts(rows, "产品名称"))))


def lent_not_sold(raw: Raw) -> Figure:
    """Deposits of loans not turned into sales."""
    return Figure(total(having(raw["样机借用"], 是否转销售="否"), "押金（元）"))


PART.thread(
    "loans",
    ("样机借用一共登记了多少笔？", lent),
    ("转销售的有几笔", lent_sold),
    ("这些按产品型号分别是多少？", lent_sold_by_model),
    ("没转销售的那些，押金合计多少", lent_not_sold),
)


def chances_of_one(raw: Raw) -> Figure:
    """Opportunities with one customer."""
    return Figure(len(having(deals(raw), 客户名称=SEEN)))


def wins_of_one(raw: Raw) -> Figure:
    """Won ones of that customer."""
    return Figure(len(having(won(raw), 客户名称=SEEN)))


def value_of_one(raw: Raw) -> Figure:
    """Their value."""
    return Figure(total(having(won(raw), 客户名称=SEEN), VALUE))


def tickets_of_one(raw: Raw) -> Figure:
    """Tickets of that customer, by number."""
    return Figure(len(having(wide(raw, "售后工单"), 客户名称=SEEN)))


PART.thread(
    "customer",
    ("苏州绿源食品有几个商机？", chances_of_one),
    ("赢了几个", wins_of_one),
    ("成交金额一共多少？", value_of_one),
    ("他们报过几次修", tickets_of_one),
)


def signed(raw: Raw) -> Figure:
    """Contracts signed in 2025."""
    return Figure(len(dated(raw["合同台账"], "签订日期", *Y25)))


def signed_late(raw: Raw) -> Figure:
    """Those delivered later than agreed."""
    return Figure(sum(later(row, "实际交货日期", "约定交货日期") for row in dated(raw["合同台账"], "签订日期", *Y25)))


def signed_24(raw: Raw) -> Figure:
    """Those signed in 2024 and delivered later than agreed."""
    return Figure(sum(later(row, "实际交货日期", "约定交货日期") for row in dated(raw["合同台账"], "签订日期", *Y24)))


PART.thread(
    "contracts",
    ("How many contracts did we sign in 2025?", signed),
    ("how many of them were delivered later than agreed?", signed_late),
    ("2024年签的呢？", signed_24),
)
