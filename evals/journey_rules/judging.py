"""Judges criteria on their stores: right is exactly the set of accounts that fulfil it, with nothing of its text refused."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from evals.figures import Figure, share
from evals.journey_rules.stores import Filler
from integrations.dictionary import CcCedict
from integrations.embeddings import SentenceEncoder
from tools.access.principal import Principal
from tools.crm.semantic import load_model
from tools.journey.criteria.judging import Judge
from tools.journey.criteria.objects import Objects
from tools.journey.criteria.reading import compile_criterion
from tools.journey.criteria.record_events import RecordEvents
from tools.journey.criteria.text_occurrences import TextOccurrences
from tools.journey.criteria.vocabulary import known_words
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine
from tools.trace.cells import Frozen

FOLDER = Path(__file__).parents[1] / "datasets" / "stage_rules"
Case = Mapping[str, Any]


class Judged(Frozen):
    """What came of one criterion: the accounts that were wrongly found or missed, and the words that were refused."""

    criterion: str
    wrongly: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    explained: int = 0
    near: int = 0

    @property
    def right(self) -> bool:
        """Whether exactly the right accounts were found."""
        return not (self.wrongly or self.missed or self.unread)


def evaluate_journey_rules() -> dict[str, Figure]:
    """``stage_rule_accuracy`` on our own criteria, ``stage_rule_accuracy_unseen`` on those that somebody else wrote, and ``…_acts…`` on given acts."""
    from evals.journey_rules.acts_given import evaluate_acts_given
    from evals.journey_rules.own import own_cases

    figures = {"stage_rule_accuracy": _figure(own_cases())}
    unseen = list(cases(sorted(FOLDER.glob("unseen*.jsonl"))))
    return figures | ({"stage_rule_accuracy_unseen": _figure(unseen)} if unseen else {}) | evaluate_acts_given()


def cases(paths: Iterable[Path]) -> Iterator[Case]:
    """The criteria of files."""
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _figure(given: Iterable[Case]) -> Figure:
    judged = list(judge_all(given))
    return share(sum(each.right for each in judged), len(judged))


def judge_all(given: Iterable[Case]) -> Iterator[Judged]:
    """Each criterion on its own store."""
    objects = Objects(CcCedict(), SentenceEncoder())
    with tempfile.TemporaryDirectory(prefix="plumb-rules-") as folder:
        engine = open_engine(f"sqlite:///{folder}/rules.db")
        filler = Filler(engine)
        for case in given:
            yield _judge(case, filler, objects)
        engine.dispose()


def _judge(case: Case, filler: Filler, objects: Objects) -> Judged:
    filler.fill(case["accounts"])
    principal, scope, today = Principal.local_owner(), PolicyScope(), date.fromisoformat(case["today"])
    with filler.sessions() as session:
        compiled = compile_criterion(case["criterion"], today, known_words(session, principal, scope, dictionary=objects.dictionary))
        if compiled.rule is None:
            return Judged(criterion=case["criterion"], unread=compiled.not_understood)
        sources = (RecordEvents(), TextOccurrences(load_model(session)))
        found = Judge(session, principal, scope, sources, objects, today).judge(compiled.rule, compiled.language)
    truth = {account["name"] for account in case["accounts"] if account["holds"]}
    named = {match.account for match in found.matches}
    return Judged(
        criterion=case["criterion"],
        wrongly=tuple(sorted(named - truth)),
        missed=tuple(sorted(truth - named)),
        near=len(case["accounts"]) - len(truth),
        explained=len({miss.account for miss in found.near_misses} - truth),
    )
