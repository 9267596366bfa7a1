"""``python -m evals.requests.gathering``: gathers what is asked of records, as the classifier sees it, out of the sets of questions written for it.

Sets of other writers and kept-aside exports stay out, so that what they measure stays unseen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from agent.answer import Language
from agent.requests.reading import look_at
from evals.asked.asking import data_of, opened
from evals.asked.expecting import QuestionSet
from evals.asked.metrics import is_sealed
from evals.asked.sets import SETS, load_set
from evals.requests.examples import FOLDER

RECORDS = FOLDER / "records.jsonl"


def main() -> None:
    """Write every different question once."""
    seen: dict[str, str] = {}
    for name in SETS:
        questions = load_set(name)
        if questions is not None and questions.written_by == "own" and data_of(questions) != "aside" and not is_sealed(questions):
            seen |= dict(_asked(questions))
    rows = [json.dumps({"q": message, "language": language, "kind": "records"}, ensure_ascii=False) for message, language in sorted(seen.items())]
    RECORDS.write_text("\n".join(rows) + "\n", "utf-8")


def _asked(questions: QuestionSet) -> Iterator[tuple[str, Language]]:
    """The questions of a set as the classifier sees them, each with its language; nothing where its export is absent."""
    with opened(data_of(questions), questions.today) as asker:
        if asker is None:
            return
        with asker.turn() as turn:
            for case in questions.cases:
                seen = look_at(case.question, turn)
                yield seen.masked, seen.language


if __name__ == "__main__":
    main()
