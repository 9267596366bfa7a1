"""Questions that set two columns of one record against each other: days in order, amounts, ratios and differences. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, TODAY, Reader, sourced
from tools.crm.models import Account, Contract, CustomField, CustomRow, CustomTable, ImportRun, Member
from tools.crm.query import And, Beside, Compare, Filter, Lasted, MeasureRef, Query
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

RUNS = "custom:courier_runs"
OWN = (
    ("promised_delivery", "date"),
    ("delivered_on", "date"),
    ("dt_inv_due", "date"),
    ("dt_paid", "date"),
    ("planned_audit", "date"),
    ("actual_audit", "date"),
    ("FuelCost", "number"),
    ("billed_amt", "number"),
    ("paid_amt", "number"),
    ("driver", "text"),
)
TERMS = (("agreed", "date", "约定交付日"), ("handed", "date", "实际交付日"), ("offer", "money", "报价总额(元)"), ("got", "money", "累计到款(元)"))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('contrasted') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(Member(id=1, name="Ada Brook", **sourced("m1")))
        session.flush()
        session.add_all(Account(id=at, name=name, owner_id=1, **sourced(f"a{at}")) for at, name in ((1, "Alder Ltd"), (2, "Birch AG")))
        session.add(CustomTable(id=1, source_system="crm", key="courier_runs", label="courier runs"))
        session.add_all(CustomField(entity=RUNS, table_id=1, key=key.lower(), label=key, type=kind, classification=1) for key, kind in OWN)
        session.add_all(CustomField(entity="contract", key=key, label=label, type=kind, classification=1, unit="CNY" if kind == "money" else None)
                        for key, kind, label in TERMS)  # fmt: skip
        session.flush()
        for at in range(1, 9):
            days = {key.lower(): f"2026-01-{at + place:02d}" for place, (key, kind) in enumerate(OWN) if kind == "date"}
            held = {**days, "fuelcost": at * 10_000, "billed_amt": at * 20_000, "paid_amt": at * 10_000, "driver": "Olsen" if at % 2 else "Reyes"}
            session.add(CustomRow(id=at, table_id=1, account_id=1 + at % 2, **(sourced(f"r{at}") | {"custom": held})))
            terms: dict[str, Any] = {"agreed": f"2026-02-{at:02d}", "handed": f"2026-02-{at + 1:02d}", "offer": at * 10_000, "got": at * 5_000}
            made = {"number": f"HT-{at}", "account_id": 1 + at % 2, "amount": Decimal(at), "currency": "CNY", "signed_on": date(2026, 1, at)}
            session.add(Contract(id=at, **made, **(sourced(f"k{at}") | {"custom": terms})))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


def parts(where: Filter | None) -> tuple[Filter, ...]:
    return () if where is None else where.parts if isinstance(where, And) else (where,)


def asked(read: Reader, question: str) -> Query:
    return read.plan(question).queries[0]


DELIVERED = {"path": "delivered_on", "since": "promised_delivery"}
PAID = {"path": "dt_paid", "since": "dt_inv_due"}
HANDED = {"path": "handed", "since": "agreed"}


@pytest.mark.parametrize(
    ("question", "entity", "days", "op", "length"),
    [
        ("how many courier runs were delivered later than promised?", RUNS, DELIVERED, "gt", "0"),
        ("courier runs delivered after the promised date", RUNS, DELIVERED, "gt", "0"),
        ("which courier runs missed the promised delivery date?", RUNS, DELIVERED, "gt", "0"),
        ("courier runs that were not delivered on time", RUNS, DELIVERED, "gt", "0"),
        ("how many courier runs were paid late?", RUNS, PAID, "gt", "0"),
        ("how many courier runs were paid on time?", RUNS, PAID, "le", "0"),
        ("courier runs delivered ahead of the promised date", RUNS, DELIVERED, "lt", "0"),
        ("how many courier runs were audited later than planned?", RUNS, {"path": "actual_audit", "since": "planned_audit"}, "gt", "0"),
        ("courier runs delivered more than 2 days late", RUNS, DELIVERED, "gt", "2"),
        ("courier runs delivered within 3 days of the promised date", RUNS, DELIVERED, "le", "3"),
        ("实际交付比约定晚的合同有几份", "contract", HANDED, "gt", "0"),
        ("实际交付日晚于约定交付日的合同有多少", "contract", HANDED, "gt", "0"),
        ("没按时交付的合同有多少", "contract", HANDED, "gt", "0"),
        ("按期交付的合同有多少", "contract", HANDED, "le", "0"),
        ("提前交付的合同有哪些", "contract", HANDED, "lt", "0"),
        ("交付晚了超过5天的合同有几份", "contract", HANDED, "gt", "5"),
    ],
)
def test_what_was_planned_is_held_against_the_day_of_the_same_event(
    read: Reader, question: str, entity: str, days: dict[str, str], op: Any, length: str
) -> None:
    query = asked(read, question)
    assert (query.entity, Lasted(**days, op=op, days=length) in parts(query.where)) == (entity, True)


def test_period_beside_a_comparison_of_days_is_that_of_what_happened(read: Reader) -> None:
    for question in ("courier runs delivered in January 2026 later than promised, how many", "how many courier runs were delivered late in January 2026?"):
        query = asked(read, question)
        assert query.window is not None
        assert (query.window.path, query.window.start) == ("delivered_on", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("question", "ref", "limits"),
    [
        ("for courier runs that were delivered late, by how many days on average?", MeasureRef(fold="avg", **DELIVERED), 1),
        ("how many days after the due date do customers pay on average?", MeasureRef(fold="avg", **PAID), 0),
        ("晚交付的合同平均晚几天", MeasureRef(fold="avg", **HANDED), 1),
        ("share of courier runs delivered on time", MeasureRef(fold="count", part=Lasted(**DELIVERED, op="le", days="0")), 0),
        ("what is the on-time delivery rate of courier runs?", MeasureRef(fold="count", part=Lasted(**DELIVERED, op="le", days="0")), 0),
        ("合同的按时交付率", MeasureRef(fold="count", part=Lasted(**HANDED, op="le", days="0")), 0),
        ("fuel cost as a share of the billed amount", MeasureRef(fold="sum", path="fuelcost", over="billed_amt"), 0),
        ("how much of the billed amount do we get paid, as a percentage", MeasureRef(fold="sum", path="paid_amt", over="billed_amt"), 0),
        ("累计到款占合同金额的比例", MeasureRef(fold="sum", path="got", over="amount"), 0),
        ("签约金额是报价总额的几折", MeasureRef(fold="sum", path="amount", over="offer"), 0),
        ("合同还有多少钱没到款", MeasureRef(fold="sum", path="amount", less="got", owed=True), 0),
        ("billed amount minus fuel cost of courier runs", MeasureRef(fold="sum", path="billed_amt", less="fuelcost"), 0),
    ],
)
def test_two_columns_make_a_figure(read: Reader, question: str, ref: MeasureRef, limits: int) -> None:
    query = asked(read, question)
    assert query.measures == (ref,)
    assert len(parts(query.where)) == limits


@pytest.mark.parametrize("question", ["which driver has the worst late-delivery rate?", "which driver has the worst late delivery rate?"])
def test_the_worst_of_what_is_unwelcome_is_the_highest(read: Reader, question: str) -> None:
    query = asked(read, question)
    assert (query.measures[0].part, query.dimensions[0].path, query.order[0].descending) == (Lasted(**DELIVERED, op="gt", days="0"), "driver", True)


def test_less_money_than_was_agreed_is_no_order_of_days(read: Reader) -> None:
    plan = read("courier runs where we were paid less than promised").plan
    assert plan is None or not any(isinstance(part, Lasted) for query in plan.queries for part in parts(query.where))


def test_share_of_a_comparison_ranks_groups(read: Reader) -> None:
    query = asked(read, "which driver has the worst on-time delivery rate?")
    assert (query.measures[0].part, query.dimensions[0].path, query.order[0].descending) == (Lasted(**DELIVERED, op="le", days="0"), "driver", False)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("on how many courier runs did the fuel cost exceed what we billed?", Beside(path="fuelcost", other="billed_amt", op="gt")),
        ("courier runs where the paid amount is below the billed amount", Beside(path="paid_amt", other="billed_amt", op="lt")),
        ("courier runs with a fuel cost above 60% of the billed amount", Beside(path="fuelcost", other="billed_amt", op="gt", factor="0.6")),
        ("签约金额超过报价总额的合同有几份", Beside(path="amount", other="offer", op="gt")),
        ("签约金额比报价总额低的合同有几份", Beside(path="amount", other="offer", op="lt")),
        ("签约金额不到报价总额八成的合同有几份", Beside(path="amount", other="offer", op="lt", factor="0.8")),
        ("签约金额不低于报价总额八成的合同有几份", Beside(path="amount", other="offer", op="ge", factor="0.8")),
        ("签约金额已经到报价总额八成以上的合同有几份", Beside(path="amount", other="offer", op="ge", factor="0.8")),
        ("累计到款达到报价总额的50%以上的合同有几份", Beside(path="got", other="offer", op="ge", factor="0.5")),
    ],
)
def test_amounts_of_one_record_are_compared(read: Reader, question: str, part: Beside) -> None:
    assert part in parts(asked(read, question).where)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("which courier runs are not delivered yet?", Compare(path="delivered_on", op="is_null")),
        ("还没交付的合同有哪些", Compare(path="handed", op="is_null")),
        ("contracts past the agreed delivery date", Compare(path="agreed", op="lt", values=(TODAY.isoformat(),))),
    ],
)
def test_event_that_has_not_come_leaves_its_day_empty(read: Reader, question: str, part: Compare) -> None:
    assert part in parts(asked(read, question).where)


@pytest.mark.parametrize(
    "question",
    [
        "how many courier runs were insured later than promised?",
        "courier runs delivered later than the moon",
        "average delay of accounts",
        "marketing budget minus the billed amount",
        "保险金额超过报价总额的合同有几份",
        "合同的退货率",
    ],
)
def test_comparison_with_what_no_column_holds_is_not_understood(read: Reader, question: str) -> None:
    assert read(question).plan is None
