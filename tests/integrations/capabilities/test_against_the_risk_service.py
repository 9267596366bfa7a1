"""Calls as they are in use: decided, held, brought over HTTP to the demo's risk service, paid; also when a process is killed in between."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from app import build_caller
from integrations.risk_service import Faults, create_risk_service
from integrations.risk_service.keeping import KeptAnswers
from integrations.settings import Settings
from tests.integrations.capabilities.faulty import Reply, faulty_server
from tests.serving import serving
from tests.tools.sandbox.capabilities.unit import SELLER, Unit
from tools.sandbox.capabilities import errors
from tools.sandbox.capabilities.schemas import Called
from tools.trace.signing import InstallationKey

TOKEN = "a-token"
KILLED = 9


class Company:
    """A unit, a service that may go wrong, and callers made as the program makes them."""

    def __init__(self, engine: Engine, url: str, kept: KeptAnswers, folder: Path, **settings: object) -> None:
        self.kept, self.url = kept, url
        self.unit = Unit(engine, InstallationKey.open(folder))
        self.unit.register(url=f"{url}/assess", timeout_ms=5_000)
        self.caller = build_caller(Settings(data_dir=folder, capability_tokens=f"risk={TOKEN}", **settings), engine)

    def call(self, key: str = "k") -> Called:
        return self.caller.call(SELLER, "u1", "risk", 4, key)


@pytest.fixture
def company(engine: Engine, tmp_path: Path) -> Iterator[Callable[..., Company]]:
    with ExitStack() as stack:

        def open_company(faults: Faults | None = None, token: str = TOKEN, **settings: object) -> Company:
            kept = KeptAnswers(tmp_path / "keys.db")
            return Company(engine, stack.enter_context(serving(create_risk_service(kept, token, faults))), kept, tmp_path, **settings)

        yield open_company


def test_customer_is_assessed_and_the_lower_cost_is_paid(company: Callable[..., Company]) -> None:
    opened = company()

    called, again = opened.call(), opened.call()

    assert called.answer is not None
    assert (called.answer["model"], called.answer["level"]) == ("demo-scorecard/1", "low")
    assert (called.cost, called.attempts, again.answer, again.repeated) == (Decimal(10), 1, called.answer, True)
    assert (opened.unit.money(), opened.kept.count()) == ((90, 0, 10), 1)


def test_lost_answers_are_asked_for_again_and_counted_once(company: Callable[..., Company]) -> None:
    opened = company(Faults(lost_rate=0.5, random=Random(1)), capability_attempts=10)

    attempts = [opened.call(f"k{number}").attempts for number in range(4)]

    assert sum(attempts) > 4
    assert (opened.unit.money(), opened.kept.count()) == ((60, 0, 40), 4)


def test_service_that_refuses_our_token_is_not_paid_and_its_words_are_passed_on(company: Callable[..., Company]) -> None:
    opened = company(token="another")

    with pytest.raises(errors.CallTurnedDown) as refused:
        opened.call()

    assert refused.value.data["said"].startswith("The token is missing or wrong.")
    assert (opened.unit.money(), opened.unit.statuses(), opened.kept.count()) == ((100, 0, 0), ["released"], 0)


def test_service_that_stays_away_is_left_alone_and_nothing_more_is_held(company: Callable[..., Company]) -> None:
    opened = company(Faults(error_rate=1), capability_attempts=2, capability_failures=2, capability_rest_s=60)

    for key in ("k1", "k2"):
        with pytest.raises(errors.CallFaulty):
            opened.call(key)
    with pytest.raises(errors.CapabilityResting) as rest:
        opened.call("k3")

    assert 50 <= rest.value.data["seconds"] <= 60
    assert (opened.unit.statuses(), opened.unit.money()) == (["released", "released"], (100, 0, 0))
    assert [each["attempts"] for each in opened.unit.calls()] == [2, 2]


@pytest.mark.parametrize(("reply", "error"), [(Reply(after_s=9), errors.CallTimedOut), (Reply(pieces=[b"<html>"]), errors.CallUnreadable)])
def test_service_that_is_silent_or_speaks_garbage_is_not_paid(company: Callable[..., Company], reply: Reply, error: type[Exception]) -> None:
    from tools.sandbox.models import Capability

    opened = company(capability_attempts=1)
    with faulty_server(reply) as server:
        opened.unit.set(Capability, url=server.url, timeout_ms=150)
        with pytest.raises(error):
            opened.call()

    assert (opened.unit.money(), opened.unit.statuses()) == ((100, 0, 0), ["released"])


KILLED_CALLER = """
import os, sys
from pathlib import Path
from app import build_caller
from integrations.settings import Settings
from tests.tools.sandbox.capabilities.unit import SELLER
from tools.store.engine import open_engine

url, folder = sys.argv[1:]
caller = build_caller(Settings(data_dir=Path(folder), capability_tokens="risk=a-token"), open_engine(url))
bring = caller.outlet.bring
def brought(call):
    bring(call)
    os._exit(9)
caller.outlet.bring = brought
caller.call(SELLER, "u1", "risk", 4, "k")
"""


def test_process_killed_between_answer_and_payment_loses_and_doubles_nothing(company: Callable[..., Company], database_url: str, tmp_path: Path) -> None:
    opened = company()

    died = subprocess.run([sys.executable, "-c", KILLED_CALLER, database_url, str(tmp_path)], env=os.environ, timeout=60)

    assert (died.returncode, opened.kept.count(), opened.unit.statuses()) == (KILLED, 1, ["held"])
    called = opened.call()
    assert (called.cost, called.repeated, opened.kept.count()) == (Decimal(10), False, 1)
    assert (opened.unit.money(), opened.unit.statuses()) == ((90, 0, 10), ["settled"])
