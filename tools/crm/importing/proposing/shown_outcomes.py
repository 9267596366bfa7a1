"""Tells from other columns what words for the state of a deal mean that don't say it: what ended as the lost ones did, but without a reason, was won."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.crm.importing.loading.outcomes import Status, status_word
from tools.crm.importing.proposing.places import Column
from tools.crm.importing.proposing.sampled_rows import FEWEST, Rows, held, rows_of_words

MOST_WORDS = 25
MOST, HALF, HARDLY = 0.8, 0.5, 0.1


def shown_outcomes(at: int, columns: Sequence[Column]) -> dict[str, Status]:
    """The outcome of words of the column ``at`` that don't say it themselves, where the days that only settled deals have show it.

    Those without a reason were won; where nothing tells reasons, the one such word that there is.

    A day shows it that hardly any open and most lost deals have. Empty where no word says that something was lost, or no such day is there.
    """
    rows = rows_of_words(columns[at])
    if not 2 <= len(rows) <= MOST_WORDS:
        return {}
    said = {word: status_word(word) for word in rows}
    unsaid = [word for word in rows if word and said[word] is None and len(rows[word]) >= FEWEST]
    lost = _of(rows, [word for word in rows if said[word] == "lost"])
    if len(lost) < FEWEST or not unsaid or "won" in said.values():
        return {}
    others = [column for place, column in enumerate(columns) if place != at and not column.profile.is_empty]
    for day in (column for column in others if column.profile.dates >= MOST and held(column, lost) >= MOST):
        ended = [word for word in unsaid if held(day, rows[word]) >= MOST]
        going = _of(rows, [word for word in rows if said[word] != "lost" and word not in ended])
        if not ended or len(going) < FEWEST or held(day, going) > HARDLY:
            continue
        reasons = [
            column for column in others if column is not day and held(column, lost) >= HALF and held(column, going) <= HARDLY and not column.profile.dates
        ]
        won = [word for word in ended if (reasons or len(ended) == 1) and all(held(reason, rows[word]) <= HARDLY for reason in reasons)]
        if won:
            return {word: "won" if word in won else "lost" for word in ended}
    return {}


def _of(rows: Mapping[str, Rows], words: Sequence[str]) -> list[int]:
    return [row for word in words for row in rows[word]]


def rows_by_outcome(at: int, columns: Sequence[Column]) -> dict[Status, list[int]]:
    """The rows that a column of states says, or other columns show, to be won, lost or open."""
    shown = shown_outcomes(at, columns)
    found: dict[Status, list[int]] = {"won": [], "lost": [], "open": []}
    for word, rows in rows_of_words(columns[at]).items():
        found[shown.get(word) or status_word(word) or "open"] += rows
    return {status: sorted(rows) for status, rows in found.items()}
