"""The typed query: the only way in which a question reaches the records. Planners write it, the compiler reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Constrained

from tools.store.classification import Classification
from tools.trace.cells import Frozen

Grain = Literal["day", "week", "month", "quarter", "year"]
Focus = Literal["figure", "top", "breakdown", "list", "compare", "trend", "exists", "lookup", "share", "growth", "changes", "holdings", "askable"]
Operator = Literal["eq", "ne", "lt", "le", "gt", "ge", "contains", "is_null", "not_null"]


class Compare(Frozen):
    """``path operator value``. Values are canonical text: decimals, ISO dates, the exact stored spelling of a name.

    ``path`` is a field of the queried entity or a walk over references (``owner.region``, ``account.sector``). A path
    that ends in a reference (``owner``) compares record ids when ``by_id`` is set, else the record's title.
    Several ``values`` mean: any of them (for ``ne``: none of them).
    Where several records bear a name, ``records`` holds beside it the number, in its own system, of the one that is meant
    (empty: any of that name), and ``apart`` what sets that one apart, as people are told.
    An amount given in a ``currency`` is compared by imported rates; ``worth``, what it is in each currency, is filled in before
    the query runs, whatever a planner wrote there.
    """

    kind: Literal["compare"] = "compare"
    path: str
    op: Operator = "eq"
    values: tuple[str, ...] = ()
    by_id: bool = False
    records: tuple[str, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    currency: str | None = None
    worth: tuple[tuple[str, str], ...] = ()


class Between(Frozen):
    """``low <= path <= high``; one bound may be open. For dates both ends are included days."""

    kind: Literal["between"] = "between"
    path: str
    low: str | None = None
    high: str | None = None


class Exists(Frozen):
    """Records that have (or, when ``absent``, have no) related record of ``entity`` fulfilling ``where``.

    The related entity must hold a reference ``via`` to the queried one, such as interaction.account for accounts; with ``of``, to
    the record that this reference of the queried one leads to: the contacts of a deal's account.
    """

    kind: Literal["exists"] = "exists"
    entity: str
    via: str
    where: Filter | None = None
    absent: bool = False
    of: str = ""


class About(Frozen):
    """Records whose texts are about ``text``: a planner writes the text, in the words of the question.

    ``records`` and the ``fields`` that were searched are filled in before the query runs, whatever a planner wrote there;
    ``records`` is None as long as they are not.
    """

    kind: Literal["about"] = "about"
    text: str
    records: tuple[int, ...] | None = None
    fields: tuple[str, ...] = ()


class Among(Frozen):
    """Records whose ``path`` is one of the groups that ``query`` puts first or lets pass its bounds; no path at all is the record itself.

    ``query`` has one measure, one dimension and a limit or a bound, or it lists records in an order up to a limit. Groups
    that share the last place all count. ``keys`` tell the groups apart and ``level`` is how sensitive it is which they
    are; both are filled in before the query runs, whatever a planner wrote there.
    """

    kind: Literal["among"] = "among"
    path: str
    query: Query
    keys: tuple[str, ...] | None = None
    level: Classification = Classification.INTERNAL


class Against(Frozen):
    """``path operator`` the one figure that ``query`` gives, as in "above the average".

    ``value`` and ``level`` are filled in like the ``keys`` of :class:`Among`; a figure of nothing is never passed. Where the
    figure was converted, ``values`` say by currency what an amount is compared with.
    """

    kind: Literal["against"] = "against"
    path: str
    op: Literal["lt", "le", "gt", "ge"] = "gt"
    query: Query
    value: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    level: Classification = Classification.INTERNAL
    resolved: bool = False


class Lasted(Frozen):
    """Records for which from the day ``since`` to the day ``path`` it took as many days; those without one of the two don't count.

    Points in time count to the second, so that "within 2 days" of one means 48 hours.
    """

    kind: Literal["lasted"] = "lasted"
    path: str
    since: str
    op: Literal["lt", "le", "gt", "ge"] = "gt"
    days: str


class Beside(Frozen):
    """``path operator factor * other``: two numbers or amounts of one record; those without one of the two don't count.

    Amounts of different fixed units are never held against each other.
    """

    kind: Literal["beside"] = "beside"
    path: str
    other: str
    op: Literal["lt", "le", "gt", "ge"] = "gt"
    factor: str = "1"


class Unlike(Frozen):
    """References that lead to two different records of one kind, or (when ``same``) to one: a deal's owner and the owner of its account.

    Records without one of the two don't count.
    """

    kind: Literal["unlike"] = "unlike"
    path: str
    other: str
    same: bool = False


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


Filter = Annotated[Compare | Between | Exists | About | Among | Against | Lasted | Beside | Unlike | And | Or | Not, Constrained(discriminator="kind")]


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
    """A named measure, or an ad-hoc fold of a field (``fold="max", path="close_on"``; ``count`` needs no path).

    With both, a named duration is folded otherwise than it is by itself: the longest sales cycle. ``per`` divides what is
    counted or added up by the number of different values of that path: deals per rep, over reps that have any.
    With ``since`` it folds the days from that day to the day ``path``; where ``upto`` stands instead of a path, to the end of
    that one day: the age of a record.
    A sum ``over`` another field is divided by the sum of that one, ``less`` another it is reduced by it; records without one of
    the two don't count, but where the one is paid and the other ``owed`` those of which nothing has been paid count in full. A named sum
    ``of`` a field is divided by the one number that all records of a group hold there: what was won of the quota of whoever won
    it; a count or a sum ``against`` another query by what that gives for the like group: what was won of the targets of whoever won it.
    A count with a ``part`` is the share of the records that fulfil it; where that compares two fields, of those that hold both.
    """

    measure: str | None = None
    fold: Literal["count", "sum", "avg", "min", "max", "median", "count_distinct"] | None = None
    path: str | None = None
    per: str | None = None
    since: str | None = None
    upto: date | None = None
    over: str | None = None
    less: str | None = None
    owed: bool = False
    of: str | None = None
    against: Query | None = None
    part: Filter | None = None
    share: bool = False  # in grouped queries: also each group's share of the total


class Order(Frozen):
    """Order by a measure (index into ``measures``) or, in listings, by a field path.

    ``by``: the figure of the window itself, or how far it is above that of ``compare`` ("change"), also as a part of it ("growth").
    """

    measure: int | None = None
    path: str | None = None
    descending: bool = True
    by: Literal["figure", "change", "growth"] = "figure"


class Query(Frozen):
    """One question to one entity.

    With ``measures`` it aggregates, by ``dimensions`` if any; without, it lists records showing ``select``. Groups and different
    values are told apart by the record where a path ends in a reference or in a record's name: two of one name are two.
    ``compare`` adds the same measures for a second window, with the difference and the growth. ``having`` limits groups by a measure.
    ``only`` keeps the groups of these labels (of the first dimension) after shares and ranks were computed over all, and of
    these, where ``only_records`` are given, those of records with one of these numbers.
    ``skip`` leaves out the first of the order, as in "the second largest".
    Amounts are given in ``currency``, where one is named and imported rates convert all of them; without these, only the
    records in that currency count.
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
    only_records: tuple[str, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    skip: int = 0
    currency: str | None = None


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
    yes or no, one field of one record, or one group's share of the whole. The last three are overviews of many queries:
    what happened since a day, what is held about a record or at all, what can be asked.

    A plan for several questions has a focus for each query in ``foci``, and in ``left_out`` the questions without an answer.
    """

    queries: tuple[Query, ...]
    focus: Focus = "figure"
    foci: tuple[Focus, ...] = ()
    language: Literal["zh", "en"] = "en"
    said_back_en: str = ""
    said_back_zh: str = ""
    assumptions: tuple[Assumption, ...] = ()
    left_out: tuple[Assumption, ...] = ()
    answered_by: str = ""
    """The engine that answered where no query did: the plan then only says whom its answer was about."""

    def focus_of(self, number: int) -> Focus:
        """The focus of one query, counted from 0."""
        return self.foci[number] if number < len(self.foci) else self.focus

    def part(self, number: int) -> Plan:
        """The plan of one query alone, counted from 0."""
        return self.model_copy(update={"queries": self.queries[number : number + 1], "focus": self.focus_of(number), "foci": ()})


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
        case Among() | Against():
            return about_texts(where.query.where)
    return False


def inner_queries(where: Filter | None) -> Iterator[Query]:
    """The queries whose outcome a filter needs, each before those inside it."""
    match where:
        case Among() | Against():
            yield where.query
            yield from inner_queries(where.query.where)
        case And() | Or():
            for part in where.parts:
                yield from inner_queries(part)
        case Not():
            yield from inner_queries(where.part)
        case Exists():
            yield from inner_queries(where.where)


Exists.model_rebuild()
Among.model_rebuild()
Against.model_rebuild()
And.model_rebuild()
Or.model_rebuild()
Not.model_rebuild()
MeasureRef.model_rebuild()
Query.model_rebuild()
