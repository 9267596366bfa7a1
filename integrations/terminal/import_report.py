"""The report of an import for people: totals first, then what moved and what was not taken as it stood, then where every line is."""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table as Grid

from integrations.terminal.import_proposal import field_label
from integrations.terminal.screen import inert
from prompts.words import say
from tools.crm.importing.service import Assumption, ImportReport, IssueGroup, Reading, Staying, TableReport
from tools.crm.semantic.model import base_model

ALWAYS = ("read", "new")
COUNTS = ("read", "new", "changed", "unchanged", "gone", "returned", "merged", "refused", "repaired", "not_found")
GROUPS_SHOWN = 12
READINGS_SHOWN = 24
EXAMPLES_SHOWN = 3
LONGEST = 48
LOUD = frozenset(("no_stage", "no_status"))
TOLD_WHEN_BLANK = frozenset(("account", "owner"))


def render_report(report: ImportReport, screen: Console, language: str, issues: Path | None, refused: Path | None) -> None:
    """Print the report; ``issues`` and ``refused`` are the files with every line of it."""
    stored = report.total("new") + report.total("changed") + report.total("unchanged")
    totals = {"read": report.total("read"), "stored": stored, "refused": report.total("refused")}
    counts = {name: f"{count:,}" for name, count in totals.items()}
    screen.print(inert(say("import_done", language, system=report.system, seconds=f"{report.seconds:.1f}", **counts), "bold"))
    _warnings(report, screen, language)
    _moves(report, screen, language)
    screen.print(_totals(report, language))
    for blank in report.unreferenced:
        if blank.field not in TOLD_WHEN_BLANK:
            continue
        records, field = _records(blank.entity, report, language, blank.count), field_label(blank.entity, blank.field, language)
        screen.print(inert(say("import_unreferenced", language, count=f"{blank.count:,}", records=records, field=field), "dim"))
    _issues(report, screen, language)
    _readings(report.readings, screen, language)
    for assumption in report.assumptions:
        if assumption.key not in LOUD:
            screen.print(inert(_assumption(assumption, language)))
    if report.settled:
        screen.print(inert(say("import_settled", language, count=f"{report.settled:,}")))
    if issues is not None:
        screen.print(inert("\n" + say("import_report_at", language, path=issues)), soft_wrap=True)
    if refused is not None:
        screen.print(inert(say("import_refused_at", language, path=refused)), soft_wrap=True)


def _warnings(report: ImportReport, screen: Console, language: str) -> None:
    """What makes answers wrong or impossible until somebody acts: before anything else."""
    for table in report.tables:
        if table.refused and table.refused == table.read:
            records = _label(table, language, table.refused)
            screen.print(inert(say("import_all_refused", language, count=f"{table.refused:,}", records=records, files=", ".join(table.files)), "bold red"))
    for staying in report.staying:
        screen.print(inert(_stays(staying, language), "bold yellow"))
    for assumption in report.assumptions:
        if assumption.key in LOUD:
            screen.print(inert(_assumption(assumption, language), "bold yellow"))


def _moves(report: ImportReport, screen: Console, language: str) -> None:
    """What differs from the last import; nothing for a first one."""
    if not any(table.unchanged or table.changed or table.gone or table.returned for table in report.tables):
        return
    parts = []
    for move in report.moved:
        records, field = _records(move.entity, report, language, move.count), field_label(move.entity, move.field, language)
        parts.append(say("import_move_field", language, count=f"{move.count:,}", records=records, field=field))
    for name in ("gone", "returned", "new"):
        for table in report.tables:
            count = getattr(table, name)
            if count:
                parts.append(say(f"import_move_{name}", language, count=f"{count:,}", records=_label(table, language, count)))
    text = say("import_moved", language, moves=say("import_and", language).join(parts)) if parts else say("import_nothing_changed", language)
    screen.print(inert(text))


def _stays(staying: Staying, language: str) -> str:
    known = base_model().entities.get(staying.entity)
    word = known.words.label(language) if known else staying.label or staying.entity
    one_or_many = word if known is None or language == "zh" or staying.count == 1 else _plural(word)
    every = word if known is None or language == "zh" else _plural(word)
    day = staying.since.date().isoformat() if staying.since else "—"
    return say(f"import_staying_{staying.why}", language, count=f"{staying.count:,}", records=one_or_many, every=every, day=day)


def _totals(report: ImportReport, language: str) -> Grid:
    shown = [name for name in COUNTS if name in ALWAYS or any(getattr(table, name) for table in report.tables)]
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    grid.add_column(inert(say("import_column_table", language)), overflow="fold")
    for name in shown:
        grid.add_column(inert(say(f"import_column_{name}", language)), justify="right")
    for table in report.tables:
        grid.add_row(inert(_label(table, language)), *(inert(f"{getattr(table, name):,}") for name in shown))
    return grid


def _issues(report: ImportReport, screen: Console, language: str) -> None:
    if not report.issues:
        return
    screen.print(inert("\n" + say("import_issues_title", language), "bold"))
    for group in report.issues[:GROUPS_SHOWN]:
        screen.print(inert(_group(group, language)))
        for line in _examples(group, language):
            screen.print(inert(f"  {line}", "dim"))
    if len(report.issues) > GROUPS_SHOWN:
        screen.print(inert(say("import_more_issues", language, count=len(report.issues) - GROUPS_SHOWN), "dim"))


def _group(group: IssueGroup, language: str) -> str:
    first = group.examples[0]
    reason = say(f"import_reason_{group.reason}", language, column=group.column or "", before=_short(first.before), after=_short(first.after))
    return say("import_issue", language, outcome=say(f"import_outcome_{group.outcome}", language), count=f"{group.count:,}", reason=reason)


def _examples(group: IssueGroup, language: str) -> list[str]:
    file = group.file if group.sheet is None else f"{group.file} [{group.sheet}]"
    found = []
    for example in group.examples[:EXAMPLES_SHOWN]:
        lines = ", ".join(map(str, example.lines)) + ("…" if example.count > len(example.lines) else "")
        change = f"{_short(example.before)} → {_short(example.after)}" if example.after is not None else _short(example.before)
        where = say("import_issue_where", language, file=file, lines=lines)
        count = f"{example.count:,} × " if group.distinct > 1 and example.count > 1 else ""
        found.append(f"{count}{change} · {where}" if example.before is not None else where)
    return found


def _readings(readings: tuple[Reading, ...], screen: Console, language: str) -> None:
    telling = [each for each in readings if (each.how != "code" and each.text.casefold() != each.read_as) or each.how == "data"]
    if not telling:
        return
    screen.print(inert("\n" + say("import_readings_title", language), "bold"))
    for each in telling[:READINGS_SHOWN]:
        read_as = say(f"import_status_{each.read_as}", language) if each.entity == "opportunity" else each.read_as
        key = "import_reading_data" if each.how == "data" else "import_reading"
        screen.print(inert("  " + say(key, language, text=_short(each.text), read_as=read_as, count=f"{each.count:,}")))


def _assumption(assumption: Assumption, language: str) -> str:
    data = dict(assumption.data)
    if "reason_key" in data:
        data["reason"] = say(data.pop("reason_key"), language)
    return say(f"import_assumption_{assumption.key}", language, **data)


def _records(entity: str, report: ImportReport, language: str, count: int) -> str:
    return next((_label(table, language, count) for table in report.tables if table.entity == entity), entity)


def _label(table: TableReport, language: str, count: int = 0) -> str:
    """What a person calls so many records of this kind."""
    known = base_model().entities.get(table.entity)
    if known is None:
        return table.label or table.entity
    word = known.words.label(language)
    return word if language == "zh" or count == 1 else _plural(word)


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return f"{word[:-1]}ies"
    return word if word.endswith("s") else f"{word}s"


def _short(text: str | None) -> str:
    if text is None:
        return "—"
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"
