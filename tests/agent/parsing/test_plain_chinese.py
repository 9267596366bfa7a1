"""Plain questions of a sales office: clipped, with fillers, two at once, with a word for several categories or for the end of something. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent.parsing.store_words.done_or_not import said_of_state
from agent.parsing.store_words.naming import model_of, name_forms
from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare, Query
from tools.crm.semantic.model import base_model

INSTALLED = "custom:装机台账"
JOBS = ("业务员", "业务员", "业务员", "区域经理")
PEOPLE = ("汪海", "刘怡", "章峰", "程敏")
LINES, RIVALS, REASONS = ("立式烘箱", "卧式烘箱", "提升机"), ("北岭烘箱", "赤焰烘箱", "云帆"), ("价格偏高", "交期太长")
ROOMS, STATES = ("喷涂车间", "总装车间"), ("在用", "停机")
STAFF = table(
    "人员表.csv",
    "工号,姓名,岗位,部门,入职日期",
    *((f"Y{at:02d}", name, JOBS[at], ("一部", "二部")[at % 2], "2020-03-01") for at, name in enumerate(PEOPLE)),
)
FIRMS = table(
    "客户表.csv",
    "客户编号,客户名称,所在省,负责人工号",
    *((f"K{at:03d}", f"{name}机械有限公司", "江西", f"Y{at % 4:02d}") for at, name in enumerate(["青禾", "白鹭", "松涛", "云岭", "沧海", "晴川"])),
)
DAYS = [f"{2024 + at // 18}-0{at % 9 + 1}" for at in range(36)]
DEALS = table(
    "商机台账.csv",
    "商机编号,登记日期,报价日期,客户编号,业务员,产品线,报价(万元),当前阶段,结案日期,主要对手,丢单原因,需求车间",
    *(
        (f"SJ{at:03d}", f"{day}-03", f"{day}-08", f"K{at % 6:03d}", PEOPLE[at % 3], LINES[at % 3], str(at + 20),
         *(("赢单", f"{day}-20", RIVALS[at % 3], ""), ("输单", f"{day}-25", RIVALS[at % 3], REASONS[at % 3 % 2]), ("洽谈", "", "", ""))[at % 4 % 3],
         ROOMS[at % 2])
        for at, day in enumerate(DAYS)
    ),
)  # fmt: skip
VISITS = table(
    "拜访记录.csv",
    "拜访编号,拜访日期,客户编号,拜访人,方式,招待费(元)",
    *((f"BF{at:03d}", f"2025-0{at % 9 + 1}-11", f"K{at % 6:03d}", PEOPLE[at % 3], ("上门", "电话")[at % 2], str(at * 10)) for at in range(30)),
)
STOPPED = [at % 5 == 1 for at in range(30)]
PLACED = table(
    "装机台账.csv",
    "装机编号,装机日期,客户编号,安装车间,设备状态,质保截止,停机原因,首响时长(分钟)",
    *(
        (f"ZJ{at:03d}", f"2024-0{at % 9 + 1}-05", f"K{at % 6:03d}", ROOMS[at % 2], STATES[stopped], f"2026-0{at % 9 + 1}-05",
         "断电" if stopped else "", str(at * 3 + 5))
        for at, stopped in enumerate(STOPPED)
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def ovens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("plain"), STAFF, FIRMS, DEALS, VISITS, PLACED) as reader:
        yield reader


def conditions(query: Query) -> list[Compare]:
    parts = getattr(query.where, "parts", (query.where,))
    return [part for part in parts if isinstance(part, Compare)]


@pytest.mark.parametrize(("question", "descending"), [("哪个业务员去年拜访得最少啊", False), ("去年哪位业务员拜访次数最多", True)])
def test_a_job_that_is_a_word_for_whoever_did_it_is_who_is_ranked(ovens: Reader, question: str, descending: bool) -> None:
    query = ovens.plan(question).queries[0]

    assert (query.entity, [dimension.path for dimension in query.dimensions]) == ("interaction", ["owner"])
    assert [(order.measure, order.descending) for order in query.order] == [(0, descending)]


@pytest.mark.parametrize("question", ["赢单率倒数第二的业务员是谁", "赢单率倒数第2的业务员"])
def test_the_second_from_the_end_is_counted_from_the_end(ovens: Reader, question: str) -> None:
    query = ovens.plan(question).queries[0]

    assert (query.skip, query.limit, [order.descending for order in query.order]) == (1, 1, [False])


@pytest.mark.parametrize(("question", "entity", "path"), [("停机的设备按车间分一下", INSTALLED, "安装车间"), ("各车间的赢单金额", "opportunity", "需求车间")])
def test_a_general_word_is_the_column_of_the_records_that_ends_with_it(ovens: Reader, question: str, entity: str, path: str) -> None:
    query = ovens.plan(question).queries[0]

    assert (query.entity, [dimension.path for dimension in query.dimensions]) == (entity, [path])


@pytest.mark.parametrize("question", ["丢单原因里价格偏高的占几成", "价格偏高占丢单原因的多少"])
def test_a_share_of_reasons_is_one_of_what_was_lost(ovens: Reader, question: str) -> None:
    query = ovens.plan(question).queries[0]

    assert ([(ref.measure, ref.share) for ref in query.measures], query.only, query.where) == ([("lost_count", True)], ("价格偏高",), None)


def test_a_share_of_a_reason_of_an_own_table_is_one_of_the_records_that_have_one(ovens: Reader) -> None:
    query = ovens.plan("停机原因里断电占几成").queries[0]

    assert (query.entity, query.only) == (INSTALLED, ("断电",))
    assert [(part.path, part.op) for part in conditions(query)] == [("停机原因", "not_null")]


@pytest.mark.parametrize("question", ["烘箱这块去年赢了多少单", "烘箱的商机有几个"])
def test_a_word_that_ends_several_lines_means_these_and_no_rival_with_it_in_its_name(ovens: Reader, question: str) -> None:
    found = [part for part in conditions(ovens.plan(question).queries[0]) if len(part.values) == 2]

    assert [(part.path, set(part.values)) for part in found] == [("产品线", {"立式烘箱", "卧式烘箱"})]


@pytest.mark.parametrize("question", ["青禾机械的电话是多少", "青禾机械的电话号码是多少"])
def test_a_number_to_call_that_nobody_keeps_is_no_count_of_calls(ovens: Reader, question: str) -> None:
    assert ovens(question).plan is None


def test_a_total_right_behind_a_column_adds_it_up(ovens: Reader) -> None:
    query = ovens.plan("在谈的项目报价加起来多少").queries[0]

    assert [ref.fold or ref.measure for ref in query.measures] in (["sum"], ["pipeline_value"])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("碰到云帆我们赢了几次输了几次", ["won_count", "lost_count"]),
        ("去年丢了几单，赢了多少钱", ["lost_count", "won_value"]),
        ("云帆抢了我们几单，一共值多少钱", ["lost_count", "lost_value"]),
        ("去年输了几单，赢单金额多少", ["lost_count", "won_value"]),
    ],
)
def test_two_ends_of_deals_in_one_sentence_are_two_figures(ovens: Reader, question: str, expected: list[str]) -> None:
    plan = ovens.plan(question)

    assert [ref.measure for query in plan.queries for ref in query.measures] == expected


def test_the_fastest_is_so_at_what_was_timed_before(ovens: Reader) -> None:
    first, second = ovens.plan("登记到报价平均要多少天，哪个业务员最快").queries

    assert second.measures == first.measures
    assert [dimension.path for dimension in second.dimensions] == ["owner"]


def test_a_bound_by_itself_is_one_on_what_was_measured_before(ovens: Reader) -> None:
    second = ovens.plan("在用的设备平均首响时长多少，超过30分钟的有几台").queries[1]

    assert second.entity == INSTALLED
    assert {part.path for part in conditions(second)} == {"设备状态", "首响时长_分钟"}


@pytest.mark.parametrize("question", ["质保下个月到期的设备有几台", "下个月质保到期的设备有几台"])
def test_the_end_of_a_thing_may_be_said_apart_from_it(ovens: Reader, question: str) -> None:
    query = ovens.plan(question).queries[0]

    assert (query.entity, query.window.path if query.window else None) == (INSTALLED, "质保截止")


@pytest.mark.parametrize("question", ["质保过了的设备有几台", "质保已经到期的设备有几台"])
def test_what_is_over_has_ended_before_today(ovens: Reader, question: str) -> None:
    query = ovens.plan(question).queries[0]

    assert [(part.path, part.op) for part in conditions(query)] == [("质保截止", "lt")]


@pytest.mark.parametrize("question", ["2025年哪个产品线赢单金额掉得最厉害", "2025年哪个产品线赢单金额下降最多"])
def test_what_dropped_worst_is_ranked_by_the_change(ovens: Reader, question: str) -> None:
    query = ovens.plan(question).queries[0]

    assert [(order.by, order.descending) for order in query.order] == [("change", False)]


@pytest.mark.parametrize("question", ["汪海的单子平均多久能成交", "汪海的单子平均多久成交"])
def test_how_long_it_can_take_is_how_long_it_takes(ovens: Reader, question: str) -> None:
    assert [ref.measure for ref in ovens.plan(question).queries[0].measures] == ["sales_cycle"]


@pytest.mark.parametrize(("code", "model"), [("SB-CT256", "CT256"), ("WL-1001", None), ("HT-202302-001", None)])
def test_a_product_is_called_by_the_model_in_its_number(code: str, model: str | None) -> None:
    assert model_of(code) == model


@pytest.mark.parametrize(("state", "said"), [("到期未续", "到期没续"), ("验收未付款", "验收还没付款")])
def test_a_state_after_something_is_also_said_with_another_no(state: str, said: str) -> None:
    assert said in set(said_of_state(state, base_model().entities["contract"].fields["status"]))


def test_a_colour_that_marks_records_is_said_with_the_word_for_colours() -> None:
    assert ("红色", "alias") in set(name_forms("红", title=False))


def test_the_second_from_the_end_after_the_lowest_is_the_second_lowest(ovens: Reader) -> None:
    first = ovens.plan("赢单率最低的业务员是谁")

    query = ovens.plan("倒数第二呢", first).queries[0]

    assert (query.skip, query.limit, [order.descending for order in query.order]) == (1, 1, [False])
