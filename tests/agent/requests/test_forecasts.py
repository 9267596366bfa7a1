"""Questions about the future of deals and periods, and about why they went as they did: answered from proofs, only of what the speaker may see."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from agent.answer import Answer
from agent.copilot import Copilot, CopilotParts
from agent.requests.deals_meant import following, preceding, quarter_of
from integrations.embeddings.sentences import SentenceEncoder
from tests.agent.requests.test_standings import proven
from tests.tools.forecast.company import AS_OF, TODAY, Row, deal_rows, found, put
from tests.tools.forecast.test_proving import target_rows
from tools.access.principal import CLEARANCE, Principal, Role
from tools.crm.models import ImportRun, Target
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, open_sessions
from tools.trace.signing import InstallationKey

OWNER = Principal.local_owner()
NEXT = (date(2026, 7, 1), date(2026, 9, 30))


def opened(folder: Path, template: bytes, deals: list[Row]) -> Copilot:
    (folder / "store.db").write_bytes(template)
    engine = open_engine(f"sqlite:///{folder / 'store.db'}")
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=AS_OF, finished_at=AS_OF, mapping={}, totals={}))
        session.commit()
    found(engine, deals)
    put(engine, Target, target_rows(NEXT, {1: 400_000, 2: 500_000}))
    parts = CopilotParts(open_sessions(engine), PolicyScope(), InstallationKey.open(folder), lambda: TODAY, embedder=SentenceEncoder())
    return Copilot(parts)


@pytest.fixture(scope="module")
def copilot(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Copilot:
    return opened(tmp_path_factory.mktemp("forecasts"), sqlite_template, deal_rows())


@pytest.fixture(scope="module")
def unforeseeable(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Copilot:
    """Deals whose source says nothing of their end."""
    deals = deal_rows(400)
    for at, row in enumerate(row for row in deals if row["status"] != "open"):
        row["status"] = "won" if at * 7919 % 100 < 63 else "lost"
        row["stage"] = {"won": "赢单", "lost": "输单"}[row["status"]]
    return opened(tmp_path_factory.mktemp("unforeseeable"), sqlite_template, deals)


def values(answer: Answer, kind: str) -> list[float]:
    return [float(str(claim.value)) for claim in answer.claims if claim.type == kind]


@pytest.mark.parametrize("question", ["What will we close next quarter?", "下季度预计能签多少？"])
def test_a_period_is_told_with_its_interval_and_is_proven(copilot: Copilot, question: str) -> None:
    answer = copilot.ask(question, OWNER)
    point, low, high = values(answer, "money")[:3]
    assert low < point < high
    assert proven(copilot, answer)
    assert "90 %" in answer.answer
    series = answer.tables[0]
    assert len(series.columns) == 6
    assert series.rows[-1][0] == "2026-Q3"
    assert series.rows[-1][1:4] == (point, low, high)
    assert all(row[5] is not None for row in series.rows[:-1]), "past looks tell what came"


def test_a_part_brings_less_than_the_whole(copilot: Copilot) -> None:
    whole = values(copilot.ask("What will we close next quarter?", OWNER), "money")[0]
    part = copilot.ask("What will rep 1 close next quarter?", OWNER)
    assert values(part, "money")[0] < whole
    assert "rep 1" in part.answer


def test_a_period_that_is_over_is_told_as_a_fact_and_the_next_one_foretold(copilot: Copilot) -> None:
    answer = copilot.ask("What will we close this quarter?", OWNER)
    assert "is over" in answer.answer
    assert "Q3 2026" in answer.answer
    assert proven(copilot, answer)


def test_sides_are_told_apart_where_that_is_asked(copilot: Copilot) -> None:
    answer = copilot.ask("What will we close next quarter by rep?", OWNER)
    names = {row[0] for table in answer.tables for row in table.rows}
    assert {"rep 1", "rep 2", "rep 3", "rep 4"} <= names
    assert proven(copilot, answer)


@pytest.mark.parametrize("question", ["How likely is the deal “{deal}” to close?", "“{deal}”能拿下吗？"])
def test_a_chance_is_told_with_its_pair_similar_deals_and_what_moves_it(copilot: Copilot, question: str) -> None:
    answer = copilot.ask(question.format(deal=_open_deal()), OWNER)
    chance, low, high = values(answer, "rate")[:3]
    assert low <= chance <= high
    assert len(answer.tables) == 2
    assert proven(copilot, answer)


def test_bare_why_behind_a_chance_goes_on_about_the_same_deal(copilot: Copilot) -> None:
    deal = _open_deal()
    first = copilot.ask(f"How likely is {deal} to be won?", OWNER)
    again = copilot.ask("why?", OWNER, first.thread_id)
    assert deal in again.answer
    assert first.claims[1].value in [claim.value for claim in again.claims]


def test_the_likeliest_of_all_open_deals_are_listed(copilot: Copilot) -> None:
    answer = copilot.ask("Which open deals are most likely to close?", OWNER)
    chances = [float(str(row[2])) for row in answer.tables[0].rows]
    assert chances == sorted(chances, reverse=True)
    assert proven(copilot, answer)


def test_a_deal_that_nobody_knows_gets_no_number(copilot: Copilot) -> None:
    answer = copilot.ask("How likely is the Zorblax deal to close?", OWNER)
    assert answer.abstained
    assert "Zorblax" in answer.answer
    assert not answer.claims


@pytest.mark.parametrize(
    ("question", "said"),
    [("How likely is the deal “{deal}” to close?", "no better than the base rate"), ("“{deal}”能拿下吗？", "并不优于")],
)
def test_without_signal_there_is_the_base_rate_and_no_score(unforeseeable: Copilot, question: str, said: str) -> None:
    answer = unforeseeable.ask(question.format(deal=_open_deal(400)), OWNER)
    assert said in answer.answer
    assert values(answer, "rate")[0] == pytest.approx(0.63, abs=0.02)
    assert not answer.tables
    assert proven(unforeseeable, answer)


def test_without_signal_no_cause_gets_a_share(unforeseeable: Copilot) -> None:
    answer = unforeseeable.ask("Why did we lose account 7?", OWNER)
    assert "No share can be given" in answer.answer
    assert proven(unforeseeable, answer)


def test_why_a_deal_was_lost_tells_shares_for_and_against(copilot: Copilot) -> None:
    answer = copilot.ask("Why did we lose account 7?", OWNER)
    assert "was lost on" in answer.answer
    assert re.search(r"[+−][\d.]+ pp", answer.answer)
    assert proven(copilot, answer)


@pytest.mark.parametrize("question", ["Why was Q2 2026 weak?", "2026年二季度为什么业绩不好？"])
def test_why_a_period_tells_causes_that_add_up(copilot: Copilot, question: str) -> None:
    answer = copilot.ask(question, OWNER)
    causes = next(table for table in answer.tables if len(table.rows) == 4)
    value, *others = values(answer, "money")[:3]
    total = float(sum(Decimal(str(row[1])) for row in causes.rows))
    assert any(total == pytest.approx(value - other, abs=0.01) for other in others)
    assert proven(copilot, answer)


def test_a_target_is_told_with_its_chance(copilot: Copilot) -> None:
    answer = copilot.ask("Will rep 1 reach the target next quarter?", OWNER)
    assert values(answer, "money")[0] == 400_000
    chance, low, high = values(answer, "rate")[:3]
    assert low <= chance <= high
    assert proven(copilot, answer)


def test_who_misses_the_target_is_listed_least_likely_first(copilot: Copilot) -> None:
    answer = copilot.ask("Which rep will miss the target next quarter?", OWNER)
    chances = [float(str(row[6])) for table in answer.tables if len(table.columns) == 9 for row in table.rows]
    assert len(chances) == 2
    assert chances == sorted(chances)
    assert proven(copilot, answer)


def test_without_targets_that_is_said_before_the_forecast(unforeseeable: Copilot) -> None:
    with unforeseeable.parts.sessions() as session:
        session.execute(delete(Target))
        session.commit()
    answer = unforeseeable.ask("Will we reach the target next quarter?", OWNER)
    assert answer.answer.startswith("There are no targets")
    assert proven(unforeseeable, answer)


def test_a_rep_hears_of_own_deals_alone(copilot: Copilot) -> None:
    rep = Principal(role=Role.REP, member_id=1, name="rep 1", clearance=CLEARANCE[Role.REP])
    own, whole = (copilot.ask("What will we close next quarter?", who) for who in (rep, OWNER))
    assert values(own, "money")[0] < values(whole, "money")[0]
    trace = copilot.trace(own.trace_id, OWNER)
    records = {row[0] for block in trace.blocks if block.table == "opportunities" for row in _rows(block.opened().rows_json)}
    theirs = {row["id"] for row in deal_rows() if row["owner_id"] in {1, 4}}  # own deals, and those with the accounts that rep 1 looks after
    assert records
    assert records <= theirs
    assert len(own.answer) > len(whole.answer), "that it is of own deals alone is said"


def test_a_deal_of_someone_else_gets_no_chance(copilot: Copilot) -> None:
    rep = Principal(role=Role.REP, member_id=1, name="rep 1", clearance=CLEARANCE[Role.REP])
    deal = next(row["name"] for row in deal_rows() if row["status"] == "open" and row["owner_id"] == 2)
    answer = copilot.ask(f"How likely is the deal “{deal}” to close?", rep)
    assert not answer.claims
    assert not answer.tables


def test_a_second_question_takes_what_the_first_one_learnt(copilot: Copilot) -> None:
    copilot.ask("What will we close next quarter?", OWNER)
    again = copilot.ask("What will we close next quarter?", OWNER)
    assert again.timings_ms["act"] < 100


def test_periods_follow_one_another_by_whole_months() -> None:
    assert quarter_of(date(2026, 5, 3)) == (date(2026, 4, 1), date(2026, 6, 30))
    assert following((date(2026, 2, 1), date(2026, 2, 28))) == (date(2026, 3, 1), date(2026, 3, 31))
    assert preceding((date(2026, 3, 1), date(2026, 3, 31))) == (date(2026, 2, 1), date(2026, 2, 28))
    assert preceding((date(2026, 1, 11), date(2026, 1, 20))) == (date(2026, 1, 1), date(2026, 1, 10))


def _open_deal(n: int = 500) -> str:
    return str(next(row["name"] for row in deal_rows(n) if row["status"] == "open" and row["opened_on"] < TODAY - timedelta(20)))


def _rows(text: str) -> list[list[int]]:
    import json

    held: list[list[int]] = json.loads(text)
    return held


def test_a_chance_within_a_period_is_told_from_the_draws(copilot: Copilot) -> None:
    answer = copilot.ask(f"How likely is the deal “{_open_deal()}” to close next quarter?", OWNER)
    assert "1,000" in answer.answer
    chance, within = values(answer, "rate")[0], values(answer, "rate")[-1]
    assert 0 <= within <= 1
    assert chance != within
    assert proven(copilot, answer)


@pytest.mark.parametrize(
    "question",
    [
        "How many tickets will be opened next quarter?",
        "What is the win rate by product?",
        "How much commission will rep 1 get next quarter?",
        "有多少商机赢单？",
    ],
)
def test_what_no_forecast_answers_is_left_to_the_records(copilot: Copilot, question: str) -> None:
    told = copilot.ask(question, OWNER).answer
    assert "expected to be won" not in told
    assert "预计赢单" not in told
    assert "chance that" not in told
