"""The addresses behind the page, called as a program would."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from agent.answer import Finished, StepStarted, TurnEvent
from integrations.settings import Settings
from integrations.web import create_app
from integrations.web.guarding import WebHostNotLoopback
from integrations.web.page import SPOKEN_BY_SCRIPT, script_words
from integrations.web.running import TurnRunner
from prompts.words import say
from tests.integrations.web.fake_copilot import BROKEN, CHARTED, CHINESE, FAMOUS, REFUSED, FakeCopilot

HERE = "http://127.0.0.1:8765"


@pytest.fixture
def client(copilot: FakeCopilot, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(copilot, Settings(data_dir=tmp_path)), base_url=HERE, raise_server_exceptions=False) as client:
        yield client


def run_input(question: str, thread: str = "t-1") -> dict[str, object]:
    return {"threadId": thread, "runId": "r1", "messages": [{"id": "m1", "role": "user", "content": question}]}


def events_of(client: TestClient, question: str, **headers: str) -> list[dict[str, object]]:
    response = client.post("/api/agent", json=run_input(question), headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    return [json.loads(block.removeprefix("data: ")) for block in response.text.strip().split("\n\n")]


def test_run_is_told_in_ag_ui_events_in_their_order(client: TestClient) -> None:
    events = events_of(client, FAMOUS)
    kinds = [event["type"] for event in events]
    assert kinds[0] == "RUN_STARTED"
    assert kinds[-4:] == ["TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END", "STATE_SNAPSHOT", "RUN_FINISHED"]
    steps = [(event["type"], event["stepName"]) for event in events if "stepName" in event]
    assert steps == [("STEP_STARTED", "plan"), ("STEP_FINISHED", "plan"), ("STEP_STARTED", "act"), ("STEP_FINISHED", "act")]
    answer = events[-2]["snapshot"]["answer"]  # type: ignore[index]
    assert "".join(str(event["delta"]) for event in events if event["type"] == "TEXT_MESSAGE_CONTENT") == answer["answer"]
    assert answer["thread_id"] == "t-1"
    assert answer["claims"][0]["value"] == 3568647


def test_question_given_in_parts_is_put_together(client: TestClient, copilot: FakeCopilot) -> None:
    parts = [{"type": "text", "text": "Which region"}, {"type": "text", "text": "won most?"}]
    body = run_input("") | {"messages": [{"id": "a", "role": "assistant", "content": "I say 5"}, {"id": "m", "role": "user", "content": parts}]}
    assert client.post("/api/agent", json=body).status_code == 200
    assert copilot.asked == [("Which region\nwon most?", "t-1")]


@pytest.mark.parametrize(("question", "sentence"), [(BROKEN, "error_unexpected"), (REFUSED, "thread_of_another")])
def test_failing_turn_ends_with_a_sentence_and_not_its_cause(client: TestClient, question: str, sentence: str) -> None:
    last = events_of(client, question)[-1]
    assert (last["type"], last["message"]) == ("RUN_ERROR", say(sentence, "en"))
    assert "hunter2" not in json.dumps(last)


def test_failure_after_a_chinese_question_is_told_in_chinese(client: TestClient, copilot: FakeCopilot) -> None:
    def fail(*_: object) -> Iterator[TurnEvent]:
        raise RuntimeError
        yield

    copilot.stream = fail  # type: ignore[method-assign]
    assert events_of(client, CHINESE)[-1]["message"] == say("error_unexpected", "zh")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.7:8765", "", "[", "localhost@evil.example:8765"])
def test_request_for_another_host_is_refused(client: TestClient, copilot: FakeCopilot, host: str) -> None:
    assert client.get("/api/threads", headers={"host": host}).status_code == 421
    assert client.post("/api/agent", json=run_input(FAMOUS), headers={"host": host}).status_code == 421
    assert copilot.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_request_for_this_machine_is_served(client: TestClient, host: str) -> None:
    assert client.get("/api/threads", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"}, {"sec-fetch-site": "cross-site"}]
)
def test_request_made_by_another_site_is_refused(client: TestClient, copilot: FakeCopilot, headers: dict[str, str]) -> None:
    response = client.post("/api/agent", json=run_input(FAMOUS), headers=headers)
    assert (response.status_code, response.json()["error"]) == (403, say("web_foreign_origin", "en"))
    assert client.get("/api/threads", headers=headers).status_code == 403
    assert copilot.asked == []


def test_link_from_another_site_opens_the_page(client: TestClient) -> None:
    assert client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 200


def test_form_of_another_site_cannot_ask(client: TestClient, copilot: FakeCopilot) -> None:
    body = json.dumps(run_input(FAMOUS))
    assert client.post("/api/agent", content=body, headers={"content-type": "text/plain"}).status_code == 415
    assert client.post("/api/agent", content=body * 10_000, headers={"content-type": "application/json"}).status_code == 413
    assert client.post("/api/agent", content=iter([b" " * 600_000] * 2), headers={"content-type": "application/json"}).status_code == 413
    assert copilot.asked == []


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"threadId": "../../x", "runId": "r", "messages": []}'])
def test_malformed_run_is_refused_in_a_sentence(client: TestClient, body: str) -> None:
    response = client.post("/api/agent", content=body, headers={"content-type": "application/json", "accept-language": "zh-CN"})
    assert response.status_code in {404, 422}
    assert response.json()["error"] in {say("web_malformed", "zh"), say("thread_unknown", "zh")}


def test_every_response_forbids_foreign_and_inline_code(client: TestClient) -> None:
    for address in ("/", "/static/chat.js", "/api/threads", "/nothing-here", "/healthz"):
        headers = client.get(address).headers
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_page_holds_no_inline_script_or_style_and_no_foreign_address(client: TestClient) -> None:
    page = client.get("/").text
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page
    assert "//" not in page.replace("<!doctype html>", "")


def test_trace_is_served_as_json_prov_and_drawing_that_runs_nothing(client: TestClient, copilot: FakeCopilot) -> None:
    trace_id = copilot.recorded.id
    assert client.get(f"/api/traces/{trace_id}").json()["id"] == trace_id
    assert client.get(f"/api/traces/{trace_id[:12]}").json()["id"] == trace_id
    assert "wasDerivedFrom" in client.get(f"/api/traces/{trace_id}?format=prov").json()
    drawing = client.get(f"/api/traces/{trace_id}.svg")
    assert drawing.headers["content-type"] == "image/svg+xml"
    assert "script-src 'none'; style-src 'sha256-" in drawing.headers["content-security-policy"]


def test_chart_of_an_answer_is_drawn_and_one_that_it_lacks_is_not(client: TestClient, copilot: FakeCopilot) -> None:
    client.post("/api/agent", json=run_input(CHARTED))
    address = f"/api/threads/t-1/{copilot.recorded.id}/charts/{{}}.svg"
    drawn = client.get(address.format(0) + "?theme=dark&width=320")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "Technical evaluation stands highest" in drawn.text
    assert client.get(address.format(1)).status_code == 404
    assert client.get(address.format(0) + "?width=9").status_code == 422 or client.get(address.format(0) + "?width=9").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/api/traces/ffffffff",
        "/api/traces/ffffffff.svg",
        "/api/traces/{id}/cells/q9.r1.m0",
        "/api/threads/none",
        "/api/threads/none/ffffffff/charts/0.svg",
        "/nothing",
        "/docs",
    ],
)
def test_what_does_not_exist_is_said_in_a_sentence(client: TestClient, copilot: FakeCopilot, address: str) -> None:
    response = client.get(address.format(id=copilot.recorded.id))
    assert response.status_code == 404
    assert response.json()["error"].endswith(".")


def test_cell_is_opened_with_its_formula_in_the_readers_words(client: TestClient, copilot: FakeCopilot) -> None:
    address = f"/api/traces/{copilot.recorded.id}/cells/q1.r1.m0"
    opened = client.get(address, headers={"accept-language": "zh-CN,zh;q=0.9"}).json()
    assert opened["formula"] == "求和"
    assert len(opened["evidence"]["records"]) == 50
    assert len(client.get(f"{address}?offset=50").json()["evidence"]["records"]) == 23
    assert client.get(f"{address}?offset=-1").status_code == 422


def test_conversations_are_listed_and_reopened(client: TestClient) -> None:
    events_of(client, FAMOUS)
    assert [thread["id"] for thread in client.get("/api/threads").json()] == ["t-1"]
    (turn,) = client.get("/api/threads/t-1").json()
    assert turn["question"] == FAMOUS
    assert turn["answer"]["claims"][0]["cell"] == "q1.r1.m0"


def test_chat_told_to_listen_for_others_does_not_start(copilot: FakeCopilot, tmp_path: Path) -> None:
    with pytest.raises(WebHostNotLoopback):
        create_app(copilot, Settings(data_dir=tmp_path, host="0.0.0.0"))


def test_empty_store_tells_how_to_fill_it(copilot: FakeCopilot, tmp_path: Path) -> None:
    copilot.has_data = False
    client = TestClient(create_app(copilot, Settings(data_dir=tmp_path)), base_url=HERE)
    assert "plumb import FOLDER" in client.get("/").text
    assert "plumb import 文件夹" in client.get("/?lang=zh").text


def test_script_says_only_texts_that_exist(client: TestClient) -> None:
    from integrations.web.page import HERE as web

    scripts = "".join(path.read_text("utf-8") for path in (web / "static").glob("*.js"))
    unused = [key for key in SPOKEN_BY_SCRIPT if f'"{key}"' not in scripts and not key.startswith("mode_")]
    assert unused == []
    assert script_words("zh")["shown_records"] == "{m} 条记录中的 {n} 条"


async def test_turn_left_early_is_closed_on_its_own_thread() -> None:
    seen: list[str] = []
    closed = asyncio.Event()
    loop = asyncio.get_running_loop()

    def turn() -> Iterator[TurnEvent]:
        seen.append(threading.current_thread().name)
        try:
            while True:
                yield StepStarted(name="act", text="…")
        finally:
            seen.append(threading.current_thread().name)
            loop.call_soon_threadsafe(closed.set)

    runner = TurnRunner()
    events = runner.run(turn)
    async for _ in events:
        break
    await events.aclose()
    await asyncio.wait_for(closed.wait(), 5)
    runner.close()
    assert seen[0] == seen[1] != threading.current_thread().name


async def test_turns_run_side_by_side() -> None:
    together = threading.Barrier(2, timeout=5)

    def turn() -> Iterator[TurnEvent]:
        together.wait()
        yield StepStarted(name="act", text="…")

    async def count(runner: TurnRunner) -> int:
        return len([event async for event in runner.run(turn) if not isinstance(event, Finished)])

    runner = TurnRunner()
    assert await asyncio.gather(count(runner), count(runner)) == [1, 1]
    runner.close()
