"""Payments that an export keeps from the day on which they are due: its receivables are these, where there are no invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.parsing.language.text import term_key

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

WORDS = ("receivable", "account receivable")
INVOICE, PAYMENT = "invoice", "payment"


def cede_receivables(found: Vocabulary) -> None:
    """Give the payments those words, which name invoices elsewhere."""
    from agent.parsing.store_words.vocabulary import Term  # which has this as a part

    due = [pair for pair in found.columns.pairs.get(PAYMENT, ()) if "pay" in pair.events]
    if found.rows(INVOICE) or len(due) != 1:
        return
    for word in WORDS:
        held = found.terms[term_key(word)]
        held[:] = [Term("entity", PAYMENT, PAYMENT, 1), *(term for term in held if term.entity != INVOICE)]
