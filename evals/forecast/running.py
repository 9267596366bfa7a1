"""All figures of the forecast: on the demo company, on an export of real make, and on invented companies."""

from __future__ import annotations

from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from evals.asked import stores
from evals.figures import Figure, share
from evals.forecast.companies import invent
from evals.forecast.oracle import Oracle
from evals.forecast.relabelling import months_of, permuted, planted
from evals.forecast.resampling import bootstrap, calibration_slope
from tools.access.principal import Principal
from tools.forecast.backtesting import backtest, simulated, stretched, widening
from tools.forecast.drivers import CALENDAR, find_drivers
from tools.forecast.rolling import roll
from tools.forecast.service import assess, open_study
from tools.forecast.simulating import known_on, simulate
from tools.forecast.skill import brier_skill
from tools.forecast.study import Study
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, sqlite_url

COMPANIES, PERMUTED = 200, 100
DRAWS = 500
MAVEN_DAY = date(2017, 12, 31)
PLANTS = ("product", "owner", "account", "region")


def evaluate_forecast(companies: int = COMPANIES, permutations: int = PERMUTED) -> dict[str, Figure]:
    """Every figure; those of an export that is absent are left out."""
    found = _demo() | _coverage(companies)
    folder = stores.export("maven")
    if folder is not None:
        found |= _maven(_study("maven", MAVEN_DAY), permutations)
    return found


def _study(data: str, day: date) -> Study:
    folder = stores.export(data)
    assert folder is not None  # noqa: S101 - asked before
    engine = open_engine(sqlite_url(stores.imported(data, folder)))
    try:
        with Session(engine) as session:
            return open_study(session, Principal.local_owner(), PolicyScope(), day, zone="Asia/Shanghai")
    finally:
        engine.dispose()


def _demo() -> dict[str, Figure]:
    """Skill over the base rate and over stages, as a share of the oracle's on the same forecasts, and the slope of the calibration."""
    study = _study("demo", stores.DEMO_DAY)
    folder = stores.export("demo")
    assert folder is not None  # noqa: S101 - it is written when it is not there
    rolled, history = study.rolled, study.history
    days = study.shots.known.days[rolled.rows]
    oracle = Oracle(folder).chances([(history.names[deal], int(day)) for deal, day in zip(rolled.deals, days, strict=True)])
    told = ~np.isnan(oracle)
    accounts = history.accounts()[rolled.deals]
    losses = np.column_stack([(each - rolled.won) ** 2 for each in (rolled.p, oracle, rolled.base)])
    rng = np.random.default_rng(11)

    def part(sums: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        return float((sums[2] - sums[0]) / (sums[2] - sums[1]))

    skill, stages = study.skill, study.skill_over_stages
    return {
        "forecast_brier_skill_base": Figure(metric=skill.point, interval=(skill.low, skill.high), n=skill.deals),
        "forecast_brier_skill_stage": Figure(metric=stages.point, interval=(stages.low, stages.high), n=stages.deals),
        "forecast_oracle_share": bootstrap(losses[told], accounts[told], part, rng),
        "win_calibration_slope": calibration_slope(rolled.p, rolled.won, accounts, rng),
    }


def _maven(study: Study, permutations: int) -> dict[str, Figure]:
    """Whether skill is claimed where it is and not where it isn't."""
    history, rng = study.history, np.random.default_rng(12)
    rolled = study.rolled
    losses = np.column_stack([(rolled.p - rolled.won) ** 2, (rolled.base - rolled.won) ** 2])
    independent = bootstrap(losses, history.accounts()[rolled.deals], lambda sums: float(1 - sums[0] / sums[1]), rng)
    months = months_of(history)
    false = sum(_claims(study, permuted(history.won, months, rng), rng, groups=True) for _ in range(permutations))
    found = [_claims(study, planted(history, plant, rng), rng, groups=False) for plant in PLANTS]
    return {
        "forecast_skill_maven": independent,
        "forecast_claim_agrees": share(int(assess(study).claimed == (independent.interval[0] > 0)), 1),
        "permuted_claims": _of_a_hundred(false, permutations),
        "planted_found": share(sum(found), len(found)),
    }


def _claims(study: Study, won: np.ndarray[tuple[int], np.dtype[np.bool_]], rng: np.random.Generator, *, groups: bool) -> bool:
    """Whether skill, or with ``groups`` a group of deals, is claimed with these outcomes. Outcomes permuted within months leave the months as they are."""
    again = Study(study.history.with_outcomes(won), study.today)
    again.__dict__["shots"] = type(study.shots)(study.shots.origins, study.shots.origin, again.knowledge.at(study.shots.known.deals, study.shots.known.days))
    rolled = roll(again.history, again.shots)
    clusters = again.history.accounts()[rolled.deals]
    better = ((rolled.p - rolled.won) ** 2).sum() < ((rolled.base - rolled.won) ** 2).sum()
    if better and brier_skill(rolled.p, rolled.base, rolled.won, clusters, rolled.deals, rolled.origin, rng).claimed:
        return True
    return groups and any(driver.name != CALENDAR for driver in find_drivers(again.history, again.knowledge, again.shots))


def _of_a_hundred(claimed: int, n: int) -> Figure:
    rate = share(claimed, n)
    return Figure(metric=100 * rate.metric, interval=(100 * rate.interval[0], 100 * rate.interval[1]), n=n)


def _coverage(companies: int) -> dict[str, Figure]:
    """How often the value of a period lies in its 90 % interval; how often without the check against past periods; and the width of the interval."""
    rng = np.random.default_rng(13)
    held = bare = 0
    widths = []
    for _ in range(companies):
        company = invent(rng)
        history, period = company.history, company.period
        grounds = known_on(history, period.day, seasonal=False)
        assert grounds is not None  # noqa: S101 - each has two years of deals
        outlook = simulate(history, grounds, period, np.zeros(len(history.ids), np.int64), DRAWS, rng)
        own = simulated(outlook)
        wide = stretched(own, widening(backtest(history, period, rng, seasonal=False), period.end - period.day), float(outlook.booked.sum()))
        held += wide.low <= company.actual <= wide.high
        bare += own.low <= company.actual <= own.high
        widths.append((wide.high - wide.low) / wide.point)
    low, high = np.quantile(widths, [0.025, 0.975])
    return {
        "period_total_coverage_90": share(held, companies),
        "period_total_coverage_90_unchecked": share(bare, companies),
        "period_total_width": Figure(metric=float(np.mean(widths)), interval=(float(low), float(high)), n=companies),
    }
