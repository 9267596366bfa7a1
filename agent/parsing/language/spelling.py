"""Finds names that are spelt about like a word or that hold a part, among very many, by the pairs of letters that they share. Exact: no name is missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.signedinteger]

FEW = 2_000  # that many names are compared one by one about as fast
LETTERS = 0x110000


class Spellings:
    """Names to be searched; the index of letter pairs is made at the first search."""

    def __init__(self, names: Sequence[str]) -> None:
        """``names`` without repetitions, as they are looked up."""
        self.names = names

    def similar(self, word: str, cutoff: float, limit: int) -> list[tuple[str, float]]:
        """The names most like ``word``, best first, by the normalised insertion and deletion distance (100: the same), ``cutoff`` at least."""
        names = self.names if len(self.names) <= FEW else self._alike(word, cutoff)
        return [(name, score) for name, score, _ in process.extract(word, names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=limit)]

    def holding(self, part: str) -> Iterator[str]:
        """Names of which ``part`` is a part; it has at least two letters."""
        names = self.names if len(self.names) <= FEW else self._with_pairs(part)
        return (name for name in names if part in name)

    def _alike(self, word: str, cutoff: float) -> Sequence[str]:
        """Names with as many pairs of the word as a name of their length must share to reach the cut-off.

        Of the word's pairs, a deleted letter destroys at most two and an inserted one at most one (the q-gram lemma, Jokinen and Ukkonen 1991).
        """
        import numpy as np

        index = self._index
        pairs = {word[at : at + 2] for at in range(len(word) - 1)}
        allowed = 1 - cutoff / 100
        shortest = len(word) * (1 - allowed) / (1 + allowed)
        if len(pairs) - self._destroyed(len(word), shortest, allowed) <= 0:
            return self.names  # so few different pairs that a name may share none of them
        counts = np.bincount(np.concatenate([index.places(pair) for pair in pairs]), minlength=len(self.names))
        due = len(pairs) - ((1 + 3 * allowed) * len(word) - (1 - 3 * allowed) * index.lengths) / 2
        fits = (index.lengths >= shortest - 1e-9) & (index.lengths * (1 - allowed) <= len(word) * (1 + allowed) + 1e-9)
        return [self.names[int(at)] for at in np.flatnonzero(fits & (counts >= np.maximum(due - 1e-9, 1)))]

    @staticmethod
    def _destroyed(asked: int, held: float, allowed: float) -> float:
        """How many pairs of a word of ``asked`` letters a name of ``held`` letters may lack: 2 deletions + insertions, at the distance allowed."""
        return ((1 + 3 * allowed) * asked - (1 - 3 * allowed) * held) / 2

    def _with_pairs(self, part: str) -> Iterator[str]:
        import numpy as np

        held = sorted((self._index.places(part[at : at + 2]) for at in range(len(part) - 1)), key=len)
        found = held[0] if len(held) == 1 or not len(held[0]) else np.intersect1d(held[0], held[1], assume_unique=True)
        return (self.names[int(at)] for at in found)

    @cached_property
    def _index(self) -> _Pairs:
        return _Pairs(self.names)


class _Pairs:
    """For each pair of neighbouring letters, the places of the names that hold it, as one sorted array with its sections."""

    def __init__(self, names: Sequence[str]) -> None:
        import numpy as np

        self.lengths = np.fromiter(map(len, names), dtype=np.int64, count=len(names))
        letters = np.frombuffer("\0".join(names).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
        owners = np.repeat(np.arange(len(names)), self.lengths + 1)[: len(letters)]
        inside = (letters[:-1] != 0) & (letters[1:] != 0)
        pairs = (letters[:-1] * LETTERS + letters[1:])[inside]
        self._pairs, numbers = np.unique(pairs, return_inverse=True)
        held = np.unique(numbers * len(names) + owners[:-1][inside])
        numbers, owned = np.divmod(held, len(names))
        self._places = owned.astype(np.int32)
        self._starts = np.searchsorted(numbers, np.arange(len(self._pairs) + 1))

    def places(self, pair: str) -> Places:
        """Where in the list the names with this pair are, ascending."""
        code = ord(pair[0]) * LETTERS + ord(pair[1])
        at = int(self._pairs.searchsorted(code))
        if at == len(self._pairs) or self._pairs[at] != code:
            return self._places[:0]
        return self._places[self._starts[at] : self._starts[at + 1]]
