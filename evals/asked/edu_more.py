"""Less ordinary questions to the seller of learning software: over several files, in two steps, spoken, or with English names of people."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.edu_books import ending, tickets
from evals.asked.edu_rows import (
    CLOUD,
    LOST,
    NOW,
    QUESTIONS,
    STAFF,
    VALUE,
    WON,
    active,
    deals,
    fees,
    in_year,
    listed,
    lost,
    per,
    per_two,
    rate,
    some,
    still_open,
    value,
    won,
)
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, number
from evals.asked.tallies import average, column, days


def created(raw: Raw, first: str, last: str) -> list[Row]:
    """Deals created in a span."""
    return [row for row in deals(raw) if first <= row["Created Date"] <= last]


@QUESTIONS.asks("hey, how's Cherry Lin's pipeline looking - total value?", "帮我看下Cherry Lin手上pipeline一共多少钱")
def cherry(raw: Raw) -> Figure:
    """Open value of 林晓棠, by her English name."""
    return Figure(value(row for row in still_open(raw) if row["Deal Owner"] == "林晓棠"))


@QUESTIONS.asks("Kevin Zhou vs Kevin Wu, who won more in 2025?")
def two_kevins(raw: Raw) -> Compared:
    """Won value of 2025 of 周恺 and 吴凯文."""
    return Compared(some(per(won(raw, "2025-01-01", "2025-12-31"), "Deal Owner", value), "周恺", "吴凯文"))


@QUESTIONS.asks("上个月新建了几个商机？", "how many new deals were created last month?")
def created_last_month(raw: Raw) -> Figure:
    """Created in February 2026."""
    return Figure(len(created(raw, "2026-02-01", "2026-02-28")))


@QUESTIONS.asks("去年新建的deal里已经赢了的占多少？", "Of the deals created in 2025, what share has been won so far?")
def created_and_won(raw: Raw) -> Figure:
    """Won of those created in 2025."""
    rows = created(raw, "2025-01-01", "2025-12-31")
    return Figure(Decimal(sum(row["Deal Stage"] == WON for row in rows)) / len(rows))


@QUESTIONS.asks("超过180天还没关的商机有几个", "Open deals older than 180 days?")
def old_open(raw: Raw) -> AnyOf:
    """Open, created before 19 September 2025: how many, or which."""
    rows = [row for row in still_open(raw) if (days({**row, "Now": NOW}, "Created Date", "Now") or 0) > 180]
    return AnyOf((Figure(len(rows)), listed(rows)))


@QUESTIONS.asks("在跟商机里挂得最久的是哪一单？", "which open deal has been open the longest")
def oldest(raw: Raw) -> AnyOf:
    """The open deal that was created first: by day, or by age."""
    rows = still_open(raw)
    return AnyOf(
        (
            Ranked({row["Deal Name"]: days({**row, "Now": NOW}, "Created Date", "Now") or 0 for row in rows}),
            Figure(min(rows, key=lambda row: row["Created Date"])["Deal Name"]),
        )
    )


@QUESTIONS.asks("客户经理和成交人不一致的赢单有多少？就是deal owner跟account owner不是同一个人", "won deals where the deal owner is not the account owner")
def two_owners(raw: Raw) -> AnyOf:
    """Won, with another owner than the institution's: how many, or which."""
    rows = [row for row in won(raw) if row["Deal Owner"] != row["Account Owner"]]
    return AnyOf((Figure(len(rows)), listed(rows)))


@QUESTIONS.asks("流失客户（Former Customer）历史上一共给我们签过多少钱", "How much did Former Customers ever sign with us?")
def former(raw: Raw) -> Figure:
    """Won value at former customers."""
    return Figure(value(row for row in won(raw) if row["Lifecycle Stage"] == "Former Customer"))


@QUESTIONS.asks("最大的三个客户，目前各有多少年费在有效订阅里？", "active annual fee of our three largest customers by won value")
def fees_of_largest(raw: Raw) -> Groups:
    """Fees of active subscriptions of the three institutions with most won value."""
    held = per(won(raw), "Institution Name", value)
    first = sorted(held, key=lambda name: -held[name])[:3]
    found = per(active(raw), "Institution Name", fees)
    return Groups({name: found.get(name, 0) for name in first})


@QUESTIONS.asks("有未解决Urgent工单的客户里，哪些订阅在年底前到期？")
def urgent_and_ending(raw: Raw) -> Listed:
    """Active subscriptions that end in 2026, of institutions with an unsolved urgent ticket."""
    hot = {row["Institution ID"] for row in tickets(raw) if row["Priority"] == "Urgent" and row["Ticket Status"] in ("Open", "Waiting on Customer")}
    return listed((row for row in ending(raw, NOW, "2026-12-31") if row["Institution ID"] in hot), "Subscription ID")


@QUESTIONS.asks("健康分低于60的客户，有效订阅年费合计是多少？", "ARR at risk: active annual fee at customers with health score below 60")
def at_risk(raw: Raw) -> Figure:
    """Fees of active subscriptions at institutions with a score under 60."""
    return Figure(fees(row for row in active(raw) if row["Health Score"] and int(row["Health Score"]) < 60))


@QUESTIONS.asks("Which customers with active subscriptions have no open deal at all? just the number")
def no_open_deal(raw: Raw) -> Figure:
    """Institutions with an active subscription and no open deal."""
    held = {row["Institution ID"] for row in still_open(raw)}
    return Figure(len({row["Institution ID"] for row in active(raw)} - held))


@QUESTIONS.asks("除了公开招标以外的单子，赢单率是多少？", "win rate excluding 公开招标")
def no_tender(raw: Raw) -> Figure:
    """Win rate of the other routes."""
    return Figure(rate(row for row in deals(raw) if row["Purchase Route"] != "公开招标"))


@QUESTIONS.asks("没有竞争对手的单子赢单率高还是有竞争对手的高？分别多少", "Win rate without a competitor versus with one?")
def with_rival(raw: Raw) -> Each:
    """Win rates without and with a competitor."""
    return Each((Figure(rate(row for row in deals(raw) if not row["Competitor"])), Figure(rate(row for row in deals(raw) if row["Competitor"]))))


@QUESTIONS.asks("去年Q4哪个销售丢单最多？", "most lost deals in Q4 2025, which rep?")
def most_lost(raw: Raw) -> Ranked:
    """Lost in the fourth quarter of 2025, by owner."""
    return Ranked(per(lost(raw, "2025-10-01", "2025-12-31"), "Deal Owner", len))


@QUESTIONS.asks("去年哪个月签单额最高？", "best month of 2025 by won value")
def best_month(raw: Raw) -> Ranked:
    """Won value by month of 2025."""
    return Ranked(per(won(raw, "2025-01-01", "2025-12-31"), "Month", value))


@QUESTIONS.asks("三年以来每年的赢单数、签单额", "won deals and won value per year")
def years(raw: Raw) -> Each:
    """Count and value of won deals by year."""
    return Each((Groups(per(won(raw), "Year", len)), Groups(per(won(raw), "Year", value))))


@QUESTIONS.asks("赢单率按销售和产品线拆开看（2025年）", "2025 win rate by rep and product line")
def rep_and_line(raw: Raw) -> Groups:
    """Win rate of 2025 by owner and product line."""
    return Groups(per_two(in_year(raw, "2025"), "Deal Owner", "Product Line", rate))


@QUESTIONS.asks("三年期的合同签了几个？", "How many 36-month contracts have we won?")
def long_terms(raw: Raw) -> Figure:
    """Won with a term of 36 months."""
    return Figure(sum(row["Contract Term (Months)"] == "36" for row in won(raw)))


@QUESTIONS.asks("已赢软件单的平均合同期限是几个月")
def term(raw: Raw) -> Figure:
    """Mean term of won software deals."""
    return Figure(average(column((row for row in won(raw) if row["Product Line"] == "Software"), "Contract Term (Months)")))


@QUESTIONS.asks("Best Case和Commit的pipeline加起来多少？", "commit + best case total?")
def likely(raw: Raw) -> Figure:
    """Open value in two forecast categories."""
    return Figure(value(row for row in still_open(raw) if row["Forecast Category"] in ("Commit", "Best Case")))


@QUESTIONS.asks("pipeline按forecast category分布", "open value by forecast category")
def forecast(raw: Raw) -> Groups:
    """Open value by forecast category."""
    return Groups(per(still_open(raw), "Forecast Category", value))


@QUESTIONS.asks("Deal ID 1384923511 是哪家客户的，金额多少？", "look up deal 1384923511: institution and annual value")
def one_deal(raw: Raw) -> Each:
    """Two fields of one deal."""
    row = raw.by("deals", "Deal ID")["1384923511"]
    return Each((Figure(row["Institution Name"]), Figure(number(row[VALUE]))))


@QUESTIONS.asks("常州云麓大学那个ExamPro的单子现在到哪个阶段了", "What stage is the 常州云麓大学 ExamPro 2025 deal in?")
def stage_of(raw: Raw) -> Figure:
    """Stage of one deal."""
    return Figure(raw.by("deals", "Deal Name")["常州云麓大学 ExamPro 2025"]["Deal Stage"])


@QUESTIONS.asks("南通致远职业技术学院TutorBot那单预计什么时候签？", "expected signing date of 南通致远职业技术学院 TutorBot 2026?")
def signing_of(raw: Raw) -> Figure:
    """Expected signing of one deal."""
    return Figure(raw.by("deals", "Deal Name")["南通致远职业技术学院 TutorBot 2026"]["Expected Signing"])


@QUESTIONS.asks("StaffSkill won value from companies in 2025", "去年企业客户签了多少钱的StaffSkill？")
def staff_skill(raw: Raw) -> Figure:
    """Won value of one product in 2025, at companies."""
    return Figure(value(row for row in won(raw, "2025-01-01", "2025-12-31") if row["Product"] == STAFF and row["Institution Type"] == "Company"))


@QUESTIONS.asks("吴凯文和林晓棠，谁的平均单值高？", "average won deal size, 吴凯文 vs 林晓棠")
def two_sizes(raw: Raw) -> Compared:
    """Mean won value of two owners."""
    return Compared(some(per(won(raw), "Deal Owner", lambda rows: average(column(rows, VALUE))), "吴凯文", "林晓棠"))


@QUESTIONS.asks("签单金额不少于10万的赢单占比是多少（按单数）？", "what share of won deals is worth at least 100k?")
def big_share(raw: Raw) -> Figure:
    """Won of 100,000 or more, of all won."""
    rows = won(raw)
    return Figure(Decimal(sum((number(row[VALUE]) or 0) >= 100_000 for row in rows)) / len(rows))


@QUESTIONS.asks("过去30天丢了哪些单？", "Which deals did we lose in the past 30 days?")
def recently_lost(raw: Raw) -> Listed:
    """Lost from 16 February 2026."""
    return listed(lost(raw, "2026-02-16", NOW))


@QUESTIONS.asks("课堂云的丢单里，最常见的原因？", "top loss reason for 课堂云 Classroom Cloud")
def cloud_lost(raw: Raw) -> Ranked:
    """Lost deals of one product by reason."""
    return Ranked(per((row for row in lost(raw) if row["Product"] == CLOUD), "Loss Reason", len))


@QUESTIONS.asks("Did we ever lose a deal to Moodle?", "有没有单子是输在Moodle竞争上的？")
def to_moodle(raw: Raw) -> AnyOf:
    """Lost with one competitor: in all, or because it was chosen."""
    rows = [row for row in deals(raw) if row["Deal Stage"] == LOST and row["Competitor"] == "Moodle"]
    chosen = [row for row in rows if row["Loss Reason"] == "选了竞品"]
    return AnyOf((YesNo(bool(rows), len(rows)), YesNo(bool(chosen), len(chosen))))


@QUESTIONS.asks("没批预算的在跟商机一共多少钱？占pipeline多少？", "open value without budget approval, and its share of the pipeline")
def no_budget(raw: Raw) -> Each:
    """Open value where the budget is not approved, and its share."""
    held = value(row for row in still_open(raw) if row["Budget Approved"] == "No")
    return Each((Figure(held), Figure(held / value(still_open(raw)))))


@QUESTIONS.asks("What's our average won deal size per institution type, highest first?")
def size_by_type(raw: Raw) -> Ranked:
    """Mean won value by institution type."""
    return Ranked(per(won(raw), "Institution Type", lambda rows: average(column(rows, VALUE))))


@QUESTIONS.asks("Which purchase route do we see least often in our deals?")
def routes(raw: Raw) -> Ranked:
    """Deals by purchase route, fewest first."""
    return Ranked(per(raw["deals"], "Purchase Route", len), lowest=True)


@QUESTIONS.asks("Which month this year had more closed won deals, January or February?")
def two_months(raw: Raw) -> Compared:
    """Deals won in two months."""
    return Compared({"2026-01": len(won(raw, "2026-01-01", "2026-01-31")), "2026-02": len(won(raw, "2026-02-01", "2026-02-28"))})
