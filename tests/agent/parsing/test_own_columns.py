"""Questions about an export's own columns: brackets that name them, flags, results and their rates, counted groups, units, codes. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.linking.glossing import without_glosses
from agent.parsing.wording.rewording import reword
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, Contract, CustomField, ImportRun, Member, Opportunity, Product, Ticket
from tools.crm.query import And, Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

OWN = (
    ("opportunity", "tendered", "flag", "是否公开招标"),
    ("opportunity", "funds", "text", "资金来源"),
    ("opportunity", "origin", "text", "线索渠道"),
    ("opportunity", "fair", "text", "展会名称"),
    ("opportunity", "line", "text", "机型大类"),
    ("ticket", "covered", "flag", "是否保内"),
    ("ticket", "finding", "text", "检测结论"),
    ("ticket", "grading", "number", "回访评分"),
    ("ticket", "severity", "text", "轻重级别"),
    ("ticket", "content", "text", "客户评价"),
    ("contract", "hope", "text", "意向"),
    ("contract", "form", "text", "计价形式"),
    ("contract", "warranty", "number", "质保期(月)"),
    ("contract", "promised", "date", "约定交货日"),
    ("contract", "shipped", "date", "实际发货日"),
    ("product", "lead", "number", "标准交期(天)"),
)
REGIONS = ("North", "South", "East")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('columns') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(CustomField(entity=entity, key=key, label=label, type=kind, classification=1) for entity, key, kind, label in OWN)
        session.add_all(
            Member(id=at, name=name, region=region, **sourced(f"m{at}"))
            for at, name, region in zip((1, 2, 3), ("Ada Brook", "Ole Berg", "Ida Moss"), REGIONS, strict=True)
        )
        session.add_all(
            Product(id=at, name=name, **(sourced(f"p{at}") | {"custom": {"lead": at * 10}})) for at, name in ((1, "给水泵 QX85"), (2, "潜水泵 QV32"))
        )
        session.flush()
        session.add_all(Account(id=at, name=f"Alder {at}", region=REGIONS[at - 1], owner_id=at, **sourced(f"a{at}")) for at in (1, 2, 3))
        session.flush()
        for at in range(1, 7):
            own = {"tendered": at % 2 == 0, "funds": "自筹资金" if at % 3 else "财政拨款", "origin": "展会" if at > 3 else "官网", "line": "ABC"[at % 3] + "线"}
            own |= {"fair": ("春季展", "秋季展")[at % 2]} if at > 3 else {}
            status = "won" if at < 4 else "lost"
            dated = {"opened_on": date(2025, 1, at), "close_on": date(2026, 1, at)}
            whose = {"account_id": 1 + at % 3, "owner_id": 1 + at % 3, "product_id": 1 + at % 2}
            told = {"stage": status, "status": status, "amount": Decimal(at), **dated}
            session.add(Opportunity(id=at, name=f"Deal {at}", **whose, **told, **(sourced(f"o{at}") | {"custom": own})))
            held = {
                "covered": at % 2 == 0,
                "finding": "合格" if at > 2 else "不合格",
                "grading": at,
                "severity": "AB"[at % 2],
                "content": ("满意", "不满意")[at % 2],
            }
            session.add(Ticket(id=at, subject=f"T{at}", status="open", account_id=1, opened_at=NOW, **(sourced(f"t{at}") | {"custom": held})))
            session.add(
                Contract(
                    id=at,
                    number=f"HT-{at}",
                    account_id=1,
                    signed_on=date(2026, 1, at),
                    **(
                        sourced(f"k{at}")
                        | {
                            "custom": {
                                "hope": "AB"[at % 2],
                                "form": "闭口价" if at % 3 else "开口价",
                                "warranty": at * 6,
                                "promised": f"2026-03-0{at}",
                                "shipped": f"2026-03-{at * 2:02d}",
                            }
                        }
                    ),
                )
            )
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize(
    "question",
    ["win rate by money origin (资金来源)", "按出资方（资金来源）看赢单率", "lowest win rate by kind of money (资金来源)?"],
)
def test_bracket_that_names_the_words_before_it_stands_for_them(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert [(ref.measure, query.dimensions[0].path) for ref in query.measures] == [("win_rate", "funds")]


@pytest.mark.parametrize(
    ("question", "path"),
    [("哪个展会带来的商机最多？", "fair"), ("各展会的商机数", "fair"), ("哪种机型的商机最多", "line"), ("number of deals by 展会", "fair")],
)
def test_column_is_grouped_by_what_its_header_names_or_tells_apart(read: Reader, question: str, path: str) -> None:
    (query,) = read.plan(question).queries

    assert ([each.path for each in query.dimensions], query.where) == ([path], None)


def test_value_that_a_column_of_names_is_called_by_stays_a_condition_elsewhere(read: Reader) -> None:
    (query,) = read.plan("展会来的商机有几个").queries

    assert query.where == Compare(path="origin", values=("展会",))


def test_value_said_with_the_beginning_of_its_header_is_a_part_of_what_was_counted(read: Reader) -> None:
    before = read.plan("合格的工单有几张")
    (query,) = read.plan("其中客户不满意的有几张？", before).queries

    told = (Compare(path="finding", values=("合格",)), Compare(path="content", values=("不满意",)))
    assert (query.entity, query.where) == ("ticket", And(parts=told))


@pytest.mark.parametrize(
    ("question", "path", "value"),
    [
        ("how many deals had state money (财政拨款)", "funds", "财政拨款"),
        ("win rate of public biddings (是否公开招标 = 是)", "tendered", "true"),
        ("win rate of private awards (是否公开招标 = 否)", "tendered", "false"),
    ],
)
def test_bracket_that_names_a_category_is_a_condition(read: Reader, question: str, path: str, value: str) -> None:
    (query,) = read.plan(question).queries

    assert query.where == Compare(path=path, values=(value,))


def test_bracket_that_is_no_word_of_the_store_stays() -> None:
    assert without_glosses("deals (whatever that is) in June", lambda _: ((), False)) == "deals (whatever that is) in June"


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("公开招标的项目跟非公开招标的项目，赢单率分别是多少？", "tendered"),
        ("公开招标和非公开招标的商机各有多少", "tendered"),
        ("保内和保外的工单分别有多少", "covered"),
        ("Do 公开招标 deals have a better win rate than the others?", "tendered"),
    ],
)
def test_both_sides_of_a_flag_are_set_against_each_other(read: Reader, question: str, path: str) -> None:
    (query,) = read.plan(question).queries

    assert [dimension.path for dimension in query.dimensions] == [path]
    assert query.where is None


def test_opposite_of_a_flag_is_its_no(read: Reader) -> None:
    (query,) = read.plan("保外工单有多少").queries

    assert query.where == Compare(path="covered", values=("false",))


@pytest.mark.parametrize(("question", "path", "only"), [("工单的合格率是多少", "finding", "合格"), ("公开招标率是多少", "tendered", "true")])
def test_rate_of_a_result_is_its_share(read: Reader, question: str, path: str, only: str) -> None:
    plan = read.plan(question)

    assert plan.focus == "share"
    assert (plan.queries[0].dimensions[0].path, plan.queries[0].only) == (path, (only,))


@pytest.mark.parametrize("question", ["自筹资金率是多少", "各产品的合格率"])
def test_rate_of_what_is_no_result_or_is_wanted_by_group_is_not_guessed(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize("question", ["三个地区的赢单率各是多少", "win rate of the three regions", "win rate region by region"])
def test_number_that_counts_the_groups_is_no_limit(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert [dimension.path.split(".")[-1] for dimension in query.dimensions] == ["region"]
    assert query.limit is None


def test_number_that_is_not_that_of_the_groups_is_not_dropped(read: Reader) -> None:
    assert read("五个地区的赢单率各是多少").plan is None


@pytest.mark.parametrize("question", ["质保期不少于24个月的合同有多少份", "质保期两年以上的合同有多少份"])
def test_length_beside_a_column_with_a_unit_counts_in_that_unit(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert query.where == Compare(path="warranty", op="ge", values=("24",))


@pytest.mark.parametrize("question", ["QX85的标准交期几天", "给水泵QX85标准交期是多少天"])
def test_code_in_a_name_stands_for_the_record(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.select, query.where) == (("name", "lead"), Compare(path="name", values=("给水泵 QX85",)))


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("won value quarter by quarter", "won value by quarter"),
        ("list everyone who reports to Ada Brook", "list the team of Ada Brook"),
        ("哪个系列最容易赢单，也就是赢单率最高？", "哪个系列赢单率最高？"),
        ("甲类客户和其他客户的赢单率", "甲类客户和非甲类客户的赢单率"),
    ],
)
def test_said_in_plainer_words(said: str, plain: str) -> None:
    assert reword(said) == plain


@pytest.mark.parametrize(
    ("question", "op"),
    [
        ("实际发货日晚于约定交货日的合同有几份", "gt"),
        ("实际发货比约定的晚的合同有几份", "gt"),
        ("有几份合同的实际发货日早于约定交货日", "lt"),
    ],
)
def test_two_days_of_one_record_are_compared(read: Reader, question: str, op: str) -> None:
    (query,) = read.plan(question).queries

    assert query.where is not None
    assert query.where.model_dump() == {"kind": "lasted", "path": "shipped", "since": "promised", "op": op, "days": "0"}


@pytest.mark.parametrize(
    ("question", "value"),
    [("deals with 是否公开招标 off", "false"), ("deals with 是否公开招标 on", "true"), ("公开招标关闭的商机有几个", "false"), ("公开招标的商机有几个", "true")],
)
def test_flag_that_is_switched_off_is_false(read: Reader, question: str, value: str) -> None:
    (query,) = read.plan(question).queries

    assert isinstance(query.where, Compare)
    assert (query.where.path, query.where.values) == ("tendered", (value,))


@pytest.mark.parametrize("question", ["质保12个月的合同有几份", "how many contracts with a 12-month 质保期"])
def test_length_in_the_unit_of_a_column_is_met_exactly(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert isinstance(query.where, Compare)
    assert (query.where.path, query.where.op, query.where.values) == ("warranty", "eq", ("12",))


@pytest.mark.parametrize("question", ["contracts whose 实际发货日 was more than 30 days ago", "实际发货日到现在超过30天的合同有几份"])
def test_day_so_long_ago_is_a_bound_on_that_day(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert isinstance(query.where, Compare)
    assert (query.where.path, query.where.op, query.where.values) == ("shipped", "lt", ("2026-01-30",))


@pytest.mark.parametrize(
    ("question", "end"),
    [("won value this quarter compared with the same quarter last year", "2025-03-31"), ("今年的赢单金额同比怎么样", "2025-03-01")],
)
def test_same_quarter_is_a_whole_one_and_the_same_period_ends_today(read: Reader, question: str, end: str) -> None:
    (query,) = read.plan(question).queries

    assert query.compare is not None
    assert str(query.compare.end) == end


@pytest.mark.parametrize(("question", "descending"), [("回访评分最低的检测结论", False), ("哪种检测结论的回访评分最高", True)])
def test_points_are_ranked_by_their_mean(read: Reader, question: str, descending: bool) -> None:
    (query,) = read.plan(question).queries

    assert [(ref.fold, ref.path) for ref in query.measures] == [("avg", "grading")]
    assert query.order[0].descending is descending


def test_grade_is_of_the_column_that_is_called_so(read: Reader) -> None:
    (query,) = read.plan("A级的有几个").queries

    assert (query.entity, query.where) == ("ticket", Compare(path="severity", values=("A",)))


def test_share_of_those_with_a_result_is_of_what_the_result_is(read: Reader) -> None:
    (query,) = read.plan("of tickets with a 检测结论, what share is 合格?").queries

    (ref,) = query.measures
    assert (ref.part, query.where) == (Compare(path="finding", values=("合格",)), Compare(path="finding", op="not_null"))


@pytest.mark.parametrize("question", ["闭口价的占多少", "闭口价占比"])
def test_share_of_a_category_alone_is_of_the_records_that_have_it(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.entity, query.dimensions[0].path, query.only) == ("contract", "form", ("闭口价",))


@pytest.mark.parametrize("question", ["查得出展会名称的商机里，春季展的占多少", "登记了展会名称的商机里，春季展占几成"])
def test_share_of_those_of_which_a_column_is_known_leaves_the_others_out(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.where, query.only) == (Compare(path="fair", op="not_null"), ("春季展",))


@pytest.mark.parametrize(
    ("question", "fields"),
    [("合同 with 计价形式 开口价: 约定交货日", ["promised"]), ("HT-3这份合同的约定交货日和计价形式", ["promised", "form"])],
)
def test_columns_named_of_records_told_by_what_they_hold_are_shown(read: Reader, question: str, fields: list[str]) -> None:
    (query,) = read.plan(question).queries

    assert not query.measures
    assert set(fields) <= set(query.select)


def test_clause_that_says_what_counts_is_no_question_of_its_own(read: Reader) -> None:
    assert read("合同准时率多少？回访评分不低于蓝色就算准时").plan is None


@pytest.mark.parametrize("question", ["what does Ada Brook earn a month?", "Ada Brook每个月挣多少"])
def test_pay_of_a_person_is_no_sale_of_theirs(read: Reader, question: str) -> None:
    assert (found := read(question)).plan is None
    assert found.reason == "not_in_data"
