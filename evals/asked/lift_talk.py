"""Questions to the company for lifts that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from collections.abc import Callable

from evals.asked.expecting import Ambiguous, Figure, Groups, Listed, Ranked
from evals.asked.lift_books import running
from evals.asked.lift_repairs import calls
from evals.asked.lift_rows import GUESS, QUESTIONS, deals, income, rate, still_open, with_unit, won
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import average, column, iso, per, times, wan


@QUESTIONS.asks("陈伟到现在一共签了几个项目？", "How many projects has 陈伟 signed so far?")
def which_chen(raw: Raw) -> Ambiguous:
    """Two people have this name."""
    return Ambiguous(tuple(Figure(sum(row["责任人编号"] == person for row in won(raw))) for person in ("Y1006", "Y1016")))


def _projects(raw: Raw, *names: str) -> Ambiguous:
    return Ambiguous(tuple(Figure(sum(row["单位名称"] == name for row in deals(raw))) for name in names))


@QUESTIONS.asks("江城置业的自有电梯总数是多少？")
def which_jiangcheng(raw: Raw) -> Ambiguous:
    """Two units have this short name."""
    return Ambiguous(tuple(Figure(number(row["自有电梯总数"])) for row in raw["客户单位信息表"] if row["单位名称"].endswith("江城置业有限公司")))


@QUESTIONS.asks("武汉隆中物业在我们这儿登记过几个项目")
def which_longzhong(raw: Raw) -> Ambiguous:
    """Two units have this short name."""
    return _projects(raw, "武汉隆中物业服务有限公司", "武汉隆中物业管理有限公司")


@QUESTIONS.asks("how many projects have we registered for 安居地产集团?")
def which_anju(raw: Raw) -> Ambiguous:
    """Two units have this short name."""
    return _projects(raw, "武汉安居地产集团有限公司", "黄冈安居地产集团有限公司")


@QUESTIONS.asks("徐文静是哪家单位的？")
def which_xu(raw: Raw) -> Ambiguous:
    """Two contacts have this name."""
    return Ambiguous(tuple(Figure(row["单位名称"]) for row in with_unit(raw, "客户联系人名录") if row["联系人姓名"] == "徐文静"))


QUESTIONS.unanswerable(
    ("新梯销售的毛利率是多少？", "毛利率"),
    ("2021年签了多少个项目？", "2021年"),
    ("What commission did 夏雨晴 earn last year?", "commission"),
    ("荆门分公司今年签了多少钱？", "荆门分公司"),
    ("鲁志强手上还有几个项目？", "鲁志强"),
    ("各台设备一年耗电多少度？", "耗电"),
    ("How many projects are in the stage 样机试用?", "样机试用"),
    ("杂物电梯去年卖了几台？", "杂物电梯"),
    ("襄阳轨道交通运营有限公司的法人代表是谁", "法人代表"),
    ("What was our signed value in 2019?", "2019"),
    ("仓库里还剩多少块门机板？", "门机板"),
    ("客户的NPS平均打多少分？", "NPS"),
    ("华升电梯今年的营业额有多少", "营业额"),
    ("How many employees does 武汉金色人民医院 have?", "employees"),
    ("武汉三班今年修了几起困人？", "武汉三班"),
    ("维保工的持证到期日最早的是哪天", "持证到期"),
    ("What is 高建国's salary?", "salary"),
    ("宜昌葛洲置业有限公司跟我们签过几个项目？", "宜昌葛洲置业"),
    ("Which projects did our marketing campaigns bring in?", "campaigns"),
    ("电梯平均每天运行多少趟？", "运行多少趟"),
)


def count(pick: Callable[[Raw], list[Row]]) -> Callable[[Raw], Figure]:
    """How many rows there are."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(pick(raw)))

    return truth


def last_year(raw: Raw, branch: str) -> list[Row]:
    """Signed in 2024 by a branch."""
    return [row for row in won(raw, "2024-01-01", "2024-12-31") if row["管辖分公司"] == branch]


def yichang_open(raw: Raw) -> list[Row]:
    """Open projects of the branch in 宜昌."""
    return [row for row in still_open(raw) if row["管辖分公司"] == "宜昌分公司"]


def tenders(raw: Raw, year: str = "") -> list[Row]:
    """Projects by public tender, of a year of closing where one is given."""
    return [row for row in deals(raw) if row["承揽方式"] == "公开招标" and iso(row["办结日期"]).startswith(year)]


def stuck(raw: Raw, year: str) -> list[Row]:
    """Calls of a year with people trapped."""
    return [row for row in calls(raw, f"{year}-01-01", f"{year}-12-31") if row["是否困人"] == "是"]


QUESTIONS.thread(
    "branches",
    ("武汉分公司去年签了多少个项目？", count(lambda raw: last_year(raw, "武汉分公司"))),
    ("襄阳分公司呢？", count(lambda raw: last_year(raw, "襄阳分公司"))),
    ("签约金额是多少", lambda raw: wan(lambda by: Figure(income(last_year(raw, "襄阳分公司")) * by))),
    ("按业务类别拆开", lambda raw: wan(lambda by: Groups(times(per(last_year(raw, "襄阳分公司"), "业务类别", income), by)))),
)
QUESTIONS.thread(
    "tenders",
    ("What's our win rate in 公开招标 projects?", lambda raw: Figure(rate(tenders(raw)))),
    ("and for 2024 only?", lambda raw: Figure(rate(tenders(raw, "2024")))),
    ("split that by branch", lambda raw: Groups(per(tenders(raw, "2024"), "管辖分公司", rate))),
)
QUESTIONS.thread(
    "entrapments",
    ("2024年困人的急修有多少起？", count(lambda raw: stuck(raw, "2024"))),
    ("平均多少分钟到场？", lambda raw: Figure(average(column(stuck(raw, "2024"), "到场用时(分钟)")))),
    ("今年呢", lambda raw: Figure(average(column(stuck(raw, "2025"), "到场用时(分钟)")))),
)
QUESTIONS.thread(
    "pipeline",
    ("宜昌分公司现在有多少个没办结的项目", count(yichang_open)),
    ("预估金额合计？", lambda raw: wan(lambda by: Figure(total(yichang_open(raw), GUESS) * by))),
    ("谁手里的金额最大", lambda raw: wan(lambda by: Ranked(times(per(yichang_open(raw), "责任人", lambda rows: total(rows, GUESS)), by)))),
    ("只看投标报价阶段的，列一下", lambda raw: Listed(frozenset(row["项目名称"] for row in yichang_open(raw) if row["项目进展"] == "投标报价"))),
)
QUESTIONS.thread(
    "upkeep",
    ("How many maintenance contracts are 履行中?", count(running)),
    ("how many of those are 全包?", count(lambda raw: [row for row in running(raw) if row["维保方式"] == "全包"])),
    ("and their total annual fee?", lambda raw: Figure(total((row for row in running(raw) if row["维保方式"] == "全包"), "年维保费(元)"))),
)
