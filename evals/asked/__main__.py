"""The quick way in for those who work on understanding: ask one set, print each failure in three lines and a summary."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from evals.asked.asking import Asked, ask_set, data_of
from evals.asked.describing import as_lines, summary
from evals.asked.expecting import Case, QuestionSet
from evals.asked.judging import Verdict, judge
from evals.asked.sets import SETS, load_set
from evals.asked.switching import Switches


def main(
    sets: Annotated[list[str] | None, typer.Option("--set", help="A set of questions; may be given more than once. All by default.")] = None,
    limit: Annotated[int | None, typer.Option(help="Ask only so many, spread evenly over the set.")] = None,
    match: Annotated[str, typer.Option(help="Ask only questions (or names of cases, or tags) that contain this.")] = "",
    failures: Annotated[bool, typer.Option("--failures/--no-failures", help="Print what failed.")] = False,
    show_all: Annotated[bool, typer.Option("--all", help="Print what was right as well.")] = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="Print failures of sets that others wrote, too. What was seen once is no measure any more.")] = False,
    without_vectors: Annotated[bool, typer.Option("--without-vectors")] = False,
    without_ranker: Annotated[bool, typer.Option("--without-ranker")] = False,
    without_own_vocabulary: Annotated[bool, typer.Option("--without-own-vocabulary")] = False,
) -> None:
    """Ask sets of questions and judge the answers."""
    switches = Switches(without_vectors=without_vectors, without_ranker=without_ranker, without_own_vocabulary=without_own_vocabulary)
    for name in sets or SETS:
        questions = load_set(name)
        if questions is None:
            typer.echo(f"{name}: no such set")
            continue
        began = time.perf_counter()
        is_open = reveal or (questions.written_by == "own" and data_of(questions) != "aside")
        judged: list[tuple[Asked, Verdict]] = []
        for asked in ask_set(questions, _chosen(questions, limit, match if is_open else ""), switches):
            verdict = judge(asked)
            judged.append((asked, verdict))
            if is_open and (show_all or (failures and not verdict.right)):
                typer.echo(as_lines(asked, verdict))
        typer.echo(summary(name, judged, time.perf_counter() - began))


def _chosen(questions: QuestionSet, limit: int | None, match: str) -> list[Case]:
    found = [case for case in questions.cases if match in case.question or match in case.id or match in case.tags]
    if limit is None or limit >= len(found):
        return found
    return [found[place * len(found) // limit] for place in range(limit)]


if __name__ == "__main__":
    typer.run(main)
