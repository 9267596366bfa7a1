"""Collects what is wrong or repaired, row by row, while an export is being loaded, and groups it for the report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tools.crm.importing.report import Example, IssueGroup, Outcome
from tools.crm.importing.source import SourceTable

EXAMPLES_SHOWN = 5
LINES_SHOWN = 5


class Issue(NamedTuple):
    """One line of the report, in the order of the columns of ``import_issues`` after its import."""

    entity: str
    file: str
    sheet: str | None
    line: int | None
    record: str | None
    column_name: str | None
    outcome: Outcome
    reason: str
    before: str | None
    after: str | None
    row: str | None


class IssueLog:
    """Every issue of one import."""

    def __init__(self) -> None:
        """Empty at first."""
        self.issues: list[Issue] = []
        self._counts: Counter[tuple[str, Outcome]] = Counter()

    def add(
        self,
        outcome: Outcome,
        reason: str,
        entity: str,
        source: SourceTable,
        line: int,
        *,
        record: str | None = None,
        column: str | None = None,
        before: str | None = None,
        after: str | None = None,
        row: list[str] | None = None,
    ) -> None:
        """Note one issue; ``row`` keeps the whole row."""
        kept = None if row is None else json.dumps([storable(cell) for cell in row], ensure_ascii=False)
        held = None if before is None else storable(before)
        named = None if column is None else storable(column)
        self.issues.append(Issue(entity, source.file, source.sheet, line, record, named, outcome, reason, held, after, kept))
        self._counts[entity, outcome] += 1

    def count(self, entity: str, outcome: Outcome) -> int:
        """Issues of an outcome for one kind of record."""
        return self._counts[entity, outcome]

    def groups(self) -> Iterator[IssueGroup]:
        """Issues of one kind, file and column together, the gravest kinds first."""
        found: dict[tuple[Outcome, str, str, str, str | None, str | None], list[Issue]] = {}
        for issue in self.issues:
            found.setdefault((issue.outcome, issue.reason, issue.entity, issue.file, issue.sheet, issue.column_name), []).append(issue)
        gravity = ("refused", "reference_not_found", "merged", "repaired")
        for key, issues in sorted(found.items(), key=lambda item: (gravity.index(item[0][0]), -len(item[1]))):
            outcome, reason, entity, file, sheet, column = key
            cases = Counter((issue.before, issue.after) for issue in issues)
            examples = tuple(_example(issues, before, after, count) for (before, after), count in cases.most_common(EXAMPLES_SHOWN))
            yield IssueGroup(
                outcome=outcome, reason=reason, entity=entity, file=file, sheet=sheet, column=column, count=len(issues), distinct=len(cases), examples=examples
            )


def _example(issues: list[Issue], before: str | None, after: str | None, count: int) -> Example:
    lines = [issue.line for issue in issues if issue.before == before and issue.after == after and issue.line is not None]
    return Example(before=before, after=after, count=count, lines=tuple(lines[:LINES_SHOWN]))


def storable(text: str) -> str:
    """The text as every database can hold it: NUL and lone surrogates are shown as their escapes."""
    if "\x00" not in text and (text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)):
        return text
    return "".join(f"\\u{ord(character):04x}" if character == "\x00" or "\ud800" <= character <= "\udfff" else character for character in text)
