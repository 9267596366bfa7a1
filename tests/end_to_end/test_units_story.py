"""A sales unit from its forming to a paid call, at the terminal: asked for, agreed to, refused with the reason, paid, and spoken of in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from integrations.risk_service import create_risk_service
from integrations.risk_service.keeping import KeptAnswers
from tests.end_to_end.conftest import Plumb
from tests.serving import serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("command_line")]
TOKEN = "a-token-of-a-test"
TODAY = date.today()
EXPORT = {
    "accounts.csv": "Account ID,Account name,Tier,Sector,Owner ID,Employees\na1,Harbour Bank,strategic,Banking,m3,1200\na2,Corner Shop,growth,Retail,m3,4\n",
    "members.csv": (
        "Member ID,Name,Title,Department,Access role,Manager ID\nm1,Dora Lin,Director,Sales,director,\nm2,Max Roth,Sales Manager,Sales,manager,m1\n"
        "m3,Ada Berg,Account Executive,Sales,rep,m2\nm4,Lea Wolf,Legal Counsel,Legal,rep,m1\nm5,Fen Zhao,Financial Controller,Finance,rep,m1\n"
    ),
    "certificates.csv": (
        "Certificate ID,Certificate,Member ID,Valid from,Valid to\n"
        f"z1,Risk Licence,m4,{TODAY - timedelta(400)},{TODAY + timedelta(300)}\nz2,Risk Licence,m5,{TODAY - timedelta(400)},{TODAY - timedelta(3)}\n"
    ),
    "contracts.csv": "Contract ID,Account ID,Contract number,Amount,Currency,Signed on\nk1,a1,K-1,90000,CNY,2026-01-05\nk2,a2,K-2,700,CNY,2026-01-06\n",
}


@pytest.fixture(scope="module")
def risk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    kept = KeptAnswers(tmp_path_factory.mktemp("risk") / "keys.db")
    with serving(create_risk_service(kept, TOKEN)) as url:
        yield f"{url}/assess"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, risk: str) -> Plumb:
    """A store with a unit for the bank, and a registered risk model."""
    folder: Path = tmp_path_factory.mktemp("units")
    export = folder / "export"
    export.mkdir()
    for name, text in EXPORT.items():
        (export / name).write_text(text)
    plumb = Plumb(folder / "data")
    assert plumb("import", export, "--yes", "--json").code == 0
    asked = plumb.started(
        "unit", "form", "Bank tender", "--customer", "Harbour Bank", "--lead", "Ada Berg", "--join", "Lea Wolf", "--join", "Fen Zhao", "--need", "legal",
        "--value", "A calm tender", "--template", "assault", "--budget", "20", "--why", "the tender", "--as", "Max Roth", "--json",
    )  # fmt: skip
    case = asked.json["request"]
    agreed = plumb("approve", case["id"], "--confirm", case["diff_hash"][:12], "--as", "Dora Lin", "--json")
    assert agreed.json["request"]["status"] == "applied", agreed.err
    registered = plumb.started(
        "capability", "register", "risk-model", "--url", risk, "--name-en", "the risk model", "--name-zh", "风控模型", "--cost", "12.50",
        "--certificate", "Risk Licence", "--sends", "confidential", "--why", "tenders", "--json",
    )  # fmt: skip
    assert registered.json["capability"]["version"] == 1, registered.err
    return plumb


def call(own: Plumb, who: str, once: str, customer: str = "Harbour Bank") -> dict[str, object]:
    done = own(
        "capability", "call", "risk-model", "--unit", "Bank tender", "--customer", customer, "--once", once, "--as", who, "--json",
        PLUMB_CAPABILITY_TOKENS=f"risk-model={TOKEN}",
    )  # fmt: skip
    assert done.code == 0, done.err
    return done.json


def test_unit_calls_pays_and_is_refused_with_what_would_make_it_otherwise(own: Plumb) -> None:
    expired = call(own, "Fen Zhao", "f1")
    assert expired["decision"]["rules"] == ["certificate-not-valid"]  # type: ignore[index]
    said = own("ask", "why was I refused?", "--as", "Fen Zhao", "--json").json
    assert "Renew the certificate" in said["answer"]
    assert said["abstained"] is False

    paid = call(own, "Lea Wolf", "k1")
    assert paid["answer"]["level"] in {"low", "medium", "high"}  # type: ignore[index]
    assert call(own, "Lea Wolf", "k1")["repeated"] is True
    assert call(own, "Lea Wolf", "other", "Corner Shop")["decision"]["rules"] == ["customer-not-of-unit"]  # type: ignore[index]

    left = own("ask", "我们单元还能调用风控模型吗？还剩多少预算？", "--as", "Lea Wolf", "--json").json
    assert left["language"] == "zh"
    money = {Decimal(claim["value"]) for claim in left["claims"] if claim["type"] == "money"}
    assert money >= {Decimal(20), 20 - Decimal(str(paid["cost"])), Decimal(str(paid["cost"]))}

    replayed = own.started("capability", "replay", paid["decision"]["id"], "--json")  # type: ignore[index]
    assert (replayed.code, replayed.json["flaws"]) == (0, [])


def test_what_the_template_opens_is_seen_by_members_and_by_nobody_else(own: Plumb) -> None:
    seen = {who: own("ask", "How many contracts are there?", "--as", who, "--json").json["claims"][0]["value"] for who in ("Lea Wolf", "Ada Berg", "Dora Lin")}

    assert seen == {"Lea Wolf": 1, "Ada Berg": 2, "Dora Lin": 2}


def test_what_a_move_would_change_is_told_before_it_is_asked_for(own: Plumb) -> None:
    said = own("ask", "what would change if we moved to delivery?", "--as", "Lea Wolf", "--json").json

    assert "moves from assault to delivery" in said["answer"]
    assert own("approve", "--as", "Dora Lin", "--json").json["requests"][0]["status"] == "applied"
    assert own.started("unit", "show", "Bank tender", "--json").json["unit"]["template"] == "assault"


def test_amount_that_is_none_is_told_in_one_sentence(own: Plumb) -> None:
    done = own("unit", "budget", "Bank tender", "lots", "--why", "x", "--as", "Ada Berg")

    assert done.code == 2
    done.says_one_sentence("en")
