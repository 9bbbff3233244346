"""Whether hiring plans hold as often as is claimed of them: small random centres, planned, then simulated anew.

A claim of 90 % is the lower end of an interval on the replications that the plan was proven on. Here the plan goes into
the file, and is run on other seeds. Two things would show that claims are too bold: one plan that holds less often than
chance allows, or all plans together holding in less than 90 % of their replications.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from analysis.hiring import hire_loaded
from analysis.hiring.proof import monthly
from analysis.risk import chance_of_holding
from analysis.simulation import run_loaded
from sim.errors import CannotAnswerError
from sim.scenario.load import load_scenario

ASKED = 0.9
ERROR = 1e-3
"""Of all judgements together, if every claim is right."""
_OTHER_SEED = 1_000_003


@dataclass(frozen=True)
class Claim:
    """A plan, and how often it held every month on seeds that it wasn't made with."""

    case: int
    hired: int
    claimed: float
    held: int
    judged: int

    @property
    def share(self) -> float:
        """How often it held."""
        return self.held / self.judged

    @property
    def p_value(self) -> float:
        """Chance of holding so seldom, or more so, if it held with the probability asked."""
        return float(stats.binom.cdf(self.held, self.judged, ASKED))


def random_centre(case: int) -> dict[str, Any]:
    """A small centre of one team whose people come and go, as a file states it; a function of the number."""
    rng = np.random.default_rng([case, 90])
    heads = int(rng.integers(6, 18))
    minutes = float(rng.choice([4, 6, 9]))
    target = str(rng.choice(["80 % in 20 s", "80 % in 60 s", "70 % in 30 s"]))
    ramp = {
        "training": str(rng.choice(["1 week", "2 weeks", "3 weeks"])),
        "starts_at": f"{rng.integers(4, 9) * 10} %",
        "full_at": str(rng.choice(["2 months", "3 months", "4 months"])),
        "shape": str(rng.choice(["linear", "exponential", "s"])),
        "recontact": "130 %",
    }
    attrition = {
        "rate": f"{rng.integers(10, 40)} % per year",
        "first_3_months": f"{rng.integers(1, 4)} x",
        "lost_in_training": f"{rng.integers(0, 3) * 10} %",
    }
    hiring: dict[str, Any] = {"lead_time": str(rng.choice(["1 week", "3 weeks"]))}
    if rng.random() < 0.5:
        hiring |= {"class_size": int(rng.integers(2, 6)), "trainers": int(rng.integers(1, 3))}
    busy_hours = heads * 35 * 0.75 * float(rng.uniform(0.35, 0.6))
    calls = {
        "channel": "call",
        "arrivals": {
            "per_week": round(busy_hours * 60 / minutes),
            "volume_is": "first",
            "growth": f"{rng.integers(8, 25)} % per month",
            "busyness": f"{rng.integers(0, 11)} %",
        },
        "handle_time": f"{minutes:g} min",
        "patience": "5 min",
        "redial": {"probability": "40 %", "after": "10 min"},
        "recontact": {"probability": "10 %", "within": "3 days"},
        "targets": {"service_level": target},
    }
    team = {
        "heads": heads,
        "shrinkage": "25 %",
        "tenure": str(rng.choice(["experienced", "steady"])),
        "ramp": ramp,
        "attrition": attrition,
        "hiring": hiring,
        "cost": {"loaded_per_year": "36000 EUR", "per_hire": "3000 EUR"},
    }
    return {
        "kind": "centre",
        "name": f"Case {case}",
        "start": "2027-02-01",
        "horizon": f"{rng.integers(3, 5)} months",
        "interval": "1 h",
        "warm_up": "none",
        "calendar": {"open": {"mon-fri": "09:00-17:00"}},
        "queues": {"calls": calls},
        "teams": {"advisers": team},
    }


def claim(case: int, folder: Path, replications: int) -> Claim | None:
    """The plan of a case, run on so many replications of another seed; None if no plan holds, or nobody is hired."""
    file = folder / f"case_{case}.yaml"
    centre = random_centre(case)
    file.write_text(json.dumps(centre), encoding="utf-8")
    try:
        found = hire_loaded(load_scenario(file), probability=ASKED, seed=case + 1)
    except CannotAnswerError:
        return None
    if not found.heads:
        return None
    classes = [{"on": one.on.isoformat(), "heads": one.heads} for one in found.classes]
    centre["teams"]["advisers"]["hiring"] = {"classes": classes}
    planned = folder / f"case_{case}_planned.yaml"
    planned.write_text(json.dumps(centre), encoding="utf-8")
    run = run_loaded(load_scenario(planned), seed=_OTHER_SEED + case, replications=replications)
    held = chance_of_holding(monthly(run.statistics))
    return Claim(case, found.heads, found.chance.low, round(held.value * held.judged), held.judged)


def too_bold(claims: list[Claim]) -> list[str]:
    """What shows that claims are too bold; each sentence is there by chance in one of 2 / ERROR tables at most."""
    bound = ERROR / 2 / len(claims)
    found = [
        f"case {one.case} holds in {one.share:.1%} of {one.judged} (p {one.p_value:.1e})"
        for one in claims
        if one.p_value < bound
    ]
    held, judged = sum(one.held for one in claims), sum(one.judged for one in claims)
    if stats.binom.cdf(held, judged, ASKED) < ERROR / 2:
        found.append(f"all together hold in {held / judged:.1%} of {judged}")
    return found
