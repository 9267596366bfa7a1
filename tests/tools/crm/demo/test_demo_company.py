"""The demo export: the same bytes for the same seed, whole in its references, lifelike in its seasons and languages."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tools.crm.demo import DemoTruth, write_demo
from tools.crm.demo.company import truth_path
from tools.crm.demo.writing import HEADERS
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import base_model

TODAY = date(2026, 3, 18)
Rows = list[dict[str, str]]
Read = Callable[[str], Rows]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DemoTruth]:
    folder = tmp_path_factory.mktemp("demo") / "export"
    return folder, write_demo(folder, "small", 7, TODAY)


@pytest.fixture(scope="module")
def rows(demo: tuple[Path, DemoTruth]) -> Read:
    held = {table: _read(demo[0], table) for table in HEADERS}
    return held.__getitem__


def _read(folder: Path, table: str) -> Rows:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_same_seed_and_day_give_the_same_bytes(demo: tuple[Path, DemoTruth], tmp_path: Path) -> None:
    again = write_demo(tmp_path / "again", "small", 7, TODAY)
    assert _bytes(tmp_path / "again") == _bytes(demo[0])
    assert again == demo[1]


def test_another_seed_gives_another_company(demo: tuple[Path, DemoTruth], tmp_path: Path) -> None:
    write_demo(tmp_path / "other", "small", 8, TODAY)
    assert _bytes(tmp_path / "other")["accounts.csv"] != _bytes(demo[0])["accounts.csv"]


def test_truth_lies_beside_the_folder_and_reads_back(demo: tuple[Path, DemoTruth]) -> None:
    folder, truth = demo
    assert truth_path(folder).parent == folder.parent
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{table}.csv" for table in HEADERS)
    assert DemoTruth.model_validate_json(truth_path(folder).read_text("utf-8")) == truth


def test_small_has_four_hundred_accounts_and_two_years_of_interactions(rows: Read) -> None:
    tiers = [row["Tier"] for row in rows("accounts")]
    assert (tiers.count("strategic"), tiers.count("growth"), tiers.count("long_tail")) == (40, 120, 240)
    days = [row["Activity date"][:10] for row in rows("interactions")]
    assert len(days) == 12_000
    assert min(days) >= (TODAY - timedelta(days=730)).isoformat()
    assert max(days) == (TODAY - timedelta(days=1)).isoformat()


@pytest.mark.slow
def test_large_has_a_hundred_thousand_interactions(tmp_path: Path) -> None:
    truth = write_demo(tmp_path / "large", "large", 7, TODAY)
    assert truth.rows["interactions"] == 100_000 == len(_read(tmp_path / "large", "interactions"))
    assert (truth.rows["accounts"], truth.rows["opportunities"]) == (2_000, 12_000)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2024, 2, 29), date(2026, 10, 4), date(2031, 5, 31)])
def test_whatever_the_day_nothing_past_lies_in_the_future(today: date, tmp_path: Path) -> None:
    write_demo(tmp_path / "export", "small", 3, today)
    for table, header in (
        ("interactions", "Activity date"), ("stage_history", "Entered on"), ("opportunities", "Created date"), ("payments", "Payment date"),
        ("invoices", "Issued on"), ("contracts", "Signed on"), ("leads", "Created date"), ("leads", "First response"), ("leads", "Converted date"),
        ("tickets", "Closed at"), ("requests", "Responded at"), ("milestones", "Completed on"), ("verified_events", "Verified on"),
        ("consents", "Withdrawn on"), ("signals", "Observed at"), ("accounts", "Created"), ("contacts", "Created"),
    ):  # fmt: skip
        latest = max(row[header] for row in _read(tmp_path / "export", table))
        assert latest[:10] < today.isoformat(), (table, header)
    decided = [row["Close date"] for row in _read(tmp_path / "export", "opportunities") if row["Status"] != "Open"]
    assert max(decided) < today.isoformat()


def test_every_reference_finds_its_record(rows: Read) -> None:
    keys = {headers[0]: {row[headers[0]] for row in rows(table)} for table, headers in HEADERS.items() if headers[0].endswith(" ID")}
    same = {"Owner ID": "Member ID", "Manager ID": "Member ID", "Parent account ID": "Account ID", "Converted account ID": "Account ID"}
    for table, headers in HEADERS.items():
        for header in (each for each in headers if each.endswith(" ID")):
            known = keys[same.get(header, header)]
            lost = {row[header] for row in rows(table) if row[header]} - known
            assert not lost, (table, header)


def test_ids_are_given_once(rows: Read) -> None:
    for table, headers in HEADERS.items():
        if headers[0].endswith(" ID"):
            found = [row[headers[0]] for row in rows(table)]
            assert len(found) == len(set(found)), table


def test_accounts_deals_and_members_have_names_of_their_own(rows: Read) -> None:
    for table, header in (("accounts", "Account name"), ("opportunities", "Opportunity name"), ("members", "Name"), ("members", "Email")):
        found = [row[header] for row in rows(table)]
        assert len(found) == len(set(found)), table


def test_stage_history_leads_to_the_stage_of_the_deal(rows: Read) -> None:
    steps: dict[str, Rows] = defaultdict(list)
    for row in rows("stage_history"):
        steps[row["Opportunity ID"]].append(row)
    for deal in rows("opportunities"):
        path = steps[deal["Opportunity ID"]]
        assert path[0]["From stage"] == ""
        assert path[0]["Entered on"] == deal["Created date"]
        assert all(before["To stage"] == after["From stage"] for before, after in pairwise(path))
        assert [step["Entered on"] for step in path] == sorted(step["Entered on"] for step in path)
        assert path[-1]["To stage"] == deal["Stage"]
        ending = {"Won": "Closed won", "Lost": "Closed lost"}.get(deal["Status"])
        assert (ending or deal["Stage"]) == deal["Stage"]
        assert ending is None or path[-1]["Entered on"] == deal["Close date"]
        assert (deal["Status"] == "Lost") == bool(deal["Lost reason"])


def test_interactions_of_a_deal_lie_within_its_life_and_account(rows: Read) -> None:
    deals = {row["Opportunity ID"]: row for row in rows("opportunities")}
    for row in rows("interactions"):
        if row["Opportunity ID"]:
            deal = deals[row["Opportunity ID"]]
            assert deal["Account ID"] == row["Account ID"]
            assert deal["Created date"] <= row["Activity date"][:10]
            assert deal["Status"] == "Open" or row["Activity date"][:10] <= deal["Close date"]


def test_okr_weights_add_up_to_a_hundred_per_cent(rows: Read) -> None:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows("okrs"):
        sums[row["Owner ID"], row["Period"]] += int(row["Weight"].removesuffix("%"))
    assert sums
    assert set(sums.values()) == {100}


def test_invoices_of_a_contract_and_their_payments_add_up(rows: Read) -> None:
    paid: dict[str, int] = defaultdict(int)
    for row in rows("payments"):
        paid[row["Invoice ID"]] += int(row["Payment amount"])
    for row in rows("invoices"):
        assert int(row["Invoice amount"]) - paid[row["Invoice ID"]] == int(row["Balance"])
        assert (row["Invoice status"] == "Paid") == (row["Balance"] == "0")


def test_notes_are_in_both_languages_and_without_holes(rows: Read) -> None:
    notes = [row["Notes"] for row in rows("interactions")]
    chinese = sum(bool(re.search(r"[一-鿿]{4}", note)) for note in notes) / len(notes)
    assert 0.55 < chinese < 0.95
    assert not [note for note in notes if re.search(r"[{}]|  ", note)]
    assert len(set(notes)) > 4_000
    assert sum(bool(re.search(r"[一-鿿]", note)) and bool(re.search(r"[A-Za-z]{4}", note)) for note in notes) > 500


def test_competitors_speak_only_where_the_deal_has_one(rows: Read) -> None:
    rivals = {row["Opportunity ID"]: row["Competitor"] for row in rows("opportunities")}
    talks = [row for row in rows("interactions") if row["Subject"] in {"竞品动态", "Competitor in the room"}]
    assert talks
    assert all(rivals[row["Opportunity ID"]] and rivals[row["Opportunity ID"]] in row["Notes"] for row in talks)


def test_weekends_and_holidays_are_quiet(rows: Read) -> None:
    days = [date.fromisoformat(row["Activity date"][:10]) for row in rows("interactions")]
    everyday = sum(day.weekday() < 5 for day in days) / len(days)
    festival = sum(date(2025, 1, 27) <= day <= date(2025, 2, 4) for day in days)
    week_before = sum(date(2025, 1, 13) <= day <= date(2025, 1, 21) for day in days)
    assert everyday > 0.95
    assert festival < week_before / 3


def test_meetings_and_tiers_decide_about_wins(rows: Read) -> None:
    tiers = {row["Account ID"]: row["Tier"] for row in rows("accounts")}
    meetings: dict[str, int] = defaultdict(int)
    for row in rows("interactions"):
        meetings[row["Opportunity ID"]] += row["Activity type"] in {"meeting", "visit", "demo"}
    decided = [row for row in rows("opportunities") if row["Status"] != "Open"]

    def rate(deals: Rows) -> float:
        return sum(row["Status"] == "Won" for row in deals) / len(deals)

    many, few = ([row for row in decided if (meetings[row["Opportunity ID"]] >= 3) is enough] for enough in (True, False))
    strategic, small = ([row for row in decided if tiers[row["Account ID"]] == tier] for tier in ("strategic", "long_tail"))
    assert rate(many) > rate(few) + 0.15
    assert rate(strategic) > rate(small) + 0.08


def test_headers_are_words_of_the_model(rows: Read) -> None:
    entities = {entity.table: entity for entity in base_model().entities.values()}
    for table, headers in HEADERS.items():
        fields = entities[table].fields.values()
        known = {word.lower() for field in fields for word in field.words.en}
        targets = {f"{word.lower()} id" for field in fields if field.type is FieldType.REF for word in field.words.en}
        own = 1 if headers[0].endswith(" ID") else 0
        strange = [header for header in headers[own:] if header.lower() not in known | targets]
        assert not strange, table
