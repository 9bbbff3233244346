"""Sizing by simulation against exact staffing: ``python -m benchmarks.staffing_table``.

Every cell of ``tests/theory/staffing_80_10.csv`` is a stationary centre, open day and night, whose least staff for
given targets is known exactly. Where the exact figures at that number and at one fewer lie more than ``FAR`` standard
errors of the simulated ones from the targets, sizing must find the same integer; the other cells are named.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from scipy.special import stdtrit

from analysis import theory
from analysis.sizing import MonthSize, Trial, size_loaded
from analysis.targets import Target
from sim.scenario.centre import CentreScenario
from sim.scenario.load import LoadedScenario

TABLE = Path(__file__).parents[1] / "tests" / "theory" / "staffing_80_10.csv"
HANDLE_TIME_S = 600
THRESHOLD_S = 10
FAR = 4.0
_CALLS_A_TRIAL = 3_000_000
"""So many calls at least for each number of agents, in at most _MOST_REPLICATIONS replications."""
_LEAST_REPLICATIONS, _MOST_REPLICATIONS = 30, 100
_HOURS_A_WEEK = 168
_SERVICE_LEVEL = {"service_level": f"80 % in {THRESHOLD_S} s"}
_ANSWER_RATE = {"answer_rate": "95 %"}
TARGETS: dict[str, dict[str, str]] = {
    "": _SERVICE_LEVEL | _ANSWER_RATE,
    "sl": _SERVICE_LEVEL,
    "ar": _ANSWER_RATE,
    "sl_served": _SERVICE_LEVEL | {"formula": "sl_answered"},
    "sl_excl": _SERVICE_LEVEL | {"formula": "sl_excl_short"},
}
"""By the ending of the column."""


@dataclass(frozen=True)
class Cell:
    """One number of the table."""

    calls_per_hour: float
    patience_s: int | None
    """None: callers never give up."""
    kind: str
    """A key of TARGETS."""
    agents: int
    """The exact answer."""
    seed: int
    """Its own, so that the cells' errors are independent of each other."""

    @property
    def name(self) -> str:
        """Such as ``450/h, patience 300 s, sl``."""
        patience = "Erlang C" if self.patience_s is None else f"patience {self.patience_s} s"
        return ", ".join(part for part in (f"{self.calls_per_hour:g}/h", patience, self.kind) if part)

    @property
    def weeks(self) -> int:
        """Length of a replication."""
        return 4 if self.calls_per_hour <= 100 else 2 if self.calls_per_hour <= 200 else 1

    @property
    def replications(self) -> int:
        """As many as make the standard error small against the difference that one agent makes."""
        needed = math.ceil(_CALLS_A_TRIAL / (self.calls_per_hour * self.weeks * _HOURS_A_WEEK))
        return min(max(needed, _LEAST_REPLICATIONS), _MOST_REPLICATIONS)

    def exact(self, target: Target, agents: int) -> float:
        """What theory says of the figure that a target judges."""
        if self.patience_s is None:
            figures = theory.erlang_c(self.calls_per_hour, HANDLE_TIME_S, agents, THRESHOLD_S)
        else:
            figures = theory.erlang_a(self.calls_per_hour, HANDLE_TIME_S, agents, self.patience_s, THRESHOLD_S)
        return float(getattr(figures, target.ratio.name))

    def scenario(self) -> LoadedScenario:
        """The cell's centre, after a day of warm-up."""
        exponential = {"distribution": "exponential"}
        patience: Any = "unlimited" if self.patience_s is None else exponential | {"mean": f"{self.patience_s} s"}
        calls = {
            "channel": "call",
            "arrivals": {"per_hour": self.calls_per_hour},
            "handle_time": exponential | {"mean": f"{HANDLE_TIME_S} s"},
            "patience": patience,
            "targets": TARGETS[self.kind],
        }
        tree: dict[str, Any] = {
            "kind": "centre",
            "name": self.name,
            "start": "2027-03-01",
            "horizon": f"{self.weeks} weeks",
            "warm_up": "1 day",
            "calendar": {"open": {"every day": "24 h"}},
            "queues": {"calls": calls},
            "teams": {"agents": {"positions": self.agents}},
        }
        return LoadedScenario(CentreScenario.model_validate(tree), Path(self.name), tree, (), ())


def cells() -> Iterator[Cell]:
    """Every cell of the table."""
    seeds = count(1)
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            per_hour = float(row["lam_per_h"])
            for column, agents in row.items():
                if column == "erlangC_n":
                    yield Cell(per_hour, None, "", int(agents), next(seeds))
                elif named := re.fullmatch(r"A(\d+)_n_?(\w*)", column):
                    yield Cell(per_hour, int(named[1]), named[2], int(agents), next(seeds))


def sized(cell: Cell) -> MonthSize:
    """The cell's centre, sized by simulation."""
    return size_loaded(cell.scenario(), seed=cell.seed, replications=cell.replications).peak


def far_from_target(cell: Cell, found: MonthSize) -> bool:
    """Whether simulation can't but find the exact answer: judged by its own standard errors at what it found."""
    return _margin(cell, found.at, cell.agents) > FAR and (
        cell.agents == 1 or _margin(cell, found.below or found.at, cell.agents - 1) < -FAR
    )


def _margin(cell: Cell, trial: Trial, agents: int) -> float:
    """Exact figure less target, in standard errors, of the target that is nearest to failing, or fails by most."""
    margins = []
    for decision in trial.decision.targets:
        error = max(decision.overall.half_width / float(stdtrit(trial.replications - 1, 0.975)), 1e-9)
        margins.append((cell.exact(decision.target, agents) - float(decision.target.share)) / error)
    return min(margins)


def main() -> int:
    """Size every cell; 0 if all that must are equal to the table."""
    wrong, close = [], []
    for cell in cells():
        found = sized(cell)
        equal = found.size == cell.agents
        far = far_from_target(cell, found)
        verdict = "equal" if equal else "DIFFERENT" if far else "different, but too close to tell"
        print(f"{cell.name:36s} exact {cell.agents:4d}  simulated {found.size:4d}  {verdict}", flush=True)
        if not far:
            close.append(cell)
        elif not equal:
            wrong.append(cell)
    print(f"{len(close)} cells lie too close to a target: {'; '.join(cell.name for cell in close) or 'none'}")
    print(f"{len(wrong)} of the others differ: {'; '.join(cell.name for cell in wrong) or 'none'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
