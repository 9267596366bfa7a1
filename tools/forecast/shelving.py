"""Keeps what was learnt of deals in files, so that a new process need not learn it again. Arrays and plain JSON only: reading a file runs no code."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from tools.forecast.backtesting import Lookback
from tools.forecast.history import Coded, Events, History, Revision
from tools.forecast.rolling import Rolled
from tools.forecast.simulating import Drawn, Period

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[np.generic]]

FORM = 1
"""Raised whenever anything of what is kept is worked out otherwise than before."""
MOST = 8
KEPT = {each.__name__: each for each in (History, Coded, Events, Revision, Rolled, Drawn, Lookback, Period)}


class Shelf:
    """Files of one folder in the data directory, each readable by its owner alone, for it names what a person may see."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when something is kept."""
        self.folder = folder

    def put(self, version: str, key: str, held: Mapping[str, object]) -> None:
        """Keep something; what belongs to other versions of the data goes. A full disk costs the next start, not this answer."""
        import numpy as np

        arrays: Arrays = {}
        text = json.dumps(_packed(dict(held), arrays), ensure_ascii=False, separators=(",", ":"))
        path = self._path(version, key)
        whole = path.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                np.savez(file, **arrays, text=np.frombuffer(text.encode(), np.uint8))  # type: ignore[arg-type] # numpy names one keyword of its own
            whole.replace(path)
            self._tidy(path)
        except OSError:
            whole.unlink(missing_ok=True)

    def get(self, version: str, key: str) -> dict[str, Any] | None:
        """What was kept under a key for this version of the data; None where nothing is, or nothing that can be read."""
        import numpy as np

        try:
            with np.load(self._path(version, key), allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            found: dict[str, Any] = _unpacked(json.loads(arrays["text"].tobytes().decode()), arrays)
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
            return None
        return found

    def _path(self, version: str, key: str) -> Path:
        return self.folder / f"{_digest(f'{FORM} {version}')[:16]}-{_digest(key)[:32]}.npz"

    def _tidy(self, latest: Path) -> None:
        version = latest.name.split("-", maxsplit=1)[0]
        own = sorted((each for each in self.folder.glob("*.npz") if each.name.startswith(version)), key=lambda each: each.stat().st_mtime)
        others = [each for each in self.folder.glob("*.npz") if not each.name.startswith(version)]
        for each in (*others, *own[:-MOST]):
            each.unlink(missing_ok=True)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _packed(value: object, arrays: Arrays) -> object:
    """A value as JSON, its arrays put aside."""
    import numpy as np

    if isinstance(value, np.ndarray):
        name = f"a{len(arrays)}"
        arrays[name] = value
        return {"array": name}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, Mapping):
        return {"map": [[key, _packed(each, arrays)] for key, each in value.items()]}
    if isinstance(value, tuple):
        return {"words": list(value)} if all(isinstance(each, str) for each in value) else {"tuple": [_packed(each, arrays) for each in value]}
    if is_dataclass(value) and type(value).__name__ in KEPT:
        return {"is": type(value).__name__, "of": [_packed(getattr(value, each.name), arrays) for each in fields(value)]}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{type(value).__name__} is not kept")


def _unpacked(value: Any, arrays: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what a file holds
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return arrays[value["array"]]
    if "moment" in value:
        return datetime.fromisoformat(value["moment"])
    if "map" in value:
        return {key: _unpacked(each, arrays) for key, each in value["map"]}
    if "words" in value:
        return tuple(value["words"])
    if "tuple" in value:
        return tuple(_unpacked(each, arrays) for each in value["tuple"])
    return KEPT[value["is"]](*(_unpacked(each, arrays) for each in value["of"]))
