"""Questions to the provider of cloud services about its subscriptions and invoices."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from evals.asked.cloud_rows import BILLED, FEE, PAID, QUESTIONS, by_month, dues, gone_by, listed, per, renewal, unpaid, with_customer
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, column, days, iso


def terms(raw: Raw) -> list[Row]:
    """Subscriptions with the columns of their customer."""
    return with_customer(raw, "订阅清单")


def running(raw: Raw) -> list[Row]:
    """Subscriptions in the state 生效中."""
    return [row for row in terms(raw) if row["续费状态"] == "生效中"]


def due(raw: Raw, first: str, last: str) -> list[Row]:
    """Subscriptions that expire in a span."""
    return [row for row in terms(raw) if first <= iso(row["到期日"]) <= last]


def strict(rows: Iterable[Row]) -> Decimal:
    """Renewed subscriptions of all that are renewed, lost or still to be renewed."""
    states = [row["续费状态"] for row in rows]
    return Decimal(states.count("已续费")) / (len(states) - states.count("生效中"))


def decided(rows: Iterable[Row]) -> list[Row]:
    """Subscriptions that were renewed or lost."""
    return [row for row in rows if row["续费状态"] in ("已续费", "已流失")]


def came_due(rows: Iterable[Row]) -> list[Row]:
    """Subscriptions that are not simply running."""
    return [row for row in rows if row["续费状态"] != "生效中"]


def bills(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Invoices of a span with the columns of their customer."""
    return [row for row in with_customer(raw, "开票明细") if first <= iso(row["开票日"]) <= last]


@QUESTIONS.asks("订阅按续费状态分，各有多少个", "Subscriptions by 续费状态, count of each")
def states(raw: Raw) -> Groups:
    """Subscriptions by state."""
    return Groups(per(terms(raw), "续费状态", len))


@QUESTIONS.asks("生效中的订阅，年费加起来是多少？", "生效中订阅的 ARR（年费合计）是多少")
def running_fee(raw: Raw) -> Figure:
    """Annual fee of running subscriptions."""
    return Figure(total(running(raw), FEE))


@QUESTIONS.asks("下个月到期的订阅有几个，涉及年费多少？", "how many subscriptions expire next month and what annual fee is at stake")
def due_next_month(raw: Raw) -> Each:
    """Expiring in November 2025: count and annual fee."""
    rows = due(raw, "2025-11-01", "2025-11-30")
    return Each((Figure(len(rows)), Figure(total(rows, FEE))))


@QUESTIONS.asks("未来30天内要到期、状态是待续费的订阅列出来", "List the 待续费 subscriptions that expire within the next 30 days")
def pending_30_days(raw: Raw) -> Listed:
    """To be renewed, expiring in the next 30 days."""
    return listed((row for row in due(raw, "2025-10-22", "2025-11-21") if row["续费状态"] == "待续费"), "订阅号")


@QUESTIONS.asks("整体续费率怎么样", "What's our renewal rate?")
def renewal_rate(raw: Raw) -> AnyOf:
    """Renewed of renewed and lost, or of all that came due."""
    return AnyOf((Figure(renewal(terms(raw))), Figure(strict(terms(raw)))))


@QUESTIONS.asks("KA、MM、SMB三层客户的续费率分别是多少？", "renewal rate by 客户分层")
def renewal_by_tier(raw: Raw) -> AnyOf:
    """Renewal rate by tier."""
    return AnyOf((Groups(per(decided(terms(raw)), "客户分层", renewal)), Groups(per(came_due(terms(raw)), "客户分层", strict))))


@QUESTIONS.asks("哪个产品线续费最差，续费率最低", "which product line has the lowest renewal rate")
def renewal_by_product(raw: Raw) -> AnyOf:
    """Renewal rate by product line, lowest first."""
    return AnyOf((Ranked(per(decided(terms(raw)), "产品线", renewal), lowest=True), Ranked(per(came_due(terms(raw)), "产品线", strict), lowest=True)))


@QUESTIONS.asks("2024年到期的订阅，续费率多少？", "Of the subscriptions that expired in 2024, what fraction was renewed?")
def renewal_2024(raw: Raw) -> Figure:
    """Renewal rate of those that expired in 2024 (none of them is pending)."""
    return Figure(renewal(due(raw, "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("流失的订阅都是什么原因，各几个", "流失原因分布")
def churn_why(raw: Raw) -> Groups:
    """Lost subscriptions by reason."""
    return Groups(per((row for row in terms(raw) if row["续费状态"] == "已流失"), "流失原因", len))


@QUESTIONS.asks("今年到期流失掉的年费有多少", "How much annual fee did we churn among subscriptions expiring in 2025 (已流失)?")
def churned_fee(raw: Raw) -> Figure:
    """Annual fee of subscriptions that expired in 2025 and were lost."""
    return Figure(total((row for row in due(raw, "2025-01-01", "2025-12-31") if row["续费状态"] == "已流失"), FEE))


@QUESTIONS.asks("到期日已经过了、但还挂着待续费的订阅有几个？", "subscriptions past their 到期日 but still 待续费 — how many?")
def expired_pending(raw: Raw) -> Figure:
    """To be renewed, expired before today."""
    return Figure(sum(row["续费状态"] == "待续费" and iso(row["到期日"]) < "2025-10-22" for row in terms(raw)))


@QUESTIONS.asks("CRM云生效中的席位一共多少个", "total seats on running (生效中) CRM云 subscriptions")
def seats(raw: Raw) -> Figure:
    """Seats of running subscriptions to one product line."""
    return Figure(total((row for row in running(raw) if row["产品线"] == "CRM云"), "席位数"))


@QUESTIONS.asks("生效中订阅的席位活跃率是多少，活跃席位除以席位数", "活跃席位占席位数的比例，只看生效中的")
def usage(raw: Raw) -> AnyOf:
    """Active seats of all seats: of the sums (with or without those that lack a value), or the mean of the subscriptions."""
    rows = [row for row in running(raw) if row["活跃席位"]]
    each = [Decimal(row["活跃席位"]) / Decimal(row["席位数"]) for row in rows]
    active = total(rows, "活跃席位")
    return AnyOf((Figure(active / total(rows, "席位数")), Figure(active / total(running(raw), "席位数")), Figure(average(each))))


@QUESTIONS.asks("生效中的订阅里，活跃席位不到席位数一半的有哪些", "Which running subscriptions (生效中) have fewer than half of their seats active?")
def low_usage(raw: Raw) -> Listed:
    """Running, with less than half of the seats active."""
    return listed((row for row in running(raw) if row["活跃席位"] and Decimal(row["活跃席位"]) * 2 < Decimal(row["席位数"])), "订阅号")


@QUESTIONS.asks("开了自动续费的订阅占比多少", "what percentage of subscriptions have auto-renew switched on")
def automatic(raw: Raw) -> Figure:
    """Subscriptions with 自动续费 Y, of all."""
    return Figure(Decimal(sum(row["自动续费"] == "Y" for row in terms(raw))) / len(terms(raw)))


@QUESTIONS.asks("年付、半年付、季付的订阅各有多少", "subscriptions per 计费周期")
def cadence(raw: Raw) -> Groups:
    """Subscriptions by cadence of billing."""
    return Groups(per(terms(raw), "计费周期", len))


@QUESTIONS.asks("生效中年费合计最高的前三家客户是谁？", "top three customers by total annual fee of 生效中 subscriptions")
def largest_fees(raw: Raw) -> Ranked:
    """Annual fee of running subscriptions by customer."""
    return Ranked(per(running(raw), "签约主体", lambda rows: total(rows, FEE)), top=3)


@QUESTIONS.asks("明年一季度到期的订阅，按产品线各几个", "subscriptions expiring in Q1 2026, by product line")
def due_next_year(raw: Raw) -> Groups:
    """Expiring from January to March 2026, by product line."""
    return Groups(per(due(raw, "2026-01-01", "2026-03-31"), "产品线", len))


@QUESTIONS.asks("Standard、Pro、Enterprise三个版本的平均年费各是多少", "average annual fee per edition across all subscriptions")
def fee_by_edition(raw: Raw) -> Groups:
    """Mean annual fee by edition."""
    return Groups(per(terms(raw), "版本", lambda rows: average(column(rows, FEE))))


@QUESTIONS.asks("SUB00120哪天到期，续费状态是什么？", "When does SUB00120 expire, and what's its renewal status?")
def one_term(raw: Raw) -> Each:
    """Last day and state of one subscription."""
    row = raw.by("订阅清单", "订阅号")["SUB00120"]
    return Each((Figure(day(row["到期日"])), Figure(row["续费状态"])))


@QUESTIONS.asks("名下生效中订阅不少于4个的客户有哪些？", "customers with at least 4 running subscriptions (生效中)")
def many_terms(raw: Raw) -> Listed:
    """Customers with four or more running subscriptions."""
    found = per(running(raw), "签约主体", len)
    return Listed(frozenset(str(name) for name, count in found.items() if count >= 4), count=sum(count >= 4 for count in found.values()))


@QUESTIONS.asks("60天内到期的订阅里，客户风险标记是红的有哪些", "Which subscriptions expiring in the next 60 days belong to customers flagged 红?")
def red_and_due(raw: Raw) -> Listed:
    """Expiring in the next 60 days, of customers whose flag is red."""
    return listed((row for row in due(raw, "2025-10-22", "2025-12-21") if row["风险标记"] == "红"), "订阅号")


@QUESTIONS.asks("方圆和李婷婷负责的客户，续费率哪个高？", "方圆 vs 李婷婷: renewal rate of their customers as CSM")
def two_keepers(raw: Raw) -> AnyOf:
    """Renewal rates of the customers of two success managers."""
    first, second = per(decided(terms(raw)), "CSM", renewal), per(came_due(terms(raw)), "CSM", strict)
    return AnyOf(tuple(Compared({name: found[name] for name in ("方圆", "李婷婷")}) for found in (first, second)))


@QUESTIONS.asks("今年到目前开了多少钱的票？", "How much have we invoiced so far this year?")
def billed(raw: Raw) -> Figure:
    """Invoiced in 2025."""
    return Figure(total(bills(raw, "2025-01-01"), BILLED))


@QUESTIONS.asks("上个月到账多少钱", "cash received last month, based on 到账日")
def received(raw: Raw) -> Figure:
    """What came in in September 2025."""
    return Figure(total((row for row in bills(raw) if iso(row["到账日"])[:7] == "2025-09"), PAID))


@QUESTIONS.asks("开了票还完全没到账的发票有几张，金额多少？", "Invoices with no payment at all: how many and for how much?")
def nothing_came(raw: Raw) -> Each:
    """Invoices without a payment: count and amount."""
    return Each((Figure(len(unpaid(raw))), Figure(total(unpaid(raw), BILLED))))


@QUESTIONS.asks("过了应付款日还没到账的发票有多少张", "how many unpaid invoices are overdue as of today?")
def overdue(raw: Raw) -> Figure:
    """Due before today, and nothing came in."""
    return Figure(sum(iso(row["应付款日"]) < "2025-10-22" for row in unpaid(raw)))


@QUESTIONS.asks("逾期超过60天还没付的发票列一下", "发票 overdue 超过60天还没到账的有哪些")
def long_overdue(raw: Raw) -> Listed:
    """Due more than 60 days ago, and nothing came in."""
    return listed((row for row in unpaid(raw) if iso(row["应付款日"]) < "2025-08-23"), "发票号")


@QUESTIONS.asks("2024年开票额按费用类别拆开看", "2024 invoiced amount by 费用类别")
def by_kind(raw: Raw) -> Groups:
    """Invoiced in 2024 by kind of fee."""
    return Groups(per(bills(raw, "2024-01-01", "2024-12-31"), "费用类别", lambda rows: total(rows, BILLED)))


@QUESTIONS.asks("今年每个月的开票金额", "monthly invoiced amount in 2025, please")
def billed_by_month(raw: Raw) -> Groups:
    """Invoiced by month in 2025."""
    return Groups(per(by_month(bills(raw, "2025-01-01"), "开票日"), "月", lambda rows: total(rows, BILLED)))


@QUESTIONS.asks("从开票到收到钱平均多少天？", "Average days from invoice date to receipt of payment")
def days_to_pay(raw: Raw) -> Figure:
    """Days from 开票日 to 到账日."""
    return Figure(average(days(row, "开票日", "到账日") for row in bills(raw)))


@QUESTIONS.asks("哪几家客户欠款最多，前五（开票减到账）", "Top 5 customers by outstanding balance, i.e. invoiced minus received")
def owing(raw: Raw) -> Ranked:
    """Invoiced less received, by customer."""
    return Ranked(per(bills(raw), "签约主体", dues), top=5)


@QUESTIONS.asks("到账的发票里有多少张是晚于应付款日才付的？", "how many paid invoices came in later than 应付款日")
def paid_late(raw: Raw) -> Figure:
    """Paid after the day on which they were due."""
    return Figure(sum(gone_by(row, "应付款日", "到账日") for row in bills(raw)))


@QUESTIONS.asks("专票和普票各开了多少张", "专票 vs 普票, number of invoices")
def sorts(raw: Raw) -> Compared:
    """Invoices by sort."""
    return Compared(per(bills(raw), "票种", len))


@QUESTIONS.asks("只付了一部分的发票有几张，就是到账额比价税合计少的", "有几张发票没付齐，钱到了但少于价税合计？")
def paid_partly(raw: Raw) -> Figure:
    """Received less than invoiced, but something."""
    return Figure(sum(bool(row[PAID]) and (number(row[PAID]) or 0) < (number(row[BILLED]) or 0) for row in bills(raw)))


@QUESTIONS.asks("今年三季度开票额比去年同期涨了多少", "invoiced amount Q3 2025 vs Q3 2024, growth in %")
def billed_growth(raw: Raw) -> Figure:
    """Invoiced in the third quarter of 2025 over that of 2024, less one."""
    return Figure(total(bills(raw, "2025-07-01", "2025-09-30"), BILLED) / total(bills(raw, "2024-07-01", "2024-09-30"), BILLED) - 1)


@QUESTIONS.asks("金额最大的一张发票是哪张？", "which invoice is the largest one we ever issued")
def largest_bill(raw: Raw) -> Ranked:
    """Invoices by amount."""
    return Ranked({row["发票号"]: number(row[BILLED]) or 0 for row in bills(raw)}, top=1)


@QUESTIONS.asks("深圳湾区跨境电商今年开了几张票、总共多少钱", "深圳湾区跨境电商 in 2025: number of invoices and total amount")
def bay_bills(raw: Raw) -> Each:
    """Invoices of one customer in 2025: count and amount."""
    rows = [row for row in bills(raw, "2025-01-01") if row["签约主体"] == "深圳湾区跨境电商有限公司"]
    return Each((Figure(len(rows)), Figure(total(rows, BILLED))))


def labels(values: dict[Label, Decimal | int | float], count: int) -> list[str]:
    """The names of the largest values."""
    return [str(name) for name in sorted(values, key=lambda name: -values[name])[:count]]


@QUESTIONS.asks("年费合计前两名的产品线（生效中），续费率各多少", "renewal rates of the two 产品线 with the most 生效中 annual fee")
def renewal_of_largest(raw: Raw) -> AnyOf:
    """Renewal rates of the two product lines with the highest annual fees."""
    first = labels(per(running(raw), "产品线", lambda rows: total(rows, FEE)), 2)
    ways = (per(decided(terms(raw)), "产品线", renewal), per(came_due(terms(raw)), "产品线", strict))
    return AnyOf(tuple(Groups({name: found[name] for name in first}) for found in ways))
