"""The models: defaults, what they resolve, and that they can't be changed."""

from datetime import date

import pytest
from pydantic import ValidationError

from sim.scenario.base import FrozenDict
from sim.scenario.calendar import Calendar, closed_dates
from sim.scenario.centre import CentreScenario
from sim.scenario.deflection import Deflection
from sim.scenario.distribution import Empirical, Exponential, Gamma
from sim.scenario.queue import UNNAMED_MATTER, Queue
from sim.scenario.satisfaction import Satisfaction
from sim.scenario.terms import Chat, Terms

HOUR_MS = 3_600_000


def test_parts_cannot_be_changed(small):
    model = CentreScenario.model_validate(small({}))
    with pytest.raises(ValidationError, match="frozen"):
        model.name = "Other"
    with pytest.raises(TypeError):
        model.queues["calls"] = model.queues["emails"]
    assert hash(model) == hash(CentreScenario.model_validate(small({})))
    assert model != CentreScenario.model_validate(small({"teams.advisers.heads": 13}))


def test_frozen_mappings_hash_by_content():
    assert hash(FrozenDict({"a": 1, "b": 2})) == hash(FrozenDict({"b": 2, "a": 1}))
    assert FrozenDict({"a": 1}) == {"a": 1} != FrozenDict({"a": 2})


def test_thresholds_without_targets(small, removed):
    model = CentreScenario.model_validate(small({"queues.calls.targets": removed, "queues.emails.targets": removed}))
    assert (model.queues["calls"].threshold_ms, model.queues["emails"].threshold_ms) == (20_000, 4 * HOUR_MS)
    model = CentreScenario.model_validate(small({"queues.calls.targets": {"service_level": "80 % in 10 s"}}))
    assert (model.queues["calls"].threshold_ms, model.queues["calls"].short_abandon_ms) == (10_000, 10_000)


def test_hours_of_queue_and_team(small):
    model = CentreScenario.model_validate(small({"queues.emails.open": {"sat": "09:00-12:00"}}))
    nine_to_five = ((9 * HOUR_MS, 17 * HOUR_MS),)
    assert model.opening_hours("calls") == (nine_to_five,) * 5 + ((), ())
    assert model.team_hours("advisers") == (model.opening_hours("calls"),)
    model = CentreScenario.model_validate(small({"teams.advisers.hours": {"mon": "10:00-11:00"}}))
    assert model.team_hours("advisers")[0][0] == ((10 * HOUR_MS, 11 * HOUR_MS),)


@pytest.mark.parametrize(("written", "days"), [("auto", "auto"), ("none", 0), ("2 weeks", 14), ("3 days", 3)])
def test_warm_up(small, written, days):
    assert CentreScenario.model_validate(small({"warm_up": written})).warm_up == days


def test_distributions_by_what_is_given():
    queue = {"channel": "call", "arrivals": {"per_day": 1}, "handle_time": "3 min", "patience": "2 min"}
    model = Queue.model_validate(queue)
    assert model.handle_time.distribution == "lognormal"
    assert model.patience is not None
    assert model.patience.time == Exponential(distribution="exponential", mean="2 min")
    model = Queue.model_validate(
        {**queue, "patience": {"distribution": "gamma", "mean": "2 min", "cv": 0.5, "balking": "5 %"}}
    )
    assert model.patience is not None
    assert isinstance(model.patience.time, Gamma)
    assert (model.patience.time.shape_parameter, model.patience.balking) == (4, 0.05)
    assert Queue.model_validate({**queue, "patience": "unlimited"}).patience is None
    values = Empirical(distribution="empirical", values=["1 min", "0 s"])
    assert values.durations_ms == (60_000, 0)


def test_recontacts_within_a_window_come_back_early_in_it():
    recontact = {"probability": "10 %", "within": "6 days"}
    queue = {"channel": "email", "arrivals": {"per_day": 1}, "handle_time": "3 min", "recontact": recontact}
    model = Queue.model_validate(queue).recontact
    assert model is not None
    assert model.delay == Exponential(distribution="exponential", mean="2 days")


def test_closed_dates():
    calendar = Calendar(country="FR", closed=["2027-12-24", "2028-01-02"])
    christmas = closed_dates(calendar, date(2027, 12, 20), date(2028, 1, 1))
    assert christmas == {date(2027, 12, 24), date(2027, 12, 25), date(2028, 1, 1)}
    works = Calendar(country="FR", closed=["2027-12-24"], works_on_holidays=True)
    assert closed_dates(works, date(2027, 12, 20), date(2028, 1, 1)) == {date(2027, 12, 24)}
    assert date(2027, 1, 6) in closed_dates(
        Calendar(country="DE", subdivision="BY"), date(2027, 1, 1), date(2027, 1, 31)
    )


SITES = {
    "france": {"calendar": {"country": "FR", "open": {"mon-fri": "08:00-18:00"}}},
    "germany": {"calendar": {"country": "DE", "open": {"mon-sat": "10:00-20:00"}}},
}


def test_queues_and_teams_have_the_calendar_of_their_site(small):
    places = {"queues.calls.site": "france", "queues.emails.site": "germany", "teams.advisers.site": "germany"}
    model = CentreScenario.model_validate(small({"sites": SITES, **places}))
    assert model.opening_hours("calls")[0] == ((8 * HOUR_MS, 18 * HOUR_MS),)
    assert model.opening_hours("emails")[5] == ((10 * HOUR_MS, 20 * HOUR_MS),)
    assert model.calendar_of(model.teams["advisers"]).country == "DE"
    assert model.team_hours("advisers") == (model.opening_hours("calls"),)  # those of the calls it serves
    alone = CentreScenario.model_validate(small({}))
    assert alone.site_of(alone.queues["calls"]) is None
    assert alone.calendar_of(alone.teams["advisers"]) == alone.calendar


def test_who_serves_what_on_which_terms(small):
    teams = {
        "front": {"positions": 5, "serves": ["calls", "emails"], "reserve": 2},
        "back": {"positions": 4, "serves": {"emails": {"reserve": 1, "priority": 3}, "calls": {"preference": 5}}},
        "all": {"positions": 3, "reserve": 1},
    }
    model = CentreScenario.model_validate(small({"teams": teams, "queues.emails.priority": 2}))
    assert model.served_by("back") == ("emails", "calls")
    assert model.serving("calls") == ("front", "back", "all")
    assert [model.preference(team, "emails") for team in teams] == [2, 1, 1]
    assert [model.preference(team, "calls") for team in teams] == [1, 5, 1]
    assert [model.priority(team, "emails") for team in teams] == [2, 3, 2]
    assert [model.reserve(team, "emails") for team in teams] == [2, 1, 1]
    assert [model.reserve(team, "calls") for team in teams] == [0, 0, 0]


def test_terms_multiply_the_handle_time():
    assert Terms().handle_factor == 1
    assert Terms(speed="80 %", handle_time="+20 %").handle_factor == pytest.approx(1.5)


def test_chats_slow_each_other_down():
    assert (Chat().most, Chat().speeds) == (3, pytest.approx((1, 1 / 1.2, 1 / 1.4)))
    assert Chat(at_once=1).speeds == (1,)
    assert (Chat(speed=["100 %", "75 %"]).most, Chat(speed=["100 %", "75 %"]).throughput) == (2, 1.5)


def test_matters_and_skills(small):
    model = CentreScenario.model_validate(
        small(
            {"queues.calls.matters": {"agenda": "60 %", "billing": 0.4}, "teams.advisers.skills": ["agenda", "billing"]}
        )
    )
    assert model.matters == ("agenda", "billing", UNNAMED_MATTER)
    assert model.queues["emails"].matter_shares == {UNNAMED_MATTER: 1}
    assert [model.teams["advisers"].solves(matter) for matter in ("agenda", UNNAMED_MATTER, "tele")] == [
        True,
        True,
        False,
    ]


def test_deflection_by_date():
    share = [{"from": "2027-06-01", "share": "20 %"}, {"from": "2027-03-01", "share": "10 %"}]
    deflection = Deflection(share=share)
    days = [date(2027, 2, 28), date(2027, 3, 1), date(2027, 5, 31), date(2027, 6, 1)]
    assert [deflection.share_on(day) for day in days] == [0, 0.1, 0.1, 0.2]
    assert Deflection(share="15 %").share_on(days[0]) == 0.15


@pytest.mark.parametrize(
    ("written", "factor"), [("-2 min", 0.8), ("-20 %", 0.8), ("+1 min", 1.1), ("+ 60 s", 1.1), ("+10 %", 1.1)]
)
def test_pressure_on_the_handle_time_and_what_it_does_to_recontacts(written, factor):
    queue = {"channel": "call", "handle_time": "10 min", "pressure": {"handle_time": written, "elasticity": 2}}
    model = Queue.model_validate({**queue, "recontact": {"probability": "10 %", "after": "1 day"}})
    assert model.pressure_factor == pytest.approx(factor)
    assert model.recontact_probability == pytest.approx(0.1 / factor**2)
    assert Queue.model_validate(queue).recontact_probability == 0


def test_no_more_than_all_come_back():
    pressure = {"handle_time": "-50 %", "elasticity": 5}
    queue = {"channel": "call", "handle_time": "10 min", "pressure": pressure}
    recontact = {"probability": "10 %", "after": "1 day"}
    assert Queue.model_validate({**queue, "recontact": recontact}).recontact_probability == 1


def test_satisfaction_in_points():
    rated = Satisfaction(base="97 %", per_minute="0.5 points", transfer="6 points", novice="8 %")
    assert (rated.base, rated.transfer, rated.novice, rated.comes_back) == (0.97, 0.06, 0.08, 0)
    assert rated.lost_per_hour == pytest.approx(0.3)
    assert Satisfaction(base=1, per_hour="1 point").lost_per_hour == 0.01


def test_chats_are_in_time_within_their_own_threshold():
    assert Queue.model_validate({"channel": "chat", "handle_time": "9 min"}).threshold_ms == 40_000
