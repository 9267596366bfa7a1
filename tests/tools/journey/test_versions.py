from __future__ import annotations

from datetime import timedelta

import pytest
import yaml
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.tools.journey.made import NOW, OWNER, add_account, event, stage, state, stood
from tools.access.principal import Principal, Role
from tools.journey.errors import MayNotChangeWeights, NothingChanged, RelationsCircular, VersionOutdated, VersionUnknown
from tools.journey.reading_weights import SHIPPED, shipped_weights
from tools.journey.taking import take
from tools.journey.versions import apply_weights, propose_undo, propose_weights, weights_history, weights_in_force
from tools.store.classification import Classification

REP = Principal(role=Role.REP, member_id=5, name="Rep", clearance=Classification.PERSONAL)


def file(weight: float = 0.29, half_life: int = 180) -> str:
    raw = yaml.safe_load(SHIPPED.read_text("utf-8"))
    raw["evidence"]["technical_question"]["stages"]["technical_evaluation"]["weight"] = weight
    raw["stages"]["technical_evaluation"]["half_life_days"] = half_life
    return yaml.safe_dump(raw, allow_unicode=True)


def test_proposal_says_who_when_why_and_what_and_moves_nothing(engine: Engine) -> None:
    with Session(engine) as session:
        found = propose_weights(session, REP, file(0.4), "questions tell more", NOW)

        assert found.changes == (("evidence.technical_question.stages.technical_evaluation.weight", "0.29", "0.4"),)
        assert (found.why, found.proposed_by, found.proposed_at, found.applied_at) == ("questions tell more", "member:5", NOW, None)
        assert weights_in_force(session) == (0, shipped_weights())


def test_version_in_force_moves_weights_and_undo_brings_them_back(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        take(session, [event("a", 3)], shipped_weights(), NOW)
        before = stood(session)

        first = apply_weights(session, OWNER, propose_weights(session, REP, file(0.4), "more", NOW).id, NOW)
        moved = stood(session)
        back = apply_weights(session, OWNER, propose_undo(session, OWNER, 0, "too much", NOW).id, NOW + timedelta(minutes=1))

        assert stage(moved).weight > stage(before).weight
        assert (moved.version, stood(session).stages) == (first.id, before.stages)
        assert back.changes == tuple((place, after, was) for place, was, after in first.changes)
        assert [(each.id, each.applied_by) for each in weights_history(session)] == [(first.id, "owner"), (back.id, "owner")]


def test_other_half_life_replays_the_events(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        events = [event("a", 3), event("b", 200), event("ahead", -5)]
        take(session, events, shipped_weights(), NOW)

        apply_weights(session, OWNER, propose_weights(session, OWNER, file(half_life=20), "fades faster", NOW).id, NOW)
        replayed = state(session)

        add_account(session, 2)
        take(session, [each.model_copy(update={"key": f"{each.key}2", "account_id": 2}) for each in events], weights_in_force(session)[1], NOW)
        assert replayed[1] == state(session)[2]


def test_rep_may_propose_but_not_put_into_force(engine: Engine) -> None:
    with Session(engine) as session:
        proposal = propose_weights(session, REP, file(0.4), "more", NOW)

        with pytest.raises(MayNotChangeWeights):
            apply_weights(session, REP, proposal.id, NOW)
        assert weights_in_force(session)[0] == 0


def test_proposal_is_applied_once_and_not_on_top_of_another_version(engine: Engine) -> None:
    with Session(engine) as session:
        one, two = (propose_weights(session, OWNER, file(weight), "why", NOW).id for weight in (0.3, 0.4))

        first = apply_weights(session, OWNER, one, NOW)

        assert apply_weights(session, OWNER, one, NOW + timedelta(days=1)) == first
        with pytest.raises(VersionOutdated):
            apply_weights(session, OWNER, two, NOW)


def test_refused_files_and_unknown_versions_leave_nothing(engine: Engine) -> None:
    with Session(engine) as session:
        raw = yaml.safe_load(SHIPPED.read_text("utf-8"))
        raw["relations"].append({"zh": "反向", "en": "back", "source": "technical_evaluation", "target": "competitive_awareness", "gain": 0.1})

        with pytest.raises(RelationsCircular):
            propose_weights(session, OWNER, yaml.safe_dump(raw), "loop", NOW)
        with pytest.raises(NothingChanged):
            propose_weights(session, OWNER, SHIPPED.read_text("utf-8"), "same", NOW)
        with pytest.raises(VersionUnknown):
            apply_weights(session, OWNER, 99, NOW)
        with pytest.raises(VersionUnknown):
            propose_undo(session, OWNER, 99, "why", NOW)
        assert weights_history(session) == ()
