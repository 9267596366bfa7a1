"""More questions about the quoted projects of the maker of windows and curtain walls, and about its sellers' targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evals.asked.build_rows import (
    NOW,
    QUESTIONS,
    TODAY,
    by_quarter,
    deals,
    decided,
    income,
    listed,
    lost,
    money,
    per,
    quoted,
    rate,
    spanning,
    still_open,
    times,
    wan,
    won,
)
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, number, total
from evals.asked.tallies import average, iso


@QUESTIONS.asks("上个季度中了几个、丢了几个？", "上季度的 win 和 loss 各有几个 deal")
def last_quarter(raw: Raw) -> Each:
    """Won and lost from April to June 2025."""
    return Each((Figure(len(won(raw, "2025-04-01", "2025-06-30"))), Figure(len(lost(raw, "2025-04-01", "2025-06-30")))))


@QUESTIONS.asks("现在在议价的项目报价总额是多少", "议价阶段的 pipeline 总共多少钱")
def bargaining(raw: Raw) -> AnyOf:
    """Quoted value of projects in this stage."""
    return money(quoted(row for row in deals(raw) if row["进展"] == "议价"))


@QUESTIONS.asks("报价在500万到1000万之间、最后落标的有多少个？", "落标项目里，quote 在500万到1000万之间的有几个")
def lost_middle(raw: Raw) -> Figure:
    """Lost, quoted from 5 to 10 million."""
    return Figure(sum(500 <= (number(row["报价(万元)"]) or 0) <= 1000 for row in lost(raw)))


@QUESTIONS.asks("吴静怡带的团队今年中标额有多少", "吴静怡 的 team 今年 YTD 中标额多少")
def team_wu(raw: Raw) -> AnyOf:
    """Won value of 2025 by the sellers who report to her."""
    return money(income(row for row in won(raw, "2025-01-01") if row["直属领导"] == "吴静怡"))


@QUESTIONS.asks("今年到目前谁的年度指标完成率最高？按中标额除以指标", "Who has the best target attainment this year, won value over annual target?")
def attainment(raw: Raw) -> Ranked:
    """Won value of 2025 over the yearly target by seller."""
    rows = [row for row in won(raw, "2025-01-01") if row["年度指标(万元)"]]
    return Ranked(per(rows, "业务员", lambda held: income(held) / Decimal(held[0]["年度指标(万元)"])))


@QUESTIONS.asks("刘洋今年指标完成了百分之几？中标额算", "刘洋今年的 quota attainment 是多少，按中标额")
def liu_attainment(raw: Raw) -> Figure:
    """Won value of 2025 over the yearly target of one seller."""
    rows = [row for row in won(raw, "2025-01-01") if row["业务员"] == "刘洋"]
    return Figure(income(rows) / Decimal(rows[0]["年度指标(万元)"]))


@QUESTIONS.asks("离职的秦雨桐名下还有没定标的项目吗", "秦雨桐 has left - is there any open project still under that name?")
def left_behind(raw: Raw) -> YesNo:
    """Open projects of the seller who left."""
    found = sum(row["业务员"] == "秦雨桐" for row in still_open(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("哪个城市的报价项目最多", "which city gives us the most quoted projects")
def busiest_city(raw: Raw) -> Ranked:
    """Projects by city of the client."""
    return Ranked(per(deals(raw), "所在城市", len))


@QUESTIONS.asks("上周新登记了几个项目？", "上星期登记进来的新项目有多少个")
def new_last_week(raw: Raw) -> Figure:
    """Registered from 11 to 17 August 2025."""
    return Figure(len(spanning(deals(raw), "登记日期", "2025-08-11", "2025-08-17")))


@QUESTIONS.asks("最近30天登记了多少个新项目", "new projects registered in the last 30 days?")
def new_last_month(raw: Raw) -> AnyOf:
    """Registered in the last 30 days, with or without the first of them."""
    return AnyOf(tuple(Figure(len(spanning(deals(raw), "登记日期", first, NOW))) for first in ("2025-07-21", "2025-07-22")))


@QUESTIONS.asks("系统门窗和断桥铝门窗今年各中了多少钱？", "今年 系统门窗 vs 断桥铝门窗 的 won value 对比")
def two_lines(raw: Raw) -> AnyOf:
    """Won value of 2025 of two lines."""
    held = per(won(raw, "2025-01-01"), "产品线", income)
    return wan(lambda factor: Compared({name: held[name] * factor for name in ("系统门窗", "断桥铝门窗")}))


@QUESTIONS.asks("章小峰今年一共报出去多少个价，总额多少？", "How many quotes did 章小峰 send out in 2025, and worth how much in total?")
def zhang_quotes(raw: Raw) -> AnyOf:
    """Quoted in 2025 by one seller: count and value."""
    rows = [row for row in spanning(deals(raw), "报价日期", "2025-01-01", NOW) if row["业务员"] == "章小峰"]
    return wan(lambda factor: Each((Figure(len(rows)), Figure(quoted(rows) * factor))))


@QUESTIONS.asks("没定标的项目，每个业务员手上各几个", "Open projects per salesperson, please")
def open_by_seller(raw: Raw) -> Groups:
    """Open projects by seller."""
    return Groups(per(still_open(raw), "业务员", len))


@QUESTIONS.asks("样板间评分90分以上的项目，中标率是多少", "样板间评分 >= 90 的项目 win rate 多少")
def rate_of_good_samples(raw: Raw) -> AnyOf:
    """Win rate of projects whose mock-up scored at least 90, or more than 90."""
    scored = [row for row in decided(raw) if row["样板间评分"]]
    return AnyOf((Figure(rate(row for row in scored if int(row["样板间评分"]) >= 90)), Figure(rate(row for row in scored if int(row["样板间评分"]) > 90))))


@QUESTIONS.asks("中标项目和落标项目，样板间平均各打多少分？", "average 样板间评分 for 中标 vs 落标 projects")
def sample_scores(raw: Raw) -> Compared:
    """Mean score of mock-ups of won and of lost projects."""
    return Compared(per((row for row in decided(raw) if row["样板间评分"]), "进展", lambda rows: average(int(row["样板间评分"]) for row in rows)))


@QUESTIONS.asks("因为样板间未过而丢的标，是哪几个楼盘", "projects lost because 样板间未过, which ones?")
def failed_samples(raw: Raw) -> Listed:
    """Lost for the mock-up."""
    return listed([row for row in lost(raw) if row["落标原因"] == "样板间未过"], "楼盘")


@QUESTIONS.asks("因为图纸深化慢输掉的标，哪位设计师经手的最多", "We lost some bids for 图纸深化慢. Which 深化设计师 had the most of those?")
def slow_designers(raw: Raw) -> Ranked:
    """Lost for slow drawings, by designer."""
    return Ranked(per((row for row in lost(raw) if row["落标原因"] == "图纸深化慢"), "深化设计师", len))


@QUESTIONS.asks("系统门窗报价折合一平米多少钱？", "Average quoted price per ㎡ for 系统门窗?")
def price_of_square(raw: Raw) -> AnyOf:
    """Quote over area: of the sums, or the mean of the projects, in 万元 or 元."""
    rows = [row for row in deals(raw) if row["产品线"] == "系统门窗" and row["报价(万元)"]]
    each = average(Decimal(row["报价(万元)"]) / Decimal(row["面积(㎡)"]) for row in rows)
    whole = quoted(rows) / total(rows, "面积(㎡)")
    return AnyOf((Figure(whole * 10_000), Figure(each * 10_000), Figure(whole), Figure(each)))


@QUESTIONS.asks("还没定标的项目，离登记最久的是哪一个？", "Which open project has been open the longest since 登记日期?")
def oldest_open(raw: Raw) -> AnyOf:
    """Open projects by the day of registration, the earliest first: as a day, as the days since, or as a list in that order."""
    dates: dict[Label, date] = {row["楼盘"]: date.fromisoformat(iso(row["登记日期"])) for row in still_open(raw)}
    ages: dict[Label, int] = {name: (TODAY - held).days for name, held in dates.items()}
    first = str(min(dates, key=lambda name: dates[name]))
    return AnyOf((Ranked(ages), Ranked(dates, lowest=True), Listed(frozenset((first,)), first=first), Figure(first)))


@QUESTIONS.asks("去年哪个季度中标额最高", "Which quarter of 2024 had the highest won value?")
def best_quarter(raw: Raw) -> AnyOf:
    """Won value by quarter of 2024, the highest first."""
    held = per(by_quarter(won(raw, "2024-01-01", "2024-12-31"), "定标日期"), "季", income)
    return wan(lambda factor: Ranked(times(held, factor)))


@QUESTIONS.asks("住宅项目占全部报价项目的比例", "What fraction of all quoted projects are 住宅?")
def share_of_homes(raw: Raw) -> Figure:
    """Projects of homes of all."""
    return Figure(Decimal(sum(row["业态"] == "住宅" for row in deals(raw))) / len(deals(raw)))


@QUESTIONS.asks("中标单数最少的业务员是谁？", "fewest wins overall - which rep?")
def fewest_wins(raw: Raw) -> Ranked:
    """Won projects by seller, the fewest first."""
    return Ranked(per(won(raw), "业务员", len), lowest=True)


@QUESTIONS.asks("高俊峰和徐梦婷谁的中标率高，各多少", "高俊峰 vs 徐梦婷, whose win rate is better?")
def gao_or_xu(raw: Raw) -> Compared:
    """Win rates of two sellers."""
    held = per(decided(raw), "业务员", rate)
    return Compared({name: held[name] for name in ("高俊峰", "徐梦婷")})


@QUESTIONS.asks("西南区哪些项目现在还没定标", "西南区 现在 open 的 project 列一下")
def open_southwest(raw: Raw) -> Listed:
    """Open projects of one region."""
    return listed([row for row in still_open(raw) if row["区域"] == "西南区"], "楼盘")


@QUESTIONS.asks("不是集采的项目今年中了几个？", "今年中标里除了集采之外的有几个")
def not_frame(raw: Raw) -> Figure:
    """Won in 2025 in another way than under a frame agreement."""
    return Figure(sum(row["招采方式"] != "集采" for row in won(raw, "2025-01-01")))


@QUESTIONS.asks(
    "今年中标额最高的业务员，手上还有几个没定标的？", "Take the rep with the highest won value this year: how many open projects does that rep still have?"
)
def best_has_open(raw: Raw) -> Figure:
    """Open projects of the seller with most won value in 2025."""
    held = per(won(raw, "2025-01-01"), "业务员", income)
    best = max(held, key=lambda name: held[name])
    return Figure(sum(row["业务员"] == best for row in still_open(raw)))
