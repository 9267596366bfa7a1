"""Questions with the query that each asks for, and what the parser makes of them before ranking."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from random import Random

from agent.answer import Language
from agent.parsing.language.incoming import spoken_language
from agent.parsing.linking.links import link
from agent.parsing.parsed import everything
from agent.parsing.ranking.model import shortlist
from agent.parsing.reading.candidates import readings
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.signals import read_signals
from agent.parsing.refusing import check_answerable
from evals.ranking.meaning import meaning
from evals.ranking.sampling import LANGUAGES, Sample, Sampler
from evals.ranking.schemas import TODAY, Invented
from evals.ranking.wording import put
from tools.crm.semantic import SemanticModel


@dataclass(frozen=True)
class Question:
    """One question with its readings, the best of the hand-set score first, and which of them mean what was drawn.

    ``way`` is the place of its phrasing among those of its shape.
    """

    store: str
    text: str
    language: Language
    sample: Sample
    way: int
    readings: tuple[Reading, ...]
    right: tuple[bool, ...]


def questions(store: Invented, count: int, seed: int) -> Iterator[Question]:
    """``count`` questions to one store, half of them in each language; those that the parser refuses before ranking have no readings."""
    random = Random(f"{seed}:{store.name}")  # noqa: S311 - invented questions
    sampler = Sampler(store, random)
    paths = Paths(store.vocabulary)
    for number in range(count):
        sample = sampler.draw()
        text, way = put(sample, LANGUAGES[number % 2], random)
        linked = link(text, store.vocabulary, TODAY, everything)
        language = spoken_language(text, linked)
        found: tuple[Reading, ...] = ()
        if check_answerable(linked, store.vocabulary) is None:
            found = tuple(shortlist(readings(read_signals(linked), paths, None)).values())
        wanted = _meaning(sample, sample.focus, store.model)
        right = tuple(_meaning_of(each, sample, store.model) == wanted for each in found)
        yield Question(store.name, text, language, sample, way, found, right)


def _meaning(sample: Sample, focus: str, model: SemanticModel) -> Hashable:
    return meaning(sample.query, model, focus, sample.asked_limit)


def _meaning_of(reading: Reading, sample: Sample, model: SemanticModel) -> Hashable:
    return meaning(reading.query(), model, reading.focus, sample.asked_limit)
