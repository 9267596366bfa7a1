"""Questions to the maker of seasonings about its deliveries and the complaints about them."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, day, number, numbers, quarter, total
from evals.asked.spice_rows import QUESTIONS, arrived, complaints, handling, iso, late, marked, mean, per, shipments, since


@QUESTIONS.asks("去年发货货款一共多少？", "total 货款 of goods shipped in 2025?")
def shipped_2025(raw: Raw) -> Figure:
    """Value of deliveries sent in 2025."""
    return Figure(total(shipments(raw, "2025-01-01", "2025-12-31"), "货款(元)"))


@QUESTIONS.asks("今年1月发了多少单货、多少箱？", "January 2026: how many shipments went out and how many boxes?")
def january(raw: Raw) -> Each:
    """Deliveries and boxes sent in January 2026."""
    rows = shipments(raw, "2026-01-01", "2026-01-31")
    return Each((Figure(len(rows)), Figure(total(rows, "箱数"))))


@QUESTIONS.asks("2025年每个季度的发货货款", "Shipped value (货款) by quarter for 2025")
def shipped_quarters(raw: Raw) -> Groups:
    """Value of deliveries by quarter."""
    return Groups(per(marked(shipments(raw, "2025-01-01", "2025-12-31"), "发货日", quarter), "期", lambda rows: total(rows, "货款(元)")))


@QUESTIONS.asks("去年四季度发货货款比三季度涨了还是跌了，百分之几？", "Q4 2025 shipped 货款 growth over Q3 2025, in percent")
def shipped_growth(raw: Raw) -> Figure:
    """Fourth over third quarter of 2025, less one."""
    fourth, third = (total(shipments(raw, first, last), "货款(元)") for first, last in (("2025-10-01", "2025-12-31"), ("2025-07-01", "2025-09-30")))
    return Figure(fourth / third - 1)


@QUESTIONS.asks("货到得比说好的晚的有多少单？", "How many shipments arrived later than promised?")
def late_count(raw: Raw) -> Figure:
    """Arrived after the promised day."""
    return Figure(len(late(shipments(raw))))


@QUESTIONS.asks("准时到货率多少（没晚于说好到货那天就算准时）？", "on-time delivery rate of the shipments that have arrived")
def on_time(raw: Raw) -> Figure:
    """Arrived on or before the promised day, of those that arrived."""
    rows = arrived(shipments(raw))
    return Figure(1 - Decimal(len(late(rows))) / len(rows))


@QUESTIONS.asks("晚到的那些货平均晚了几天", "For late shipments, how many days late on average?")
def lateness(raw: Raw) -> Figure:
    """Mean days after the promised day, of late ones."""
    return Figure(mean(since(row["说好到货"], row["实际到货"]) for row in late(shipments(raw))))


@QUESTIONS.asks("冷链发的货和零担发的货，晚到的比例各是多少？", "late share, 冷链 vs 零担")
def late_by_way(raw: Raw) -> Compared:
    """Share of late ones by transport, of those that arrived."""
    found = per(arrived(shipments(raw)), "怎么运", lambda rows: Decimal(len(late(rows))) / len(rows))
    return Compared({name: found[name] for name in ("冷链", "零担")})


@QUESTIONS.asks("去年卖得最多的货品是哪个？按箱数", "Which product shipped the most boxes in 2025?")
def most_boxes(raw: Raw) -> Ranked:
    """Boxes sent in 2025 by goods."""
    return Ranked(per(shipments(raw, "2025-01-01", "2025-12-31"), "货品", lambda rows: total(rows, "箱数")))


@QUESTIONS.asks("还没结清的货款总共多少钱？", "How much 货款 is still not settled?")
def unsettled(raw: Raw) -> Figure:
    """Value of deliveries with 结清没 N."""
    return Figure(total((row for row in shipments(raw) if row["结清没"] == "N"), "货款(元)"))


@QUESTIONS.asks("欠我们货款（没结清）最多的五家客户", "top 5 customers by unsettled 货款")
def debtors(raw: Raw) -> Ranked:
    """Unsettled value by customer."""
    rows = (row for row in shipments(raw) if row["结清没"] == "N")
    return Ranked(per(rows, "客户名", lambda held: total(held, "货款(元)")), top=5)


@QUESTIONS.asks("2025年给经销商的返利一共多少？", "Rebates (返利) paid on 2025 shipments, total?")
def rebates(raw: Raw) -> Figure:
    """Rebates of deliveries sent in 2025 (only distributors have any)."""
    return Figure(total(shipments(raw, "2025-01-01", "2025-12-31"), "返利(元)"))


@QUESTIONS.asks("拿返利最多的是哪家客户", "which customer has received the most 返利?")
def most_rebate(raw: Raw) -> Ranked:
    """Rebates by customer."""
    return Ranked(per((row for row in shipments(raw) if row["返利(元)"]), "客户名", lambda rows: total(rows, "返利(元)")))


@QUESTIONS.asks("现在还在路上、没到货的发货单有几张？", "how many shipments haven't arrived yet")
def under_way(raw: Raw) -> Figure:
    """Deliveries without a day of arrival."""
    return Figure(sum(not row["实际到货"] for row in shipments(raw)))


@QUESTIONS.asks("小酥肉1kg平均一箱卖多少钱？", "average 单价 of 小酥肉1kg?")
def price(raw: Raw) -> AnyOf:
    """Mean of the prices, or value over boxes."""
    rows = [row for row in shipments(raw) if row["货品"] == "小酥肉1kg"]
    return AnyOf((Figure(mean(numbers(rows, "单价(元)"))), Figure(total(rows, "货款(元)") / total(rows, "箱数"))))


@QUESTIONS.asks("FH00300这单是什么货，货款多少？", "FH00300: which 货品 and what 货款?")
def one_shipment(raw: Raw) -> Each:
    """Goods and value of one delivery."""
    row = raw.by("发货单", "发货号")["FH00300"]
    return Each((Figure(row["货品"]), Figure(number(row["货款(元)"]))))


@QUESTIONS.asks("五个大类去年货款各占多少比例", "share of 2025 shipped 货款 by 大类")
def kinds_share(raw: Raw) -> Groups:
    """Share of the value sent in 2025 by kind of goods."""
    rows = shipments(raw, "2025-01-01", "2025-12-31")
    return Groups(per(rows, "大类", lambda held: total(held, "货款(元)") / total(rows, "货款(元)")))


@QUESTIONS.asks("2025年接了多少个投诉？", "How many complaints came in during 2025?")
def complaints_2025(raw: Raw) -> Figure:
    """Complaints of 2025."""
    return Figure(len(complaints(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("投诉按什么毛病分，各多少个", "complaints by fault type")
def faults(raw: Raw) -> Groups:
    """Complaints by fault."""
    return Groups(per(complaints(raw), "什么毛病", len))


@QUESTIONS.asks("被投诉次数最多的大类是哪个？", "Which product category gets the most complaints?")
def worst_kind(raw: Raw) -> Ranked:
    """Complaints by kind of goods."""
    return Ranked(per(complaints(raw), "大类", len))


@QUESTIONS.asks("每个大类的投诉率是多少，就是投诉数除以发货单数", "complaint rate by 大类 (complaints divided by shipments)")
def complaint_rate(raw: Raw) -> Groups:
    """Complaints over deliveries by kind of goods."""
    sent, came = per(shipments(raw), "大类", len), per(complaints(raw), "大类", len)
    return Groups({name: Decimal(came.get(name, 0)) / Decimal(sent[name]) for name in sent})


@QUESTIONS.asks("投诉从打来到处理完平均几天？", "How many days on average to resolve a complaint?")
def resolve(raw: Raw) -> AnyOf:
    """Mean days from the call to the end, with fractions or by dates."""
    rows = [row for row in complaints(raw) if row["处理完时间"]]
    whole = [since(row["打来时间"], row["处理完时间"]) for row in rows]
    return AnyOf((Figure(mean(Decimal(str(handling(row))) for row in rows)), Figure(mean(whole))))


@QUESTIONS.asks("去年投诉一共赔了多少钱", "total compensation paid for 2025 complaints (赔了)")
def paid(raw: Raw) -> Figure:
    """Paid for complaints that came in 2025."""
    return Figure(total(complaints(raw, "2025-01-01", "2025-12-31"), "赔了(元)"))


@QUESTIONS.asks("还没处理完的投诉有哪些？", "Which complaints are still not resolved?")
def unresolved(raw: Raw) -> Listed:
    """Complaints without an end."""
    return Listed(frozenset(row["投诉号"] for row in complaints(raw) if not row["处理完时间"]))


@QUESTIONS.asks("投诉最后怪谁的最多，工厂、物流还是客户自己？", "who's to blame most often for complaints (怪谁)?")
def blame(raw: Raw) -> Ranked:
    """Complaints by who is to blame."""
    return Ranked(per(complaints(raw), "怪谁", len))


@QUESTIONS.asks("处理完的投诉客户满意率多少？没填的不算", "complaint satisfaction rate, share of Y among 客户满意没 answers")
def content(raw: Raw) -> Figure:
    """Content of those that said."""
    marks = [row["客户满意没"] for row in complaints(raw) if row["客户满意没"]]
    return Figure(Decimal(marks.count("Y")) / len(marks))


@QUESTIONS.asks("投诉5次以上（含5次）的客户是哪几家？", "customers with five or more complaints")
def frequent(raw: Raw) -> Listed:
    """Customers with at least 5 complaints."""
    found = per(complaints(raw), "客户名", len)
    return Listed(frozenset(str(name) for name, count in found.items() if count >= 5))


@QUESTIONS.asks("苗青和方圆各接了多少投诉？", "complaints handled: 苗青 vs 方圆")
def by_agent(raw: Raw) -> Compared:
    """Complaints by the person who took them."""
    return Compared(per(complaints(raw), "接单人", len))


@QUESTIONS.asks("重的投诉里怪工厂的有几个？", "How many 重 complaints were the factory's (工厂) fault?")
def heavy_factory(raw: Raw) -> Figure:
    """Heavy ones that the factory is to blame for."""
    return Figure(sum(row["轻重"] == "重" and row["怪谁"] == "工厂" for row in complaints(raw)))


@QUESTIONS.asks("哪种毛病赔的钱最多，总共赔了多少？", "Which kind of fault (什么毛病) cost us the most compensation in total?")
def dearest(raw: Raw) -> Ranked:
    """What was paid, by fault."""
    return Ranked(per(complaints(raw), "什么毛病", lambda rows: total(rows, "赔了(元)")))


@QUESTIONS.asks("发货超过60天货款还没结清的单子有多少张、多少钱？", "Shipments sent more than 60 days ago and still unsettled: how many and how much 货款?")
def old_debt(raw: Raw) -> Each:
    """Unsettled, sent more than 60 days before today."""
    rows = [row for row in shipments(raw, last="2026-01-09") if row["结清没"] == "N"]
    return Each((Figure(len(rows)), Figure(total(rows, "货款(元)"))))


@QUESTIONS.asks("过了账期还没结清的发货单有几张（从发货日算）？", "How many unsettled shipments are past the customer's 账期, counted from 发货日?")
def past_terms(raw: Raw) -> Figure:
    """Unsettled for longer than the terms of the customer; those without terms are left out."""
    rows = [row for row in shipments(raw) if row["结清没"] == "N" and row["账期(天)"]]
    return Figure(sum((since(row["发货日"], "2026-03-11") or 0) > int(row["账期(天)"]) for row in rows))


@QUESTIONS.asks("最近一次发货给联丰冻品批发是哪天", "Last shipment date to 联丰冻品批发?")
def last_sent(raw: Raw) -> Figure:
    """The latest delivery to one customer."""
    return Figure(day(max(iso(row["发货日"]) for row in shipments(raw) if row["客户名"] == "联丰冻品批发")))
