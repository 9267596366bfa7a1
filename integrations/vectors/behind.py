"""Keeps the index in step with the store while the program serves, in a thread of its own."""

from __future__ import annotations

from pydantic import BaseModel
from sqlalchemy import Engine

from integrations.behind import LOOK_EVERY_S, Behind
from integrations.vectors.searching import InstalledSearch


class IndexingBehind(Behind):
    """Indexes the texts of records; questions go by letters until it is done."""

    name, done, failed = "indexing", "texts indexed", "texts not indexed, will try again"

    def __init__(self, engine: Engine, search: InstalledSearch, look_every_s: float = LOOK_EVERY_S) -> None:
        """``search`` is the one that questions use."""
        super().__init__(engine, look_every_s)
        self.search = search

    def work(self) -> BaseModel:
        """Index what is new or changed."""
        from tools.crm.text_indexing import TextIndexer

        _, encoder, index = self.search.parts()
        return TextIndexer(self.sessions, encoder, index).run(stopped=self.stopped)
