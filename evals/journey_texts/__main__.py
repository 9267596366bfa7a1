"""Shows what was read wrongly in files of labelled notes: ``python -m evals.journey_texts [FILE …] [--act ACT]``."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from evals.journey_texts.scoring import FOLDER, Scored, f1, notes, score


def main() -> None:
    """Print what was missed and what was read too much, note by note, then the figures."""
    options = argparse.ArgumentParser(prog="python -m evals.journey_texts", description=__doc__)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--quiet", action="store_true", help="only the figures")
    options.add_argument("--act", help="only notes in which this act was read wrongly")
    given = options.parse_args()
    for path in given.files or sorted(FOLDER.glob("*.jsonl")):
        scored = [score(note) for note in notes(path)]
        if not given.quiet:
            for each in scored:
                _show(each, given.act)
        _sum(path.name, scored)


def _show(scored: Scored, act: str | None) -> None:
    missed = [true for at, true in enumerate(scored.truth) if at not in {pair[0] for pair in scored.pairs}]
    extra = [found for at, found in enumerate(scored.read) if at not in {pair[1] for pair in scored.pairs}]
    if (not missed and not extra) or (act and act not in {*(each["act"] for each in missed), *(each.act.value for each in extra)}):
        return
    print("\n" + scored.note["text"], "|", scored.note["kind"], scored.note["direction"], scored.note.get("contact"))
    for true in missed:
        print("   missed", true["act"], true["status"], true["side"], true.get("role"), repr(true["object"]), "<-", true.get("words") or true["trigger"])
    for found in extra:
        print("   extra ", found.act.value, found.status.value, found.who.side, found.who.role, repr(found.object), found.means)


def _sum(name: str, scored: list[Scored]) -> None:
    done, right = sum(each.done for each in scored), sum(each.done_right for each in scored)
    held, read = sum(len(each.truth) for each in scored), sum(len(each.read) for each in scored)
    hits = sum(len(each.pairs) for each in scored)
    print(f"{name}: F1 {f1(scored):.3f} precision {hits / max(1, read):.3f} recall {hits / max(1, held):.3f} done precision {right / max(1, done):.3f}")
    print(f"   {len(scored)} notes, {read} acts read, {done} of them as done")
    for language in ("zh", "en", "mixed"):
        part = [each for each in scored if each.note["language"] == language]
        print(f"   {language}: F1 {f1(part):.3f} of {len(part)}")
    missed = Counter(true["act"] for each in scored for at, true in enumerate(each.truth) if at not in {pair[0] for pair in each.pairs})
    extra = Counter(found.act.value for each in scored for at, found in enumerate(each.read) if at not in {pair[1] for pair in each.pairs})
    print("   missed", dict(missed.most_common(12)), "extra", dict(extra.most_common(12)))


if __name__ == "__main__":
    main()
