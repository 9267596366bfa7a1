"""Questions about the demo company that the authors of the parser may look at: contracts, money received, service, work and people."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from statistics import median

from evals.asked.demo_own_sales import NOVEMBER, OCTOBER, Q3, Q4, QUESTIONS, YEAR, average, by, days, in_periods, money, more, rows, share, summed
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, number

__all__ = ["QUESTIONS"]
TODAY = "2026-11-20"


def elapsed(held: list[Row], first: str, last: str) -> list[Decimal]:
    """The time from one moment to another, in days."""
    spans = [datetime.fromisoformat(row[last]) - datetime.fromisoformat(row[first]) for row in held if row[first] and row[last]]
    return [Decimal(round(span.total_seconds())) / 86400 for span in spans]


def mean(found: list[Decimal]) -> Decimal:
    """The mean of numbers."""
    return sum(found, Decimal(0)) / len(found)


def after(limit: str) -> Callable[[str], bool]:
    """Whether a day lies after another."""
    return lambda text: text[:10] > limit


# -- contracts ------------------------------------------------------------------------------------------------------


@QUESTIONS.asks("How many contracts are active right now?", "目前生效中（Active）的合同有多少份")
def active_contracts(raw: Raw) -> Figure:
    """Contracts with the status Active."""
    return Figure(len(rows(raw, "contracts", contract_status="Active")))


@QUESTIONS.asks("active contracts that end by the end of December 2026, count", "12月底之前到期的生效合同有几份？")
def ending(raw: Raw) -> Figure:
    """Active contracts with an end date from today to 31 December 2026."""
    return Figure(len(rows(raw, "contracts", contract_status="Active", end_date=(TODAY, "2026-12-31"))))


@QUESTIONS.asks("what did we sign in North America in Q3, in total contract value?", "北美区三季度签的合同总额")
def america_signed(raw: Raw) -> Figure:
    """Amount of contracts of North America signed July to September 2026."""
    return money(rows(raw, "contracts", region="North America", signed_on=Q3), "contract_amount")


@QUESTIONS.asks("How many contracts renew automatically?", "带自动续约的合同数量")
def auto_renew(raw: Raw) -> Figure:
    """Contracts with auto renew."""
    return Figure(len(rows(raw, "contracts", auto_renew="Yes")))


@QUESTIONS.asks("new vs renewal contracts signed in 2026", "今年签的合同里，新签和续签各几份？")
def contract_types(raw: Raw) -> Compared:
    """Contracts signed in 2026 by type."""
    return Compared({kind: len(rows(raw, "contracts", contract_type=kind, signed_on=YEAR)) for kind in ("New", "Renewal")})


@QUESTIONS.asks("Which account has the most contracts with us", "合同份数最多的客户是哪家？")
def most_contracts(raw: Raw) -> Ranked:
    """Accounts by contracts."""
    return Ranked(by(rows(raw, "contracts"), "account_name"))


@QUESTIONS.asks("when does contract HT-000002 end?", "合同 HT-000002 到哪天为止")
def one_end(raw: Raw) -> Figure:
    """The end date of one contract."""
    return Figure(day(rows(raw, "contracts", contract_number="HT-000002")[0]["end_date"]))


@QUESTIONS.asks("average contract size in Europe", "欧洲区合同的平均金额")
def europe_contract(raw: Raw) -> Figure:
    """Average amount of contracts of Europe."""
    return Figure(average(rows(raw, "contracts", region="Europe"), "contract_amount"), unit="EUR")


# -- invoices and payments ------------------------------------------------------------------------------------------


@QUESTIONS.asks("How many invoices are overdue?", "逾期的发票一共几张？")
def overdue(raw: Raw) -> Figure:
    """Invoices with the status Overdue."""
    return Figure(len(rows(raw, "invoices", invoice_status="Overdue")))


@QUESTIONS.asks("open balance on invoices to European customers", "欧洲客户还有多少发票余额没付")
def europe_balance(raw: Raw) -> Figure:
    """Balance of invoices of Europe."""
    return money(rows(raw, "invoices", region="Europe"), "balance")


@QUESTIONS.asks("invoices issued last month: how many", "上月开出去多少张发票")
def issued(raw: Raw) -> Figure:
    """Invoices issued in October 2026."""
    return Figure(len(rows(raw, "invoices", issued_on=OCTOBER)))


@QUESTIONS.asks("list the invoices that are only partly paid", "只付了一部分的发票有哪些？")
def partly(raw: Raw) -> Listed:
    """Invoices with the status Partly paid, by number."""
    return Listed(frozenset(row["invoice_number"] for row in rows(raw, "invoices", invoice_status="Partly paid")))


@QUESTIONS.asks("Which region has the most overdue invoices?", "逾期发票最多的是哪个区域")
def overdue_region(raw: Raw) -> Ranked:
    """Regions by invoices with the status Overdue."""
    return Ranked(by(rows(raw, "invoices", invoice_status="Overdue"), "region"))


@QUESTIONS.asks("what did North American customers pay us in October 2026?", "10月份北美区实际回款多少")
def america_paid(raw: Raw) -> Figure:
    """Payments of North America in October 2026."""
    return money(rows(raw, "payments", region="North America", payment_date=OCTOBER), "payment_amount")


@QUESTIONS.asks("number of payments by method", "各付款方式的回款笔数")
def methods(raw: Raw) -> Groups:
    """Payments by method."""
    return Groups(by(rows(raw, "payments"), "payment_method"))


@QUESTIONS.asks("monthly payments received from Europe in 2026, in euro", "欧洲区2026年每月回款金额")
def europe_months(raw: Raw) -> Groups:
    """Payments of Europe by month of 2026."""
    return Groups(by(in_periods(rows(raw, "payments", region="Europe", payment_date=YEAR), "payment_date"), "month", of=summed("payment_amount")))


@QUESTIONS.asks("who has brought in the most payments by count this quarter", "本季度回款笔数最多的是哪位销售？")
def payers(raw: Raw) -> Ranked:
    """Owners by payments of the fourth quarter of 2026."""
    return Ranked(by(rows(raw, "payments", payment_date=Q4), "rep"))


# -- tickets --------------------------------------------------------------------------------------------------------


@QUESTIONS.asks("How many tickets aren't closed yet?", "还没关的工单有多少？")
def tickets_open(raw: Raw) -> Figure:
    """Tickets with another status than Closed."""
    return Figure(len(rows(raw, "tickets", ticket_status=lambda text: text != "Closed")))


@QUESTIONS.asks("average customer satisfaction on tickets", "工单的平均满意度是多少？")
def satisfaction(raw: Raw) -> Figure:
    """Average satisfaction of tickets that have one."""
    return Figure(average(rows(raw, "tickets"), "satisfaction"))


@QUESTIONS.asks("which product generates the most support tickets?", "哪个产品的工单最多？")
def ticket_product(raw: Raw) -> Ranked:
    """Products by tickets."""
    return Ranked(by(rows(raw, "tickets"), "product_name"))


@QUESTIONS.asks("tickets by category and priority", "工单按类别和优先级交叉统计")
def ticket_matrix(raw: Raw) -> Groups:
    """Tickets by category and priority."""
    return Groups(by(rows(raw, "tickets"), "category", "priority"))


@QUESTIONS.asks("what percentage of tickets are high priority?", "高优先级工单占比")
def high_share(raw: Raw) -> Figure:
    """Tickets of high priority over all tickets."""
    return share(len(rows(raw, "tickets", priority="High")), len(rows(raw, "tickets")))


@QUESTIONS.asks("On average how long does it take to close a ticket?", "工单从提出到关闭平均用时多久")
def ticket_days(raw: Raw) -> AnyOf:
    """Average time from opening to closing of closed tickets, by the clock or in whole days."""
    held = [row for row in rows(raw, "tickets") if row["closed_at"]]
    whole = [Decimal(days(row, "opened_at", "closed_at") or 0) for row in held]
    return AnyOf((Figure(mean(elapsed(held, "opened_at", "closed_at"))), Figure(mean(whole))))


@QUESTIONS.asks("tickets opened last week", "上周新开了几张工单？")
def tickets_week(raw: Raw) -> Figure:
    """Tickets opened from Monday 9 to Sunday 15 November 2026."""
    return Figure(len(rows(raw, "tickets", opened_at=("2026-11-09", "2026-11-15"))))


@QUESTIONS.asks("any tickets from 宁波卓源信息股份有限公司 rated 1 star?", "宁波卓源信息有没有打1分的工单")
def one_star(raw: Raw) -> YesNo:
    """Whether one account rated a ticket with 1."""
    found = len(rows(raw, "tickets", account_name="宁波卓源信息股份有限公司", satisfaction="1"))
    return YesNo(found > 0, found)


# -- interactions and requests --------------------------------------------------------------------------------------


@QUESTIONS.asks("how many calls were logged last month?", "上个月打了多少通电话")
def calls(raw: Raw) -> Figure:
    """Calls in October 2026."""
    return Figure(len(rows(raw, "interactions", activity_type="call", activity_date=OCTOBER)))


@QUESTIONS.asks("Interactions per type in Q3 2026", "三季度各类互动的数量")
def interaction_types(raw: Raw) -> Groups:
    """Interactions of the third quarter of 2026 by type."""
    return Groups(by(rows(raw, "interactions", activity_date=Q3), "activity_type"))


@QUESTIONS.asks("who made the most customer visits this year?", "今年上门拜访次数最多的销售是谁")
def visitors(raw: Raw) -> Ranked:
    """Owners by visits in 2026."""
    return Ranked(by(rows(raw, "interactions", activity_type="visit", activity_date=YEAR), "rep"))


@QUESTIONS.asks("share of interactions with a negative outcome", "结果为负面的互动占多大比例？")
def negative(raw: Raw) -> Figure:
    """Interactions with a negative outcome over all interactions."""
    return share(len(rows(raw, "interactions", outcome="Negative")), len(rows(raw, "interactions")))


@QUESTIONS.asks("average length of our meetings in minutes", "会议平均开多少分钟")
def meeting_minutes(raw: Raw) -> Figure:
    """Average duration of meetings in minutes."""
    return Figure(average(rows(raw, "interactions", activity_type="meeting"), "duration_(minutes)"))


@QUESTIONS.asks("Which strategic accounts have had no interaction since 1 November 2026?", "11月以来一次互动都没有的战略客户有哪些？")
def untouched(raw: Raw) -> Listed:
    """Strategic accounts without an interaction from 1 November 2026 on."""
    touched = {row["account_id"] for row in rows(raw, "interactions", activity_date=NOVEMBER)}
    return Listed(frozenset(row["account_name"] for row in rows(raw, "accounts", tier="strategic") if row["account_id"] not in touched))


@QUESTIONS.asks("custmer requests still open?", "客户请求里还没答复的有几个")
def requests_open(raw: Raw) -> Figure:
    """Requests with the status Open."""
    return Figure(len(rows(raw, "requests", status="Open")))


@QUESTIONS.asks("how many customer requests were opened in each quarter of 2026?", "2026年每季度的客户请求数")
def requests_quarters(raw: Raw) -> Groups:
    """Requests by quarter in which they were opened."""
    return Groups(by(in_periods(rows(raw, "requests", opened_at=YEAR), "opened_at"), "quarter"))


# -- milestones, stages and events ----------------------------------------------------------------------------------


@QUESTIONS.asks("How many milestones did we miss?", "错过（Missed）的里程碑有多少个")
def missed(raw: Raw) -> Figure:
    """Milestones with the status Missed."""
    return Figure(len(rows(raw, "milestones", milestone_status="Missed")))


@QUESTIONS.asks("planned milestones that are due next month", "下个月到期的计划中里程碑有几个？")
def planned(raw: Raw) -> Figure:
    """Planned milestones due in December 2026."""
    return Figure(len(rows(raw, "milestones", milestone_status="Planned", due_date=("2026-12-01", "2026-12-31"))))


@QUESTIONS.asks("How many deals moved from Proposal to Negotiation in October 2026?", "10月份从 Proposal 推进到 Negotiation 的商机有几个")
def moved(raw: Raw) -> Figure:
    """Stage changes from Proposal to Negotiation in October 2026."""
    return Figure(len(rows(raw, "stage_history", from_stage="Proposal", to_stage="Negotiation", entered_on=OCTOBER)))


@QUESTIONS.asks("verified events by event type in 2026", "2026年客户验证事件按类型统计")
def verified(raw: Raw) -> Groups:
    """Verified events of 2026 by event type."""
    return Groups(by(rows(raw, "verified_events", verified_on=YEAR), "event_type"))


@QUESTIONS.asks("signals mentioning Vantora - how many?", "涉及竞争对手 Vantora 的信号有多少条？")
def vantora(raw: Raw) -> Figure:
    """Signals whose competitor is Vantora."""
    return Figure(len(rows(raw, "signals", competitor="Vantora")))


# -- budgets, targets and people ------------------------------------------------------------------------------------


@QUESTIONS.asks('How much of the budget "华东一组 2026-Q1" has been spent?', "“华东一组 2026-Q1”这笔预算花了多少")
def spent(raw: Raw) -> Figure:
    """What was spent of one budget."""
    return money(rows(raw, "budgets", budget_name="华东一组 2026-Q1"), "spent")


@QUESTIONS.asks("which budgets have been overspent?", "有哪些预算超支了？")
def overspent(raw: Raw) -> Listed:
    """Budgets of which more was spent than they hold."""
    held = [row for row in rows(raw, "budgets") if (number(row["spent"]) or 0) > (number(row["budget_amount"]) or 0)]
    return Listed(frozenset(row["budget_name"] for row in held))


@QUESTIONS.asks("total budget per period", "各季度预算总额")
def budgets(raw: Raw) -> Groups:
    """Budget amounts by period."""
    return Groups(by(rows(raw, "budgets"), "period", of=summed("budget_amount")))


@QUESTIONS.asks("What is 韩志雅's target for 2026-Q4?", "韩志雅今年第四季度的目标是多少")
def target(raw: Raw) -> Figure:
    """The target of one rep in the fourth quarter of 2026."""
    return money(rows(raw, "targets", rep="韩志雅", period="2026-Q4"), "target_amount")


@QUESTIONS.asks("targets for 2026-Q4 summed by region", "四季度的目标按区域汇总")
def region_targets(raw: Raw) -> Groups:
    """Targets of the fourth quarter of 2026 by region."""
    return Groups(by(rows(raw, "targets", period="2026-Q4"), "region", of=summed("target_amount")))


@QUESTIONS.asks("who leads the team 华北一组?", "华北一组的组长是谁？")
def leader(_: Raw) -> Figure:
    """The lead of one team."""
    return Figure("董子俊")


@QUESTIONS.asks("team members per department", "各部门分别有多少成员")
def departments(raw: Raw) -> Groups:
    """Members by department."""
    return Groups(by(rows(raw, "members"), "department"))


@QUESTIONS.asks("Who joined most recently, and when?", "最晚入职的同事是谁，哪天入职的？")
def newest(raw: Raw) -> Each:
    """The member with the last hire date, and the day."""
    last = max(rows(raw, "members"), key=lambda row: row["hire_date"])
    return Each((Figure(last["name"]), Figure(date.fromisoformat(last["hire_date"]))))


@QUESTIONS.asks("How many certificates have already expired?", "已经过期的证书有几张")
def expired(raw: Raw) -> Figure:
    """Certificates whose last day lies before today."""
    return Figure(sum(row["valid_to"] < TODAY for row in rows(raw, "certificates")))


@QUESTIONS.asks("withdrawn consents by purpose", "被撤回的授权同意，按用途分")
def withdrawn(raw: Raw) -> Groups:
    """Consents that were withdrawn, by purpose."""
    return Groups(by(rows(raw, "consents", consent_status="Withdrawn"), "purpose"))


@QUESTIONS.asks("median first response time for leads", "线索首次响应时长的中位数")
def lead_response(raw: Raw) -> Figure:
    """Median time from creation to first response of leads."""
    return Figure(median(elapsed(rows(raw, "leads"), "created_date", "first_response")))


@QUESTIONS.asks("employees hired after 2023", "2023年以后（不含2023年）入职的员工有几位？")
def hired(raw: Raw) -> AnyOf:
    """Members hired after 31 December 2023: how many, or who."""
    held = rows(raw, "members", hire_date=after("2023-12-31"))
    return AnyOf((Figure(len(held)), Listed(frozenset(row["name"] for row in held))))


@QUESTIONS.asks("contracts above 500k dollars in North America - list", "北美金额超过50万美元的合同列一下")
def big_contracts(raw: Raw) -> Listed:
    """Contracts of North America with an amount above 500000, by name or number."""
    held = rows(raw, "contracts", region="North America", contract_amount=more(500000))
    return Listed(frozenset(row[column] for row in held for column in ("contract_name", "contract_number")), count=len(held))
