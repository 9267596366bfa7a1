"""Which engine a message asks for: a small softmax regression over its sentence vector and its words. Knows no store: names are put away before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args
from zlib import crc32

from tools.trace.cells import Frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tools.crm.ports import Embedder

    Floats = NDArray[np.float64]

Kind = Literal[
    "records", "standing", "why_stage", "moves", "reweight", "what_if", "talk_track", "win_chance", "forecast", "attainment",
    "why_deal", "why_period", "rhythm", "criterion",
]  # fmt: skip
"""What is asked for; ``records`` is what counting and listing records answers."""
KINDS: tuple[Kind, ...] = get_args(Kind)
LIKELY = 0.45
"""From this probability on a kind is likely, whatever that of records: many unlikely kinds together make none likely."""
MODEL = Path(__file__).parent / "kinds.json"
WORDS = 1024
_WORD = re.compile(r"[a-z']+|[\u3400-\u9fff]|[?？]")


class KindModel(Frozen):
    """The weights, for each kind one number a feature.

    From this probability of not being about records on, an engine is asked even where the message could be read as a question about them.
    """

    version: int
    examples: str
    """Digest of what it was trained on."""
    sure: float
    weights: tuple[tuple[float, ...], ...]

    def probabilities(self, features: Floats) -> Floats:
        """The probability of each kind, shape ``(n, kinds)``, for features of shape ``(n, features)``."""
        import numpy as np

        scores = features @ np.asarray(self.weights).T
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def features_of(messages: Sequence[str], embedder: Embedder) -> Floats:
    """What the regression sees of each message: its sentence vector, a constant and its words, shape ``(n, dimensions + 1 + WORDS)``."""
    import numpy as np

    return np.hstack([embedder.embed(messages).astype(np.float64), np.ones((len(messages), 1)), np.stack([_words(message) for message in messages])])


def _words(message: str) -> Floats:
    """Words and pairs of them (Han characters: also threes), each hashed to one of ``WORDS`` places with a sign (Weinberger et al. 2009), of length one."""
    import numpy as np

    found = np.zeros(WORDS)
    words = _WORD.findall(message.lower())
    runs = {*words, *map(" ".join, pairwise(words))}
    runs |= {" ".join(three) for three in zip(words, words[1:], words[2:], strict=False) if three[0] > "\u3000"}
    for run in runs:
        place = crc32(run.encode())
        found[place % WORDS] += 1 if place & 0x10000 else -1
    return np.asarray(found / max(1.0, float(np.linalg.norm(found))))


@cache
def trained_kinds() -> KindModel:
    """The weights that come with the program; made by ``python -m evals.requests``."""
    return KindModel.model_validate_json(MODEL.read_text("utf-8"))


def kind_of(message: str, embedder: Embedder) -> tuple[Kind, float]:
    """The kind that a message without names most probably is, and the probability that it is not about records.

    It is an engine's kind where that is sure, or where that is at least one half and this kind is likely by itself, or likelier than records; else ``records``.
    """
    chances = trained_kinds().probabilities(features_of([message], embedder))[0].tolist()
    engine = 1.0 - chances[KINDS.index("records")]
    best = max(range(1, len(KINDS)), key=lambda kind: chances[kind])
    likely = engine >= trained_kinds().sure or (engine >= 0.5 and chances[best] > min(LIKELY, chances[KINDS.index("records")]))
    return (KINDS[best] if likely else "records"), engine


def chance_of(kind: Kind, message: str, embedder: Embedder) -> float:
    """The probability that a message without names asks for this kind."""
    return float(trained_kinds().probabilities(features_of([message], embedder))[0][KINDS.index(kind)])
