"""Measures the forecast alone and prints each figure with its interval."""

from __future__ import annotations

import argparse

from evals.forecast.running import COMPANIES, PERMUTED, evaluate_forecast

if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m evals.forecast", description=__doc__)
    options.add_argument("--companies", type=int, default=COMPANIES, help="invented companies for the coverage of totals")
    options.add_argument("--permuted", type=int, default=PERMUTED, help="permutations of the outcomes")
    chosen = options.parse_args()
    for name, figure in evaluate_forecast(chosen.companies, chosen.permuted).items():
        print(f"{name}: {figure.metric:.4f} [{figure.interval[0]:.4f}, {figure.interval[1]:.4f}] n={figure.n}")
