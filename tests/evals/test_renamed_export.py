"""Nothing that is understood hangs on the words of one export: with every file, column, name and category renamed, as many answers are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.asked.raw import Raw
from evals.asked.renaming import AFTER, BEFORE, cases, evaluate_renamed, write_export

MOST_FALL = 0.03
LEAST_RIGHT = 0.9

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("renamed")]


def test_skins_share_no_header_name_or_category() -> None:
    for skin in AFTER:
        for held in ("files", "values", "names"):
            assert not _words(getattr(BEFORE, held)) & _words(getattr(skin, held)), (skin.key, held)
        assert all(len(skin.values[key]) == len(values) for key, values in BEFORE.values.items())
        assert all(len(skin.names[key]) == len(names) for key, names in BEFORE.names.items())
        assert not set(BEFORE.columns.values()) & set(skin.columns.values()), skin.key


def test_truths_are_the_same_under_other_words(tmp_path: Path) -> None:
    held = {}
    for skin in (BEFORE, *AFTER):
        write_export(skin, tmp_path / skin.key)
        raw = Raw(tmp_path / skin.key)
        held[skin.key] = {case.id: _shape(case.truth(raw)) for case in cases(skin)}

    assert len(held[BEFORE.key]) >= 240
    for skin in AFTER:
        assert held[skin.key] == held[BEFORE.key]


def test_renamed_export_is_understood_as_well() -> None:
    found = evaluate_renamed()

    print({name: (round(figure.metric, 4), figure.n) for name, figure in found.items()})
    assert found["renamed_accuracy_drop"].metric <= MOST_FALL
    assert found[f"renamed_accuracy_{BEFORE.key}"].metric >= LEAST_RIGHT


def _words(held: dict[str, object]) -> set[str]:
    return {word for value in held.values() for word in ((value,) if isinstance(value, str) else value)}  # type: ignore[attr-defined]


def _shape(expected: object) -> object:
    """The figures of a truth, without its words."""
    values = getattr(expected, "values", None)
    if values is not None:
        return sorted(values.values())
    names = getattr(expected, "names", None)
    if names is not None:
        return len(names)
    value = getattr(expected, "value", None)
    return "text" if isinstance(value, str) else value
