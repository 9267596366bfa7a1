"""What an export calls the records of its tables."""

from __future__ import annotations

from typing import Any

import pytest

from tools.crm.semantic.model import base_model
from tools.crm.semantic.record_nouns import called_records

ENTITIES = base_model().entities


def table(entity: str, file: str = "", **columns: str) -> dict[str, Any]:
    """An imported table: its columns by where they go."""
    return {"entity": entity, "file": file, "columns": [{"to": to, "header": header} for to, header in columns.items()]}


@pytest.mark.parametrize(
    ("entity", "file", "columns", "nouns"),
    [
        ("opportunity", "enquiry_pipeline.csv", {"id": "Enquiry Ref", "amount": "Value"}, ("Enquiry",)),
        ("opportunity", "", {"id": "询价单号"}, ("询价",)),
        ("opportunity", "", {"id": "System ID", "name": "Full Name"}, ()),
        ("account", "regional_clinics.csv", {}, ("clinics",)),
        ("exchange_rate", "exchange_rates.csv", {}, ()),
        ("member", "sales_teams.csv", {}, ()),
    ],
)
def test_records_go_by_the_noun_of_their_key_and_of_their_table(entity: str, file: str, columns: dict[str, str], nouns: tuple[str, ...]) -> None:
    assert called_records([table(entity, file, **columns)], ENTITIES)[entity] == nouns


def test_a_noun_of_two_tables_or_of_another_kind_in_the_export_says_nothing() -> None:
    tables = [table("opportunity", id="Contract No", name="Booking Name"), table("contract", id="Booking Ref")]

    assert called_records(tables, ENTITIES) == {"opportunity": (), "contract": ()}
