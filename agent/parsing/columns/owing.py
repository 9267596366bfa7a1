"""What is still owed, by the columns of a kind of record: what was agreed less what was paid of it, or the worth of those that a flag or a day calls unpaid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.columns.concepts import concepts
from agent.parsing.columns.found import Paired
from agent.parsing.columns.roles import MAIN, Amount, is_same_kind
from agent.parsing.store_words.own_headers import own_labels, without_unit
from tools.crm.semantic import Field, FieldType

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

_BILLED = {"invoice", "due"}
_BILL = re.compile(r"(?<![退赔罚])款$|费$|租金$|\b(?:bill|fee|rent)", re.IGNORECASE)
PAY = "pay"
RECEIPTS = "payment"


def owed_pair(entity: str, amounts: tuple[Amount, ...]) -> tuple[Amount, Amount] | None:
    """What was agreed and what of it has been paid; of payments themselves, what was planned and what came in."""
    agreed = {"invoice", "due", "estimate"} if entity == RECEIPTS else {"invoice", "due"}
    whole = [each for each in amounts if each.about & agreed or (each.path == MAIN and entity != RECEIPTS)]
    paid = [each for each in amounts if PAY in each.about and each not in whole]
    return (whole[0], paid[0]) if len(whole) == len(paid) == 1 and is_same_kind(whole[0].type, paid[0].type) else None


def unpaid(vocabulary: Vocabulary) -> Iterator[Paired]:
    """As in 货款 and 结清没, 应付日 and 付款日: the money of records that tell whether they were paid, where no amount says how much was."""
    if vocabulary.content("invoice", "balance").count:
        return
    for kind in vocabulary.model.entities.values():
        if kind.custom_table is None or not vocabulary.rows(kind.key):
            continue
        amounts, told = vocabulary.columns.amounts.get(kind.key, ()), _telling(kind.key, vocabulary)
        billed = [each.path for each in amounts if PAY not in each.about and (each.about & _BILLED or _is_bill(kind.fields[each.path]))]
        if len(billed) == len(told) == 1:
            yield Paired(kind.key, "unpaid", billed[0], told[0])


def _is_bill(field: Field) -> bool:
    """As 货款, 运费, "service fee": by the end of its header money that others have to pay."""
    return any(_BILL.search(without_unit(label)) for label in own_labels(field))


def _telling(entity: str, vocabulary: Vocabulary) -> list[str]:
    """The flags that say whether a record was paid; else the days of paying that some records have not come to yet."""
    fields = vocabulary.model.entities[entity].fields.values()
    filled = [field for field in fields if field.type is FieldType.FLAG and vocabulary.content(entity, field.key).count]
    flags = [field.key for field in filled if any(PAY in concepts(label, "event") for label in own_labels(field))]
    days = [day.path for day in vocabulary.columns.days.get(entity, ()) if PAY in day.events and not day.planned]
    return flags or [path for path in days if (entity, path) in vocabulary.columns.unfinished]
