"""The index of letter pairs finds what comparing every name would find."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from agent.parsing.language import spelling
from agent.parsing.language.spelling import Spellings

SYLLABLES = ["bar", "nor", "tel", "mon", "ver", "lin", "sky", "ost", "wick", "ford", "grey", "hall"]
SIGNS = "恒星科技华远东方海天金石明德信息"
LETTERS = st.text(alphabet="abc恒星", min_size=1, max_size=14)


def invented(count: int, seed: int = 3) -> list[str]:
    """Names in both scripts."""
    rng = Random(seed)
    latin = {"".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(count)}
    han = {"".join(rng.choices(SIGNS, k=rng.randint(2, 7))) for _ in range(count)}
    return sorted(latin | han)


@pytest.fixture(scope="module")
def many() -> Spellings:
    names = invented(6_000)
    assert len(names) > spelling.FEW
    return Spellings(names)


def test_misspelt_names_are_found_as_by_comparing_all(many: Spellings) -> None:
    rng = Random(5)
    found = 0
    for _ in range(300):
        name = rng.choice(many.names)
        at = rng.randrange(len(name))
        word = rng.choice([name[:at] + name[at + 1 :], name[:at] + "x" + name[at:], name[:at] + "q" + name[at + 1 :], "".join(rng.choices(SYLLABLES, k=3))])

        near = many.similar(word, 84.0, 3)

        assert near == [(name, score) for name, score, _ in process.extract(word, many.names, scorer=fuzz.ratio, score_cutoff=84.0, limit=3)], word
        found += bool(near)
    assert found > 100


def test_parts_of_names_are_found_as_by_looking_into_all(many: Spellings) -> None:
    rng = Random(6)
    for _ in range(300):
        name = rng.choice(many.names)
        part = name[rng.randrange(len(name) - 1) :][: rng.randint(2, 5)]
        part = part if len(part) > 1 else "zz"

        assert list(many.holding(part)) == [each for each in many.names if part in each]


@settings(max_examples=150, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=30, unique=True), LETTERS, st.sampled_from([70.0, 84.0, 95.0]))
def test_index_of_any_names_misses_none(names: list[str], word: str, cutoff: float) -> None:
    index = Spellings(names)

    alike = set(index._alike(word, cutoff))
    parts = [name for name in index._with_pairs(word) if word in name] if len(word) > 1 else None

    assert {name for name in names if fuzz.ratio(word, name) >= cutoff} <= alike
    assert parts is None or parts == [name for name in names if word in name]
