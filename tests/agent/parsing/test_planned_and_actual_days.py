"""An export with a day by which deals are to be decided and another on which they were, found by other words than the headers. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table

CLIENTS = table("clients.csv", "client_id,Client Name", *((f"C{at:02d}", f"Tarnwick {name}") for at, name in enumerate(("Mills", "Glass", "Foods"))))
BIDS = table(
    "bid_pipeline.csv",
    "Enquiry Ref,Bid Name,client_id,Stage,received_on,Est. Value (USD),Final Value (USD),decision_due,decided_on,Lost To",
    *(
        (
            *(f"E{at:03d}", f"Tarnwick bid {at}", f"C{at % 3:02d}", ("Won", "Lost", "Open")[at % 3], f"2025-0{at % 6 + 1}-03", str(at + 700)),
            *("" if at % 3 else str(at + 900), f"2025-0{at % 6 + 3}-20", "" if at % 3 == 2 else f"2025-0{at % 6 + 2}-11", "Quarrel Ltd" if at % 3 == 1 else ""),
        )
        for at in range(30)
    ),
)


LOADS = table(
    "装车台账.csv",
    "发货单号,client_id,下单日,要求发货日,实际发货日,运费(元)",
    *(
        (f"F{at:03d}", f"C{at % 3:02d}", "2025-01-02", f"2025-0{at % 6 + 1}-20", "" if at % 4 == 3 else f"2025-0{at % 6 + 1}-23", str(at + 50))
        for at in range(24)
    ),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("bids"), CLIENTS, BIDS, LOADS) as reader:
        yield reader


@pytest.mark.parametrize("question", ["average days from receiving the enquiry to the decision", "how many days pass from enquiry received to decision"])
def test_an_event_found_by_its_planned_day_is_on_the_day_on_which_it_happened(read: Reader, question: str) -> None:
    ref = read.plan(question).queries[0].measures[0]

    assert ref.measure == "sales_cycle" or (ref.since, ref.path) == ("opened_on", "close_on")


@pytest.mark.parametrize("question", ["how many enquiries have their decision due in June 2025?", "how many enquiries with decisions due in June 2025?"])
def test_what_is_said_to_be_due_stays_on_the_planned_day(read: Reader, question: str) -> None:
    window = read.plan(question).queries[0].window

    assert window is not None
    assert window.path == "decision_due"


def test_deals_without_an_outcome_are_open(read: Reader) -> None:
    query = read.plan("how many enquiries still have no outcome?").queries[0]

    assert [ref.measure for ref in query.measures] == ["open_count"]


@pytest.mark.parametrize("question", ["How many enquiries landed in March 2025?", "which month of 2025 brought in the most enquiries?"])
def test_what_comes_in_is_not_won(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert [ref.measure for ref in query.measures] == ["deal_count"]
    assert "opened_on" in {query.window.path if query.window else None, *(each.path for each in query.dimensions)}


@pytest.mark.parametrize("question", ["enquiries created per quarter in 2025", "which month of 2025 brought in most enquiries?", "2025年每季度新建的商机数"])
def test_what_was_opened_in_a_period_is_grouped_by_the_day_of_opening(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.window is not None
    assert (query.window.path, [each.path for each in query.dimensions]) == ("opened_on", ["opened_on"])


@pytest.mark.parametrize(
    ("question", "path"),
    [("从下单到发货平均几天", "实际发货日"), ("下单到要求发货平均几天", "要求发货日"), ("average days from 下单日 to 实际发货日", "实际发货日")],
)
def test_a_required_day_is_a_planned_one(read: Reader, question: str, path: str) -> None:
    ref = read.plan(question).queries[0].measures[0]

    assert (ref.since, ref.path) == ("下单日", path)
