"""What this room needs from outside, as small protocols; the composition root brings the real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from tools.trace.cells import Frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.access.scope import RowScope
    from tools.crm.semantic import SemanticModel

Vectors: TypeAlias = "NDArray[np.float32]"


class Embedder(Protocol):
    """Turns texts of any language into sentence vectors whose dot product is their cosine similarity."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape ``(len(texts), dimensions)``."""
        ...


class Dictionary(Protocol):
    """Says what Chinese words mean in English."""

    def glosses(self, word: str) -> tuple[str, ...]:
        """The meanings of one word, each a few English words ("to install", "carrier"); nothing for what is no word."""
        ...


class VectorIndex(Protocol):
    """Unit vectors under ids, in named collections. It knows no texts and decides nothing: what it finds is re-checked in SQL."""

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors; one whose id is there already is replaced."""
        ...

    def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Forget vectors; ids that are not there are passed over."""
        ...

    def query(self, collection: str, vector: Vectors, k: int) -> tuple[tuple[str, float], ...]:
        """Up to ``k`` nearest ids with their cosine similarity, nearest first; empty for a collection that does not exist."""
        ...

    def vectors(self, collection: str, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those ids that are there."""
        ...

    def ids(self, collection: str) -> frozenset[str]:
        """All ids of a collection."""
        ...

    def count(self, collection: str) -> int:
        """Number of ids of a collection, 0 for one that does not exist."""
        ...


class FoundRecords(Frozen):
    """The records that are about something, and the fields that were searched for it."""

    records: tuple[int, ...]
    fields: tuple[str, ...]


class TextSearch(Protocol):
    """Says which records are about something."""

    def about(self, session: Session, model: SemanticModel, principal: Principal, scope: RowScope, entity: str, text: str) -> FoundRecords:
        """Records of an entity that the principal may see and whose texts are about ``text``."""
        ...


Progress = Callable[[str, int, int], None]
"""Told how far a long step is: name of the step, units done, units in all (0 when unknown)."""
