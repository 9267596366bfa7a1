"""Questions to the hotel group's events office about its enquiries; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import hotel_clients, hotel_money, hotel_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.hotel_rows import GUESS, NOW, QUESTIONS, SURE, WON, asked, between, gap, income, iso, lost, quarter, rate, still_open, won, worth
from evals.asked.raw import Raw, Row, total
from evals.asked.tallies import average, column, middle, per

__all__ = ["QUESTIONS", "hotel_clients", "hotel_money", "hotel_talk"]


def _names(rows: list[Row]) -> Listed:
    return Listed(frozenset(row["Event Name"] for row in rows), count=len(rows))


@QUESTIONS.asks("How many enquiries landed last month?", "上个月一共收到多少条询价？")
def received_last_month(raw: Raw) -> Figure:
    """Received in April 2026."""
    return Figure(len(between(asked(raw), "received_on", "2026-04-01", "2026-04-30")))


@QUESTIONS.asks("This year to date, enquiries that turned definite: what number are we at?", "年初到现在敲定了几单（状态 Definite）")
def definite_this_year(raw: Raw) -> Figure:
    """Became definite in 2026."""
    return Figure(len(won(raw, "2026-01-01")))


@QUESTIONS.asks("Confirmed revenue on everything decided in 2025, in total?", "决定日期落在2025年的订单，确认收入合计多少美元")
def revenue_2025(raw: Raw) -> Figure:
    """Confirmed revenue of what became definite in 2025."""
    return Figure(income(won(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks(
    "What's still sitting open in the enquiry pipeline: number of enquiries and total estimated revenue?",
    "Morning! Quick one for the Monday call: how many open enquiries, and what are they worth on estimate?",
)
def open_now(raw: Raw) -> Each:
    """Count and estimate of open enquiries."""
    rows = still_open(raw)
    return Each((Figure(len(rows)), Figure(total(rows, GUESS))))


@QUESTIONS.asks("Open enquiries split by status", "还没定下来的询价，New、Proposal Sent、Tentative、Verbal Yes 各有几条？")
def open_by_status(raw: Raw) -> Groups:
    """Open enquiries by status."""
    return Groups(per(still_open(raw), "Status", len))


@QUESTIONS.asks("Of everything that got decided, definite or lost, what percentage did we win?", "Definite 除以 Definite 加 Lost，整体赢单率算下来是百分之几")
def win_rate(raw: Raw) -> Figure:
    """Definite of definite and lost, over everything."""
    return Figure(rate(asked(raw)))


@QUESTIONS.asks("how do the five properties compare on win rate", "五家酒店的赢单率分别是多少？")
def rate_by_property(raw: Raw) -> Groups:
    """Win rate by property."""
    return Groups(per(asked(raw), "Property", rate))


@QUESTIONS.asks("who converts best on the team? win rate I mean, definite vs lost", "谁的赢单率最高？")
def best_rate(raw: Raw) -> Ranked:
    """Win rate by person."""
    return Ranked(per(asked(raw), "Seller", rate))


@QUESTIONS.asks("leaderboard, top 3 sellers, confirmed revenue, decided in 2025", "2025年敲定的业务里，确认收入排前三的销售是谁")
def best_sellers(raw: Raw) -> Ranked:
    """Confirmed revenue decided in 2025 by person."""
    return Ranked(per(won(raw, "2025-01-01", "2025-12-31"), "Seller", income), top=3)


@QUESTIONS.asks("Who's in second place this year on confirmed revenue?", "今年确认收入第二名是哪位销售？")
def second_seller(raw: Raw) -> Ranked:
    """Confirmed revenue decided in 2026 by person, the second."""
    return Ranked(per(won(raw, "2026-01-01"), "Seller", income), place=2)


@QUESTIONS.asks("why do we lose business, mostly?", "Lost 的单子多半是什么原因丢的？")
def lost_why(raw: Raw) -> Ranked:
    """Lost by reason."""
    return Ranked(per(lost(raw), "Lost Reason", len))


@QUESTIONS.asks("How many did we lose on price last year?", "去年因为价格（Price）丢掉的有几单？")
def lost_on_price(raw: Raw) -> Figure:
    """Lost in 2025 for the price."""
    return Figure(sum(row["Lost Reason"] == "Price" for row in lost(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("Which rival takes the most bookings off us?", "我们输给哪家对手的次数最多？")
def rivals(raw: Raw) -> Ranked:
    """Lost by whom to."""
    return Ranked(per(lost(raw), "Lost To", len))


@QUESTIONS.asks("definite bookings per quarter for 2025, by decision date", "按决定日期看，2025年各季度敲定多少单")
def quarters(raw: Raw) -> Groups:
    """Became definite in 2025, by quarter."""
    return Groups(per([{**row, "q": quarter(row["decided_on"])} for row in won(raw, "2025-01-01", "2025-12-31")], "q", len))


@QUESTIONS.asks("Give me confirmed revenue month by month since January, by date decided", "今年按决定月份的确认收入走势")
def months(raw: Raw) -> Groups:
    """Confirmed revenue decided in 2026, by month."""
    return Groups(per([{**row, "m": iso(row["decided_on"])[:7]} for row in won(raw, "2026-01-01")], "m", income))


@QUESTIONS.asks("By what percentage did confirmed revenue grow from 2024 to 2025, going by decision date?", "2025年确认收入比2024年增长了百分之几？按决定日期")
def growth(raw: Raw) -> Figure:
    """Confirmed revenue decided in 2025 over that of 2024, less one."""
    return Figure(income(won(raw, "2025-01-01", "2025-12-31")) / income(won(raw, "2024-01-01", "2024-12-31")) - 1)


@QUESTIONS.asks("Enquiries received in Q1, 2026 against 2025", "一季度收到的询价数，今年跟去年比")
def first_quarters(raw: Raw) -> Compared:
    """Received from January to March of 2026 and of 2025."""
    return Compared({f"{year}-Q1": len(between(asked(raw), "received_on", f"{year}-01-01", f"{year}-03-31")) for year in (2026, 2025)})


@QUESTIONS.asks("On average how many guests come to a wedding that's gone definite?", "已敲定的婚礼平均多少位宾客")
def wedding_size(raw: Raw) -> Figure:
    """Mean guests of definite weddings."""
    return Figure(average(column((row for row in won(raw) if row["Event Type"] == "Wedding"), "Guests")))


@QUESTIONS.asks("Median confirmed revenue of a conference?", "Conference 类活动确认收入的中位数")
def middle_conference(raw: Raw) -> Figure:
    """Median confirmed revenue of conferences."""
    return Figure(middle(column((row for row in won(raw) if row["Event Type"] == "Conference"), SURE)))


@QUESTIONS.asks("What slice of all our confirmed revenue comes from weddings?", "婚礼占全部确认收入的比例有多少？")
def wedding_share(raw: Raw) -> Figure:
    """Confirmed revenue of weddings of all."""
    return Figure(income(row for row in won(raw) if row["Event Type"] == "Wedding") / income(won(raw)))


@QUESTIONS.asks("For business we win, how many days pass from receiving the enquiry to the decision, on average?", "敲定的单子，从收到询价到做出决定平均几天？")
def cycle(raw: Raw) -> Figure:
    """Mean days from receipt to decision of definite enquiries."""
    return Figure(average(gap(row, "received_on", "decided_on") for row in won(raw)))


@QUESTIONS.asks(
    "List the Verbal Yes enquiries with an estimate over $30,000",
    "which enquiries are at Verbal Yes and estimated north of 30k?",
)
def big_yes(raw: Raw) -> Listed:
    """Verbal Yes, above 30,000."""
    return _names([row for row in still_open(raw) if row["Status"] == "Verbal Yes" and worth(row) > 30_000])


@QUESTIONS.asks("Decision due date has come and gone but still no outcome: how many enquiries is that?", "decision due 已经过期、还没结果的询价有几条？")
def past_due(raw: Raw) -> Figure:
    """Open, decision due before today."""
    return Figure(sum(iso(row["decision_due"]) < NOW for row in still_open(raw)))


@QUESTIONS.asks("ENQ-26-059: what status is it in and who's handling it?", "帮我查下 ENQ-26-059，现在什么状态、谁在跟")
def one_enquiry(raw: Raw) -> Each:
    """Status and person of one enquiry."""
    row = next(row for row in asked(raw) if row["Enquiry Ref"] == "ENQ-26-059")
    return Each((Figure(row["Status"]), Figure(row["Seller"])))


@QUESTIONS.asks("Largest event on record in terms of confirmed revenue?", "确认收入最高的一场活动是哪个？")
def biggest(raw: Raw) -> Ranked:
    """Definite events by confirmed revenue."""
    return Ranked({row["Event Name"]: worth(row, SURE) for row in won(raw)})


@QUESTIONS.asks("Which definite events take place in June?", "show me the confirmed (Definite) events with an event date in June 2026")
def june_events(raw: Raw) -> Listed:
    """Definite, with an event in June 2026."""
    return _names(between(won(raw), "event_date", "2026-06-01", "2026-06-30"))


@QUESTIONS.asks("Cross-tab property by event type, number of definite bookings decided in 2025", "2025年敲定的订单数，酒店×活动类型交叉表")
def property_and_type(raw: Raw) -> Groups:
    """Became definite in 2025, by property and type."""
    found: dict[Label, int] = {}
    for row in won(raw, "2025-01-01", "2025-12-31"):
        key = (row["Property"], row["Event Type"])
        found[key] = found.get(key, 0) + 1
    return Groups(found)


@QUESTIONS.asks("confirmed revenue excluding anything whose channel was Agency", "除去 Agency 渠道，确认收入总额是多少？")
def without_agency(raw: Raw) -> Figure:
    """Confirmed revenue of what did not come by an agency."""
    return Figure(income(row for row in won(raw) if row["Channel"] != "Agency"))


@QUESTIONS.asks("Room nights on definite business with an event date in 2026 - total?", "2026年举办的、已敲定的活动总共带来多少间夜（Room Nights）")
def room_nights(raw: Raw) -> Figure:
    """Room nights of definite events in 2026."""
    return Figure(total(between(won(raw), "event_date", "2026-01-01", "2026-12-31"), "Room Nights"))


@QUESTIONS.asks("How many open enquiries are estimated between $20,000 and $50,000 inclusive?", "预估收入在2万到5万美元之间（含）的未结询价有多少")
def middling(raw: Raw) -> Figure:
    """Open, from 20,000 to 50,000."""
    return Figure(sum(20_000 <= worth(row) <= 50_000 for row in still_open(raw)))


@QUESTIONS.asks("Has Ben Ashworth ever turned a wedding definite?", "Ben Ashworth 有没有敲定过婚礼")
def ben_weddings(raw: Raw) -> YesNo:
    """Definite weddings of Ben Ashworth."""
    found = sum(row["Seller"] == "Ben Ashworth" and row["Event Type"] == "Wedding" for row in won(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("Which month of 2025 brought in the most enquiries?", "2025年哪个月进来的询价最多？")
def busiest_month(raw: Raw) -> Ranked:
    """Received in 2025, by month."""
    rows = between(asked(raw), "received_on", "2025-01-01", "2025-12-31")
    return Ranked(per([{**row, "m": iso(row["received_on"])[:7]} for row in rows], "m", len))


@QUESTIONS.asks("Win rate with Key accounts versus Occasional ones", "Key 客户和 Occasional 客户的赢单率对比一下")
def rate_by_tier(raw: Raw) -> Compared:
    """Win rate of two tiers of clients."""
    found = per(asked(raw), "Account Tier", rate)
    return Compared({name: found[name] for name in ("Key", "Occasional")})


@QUESTIONS.asks("average confirmed revenue per definite booking, property by property", "Per hotel: what does a definite booking bring in on average?")
def average_booking(raw: Raw) -> Groups:
    """Mean confirmed revenue by property."""
    return Groups(per(won(raw), "Property", lambda rows: average(column(rows, SURE))))


@QUESTIONS.asks("Which properties have confirmed more than $1 million altogether?", "确认收入累计超过100万美元的酒店有哪几家？")
def million(raw: Raw) -> Listed:
    """Properties with confirmed revenue above 1,000,000."""
    rows = per(won(raw), "Property", income)
    return Listed(frozenset(str(name) for name, value in rows.items() if value > Decimal(1_000_000)))


@QUESTIONS.asks("Any weddings lost at Copper Ridge Lodge this year? How many?", "今年在 Copper Ridge Lodge 丢过婚礼的单子吗？")
def lodge_weddings(raw: Raw) -> AnyOf:
    """Weddings lost at one property in 2026."""
    found = sum(row["Property"] == "Copper Ridge Lodge" and row["Event Type"] == "Wedding" for row in lost(raw, "2026-01-01"))
    return AnyOf((YesNo(found > 0, found), Figure(found)))


@QUESTIONS.asks("how much did Priya Raman confirm in March", "Priya Raman 三月份敲定的单子确认收入多少？")
def priya_march(raw: Raw) -> AnyOf:
    """Confirmed revenue that one person decided in March 2026; its count, where only "how much" is said, is no worse."""
    rows = [row for row in won(raw, "2026-03-01", "2026-03-31") if row["handled_by"] == "S04" and row["Status"] == WON]
    return AnyOf((Figure(income(rows)), Each((Figure(len(rows)), Figure(income(rows))))))


@QUESTIONS.asks("Which channel converts best, in terms of win rate?", "哪个渠道（Channel）来的询价赢单率最高？")
def best_channel(raw: Raw) -> Ranked:
    """Win rate by channel."""
    return Ranked(per(asked(raw), "Channel", rate))


@QUESTIONS.asks("Estimated revenue we've lost to Harrow Hotel since the start of 2025", "2025年以来输给 Harrow Hotel 的单子，预估收入合计多少")
def lost_to_harrow(raw: Raw) -> Figure:
    """Estimate of what was lost to one rival since 2025."""
    return Figure(total((row for row in lost(raw, "2025-01-01") if row["Lost To"] == "Harrow Hotel"), GUESS))


@QUESTIONS.asks("On gala dinners that went definite, what's our confirmed revenue per guest?", "Confirmed revenue per head for Gala Dinner bookings?")
def per_head(raw: Raw) -> AnyOf:
    """Confirmed revenue of gala dinners by their guests: of the whole, or the mean of each."""
    rows = [row for row in won(raw) if row["Event Type"] == "Gala Dinner"]
    return AnyOf((Figure(income(rows) / total(rows, "Guests")), Figure(average(worth(row, SURE) / worth(row, "Guests") for row in rows))))


@QUESTIONS.asks("For weddings, how far ahead do couples enquire: average days from enquiry received to event date?", "婚礼从收到询价到活动日期平均隔多少天？")
def ahead(raw: Raw) -> Figure:
    """Mean days from receipt to event of weddings."""
    return Figure(average(gap(row, "received_on", "event_date") for row in asked(raw) if row["Event Type"] == "Wedding"))


@QUESTIONS.asks(
    "What conferences are still to come at Juniper Court? Definite ones only.", "Definite conferences at Juniper Court with an event date after today"
)
def conferences_to_come(raw: Raw) -> Listed:
    """Definite conferences at one property after today."""
    rows = between(won(raw), "event_date", "2026-05-21")
    return _names([row for row in rows if row["Property"] == "Juniper Court" and row["Event Type"] == "Conference"])


@QUESTIONS.asks("definite conferences with 300 guests or more, how many have there been", "来宾300人及以上的 Conference 敲定过几场？")
def large_conferences(raw: Raw) -> Figure:
    """Definite conferences for at least 300."""
    return Figure(sum(row["Event Type"] == "Conference" and worth(row, "Guests") >= 300 for row in won(raw)))


@QUESTIONS.asks("Which event type has the lowest win rate?", "赢单率垫底的是哪类活动")
def worst_type(raw: Raw) -> Ranked:
    """Win rate by type, lowest first."""
    return Ranked(per(asked(raw), "Event Type", rate), lowest=True)
