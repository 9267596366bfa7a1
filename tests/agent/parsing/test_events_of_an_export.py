"""An English export whose deals are events: what they are called, when they take place, what follows on their contracts. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Exists

KINDS = ("Fair", "Concert", "Seminar")
CLIENTS = table(
    "clients.csv", "client_id,Client Name,Sector", *((f"C{at:02d}", f"Tarnwick {name}", "Retail") for at, name in enumerate(("Mills", "Glass", "Foods")))
)
EVENTS = table(
    "event_pipeline.csv",
    "Deal Ref,Event Name,client_id,Event Type,Stage,received_on,event_date,Visitors,Confirmed Revenue (USD),Close Date,Lost Reason",
    *(
        (
            *(f"E{at:03d}", f"Tarnwick {KINDS[at % 3]} {at}", f"C{at % 3:02d}", KINDS[at % 3], ("Won", "Lost")[at % 2], f"2025-0{at % 6 + 1}-03"),
            *(f"2026-0{at % 6 + 1}-20", str(at + 20), "" if at % 2 else str(900 + at), f"2025-0{at % 6 + 2}-11", "Price" if at % 2 else ""),
        )
        for at in range(24)
    ),
)
CONTRACTS = table(
    "contracts.csv",
    "Contract No,client_id,signed_on,Contract Value (USD),Contract Status",
    *((f"K{at:03d}", f"C{at % 3:02d}", f"2025-0{at % 6 + 1}-05", str(500 + at), ("Active", "Completed")[at % 2]) for at in range(12)),
)
CASES = table(
    "cases.csv",
    "case_ref,opened_at,Contract No,Kind,Severity,closed_at",
    *(
        (
            f"F{at:03d}",
            f"2025-0{at % 6 + 1}-09 10:00",
            f"K{at % 12:03d}",
            ("Complaint", "Praise")[at % 2],
            ("High", "Low")[at % 2],
            f"2025-0{at % 6 + 2}-09 10:00",
        )
        for at in range(24)
    ),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("events"), CLIENTS, EVENTS, CONTRACTS, CASES) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("how many events were held in March 2026?", "2026-03-01"),
        ("2026年3月举办了多少场活动", "2026-03-01"),
        ("which events take place in April?", "2026-04-01"),
    ],
)
def test_what_takes_place_does_so_on_the_day_of_the_event(read: Reader, question: str, start: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "opportunity"
    assert query.window is not None
    assert (query.window.path, str(query.window.start)) == ("event_date", start)


@pytest.mark.parametrize("question", ["赢单率最低的是哪类活动", "各活动类型的赢单率", "win rate by event type"])
def test_events_are_told_apart_by_their_own_type_in_both_languages(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, [each.path for each in query.dimensions]) == ("opportunity", ["kind"])


@pytest.mark.parametrize("question", ["which clients filed a complaint in March 2025?", "which clients have a complaint?"])
def test_what_is_of_their_contracts_is_said_of_the_customers_themselves(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.window) == ("account", None)
    assert isinstance(query.where, Exists)
    assert isinstance(query.where.where, Exists)
    assert (query.where.entity, query.where.where.entity) == ("contract", "ticket")


def test_a_kind_of_records_in_the_plural_is_counted_by_what_follows(read: Reader) -> None:
    query = read.plan("complaints by severity").queries[0]

    assert (query.entity, [each.path for each in query.dimensions]) == ("ticket", ["priority"])


def test_a_state_behind_the_verb_is_no_column_of_people(read: Reader) -> None:
    query = read.plan("how much contract value is Active right now?").queries[0]

    assert query.entity == "contract"
    assert query.where is not None
