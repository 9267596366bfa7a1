"""What was reached of goals that stand in a table of their own: each person's figure over what is set for the same person. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.access.principal import CLEARANCE, Principal, Role
from tools.crm.currency import RateBook
from tools.crm.errors import QueryNamesUnknownField, QueryStepMalformed, StepCurrenciesMixed
from tools.crm.models import Account, ImportRun, Member, Opportunity, Target
from tools.crm.query import Compare, Dimension, Having, MeasureRef, Order, Query, Window
from tools.crm.results import ResultSet
from tools.crm.semantic import load_model
from tools.crm.service import run_query
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.engine import open_engine
from tools.trace.recompute import recompute

PEOPLE = {1: ("林晓", "华东"), 2: ("Ada Brook", "华北"), 3: ("周舟", "华东"), 4: ("何平", "华北")}
WON = ((1, 300), (1, 100), (2, 90), (4, 70))
GOALS = {1: 200, 2: 100, 3: 50}
WINDOW = Window(start=date(2026, 1, 1), end=date(2026, 3, 31))
SET = Query(
    entity="target", measures=(MeasureRef(measure="target_amount"),), dimensions=(Dimension(path="owner"),), where=Compare(path="period", values=("2026Q1",))
)
REACHED = Query(
    entity="opportunity",
    measures=(MeasureRef(measure="won_value", against=SET),),
    dimensions=(Dimension(path="owner"),),
    window=WINDOW,
    order=(Order(measure=0),),
)
OWNER = Principal.local_owner()


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('goals') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all([Member(id=at, name=name, region=region, **sourced(f"m{at}")) for at, (name, region) in PEOPLE.items()])
        session.flush()
        session.add(Account(id=1, name="Alder Ltd", owner_id=1, **sourced("a1")))
        session.flush()
        for at, (owner, amount) in enumerate(WON, 1):
            held = {"amount": Decimal(amount), "currency": "CNY", "stage": "won", "status": "won", "opened_on": date(2026, 1, 1), "close_on": date(2026, 2, 1)}
            session.add(Opportunity(id=at, name=f"Deal {at}", account_id=1, owner_id=owner, **held, **sourced(f"o{at}")))
        for at, (owner, amount) in enumerate([*GOALS.items(), *((each, 900) for each in GOALS)], 1):
            period = "2026Q1" if at <= len(GOALS) else "2025Q1"
            session.add(Target(id=at, owner_id=owner, period=period, amount=Decimal(amount), currency="CNY", **sourced(f"t{at}")))
        session.commit()
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def read(session: Session) -> Reader:
    model = load_model(session)
    return Reader(model, build_vocabulary(session, model))


def ask(session: Session, query: Query, principal: Principal = OWNER) -> ResultSet:
    found = run_query(session, query, "q1", load_model(session), principal, PolicyScope(), RateBook())
    assert [each for each in recompute(found.cells(), {block.id: block for block in found.blocks}) if each.outcome != "ok"] == []
    return found


def reached(found: ResultSet) -> dict[str | None, str | None]:
    return {row.cells["owner"].value: row.cells["m0"].value for row in found.rows}


def test_figure_of_each_person_is_held_against_the_goal_of_the_same_person(session: Session) -> None:
    found = ask(session, REACHED)

    # who won nothing reached nothing of the goal; for whom none is set there is nothing to reach
    assert reached(found) == {"林晓": "2", "Ada Brook": "0.9", "周舟": "0"}
    derivation = found.rows[0].cells["m0"].derivation
    assert derivation is not None
    assert [found.cells()[address].value for address in derivation.operands] == ["400", "200"]


def test_bounds_choose_among_those_who_have_a_goal(session: Session) -> None:
    bounded = REACHED.model_copy(update={"having": (Having(op="lt", value="1"),)})

    assert set(reached(ask(session, bounded))) == {"Ada Brook", "周舟"}


def test_rep_sees_what_the_rep_has_reached_and_nobody_elses(session: Session) -> None:
    rep = Principal(role=Role.REP, member_id=2, name="Ada Brook", clearance=CLEARANCE[Role.REP])

    assert set(reached(ask(session, REACHED, rep))) <= {"Ada Brook"}


def test_goals_by_other_groups_or_cut_off_are_refused(session: Session) -> None:
    measure = REACHED.measures[0]
    for inner, error in (
        (SET.model_copy(update={"dimensions": (Dimension(path="region"),)}), QueryNamesUnknownField),
        (SET.model_copy(update={"dimensions": ()}), QueryStepMalformed),
        (SET.model_copy(update={"limit": 1}), QueryStepMalformed),
    ):
        with pytest.raises(error):
            ask(session, REACHED.model_copy(update={"measures": (measure.model_copy(update={"against": inner}),)}))


def test_goal_in_another_currency_is_refused(session: Session) -> None:
    session.get_one(Target, 1).currency = "EUR"
    session.flush()
    try:
        with pytest.raises(StepCurrenciesMixed):
            ask(session, REACHED)
    finally:
        session.rollback()


@pytest.mark.parametrize(
    ("question", "op", "descending"),
    [
        ("target attainment by rep in Q1 2026", None, True),
        ("今年一季度各销售的目标完成率", None, True),
        ("who has the worst quota attainment in Q1 2026?", None, False),
        ("2026年第一季度谁的业绩完成率最低", None, False),
        ("who beat their target in Q1 2026?", "gt", True),
        ("今年一季度哪些销售完成了目标", "ge", True),
        ("who missed their quota in Q1 2026", "lt", False),
        ("2026年一季度还有谁没完成指标", "lt", False),
        ("who did not exceed their target in Q1 2026?", "lt", False),
        ("2026年一季度谁没超过目标", "lt", False),
        ("2026年一季度没完成指标的销售有几个", "lt", False),
        ("2026年一季度有多少人完成了目标", "ge", True),
        ("How many reps missed their quota in Q1 2026?", "lt", False),
    ],
)
def test_what_was_reached_is_asked_by_person(read: Reader, question: str, op: str | None, descending: bool) -> None:
    (query,) = read.plan(question).queries

    (ref,) = query.measures
    assert ref.measure == "won_value"
    assert ref.against is not None
    assert (ref.against.entity, [each.path for each in ref.against.dimensions]) == ("target", ["owner"])
    assert (query.having[0].op if query.having else None, query.order[0].descending) == (op, descending)
    assert [each.path for each in query.dimensions] == ["owner"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("林晓今年一季度完成了目标的百分之多少？", ("owner", "林晓")),
        ("did Ada Brook make her target in Q1 2026?", ("owner", "Ada Brook")),
        ("2026年一季度华东的目标完成率", ("owner.region", "华东")),
    ],
)
def test_condition_on_people_holds_for_figure_and_goal(read: Reader, question: str, names: tuple[str, str]) -> None:
    (query,) = read.plan(question).queries
    goals = query.measures[0].against

    assert goals is not None
    for where in (query.where, goals.where):
        said = [(each.path, each.values) for each in getattr(where, "parts", (where,))]
        assert (names[0], (names[1],)) in said


@pytest.mark.parametrize(
    "question",
    [
        "今年一季度Alder Ltd的目标完成率",
        "target attainment of lost deals in Q1 2026",
        "2026年二月各销售的目标完成率",
        "who never beat their target in Q1 2026?",
    ],
)
def test_what_no_goal_is_set_for_is_refused(read: Reader, question: str) -> None:
    plan = read(question).plan

    assert plan is None or plan.queries[0].measures[0].against is None


def test_goals_follow_the_period_and_the_people_of_a_conversation(read: Reader) -> None:
    first = read.plan("今年一季度各销售的目标完成率")
    year_before = read.plan("那去年一季度呢", first)
    of_region = read.plan("只看华东", year_before)
    by_region = read.plan("按区域看", first)

    asked = [each.queries[0].measures[0].against for each in (year_before, of_region, by_region)]
    told = [{part.path: part.values for part in getattr(each.where, "parts", (each.where,))} for each in asked if each is not None]
    assert told == [{"period": ("2025Q1",)}, {"period": ("2025Q1",), "owner.region": ("华东",)}, {"period": ("2026Q1",)}]
    assert [[each.path for each in goals.dimensions] for goals in asked if goals is not None] == [["owner"], ["owner"], ["owner.region"]]


def test_follow_up_for_which_no_goals_are_set_is_refused(read: Reader) -> None:
    first = read.plan("今年一季度各销售的目标完成率")

    assert read("那2月呢", first).plan is None
