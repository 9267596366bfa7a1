"""What comparable deals show: nothing from after the outcome, nothing found by looking at many, and what is there found."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.tools.coaching.conftest import TODAY
from tests.tools.coaching.test_situations import at
from tests.tools.crm.few_rows import Store
from tools.access.principal import Principal, Role
from tools.coaching.comparing import Precedent, compare
from tools.coaching.precedents import precedents_of
from tools.coaching.schemas import SituationKind, Step
from tools.coaching.sight import Sight
from tools.crm import models
from tools.crm.semantic import load_model
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification

ASKED = date(2026, 6, 1)
STEPS: tuple[Step, ...] = ("demo", "visit", "meeting", "call", "written")


class Past:
    """A company with one deal in which the customer wrote on a day."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.store = engine, Store(engine)
        self.store.put(models.Member, {"id": 800, "name": "Ola Berg"}, {"id": 801, "name": "Ida Holm"})
        self.store.put(models.Account, {"id": 900, "name": "Birchwell Ltd", "tier": "growth", "owner_id": 800})

    def deal(self, **fields: object) -> None:
        self.store.put(models.Opportunity, {"id": 950, "account_id": 900, "owner_id": 800, "name": "Line 4", "opened_on": date(2026, 5, 1)} | fields)
        self.store.put(models.Interaction, {"account_id": 900, "opportunity_id": 950, "kind": "Mail", "direction": "Inbound", "occurred_at": at(ASKED)})

    def precedents(self, member: int | None = None, today: date = TODAY) -> list[Precedent]:
        who = Principal.local_owner() if member is None else Principal(role=Role.REP, member_id=member, clearance=Classification.PERSONAL)
        with Session(self.engine) as session:
            sight = Sight(session, load_model(session, "UTC"), who, PolicyScope(), None, today)
            return list(precedents_of(sight, SituationKind.QUESTION_UNANSWERED))


@pytest.fixture
def past(engine: Engine) -> Past:
    return Past(engine)


def test_step_counts_within_the_window_and_the_outcome_only_after_it(past: Past) -> None:
    past.deal(status="won", close_on=ASKED + timedelta(days=25))
    past.store.put(models.Interaction, {"account_id": 900, "kind": "Demo", "occurred_at": at(ASKED + timedelta(days=10))})
    past.store.put(models.Interaction, {"account_id": 900, "kind": "Visit", "occurred_at": at(ASKED + timedelta(days=20))})

    (found,) = past.precedents()

    assert (found.progressed, found.steps) == (True, frozenset({"demo"}))


def test_deal_that_was_decided_within_the_window_is_no_precedent(past: Past) -> None:
    past.deal(status="won", close_on=ASKED + timedelta(days=9))

    assert past.precedents() == []


def test_deal_whose_horizon_is_not_over_is_no_precedent(past: Past) -> None:
    past.deal(status="open", close_on=date(2026, 12, 24))

    assert past.precedents(today=ASKED + timedelta(days=43)) == []
    assert len(past.precedents(today=ASKED + timedelta(days=44))) == 1


def test_stage_in_which_lost_deals_end_is_no_progress(past: Past) -> None:
    lost = ASKED + timedelta(days=25)
    past.deal(status="lost", stage="Closed lost", close_on=lost)
    past.store.put(models.StageHistory, {"opportunity_id": 950, "stage": "Closed lost", "entered_on": lost})

    assert not past.precedents()[0].progressed

    past.store.put(models.StageHistory, {"opportunity_id": 950, "stage": "Proposal", "entered_on": ASKED + timedelta(days=20)})

    assert past.precedents()[0].progressed


def test_precedents_out_of_reach_are_not_counted(past: Past) -> None:
    past.deal(status="won", close_on=ASKED + timedelta(days=25))

    assert (len(past.precedents(800)), len(past.precedents(801))) == (1, 0)


def test_chance_makes_a_step_stand_out_in_at_most_one_case_in_twenty() -> None:
    rng, cases = Random(5), 300

    found = sum(_compared([_precedent(rng, number, 0.45) for number in range(120)]).best is not None for _ in range(cases))

    assert found / cases <= 0.05


def test_step_that_really_helps_stands_out() -> None:
    rng = Random(6)

    record = _compared([_precedent(rng, number, 0.3, helps=0.45) for number in range(200)])

    assert record.best is not None
    assert record.best.step == "demo"
    assert record.best.difference.low > 0


def test_below_ten_precedents_there_is_no_track_record_and_no_step_is_named() -> None:
    rng = Random(7)

    record = _compared([_precedent(rng, number, 0.5) for number in range(9)])

    assert (record.rate.has_track_record, record.compared, record.best) == (False, 0, None)
    assert record.rate.high - record.rate.low > 0.4


def test_narrower_comparison_is_taken_only_where_it_has_enough_precedents() -> None:
    rng = Random(8)
    of_stage = [_precedent(rng, number, 0.5, stage="Proposal") for number in range(29)]
    others = [_precedent(rng, 100 + number, 0.5, stage="Demo") for number in range(50)]

    few, enough = _compared(of_stage + others), _compared([*of_stage, _precedent(rng, 99, 0.5, stage="Proposal"), *others])

    assert (few.breadth, few.rate.n) == ("all", 79)
    assert (enough.breadth, enough.rate.n) == ("stage", 30)


def _precedent(rng: Random, number: int, chance: float, helps: float = 0.0, stage: str = "Proposal") -> Precedent:
    steps = frozenset(step for step in STEPS if rng.random() < 0.4)
    progressed = rng.random() < chance + (helps if "demo" in steps else 0.0)
    return Precedent(id=number, version=1, at=ASKED, tier=None, stage=stage, alike=False, progressed=progressed, steps=steps)


class _Nowhere(Sight):
    """A sight without a store: comparing needs its evidence alone."""

    def __init__(self) -> None:
        self.call, self.blocks, self.support, self._row = "k1", {}, {}, 0


def _compared(precedents: list[Precedent]):
    return compare(_Nowhere(), "deals", precedents, "growth", "Proposal", False)
