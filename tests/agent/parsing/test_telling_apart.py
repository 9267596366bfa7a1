"""Words that may mean several records, and words beside a name that leave fewer of those that bear it. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import Vocabulary, build_vocabulary
from agent.parsing.linking.links import link
from agent.parsing.store_words.keeping import VocabularyFile
from tests.agent.parsing.conftest import NOW, TODAY, sourced
from tools.crm.models import Account, Contact, ImportRun, Member
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

PEOPLE = (
    ("Sam Roe", "Oslo", "Sales Exec"),
    ("Sam Roe", "Turin", "Sales Exec"),
    ("Sam Roe", "Turin", "Key Account Exec"),
    ("沈可", "Oslo", "工程师"),
    ("沈一鸣", "Turin", "工程师"),
    ("陆平", "Turin", "工程师"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('bearers') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(Member(id=at, name=name, region=place, title=title, **sourced(f"R-10{at}")) for at, (name, place, title) in enumerate(PEOPLE, 1))
        session.flush()
        names = ("Domklar", "Gogoklar", "Klarit", "Alder Works")
        session.add_all(Account(id=at, name=name, **sourced(f"A-10{at}")) for at, name in enumerate(names, 1))
        session.flush()
        session.add_all(Contact(id=at, name="Ida Moss", account_id=at, **sourced(f"C-10{at}")) for at in (3, 4))
        session.commit()
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def vocabulary(store: Session) -> Vocabulary:
    return build_vocabulary(store, load_model(store))


def named(question: str, vocabulary: Vocabulary) -> list[tuple[str, tuple[str, ...]]]:
    """Every value of a record that the question names, with the records that its words leave."""
    linked = link(question, vocabulary, TODAY, lambda _: True)
    return [(value.text, value.records) for item in linked.items for value in item.values if value.field == "name"]


@pytest.mark.parametrize(
    ("question", "name", "left"),
    [
        ("Sam Roe in Oslo", "Sam Roe", ("R-101",)),
        ("deals of Sam Roe of Turin", "Sam Roe", ("R-102", "R-103")),
        ("Turin's Sam Roe", "Sam Roe", ("R-102", "R-103")),
        ("the Key Account Exec Sam Roe", "Sam Roe", ("R-103",)),
        ("Sam Roe (R-102)", "Sam Roe", ("R-102",)),
        ("Sam Roe (Key Account Exec, Turin)", "Sam Roe", ("R-103",)),
        ("Turin 的 Sam Roe", "Sam Roe", ("R-102", "R-103")),
        ("Sam Roe（R-101）的客户", "Sam Roe", ("R-101",)),
        ("Ida Moss of Alder Works", "Ida Moss", ("C-104",)),
    ],
)
def test_words_beside_a_name_say_which_of_its_bearers_are_meant(vocabulary: Vocabulary, question: str, name: str, left: tuple[str, ...]) -> None:
    assert (name, left) in named(question, vocabulary)


@pytest.mark.parametrize(
    "question",
    [
        "Sam Roe",
        "deals that Sam Roe won in Oslo",
        "Sam Roe and Oslo",
        "Oslo: deals of Sam Roe",
        "Sam Roe 在 Oslo 的客户",
        "Sam Roe in Bergen",
        "Sam Roe, Sales and Oslo",
    ],
)
def test_place_that_is_not_said_of_the_name_leaves_all_its_bearers(vocabulary: Vocabulary, question: str) -> None:
    assert ("Sam Roe", ()) in named(question, vocabulary)


def test_records_that_bear_one_name_are_kept_with_the_vocabulary(store: Session, vocabulary: Vocabulary, tmp_path: Path) -> None:
    model = load_model(store)
    VocabularyFile(tmp_path).vocabulary(store, model, 1, NOW)
    again = VocabularyFile(tmp_path).vocabulary(store, model, 1, NOW)
    assert set(vocabulary.namesakes) == {("member", "Sam Roe"), ("contact", "Ida Moss")}
    assert again.namesakes == vocabulary.namesakes


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Klar: how many contacts?", {"Domklar", "Gogoklar", "Klarit"}),
        ("Klar 有几个联系人", {"Domklar", "Gogoklar", "Klarit"}),
        ("沈工有几个客户", {"沈可", "沈一鸣"}),
        ("沈经理有几个客户", {"沈可", "沈一鸣"}),
        ("陆总的客户", {"陆平"}),
    ],
)
def test_part_of_a_name_means_every_record_that_it_may_stand_for(vocabulary: Vocabulary, question: str, names: set[str]) -> None:
    assert {text for text, _ in named(question, vocabulary)} == names


@pytest.mark.parametrize("question", ["沈总共有几个客户", "陆工单有几张", "周工有几个客户"])
def test_surname_before_another_word_or_of_nobody_means_no_person(vocabulary: Vocabulary, question: str) -> None:
    assert named(question, vocabulary) == []
