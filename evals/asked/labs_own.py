"""Questions to the distributor of laboratory instruments about opportunities and contracts; the other files have modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import labs_clients, labs_money, labs_service, labs_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.labs_rows import (
    BUDGET,
    LOST,
    NOW,
    QUESTIONS,
    QUOTES,
    STAFF,
    VOID,
    WON,
    WORTH,
    between,
    budget,
    chances,
    either,
    months,
    per,
    signed,
    still_open,
    value,
    wan,
)
from evals.asked.raw import Raw, day, number, quarter, total
from evals.asked.tallies import average, column, iso

__all__ = ["QUESTIONS", "labs_clients", "labs_money", "labs_service", "labs_talk"]


@QUESTIONS.asks("早，先帮我看下今年截至目前合同额做了多少", "麻烦报下2025年累计签了多少钱的合同")
def value_this_year(raw: Raw) -> Figure:
    """Value of contracts signed in 2025."""
    return Figure(value(signed(raw, "2025-01-01")))


@QUESTIONS.asks("上个月新签合同几份？", "how many contracts did we sign last month")
def count_last_month(raw: Raw) -> Figure:
    """Contracts signed in October 2025."""
    return Figure(len(signed(raw, "2025-10-01", "2025-10-31")))


@QUESTIONS.asks("24年的合同额，仪器、试剂耗材、维保服务三块各占多少钱", "合同类型 split of contract value, FY2024")
def types_2024(raw: Raw) -> Groups:
    """Value of 2024 by kind of contract."""
    return Groups(per(signed(raw, "2024-01-01", "2024-12-31"), "合同类型", value))


@QUESTIONS.asks("咱整体中标率高不高，是多少来着", "Overall, what's our hit rate on opportunities?")
def hit_rate(raw: Raw) -> AnyOf:
    """Won of closed, over everything."""
    return either(lambda rate: Figure(rate(chances(raw))))


@QUESTIONS.asks("不同采购方式下的赢单率对比", "win rate for each 采购方式, please")
def rate_by_way(raw: Raw) -> AnyOf:
    """Win rate by the way of buying."""
    return either(lambda rate: Groups(per(chances(raw), "采购方式", rate)))


@QUESTIONS.asks("今年签单金额前三名是哪几个销售？", "top 3 sellers ytd (合同额)")
def best_three(raw: Raw) -> Ranked:
    """Value of 2025 by person."""
    return Ranked(per(signed(raw, "2025-01-01"), "员工", value), top=3)


@QUESTIONS.asks("去年业绩榜上的老二是谁，按合同额算", "who came in second in 2024, going by contract value?")
def second_2024(raw: Raw) -> Ranked:
    """Value of 2024 by person, the second."""
    return Ranked(per(signed(raw, "2024-01-01", "2024-12-31"), "员工", value), place=2)


def _reached(raw: Raw) -> dict[Label, Decimal]:
    held = per(signed(raw, "2025-01-01"), "员工", value)
    people = [row for row in raw[STAFF] if row["2025年任务(万元)"]]
    return {row["姓名"]: Decimal(held.get(row["姓名"], 0)) / ((number(row["2025年任务(万元)"]) or Decimal(1)) * 10_000) for row in people}


@QUESTIONS.asks("今年任务完成率谁最高？（合同额÷2025年任务）", "Who's furthest along on their 2025 target, going by contract value signed?")
def target_best(raw: Raw) -> Ranked:
    """Contract value of 2025 over the target, by person."""
    return Ranked(_reached(raw))


@QUESTIONS.asks("岳鹏飞今年任务完成了百分之几，按签的合同额算")
def target_yue(raw: Raw) -> Figure:
    """Contract value of 2025 over the target, of one person."""
    return Figure(_reached(raw)["岳鹏飞"])


@QUESTIONS.asks("华东在今年合同总额里占几成？", "What portion of this year's contract value is 华东?")
def share_east(raw: Raw) -> Figure:
    """Value of 2025 in one area of all."""
    rows = signed(raw, "2025-01-01")
    return Figure(value(row for row in rows if row["大区"] == "华东") / value(rows))


@QUESTIONS.asks("今年到今天为止的合同额，比去年同期涨了还是跌了，幅度多少", "YTD contract value vs same period last year, % change")
def growth(raw: Raw) -> AnyOf:
    """Value of 2025 to date over that of 2024 to the same day, less one."""
    now = value(signed(raw, "2025-01-01"))
    before = [value(signed(raw, "2024-01-01", last)) for last in ("2024-11-17", "2024-11-16")]
    return AnyOf(tuple(Figure(now / held - 1) for held in before))


@QUESTIONS.asks("3月份以来每个月签了几份合同？", "contracts signed per month since March")
def monthly(raw: Raw) -> Groups:
    """Contracts since March 2025 by month."""
    return Groups(per(months(signed(raw, "2025-03-01"), "签订日期"), "月", len))


@QUESTIONS.asks("2024年四个季度的合同额分别是多少", "quarterly contract value for 2024")
def quarters(raw: Raw) -> Groups:
    """Value of 2024 by quarter."""
    rows = [{**row, "季": quarter(row["签订日期"])} for row in signed(raw, "2024-01-01", "2024-12-31")]
    return Groups(per(rows, "季", value))


@QUESTIONS.asks("手上还在推进的商机一共几个，预算总盘子多大？", "Open opportunities: count and total budget")
def pipeline(raw: Raw) -> AnyOf:
    """Count and budget of open opportunities."""
    rows = still_open(raw)
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, BUDGET) * by))))


@QUESTIONS.asks("未结案机会按当前阶段分布", "在推的机会里，需求摸底、参数论证、挂网招标、商务谈判各多少个")
def stages(raw: Raw) -> Groups:
    """Open opportunities by stage."""
    return Groups(per(still_open(raw), "当前阶段", len))


@QUESTIONS.asks("预计定标日已经过了、可还没结案的机会有几个？", "how many open opportunities have slipped past their 预计定标日")
def slipped(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum("" < iso(row["预计定标日"]) < NOW for row in still_open(raw)))


@QUESTIONS.asks("下个月预计定标的未结案机会有哪些", "Which open opportunities are due to be decided in December?")
def next_month(raw: Raw) -> Listed:
    """Open, expected in December 2025."""
    rows = [row for row in still_open(raw) if iso(row["预计定标日"]).startswith("2025-12")]
    return Listed(frozenset(row["机会名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("历史上单笔金额最大的合同是哪一份？给合同号")
def biggest(raw: Raw) -> Ranked:
    """Contracts by value."""
    return Ranked({row["合同号"]: number(row[WORTH]) or Decimal(0) for row in signed(raw)})


@QUESTIONS.asks("今年丢的单，按丢单原因数一数", "Count this year's lost opportunities by reason")
def lost_why(raw: Raw) -> Groups:
    """Lost in 2025 by reason."""
    return Groups(per((row for row in chances(raw) if row["当前阶段"] == LOST and iso(row["结案日"]) >= "2025-01-01"), "丢单原因", len))


@QUESTIONS.asks("跟哪个对手碰的时候我们赢单率最差？", "Which 主要对手 do we struggle against most, by win rate?")
def hardest(raw: Raw) -> AnyOf:
    """Win rate by rival, lowest first."""
    return either(lambda rate: Ranked(per(chances(raw), "主要对手", rate), lowest=True))


@QUESTIONS.asks("要论中标率，五条产品线里哪条最能打？", "product line with the best win rate?")
def best_line(raw: Raw) -> AnyOf:
    """Win rate by product line."""
    return either(lambda rate: Ranked(per(chances(raw), "产品线", rate)))


@QUESTIONS.asks("HB2405-148这份合同什么时候验收的，谁签的？", "contract HB2405-148: acceptance date and who signed it")
def one_contract(raw: Raw) -> Each:
    """Day of acceptance and person of one contract."""
    row = next(row for row in signed(raw) if row["合同号"] == "HB2405-148")
    return Each((Figure(day(row["验收日期"])), Figure(row["员工"])))


@QUESTIONS.asks("SJ250382现在啥状态", "What stage is SJ250382 at?")
def one_chance(raw: Raw) -> Figure:
    """Stage of one opportunity."""
    return Figure(next(row["当前阶段"] for row in chances(raw) if row["机会编号"] == "SJ250382"))


@QUESTIONS.asks("成交的机会从立项到结案平均花几天？", "average number of days from 立项 to 结案 on won deals")
def cycle(raw: Raw) -> Figure:
    """Days from beginning to close of won opportunities."""
    return Figure(average(between(row, "立项日", "结案日") for row in chances(raw) if row["当前阶段"] == WON))


@QUESTIONS.asks("已到货的合同里，晚于约定到货日才到的比例是多少", "Of contracts already delivered, what share arrived later than promised?")
def late_share(raw: Raw) -> Figure:
    """Delivered after the promised day, of the delivered."""
    rows = [late for row in signed(raw) if (late := between(row, "约定到货日", "实际到货日")) is not None]
    return Figure(Decimal(sum(late > 0 for late in rows)) / len(rows))


@QUESTIONS.asks("仪器合同从签订到验收，平均周期多长？", "for 仪器 contracts, how long from signing to 验收 on average?")
def to_acceptance(raw: Raw) -> Figure:
    """Days from signing to acceptance of contracts for instruments."""
    return Figure(average(between(row, "签订日期", "验收日期") for row in signed(raw) if row["合同类型"] == "仪器"))


@QUESTIONS.asks("货到了还没验收的合同有哪些？列合同号", "List the contract numbers in 到货待验收")
def waiting(raw: Raw) -> Listed:
    """Delivered and not accepted."""
    rows = [row for row in signed(raw) if row["履约状态"] == "到货待验收"]
    return Listed(frozenset(row["合同号"] for row in rows), count=len(rows))


@QUESTIONS.asks("过了约定到货日货还没到的合同，有吗？几份？", "Are there contracts past the promised delivery date with nothing delivered yet?")
def undelivered(raw: Raw) -> YesNo:
    """Promised before today, not delivered."""
    found = sum("" < row["约定到货日"] < NOW and not row["实际到货日"] for row in signed(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("商务谈判阶段却一份报价单都没出过的机会", "opportunities in 商务谈判 without a single quotation")
def unquoted(raw: Raw) -> Listed:
    """In negotiation without a quotation."""
    held = {row["机会编号"] for row in raw[QUOTES]}
    rows = [row for row in chances(raw) if row["当前阶段"] == "商务谈判" and row["机会编号"] not in held]
    return Listed(frozenset(row["机会名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("今年合同额按大区和合同类型交叉看一下", "2025 contract value, 大区 by 合同类型")
def crossed(raw: Raw) -> Groups:
    """Value of 2025 by area and kind."""
    found: dict[Label, Decimal] = {}
    for row in signed(raw, "2025-01-01"):
        key = (row["大区"], row["合同类型"])
        found[key] = found.get(key, Decimal(0)) + (number(row[WORTH]) or 0)
    return Groups(found)


@QUESTIONS.asks(
    "去年签过合同、今年一份都没签的客户有多少家？", "I'm worried about churn: customers with a contract in 2024 and none so far in 2025, how many are there?"
)
def gone(raw: Raw) -> Figure:
    """Customers with contracts of 2024 and none of 2025."""
    before, now = ({row["客户编码"] for row in signed(raw, f"{year}-01-01", f"{year}-12-31")} for year in (2024, 2025))
    return Figure(len(before - now))


@QUESTIONS.asks("高校和医院的仪器合同，平均单份金额各是多少", "average value of a 仪器 contract, 高校 vs 医院")
def averages(raw: Raw) -> Compared:
    """Mean value of contracts for instruments of two kinds of customers."""
    found = per((row for row in signed(raw) if row["合同类型"] == "仪器"), "客户类型", lambda rows: average(column(rows, WORTH)))
    return Compared({name: found[name] for name in ("高校", "医院")})


@QUESTIONS.asks("成交的机会里哪个品牌卖出的台套数最多？", "Which brand leads by 台套数 on won opportunities?")
def best_brand(raw: Raw) -> Ranked:
    """Pieces of won opportunities by brand."""
    return Ranked(per((row for row in chances(raw) if row["当前阶段"] == WON), "品牌", lambda rows: total(rows, "台套数")))


@QUESTIONS.asks("预算200万以上、还没结案的大机会都有哪些？", "anything still open above 2 million yuan budget? list them")
def large_open(raw: Raw) -> Listed:
    """Open, above 2,000,000 yuan."""
    rows = [row for row in still_open(raw) if budget(row) > 200]
    return Listed(frozenset(row["机会名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("质保期给到36个月的合同有几份，合同额共计？", "contracts with a 36-month warranty: how many, worth how much in total")
def long_warranty(raw: Raw) -> Each:
    """Count and value of contracts with three years."""
    rows = [row for row in signed(raw) if row["质保期(月)"] == "36"]
    return Each((Figure(len(rows)), Figure(value(rows))))


@QUESTIONS.asks("邢志明这个季度开单了吗？")
def xing_quarter(raw: Raw) -> YesNo:
    """Contracts of one person since October 2025."""
    found = sum(row["员工"] == "邢志明" for row in signed(raw, "2025-10-01"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("废标的一共几个？", "how many tenders were declared void (废标)?")
def void_count(raw: Raw) -> Figure:
    """Void tenders."""
    return Figure(sum(row["当前阶段"] == VOID for row in chances(raw)))


@QUESTIONS.asks("不算维保服务，今年一共签了多少合同额", "2025 contract value excluding 维保服务")
def without_service(raw: Raw) -> Figure:
    """Value of 2025 of what isn't service."""
    return Figure(value(row for row in signed(raw, "2025-01-01") if row["合同类型"] != "维保服务"))


@QUESTIONS.asks("聂小川走了，他手里是不是还有没结案的机会？", "Does 聂小川 still have open opportunities under his name?")
def nie_open(raw: Raw) -> YesNo:
    """Open opportunities of a person who has left."""
    found = sum(row["员工"] == "聂小川" for row in still_open(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("第三季度新立项多少个机会？", "number of opportunities opened (立项) in Q3 this year")
def begun(raw: Raw) -> Figure:
    """Opportunities begun from July to September 2025."""
    return Figure(sum("2025-07-01" <= iso(row["立项日"]) <= "2025-09-30" for row in chances(raw)))


@QUESTIONS.asks("未结案预算最大的两位销售，他们各自的赢单率是多少", "win rates of the two reps with the biggest open budget")
def rates_of_largest(raw: Raw) -> AnyOf:
    """Win rates over everything of the two people with most open budget."""
    held = per(still_open(raw), "员工", lambda rows: total(rows, BUDGET))
    first = sorted(held, key=lambda name: -held[name])[:2]
    return either(lambda rate: Groups(per((row for row in chances(raw) if row["员工"] in first), "员工", rate)))


@QUESTIONS.asks("今年签了三份及以上合同的客户有多少家？", "customers who signed at least three contracts with us this year — how many")
def loyal(raw: Raw) -> Figure:
    """Customers with three contracts or more in 2025."""
    return Figure(sum(held >= 3 for held in per(signed(raw, "2025-01-01"), "客户编码", len).values()))


@QUESTIONS.asks("邢志明入职到现在的赢单率怎么样", "邢志明's win rate so far?")
def xing_rate(raw: Raw) -> AnyOf:
    """Win rate of one person."""
    return either(lambda rate: Figure(rate([row for row in chances(raw) if row["员工"] == "邢志明"])))
