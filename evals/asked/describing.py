"""Puts judged cases into words, for the terminal and for the report: what was asked, what was expected, what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agent.answer import Answer
from evals.asked.asking import Asked
from evals.asked.asserted import size
from evals.asked.expecting import Ambiguous, AnyOf, Compared, Each, Expected, Figure, Groups, Listed, Ranked, Unanswerable, YesNo
from evals.asked.judging import Verdict

MOST = 260
SLOW_S = 2


def as_lines(asked: Asked, verdict: Verdict) -> str:
    """A case in three lines: the question, what was expected, what came."""
    before = "".join(f"{turn.question} → " for turn in asked.case.before)
    got = f"{verdict.reason}: {came(asked.answer)}" if verdict.reason else came(asked.answer)
    said = f"  ({asked.said_back})" if asked.said_back else ""
    seconds = asked.answer.timings_ms.get("total", 0.0) / 1000
    said += f"  [{seconds:.0f} s]" if seconds > SLOW_S else ""
    mark = "✓" if verdict.right else "✗"
    return f"{mark} [{asked.case.id}] {before}{asked.case.question}\n  {_cut(wanted(asked.expected))}\n  {_cut(got)}{said}"


def summary(name: str, judged: Sequence[tuple[Asked, Verdict]], seconds: float) -> str:
    """One line: how many of each outcome, how many right, how long."""
    if not judged:
        return f"{name}: its export is not there, nothing asked"
    outcomes = Counter(verdict.outcome for _, verdict in judged)
    parts = ", ".join(f"{outcome} {outcomes[outcome]}" for outcome in ("right", "wrong", "abstained", "asked_back", "stated") if outcomes[outcome])
    slowest = max(asked.answer.timings_ms.get("total", 0.0) for asked, _ in judged) / 1000
    slow = f", the slowest answer {slowest:.1f} s" if slowest > SLOW_S else ""
    return f"{name}: {outcomes['right']}/{len(judged)} = {outcomes['right'] / len(judged):.1%} ({parts}) in {seconds:.0f} s{slow}"


def wanted(expected: Expected) -> str:
    """What was expected, in short."""
    match expected:
        case Figure():
            also = "".join(f", {word} {value}" for word, value in expected.also.items())
            return f"{_value(expected.value)}{f' {expected.unit}' if expected.unit else ''}{also}"
        case Ranked():
            best = sorted(expected.values.items(), key=lambda each: size(each[1]), reverse=not expected.lowest)[: max(3, expected.top or 0)]
            return f"rank{f' {expected.place}' if expected.place > 1 else ''}: {', '.join(f'{_words(k)} {_value(v)}' for k, v in best)}"
        case Groups() | Compared():
            return f"{len(expected.values)} values: {', '.join(f'{_words(key)} {_value(value)}' for key, value in list(expected.values.items())[:8])}"
        case Listed():
            first = f", first {expected.first}" if expected.first else ""
            return f"list of {expected.count if expected.count is not None else len(expected.names)}{first}: {', '.join(sorted(expected.names)[:6])}"
        case YesNo():
            return f"{'yes' if expected.yes else 'no'}{f', {expected.count}' if expected.count is not None else ''}"
        case AnyOf():
            return " OR ".join(map(wanted, expected.options))
        case Each():
            return " AND ".join(map(wanted, expected.parts))
        case Unanswerable():
            return f"can't be answered: {expected.about}"
        case Ambiguous():
            return f"ask back: {' | '.join(map(wanted, expected.readings))}"


def came(answer: Answer) -> str:
    """What came, in short: its claims, or its words."""
    if answer.clarify:
        return "asks: " + " | ".join(choice.text for choice in answer.clarify)
    text = " ".join(answer.answer.split("\n\n")[0].split())
    claims = ", ".join(f"{claim.value}" for claim in answer.claims[:6])
    rows = "".join(f" [{len(table.rows)} of {table.total_rows} rows]" for table in answer.tables)
    return f"{text}{rows} ⟨{claims}⟩" if claims else text


def _value(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _words(key: str | tuple[str, ...]) -> str:
    return key if isinstance(key, str) else "/".join(key)


def _cut(text: str) -> str:
    return text if len(text) <= MOST else f"{text[:MOST]}…"
