"""Calls over real HTTP to services that answer, or do it wrong."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from integrations.capabilities import HttpOutlet
from integrations.capabilities.exchange import MOST_BYTES
from integrations.settings import Settings
from tests.integrations.capabilities.faulty import FaultyServer, Reply, faulty_server
from tools.sandbox.capabilities.ports import NotBrought, Resting
from tools.sandbox.capabilities.schemas import Outgoing

BEGAN = datetime(2026, 3, 3, 9, tzinfo=UTC)
FINE = Reply()
AWAY = Reply(503, [b'{"error": "away"}'])


class Clock:
    def __init__(self) -> None:
        self.now, self.pauses = BEGAN, list[float]()

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += timedelta(seconds=seconds)


class Line:
    """An outlet to one scripted service, with a clock that only its own pauses move."""

    def __init__(self, server: FaultyServer, folder: Path, **settings: object) -> None:
        self.server, self.clock = server, Clock()
        self.outlet = HttpOutlet(Settings(data_dir=folder, capability_tokens="risk=secret", **settings), self.clock, self.clock.sleep)

    def bring(self, capability: str = "risk", ends_at: datetime = BEGAN + timedelta(hours=9), timeout_ms: int = 2_000) -> dict:
        call = Outgoing(capability=capability, url=self.server.url, timeout_ms=timeout_ms, key="r1", body={"customer": {"employees": 5}}, ends_at=ends_at)
        return self.outlet.bring(call).model_dump()

    def fails(self, **options: object) -> NotBrought:
        with pytest.raises(NotBrought) as found:
            self.bring(**options)
        return found.value


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Callable[..., Line]]:
    with ExitStack() as stack:

        def open_line(*replies: Reply, **settings: object) -> Line:
            opened = Line(stack.enter_context(faulty_server(*replies)), tmp_path, **settings)
            stack.callback(opened.outlet.close)
            return opened

        yield open_line


def test_answer_comes_back_with_one_attempt(line: Callable[..., Line]) -> None:
    service = line(FINE)

    assert service.bring() == {"answer": {"score": 1}, "attempts": 1}

    headers, body = service.server.asked[0]
    assert (headers["idempotency-key"], headers["authorization"], body) == ("r1", "Bearer secret", {"customer": {"employees": 5}})


def test_token_goes_to_its_own_capability_alone(line: Callable[..., Line]) -> None:
    service = line(FINE)

    service.bring("another")

    assert "authorization" not in service.server.asked[0][0]


@pytest.mark.parametrize("wrong", [AWAY, Reply(502), Reply(504), Reply(hangs_up=True)])
def test_passing_fault_is_tried_again_under_the_same_key(line: Callable[..., Line], wrong: Reply) -> None:
    service = line(wrong, wrong, FINE)

    assert service.bring()["attempts"] == 3

    assert {headers["idempotency-key"] for headers, _ in service.server.asked} == {"r1"}
    assert len({str(body) for _, body in service.server.asked}) == 1
    first, second = service.clock.pauses
    assert 0.1 <= first <= 0.2 <= second <= 0.3


def test_silence_is_a_timeout_and_tried_again(line: Callable[..., Line]) -> None:
    service = line(Reply(after_s=9), FINE)

    assert service.bring(timeout_ms=150)["attempts"] == 2


def test_answer_that_drips_is_a_timeout(line: Callable[..., Line]) -> None:
    service = line(Reply(pieces=[b" "] * 100, pause_s=0.05), capability_attempts=1)

    assert service.fails(timeout_ms=150).fault == "timed_out"


def test_attempts_end_with_the_last_one_allowed(line: Callable[..., Line]) -> None:
    service = line(AWAY)

    failed = service.fails()

    assert (failed.fault, failed.attempts, len(service.server.asked)) == ("faulty", 3, 3)


def test_no_attempt_begins_after_the_call_has_to_end(line: Callable[..., Line]) -> None:
    service = line(AWAY, capability_attempts=10)

    failed = service.fails(ends_at=BEGAN + timedelta(seconds=0.25))

    assert (failed.attempts, len(service.server.asked)) == (3, 2)
    late = service.fails(ends_at=BEGAN)
    assert (late.fault, late.attempts) == ("timed_out", 0)
    assert len(service.server.asked) == 2


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422, 429])
def test_refusal_is_not_tried_again_and_its_words_come_back(line: Callable[..., Line], status: int) -> None:
    service = line(Reply(status, [b'{"error": "not like this"}']))

    failed = service.fails()

    assert (failed.fault, failed.attempts, failed.said) == ("turned_down", 1, "not like this")


GARBAGE = [
    Reply(pieces=[b"<html>"]), Reply(pieces=[]), Reply(pieces=[b"[1]"]), Reply(pieces=[b'{"score": NaN}']), Reply(pieces=[b"\xff\xfe"]),
    Reply(pieces=[b"[" * 100_000]), Reply(pieces=[b'{"a": "', b"x" * MOST_BYTES, b'"}']), Reply(302, headers={"Location": "/elsewhere"}),
    Reply(204, []), Reply(headers={"Content-Encoding": "gzip"}, pieces=[b"\x1f\x8b garbage"]),
]  # fmt: skip


@pytest.mark.parametrize("reply", GARBAGE)
def test_what_is_no_answer_is_not_tried_again(line: Callable[..., Line], reply: Reply) -> None:
    service = line(reply)

    failed = service.fails()

    assert (failed.fault, failed.attempts, len(service.server.asked)) == ("unreadable", 1, 1)


def test_endless_answer_is_given_up_at_its_size(line: Callable[..., Line]) -> None:
    service = line(Reply(pieces=(b"x" * 65_536 for _ in range(10_000))))

    assert service.fails(timeout_ms=30_000).fault == "unreadable"


def test_fault_of_the_service_itself_is_not_tried_again(line: Callable[..., Line]) -> None:
    service = line(Reply(500))

    assert (service.fails().fault, len(service.server.asked)) == ("faulty", 1)


def test_service_that_is_not_there_is_unreachable(line: Callable[..., Line]) -> None:
    service = line(FINE)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        service.server.url = f"http://127.0.0.1:{closed.getsockname()[1]}/"

    assert (failed := service.fails()).fault == "unreachable"
    assert failed.attempts == 3


def test_circuit_opens_rests_and_closes_by_one_that_comes_through(line: Callable[..., Line]) -> None:
    service = line(Reply(500), Reply(500), FINE, capability_failures=2, capability_rest_s=10)

    service.fails()
    service.fails()
    with pytest.raises(Resting) as rest:
        service.bring()
    assert (rest.value.until, service.outlet.resting_until("risk"), len(service.server.asked)) == (*[BEGAN + timedelta(seconds=10)] * 2, 2)
    assert service.outlet.resting_until("another") is None

    service.clock.sleep(10)
    assert service.outlet.resting_until("risk") is None
    assert service.bring()["attempts"] == 1
    assert service.outlet.breaker("risk").state == "closed"


def test_refusals_do_not_open_the_circuit(line: Callable[..., Line]) -> None:
    service = line(Reply(404), capability_failures=1)

    service.fails()
    service.fails()

    assert service.outlet.resting_until("risk") is None
