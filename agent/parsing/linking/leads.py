"""Leads where none are kept: beside the source that deals came from they are those deals, 展会来的线索, "referral leads"."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary

LEAD, DEAL, SOURCE = "lead", "opportunity", "source"
OPENED, ENDED = "opened", {"opened", "won", "lost", "closed", "open"}


def with_leads(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with the word for leads as one for deals."""
    if vocabulary.rows(LEAD) or not any((value.entity, value.field) == (DEAL, SOURCE) for item in items for value in item.values):
        return items
    deals = (Term("entity", DEAL, DEAL, 3),)
    ended = any(ENDED & {*item.cues} or any(term.what == "measure" and term.entity == DEAL for term in item.terms) for item in items)
    begun = () if ended or not any(item.period for item in items) else (OPENED,)  # leads of a month came in that month
    return tuple(replace(item, terms=deals, cues=begun) if _names_leads(item) else item for item in items)


def _names_leads(item: Item) -> bool:
    named = any((term.what, term.entity) == ("entity", LEAD) for term in item.terms)
    return named and not item.values and not any(term.filled for term in item.terms)
