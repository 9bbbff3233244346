"""The models whose rate changes within the day or from day to day: every day of the horizon is one sample."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.figures import OFFERED, WAITING, WAITING_AT_END, ColumnSum
from sim.centre.contract import DAY_MS
from sim.centre.results import ABANDONED, TEAM_COLUMNS, Replication
from sim.scenario.centre import CentreScenario

from .centres import call_queue, centre, exponential, hyperexponential, one_team, spread
from .figures import (
    Figure,
    OfMeans,
    Reader,
    constant,
    delayed,
    in_unit,
    named,
    queue_clock,
    ratio,
    team_clock,
)
from .models import Model, Params

Float64 = NDArray[np.float64]

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400

BUSY = ColumnSum((TEAM_COLUMNS.index("busy_ms"),))
BUSY_AT_END = ColumnSum((TEAM_COLUMNS.index("busy_at_end"),))


def clock(at_s: float) -> str:
    """A time of day as it stands in a file."""
    minutes = round(at_s / MINUTE_S)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def every(slot: int, slots: int) -> slice:
    """The same interval of every day."""
    return slice(slot, None, slots)


def by_slot(start_s: float, length_s: float, values: Sequence[float]) -> dict[str, float]:
    """Values of consecutive intervals of the day, as a profile or plan of positions."""
    return {clock(start_s + place * length_s): value for place, value in enumerate(values)}


# --- M_t/M/n_t+M: a day that begins empty ---------------------------------------------------------------------------

OPENS_S = 8 * HOUR_S


def day_with_changing_staff(p: Params, *, days: int = 364) -> Model:
    """Rates and servers by half-hour; those whose shift ends complete the contact in hand."""
    length_s = float(p["h_s"])
    slots, first = round(DAY_S / length_s), round(OPENS_S / length_s)
    each_day = constant(days)
    figures: dict[str, Figure] = {
        "sl_offered (day, ratio of expectations)": named("sl_offered"),
        "answer rate (day)": named("answer_rate"),
    }
    for interval in range(_intervals(p)):
        at = every(first + interval, slots)
        figures |= {
            f"sl_offered (arrivals of interval) {interval}": named("sl_offered", intervals=at),
            f"mean queue {interval}": ratio(in_unit(queue_clock(WAITING, at), length_s * 1000), each_day),
            f"mean busy {interval}": ratio(in_unit(team_clock(BUSY, at), length_s * 1000), each_day),
            f"p_delay {interval}": delayed(intervals=at),
            f"E[queue] at end {interval}": ratio(queue_clock(WAITING_AT_END, at), each_day),
            f"E[busy] at end {interval}": ratio(team_clock(BUSY_AT_END, at), each_day),
        }
    return Model(_changing_staff(p, days), figures)


def abandonments_by_the_log(p: Params, *, days: int = 364) -> Model:
    """The same days; when callers hang up is in the log, which takes several times as long."""
    length_s = float(p["h_s"])
    starts_s = [OPENS_S + interval * length_s for interval in range(_intervals(p) + 1)]
    each_day = constant(days)
    figures: dict[str, Figure] = {"abandonments after close": ratio(abandonments(starts_s[-1], DAY_S), each_day)}
    for interval, spell_s in enumerate(pairwise(starts_s)):
        figures[f"abandonments {interval}"] = ratio(abandonments(*spell_s), each_day)
    return Model(_changing_staff(p, days), figures, needs_log=True)


def _intervals(p: Params) -> int:
    return len(ast.literal_eval(p["lam_per_h"]))


def _changing_staff(p: Params, days: int) -> CentreScenario:
    rates, servers = ast.literal_eval(p["lam_per_h"]), ast.literal_eval(p["n"])
    length_s = float(p["h_s"])
    closes_s = OPENS_S + len(rates) * length_s
    queue = call_queue(
        {"per_day": sum(rates) * length_s / HOUR_S, "profile": by_slot(OPENS_S, length_s, rates)},
        exponential(float(p["aht_s"])),
        float(p["t_s"]),
        patience=exponential(float(p["patience_mean_s"])),
    )
    return centre(
        {"calls": queue},
        one_team(by_slot(OPENS_S, length_s, servers)),
        horizon=f"{days} days",
        warm_up="none",
        opening={"every day": f"{clock(OPENS_S)}-{clock(closes_s)}"},
        interval=f"{length_s:g} s",
    )


def abandonments(from_s: float, until_s: float) -> Reader:
    """Callers who hang up between two times of day; the log says when."""

    def read(replication: Replication) -> float:
        assert replication.log is not None
        at_ms = replication.log["left_queue_ms"][replication.log["fate"] == ABANDONED] % DAY_MS
        return float(((at_ms >= from_s * 1000) & (at_ms < until_s * 1000)).sum())

    return read


# --- sinusoidal rates ------------------------------------------------------------------------------------------------


def sinusoid(mean: float, amplitude: float, period_s: float, peak_s: float, edges_s: Float64) -> Float64:
    """Expected arrivals between edges, at mean + amplitude cos(2 pi (t - peak) / period), rates per second."""
    angle = 2 * math.pi / period_s
    return np.asarray(np.diff(mean * edges_s + amplitude / angle * np.sin(angle * (edges_s - peak_s))), np.float64)


STEP_S = 5 * MINUTE_S
"""Rates are constant over so much of the day, each step with exactly the sinusoid's arrivals."""


def unlimited_staff(p: Params, *, days: int = 28) -> Model:
    """M_t/G/inf: more positions than are ever busy.

    Time 0 of the rows is at 07:30, by when the beginning at midnight is forgotten; one period is measured.
    """
    kind, settings = p["service"].split("{")
    value = {name: float(number) for name, number in ast.literal_eval("{" + settings).items()}
    handle_time = {
        "exp": lambda: exponential(value["mean"]),
        "det": lambda: spread("deterministic", value["mean"]),
        "h2": lambda: hyperexponential(value["p"], value["m1"], value["m2"]),
    }[kind]()
    period_s = float(p["period_h"]) * HOUR_S
    zero_s = 7.5 * HOUR_S
    edges_s = np.arange(0, zero_s + period_s + 1, STEP_S)
    rates = float(p["lam_bar_per_h"]) / HOUR_S, float(p["amp_per_h"]) / HOUR_S
    expected = sinusoid(*rates, period_s, zero_s + period_s / 4, edges_s)
    scenario = centre(
        {
            "calls": call_queue(
                {"per_day": expected.sum(), "profile": by_slot(0, STEP_S, expected.tolist())}, handle_time
            )
        },
        one_team(200),
        horizon=f"{days} days",
        warm_up="none",
        opening={"every day": f"00:00-{clock(edges_s[-1])}"},
        interval=f"{STEP_S} s",
    )
    slots = DAY_S // STEP_S

    def busy_at(time_s: float) -> Figure:
        slot = round((zero_s + time_s) / STEP_S) - 1
        return ratio(team_clock(BUSY_AT_END, every(slot, slots)), constant(days))

    period = range(round(zero_s / STEP_S), round((zero_s + period_s) / STEP_S))
    angles = 2 * math.pi / len(period) * np.arange(len(period))
    waves = [
        partial(_wave, table, weights, period, slots)
        for table in (_offered_table, _busy_table)
        for weights in (np.cos(angles), np.sin(angles))
    ]
    lag = OfMeans(tuple(waves), partial(_lag, period_s))
    return Model(scenario, {"m(t=2.5h)": busy_at(2.5 * HOUR_S), "m(t=5h)": busy_at(5 * HOUR_S), "peak lag": lag})


def _offered_table(replication: Replication) -> Float64:
    return OFFERED.of(replication.counts.contacts[0]).astype(np.float64)


def _busy_table(replication: Replication) -> Float64:
    return BUSY.of(replication.counts.teams[0]).astype(np.float64)


def _wave(
    table: Callable[[Replication], Float64], weights: Float64, period: range, slots: int, replication: Replication
) -> float:
    """A component of what happens within the period, over all days."""
    by_day = table(replication).reshape(-1, slots)[:, period.start : period.stop]
    return float(by_day.sum(axis=0) @ weights)


def _lag(period_s: float, means: Float64) -> float:
    """Seconds by which the busy servers' wave trails that of the arrivals."""
    arrivals_cos, arrivals_sin, busy_cos, busy_sin = means
    angle = math.atan2(busy_sin, busy_cos) - math.atan2(arrivals_sin, arrivals_cos)
    return float(angle % (2 * math.pi) * period_s / (2 * math.pi))


TIMES = {"t=0": 0.0, "t=pi/2": 0.25, "t=pi": 0.5, "t=3pi/2": 0.75}
"""Times of the rows as parts of the period."""


def all_busy(p: Params, *, days: int = 182) -> Model:
    """M_t/M/s+M with patience like handle time: the number present doesn't depend on s, and P(N >= s) = P(all busy).

    The period is a day, its unit of time 1 / (2 pi) of it; time 0 is midnight.
    """
    mean, amplitude = map(float, re.findall(r"[\d.]+", p["lam"]))
    unit_s = DAY_S / (2 * math.pi)
    edges_s = np.arange(0, DAY_S + 1, STEP_S, dtype=np.float64)
    expected = sinusoid(mean / unit_s, amplitude / unit_s, DAY_S, DAY_S / 4, edges_s)
    servers = int(p["s"])
    queue = call_queue(
        {"per_day": expected.sum(), "profile": by_slot(0, STEP_S, expected.tolist())},
        exponential(unit_s / float(p["mu"])),
        patience=exponential(unit_s / float(p["theta"])),
    )
    scenario = centre(
        {"calls": queue},
        one_team(servers),
        horizon=f"{days} days",
        warm_up="2 days",
        opening={"every day": "24 h"},
        interval="6 h",
    )

    def full_at(part: float) -> Figure:
        slot = (round(4 * part) - 1) % 4

        def read(replication: Replication) -> float:
            return float((BUSY_AT_END.of(replication.counts.teams[0])[every(slot, 4)] == servers).sum())

        return ratio(read, constant(days), is_share=True)

    return Model(scenario, {f"P(N(t)>=s) {name}": full_at(part) for name, part in TIMES.items()})


# --- a rate that is drawn anew each day ------------------------------------------------------------------------------


def uncertain_rate(p: Params, *, days: int = 364) -> Model:
    """Erlang A with a Gamma-distributed rate: each day its own, the call-weighted average over days.

    A day has 2.5 h; only the calls of its last half-hour are measured, by when the empty start is forgotten (the
    slowest memory is the handle time: exp(-12)).
    """
    measured = every(4, 48)
    queue = call_queue(
        {"per_hour": float(p["lam_mean_per_h"]), "busyness": float(p["cv_rate"])},
        exponential(float(p["aht_s"])),
        float(p["t_s"]),
        patience=exponential(float(p["patience_mean_s"])),
    )
    scenario = centre(
        {"calls": queue},
        one_team(int(p["n"])),
        horizon=f"{days} days",
        warm_up="none",
        opening={"every day": "00:00-02:30"},
        interval="30 min",
    )
    figures = {
        "sl_offered": named("sl_offered", intervals=measured),
        "p_ab": named("abandon_rate", intervals=measured),
    }
    return Model(scenario, figures)


MODELS: dict[str, Callable[[Params], Model]] = {
    "Mt/M/nt+M day A": day_with_changing_staff,
    "Mt/G/inf sinusoid (EMW)": unlimited_staff,
    "FMMW sinusoid Mt/M/st+M theta=mu (exact Poisson)": all_busy,
    "Erlang-A, Gamma-distributed rate (call-weighted)": uncertain_rate,
}
"""By the tables' names."""
