"""Writes lines and records in Chinese or English; placeholders are filled from cells alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prompts.words import say
from tools.coaching.ports import Language, Shown
from tools.coaching.schemas import Line, Person, TalkTrack, TrackRecord
from tools.trace.cells import Cell, CellType, Confidence

Rated = Callable[[Cell, Cell, Confidence], tuple[str, str, str]]


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


def track_record(record: TrackRecord, language: Language, shown: Shown, rated: Rated | None = None) -> str:
    """How often it went on in comparable situations, how sure that is, and whether a next step stands out.

    ``rated`` writes a rate with the ends of its interval, of so many out of so many.
    """
    rated = rated or _rated
    if record.rate.n == 0:
        return say("talk_worked_none", language)
    best, rate, k, n = record.best, record.rate, record.k, record.n
    told: dict[str, object] = {}
    if best is not None and rate.has_track_record:
        rate, k, n = best.rate, best.k, best.n
        told = {"step": say(f"talk_step_{best.step}", language), "other_rate": rated(best.without_k, best.without_n, best.without_rate)[0]}
        told |= {"other_n": _words(best.without_n, language, shown), "other_k": _words(best.without_k, language, shown)}
    words = {word: say(f"talk_{word}_{record.unit}", language) for word in ("unit", "counter", "did")}
    scope, (point, low, high) = say(f"talk_scope_{record.breadth}", language), rated(k, n, rate)
    return say(
        f"talk_worked_{_verdict(record)}", language, **words, **told, scope=scope, low=low, high=high, rate=point, m=record.compared,
        k=_words(k, language, shown), n=_words(n, language, shown), window=record.window_days, horizon=record.horizon_days,
    )  # fmt: skip


def _verdict(record: TrackRecord) -> str:
    if not record.rate.has_track_record:
        return "few"
    if record.best is not None:
        return "best"
    return {0: "bare", 1: "flat_one"}.get(record.compared, "flat")


def render_line(line: Line, language: Language, shown: Shown) -> str:
    """A line with its reason, its person, the value that it serves and its record."""
    return "\n".join(_parts(line, language, shown))


def render_track(track: TalkTrack, language: Language, shown: Shown) -> str:
    """All of a track, the most urgent line first."""
    parts, records = [say("talk_head", language, account=_words(track.account, language, shown))], set[str]()
    for number, line in enumerate(track.lines, 1):
        record = track_record(line.record, language, shown) if line.record is not None else ""
        repeated = line.model_copy(update={"record": None}) if record in records else line  # what was said of an earlier line is not said again
        records.add(record)
        parts.append(f"{number}. {render_line(repeated, language, shown)}")
    return "\n\n".join(parts)


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


def _rated(_k: Cell, _n: Cell, rate: Confidence) -> tuple[str, str, str]:
    return f"{rate.point * 100:.0f} %", f"{rate.low * 100:.0f}", f"{rate.high * 100:.0f}"
