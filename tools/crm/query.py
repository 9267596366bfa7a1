"""The typed query: the only way in which a question reaches the records. Planners write it, the compiler reads it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Constrained

from tools.trace.cells import Frozen

Grain = Literal["day", "week", "month", "quarter", "year"]
Operator = Literal["eq", "ne", "lt", "le", "gt", "ge", "contains", "is_null", "not_null"]


class Compare(Frozen):
    """``path operator value``. Values are canonical text: decimals, ISO dates, the exact stored spelling of a name.

    ``path`` is a field of the queried entity or a walk over references (``owner.region``, ``account.sector``). A path
    that ends in a reference (``owner``) compares record ids when ``by_id`` is set, else the record's title.
    Several ``values`` mean: any of them (for ``ne``: none of them).
    """

    kind: Literal["compare"] = "compare"
    path: str
    op: Operator = "eq"
    values: tuple[str, ...] = ()
    by_id: bool = False


class Between(Frozen):
    """``low <= path <= high``; one bound may be open. For dates both ends are included days."""

    kind: Literal["between"] = "between"
    path: str
    low: str | None = None
    high: str | None = None


class Exists(Frozen):
    """Records that have (or, when ``absent``, have no) related record of ``entity`` fulfilling ``where``.

    The related entity must hold a reference ``via`` to the queried one, such as interaction.account for accounts.
    """

    kind: Literal["exists"] = "exists"
    entity: str
    via: str
    where: Filter | None = None
    absent: bool = False


class About(Frozen):
    """Records whose texts are about ``text``: a planner writes the text, in the words of the question.

    ``records`` and the ``fields`` that were searched are filled in before the query runs, whatever a planner wrote there;
    ``records`` is None as long as they are not.
    """

    kind: Literal["about"] = "about"
    text: str
    records: tuple[int, ...] | None = None
    fields: tuple[str, ...] = ()


class And(Frozen):
    """All parts hold."""

    kind: Literal["and"] = "and"
    parts: tuple[Filter, ...]


class Or(Frozen):
    """At least one part holds."""

    kind: Literal["or"] = "or"
    parts: tuple[Filter, ...]


class Not(Frozen):
    """The part does not hold; a record without a value counts as not fulfilling the part."""

    kind: Literal["not"] = "not"
    part: Filter


Filter = Annotated[Compare | Between | Exists | About | And | Or | Not, Constrained(discriminator="kind")]


class Window(Frozen):
    """Days from ``start`` to ``end``, both included, by which time field (None: each measure's own, else the entity's)."""

    start: date | None = None
    end: date | None = None
    path: str | None = None
    words_en: str = ""
    words_zh: str = ""


class Dimension(Frozen):
    """What to group by: a field path, for dates with a grain."""

    path: str
    grain: Grain | None = None


class MeasureRef(Frozen):
    """A named measure, or an ad-hoc fold of a field (``fold="max", path="close_on"``; ``count`` needs no path)."""

    measure: str | None = None
    fold: Literal["count", "sum", "avg", "min", "max", "median", "count_distinct"] | None = None
    path: str | None = None
    share: bool = False  # in grouped queries: also each group's share of the total


class Order(Frozen):
    """Order by a measure (index into ``measures``) or, in listings, by a field path."""

    measure: int | None = None
    path: str | None = None
    descending: bool = True


class Query(Frozen):
    """One question to one entity.

    With ``measures`` it aggregates, by ``dimensions`` if any; without, it lists records showing ``select``.
    ``compare`` adds the same measures for a second window, with the difference and the growth. ``having`` limits groups by a measure.
    ``only`` keeps the groups of these labels (of the first dimension) after shares and ranks were computed over all.
    """

    entity: str
    measures: tuple[MeasureRef, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    select: tuple[str, ...] = ()
    where: Filter | None = None
    window: Window | None = None
    compare: Window | None = None
    having: tuple[Having, ...] = ()
    only: tuple[str, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None


class Having(Frozen):
    """A bound on a measure of a group: ``measures[measure] op value``."""

    measure: int = 0
    op: Literal["lt", "le", "gt", "ge", "eq"] = "ge"
    value: str


class Assumption(Frozen):
    """A default that was taken in reading the question, said in both languages."""

    en: str
    zh: str


class Plan(Frozen):
    """What a planner hands over: up to a few queries, how the question was read, and what was assumed.

    ``focus`` says what the first sentence must assert: a figure, the top (or bottom) group, a list, a comparison, a
    yes or no, one field of one record, or one group's share of the whole.
    """

    queries: tuple[Query, ...]
    focus: Literal["figure", "top", "breakdown", "list", "compare", "trend", "exists", "lookup", "share"] = "figure"
    language: Literal["zh", "en"] = "en"
    said_back_en: str = ""
    said_back_zh: str = ""
    assumptions: tuple[Assumption, ...] = ()


def about_texts(where: Filter | None) -> bool:
    """Whether a filter searches texts, so that what it finds may be incomplete."""
    match where:
        case About():
            return True
        case And() | Or():
            return any(about_texts(part) for part in where.parts)
        case Not():
            return about_texts(where.part)
        case Exists():
            return about_texts(where.where)
    return False


Exists.model_rebuild()
And.model_rebuild()
Or.model_rebuild()
Not.model_rebuild()
Query.model_rebuild()
