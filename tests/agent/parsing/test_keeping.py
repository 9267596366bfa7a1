"""A kept vocabulary is the same as one that was read from the store, and never that of another import."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from agent.parsing import Vocabulary
from agent.parsing.store_words.keeping import VocabularyFile
from tests.agent.parsing.conftest import NOW
from tools.crm.semantic import SemanticModel


def test_kept_vocabulary_equals_the_one_that_was_read(store: Session, model: SemanticModel, vocabulary: Vocabulary, tmp_path: Path) -> None:
    VocabularyFile(tmp_path).vocabulary(store, model, 1, NOW)
    again = VocabularyFile(tmp_path).vocabulary(store, model, 1, NOW)
    assert len(list(tmp_path.iterdir())) == 1
    assert (dict(again.terms), again.contents, again.longest) == (dict(vocabulary.terms), vocabulary.contents, vocabulary.longest)
    assert {key: set(held) for key, held in again.values.items()} == {key: set(held) for key, held in vocabulary.values.items()}


def test_next_import_replaces_the_file(store: Session, model: SemanticModel, tmp_path: Path) -> None:
    VocabularyFile(tmp_path).vocabulary(store, model, 1, NOW)
    (first,) = tmp_path.iterdir()
    VocabularyFile(tmp_path).vocabulary(store, model, 2, NOW)
    (second,) = tmp_path.iterdir()
    assert first.name != second.name


@pytest.mark.parametrize("damage", [b"", b"{", b'{"rows": {}}', b"\xff\xfe\x00"])
def test_damaged_file_is_made_anew(store: Session, model: SemanticModel, vocabulary: Vocabulary, tmp_path: Path, damage: bytes) -> None:
    VocabularyFile(tmp_path).vocabulary(store, model, 1, NOW)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert VocabularyFile(tmp_path).vocabulary(store, model, 1, NOW).contents == vocabulary.contents
