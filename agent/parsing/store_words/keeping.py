"""Keeps the vocabulary of one import in a file, so that a new process need not read the whole store for its first question."""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from agent.parsing.store_words.bearers import Bearer
from agent.parsing.store_words.building import build_vocabulary
from agent.parsing.store_words.contents import Contents, FieldContent
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary
from tools.crm.semantic import SemanticModel
from tools.store.classification import Classification

FORM = 11  # raised whenever a vocabulary is built otherwise than before


class VocabularyFile:
    """The kept vocabulary of one store; a file of another import, or one that can't be read, is made anew."""

    def __init__(self, folder: Path) -> None:
        """``folder`` lies in the data directory: the file names what the store names."""
        self.folder = folder

    def vocabulary(self, session: Session, model: SemanticModel, import_id: int, finished_at: datetime | None) -> Vocabulary:
        """The vocabulary of the store as this import left it."""
        path = self.folder / f"{_identity(session, model, import_id, finished_at)}.json"
        try:
            return _read(json.loads(path.read_text("utf-8")), model)
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            found = build_vocabulary(session, model)
            self._keep(path, found)
            return found

    def _keep(self, path: Path, vocabulary: Vocabulary) -> None:
        """Written whole under its name; what earlier imports left goes. A full disk costs the next start, not this answer."""
        whole = path.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            whole.write_text(json.dumps(_written(vocabulary), ensure_ascii=False, separators=(",", ":")), "utf-8")
            whole.replace(path)
            for other in self.folder.glob("*.json"):
                if other != path:
                    other.unlink(missing_ok=True)
        except OSError:
            whole.unlink(missing_ok=True)


def _identity(session: Session, model: SemanticModel, import_id: int, finished_at: datetime | None) -> str:
    where = session.get_bind().engine.url.render_as_string(hide_password=True)
    words = sorted(f"{entity.key}.{field.key}" for entity in model.entities.values() for field in entity.fields.values())
    return hashlib.sha256(repr((FORM, model.version, words, where, import_id, finished_at)).encode()).hexdigest()[:32]


def _written(vocabulary: Vocabulary) -> dict[str, Any]:
    keys: dict[Value, list[tuple[str, str]]] = defaultdict(list)
    for key, held in vocabulary.values.items():
        for value, source in held:
            keys[value].append((key, source))
    return {
        "rows": vocabulary.contents.rows,
        "fields": [[entity, key, each.count, _iso(each.first), _iso(each.last)] for (entity, key), each in vocabulary.contents.fields.items()],
        "values": [[v.entity, v.field, v.text, v.count, v.title, int(v.classification), found] for v, found in keys.items()],
        "terms": [[key, [[t.what, t.entity, t.key, t.rank, t.filled] for t in held]] for key, held in vocabulary.terms.items()],
        "longest": vocabulary.longest,
        "namesakes": [[*key, [[each.record, sorted(each.marks)] for each in held]] for key, held in vocabulary.namesakes.items()],
    }


def _read(raw: dict[str, Any], model: SemanticModel) -> Vocabulary:
    contents = Contents(rows=raw["rows"])
    for entity, key, count, first, last in raw["fields"]:
        contents.fields[(entity, key)] = FieldContent(count, {}, _day(first), _day(last))
    vocabulary = Vocabulary(model, contents, longest=raw["longest"])
    for entity, field, text, count, title, level, found in raw["values"]:
        value = Value(entity, field, text, count, title, Classification(level))
        contents.fields[(entity, field)].values[text] = count
        for key, source in found:
            vocabulary.values[key].append((value, source))
    for entity, name, held in raw["namesakes"]:
        vocabulary.namesakes[(entity, name)] = tuple(Bearer(record, frozenset(marks)) for record, marks in held)
    for key, held in raw["terms"]:
        vocabulary.terms[key] = [Term(*each) for each in held]
    return vocabulary


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
