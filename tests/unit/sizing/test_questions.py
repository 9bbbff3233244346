"""What is to be sized."""

from collections.abc import Callable

import pytest

from analysis.sizing.questions import Question, names_of, questions
from sim.errors import ScenarioError
from sim.scenario.load import LoadedScenario

from .conftest import CHATS, TWO_TEAMS, with_billing

Scenario = Callable[..., LoadedScenario]

SHARED = TWO_TEAMS | {"teams.desk.serves": ["chats", "calls"]}


def judged(question: Question) -> set[str]:
    return {target.queue for target in question.targets}


def refusal(loaded: LoadedScenario, team: str | None = None, *, per_interval: bool = False) -> str:
    with pytest.raises(ScenarioError) as raised:
        questions(loaded, team, per_interval=per_interval)
    return str(raised.value)


def test_every_group_is_asked_by_itself(scenario: Scenario) -> None:
    advisers, desk = questions(scenario(TWO_TEAMS))
    assert (advisers.teams, desk.teams) == (("advisers",), ("desk",))
    assert (judged(advisers), judged(desk)) == ({"calls"}, {"chats"})
    assert names_of([advisers, desk]) == ["advisers", "desk"]
    assert list(desk.scenario.queues) == ["chats"]


def test_teams_of_a_group_are_asked_together(scenario: Scenario) -> None:
    (both,) = questions(scenario(SHARED))
    assert both.teams == ("advisers", "desk")
    assert judged(both) == {"calls", "chats"}
    assert both.beside == ()
    assert names_of([both]) == [""]


def test_one_team_is_judged_by_what_is_around_it(scenario: Scenario) -> None:
    (advisers,) = questions(scenario(SHARED), "advisers")
    assert advisers.teams == ("advisers",)
    assert advisers.group.teams == ("advisers", "desk")
    assert judged(advisers) == {"calls"}
    assert {target.queue for target in advisers.beside} == {"chats"}
    (desk,) = questions(scenario(SHARED), "desk")
    assert judged(desk) == {"calls", "chats"}
    (apart,) = questions(scenario(TWO_TEAMS), "desk")
    assert (list(apart.scenario.teams), judged(apart), apart.beside) == (["desk"], {"chats"}, ())


def test_teams_that_nothing_asks_for_are_left_out(scenario: Scenario) -> None:
    untargeted = {key: value for key, value in CHATS.items() if key != "targets"}
    (apart,) = questions(scenario(TWO_TEAMS | {"queues.chats": untargeted}))
    assert apart.teams == ("advisers",)
    recontacts = {"queues.calls.recontact": {"probability": "10 %", "within": "7 days", "to": {"chats": "100 %"}}}
    (together,) = questions(scenario(TWO_TEAMS | {"queues.chats": untargeted} | recontacts))
    assert (together.group.teams, together.teams) == (("advisers", "desk"), ("advisers",))
    (asked,) = questions(scenario(TWO_TEAMS | {"queues.chats": untargeted} | recontacts), "desk")
    assert judged(asked) == {"calls"}


def test_targets_of_queues_that_live_on_transfers_ask_for_nobody(scenario: Scenario) -> None:
    values = {
        "queues.calls.matters": {"agenda": "70 %", "billing": "30 %"},
        "queues.calls.transfer": {"after": "1 min", "to": {"billing": "billing"}},
        "queues.billing": {
            "channel": "call",
            "arrivals": {"per_week": 0},
            "handle_time": "6 min",
            "patience": "3 min",
            "targets": {"answer_rate": "95 %"},
        },
        "teams": {
            "advisers": {"serves": ["calls"], "skills": ["agenda"], "positions": 8},
            "desk": {"serves": ["billing"], "positions": 3},
        },
    }
    (asked,) = questions(scenario(values))
    assert (asked.group.teams, asked.teams) == (("advisers", "desk"), ("advisers",))
    values["queues.billing"]["redial"] = {"probability": "20 %", "after": "10 min"}
    (asked,) = questions(scenario(values))
    assert asked.teams == ("advisers", "desk")  # who hung up while handed on redials the desk, and is judged there


def test_refusals(scenario: Scenario) -> None:
    assert "no queue has targets" in refusal(scenario({"queues.calls.targets": None}))
    assert 'there is no team "advicers"; did you mean "advisers"?' in refusal(scenario(), "advicers")
    untargeted = {key: value for key, value in CHATS.items() if key != "targets"}
    lonely = scenario(TWO_TEAMS | {"queues.chats": untargeted})
    assert 'no target judges the team "desk"; write "targets: ' in refusal(lonely, "desk")


def test_only_one_team_at_a_time_is_sized_by_interval(scenario: Scenario) -> None:
    assert '"advisers" and "desk" have to do with each other' in refusal(scenario(SHARED), per_interval=True)
    assert len(questions(scenario(SHARED), "desk", per_interval=True)) == 1
    assert len(questions(scenario(TWO_TEAMS), per_interval=True)) == 2


def test_a_team_of_transfers_alone_is_sized_for_the_satisfaction_of_its_callers(scenario: Scenario) -> None:
    """They are judged where they called: by their first wait, and by how satisfied they are in the end."""
    values = with_billing(["agenda"])
    satisfied = {"queues.calls.satisfaction": {"base": "95 %"}, "queues.calls.targets.satisfaction": "90 %"}
    (by_wait,), (by_satisfaction,) = (questions(scenario(values | more)) for more in ({}, satisfied))
    assert by_wait.teams == ("advisers",)
    assert by_satisfaction.teams == ("advisers", "desk")
