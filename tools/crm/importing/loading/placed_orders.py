"""Orders in the place of deals: an export without deals keeps what was ordered, and an order that wasn't cancelled is a sale, however far it is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from tools.crm.importing.loading.batches import Batch
from tools.crm.importing.loading.outcomes import StageFacts, status_word

ORDERS = re.compile(r"订单|订货|\border|(?<![a-z])orders?(?![a-z])", re.IGNORECASE)
_NOT_YET = re.compile(
    r"草稿|意向|报价|(?:待|未)(?:客户)?(?:确认|审核|审批|评审|签)|\b(?:draft|quot\w+|enquiry|inquiry|unconfirmed|to be confirmed|pending approval)\b",
    re.IGNORECASE,
)


def are_orders(batch: Batch, facts: Mapping[str, Mapping[str, StageFacts]]) -> bool:
    """Whether all files of a batch of deals are called orders, and no word of its stages or statuses says that a deal was won."""
    called = all(ORDERS.search(PurePath(source.file).stem) for source in batch.sources)
    return called and not any(status_word(text) == "won" for texts in facts.values() for text in texts)


def is_placed(text: str) -> bool:
    """Whether an order in such a stage was placed: neither cancelled nor yet to be confirmed."""
    return status_word(text) != "lost" and not _NOT_YET.search(text)
