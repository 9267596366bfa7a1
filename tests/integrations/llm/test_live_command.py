"""The command line with a live model from the environment: one JSON object on standard output, logs on standard error, lean start without one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.integrations.llm.company import TODAY, fill
from tests.integrations.llm.server import Raw, Reply, Says, call, chat_server
from tests.starting import FORKER, start
from tools.store.engine import open_engine, sqlite_url
from tools.store.migrating import migrate

pytestmark = pytest.mark.xdist_group("command_line")

ROOT = Path(__file__).parents[3]
QUESTION = "How many deals were won in the South?"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    url = sqlite_url(tmp_path)
    migrate(url)
    engine = open_engine(url)
    with Session(engine) as session:
        fill(session)
    engine.dispose()
    return tmp_path


def ask(data_dir: Path, url: str, way: Callable[..., subprocess.CompletedProcess[bytes]]) -> tuple[dict, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLUMB_")}
    ours = {
        "PLUMB_DATA_DIR": str(data_dir),
        "PLUMB_TODAY": TODAY.isoformat(),
        "PLUMB_LLM_BASE_URL": url,
        "PLUMB_LLM_MODEL": "tiny",
        "PLUMB_LLM_API_KEY": "sk-test",
    }
    done = way(["ask", QUESTION, "--json"], kept | ours, None)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr.decode()


@pytest.mark.slow
def test_command_line_with_a_live_model_answers_through_it(data_dir: Path) -> None:
    with chat_server(lambda asked: call("choose_reading", number=1) if asked.get("tools") else Says("")) as server:
        answer, _ = ask(data_dir, server.url, start)

    assert (answer["mode"], answer["claims"][-1]["value"], answer["abstained"]) == ("live", 15, False)
    assert server.planning[0]["model"] == "tiny"


@pytest.mark.slow
@pytest.mark.parametrize("reply", [Raw([b"<html>"], 500, "text/html"), Says("4711 deals")], ids=["broken", "talkative"])
def test_command_line_with_a_live_model_that_fails_answers_without_it_and_logs_why(data_dir: Path, reply: Reply) -> None:
    with chat_server(lambda _: reply) as server:
        answer, errors = ask(data_dir, server.url, FORKER.start)

    assert (answer["mode"], answer["claims"][-1]["value"]) == ("embedded_after_live", 15)
    assert "live_model_failed" in errors
    assert "sk-test" not in errors


@pytest.mark.slow
def test_start_without_a_live_model_imports_no_client() -> None:
    parts = "app, agent.copilot, agent.graph, integrations.llm, integrations.settings"
    program = f"import sys, {parts}; print([name for name in ('openai', 'langchain_openai') if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)

    assert done.stdout.strip() == "[]"
