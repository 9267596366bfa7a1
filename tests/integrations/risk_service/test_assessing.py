"""The demo's risk service over real HTTP."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from app import cli
from integrations.risk_service import Faults, create_risk_service
from integrations.risk_service.keeping import KeptAnswers
from integrations.risk_service.scoring import RULES, Customer, assess
from tests.serving import serving

TOKEN = "a token"


HTTP = httpx.Client()
_numbers = itertools.count(1)


class Service:
    """The service as one test sees it: keys of its own, counted from when it began."""

    def __init__(self, url: str, kept: KeptAnswers) -> None:
        self.url, self.kept, self.number, self.before = url, kept, next(_numbers), kept.count()

    @property
    def counted(self) -> int:
        return self.kept.count() - self.before

    def assess(self, body: object, key: str | None = None, token: str = TOKEN, language: str = "en") -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"k{self.number}" if key is None else key, "Accept-Language": language}
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        return HTTP.post(f"{self.url}/assess", headers=headers, **content)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, KeptAnswers]]:
    kept = KeptAnswers(tmp_path_factory.mktemp("risk") / "keys.db")
    with serving(create_risk_service(kept, TOKEN)) as url:
        yield url, kept


@pytest.fixture
def service(served: tuple[str, KeptAnswers]) -> Service:
    return Service(*served)


def test_customer_gets_a_score_with_its_reasons(service: Service) -> None:
    customer = {"employees": 620, "revenue": 12.5, "years_as_customer": 7.2, "open_invoices_overdue": 1, "name": "瑞宁医疗"}

    answer = service.assess({"customer": customer}).json()

    assert (answer["score"], answer["level"], answer["missing"]) == (30, "low", [])
    assert [each["code"] for each in answer["reasons"]] == ["MANY_EMPLOYEES", "REVENUE", "LONG_CUSTOMER", "OVERDUE"]
    assert answer["score"] == 50 + sum(each["points"] for each in answer["reasons"])
    assert answer["cost"] == {"amount": "10.00", "currency": "CNY"}


def test_what_was_not_sent_is_named_and_a_thin_assessment_costs_half(service: Service) -> None:
    answer = service.assess({"customer": {"open_invoices_overdue": 4}}).json()

    assert (answer["score"], answer["level"]) == (75, "high")
    assert answer["missing"] == ["employees", "revenue", "years_as_customer"]
    assert answer["cost"]["amount"] == "5.00"


def test_every_rule_is_in_the_documented_table() -> None:
    from integrations.risk_service import scoring

    rows = [line for line in str(scoring.__doc__).splitlines() if line.startswith("| ``")]

    assert [(row.split("``")[1], int(row.split("|")[3].strip().replace("−", "-"))) for row in rows] == [(each.code, each.points) for each in RULES]


@pytest.mark.parametrize(("employees", "score"), [(0, 60), (9, 60), (10, 50), (499, 50), (500, 40)])
def test_bounds_of_a_rule_hold_exactly(employees: int, score: int) -> None:
    assert assess(Customer(employees=employees), Decimal(10), "CNY").score == score


def test_same_key_and_body_has_the_same_answer_and_counts_once(service: Service) -> None:
    first = service.assess({"customer": {"employees": 5, "revenue": 1}})
    again = service.assess(b'{"customer": {"revenue": 1,   "employees": 5}}')

    assert (first.status_code, again.text) == (200, first.text)
    assert service.counted == 1
    assert HTTP.get(f"{service.url}/health").json() == {"status": "ok", "assessments": service.kept.count()}


def test_same_key_with_another_body_is_refused(service: Service) -> None:
    service.assess({"customer": {"employees": 5}})

    for other in ({"customer": {"employees": 6}}, {"customer": {"employees": 5, "name": "x"}}):
        refused = service.assess(other)
        assert (refused.status_code, service.counted) == (409, 1)
        assert "came with other contents before" in refused.json()["error"]


def test_many_calls_at_once_under_one_key_count_once(service: Service) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: service.assess({"customer": {"employees": 5}}).text, range(16)))

    assert (len(set(answers)), service.counted) == (1, 1)


def test_keys_outlive_the_service(tmp_path: Path) -> None:
    answers = []
    for _ in range(2):
        kept = KeptAnswers(tmp_path / "keys.db")
        with serving(create_risk_service(kept, TOKEN)) as url:
            answers.append(Service(url, kept).assess({"customer": {"revenue": 3}}, "kept").text)

    assert (answers[0], kept.count()) == (answers[1], 1)


BAD = [
    (b"{", 422, "no JSON object"), (b"[1]", 422, "no JSON object"), (b"{}", 422, "no JSON object"), (b"\xff", 422, "no JSON object"),
    ({"customer": {"employees": "many"}}, 422, "“customer.employees”"), ({"customer": {"employees": True}}, 422, "“customer.employees”"),
    ({"customer": {"revenue": -1}}, 422, "“customer.revenue”"), (b'{"customer": {"revenue": NaN}}', 422, "“customer.revenue”"),
    (b'{"customer": {"employees": 1e999}}', 422, "“customer.employees”"), (b"[" * 90_000, 413, "larger than 64 KB"),
    (b"[" * 60_000, 422, "no JSON object"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "status", "said"), BAD)
def test_bad_input_gets_one_sentence_and_counts_nothing(service: Service, body: object, status: int, said: str) -> None:
    refused = service.assess(body)

    assert refused.status_code == status
    assert list(refused.json()) == ["error"]
    assert said in refused.json()["error"]
    assert service.counted == 0


def test_sentences_come_in_the_language_asked_for(service: Service) -> None:
    assert "未作评估" in service.assess({}, language="zh-CN,zh;q=0.9").json()["error"]


def test_without_the_token_or_a_key_nothing_is_assessed(service: Service) -> None:
    assert service.assess({"customer": {}}, token="another").status_code == 401
    assert HTTP.post(f"{service.url}/assess", json={"customer": {}}).status_code == 401
    assert service.assess({"customer": {}}, key="").status_code == 400
    assert HTTP.get(f"{service.url}/elsewhere").json()["error"].startswith("There is only")
    assert service.counted == 0


def test_faults_on_purpose_fail_before_or_after_the_count(tmp_path: Path) -> None:
    counted = []
    for name, faults in (("before", Faults(error_rate=1)), ("after", Faults(lost_rate=1))):
        kept = KeptAnswers(tmp_path / name)
        with serving(create_risk_service(kept, TOKEN, faults)) as url:
            assert Service(url, kept).assess({"customer": {}}).status_code == 503
        counted.append(kept.count())

    assert counted == [0, 1]


def test_command_serves_and_shows_its_token(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PLUMB_DATA_DIR": str(tmp_path), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen([sys.executable, "app.py", "demo-risk-service", "--port", str(port)], stderr=subprocess.PIPE, text=True, env=environment) as served:
        token = str(served.stderr and served.stderr.readline()).split()[-1]
        try:
            service = Service(f"http://127.0.0.1:{port}", KeptAnswers(tmp_path / "risk-service.db"))
            answer = _patiently(lambda: service.assess({"customer": {"revenue": 0}}, token=token))
        finally:
            served.terminate()

    assert answer.json()["score"] == 65


def _patiently(ask: Callable[[], httpx.Response]) -> httpx.Response:
    ends = time.monotonic() + 30
    while True:
        try:
            return ask()
        except httpx.ConnectError:
            assert time.monotonic() < ends
            time.sleep(0.05)


def test_price_in_no_currency_stops_the_start(tmp_path: Path) -> None:
    refused = CliRunner().invoke(cli, ["demo-risk-service", "--currency", "XXQ"], env={"PLUMB_DATA_DIR": str(tmp_path), "LC_ALL": "C"})

    assert (refused.exit_code, "XXQ is no ISO code" in refused.output) == (2, True)
