"""Questions about the subscriptions and the support tickets of the seller of learning software."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.edu_rows import NOW, QUESTIONS, TUTOR, active, fees, joined, listed, per, per_two, took
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, number, within
from evals.asked.tallies import average, column, iso, middle

NEW = {"Open", "Waiting on Customer"}


def tickets(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Tickets opened in a span, with the columns of their institution, the month, and the days to first reply and solution."""
    rows = [{**row, "Month": row["Opened At"][:7]} for row in joined(raw, "support_tickets")]
    return [row for row in rows if first <= row["Opened At"][:10] <= last]


def reply(rows: list[Row]) -> float:
    """Mean days to the first reply."""
    return average(took(row, "Opened At", "First Reply At") for row in rows)


def solving(rows: list[Row]) -> float:
    """Mean days to the solution."""
    return average(took(row, "Opened At", "Solved At") for row in rows)


def ending(raw: Raw, first: str, last: str) -> list[Row]:
    """Active subscriptions that end in a span."""
    return [row for row in active(raw) if within(row["End Date"], first, last)]


@QUESTIONS.asks("现在有多少个在用的订阅？", "How many active subscriptions do we have?")
def active_count(raw: Raw) -> Figure:
    """Subscriptions of the status Active."""
    return Figure(len(active(raw)))


@QUESTIONS.asks("当前有效订阅的年费总额是多少？", "total annual fee of active subscriptions (our ARR)")
def recurring(raw: Raw) -> Figure:
    """Annual fees of active subscriptions."""
    return Figure(fees(active(raw)))


@QUESTIONS.asks("ARR by product, active subs only", "每个产品的有效订阅年费是多少")
def recurring_by_product(raw: Raw) -> Groups:
    """Annual fees of active subscriptions by product."""
    return Groups(per(active(raw), "Product", fees))


@QUESTIONS.asks("接下来90天到期的订阅有哪些？", "Which active subscriptions end in the next 90 days?")
def ending_soon(raw: Raw) -> Listed:
    """Active, ending from today to 16 June 2026."""
    return listed(ending(raw, NOW, "2026-06-16"), "Subscription ID")


@QUESTIONS.asks("下季度到期的年费有多少？", "how much annual fee is up for renewal next quarter")
def ending_next_quarter(raw: Raw) -> AnyOf:
    """Fees of subscriptions that end from April to June 2026: of active ones, or with the one that was cancelled before."""
    every = [row for row in raw["subscriptions"] if within(row["End Date"], "2026-04-01", "2026-06-30")]
    return AnyOf((Figure(fees(ending(raw, "2026-04-01", "2026-06-30"))), Figure(fees(every))))


@QUESTIONS.asks("在用的订阅里，上半年到期又没开自动续费的有几个？", "Subscriptions ending before July with auto-renewal off - how many are still active?")
def ending_manual(raw: Raw) -> Figure:
    """Active, ending until June 2026, not renewed by itself."""
    return Figure(sum(row["Auto-Renewal"] == "No" for row in ending(raw, NOW, "2026-06-30")))


@QUESTIONS.asks("有效订阅里开了自动续费的占多少？", "What share of active subscriptions is on auto-renewal?")
def automatic(raw: Raw) -> Figure:
    """Auto-renewal of active ones."""
    return Figure(Decimal(sum(row["Auto-Renewal"] == "Yes" for row in active(raw))) / len(active(raw)))


@QUESTIONS.asks("各状态的订阅数量", "Subscriptions by status")
def by_status(raw: Raw) -> Groups:
    """Subscriptions by status."""
    return Groups(per(raw["subscriptions"], "Status", len))


@QUESTIONS.asks("去年取消了几个订阅？", "how many subscriptions were cancelled in 2025?")
def cancelled(raw: Raw) -> Figure:
    """Cancelled in 2025."""
    return Figure(sum(iso(row["Cancelled On"])[:4] == "2025" for row in raw["subscriptions"]))


@QUESTIONS.asks("Most common cancel reason?", "客户取消订阅最主要的原因是什么")
def why_cancelled(raw: Raw) -> Ranked:
    """Cancelled subscriptions by reason."""
    return Ranked(per(raw["subscriptions"], "Cancel Reason", len))


@QUESTIONS.asks("取消的订阅一共涉及多少年费", "What annual fee did we lose to cancellations in total?")
def cancelled_fees(raw: Raw) -> Figure:
    """Annual fees of cancelled ones."""
    return Figure(fees(row for row in raw["subscriptions"] if row["Status"] == "Cancelled"))


@QUESTIONS.asks("哪些在用的订阅实际使用人数超过了购买席位？", "active subscriptions where active seats exceed the seats they paid for")
def over(raw: Raw) -> Listed:
    """Active ones with more active seats than seats."""
    return listed((row for row in active(raw) if row["Active Seats"] and int(row["Active Seats"]) > int(row["Seats"])), "Subscription ID")


def low_use(raw: Raw) -> list[Row]:
    """Active ones with less than half of the seats in use."""
    return [row for row in active(raw) if row["Active Seats"] and int(row["Active Seats"]) * 2 < int(row["Seats"])]


@QUESTIONS.asks("使用率（活跃席位/席位）低于50%的有效订阅有几个？", "How many active subscriptions use less than half of their seats?")
def half(raw: Raw) -> Figure:
    """Active ones with less than half of the seats in use."""
    return Figure(len(low_use(raw)))


@QUESTIONS.asks("有效订阅一共卖出去多少个席位，实际用了多少？", "Active subs: total seats and total active seats")
def seats(raw: Raw) -> Each:
    """Seats and active seats of active subscriptions."""
    return Each((Figure(sum(number(row["Seats"]) or 0 for row in active(raw))), Figure(sum(number(row["Active Seats"]) or 0 for row in active(raw)))))


@QUESTIONS.asks("每个客户成功经理名下有多少有效订阅、年费多少", "Active subscriptions and annual fees per Customer Success Manager")
def managers(raw: Raw) -> Each:
    """Count and fees of active ones by who cares for them."""
    return Each((Groups(per(active(raw), "Customer Success Manager", len)), Groups(per(active(raw), "Customer Success Manager", fees))))


@QUESTIONS.asks("还没分配客户成功经理的有效订阅有几个？", "how many active subs have no CSM assigned")
def no_manager(raw: Raw) -> Figure:
    """Active ones without a customer success manager."""
    return Figure(sum(not row["Customer Success Manager"] for row in active(raw)))


@QUESTIONS.asks("苗圃负责的有效订阅里，有哪些会在6月底前到期？", "Which of 苗圃's active subscriptions end by the end of June?")
def miao_ending(raw: Raw) -> Listed:
    """Of one manager, ending until June 2026."""
    return listed((row for row in ending(raw, NOW, "2026-06-30") if row["Customer Success Manager"] == "苗圃"), "Subscription ID")


@QUESTIONS.asks("Which institution pays us the highest total annual fee on active subscriptions?", "有效订阅年费总额最高的是哪家客户？")
def highest_payer(raw: Raw) -> Ranked:
    """Fees of active ones by institution."""
    return Ranked(per(active(raw), "Institution Name", fees))


@QUESTIONS.asks("单个订阅的平均年费是多少（只看有效的）", "average annual fee per active subscription")
def average_fee(raw: Raw) -> Figure:
    """Mean annual fee of active ones."""
    return Figure(average(column(active(raw), "Annual Fee")))


@QUESTIONS.asks("2025年新开始的订阅有多少个？", "How many subscriptions started in 2025?")
def started(raw: Raw) -> Figure:
    """Begun in 2025."""
    return Figure(sum(within(row["Start Date"], "2025-01-01", "2025-12-31") for row in raw["subscriptions"]))


@QUESTIONS.asks("杭州敬业理工大学有哪些订阅？", "list all subscriptions of 杭州敬业理工大学")
def jingye(raw: Raw) -> Listed:
    """Subscriptions of one institution."""
    return listed((row for row in raw["subscriptions"] if row["Institution Name"] == "杭州敬业理工大学"), "Subscription ID")


@QUESTIONS.asks("TutorBot现在有多少有效订阅，总共多少席位？")
def tutor(raw: Raw) -> Each:
    """Active ones of one product, and their seats."""
    rows = [row for row in active(raw) if row["Product"] == TUTOR]
    return Each((Figure(len(rows)), Figure(sum(number(row["Seats"]) or 0 for row in rows))))


@QUESTIONS.asks("ARR in 江苏 vs 上海", "江苏和上海的有效订阅年费各多少")
def provinces(raw: Raw) -> Compared:
    """Fees of active ones in two provinces."""
    found = per(active(raw), "Province", fees)
    return Compared({name: found[name] for name in ("江苏", "上海")})


@QUESTIONS.asks("目前还没解决的工单有多少张？", "How many support tickets are still unsolved?")
def unsolved(raw: Raw) -> Figure:
    """Open or waiting."""
    return Figure(sum(row["Ticket Status"] in NEW for row in raw["support_tickets"]))


@QUESTIONS.asks("未解决工单里Urgent的有几张？", "unsolved urgent tickets?")
def unsolved_urgent(raw: Raw) -> AnyOf:
    """Urgent, open or waiting: how many, or which."""
    rows = [row for row in raw["support_tickets"] if row["Ticket Status"] in NEW and row["Priority"] == "Urgent"]
    return AnyOf((Figure(len(rows)), listed(rows, "Ticket ID")))


@QUESTIONS.asks("上个月新开了多少工单？", "tickets opened last month")
def opened_last_month(raw: Raw) -> Figure:
    """Opened in February 2026."""
    return Figure(len(tickets(raw, "2026-02-01", "2026-02-28")))


@QUESTIONS.asks("上周一共收到多少张工单？", "How many tickets came in last week?")
def opened_last_week(raw: Raw) -> Figure:
    """Opened from 9 to 15 March 2026."""
    return Figure(len(tickets(raw, "2026-03-09", "2026-03-15")))


@QUESTIONS.asks("2025年每月工单量", "ticket volume per month in 2025")
def volume(raw: Raw) -> Groups:
    """Opened in 2025 by month."""
    return Groups(per(tickets(raw, "2025-01-01", "2025-12-31"), "Month", len))


@QUESTIONS.asks("工单首次响应平均要多久？", "Average first reply time on tickets")
def first_reply(raw: Raw) -> Figure:
    """Mean days to the first reply."""
    return Figure(reply(tickets(raw)))


@QUESTIONS.asks("Average first reply time by priority", "不同优先级的首次响应时间分别是多少？")
def reply_by_priority(raw: Raw) -> Groups:
    """Mean days to the first reply by priority."""
    return Groups(per(tickets(raw), "Priority", reply))


@QUESTIONS.asks("which support agent is slowest to first reply on average?", "哪个客服首次响应最慢")
def slowest_agent(raw: Raw) -> Ranked:
    """Mean days to the first reply by agent."""
    return Ranked(per(tickets(raw), "Support Agent", reply))


@QUESTIONS.asks("工单从打开到解决的中位时长是多少天？", "median days from opened to solved")
def middle_solving(raw: Raw) -> Figure:
    """Median days to the solution."""
    return Figure(middle(took(row, "Opened At", "Solved At") for row in tickets(raw)))


@QUESTIONS.asks("哪类问题解决得最慢？", "What ticket category takes longest to solve on average?")
def slowest_category(raw: Raw) -> Ranked:
    """Mean days to the solution by category."""
    return Ranked(per(tickets(raw), "Category", solving))


@QUESTIONS.asks("超过24小时才首次响应的工单有多少？", "How many tickets waited more than 24 hours for a first reply?")
def waited(raw: Raw) -> Figure:
    """Replied to after more than a day."""
    return Figure(sum((took(row, "Opened At", "First Reply At") or 0) > 1 for row in tickets(raw)))


@QUESTIONS.asks("还没有任何回复的工单是哪几张？", "tickets with no first reply yet, which ones")
def no_reply(raw: Raw) -> Listed:
    """Without a first reply."""
    return listed((row for row in raw["support_tickets"] if not row["First Reply At"]), "Ticket ID")


@QUESTIONS.asks("客户满意度平均分是多少", "What's our average satisfaction score?")
def satisfaction(raw: Raw) -> Figure:
    """Mean score."""
    return Figure(average(column(raw["support_tickets"], "Satisfaction Score")))


@QUESTIONS.asks("Rank support agents by satisfaction score", "按满意度给客服人员排个名")
def agents(raw: Raw) -> Ranked:
    """Mean score by agent."""
    return Ranked(per(raw["support_tickets"], "Support Agent", lambda rows: average(column(rows, "Satisfaction Score"))))


@QUESTIONS.asks("满意度打2分及以下的工单有多少？", "tickets scored 2 or lower")
def unhappy(raw: Raw) -> Figure:
    """Scored 1 or 2."""
    return Figure(sum(0 < (number(row["Satisfaction Score"]) or 0) <= 2 for row in raw["support_tickets"]))


@QUESTIONS.asks("工单最多的是哪类问题？", "Which category has the most tickets?")
def categories(raw: Raw) -> Ranked:
    """Tickets by category."""
    return Ranked(per(raw["support_tickets"], "Category", len))


@QUESTIONS.asks("哪三家机构工单最多", "top 3 institutions by number of tickets")
def noisy(raw: Raw) -> Ranked:
    """Tickets by institution."""
    return Ranked(per(raw["support_tickets"], "Institution Name", len), top=3)


@QUESTIONS.asks("被重新打开过的工单占比？", "what percentage of tickets got reopened at least once")
def reopened(raw: Raw) -> Figure:
    """Reopened at least once, of all."""
    rows = raw["support_tickets"]
    return Figure(Decimal(sum(row["Times Reopened"] not in ("", "0") for row in rows)) / len(rows))


@QUESTIONS.asks("毛晨手上还有几张没解决的工单？", "How many unsolved tickets sit with 毛晨?")
def mao(raw: Raw) -> Figure:
    """Unsolved ones of one agent."""
    return Figure(sum(row["Ticket Status"] in NEW and row["Support Agent"] == "毛晨" for row in raw["support_tickets"]))


@QUESTIONS.asks("今年系统故障类的工单有几张，去年同期呢？", "系统故障 tickets this year to date vs the same period last year")
def outages(raw: Raw) -> Compared:
    """Opened from January to 18 March in two years."""
    found = [sum(row["Category"] == "系统故障" for row in tickets(raw, f"{year}-01-01", f"{year}-03-18")) for year in (2026, 2025)]
    return Compared({"2026": found[0], "2025": found[1]})


@QUESTIONS.asks("按产品和优先级统计工单数", "tickets by product and priority")
def product_and_priority(raw: Raw) -> Groups:
    """Tickets by two columns."""
    return Groups(per_two(raw["support_tickets"], "Product", "Priority", len))


@QUESTIONS.asks("Is there any urgent ticket this month?", "这个月有Urgent的工单吗？")
def urgent_this_month(raw: Raw) -> YesNo:
    """Urgent, opened in March 2026."""
    found = sum(row["Priority"] == "Urgent" for row in tickets(raw, "2026-03-01", "2026-03-31"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("工单T-10782现在什么状态，谁在处理？", "status and agent of ticket T-10782")
def one_ticket(raw: Raw) -> Each:
    """Two fields of one ticket."""
    row = raw.by("support_tickets", "Ticket ID")["T-10782"]
    return Each((Figure(row["Ticket Status"]), Figure(row["Support Agent"])))


@QUESTIONS.asks("Which channel do customers use least for tickets?", "客户用得最少的报障渠道是哪个？")
def channels(raw: Raw) -> Ranked:
    """Tickets by channel, fewest first."""
    return Ranked(per(raw["support_tickets"], "Channel", len), lowest=True)


@QUESTIONS.asks("微信和电话两个渠道的工单，首响时间平均各多久？", "first reply time: 微信 versus Phone")
def channel_replies(raw: Raw) -> Compared:
    """Mean days to the first reply in two channels."""
    found = per(tickets(raw), "Channel", reply)
    return Compared({name: found[name] for name in ("微信", "Phone")})


@QUESTIONS.asks("平均满意度按产品看，最低的是哪个？", "which product has the lowest average satisfaction?")
def worst_liked(raw: Raw) -> Ranked:
    """Mean score by product, lowest first."""
    return Ranked(per(raw["support_tickets"], "Product", lambda rows: average(column(rows, "Satisfaction Score"))), lowest=True)
