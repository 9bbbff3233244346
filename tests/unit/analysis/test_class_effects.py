"""What a hiring class takes before it gives, by hand arithmetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analysis.class_effects import ClassEffect, class_effects
from analysis.hiring.outlook import outlook
from analysis.output.class_text import class_sentence
from sim.scenario.centre import CentreScenario

TEAM: dict[str, Any] = {
    "heads": 60,
    "shrinkage": {"sickness": "20 %"},
    "ramp": {"training": "2 weeks", "starts_at": "50 %", "full_at": "10 weeks"},
    "hiring": {"classes": [{"on": "2027-01-18", "heads": 10}]},
}
COACHING = {
    "coaches": 2,
    "time": "50 %",
    "per_trainee": "10 h per week",
    "per_beginner": "12 h per week",
    "per_agent": "30 min per week",
}
"""Of the coaches' 35 h a week 60 agents take 30; what trainees and beginners take beyond that colleagues give."""


def scenario(horizon: str, **team: Any) -> CentreScenario:
    return CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": "Classes",
            "start": "2027-01-04",
            "horizon": horizon,
            "queues": {"calls": {"channel": "call", "arrivals": {"per_week": 4000}, "handle_time": "6 min"}},
            "teams": {"advisers": TEAM | team},
        }
    )


def test_a_class_that_colleagues_coach() -> None:
    """10 trainees take 100 h, 95 beyond the coaches; four in five are there. At 50 % ten get 140 h done, taking 92."""
    (effect,) = class_effects(scenario("13 weeks", coaching=COACHING), "advisers")
    assert effect == ClassEffect(
        start=date(2027, 1, 18),
        heads=10,
        takes_h=pytest.approx(0.8 * 95),
        helps_from=date(2027, 2, 1),
        full_on=date(2027, 3, 29),
        full_heads=pytest.approx(10),
    )
    assert class_sentence(effect) == (
        "The class of 2027-01-18 (10 people) takes up to 76 h a week of colleagues' time before it helps, from "
        "2027-02-01 on; on 2027-03-29 it is worth 10.0 experienced people."
    )


def test_beginners_may_take_more_than_they_give() -> None:
    """At 10 % ten get 28 h done; they take 92. They help when they get more done than that, at 33 %."""
    slow = {**TEAM["ramp"], "starts_at": "10 %"}
    (effect,) = class_effects(scenario("13 weeks", coaching=COACHING, ramp=slow), "advisers")
    days = 56 * (92 / 280 - 0.1) / 0.9
    assert effect.takes_h == pytest.approx(76)
    assert effect.helps_from is not None
    assert (effect.helps_from - date(2027, 2, 1)).days == int(days) + 1


def test_a_class_that_nobody_coaches_takes_nothing() -> None:
    (effect,) = class_effects(scenario("5 weeks"), "advisers")
    assert effect == ClassEffect(date(2027, 1, 18), 10, 0.0, date(2027, 2, 1), None, None)
    assert class_sentence(effect) == "The class of 2027-01-18 (10 people) helps from 2027-02-01 on."


def test_a_class_that_comes_too_late_to_help() -> None:
    (effect,) = class_effects(scenario("3 weeks", coaching=COACHING), "advisers")
    assert class_sentence(effect) == (
        "The class of 2027-01-18 (10 people) takes up to 76 h a week of colleagues' time before it helps, which isn't "
        "within the horizon."
    )
    (effect,) = class_effects(scenario("3 weeks"), "advisers")
    assert class_sentence(effect) == "The class of 2027-01-18 (10 people) helps nobody within the horizon."


def test_classes_share_the_coaches() -> None:
    """Each is held against the same months without it: of two at once the second finds no coach left."""
    hiring = {"classes": [{"on": "2027-01-18", "heads": 10}, {"on": "2027-01-18", "heads": 10}]}
    effects = list(class_effects(scenario("13 weeks", coaching=COACHING, hiring=hiring), "advisers"))
    assert [effect.takes_h for effect in effects] == pytest.approx([80, 80])


def test_hire_reckons_with_what_a_class_takes() -> None:
    """A trainee takes 10 h a week of colleagues, four in five there, of the 28 h that each has on the phones."""
    slow = {**TEAM["ramp"], "training": "8 weeks", "full_at": "12 weeks"}
    busy = {name: value for name, value in COACHING.items() if name not in ("coaches", "time")}
    found = outlook(scenario("3 months", coaching=busy, ramp=slow, hiring={}), ("advisers",))
    first = found.classes[0]
    assert first.day == 0
    assert first.productive[0] == pytest.approx(-8 / 28)
    assert found.productive[0] == pytest.approx([60 - 60 * 0.4 / 28] * 3)


def test_hire_pays_newcomers_their_overtime_and_not_all_their_time_off() -> None:
    """28 days of 35 h a week; four in five work 5 h more, at 130 %, and a week later 4 h less."""
    extra = {
        "overtime": [{"from": "2027-01-18", "until": "2027-01-24", "hours": "5 h", "pay": "130 %"}],
        "time_off": [{"from": "2027-01-25", "until": "2027-01-31", "hours": "4 h"}],
    }
    found = outlook(scenario("4 weeks", hiring={}, cost={"loaded_per_hour": "10 EUR"}, **extra), ("advisers",))
    assert found.classes[0].day == 0
    assert found.classes[0].cost == pytest.approx(10 * (4 * 35 + 0.8 * 5 * 1.3 - 0.8 * 4))
