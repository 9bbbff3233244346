"""Deflection, as the engines read it and as it lightens the load."""

from datetime import date

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.contract import NOBODY
from sim.common.distributions import Gamma, quantile_table

HOUR = 3_600_000


def deflection(share, **more):
    return {"queues.calls.deflection": {"share": share, **more}}


def test_without_deflection_nothing_is_deflected(scenario):
    found = compile_centre(scenario(emails=True)).staffed().engine.deflection
    assert not found.share.any()
    assert found.post.tolist() == found.fail.tolist() == [0, 0]
    assert found.post_queue.tolist() == [NOBODY, NOBODY]
    assert not found.fail_delay.any()


def test_shares_hold_from_their_day_on(scenario):
    """A week of warm-up before the 4th: nothing until the 6th, and more from the 12th."""
    shares = [{"from": "2027-01-06", "share": "10 %"}, {"from": "2027-01-12", "share": "25 %"}]
    plan = compile_centre(scenario({**deflection(shares), "warm_up": "1 week"}))
    engine = plan.staffed().engine
    assert engine.deflection.share.shape == (1, engine.clock.days)
    assert engine.deflection.share[0, :21].tolist() == [0] * 9 + [0.1] * 6 + [0.25] * 6
    part = plan.for_period(date(2027, 1, 11), date(2027, 1, 13)).staffed().engine.deflection
    assert part.share[0, :10].tolist() == [0] * 2 + [0.1] * 6 + [0.25] * 2


def test_posts_and_failures(scenario):
    values = deflection("15 %", fails="30 %", after="6 h", posts={"share": "40 %", "to": "emails"})
    found = compile_centre(scenario(values, emails=True)).staffed().engine.deflection
    assert found.share[0, 0] == 0.15
    assert found.post.tolist() == [0.4, 0]
    assert found.post_queue.tolist() == [1, NOBODY]
    assert found.fail.tolist() == [0.3, 0]
    np.testing.assert_array_equal(found.fail_delay[0], quantile_table(Gamma(6.0 * HOUR, 1.0)))


def test_first_contacts_are_those_without_deflection(scenario):
    plain, deflected = (compile_centre(scenario(values)).staffed() for values in ({}, deflection("20 %")))
    np.testing.assert_array_equal(deflected.volume.expected, plain.volume.expected)


def test_deflection_lightens_the_load_from_its_day_on(scenario):
    """Of 1000 calls a day 20 % are deflected from the second week on; of these 40 % post and 30 % of the rest call."""
    shares = [{"from": "2027-01-11", "share": "20 %"}]
    values = deflection(shares, fails="30 %", posts={"share": "40 %", "to": "emails"})
    plan = compile_centre(scenario({**values, "warm_up": "none"}, emails=True))
    calls, emails = plan.offered_load().reshape(2, 2, -1).sum(axis=2) / 2
    kept = 1 - 0.2 * (1 - 0.6 * 0.3)
    assert calls == pytest.approx([5000 * 0.1, 5000 * 0.1 * kept], rel=1e-3)
    assert emails == pytest.approx([700 * 8 / 60, (700 + 5000 * 0.2 * 0.4) * 8 / 60], rel=1e-3)


def test_a_queue_of_posts_alone_has_load_in_its_opening_hours(scenario):
    values = deflection("10 %", posts={"share": "100 %", "to": "emails"})
    plan = compile_centre(scenario({**values, "queues.emails.arrivals.per_week": 0}, emails=True))
    load = plan.offered_load()[1]
    assert load.sum() / 2 == pytest.approx(2 * 500 * 8 / 60, rel=1e-3)
    assert load[:15].max() < 1e-9
