"""A claim says what its own cell holds, in words that stand in the answer; sources are compared with the store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from prompts.words import say
from tests.tools.trace.example import CELLS, OPEN, ROWS, SUGGESTION, claim, draft
from tools.trace.cells import CellType, EvidenceBlock, SourceRef
from tools.trace.citation import CitationTrace
from tools.trace.evidence import BlockValue, Row
from tools.trace.mentions import shows
from tools.trace.sealing import TraceDraft, seal_trace
from tools.trace.signing import InstallationKey
from tools.trace.sources import CurrentField, check_sources
from tools.trace.verify import Check, verify_trace

REGION, REVENUE = CELLS[0], CELLS[1]


def failures(key: InstallationKey, sealed: TraceDraft) -> list[str]:
    report = verify_trace(seal_trace(sealed, key).model_dump(mode="json"), key.trusted())
    assert all(check.sentence("en") and check.sentence("zh") for check in report.checks)
    return [check.reason for check in report.of("failed")]


def with_claim(**changes: object) -> TraceDraft:
    return draft(claims=(claim("12,500.50 EUR", REVENUE).model_copy(update=changes),))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"value": "12500.6"}, "claim_value"),
        ({"type": CellType.NUMBER}, "claim_kind"),
        ({"unit": "USD"}, "claim_kind"),
        ({"cell": "q9.r1.x"}, "claim_unbound"),
        ({"text": "12,500.51 EUR"}, "claim_words_absent"),
        ({"text": "67.6 % of the total"}, "claim_words"),
    ],
)
def test_claim_that_says_something_else_than_its_cell_fails(key: InstallationKey, changes: dict[str, object], reason: str) -> None:
    assert reason in failures(key, with_claim(**changes))


def test_honestly_signed_trace_with_a_wrong_sum_fails(key: InstallationKey) -> None:
    wrong = REVENUE.model_copy(update={"value": "12500.6"})
    assert "mismatch" in failures(key, draft(cells=(CELLS[0], wrong, *CELLS[2:]), claims=()))


def test_address_that_is_used_twice_fails(key: InstallationKey) -> None:
    assert "duplicate_name" in failures(key, draft(cells=(*CELLS, REVENUE)))


def test_suggestion_whose_contributions_do_not_add_up_fails(key: InstallationKey) -> None:
    assert failures(key, draft(suggestions=(SUGGESTION.model_copy(update={"score": Decimal("0.76")}),))) == ["suggestion"]


@pytest.mark.parametrize(
    ("text", "value", "kind", "expected"),
    [
        ("revenue of $10,005,534", "10005534", CellType.MONEY, True),
        ("revenue of 10.0M USD", "10005534", CellType.MONEY, True),
        ("revenue of 10.1M USD", "10005534", CellType.MONEY, False),
        ("约 1000.6 万美元", "10005534", CellType.MONEY, True),
        ("1.2 亿元", "123456789", CellType.MONEY, True),
        ("fell by 12 %", "-0.1234", CellType.RATE, True),
        ("赢率 63.2%", "0.631812", CellType.RATE, True),
        ("赢率 63.3%", "0.631812", CellType.RATE, False),
        ("up 3.1 pp", "0.031", CellType.RATE, True),
        ("4,238 deals in 2017", "4238", CellType.COUNT, True),
        ("4,239 deals in 2017", "4238", CellType.COUNT, False),
        ("no deals in 2017", "0", CellType.COUNT, None),
        ("two deals", "2", CellType.COUNT, None),
        ("**Moe Tamayo** leads", "Moe Tamayo", CellType.NAME, True),
        ("Zane Levy leads", "Moe Tamayo", CellType.NAME, False),
        ("on 31 Dec 2017", "2017-12-31", CellType.DATE, None),
        ("nothing known", None, CellType.MONEY, None),
    ],
)
def test_words_show_a_value_at_the_precision_in_which_they_are_written(text: str, value: str | None, kind: CellType, expected: bool | None) -> None:
    assert shows(text, value, kind) is expected


class Store:
    """Records as they are now."""

    def __init__(self) -> None:
        self.names = {"rec-secret-9": CurrentField(version="9f2c", value="Zhang Wei")}
        self.deals: dict[BlockValue, Row] = {row[0]: list(row) for row in ROWS}

    def fields(self, refs: Sequence[SourceRef]) -> Mapping[SourceRef, CurrentField]:
        return {ref: self.names[ref.record] for ref in refs if ref.record in self.names}

    def rows(self, block: EvidenceBlock, records: Sequence[BlockValue]) -> Mapping[BlockValue, Row]:
        return {record: self.deals[record] for record in records if record in self.deals}


@pytest.fixture
def with_one_source(key: InstallationKey) -> CitationTrace:
    return seal_trace(draft(cells=CELLS[:10]), key)


def outcome(checks: Sequence[Check]) -> list[tuple[str, str, str]]:
    assert all(check.sentence("en") and check.sentence("zh") for check in checks)
    return [(check.subject, check.outcome, check.reason) for check in checks]


def test_unchanged_store_agrees_with_the_trace(with_one_source: CitationTrace) -> None:
    assert outcome(check_sources(with_one_source, Store())) == [("csv contacts rec-secret-9", "ok", "source_ok"), ("b1", "ok", "source_ok")]


def test_changed_and_deleted_records_are_named(with_one_source: CitationTrace) -> None:
    store = Store()
    store.names["rec-secret-9"] = CurrentField(version="aaaa", value="Li Na")
    store.deals[2][3] = 999
    del store.deals[5]
    assert outcome(check_sources(with_one_source, store)) == [
        ("csv contacts rec-secret-9", "failed", "source_changed"),
        ("opportunities 2", "failed", "source_changed"),
        ("opportunities 5", "failed", "source_gone"),
    ]


def test_record_edited_elsewhere_still_agrees(with_one_source: CitationTrace) -> None:
    store = Store()
    store.names["rec-secret-9"] = CurrentField(version="aaaa", value="Zhang Wei")
    store.deals[1][1] = 99
    assert {(check.outcome, check.reason) for check in check_sources(with_one_source, store)} == {("ok", "source_edited")}


def test_withheld_sources_are_not_checkable(with_one_source: CitationTrace) -> None:
    checks = check_sources(with_one_source.masked_for(OPEN), Store())
    assert ("q2.r1.name", "not_checkable", "source_withheld") in outcome(checks)


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    from typing import get_args

    from tools.trace.cells import Formula
    from tools.trace.evidence import FaultReason

    data = dict.fromkeys(("subject", "about", "stated", "recomputed"), "x")
    for language in ("zh", "en"):
        assert all(say(f"trace_check_{reason}", language, **data) for reason in get_args(FaultReason))
        assert all(say(f"trace_formula_{formula}", language) for formula in get_args(Formula))
    assert json.dumps(data)
