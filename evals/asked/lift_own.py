"""Questions to the company for lifts and escalators about its projects; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import lift_books, lift_customers, lift_repairs, lift_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.lift_rows import GUESS, NOW, QUESTIONS, SIGNED, WON, deals, income, lost, rate, still_open, with_staff, won, worth
from evals.asked.raw import Raw, number, quarter, total
from evals.asked.tallies import average, column, days, iso, middle, per, times, wan

__all__ = ["QUESTIONS", "lift_books", "lift_customers", "lift_repairs", "lift_talk"]


@QUESTIONS.asks("今年到目前为止签了多少个项目？", "How many projects have we signed so far this year?")
def signed_this_year(raw: Raw) -> Figure:
    """Signed in 2025, by closing date."""
    return Figure(len(won(raw, "2025-01-01")))


@QUESTIONS.asks("去年全年的签约金额总共是多少", "total signed value for 2024, please")
def value_2024(raw: Raw) -> AnyOf:
    """Value of projects signed in 2024."""
    return wan(lambda by: Figure(income(won(raw, "2024-01-01", "2024-12-31")) * by))


@QUESTIONS.asks("目前在跟、还没办结的项目有多少个，预估金额合计多少？", "在手未出结果的项目，报一下个数和预估总金额")
def open_now(raw: Raw) -> AnyOf:
    """Count and estimate of open projects."""
    rows = still_open(raw)
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, GUESS) * by))))


@QUESTIONS.asks("没办结的项目里，信息跟踪、方案交流、投标报价、合同谈判各有几个？", "open projects by 项目进展, count only")
def open_by_stage(raw: Raw) -> Groups:
    """Open projects by stage."""
    return Groups(per(still_open(raw), "项目进展", len))


@QUESTIONS.asks("咱们公司总体赢单率是多少？", "What's our overall win rate?")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost, over everything."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("公开招标、邀请招标、竞争性谈判、直接委托，这四种承揽方式的赢单率各是多少？", "win rate by 承揽方式 please")
def rate_by_way(raw: Raw) -> Groups:
    """Win rate by the way of contracting."""
    return Groups(per(deals(raw), "承揽方式", rate))


@QUESTIONS.asks("2024年各分公司分别完成了多少签约金额？", "Signed value in 2024 for each branch")
def branch_2024(raw: Raw) -> AnyOf:
    """Value signed in 2024 by branch (that of the unit and of the person agree)."""
    found = per(won(raw, "2024-01-01", "2024-12-31"), "管辖分公司", income)
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("累计签约金额排前三的责任人是哪几位", "Who are our top three salespeople by total signed value?")
def best_reps(raw: Raw) -> AnyOf:
    """Signed value by person."""
    found = per(won(raw), "责任人", income)
    return wan(lambda by: Ranked(times(found, by), top=3))


@QUESTIONS.asks("今年签约金额排第二的营销员是谁？", "今年谁的签约额仅次于第一名")
def second_rep(raw: Raw) -> AnyOf:
    """Signed value of 2025 by person, the second."""
    found = per(won(raw, "2025-01-01"), "责任人", income)
    return wan(lambda by: Ranked(times(found, by), place=2))


@QUESTIONS.asks("哪个业务类别签下来的项目数量最少？", "Which 业务类别 has the fewest signed projects?")
def fewest_kind(raw: Raw) -> Ranked:
    """Signed projects by line of business, fewest first."""
    return Ranked(per(won(raw), "业务类别", len), lowest=True)


@QUESTIONS.asks("落标最主要的原因是什么？", "What's the most common reason we lose projects?")
def lost_why(raw: Raw) -> Ranked:
    """Lost projects by reason."""
    return Ranked(per(lost(raw), "落标原因", len))


@QUESTIONS.asks("主要竞争单位是华升电梯、最后我们落标的有几个？", "How many projects did we lose with 华升电梯 as the main rival?")
def lost_to_huasheng(raw: Raw) -> Figure:
    """Lost projects with this rival."""
    return Figure(sum(row["主要竞争单位"] == "华升电梯" for row in lost(raw)))


@QUESTIONS.asks("碰上哪家竞争单位我们的赢单率最低？", "Against which competitor is our win rate the worst?")
def hardest_rival(raw: Raw) -> Ranked:
    """Win rate by rival, lowest first."""
    return Ranked(per(deals(raw), "主要竞争单位", rate), lowest=True)


@QUESTIONS.asks("2024年分季度的签约项目数", "number of signed projects per quarter in 2024")
def quarters(raw: Raw) -> Groups:
    """Signed by quarter of closing."""
    rows = won(raw, "2024-01-01", "2024-12-31")
    return Groups(per([{**row, "季": quarter(row["办结日期"])} for row in rows], "季", len))


@QUESTIONS.asks("今年逐月签约金额走势给我拉一下", "Show me signed value month by month for this year")
def months(raw: Raw) -> AnyOf:
    """Signed value by month of closing, in 2025."""
    found = per([{**row, "月": iso(row["办结日期"])[:7]} for row in won(raw, "2025-01-01")], "月", income)
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("2024年签约金额同比2023年增长了百分之多少？", "2024 vs 2023，签约金额的growth是多少？")
def growth(raw: Raw) -> Figure:
    """Signed value of 2024 over that of 2023, less one."""
    return Figure(income(won(raw, "2024-01-01", "2024-12-31")) / income(won(raw, "2023-01-01", "2023-12-31")) - 1)


@QUESTIONS.asks("上半年签约项目数，今年和去年比一比", "signed projects in the first half: this year versus last year")
def half_years(raw: Raw) -> Compared:
    """Signed from January to June of 2025 and of 2024."""
    return Compared({"2025": len(won(raw, "2025-01-01", "2025-06-30")), "2024": len(won(raw, "2024-01-01", "2024-06-30"))})


@QUESTIONS.asks("今年上半年旧梯改造签了几个项目，签约金额多少？", "旧梯改造 in H1 2025: how many signed, and total signed value?")
def modernised(raw: Raw) -> AnyOf:
    """Modernisation signed from January to June 2025: count and value."""
    rows = [row for row in won(raw, "2025-01-01", "2025-06-30") if row["业务类别"] == "旧梯改造"]
    return wan(lambda by: Each((Figure(len(rows)), Figure(income(rows) * by))))


@QUESTIONS.asks("新梯销售项目签约金额的中位数是多少", "median signed value of 新梯销售 projects")
def middle_new(raw: Raw) -> AnyOf:
    """Median value of signed projects for new lifts."""
    rows = [row for row in won(raw) if row["业务类别"] == "新梯销售"]
    return wan(lambda by: Figure(middle(column(rows, SIGNED)) * by))


@QUESTIONS.asks(
    "医疗机构跟房地产开发单位，平均每个签约项目的金额分别是多少？", "Average signed value per project: hospitals (医疗机构) vs property developers (房地产开发)"
)
def average_by_trade(raw: Raw) -> AnyOf:
    """Mean signed value of two kinds of units."""
    found = per(won(raw), "单位类别", lambda rows: average(column(rows, SIGNED)))
    return wan(lambda by: Compared({name: found[name] * by for name in ("医疗机构", "房地产开发")}))


@QUESTIONS.asks("自动扶梯占累计签约金额的比重有多大", "What share of all signed value comes from escalators?")
def share_of_escalators(raw: Raw) -> Figure:
    """Signed value of escalators of all."""
    return Figure(income(row for row in won(raw) if row["梯种"] == "自动扶梯") / income(won(raw)))


@QUESTIONS.asks("签下来的项目，从登记到办结平均要多少天？", "average days from 登记日期 to 办结日期 for signed projects")
def cycle(raw: Raw) -> Figure:
    """Days from registration to closing of signed projects."""
    return Figure(average(days(row, "登记日期", "办结日期") for row in won(raw)))


@QUESTIONS.asks("处在合同谈判阶段、预估金额超过100万的项目有哪些？", "list the projects in 合同谈判 with 预估金额 above 100万")
def big_talks(raw: Raw) -> Listed:
    """In negotiation, above 1,000,000 yuan."""
    rows = [row for row in deals(raw) if row["项目进展"] == "合同谈判" and worth(row) > 100]
    return Listed(frozenset(row["项目名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("武汉东湖置业目前还在跟的项目列一下", "Which open projects do we have at 武汉东湖置业有限公司?")
def donghu_open(raw: Raw) -> Listed:
    """Open projects of one unit."""
    rows = [row for row in still_open(raw) if row["单位名称"] == "武汉东湖置业有限公司"]
    return Listed(frozenset(row["项目名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("闵浩今年签过项目没有？", "Has 闵浩 signed any project this year?")
def min_this_year(raw: Raw) -> YesNo:
    """Projects that 闵浩 signed in 2025."""
    found = sum(row["责任人"] == "闵浩" for row in won(raw, "2025-01-01"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("预计签约日期都过了、到现在还没办结的项目有几个？", "How many open projects are past their expected signing date?")
def overdue_open(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum("" < iso(row["预计签约日期"]) < NOW for row in still_open(raw)))


@QUESTIONS.asks("预计今年四季度能签的在跟项目有多少个，预估金额共多少？", "Open projects expected to sign in Q4 2025: how many, and worth how much?")
def due_next_quarter(raw: Raw) -> AnyOf:
    """Open, expected from October to December 2025: count and estimate."""
    rows = [row for row in still_open(raw) if "2025-10-01" <= iso(row["预计签约日期"]) <= "2025-12-31"]
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, GUESS) * by))))


@QUESTIONS.asks("有史以来签约金额最大的项目是哪一个？", "What's the single biggest project we've ever signed?")
def biggest(raw: Raw) -> AnyOf:
    """Signed projects by value."""
    found = {row["项目名称"]: number(row[SIGNED]) or Decimal(0) for row in won(raw)}
    return wan(lambda by: Ranked({name: value * by for name, value in found.items()}))


@QUESTIONS.asks("在跟项目预估金额最大的三位责任人，他们的赢单率分别是多少？", "win rate of the three reps with the largest open pipeline")
def rates_of_largest(raw: Raw) -> Groups:
    """Win rates over everything, of the three people with most open value."""
    held = per(still_open(raw), "责任人", lambda rows: total(rows, GUESS))
    first = sorted(held, key=lambda name: -held[name])[:3]
    return Groups(per((row for row in deals(raw) if row["责任人"] in first), "责任人", rate))


@QUESTIONS.asks("邹丽娟上个月办结了几个项目，其中签下来几个？", "邹丽娟 in August: how many projects were closed (办结), and how many of them signed?")
def zou_last_month(raw: Raw) -> Each:
    """Closed in August 2025, signed or lost, and signed among them."""
    rows = [row for row in deals(raw) if row["责任人"] == "邹丽娟" and iso(row["办结日期"])[:7] == "2025-08"]
    return Each((Figure(len(rows)), Figure(sum(row["项目进展"] == WON for row in rows))))


@QUESTIONS.asks("按分公司和业务类别交叉统计签约项目数", "cross-tab of signed projects by 管辖分公司 and 业务类别")
def branch_and_kind(raw: Raw) -> Groups:
    """Signed by branch and line of business."""
    found: dict[Label, int] = {}
    for row in won(raw):
        key = (row["管辖分公司"], row["业务类别"])
        found[key] = found.get(key, 0) + 1
    return Groups(found)


@QUESTIONS.asks("XM-2025-392这个项目签了多少钱，责任人是谁？", "Project XM-2025-392: signed for how much, and who owns it?")
def one_project(raw: Raw) -> AnyOf:
    """Value and person of one project."""
    row = next(row for row in deals(raw) if row["项目编号"] == "XM-2025-392")
    return wan(lambda by: Each((Figure((number(row[SIGNED]) or 0) * by), Figure(row["责任人"]))))


@QUESTIONS.asks("去年签约的自动扶梯总共多少台？", "How many escalator units did we sign for in 2024?")
def escalators_2024(raw: Raw) -> Figure:
    """Pieces of escalators in projects signed in 2024."""
    return Figure(total((row for row in won(raw, "2024-01-01", "2024-12-31") if row["梯种"] == "自动扶梯"), "台数"))


@QUESTIONS.asks("在跟项目中预估金额不少于100万、不超过300万的有多少个", "number of open projects estimated at 1 to 3 million yuan, both ends included")
def middling_open(raw: Raw) -> Figure:
    """Open, estimated from 1,000,000 to 3,000,000."""
    return Figure(sum(100 <= worth(row) <= 300 for row in still_open(raw)))


@QUESTIONS.asks("不是公开招标拿下来的项目，签约金额合计多少？", "total signed value, everything except 公开招标")
def without_tender(raw: Raw) -> AnyOf:
    """Signed value of what was not a public tender."""
    return wan(lambda by: Figure(income(row for row in won(raw) if row["承揽方式"] != "公开招标") * by))


@QUESTIONS.asks("签约价平均是预估价的几折，也就是签约金额占预估金额的比例？", "signed value as a ratio of the estimate, for signed projects")
def discount(raw: Raw) -> AnyOf:
    """Signed value over estimate: of the sums, or the mean of the projects."""
    rows = won(raw)
    each = [(number(row[SIGNED]) or Decimal(0)) / worth(row) for row in rows]
    return AnyOf((Figure(income(rows) / total(rows, GUESS)), Figure(average(each))))


@QUESTIONS.asks("按今年签约金额除以年度指标，谁的完成率最高？", "who is furthest along against their 年度指标 this year, by signed value?")
def target_reached(raw: Raw) -> Ranked:
    """Signed value of 2025 over the yearly target, by person."""
    targets = {row["责任人"]: number(row["年度指标(万元)"]) for row in with_staff(raw, "营销人员花名册", "职工编号")}
    found = per(won(raw, "2025-01-01"), "责任人", income)
    return Ranked({name: Decimal(value) / target for name, value in found.items() if (target := targets[str(name)])})


@QUESTIONS.asks("在跟项目现在占用的投标保证金一共多少", "How much 投标保证金 is tied up in open projects?")
def bonds(raw: Raw) -> AnyOf:
    """Bid bonds of open projects."""
    return wan(lambda by: Figure(total(still_open(raw), "投标保证金(万元)") * by))


@QUESTIONS.asks("2023到2025年，每年的赢单率各是多少？", "win rate by year, 2023 through 2025")
def rate_by_year(raw: Raw) -> Groups:
    """Win rate by year of closing."""
    return Groups(per([{**row, "年": iso(row["办结日期"])[:4]} for row in deals(raw)], "年", rate))


@QUESTIONS.asks("没有登记主要竞争单位的项目有多少个？", "how many projects have no competitor on record")
def without_rival(raw: Raw) -> Figure:
    """Projects without a rival."""
    return Figure(sum(not row["主要竞争单位"] for row in deals(raw)))


@QUESTIONS.asks("今年三季度输掉的项目有哪些，列出来", "三季度落标的项目清单")
def lost_this_quarter(raw: Raw) -> Listed:
    """Lost since July 2025."""
    rows = lost(raw, "2025-07-01", "2025-09-30")
    return Listed(frozenset(row["项目名称"] for row in rows), count=len(rows))
