"""No corruption of a true answer passes, nearly every honest rewording does. The counts are printed (pytest -s)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from agent.answer import Language
from agent.composing.draft import Draft, Sentence, render_sentence
from agent.verifying.text import check_sentence
from tests.agent.composing.company import draft_of, store
from tests.agent.composing.shapes import ALL
from tests.agent.verifying.mutations import OPERATORS, corrupted
from tests.agent.verifying.rewordings import rewordings

EVERY = 4  # one in so many corruptions of each operator and answer: all of them take a quarter of a minute
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def sentences(currencies: bool = False) -> Iterator[tuple[Sentence, Draft]]:
    """Every sentence of the answers to every shape of question, in both languages."""
    for plan in ALL:
        for language in LANGUAGES:
            draft = draft_of(plan, language, session=store(currencies))
            for sentence in draft.sentences:
                yield sentence, draft


def test_corrupted_answers_are_refused() -> None:
    made, passed, seen = Counter[str](), list[str](), Counter[str]()
    for sentence, draft in sentences():
        for operator, text in corrupted(sentence, draft):
            seen[operator] += 1
            if seen[operator] % EVERY and seen[operator] > 40:
                continue
            made[operator] += 1
            if not check_sentence(text, sentence, draft):
                passed.append(f"{operator}: {text}")
    print(f"\n{sum(made.values())} corrupted answers, {len(passed)} passed; by operator: {dict(made)}")
    assert made.keys() == OPERATORS.keys()
    assert sum(made.values()) >= 300
    assert not passed


def test_corrupted_answers_with_currencies_are_refused() -> None:
    passed = []
    total = 0
    for sentence, draft in sentences(currencies=True):
        for operator, text in corrupted(sentence, draft):
            if operator in {"currency", "magnitude", "row_swap"}:
                total += 1
                passed += [f"{operator}: {text}"] if not check_sentence(text, sentence, draft) else []
    print(f"\n{total} corrupted amounts in two currencies, {len(passed)} passed")
    assert total >= 300
    assert not passed


def test_the_answers_themselves_are_accepted() -> None:
    refused = [render_sentence(s, d) for currencies in (False, True) for s, d in sentences(currencies) if check_sentence(render_sentence(s, d), s, d)]
    assert not refused


def test_honest_rewordings_are_accepted() -> None:
    total, refused = 0, []
    for sentence, draft in sentences():
        for text in rewordings(render_sentence(sentence, draft), draft.language):
            total += 1
            faults = check_sentence(text, sentence, draft)
            refused += [f"{text} {faults}"] if faults else []
    print(f"\n{total} honest rewordings, {len(refused)} refused: {refused}")
    assert total >= 150
    assert len(refused) <= total / 100
