"""Keeps sentence vectors in Chroma. Vectors always come from us, so that Chroma never loads a model of its own; nothing is reported home."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar
from urllib.parse import urlsplit

import numpy as np

from integrations.settings import Settings
from tools.crm.ports import Vectors
from tools.store.errors import PlumbError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

BATCH = 4000
PAGE = 20_000
SAFE_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]{1,60}[a-zA-Z0-9]")

Result = TypeVar("Result")


class VectorServerUnreachable(PlumbError):
    """The configured Chroma server does not answer. Data: ``url``."""

    key: ClassVar[str] = "vector_server_unreachable"


class ChromaIndex:
    """Implements :class:`tools.crm.ports.VectorIndex` in cosine space. Opened with the first call; safe to use from several threads.

    The embedded form is made for one process that writes at a time.
    """

    def __init__(self, folder: Path | None = None, url: str | None = None) -> None:
        """Either a folder of ours, or the URL of a server."""
        self.folder, self.url = folder, url
        self._client: ClientAPI | None = None
        self._opening = threading.Lock()

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors, replacing those of the same id. Raises VectorServerUnreachable, as everything here does."""
        if not ids:
            return
        kept = self._asked(lambda client: _made(client, collection))
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            self._asked(lambda _, part=part: kept.upsert(ids=list(ids[part]), embeddings=vectors[part]))  # type: ignore[misc]

    def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Forget vectors."""
        kept = self._asked(lambda client: _found(client, collection))
        for start in range(0, len(ids) if kept else 0, BATCH):
            part = list(ids[start : start + BATCH])
            self._asked(lambda _, part=part: kept.delete(ids=part))  # type: ignore[misc,union-attr]

    def query(self, collection: str, vector: Vectors, k: int) -> tuple[tuple[str, float], ...]:
        """Nearest ids with their cosine similarity."""
        kept = self._asked(lambda client: _found(client, collection))
        wanted = min(k, self._asked(lambda _: kept.count())) if kept else 0
        if not kept or wanted < 1:
            return ()
        result = self._asked(lambda _: kept.query(query_embeddings=vector[None, :], n_results=wanted, include=["distances"]))
        distances = result["distances"]
        assert distances is not None  # noqa: S101 - they were asked for
        return tuple((one, 1.0 - float(distance)) for one, distance in zip(result["ids"][0], distances[0], strict=True))

    def vectors(self, collection: str, ids: Sequence[str]) -> dict[str, Vectors]:
        """Vectors by id."""
        kept = self._asked(lambda client: _found(client, collection))
        found: dict[str, Vectors] = {}
        for start in range(0, len(ids) if kept else 0, BATCH):
            part = list(ids[start : start + BATCH])
            result = self._asked(lambda _, part=part: kept.get(ids=part, include=["embeddings"]))  # type: ignore[misc,union-attr]
            embeddings = result["embeddings"]
            if embeddings is not None:
                found |= {one: np.asarray(held, dtype=np.float32) for one, held in zip(result["ids"], embeddings, strict=True)}
        return found

    def ids(self, collection: str) -> frozenset[str]:
        """All ids."""
        kept = self._asked(lambda client: _found(client, collection))
        found: set[str] = set()
        while kept:
            page = self._asked(lambda _: kept.get(limit=PAGE, offset=len(found), include=[]))["ids"]
            found.update(page)
            if len(page) < PAGE:
                break
        return frozenset(found)

    def count(self, collection: str) -> int:
        """Number of ids."""
        kept = self._asked(lambda client: _found(client, collection))
        return self._asked(lambda _: kept.count()) if kept else 0

    def _asked(self, act: Callable[[ClientAPI], Result]) -> Result:
        import httpx

        try:
            return act(self._open())
        except (httpx.TransportError, ConnectionError) as error:
            raise VectorServerUnreachable(url=self.url or str(self.folder)) from error

    def _open(self) -> ClientAPI:
        with self._opening:
            if self._client is None:
                self._client = _served(self.url) if self.url else _embedded(self.folder or Path("vectors"))
            return self._client


def open_index(settings: Settings) -> ChromaIndex:
    """The index of this installation: the configured server, else a folder in the data directory."""
    return ChromaIndex(url=settings.chroma_url) if settings.chroma_url else ChromaIndex(settings.data_dir / "vectors")


def _embedded(folder: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))


def _served(url: str) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    parts = urlsplit(url)
    secure = parts.scheme == "https"
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except ValueError as error:  # what Chroma makes of a refused connection
        raise VectorServerUnreachable(url=url) from error


def _made(client: ClientAPI, collection: str) -> Collection:
    return client.get_or_create_collection(_name(collection), embedding_function=None, configuration={"hnsw": {"space": "cosine"}})


def _found(client: ClientAPI, collection: str) -> Collection | None:
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(_name(collection), embedding_function=None)
    except NotFoundError:
        return None


def _name(collection: str) -> str:
    """A name that Chroma takes; one with other characters (a table that an export brought) is named by its digest."""
    if SAFE_NAME.fullmatch(collection):
        return collection
    return f"c-{blake2b(collection.encode(), digest_size=12).hexdigest()}"
