"""What one who knows how the demo company is made would say of its open deals: Bayes' rule over what is still hidden on a day, nothing fitted.

Hidden are the day on which a deal will be decided, how many meetings it will have had, and how far a lost one gets. Deals of the planted stories have
endings of their own and are left out.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from math import comb, exp
from pathlib import Path
from random import Random
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tools.crm.demo.company import truth_path
from tools.crm.demo.names import Namer
from tools.crm.demo.people import hire
from tools.crm.demo.seasons import WEEKEND, quarter_start, weight_of
from tools.crm.demo.selling import BASE, COMPETITOR, CYCLE_BY_TIER, FACE_TO_FACE, MEETINGS_USUAL, PER_MEETING, STAGES, TIER_PULL
from tools.crm.demo.truth import DemoTruth
from tools.crm.demo.world import World

Floats = NDArray[np.float64]
QUANTILES = [NormalDist().inv_cdf((at + 0.5) / 40) for at in range(40)]
PULLED, BACK = 0.45, 0.06
LOST_AT = {1: 1 / 7, 2: 2 / 7, 3: 2 / 7, 4: 2 / 7}
MEETINGS = range(9)


class Oracle:
    """Knows the generator's coefficients and distributions, and of each deal what its export tells up to a day."""

    def __init__(self, folder: Path) -> None:
        """``folder`` holds the export; its truth lies beside it."""
        truth = DemoTruth.model_validate_json(truth_path(folder).read_text("utf-8"))
        world = World(truth.size, truth.seed, truth.today)  # type: ignore[arg-type] # one of the names of sizes
        hire(world, Namer(world.rng("names")))
        self.skill = {member.id: member.skill for member in world.members}
        self.weights, self.seasons = truth.win_log_odds, world.seasons
        accounts = {row["Account ID"]: row for row in _rows(folder, "accounts")}
        products = {row["Product ID"]: row["Product name"] for row in _rows(folder, "products")}
        starred = {story.account_id for story in truth.stories.values()}
        self.deals = {row["Opportunity name"]: row for row in _rows(folder, "opportunities") if row["Account ID"] not in starred}
        self.odds: dict[str, float] = {}
        self.tier: dict[str, str] = {}
        for row in self.deals.values():
            self.tier[row["Opportunity ID"]] = tier = accounts[row["Account ID"]]["Tier"]
            odds = BASE + TIER_PULL[tier] + self.weights[f"product {products[row['Product ID']]}"] + self.weights[f"source {row['Lead source']}"]
            self.odds[row["Opportunity ID"]] = odds + self.skill[row["Owner ID"]] + (COMPETITOR if row["Competitor"] else 0.0)
        self.met: dict[str, list[int]] = defaultdict(list)
        for row in _rows(folder, "interactions"):
            if row["Opportunity ID"] and row["Activity type"] in FACE_TO_FACE:
                self.met[row["Opportunity ID"]].append(_day(row["Activity date"]))
        self.entered: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in _rows(folder, "stage_history"):
            self.entered[row["Opportunity ID"]].append((_day(row["Entered on"]), row["To stage"]))

    def chances(self, asked: Sequence[tuple[str, int]]) -> Floats:
        """The chance that each open deal, by its name, is won, as of the end of a day; nan for deals of stories."""
        return np.array([self._chance(self.deals[name], day) if name in self.deals else np.nan for name, day in asked])

    def _chance(self, deal: dict[str, str], day: int) -> float:
        key, opened = deal["Opportunity ID"], _day(deal["Created date"])
        closes = np.array([each for each in self._closes(opened, self.tier[key])])
        ends, shares = closes[:, 0], closes[:, 1]
        alive = ends > day
        if not alive.any():
            ends, shares, alive = np.array([day + 7.0]), np.array([1.0]), np.array([True])
        ends, shares = ends[alive], shares[alive]
        low = max(opened, self.seasons.first)
        sums, origin = self.seasons.sums, self.seasons.origin
        top = np.minimum(ends.astype(int), self.seasons.last) - origin + 1
        gone = np.clip((sums[max(day, low) - origin + 1] - sums[low - origin]) / np.maximum(np.array(sums)[top] - sums[low - origin], 1e-9), 0.0, 1.0)
        met = sum(each <= day for each in self.met[key])
        walked = np.clip((day - opened + 1) / np.maximum(ends - opened, 1), 0.0, 1.0)
        seen = tuple(stage for entered, stage in self.entered[key] if entered <= day)
        won = _walk_likelihood(seen, 4, walked)
        lost = sum((share * _walk_likelihood(seen, reached, walked) for reached, share in LOST_AT.items()), np.zeros_like(walked))
        wins = losses = 0.0
        for meetings, share in zip(MEETINGS, self._meetings, strict=True):
            if meetings >= met:
                likely = shares * share * _binomial(met, meetings, gone)
                win = 1 / (1 + exp(-(self.odds[key] + PER_MEETING * (meetings - MEETINGS_USUAL))))
                wins += float((likely * won).sum()) * win
                losses += float((likely * lost).sum()) * (1 - win)
        return wins / (wins + losses) if wins + losses > 0 else 0.5

    def _closes(self, opened: int, tier: str) -> list[tuple[float, float]]:
        """Days on which a deal opened on a day may be decided, with their probabilities."""
        found = []
        for z in QUANTILES:
            day = opened + 6 + int(CYCLE_BY_TIER[tier] * exp(0.45 * z))
            end = quarter_start(quarter_start(date.fromordinal(day)) + timedelta(days=95)).toordinal() - 1
            pulled = PULLED if 0 <= end - day <= 25 else 0.0
            found.append((float(_working(day)), (1 - pulled) / len(QUANTILES)))
            if pulled:
                found += [(float(_working(end - back)), pulled / 4 / len(QUANTILES)) for back in (0, 2, 4, 6)]
        return found

    @cached_property
    def _meetings(self) -> list[float]:
        """How many meetings a deal has in the end."""
        rng = Random(1)  # noqa: S311 - a Monte Carlo integral
        drawn = [min(8, int(rng.gammavariate(1.6, 1.4))) for _ in range(40_000)]
        return [drawn.count(each) / len(drawn) for each in MEETINGS]


def _walk_likelihood(seen: tuple[str, ...], reached: int, walked: Floats) -> Floats:
    """How likely the stages entered so far are for a deal that reaches so many in the end, by the part of its life that has passed."""
    found = np.zeros_like(walked)
    for back in (False, True):
        path = list(STAGES[:reached])
        share = 1.0 if reached < 3 else BACK if back else 1 - BACK
        if back and reached < 3:
            continue
        if back:
            path[3:3] = ["Needs analysis", "Proposal"]
        if tuple(path[: len(seen)]) == seen:
            found += share * _binomial(len(seen) - 1, len(path) - 1, walked)
    return found


def _binomial(k: int, n: int, p: Floats) -> Floats:

    return comb(n, k) * p**k * (1 - p) ** (n - k)


def _working(day: int) -> int:
    return next((later for later in range(day, day + 12) if weight_of(later) > WEEKEND * 2), day)


def _day(text: str) -> int:
    return date.fromisoformat(text[:10]).toordinal()


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
