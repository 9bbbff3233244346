"""Expected numbers of a scenario's teams and of what they may hire."""

from datetime import date

import numpy as np
import pytest

from analysis.hiring.outlook import outlook
from sim.scenario.centre import CentreScenario

RAMP = {"training": "2 weeks", "starts_at": "50 %", "full_at": "10 weeks"}
HIRING = {"lead_time": "5 weeks", "class_size": 6, "trainers": 2, "classes": [{"on": "2027-03-01", "heads": 4}]}
TREE = {
    "kind": "centre",
    "name": "Growing",
    "start": "2027-02-01",
    "horizon": "4 months",
    "queues": {
        "calls": {
            "channel": "call",
            "arrivals": {"per_week": 3000},
            "handle_time": "6 min",
            "targets": {"service_level": "80 % in 20 s"},
        }
    },
    "teams": {
        "advisers": {
            "heads": 20,
            "ramp": RAMP,
            "attrition": {"rate": "24 % per year", "lost_in_training": "20 %"},
            "hiring": HIRING,
            "cost": {"loaded_per_hour": "30 EUR", "per_hire": "1000 EUR"},
        }
    },
}
OUTLOOK = outlook(CentreScenario.model_validate(TREE), ("advisers",))


def test_months_and_who_is_there() -> None:
    assert OUTLOOK.months == ("2027-02", "2027-03", "2027-04", "2027-05")
    assert OUTLOOK.starts.tolist() == [0, 28, 59, 89]
    assert OUTLOOK.days == 120
    february = 20 * np.exp(-0.24 * np.arange(28) / 365.25).mean()
    assert OUTLOOK.heads[0, 0] == pytest.approx(february)
    assert OUTLOOK.productive[0, 0] == pytest.approx(february)  # all past the ramp
    march = 20 * np.exp(-0.24 * np.arange(28, 59) / 365.25)
    trainees = 4 * (1 - 0.2 * np.minimum(np.arange(31), 14) / 14)
    trainees *= np.exp(-0.24 * np.maximum(np.arange(31) - 14, 0) / 365.25)
    assert OUTLOOK.heads[0, 1] == pytest.approx((march + trainees).mean())


def test_new_classes_start_when_the_lead_time_is_over_and_on_first_mondays_after_it() -> None:
    starts = [OUTLOOK.day(one.day) for one in OUTLOOK.classes]
    assert starts == [date(2027, 3, 8), date(2027, 4, 5), date(2027, 5, 3)]  # five weeks after 1 February


def test_one_head_of_a_class() -> None:
    april = OUTLOOK.classes[1]
    tenure = np.arange(120) - 63
    there = np.where(tenure < 0, 0.0, 1 - 0.2 * np.minimum(tenure, 14) / 14)
    there = np.where(tenure > 14, 0.8 * np.exp(-0.24 * (tenure - 14) / 365.25), there)
    np.testing.assert_allclose(april.heads, [0, 0, there[59:89].mean(), there[89:].mean()])
    proficiency = np.clip(0.5 + 0.5 * (tenure - 14) / 56, 0, 1) * (tenure >= 14)
    productive = there * proficiency
    np.testing.assert_allclose(april.productive[2:], [productive[59:89].mean(), productive[89:].mean()])
    assert april.cost == pytest.approx(1000 + there.sum() * 5 * 30)
    assert april.most == 12


def test_a_least_class() -> None:
    """Of March's five, four are the file's own; three, and classes of five without them, are too few."""
    hiring = HIRING | {"least_class_size": 5, "classes": [{"on": "2027-03-08", "heads": 4}]}
    team = TREE["teams"]["advisers"] | {"hiring": hiring}
    of = outlook(CentreScenario.model_validate(TREE | {"teams": {"advisers": team}}), ("advisers",))
    assert [one.least for one in of.classes] == [1, 5, 5]
    assert of.allows(np.array([1, 5, 0]))
    assert of.allows(np.array([0, 0, 6]))
    assert not of.allows(np.array([0, 4, 0]))
    assert [one.least for one in OUTLOOK.classes] == [1, 1, 1]


def test_places_in_training() -> None:
    """Two trainers of six each: four of March's places are the file's own class's; April's and May's are alone."""
    places = [(together.tolist(), places) for together, places in OUTLOOK.places]
    assert places == [([0], 8.0), ([1], 12.0), ([2], 12.0)]


def test_who_cannot_start_yet_is_left_out() -> None:
    later = OUTLOOK.later(64)
    assert [later.day(one.day) for one in later.classes] == [date(2027, 5, 3)]
    assert [(together.tolist(), places) for together, places in later.places] == [([0], 12.0)]


def test_no_limit_where_the_file_has_none() -> None:
    assert np.isinf(OUTLOOK.budget)
    assert np.isinf(OUTLOOK.most_heads).all()
