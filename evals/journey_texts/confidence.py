"""Measures how often each means of reading is right, and writes it where the product looks it up: ``python -m evals.journey_texts.confidence``."""

from __future__ import annotations

from collections import Counter

from evals.journey_texts.scoring import FOLDER, notes, score
from tools.journey.reading.confidence import MEASURED, kind_of
from tools.journey.reading.lexicon import load_lexicon

HEAD = """# Of the events read by each means, how many a person had read too, and how many there were: [right, n].
# Made by `python -m evals.journey_texts.confidence` from labelled notes that the grammar was not written to; do not edit.
"""


def measured() -> dict[str, list[int]]:
    """Right and read events by means, over labelled notes of other writers: those that the grammar was written to would flatter it."""
    right: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for path in (FOLDER / "dev_other.jsonl", *sorted(FOLDER.glob("train_*.jsonl"))):
        for note in notes(path):
            scored = score(note)
            hits = {found for _, found in scored.pairs}
            for at, found in enumerate(scored.read):
                kind = kind_of(found.means, found.status)
                read[kind] += 1
                right[kind] += at in hits
    return {kind: [right[kind], read[kind]] for kind in sorted(read)}


def written() -> str:
    """The file as it is to stand."""
    lines = [f"  {kind}: [{right}, {n}]" for kind, (right, n) in measured().items()]
    return HEAD + f"reader: {load_lexicon().version}\nkinds:\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    MEASURED.write_text(written(), "utf-8")
