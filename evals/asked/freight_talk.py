"""Questions to the freight and warehousing company that can't be answered, that must be asked back, and that come one after the other."""

from __future__ import annotations

from evals.asked.expecting import Ambiguous, Figure, Groups, Listed, Ranked
from evals.asked.freight_rows import (
    QUESTIONS,
    claims,
    customers,
    deals,
    estimate,
    income,
    iso,
    late,
    listed,
    rate,
    shipments,
    still_open,
    talks,
    won,
)
from evals.asked.raw import Raw, total
from evals.asked.tallies import per

QUESTIONS.unanswerable(
    ("How much CO2 did our air shipments emit last year?", "CO2"),
    ("2021年我们赢了多少单？", "2021"),
    ("What did Rebecca Stone win this year?", "Rebecca Stone"),
    ("孙丽华今年的赢单收入是多少", "孙丽华"),
    ("客户满意度平均几分？", "满意度"),
    ("NPS by branch", "NPS"),
    ("Which vessel carried SH230406?", "vessel"),
    ("SH230406的集装箱号是多少", "集装箱号"),
    ("how much commission is Bram Kuipers due for Q3", "commission"),
    ("各位销售的底薪是多少？", "底薪"),
    ("What is the fuel surcharge on the Ningbo-Rotterdam lane?", "fuel surcharge"),
    ("燃油附加费今年涨了多少", "燃油附加费"),
    ("Revenue won by the Singapore branch in 2024?", "Singapore"),
    ("青岛分公司今年赢了几单", "青岛"),
    ("average age of the buyers at our customers", "age"),
    ("客户的员工人数中位数是多少？", "员工人数"),
    ("Which deals came out of the LinkedIn campaign?", "LinkedIn"),
    ("市场活动的投入产出比", "投入产出"),
    ("how many complaints were escalated to the ombudsman", "ombudsman"),
    ("仓库当前的库存还有多少托？", "库存"),
    ("What's the occupancy of our warehouses this month?", "occupancy"),
    ("空运货物的温度记录有没有超标的", "温度"),
    ("Which truck drivers were behind the damage claims?", "drivers"),
    ("赢单的预付款比例平均多少", "预付款"),
    ("How many of the late arrivals were down to weather?", "weather"),
    ("报关单被海关查验的比例是多少？", "查验"),
    ("win rate for the customer Baltic Crown Shipping", "Baltic Crown"),
    ("杭州远帆贸易有限公司在谈的单子有多少", "杭州远帆"),
    ("How many deals did we lose to FedEx?", "FedEx"),
    ("D29-9999 的实际收入是多少？", "D29-9999"),
    ("when does the lease on the Felixstowe warehouse end", "lease"),
    ("各客户的增值税号列一下", "增值税号"),
    ("average insurance premium per shipment", "premium"),
    ("铁路运输的票数有多少？", "铁路"),
    ("email address of our contact at Nordmark Motors", "email"),
)


@QUESTIONS.asks("How many deals has James Porter won?", "James Porter 一共赢了几单？", tags=("ambiguous",))
def porter_wins(raw: Raw) -> Ambiguous:
    """Two people are called James Porter."""
    rows = won(raw)
    return Ambiguous(tuple(Figure(sum(row["acct_mgr"] == person for row in rows)) for person in ("E107", "E121")))


@QUESTIONS.asks("恒达这家客户的赢单收入是多少", tags=("ambiguous",))
def hengda_income(raw: Raw) -> Ambiguous:
    """Two customers hold 恒达 in their name."""
    return Ambiguous(tuple(Figure(income(row for row in won(raw) if row["cust_no"] == customer)) for customer in ("C10045", "C10052")))


@QUESTIONS.asks("恒达在哪个城市？", tags=("ambiguous",))
def hengda_town(raw: Raw) -> Ambiguous:
    """Two customers, in two towns."""
    return Ambiguous(tuple(Figure(row["Town"]) for row in customers(raw) if row["cust_no"] in ("C10045", "C10052")))


@QUESTIONS.asks("How many deals do we have on record with Northgate?", tags=("ambiguous",))
def northgate(raw: Raw) -> Ambiguous:
    """Northgate Chemicals and Northgate Toys."""
    return Ambiguous(tuple(Figure(sum(row["cust_no"] == customer for row in deals(raw))) for customer in ("C10031", "C10038")))


@QUESTIONS.asks("number of shipments for Nordmark", tags=("ambiguous",))
def nordmark(raw: Raw) -> Ambiguous:
    """Three customers are called Nordmark."""
    held = [row["cust_no"] for row in customers(raw) if row["Cust Name"].startswith("Nordmark ")]
    return Ambiguous(tuple(Figure(sum(row["cust_no"] == customer for row in shipments(raw))) for customer in held))


def _won_2024(raw: Raw) -> Figure:
    return Figure(len(won(raw, "2024-01-01", "2024-12-31")))


def _won_2024_ningbo(raw: Raw) -> Figure:
    return Figure(sum(row["Branch"] == "Ningbo" for row in won(raw, "2024-01-01", "2024-12-31")))


def _income_2024_ningbo(raw: Raw) -> Figure:
    return Figure(income(row for row in won(raw, "2024-01-01", "2024-12-31") if row["Branch"] == "Ningbo"))


def _income_2023_ningbo(raw: Raw) -> Figure:
    return Figure(income(row for row in won(raw, "2023-01-01", "2023-12-31") if row["Branch"] == "Ningbo"))


QUESTIONS.thread(
    "branch_thread",
    ("How many deals did we win in 2024?", _won_2024),
    ("And just the Ningbo branch?", _won_2024_ningbo),
    ("what revenue was that?", _income_2024_ningbo),
    ("and in 2023?", _income_2023_ningbo),
)


def _open_value(raw: Raw) -> Figure:
    return Figure(estimate(still_open(raw)))


def _open_by_rep(raw: Raw) -> Groups:
    return Groups(per(still_open(raw), "rep", estimate))


def _open_most(raw: Raw) -> Ranked:
    return Ranked(per(still_open(raw), "rep", estimate))


def _open_first_listed(raw: Raw) -> Listed:
    held = per(still_open(raw), "rep", estimate)
    first = max(held, key=lambda name: held[name])
    return listed((row for row in still_open(raw) if row["rep"] == first), "Deal Title")


QUESTIONS.thread(
    "pipeline_thread",
    ("在谈的单子总金额是多少？", _open_value),
    ("按销售拆开", _open_by_rep),
    ("谁的最多", _open_most),
    ("他手上在谈的都有哪些单子？", _open_first_listed),
)


def _late_2025(raw: Raw) -> Figure:
    return Figure(sum(late(row) for row in shipments(raw) if iso(row["ATA"]) >= "2025-01-01"))


def _late_2025_carriers(raw: Raw) -> Groups:
    return Groups(per((row for row in shipments(raw) if iso(row["ATA"]) >= "2025-01-01" and late(row)), "Carrier", len))


def _late_2024_carriers(raw: Raw) -> Groups:
    return Groups(per((row for row in shipments(raw) if iso(row["ATA"])[:4] == "2024" and late(row)), "Carrier", len))


QUESTIONS.thread(
    "late_thread",
    ("how many shipments arrived later than promised in 2025?", _late_2025),
    ("split that by carrier", _late_2025_carriers),
    ("same thing for 2024", _late_2024_carriers),
)


def _claims_2024(raw: Raw) -> Figure:
    return Figure(sum(iso(row["dt_filed"])[:4] == "2024" for row in claims(raw)))


def _claims_2024_amount(raw: Raw) -> Figure:
    return Figure(total((row for row in claims(raw) if iso(row["dt_filed"])[:4] == "2024"), "amt_claimed"))


def _claims_2024_damage(raw: Raw) -> Figure:
    return Figure(total((row for row in claims(raw) if iso(row["dt_filed"])[:4] == "2024" and row["clm_type"] == "DAM"), "amt_claimed"))


QUESTIONS.thread(
    "claims_thread",
    ("2024年提出的索赔有多少起", _claims_2024),
    ("索赔金额一共呢？", _claims_2024_amount),
    ("只看货损（DAM）的", _claims_2024_damage),
)


def _rate_tender(raw: Raw) -> Figure:
    return Figure(rate(row for row in deals(raw) if row["Tender"] == "Y"))


def _rate_other(raw: Raw) -> Figure:
    return Figure(rate(row for row in deals(raw) if row["Tender"] == "N"))


def _rate_other_2025(raw: Raw) -> Figure:
    return Figure(rate(row for row in deals(raw) if row["Tender"] == "N" and iso(row["dt_closed"])[:4] == "2025"))


QUESTIONS.thread(
    "tender_thread",
    ("What's our win rate on tenders?", _rate_tender),
    ("and on the others?", _rate_other),
    ("只看今年的呢", _rate_other_2025),
)


def _visits_month(raw: Raw) -> Figure:
    return Figure(sum(row["Chan"] == "VST" and iso(row["dt_contact"])[:7] == "2025-09" for row in talks(raw)))


def _visits_month_keys(raw: Raw) -> Figure:
    return Figure(sum(row["Chan"] == "VST" and iso(row["dt_contact"])[:7] == "2025-09" and row["KeyAcct"] == "Y" for row in talks(raw)))


def _calls_month_keys(raw: Raw) -> Figure:
    return Figure(sum(row["Chan"] == "PH" and iso(row["dt_contact"])[:7] == "2025-09" and row["KeyAcct"] == "Y" for row in talks(raw)))


QUESTIONS.thread(
    "visits_thread",
    ("上个月我们拜访（VST）客户多少次？", _visits_month),
    ("其中重点客户的有几次", _visits_month_keys),
    ("换成电话（PH）呢？", _calls_month_keys),
)
