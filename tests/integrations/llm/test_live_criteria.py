"""Criteria through a live model behind a real server, in conversation and on the command line. What it states holds, or the grammar's answer stands."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from agent.copilot import Copilot, CopilotParts
from app import cli
from integrations.embeddings.sentences import SentenceEncoder
from integrations.llm import live_model
from tests.integrations.llm.company import AS_OF, FREE_TEXTS, TODAY, fill
from tests.integrations.llm.conftest import TIMEOUT_S, settings_for
from tests.integrations.llm.server import Calls, ChatServer, Payload, Raw, Reply, Says, call, chat_server, every
from tools.access.principal import Principal
from tools.crm.models import ImportRun, Interaction
from tools.journey.criteria.service import rule_history
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, open_sessions, sqlite_url
from tools.trace.signing import InstallationKey

ROOT = Path(__file__).parents[3]
OWNER = Principal.local_owner()
QUILLED = "the customer's CTO has quilled the POC agreement"
SIGNED = "the customer's CTO has signed the POC agreement"
CONDITION = {"number": 1, "acts": ["sign"], "side": "customer", "roles": ["cto"], "objects": ["POC agreement"]}
CONTRACT = {"understood", "not_understood", "said_back", "matches", "near_misses"}
Script = Callable[[Payload], Reply]


def stated(**changes: object) -> Calls:
    return call("state_rule", conditions=[CONDITION | changes], unknown_words=[{"word": "quilled", "means": ["sign"]}])


FAILING: dict[str, Reply | Callable[[], Reply]] = {
    "invents_an_object": stated(objects=["master contract"]),
    "invents_a_number": stated(count="4"),
    "invents_a_role": stated(roles=["cfo"]),
    "talks": Says("Certainly! Every account has signed."),
    "garbles": Calls((("state_rule", '{"conditions": [{"number": 1, "acts": ["si'),)),
    "breaks": Raw([b"<html>"], 500, "text/html"),
    "times_out": lambda: Raw(every(0.05, b": still thinking\n\n"), 200, "text/event-stream"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Path:
    """The data directory of a company in which one CTO signed, and one CFO."""
    folder: Path = tmp_path_factory.mktemp("criteria")
    (folder / sqlite_url(folder).rsplit("/", 1)[-1]).write_bytes(sqlite_template)
    engine = open_engine(sqlite_url(folder))
    with Session(engine) as session:
        fill(session)
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=AS_OF, finished_at=AS_OF, mapping={}, totals={}))
        for number, account, body in ((11, 1, "The CTO signed the POC agreement today."), (12, 2, "The CFO signed the POC agreement today.")):
            record = {"source_system": "crm", "source_id": f"note-{number}", "version": 1, "version_hash": "h", "as_of": AS_OF, "custom": {}}
            session.add(Interaction(id=number, account_id=account, owner_id=1, kind="note", subject="Note", body=body, occurred_at=AS_OF, **record))
        session.commit()
    engine.dispose()
    return folder


@pytest.fixture(scope="module")
def company(store: Path) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(store))
    yield engine
    engine.dispose()


Opened = tuple[Copilot, ChatServer]


@pytest.fixture
def talk(company: Engine, store: Path) -> Iterator[Callable[..., Opened]]:
    """A copilot that reads sentences, with a live model that follows a script."""
    with ExitStack() as stack:

        def open_talk(script: Script, timeout_s: float = TIMEOUT_S) -> Opened:
            server = stack.enter_context(chat_server(script))
            settings = settings_for(server.url, store, timeout_s)
            parts = CopilotParts(
                open_sessions(company),
                PolicyScope(),
                InstallationKey.open(store),
                lambda: TODAY,
                live=lambda: live_model(settings),
                embedder=SentenceEncoder(),
            )
            return Copilot(parts), server

        yield open_talk


@pytest.fixture
def plumb(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """``plumb … --json`` with a live model that follows a script, or with none."""
    with ExitStack() as stack:

        def run(*words: str, script: Script | None = None) -> tuple[dict[str, Any], ChatServer | None, str]:
            server = None if script is None else stack.enter_context(chat_server(script))
            monkeypatch.setenv("PLUMB_DATA_DIR", str(store))
            monkeypatch.setenv("PLUMB_TODAY", TODAY.isoformat())
            for name, value in (("BASE_URL", server and server.url), ("MODEL", server and "tiny"), ("TIMEOUT_S", str(TIMEOUT_S))):
                if value is None:
                    monkeypatch.delenv(f"PLUMB_LLM_{name}", raising=False)
                else:
                    monkeypatch.setenv(f"PLUMB_LLM_{name}", value)
            done = CliRunner().invoke(cli, [*words, "--json"])
            assert done.exit_code == 0, done.output
            return json.loads(done.stdout), server, done.stderr

        yield run


def script_of(reply: Reply | Callable[[], Reply]) -> Script:
    return lambda _: reply() if callable(reply) else reply


# -- command line -------------------------------------------------------------------------------------------------------


def test_criterion_that_the_grammar_refuses_is_tried_as_the_model_states_it(plumb: Any) -> None:
    without, _, _ = plumb("rule", "try", QUILLED)
    outcome, server, _ = plumb("rule", "try", QUILLED, script=script_of(stated()))

    assert not without["understood"]
    assert set(outcome) == CONTRACT
    assert outcome["understood"]
    assert outcome["not_understood"] == []
    assert outcome["said_back"]["en"] == plumb("rule", "try", SIGNED)[0]["said_back"]["en"]
    assert outcome["said_back"]["zh"]
    assert [each["account"] for each in outcome["matches"]] == ["Norrland Steel"]
    assert [each["account"] for each in outcome["near_misses"]] == ["Kivu Foods"]
    assert len(server.requests) == 1


@pytest.mark.parametrize("text", [QUILLED, SIGNED])
@pytest.mark.parametrize("failing", FAILING)
def test_model_that_fails_leaves_what_the_grammar_gives(failing: str, text: str, plumb: Any) -> None:
    meant, _, _ = plumb("rule", "try", text)

    outcome, server, errors = plumb("rule", "try", text, script=script_of(FAILING[failing]))

    assert outcome == meant
    assert set(outcome) == CONTRACT
    assert 1 <= len(server.requests) <= 2
    assert "live_model_failed" in errors


def test_model_is_told_the_criterion_and_no_text_of_any_record(plumb: Any) -> None:
    _, server, _ = plumb("rule", "try", QUILLED, script=script_of(stated(objects=["master contract"])))

    sent = json.dumps(server.requests, ensure_ascii=False)
    names = ("Norrland", "Kivu", "华晨", "Zebulon", "Ada Quist", "Sweden", "metals", "rebate", *FREE_TEXTS)
    assert [name for name in names if name in sent] == []
    assert [len(each["messages"]) for each in server.requests] == [2, 3]
    assert {each["function"]["name"] for each in server.requests[0]["tools"]} == {"state_rule", "cannot_compile"}


def test_words_that_the_model_does_not_understand_either_are_named(plumb: Any) -> None:
    outcome, _, _ = plumb("rule", "try", QUILLED, script=script_of(call("cannot_compile", words=["quilled"])))

    assert (outcome["understood"], outcome["not_understood"]) == (False, ["quilled"])


def test_rule_is_saved_with_its_history_like_any_other(plumb: Any, company: Engine) -> None:
    saved, _, _ = plumb("rule", "save", "Evaluating", QUILLED, "--yes", script=script_of(stated()))
    again, _, _ = plumb("rule", "save", "Evaluating", SIGNED, "--yes", script=script_of(call("choose_reading", number=1)))

    assert (saved["saved"]["version"], saved["saved"]["text"]) == (1, QUILLED)
    assert (again["saved"]["version"], again["saved"]["rule"]) == (2, saved["saved"]["rule"])
    with Session(company) as session:
        assert [(each.version, each.text) for each in rule_history(session, OWNER, "Evaluating")] == [(1, QUILLED), (2, SIGNED)]


def test_rule_that_would_name_itself_is_not_saved_whoever_compiled_it(plumb: Any) -> None:
    looping = call("state_rule", conditions=[{"number": 1, "saved": "Loop"}])

    with pytest.raises(AssertionError, match="itself"):
        plumb("rule", "save", "Loop", 'the account meets "Loop"', "--yes", script=script_of(looping))


@pytest.mark.slow
def test_trying_a_criterion_without_a_model_imports_neither_langchain_nor_a_client(store: Path) -> None:
    program = (
        "import sys\nfrom typer.testing import CliRunner\nfrom app import cli\n"
        f"done = CliRunner().invoke(cli, ['rule', 'try', {SIGNED!r}, '--json'])\nassert done.exit_code == 0, done.output\n"
        "print([name for name in ('langchain_core', 'langgraph', 'openai', 'langchain_openai') if name in sys.modules])"
    )
    ours = {"PLUMB_DATA_DIR": str(store), "PLUMB_TODAY": TODAY.isoformat(), "PATH": "/usr/bin:/bin", "OPENBLAS_NUM_THREADS": "1"}

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=ours, capture_output=True, text=True, timeout=120, check=False)

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


# -- conversation -------------------------------------------------------------------------------------------------------


def test_customers_that_fulfil_what_the_model_states_are_shown_with_their_records(talk: Any) -> None:
    copilot, server = talk(script_of(stated()))

    answer = copilot.ask("Which customers' CTO has quilled the POC agreement?", OWNER)

    assert answer.mode == "live"
    assert not answer.abstained, answer.answer
    assert [row[0] for row in answer.tables[0].rows] == ["Norrland Steel"]
    assert answer.answer.startswith("Understood as: ")
    assert len([each for each in server.requests if _offers(each, "state_rule")]) == 1


def test_question_that_the_grammar_understands_is_answered_by_its_reading(talk: Any) -> None:
    copilot, _ = talk(script_of(call("choose_reading", number=1)))

    answer = copilot.ask("Which customers' CTO has signed the POC agreement?", OWNER)

    assert answer.mode == "live"
    assert [row[0] for row in answer.tables[0].rows] == ["Norrland Steel"]


@pytest.mark.parametrize("failing", FAILING)
def test_answer_says_that_the_model_failed_and_is_the_grammars(failing: str, talk: Any) -> None:
    copilot, _ = talk(script_of(FAILING[failing]))

    answer = copilot.ask("Which customers' CTO has signed the POC agreement?", OWNER)

    assert answer.mode == "embedded_after_live"
    assert [row[0] for row in answer.tables[0].rows] == ["Norrland Steel"]
    assert any(name.startswith("live_") for name in answer.timings_ms)


def test_rule_that_the_model_states_is_shown_back_and_saved_by_a_yes(talk: Any, company: Engine) -> None:
    copilot, _ = talk(script_of(stated()))

    first = copilot.ask(f'save rule "Committed": {QUILLED}', OWNER)
    copilot.ask("yes", OWNER, first.thread_id)

    assert (first.mode, len(first.proposals)) == ("live", 1)
    assert "CTO has signed" in first.proposals[0]
    with Session(company) as session:
        assert [(each.version, each.text) for each in rule_history(session, OWNER, "Committed")] == [(1, QUILLED)]


def test_rule_that_nobody_understands_is_refused_by_its_words(talk: Any) -> None:
    copilot, _ = talk(script_of(stated(objects=["master contract"])))

    answer = copilot.ask(f'save rule "Never": {QUILLED}', OWNER)

    assert (answer.mode, answer.proposals) == ("embedded_after_live", ())
    assert "quilled" in answer.answer


def test_criterion_that_is_not_named_as_one_is_left_to_other_readers(talk: Any) -> None:
    """Without quotation marks around the name it may be a word to be taught: the model is not asked what it means as a rule."""
    copilot, server = talk(script_of(stated()))

    copilot.ask("a customer is dormant when they have gone quiet", OWNER)

    assert [each for each in server.requests if _offers(each, "state_rule")] == []


def test_turn_takes_no_longer_for_a_criterion_than_for_a_question(talk: Any) -> None:
    copilot, _ = talk(script_of(FAILING["times_out"]), timeout_s=0.5)
    copilot.ask("How many deals were won?", OWNER)
    began = datetime.now(UTC)

    copilot.ask("Which customers' CTO has quilled the POC agreement?", OWNER)

    assert (datetime.now(UTC) - began).total_seconds() < 2 * 0.5 + 3


def _offers(asked: Payload, tool: str) -> bool:
    return any(each["function"]["name"] == tool for each in asked.get("tools") or ())
