"""The text search of this installation: its sentence vectors and its index, opened with the first search."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from integrations.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from integrations.embeddings import SentenceEncoder
    from integrations.vectors.chroma import ChromaIndex
    from tools.access.principal import Principal
    from tools.access.scope import RowScope
    from tools.crm.ports import FoundRecords
    from tools.crm.searching import Searcher, TextHit
    from tools.crm.semantic import SemanticModel


class InstalledSearch:
    """Implements :class:`tools.crm.ports.TextSearch`. Costs nothing until a question asks what texts are about; one for the process."""

    def __init__(self, settings: Settings) -> None:
        """Opens nothing."""
        self.settings = settings
        self._opening = threading.Lock()
        self._opened: tuple[Searcher, SentenceEncoder, ChromaIndex] | None = None

    def about(self, session: Session, model: SemanticModel, principal: Principal, scope: RowScope, entity: str, text: str) -> FoundRecords:
        """See :meth:`tools.crm.searching.Searcher.about`."""
        return self.parts()[0].about(session, model, principal, scope, entity, text)

    def search(
        self, session: Session, model: SemanticModel, principal: Principal, scope: RowScope, text: str, entities: Sequence[str], k: int = 10
    ) -> tuple[TextHit, ...]:
        """See :meth:`tools.crm.searching.Searcher.search`."""
        return self.parts()[0].search(session, model, principal, scope, text, entities, k)

    def parts(self) -> tuple[Searcher, SentenceEncoder, ChromaIndex]:
        """The search and what it works with; shared with an indexer, so that one process opens the index once."""
        with self._opening:
            if self._opened is None:
                from integrations.embeddings import SentenceEncoder
                from integrations.vectors.chroma import open_index
                from tools.crm.searching import Searcher

                encoder, index = SentenceEncoder(), open_index(self.settings)
                self._opened = Searcher(encoder, index), encoder, index
            return self._opened
