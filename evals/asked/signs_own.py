"""Questions to the maker of packaging machines about its projects and contracts; those about its other files lie in modules of their own."""

from __future__ import annotations

from evals.asked import signs_customers, signs_money, signs_service, signs_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, day, month, quarter, total
from evals.asked.signs_rows import (
    GUESS,
    LOST,
    NOW,
    QUESTIONS,
    VALUE,
    WON,
    amount,
    closed,
    deals,
    guess,
    listed,
    pacts,
    per,
    rate,
    rate_of_all,
    still_open,
    value,
)
from evals.asked.tallies import average, column, days, iso, middle, times, wan

__all__ = ["QUESTIONS", "signs_customers", "signs_money", "signs_service", "signs_talk"]


@QUESTIONS.asks("contracts signed YTD?")
def contracts_this_year(raw: Raw) -> Figure:
    """Contracts signed in 2025."""
    return Figure(len(pacts(raw, "2025-01-01")))


@QUESTIONS.asks("2024全年合同额加起来多少钱")
def value_2024(raw: Raw) -> Figure:
    """Value of contracts of 2024."""
    return Figure(value(pacts(raw, "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("上个月新签合同几份、合计多少？")
def last_month(raw: Raw) -> Each:
    """Contracts of October 2025: count and value."""
    rows = pacts(raw, "2025-10-01", "2025-10-31")
    return Each((Figure(len(rows)), Figure(value(rows))))


@QUESTIONS.asks("今年各办事处的签约总额分别多少？", "2025 contract value split by 办事处 please")
def value_by_office(raw: Raw) -> Groups:
    """Value of contracts of 2025 by office."""
    return Groups(per(pacts(raw, "2025-01-01"), "归属办事处", value))


@QUESTIONS.asks("今年业务员签约额前三名是谁呀", "Top 3 salespeople this year by contract value")
def top_three(raw: Raw) -> Ranked:
    """Value of contracts of 2025 by person."""
    return Ranked(per(pacts(raw, "2025-01-01"), "签约业务员", value), top=3)


@QUESTIONS.asks("who came second in contract value in 2024?")
def runner_up(raw: Raw) -> Ranked:
    """Value of contracts of 2024 by person, the second."""
    return Ranked(per(pacts(raw, "2024-01-01", "2024-12-31"), "签约业务员", value), place=2)


@QUESTIONS.asks("哪种机型给我们带来的合同额最多？", "Which machine type has brought in the most contract money over all the years?")
def best_machine(raw: Raw) -> Ranked:
    """Value of contracts by kind of machine."""
    return Ranked(per(pacts(raw), "机型大类", value))


@QUESTIONS.asks("历史上金额最大的一单合同，合同号是啥？")
def biggest(raw: Raw) -> Ranked:
    """Contracts by value."""
    return Ranked({row["合同号"]: amount(row, VALUE) for row in pacts(raw)})


@QUESTIONS.asks("平均一份合同多少钱？", "average contract size, all time")
def mean_contract(raw: Raw) -> Figure:
    """Mean value of contracts."""
    return Figure(average(column(pacts(raw), VALUE)))


@QUESTIONS.asks("今年每个月的签约额拉个趋势出来")
def by_month(raw: Raw) -> Groups:
    """Value of contracts of 2025 by month."""
    return Groups(per([{**row, "月": month(row["签订日期"])} for row in pacts(raw, "2025-01-01")], "月", value))


@QUESTIONS.asks("Q3 contract value: 2025 against 2024")
def third_quarters(raw: Raw) -> Compared:
    """Value of contracts of the third quarters."""
    return Compared({"2025-Q3": value(pacts(raw, "2025-07-01", "2025-09-30")), "2024-Q3": value(pacts(raw, "2024-07-01", "2024-09-30"))})


@QUESTIONS.asks("2024年四个季度各签几份合同", "number of contracts per quarter in 2024")
def quarters(raw: Raw) -> Groups:
    """Contracts of 2024 by quarter."""
    return Groups(per([{**row, "季": quarter(row["签订日期"])} for row in pacts(raw, "2024-01-01", "2024-12-31")], "季"))


@QUESTIONS.asks("制药行业的合同额占总合同额的百分之几？", "pharma (制药) as a share of total contract value")
def pharma_share(raw: Raw) -> Figure:
    """Value of contracts with pharmaceutical plants of all."""
    return Figure(value(row for row in pacts(raw) if row["所属行业"] == "制药") / value(pacts(raw)))


@QUESTIONS.asks("代理渠道和直销渠道，今年各签了多少金额", "contract value this year: agents (代理) vs direct (直销)")
def channels(raw: Raw) -> Compared:
    """Value of contracts of 2025 by channel."""
    found = per(pacts(raw, "2025-01-01"), "成交渠道", value)
    return Compared({name: found[name] for name in ("代理", "直销")})


@QUESTIONS.asks("Contract HT202507-098: agreed delivery date and who signed it?")
def one_contract(raw: Raw) -> Each:
    """The agreed day of delivery and the person of one contract."""
    row = raw.by("合同台账", "合同号")["HT202507-098"]
    return Each((Figure(day(row["约定交货日"])), Figure(row["签约业务员"])))


@QUESTIONS.asks("过了约定交货日还没发货的合同有哪些？")
def late_now(raw: Raw) -> Listed:
    """Contracts that should have been sent before today."""
    return listed((row for row in pacts(raw) if not row["实际发货日"] and iso(row["约定交货日"]) < NOW), "合同号")


@QUESTIONS.asks("已经发货的合同里，有多大比例是晚于约定日期发的？", "of the contracts already shipped, what percentage left later than agreed?")
def late_rate(raw: Raw) -> Figure:
    """Contracts that were sent after the agreed day, of those sent."""
    sent = [row for row in pacts(raw) if row["实际发货日"]]
    return Figure(sum(iso(row["实际发货日"]) > iso(row["约定交货日"]) for row in sent) / len(sent))


@QUESTIONS.asks("从签合同到实际发货，平均隔多少天", "days from signing to shipment, on average")
def to_shipment(raw: Raw) -> Figure:
    """Mean days from signing to shipment."""
    return Figure(average(days(row, "签订日期", "实际发货日") for row in pacts(raw)))


@QUESTIONS.asks("发货到验收一般要多久？给个中位数", "发货日到验收日天数的中位数是几天")
def to_acceptance(raw: Raw) -> Figure:
    """Median days from shipment to acceptance."""
    return Figure(middle(days(row, "实际发货日", "验收日") for row in pacts(raw)))


@QUESTIONS.asks("how many contracts sit in 生产中 right now")
def in_production(raw: Raw) -> Figure:
    """Contracts in production."""
    return Figure(sum(row["执行状态"] == "生产中" for row in pacts(raw)))


@QUESTIONS.asks("有没有被暂停执行的合同？", "Is any contract on hold (暂停执行)?")
def on_hold(raw: Raw) -> YesNo:
    """Contracts on hold."""
    found = sum(row["执行状态"] == "暂停执行" for row in pacts(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("单份超过300万的合同有多少份", "contracts worth over 3 million yuan — how many?")
def above_three(raw: Raw) -> Figure:
    """Contracts above 3,000,000 yuan."""
    return Figure(sum(amount(row, VALUE) > 3_000_000 for row in pacts(raw)))


@QUESTIONS.asks("手头还没结果的项目有几个？预计能有多少钱？")
def pipeline(raw: Raw) -> AnyOf:
    """Open projects: count and estimate."""
    rows = still_open(raw)
    return wan(lambda by: Each((Figure(len(rows)), Figure(guess(rows) * by))))


@QUESTIONS.asks("在谈项目按阶段分一下，各多少个")
def by_stage(raw: Raw) -> Groups:
    """Open projects by stage."""
    return Groups(per(still_open(raw), "当前阶段"))


@QUESTIONS.asks("商务谈判阶段的项目列一下")
def in_talks(raw: Raw) -> Listed:
    """Projects in negotiation."""
    return listed((row for row in deals(raw) if row["当前阶段"] == "商务谈判"), "项目名称")


@QUESTIONS.asks("成交的和丢掉的放一起算，我们项目成交率多少？", "成交率=已成交/(已成交+已丢单)，现在总体是多少？")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("Which 所属行业 has our best win rate?")
def best_trade(raw: Raw) -> AnyOf:
    """Win rate by trade, with or without what was shelved."""
    rows = [row for row in deals(raw) if row["结案日期"]]
    return AnyOf((Ranked(per(rows, "所属行业", rate)), Ranked(per(rows, "所属行业", rate_of_all))))


@QUESTIONS.asks("碰到铂锐自动化，丢了几单？")
def lost_to_one(raw: Raw) -> Figure:
    """Lost projects with this rival."""
    return Figure(sum(row["主要对手"] == "铂锐自动化" for row in closed(raw, LOST)))


@QUESTIONS.asks("今年丢单主要栽在什么原因上？", "main reason for losing projects in 2025?")
def lost_why(raw: Raw) -> Ranked:
    """Projects lost in 2025 by reason."""
    return Ranked(per(closed(raw, LOST, "2025-01-01"), "丢单原因"))


@QUESTIONS.asks("预计成交月是今年12月的项目，金额一共多少？", "total estimate of open projects expected to land in December 2025")
def december(raw: Raw) -> AnyOf:
    """Open projects expected in December 2025."""
    rows = [row for row in still_open(raw) if row["预计成交月"] == "2025-12"]
    return wan(lambda by: Figure(guess(rows) * by))


@QUESTIONS.asks("把握度80%及以上的项目有哪些", "projects with 把握度 of at least 80")
def likely(raw: Raw) -> Listed:
    """Open projects with a chance of 80 % or more."""
    return listed((row for row in still_open(raw) if amount(row, "把握度(%)") >= 80), "项目名称")


@QUESTIONS.asks("按办事处和机型交叉看一下成交项目数量")
def crossed(raw: Raw) -> Groups:
    """Won projects by office and kind of machine."""
    found: dict[Label, int] = {}
    for row in closed(raw, WON):
        key = (row["归属办事处"], row["机型大类"])
        found[key] = found.get(key, 0) + 1
    return Groups(found)


@QUESTIONS.asks("How many units of 码垛机器人 did we win in 2024?")
def robots(raw: Raw) -> Figure:
    """Pieces of palletizing robots in projects won in 2024."""
    return Figure(total((row for row in closed(raw, WON, "2024-01-01", "2024-12-31") if row["机型大类"] == "码垛机器人"), "数量(台)"))


@QUESTIONS.asks("立项超过一年还没个结果的项目有几个？")
def stale(raw: Raw) -> Figure:
    """Open projects begun before 2024-11-10."""
    return Figure(sum(row["立项日期"] < "2024-11-10" for row in still_open(raw)))


@QUESTIONS.asks("没填预计金额的项目有多少", "how many projects have no 预计金额 filled in?")
def without_guess(raw: Raw) -> Figure:
    """Projects without an estimate."""
    return Figure(sum(not row[GUESS] for row in deals(raw)))


@QUESTIONS.asks("谁手里在谈项目的预计金额最大？", "Who's sitting on the largest open pipeline by value?")
def largest_pipeline(raw: Raw) -> AnyOf:
    """Open estimate by person."""
    return wan(lambda by: Ranked(times(per(still_open(raw), "业务员", guess), by)))


@QUESTIONS.asks("截至今天的签约额，比去年同一时段（1月1日到11月10日）涨了百分之几？", "contract value 1 Jan to 10 Nov: growth over the same stretch of 2024?")
def growth(raw: Raw) -> Figure:
    """Value of contracts of 2025 up to today over that of the same days of 2024, less one."""
    return Figure(value(pacts(raw, "2025-01-01", NOW)) / value(pacts(raw, "2024-01-01", "2024-11-10")) - 1)


@QUESTIONS.asks("A、B、C三级客户，合同额各贡献多少？", "contract value from A, B and C customers")
def by_class(raw: Raw) -> Groups:
    """Value of contracts by the class of the plant."""
    return Groups(per(pacts(raw), "客户级别", value))


@QUESTIONS.asks("高于平均合同额的合同有多少份？", "How many contracts are bigger than the average contract?")
def above_mean(raw: Raw) -> Figure:
    """Contracts above the mean value."""
    rows = pacts(raw)
    return Figure(sum(amount(row, VALUE) > value(rows) / len(rows) for row in rows))


@QUESTIONS.asks("丁亦凡和沈佳，谁的赢单率高？各是多少", "win rates of 丁亦凡 and 沈佳 side by side")
def two_rates(raw: Raw) -> AnyOf:
    """Win rates of two people, with or without what was shelved."""
    found = [per(deals(raw), "业务员", each) for each in (rate, rate_of_all)]
    return AnyOf(tuple(Compared({name: held[name] for name in ("丁亦凡", "沈佳")}) for held in found))
