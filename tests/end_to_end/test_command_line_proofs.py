"""A proof on its way: shown, exported, verified, tampered with, and compared with a store that moved on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.conftest import EXPORT, Plumb, write_export

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("command_line")]


def exported(plumb: Plumb, question: str, out: Path) -> Path:
    done = plumb("trace", "export", plumb.ask(question)["trace_id"], "--format", "json", "--out", out)
    assert done.code == 0, done.err
    return out


def test_trace_is_shown_by_the_first_characters_of_its_id(filled: Plumb) -> None:
    answer = filled.ask("How many deals did Tom Adeyemi win?")

    shown = filled("trace", "show", answer["trace_id"][:12])
    whole = filled.started("trace", "show", answer["trace_id"], "--json")

    assert "How many deals did Tom Adeyemi win?" in shown.out
    assert whole.json["id"] == answer["trace_id"]


def test_trace_of_somebody_else_is_neither_shown_nor_exported(filled: Plumb, tmp_path: Path) -> None:
    trace_id = filled.ask("How many deals did Tom Adeyemi win?")["trace_id"]
    out = tmp_path / "trace.json"

    shown, unknown = filled("trace", "show", trace_id, "--as", "Tom"), filled("trace", "show", trace_id[::-1], "--as", "Tom")
    exported_as_rep = filled("trace", "export", trace_id, "--format", "json", "--out", out, "--as", "Tom")

    assert (shown.code, shown.out, exported_as_rep.code, out.exists()) == (2, "", 2, False)
    assert shown.err.replace(trace_id, "") == unknown.err.replace(trace_id[::-1], "")


def test_exported_trace_holds(filled: Plumb, tmp_path: Path) -> None:
    file = exported(filled.started, "Won value by owner", tmp_path / "trace.json")

    done = filled.started("trace", "verify", file, "--json")

    assert done.code == 0, done.out
    assert done.json["holds"] is True


def test_tampered_trace_does_not_hold(filled: Plumb, tmp_path: Path) -> None:
    file = exported(filled, "How many deals did Tom Adeyemi win?", tmp_path / "trace.json")
    honest = file.read_text("utf-8")
    file.write_text(honest.replace('"value":"2"', '"value":"999"'), "utf-8")
    assert file.read_text("utf-8") != honest

    done = filled("trace", "verify", file)

    assert done.code != 0
    assert "✗" in done.out
    assert "Traceback" not in done.out + done.err


def test_other_installation_does_not_vouch_for_the_trace(filled: Plumb, empty: Plumb, tmp_path: Path) -> None:
    file = exported(filled, "How many deals did Tom Adeyemi win?", tmp_path / "trace.json")

    assert empty("trace", "verify", file).code != 0


@pytest.mark.parametrize("change", ["a deal that was counted", "nothing"])
def test_trace_against_the_store_names_what_moved(own: Plumb, tmp_path: Path, change: str) -> None:
    file = exported(own, "What is the total value of won deals?", tmp_path / "trace.json")
    deals = EXPORT["opportunities.csv"]
    if change != "nothing":
        deals = deals.replace("Closed won,1200", "Closed won,1300")
    own("import", write_export(tmp_path / "northwind", opportunities=deals), "--yes", "--json")

    done = own("trace", "verify", file, "--against-store", "--json")

    assert (done.code == 0) == (change == "nothing"), done.out + done.err
    assert own("trace", "verify", file).code == 0
    if change != "nothing":
        failed = [check for check in done.json["checks"] if check["outcome"] == "failed"]
        assert [(check["reason"], check["data"]["stated"], check["data"]["held"]) for check in failed] == [("source_changed", "12000000", "13000000")]


@pytest.mark.parametrize(("kind", "begins"), [("prov", "{"), ("svg", "<svg")])
def test_trace_is_drawn_and_written_for_others(filled: Plumb, tmp_path: Path, kind: str, begins: str) -> None:
    trace = filled.ask("Won value by owner")["trace_id"]

    done = filled("trace", "export", trace, "--format", kind, "--out", tmp_path / "out", "--json")

    written = (tmp_path / "out").read_text("utf-8")
    assert done.json["trace_id"] == trace
    assert written.lstrip().removeprefix('<?xml version="1.0" encoding="UTF-8"?>').lstrip().startswith(begins)
    assert "Tom Adeyemi" in written


@pytest.mark.parametrize("language", ["en", "zh"])
def test_unknown_format_or_trace_writes_no_file(filled: Plumb, tmp_path: Path, language: str) -> None:
    trace = filled.ask("How many deals are there?")["trace_id"]

    for words in ((trace, "--format", "pdf"), ("feedfacefeed", "--format", "json")):
        done = filled("trace", "export", *words, "--out", tmp_path / "out", language=language)
        assert done.code == 2
        done.says_one_sentence(language)
    assert not (tmp_path / "out").exists()
