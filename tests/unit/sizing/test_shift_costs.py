"""What shifts cost: nothing where they fit the need, and by hand where they don't."""

from __future__ import annotations

import pytest

from analysis.sizing import size_loaded
from analysis.theory import erlang_c
from sim.errors import ScenarioError

TEXTBOOK = {
    "horizon": "4 weeks",
    "warm_up": "none",
    "calendar.open": {"mon-fri": "09:00-15:00"},
    "queues.calls": {
        "channel": "call",
        "arrivals": {"per_hour": 200, "volume_is": "first"},
        "handle_time": {"distribution": "exponential", "mean": "180 s"},
        "patience": "unlimited",
        "targets": {"service_level": "80 % in 20 s"},
    },
}
"""100 calls per half hour of 180 s: Erlang C's 14 agents answer 88.8 % in 20 s; 13 answer 80.1 %."""
WHOLE = {"day": {"start": "09:00", "length": "6 h"}}


def team(**changes):
    return {"teams.advisers": {"heads": 14, "contract": "30 h", "shrinkage": "0 %", "shifts": WHOLE} | changes}


def test_where_one_shift_is_the_whole_day_the_answer_is_erlangs(scenario):
    """Everybody is there all the time: heads are positions, and those of Erlang C, with shifts or without.

    13 agents give 80.05 % in the long run, so that chance may decide; the target is put between 13 and 14."""
    between = {"queues.calls.targets": {"service_level": "85 % in 20 s"}}
    exact = [erlang_c(200, 180, agents, 20).sl_offered for agents in (13, 14)]
    assert exact[0] < 0.85 < exact[1]
    result = size_loaded(scenario(TEXTBOOK | team() | between), replications=8, shifts=True)
    (one,) = result.shifts
    assert (result.peak.size, one.free.peak.size, one.covering) == (14, 14, 14)
    assert one.hours.contract == one.hours.positions == 14 * 30


def test_two_half_days_for_a_whole_one_take_twice_the_people(scenario):
    """Shifts of 3 h under contracts of 15 h: 14 in the morning and 14 after. With 13 in one of them 84.4 %, or little
    more."""
    halves = {"am": {"start": "09:00", "length": "3 h"}, "pm": {"start": "12:00", "length": "3 h"}}
    values = (
        TEXTBOOK | team(shifts=halves, contract="15 h") | {"queues.calls.targets": {"service_level": "87 % in 20 s"}}
    )
    result = size_loaded(scenario(values), replications=8, shifts=True)
    (one,) = result.shifts
    assert (result.peak.size, one.free.peak.size, one.covering) == (28, 28, 28)
    duties = one.peak.schedule.duty_people.reshape(5, 2)
    assert (duties == 14).all()


def test_what_becomes_of_the_paid_hours_by_hand(scenario):
    """A contract of 36 h a week, shrinkage of 20 %. Five shifts from 08:00 to 15:45 with a break of 45 min unpaid and
    one of 15 min paid: 35 h rostered, 1 h 15 min of paid breaks. The team is there from 09:00 to 15:00, so that 1 h 45
    min a day lie outside, and 5 h inside without breaks; a fifth of these is shrinkage."""
    shift = {
        "start": "08:00",
        "length": "7 h 45 min",
        "breaks": {
            "lunch": {"length": "45 min", "between": "11:00-13:00"},
            "pause": {"length": "15 min", "between": "13:00-14:00", "paid": True},
        },
    }
    values = team(shifts={"day": shift}, contract="36 h", shrinkage="20 %", hours={"mon-fri": "09:00-15:00"})
    loaded = scenario(TEXTBOOK | values | {"queues.calls.arrivals": {"per_hour": 40, "volume_is": "first"}})
    result = size_loaded(loaded, replications=4, shifts=True)
    (one,) = result.shifts
    heads, hours = result.peak.size, one.hours
    assert hours.contract == pytest.approx(heads * 36)
    assert hours.not_rostered == pytest.approx(heads * 1)
    assert hours.paid_breaks == pytest.approx(heads * 5 * 0.25)
    assert hours.outside == pytest.approx(heads * 5 * 1.75)
    assert hours.shrinkage == pytest.approx(heads * 25 * 0.2)
    assert hours.positions == pytest.approx(heads * 25 * 0.8)


def test_a_team_without_shifts_is_refused(scenario):
    with pytest.raises(ScenarioError, match="no team that is sized has shifts"):
        size_loaded(scenario({"teams.advisers": {"heads": 9}}), replications=1, shifts=True)
