"""Questions to the maker of windows and curtain walls about its clients, visits, complaints and people."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.build_rows import (
    LOST,
    NOW,
    QUESTIONS,
    WON,
    by_month,
    clients,
    deals,
    decided,
    income,
    listed,
    money,
    per,
    rate,
    share,
    spanning,
    times,
    under_contract,
    wan,
    with_client,
    won,
)
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, column, days, iso


def visited(raw: Raw) -> dict[str, str]:
    """The last day on which each client was visited."""
    found: dict[str, str] = {}
    for row in raw["拜访纪要"]:
        found[row["甲方代码"]] = max(found.get(row["甲方代码"], ""), iso(row["拜访日"]))
    return found


@QUESTIONS.asks("甲方名录里开发商、总包、经销商、业主单位各有多少家", "How many clients do we have of each type?")
def by_type(raw: Raw) -> Groups:
    """Clients by kind."""
    return Groups(per(clients(raw), "甲方类型", len))


@QUESTIONS.asks("华南区的重点甲方有哪些？", "list 重点 clients in 华南区")
def south(raw: Raw) -> Listed:
    """Clients of one region and level."""
    return listed([row for row in clients(raw) if row["区域"] == "华南区" and row["客情分级"] == "重点"], "甲方名称")


@QUESTIONS.asks("签了战略集采的甲方有几家", "战略集采 的 client 一共几家")
def frame(raw: Raw) -> Figure:
    """Clients with a frame agreement."""
    return Figure(sum(row["战略集采"] == "是" for row in clients(raw)))


@QUESTIONS.asks("核心甲方平均授信多少", "average credit line (授信额度) of 核心 clients?")
def credit(raw: Raw) -> AnyOf:
    """Mean credit of clients of the first level that have one."""
    return money(average(column([row for row in clients(raw) if row["客情分级"] == "核心"], "授信额度(万元)")))


@QUESTIONS.asks("还没录授信额度的甲方有多少家？", "How many clients have no credit limit on file?")
def no_credit(raw: Raw) -> Figure:
    """Clients without a credit line."""
    return Figure(sum(not row["授信额度(万元)"] for row in clients(raw)))


@QUESTIONS.asks("哪类甲方平均账期最长", "Which client type gets the longest payment term on average?")
def longest_term(raw: Raw) -> Ranked:
    """Mean payment term by kind of client."""
    return Ranked(per(clients(raw), "甲方类型", lambda rows: average(column(rows, "账期(天)"))))


@QUESTIONS.asks("账期不少于60天的甲方有几家", "clients with payment terms of at least 60 days - count")
def long_terms(raw: Raw) -> Figure:
    """Clients with a term of at least 60 days."""
    return Figure(sum(int(row["账期(天)"]) >= 60 for row in clients(raw)))


@QUESTIONS.asks("2024年新建档的甲方有几家？", "How many new clients did we open a file for in 2024?")
def new_clients(raw: Raw) -> Figure:
    """Clients filed in 2024."""
    return Figure(len(spanning(clients(raw), "建档日期", "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("甲方主要从哪个渠道来的？", "which acquisition channel brings the most clients")
def channel(raw: Raw) -> Ranked:
    """Clients by channel."""
    return Ranked(per(clients(raw), "获客渠道", len))


@QUESTIONS.asks("哪个获客渠道来的甲方中标率最高", "win rate by 获客渠道, 哪个 channel 最好？")
def best_channel(raw: Raw) -> Ranked:
    """Win rate by channel of the client."""
    return Ranked(per(decided(raw), "获客渠道", rate))


@QUESTIONS.asks("厦门元屿城市发展归哪个业务员管？", "Who is the account owner for 厦门元屿城市发展有限公司?")
def owner(raw: Raw) -> Figure:
    """Seller of one client."""
    return Figure(next(row["归属业务员"] for row in clients(raw) if row["甲方名称"] == "厦门元屿城市发展有限公司"))


@QUESTIONS.asks("昆明雅澜教育投资那边的对接人叫什么，账期几天", "昆明雅澜教育投资有限公司: contact person (对接人) and payment term?")
def contact(raw: Raw) -> Each:
    """Contact and term of one client."""
    row = next(row for row in clients(raw) if row["甲方名称"] == "昆明雅澜教育投资有限公司")
    return Each((Figure(row["对接人"]), Figure(int(row["账期(天)"]))))


@QUESTIONS.asks("名录里有几家甲方从来没找我们报过价？", "How many clients have never had a single quoted project?")
def never_quoted(raw: Raw) -> Figure:
    """Clients without a project."""
    held = {row["甲方代码"] for row in deals(raw)}
    return Figure(sum(row["甲方代码"] not in held for row in clients(raw)))


@QUESTIONS.asks("落标三次以上、一次都没中过的甲方有哪些？三次也算", "clients with at least 3 lost bids and not one win - which?")
def never_won(raw: Raw) -> Listed:
    """Clients with at least three lost projects and no won one."""
    rows = deals(raw)
    lost = per((row for row in rows if row["进展"] == LOST), "甲方名称", len)
    winners = {row["甲方名称"] for row in rows if row["进展"] == WON}
    found = [str(name) for name, count in lost.items() if count >= 3 and name not in winners]
    return Listed(frozenset(found), count=len(found))


@QUESTIONS.asks("在我们这中标两次及以上的老甲方有多少家", "how many repeat clients (two or more won projects)?")
def repeat(raw: Raw) -> Figure:
    """Clients with at least two won projects."""
    return Figure(sum(count >= 2 for count in per(won(raw), "甲方名称", len).values()))


@QUESTIONS.asks("最大的甲方是哪家？按累计中标额", "Who is our biggest client by won value?")
def biggest_client(raw: Raw) -> AnyOf:
    """Won value by client."""
    held = per(won(raw), "甲方名称", income)
    return wan(lambda factor: Ranked(times(held, factor)))


@QUESTIONS.asks("哪个业务员名下甲方最多", "which rep owns the most accounts")
def most_clients(raw: Raw) -> Ranked:
    """Clients by seller."""
    return Ranked(per(clients(raw), "归属业务员", len))


@QUESTIONS.asks("今年谁跑甲方跑得最勤，拜访了几次？", "Who logged the most visits in 2025?")
def busiest(raw: Raw) -> Ranked:
    """Visits of 2025 by person."""
    return Ranked(per(spanning(raw["拜访纪要"], "拜访日", "2025-01-01", NOW), "拜访人", len))


@QUESTIONS.asks("今年各种拜访方式各多少次，上门、电话、微信什么的", "how did we contact clients in 2025? number of visits by method")
def visit_ways(raw: Raw) -> Groups:
    """Visits of 2025 by way."""
    return Groups(per(spanning(raw["拜访纪要"], "拜访日", "2025-01-01", NOW), "方式", len))


@QUESTIONS.asks("有多少家甲方60天没人拜访过了？", "How many clients haven't been visited in the past 60 days?")
def unvisited(raw: Raw) -> AnyOf:
    """Clients without a visit since 21 June 2025 (or since the day after); those never visited may be left out."""
    last = visited(raw)
    options = []
    for first in ("2025-06-21", "2025-06-22"):
        never = sum(last.get(row["甲方代码"], "") < first for row in clients(raw))
        options += [Figure(never), Figure(sum(row["甲方代码"] in last and last[row["甲方代码"]] < first for row in clients(raw)))]
    return AnyOf(tuple(options))


@QUESTIONS.asks("核心甲方里有哪些今年7月以来一次都没拜访的", "核心 clients with no visit since July 1st 2025 - which ones?")
def core_unvisited(raw: Raw) -> Listed:
    """Clients of the first level without a visit from July 2025."""
    last = visited(raw)
    return listed([row for row in clients(raw) if row["客情分级"] == "核心" and last.get(row["甲方代码"], "") < "2025-07-01"], "甲方名称")


@QUESTIONS.asks("今年花了多少招待费", "Total 招待费 spent in 2025 so far?")
def dinners(raw: Raw) -> Figure:
    """Cost of entertainment in 2025."""
    return Figure(total(spanning(raw["拜访纪要"], "拜访日", "2025-01-01", NOW), "招待费(元)"))


@QUESTIONS.asks("谁的招待费花得最多？从有记录以来", "招待费用得最凶的是谁，全部年份加起来")
def dearest(raw: Raw) -> Ranked:
    """Cost of entertainment by person."""
    return Ranked(per(raw["拜访纪要"], "拜访人", lambda rows: total(rows, "招待费(元)")))


@QUESTIONS.asks("最近一次去郑州祥屿医疗投资是哪天，谁去的？", "When was the last visit to 郑州祥屿医疗投资有限公司, and who went?")
def last_visit(raw: Raw) -> Each:
    """The last visit to one client, and who made it."""
    rows = [row for row in with_client(raw, "拜访纪要") if row["甲方名称"] == "郑州祥屿医疗投资有限公司"]
    row = max(rows, key=lambda held: iso(held["拜访日"]))
    return Each((Figure(day(row["拜访日"])), Figure(row["拜访人"])))


@QUESTIONS.asks("今年来厂考察最多的是哪个区域的甲方", "2025年来厂考察次数，哪个区域排第一")
def factory_visits(raw: Raw) -> Ranked:
    """Visits to the factory in 2025 by region of the client."""
    rows = [row for row in spanning(with_client(raw, "拜访纪要"), "拜访日", "2025-01-01", NOW) if row["方式"] == "来厂考察"]
    return Ranked(per(rows, "区域", len))


@QUESTIONS.asks("今年拜访里对方态度冷淡的有几次", "今年对方态度冷淡的拜访一共多少回")
def cold(raw: Raw) -> Figure:
    """Cold visits of 2025."""
    return Figure(sum(row["对方态度"] == "冷淡" for row in spanning(raw["拜访纪要"], "拜访日", "2025-01-01", NOW)))


@QUESTIONS.asks("今年投诉按类别排一下，哪类最多？", "Rank this year's complaints by category")
def complaint_kinds(raw: Raw) -> Ranked:
    """Complaints of 2025 by kind."""
    return Ranked(per(spanning(raw["投诉登记"], "登记日", "2025-01-01", NOW), "投诉类别", len))


@QUESTIONS.asks("现在还有多少投诉没办结？", "How many complaints are still open?")
def open_complaints(raw: Raw) -> Figure:
    """Complaints that are not closed."""
    return Figure(sum(not row["办结日"] for row in raw["投诉登记"]))


@QUESTIONS.asks("没办结的投诉里严重和重大的单号给我", "open complaints graded 严重 or 重大, give me the 投诉单号")
def grave_open(raw: Raw) -> Listed:
    """Grave complaints that are not closed."""
    return listed([row for row in raw["投诉登记"] if not row["办结日"] and row["严重度"] in ("严重", "重大")], "投诉单号")


@QUESTIONS.asks("钟国强、田丽、马超群谁处理投诉最慢，平均几天", "slowest complaint handler, average days to close?")
def slowest_clerk(raw: Raw) -> Ranked:
    """Mean days to close by clerk."""
    return Ranked(per((row for row in raw["投诉登记"] if row["办结日"]), "经办人", lambda rows: average(days(row, "登记日", "办结日") for row in rows)))


@QUESTIONS.asks("2025年投诉一共赔了多少钱？", "Compensation paid on complaints registered in 2025, total in yuan?")
def paid_out(raw: Raw) -> AnyOf:
    """Compensation of complaints registered (or closed) in 2025."""
    return AnyOf(tuple(Figure(total(spanning(raw["投诉登记"], name, "2025-01-01", NOW), "赔付(元)")) for name in ("登记日", "办结日")))


@QUESTIONS.asks("赔付金额按责任方看，哪方最高", "赔付 by 责任方, 哪一方 cost 最高")
def dear_party(raw: Raw) -> Ranked:
    """Compensation by party."""
    return Ranked(per(raw["投诉登记"], "责任方", lambda rows: total(rows, "赔付(元)")))


@QUESTIONS.asks("哪类投诉回访评分平均最低？", "lowest average 回访评分 by complaint type")
def worst_score(raw: Raw) -> Ranked:
    """Mean score by kind of complaint, lowest first."""
    return Ranked(per((row for row in raw["投诉登记"] if row["回访评分"]), "投诉类别", lambda rows: average(column(rows, "回访评分"))), lowest=True)


@QUESTIONS.asks("投诉落在哪条产品线上的最多", "Which product line draws the most complaints?")
def complaint_lines(raw: Raw) -> Ranked:
    """Complaints by the product line of the project."""
    return Ranked(per(under_contract(raw, "投诉登记"), "产品线", len))


@QUESTIONS.asks("办结的投诉中，7天内办完的占多大比例", "Of closed complaints, what share was closed within 7 days?")
def within_week(raw: Raw) -> Figure:
    """Closed within seven days of those closed."""
    rows = [row for row in raw["投诉登记"] if row["办结日"]]
    return Figure(share([row for row in rows if (days(row, "登记日", "办结日") or 0) <= 7], rows))


@QUESTIONS.asks("今年每个月投诉多少起", "complaints per month this year")
def complaint_months(raw: Raw) -> Groups:
    """Complaints of 2025 by month."""
    return Groups(per(by_month(spanning(raw["投诉登记"], "登记日", "2025-01-01", NOW), "登记日"), "月", len))


@QUESTIONS.asks("今年上半年投诉起数和去年上半年比", "complaint count H1 2025 against H1 2024")
def complaint_halves(raw: Raw) -> Compared:
    """Complaints of the first halves of two years."""
    return Compared({year: len(spanning(raw["投诉登记"], "登记日", f"{year}-01-01", f"{year}-06-30")) for year in ("2025", "2024")})


@QUESTIONS.asks("渗漏水的投诉里重大的有几起？有没有？", "Any 渗漏水 complaint rated 重大? How many?")
def leaks(raw: Raw) -> YesNo:
    """Grave leaks."""
    found = sum(row["投诉类别"] == "渗漏水" and row["严重度"] == "重大" for row in raw["投诉登记"])
    return YesNo(found > 0, found)


@QUESTIONS.asks("高俊峰哪天入职的，直属领导是谁？", "When did 高俊峰 join, and who is his boss (直属领导)?")
def boss(raw: Raw) -> Each:
    """The day on which one seller joined, and the head of the seller."""
    row = next(row for row in raw["花名册"] if row["姓名"] == "高俊峰")
    return Each((Figure(day(row["入职日期"])), Figure(row["直属领导"])))


@QUESTIONS.asks("在职的业务员现在有多少个", "业务员在职人数")
def staff(raw: Raw) -> Figure:
    """Sellers who are employed."""
    return Figure(sum(row["职务"] == "业务员" and row["在职情况"] == "在职" for row in raw["花名册"]))


@QUESTIONS.asks("业务员里面年度指标最高的是谁", "which rep carries the highest annual target")
def highest_target(raw: Raw) -> AnyOf:
    """Yearly target by seller."""
    held = per((row for row in raw["花名册"] if row["职务"] == "业务员" and row["年度指标(万元)"]), "姓名", lambda rows: Decimal(rows[0]["年度指标(万元)"]))
    return wan(lambda factor: Ranked(times(held, factor)))


@QUESTIONS.asks("沪苏区三个业务员的年度指标加起来多少？不算片区经理", "沪苏区业务员（不含片区经理）年度指标合计")
def target_hushu(raw: Raw) -> AnyOf:
    """Targets of the sellers of one region."""
    rows: list[Row] = [row for row in raw["花名册"] if row["片区"] == "沪苏区" and row["职务"] == "业务员"]
    return money(sum(((number(row["年度指标(万元)"]) or Decimal(0)) for row in rows), Decimal(0)))
