"""The exports that questions are put to, each imported once, the way ``plumb import FOLDER --yes`` does."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import app
from integrations.terminal.importing import run_import
from tools.crm.demo.company import write_demo

BUILD = Path("build/evals")
DEMO_DAY = date(2026, 11, 20)
DEMO_SEED = 7
MAVEN = Path("../shared/data/maven-crm")
DATASETS = Path(__file__).parent.parent / "datasets"
ROOT = Path(__file__).parent.parent.parent
IMPORTS_BY = (ROOT / "tools", ROOT / "integrations" / "terminal" / "importing.py", ROOT / "integrations" / "embeddings")
KEPT = 2  # earlier imports that stay, because another process may be copying one


def export(data: str) -> Path | None:
    """The folder of the export called ``data``: maven, demo (written when it is not there), or one that lies here. None where it is absent."""
    if data == "demo":
        return _demo()
    folder = MAVEN if data == "maven" else DATASETS / f"{data}_sales" / "export"
    return folder if any(folder.glob("*.csv")) else None


def imported(data: str, folder: Path) -> Path:
    """A data directory that holds the export, imported by the code as it stands. Not to be asked itself: questions leave traces, so copy it."""
    place = BUILD / f"{data}-{_fingerprint((*IMPORTS_BY, folder))}"
    if not place.is_dir():
        fresh = BUILD / f".{data}-{os.getpid()}"
        import_export(folder, fresh, data)
        try:
            fresh.rename(place)
        except OSError:  # another process was quicker
            shutil.rmtree(fresh)
        _tidy(data)
    return place


def import_export(folder: Path, place: Path, data: str) -> None:
    """Import an export into a fresh data directory; ``data`` is what the system is called."""
    settings = app.settings_for().model_copy(update={"data_dir": place, "database_url": None})
    engine = app.open_store(settings)
    try:
        run_import(engine, settings, folder, None, None, True, data, quiet=True, language="en")
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    finally:
        engine.dispose()


def _demo() -> Path:
    place = BUILD / f"demo-export-{_fingerprint((ROOT / 'tools' / 'crm' / 'demo',))}"
    if not place.is_dir():
        fresh = BUILD / f".demo-export-{os.getpid()}"
        write_demo(fresh / "demo", "small", DEMO_SEED, DEMO_DAY)  # its truth lies beside the folder
        try:
            fresh.rename(place)
        except OSError:
            shutil.rmtree(fresh)
        _tidy("demo-export")
    return place / "demo"


def _tidy(name: str) -> None:
    """Leave the latest few of a kind."""
    found = [each for each in BUILD.glob(f"{name}-*") if each.is_dir() and len(each.name) == len(name) + 17]
    for old in sorted(found, key=lambda each: each.stat().st_mtime)[: -KEPT - 1]:
        shutil.rmtree(old, ignore_errors=True)


def _fingerprint(places: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for place in places:
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
