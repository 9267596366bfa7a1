"""Questions by someone who has not seen the parser, to the demo company's contracts, money, service, plans and activities, asked on 2026-11-20."""

from decimal import Decimal
from statistics import mean, median

from evals.asked.demo_fresh import LAST_MONTH, Q3, TODAY, YEAR, gap, named, per, rows, size, when
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, QuestionSet, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, month, number, numbers, total, within

QUESTIONS = QuestionSet("demo_fresh_service", today=TODAY, written_by="fresh")


def share(part: list[Row], whole: list[Row]) -> Decimal:
    """Part of the whole."""
    return Decimal(len(part)) / len(whole)


def late(raw: Raw) -> list[Row]:
    """Invoices that are overdue."""
    return rows(raw, "invoices", Invoice_status="Overdue")


@QUESTIONS.asks("How many tickets are still not closed?", "还没关闭的工单有多少张", "tickets not yet closed?")
def unclosed(raw: Raw) -> AnyOf:
    """Tickets that are not closed, as a number or by number."""
    found = [row for row in raw["tickets"] if row["Ticket status"] != "Closed"]
    return AnyOf((Figure(len(found)), Listed(named(found, "Ticket ID")), Listed(named(found, "Subject"), count=len(found))))


@QUESTIONS.asks("Average satisfaction score by ticket channel", "各渠道工单的平均满意度")
def satisfaction(raw: Raw) -> Groups:
    """Mean satisfaction of tickets that have one, per channel."""
    scored = [row for row in raw["tickets"] if row["Satisfaction"]]
    return Groups(per(scored, lambda row: row["Channel"], lambda some: mean(numbers(some, "Satisfaction"))))


@QUESTIONS.asks("which product has the least satisfied customers, going by average ticket satisfaction", "工单平均满意度最低的产品是哪款？")
def least_satisfied(raw: Raw) -> Ranked:
    """Products by mean satisfaction of their tickets, lowest first."""
    scored = [row for row in rows(raw, "tickets") if row["Satisfaction"]]
    return Ranked(per(scored, lambda row: row["Product"], lambda some: mean(numbers(some, "Satisfaction"))), lowest=True)


@QUESTIONS.asks("count of high priority incidents raised this year", "今年提的高优先级 Incident 工单有多少")
def incidents(raw: Raw) -> Figure:
    """Tickets by category and priority opened in 2026."""
    return Figure(len(when(rows(raw, "tickets", Category="Incident", Priority="High"), "Opened at", *YEAR)))


@QUESTIONS.asks("How long do we take on average to close a ticket, per priority?", "不同优先级的工单，从提交到关闭平均多少天")
def to_close(raw: Raw) -> Groups:
    """Mean days from opening to closing of closed tickets per priority."""
    done = [row for row in raw["tickets"] if row["Closed at"]]
    return Groups(per(done, lambda row: row["Priority"], lambda some: mean(gap(row, "Opened at", "Closed at") for row in some)))


@QUESTIONS.asks("Which customer opened the most tickets?", "提工单最多的客户是谁？", "工单量第一的客户是哪家")
def busiest_customer(raw: Raw) -> Ranked:
    """Tickets per account."""
    return Ranked(per(rows(raw, "tickets"), lambda row: row["Account"], size))


@QUESTIONS.asks("Who handles the most tickets?", "处理工单数量最多的同事")
def busiest_agent(raw: Raw) -> Ranked:
    """Tickets per owner."""
    return Ranked(per(rows(raw, "tickets"), lambda row: row["Owner"], size))


@QUESTIONS.asks("tickets by category and priority", "按类别和优先级统计工单数")
def category_priority(raw: Raw) -> Groups:
    """Tickets per category and priority."""
    return Groups(per(raw["tickets"], lambda row: (row["Category"], row["Priority"]), size))


@QUESTIONS.asks("Did anyone at 恒源生物医药 raise a high-priority ticket?", "恒源生物医药有没有提过高优先级的工单？")
def hengyuan_high(raw: Raw) -> YesNo:
    """High-priority tickets of one account."""
    found = rows(raw, "tickets", Account="恒源生物医药有限公司", Priority="High")
    return YesNo(bool(found), len(found))


@QUESTIONS.asks("How many active contracts run out before year end?", "年底前到期的有效合同有几份", "active contracts expiring by 31 Dec, count")
def ending(raw: Raw) -> AnyOf:
    """Active contracts with an end date from today to 31 December, as a number or a list."""
    found = when(rows(raw, "contracts", Contract_status="Active"), "End date", "2026-11-20", "2026-12-31")
    return AnyOf((Figure(len(found)), Listed(named(found, "Contract number")), Listed(named(found, "Contract name"), count=len(found))))


@QUESTIONS.asks("percentage of contracts that renew automatically", "自动续约的合同占比多少？")
def auto_renew(raw: Raw) -> Figure:
    """Contracts with automatic renewal of all contracts."""
    return Figure(share(rows(raw, "contracts", Auto_renew="Yes"), raw["contracts"]))


@QUESTIONS.asks("total value of new euro contracts signed in 2026", "2026年新签（New）的欧元合同总额")
def euro_contracts(raw: Raw) -> Figure:
    """Amount of new contracts in one currency by signing date."""
    return Figure(total(when(rows(raw, "contracts", Contract_type="New", Currency="EUR"), "Signed on", *YEAR), "Contract amount"), unit="EUR")


@QUESTIONS.asks("When does contract HT-000523 end?", "合同 HT-000523 哪天到期", "HT-000523 什么时候到期啊")
def contract_end(raw: Raw) -> Figure:
    """End date of one contract."""
    return Figure(day(raw.by("contracts", "Contract number")["HT-000523"]["End date"]))


@QUESTIONS.asks("contracts per status", "合同按状态数一下")
def contract_status(raw: Raw) -> Groups:
    """Contracts per status."""
    return Groups(per(raw["contracts"], lambda row: row["Contract status"], size))


@QUESTIONS.asks("overdue invoices, count per currency", "逾期发票按币种各几张？")
def overdue_currency(raw: Raw) -> Groups:
    """Overdue invoices per currency."""
    return Groups(per(late(raw), lambda row: row["Currency"], size))


@QUESTIONS.asks("What's the unpaid balance of overdue RMB invoices?", "人民币逾期发票还欠多少钱", "overdue RMB invoices: outstanding amount")
def overdue_balance(raw: Raw) -> Figure:
    """Balance of overdue invoices in CNY."""
    return Figure(total((row for row in late(raw) if row["Currency"] == "CNY"), "Balance"), unit="CNY")


@QUESTIONS.asks("Show me the overdue invoices in EUR", "逾期的欧元发票有哪些？")
def overdue_euro(raw: Raw) -> Listed:
    """Overdue invoices in EUR by number."""
    return Listed(named((row for row in late(raw) if row["Currency"] == "EUR"), "Invoice number"))


@QUESTIONS.asks("status of invoice INV-000123?", "发票 INV-000123 现在什么状态")
def invoice_status(raw: Raw) -> Figure:
    """Status of one invoice."""
    return Figure(raw.by("invoices", "Invoice number")["INV-000123"]["Invoice status"])


@QUESTIONS.asks("Which European customer owes us the most (EUR balance)?", "Europe 区域里欠款（发票余额）最多的客户？")
def largest_debt(raw: Raw) -> Ranked:
    """Balance of invoices in EUR per account, those that owe something."""
    owing = [row for row in rows(raw, "invoices", Currency="EUR") if number(row["Balance"])]
    return Ranked(per(owing, lambda row: row["Account"], lambda some: total(some, "Balance")))


@QUESTIONS.asks("USD payments received in October 2026", "上个月收到的美元回款总额是多少？", "USD cash in, last month")
def usd_received(raw: Raw) -> Figure:
    """Payments in USD of October 2026."""
    return Figure(total(when(rows(raw, "payments", Currency="USD"), "Payment date", *LAST_MONTH), "Payment amount"), unit="USD")


@QUESTIONS.asks("how many payments came in per method", "回款笔数按付款方式拆一下")
def methods(raw: Raw) -> Groups:
    """Payments per method."""
    return Groups(per(raw["payments"], lambda row: row["Payment method"], size))


@QUESTIONS.asks(
    "When was the last payment from Halford Networks Group?",
    "Halford Networks Group 最近一笔回款是什么时候？",
    "date of the latest payment by Halford Networks",
)
def last_payment(raw: Raw) -> Figure:
    """Latest payment date of one account."""
    return Figure(max(found for row in rows(raw, "payments", Account="Halford Networks Group") if (found := day(row["Payment date"]))))


@QUESTIONS.asks("monthly EUR payments received this year", "今年每个月收到多少欧元回款")
def euro_months(raw: Raw) -> Groups:
    """Payments in EUR per month of 2026."""
    found = when(rows(raw, "payments", Currency="EUR"), "Payment date", *YEAR)
    return Groups(per(found, lambda row: month(row["Payment date"]), lambda some: total(some, "Payment amount")))


@QUESTIONS.asks("Who made the most customer visits last month?", "上个月谁拜访客户最多")
def visits(raw: Raw) -> Ranked:
    """Visits in October 2026 per owner."""
    return Ranked(per(when(rows(raw, "interactions", Activity_type="visit"), "Activity date", *LAST_MONTH), lambda row: row["Owner"], size))


@QUESTIONS.asks("average length of a demo, in minutes", "一场演示（demo）平均多少分钟？")
def demo_length(raw: Raw) -> AnyOf:
    """Mean minutes of demos, or the same in days."""
    found = mean(numbers(rows(raw, "interactions", Activity_type="demo"), "Duration (minutes)"))
    return AnyOf((Figure(found), Figure(found / 1440)))


@QUESTIONS.asks("interactions this year by type", "今年的互动记录按类型统计")
def interaction_types(raw: Raw) -> Groups:
    """Interactions of 2026 per type."""
    return Groups(per(when(raw["interactions"], "Activity date", *YEAR), lambda row: row["Activity type"], size))


@QUESTIONS.asks("What proportion of calls ended with no answer?", "打出去接进来的电话里，没人接（No answer）的占几成")
def no_answer(raw: Raw) -> Figure:
    """Calls without an answer of all calls."""
    return Figure(share(rows(raw, "interactions", Activity_type="call", Outcome="No answer"), rows(raw, "interactions", Activity_type="call")))


@QUESTIONS.asks("How many accounts have we not been in touch with since the end of August 2026?", "今年9月以来没有任何互动的客户有多少家")
def untouched(raw: Raw) -> AnyOf:
    """Accounts without an interaction since 1 September 2026, as a number or by name."""
    touched = named((row for row in raw["interactions"] if within(row["Activity date"], "2026-09-01", "2026-12-31")), "Account ID")
    left = [row for row in raw["accounts"] if row["Account ID"] not in touched]
    return AnyOf((Figure(len(left)), Listed(named(left, "Account name"))))


@QUESTIONS.asks("most recent interaction with Emberwell Outfitters - when?", "跟 Emberwell Outfitters Group 最后一次互动是哪天")
def last_touch(raw: Raw) -> Figure:
    """Latest interaction date of one account."""
    found = rows(raw, "interactions", Account="Emberwell Outfitters Group")
    return Figure(max(when for row in found if (when := day(row["Activity date"]))))


@QUESTIONS.asks("Which team budgets were overspent in 2026-Q3?", "三季度哪些团队预算超支了？")
def overspent(raw: Raw) -> AnyOf:
    """Budgets of the third quarter with more spent than budgeted, by their own name or by team."""
    found = [row for row in rows(raw, "budgets", Period="2026-Q3") if Decimal(row["Spent"]) > Decimal(row["Budget amount"])]
    over: dict[Label, Decimal] = {row["Team"]: Decimal(row["Spent"]) - Decimal(row["Budget amount"]) for row in found}
    return AnyOf((Listed(named(found, "Budget name")), Listed(named(found, "Team")), Groups(over)))


@QUESTIONS.asks("What was budgeted for North America Team 1 in Q2 2026 and how much was spent?")
def budget_america(raw: Raw) -> Each:
    """Budget and spending of one team in one quarter."""
    row = raw.by("budgets", "Budget name")["North America Team 1 2026-Q2"]
    return Each((Figure(number(row["Budget amount"]), unit="CNY"), Figure(number(row["Spent"]), unit="CNY")))


@QUESTIONS.asks("华北一组二季度的预算是多少，花了多少？")
def budget_north(raw: Raw) -> Each:
    """Budget and spending of another team."""
    row = raw.by("budgets", "Budget name")["华北一组 2026-Q2"]
    return Each((Figure(number(row["Budget amount"]), unit="CNY"), Figure(number(row["Spent"]), unit="CNY")))


@QUESTIONS.asks("target of 韩志雅 for this quarter?", "韩志雅本季度的目标金额是多少", "韩志雅 Q4 target 多少")
def target_han(raw: Raw) -> Figure:
    """Target amount of one owner in one quarter."""
    return Figure(number(rows(raw, "targets", Owner="韩志雅", Period="2026-Q4")[0]["Target amount"]), unit="CNY")


@QUESTIONS.asks("sum of targets per region for Q3 2026", "2026年三季度各大区的目标合计")
def targets(raw: Raw) -> Groups:
    """Target amounts of one quarter per region."""
    return Groups(per(rows(raw, "targets", Period="2026-Q3"), lambda row: row["Region"], lambda some: total(some, "Target amount")))


@QUESTIONS.asks("Who carries the highest target in 2026-Q4?", "四季度目标最高的销售是谁？")
def highest_target(raw: Raw) -> Ranked:
    """Owners by target amount of one quarter."""
    return Ranked(per(rows(raw, "targets", Period="2026-Q4"), lambda row: row["Owner"], lambda some: total(some, "Target amount")))


@QUESTIONS.asks("customer requests that are open and past due: how many?", "已经超过截止时间还没回复的客户请求有几个")
def overdue_requests(raw: Raw) -> AnyOf:
    """Open requests due before today (or by the end of today, which one reading of "now" allows), as a number or by number."""
    found = [row for row in rows(raw, "requests", Status="Open") if within(row["Due at"], "2000-01-01", "2026-11-19")]
    today = [row for row in rows(raw, "requests", Status="Open") if within(row["Due at"], "2000-01-01", "2026-11-20")]
    return AnyOf((Figure(len(found)), Figure(len(today)), Listed(named(found, "Request ID")), Listed(named(found, "Subject"), count=len(found))))


@QUESTIONS.asks(
    "What share of answered requests was answered on time?", "已回复的客户请求里，按时回复的比例是多少？", "on-time rate for answered customer requests"
)
def on_time(raw: Raw) -> Figure:
    """Requests answered by their due time of those answered."""
    done = rows(raw, "requests", Status="Answered")
    return Figure(share([row for row in done if row["Responded at"] <= row["Due at"]], done))


@QUESTIONS.asks("median time to respond to a customer request", "客户请求响应时长的中位数")
def request_median(raw: Raw) -> Figure:
    """Median days from opening to response of requests that have one."""
    return Figure(median(gap(row, "Opened at", "Responded at") for row in raw["requests"] if row["Responded at"]))


@QUESTIONS.asks("How many milestones were missed in Q3?", "三季度错过（Missed）的里程碑有多少个")
def missed(raw: Raw) -> Figure:
    """Missed milestones by due date."""
    return Figure(len(when(rows(raw, "milestones", Milestone_status="Missed"), "Due date", *Q3)))


@QUESTIONS.asks("milestones due next week?", "下周到期的里程碑有几个？")
def due_next_week(raw: Raw) -> AnyOf:
    """Milestones due from Monday 23 to Sunday 29 November 2026, as a number or a list."""
    found = when(raw["milestones"], "Due date", "2026-11-23", "2026-11-29")
    return AnyOf((Figure(len(found)), Listed(named(found, "Milestone"), count=len(found)), Listed(named(found, "Milestone ID"))))


@QUESTIONS.asks("customer-verified events this year by type", "今年客户验证事件按类型各多少")
def verified(raw: Raw) -> Groups:
    """Verified events of 2026 per type."""
    return Groups(per(when(raw["verified_events"], "Verified on", *YEAR), lambda row: row["Event type"], size))


@QUESTIONS.asks("withdrawn consents by purpose", "被撤回的同意书，按用途各有几份？")
def withdrawn(raw: Raw) -> Groups:
    """Withdrawn consents per purpose."""
    return Groups(per(rows(raw, "consents", Consent_status="Withdrawn"), lambda row: row["Purpose"], size))


@QUESTIONS.asks("How many certificates have already expired?", "已经过期的资质证书有多少张")
def expired(raw: Raw) -> AnyOf:
    """Certificates valid until a day before today, as a number or a list."""
    found = [row for row in raw["certificates"] if within(row["Valid to"], "2000-01-01", "2026-11-19")]
    return AnyOf((Figure(len(found)), Listed(named(found, "Certificate"), count=len(found)), Listed(named(found, "Certificate ID"))))


@QUESTIONS.asks("average progress of the 2026-Q3 OKRs", "2026年三季度 OKR 平均进度")
def progress(raw: Raw) -> Figure:
    """Mean progress of the key results of one quarter."""
    return Figure(mean(numbers(rows(raw, "okrs", Period="2026-Q3"), "Progress")) / 100)


@QUESTIONS.asks("which competitor shows up most in our signals", "外部信号里提到最多的竞争对手是哪家？")
def signals(raw: Raw) -> Ranked:
    """Signals per competitor."""
    return Ranked(per((row for row in raw["signals"] if row["Competitor"]), lambda row: row["Competitor"], size))


@QUESTIONS.asks("How many tickets did 王远远 and 郭浩浩 each take on?", "王远远和郭浩浩，两人各处理了多少工单")
def two_agents(raw: Raw) -> AnyOf:
    """Tickets of two owners."""
    counts: dict[Label, Decimal] = {name: size(rows(raw, "tickets", Owner=name)) for name in ("王远远", "郭浩浩")}
    return AnyOf((Compared(counts), Groups(counts)))


@QUESTIONS.asks("What percentage of the Q3 2026 target did 傅溪晓 reach?", "傅溪晓三季度目标完成率是多少？")
def attainment(raw: Raw) -> Figure:
    """Won amount of one owner in a quarter of the target for it; all these deals are in CNY."""
    won = when(rows(raw, "opportunities", Owner="傅溪晓", Status="Won"), "Close date", *Q3)
    return Figure(total(won, "Amount") / total(rows(raw, "targets", Owner="傅溪晓", Period="2026-Q3"), "Target amount"))


@QUESTIONS.asks("reps with at least 10 open deals", "手上在谈商机不少于１０个的销售有哪些？")
def loaded(raw: Raw) -> Listed:
    """Owners with ten or more open deals."""
    held = per(rows(raw, "opportunities", Status="Open"), lambda row: row["Owner"], size)
    return Listed(frozenset(str(name) for name, count in held.items() if count >= 10))


@QUESTIONS.asks("Number of won North America deals between 100,000 and 200,000 USD", "North America 赢单里金额在10万到20万美元之间的有几单")
def middle(raw: Raw) -> Figure:
    """Won deals of a region with an amount from 100000 to 200000, both included."""
    found = rows(raw, "opportunities", Region="North America", Status="Won", Currency="USD")
    return Figure(sum(100000 <= Decimal(row["Amount"]) <= 200000 for row in found))


@QUESTIONS.asks("Which region has the highest share of women-founded accounts?", "女性创办客户占比最高的大区是哪个")
def women_region(raw: Raw) -> Ranked:
    """Regions by women-founded accounts of all their accounts."""
    return Ranked(per(raw["accounts"], lambda row: row["Region"], lambda some: Decimal(sum(row["Women founded"] == "Yes" for row in some)) / len(some)))


@QUESTIONS.asks("who holds the certificate 风控模型使用资质?", "哪些同事有风控模型使用资质？")
def holders(raw: Raw) -> AnyOf:
    """Members with one certificate, by name, or the certificates."""
    found = rows(raw, "certificates", Certificate="风控模型使用资质")
    members = raw.by("members", "Member ID")
    names = frozenset(members[row["Member ID"]]["Name"] for row in found)
    return AnyOf((Listed(names), Listed(named(found, "Certificate ID")), Listed(named(found, "Certificate"), count=len(found))))
