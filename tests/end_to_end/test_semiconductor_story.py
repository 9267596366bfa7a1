"""The semiconductor story, from raw records and a signed signal over HTTP to the alert that the rep gets: 65 %, 42 %, cited, once."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

import app
from agent.copilot import Copilot
from integrations.settings import Settings
from integrations.watching import Lookout
from integrations.web import create_app
from integrations.web.signals import SIGNATURE, TIMESTAMP, sign
from tests.tools.journey.story import NOW, TODAY, load_story
from tools.access.principal import Principal
from tools.crm.models import Account, Contact, Signal
from tools.journey.reconstruction.reading import runs_of
from tools.journey.reconstruction.schemas import Notice, Run
from tools.journey.service import standing
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_sessions
from tools.trace.recompute import recompute

SECRET = "a key that only senders have"
OWNER, SCOPE = Principal.local_owner(), PolicyScope()
HERE = "http://127.0.0.1:8765"


@dataclass
class Phone:
    """The rep's phone: what was pushed to it."""

    pushed: list[Notice] = field(default_factory=list)

    def deliver(self, notice: Notice) -> None:
        self.pushed.append(notice)


@dataclass
class Story:
    """The account in a store without the signal, the signal as its sender would send it, and the door that it comes through."""

    session: Session
    account: Account
    signal: dict[str, str]
    client: TestClient
    phone: Phone
    copilot: Copilot

    def send(self, signal: dict[str, str] | bytes, secret: str = SECRET, at: float | None = None, **headers: str) -> tuple[int, dict[str, str]]:
        body = signal if isinstance(signal, bytes) else json.dumps(signal, ensure_ascii=False).encode()
        moment = int(time.time() if at is None else at)
        signed = {TIMESTAMP: str(moment), SIGNATURE: sign(secret.encode(), moment, body), "content-type": "application/json"}
        response = self.client.post("/api/signals", content=body, headers=signed | headers)
        return response.status_code, response.json()

    def weights(self) -> dict[str, int]:
        self.session.expire_all()
        found = standing(self.session, OWNER, SCOPE, self.account.id, NOW, top=None)
        return {each.stage: round(100 * each.weight) for each in found.stages}

    def runs(self) -> tuple[Run, ...]:
        return runs_of(self.session, OWNER, SCOPE, self.account.id)


def settings_in(folder: Path) -> Settings:
    return app.settings_for(TODAY.isoformat()).model_copy(
        update={"data_dir": folder, "database_url": None, "llm_model": None, "signal_secret": SecretStr(SECRET)}
    )


def lookout_of(settings: Settings, engine: Engine, phone: Phone) -> tuple[Copilot, Lookout]:
    copilot = app.build_copilot(settings, engine)
    return copilot, Lookout(open_sessions(engine), SCOPE, copilot.tracks(), phone, lambda: TODAY, "UTC", "zh", copilot.sealer())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> tuple[Path, dict[str, str]]:
    """A data directory that holds the account of the story without the signal, looked at once; and the signal as its sender would send it."""
    folder = tmp_path_factory.mktemp("semiconductor")
    data = folder / "data"
    data.mkdir()
    (data / "plumbline.db").write_bytes(sqlite_template)
    settings = settings_in(data)
    engine = app.open_store(settings)
    account_id = load_story(folder, engine)
    with Session(engine) as session:
        account = session.scalars(select(Account).where(Account.source_id == account_id)).one()
        seen = session.scalars(select(Signal).where(Signal.account_id == account.id, Signal.contact_id.is_not(None))).one()
        person = session.get_one(Contact, seen.contact_id)
        signal = {
            "id": "news-1", "sender": "monitor", "account": account.name, "person": person.name, "kind": seen.kind or "public activity",
            "headline": seen.headline or "", "competitor": seen.competitor or "", "observed_at": (seen.observed_at or NOW).isoformat(),
        }  # fmt: skip
        session.execute(delete(Signal).where(Signal.id == seen.id))
        session.commit()
    lookout_of(settings, engine, Phone())[1].look()
    engine.dispose()
    return data, signal


@pytest.fixture
def story(prepared: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Story]:
    data, signal = prepared
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    settings, phone = settings_in(folder), Phone()
    engine = app.open_store(settings)
    copilot, lookout = lookout_of(settings, engine, phone)
    with Session(engine) as session:
        account = session.scalars(select(Account).where(Account.name == signal["account"])).one()
        with TestClient(create_app(copilot, settings, signals=lookout), base_url=HERE, raise_server_exceptions=False) as client:
            yield Story(session, account, signal, client, phone, copilot)
    engine.dispose()


def test_signed_signal_raises_competitive_awareness_and_alerts_the_rep_once(story: Story) -> None:
    before = story.weights()
    runs = len(story.runs())

    first, again = story.send(story.signal), story.send(story.signal)

    after = story.weights()
    assert (first, again) == ((200, {"became": "counted"}), (200, {"became": "known"}))
    assert before["competitive_awareness"] < 20
    assert (after["technical_evaluation"], after["competitive_awareness"]) == (65, 42)
    assert before["technical_evaluation"] == 65
    assert len(story.runs()) == runs + 1
    (alert,) = story.phone.pushed
    assert "65 %" in alert.text
    assert "42 %" in alert.text
    assert story.signal["headline"].rstrip("。.") in alert.text
    assert alert.recipient_id == story.account.owner_id


def test_run_of_the_signal_has_three_proposals_and_cites_the_signal(story: Story) -> None:
    story.send(story.signal)

    run = next(each for each in story.runs() if each.change.kind == "signal")

    assert {each.kind for each in run.proposals} | set(run.absent) == {"reweighting", "okr_weights", "talk_track"}
    assert "talk_track" in {each.kind for each in run.proposals}
    assert any("monitor:news-1" in each.evidence for each in run.change.contributions)
    assert all(each.suggestion.customer_value for each in run.proposals)
    assert all(each.status == "open" for each in run.proposals if each.kind != "talk_track")


def test_each_proposal_of_the_run_has_a_sealed_proof_that_computes_again(story: Story) -> None:
    story.send(story.signal)

    run = next(each for each in story.runs() if each.change.kind == "signal")

    assert run.proposals
    for proposal in run.proposals:
        trace = story.copilot.trace(proposal.trace_id, OWNER)
        findings = recompute({cell.address: cell.opened() for cell in trace.cells}, {block.id: block.opened() for block in trace.blocks})
        assert all(each.outcome == "ok" for each in findings)
        assert trace.claims or proposal.kind == "talk_track"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"secret": "another key altogether"}, 401),
        ({"at": time.time() - 3600}, 401),
        ({"at": time.time() + 3600}, 401),
        ({SIGNATURE: ""}, 401),
        ({TIMESTAMP: "soon"}, 401),
    ],
)
def test_signal_without_a_right_and_fresh_signature_changes_nothing(story: Story, changed: dict[str, object], status: int) -> None:
    before = story.weights()

    code, said = story.send(story.signal, **changed)  # type: ignore[arg-type]

    assert code == status
    assert said["error"].endswith(".")
    assert story.weights() == before
    assert story.phone.pushed == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"id": 1}', b'{"id": "x", "sender": "m", "account": "a", "kind": "k", "headline": "h", "observed_at": "soon"}']
)
def test_body_that_is_no_signal_is_refused_in_a_sentence(story: Story, body: bytes) -> None:
    code, said = story.send(body)
    assert code == 400
    assert said["error"].endswith(".")


def test_weight_in_a_signal_is_refused(story: Story) -> None:
    before = story.weights()
    code, _ = story.send(story.signal | {"weight": "1e9"})
    assert code == 400
    assert story.weights() == before


def test_same_id_with_other_content_is_refused_and_changes_nothing(story: Story) -> None:
    story.send(story.signal)
    held = story.weights()
    code, said = story.send(story.signal | {"headline": "Something else altogether"})
    assert code == 409
    assert "news-1" in said["error"]
    assert story.weights() == held


def test_signal_of_an_unknown_account_waits(story: Story) -> None:
    code, said = story.send(story.signal | {"id": "news-2", "account": "Nobody knows them"})
    assert (code, said) == (200, {"became": "waiting"})
    assert story.phone.pushed == []


def test_signal_of_the_future_counts_when_its_day_has_come(story: Story) -> None:
    before = story.weights()
    code, said = story.send(story.signal | {"id": "news-3", "observed_at": "2027-03-01T00:00:00+00:00"})
    assert (code, said) == (200, {"became": "future"})
    assert story.weights() == before
