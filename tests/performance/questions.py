"""The questions that are timed, filled with names from an export so that no two rounds ask the same."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

import yaml

SEED = 20


def templates() -> list[str]:
    """Every question, with its blanks."""
    return [str(each) for each in yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text("utf-8"))]


def questions(export: Path) -> Iterator[str]:
    """Round after round of all questions in another order, with other names."""
    names = _names(export)
    rng = Random(SEED)
    for _ in count():
        asked = templates()
        rng.shuffle(asked)
        for template in asked:
            region, other = rng.sample(names["region"], 2)
            yield template.format(
                account=rng.choice(names["account"]),
                rep=rng.choice(names["rep"]),
                product=rng.choice(names["product"]),
                sector=rng.choice(names["sector"]),
                region=region,
                other_region=other,
            )


def misspelt(export: Path, count: int) -> list[str]:
    """Questions that name accounts with a letter missing, doubled or changed, and accounts that nobody has."""
    rng = Random(SEED)
    found = []
    for name in rng.sample(_names(export)["account"], count // 2):
        at = rng.randrange(1, len(name) - 1)
        wrong = rng.choice([name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], name[:at] + rng.choice("aeorn") + name[at + 1 :]])
        strange = "".join(rng.sample(name.replace(" ", ""), 5)).casefold()
        found += [rng.choice(["How many deals did {} win?", "{} 有多少个商机？"]).format(each) for each in (wrong, strange)]
    return found


def _names(export: Path) -> dict[str, list[str]]:
    accounts, members, products = (_rows(export / f"{table}.csv") for table in ("accounts", "members", "products"))
    return {
        "account": [row["Account name"] for row in accounts],
        "rep": [row["Name"] for row in members if row["Access role"] == "rep"],
        "product": [row["Product name"] for row in products],
        "sector": sorted({row["Sector"] for row in accounts}),
        "region": sorted({row["Region"] for row in members if row["Region"]}),
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
