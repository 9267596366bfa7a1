"""Questions to the company for lifts about installed equipment, maintenance contracts and payments received."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked
from evals.asked.lift_rows import NOW, QUESTIONS, with_staff, with_unit
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, column, days, iso, per, times, wan

LIFTS, UPKEEP, PAID = "电扶梯设备台账", "维保合同台账", "项目回款明细"
PLANNED, CAME = "计划金额(万元)", "到账金额(万元)"


@QUESTIONS.asks("目前在用的设备一共多少台？", "How many units in the equipment ledger are in service right now?")
def in_use(raw: Raw) -> Figure:
    """Lifts in the state 在用."""
    return Figure(sum(row["使用状态"] == "在用" for row in raw[LIFTS]))


@QUESTIONS.asks("设备台账里各设备类别分别多少台？", "installed units by equipment type")
def by_type(raw: Raw) -> Groups:
    """Lifts by type."""
    return Groups(per(raw[LIFTS], "设备类别", len))


@QUESTIONS.asks("下次检验日期已经过期的设备有几台？", "How many units are past their next inspection date (下次检验日期)?")
def overdue_check(raw: Raw) -> Figure:
    """Lifts with an inspection due before today."""
    return Figure(sum("" < iso(row["下次检验日期"]) < NOW for row in raw[LIFTS]))


@QUESTIONS.asks("下个月到检的设备有多少台", "How many units are due for inspection next month?")
def due_next_month(raw: Raw) -> Figure:
    """Lifts with an inspection due in October 2025."""
    return Figure(sum(iso(row["下次检验日期"])[:7] == "2025-10" for row in raw[LIFTS]))


@QUESTIONS.asks("2010年以前竣工验收、现在还在用的设备有多少台？", "units accepted before 2010 that are still 在用, how many?")
def old_ones(raw: Raw) -> Figure:
    """In use, accepted before 2010."""
    return Figure(sum(row["使用状态"] == "在用" and iso(row["竣工验收日期"]) < "2010-01-01" for row in raw[LIFTS]))


@QUESTIONS.asks("台账上哪家使用单位的设备最多？", "Which client has the most units in our equipment ledger?")
def most_lifts(raw: Raw) -> Ranked:
    """Lifts by unit."""
    return Ranked(per(with_unit(raw, LIFTS, "使用单位代码"), "单位名称", len))


@QUESTIONS.asks("还在质保期内的设备有多少台？", "number of units still under warranty")
def in_warranty(raw: Raw) -> Figure:
    """Lifts with a warranty that ends today or later."""
    return Figure(sum(iso(row["质保截止日期"]) >= NOW for row in raw[LIFTS]))


@QUESTIONS.asks("外品牌设备占台账总台数的几成？", "What share of the installed base is 外品牌?")
def foreign_share(raw: Raw) -> Figure:
    """Lifts of other makers of all."""
    return Figure(sum(row["品牌归属"] == "外品牌" for row in raw[LIFTS]) / len(raw[LIFTS]))


@QUESTIONS.asks("乘客电梯平均多少层站？", "乘客电梯的层站数均值是多少")
def floors(raw: Raw) -> Figure:
    """Mean stops of passenger lifts."""
    return Figure(average(column((row for row in raw[LIFTS] if row["设备类别"] == "乘客电梯"), "层站数")))


@QUESTIONS.asks("今年竣工验收了多少台新设备，去年同期呢？", "units accepted (竣工验收) this year to date vs the same period last year")
def accepted(raw: Raw) -> Compared:
    """Lifts accepted from January to 19 September, 2025 and 2024."""
    found = [iso(row["竣工验收日期"]) for row in raw[LIFTS]]
    return Compared({"2025": sum("2025-01-01" <= text <= NOW for text in found), "2024": sum("2024-01-01" <= text <= "2024-09-19" for text in found)})


@QUESTIONS.asks("维保班组是宜昌班的设备有多少台？", "how many units are assigned to the crew 宜昌班")
def crew(raw: Raw) -> Figure:
    """Lifts of one crew."""
    return Figure(sum(row["维保班组"] == "宜昌班" for row in raw[LIFTS]))


def running(raw: Raw) -> list[Row]:
    """Maintenance contracts in the state 履行中."""
    return [row for row in raw[UPKEEP] if row["履行状态"] == "履行中"]


@QUESTIONS.asks("履行中的维保合同有多少份，年维保费合计多少？", "Maintenance contracts currently in force: how many, and what do they add up to per year?")
def upkeep_now(raw: Raw) -> Each:
    """Count and yearly fee of running contracts."""
    return Each((Figure(len(running(raw))), Figure(total(running(raw), "年维保费(元)"))))


@QUESTIONS.asks("履行中的维保合同里，清包、半包、全包各几份？", "正在履行的维保合同按维保方式分一下份数")
def upkeep_by_way(raw: Raw) -> Groups:
    """Running contracts by way."""
    return Groups(per(running(raw), "维保方式", len))


@QUESTIONS.asks("履行中的维保合同有哪些今年年内到期？", "which 履行中 maintenance contracts expire by the end of this year?")
def expiring(raw: Raw) -> Listed:
    """Running contracts that end by 31 December 2025."""
    rows = [row for row in running(raw) if NOW <= row["终止日期"] <= "2025-12-31"]
    return Listed(frozenset(row["维保合同号"] for row in rows), count=len(rows))


@QUESTIONS.asks("全包的维保，平均一台一年收多少钱？", "average yearly fee per unit (维保台量) under 全包 contracts")
def fee_each(raw: Raw) -> AnyOf:
    """Yearly fee over pieces of full-service contracts: of the sums, or the mean of the contracts."""
    rows = [row for row in raw[UPKEEP] if row["维保方式"] == "全包"]
    each = [(number(row["年维保费(元)"]) or Decimal(0)) / Decimal(row["维保台量"]) for row in rows]
    return AnyOf((Figure(total(rows, "年维保费(元)") / total(rows, "维保台量")), Figure(average(each))))


@QUESTIONS.asks("到期未续的维保合同有几份，涉及多少台？", "到期未续 contracts: how many, and how many units (维保台量) do they cover?")
def not_renewed(raw: Raw) -> Each:
    """Contracts that ran out: count and pieces."""
    rows = [row for row in raw[UPKEEP] if row["履行状态"] == "到期未续"]
    return Each((Figure(len(rows)), Figure(total(rows, "维保台量"))))


@QUESTIONS.asks("经办维保合同年维保费合计最高的是谁？", "谁经手的维保合同，年维保费加起来最多")
def best_handler(raw: Raw) -> Ranked:
    """Yearly fee of contracts by person."""
    return Ranked(per(with_staff(raw, UPKEEP, "经办人编号"), "责任人", lambda rows: total(rows, "年维保费(元)")))


@QUESTIONS.asks("WB-2024-121这份维保合同哪天终止？", "When does contract WB-2024-121 end?")
def ends(raw: Raw) -> Figure:
    """The last day of one contract."""
    return Figure(day(next(row["终止日期"] for row in raw[UPKEEP] if row["维保合同号"] == "WB-2024-121")))


@QUESTIONS.asks("今年新签订了几份维保合同？", "How many maintenance contracts were signed this year?")
def upkeep_this_year(raw: Raw) -> Figure:
    """Contracts signed in 2025."""
    return Figure(sum(row["签订日期"] >= "2025-01-01" for row in raw[UPKEEP]))


def received(raw: Raw) -> list[Row]:
    """Instalments that came in."""
    return [row for row in raw[PAID] if row["到账日期"]]


@QUESTIONS.asks("8月份项目款到账多少？", "How much cash came in during August 2025?")
def paid_in_august(raw: Raw) -> AnyOf:
    """Received in August 2025."""
    rows = [row for row in received(raw) if iso(row["到账日期"])[:7] == "2025-08"]
    return wan(lambda by: Figure(total(rows, CAME) * by))


@QUESTIONS.asks(
    "计划回款日期已经过了、一分钱没到账的有几笔，计划金额多少？", "overdue instalments with nothing received so far: how many, and what planned amount?"
)
def overdue(raw: Raw) -> AnyOf:
    """Planned before today, nothing received: count and planned amount."""
    rows = [row for row in raw[PAID] if iso(row["计划回款日期"]) < NOW and not row["到账日期"]]
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, PLANNED) * by))))


@QUESTIONS.asks("今年到账的钱按款项性质分，各是多少？", "cash received this year by 款项性质")
def by_nature(raw: Raw) -> AnyOf:
    """Received in 2025 by nature."""
    found = per((row for row in received(raw) if iso(row["到账日期"]) >= "2025-01-01"), "款项性质", lambda rows: total(rows, CAME))
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("到账日期晚于计划回款日期的有多少笔？", "How many payments arrived later than planned?")
def came_late(raw: Raw) -> Figure:
    """到账日期 after 计划回款日期."""
    return Figure(sum(iso(row["到账日期"]) > iso(row["计划回款日期"]) for row in received(raw)))


@QUESTIONS.asks("验收款从计划回款日期到实际到账平均隔多少天？", "For 验收款, how many days on average between the planned date and the money arriving?")
def delay(raw: Raw) -> Figure:
    """Days from the planned to the actual day of acceptance instalments."""
    return Figure(average(days(row, "计划回款日期", "到账日期") for row in raw[PAID] if row["款项性质"] == "验收款"))


@QUESTIONS.asks("银行承兑汇票收的款占总到账金额的几成", "到账金额里银行承兑汇票的比重是多少？")
def drafts(raw: Raw) -> Figure:
    """Received by bank acceptance of all received."""
    return Figure(total((row for row in received(raw) if row["结算方式"] == "银行承兑汇票"), CAME) / total(received(raw), CAME))


@QUESTIONS.asks("实际到账金额少于计划金额的回款有几笔？", "payments where less came in than planned, how many?")
def short(raw: Raw) -> Figure:
    """到账金额 below 计划金额."""
    return Figure(sum((number(row[CAME]) or 0) < (number(row[PLANNED]) or 0) for row in received(raw)))


@QUESTIONS.asks("金额最大的一笔到账是哪笔，多少钱？", "What's the largest single payment we've received?")
def largest_payment(raw: Raw) -> AnyOf:
    """Instalments by amount received."""
    found = {row["回款编号"]: number(row[CAME]) or Decimal(0) for row in received(raw)}
    return wan(lambda by: Ranked({name: value * by for name, value in found.items()}))
