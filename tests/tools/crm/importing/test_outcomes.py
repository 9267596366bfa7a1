"""How names of stages are read, by their words and by what their rows hold."""

from __future__ import annotations

import pytest

from tools.crm.importing.loading.outcomes import StageFacts, read_stage, status_word


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Closed Won", "won"), ("closedwon", "won"), ("Won", "won"), ("赢单", "won"), ("已成交", "won"), ("签约", "won"), ("合同签订", "won"), ("中标", "won"),
        ("Closed - Lost", "lost"), ("closed_lost", "lost"), ("输单", "lost"), ("已丢单", "lost"), ("客户放弃", "lost"), ("未成交", "lost"),
        ("Not won", "lost"), ("Cancelled", "lost"), ("No decision", "lost"), ("未中标", "lost"),
        ("待签约", "open"), ("签约中", "open"), ("Negotiation", "open"), ("Prospecting", "open"), ("商务谈判", "open"), ("方案报价", "open"), ("Open", "open"),
        ("Gewonnen", "won"), ("Abgeschlossen - gewonnen", "won"), ("Verloren", "lost"), ("Nicht gewonnen", "lost"), ("Offen", "open"),
        ("Gagné", "won"), ("Fermée gagnée", "won"), ("Perdu", "lost"), ("En cours", "open"), ("Négociation", "open"),
        ("Ganada", "won"), ("Cerrado perdido", "lost"), ("Abierto", "open"), ("Vinta", "won"), ("Persa", "lost"), ("Trattativa", "open"),
        ("Ganho", "won"), ("Perdida", "lost"), ("Negociação", "open"), ("受注", "won"), ("失注", "lost"), ("商談中", "open"), ("受注見込", "open"),
        ("丢标", "lost"), ("流标", "lost"), ("废标", "lost"), ("弃标", "lost"), ("暂停", "open"), ("Zurückgestellt", "open"), ("Won - on hold", "open"),
        ("成了", "won"), ("谈成了", "won"), ("拿下", "won"), ("Landed", "won"), ("黄了", "lost"), ("没谈成", "lost"), ("没成", "lost"), ("吹了", "lost"),
        ("Fell through", "lost"), ("Went elsewhere", "lost"), ("先放着", None), ("试菜", None),
        ("Demo done", "open"), ("Done", None), ("Abgeschlossen", None), ("Closed", None), ("已关闭", None), ("Stage 4", None),
    ],
)  # fmt: skip
def test_word_is_read_as_its_outcome(word: str, status: str | None) -> None:
    assert status_word(word) == status


def test_closed_stage_with_amounts_was_won() -> None:
    assert read_stage("Closed", StageFacts(rows=10, closed=10, paid=10), StageFacts(rows=50)) == ("won", "data")


def test_closed_stage_without_amounts_was_lost() -> None:
    assert read_stage("Stage 7", StageFacts(rows=10, closed=10, paid=0), StageFacts(rows=50, closed=2)) == ("lost", "data")


def test_stage_that_the_data_does_not_tell_is_open() -> None:
    assert read_stage("Stage 3", StageFacts(rows=10, closed=10, paid=10), StageFacts(rows=50, closed=50))[0] == "open"


@pytest.mark.parametrize("word", ["已搁置", "暂停", "On hold"])
def test_deals_that_rest_are_neither_open_nor_closed_where_they_have_a_day_of_closing(word: str) -> None:
    assert read_stage(word, StageFacts(rows=10, closed=10, paid=10), StageFacts(rows=50, closed=2)) == (None, "data")
    assert read_stage(word, StageFacts(rows=10, closed=0), StageFacts(rows=50, closed=2)) == ("open", "words")
    assert read_stage("方案报价", StageFacts(rows=10, closed=10), StageFacts(rows=50, closed=2)) == ("open", "words")
