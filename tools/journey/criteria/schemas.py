"""What a criterion means, in types: who did or did not do what, to what, how often, when, and in which order. Knows no words of any language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tools.journey.acts import Act, Role, Side, Status
from tools.trace.cells import Frozen


class Move(StrEnum):
    """What happens to a deal, told by its record and not by a text."""

    WIN = "win"
    LOSE = "lose"
    REACH = "reach"
    """Reached a stage; the object is the stage."""


Deed = Act | Move
Kind = Literal["visit", "meeting", "call", "mail", "demo", "training", "ticket", "request", "milestone", "verified", "contract", "payment", "deal"]
"""The kind of record, or of occasion, by which something was done."""
Unit = Literal["day", "workday", "week", "month", "quarter", "year"]
Grain = Literal["day", "week", "month", "quarter", "year"]


class Span(Frozen):
    """A length of time. Months, quarters and years are those of the calendar; working days are Monday to Friday."""

    n: int = Field(ge=1, le=3660)
    unit: Unit


class Who(Frozen):
    """Whoever fulfils all that is said: the side (None: either), one of the roles, one of the persons."""

    side: Side | None = None
    roles: tuple[Role, ...] = ()
    persons: tuple[str, ...] = ()


class Count(Frozen):
    """How often, on how many different occasions."""

    least: int = Field(default=1, ge=0, le=1000)
    most: int | None = Field(default=None, ge=0, le=1000)


class Window(Frozen):
    """Days that count. Either ``last`` (back from today, both ends counted), or a calendar period ``shift`` periods from the present one, or days.

    ``before`` is a span that must have passed: up to that long ago.
    """

    last: Span | None = None
    before: Span | None = None
    grain: Grain | None = None
    shift: int = 0
    start: date | None = None
    end: date | None = None

    @model_validator(mode="after")
    def _one(self) -> Window:
        if sum((self.last is not None, self.before is not None, self.grain is not None, self.start is not None or self.end is not None)) != 1:
            raise ValueError("a window is said in one way")
        return self


class Happened(Frozen):
    """Acts that took place (or, with another ``status``, were promised, planned, refused …), so often, within a stretch of ``within``, in the window.

    ``objects``: any of these phrases, as they were written; none means whatever the act was done to. ``whom`` is the person whom it was done to or with.
    """

    kind: Literal["happened"] = "happened"
    acts: tuple[Deed, ...]
    status: Status = Status.DONE
    record: Kind | None = None
    who: Who = Who()
    whom: Who | None = None
    objects: tuple[str, ...] = ()
    count: Count = Count()
    in_a_row: bool = False
    within: Span | None = None
    window: Window | None = None


class Related(Frozen):
    """``then`` in its relation to ``anchor``: on a later day (or the same day in a later record), or an earlier one; within a time where that is said.

    ``negated``: it did not happen in that time, all of which has passed. ``still``: nor at any other time until today.
    ``same``: to the same thing as in the anchor.
    """

    kind: Literal["related"] = "related"
    anchor: Condition
    then: Happened
    order: Literal["after", "before"] = "after"
    within: Span | None = None
    negated: bool = False
    still: bool = False
    same: bool = False


class Not(Frozen):
    """It is not so."""

    kind: Literal["not"] = "not"
    part: Condition


class All(Frozen):
    """Each of them is so."""

    kind: Literal["all"] = "all"
    parts: tuple[Condition, ...] = Field(min_length=2)


class Any(Frozen):
    """At least one of them is so."""

    kind: Literal["any"] = "any"
    parts: tuple[Condition, ...] = Field(min_length=2)


class Saved(Frozen):
    """The account fulfils a rule that was saved under this name, as it is now."""

    kind: Literal["saved"] = "saved"
    name: str


class DealWorth(Frozen):
    """There is a deal of the account that is worth so much (in its own currency, or in ``currency``)."""

    kind: Literal["deal_worth"] = "deal_worth"
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str | None = None
    status: Literal["open", "won", "lost"] | None = None


Condition = Annotated[Happened | Related | Not | All | Any | Saved | DealWorth, Field(discriminator="kind")]
AccountField = Literal["tier", "region", "sector", "country", "city", "kind", "status", "women_founded"]


class AccountIs(Frozen):
    """What the account itself must be (or, ``negated``, must not be): one of the stored values of a field."""

    field: AccountField
    values: tuple[str, ...] = Field(min_length=1)
    negated: bool = False


class Rule(Frozen):
    """A criterion: conditions on the account, and what must have happened."""

    accounts: tuple[AccountIs, ...] = ()
    when: Condition


for _model in (Related, Not, All, Any, Rule):
    _model.model_rebuild()


def happenings(condition: Condition) -> Iterator[Happened]:
    """Everything that a condition asks to have, or not to have, happened."""
    match condition:
        case Happened():
            yield condition
        case Related():
            yield from happenings(condition.anchor)
            yield condition.then
        case Not():
            yield from happenings(condition.part)
        case All() | Any():
            for part in condition.parts:
                yield from happenings(part)


def named(condition: Condition) -> Iterator[str]:
    """The saved rules that a condition names."""
    match condition:
        case Saved():
            yield condition.name
        case Related():
            yield from named(condition.anchor)
        case Not():
            yield from named(condition.part)
        case All() | Any():
            for part in condition.parts:
                yield from named(part)


def is_positive(condition: Condition) -> bool:
    """Whether it says that something happened, so that time can be counted from it."""
    match condition:
        case Happened():
            return condition.count.least > 0
        case Related():
            return not condition.negated
        case All():
            return any(map(is_positive, condition.parts))
        case Any():
            return all(map(is_positive, condition.parts))
        case _:
            return False
