"""Times the parser on the store of the settings. Prints the milliseconds of each question, the seconds that the vocabulary took, and the memory as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import app
from agent.parsing import ParseContext, build_vocabulary, parse
from agent.parsing.linking.neighbours import Neighbours
from evals.asked.demo_own import QUESTIONS
from integrations.dictionary import CcCedict
from integrations.embeddings.sentences import SentenceEncoder
from tests.performance.asking import resident_mb
from tests.performance.crowding import add_accounts
from tests.performance.questions import misspelt
from tools.crm.semantic import load_model
from tools.store.engine import open_sessions

WARM_UP = 12
MISSPELT = 40


def main(export: Path, most: int, crowd: int) -> None:
    """Parse at most ``most`` questions of those written for the demo company, and some with names that are misspelt or that nobody has.

    ``crowd`` accounts with invented names are put into the store before.
    """
    engine = app.open_store(app.settings_for())
    written = list(dict.fromkeys(case.question for case in QUESTIONS.cases if not case.before))
    asked = [*written[:: max(1, len(written) // most)][:most], *misspelt(export, min(MISSPELT, most))]
    with open_sessions(engine)() as session:
        add_accounts(session, crowd)
        model = load_model(session)
        before = resident_mb()
        began = time.perf_counter()
        vocabulary = build_vocabulary(session, model)
        built, grown = time.perf_counter() - began, resident_mb() - before
        vocabulary.nearby = Neighbours(vocabulary, SentenceEncoder(), CcCedict())
        context = ParseContext(today=QUESTIONS.today)
        taken = []
        for question in asked[:WARM_UP] + asked[-WARM_UP:] + asked:
            began = time.perf_counter()
            parse(question, model, vocabulary, context)
            taken.append((time.perf_counter() - began) * 1000)
    engine.dispose()
    measured = taken[-len(asked) :]
    slowest = sorted(zip(measured, asked, strict=True), reverse=True)[:5]
    print(json.dumps({"parse_ms": measured, "built_s": built, "vocabulary_mb": grown, "rss_mb": resident_mb(), "slowest": slowest}, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
