"""``python -m evals.rhythm [--calibrate]``: prints the figures of the area, or measures the table of thresholds again."""

from __future__ import annotations

import argparse

from evals.rhythm.calibrating import calibrate
from evals.rhythm.measuring import evaluate_rhythm

if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m evals.rhythm", description=__doc__)
    options.add_argument("--calibrate", action="store_true", help="measure the table of thresholds again")
    if options.parse_args().calibrate:
        calibrate()
    for name, figure in evaluate_rhythm().items():
        print(f"{name:55} {figure.metric:8.3f}  [{figure.interval[0]:.3f}, {figure.interval[1]:.3f}]  n={figure.n}")
