"""Questions to the freight and warehousing company about its shipments and claims."""

from __future__ import annotations

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.freight_rows import (
    QUESTIONS,
    ago,
    arrived,
    claims,
    days,
    grouped,
    iso,
    late,
    listed,
    money,
    month_of,
    on,
    per_both,
    per_time,
    quarter_of,
    ranked,
    shipments,
    unpaid,
)
from evals.asked.raw import Raw, total
from evals.asked.tallies import average, column, middle, per


@QUESTIONS.asks("How many shipments departed last month (ATD)?", "上个月实际开航发出的货有几票？")
def departed_last_month(raw: Raw) -> Figure:
    """With an ATD in September 2025."""
    return Figure(sum(iso(row["ATD"])[:7] == "2025-09" for row in shipments(raw)))


@QUESTIONS.asks("到港的货里，按承诺日期或更早到的比例是多少", "on-time rate: share of arrived shipments with ATA no later than the promised ETA")
def on_time(raw: Raw) -> Figure:
    """Arrived by ETA_promised, of those that arrived."""
    rows = arrived(raw)
    return Figure(sum(not late(row) for row in rows) / len(rows))


@QUESTIONS.asks("哪家承运人晚到的票数最多？", "Which carrier has delivered late most often, in number of shipments?")
def late_carrier(raw: Raw) -> Ranked:
    """Shipments that arrived after ETA_promised, by carrier."""
    return Ranked(per((row for row in arrived(raw) if late(row)), "Carrier", len))


@QUESTIONS.asks("今年到货比承诺日期晚的有多少票", "shipments arrived in 2025 later than promised, how many")
def late_this_year(raw: Raw) -> Figure:
    """With an ATA in 2025 after ETA_promised."""
    return Figure(sum(late(row) and iso(row["ATA"]) >= "2025-01-01" for row in arrived(raw)))


@QUESTIONS.asks("For shipments that came in late, by how many days on average?", "晚到的货平均晚了几天")
def days_late(raw: Raw) -> Figure:
    """Mean days from ETA_promised to ATA of the late ones."""
    return Figure(average(days(row, "ETA_promised", "ATA") for row in arrived(raw) if late(row)))


@QUESTIONS.asks("2024年实际发往Felixstowe港的一共多少TEU？", "TEU actually departed in 2024 with POD Felixstowe, total")
def teu_felixstowe(raw: Raw) -> Figure:
    """TEU of shipments to Felixstowe with an ATD in 2024."""
    return Figure(total((row for row in shipments(raw) if row["POD"] == "Felixstowe" and iso(row["ATD"])[:4] == "2024"), "TEU"))


@QUESTIONS.asks("现在在途的有多少票货？", "How much is in transit right now, I mean how many shipments")
def in_transit(raw: Raw) -> AnyOf:
    """In the status ITR."""
    rows = [row for row in shipments(raw) if row["shp_sts"] == "ITR"]
    return AnyOf((Figure(len(rows)), listed(rows, "ShpNo")))


@QUESTIONS.asks("on how many shipments did our cost exceed what we invoiced?", "成本比开票金额还高的有几票")
def losing(raw: Raw) -> Figure:
    """With cost_amt above inv_amt."""
    return Figure(sum(money(row, "cost_amt") > money(row, "inv_amt") for row in shipments(raw)))


@QUESTIONS.asks("海运、空运、陆运三种方式的开票总额各多少", "total invoiced per mode please")
def invoiced_by_mode(raw: Raw) -> Groups:
    """Sum of inv_amt by mode."""
    return Groups(per(shipments(raw), "Mode", lambda rows: total(rows, "inv_amt")))


@QUESTIONS.asks("Invoices past due and still not paid: number and total amount?", "已过付款期限还没收到钱的运单有几票，合计多少钱")
def past_due(raw: Raw) -> Each:
    """Due before today without payment: count and inv_amt."""
    rows = unpaid(raw)
    return Each((Figure(len(rows)), Figure(total(rows, "inv_amt"))))


@QUESTIONS.asks("哪个客户逾期未付的运费最多？", "who owes us the most in overdue freight invoices")
def biggest_debtor(raw: Raw) -> Ranked:
    """Overdue unpaid amounts by customer."""
    return Ranked(per(unpaid(raw), "Cust Name", lambda rows: total(rows, "inv_amt")))


@QUESTIONS.asks("paid invoices: how many days after the due date does the money come in on average?", "客户平均比到期日晚几天付款？")
def days_to_pay(raw: Raw) -> AnyOf:
    """Mean days from dt_inv_due to dt_paid: of all that are paid, or of those that were paid late."""
    found = [days(row, "dt_inv_due", "dt_paid") for row in shipments(raw)]
    return AnyOf((Figure(average(found)), Figure(average(value for value in found if value is not None and value > 0))))


@QUESTIONS.asks("滞港费合计最高的承运人是谁", "Demurrage by carrier, highest first")
def demurrage(raw: Raw) -> Ranked:
    """Sum of demurrage by carrier."""
    return Ranked(per((row for row in shipments(raw) if row["demurrage"]), "Carrier", lambda rows: total(rows, "demurrage")))


@QUESTIONS.asks("how many bookings got cancelled in total", "被取消的运单有几票？")
def cancelled(raw: Raw) -> Figure:
    """In the status CXL."""
    return Figure(sum(row["shp_sts"] == "CXL" for row in shipments(raw)))


@QUESTIONS.asks("delivered but POD not signed — how many shipments?", "已送达但签收单（POD signed）是N的有多少票")
def unsigned(raw: Raw) -> Figure:
    """Arrived, with POD signed N."""
    return Figure(sum(row["POD signed"] == "N" for row in shipments(raw) if row["shp_sts"] == "DLV"))


@QUESTIONS.asks("从Shanghai到Hamburg，实际开船到实际到港平均多少天？", "Average transit Shanghai to Hamburg, ATD to ATA")
def transit(raw: Raw) -> Figure:
    """Mean days from ATD to ATA on one lane."""
    return Figure(average(days(row, "ATD", "ATA") for row in shipments(raw) if (row["POL"], row["POD"]) == ("Shanghai", "Hamburg")))


@QUESTIONS.asks("SH230406是哪家承运的，哪天到的？", "SH230406: carrier and arrival date?")
def one_shipment(raw: Raw) -> Each:
    """Carrier and ATA of one shipment."""
    row = next(row for row in shipments(raw) if row["ShpNo"] == "SH230406")
    return Each((Figure(row["Carrier"]), Figure(on(row["ATA"]))))


@QUESTIONS.asks("今年每个月实际发运的票数", "Number of shipments departed per month in 2025")
def departures(raw: Raw) -> Groups:
    """By month of ATD in 2025."""
    return Groups(per_time((row for row in shipments(raw) if iso(row["ATD"]) >= "2025-01-01"), "ATD", month_of, len))


@QUESTIONS.asks("top 3 destination ports by TEU", "按TEU排前三的目的港")
def best_ports(raw: Raw) -> Ranked:
    """TEU by POD (cancelled bookings included or not, the order is the same)."""
    return Ranked(per((row for row in shipments(raw) if row["TEU"]), "POD", lambda rows: total(rows, "TEU")), top=3)


@QUESTIONS.asks("空运货物毛重的中位数是多少公斤", "median gross weight of our air shipments?")
def air_weight(raw: Raw) -> Figure:
    """Median of gross_wt_kg in mode AIR."""
    return Figure(middle(column((row for row in shipments(raw) if row["Mode"] == "AIR"), "gross_wt_kg")))


@QUESTIONS.asks("哪位客户的运单票数最多？", "Which customer ships with us most often?")
def most_shipments(raw: Raw) -> Ranked:
    """Shipments by customer."""
    return Ranked(per(shipments(raw), "Cust Name", len))


@QUESTIONS.asks("Is anything from Nordmark Motors in transit at the moment?", "Nordmark Motors 现在有在途的货没有")
def nordmark_moving(raw: Raw) -> YesNo:
    """In the status ITR, of one customer."""
    found = sum(row["shp_sts"] == "ITR" and row["Cust Name"] == "Nordmark Motors GmbH" for row in shipments(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("发运量（票数）今年上半年比去年上半年多还是少？", "shipments departed H1 2025 vs H1 2024")
def halves(raw: Raw) -> AnyOf:
    """With an ATD from January to June of 2025 and 2024."""
    this = sum("2025-01-01" <= iso(row["ATD"]) <= "2025-06-30" for row in shipments(raw))
    before = sum("2024-01-01" <= iso(row["ATD"]) <= "2024-06-30" for row in shipments(raw))
    return AnyOf((Compared({"2025-H1": this, "2024-H1": before}), Each((Figure(this), Figure(before)))))


@QUESTIONS.asks("按运输方式和状态交叉看票数", "shipment count by mode and status")
def mode_and_status(raw: Raw) -> AnyOf:
    """By Mode and shp_sts, as codes or by their descriptions."""
    found = per_both(shipments(raw), "Mode", "shp_sts", len)
    named = {row["code"]: row["Descr"] for row in raw["Codes"] if row["code_type"] == "shp_sts"}
    return AnyOf((Groups(found), Groups({(key[0], named[key[1]]): value for key, value in found.items()})))


@QUESTIONS.asks("How many claims have been filed this year?", "今年收到多少起索赔")
def claims_this_year(raw: Raw) -> Figure:
    """Filed in 2025."""
    return Figure(sum(iso(row["dt_filed"]) >= "2025-01-01" for row in claims(raw)))


@QUESTIONS.asks("还在调查中的索赔有几起？", "claims under investigation, how many")
def investigated(raw: Raw) -> Figure:
    """In the status I."""
    return Figure(sum(row["clm_sts"] == "I" for row in claims(raw)))


@QUESTIONS.asks("claims that are neither settled nor rejected yet: number and amount claimed?", "既没赔付也没拒赔的索赔有多少起，索赔金额多少")
def undecided(raw: Raw) -> Each:
    """In the statuses O and I."""
    rows = [row for row in claims(raw) if row["clm_sts"] in ("O", "I")]
    return Each((Figure(len(rows)), Figure(total(rows, "amt_claimed"))))


@QUESTIONS.asks("2024年结案的索赔一共赔了多少钱", "what did we pay out on claims settled in 2024?")
def paid_2024(raw: Raw) -> Figure:
    """Paid on claims with dt_settled in 2024."""
    return Figure(total((row for row in claims(raw) if iso(row["dt_settled"])[:4] == "2024"), "amt_paid"))


@QUESTIONS.asks("已赔付的索赔，实际赔付额占索赔额的比例", "on settled claims, how much of the claimed amount do we end up paying, as a percentage?")
def paid_share(raw: Raw) -> AnyOf:
    """Paid over claimed: of the sums, or the mean of the claims."""
    rows = [row for row in claims(raw) if row["clm_sts"] == "S"]
    each = average(money(row, "amt_paid") / money(row, "amt_claimed") for row in rows)
    return AnyOf((Figure(total(rows, "amt_paid") / total(rows, "amt_claimed")), Figure(each)))


@QUESTIONS.asks("哪个理赔员从受理到结案平均用时最短？", "Which claims handler closes fastest, average days from filed to settled?")
def fastest_handler(raw: Raw) -> Ranked:
    """Mean days from dt_filed to dt_settled by handler, shortest first."""
    rows = [row for row in claims(raw) if row["dt_settled"]]
    return Ranked(per(rows, "who", lambda held: average(days(row, "dt_filed", "dt_settled") for row in held)), lowest=True)


@QUESTIONS.asks("各类索赔分别有多少起", "Claims by type, counts")
def claim_types(raw: Raw) -> AnyOf:
    """Claims by type."""
    return grouped(raw, "clm_type", per(claims(raw), "clm_type", len))


@QUESTIONS.asks("what share of claims did we reject?", "拒赔的比例有多大")
def rejected(raw: Raw) -> AnyOf:
    """Status R of all claims, or of those decided."""
    found = [row["clm_sts"] for row in claims(raw)]
    return AnyOf((Figure(found.count("R") / len(found)), Figure(found.count("R") / (found.count("R") + found.count("S")))))


@QUESTIONS.asks("没有投保、索赔额超过1万美元的索赔有哪些？", "uninsured claims over 10,000 — list them")
def uninsured(raw: Raw) -> Listed:
    """Insured N, above 10,000."""
    return listed((row for row in claims(raw) if row["Insured"] == "N" and money(row, "amt_claimed") > 10_000), "claim_no")


@QUESTIONS.asks("哪家承运人招来的索赔最多", "Which carrier's shipments draw the most claims?")
def carrier_claims(raw: Raw) -> Ranked:
    """Claims by carrier of the shipment."""
    return Ranked(per(claims(raw), "Carrier", len))


@QUESTIONS.asks("total claimed for damage vs for delay", "货损和延误两类索赔的金额对比")
def damage_and_delay(raw: Raw) -> AnyOf:
    """Claimed amounts of two types."""
    found = per(claims(raw), "clm_type", lambda rows: total(rows, "amt_claimed"))
    return AnyOf((Compared({"DAM": found["DAM"], "DLY": found["DLY"]}), Compared({"Damage": found["DAM"], "Delay": found["DLY"]})))


@QUESTIONS.asks("What's the largest claim we have on file?", "索赔金额最大的是哪一起？")
def largest_claim(raw: Raw) -> Ranked:
    """Claims by amt_claimed."""
    return Ranked({row["claim_no"]: money(row, "amt_claimed") for row in claims(raw)})


@QUESTIONS.asks("哪些客户至少提过4次索赔", "customers with four or more claims")
def often_claiming(raw: Raw) -> Listed:
    """Customers with at least 4 claims."""
    found = per(claims(raw), "Cust Name", len)
    return Listed(frozenset(str(name) for name, count in found.items() if count >= 4))


@QUESTIONS.asks("Any claims open or under investigation for more than 60 days?", "有没有提出超过60天还没结的索赔")
def old_claims(raw: Raw) -> AnyOf:
    """In the statuses O and I, filed more than 60 days ago."""
    rows = [row for row in claims(raw) if row["clm_sts"] in ("O", "I") and iso(row["dt_filed"]) < ago(60)]
    return AnyOf((YesNo(bool(rows), len(rows)), listed(rows, "claim_no")))


@QUESTIONS.asks("二季度和三季度的索赔起数比较一下（今年）", "Claims filed in Q2 2025 compared with Q3 2025")
def claim_quarters(raw: Raw) -> Compared:
    """Filed in two quarters of 2025."""
    found = per_time(claims(raw), "dt_filed", quarter_of, len)
    return Compared({name: found[name] for name in ("2025-Q2", "2025-Q3")})


@QUESTIONS.asks("CLM-24040 的索赔类型、金额、处理人分别是什么？")
def one_claim(raw: Raw) -> AnyOf:
    """Type, amount and handler of one claim."""
    row = next(row for row in claims(raw) if row["claim_no"] == "CLM-24040")
    named = {code["code"]: code["Descr"] for code in raw["Codes"] if code["code_type"] == "clm_type"}
    rest = (Figure(money(row, "amt_claimed")), Figure(row["who"]))
    return AnyOf((Each((Figure(row["clm_type"]), *rest)), Each((Figure(named[row["clm_type"]]), *rest))))


@QUESTIONS.asks("average claim amount, insured vs uninsured?", "投保的和没投保的，平均索赔额各多少")
def by_insurance(raw: Raw) -> Compared:
    """Mean amt_claimed by Insured."""
    return Compared(per(claims(raw), "Insured", lambda rows: average(column(rows, "amt_claimed"))))


@QUESTIONS.asks("哪种类型的索赔平均赔付额最高？")
def dearest_type(raw: Raw) -> AnyOf:
    """Mean amt_paid by type: of settled claims, or of all that have a value (rejected ones count 0)."""
    settled = per((row for row in claims(raw) if row["clm_sts"] == "S"), "clm_type", lambda rows: average(column(rows, "amt_paid")))
    decided = per((row for row in claims(raw) if row["amt_paid"]), "clm_type", lambda rows: average(column(rows, "amt_paid")))
    return AnyOf((*ranked(raw, "clm_type", settled).options, *ranked(raw, "clm_type", decided).options))
