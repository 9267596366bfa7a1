"""``plumb demo`` from nothing, and again."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Plumb

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo_command")]


def test_demo_answers_its_questions_with_sources_and_runs_again(empty: Plumb) -> None:
    first = empty.started("demo", "--json")
    again = empty("demo", language="zh")

    assert first.code == 0, first.err
    assert (first.json["written"], first.json["imported"]) == (True, True)
    for answer in first.json["answers"]:
        assert answer["claims"], answer["answer"]
        assert answer["sources"], answer["answer"]
    assert [answer["language"] for answer in first.json["answers"]] == ["en", "en", "zh"]
    assert again.code == 0, again.err
    assert "数据已导入" in again.err
    assert again.out.count("›") == 3
    assert again.out.count("来源") + again.out.count("Sources") == 3


@pytest.mark.parametrize(("words", "named"), [(("--size", "tiny"), "tiny"), (("--folder", "/proc/version"), "/proc/version")])
def test_demo_that_cannot_be_made_says_so(empty: Plumb, words: tuple[str, ...], named: str) -> None:
    done = empty("demo", *words, language="zh")

    assert done.code == 2
    assert named in done.err
    done.says_one_sentence("zh")
