"""Questions to the seller of water treatment about its contracts, deliveries, invoices and receipts."""

from __future__ import annotations

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, column, days, iso, per, summed
from evals.asked.water_rows import NOW, QUESTIONS, bills, late, paid, papers, sent

WORTH, BILLED, CAME, SENT = "合同金额(元)", "开票金额(元)", "到账金额(元)", "发货金额(元)"


def in_force(raw: Raw) -> list[Row]:
    """Contracts that are 执行中."""
    return [row for row in papers(raw) if row["合同状态"] == "执行中"]


@QUESTIONS.asks("在执行的合同有多少份，总金额多少？", "how many contracts are 执行中 and what do they add up to?")
def contracts_now(raw: Raw) -> Each:
    """Contracts in force: count and value."""
    rows = in_force(raw)
    return Each((Figure(len(rows)), Figure(total(rows, WORTH))))


@QUESTIONS.asks("4月底之前到期、目前还在执行的框架协议，帮我拉一份出来，准备谈续签", "执行中的框架协议里，截止日在2026年4月30日及以前的有哪些合同号")
def expiring(raw: Raw) -> Listed:
    """Framework contracts in force that end by 30 April 2026."""
    rows = [row for row in in_force(raw) if row["合同类别"] == "框架协议" and iso(row["截止日"]) <= "2026-04-30"]
    return Listed(frozenset(row["合同号"] for row in rows), count=len(rows))


@QUESTIONS.asks("各类合同平均一份签多大？", "average contract value by 合同类别")
def mean_by_kind(raw: Raw) -> Groups:
    """Mean value of contracts by kind."""
    return Groups(per(papers(raw), "合同类别", lambda rows: average(column(rows, WORTH))))


@QUESTIONS.asks("合同HT-2023-框003什么时候到期的，签约人是谁", "HT-2023-框003: when did it end, and who signed it for us?")
def one_contract(raw: Raw) -> Each:
    """The last day and the person of one contract."""
    row = next(row for row in papers(raw) if row["合同号"] == "HT-2023-框003")
    return Each((Figure(day(row["截止日"])), Figure(row["签约人"])))


@QUESTIONS.asks("执行中的合同里含驻厂服务的有几份？", "running (执行中) contracts that come with resident staff (含驻厂): number?")
def resident(raw: Raw) -> Figure:
    """Contracts in force with people on site."""
    return Figure(sum(row["是否含驻厂"] == "是" for row in in_force(raw)))


@QUESTIONS.asks("去年签的合同，按签约人算合同金额，前五是谁", "top 5 signers by contract value, contracts signed in 2025")
def signers_2025(raw: Raw) -> Ranked:
    """Contract value of 2025 by signer."""
    rows = [row for row in papers(raw) if iso(row["签订日期"]).startswith("2025")]
    return Ranked(per(rows, "签约人", summed(WORTH)), top=5)


@QUESTIONS.asks("没有来源商机的合同有几份？也就是没走商机台账直接签的", "contracts that have no 来源商机, how many")
def without_deal(raw: Raw) -> Figure:
    """Contracts without an opportunity."""
    return Figure(sum(not row["来源商机"] for row in papers(raw)))


@QUESTIONS.asks("提前终止的合同都是哪几家客户的？", "Which clients had a contract 提前终止?")
def broken_off(raw: Raw) -> AnyOf:
    """Contracts that ended early: the clients, or the numbers of the contracts."""
    rows = [row for row in papers(raw) if row["合同状态"] == "提前终止"]
    names = frozenset(row["客户名称"] for row in rows)
    return AnyOf((Listed(names), Listed(names, count=len(rows)), Listed(frozenset(row["合同号"] for row in rows), count=len(rows))))


@QUESTIONS.asks("执行中的框架协议，今年到现在一次货都没发过的有几份？", "框架协议 in force with no delivery at all in 2026: how many?")
def idle(raw: Raw) -> Figure:
    """Framework contracts in force without a delivery in 2026."""
    held = {row["合同号"] for row in sent(raw, "2026-01-01")}
    return Figure(sum(row["合同类别"] == "框架协议" and row["合同号"] not in held for row in in_force(raw)))


@QUESTIONS.asks("2025年各种药剂分别发了多少吨？", "tonnes delivered in 2025 per 品名 (计量单位 = 吨 only)")
def tonnes_2025(raw: Raw) -> Groups:
    """Tonnes of 2025 by product."""
    return Groups(per((row for row in sent(raw, "2025-01-01", "2025-12-31") if row["计量单位"] == "吨"), "品名", summed("数量")))


@QUESTIONS.asks("上个月发货金额多少", "Value of goods shipped last month?")
def sent_february(raw: Raw) -> Figure:
    """Delivered in February 2026."""
    return Figure(total(sent(raw, "2026-02-01", "2026-02-28"), SENT))


@QUESTIONS.asks("聚合氯化铝去年平均卖多少钱一吨", "average 含税单价 of 聚合氯化铝 in 2025")
def price_2025(raw: Raw) -> AnyOf:
    """Mean price of the lines, or value over tonnes."""
    rows = [row for row in sent(raw, "2025-01-01", "2025-12-31") if row["品名"] == "聚合氯化铝"]
    return AnyOf((Figure(average(column(rows, "含税单价(元)"))), Figure(total(rows, SENT) / total(rows, "数量"))))


@QUESTIONS.asks("被拒收退回的发货有几行，牵涉金额多少？", "delivery lines the customer refused (拒收退回): how many and worth what?")
def refused(raw: Raw) -> Each:
    """Refused lines: count and value."""
    rows = [row for row in sent(raw) if row["签收状态"] == "拒收退回"]
    return Each((Figure(len(rows)), Figure(total(rows, SENT))))


@QUESTIONS.asks("三家承运方从发货到签收平均各要几天？", "mean transit days (发货日期 to 签收日期) by 承运方")
def transit(raw: Raw) -> Groups:
    """Mean days from sending to receipt, by carrier."""
    return Groups(per((row for row in sent(raw) if row["签收日期"]), "承运方", lambda rows: average(days(row, "发货日期", "签收日期") for row in rows)))


@QUESTIONS.asks("缓蚀阻垢剂2025年逐月发货吨数", "tonnes of 缓蚀阻垢剂 shipped, month by month through 2025")
def inhibitor(raw: Raw) -> Groups:
    """Tonnes of one product by month of 2025."""
    rows = [{**row, "月": row["发货日期"][:7]} for row in sent(raw, "2025-01-01", "2025-12-31") if row["品名"] == "缓蚀阻垢剂"]
    return Groups(per(rows, "月", summed("数量")))


@QUESTIONS.asks("去年按发货金额，最大的客户是谁？", "who was our biggest customer in 2025 by value delivered")
def biggest_2025(raw: Raw) -> Ranked:
    """Value delivered in 2025 by client."""
    return Ranked(per(sent(raw, "2025-01-01", "2025-12-31"), "客户名称", summed(SENT)))


@QUESTIONS.asks("自动加药装置到现在总共发出去几套？", "How many sets of 自动加药装置 have we delivered in total?")
def dosers(raw: Raw) -> Figure:
    """Pieces of one machine."""
    return Figure(total((row for row in sent(raw) if row["品名"] == "自动加药装置"), "数量"))


@QUESTIONS.asks("鲁豫区2025年发货总额比华北区多还是少？两边各多少", "Deliveries in 2025, 鲁豫区 vs 华北区 (发货金额)")
def two_regions(raw: Raw) -> Compared:
    """Value delivered in 2025 in two regions."""
    found = per(sent(raw, "2025-01-01", "2025-12-31"), "大区", summed(SENT))
    return Compared({name: found[name] for name in ("鲁豫区", "华北区")})


@QUESTIONS.asks("单行发货金额超过30万的有几行？", "delivery lines worth more than 300,000 yuan - count")
def heavy(raw: Raw) -> Figure:
    """Lines above 300,000 yuan."""
    return Figure(sum((number(row[SENT]) or 0) > 300_000 for row in sent(raw)))


@QUESTIONS.asks("2025年到账多少钱？", "cash actually received in 2025, total")
def cash_2025(raw: Raw) -> Figure:
    """Receipts of 2025."""
    return Figure(total(paid(raw, "2025-01-01", "2025-12-31"), CAME))


@QUESTIONS.asks("已经过了应收到期日还没核销的（未核销）发票，有几张、合计多少钱", "invoices with 核销状态 未核销 past their due date: count and amount")
def overdue(raw: Raw) -> Each:
    """Unpaid and due: count and sum."""
    rows = late(raw)
    return Each((Figure(len(rows)), Figure(total(rows, BILLED))))


@QUESTIONS.asks("逾期未核销的发票里，哪家客户欠得最多？", "财务问：过期没付（未核销）的发票，欠款最大的客户是谁")
def debtor(raw: Raw) -> Ranked:
    """Unpaid and due, by client."""
    return Ranked(per(late(raw), "客户名称", summed(BILLED)))


@QUESTIONS.asks("哪个行业付款拖得最久？按到账日期减应收到期日的平均天数", "Which 所属行业 pays latest on average (到账日期 minus 应收到期日)?")
def slowest(raw: Raw) -> Ranked:
    """Mean days from due to paid, by trade."""
    return Ranked(per(paid(raw), "所属行业", lambda rows: average(days(row, "应收到期日", "到账日期") for row in rows)))


@QUESTIONS.asks("去年到账的钱里银行承兑占比多少？", "银行承兑 as a share of the money received in 2025")
def drafts(raw: Raw) -> AnyOf:
    """Receipts of 2025 by draft: of the sum, or of the number."""
    rows = paid(raw, "2025-01-01", "2025-12-31")
    hits = [row for row in rows if row["收款方式"] == "银行承兑"]
    return AnyOf((Figure(total(hits, CAME) / total(rows, CAME)), Figure(len(hits) / len(rows))))


@QUESTIONS.asks("部分核销的那些票还差多少没收回来（开票减到账）？", "how much is still missing on invoices marked 部分核销, billed minus received?")
def remainder(raw: Raw) -> Figure:
    """What is missing of invoices that were paid in part."""
    rows = [row for row in bills(raw) if row["核销状态"] == "部分核销"]
    return Figure(total(rows, BILLED) - total(rows, CAME))


@QUESTIONS.asks("接下来两周内到期、还没核销的票有没有？几张", "Any unpaid (未核销) invoices falling due between today and 30 March?")
def soon(raw: Raw) -> YesNo:
    """Unpaid, due from today to 30 March 2026."""
    found = sum(row["核销状态"] == "未核销" and NOW <= iso(row["应收到期日"]) <= "2026-03-30" for row in bills(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("一季度到今天开了多少票，金额按月分", "invoiced amount per month in 2026 so far")
def billed_2026(raw: Raw) -> Groups:
    """Invoiced in 2026, by month."""
    rows = [{**row, "月": iso(row["开票日期"])[:7]} for row in bills(raw) if iso(row["开票日期"]) >= "2026-01-01"]
    return Groups(per(rows, "月", summed(BILLED)))


@QUESTIONS.asks("逾期超过90天还一分没收到的发票号码有哪些", "invoice numbers, 未核销 and more than 90 days overdue")
def very_late(raw: Raw) -> Listed:
    """Unpaid, due more than 90 days ago (before 16 December 2025)."""
    rows = [row for row in late(raw) if iso(row["应收到期日"]) < "2025-12-16"]
    return Listed(frozenset(row["发票号码"] for row in rows), count=len(rows))


@QUESTIONS.asks("2025年哪个月回款最多？", "In which month of 2025 did the most money come in?")
def best_month(raw: Raw) -> Ranked:
    """Receipts of 2025 by month."""
    return Ranked(per([{**row, "月": iso(row["到账日期"])[:7]} for row in paid(raw, "2025-01-01", "2025-12-31")], "月", summed(CAME)))


@QUESTIONS.asks("前五大客户占2025年发货金额的比例", "What share of 2025 delivery value goes to the five largest customers?")
def five(raw: Raw) -> Figure:
    """Value delivered in 2025 to the five largest clients of all."""
    found = sorted(per(sent(raw, "2025-01-01", "2025-12-31"), "客户名称", summed(SENT)).values(), reverse=True)
    return Figure(float(sum(found[:5])) / float(sum(found)))


@QUESTIONS.asks("石油化工客户签过多少份合同，平均每份多少钱？", "石油化工 clients: number of contracts and their average value")
def petro(raw: Raw) -> Each:
    """Contracts with clients of one trade: count and mean."""
    rows = [row for row in papers(raw) if row["所属行业"] == "石油化工"]
    return Each((Figure(len(rows)), Figure(average(column(rows, WORTH)))))


@QUESTIONS.asks("现在在途的货有几行？最早的一行哪天发的", "goods still 在途: how many lines, and when was the oldest of them sent?")
def in_transit(raw: Raw) -> Each:
    """Lines on their way: count and the first day."""
    rows = [row for row in sent(raw) if row["签收状态"] == "在途"]
    return Each((Figure(len(rows)), Figure(day(min(row["发货日期"] for row in rows)))))


@QUESTIONS.asks("哪几家客户2024年发过货、2025年一次都没发？", "Which customers got deliveries in 2024 but none at all in 2025?")
def dried_up(raw: Raw) -> Listed:
    """Clients with deliveries in 2024 and none in 2025."""
    held = [{row["客户名称"] for row in sent(raw, f"{year}-01-01", f"{year}-12-31")} for year in (2024, 2025)]
    return Listed(frozenset(held[0] - held[1]), count=len(held[0] - held[1]))
