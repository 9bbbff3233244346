"""The repeats that the rates predict, against equations solved by hand."""

import pytest

from sim.scenario.centre import CentreScenario
from sim.scenario.repeats import answered_share, recontact_shares, redial_share, weekly_flows, weekly_volume


@pytest.fixture
def scenario(small):
    return lambda changes: CentreScenario.model_validate(small(changes))


@pytest.mark.parametrize(
    ("arrivals", "a_week"),
    [({"per_week": 1000}, 1000), ({"per_day": 100}, 500), ({"per_hour": 10}, 400)],
)
def test_volumes_as_contacts_a_week(scenario, arrivals, a_week):
    model = scenario({"queues.calls.arrivals": arrivals})
    assert weekly_volume(model.queues["calls"].arrivals, model.opening_hours("calls")) == a_week


def test_redials_in_a_row_end(scenario):
    redial = {"probability": "50 %", "after": "1 min", "attempts": 2}
    rate = {"queues.calls.arrivals.counted_at_answer_rate": "80 %"}
    again = 0.2 * 0.5
    calls = scenario({**rate, "queues.calls.redial": redial}).queues["calls"]
    assert redial_share(calls) == pytest.approx((again + again**2) / (1 + again + again**2))
    calls = scenario({**rate, "queues.calls.redial": {**redial, "attempts": "unlimited"}}).queues["calls"]
    assert redial_share(calls) == pytest.approx(again)


def test_nobody_redials_who_cannot_be_lost(scenario, removed):
    redial = {"probability": "50 %", "after": "1 min"}
    calls = scenario({"queues.calls.patience": removed, "queues.calls.redial": redial}).queues["calls"]
    assert (answered_share(calls), redial_share(calls)) == (1, 0)
    calls = scenario({"queues.calls.patience": removed, "queues.calls.trunks": 9, "queues.calls.redial": redial})
    assert answered_share(calls.queues["calls"]) == 0.95


def test_only_the_answered_come_back(scenario):
    model = scenario(
        {
            "queues.calls.targets.answer_rate": "90 %",
            "queues.calls.recontact": {
                "probability": "10 %",
                "after": "1 day",
                "to": {"calls": "75 %", "emails": "25 %"},
            },
        }
    )
    assert recontact_shares("calls", model.queues["calls"]) == pytest.approx({"calls": 0.0675, "emails": 0.0225})
    assert recontact_shares("emails", model.queues["emails"]) == {}


def test_offered_volumes_hold_their_repeats_and_first_volumes_bring_them(scenario):
    back = {"probability": "20 %", "after": "1 day"}
    model = scenario({"queues.emails.recontact": back, "queues.emails.arrivals.volume_is": "first"})
    assert weekly_flows(model)["emails"] == pytest.approx((300 / 0.8, 300 / 0.8 * 0.2))
    model = scenario({"queues.emails.recontact": back})
    assert weekly_flows(model)["emails"] == pytest.approx((300, 60))


def test_queues_that_send_contacts_to_each_other(scenario):
    """x = 1000 + 0.2 y and y = 300 + 0.1 · 0.95 x."""
    model = scenario(
        {
            "queues.calls.arrivals.volume_is": "first",
            "queues.emails.arrivals.volume_is": "first",
            "queues.calls.recontact": {"probability": "10 %", "after": "1 day", "to": {"emails": 1}},
            "queues.emails.recontact": {"probability": "20 %", "after": "1 day", "to": {"calls": 1}},
        }
    )
    calls = (1000 + 0.2 * 300) / (1 - 0.2 * 0.095)
    flows = weekly_flows(model)
    assert flows["calls"].offered == pytest.approx(calls)
    assert flows["emails"].offered == pytest.approx(300 + 0.095 * calls)
