"""Questions to the maker of windows and curtain walls about its contracts, deliveries and payments."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.build_rows import NOW, QUESTIONS, Value, by_month, by_quarter, contracts, listed, per, share, signed, spanning, under_contract, won
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, column, days, iso

PRICE, DUE, PAID = "合同价(元)", "应回金额(元)", "到账金额(元)"


def late(row: Row) -> bool:
    """Whether a contract was supplied later than promised."""
    return (days(row, "约定供货完成日", "实际供货完成日") or 0) > 0


def unpaid(raw: Raw) -> list[Row]:
    """Payments that were due before today and of which nothing came."""
    return [row for row in under_contract(raw, "回款台账") if iso(row["应回日期"]) < NOW and not row["到账日期"]]


def short(raw: Raw) -> dict[Label, Value]:
    """What is missing of all payments due before today, by client."""
    rows = [row for row in under_contract(raw, "回款台账") if iso(row["应回日期"]) < NOW]
    return {name: value for name, value in per(rows, "甲方名称", lambda held: total(held, DUE) - total(held, PAID)).items() if value > 0}


@QUESTIONS.asks("今年签了多少份合同，合同额一共多少？", "How many contracts were signed in 2025 and what are they worth in total?")
def signed_this_year(raw: Raw) -> Each:
    """Count and value of contracts signed in 2025."""
    rows = signed(raw, "2025-01-01", NOW)
    return Each((Figure(len(rows)), Figure(total(rows, PRICE))))


@QUESTIONS.asks("2024年每个季度签约额分别多少", "Signed contract value per quarter in 2024?")
def signed_quarters(raw: Raw) -> Groups:
    """Value of contracts by quarter of signing."""
    return Groups(per(by_quarter(signed(raw, "2024-01-01", "2024-12-31"), "签约日期"), "季", lambda rows: total(rows, PRICE)))


@QUESTIONS.asks("平均一份合同多大金额？", "What is the average contract price?")
def mean_contract(raw: Raw) -> Figure:
    """Mean price of contracts."""
    return Figure(average(column(contracts(raw), PRICE)))


@QUESTIONS.asks("跟我们签约金额最大的五家甲方", "Top 5 clients by signed contract value")
def largest_clients(raw: Raw) -> Ranked:
    """Value of contracts by client."""
    return Ranked(per(contracts(raw), "甲方名称", lambda rows: total(rows, PRICE)), top=5)


@QUESTIONS.asks("有多少份合同供货完成得比约定日期晚", "how many contracts were supplied later than promised")
def supplied_late(raw: Raw) -> Figure:
    """Contracts whose supply ended after the promised day."""
    return Figure(sum(late(row) for row in contracts(raw)))


@QUESTIONS.asks("已经供完货的合同里，超期的占几成？", "Of the contracts that are fully supplied, what share finished late?")
def share_late(raw: Raw) -> Figure:
    """Late ones of those that were supplied."""
    rows = [row for row in contracts(raw) if row["实际供货完成日"]]
    return Figure(share([row for row in rows if late(row)], rows))


@QUESTIONS.asks("供货拖期的那些合同，平均拖了几天", "among contracts supplied late, average number of days late?")
def days_late(raw: Raw) -> Figure:
    """Mean days of delay of late contracts."""
    return Figure(average(days(row, "约定供货完成日", "实际供货完成日") for row in contracts(raw) if late(row)))


@QUESTIONS.asks("目前正在供货的合同有哪些", "合同进度 = 供货中 的 contract 给我个 list")
def supplying(raw: Raw) -> Listed:
    """Contracts being supplied."""
    return listed([row for row in contracts(raw) if row["合同进度"] == "供货中"], "合同号")


@QUESTIONS.asks("没有预付款的合同有几份，也就是预付比例为0", "Contracts with zero prepayment - how many?")
def no_prepayment(raw: Raw) -> Figure:
    """Contracts with a prepayment of 0 per cent."""
    return Figure(sum(number(row["预付比例(%)"]) == 0 for row in contracts(raw)))


@QUESTIONS.asks("带调价条款的合同占比多少", "what share of contracts has a price adjustment clause")
def adjustable(raw: Raw) -> Figure:
    """Contracts with a clause on price changes of all."""
    return Figure(share([row for row in contracts(raw) if row["调价条款"] == "有"], contracts(raw)))


@QUESTIONS.asks("结算价高过合同价的有多少份？", "How many contracts were settled above the contract price?")
def settled_above(raw: Raw) -> Figure:
    """Contracts whose settled price is above the contract price."""
    return Figure(sum(bool(row["结算价(元)"]) and Decimal(row["结算价(元)"]) > Decimal(row[PRICE]) for row in contracts(raw)))


@QUESTIONS.asks("今年年底之前质保到期的合同有哪几份？", "which contracts run out of warranty between now and year end")
def warranty_ends(raw: Raw) -> Listed:
    """Contracts whose warranty ends from today to the end of 2025."""
    return listed(spanning(contracts(raw), "质保截止日", NOW, "2025-12-31"), "合同号")


@QUESTIONS.asks("中了标但到现在还没签合同的项目有几个", "How many won projects still have no contract?")
def unsigned(raw: Raw) -> Figure:
    """Won projects without a contract."""
    held = {row["报价单号"] for row in contracts(raw)}
    return Figure(sum(row["报价单号"] not in held for row in won(raw)))


@QUESTIONS.asks("从定标到签约平均隔多少天？", "average number of days between the award and the signing of the contract")
def days_to_sign(raw: Raw) -> Figure:
    """Mean days from the decision to the signature."""
    return Figure(average(days(row, "定标日期", "签约日期") for row in contracts(raw)))


@QUESTIONS.asks("XS25026这份合同约定哪天供完货？", "When is contract XS25026 supposed to be fully supplied?")
def promised_day(raw: Raw) -> Figure:
    """Promised day of one contract."""
    return Figure(day(next(row["约定供货完成日"] for row in contracts(raw) if row["合同号"] == "XS25026")))


@QUESTIONS.asks("去年各区域签约额排名", "rank the regions by signed contract value in 2024")
def signed_regions(raw: Raw) -> Ranked:
    """Value of contracts signed in 2024 by region of the client."""
    return Ranked(per(signed(raw, "2024-01-01", "2024-12-31"), "区域", lambda rows: total(rows, PRICE)))


@QUESTIONS.asks("今年签约额最高的业务员是谁", "Who is the top rep by contract value signed this year?")
def signed_seller(raw: Raw) -> Ranked:
    """Value of contracts signed in 2025 by seller of the project."""
    return Ranked(per(signed(raw, "2025-01-01", NOW), "业务员", lambda rows: total(rows, PRICE)))


@QUESTIONS.asks("质保金比例5%的合同有多少份、3%的又有多少份", "质保金留5%的合同几份，留3%的几份")
def retention(raw: Raw) -> Each:
    """Contracts by the share that is kept back."""
    held = per(contracts(raw), "质保金比例(%)", len)
    return Each((Figure(held["5"]), Figure(held["3"])))


@QUESTIONS.asks("应回日期过了、一分钱没到账的款项合计多少", "Total amount due before today where nothing has been received yet?")
def overdue_sum(raw: Raw) -> Figure:
    """Payments due before today of which nothing came."""
    return Figure(total(unpaid(raw), DUE))


@QUESTIONS.asks("逾期还没到账的回款有几笔？", "过了应回日期仍没到账的，一共几笔")
def overdue_count(raw: Raw) -> Figure:
    """Count of payments due before today of which nothing came."""
    return Figure(len(unpaid(raw)))


@QUESTIONS.asks("哪家甲方欠款逾期最多？", "which client owes us the most overdue money")
def worst_debtor(raw: Raw) -> AnyOf:
    """Overdue amount by client: of payments of which nothing came, or with what is missing of the others."""
    return AnyOf((Ranked(per(unpaid(raw), "甲方名称", lambda rows: total(rows, DUE))), Ranked(short(raw))))


@QUESTIONS.asks("今年到账了多少回款", "How much cash have we collected this year?")
def received(raw: Raw) -> Figure:
    """Received in 2025."""
    return Figure(total(spanning(raw["回款台账"], "到账日期", "2025-01-01", NOW), PAID))


@QUESTIONS.asks("今年逐月到账金额看一下趋势", "cash received month by month, 2025")
def received_months(raw: Raw) -> Groups:
    """Received in 2025 by month."""
    return Groups(per(by_month(spanning(raw["回款台账"], "到账日期", "2025-01-01", NOW), "到账日期"), "月", lambda rows: total(rows, PAID)))


@QUESTIONS.asks("商票占全部到账金额的比例是多少？", "What share of all money received came as 商票?")
def share_of_bills(raw: Raw) -> Figure:
    """Received as bills of all."""
    return Figure(total((row for row in raw["回款台账"] if row["回款形式"] == "商票"), PAID) / total(raw["回款台账"], PAID))


@QUESTIONS.asks("工抵房抵了几笔、多少钱？", "拿房子抵款（工抵房）的有多少笔，合计金额？")
def flats(raw: Raw) -> Each:
    """Payments in flats: count and amount."""
    rows = [row for row in raw["回款台账"] if row["回款形式"] == "工抵房"]
    return Each((Figure(len(rows)), Figure(total(rows, PAID))))


@QUESTIONS.asks("开发商、总包、经销商、业主，哪类甲方回款拖得最久？看平均逾期天数", "Which 甲方类型 pays slowest - average days from 应回日期 to 到账日期?")
def slowest_type(raw: Raw) -> AnyOf:
    """Mean days between due and received by kind of client: of all that were received, or of late ones."""
    rows = [row for row in under_contract(raw, "回款台账") if row["到账日期"]]
    slow = [row for row in rows if (days(row, "应回日期", "到账日期") or 0) > 0]
    return AnyOf(tuple(Ranked(per(held, "甲方类型", lambda some: average(days(row, "应回日期", "到账日期") for row in some))) for held in (rows, slow)))


@QUESTIONS.asks("没回足的款有几笔，到账比应回少的", "How many payments came in short, i.e. we received less than was due?")
def part_paid(raw: Raw) -> Figure:
    """Payments of which less came than was due."""
    return Figure(sum(bool(row[PAID]) and Decimal(row[PAID]) < Decimal(row[DUE]) for row in raw["回款台账"]))


@QUESTIONS.asks("下个月应该回多少款？还没到账的", "How much falls due in September 2025 that we haven't received yet?")
def next_month(raw: Raw) -> Figure:
    """Due in September 2025 and not received."""
    rows = [row for row in spanning(raw["回款台账"], "应回日期", "2025-09-01", "2025-09-30") if not row["到账日期"]]
    return Figure(total(rows, DUE))


@QUESTIONS.asks("去年应回的款实际回了百分之多少", "Of everything due in 2024, what fraction was actually received?")
def collected(raw: Raw) -> Figure:
    """Received over due, of payments due in 2024."""
    rows = spanning(raw["回款台账"], "应回日期", "2024-01-01", "2024-12-31")
    return Figure(total(rows, PAID) / total(rows, DUE))


@QUESTIONS.asks("预付款、进度款、结算款、质保金，各还有多少笔没到账", "回款台账里没到账的，分款项数一下笔数")
def unpaid_by_kind(raw: Raw) -> Groups:
    """Payments that were not received, by kind."""
    return Groups(per((row for row in raw["回款台账"] if not row["到账日期"]), "款项", len))


@QUESTIONS.asks("这个月到了多少批货？", "How many deliveries arrived on site this month?")
def arrived_this_month(raw: Raw) -> Figure:
    """Arrived in August 2025."""
    return Figure(len(spanning(raw["到货记录"], "实际到货日", "2025-08-01", NOW)))


@QUESTIONS.asks("哪家承运单位晚到的比例最高？", "which carrier has the worst late-delivery rate")
def worst_carrier(raw: Raw) -> Ranked:
    """Share of arrivals after the planned day by carrier."""
    rows = [row for row in raw["到货记录"] if row["实际到货日"]]
    return Ranked(per(rows, "承运单位", lambda held: share([row for row in held if (days(row, "计划到货日", "实际到货日") or 0) > 0], held)))


@QUESTIONS.asks("各承运单位累计破损了多少樘", "Total broken units per carrier?")
def broken(raw: Raw) -> Groups:
    """Broken pieces by carrier."""
    return Groups(per(raw["到货记录"], "承运单位", lambda rows: total(rows, "破损(樘)")))


@QUESTIONS.asks("计划到货日已过、货还没到的有几批", "How many deliveries are past their planned arrival date and still not here?")
def not_arrived(raw: Raw) -> Figure:
    """Planned before today and not arrived."""
    return Figure(sum(iso(row["计划到货日"]) < NOW and not row["实际到货日"] for row in raw["到货记录"]))


@QUESTIONS.asks("今年二季度总共到货多少平米", "total square metres delivered in Q2 2025")
def area_arrived(raw: Raw) -> Figure:
    """Area that arrived from April to June 2025."""
    return Figure(total(spanning(raw["到货记录"], "实际到货日", "2025-04-01", "2025-06-30"), "到货面积(㎡)"))


@QUESTIONS.asks("签收人里谁签收的批次最多？", "谁签收得最多？top 1 签收人")
def signer(raw: Raw) -> Ranked:
    """Arrivals by the person who signed."""
    return Ranked(per(raw["到货记录"], "签收人", len))


@QUESTIONS.asks("XS25026到了几批货，还差几批没到", "Contract XS25026: how many batches have arrived, and how many are still to come?")
def batches(raw: Raw) -> Each:
    """Batches of one contract that arrived, and that did not."""
    rows = [row for row in raw["到货记录"] if row["合同号"] == "XS25026"]
    return Each((Figure(sum(bool(row["实际到货日"]) for row in rows)), Figure(sum(not row["实际到货日"] for row in rows))))


@QUESTIONS.asks("有没有哪批货一次破损6樘以上（含6樘）的？有几批", "Were there any deliveries with 6 or more broken units? How many?")
def much_broken(raw: Raw) -> YesNo:
    """Arrivals with at least 6 broken pieces."""
    found = sum((number(row["破损(樘)"]) or 0) >= 6 for row in raw["到货记录"])
    return YesNo(found > 0, found)


@QUESTIONS.asks("去年和今年，安达货运送了多少批到现场？", "安达货运 arrivals: 2024 vs 2025 so far")
def anda(raw: Raw) -> Compared:
    """Arrivals by one carrier in two years."""
    rows = [row for row in raw["到货记录"] if row["承运单位"] == "安达货运"]
    return Compared({year: len(spanning(rows, "实际到货日", f"{year}-01-01", f"{year}-12-31")) for year in ("2024", "2025")})
