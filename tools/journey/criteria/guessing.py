"""Which act words of which nothing is known most probably tell: a softmax regression over their sentence vector and their letters.

Knows no grammar and no store; what it guesses is shown back before anything rests on it.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from tools.journey.acts import Act
from tools.trace.cells import Frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tools.crm.ports import Embedder

    Floats = NDArray[np.float64]

MODEL = Path(__file__).parent / "guessing.json"
KINDS: tuple[str, ...] = ("", *(act.value for act in Act))
"""What words may tell; the empty one is no act."""
LETTERS = 2048
VECTOR, SPELLING = 4.0, 2.0
"""How much the vector and the letters count, before anything is learned."""
_RUN = re.compile(r"[a-z']+|[\u3400-\u9fff]+")


class Guess(NamedTuple):
    """An act and how probable it is."""

    act: Act
    chance: float


Guesser = Callable[[Sequence[str]], list[Guess | None]]


class GuessModel(Frozen):
    """The weights, as base64 of 16-bit floats of shape ``(kinds, features)``."""

    version: int
    examples: str
    """Digest of what it was trained on."""
    weights: str

    @classmethod
    def of(cls, weights: Floats, examples: str) -> GuessModel:
        """Pack weights."""
        return cls(version=1, examples=examples, weights=b64encode(weights.astype("<f2").tobytes()).decode())

    def matrix(self) -> Floats:
        """The weights, shape ``(kinds, features)``."""
        import numpy as np

        return np.frombuffer(b64decode(self.weights), dtype="<f2").reshape(len(KINDS), -1).astype(np.float64)


def features_of(words: Sequence[str], embedder: Embedder) -> Floats:
    """What the regression sees of each stretch of words, shape ``(n, dimensions + LETTERS + 1)``."""
    import numpy as np

    return np.hstack([embedder.embed(words).astype(np.float64) * VECTOR, np.stack([_spelled(each) for each in words]) * SPELLING, np.ones((len(words), 1))])


def _spelled(words: str) -> Floats:
    """Words, their beginnings and their letters by fours (Han characters by ones, twos and threes), each hashed to one of ``LETTERS`` places."""
    import numpy as np

    found = np.zeros(LETTERS)
    for piece in _pieces(words.lower()):
        found[crc32(piece.encode()) % LETTERS] += 1
    return np.asarray(found / max(1.0, float(np.sqrt(found.sum()))))


def _pieces(words: str) -> Iterator[str]:
    for run in _RUN.findall(words):
        if run[0] > "\u3000":
            yield from (run[at : at + n] for n in (1, 2, 3) for at in range(len(run) - n + 1))
        else:
            yield from (run, f"^{run[:5]}", *(f"^{run}$"[at : at + 4] for at in range(max(1, len(run) - 1))))


@cache
def _trained() -> Floats:
    return GuessModel.model_validate_json(MODEL.read_text("utf-8")).matrix()


def guesser(embedder: Embedder) -> Guesser:
    """Guesses with these vectors; the weights are read on the first call, and come from ``python -m evals.journey_rules.learning``."""

    def guess(words: Sequence[str]) -> list[Guess | None]:
        import numpy as np

        if not words:
            return []
        scores = features_of(words, embedder) @ _trained().T
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = raised / raised.sum(axis=1, keepdims=True)
        best = chances[:, 1:].argmax(axis=1) + 1
        return [Guess(Act(KINDS[kind]), float(row[kind])) if row[kind] > row[0] else None for kind, row in zip(best, chances, strict=True)]

    return guess
