"""Questions for an empty page: real ones, on the records that are really there."""

from __future__ import annotations

from agent.catalog import Catalog
from prompts.words import say


def starters(catalog: Catalog, language: str) -> tuple[str, ...]:
    """Three questions that the store can answer; none while it is empty."""
    if catalog.newest is None:
        return ()
    return tuple(say(f"starter_{i}", language) for i in (1, 2, 3))
