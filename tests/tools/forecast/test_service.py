"""What a person gets to know of deals in a store, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, delete, insert, text, update
from sqlalchemy.orm import Session

from prompts.words import say
from tests.tools.forecast.company import AS_OF, TODAY, deal_rows, found, put
from tools.access.principal import Principal, Role
from tools.crm import models
from tools.forecast import errors
from tools.forecast.errors import DealUnknown, NoCloseDays, NoOpeningDays, NoTargets, TooFewDecided
from tools.forecast.periods import forecast_period
from tools.forecast.service import assess, deal_outlook, open_study
from tools.forecast.study import Study
from tools.forecast.targets import attainments
from tools.forecast.wording import say_feature, say_signal
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification
from tools.store.errors import PlumbError

OWNER = Principal.local_owner()
REP = Principal(role=Role.REP, member_id=1, name="rep 1", clearance=Classification.PERSONAL)


def study(engine: Engine, principal: Principal = OWNER, today: date = TODAY) -> Study:
    with Session(engine) as session:
        return open_study(session, principal, PolicyScope(), today)


def test_a_signal_is_claimed_and_what_carries_it_is_named(engine: Engine) -> None:
    found(engine)
    signal = assess(study(engine))
    assert signal.claimed
    assert {(driver.feature, driver.level) for driver in signal.drivers} >= {("source", "Referral"), ("source", "展会")}
    for language in ("en", "zh"):
        assert "Referral" in say_signal(signal, language)
    assert signal.base_rate.method == "wilson"
    assert signal.skill is not None
    assert signal.skill.low > 0


def test_the_summands_of_a_score_are_exactly_the_score_and_cite_the_deals_own_records(engine: Engine) -> None:
    deals = found(engine)
    whole = study(engine)
    deal = next(row["id"] for row in deals if row["status"] == "open" and row["opened_on"] < TODAY - timedelta(20))
    outlook = deal_outlook(whole, deal)
    assert outlook.basis == "score"
    assert outlook.start is not None
    assert outlook.start + sum((each.log_odds for each in outlook.summands), Decimal(0)) == outlook.score
    assert outlook.chance.low <= outlook.chance.point <= outlook.chance.high
    assert outlook.chance.method == "venn-abers"
    assert all(each.low <= each.log_odds <= each.high for each in outlook.summands)
    source = next(each for each in outlook.summands if each.feature == "source")
    assert source.value == next(row["source"] for row in deals if row["id"] == deal)
    for each in outlook.summands:
        if each.feature.startswith("deal:"):
            assert set(each.records.ids) == {3 * deal - 2, 3 * deal - 1, 3 * deal}
        assert say_feature(each.feature, "zh")
        assert say_feature(each.feature, "en")


def test_a_referral_is_likelier_than_a_fair(engine: Engine) -> None:
    deals = found(engine)
    whole = study(engine)
    means = {
        source: np.mean([deal_outlook(whole, row["id"]).chance.point for row in deals if row["status"] == "open" and row["source"] == source])
        for source in ("Referral", "展会")
    }
    assert means["Referral"] > means["展会"] + Decimal("0.2")


def test_a_decided_deal_is_told_as_it_was_the_day_before(engine: Engine) -> None:
    deals = found(engine)
    row = next(row for row in deals if row["status"] == "won")
    outlook = deal_outlook(study(engine), row["id"])
    assert (outlook.outcome, outlook.as_of) == ("won", row["close_on"] - timedelta(1))


def test_rows_dated_later_change_nothing_of_an_earlier_day(engine: Engine) -> None:
    deals = found(engine)
    day = TODAY - timedelta(120)
    before = study(engine, today=day)
    late = [row["id"] for row in deals if row["close_on"] and row["close_on"] > day]
    with Session(engine) as session:
        moved = update(models.Opportunity).where(models.Opportunity.id.in_(late))
        session.execute(moved.where(models.Opportunity.status == "won").values(status="lost", lost_reason="Price", close_on=TODAY))
        session.execute(moved.where(models.Opportunity.id % 3 == 0).values(status="open", close_on=None))
        after = models.Interaction.occurred_at > AS_OF.replace(year=day.year, month=day.month, day=day.day) + timedelta(days=1)
        session.execute(delete(models.Interaction).where(after))
        session.execute(delete(models.StageHistory).where(models.StageHistory.entered_on > day))
        session.execute(update(models.Opportunity).where(models.Opportunity.opened_on > day).values(source="Web", amount=1))
        first = next(row for row in deals if row["opened_on"] <= day)
        session.execute(update(models.Opportunity).where(models.Opportunity.id == first["id"]).values(source="Web", amount=77))
        for field, told in (("source", first["source"]), ("amount", str(first["amount"]))):
            changed = {"import_id": 1, "table": "opportunities", "record_id": first["id"], "version": 2, "field": field, "before": told, "after": ""}
            session.execute(insert(models.RowChange).values(changed | {"changed_at": AS_OF}))
        session.commit()
    later = study(engine, today=day)
    assert np.array_equal(before.shots.known.deals, later.shots.known.deals)
    for name, values in before.shots.known.numbers.items():
        assert np.array_equal(values, later.shots.known.numbers[name], equal_nan=True), name
    for name, words in before.shots.known.words.items():
        assert [words.levels[each] for each in words.codes] == [later.shots.known.words[name].levels[each] for each in later.shots.known.words[name].codes]
    assert np.array_equal(before.rolled.p, later.rolled.p)


def test_an_amount_that_is_written_at_the_end_is_no_forerunner_of_it(engine: Engine) -> None:
    found(engine, deal_rows(bare=True))
    whole = study(engine)
    assert not whole.history.amount_known_early
    assert "amount" not in whole.shots.known.numbers
    forecast = forecast_period(whole, TODAY + timedelta(1), TODAY + timedelta(60))
    assert forecast.from_open > 0


def test_a_word_that_the_end_writes_is_no_forerunner_of_it(engine: Engine) -> None:
    deals = deal_rows()
    for row in deals:
        row["kind"] = "老客户" if row["status"] == "won" else "意向客户"
        row["region"] = None if row["status"] == "open" else "华东" if row["id"] % 2 else "华南"
    found(engine, deals)
    words = study(engine).shots.known.words
    assert "kind" not in words
    assert "source" in words


def test_without_stages_or_talks_the_deals_still_tell(engine: Engine) -> None:
    found(engine, talks=False)
    signal = assess(study(engine))
    assert signal.claimed
    assert signal.skill_over_stages is None


def test_deals_that_only_chance_decides_give_the_base_rate_and_no_score(engine: Engine) -> None:
    deals, rng = deal_rows(), Random(5)
    for row in deals:
        row["source"] = "Web"
        if row["status"] != "open":
            row["status"] = "won" if rng.random() < 0.6 else "lost"
    found(engine, deals)
    whole = study(engine)
    outlook = deal_outlook(whole, next(row["id"] for row in deals if row["status"] == "open"))
    assert (outlook.basis, outlook.score, outlook.summands) == ("base_rate", None, ())
    assert outlook.chance == outlook.signal.base_rate
    assert f"base rate of {outlook.chance.point:.0%}" in say_signal(outlook.signal, "en")
    assert "基准赢单率" in say_signal(outlook.signal, "zh")


def test_a_rep_learns_only_from_deals_in_reach(engine: Engine) -> None:
    deals = found(engine)
    own = study(engine, REP)
    assert 0 < len(own.history.ids) < len(deals)
    hidden = next(row["id"] for row in deals if row["id"] not in set(own.history.ids.tolist()))
    with pytest.raises(DealUnknown):
        deal_outlook(own, hidden)
    assert set(own.history.groups["account"].levels) < set(study(engine).history.groups["account"].levels)


def test_fields_above_the_clearance_are_not_read(engine: Engine) -> None:
    found(engine)
    with Session(engine) as session:
        session.execute(update(models.Account).values(revenue=text("id * 10000")))
        session.commit()
    cleared = OWNER.model_copy(update={"clearance": Classification.INTERNAL})
    assert "revenue" in study(engine).history.numbers
    assert "revenue" not in study(engine, cleared).history.numbers


def test_targets_stand_beside_what_is_booked_and_expected(engine: Engine) -> None:
    found(engine)
    start, end = date(2026, 4, 1), date(2026, 9, 30)
    rows = [
        {"id": 1, "owner_id": 1, "amount": Decimal(1), "currency": "CNY", "metric": "Won value"},
        {"id": 2, "team_id": 2, "amount": Decimal(10**9), "currency": "CNY"},
        {"id": 3, "region": "华东", "amount": Decimal(2_000_000), "currency": "CNY"},
        {"id": 4, "owner_id": 2, "amount": Decimal(30), "currency": None, "metric": "visits"},
    ]
    put(engine, models.Target, [row | {"start_on": start, "end_on": end} for row in rows])
    with Session(engine) as session:
        whole = open_study(session, OWNER, PolicyScope(), TODAY)
        stand = {each.target: each for each in attainments(whole, session, OWNER, PolicyScope(), start, end)}
        with pytest.raises(NoTargets):
            attainments(whole, session, OWNER, PolicyScope(), start, end + timedelta(1))
        own = open_study(session, REP, PolicyScope(), TODAY)
        assert {each.target for each in attainments(own, session, REP, PolicyScope(), start, end)} == {1}
    assert set(stand) == {1, 2, 3}
    assert (stand[1].holder, stand[2].holder, stand[3].holder) == ("rep 1", "team 2", "华东")
    assert (stand[1].chance, stand[2].chance) == (Decimal(1), Decimal(0))
    assert stand[3].booked > 0


def test_deals_that_no_day_or_opening_tells_of_are_refused(engine: Engine) -> None:
    found(engine, talks=False)
    with Session(engine) as session:
        session.execute(update(models.Opportunity).where(models.Opportunity.id > 50).values(opened_on=None))
        session.commit()
    with pytest.raises(NoOpeningDays):
        assess(study(engine))
    with Session(engine) as session:
        session.execute(update(models.Opportunity).where(models.Opportunity.id > 50).values(close_on=None))
        session.commit()
    with pytest.raises(NoCloseDays):
        study(engine)
    with Session(engine) as session:
        session.execute(delete(models.Opportunity))
        session.commit()
    with pytest.raises(TooFewDecided):
        study(engine)


def test_every_error_has_a_sentence_in_both_languages() -> None:
    data: dict[str, Any] = dict.fromkeys(("found", "needed", "total", "deal", "end", "today", "weeks", "start", "by", "known", "n", "spans"), 1)
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, PlumbError) and each is not PlumbError]
    assert len(kinds) >= 10
    for kind in kinds:
        assert say(kind.key, "en", **data) != say(kind.key, "zh", **data)
