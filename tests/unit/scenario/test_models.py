"""The models: defaults, what they resolve, and that they can't be changed."""

from datetime import date

import pytest
from pydantic import ValidationError

from sim.scenario.base import FrozenDict
from sim.scenario.calendar import Calendar, closed_dates
from sim.scenario.centre import CentreScenario
from sim.scenario.distribution import Empirical, Exponential, Gamma
from sim.scenario.queue import Queue

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
