"""Questions to the freight and warehousing company about its deals; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import freight_books, freight_more, freight_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.freight_rows import (
    QUESTIONS,
    TODAY,
    days,
    deals,
    estimate,
    grouped,
    income,
    iso,
    listed,
    lost,
    money,
    month_of,
    on,
    per_both,
    per_time,
    quarter_of,
    ranked,
    rate,
    still_open,
    won,
)
from evals.asked.raw import Raw, total
from evals.asked.tallies import average, column, middle, per

__all__ = ["QUESTIONS", "freight_books", "freight_more", "freight_talk"]


@QUESTIONS.asks("How many deals have we won so far this year?", "今年到现在一共赢了多少单？", "wins YTD, just the count")
def won_this_year(raw: Raw) -> Figure:
    """Won in 2025, by closing date."""
    return Figure(len(won(raw, "2025-01-01")))


@QUESTIONS.asks("2024年赢单的实际收入合计是多少", "What did the deals we won in 2024 actually bring in, in total?")
def revenue_2024(raw: Raw) -> Figure:
    """Actual revenue of deals won in 2024."""
    return Figure(income(won(raw, "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("what's sitting in the pipeline at the moment, in dollars?", "目前在谈的商机总金额报一下")
def pipeline(raw: Raw) -> Figure:
    """Estimated revenue of open deals."""
    return Figure(estimate(still_open(raw)))


@QUESTIONS.asks("还没有结果的商机有几条？预估收入加起来多少？")
def open_now(raw: Raw) -> Each:
    """Count and estimated revenue of open deals."""
    rows = still_open(raw)
    return Each((Figure(len(rows)), Figure(estimate(rows))))


@QUESTIONS.asks("Overall, what's our win rate?", "我们整体的赢单率是多少呀")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost, over everything."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("win rate last quarter?", "上个季度的胜率")
def win_rate_last_quarter(raw: Raw) -> Figure:
    """Of deals that closed from July to September 2025."""
    return Figure(rate([row for row in deals(raw) if "2025-07-01" <= iso(row["dt_closed"]) <= "2025-09-30"]))


@QUESTIONS.asks("各服务类型的赢单率分别是多少？", "Could you split the win rate by service code for me?")
def service_rates(raw: Raw) -> AnyOf:
    """Win rate by service."""
    return grouped(raw, "svc_code", per(deals(raw), "svc_code", rate))


@QUESTIONS.asks("which service has the poorest win rate", "哪类服务胜率最低")
def worst_service(raw: Raw) -> AnyOf:
    """Win rate by service, lowest first."""
    return ranked(raw, "svc_code", per(deals(raw), "svc_code", rate), lowest=True)


@QUESTIONS.asks("Top three reps by revenue won this year", "今年赢单收入前三的销售是哪几位")
def best_reps(raw: Raw) -> Ranked:
    """Won revenue of 2025 by owner."""
    return Ranked(per(won(raw, "2025-01-01"), "rep", income), top=3)


@QUESTIONS.asks("2024年实际毛利第二高的客户经理是谁？", "who came second on actual gross profit (gp_actual) among the reps in 2024?")
def second_profit(raw: Raw) -> Ranked:
    """Actual gross profit of deals won in 2024 by owner, the second."""
    return Ranked(per(won(raw, "2024-01-01", "2024-12-31"), "rep", lambda rows: total(rows, "gp_actual")), place=2)


@QUESTIONS.asks("2023年哪个分公司赢下的单子最少？", "which branch won the fewest deals in 2023")
def fewest_branch(raw: Raw) -> Ranked:
    """Deals won in 2023 by branch, fewest first."""
    return Ranked(per(won(raw, "2023-01-01", "2023-12-31"), "Branch", len), lowest=True)


@QUESTIONS.asks("Ningbo 和 Felixstowe 两个分公司2024年的赢单收入比一比", "2024 revenue won: Felixstowe branch against Ningbo branch")
def two_branches(raw: Raw) -> Compared:
    """Won revenue of 2024 of two branches."""
    found = per(won(raw, "2024-01-01", "2024-12-31"), "Branch", income)
    return Compared({name: found[name] for name in ("Ningbo", "Felixstowe")})


@QUESTIONS.asks("2024年赢单收入比2023年增长了百分之多少？", "By how many percent did won revenue grow from 2023 to 2024?")
def growth(raw: Raw) -> Figure:
    """Won revenue of 2024 over that of 2023, less one."""
    return Figure(income(won(raw, "2024-01-01", "2024-12-31")) / income(won(raw, "2023-01-01", "2023-12-31")) - 1)


@QUESTIONS.asks("Deals won in Q3 this year versus Q3 last year?", "今年三季度跟去年三季度的赢单数对比")
def third_quarters(raw: Raw) -> Compared:
    """Deals won in the third quarters of 2025 and 2024."""
    return Compared({"2025-Q3": len(won(raw, "2025-07-01", "2025-09-30")), "2024-Q3": len(won(raw, "2024-07-01", "2024-09-30"))})


@QUESTIONS.asks("2024年每个季度的赢单收入走势", "quarterly won revenue, 2024")
def quarters(raw: Raw) -> Groups:
    """Won revenue by quarter of closing."""
    return Groups(per_time(won(raw, "2024-01-01", "2024-12-31"), "dt_closed", quarter_of, income))


@QUESTIONS.asks("今年逐月赢了多少单", "Show me the number of wins per month this year.")
def months(raw: Raw) -> Groups:
    """Deals won by month of closing, in 2025."""
    return Groups(per_time(won(raw, "2025-01-01"), "dt_closed", month_of, len))


@QUESTIONS.asks("median actual revenue of a won deal?", "赢单的实际收入中位数是多少")
def middle_won(raw: Raw) -> Figure:
    """Median of rev_actual."""
    return Figure(middle(column(won(raw), "rev_actual")))


@QUESTIONS.asks("已赢的单子实际毛利率平均多少？", "What gross margin do we actually make on won deals, gp_actual over rev_actual?")
def margin(raw: Raw) -> AnyOf:
    """Actual profit over actual revenue: of the sums, or the mean of the deals."""
    rows = won(raw)
    return AnyOf((Figure(total(rows, "gp_actual") / income(rows)), Figure(average(money(row, "gp_actual") / money(row, "rev_actual") for row in rows))))


@QUESTIONS.asks("Rank the reasons we lose deals", "丢单原因从多到少排一下")
def lost_why(raw: Raw) -> AnyOf:
    """Lost deals by reason."""
    return ranked(raw, "lost_rsn", per(lost(raw), "lost_rsn", len))


@QUESTIONS.asks("今年因为价格太高丢掉的单子有多少？")
def lost_for_price(raw: Raw) -> Figure:
    """Lost in 2025 for PRC."""
    return Figure(sum(row["lost_rsn"] == "PRC" for row in lost(raw, "2025-01-01")))


@QUESTIONS.asks("how often have we lost where Sinotide was the competitor?", "竞争对手是Sinotide、我们又输掉的有几单")
def lost_to_rival(raw: Raw) -> Figure:
    """Lost deals with this rival."""
    return Figure(sum(row["Competitor"] == "Sinotide" for row in lost(raw)))


@QUESTIONS.asks("跟哪家竞争对手碰上时我们胜率最高？", "against which competitor is our win rate highest")
def softest_rival(raw: Raw) -> Ranked:
    """Win rate by rival."""
    return Ranked(per(deals(raw), "Competitor", rate))


@QUESTIONS.asks("投标项目和非投标项目的赢单率各是多少", "Win rate on tenders vs. non-tenders?")
def tender_rates(raw: Raw) -> Compared:
    """Win rate by the flag Tender."""
    return Compared(per(deals(raw), "Tender", rate))


@QUESTIONS.asks("What share of the revenue won comes from hazardous cargo?", "危险品的单子占赢单收入的比重")
def hazardous(raw: Raw) -> Figure:
    """Won revenue of deals with HazCargo of all."""
    return Figure(income(row for row in won(raw) if row["HazCargo"] == "Y") / income(won(raw)))


@QUESTIONS.asks("谈判中、预估收入超过10万美元的单子有哪些？", "List the deals in negotiation with an estimated revenue above 100k")
def big_talks(raw: Raw) -> Listed:
    """In NEG, above 100,000."""
    return listed((row for row in deals(raw) if row["deal_sts"] == "NEG" and money(row, "rev_est") > 100_000), "Deal Title")


@QUESTIONS.asks("How many open deals are past their expected close date?", "预计成交日已经过了但还没定的单子有几个")
def overdue(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum(iso(row["dt_exp_close"]) < TODAY.isoformat() for row in still_open(raw)))


@QUESTIONS.asks("下个月预计能成交的还在谈的单子有多少个，金额多少", "open deals expected to close next month: how many, and worth how much?")
def due_next_month(raw: Raw) -> Each:
    """Open, expected in November 2025."""
    rows = [row for row in still_open(raw) if iso(row["dt_exp_close"])[:7] == "2025-11"]
    return Each((Figure(len(rows)), Figure(estimate(rows))))


@QUESTIONS.asks("实际报价日期晚于应报价日期的单子一共有多少？", "in how many deals was the quote sent later than it was due?")
def quoted_late(raw: Raw) -> Figure:
    """Quoted after dt_quote_due."""
    return Figure(sum(iso(row["dt_quoted"]) > iso(row["dt_quote_due"]) for row in deals(raw)))


@QUESTIONS.asks("on average how many days from opening a deal to sending the quote", "从立单到报价平均要几天？")
def days_to_quote(raw: Raw) -> Figure:
    """Days from dt_opened to dt_quoted."""
    return Figure(average(days(row, "dt_opened", "dt_quoted") for row in deals(raw)))


@QUESTIONS.asks("How long does a won deal take from opened to closed on average, and a lost one?")
def cycles(raw: Raw) -> AnyOf:
    """Mean days from dt_opened to dt_closed of won and of lost deals."""
    found = [average(days(row, "dt_opened", "dt_closed") for row in rows) for rows in (won(raw), lost(raw))]
    each = Each((Figure(found[0]), Figure(found[1])))
    return AnyOf((each, Compared({"Won": found[0], "Lost": found[1]}), Compared({"WON": found[0], "LST": found[1]})))


@QUESTIONS.asks("有史以来最大的一单是哪个？", "biggest deal we ever won")
def biggest_deal(raw: Raw) -> Ranked:
    """Won deals by actual revenue."""
    return Ranked({row["Deal Title"]: money(row, "rev_actual") for row in won(raw)})


@QUESTIONS.asks("the second-largest win of this year, which one was it?", "今年第二大的赢单是哪一单")
def second_deal(raw: Raw) -> Ranked:
    """Deals won in 2025 by actual revenue, the second."""
    return Ranked({row["Deal Title"]: money(row, "rev_actual") for row in won(raw, "2025-01-01")}, place=2)


@QUESTIONS.asks("What's the probability-weighted pipeline?", "按成交概率加权后的管道金额")
def weighted(raw: Raw) -> Figure:
    """Estimated revenue times prob_pct of open deals."""
    return Figure(sum((money(row, "rev_est") * money(row, "prob_pct") / 100 for row in still_open(raw)), Decimal(0)))


@QUESTIONS.asks("管道金额最大的三位销售，他们各自的胜率是多少？", "Win rate of the three reps holding the largest open pipeline")
def rates_of_largest(raw: Raw) -> Groups:
    """Win rates over everything, of the three owners with most open value."""
    held = per(still_open(raw), "rep", estimate)
    first = sorted(held, key=lambda name: -held[name])[:3]
    return Groups(per((row for row in deals(raw) if row["rep"] in first), "rep", rate))


@QUESTIONS.asks("how many won deals came in below their estimate (rev_actual under rev_est)?", "实际收入低于预估收入的赢单有多少")
def below_estimate(raw: Raw) -> Figure:
    """Won with less than estimated."""
    return Figure(sum(money(row, "rev_actual") < money(row, "rev_est") for row in won(raw) if row["rev_est"]))


@QUESTIONS.asks("按分公司和是否投标交叉统计赢单收入", "won revenue by branch and by tender Y/N")
def branch_and_tender(raw: Raw) -> Groups:
    """Won revenue by branch and Tender."""
    return Groups(per_both(won(raw), "Branch", "Tender", income))


@QUESTIONS.asks("D23-0211 closed when, and for how much actual revenue?", "D23-0211 这单哪天关的，实际收入多少？")
def one_deal(raw: Raw) -> Each:
    """Closing date and actual revenue of one deal."""
    row = next(row for row in deals(raw) if row["DealRef"] == "D23-0211")
    return Each((Figure(on(row["dt_closed"])), Figure(money(row, "rev_actual"))))


@QUESTIONS.asks("哪条航线的赢单收入最高", "Which lane has earned us the most won revenue?")
def best_lane(raw: Raw) -> Ranked:
    """Won revenue by lane."""
    return Ranked(per(won(raw), "Lane", income))


@QUESTIONS.asks("列一下Ningbo-Felixstowe这条线上还没定的单子", "undecided deals on the Ningbo-Felixstowe lane")
def open_on_lane(raw: Raw) -> Listed:
    """Open deals of one lane."""
    return listed((row for row in still_open(raw) if row["Lane"] == "Ningbo-Felixstowe"), "Deal Title")


@QUESTIONS.asks("深圳鹏程服饰一共给我们带来多少赢单收入？", "Total revenue won with 深圳鹏程服饰有限公司 to date?")
def one_customer(raw: Raw) -> Figure:
    """Won revenue of one customer."""
    return Figure(income(row for row in won(raw) if row["Cust Name"] == "深圳鹏程服饰有限公司"))


@QUESTIONS.asks("our five biggest customers?", "最大的五个客户是谁")
def biggest_customers(raw: Raw) -> Ranked:
    """Won revenue by customer."""
    return Ranked(per(won(raw), "Cust Name", income), top=5)


@QUESTIONS.asks("重点客户（KeyAcct）贡献了多少比例的赢单收入？", "what part of all won revenue is from key accounts")
def share_of_key(raw: Raw) -> Figure:
    """Won revenue of key accounts of all."""
    return Figure(income(row for row in won(raw) if row["KeyAcct"] == "Y") / income(won(raw)))


@QUESTIONS.asks("how many lost deals have no competitor noted?", "丢单里没填竞争对手的有几条")
def no_rival(raw: Raw) -> Figure:
    """Lost without Competitor."""
    return Figure(sum(not row["Competitor"] for row in lost(raw)))


@QUESTIONS.asks("2024年赢的单里，实际收入在5万到10万美元之间的有多少？", "Deals won in 2024 with actual revenue between 50k and 100k — how many?")
def in_range(raw: Raw) -> Figure:
    """Won in 2024, from 50,000 to 100,000."""
    return Figure(sum(50_000 <= money(row, "rev_actual") <= 100_000 for row in won(raw, "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("合同期不少于24个月的赢单有几个？", "won deals with a contract of at least 24 months")
def long_contracts(raw: Raw) -> AnyOf:
    """Won with contract_mths of 24 or more."""
    rows = [row for row in won(raw) if money(row, "contract_mths") >= 24]
    return AnyOf((Figure(len(rows)), listed(rows, "Deal Title")))


@QUESTIONS.asks("how many deals are on hold and what are they worth?", "搁置的单子有几个、值多少钱")
def on_hold(raw: Raw) -> Each:
    """In HLD: count and estimated revenue."""
    rows = [row for row in deals(raw) if row["deal_sts"] == "HLD"]
    return Each((Figure(len(rows)), Figure(estimate(rows))))


@QUESTIONS.asks("这个月新开了几单，赢了几单，又丢了几单？", "This month: deals opened, deals won, deals lost?")
def this_month(raw: Raw) -> Each:
    """Opened, won and lost in October 2025."""
    opened = sum(iso(row["dt_opened"])[:7] == "2025-10" for row in deals(raw))
    return Each((Figure(opened), Figure(len(won(raw, "2025-10-01"))), Figure(len(lost(raw, "2025-10-01")))))


@QUESTIONS.asks("Did Wang Fang win anything in February?", "Wang Fang 今年二月份有赢单吗")
def wang_february(raw: Raw) -> YesNo:
    """Deals that Wang Fang won in February 2025."""
    found = sum(row["rep"] == "Wang Fang" for row in won(raw, "2025-02-01", "2025-02-28"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("已经离职的 Deng Kai 名下还挂着几个没结束的单子？", "open deals still sitting under Deng Kai, count")
def deng_open(raw: Raw) -> Figure:
    """Open deals of E155."""
    return Figure(sum(row["acct_mgr"] == "E155" for row in still_open(raw)))


@QUESTIONS.asks("What did James Porter of the Rotterdam branch win in 2025, in revenue?", "E121今年赢单收入多少")
def porter_rotterdam(raw: Raw) -> Figure:
    """E121, won revenue in 2025."""
    return Figure(income(row for row in won(raw, "2025-01-01") if row["acct_mgr"] == "E121"))


@QUESTIONS.asks("不是投标、也不涉及危险品的在谈单子有多少？", "open deals that are neither a tender nor hazardous, how many")
def neither(raw: Raw) -> Figure:
    """Open, Tender N and HazCargo N."""
    return Figure(sum(row["Tender"] == "N" and row["HazCargo"] == "N" for row in still_open(raw)))


@QUESTIONS.asks("今年每个季度的胜率变化", "win rate by quarter, 2025 so far")
def quarter_rates(raw: Raw) -> Groups:
    """Win rate by quarter of closing in 2025."""
    return Groups(per_time((row for row in deals(raw) if iso(row["dt_closed"]) >= "2025-01-01"), "dt_closed", quarter_of, rate))


@QUESTIONS.asks("How many deals were opened last week?", "上周新开了几单")
def opened_last_week(raw: Raw) -> Figure:
    """Opened from Monday 13 to Sunday 19 October 2025."""
    return Figure(sum("2025-10-13" <= iso(row["dt_opened"]) <= "2025-10-19" for row in deals(raw)))


@QUESTIONS.asks("整箱（FCL）和空运（AIR）赢单的平均实际收入，哪个高？", "average won deal, FCL vs AIR")
def two_services(raw: Raw) -> AnyOf:
    """Mean actual revenue of two services."""
    found = per(won(raw), "svc_code", lambda rows: average(column(rows, "rev_actual")))
    return AnyOf((Compared({name: found[name] for name in ("FCL", "AIR")}), Compared({"Full container load": found["FCL"], "Air freight": found["AIR"]})))


@QUESTIONS.asks("哪个行业的客户赢单率最高", "which trade sector do we win best in, by win rate?")
def best_sector(raw: Raw) -> Ranked:
    """Win rate by sector of the customer."""
    return Ranked(per(deals(raw), "TradeSector", rate))


@QUESTIONS.asks("Which deals with Goldpine Toys did we lose?", "Goldpine Toys 那边我们丢过哪些单")
def lost_with_goldpine(raw: Raw) -> Listed:
    """Lost deals of one customer."""
    return listed((row for row in lost(raw) if row["Cust Name"] == "Goldpine Toys Co Ltd"), "Deal Title")


@QUESTIONS.asks("最近一次赢单是哪天", "When did we last win a deal?")
def last_win(raw: Raw) -> Figure:
    """The latest closing date of won deals."""
    return Figure(max(found for row in won(raw) if (found := on(row["dt_closed"]))))
