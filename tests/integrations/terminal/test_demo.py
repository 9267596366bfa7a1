"""The demo as somebody sees it who runs it for the first time, and again."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from agent.answer import Answer
from integrations.settings import Settings
from integrations.terminal.demo import DemoFolderTaken, DemoFolderUnwritable, DemoOutcome, DemoSizeUnknown, DemoStoreTaken, run_demo
from prompts.words import _catalogue
from tests.integrations.web.fake_copilot import famous_answer
from tools.access.principal import Principal
from tools.crm.models import Account, ImportRun
from tools.store.engine import open_engine

TODAY = date(2026, 3, 18)


@dataclass
class Answering:
    """Gives the same answer to everything and keeps what it was asked."""

    asked: list[str] = field(default_factory=list)

    def ask(self, question: str, principal: Principal, thread_id: str | None = None) -> Answer:
        self.asked.append(question)
        return famous_answer("en", "ab" * 32)


@dataclass(frozen=True)
class Place:
    """A data directory with a migrated store."""

    data: Path

    @property
    def engine(self) -> Engine:
        return open_engine(f"sqlite:///{self.data / 'plumbline.db'}")

    def run(self, size: str = "small", *, folder: Path | None = None, today: date = TODAY, quiet: bool = True, language: str = "en") -> DemoOutcome:
        return run_demo(self.engine, Settings(data_dir=self.data, today=today), Answering(), size, folder, quiet, language)

    def imports(self) -> int:
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).select_from(ImportRun)) or 0


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> tuple[Place, DemoOutcome]:
    data = tmp_path_factory.mktemp("demo")
    (data / "plumbline.db").write_bytes(sqlite_template)
    place = Place(data)
    return place, place.run()


@pytest.fixture
def done(first: tuple[Place, DemoOutcome]) -> Place:
    """A demo that has run; to be looked at only."""
    return first[0]


@pytest.fixture
def empty(tmp_path: Path, sqlite_template: bytes) -> Place:
    (tmp_path / "plumbline.db").write_bytes(sqlite_template)
    return Place(tmp_path)


def test_first_run_writes_imports_and_asks_three_questions(first: tuple[Place, DemoOutcome]) -> None:
    place, outcome = first

    assert (outcome["written"], outcome["imported"], len(outcome["answers"])) == (True, True, 3)
    assert outcome["folder"] == str(place.data / "demo-company-small")
    with Session(place.engine) as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 400


def test_second_run_goes_straight_to_the_questions(done: Place) -> None:
    again = done.run()

    assert (again["written"], again["imported"], len(again["answers"])) == (False, False, 3)
    assert done.imports() == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_questions_are_in_both_languages(done: Place, language: str) -> None:
    outcome = done.run(language=language)

    chinese = [any("\u4e00" <= letter <= "\u9fff" for letter in answer["question"]) for answer in outcome["answers"]]
    assert sum(chinese) == (1 if language == "en" else 2)


def test_progress_and_answers_go_to_their_own_streams(done: Place, capsys: pytest.CaptureFixture[str]) -> None:
    done.run(quiet=False)

    printed = capsys.readouterr()
    assert "It is imported and unchanged." in printed.err
    assert "› Top 5 accounts by won value this year" in printed.out
    assert printed.out.count("Sources") == 3
    assert "plumb trace show abababababab" in printed.out
    assert "Try next" in printed.out


def test_quiet_run_prints_nothing(done: Place, capsys: pytest.CaptureFixture[str]) -> None:
    done.run()

    assert capsys.readouterr() == ("", "")


@pytest.mark.slow
def test_file_that_was_edited_is_imported_again(done: Place, tmp_path: Path) -> None:
    place = Place(Path(shutil.copytree(done.data, tmp_path / "copy")))
    with Session(place.engine) as session:  # the copy has another path
        session.scalars(select(ImportRun)).one().folder = str(place.data / "demo-company-small")
        session.commit()
    assert place.run()["imported"] is False
    accounts = place.data / "demo-company-small" / "accounts.csv"
    accounts.write_text(accounts.read_text("utf-8").replace("A00001,", "A99999,", 1), "utf-8")
    later = datetime.now(UTC).timestamp()
    os.utime(accounts, (later, later))

    outcome = place.run()

    assert (outcome["written"], outcome["imported"]) == (False, True)
    with Session(place.engine) as session:
        assert session.scalar(select(Account.source_id).where(Account.source_id == "A99999")) == "A99999"


@pytest.mark.slow
def test_company_of_last_week_is_invented_again(done: Place, tmp_path: Path) -> None:
    place = Place(Path(shutil.copytree(done.data, tmp_path / "copy")))

    outcome = place.run(today=date(2026, 3, 26))

    assert (outcome["written"], outcome["imported"]) == (True, True)


def test_company_that_was_cut_short_is_written_whole(empty: Place) -> None:
    folder = empty.data / "demo-company-small"
    folder.mkdir()
    (folder / "accounts.csv").write_text("Account ID\nA0", "utf-8")

    assert empty.run()["written"] is True
    assert (folder / "interactions.csv").stat().st_size > 100_000


def test_folder_of_somebody_else_is_left_alone(empty: Place, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "accounts.csv").write_text("mine", "utf-8")
    (folder / "letter.txt").write_text("dear", "utf-8")

    with pytest.raises(DemoFolderTaken):
        empty.run(folder=folder)

    assert (folder / "accounts.csv").read_text("utf-8") == "mine"
    assert empty.imports() == 0


def test_place_that_is_no_folder_is_said(empty: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")

    with pytest.raises(DemoFolderUnwritable):
        empty.run(folder=tmp_path / "file" / "demo")


def test_records_of_a_real_system_are_not_mixed_with_invented_ones(empty: Place) -> None:
    with Session(empty.engine) as session:
        now = datetime(2026, 3, 2, tzinfo=UTC)
        session.add(ImportRun(id=1, system="northwind", folder="x", started_at=now, finished_at=now, mapping={}, totals={}))
        session.commit()

    with pytest.raises(DemoStoreTaken) as caught:
        empty.run()

    assert caught.value.data == {"system": "northwind"}
    assert not (empty.data / "demo-company-small").exists()


def test_unknown_size_is_refused(empty: Place) -> None:
    with pytest.raises(DemoSizeUnknown):
        empty.run("enormous")


def test_every_text_of_the_demo_is_there_in_both_languages() -> None:
    texts = {key: text for key, text in _catalogue().items() if key.startswith("demo_")}

    assert texts
    assert [key for key, text in texts.items() if set(text) != {"en", "zh"}] == []
