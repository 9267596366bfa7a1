"""An answer in the terminal: the sentence first, then choices, tables, the sources of its marks and what can be asked next."""

from __future__ import annotations

import re
from datetime import date

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from agent.answer import Answer, Source
from agent.composing.formatting import format_date, said_confidence
from integrations.terminal.screen import inert
from integrations.terminal.tables import render_table
from prompts.words import say

ID_SHOWN = 12
_MARK = re.compile(r"\[\d{1,3}\]")


def render_answer(answer: Answer, console: Console) -> None:
    """Print one answer, in its own language."""
    console.print(_words(answer))
    _list(answer, console)
    for table in answer.tables:
        console.print()
        render_table(table, answer.language, console)
    for suggestion in answer.suggestions:
        interval = said_confidence(suggestion.confidence, answer.language)
        console.print(inert(f"\n→ {suggestion.statement} · {interval}"))
        console.print(inert(f"  {say('terminal_serves', answer.language, text=suggestion.customer_value)}", "dim"))
    _sources(answer, console)
    _footer(answer, console)


def offered(answer: Answer) -> tuple[str, ...]:
    """The questions that a number picks: the choices when it asks back, else the next steps."""
    return tuple(choice.ask for choice in answer.clarify) or answer.next_steps[:3]


def _words(answer: Answer) -> Text:
    text = inert(answer.answer)
    end_of_first = answer.answer.find("\n\n")
    if end_of_first >= 0:
        text.stylize("dim", end_of_first)
    for mark in _MARK.finditer(text.plain):
        text.stylize("cyan", *mark.span())
    return text


def _numbered(lines: list[tuple[str, str]]) -> Grid:
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, text in lines:
        grid.add_row(inert(number), inert(text))
    return grid


def _list(answer: Answer, console: Console) -> None:
    if answer.clarify:
        console.print(_numbered([(str(number), choice.text) for number, choice in enumerate(answer.clarify, 1)]))


def _sources(answer: Answer, console: Console) -> None:
    if not answer.sources:
        return
    console.print(inert(f"\n{say('terminal_sources', answer.language)}", "bold"))
    console.print(_numbered([(f"[{source.mark}]", _source(source, answer)) for source in answer.sources]))


def _source(source: Source, answer: Answer) -> str:
    """What is not in the source's own words is added to them: the number of records, the day."""
    parts = [source.text]
    counted = f"{source.records:,}"
    if source.records and counted not in source.text:
        parts.append(say("terminal_record" if source.records == 1 else "terminal_records", answer.language, n=counted))
    day = format_date(date.fromisoformat(source.as_of[:10]), answer.language) if source.as_of else ""
    if day and day not in source.text:
        parts.append(say("terminal_as_of", answer.language, day=day))
    return " · ".join(parts)


def _footer(answer: Answer, console: Console) -> None:
    if answer.next_steps and not answer.clarify:
        console.print(inert(f"\n{say('terminal_next', answer.language)}", "bold"))
        console.print(_numbered([(str(number), step) for number, step in enumerate(answer.next_steps[:3], 1)]))
    parts = [say(f"terminal_mode_{answer.mode}", answer.language)]
    if answer.trace_id and answer.claims:
        parts.append(say("terminal_proof", answer.language, id=answer.trace_id[:ID_SHOWN]))
    console.print(inert("\n" + " · ".join(parts), "dim"))
