"""Simulated people against theory: expected paths, survival, and the rates that a team of constant size shows.

All comparisons of a test at once are wrong by chance with a probability of FAMILY_ERROR (Bonferroni).
"""

import math

import numpy as np
import pytest
from scipy import stats

from sim.workforce.attrition import Attrition
from sim.workforce.averages import team_productive_share, team_proficiency
from sim.workforce.expected import expected_of_plan
from sim.workforce.hiring import HiringPlan
from sim.workforce.people import simulate_people
from sim.workforce.periods import YEAR_DAYS
from sim.workforce.plan import TeamPlan
from sim.workforce.ramp import RampCurve
from sim.workforce.tenure import growing, steady

FAMILY_ERROR = 0.001
ATTRITION = Attrition.of_average_heads(
    0.6, early_days=120, early_multiplier=2.5, training_days=40, lost_in_training=0.2
)
RAMP = RampCurve(40, 0.5, 220, "exponential", 20, 0.2)


def quantile(comparisons, replications):
    return stats.t.ppf(1 - FAMILY_ERROR / (2 * comparisons), replications - 1)


def test_means_are_the_expected_paths():
    plan = TeamPlan("team", growing(30, ATTRITION, 0.0005), RAMP, ATTRITION, HiringPlan(((20, 12), (150, 8))))
    days, replications = [1, 19, 20, 45, 60, 100, 160, 190, 250, 364], 600
    expected = expected_of_plan(plan, 365)
    names = ("heads", "in_training", "on_the_job", "productive_fte")
    truth = np.array([getattr(expected, name)[days] for name in names])
    drawn = np.empty((replications, *truth.shape))
    for replication in range(replications):
        found = simulate_people(plan, 365, 11, replication)
        drawn[replication] = [getattr(found, name)[days] for name in names]
    half_width = quantile(truth.size, replications) * drawn.std(axis=0, ddof=1) / math.sqrt(replications)
    assert np.all(np.abs(drawn.mean(axis=0) - truth) <= half_width + 1e-9)
    # Narrow enough to tell: within a twentieth of a head per head.
    assert half_width[0].max() < 0.05 * 30


@pytest.mark.parametrize("tenure", [0, 25, 90, 400])
def test_tenures_at_leaving_follow_the_survival(tenure):
    """Whole days against S(t + d) / S(t), within the band of Dvoretzky, Kiefer, Wolfowitz and Massart."""
    heads = 5_000
    plan = TeamPlan("team", np.full(heads, tenure), RAMP, ATTRITION)
    leaves = np.sort(simulate_people(plan, 1, 5, tenure).leaves_day)
    day = np.arange(leaves[-1] + 1)
    there = 1 - np.searchsorted(leaves, day, side="right") / heads
    truth = ATTRITION.survival(tenure + day) / ATTRITION.survival(tenure)
    assert np.abs(there - truth).max() <= math.sqrt(math.log(2 / (FAMILY_ERROR / 4)) / (2 * heads))


def test_a_team_of_constant_size_shows_the_stated_rate_and_the_long_run_averages():
    heads, days, replications = 150, 3 * 365, 40
    plan = TeamPlan("team", steady(heads, ATTRITION), RAMP, ATTRITION, HiringPlan(replace_after_days=0))
    leavers, on_the_job, fte = np.empty((3, replications))
    for replication in range(replications):
        found = simulate_people(plan, days, 21, replication)
        assert np.all(found.heads == heads)
        gone = (found.leaves_day < days) & ~found.lost_in_training
        leavers[replication] = gone.sum()
        on_the_job[replication] = found.on_the_job.sum() / YEAR_DAYS
        fte[replication] = found.productive_fte.sum() / YEAR_DAYS
    for numerator, truth in ((leavers, 0.6), (fte, team_proficiency(ATTRITION, RAMP))):
        residual = numerator - truth * on_the_job
        half_width = quantile(2, replications) * residual.std(ddof=1) / math.sqrt(replications)
        # Days are whole, and today's tenures are mid-quantiles: a quarter of a percent at most.
        assert abs(residual.mean()) <= half_width + 0.0025 * truth * on_the_job.mean()
        assert half_width < 0.05 * truth * on_the_job.mean()


def test_places_are_filled_as_renewal_theory_says():
    attrition, vacancy_days, replications = ATTRITION, 30, 30
    heads, days, warm_up = 150, 4 * 365, 2 * 365
    plan = TeamPlan("team", steady(heads, attrition), RAMP, attrition, HiringPlan(replace_after_days=vacancy_days))
    shares = np.array(
        [simulate_people(plan, days, 31, r).on_the_job[warm_up:].mean() / heads for r in range(replications)]
    )
    half_width = quantile(1, replications) * shares.std(ddof=1) / math.sqrt(replications)
    truth = team_productive_share(attrition, vacancy_days)
    assert abs(shares.mean() - truth) <= half_width + 0.001
    assert half_width < 0.01


def test_notice_is_given_by_the_stated_share():
    hiring = HiringPlan(replace_after_days=20, notice_days=20, notice_share=0.3)
    plan = TeamPlan("team", steady(400, ATTRITION), RAMP, ATTRITION, hiring)
    given_notice = left = 0
    for replication in range(10):
        found = simulate_people(plan, 365, 41, replication)
        keys = list(zip(found.seat.tolist(), found.turn.tolist(), strict=True))
        hired = dict(zip(keys, found.hired_day.tolist(), strict=True))
        rows = zip(keys, found.leaves_day.tolist(), found.lost_in_training.tolist(), strict=True)
        for (seat, turn), leaves, lost in rows:
            if leaves < 345 and not lost:
                left += 1
                given_notice += hired[seat, turn + 1] == leaves
    low, high = stats.binomtest(given_notice, left).proportion_ci(1 - FAMILY_ERROR, method="exact")
    assert low <= 0.3 <= high
    assert high - low < 0.1
