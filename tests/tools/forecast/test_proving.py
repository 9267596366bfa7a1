"""Every figure that is told of deals and periods is a cell that can be computed again, and it is the figure that the forecast itself computes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from tests.tools.forecast.company import TODAY, Row, found, put
from tools.access.principal import Principal, Role
from tools.crm import models
from tools.forecast.causes import explain_change
from tools.forecast.errors import DealUnknown, NoTargets, TargetsElsewhere
from tools.forecast.periods import forecast_period
from tools.forecast.proving import Ledger
from tools.forecast.proving_chance import prove_chance, prove_chances
from tools.forecast.proving_change import prove_change
from tools.forecast.proving_period import prove_period, prove_won, span_key
from tools.forecast.proving_record import prove_recorded
from tools.forecast.proving_signal import prove_signal
from tools.forecast.proving_target import prove_over, prove_target, prove_targets, targets_for
from tools.forecast.service import assess, deal_outlook, open_study
from tools.forecast.study import Study
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification
from tools.trace.recompute import recompute

OWNER = Principal.local_owner()
REP = Principal(role=Role.REP, member_id=1, name="rep 1", clearance=Classification.PERSONAL)
QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
LAST, BEFORE = (date(2026, 4, 1), date(2026, 6, 30)), (date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> tuple[Engine, list[Row]]:
    from tools.store.engine import open_engine

    path = tmp_path_factory.mktemp("proving") / "plumbline.db"
    path.write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{path}")
    deals = found(engine)
    return engine, deals


@pytest.fixture(scope="module")
def study(company: tuple[Engine, list[Row]]) -> Study:
    with Session(company[0]) as session:
        return open_study(session, OWNER, PolicyScope(), TODAY)


@pytest.fixture
def session(company: tuple[Engine, list[Row]]) -> Session:
    return Session(company[0])


def proven(ledger: Ledger) -> bool:
    findings = recompute(ledger.cells, {block.id: block for block in ledger.blocks})
    return bool(findings) and all(finding.outcome == "ok" for finding in findings)


def value(ledger: Ledger, address: str | None) -> float:
    assert address is not None
    return float(ledger.number(address))


def test_a_period_is_proven_and_is_the_forecast(study: Study, session: Session) -> None:
    proof, told = prove_period(study, session, *QUARTER), forecast_period(study, *QUARTER)
    assert proven(proof.ledger)
    for address, expected in (
        (proof.span.point, told.total.point), (proof.span.low, told.total.low), (proof.span.high, told.total.high), (proof.booked, told.booked),
        (proof.open, told.from_open), (proof.created, told.from_new), (proof.weighted, told.stage_weighted), (proof.error, told.error),
        (proof.weighted_error, told.stage_weighted_error),
    ):  # fmt: skip
        assert value(proof.ledger, address) == pytest.approx(float(str(expected)), abs=0.05)
    assert value(proof.ledger, proof.factor) == pytest.approx(float(told.widening), abs=0.006)
    assert proof.coverage is not None
    assert (value(proof.ledger, proof.coverage.k), value(proof.ledger, proof.coverage.n)) == (sum(each.held for each in told.past), len(told.past))
    assert [value(proof.ledger, row.actual) for row in proof.past] == [float(each.actual) for each in told.past]


def test_the_parts_of_a_period_add_up_to_the_whole_draw_by_draw(study: Study, session: Session) -> None:
    whole = prove_period(study, session, *QUARTER).seen.outlook.totals.sum(axis=1)
    sides = prove_period(study, session, *QUARTER, by="owner").seen.outlook.totals
    parts = [prove_period(study, session, *QUARTER, part={"owner": frozenset({f"#{owner}"})}).seen.outlook.totals[:, 0] for owner in range(1, 5)]
    assert np.allclose(sides.sum(axis=1), whole)
    assert np.allclose(np.sum(parts, axis=0), whole)


def test_sides_are_proven_and_bear_the_names_of_their_members(study: Study, session: Session) -> None:
    proof = prove_period(study, session, *QUARTER, by="owner")
    assert proven(proof.ledger)
    assert {proof.ledger.cells[row.name].value for row in proof.sides} == {f"rep {at}" for at in range(1, 5)}
    assert all(proof.ledger.cells[row.name].sources for row in proof.sides)


def test_what_a_telling_adds_does_not_stay_with_the_kept_proof(study: Study, session: Session) -> None:
    first = prove_period(study, session, *QUARTER)
    first.ledger.constant("extra.one", 1, first.ledger.cells[first.booked_n].type)
    assert "f1.extra.one" not in prove_period(study, session, *QUARTER).ledger.cells


def test_a_draw_that_is_changed_afterwards_is_found_out(study: Study, session: Session) -> None:
    ledger = prove_period(study, session, *QUARTER).ledger
    blocks = {block.id: block for block in ledger.blocks}
    text = blocks["f1_draws"].rows_json
    forged = text.replace(text[: text.index("],") + 1].split(",")[-1], "99999999999]", 1)
    blocks["f1_draws"] = blocks["f1_draws"].model_copy(update={"rows_json": forged})
    assert any(finding.outcome == "failed" for finding in recompute(ledger.cells, blocks))


def test_the_signal_is_proven_and_is_the_one_assessed(study: Study, session: Session) -> None:
    ledger, told = Ledger(study, session, "f1"), assess(study)
    proof = prove_signal(ledger)
    assert proven(ledger)
    assert proof.claimed == told.claimed
    assert proof.skill is not None
    assert told.skill is not None
    for address, expected in ((proof.skill.point, told.skill.point), (proof.skill.low, told.skill.low), (proof.skill.high, told.skill.high)):
        assert value(ledger, address) == pytest.approx(float(expected), abs=1e-5)
    assert value(ledger, proof.skill.deals) == told.deals
    assert value(ledger, proof.base.point) == pytest.approx(float(told.base_rate.point), abs=1e-6)


def test_chances_are_proven_from_records_and_are_those_of_the_model(study: Study, session: Session) -> None:
    for place in range(0, len(study.history.ids), 60):
        deal = int(study.history.ids[place])
        proof, told = prove_chance(study, session, deal), deal_outlook(study, deal)
        assert proven(proof.ledger)
        assert not proof.bare, "every feature follows from fields and records"
        assert (proof.outcome, proof.ledger.cells[proof.day].value) == (told.outcome, told.as_of.isoformat())
        for address, expected in ((proof.chance, told.chance.point), (proof.low, told.chance.low), (proof.high, told.chance.high)):
            assert value(proof.ledger, address) == pytest.approx(float(expected), abs=1e-5)
        assert value(proof.ledger, "f1.score.total") == pytest.approx(float(str(told.score)), abs=1e-4)


def test_shares_of_a_chance_lead_from_the_average_deal_to_it(study: Study, session: Session) -> None:
    proof = prove_chance(study, session, int(study.history.ids[~study.history.decided][0]))
    ledger = proof.ledger
    effects = [ledger.number(address) for address in ledger.cells[ledger.cells["f1.score.total"].address].derivation.operands[1:]]  # type: ignore[union-attr]
    points = float(sum(effects, Decimal(0))) * value(ledger, "f1.score.rate")
    assert value(ledger, proof.start) + points == pytest.approx(value(ledger, proof.end), abs=1e-5)
    assert all(ledger.number(each.low) <= ledger.number(each.points) <= ledger.number(each.high) for each in proof.summands)


def test_similar_deals_are_decided_ones_before_the_day(study: Study, session: Session) -> None:
    place = int(np.flatnonzero(study.history.decided)[-1])
    proof = prove_chance(study, session, int(study.history.ids[place]))
    ids = {each.deal for each in proof.alike}
    closed = study.history.closed[np.isin(study.history.ids, list(ids))]
    assert int(study.history.ids[place]) not in ids
    assert (closed < study.history.closed[place]).all()


def test_the_likeliest_of_several_come_first_and_are_proven(study: Study, session: Session) -> None:
    places = np.flatnonzero(~study.history.decided)
    ledger, _, listed, count = prove_chances(study, session, places, 8)
    assert proven(ledger)
    assert value(ledger, count) == len(places)
    told = [value(ledger, each.chance) for each in listed]
    assert told == sorted(told, reverse=True)
    assert told[0] == pytest.approx(float(deal_outlook(study, listed[0].deal).chance.point), abs=1e-4)


def test_causes_of_a_change_are_proven_and_add_up_to_the_cent(study: Study, session: Session) -> None:
    proof, told = prove_change(study, session, BEFORE, LAST), explain_change(study, BEFORE, LAST)
    assert proven(proof.ledger)
    assert sum(proof.ledger.number(each.share) for each in proof.causes) == proof.ledger.number(proof.difference)
    expected = {each.factor: each.share for each in told.causes}
    for each in proof.causes:
        share = expected[each.factor]
        for address, figure in ((each.share, share.point), (each.low, share.low), (each.high, share.high)):
            assert value(proof.ledger, address) == pytest.approx(float(figure), abs=0.05)


def test_what_a_record_says_is_read_only_by_whoever_is_cleared(company: tuple[Engine, list[Row]], study: Study, session: Session) -> None:
    deal = next(row["id"] for row in company[1] if row["status"] == "lost")
    session.execute(update(models.Opportunity).where(models.Opportunity.id == deal).values(lost_reason="Price"))
    ledger = Ledger(study, session, "f1")
    assert ledger.cells[str(prove_recorded(ledger, OWNER, deal).reason)].value == "Price"
    outsider = OWNER.model_copy(update={"clearance": Classification.PUBLIC})
    assert prove_recorded(Ledger(study, session, "f1"), outsider, deal).reason is None
    session.rollback()


def test_a_deal_out_of_reach_is_unknown(company: tuple[Engine, list[Row]], session: Session) -> None:
    own = open_study(session, REP, PolicyScope(), TODAY)
    theirs = next(row["id"] for row in company[1] if row["owner_id"] == 2 and row["id"] not in own.history.ids)
    with pytest.raises(DealUnknown):
        prove_chance(own, session, theirs)


# -- targets ------------------------------------------------------------------------------------------------------------


def target_rows(days: tuple[date, date], amounts: dict[int, int], first: int = 1) -> list[Row]:
    return [
        {"id": first + at, "owner_id": owner, "team_id": owner % 2 + 1, "region": "华东", "metric": "Won value", "amount": Decimal(amount), "currency": "CNY",
         "start_on": days[0], "end_on": days[1]}
        for at, (owner, amount) in enumerate(amounts.items())
    ]  # fmt: skip


@pytest.fixture(scope="module")
def targets(company: tuple[Engine, list[Row]], study: Study) -> Callable[..., list[Row]]:
    engine = company[0]
    put(engine, models.Target, target_rows(QUARTER, {1: 1, 2: 100_000_000, 3: 500_000, 4: 400_000}) + target_rows(LAST, {1: 700_000}, 10))
    put(engine, models.Target, target_rows((date(2026, 10, 1), date(2026, 12, 31)), {2: 100_000_000}, 20))

    def chosen(holder: dict[str, tuple[object, ...]], days: tuple[date, date] = QUARTER, who: Principal = OWNER) -> list[Row]:
        with Session(engine) as session:
            return [dict(row) for row in targets_for(study, session, who, PolicyScope(), *days, holder)]

    return chosen


def test_a_target_that_is_small_is_reached_and_one_that_is_huge_is_not(targets: Callable[..., list[Row]], study: Study, session: Session) -> None:
    for owner, low, high in ((1, 0.99, 1.0), (2, 0.0, 0.01)):
        proof = prove_target(study, session, QUARTER, targets({"owner_id": (owner,)}), {"owner": frozenset({f"#{owner}"})})
        assert proven(proof.forecast.ledger)
        assert low <= value(proof.forecast.ledger, proof.stand.chance) <= high


def test_the_chance_lies_within_its_interval_and_falls_with_the_target(targets: Callable[..., list[Row]], study: Study, session: Session) -> None:
    rows, chances = targets({"owner_id": (3,)}), []
    for factor in (Decimal("0.5"), Decimal(1), Decimal(2)):
        row = dict(rows[0]) | {"amount": rows[0]["amount"] * factor}
        proof = prove_target(study, session, QUARTER, [row], {"owner": frozenset({"#3"})})
        ledger, stand = proof.forecast.ledger, proof.stand
        assert value(ledger, stand.low) <= value(ledger, stand.chance) <= value(ledger, stand.high)
        chances.append(value(ledger, stand.chance))
    assert chances == sorted(chances, reverse=True)


def test_targets_of_reps_are_added_up_for_their_region_and_for_all(targets: Callable[..., list[Row]], study: Study, session: Session) -> None:
    assert len(targets({"region": ("华东",)})) == len(targets({})) == 4
    proof = prove_target(study, session, QUARTER, targets({}))
    assert value(proof.forecast.ledger, proof.stand.amount) == 100_900_001
    _, stands = prove_targets(study, session, QUARTER, targets({}), "owner")
    assert len(stands) == 4


def test_targets_of_quarters_make_up_a_half_year(targets: Callable[..., list[Row]]) -> None:
    assert len(targets({"owner_id": (2,)}, (QUARTER[0], date(2026, 12, 31)))) == 2
    with pytest.raises(TargetsElsewhere):
        targets({"owner_id": (2,)}, (QUARTER[0], date(2027, 3, 31)))


def test_a_target_whose_period_is_over_is_a_fact(targets: Callable[..., list[Row]], study: Study, session: Session) -> None:
    proof = prove_over(study, session, LAST, targets({"owner_id": (1,)}, LAST), {"owner": frozenset({"#1"})})
    assert proven(proof.won.ledger)
    assert value(proof.won.ledger, proof.share) == pytest.approx(value(proof.won.ledger, proof.won.booked) / 700_000, abs=1e-6)


def test_a_target_that_may_not_be_read_is_as_none(targets: Callable[..., list[Row]]) -> None:
    with pytest.raises(NoTargets):
        targets({}, QUARTER, OWNER.model_copy(update={"clearance": Classification.PUBLIC}))


# -- periods ------------------------------------------------------------------------------------------------


def test_what_was_won_is_a_sum_over_records(company: tuple[Engine, list[Row]], study: Study, session: Session) -> None:
    proof = prove_won(study, session, *LAST)
    own = [row for row in company[1] if row["status"] == "won" and LAST[0] <= row["close_on"] <= LAST[1]]
    assert value(proof.ledger, proof.booked) == float(sum(row["amount"] for row in own))
    assert value(proof.ledger, proof.n) == len(own)


@pytest.mark.parametrize(
    ("start", "end", "key"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026"), (date(2026, 10, 1), date(2026, 12, 31), "2026-Q4"), (date(2026, 2, 1), date(2026, 2, 28), "2026-02"),
        (date(2026, 2, 1), date(2026, 4, 30), "2026-02-01/2026-04-30"), (date(2026, 2, 3), date(2026, 2, 9), "2026-02-03/2026-02-09"),
    ],
)  # fmt: skip
def test_periods_are_written_by_their_name(start: date, end: date, key: str) -> None:
    assert span_key(start, end) == key
