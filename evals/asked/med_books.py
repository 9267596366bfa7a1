"""Questions to the distributor of medical equipment about its tenders and contracts."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, Worth, YesNo
from evals.asked.med_rows import NOW, QUESTIONS, average, contracts, either, in_span, iso, later, middle, per, tenders, times, won, worth
from evals.asked.raw import Raw, Row, day, number, quarter, total
from evals.asked.tallies import column, days

SIGNED, ARRIVED = "签约金额(元)", "累计到款(元)"


def numbered(rows: list[Row], name: str) -> Listed:
    """Records by number."""
    return Listed(frozenset(row[name] for row in rows), count=len(rows))


@QUESTIONS.asks("2025年开标的标段一共多少个？", "tender openings in 2025, count", "How many tenders (标段) were opened in 2025?")
def opened_2025(raw: Raw) -> Figure:
    """Tenders opened in 2025."""
    return Figure(len(in_span(raw["投标登记"], "开标日", "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("咱们投标的中标率是多少？", "what fraction of our tenders ended in 中标?")
def tender_rate(raw: Raw) -> AnyOf:
    """Tenders won of those won or lost; of all decided; or of all."""
    counts = per(raw["投标登记"], "投标结果", len)
    good, bad, void = (Decimal(counts[name]) for name in ("中标", "落标", "流标"))
    return AnyOf(tuple(Figure(good / whole) for whole in (good + bad, good + bad + void, Decimal(len(raw["投标登记"])))))


@QUESTIONS.asks("通过哪家代理机构中标次数最多？", "which 代理机构 have we won the most tenders through?")
def best_agent(raw: Raw) -> Ranked:
    """Won tenders by agent."""
    return Ranked(per((row for row in raw["投标登记"] if row["投标结果"] == "中标"), "代理机构", len))


@QUESTIONS.asks("流标的有几次", "How many tenders failed (流标)?")
def failed(raw: Raw) -> Figure:
    """Tenders with too few bidders."""
    return Figure(sum(row["投标结果"] == "流标" for row in raw["投标登记"]))


@QUESTIONS.asks("一个标平均有几家来投？", "average number of bidders per tender")
def bidders(raw: Raw) -> Figure:
    """Mean number of bidders, where there is one."""
    return Figure(average(column(raw["投标登记"], "投标家数")))


@QUESTIONS.asks("本月还有哪些标要开？", "Which tenders are still to be opened this month?")
def to_come(raw: Raw) -> Listed:
    """Waiting, to be opened until the end of April 2026."""
    return numbered([row for row in in_span(raw["投标登记"], "开标日", NOW, "2026-04-30") if row["投标结果"] == "待开标"], "标段号")


@QUESTIONS.asks("已经开过标、保证金还没退回来的有几笔，一共压了多少钱？", "tenders already opened: how many deposits are still out, and how much money is it?")
def deposits(raw: Raw) -> Each:
    """Opened before today, without a day of return."""
    rows = [row for row in raw["投标登记"] if iso(row["开标日"]) < NOW and not row["保证金退回日"]]
    return Each((Figure(len(rows)), Figure(total(rows, "保证金(元)"))))


@QUESTIONS.asks("有质疑的标段多少个？", "number of tenders with an objection (有无质疑 = 有)")
def objections(raw: Raw) -> Figure:
    """Tenders with an objection."""
    return Figure(sum(row["有无质疑"] == "有" for row in raw["投标登记"]))


@QUESTIONS.asks("中标的标段，投标价平均是最高限价的百分之多少", "in tenders we won, our bid as a share of the ceiling price, on average")
def of_ceiling(raw: Raw) -> AnyOf:
    """Bid over ceiling in won tenders: mean of the tenders, or of the sums."""
    rows = [row for row in raw["投标登记"] if row["投标结果"] == "中标"]
    bid, top = "投标价(万元)", "最高限价(万元)"
    return AnyOf((Figure(average(worth(row, bid) / worth(row, top) for row in rows)), Figure(total(rows, bid) / total(rows, top))))


@QUESTIONS.asks("我司得第二名的标有几个？", "How often did we finish second in a tender?")
def seconds(raw: Raw) -> Figure:
    """Rank 2."""
    return Figure(sum(row["我司名次"] == "2" for row in raw["投标登记"]))


@QUESTIONS.asks("落标的标段里综合得分最高的是哪个", "Which lost tender (落标) had our highest score?")
def best_of_lost(raw: Raw) -> Ranked:
    """Lost tenders by score."""
    return Ranked({row["标段号"]: worth(row, "综合得分") for row in raw["投标登记"] if row["投标结果"] == "落标"})


@QUESTIONS.asks("保证金从开标到退回平均要等多少天？", "How many days does it take on average from 开标 to getting the deposit back?")
def waiting(raw: Raw) -> Figure:
    """Days from opening to return."""
    return Figure(average(days(row, "开标日", "保证金退回日") for row in raw["投标登记"]))


@QUESTIONS.asks("标段ZB25-120的投标结果和得分？", "ZB25-120: result and score?")
def one_tender(raw: Raw) -> Each:
    """Two fields of one tender."""
    row = raw.by("投标登记", "标段号")["ZB25-120"]
    return Each((Figure(row["投标结果"]), Figure(number(row["综合得分"]))))


@QUESTIONS.asks("2025年各片区分别中了几个标（按开标日）？", "tenders won in 2025 for each 片区, by opening date")
def won_by_area(raw: Raw) -> Groups:
    """Tenders won in 2025 by area."""
    return Groups(per((row for row in in_span(tenders(raw), "开标日", "2025-01-01", "2025-12-31") if row["投标结果"] == "中标"), "片区", len))


@QUESTIONS.asks("average score of won tenders versus lost ones", "中标和落标的综合得分均值各多少")
def scores(raw: Raw) -> Compared:
    """Mean score by result."""
    rows = [row for row in raw["投标登记"] if row["综合得分"]]
    return Compared(per(rows, "投标结果", lambda held: average(column(held, "综合得分"))))


@QUESTIONS.asks("2025年签了多少份合同，签约金额合计多少？", "How many contracts did we sign in 2025 and what's the total signed amount?")
def signed_2025(raw: Raw) -> Each:
    """Count and amount of contracts signed in 2025."""
    rows = in_span(raw["合同清单"], "签约日", "2025-01-01", "2025-12-31")
    return Each((Figure(len(rows)), Figure(total(rows, SIGNED))))


@QUESTIONS.asks("按季度看2025年的签约额", "signed contract value by quarter, 2025")
def signed_quarters(raw: Raw) -> Groups:
    """Signed amount of 2025 by quarter."""
    rows = [{**row, "季": quarter(row["签约日"])} for row in in_span(raw["合同清单"], "签约日", "2025-01-01", "2025-12-31")]
    return Groups(per(rows, "季", lambda held: total(held, SIGNED)))


@QUESTIONS.asks("合同还有多少钱没到款？", "contract receivables: signed minus received so far", "How much contract money is still outstanding?")
def outstanding(raw: Raw) -> AnyOf:
    """Signed less arrived: of all contracts, or without those that were ended."""
    every = raw["合同清单"]
    going = [row for row in every if row["履约状态"] != "已终止"]
    return AnyOf(tuple(Figure(total(rows, SIGNED) - total(rows, ARRIVED)) for rows in (every, going)))


@QUESTIONS.asks("整体回款率（累计到款除以签约金额）是多少", "collection rate, i.e. 累计到款 / 签约金额, over all contracts")
def collected(raw: Raw) -> Figure:
    """Arrived of signed."""
    return Figure(total(raw["合同清单"], ARRIVED) / total(raw["合同清单"], SIGNED))


@QUESTIONS.asks("实际到货比约定晚的合同有几份？", "How many contracts were delivered later than agreed?")
def late(raw: Raw) -> Figure:
    """Arrival after the agreed day."""
    return Figure(sum(later(row, "约定到货日", "实际到货日") for row in raw["合同清单"]))


@QUESTIONS.asks("已到货的合同当中，按时到货的占多大比例？", "share of delivered contracts that arrived on time")
def on_time(raw: Raw) -> Figure:
    """Not later than agreed, of those that arrived."""
    rows = [row for row in raw["合同清单"] if row["实际到货日"]]
    return Figure(Decimal(sum(not later(row, "约定到货日", "实际到货日") for row in rows)) / len(rows))


@QUESTIONS.asks("从到货到验收平均几天", "mean days between actual arrival and acceptance (验收)")
def to_acceptance(raw: Raw) -> Figure:
    """Days from arrival to acceptance."""
    return Figure(average(days(row, "实际到货日", "验收日") for row in raw["合同清单"]))


@QUESTIONS.asks("到货了但还没验收的合同有多少份？", "contracts that arrived but aren't accepted yet, count please")
def unaccepted(raw: Raw) -> Figure:
    """Arrived, without a day of acceptance."""
    return Figure(sum(bool(row["实际到货日"]) and not row["验收日"] for row in raw["合同清单"]))


@QUESTIONS.asks("已终止的合同有哪些", "Which contracts were terminated (已终止)?")
def ended(raw: Raw) -> Listed:
    """Ended contracts."""
    return numbered([row for row in raw["合同清单"] if row["履约状态"] == "已终止"], "合同编号")


@QUESTIONS.asks("各种付款条件的合同份数", "number of contracts for each 付款条件")
def terms(raw: Raw) -> Groups:
    """Contracts by terms of payment."""
    return Groups(per(raw["合同清单"], "付款条件", len))


@QUESTIONS.asks("签约金额最高的前三家医院", "top three hospitals by signed contract amount")
def best_signers(raw: Raw) -> Ranked:
    """Signed amount by hospital."""
    return Ranked(per(contracts(raw), "医院名称", lambda rows: total(rows, SIGNED)), top=3)


@QUESTIONS.asks("有没有约定到货日已过、货还没到的合同（不算已终止的）？", "Any running contracts past the agreed delivery date with nothing delivered yet?")
def undelivered(raw: Raw) -> YesNo:
    """Due before today, not arrived, not ended."""
    found = sum(iso(row["约定到货日"]) < NOW and not row["实际到货日"] and row["履约状态"] != "已终止" for row in raw["合同清单"])
    return YesNo(found > 0, found)


@QUESTIONS.asks("维保金额占签约总额的比例", "what portion of signed value is maintenance (其中维保)?")
def care_share(raw: Raw) -> Figure:
    """Maintenance of signed."""
    return Figure(total(raw["合同清单"], "其中维保(元)") / total(raw["合同清单"], SIGNED))


@QUESTIONS.asks("已成交但还没签合同的商机有几个？", "How many won deals have no contract yet?")
def unsigned(raw: Raw) -> Figure:
    """Won deals without a contract."""
    known = {row["商机号"] for row in raw["合同清单"]}
    return Figure(sum(row["商机号"] not in known for row in won(raw)))


@QUESTIONS.asks("商机结束到合同签约，中间平均隔几天？", "How many days usually pass from deal close to contract signing, on average?")
def to_signing(raw: Raw) -> Figure:
    """Days from the close of the deal to the contract."""
    return Figure(average(days(row, "结束日", "签约日") for row in contracts(raw)))


@QUESTIONS.asks("质保36个月的合同有几份", "how many contracts carry a 36-month warranty")
def three_years(raw: Raw) -> Figure:
    """Contracts with a warranty of three years."""
    return Figure(sum(row["质保(月)"] == "36" for row in raw["合同清单"]))


@QUESTIONS.asks("签约金额中位数", "Median signed amount per contract?")
def middle_contract(raw: Raw) -> Figure:
    """Median of the signed amount."""
    return Figure(middle(column(raw["合同清单"], SIGNED)))


@QUESTIONS.asks(
    "签约价比批复预算总共省了多少（只算有批复预算的合同）？",
    "total saved: approved budget minus signed amount, for contracts that have a budget",
)
def saved(raw: Raw) -> Figure:
    """Budget less signed, where there is a budget."""
    rows = [row for row in raw["合同清单"] if row["批复预算(元)"]]
    return Figure(total(rows, "批复预算(元)") - total(rows, SIGNED))


@QUESTIONS.asks("签约金额超过报价总额的合同有几份？", "any contracts signed above the quoted total? how many")
def above_quote(raw: Raw) -> Figure:
    """Signed above quoted."""
    return Figure(sum(worth(row, SIGNED) > worth(row, "报价总额(元)") for row in raw["合同清单"]))


@QUESTIONS.asks("HT2025-0120是跟哪家医院签的，签了多少钱？", "Which hospital is contract HT2025-0120 with, and for how much?")
def one_contract(raw: Raw) -> Each:
    """Hospital and amount of one contract."""
    row = next(row for row in contracts(raw) if row["合同编号"] == "HT2025-0120")
    return Each((Figure(row["医院名称"]), Figure(number(row[SIGNED]))))


@QUESTIONS.asks("合同HT2024-0050哪天验收的", "acceptance date of HT2024-0050")
def accepted_on(raw: Raw) -> Figure:
    """One day of one contract."""
    return Figure(day(raw.by("合同清单", "合同编号")["HT2024-0050"]["验收日"]))


@QUESTIONS.asks("三甲医院合同平均签约额和二甲比差多少？各是多少", "average contract size: 三甲 vs 二甲 hospitals")
def by_level(raw: Raw) -> Compared:
    """Mean signed amount of two levels."""
    found = per(contracts(raw), "等级", lambda rows: average(column(rows, SIGNED)))
    return Compared({name: found[name] for name in ("三甲", "二甲")})


@QUESTIONS.asks("哪个业务员名下合同没到款的金额最多", "Whose contracts have the largest unpaid balance?")
def debts_by_rep(raw: Raw) -> AnyOf:
    """Signed less arrived by owner, of all contracts or without the ended ones."""
    every = contracts(raw)
    going = [row for row in every if row["履约状态"] != "已终止"]
    return AnyOf(tuple(Ranked(per(rows, "跟单人", lambda held: total(held, SIGNED) - total(held, ARRIVED))) for rows in (every, going)))


@QUESTIONS.asks("今年签的合同里，分期12个月的有几份？", "Of this year's contracts, how many are on 分期12个月 terms?")
def instalments(raw: Raw) -> Figure:
    """Signed in 2026 with payment over twelve months."""
    return Figure(sum(row["付款条件"] == "分期12个月" for row in in_span(raw["合同清单"], "签约日", "2026-01-01", NOW)))


@QUESTIONS.asks("average bid (投标价) in 2025 tenders by result: won vs lost")
def bids(raw: Raw) -> AnyOf:
    """Mean bid of won and lost tenders opened in 2025."""
    rows = [row for row in in_span(raw["投标登记"], "开标日", "2025-01-01", "2025-12-31") if row["投标结果"] in ("中标", "落标")]
    values: dict[Label, Worth] = per(rows, "投标结果", lambda held: average(column(held, "投标价(万元)")))
    return either(lambda k: Compared(times(values, k)))
