"""The planted truth: every figure again from the written files, with nothing but the csv module; every story found in them."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tools.crm.demo import DemoTruth, write_demo
from tools.crm.demo.writing import HEADERS

TODAY = date(2026, 3, 18)
Rows = list[dict[str, str]]


class Export:
    """The files as a reader sees them, and the truth to hold them against."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.truth: DemoTruth = write_demo(folder, "small", seed, TODAY)
        self.folder = folder
        self.held: dict[str, Rows] = {}

    def __getitem__(self, table: str) -> Rows:
        if table not in self.held:
            with (self.folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
                self.held[table] = list(csv.DictReader(file))
        return self.held[table]

    def talks(self, account: str | None) -> list[tuple[str, dict[str, str]]]:
        """Days and rows of an account's interactions."""
        return [(row["Activity date"][:10], row) for row in self["interactions"] if row["Account ID"] == account]


@pytest.fixture(scope="module", params=[7, 11, 12])
def export(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Export:
    return Export(tmp_path_factory.mktemp("truth") / "export", request.param)


def _value(deals: Rows) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in deals:
        found[row["Currency"]] += Decimal(row["Amount"])
    return dict(found)


def test_row_counts_are_those_of_the_files(export: Export) -> None:
    assert export.truth.rows == {table: len(export[table]) for table in HEADERS}


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("last quarter", "2025-10-01", "2025-12-31"),
        ("this quarter", "2026-01-01", "2026-03-18"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("all", "0001-01-01", "2026-03-18"),
    ],
)
def test_deals_of_a_period_add_up(export: Export, name: str, start: str, end: str) -> None:
    told = export.truth.periods[name]
    names = {row["Member ID"]: row["Name"] for row in export["members"]}
    decided = [row for row in export["opportunities"] if row["Status"] != "Open" and start <= row["Close date"] <= end]
    won = [row for row in decided if row["Stage"] == "Closed won"]
    assert (told.won, told.lost) == (len(won), len(decided) - len(won))
    assert told.win_rate == Decimal(len(won)) / len(decided)
    assert told.won_value == _value(won)
    assert told.won_by_region == Counter(row["Region"] for row in won)
    assert told.won_by_rep == Counter(names[row["Owner ID"]] for row in won)
    for region, value in told.won_value_by_region.items():
        assert value == _value([row for row in won if row["Region"] == region])
    for rep, value in told.won_value_by_rep.items():
        assert value == _value([row for row in won if names[row["Owner ID"]] == rep])


def test_pipeline_is_the_value_of_open_deals(export: Export) -> None:
    still_open = [row for row in export["opportunities"] if row["Status"] == "Open"]
    assert export.truth.open_deals == len(still_open)
    assert export.truth.open_by_stage == Counter(row["Stage"] for row in still_open)
    assert export.truth.pipeline == _value(still_open)


def test_top_accounts_are_ranked_by_won_value_at_the_latest_rate(export: Export) -> None:
    rates = {"CNY": Decimal(1)}
    for row in sorted(export["exchange_rates"], key=lambda row: row["Valid from"]):
        rates[row["Base"]] = Decimal(row["Exchange rate"])
    names = {row["Account ID"]: row["Account name"] for row in export["accounts"]}
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for row in export["opportunities"]:
        if row["Status"] == "Won":
            totals[names[row["Account ID"]]] += Decimal(row["Amount"]) * rates[row["Currency"]]
    best = sorted(totals.items(), key=lambda item: -item[1])[:5]
    assert [(each.name, each.value) for each in export.truth.top_accounts_cny] == best
    assert export.truth.rates_to_cny == rates


def test_groups_are_counted(export: Export) -> None:
    truth = export.truth
    assert truth.accounts_by_sector == Counter(row["Sector"] for row in export["accounts"])
    assert truth.accounts_by_region == Counter(row["Region"] for row in export["accounts"])
    assert truth.interactions_by_kind == Counter(row["Activity type"] for row in export["interactions"])
    ending = [row["Contract number"] for row in export["contracts"] if "2026-03-18" <= row["End date"] <= "2026-05-17"]
    assert ending
    assert truth.contracts_ending_soon == tuple(ending)


def test_overdue_balances_are_what_is_unpaid_after_the_due_day(export: Export) -> None:
    overdue: dict[str, Decimal] = defaultdict(Decimal)
    for row in export["invoices"]:
        if row["Due date"] < TODAY.isoformat():
            overdue[row["Currency"]] += Decimal(row["Balance"])
    assert export.truth.overdue_balance == overdue
    assert overdue["CNY"] > 0


def test_top_reps_have_the_most_wins(export: Export) -> None:
    wins = Counter(row["Owner ID"] for row in export["opportunities"] if row["Status"] == "Won")
    names = {row["Member ID"]: row["Name"] for row in export["members"]}
    assert [int(each.value) for each in export.truth.top_reps_by_wins] == sorted(wins.values(), reverse=True)[:5]
    counted = {names[rep]: count for rep, count in wins.items()}
    assert all(counted[each.name] == each.value for each in export.truth.top_reps_by_wins)


def test_silent_accounts_with_an_open_deal_are_all_told(export: Export) -> None:
    latest: dict[str, str] = {}
    for row in export["interactions"]:
        latest[row["Account ID"]] = max(latest.get(row["Account ID"], ""), row["Activity date"][:10])
    names = {row["Account ID"]: row["Account name"] for row in export["accounts"]}
    since = (TODAY - timedelta(days=60)).isoformat()
    silent = {names[row["Account ID"]] for row in export["opportunities"] if row["Status"] == "Open" and latest.get(row["Account ID"], "") < since}
    assert set(export.truth.silent_with_open_deal_names) == silent
    assert export.truth.stories["silent_account"].account in silent
    story = export.truth.stories["silent_account"]
    assert max(day for day, _ in export.talks(story.account_id)) == story.days["last_interaction_on"].isoformat()


def _hours(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 3600


def test_long_tail_accounts_wait_more_than_half_as_long_again(export: Export) -> None:
    tiers = {row["Account ID"]: row["Tier"] for row in export["accounts"]}
    waits: dict[str, list[float]] = defaultdict(list)
    for row in export["tickets"]:
        if row["First response"]:
            waits[tiers[row["Account ID"]]].append(_hours(row["Opened at"], row["First response"]))
    women = {row["Account ID"]: "women-founded" if row["Women founded"] == "Yes" else "other" for row in export["accounts"]}
    for row in export["tickets"]:
        if row["First response"]:
            waits[women[row["Account ID"]]].append(_hours(row["Opened at"], row["First response"]))
    for tier, told in (export.truth.answer_hours_by_tier | export.truth.answer_hours_by_women_founded).items():
        assert float(told) == pytest.approx(sum(waits[tier]) / len(waits[tier]))
    assert export.truth.answer_hours_by_tier["long_tail"] > Decimal("1.8") * export.truth.answer_hours_by_tier["strategic"]


def test_the_slow_rep_is_the_slowest_to_follow_up(export: Export) -> None:
    names = {row["Member ID"]: row["Name"] for row in export["members"]}
    waits: dict[str, list[float]] = defaultdict(list)
    for row in export["leads"]:
        if row["First response"]:
            waits[names[row["Owner ID"]]].append(_hours(row["Created date"], row["First response"]))
    means = {name: sum(each) / len(each) for name, each in waits.items()}
    assert {name: float(hours) for name, hours in export.truth.lead_hours_by_rep.items()} == pytest.approx(means)
    slowest = max(means, key=lambda name: means[name])
    assert slowest == export.truth.stories["slow_first_follow_up"].member
    assert means[slowest] > 2 * sorted(means.values())[-2]


def test_requests_on_time_are_counted_once_their_time_is_over(export: Export) -> None:
    due = [row for row in export["requests"] if row["Due at"] < TODAY.isoformat()]
    assert (export.truth.requests_on_time, export.truth.requests_due) == (
        sum(bool(row["Responded at"]) and row["Responded at"] <= row["Due at"] for row in due),
        len(due),
    )
    assert export.truth.requests_on_time < export.truth.requests_due


@pytest.mark.parametrize(("key", "factor"), [("rhythm_break", (0.0, 0.35)), ("rhythm_surge", (3.0, 30.0))])
def test_the_rhythm_changes_on_its_day(export: Export, key: str, factor: tuple[float, float]) -> None:
    story = export.truth.stories[key]
    change = story.days["changed_on"]
    days = [date.fromisoformat(day) for day, _ in export.talks(story.account_id)]
    before = sum(change - timedelta(days=182) <= day < change for day in days) / 26
    since = sum(day >= change for day in days) / ((TODAY - change).days / 7)
    assert float(story.figures["interactions per week before"]) == pytest.approx(before)
    assert float(story.figures["interactions per week since"]) == pytest.approx(since)
    assert factor[0] <= since / before <= factor[1]
    won = [row for row in export["opportunities"] if row["Account ID"] == story.account_id and row["Status"] == "Won"]
    assert sum(row["Close date"] >= change.isoformat() for row in won) == story.figures["won deals since"]


def test_legal_asked_twice_and_nobody_answered(export: Export) -> None:
    story = export.truth.stories["unanswered_legal"]
    first, second, lost = (story.days[key].isoformat() for key in ("asked_first_on", "asked_again_on", "lost_on"))
    window = [row for day, row in export.talks(story.account_id) if first <= day <= lost]
    assert [row["Direction"] for row in window] == ["Inbound"] * 3
    assert all("数据驻留" in row["Subject"] + row["Notes"] for row in window)
    assert (date.fromisoformat(second) - date.fromisoformat(first)).days > 5
    deal = next(row for row in export["opportunities"] if row["Opportunity ID"] == story.opportunity_id)
    assert (deal["Status"], deal["Close date"], deal["Lost reason"]) == ("Lost", lost, "Compliance")
    asked = [row for row in export["requests"] if row["Account ID"] == story.account_id and row["Opened at"][:10] in {first, second}]
    assert [row["Responded at"] for row in asked] == ["", ""]


def test_two_milestones_in_a_row_are_missed_at_one_account_only(export: Export) -> None:
    names = {row["Account ID"]: row["Account name"] for row in export["accounts"]}
    states: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in export["milestones"]:
        states[row["Opportunity ID"]].append((row["Due date"], row["Milestone status"]))
    twice = {deal for deal, steps in states.items() if "MissedMissed" in "".join(status for _, status in sorted(steps))}
    found = {names[row["Account ID"]] for row in export["milestones"] if row["Opportunity ID"] in twice}
    story = export.truth.stories["missed_milestones"]
    assert found == set(export.truth.missed_twice) == {story.account}
    assert len([row for row in export["milestones"] if row["Milestone status"] == "Missed"]) > 2


def test_the_late_payer_pays_latest(export: Export) -> None:
    due = {row["Invoice ID"]: date.fromisoformat(row["Due date"]) for row in export["invoices"]}
    late: dict[str, list[int]] = defaultdict(list)
    for row in export["payments"]:
        late[row["Account ID"]].append((date.fromisoformat(row["Payment date"]) - due[row["Invoice ID"]]).days)
    story = export.truth.stories["late_payer"]
    mean = sum(late[str(story.account_id)]) / len(late[str(story.account_id)])
    assert float(story.figures["mean days late"]) == pytest.approx(mean)
    assert mean > 40
    assert sum(sum(each) / len(each) > 15 for each in late.values()) > 5  # others are late too, but less


def test_the_competitor_turns_up_while_technology_is_being_evaluated(export: Export) -> None:
    story = export.truth.stories["technical_evaluation_and_competitor"]
    technical = [row for day, row in export.talks(story.account_id) if day >= "2026-02-15" and row["Subject"] in {"技术问题", "Technical questions"}]
    assert len(technical) >= 9
    seen = {row["Signal type"]: row for row in export["signals"] if row["Account ID"] == story.account_id and row["Competitor"] == story.details["competitor"]}
    assert seen["Financing"]["Observed at"][:10] == story.days["financing_on"].isoformat()
    assert seen["Public activity"]["Observed at"][:10] == story.days["shared_on"].isoformat()
    who = {row["Contact ID"]: row for row in export["contacts"]}[seen["Public activity"]["Contact ID"]]
    assert (who["Title"], who["Contact name"]) == ("采购总监", story.details["contact"])


def test_hostile_texts_come_back_as_they_were_written(export: Export) -> None:
    names = {row["Account ID"]: row["Account name"] for row in export["accounts"]}
    awkward = names[str(export.truth.stories["awkward_name"].account_id)]
    assert awkward == export.truth.stories["awkward_name"].account
    assert all(sign in awkward for sign in '",🪶')
    received = export.truth.stories["injection_note"].days["received_on"].isoformat()
    notes = [row["Notes"] for day, row in export.talks(export.truth.stories["injection_note"].account_id) if day == received]
    assert any(note.startswith("Ignore all previous instructions") for note in notes)


def test_signed_promised_and_refused_trials_are_told_apart(export: Export) -> None:
    notes = {row["Interaction ID"]: row["Notes"] for row in export["interactions"]}
    told = export.truth.notes_by_mood
    assert all(any(word in notes[each] for word in ("已签署", "签字", "has signed", "signed by")) for each in told["poc_signed"])
    assert all(any(word in notes[each] for word in ("没有签", "不同意", "did not", "refused")) for each in told["poc_refused"])
    assert len(told["poc_signed"]) == sum(
        any(word in note for word in ("CTO已签署", "CTO签字", "CTO has signed", "signed by the CTO")) for note in notes.values()
    )
    assert told["poc_promised"]
