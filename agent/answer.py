"""What a turn gives back, on every surface: the answer, its claims bound to cells, and the events on the way."""

from __future__ import annotations

from typing import Literal

from tools.trace.cells import CellType, Frozen, Suggestion

Language = Literal["zh", "en"]
Scalar = str | int | float | bool | None


class Claim(Frozen):
    """One asserted value. ``value`` is a number for money, counts, numbers, rates (a fraction) and durations (days), else text.

    ``mark`` is the small number shown in the answer, ``text`` the words of the answer that assert it.
    """

    text: str
    value: Scalar
    type: CellType
    unit: str | None
    cell: str
    mark: int = 0


class Table(Frozen):
    """Rows in the order of the columns; ``types`` and ``cells`` (addresses) run in parallel for formatting and citations."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    types: tuple[CellType, ...] = ()
    units: tuple[str | None, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    total_rows: int = 0


class Chart(Frozen):
    """How a table of the answer is drawn: what it shows comes from that table's cells alone.

    ``kind`` is ``intervals`` (a point with its interval for each row), ``moves`` (from a value to another, for each row) or ``course``
    (a line over the rows in their order, with its band where there is one). ``table`` is the place among the tables; ``label``, ``value``,
    ``low``, ``high``, ``before`` and ``reference`` (a second line, for context) are places among its columns. ``title`` says the finding, without figures,
    ``alt`` all that is drawn, in words.
    """

    kind: Literal["intervals", "moves", "course"]
    title: str
    table: int = 0
    label: int = 0
    value: int = 1
    low: int | None = None
    high: int | None = None
    before: int | None = None
    reference: int | None = None
    alt: str = ""


class Choice(Frozen):
    """One reading offered when the copilot asks back: ``ask`` is the question to send when it is chosen."""

    text: str
    ask: str


class Source(Frozen):
    """What stands behind a mark: shown on hover, opened on click."""

    mark: int
    cell: str
    text: str
    records: int
    as_of: str | None = None


class Answer(Frozen):
    """The outcome of one turn (the command line's output contract, plus what pages need)."""

    answer: str
    language: Language
    mode: Literal["embedded", "live", "embedded_after_live"]
    abstained: bool = False
    clarify: tuple[Choice, ...] = ()
    claims: tuple[Claim, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    sources: tuple[Source, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    proposals: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    thread_id: str = ""
    trace_id: str = ""
    timings_ms: dict[str, float] = {}


class StepStarted(Frozen):
    """A step of the turn begins; ``text`` names it for the person who waits."""

    kind: Literal["step"] = "step"
    name: Literal["receive", "plan", "authorise", "act", "compose", "verify", "record"]
    text: str


class TextDelta(Frozen):
    """A verified piece of the answer's text."""

    kind: Literal["text"] = "text"
    text: str


class Finished(Frozen):
    """The turn is over; ``answer`` is whole and recorded."""

    kind: Literal["finished"] = "finished"
    answer: Answer


TurnEvent = StepStarted | TextDelta | Finished
