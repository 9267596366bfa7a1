"""Answers and traces as they stand in the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from agent.answer import Answer, Language, Table
from integrations.settings import Settings
from integrations.terminal.answering import render_answer
from integrations.terminal.figures import figure, places_for
from integrations.terminal.tracing import FileUnreadable, FileUnwritable, TraceFormatUnknown, print_report, render_trace, verify_file, write_trace
from tests.integrations.web.fake_copilot import ASKS_BACK, FakeCopilot, famous_answer
from tests.tools.trace.example import SECRETS
from tools.store.classification import Classification
from tools.trace.cells import CellType


def shown(answer: Answer, width: int = 100, color: bool = False) -> str:
    screen = Console(file=io.StringIO(), width=width, force_terminal=color, highlight=False, color_system="standard" if color else None)
    render_answer(answer, screen)
    return screen.file.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def copilot(tmp_path: Path) -> FakeCopilot:
    return FakeCopilot(tmp_path)


def test_answer_comes_first_then_table_sources_and_next_steps() -> None:
    text = shown(famous_answer("en", "ab" * 32))
    order = [
        text.index(part)
        for part in ("West has the highest", "Won value by region\n", "Sources", "[1] sum over 1,438 records", "Next", "plumb trace show abababababab")
    ]
    assert order == sorted(order)
    assert "as of 3 Mar 2026" in text


@pytest.mark.parametrize("width", [120, 100, 80, 60, 34])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_broken(width: int, language: Language) -> None:
    text = shown(famous_answer(language, "ab" * 32), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    for whole in ("$3,568,647", "1,337", "63.2 %", "2017年3月10日" if language == "zh" else "10 Mar 2017"):
        assert whole in text


def test_figures_line_up_at_the_right_beside_han() -> None:
    text = shown(famous_answer("zh", "ab" * 32))
    lines = [line for line in text.splitlines() if "$" in line]
    assert len(lines) == 11
    assert len({cell_len(line[: line.index("%")]) for line in lines}) == 1


def test_characters_that_a_terminal_obeys_do_not_reach_it() -> None:
    hostile = "Acme\x1b]0;owned\x07\x1b[2J\u202e\r\x9b31m"
    table = Table(name=hostile, columns=(hostile,), rows=((hostile,),), types=(CellType.NAME,))
    answer = Answer(answer=hostile, language="en", mode="embedded", tables=(table,), next_steps=(hostile,))
    text = shown(answer)
    assert not {"\x1b", "\x07", "\x9b", "\r", "\u202e"} & set(text)
    assert "[bold]" in shown(answer.model_copy(update={"answer": "[bold]not markup[/bold]"}))


def test_no_color_leaves_plain_text_even_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[36m" in shown(famous_answer("en", "ab" * 32), color=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in shown(famous_answer("en", "ab" * 32), color=True)


def test_choices_are_numbered_and_prove_nothing(copilot: FakeCopilot) -> None:
    text = shown(copilot._answer(ASKS_BACK, "en"))
    assert "1 West: deals owned by reps" in text
    assert "plumb trace show" not in text


@pytest.mark.parametrize(
    ("value", "kind", "unit", "language", "said"),
    [
        (3568647, CellType.MONEY, "USD", "en", "$3,568,647"),
        (-48.5, CellType.MONEY, "CNY", "zh", "−¥48.50"),
        (1200, CellType.MONEY, "CHF", "en", "1,200 CHF"),
        (1200, CellType.MONEY, None, "en", "1,200"),
        (0.6319, CellType.RATE, None, "en", "63.2 %"),
        (12345, CellType.COUNT, None, "zh", "12,345"),
        (2017, CellType.NUMBER, None, "en", "2017"),
        (-0.25, CellType.NUMBER, None, "en", "−0.25"),
        (1, CellType.DURATION, None, "en", "1 day"),
        (12.34, CellType.DURATION, None, "zh", "12.3 天"),
        (True, CellType.FLAG, None, "zh", "是"),
        (None, CellType.MONEY, "USD", "en", "–"),
        ("2026-03-03", CellType.DATE, None, "zh", "2026年3月3日"),
        ("2026-03-03T09:30:00+00:00", CellType.DATETIME, None, "en", "3 Mar 2026 09:30"),
    ],
)
def test_value_is_written_for_its_reader(value: float | str | None, kind: CellType, unit: str | None, language: Language, said: str) -> None:
    assert figure(value, kind, unit, language, places_for([value], kind)) == said


def test_column_of_large_sums_goes_without_cents_and_small_ones_share_them() -> None:
    assert places_for([3_568_647.25, 12.5], CellType.MONEY) == 0
    assert places_for([12.5, 7], CellType.MONEY) == 2
    assert places_for([12, 7], CellType.MONEY) == 0


def test_trace_shows_claims_with_formula_and_withholds_from_lower_clearance(copilot: FakeCopilot) -> None:
    screen = Console(file=io.StringIO(), width=140, highlight=False)
    render_trace(copilot.recorded, screen, "zh")
    text = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "求和 (b1.amount)" in text
    assert SECRETS[0] in text
    screen = Console(file=io.StringIO(), width=140, highlight=False)
    render_trace(copilot.recorded.masked_for(Classification.INTERNAL), screen, "en")
    text = screen.file.getvalue()  # type: ignore[attr-defined]
    assert SECRETS[0] not in text
    assert "withheld" in text


def test_trace_written_is_verified_and_altered_is_refuted(copilot: FakeCopilot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings, file = Settings(data_dir=tmp_path), tmp_path / "trace.json"
    write_trace(copilot.recorded, "json", file)
    assert verify_file(file, settings).holds
    file.write_bytes(file.read_bytes().replace(b"12500.5", b"99999.5"))
    report = verify_file(file, settings)
    assert not report.holds
    print_report(report, "zh")
    assert "依据不成立" in capsys.readouterr().out


def test_trace_file_that_cannot_be_used_is_told_in_a_sentence(copilot: FakeCopilot, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        verify_file(tmp_path / "absent.json", Settings(data_dir=tmp_path))
    with pytest.raises(FileUnwritable):
        write_trace(copilot.recorded, "svg", tmp_path / "absent" / "trace.svg")
    with pytest.raises(TraceFormatUnknown):
        write_trace(copilot.recorded, "pdf", tmp_path / "trace.pdf")
    write_trace(copilot.recorded, "svg", tmp_path / "trace.svg")
    assert (tmp_path / "trace.svg").read_text("utf-8").startswith("<svg")
