"""What the seller of learning software can't answer from its files, must ask back about, and conversations."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.edu_books import NEW, tickets
from evals.asked.edu_rows import QUESTIONS, VALUE, active, deals, fees, in_year, listed, per, rate, still_open, value, won
from evals.asked.expecting import Ambiguous, AnyOf, Compared, Each, Figure, Groups, Label, Ranked
from evals.asked.raw import Raw, Row, number

QUESTIONS.unanswerable(
    ("2021年我们签了多少单？", "2021"),
    ("What was won value in 2022?", "2022"),
    ("2019年的工单满意度平均是多少", "2019"),
    ("王小明的赢单率是多少？", "王小明"),
    ("How many open deals does Jason Park own?", "Jason Park"),
    ("What's the health score of Lakeside Grammar School?", "Lakeside Grammar School"),
    ("苏州市第十三中学在跟的商机有哪些？", "苏州市第十三中学"),
    ("Python编程课这个产品去年卖了多少钱？", "Python编程课"),
    ("How many deals are in the Negotiation stage?", "Negotiation"),
    ("deals that came from TikTok ads?", "TikTok"),
    ("What's the average NPS of our customers?", "NPS"),
    ("哪个产品的毛利率最高？", "毛利率"),
    ("How much commission did 周恺 earn last year?", "commission"),
    ("教师人数最多的学校是哪所？", "教师人数"),
    ("上个季度的回款率是多少", "回款率"),
    ("How much of last year's won value has actually been paid?", "paid"),
    ("各客户的开票金额列一下", "开票金额"),
    ("total refunds in 2025", "refunds"),
    ("哪些订阅上个月登录次数最多？", "登录次数"),
    ("How many trainees attended our trainings last year?", "trainees"),
    ("哪位培训讲师的评分最高？", "讲师"),
    ("这个月过生日的联系人有谁？", "生日"),
    ("how many of our contacts are women", "women"),
    ("宁波致远外国语学校的官网地址是什么？", "官网地址"),
    ("What is the postal address of Nordvik Medical Suzhou?", "postal address"),
    ("marketing spend per lead source in 2025?", "marketing spend"),
    ("哪个渠道的获客成本最低？", "获客成本"),
    ("上个月的出差费用一共多少？", "出差费用"),
    ("What's 吴凯文's base salary?", "salary"),
    ("今年谁请假天数最多", "请假天数"),
    ("What was our server uptime last month?", "uptime"),
    ("哪些合同用了电子签章？", "电子签章"),
    ("Which tickets were escalated to engineering?", "escalated"),
    ("App里家长用户有多少人？", "家长用户"),
    ("average exam pass rate of students using ExamPro", "pass rate"),
    ("What is our market share in 江苏?", "market share"),
    ("每次上门拜访平均跑多少公里？", "公里"),
    ("哪些客户在黑名单里", "黑名单"),
)


def owned(rows: list[Row], *names: str) -> list[list[Row]]:
    """The deals of each of these owners."""
    return [[row for row in rows if row["Deal Owner"] == name] for name in names]


def fields(raw: Raw, name: str, column: str) -> Ambiguous:
    """One field of each of the contacts who share a name."""
    return Ambiguous(tuple(Figure(row[column]) for row in raw["contacts"] if row["Full Name"] == name))


def at(rows: list[Row], *names: str) -> list[list[Row]]:
    """The rows of each of these institutions."""
    return [[row for row in rows if row["Institution Name"] == name] for name in names]


@QUESTIONS.asks("What's Kevin's win rate?")
def kevin_rate(raw: Raw) -> Ambiguous:
    """Kevin Zhou or Kevin Wu."""
    return Ambiguous(tuple(Figure(rate(rows)) for rows in owned(deals(raw), "周恺", "吴凯文")))


@QUESTIONS.asks("Kevin去年签了多少钱？")
def kevin_value(raw: Raw) -> Ambiguous:
    """Kevin Zhou or Kevin Wu."""
    return Ambiguous(tuple(Figure(value(rows)) for rows in owned(won(raw, "2025-01-01", "2025-12-31"), "周恺", "吴凯文")))


@QUESTIONS.asks("青岛博雅一共给我们签了多少钱？")
def qingdao(raw: Raw) -> Ambiguous:
    """Two schools begin so."""
    return Ambiguous(tuple(Figure(value(rows)) for rows in at(won(raw), "青岛博雅外国语学校", "青岛博雅双语学校")))


@QUESTIONS.asks("How many deals have we had with 苏州知行 in total?")
def zhixing(raw: Raw) -> Ambiguous:
    """A university and a college begin so."""
    return Ambiguous(tuple(Figure(len(rows)) for rows in at(deals(raw), "苏州知行财经大学", "苏州知行职业技术学院")))


@QUESTIONS.asks("What is the job title of our contact 邓明?")
def deng(raw: Raw) -> Ambiguous:
    """Three share the name."""
    return fields(raw, "邓明", "Job Title")


@QUESTIONS.asks("冯芳是哪家学校的？")
def feng(raw: Raw) -> Ambiguous:
    """Two share the name."""
    return fields(raw, "冯芳", "Institution Name")


@QUESTIONS.asks("彭娟的手机号给我一下")
def peng(raw: Raw) -> Ambiguous:
    """Two share the name."""
    return fields(raw, "彭娟", "Mobile")


def last_year(raw: Raw) -> Figure:
    """Won value of 2025."""
    return Figure(value(won(raw, "2025-01-01", "2025-12-31")))


def year_before(raw: Raw) -> AnyOf:
    """Won value of 2024, or both years."""
    found = value(won(raw, "2024-01-01", "2024-12-31"))
    return AnyOf((Figure(found), Compared({"2024": found, "2025": value(won(raw, "2025-01-01", "2025-12-31"))})))


def year_by_line(raw: Raw) -> Groups:
    """Won value of 2025 by product line."""
    return Groups(per(won(raw, "2025-01-01", "2025-12-31"), "Product Line", value))


def year_training_by_quarter(raw: Raw) -> Groups:
    """Won value of trainings in 2025 by quarter."""
    return Groups(per((row for row in won(raw, "2025-01-01", "2025-12-31") if row["Product Line"] == "Training"), "Quarter", value))


QUESTIONS.thread(
    "years_talk",
    ("先看一下去年的签单总额", last_year),
    ("那前年呢？", year_before),
    ("2025年的按产品线拆开", year_by_line),
    ("培训的再按季度看看", year_training_by_quarter),
)


def manual(raw: Raw) -> list[Row]:
    """Active subscriptions without auto-renewal."""
    return [row for row in active(raw) if row["Auto-Renewal"] == "No"]


def active_now(raw: Raw) -> Figure:
    """Active subscriptions."""
    return Figure(len(active(raw)))


def their_fee(raw: Raw) -> Figure:
    """Their annual fee."""
    return Figure(fees(active(raw)))


def manual_fee(raw: Raw) -> AnyOf:
    """The fee, or the count, of those without auto-renewal."""
    return AnyOf((Figure(fees(manual(raw))), Figure(len(manual(raw))), Each((Figure(len(manual(raw))), Figure(fees(manual(raw)))))))


def manual_by_product(raw: Raw) -> AnyOf:
    """The same by product."""
    return AnyOf((Groups(per(manual(raw), "Product", fees)), Groups(per(manual(raw), "Product", len))))


QUESTIONS.thread(
    "subscriptions_talk",
    ("How many subscriptions are active at the moment?", active_now),
    ("and what's their total annual fee?", their_fee),
    ("only those with auto-renewal off", manual_fee),
    ("break that down by product please", manual_by_product),
)


def count_at(raw: Raw, city: str, kind: str = "") -> Figure:
    """Institutions of a city, of one type."""
    return Figure(sum(row["City"] == city and kind in ("", row["Institution Type"]) for row in raw["institutions"]))


QUESTIONS.thread(
    "cities_talk",
    ("苏州一共有多少家机构？", lambda raw: count_at(raw, "苏州")),
    ("其中大学有几所？", lambda raw: count_at(raw, "苏州", "University")),
    ("换成南京呢？", lambda raw: count_at(raw, "南京", "University")),
)


def lin(raw: Raw) -> Figure:
    """Win rate of 林晓棠."""
    return Figure(rate(owned(deals(raw), "林晓棠")[0]))


def wu(raw: Raw) -> AnyOf:
    """Win rate of 吴凯文, or both."""
    both: dict[Label, Decimal | int | float] = {
        name: rate(rows) for name, rows in zip(("吴凯文", "林晓棠"), owned(deals(raw), "吴凯文", "林晓棠"), strict=True)
    }
    return AnyOf((Figure(both["吴凯文"]), Compared(both)))


def wu_2025(raw: Raw) -> Figure:
    """Win rate of 吴凯文 in 2025."""
    return Figure(rate(owned(in_year(raw, "2025"), "吴凯文")[0]))


def wu_won(raw: Raw) -> Figure:
    """Won by 吴凯文 in 2025."""
    return Figure(len(owned(won(raw, "2025-01-01", "2025-12-31"), "吴凯文")[0]))


QUESTIONS.thread(
    "reps_talk",
    ("What's the overall win rate of Cherry Lin?", lin),
    ("and Kevin Wu?", wu),
    ("what about him in 2025 only", wu_2025),
    ("how many deals did he win that year?", wu_won),
)


def pending(raw: Raw) -> list[Row]:
    """Unsolved tickets."""
    return [row for row in tickets(raw) if row["Ticket Status"] in NEW]


def of_mao(raw: Raw) -> list[Row]:
    """Unsolved tickets of 毛晨."""
    return [row for row in pending(raw) if row["Support Agent"] == "毛晨"]


def pending_count(raw: Raw) -> Figure:
    """Unsolved tickets."""
    return Figure(len(pending(raw)))


def pending_by_priority(raw: Raw) -> Groups:
    """Unsolved tickets by priority."""
    return Groups(per(pending(raw), "Priority", len))


def mao_by_priority(raw: Raw) -> AnyOf:
    """Those of 毛晨: by priority, how many, or which."""
    rows = of_mao(raw)
    return AnyOf((Groups(per(rows, "Priority", len)), Figure(len(rows)), listed(rows, "Ticket ID")))


def mao_oldest(raw: Raw) -> AnyOf:
    """The unsolved ticket of 毛晨 that was opened first: its number or day."""
    row = min(of_mao(raw), key=lambda held: held["Opened At"])
    return AnyOf((Figure(row["Ticket ID"]), Figure(row["Opened At"][:10])))


QUESTIONS.thread(
    "tickets_talk",
    ("现在未解决的工单有几张？", pending_count),
    ("按优先级分一下", pending_by_priority),
    ("只看毛晨的", mao_by_priority),
    ("她这些里面最早打开的是哪张？", mao_oldest),
)


def april(raw: Raw) -> list[Row]:
    """Open deals that are expected in April 2026."""
    return [row for row in still_open(raw) if row["Expected Signing"][:7] == "2026-04"]


def april_count(raw: Raw) -> Figure:
    """How many open deals are expected in April."""
    return Figure(len(april(raw)))


def april_largest(raw: Raw) -> Ranked:
    """The largest of them."""
    return Ranked({row["Deal Name"]: number(row[VALUE]) or 0 for row in april(raw)})


def april_owner(raw: Raw) -> Figure:
    """Who owns the largest."""
    return Figure(max(april(raw), key=lambda row: number(row[VALUE]) or 0)["Deal Owner"])


QUESTIONS.thread(
    "april_talk",
    ("How many open deals are expected to sign in April?", april_count),
    ("which of them is the largest?", april_largest),
    ("who owns it?", april_owner),
)
