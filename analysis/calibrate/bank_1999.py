"""Computes ``scenarios/bank_1999.yaml`` and what it reads from the bank's call log.

    python -m analysis.calibrate.bank_1999 LOG.csv.gz --to scenarios

writes ``bank_1999.yaml`` and, in ``bank_1999/``: ``volumes.csv`` and ``positions.csv`` (weekday x half hour),
``handle_time.csv`` and ``after_call_work.csv`` (means of equally likely slices), and ``observed.json`` (the log's own
figures, to compare a simulation with). Only aggregates are written, no row of the log.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from . import bank_1999_log as log
from .bank_1999_text import Parameters, scenario_text
from .durations import fit_lognormal, fit_lognormal_censored, kaplan_meier, quantile_means
from .half_hours import (
    DAY_S,
    SLOT_S,
    Bools,
    Float64,
    Int64,
    busyness_cv,
    counts_per_half_hour,
    weekday_means,
    weekdays,
    whole_positions,
)
from .observed import figures, figures_by
from .presence import AWAY_AFTER_WAITING_S, WaitingTime, mean_present, services, spells, turnaround

NAME = "bank_1999"
WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
THRESHOLD_S = 20
LOGNORMAL_RANGE_S = (10, log.LONGEST_SERVICE_S)
"""Services of under 10 s are mostly agents hanging up to win a rest (Brown et al. 2005, section 4). They are left out
of the lognormal fit, but not of the table of handle times, since each answered a caller."""
HANDLE_TIME_CELLS, AFTER_CALL_CELLS = 200, 100
_SHORTEST_S = 0.01
"""A scenario takes no duration of 0, which the log's whole seconds give."""


@dataclass(frozen=True)
class OrdinaryWeeks:
    """The part of the log that the scenario stands for."""

    calls: pd.DataFrame
    """The calls offered in the half hours that count."""
    counts: Int64
    """(days, SLOTS) calls offered."""
    planned: Bools
    """(days, SLOTS) half hours in which the centre should be open."""
    counted: Bools
    """(days, SLOTS) those of them with a call. One without is a hole in the log, or a late opening on a Saturday."""
    weekday: Int64
    """(days,) Monday 0."""

    @classmethod
    def of(cls, calls: pd.DataFrame) -> OrdinaryWeeks:
        """Cut the calls of ``read_log`` down to the ordinary days and hours."""
        offered = calls["offered_s"].to_numpy()
        counts, planned = counts_per_half_hour(offered, log.DAYS), log.planned_opening()
        counted = planned & (counts > 0)
        slot = np.minimum(offered // SLOT_S, counted.size - 1)
        return cls(calls[counted.ravel()[slot]], counts, planned, counted, weekdays(log.FIRST_DAY, log.DAYS))

    def means(self, per_half_hour: Int64 | Float64) -> Float64:
        """(7, SLOTS) weekday means over the half hours that count."""
        return weekday_means(per_half_hour, self.counted, self.weekday)

    @property
    def busyness_cv(self) -> float:
        """Variation of the days without holes."""
        whole = self.planned.any(axis=1) & (self.planned == self.counted).all(axis=1)
        return busyness_cv(np.where(self.planned, self.counts, 0).sum(axis=1)[whole], self.weekday[whole])


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("log", type=Path, help="the bank's call log, CSV, possibly gzipped")
    parser.add_argument("--to", type=Path, required=True, help="folder of the scenarios")
    arguments = parser.parse_args()
    write_scenario(arguments.log, arguments.to)


def write_scenario(log_file: Path, folder: Path) -> None:
    """Write the scenario and the files it reads into ``folder``."""
    calls = log.read_log(log_file)
    weeks = OrdinaryWeeks.of(calls)
    tables = folder / NAME
    tables.mkdir(parents=True, exist_ok=True)

    volumes = weeks.means(weeks.counts)
    _by_half_hour(volumes, "weight").round(2).to_csv(tables / "volumes.csv", index=False)

    waiting = WaitingTime.of(calls["offered_s"].to_numpy(), (calls["offered_s"] + calls["wait_s"]).to_numpy())
    served = services(calls)
    present = weeks.means(mean_present(*spells(served, waiting), log.DAYS))
    _by_half_hour(_whole(present), "positions").astype({"positions": int}).to_csv(tables / "positions.csv", index=False)

    handled = np.sort(weeks.calls["handle_s"].dropna().to_numpy())
    handle_times = quantile_means(handled, np.full(len(handled), 1 / len(handled)), HANDLE_TIME_CELLS)
    _seconds(handle_times).to_csv(tables / "handle_time.csv", index=False)
    next_caller = turnaround(served, waiting)
    after_call = quantile_means(*next_caller.shares_until(AWAY_AFTER_WAITING_S), AFTER_CALL_CELLS)
    _seconds(after_call).to_csv(tables / "after_call_work.csv", index=False)

    observed = _observed(weeks)
    (tables / "observed.json").write_text(json.dumps(observed, indent=2) + "\n", encoding="utf-8")

    queued = weeks.calls[weeks.calls["wait_s"] > 0]
    waits, gave_up = queued["wait_s"].to_numpy(), ~queued["answered"].to_numpy()
    low, high = LOGNORMAL_RANGE_S
    text = scenario_text(
        Parameters(
            per_day={name: float(np.nansum(volumes[day])) for day, name in enumerate(WEEKDAY_NAMES)},
            busyness_cv=weeks.busyness_cv,
            answer_rate=float(weeks.calls["answered"].mean()),
            handle_mean_s=float(handle_times.mean()),
            handle_short_share=float((handled < low).mean()),
            handle_fit=fit_lognormal(handled[(handled >= low) & (handled <= high)]),
            after_call_mean_s=float(after_call.mean()),
            away_share=next_caller.at(AWAY_AFTER_WAITING_S),
            patience=kaplan_meier(waits.astype(float), gave_up),
            # Whole seconds in the log: the middle of the second is taken.
            patience_fit=fit_lognormal_censored(waits + 0.5, gave_up),
            wait_per_abandonment_s=float(waits.sum() / gave_up.sum()),
            position_hours_per_week=float(np.nansum(present)) * SLOT_S / 3_600,
        )
    )
    (folder / f"{NAME}.yaml").write_text(text, encoding="utf-8")


def _whole(present: Float64) -> Float64:
    """Whole positions where the centre is open, NaN elsewhere."""
    whole = np.full_like(present, np.nan)
    for day, positions in enumerate(present):
        is_open = ~np.isnan(positions)
        whole[day, is_open] = whole_positions(positions[is_open])
    return whole


def _by_half_hour(table: Float64, column: str) -> pd.DataFrame:
    """(7, SLOTS) as rows of weekday, time and value, the closed half hours left out."""
    day, slot = np.nonzero(~np.isnan(table))
    minutes = slot * (SLOT_S // 60)
    return pd.DataFrame(
        {
            "weekday": [WEEKDAY_NAMES[d] for d in day],
            "time": [f"{m // 60:02d}:{m % 60:02d}" for m in minutes],
            column: table[day, slot],
        }
    )


def _seconds(durations: Float64) -> pd.DataFrame:
    return pd.DataFrame({"seconds": np.maximum(durations, _SHORTEST_S).round(2)})


def _observed(weeks: OrdinaryWeeks) -> dict[str, object]:
    calls = weeks.calls
    day = calls["offered_s"] // DAY_S
    month = (pd.Timestamp(log.FIRST_DAY) + pd.to_timedelta(day, unit="D")).dt.strftime("%Y-%m")
    by_weekday = figures_by(calls, (log.FIRST_DAY.weekday() + day) % 7, THRESHOLD_S)
    return {
        "source": "Technion SEE Lab, Anonymous Bank call log, 1999",
        "first_day": log.FIRST_DAY.isoformat(),
        "last_day": log.LAST_DAY.isoformat(),
        "days": int(weeks.counted.any(axis=1).sum()),
        "days_left_out": {day.isoformat(): reason for day, reason in log.DAYS_LEFT_OUT.items()},
        "threshold_s": THRESHOLD_S,
        "total": figures(calls, THRESHOLD_S),
        "by_month": figures_by(calls, month, THRESHOLD_S),
        "by_weekday": {name: by_weekday[number] for number, name in enumerate(WEEKDAY_NAMES) if number in by_weekday},
    }


if __name__ == "__main__":
    main()
