"""``python -m evals.journey_rules.learning``: teaches which act unknown words tell, from the triggers of labelled notes and the words of the lexicon."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
import yaml

from evals.requests.training import fit, softmax
from integrations.embeddings import SentenceEncoder
from tools.journey.criteria.guessing import KINDS, MODEL, GuessModel, features_of

NOTES = Path(__file__).parents[1] / "datasets" / "text_events"
LEXICON = Path(__file__).parents[2] / "tools" / "journey" / "reading" / "acts.yaml"
PENALTY = 1e-4
NO_ACTS = 3
"""Stretches of each note that tell no act, to learn what is none."""
HELD_OUT = "ace"
"""Writers whose triggers are guessed by what the others teach, for the report."""
_TOKEN = re.compile(r"[A-Za-z'-]+|[\u3400-\u9fff]")


class Example(NamedTuple):
    """Words, the act that they tell ("" for none), and who wrote them ("" for the lexicon)."""

    words: str
    act: str
    writer: str


def examples() -> list[Example]:
    """Everything that is learned from, each once."""
    found = {Example(words, act, "") for act, words in _lexicon()}
    for path in sorted(NOTES.glob("written_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            found.update(_of_note(json.loads(line), path.stem[-1]))
    return sorted(found)


def _lexicon() -> Iterator[tuple[str, str]]:
    for act, kinds in yaml.safe_load(LEXICON.read_text("utf-8")).items():
        for words in kinds.values() if isinstance(kinds, dict) else ():
            for word in words:
                yield from ((act, each.lower()) for each in str(word).replace(" …", "").split("/"))


def _of_note(note: dict[str, Any], writer: str) -> Iterator[Example]:
    text, taken = note["text"], list[tuple[int, int]]()
    for event in note["events"]:
        yield Example(event["trigger"].lower().strip(), event["act"], writer)
        if event["object"]:
            yield Example(event["object"].lower(), "", writer)
        for words in (event["trigger"], event["object"], event["who"]):
            at = text.find(words) if words else -1
            if at >= 0:
                taken.append((at, at + len(words)))
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    rng = Random(text)  # noqa: S311 - a sample, the same at every run
    for _ in range(NO_ACTS if len(tokens) > 5 else 0):
        size = rng.randint(1, 4)
        at = rng.randrange(len(tokens) - size)
        start, end = tokens[at][0], tokens[at + size - 1][1]
        if not any(low < end and start < high for low, high in taken):
            yield Example(text[start:end].lower(), "", writer)


def main() -> None:
    """Report how well triggers of writers held out are guessed that nobody else used, then learn from all, and write the weights."""
    seen = examples()
    inputs = features_of([each.words for each in seen], SentenceEncoder())
    labels = np.array([KINDS.index(each.act) for each in seen])
    for writer in HELD_OUT:
        own = np.array([each.writer == writer for each in seen])
        known = {each.words for each in seen if each.writer != writer and each.act}
        chances = softmax(inputs[own] @ fit(inputs[~own], labels[~own], len(KINDS), PENALTY).T)
        new = np.array([each.words not in known for each in seen if each.writer == writer])
        told, best = labels[own][new], chances[new].argmax(axis=1)
        acts = told > 0
        print(f"{writer}: {(best[acts] == told[acts]).mean():.2f} of {acts.sum()} new triggers, {(best[~acts] == 0).mean():.2f} of {(~acts).sum()} others")
    digest = sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()[:16]
    MODEL.write_text(GuessModel.of(fit(inputs, labels, len(KINDS), PENALTY), digest).model_dump_json() + "\n", "utf-8")


if __name__ == "__main__":
    main()
