"""The real Chroma under the real search, in a folder of the test's own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from integrations.settings import Settings
from integrations.terminal.indexing import run_index
from integrations.vectors.behind import IndexingBehind
from integrations.vectors.chroma import ChromaIndex, VectorServerUnreachable, open_index
from integrations.vectors.searching import InstalledSearch
from prompts.words import say
from tests.tools.crm.texts_of_a_company import found_company, notes_by_id
from tools.access.principal import Principal
from tools.crm.models import Interaction
from tools.crm.ports import Vectors
from tools.crm.semantic import load_model
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, open_sessions
from tools.store.migrating import migrate


def directions(n: int) -> Vectors:
    made = np.random.default_rng(7).normal(size=(n, 512)).astype(np.float32)
    unit: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Engine]:
    migrate(f"sqlite:///{tmp_path / 'plumbline.db'}")
    engine = open_engine(f"sqlite:///{tmp_path / 'plumbline.db'}")
    with open_sessions(engine)() as session:
        found_company(session)
    yield engine
    engine.dispose()


def about(engine: Engine, search: InstalledSearch, text: str) -> set[str]:
    with open_sessions(engine)() as session:
        found = search.about(session, load_model(session), Principal.local_owner(), PolicyScope(), "interaction", text)
        names = notes_by_id(session)
        return {names[record] for record in found.records}


@pytest.mark.slow
def test_nearest_come_first_with_their_cosine(tmp_path: Path) -> None:
    index, vectors = ChromaIndex(tmp_path / "vectors"), directions(50)
    index.add("notes", [f"n{number}" for number in range(50)], vectors)
    near = index.query("notes", vectors[3], 5)
    assert near[0][0] == "n3"
    assert near[0][1] == pytest.approx(1, abs=1e-4)
    assert [similarity for _, similarity in near] == sorted((similarity for _, similarity in near), reverse=True)
    assert near[1][1] == pytest.approx(float(np.sort(vectors @ vectors[3])[-2]), abs=1e-3)


@pytest.mark.slow
def test_vectors_stay_over_a_restart_and_go_when_deleted(tmp_path: Path) -> None:
    vectors = directions(3)
    ChromaIndex(tmp_path / "vectors").add("texts-custom:访谈.内容", ["a", "b", "c"], vectors)
    program = (
        "import sys, json; from pathlib import Path; from integrations.vectors.chroma import ChromaIndex;"
        "i = ChromaIndex(Path(sys.argv[1])); n = 'texts-custom:访谈.内容'; i.delete(n, ['b', 'nowhere']);"
        "print(json.dumps([sorted(i.ids(n)), i.count(n)]))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "vectors")], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert json.loads(done.stdout) == [["a", "c"], 2]


@pytest.mark.slow
def test_collection_that_does_not_exist_is_empty(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path / "vectors")
    index.delete("nowhere", ["a"])
    assert (index.count("nowhere"), index.ids("nowhere"), index.query("nowhere", directions(1)[0], 5), index.vectors("nowhere", ["a"])) == (
        0,
        frozenset(),
        (),
        {},
    )


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_server_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path, language: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    index = open_index(Settings(data_dir=tmp_path, chroma_url=url))
    with pytest.raises(VectorServerUnreachable) as caught:
        index.count("notes")
    assert url in say(caught.value.key, language, **caught.value.data)


@pytest.mark.slow
def test_server_serves_as_the_embedded_index_does(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).parent / "chroma"
    if not chroma.exists():
        pytest.skip("the chroma command is not installed")
    with subprocess.Popen(
        [chroma, "run", "--path", str(tmp_path / "server"), "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            index, vectors = open_index(Settings(data_dir=tmp_path, chroma_url=f"http://127.0.0.1:{port}")), directions(10)
            _wait_for(index)
            index.add("notes", [f"n{number}" for number in range(10)], vectors)
            assert index.query("notes", vectors[4], 1)[0][0] == "n4"
            assert index.count("notes") == 10
        finally:
            server.terminate()


def _wait_for(index: ChromaIndex) -> None:
    for _ in range(100):
        try:
            index.count("notes")
        except VectorServerUnreachable:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not start")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_index_command_reads_all_texts_once_and_says_so(company: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    settings = Settings(data_dir=tmp_path)
    first, second = run_index(company, settings, False, language), run_index(company, settings, True, language)
    assert (first.texts, first.held, second.texts, second.held) == (12, 12, 0, 12)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "12" in printed.err


@pytest.mark.slow
def test_either_language_finds_the_other_in_the_real_index(company: Engine, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    search = InstalledSearch(settings)
    assert about(company, search, "用户培训已完成") == set()
    run_index(company, settings, True, "en")
    assert about(company, search, "用户培训已完成") >= {"training-en", "training-zh"}
    assert about(company, search, "legal changes to the contract") >= {"lawyer-en", "lawyer-zh"}
    assert about(company, search, "vegetarian food") == set()


@pytest.mark.slow
def test_thread_behind_the_program_indexes_and_ends(company: Engine, tmp_path: Path) -> None:
    search = InstalledSearch(Settings(data_dir=tmp_path))
    behind = IndexingBehind(company, search, look_every_s=0.05)
    behind.start()
    deadline = time.monotonic() + 30
    while not about(company, search, "用户培训已完成") and time.monotonic() < deadline:
        time.sleep(0.1)
    behind.stop()
    assert about(company, search, "用户培训已完成") >= {"training-en", "training-zh"}
    with open_sessions(company)() as session:
        assert session.query(Interaction).count() == 12
