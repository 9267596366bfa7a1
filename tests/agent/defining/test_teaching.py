"""A word is taught, shown back, confirmed, used and cited; nothing is saved without a yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from agent.copilot import Copilot
from tests.agent.defining.conftest import ANA, MEI, NOW, OWNER, TODAY, TOM, Say
from tools.access.principal import Principal
from tools.definitions.service import apply_proposal, history, open_proposal, visible

TAUGHT = "by whales we mean deals above 500k"
PHRASINGS = yaml.safe_load((Path(__file__).parent / "phrasings.yaml").read_text("utf-8"))


def words(store: Engine, principal: Principal = OWNER) -> list[str]:
    with Session(store) as session:
        return [each.name for each in visible(session, principal)]


def test_taught_word_is_shown_back_and_not_saved(converse: Say, store: Engine) -> None:
    answer = converse(TAUGHT)

    assert "deals over 500,000" in answer.answer
    assert len(answer.proposals) == 1
    assert words(store) == []


@pytest.mark.parametrize(
    ("taught", "yes", "question", "cited"),
    [
        (TAUGHT, "yes", "how many whales did we win?", "“whales”: defined by"),
        ("大单是指金额超过50万的商机", "确认", "赢了多少大单？", "“大单”："),
    ],
)
def test_confirmed_word_counts_only_what_it_means_and_is_cited(converse: Say, taught: str, yes: str, question: str, cited: str) -> None:
    answer = converse(taught, yes, question)

    assert [claim.value for claim in answer.claims if claim.type == "count"] == [3]
    assert cited in answer.answer


@pytest.mark.parametrize("other", ["no", "how many deals are there?", "取消"])
def test_anything_but_a_yes_leaves_the_proposal(converse: Say, store: Engine, other: str) -> None:
    converse(TAUGHT, other, "yes")

    assert words(store) == []


def test_yes_said_twice_saves_once(converse: Say, store: Engine) -> None:
    converse(TAUGHT, "yes", "yes")

    with Session(store) as session:
        assert [each.version for each in history(session, OWNER, "whales")] == [1]


def test_proposal_applied_twice_is_saved_once(converse: Say, store: Engine) -> None:
    shown = converse(TAUGHT)

    with Session(store) as session:
        proposal = open_proposal(session, OWNER, shown.thread_id)
        assert proposal is not None
        for _ in range(2):
            apply_proposal(session, OWNER, proposal, "own", NOW)
        assert len(history(session, OWNER, "whales")) == 1


def test_relative_days_stay_relative_on_a_later_day(converse: Say, copilot_on: Callable[[date], Copilot]) -> None:
    converse("define busy ones as deals opened in the last 180 days", "yes")

    now = converse("how many busy ones are there?")
    later = copilot_on(TODAY + timedelta(days=40)).ask("how many busy ones are there?", OWNER)

    assert [claim.value for claim in now.claims if claim.type == "count"] != [claim.value for claim in later.claims if claim.type == "count"]


def test_second_teaching_makes_a_second_version(converse: Say, store: Engine) -> None:
    converse(TAUGHT, "yes", "by whales we mean deals above 800k", "yes")

    with Session(store) as session:
        assert [(each.version, each.ended_at is None) for each in history(session, OWNER, "whales")] == [(1, False), (2, True)]


def test_forgotten_word_is_gone_and_its_history_kept(converse: Say, store: Engine) -> None:
    converse(TAUGHT, "yes", "forget whales", "yes")

    assert words(store) == []
    with Session(store) as session:
        assert len(history(session, OWNER, "whales")) == 1


def test_own_word_is_seen_by_nobody_else(converse: Say, store: Engine) -> None:
    converse(TAUGHT, "yes", by=TOM)

    assert words(store, TOM) == ["whales"]
    assert words(store, MEI) == words(store, ANA) == []


def test_word_of_a_manager_for_the_team_is_seen_by_the_team_only(converse: Say, store: Engine) -> None:
    converse(TAUGHT, "for my team", by=MEI)

    assert words(store, TOM) == ["whales"]
    assert words(store, ANA) == []


@pytest.mark.parametrize(("who", "audience"), [(TOM, "for the team"), (TOM, "for the company"), (MEI, "for the company")])
def test_person_without_the_right_saves_nothing_for_others(converse: Say, store: Engine, who: Principal, audience: str) -> None:
    answer = converse(TAUGHT, audience, by=who)

    assert "Nothing was saved" in answer.answer
    assert words(store, who) == []


def test_rep_refused_for_the_team_may_still_keep_it(converse: Say, store: Engine) -> None:
    converse(TAUGHT, "for the team", "for me", by=TOM)

    assert words(store, TOM) == ["whales"]


def test_word_of_another_cannot_be_forgotten(converse: Say, store: Engine) -> None:
    converse(TAUGHT, "for my team", by=MEI)

    answer = converse("forget whales", "yes", by=TOM)

    assert "Mei Lin" in converse("forget whales", by=TOM).answer
    assert answer.proposals == ()
    assert words(store, TOM) == ["whales"]


def test_list_names_taught_and_ready_made_words(converse: Say) -> None:
    converse(TAUGHT, "yes")

    assert "whales" in converse("which words have I taught you?").answer
    assert "停滞商机" in converse("有哪些自定义说法").answer


def test_ready_made_filter_of_missing_fields_is_not_offered(converse: Say) -> None:
    assert "renewal window" not in converse("which words have I taught you?").answer


def test_ready_made_filter_counts_and_shows_its_definition(converse: Say) -> None:
    answer = converse("how many stalled deals are there?")

    assert [claim.value for claim in answer.claims if claim.type == "count"] == [4]
    assert "ready-made filter" in answer.answer


def test_counted_relation_keeps_the_records_that_pass(converse: Say) -> None:
    answer = converse("call accounts with more than 3 open tickets 'at risk'", "yes", "how many at risk accounts are there?")

    assert answer.claims[0].value == 1
    assert "defined by" in answer.answer


def test_word_that_questions_are_made_of_is_refused(converse: Say) -> None:
    assert converse("by deals we mean deals above 500k").proposals == ()


@pytest.mark.parametrize(
    "question",
    [
        "how many deals were won?",
        "what does Granite Foods owe us?",
        "哪些客户没有互动",
        "赢单金额是多少",
        "deals by owner",
        "2025 won value: North against South",
    ],
)
def test_question_about_records_is_not_taken_for_teaching(converse: Say, question: str) -> None:
    assert converse(question).proposals == ()


@pytest.mark.parametrize(("sentence", "name"), [each for language in ("en", "zh") for each in PHRASINGS[language] if "50" in each[0] or "五十" in each[0]])
def test_teaching_however_phrased_is_shown_back(converse: Say, sentence: str, name: str) -> None:
    answer = converse(sentence)

    assert len(answer.proposals) == 1
    assert f"“{name}”" in answer.answer


@pytest.mark.parametrize("request_", ["客户的开票税号帮我查一下：恒星科技", "赢单金额算一下：恒星科技"])
def test_request_with_a_colon_teaches_nothing(converse: Say, request_: str) -> None:
    assert converse(request_).proposals == ()
