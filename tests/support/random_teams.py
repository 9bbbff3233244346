"""Random ramps, attritions and plans of teams; hazard tables that come close to other tenures."""

import math

import numpy as np
from hypothesis import strategies as st

from sim.workforce.attrition import Attrition
from sim.workforce.hiring import HiringPlan
from sim.workforce.plan import TeamPlan
from sim.workforce.ramp import RampCurve
from sim.workforce.tenure import given

HORIZON_DAYS = 120
MONTHS = (0, 31, 59, 90)


@st.composite
def ramps(draw, training_days=None):
    training = draw(st.integers(0, 60)) if training_days is None else training_days
    nesting = draw(st.integers(0, 30))
    full_after = training + nesting + draw(st.integers(0, 300))
    shape = draw(st.sampled_from(["linear", "exponential", "s", "stepped"]))
    starts_at = draw(st.floats(0, 1))
    steps = ()
    if shape == "stepped":
        days = sorted(draw(st.sets(st.integers(training + nesting, full_after), max_size=4)))
        steps = tuple(zip(days, sorted(draw(st.floats(starts_at, 1)) for _ in days), strict=True))
    return RampCurve(
        training,
        starts_at,
        full_after,
        shape,
        nesting,
        draw(st.floats(0, 1)) if nesting else None,
        draw(st.floats(0.01, 20)),
        steps,
    )


@st.composite
def attritions(draw, training_days=None, least_rate=0.0):
    training = draw(st.integers(0, 60)) if training_days is None else training_days
    edges = sorted(draw(st.sets(st.integers(1, 700), max_size=4)))
    rate = st.floats(max(least_rate, 0.001), 12)
    rates = [draw(rate if least_rate else st.just(0.0) | rate) for _ in range(len(edges) + 1)]
    lost = draw(st.floats(0, 0.9)) if training else 0.0
    return Attrition((0, *edges), tuple(rates), training, lost)


@st.composite
def classes(draw, most=4):
    return tuple(
        sorted((draw(st.integers(0, 150)), draw(st.integers(0, 12))) for _ in range(draw(st.integers(0, most))))
    )


@st.composite
def hiring_plans(draw, feedback=True):
    values = {
        "classes": draw(classes()),
        "replace_after_days": draw(st.none() | st.integers(0, 60)),
        "notice_days": draw(st.integers(0, 60)),
        "notice_share": draw(st.floats(0, 1)),
    }
    if feedback:
        if draw(st.booleans()):
            values |= {"net_per_month": draw(st.floats(-5, 8)), "month_starts": MONTHS}
        if draw(st.booleans()):
            values |= {"class_size": draw(st.integers(1, 8)), "trainers": draw(st.none() | st.integers(1, 3))}
        values["start_days"] = draw(st.none() | st.sets(st.integers(0, 119)).map(lambda days: tuple(sorted(days))))
    return HiringPlan(**values)


@st.composite
def team_plans(draw, feedback=True):
    attrition = draw(attritions())
    return TeamPlan(
        "team",
        given(draw(st.lists(st.integers(0, 900), max_size=12))),
        draw(ramps(attrition.training_days)),
        attrition,
        draw(hiring_plans(feedback)),
    )


def weibull_table(mean_days, shape, edges_days):
    """Attrition whose survival at the edges is a Weibull's, and hazard constant between them."""
    scale = mean_days / math.gamma(1 + 1 / shape)
    return table_of(lambda days: (days / scale) ** shape, edges_days)


def table_of(cumulative_hazard, edges_days):
    """Attrition that has a cumulative hazard at the edges; the last hazard goes on."""
    rates = np.diff(cumulative_hazard(edges_days)) / np.diff(edges_days) * 365.25
    return Attrition(tuple(edges_days[:-1].tolist()), tuple(rates.tolist()))
