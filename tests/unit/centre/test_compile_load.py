"""Offered load of a scenario, against the work that its contacts bring."""

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.common.calendar import DAY_MS

MINUTE = 60_000


@pytest.mark.parametrize(("handle_time_is", "on_top_min"), [("first", 0.19 * 3), ("measured", 0.0)])
def test_all_work_is_in_the_load(scenario, handle_time_is, on_top_min):
    values = {
        "queues.calls.handle_time_is": handle_time_is,
        "queues.calls.after_call_work": "90 s",
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day", "re_explain": "3 min"},
        "queues.calls.arrivals.counted_at_answer_rate": None,
    }
    plan = compile_centre(scenario(values))
    offered = 5000 / (1 - 0.19)
    work_hours = offered * (7.5 + on_top_min) / 60
    assert plan.offered_load()[0].sum() / 2 == pytest.approx(2 * work_hours, rel=1e-4)


def test_load_follows_the_arrivals_with_a_lag(scenario):
    load = compile_centre(scenario({"queues.calls.handle_time": "20 min"})).offered_load()[0].reshape(14, 48)
    full = 100 * 20 / 60  # 100 calls an hour, 20 minutes each
    np.testing.assert_allclose(load[0, 22:36], full, rtol=1e-3)
    assert 0 < load[0, 16] < load[0, 17] < full
    assert load[0, 36] > load[0, 37] > 0
    assert np.all(load[5] < 1e-3)


def test_a_queue_of_repeats_alone_has_load_in_its_opening_hours(scenario):
    values = {
        "queues.emails.arrivals.per_week": 0,
        "calendar.closed": ["2026-12-21"],
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day", "to": {"emails": 1}},
    }
    load = compile_centre(scenario(values, emails=True)).offered_load()[1]
    assert load.sum() / 2 == pytest.approx(2 * 5000 * 0.95 * 0.2 * 8 / 60, rel=1e-4)
    assert load[18] > 0
    assert load[10] < 1e-9


def test_load_is_linear_in_the_volume(scenario):
    plan = compile_centre(scenario(emails=True))
    np.testing.assert_allclose(plan.scaled(1.5).offered_load(), 1.5 * plan.offered_load())


def test_a_period_has_the_load_that_it_has_in_the_whole(scenario):
    """Even from its first moment on: the days before are there."""
    plan = compile_centre(scenario({"calendar.open": {"every day": "24 h"}}))
    whole, start = plan.offered_load(), plan.window.start_day
    part = plan.for_period(*(plan.forecast.scenario.start.fromordinal(start + n) for n in (3, 5))).offered_load()
    np.testing.assert_array_equal(part, whole[:, 3 * 48 : 5 * 48])
    assert plan.offered_load()[0, 0] == pytest.approx(whole[0, 100], rel=1e-3)
    assert DAY_MS // plan.forecast.scenario.interval == 48
