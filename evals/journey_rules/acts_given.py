"""Criteria whose accounts are given as acts, not as records: what they ask for is judged apart from how texts are read.

``python -m evals.journey_rules.acts_given [FILE …]`` shows those that are judged wrongly; without a file those that reading was made with.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, cast

from evals.figures import Figure, share
from integrations.dictionary import CcCedict
from integrations.embeddings import SentenceEncoder
from tools.journey.acts import Act, Role, Side, Status
from tools.journey.criteria.linking import Known
from tools.journey.criteria.matching import Account, Matching
from tools.journey.criteria.objects import Objects
from tools.journey.criteria.occurrences import Occurrence, Person
from tools.journey.criteria.reading import Compiled, compile_criterion
from tools.journey.criteria.saying import say_rule
from tools.journey.criteria.schemas import Happened, Kind, happenings

FOLDER = Path(__file__).parents[1] / "datasets" / "stage_rules"
_HEAD = re.compile(r"## (zh|en) (\d{4}-\d\d-\d\d)")
_OCCASIONS: dict[Kind, Act] = {
    "visit": Act.MEET, "meeting": Act.MEET, "call": Act.MEET, "demo": Act.SHOW, "training": Act.SHOW, "mail": Act.SEND,
}  # fmt: skip


class GivenAct(NamedTuple):
    """One act of an account: what, whether it took place, whose side, in which role, to what, on which day."""

    act: Act
    status: Status
    who: str
    object: str
    day: date


class Case(NamedTuple):
    """A criterion, the day on which it is judged, and accounts with whether they fulfil it."""

    criterion: str
    language: Literal["zh", "en"]
    today: date
    accounts: list[tuple[bool, list[GivenAct]]]


class Judgement(NamedTuple):
    """What came of one criterion: what it was understood as, and the accounts that were judged wrongly."""

    compiled: Compiled
    wrong: list[tuple[bool, list[GivenAct]]]

    @property
    def right(self) -> bool:
        """Whether it was understood, and exactly the right accounts were found."""
        return self.compiled.rule is not None and not self.compiled.rule.accounts and not self.wrong


def read_cases(path: Path) -> list[Case]:
    """The criteria of a file in the format that the folder's README tells."""
    found: list[Case] = []
    head: re.Match[str] | None = None
    for line in filter(None, map(str.strip, path.read_text("utf-8").splitlines())):
        if line.startswith("## "):
            head = _HEAD.fullmatch(line)
        elif head is not None:
            found.append(Case(line, cast("Literal['zh', 'en']", head[1]), date.fromisoformat(head[2]), []))
            head = None
        else:
            found[-1].accounts.append((line[0] == "+", [_act(each) for each in line[1:].split(" ; ")]))
    return found


def _act(told: str) -> GivenAct:
    words, thing, day = (each.strip() for each in told.split(" | "))
    act, status, who = words.split()
    return GivenAct(Act(act), Status(status), who, "" if thing == "-" else thing, date.fromisoformat(day))


def judge_all(cases: Iterable[Case]) -> Iterator[Judgement]:
    """Each criterion on its own accounts."""
    dictionary = CcCedict()
    objects = Objects(dictionary, SentenceEncoder())
    known = Known(is_word=lambda word: bool(dictionary.glosses(word)))
    for case in cases:
        compiled = compile_criterion(case.criterion, case.today, known)
        if compiled.rule is None:
            yield Judgement(compiled, [])
            continue
        asked = tuple(happenings(compiled.rule.when))
        matching = Matching(objects, case.today)
        wrong = [each for each in case.accounts if (matching.holds(compiled.rule.when, _account(each[1], asked)) is not None) is not each[0]]
        yield Judgement(compiled, wrong)


def _account(acts: Iterable[GivenAct], asked: Iterable[Happened]) -> Account:
    """The acts as records would tell them, a record each. Of which kind a meeting was is not given, so that it is of the kind that is asked for."""
    wanted = [each.record for each in asked if each.record is not None]
    told = []
    for number, each in enumerate(sorted(acts, key=lambda each: each.day)):
        kinds = [kind for kind in wanted if _OCCASIONS.get(kind) is each.act or (kind in ("ticket", "request") and each.act in (Act.ASK, Act.OBJECT))]
        side = cast("Side", each.who if each.who in ("customer", "us", "third") else "customer")
        role = None if side == each.who else cast("Role", each.who)
        words, name = f"{each.act} {each.object}".strip(), f"A{number}"
        person = Person(side, role)
        told.append(
            Occurrence(
                each.act,
                each.status,
                each.day,
                "interactions",
                number,
                "crm",
                name,
                words,
                actor=person,
                partner=Person("customer"),
                object=each.object,
                kinds=frozenset(kinds),
            )
        )
    return Account(told)


def evaluate_acts_given() -> dict[str, Figure]:
    """``stage_rule_accuracy_acts_unseen`` on criteria that reading was not made with, and ``stage_rule_accuracy_acts`` on those that it was."""
    return {
        f"stage_rule_accuracy_acts{suffix}": share(sum(each.right for each in judged), len(judged))
        for suffix, pattern in (("", "acts_*.txt"), ("_unseen", "unseen_acts.txt"))
        if (judged := list(judge_all(case for path in sorted(FOLDER.glob(pattern)) for case in read_cases(path))))
    }


def main() -> None:
    """Print every criterion that was judged wrongly with what it was understood as, then how many were right."""
    options = argparse.ArgumentParser(prog="python -m evals.journey_rules.acts_given")
    options.add_argument("files", nargs="*", type=Path)
    files = options.parse_args().files or sorted(FOLDER.glob("acts_*.txt"))
    given = [case for path in files for case in read_cases(path)]
    judged = list(judge_all(given))
    for case, each in zip(given, judged, strict=True):
        if each.right:
            continue
        rule = each.compiled.rule
        print(
            f"\n{case.criterion} [{case.today}]\n   {say_rule(rule, case.language) if rule is not None else f'not understood: {each.compiled.not_understood}'}"
        )
        for holds, acts in each.wrong:
            print("   missed " if holds else "   wrongly", " ; ".join(f"{act.act} {act.status} {act.who} | {act.object} | {act.day}" for act in acts))
    print(f"\n{sum(each.right for each in judged)} of {len(judged)} right, {sum(each.compiled.rule is None for each in judged)} not understood")


if __name__ == "__main__":
    main()
