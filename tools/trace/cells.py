"""The smallest units of proof: one value with its source, and how a computed value follows from others."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tools.store.classification import Classification


class Frozen(BaseModel):
    """Base of everything that crosses a room's door: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CellType(StrEnum):
    """What a value is; decides how it is formatted, compared and summed."""

    MONEY = "money"
    COUNT = "count"
    NUMBER = "number"
    RATE = "rate"
    DATE = "date"
    DATETIME = "datetime"
    DURATION = "duration"
    NAME = "name"
    STAGE = "stage"
    TEXT = "text"
    FLAG = "flag"


class SourceRef(Frozen):
    """One field of one record of one source system, in the version that was read."""

    system: str
    table: str
    record: str
    field: str
    version: str
    as_of: datetime


class BlockColumn(Frozen):
    """One column of an evidence block. Money and numbers are whole numbers in units of 10**-scale."""

    name: str
    type: CellType
    scale: int = 0
    unit: str | None = None


class EvidenceBlock(Frozen):
    """The records behind an aggregate, one row each: ``[record id, record version, operand, operand, …]``.

    ``rows_json`` is the canonical JSON text of the list of rows (no spaces, whole numbers, strings or null). It is
    kept as text so that an aggregate over 100,000 records costs no parsing on the way to the answer. The first two
    columns are always ``record`` (id in our store) and ``version`` (whole number that grows with each change).
    """

    id: str
    table: str
    columns: tuple[BlockColumn, ...]
    rows_json: str
    n: int
    classification: Classification
    as_of: datetime | None = None


Formula = Literal[
    # folds over the rows of one block that fulfil ``where``
    "count",
    "count_distinct",
    "sum",
    "min",
    "max",
    "median",
    "decayed_sum",  # operands (b1.weight, b1.age, b1.half_life): sum of weight * 2 ** -(age / half-life), both in days
    "quadrature",  # operands (b1.move, factor): factor * square root of the sum of squared moves
    "mean",  # operand (b1.column): their sum over their number, rounded to ``places``
    "quantile",  # operands (b1.column, level): the value below which that share lies, between neighbours by straight line
    "at_least",  # operands (b1.column, threshold): number of rows whose value reaches the threshold
    "weighted_sum",  # operands (b1.weight, b1.value): sum of their products
    "linear",  # operands (value, b1.coefficient, b1.mean, b1.spread, limit): of the one row, coefficient * (value - mean) / spread within the limit
    "levels",  # operands (word, value, b1.level, b1.coefficient, b1.mean, b1.spread, limit): summed over rows, value where the level is the word, else 0
    "venn_abers_low",  # operands (b1.score, b1.won, b1.n, score): what isotonic regression gives at the score when it is added as lost
    "venn_abers_high",  # likewise, added as won
    "change_share",  # operands (b1.after, b1.group, b1.won, b1.value, factor): the factor's Shapley value of the change in the sum of values won
    # arithmetic over cells
    "rate",  # operands (k, n): k / n, two counts or two sums
    "ratio",  # operands (a, b): a / b in the unit of a
    "delta",  # operands (a, b): a - b
    "growth",  # operands (a, b): (a - b) / |b|
    "share",  # operands (part, whole): part / whole
    "rank",  # operands (own, other, other, …): 1 + number of others that are strictly larger
    "group_rank",  # operand (own): 1 + number of groups (combinations of the ``by`` columns) whose value, computed as own's, is strictly larger
    "group_rank_up",  # likewise, strictly smaller
    "row_rank",  # operands (own, b1.column): 1 + number of rows of the block whose value is strictly larger
    "row_rank_up",  # likewise, strictly smaller
    "days_between",  # operands (later, earlier): whole days
    "elapsed",  # likewise, of two moments, with the fraction of a day
    "add",
    "weighted",  # operands alternate weight, value
    "decayed",  # operands (weight, reliability, age, half-life), ages in days: weight * reliability * 2 ** -(age / half-life)
    "log",  # operands are summands: the natural logarithm of their sum, null where that is not above zero
    "root",  # likewise, the square root
    "smallest",  # operands are numbers: the smallest of them
    "largest",
    "logistic",  # operands are summands of log-odds: 1 / (1 + exp(-their sum))
    "wilson_low",  # operands (k, n): bounds of the 95 % Wilson score interval of k / n
    "wilson_high",
    "group_key",  # operand (b1.column): the value that ``where`` fixes for that column, held by at least one row; the
    # mark "?" before the text of a reference that found no record is left out
    "constant",  # no operand: a parameter of the plan, such as a date bound
]


class Condition(Frozen):
    """Rows of a block whose ``column`` holds exactly this JSON value (flags hold 1 or 0)."""

    column: str
    equals: str | int | None


class Derivation(Frozen):
    """How a value follows from others; recomputable without the store.

    Folds name one block column (``b1.amount``) and take its values that are not null; ``count`` may name the block
    alone (``b1``) and then counts rows. Only rows that fulfil every condition of ``where`` take part.
    Arithmetic names cell addresses. Results are exact decimals; quotients are rounded half-even to ``places``
    decimal places, and are null when the divisor is zero. Group ranks recompute the operand's whole derivation tree
    for each combination of values of the block columns ``by``, replacing the conditions on those columns; groups
    whose value or key is null are left out.
    """

    formula: Formula
    operands: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    by: tuple[str, ...] = ()
    places: int = 6


class Cell(Frozen):
    """One value at one address ``call.row.column``, such as ``q1.r2.amount``.

    ``value`` is canonical text: plain decimal for money, numbers, rates (as fractions) and counts, ISO 8601 for dates,
    whole days for durations, ``true``/``false`` for flags; None where the source holds nothing. A cell that was read
    has sources, one that was computed has a derivation.
    """

    address: str
    value: str | None
    type: CellType
    unit: str | None = None
    classification: Classification = Classification.INTERNAL
    sources: tuple[SourceRef, ...] = ()
    derivation: Derivation | None = None
    label_en: str = ""
    label_zh: str = ""

    @property
    def number(self) -> Decimal | None:
        """The value as an exact decimal, None when empty."""
        return None if self.value is None else Decimal(self.value)

    @property
    def day(self) -> date | None:
        """The value as a calendar day, None when empty."""
        return None if self.value is None else date.fromisoformat(self.value[:10])


class Confidence(Frozen):
    """An interval with its method. ``level`` is the coverage aimed at, ``n`` the number of independent precedents."""

    level: Decimal
    low: Decimal
    point: Decimal
    high: Decimal
    method: Literal["wilson", "newcombe", "bootstrap", "venn-abers", "split-conformal", "cluster-bootstrap", "delta-method"]
    n: int

    @property
    def has_track_record(self) -> bool:
        """False below ten precedents: then the interval is shown together with that fact."""
        return self.n >= 10


class Contribution(Frozen):
    """One piece of evidence behind a score: weight times effect, with the cell that it rests on."""

    evidence: str
    weight: Decimal
    effect: Decimal


class Suggestion(Frozen):
    """Something that the copilot proposes. It cannot exist without the customer value that it serves."""

    statement: str
    score: Decimal
    contributions: tuple[Contribution, ...]
    confidence: Confidence
    customer_value: str
    proposal: str | None = None
