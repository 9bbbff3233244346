"""Targets: built from the scenario, compared exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from analysis.figures import SERVICE_LEVELS
from analysis.targets import Formula, Target, exact_share, judge, require_measured, targets_of
from sim.centre.results import CONTACT_COLUMNS
from sim.scenario.centre import CentreScenario
from tests.support.counts import Counted, blended, counted_centre

HOUR_MS = 3_600_000
LEVEL = Target("calls", "service_level", Fraction(4, 5), "day", 20_000)
ANSWERED = Target("calls", "answer_rate", Fraction(95, 100), "day")
RESPONSE = Target("emails", "response", Fraction(4, 5), "day", 4 * HOUR_MS)
HANDED_IN = Target("calls", "transfers", Fraction(4, 5), "day", 20_000)
SATISFIED = Target("calls", "satisfaction", Fraction(19, 20), "day")


def counts(**columns: int) -> np.ndarray:
    row = np.zeros(len(CONTACT_COLUMNS), np.int64)
    for name, value in columns.items():
        row[CONTACT_COLUMNS.index(name)] = value
    return row


@pytest.mark.parametrize("percent", [*range(1, 100), 83.3, 99.99, 12.5, 66.667, 0.1, 99.99999])
def test_shares_mean_what_the_file_says(percent: float) -> None:
    assert exact_share(percent / 100) == Fraction(str(percent)) / 100


def test_exactly_the_share_passes_and_one_contact_less_fails() -> None:
    for offered in range(5, 5_000, 5):
        good = offered * 4 // 5
        assert judge(LEVEL, counts(first=offered, served=offered, served_within=good)).met
        assert not judge(LEVEL, counts(first=offered, served=offered, served_within=good - 1)).met


def test_no_rounding_at_large_counts() -> None:
    target = Target("calls", "answer_rate", exact_share(0.1), "month")
    offered = 10**9 * 10
    assert judge(target, counts(first=offered, served=offered // 10)).met
    assert not judge(target, counts(first=offered, served=offered // 10 - 1)).met


def test_all_reasons_are_offered() -> None:
    reasons = {"first": 10, "redial": 10, "recontact": 5, "late_email": 5, "returned": 5, "posted": 5}
    assert judge(ANSWERED, counts(**reasons, served=38)).met
    assert not judge(ANSWERED, counts(**reasons, served=37)).met


def test_a_transfer_is_not_offered_anew() -> None:
    columns = {"first": 20, "served": 19, "transfer": 10, "transfer_abandoned": 10}
    assert judge(ANSWERED, counts(**columns)).met


def test_satisfaction_is_judged_on_its_sum() -> None:
    assert judge(SATISFIED, counts(first=9, served=7, rated=5, satisfaction_ppm=5 * 950_000)).met
    assert not judge(SATISFIED, counts(first=9, served=7, rated=5, satisfaction_ppm=5 * 950_000 - 1)).met


@pytest.mark.parametrize("share", [0.95, 0.123456789, 1 / 3, 1.0])
def test_satisfaction_of_a_great_many_is_exact(share: float) -> None:
    target = Target("calls", "satisfaction", exact_share(share), "month")
    rated = 10**10
    least = -(-target.share.numerator * 10**6 * rated // target.share.denominator)
    assert judge(target, counts(first=rated, rated=rated, satisfaction_ppm=least)).met
    assert not judge(target, counts(first=rated, rated=rated, satisfaction_ppm=least - 1)).met


def test_satisfaction_is_judged_on_those_rated() -> None:
    few = judge(SATISFIED, counts(first=50, served=50, handed_on=45, rated=5, satisfaction_ppm=5 * 960_000))
    assert (few.judged, few.met, few.thin) == (True, True, True)


def test_nobody_rated_is_not_met() -> None:
    verdict = judge(SATISFIED, counts(first=3, abandoned=3))
    assert (verdict.judged, verdict.met) == (True, False)


@pytest.mark.parametrize(
    ("formula", "served_within"),
    [("sl_offered", 80), ("sl_excl_short", 76), ("sl_abandons_met", 72), ("sl_answered", 68)],
)
def test_each_formula_at_its_boundary(formula: Formula, served_within: int) -> None:
    # 100 offered, 85 served, 15 abandoned: 8 within the threshold, 5 of them short.
    target = Target("calls", "service_level", Fraction(4, 5), "day", 20_000, formula)
    columns = {"first": 100, "served": 85, "abandoned": 15, "abandoned_within": 8, "abandoned_short": 5}
    assert judge(target, counts(**columns, served_within=served_within)).met
    assert not judge(target, counts(**columns, served_within=served_within - 1)).met
    assert target.ratio is SERVICE_LEVELS[formula]


def test_email_response_is_judged_on_all_offered() -> None:
    assert judge(RESPONSE, counts(first=10, served=8, abandoned=2, responded_within=8)).met
    assert not judge(RESPONSE, counts(first=10, served=8, abandoned=2, responded_within=7)).met


def test_transfers_are_judged_on_all_that_were_handed_in() -> None:
    fates = {"transfer_served": 8, "transfer_abandoned": 1, "transfer_blocked": 1}
    assert judge(HANDED_IN, counts(transfer=10, **fates, transfer_served_within=8)).met
    assert not judge(HANDED_IN, counts(transfer=10, **fates, transfer_served_within=7)).met
    assert not judge(HANDED_IN, counts(first=10, served=10, served_within=10)).judged


def test_periods_without_contacts_are_left_out() -> None:
    verdict = judge(LEVEL, np.stack([counts(), counts(first=1, served=1, served_within=1)]))
    assert verdict.judged.tolist() == [False, True]
    assert verdict.met.tolist() == [False, True]


def test_nobody_answered_is_not_met_under_any_formula() -> None:
    collapsed = counts(first=30, abandoned=30, abandoned_short=30)
    for formula in SERVICE_LEVELS:
        verdict = judge(Target("calls", "service_level", Fraction(4, 5), "day", 20_000, formula), collapsed)  # type: ignore[arg-type]
        assert verdict.judged
        assert not verdict.met


def test_fewer_than_twenty_contacts_are_flagged() -> None:
    verdict = judge(LEVEL, np.stack([counts(first=n, served=n, served_within=n) for n in (0, 1, 19, 20)]))
    assert verdict.thin.tolist() == [False, True, True, False]


def test_targets_of_a_scenario() -> None:
    scenario = CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": "small",
            "start": "2027-01-04",
            "horizon": "4 weeks",
            "queues": {
                "calls": {
                    "channel": "call",
                    "arrivals": {"per_week": 100},
                    "handle_time": "5 min",
                    "targets": {
                        "service_level": "80 % in 20 s",
                        "formula": "sl_excl_short",
                        "answer_rate": "95 %",
                        "satisfaction": "92.5 %",
                        "over": "day",
                    },
                    "satisfaction": {"base": "97 %"},
                    "matters": {"plain": "80 %", "hard": "20 %"},
                    "transfer": {"after": "1 min", "to": {"hard": "other"}},
                },
                "emails": {
                    "channel": "email",
                    "arrivals": {"per_week": 100},
                    "handle_time": "5 min",
                    "targets": {"response": "83.3 % in 4 h", "clock": "elapsed"},
                },
                "other": {
                    "channel": "call",
                    "handle_time": "5 min",
                    "targets": {"transfers": "75 % in 2 min", "over": "week"},
                },
            },
            "teams": {"advisers": {"heads": 10}},
        }
    )
    assert targets_of(scenario) == (
        Target("calls", "service_level", Fraction(4, 5), "day", 20_000, "sl_excl_short"),
        Target("calls", "answer_rate", Fraction(19, 20), "day"),
        Target("calls", "satisfaction", Fraction(37, 40), "day"),
        Target("emails", "response", Fraction(833, 1000), "month", 4 * HOUR_MS, clock="elapsed"),
        Target("other", "transfers", Fraction(3, 4), "week", 120_000),
    )


def test_targets_must_be_what_the_centre_counts() -> None:
    made = blended(days=7)
    assert require_measured(LEVEL, made) == 0
    assert require_measured(RESPONSE, made) == 1
    with pytest.raises(ValueError, match="20000 ms, not 10000 ms"):
        require_measured(Target("calls", "service_level", Fraction(4, 5), "day", 10_000), made)
    assert require_measured(HANDED_IN, made) == 0
    with pytest.raises(ValueError, match="20000 ms, not 60000 ms"):
        require_measured(Target("calls", "transfers", Fraction(4, 5), "day", 60_000), made)
    with pytest.raises(ValueError, match="clock of elapsed"):
        require_measured(Target("emails", "response", Fraction(4, 5), "day", 4 * HOUR_MS, clock="elapsed"), made)
    with pytest.raises(ValueError, match="no queue is named 'chat'"):
        require_measured(Target("chat", "answer_rate", Fraction(1, 2), "day"), made)
    rated = counted_centre([Counted("calls", rated=True)], [(0, 0, 1)])
    assert require_measured(SATISFIED, rated) == 0
    with pytest.raises(ValueError, match="calls: its contacts aren't rated"):
        require_measured(SATISFIED, made)
