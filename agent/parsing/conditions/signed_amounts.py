"""Amounts that the export itself calls by how deals were won (签约金额, 中标金额): those of won deals, whatever else stands in for them."""

from __future__ import annotations

from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.signed_deals import are_won, kinds_of
from tools.crm.query import Compare
from tools.crm.semantic import FieldType
from tools.crm.semantic.outlook import PLANNED

_ENDS = ("金额", "额", "价", "amount", "value")


def with_amount_signed(reading: Reading) -> Reading:
    """As in the sum of 签约金额: not the estimate of deals that are open or lost."""
    if any(isinstance(part, Compare) and part.path in {"status", "stage"} for part in reading.filters) or not _is_of_won(reading):
        return reading
    return reading.using(filters=(*reading.filters, Compare(path="status", values=("won",))))


def _is_of_won(reading: Reading) -> bool:
    told = any(ref.path == "amount" for ref in reading.measures) or any(order.path == "amount" for order in reading.order)
    return told and any(_names_won(reading, index) for index in reading.used)


def _names_won(reading: Reading, index: int) -> bool:
    """Whether a word for the amount is one for what was won: said by the word, by the header, or by the estimate that stands beside it."""
    item, vocabulary = reading.item(index), reading.paths.vocabulary
    if not any((term.what, term.entity, term.key) == ("field", "opportunity", "amount") for term in item.terms):
        return False
    signed, fields = are_won(vocabulary), vocabulary.model.entities["opportunity"].fields
    own = {term_key(label): label for label in own_labels(fields["amount"])}
    label = next((own[key] for key in (term_key(item.text), term_key(item.text.split(" ")[0])) if key in own), None)
    estimated = any(
        field.custom and field.type is FieldType.MONEY and any(PLANNED.search(word.casefold()) for word in own_labels(field)) for field in fields.values()
    )
    return _says_won(label or item.text, signed=signed) or (label is not None and estimated)


def _says_won(label: str, *, signed: bool) -> bool:
    """Whether a label is a word for winning, or for signing, with one for money behind it."""
    kinds = {kind for end in _ENDS if label.casefold().endswith(end) for kind in kinds_of(label[: -len(end)].strip())}
    return "won" in kinds or (signed and "signed" in kinds)
