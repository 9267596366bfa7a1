"""Shows criteria that were judged wrongly: ``python -m evals.journey_rules [FILE …]``; without a file our own."""

from __future__ import annotations

import argparse
from pathlib import Path

from evals.journey_rules.judging import cases, judge_all
from evals.journey_rules.own import own_cases


def main() -> None:
    """Print every wrong one, then the share of right ones and how many of the others were explained as near misses."""
    options = argparse.ArgumentParser(prog="python -m evals.journey_rules", description=__doc__)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument(
        "--read", action="store_true", help="read the texts of our own criteria as an import would, instead of taking what a person read in them"
    )
    asked = options.parse_args()
    given = list(cases(asked.files)) if asked.files else own_cases(by_hand=not asked.read)
    judged = list(judge_all(given))
    for case, each in zip(given, judged, strict=True):
        if each.right:
            continue
        print(f"\n{each.criterion}\n   not understood: {each.unread}" if each.unread else f"\n{each.criterion}")
        for account in case["accounts"]:
            if account["name"] in (*each.wrongly, *each.missed):
                print(f"   {'wrongly' if account['name'] in each.wrongly else 'missed'} {account['name']}: {account.get('why', '')}")
                for record in account.get("records", ()):
                    print("      ", {name: value for name, value in record.items() if name != "_id"})
    print(
        f"\n{sum(each.right for each in judged)} of {len(judged)} right; {sum(each.explained for each in judged)} of "
        f"{sum(each.near for each in judged)} others explained as near misses"
    )


if __name__ == "__main__":
    main()
