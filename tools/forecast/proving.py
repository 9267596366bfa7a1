"""What every proof of a forecast is written with: deals and amounts as blocks, rates with their intervals, and what the study is known by."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Self

from sqlalchemy.orm import Session

from tools.forecast.history import History
from tools.forecast.sourcing import Sources, classification_of, source_of
from tools.forecast.study import Study
from tools.store.classification import Classification
from tools.trace.book import Book, Column
from tools.trace.cells import CellType

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

DEALS = "opportunities"
SCALE, CENTS = 9, 2
AMOUNTS = Classification.CONFIDENTIAL
FORM = 1
"""Raised whenever draws or models are made otherwise than before from the same records."""


class RateAt(NamedTuple):
    """The addresses of a rate, the ends of its interval and the two counts that it is made of."""

    point: str
    low: str
    high: str
    k: str
    n: str


class Ledger(Book):
    """A book about the deals of one study."""

    def __init__(self, study: Study, session: Session, call: str) -> None:
        """``session`` reads the records that are cited one by one."""
        super().__init__(call)
        self.study, self.history, self.sources = study, study.history, Sources(session)
        self.one = self.constant("where.one", 1, CellType.NUMBER)

    def on(self, session: Session) -> Self:
        """The same cells and blocks in another session, to go on writing without changing this ledger."""
        twin = self.fork()
        twin.sources = Sources(session)
        return twin

    @property
    def unit(self) -> str | None:
        """The currency of all amounts."""
        return self.history.unit

    def deals(self, name: str, places: Ints, columns: Iterable[Column] = (), *values: Iterable[object], classification: Classification = AMOUNTS) -> str:
        """A block of deals, by their places in the history, with further columns."""
        ids, versions = self.history.ids[places].tolist(), versions_of(self.history, places)
        rows = [list(row) for row in zip(ids, versions, *values, strict=True)]
        return self.block(name, DEALS, tuple(columns), rows, len(rows), self.history.as_of, classification, unit=self.unit)

    def money(self, name: str, value: float) -> str:
        """An amount that is a parameter."""
        return self.constant(name, Decimal(cents(value)).scaleb(-CENTS), CellType.MONEY, self.unit)

    def number_constant(self, name: str, value: float) -> str:
        """A number that is a parameter, to nine places."""
        return self.constant(name, Decimal(scaled(value)).scaleb(-SCALE), CellType.NUMBER)

    def rate(self, name: str, k: str, n: str) -> RateAt:
        """The rate of two counts with its 95 % Wilson interval."""
        point = self.derive(name, CellType.RATE, "rate", k, n)
        low = self.derive(f"{name}_low", CellType.RATE, "wilson_low", k, n)
        return RateAt(point, low, self.derive(f"{name}_high", CellType.RATE, "wilson_high", k, n), k, n)

    def deal_name(self, row: str, deal: int) -> str:
        """The name of a deal, or its id in the source system where it has none."""
        record = self.sources.row(DEALS, deal)
        if record is None:
            return self.constant(f"{row}.deal", str(deal), CellType.NAME)
        field = "name" if record["name"] else "source_id"
        return self.read(f"{row}.deal", record[field], CellType.NAME, source_of(DEALS, record, field), classification_of(DEALS, field))

    def side_name(self, name: str, level: str | None) -> str:
        """What a level is called: the name of a member where it is an id, else the word itself."""
        if level is None or not level.startswith("#") or (record := self.sources.row("members", int(level[1:]))) is None:
            return self.constant(name, level, CellType.NAME)
        return self.read(name, record["name"], CellType.NAME, source_of("members", record, "name"), classification_of("members", "name"))

    def fingerprint(self) -> str:
        """What the study is known by: the records that it read and how it draws; with the seed it gives the same draws again."""
        history = self.history
        read = sha256(repr((FORM, self.study.day, self.study.seed)).encode())
        for each in (history.ids, history.closed, history.won, history.amount, history.opened):
            read.update(each.tobytes())
        return self.constant("where.fingerprint", f"seed {self.study.seed}, {read.hexdigest()[:16]}", CellType.TEXT)


def versions_of(history: History, places: Ints) -> list[int]:
    """The versions of deals, 1 where none was read."""
    return [1] * len(places) if history.versions is None else history.versions[places].tolist()


def cents(value: float) -> int:
    """An amount in hundredths."""
    return round(float(value) * 100)


def scaled(value: float) -> int:
    """A number in units of 10**-9."""
    return round(float(value) * 1_000_000_000)
