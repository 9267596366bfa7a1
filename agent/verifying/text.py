"""Checks a finished text against its draft: every value where its cell belongs, not a word that turns the meaning, and no word that adds content."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from agent.composing.draft import Draft, Sentence, pieces_of, render_sentence
from agent.verifying.meaning import turned
from agent.verifying.placing import DIFFERENCE, HOLE, Placed, bounded, locate, misplaced, slots_of
from agent.verifying.vocabulary import implied_classes, lost_words, unknown_words
from tools.trace.cells import CellType

Reason = Literal["value_missing", "words_added", "words_lost", "misplaced", "meaning_turned", "name_added", "sentences_differ", "notes_differ"]
COUNTED = {CellType.COUNT.value, CellType.NUMBER.value}
_EMPHASIS = re.compile(r"\*\*|__|`|^\s*[-*•]\s+", re.MULTILINE)
_SPACES = re.compile(r"[\u00a0\u2009\u202f]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a sentence."""

    sentence: int
    reason: Reason
    about: str = ""


def check_text(text: str, draft: Draft, sentences: list[str], names: Collection[str] = ()) -> list[Fault]:
    """Faults of a text whose sentences are given in the draft's order; an empty list accepts it.

    ``sentences`` are the text's sentences without its notes, ``names`` are names known to the data, none of which may
    appear unless the draft's slots put it there.
    """
    if len(sentences) != len(draft.sentences):
        return [Fault(0, "sentences_differ")]
    _, _, notes = text.partition("\n\n")
    joiner = " " if draft.language == "en" else ""
    faults = [] if notes == joiner.join(draft.notes) else [Fault(0, "notes_differ")]
    for number, (said, meant) in enumerate(zip(sentences, draft.sentences, strict=True), 1):
        faults += [Fault(number, reason, about) for reason, about in _sentence_faults(said, meant, draft, names)]
    return faults


def check_sentence(said: str, meant: Sentence, draft: Draft, names: Collection[str] = ()) -> list[Fault]:
    """Faults of one sentence."""
    return [Fault(1, reason, about) for reason, about in _sentence_faults(said, meant, draft, names)]


def _sentence_faults(said: str, meant: Sentence, draft: Draft, names: Collection[str]) -> list[tuple[Reason, str]]:
    said = _SPACES.sub(" ", _EMPHASIS.sub("", said)).strip()
    slots = slots_of(meant, draft)
    placed, holed, missing = locate(said, slots)
    if missing:
        return [("value_missing", words) for words in missing]
    own, template = _template(meant, draft, slots)
    difference = any(slot.group.endswith(DIFFERENCE) for slot in slots)
    rest, plain = holed.replace(HOLE, " "), template.replace(HOLE, " ")
    implied = implied_classes(plain, meant.terms) | ({"counting"} if any(slot.kind in COUNTED for slot in slots) else set())
    faults: list[tuple[Reason, str]] = [("meaning_turned", name) for name in sorted(turned(rest, plain, difference, implied))]
    faults += [("words_added", word) for word in unknown_words(rest, plain, meant.terms, draft.language)]
    faults += [("words_lost", word) for word in lost_words(rest, plain, meant.terms, draft.language)]
    faults += [("name_added", name) for name in names if len(name) > 1 and bounded(name).search(rest) and not bounded(name).search(plain)]
    why = misplaced(placed, holed, own, template)
    return [*faults, ("misplaced", why)] if why else faults


def _template(meant: Sentence, draft: Draft, slots: list[Placed]) -> tuple[list[Placed], str]:
    """The draft's own sentence with a hole for each value, and where its values stand."""
    holed, placed = "", []
    waiting = iter(slots)
    for piece in pieces_of(meant, draft):
        if piece.address:
            slot = next(waiting)
            placed.append(replace(slot, start=len(holed), end=len(holed) + len(piece.text)))
            holed += HOLE * len(piece.text)
        else:
            holed += piece.text
    assert len(holed) == len(render_sentence(meant, draft))  # noqa: S101 - both walk the same pieces
    return placed, holed
