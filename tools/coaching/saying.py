"""Writes lines and records in Chinese or English; placeholders are filled from cells alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prompts.words import say
from tools.coaching.ports import Language, Shown
from tools.coaching.schemas import Line, Person, TalkTrack, TrackRecord
from tools.trace.cells import Cell, CellType, Confidence


def fill(key: str, slots: Mapping[str, Cell], language: Language, shown: Shown) -> str:
    """The text of a template. Raises KeyError where it has a placeholder without a cell."""
    return say(key, language, **{name: _words(cell, language, shown) for name, cell in slots.items()})


def why(line: Line, language: Language, shown: Shown) -> str:
    """Why a line is to be said now."""
    return fill(f"talk_{line.template}_why", line.slots, language, shown)


def words(line: Line, language: Language, shown: Shown) -> str:
    """What to say."""
    return fill(f"talk_{line.template}_say", line.slots, language, shown)


def person(who: Person, language: Language, shown: Shown) -> str:
    """Whom to speak to and why."""
    reason = say(f"talk_reason_{who.why}", language)
    if who.title is None:
        return say("talk_to_bare", language, who=_words(who.name, language, shown), reason=reason)
    return say("talk_to", language, who=_words(who.name, language, shown), title=_words(who.title, language, shown), reason=reason)


def track_record(record: TrackRecord, language: Language, shown: Shown) -> str:
    """How often it went on in comparable situations, how sure that is, and whether a next step stands out."""
    n, k, best = _words(record.n, language, shown), _words(record.k, language, shown), record.best
    if record.rate.n == 0:
        return say("talk_worked_none", language)
    low, high = _bounds(record.rate)
    if not record.rate.has_track_record:
        return say("talk_worked_few", language, n=n, k=k, horizon=record.horizon_days, low=low, high=high)
    scope = say(f"talk_scope_{record.breadth}", language)
    if best is not None:
        low, high = _bounds(best.rate)
        return say(
            "talk_worked_best", language, scope=scope, window=record.window_days, horizon=record.horizon_days, step=say(f"talk_step_{best.step}", language),
            n=_words(best.n, language, shown), k=_words(best.k, language, shown), rate=_percent(best.rate), low=low, high=high,
            other_n=_words(best.without_n, language, shown), other_k=_words(best.without_k, language, shown), other_rate=_percent(best.without_rate), m=record.compared,
        )  # fmt: skip
    key = "talk_worked_flat" if record.compared else "talk_worked_bare"
    return say(key, language, scope=scope, n=n, k=k, horizon=record.horizon_days, rate=_percent(record.rate), low=low, high=high, m=record.compared)


def render_line(line: Line, language: Language, shown: Shown) -> str:
    """A line with its reason, its person, the value that it serves and its record."""
    return "\n".join(_parts(line, language, shown))


def render_track(track: TalkTrack, language: Language, shown: Shown) -> str:
    """All of a track, the most urgent line first."""
    head = say("talk_head", language, account=_words(track.account, language, shown))
    return "\n\n".join((head, *(f"{number}. {render_line(line, language, shown)}" for number, line in enumerate(track.lines, 1))))


def _parts(line: Line, language: Language, shown: Shown) -> Iterator[str]:
    yield why(line, language, shown)
    if line.person is not None:
        yield person(line.person, language, shown)
    yield say("talk_say", language, words=words(line, language, shown))
    yield say("talk_value", language, words=line.customer_value)
    if line.record is not None:
        yield track_record(line.record, language, shown)


def _words(cell: Cell, language: Language, shown: Shown) -> str:
    named = cell.label_zh if language == "zh" else cell.label_en
    return named if cell.type is CellType.STAGE and named else shown(cell, language)


def _percent(rate: Confidence) -> str:
    return f"{rate.point * 100:.0f} %"


def _bounds(rate: Confidence) -> tuple[str, str]:
    return f"{rate.low * 100:.0f}", f"{rate.high * 100:.0f}"
