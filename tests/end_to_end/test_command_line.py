"""Importing, asking, going on and talking, each step in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.conftest import EXPORT, Done, Plumb, write_export

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("command_line")]

SHAPE = {
    "answer": str, "language": str, "mode": str, "abstained": bool, "clarify": list, "claims": list, "tables": list, "suggestions": list, "proposals": list,
    "trace_id": str, "timings_ms": dict,
}  # fmt: skip


def test_import_prints_one_report_and_nothing_else(imported: tuple[Plumb, Done]) -> None:
    _, done = imported

    assert done.code == 0, done.err
    report = done.json
    assert report["system"] == "northwind"
    assert {table["entity"]: (table["read"], table["new"], table["refused"]) for table in report["tables"]} == {
        "account": (3, 3, 0), "member": (3, 3, 0), "opportunity": (6, 6, 0),
    }  # fmt: skip
    assert done.err == ""


def test_answer_has_the_shape_that_was_promised(filled: Plumb) -> None:
    answer = filled.started.ask("Won value by owner")

    assert {key: type(answer[key]) for key in SHAPE} == SHAPE
    assert answer["language"] == "en"
    assert answer["claims"]
    assert all({"text", "value", "type", "unit", "cell"} <= claim.keys() for claim in answer["claims"])
    (table,) = answer["tables"]
    assert all(isinstance(row, list) and len(row) == len(table["columns"]) for row in table["rows"])
    assert [row[-1] for row in table["rows"]] == [3000, 2000]
    assert answer["trace_id"]


@pytest.mark.parametrize(
    ("question", "value", "language"),
    [
        ("How many deals did Tom Adeyemi win?", 2, "en"),
        ("有多少未结商机？", 2, "zh"),
        ("What is the total value of won deals?", 5000, "en"),
        ("宁波凌拓有多少员工？", 900, "zh"),
    ],
)
def test_first_claim_is_the_figure_that_was_asked_for(filled: Plumb, question: str, value: int, language: str) -> None:
    answer = filled.ask(question)

    assert (float(answer["claims"][0]["value"]), answer["language"]) == (value, language)
    assert answer["claims"][0]["text"] in answer["answer"]


def test_follow_up_in_another_process_goes_on_with_the_conversation(filled: Plumb) -> None:
    first = filled.ask("How many deals did Tom Adeyemi win?")

    second = filled.started.ask("and 李静怡?", "--thread", first["thread_id"])

    assert second["thread_id"] == first["thread_id"]
    assert second["claims"][0]["value"] == 1


def test_conversation_of_another_member_is_closed(filled: Plumb) -> None:
    first = filled.ask("How many deals are there?", "--as", "Tom Adeyemi")

    done = filled("ask", "and won ones?", "--thread", first["thread_id"], "--as", "李静怡")

    assert (done.code, done.out) == (2, "")
    done.says_one_sentence("en")


def test_import_again_changes_no_record(own: Plumb, tmp_path: Path) -> None:
    report = own("import", write_export(tmp_path / "northwind"), "--yes", "--json").json

    assert {(table["new"], table["changed"], table["unchanged"], table["gone"]) for table in report["tables"]} == {(0, 0, 3, 0), (0, 0, 6, 0)}
    assert own.ask("How many deals are there?")["claims"][0]["value"] == 6


def test_next_export_moves_the_figures(own: Plumb, tmp_path: Path) -> None:
    deals = EXPORT["opportunities.csv"].replace("Proposal,700", "Closed won,700")

    own("import", write_export(tmp_path / "northwind", opportunities=deals), "--yes", "--json")

    assert own.ask("How many deals did Tom Adeyemi win?", "--today", "2026-05-01")["claims"][0]["value"] == 3


def test_member_sees_own_records_and_those_of_own_accounts_only(filled: Plumb) -> None:
    everybody, rep = filled.ask("How many deals are there?"), filled.ask("How many deals are there?", "--as", "jing@northwind.example")

    assert (everybody["claims"][0]["value"], rep["claims"][0]["value"]) == (6, 2)


@pytest.mark.parametrize(("language", "words"), [("en", "There is no member called “Nobody”"), ("zh", "没有名为 “Nobody” 的成员")])
def test_unknown_member_gets_no_answer(filled: Plumb, language: str, words: str) -> None:
    before = filled.records()

    done = filled("ask", "42", "--as", "Nobody", language=language)

    assert (done.code, done.out) == (2, "")
    assert words in done.err
    done.says_one_sentence(language)
    assert filled.records() == before


def test_answer_for_people_shows_its_sources(filled: Plumb) -> None:
    done = filled.started("ask", "How many deals did Tom Adeyemi win?")

    assert done.code == 0
    assert "2 [1]" in done.out
    assert "Sources" in done.out
    assert "\x1b" not in done.out


def test_chat_through_a_pipe_answers_and_leaves(filled: Plumb) -> None:
    done = filled.started("chat", stdin="How many deals did Tom Adeyemi win?\nand 李静怡?\n/trace\n/quit\n")

    assert done.code == 0, done.err
    assert done.out.index("2 [1]") < done.out.index("1 [1]") < done.out.index("李静怡", done.out.index("1 [1]"))
    assert "Traceback" not in done.err


def test_chat_that_ends_without_goodbye_ends_well(filled: Plumb) -> None:
    done = filled("chat", stdin="", language="zh")

    assert done.code == 0
    assert "再见" in done.out


def test_fresh_data_directory_answers_that_there_is_nothing_yet(empty: Plumb) -> None:
    answer = empty.ask("How many deals are there?")

    assert answer["abstained"]
    assert "plumb import" in answer["answer"]
