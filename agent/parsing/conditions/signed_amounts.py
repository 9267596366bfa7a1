"""Amounts that the export itself calls by how deals were won (签约金额, 中标金额): those of won deals, whatever else stands in for them."""

from __future__ import annotations

from agent.parsing.drafting import Reading
from agent.parsing.signed_deals import are_won, kinds_of
from agent.parsing.text import term_key
from agent.parsing.vocabulary import own_labels
from tools.crm.query import Compare

_ENDS = ("金额", "额", "价", "amount", "value")


def with_amount_signed(reading: Reading) -> Reading:
    """As in the sum of 签约金额: not the estimate of deals that are open or lost."""
    if any(isinstance(part, Compare) and part.path in {"status", "stage"} for part in reading.filters) or not _is_of_won(reading):
        return reading
    return reading.using(filters=(*reading.filters, Compare(path="status", values=("won",))))


def _is_of_won(reading: Reading) -> bool:
    vocabulary = reading.paths.vocabulary
    labels = own_labels(vocabulary.model.entities["opportunity"].fields["amount"])
    named = {term_key(label) for label in labels if _says_won(label, signed=are_won(vocabulary))}
    told = any(ref.path == "amount" for ref in reading.measures) or any(order.path == "amount" for order in reading.order)
    return told and any(term_key(reading.item(index).text) in named for index in reading.used)


def _says_won(label: str, *, signed: bool) -> bool:
    """Whether a label is a word for winning, or for signing, with one for money behind it."""
    kinds = {kind for end in _ENDS if label.casefold().endswith(end) for kind in kinds_of(label[: -len(end)].strip())}
    return "won" in kinds or (signed and "signed" in kinds)
