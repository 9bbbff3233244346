"""Offered load of a scenario, against the work that its contacts bring."""

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.common.calendar import DAY_MS

MINUTE = 60_000


def fixed(text):
    return {"distribution": "deterministic", "mean": text}


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


def test_a_queue_of_repeats_alone_has_its_load_when_they_come(scenario):
    """A fifth of the answered write 24 hours later; of Friday's on Saturday, and the load grows as the calls do."""
    values = {
        "queues.emails.arrivals.per_week": 0,
        "queues.calls.arrivals.growth": "20 % per month",
        "queues.calls.recontact": {"probability": 0.2, "after": fixed("24 h"), "to": {"emails": 1}},
    }
    load = compile_centre(scenario(values, emails=True)).offered_load()[1].reshape(2, 7, 48)
    by_day = load.sum(axis=2) / 2
    assert by_day[1] == pytest.approx([0, *[1000 * 0.95 * 0.2 * 8 / 60] * 5, 0], rel=0.08, abs=1e-6)
    assert load[1].sum() / load[0].sum() == pytest.approx(1.2 ** (12 * 7 / 365.25), rel=1e-3)
    assert load[:, 1:6, 20:34].min() > 1
    assert load[:, :, :14].max() < 1e-6


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


# --- what several teams bring ---------------------------------------------------------------------------------------


HANDED_ON = {
    "queues.calls.patience": "unlimited",
    "queues.calls.handle_time": fixed("6 min"),
    "queues.calls.matters": {"agenda": "60 %", "tele": "40 %"},
    "queues.calls.transfer": {"after": fixed("30 min"), "to": {"tele": "desk"}},
    "queues.desk.arrivals": None,
    "queues.desk.handle_time": fixed("12 min"),
    "teams": {
        "front": {"positions": 30, "serves": ["calls"], "skills": ["agenda"]},
        "all": {"positions": 10, "serves": ["calls"]},
        "back": {"positions": 20, "serves": ["desk"]},
    },
}


def test_transfers_bring_work_to_both_queues(scenario):
    """Three quarters of the calls meet somebody who can't help with two fifths of them: 30 % are handed on."""
    load = compile_centre(scenario(HANDED_ON, desk=True)).offered_load().reshape(2, 2, -1).sum(axis=2) / 2
    assert load[0] == pytest.approx(5000 * (0.7 * 6 + 0.3 * 30) / 60, rel=1e-3)
    assert load[1] == pytest.approx(5000 * 0.3 * 12 / 60, rel=1e-3)


def test_transfers_come_after_the_time_with_the_first_agent(scenario):
    """Calls from 8 to 18 h, 30 of each hour's hundred handed on half an hour later."""
    plan = compile_centre(scenario(HANDED_ON, desk=True))
    desk = plan.offered_load()[1, :48]
    assert desk[:17].max() < 1e-6
    assert 0 < desk[17] < desk[18]
    np.testing.assert_allclose(desk[18:36], 30 * 12 / 60, rtol=1e-4)
    assert desk[36] == pytest.approx(30 * 12 / 60)
    assert desk[38] < 1e-6
    days = plan.forecast.load.contacts[1].reshape(plan.forecast.days.count, -1).sum(axis=1)
    assert days[plan.forecast.days.index(plan.window.start_day)] == pytest.approx(300)


def test_what_is_told_again_and_together_is_work_too(scenario):
    """90 s together for both agents, and 2 min more for the next."""
    warm = {**HANDED_ON["queues.calls.transfer"], "re_explain": "2 min", "warm": {"hold": "5 min", "joint": "90 s"}}
    load = compile_centre(scenario({**HANDED_ON, "queues.calls.transfer": warm}, desk=True)).offered_load()
    totals = load.reshape(2, 2, -1).sum(axis=2)[:, 0] / 2
    assert totals == pytest.approx([5000 * (0.7 * 6 + 0.3 * 31.5) / 60, 1500 * 15.5 / 60], rel=1e-3)


def test_a_chain_of_transfers(scenario):
    """Half of what comes to the desk goes on to the back, an hour in all after the call began."""
    values = {
        **HANDED_ON,
        "queues.desk.transfer": {"after": fixed("30 min"), "to": {"tele": "back"}},
        "queues.back": {"channel": "call", "handle_time": fixed("20 min")},
        "teams": {
            **HANDED_ON["teams"],
            "back": {"positions": 20, "serves": ["desk"], "skills": ["agenda"]},
            "able": {"positions": 20, "serves": ["desk", "back"]},
        },
    }
    load = compile_centre(scenario(values, desk=True)).offered_load()
    assert load[1].sum() / 4 == pytest.approx(1500 * (0.5 * 12 + 0.5 * 30) / 60, rel=1e-3)
    assert load[2].sum() / 4 == pytest.approx(750 * 20 / 60, rel=1e-3)
    assert load[2, :18].max() < 1e-6 < load[2, 18]


def test_slower_teams_bring_more_work(scenario):
    """30 people of ordinary speed and 10 of half of it share the time: 6 of 7 contacts go to the faster ones."""
    teams = {"one": {"positions": 30}, "slow": {"positions": 10, "serves": {"calls": {"speed": "50 %"}}}}
    load = compile_centre(scenario({"teams": teams})).offered_load()
    assert load.sum() / 4 == pytest.approx(5000 * 6 / 60 * (6 / 7 + 2 / 7), rel=1e-3)


def test_chats_count_as_they_are_held_at_once(scenario):
    """Two at once at 80 % each: 1.6 chats' work at a time."""
    plan = compile_centre(scenario({"teams.advisers": {"positions": 50, "chat": {"speed": [1, 0.8]}}}, chats=True))
    assert plan.offered_load()[1].sum() / 4 == pytest.approx(900 * 10 / 1.6 / 60, rel=1e-3)


def test_pressure_shortens_contacts_and_brings_more_of_them_back(scenario):
    """A fifth off the handle time; re-contacts times 0.8**-2, on top of the volume that was stated without."""
    values = {
        "queues.calls.patience": "unlimited",
        "queues.calls.arrivals.volume_is": "offered",
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day"},
        "queues.calls.pressure": {"handle_time": "-20 %", "elasticity": 2},
    }
    plan = compile_centre(scenario(values))
    assert plan.repeats.first[0] == pytest.approx(4000)
    again = 0.2 * 0.8**-2
    compiled = plan.staffed().engine.queues
    assert compiled.recontact[0] == pytest.approx(again)
    assert plan.offered_load().sum() / 4 == pytest.approx(4000 / (1 - again) * 4.8 / 60, rel=1e-3)
