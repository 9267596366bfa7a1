"""The table of orders that an export keeps beside its deals: orders and ordering are told of it then, and of no deal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.text import term_key
from agent.parsing.store_words.own_headers import own_labels, own_names, without_table_word, without_unit
from tools.crm.semantic import FieldType
from tools.crm.semantic.thesaurus import concepts, words_of

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

ORDER = "订单"
DEALS = ("opportunity", "contract")
_NAMED = re.compile(r"订单|订货单|\border", re.IGNORECASE)
_WHOSE = re.compile(r"客户|customer", re.IGNORECASE)  # whose they are is said beside: 哪个客户订单最多
_OF_ORDERS = re.compile(r"(?:订单|下单|订货|订购)|orders?(?: |$)|ordered ", re.IGNORECASE)


def read_orders(found: Vocabulary) -> str | None:
    """The key of the one own table that is called orders and tells whose they are and what they are worth; none where the deals are the orders."""
    if any(_NAMED.search(name) for name in own_names(found.model.entities[DEALS[0]])):
        return None
    tables = [kind.key for kind in found.model.entities.values() if kind.custom_table is not None and found.rows(kind.key) and _is_of_orders(found, kind.key)]
    return tables[0] if len(tables) == 1 else None


def cede_orders(found: Vocabulary) -> None:
    """Give that table the words for orders; what else these mean of deals is forgotten."""
    from agent.parsing.store_words.vocabulary import Term  # which has this as a part

    if found.orders is None:
        return
    for word in [word for word in found.terms if _OF_ORDERS.match(word)]:
        found.terms[word] = [term for term in found.terms[word] if term.entity not in DEALS or term.what == "field"]
    for word in dict.fromkeys(word for concept in concepts(ORDER) for word in words_of(concept) if not _WHOSE.match(word)):
        held = found.terms[term_key(word)]
        if not any((term.what, term.entity) == ("entity", found.orders) for term in held):
            held.append(Term("entity", found.orders, found.orders, 1))
    for word, key in _pieces(found, found.orders):
        term = Term("field", found.orders, key, 3)
        if not any((each.entity, each.key) == (term.entity, term.key) for each in found.terms[term_key(word)]):
            found.terms[term_key(word)].append(term)


def _pieces(found: Vocabulary, orders: str) -> Iterator[tuple[str, str]]:
    """Words for how many pieces a deal is of ("units"), with the column of the orders that the thesaurus has them for: 台数."""
    fields = found.model.entities[orders].fields.values()
    counts = [spec for spec in fields if spec.type is FieldType.COUNT and found.content(orders, spec.key).count]
    quantity = found.model.entities[DEALS[0]].fields["quantity"].words
    for word in (*quantity.en, *quantity.zh):
        meant = [spec.key for spec in counts if any(concepts(without_unit(label)) & concepts(word) for label in own_labels(spec))]
        if len(meant) == 1:
            yield word, meant[0]


def _is_of_orders(found: Vocabulary, key: str) -> bool:
    kind = found.model.entities[key]
    named = any(_NAMED.search(each) for name in own_names(kind) for each in (name, without_table_word(name)))
    filled = [spec for spec in kind.fields.values() if found.content(key, spec.key).count]
    return named and any(spec.key == "account" for spec in filled) and any(spec.type is FieldType.MONEY for spec in filled)
