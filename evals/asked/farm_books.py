"""Questions to the maker of farm machinery about what is owed, service under warranty, models and tasks."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.farm_rows import (
    CAME,
    DUE,
    JOBS,
    MODELS,
    NOW,
    OWED,
    QUESTIONS,
    QUOTAS,
    STAFF,
    Y2024,
    Y2025,
    Y2026,
    amount,
    jobs,
    named,
    overdue,
    owed,
    pieces,
    sold,
)
from evals.asked.raw import Raw, day, number, numbers, quarter, total
from evals.asked.tallies import average, column, days, iso, per, times, wan


@QUESTIONS.asks("到今天为止逾期没收回来的钱一共多少？部分核销的只算差额", "Total overdue receivables as of today (net of what has already come in)?")
def overdue_sum(raw: Raw) -> Figure:
    """What should have come in before today and has not."""
    return Figure(total(overdue(raw), "欠"))


@QUESTIONS.asks("哪家客户逾期欠款最多", "who owes us the most overdue money?")
def worst_debtor(raw: Raw) -> Ranked:
    """Overdue by unit."""
    return Ranked(per(overdue(raw), "单位全称", lambda rows: total(rows, "欠")))


@QUESTIONS.asks("逾期欠款排第二的客户是谁？欠多少")
def second_debtor(raw: Raw) -> Ranked:
    """Overdue by unit, the second."""
    return Ranked(per(overdue(raw), "单位全称", lambda rows: total(rows, "欠")), place=2)


@QUESTIONS.asks("完全未核销而且已经过了到期日的应收有几笔？")
def untouched(raw: Raw) -> Figure:
    """Overdue, nothing received."""
    return Figure(sum(row["核销情况"] == "未核销" for row in overdue(raw)))


@QUESTIONS.asks("逾期90天以上的是哪些订单", "orders with an instalment over 90 days past due and not fully paid")
def long_overdue(raw: Raw) -> AnyOf:
    """Orders with something due before 19 February 2026."""
    today = day(NOW)
    rows = [row for row in overdue(raw) if today and (found := day(row["到期日"])) and (today - found).days > 90]
    orders = named(rows, "订单号")
    return AnyOf((Listed(orders, count=len(orders)), Listed(orders, count=len(rows))))


@QUESTIONS.asks("overdue amount by region")
def overdue_regions(raw: Raw) -> Groups:
    """Overdue by region."""
    return Groups(per(overdue(raw), "片区", lambda rows: total(rows, "欠")))


@QUESTIONS.asks("六月份要到期、还没收齐的款子总额", "What falls due in June 2026 and is still outstanding, in total?")
def due_in_june(raw: Raw) -> Figure:
    """Outstanding, due in June 2026."""
    return Figure(total((row for row in owed(raw) if iso(row["到期日"])[:7] == "2026-06"), "欠"))


@QUESTIONS.asks("铺货款: average days between 到期日 and 最近到账日")
def how_late(raw: Raw) -> Figure:
    """Days from due to received, of goods on consignment."""
    return Figure(average(days(row, "到期日", "最近到账日") for row in raw[OWED] if row["款项"] == "铺货款"))


@QUESTIONS.asks("席玉兰和龚敏手上各有多少笔在催的款")
def chasing(raw: Raw) -> Compared:
    """Instalments by the one who presses for them."""
    return Compared(per(raw[OWED], "催款人", len))


@QUESTIONS.asks("collection ratio (实收/应收) for instalments due in 2025")
def collected(raw: Raw) -> Figure:
    """Received of what was due in 2025."""
    rows = [row for row in raw[OWED] if iso(row["到期日"])[:4] == "2025"]
    return Figure(total(rows, CAME) / total(rows, DUE))


@QUESTIONS.asks("DD26-0299的款收了吗？还差多少", "order DD26-0299, how much is still unpaid?")
def one_debt(raw: Raw) -> Figure:
    """Outstanding of one order."""
    return Figure(total((row for row in owed(raw) if row["订单号"] == "DD26-0299"), "欠"))


@QUESTIONS.asks("部分核销的有多少笔，总共还欠多少？")
def partly(raw: Raw) -> Each:
    """Partly received: how many and what is left."""
    rows = [row for row in owed(raw) if row["核销情况"] == "部分核销"]
    return Each((Figure(len(rows)), Figure(total(rows, "欠"))))


@QUESTIONS.asks("今年报修了多少单，其中三包外的几单", "service tickets reported in 2026, and how many of those were 三包外?")
def tickets(raw: Raw) -> Each:
    """Jobs of 2026, and those out of warranty."""
    rows = jobs(raw, Y2026)
    return Each((Figure(len(rows)), Figure(sum(row["三包判定"] == "三包外" for row in rows))))


@QUESTIONS.asks("哪个机型报修次数最多？", "most repaired model, by ticket count")
def weakest_model(raw: Raw) -> AnyOf:
    """Jobs by model."""
    return AnyOf(tuple(Ranked(per(jobs(raw), name, len)) for name in ("机型代码", "品名")))


@QUESTIONS.asks("玉米收获机最爱坏哪儿，按故障部位给前两位", "top two fault areas on 玉米收获机")
def corn_faults(raw: Raw) -> Ranked:
    """Jobs on corn harvesters by part."""
    return Ranked(per((row for row in jobs(raw) if row["大类"] == "玉米收获机"), "故障部位", len), top=2)


@QUESTIONS.asks("list service tickets that aren't 已关单")
def unfinished(raw: Raw) -> Listed:
    """Jobs that are not done."""
    rows = [row for row in raw[JOBS] if row["进度"] != "已关单"]
    return Listed(named(rows, "工单号"), count=len(rows))


@QUESTIONS.asks("average 到场 hours, 2024 vs 2025")
def arrival(raw: Raw) -> Compared:
    """Mean hours until arrival, in two years."""
    return Compared({year: average(column(jobs(raw, span), "到场(小时)")) for year, span in (("2024", Y2024), ("2025", Y2025))})


@QUESTIONS.asks("从报修到完工超过7天的单子占已关单的多少？", "share of closed tickets that took more than a week from 报修日 to 完工日")
def slow_share(raw: Raw) -> Figure:
    """Jobs that took more than seven days, of those done."""
    took = [found for row in raw[JOBS] if (found := days(row, "报修日", "完工日")) is not None]
    return Figure(Decimal(sum(found > 7 for found in took)) / len(took))


@QUESTIONS.asks("哪个服务站挨的差评（不满意）最多", "which service station collected the most 不满意 ratings?")
def bad_stations(raw: Raw) -> Ranked:
    """Jobs with a bad rating, by station."""
    return Ranked(per((row for row in jobs(raw) if row["回访评价"] == "不满意"), "服务站", len))


@QUESTIONS.asks("parts plus labour on 三包内 tickets reported in 2025")
def warranty_cost(raw: Raw) -> Figure:
    """Parts and labour under warranty in 2025."""
    rows = [row for row in jobs(raw, Y2025) if row["三包判定"] == "三包内"]
    return Figure(total(rows, "配件费(元)") + total(rows, "工时费(元)"))


@QUESTIONS.asks("每季度报修量，2025年的")
def tickets_by_quarter(raw: Raw) -> Groups:
    """Jobs of 2025 by quarter."""
    return Groups(per([{**row, "季": quarter(row["报修日"])} for row in jobs(raw, Y2025)], "季", len))


@QUESTIONS.asks("YS6的故障率：工单数除以累计已订台数（去掉取消的）", "YS6 tickets per unit ordered (cancelled excluded), all time")
def fault_rate(raw: Raw) -> Figure:
    """Jobs on one model by pieces ordered."""
    held = [row for row in sold(raw) if row["机型代码"] == "YS6"]
    return Figure(Decimal(sum(row["机型代码"] == "YS6" for row in raw[JOBS])) / pieces(held))


@QUESTIONS.asks("有没有收割机（谷物收获机）今年报过脱粒滚筒的毛病？")
def drums(raw: Raw) -> YesNo:
    """Jobs of 2026 on the drum of grain harvesters."""
    found = sum(row["大类"] == "谷物收获机" and row["故障部位"] == "脱粒滚筒" for row in jobs(raw, Y2026))
    return YesNo(found > 0, found)


@QUESTIONS.asks("highest subsidy per unit in the price list — which model?")
def subsidy(raw: Raw) -> AnyOf:
    """Models by subsidy."""
    return AnyOf(tuple(Ranked({row[name]: amount(row, "国补额(元/台)") for row in raw[MODELS]}) for name in ("机型代码", "品名")))


@QUESTIONS.asks("试销的机型都有啥")
def on_trial(raw: Raw) -> AnyOf:
    """Models on trial."""
    rows = [row for row in raw[MODELS] if row["产销状态"] == "试销"]
    return AnyOf(tuple(Listed(named(rows, name), count=len(rows)) for name in ("品名", "机型代码")))


@QUESTIONS.asks("MS10指导价多少，能补多少？")
def price(raw: Raw) -> Each:
    """Price and subsidy of one model."""
    row = raw.by(MODELS, "机型代码")["MS10"]
    return Each((Figure(number(row["指导价(元)"])), Figure(number(row["国补额(元/台)"]))))


@QUESTIONS.asks("在产拖拉机平均多少马力")
def power(raw: Raw) -> Figure:
    """Mean power of tractors that are built."""
    return Figure(average(numbers((row for row in raw[MODELS] if row["大类"] == "拖拉机" and row["产销状态"] == "在产"), "马力")))


@QUESTIONS.asks("二季度给各业务员下的任务额，今年的，挨个列", "Q2 2026 revenue target per rep")
def tasks(raw: Raw) -> AnyOf:
    """Task of the second quarter of 2026 by seller."""
    people = raw.by(STAFF, "工号")
    rows = [{**row, "谁": people[row["业务员工号"]]["姓名"]} for row in raw[QUOTAS] if row["年度"] == "2026" and row["季度"] == "二季度"]
    found = per(rows, "谁", lambda held: total(held, "任务额(万元)"))
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("2025全年任务台数合计")
def tasks_2025(raw: Raw) -> Figure:
    """Pieces of the tasks of 2025."""
    return Figure(total((row for row in raw[QUOTAS] if row["年度"] == "2025"), "任务台数"))
