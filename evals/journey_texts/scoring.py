"""Scores the events read out of labelled notes against those that a person found in them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from evals.figures import Figure, share
from tools.journey.acts import Status
from tools.journey.reading.actors import Note, Person
from tools.journey.reading.reader import Found, read_text

FOLDER = Path(__file__).parent.parent / "datasets" / "text_events"
UNSEEN = "unseen"
LIKENESS = 0.5
Depth = Literal["act", "status", "all"]
"""How much of an event has to be right: its act, that with its status, or everything."""
SEED, DRAWS = 20261128, 1000


@dataclass(frozen=True, slots=True)
class Scored:
    """One note with what is true of it and what was read: pairs that match, by position, and done acts that were right."""

    note: dict[str, Any]
    truth: list[dict[str, Any]]
    read: list[Found]
    pairs: list[tuple[int, int]]
    done: int
    done_right: int


def notes(path: Path) -> list[dict[str, Any]]:
    """The labelled notes of a file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def context(note: dict[str, Any]) -> Note:
    """What a record would tell of its text."""
    contact = note.get("contact")
    return Note(
        day=date.fromisoformat(note["day"]),
        kind=note.get("kind"),
        direction=note.get("direction") if note.get("direction") in {"inbound", "outbound"} else None,
        contact=Person(contact["name"], contact.get("title")) if contact else None,
        owner=note.get("owner"),
    )


def score(note: dict[str, Any], depth: Depth = "all") -> Scored:
    """Read one note and match what was found, one to one, first come first served.

    A match has the same act and status, objects that overlap, and the same role where the truth names one, else the same side; with less ``depth``
    the same act, or the same act and status.
    A done act is right where the truth holds a done act of the kind, whoever did it to what.
    """
    truth, read = note["events"], read_text(note["text"], context(note))
    pairs: list[tuple[int, int]] = []
    for at, true in enumerate(truth):
        taken = {found for _, found in pairs}
        match = next((index for index, found in enumerate(read) if index not in taken and _matches(found, true, depth)), None)
        if match is not None:
            pairs.append((at, match))
    done = [found for found in read if found.status is Status.DONE]
    open_ = [true["act"] for true in truth if true["status"] == "done"]
    right = 0
    for found in done:
        if found.act.value in open_:
            open_.remove(found.act.value)
            right += 1
    return Scored(note, truth, read, pairs, len(done), right)


def _matches(found: Found, true: dict[str, Any], depth: Depth) -> bool:
    if depth != "all":
        return bool(found.act.value == true["act"] and (depth == "act" or found.status.value == true["status"]))
    if found.act.value != true["act"] or found.status.value != true["status"] or not overlap(found.object, true["object"]):
        return False
    if true.get("role"):
        return bool(found.who.role == true["role"])
    return bool(true.get("side") in {None, "unknown"} or found.who.side == true["side"])


def overlap(one: str, other: str) -> bool:
    """Whether two objects are the same thing: one holds the other, or half of their character pairs agree (Dice)."""
    one, other = _plain(one), _plain(other)
    if not one or not other:
        return one == other
    if one in other or other in one:
        return True
    first, second = _bigrams(one), _bigrams(other)
    return 2 * len(first & second) / max(1, len(first) + len(second)) >= LIKENESS


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}


def f1(scored: Iterable[Scored]) -> float:
    """Harmonic mean of precision and recall over all events; 0 without any."""
    right = held = found = 0
    for each in scored:
        right, held, found = right + len(each.pairs), held + len(each.truth), found + len(each.read)
    return 2 * right / (held + found) if held + found else 0.0


def _f1_figure(scored: Sequence[Scored]) -> Figure:
    """F1 with a bootstrap interval over notes."""
    import numpy as np

    counts = np.array([(len(each.pairs), len(each.truth) + len(each.read)) for each in scored])
    drawn = np.random.default_rng(SEED).integers(0, len(counts), (DRAWS, len(counts)))
    sums = counts[drawn].sum(axis=1)
    low, high = np.quantile(2 * sums[:, 0] / np.maximum(1, sums[:, 1]), (0.025, 0.975))
    return Figure(metric=f1(scored), interval=(float(low), float(high)), n=len(scored))


def figures(path: Path, suffix: str = "") -> dict[str, Figure]:
    """``event_extraction_f1`` and ``event_done_precision`` of one file of labelled notes."""
    scored = [score(note) for note in notes(path)]
    done, right = sum(each.done for each in scored), sum(each.done_right for each in scored)
    return {f"event_extraction_f1{suffix}": _f1_figure(scored), f"event_done_precision{suffix}": share(right, done)}


def evaluate_journey_texts() -> dict[str, Figure]:
    """Both figures on the notes that reading was not made with, where they are there, and on those that it was, marked ``_dev``.

    Beside the whole events of the former, their acts alone and acts with status (``event_extraction_f1_act``, ``event_extraction_f1_status``).
    """
    found: dict[str, Figure] = {}
    unseen = FOLDER / f"{UNSEEN}.jsonl"
    if unseen.exists():
        found |= figures(unseen)
        found |= {f"event_extraction_f1_{depth}": _f1_figure([score(note, depth) for note in notes(unseen)]) for depth in ("act", "status")}
    for path in sorted(FOLDER.glob(f"{UNSEEN}_*.jsonl")):
        found |= figures(path, path.stem.removeprefix(UNSEEN))
    for path in sorted(FOLDER.glob("dev*.jsonl")):
        found |= figures(path, f"_{path.stem}")
    return found
