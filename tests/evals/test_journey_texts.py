"""How reading is scored: one to one, by act, status, object and actor."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from evals.journey_texts.confidence import written
from evals.journey_texts.scoring import FOLDER, figures, notes, overlap, score
from tools.journey.acts import Act, Status
from tools.journey.reading.confidence import MEASURED, confidence_of

NOTE = {
    "language": "en",
    "day": "2026-03-12",
    "kind": "call",
    "direction": None,
    "contact": None,
    "owner": None,
    "text": "The CTO signed the NDA. Legal paid the deposit.",
}
SIGNED = {"act": "sign", "status": "done", "side": "customer", "role": "cto", "object": "NDA", "on": "2026-03-12", "words": "The CTO signed the NDA"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("POC agreement", "the POC-Agreement", True),
        ("", "", True),
        ("", "NDA", False),
        ("合同", "续约合同", True),
        ("NDA", "budget", False),
        ("data residency issue", "data-residency question", True),
    ],
)
def test_objects_are_the_same_when_one_holds_the_other_or_half_their_pairs_agree(one, other, same):
    assert overlap(one, other) is same


def test_an_event_with_another_role_is_no_match_and_still_a_right_done_act():
    scored = score(NOTE | {"events": [SIGNED | {"role": "ceo"}]})
    assert (len(scored.pairs), scored.done, scored.done_right) == (0, 2, 1)


def test_one_event_matches_once():
    assert len(score(NOTE | {"events": [SIGNED, SIGNED]}).pairs) == 1


def test_act_alone_is_right_whatever_its_status_and_object() -> None:
    promised = NOTE | {"events": [SIGNED | {"status": "promised", "object": "another paper"}]}

    assert len(score(promised, "act").pairs) == 1
    assert not score(promised, "status").pairs
    assert len(score(NOTE | {"events": [SIGNED | {"object": "another paper"}]}, "status").pairs) == 1


def test_both_figures_of_a_file_have_an_interval_and_a_number(tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps(NOTE | {"events": [SIGNED]}) + "\n", "utf-8")
    found = figures(path)
    assert found["event_extraction_f1"].metric == pytest.approx(2 / 3)
    assert (found["event_done_precision"].metric, found["event_done_precision"].n) == (0.5, 2)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_labelled_notes_cite_their_own_text_and_know_no_other_act_or_status(path):
    read = notes(path)
    assert len(read) >= (30 if path.stem.startswith("train_") else 150)
    for note in read:
        for event in note["events"]:
            Act(event["act"]), Status(event["status"])
            assert event["words"] in note["text"] if "words" in event else note["text"].startswith(event["trigger"], event["at"])
            assert not event["object"] or event["object"] in note["text"]


def test_a_third_of_our_own_acts_did_not_take_place():
    statuses = Counter(event["status"] for note in notes(FOLDER / "dev.jsonl") for event in note["events"])
    assert 1 - statuses["done"] / statuses.total() > 1 / 3


def test_the_confidence_file_is_what_the_labelled_notes_measure():
    assert MEASURED.read_text("utf-8") == written()


def test_confidence_is_a_share_and_differs_by_means():
    assert 0 < confidence_of("bare", Status.DONE) < confidence_of("d", Status.DONE) < 1
