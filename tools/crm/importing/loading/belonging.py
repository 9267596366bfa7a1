"""Takes the account of rows that name none from what they belong to: a payment's from its contract, a contract's from its deal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from tools.crm.importing.loading.batches import MISSING, Batch, Value
from tools.crm.importing.report import Unreferenced
from tools.store.base import Base

ACCOUNT, ACCOUNT_ID, ACCOUNT_REF = "account", "account_id", "account_ref"
VIA = {"contract": "contracts", "opportunity": "opportunities", "invoice": "invoices", "contact": "contacts"}
"""The references that lead to an account, with the tables of what they point to; the first that does decides."""


@dataclass(slots=True)
class Belonging:
    """The accounts of what the rows of one import refer to. Batches are filled after they are linked, those referred to before those that refer."""

    connection: Connection
    batches: Mapping[str, Batch]
    ids: Mapping[str, list[int]]
    _known: dict[str, dict[int, int]] = field(default_factory=dict)

    def fill(self, batch: Batch) -> Counter[str]:
        """Fill in the account of rows that name none. Returns how many accounts were taken from which kind of record.

        The text of the reference stays empty: the row doesn't say it. An account that a row names stays, whether it was found or not.
        """
        taken: Counter[str] = Counter()
        ways = [via for via in VIA if f"{via}_id" in batch.columns]
        if ACCOUNT not in batch.entity.fields or not ways:
            return taken
        count = len(batch)
        own: Sequence[Value] = batch.columns.get(ACCOUNT_ID) or [MISSING] * count
        named: Sequence[Value] = batch.columns.get(ACCOUNT_REF) or [None] * count
        filled = list(own)
        for via in ways:
            accounts = self._accounts(via)
            for position, record in enumerate(batch.columns[f"{via}_id"]):
                if isinstance(record, int) and record in accounts and not isinstance(filled[position], int) and not isinstance(named[position], str):
                    filled[position] = accounts[record]
                    taken[via] += 1
        if taken:
            batch.columns[ACCOUNT_ID] = filled
            batch.incomplete |= MISSING in filled
        return taken

    def _accounts(self, via: str) -> dict[int, int]:
        """The account of each record of a kind, as the import has it, else as the store does."""
        if via not in self._known:
            table = Base.metadata.tables[VIA[via]]
            found = {row.id: row.account_id for row in self.connection.execute(select(table.c.id, table.c.account_id).where(table.c.account_id.is_not(None)))}
            batch = self.batches.get(via)
            if batch is not None and ACCOUNT_ID in batch.columns:
                for record, account in zip(self.ids[via], batch.columns[ACCOUNT_ID], strict=True):
                    if isinstance(account, int):
                        found[record] = account
                    elif account is not MISSING:
                        found.pop(record, None)
            self._known[via] = found
        return self._known[via]


def without_taken(blanks: Iterable[Unreferenced], taken: Counter[str]) -> list[Unreferenced]:
    """The references left empty, but for the accounts that were taken from elsewhere."""
    less = [each.model_copy(update={"count": each.count - taken.total()}) if each.field == ACCOUNT else each for each in blanks]
    return [each for each in less if each.count]
