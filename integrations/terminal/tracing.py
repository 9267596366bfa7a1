"""A trace in the terminal: shown, written to a file, verified."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich import box
from rich.console import Console
from rich.table import Table as Grid

from agent.answer import Language
from integrations.settings import Settings
from integrations.terminal.screen import console as standard_output
from integrations.terminal.screen import inert
from prompts.words import say
from tools.crm.query import Query
from tools.store.errors import PlumbError
from tools.trace.citation import CitationTrace, SealedCell
from tools.trace.signing import InstallationKey, read_public_key, trust
from tools.trace.sources import SourceReader, check_sources
from tools.trace.verify import NotATrace, VerificationReport, read_trace, verify_trace


class TraceFormatUnknown(PlumbError):
    """A trace can't be written like this. Data: ``format``."""

    key: ClassVar[str] = "terminal_trace_format"


class FileUnreadable(PlumbError):
    """A file can't be read. Data: ``path``."""

    key: ClassVar[str] = "terminal_file_unreadable"


class FileUnwritable(PlumbError):
    """A file can't be written. Data: ``path``."""

    key: ClassVar[str] = "terminal_file_unwritable"


def render_trace(trace: CitationTrace, console: Console, language: str) -> None:
    """Print what an answer rests on: how the question was read, each claim with its cell and formula, the evidence."""
    withheld = say("terminal_trace_withheld", language)
    console.print(inert(say("terminal_trace", language, id=trace.id), "bold"))
    facts = Grid.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for key, text in (
        ("asked", trace.question.opening.value if trace.question.opening else withheld),
        *(("plan", query.content.opening.value.said_back if query.content.opening else withheld) for query in trace.queries),
        ("answer", trace.answer.opening.value if trace.answer.opening else withheld),
        ("made", f"{trace.created_at:%Y-%m-%d %H:%M:%S} UTC"),
        ("key", trace.signature.key_id),
    ):
        facts.add_row(inert(say(f"terminal_trace_{key}", language)), inert(text))
    console.print(facts)
    if trace.claims:
        console.print(_claims(trace, language))
    for block in trace.blocks:
        counted = say("terminal_records", language, n=f"{block.content.opening.value.n:,}") if block.content.opening else withheld
        console.print(inert(f"{say('terminal_trace_evidence', language)} {block.id}: {block.table}, {counted}"))


def _claims(trace: CitationTrace, language: str) -> Grid:
    withheld = say("terminal_trace_withheld", language)
    cells = {cell.address: cell for cell in trace.cells}
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for key in ("claim", "value", "cell", "formula"):
        grid.add_column(inert(say(f"terminal_trace_{key}", language)), overflow="fold", justify="right" if key == "value" else "left")
    for claim in trace.claims:
        words = claim.text.opening.value if claim.text.opening else withheld
        value = (claim.value.opening.value or "–") if claim.value.opening else withheld
        grid.add_row(inert(words), inert(value), inert(claim.cell), inert(_formula(cells.get(claim.cell), language)))
    return grid


def _formula(cell: SealedCell | None, language: str) -> str:
    if cell is None or cell.derivation is None:
        return say("terminal_trace_read", language)
    return f"{say(f'trace_formula_{cell.derivation.formula}', language)} ({', '.join(cell.derivation.operands)})"


def write_trace(trace: CitationTrace, kind: str, out: Path) -> None:
    """Write the trace as ``json``, ``prov`` or ``svg``. Raises TraceFormatUnknown and FileUnwritable."""
    if kind == "json":
        from tools.trace.export import to_json

        content = to_json(trace)
    elif kind == "prov":
        from tools.trace.export import to_prov

        content = to_prov(trace).encode("utf-8")
    elif kind == "svg":
        from tools.trace.svg import to_svg

        content = to_svg(trace).encode("utf-8")
    else:
        raise TraceFormatUnknown(format=kind)
    try:
        out.write_bytes(content)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError) as error:
        raise FileUnwritable(path=str(out)) from error


def traced_queries(file: Path) -> dict[str, Query]:
    """The queries of the trace in a file by the block of evidence that each filled; none where the file holds no trace."""
    try:
        trace = read_trace(file.read_bytes())
    except (OSError, NotATrace):
        return {}
    opened = {each.call: each.content.opening for each in trace.queries}
    return {f"b{call.removeprefix('q')}": Query.model_validate(content.value.plan) for call, content in opened.items() if content is not None}


def verify_file(file: Path, settings: Settings, key: Path | None = None, reader: SourceReader | None = None) -> VerificationReport:
    """Verify an exported trace against the public key in ``key``, else this installation's; with a ``reader``, against the store as well.

    Raises FileUnreadable and SigningKeyUnreadable.
    """
    try:
        payload = file.read_bytes()
    except OSError as error:
        raise FileUnreadable(path=str(file)) from error
    trusted = trust([read_public_key(key)]) if key is not None else InstallationKey.open(settings.data_dir).trusted()
    report = verify_trace(payload, trusted)
    if reader is None:
        return report
    try:
        return report.model_copy(update={"checks": report.checks + check_sources(read_trace(payload), reader)})
    except NotATrace:
        return report


def print_report(report: VerificationReport, language: str) -> None:
    """Print what does not hold or could not be checked, then the verdict."""
    console = standard_output()
    spoken: Language = "zh" if language == "zh" else "en"
    failed, unchecked = report.of("failed"), report.of("not_checkable")
    for sign, checks in (("✗", failed), ("?", unchecked)):
        for check in checks:
            console.print(inert(f"{sign} {check.sentence(spoken)}"))
    verdict = "refuted" if failed else "verified_partly" if unchecked else "verified"
    console.print(inert(say(f"terminal_{verdict}", language, n=f"{len(report.checks):,}", m=f"{len(failed or unchecked):,}"), "bold"))
