"""Which teams have to do with each other."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from analysis.sizing.groups import Group, alone, groups_of, offered_to, passed_on, queues_around
from sim.scenario.load import LoadedScenario

from .conftest import CHATS, EMAILS, TWO_TEAMS, with_billing

Scenario = Callable[..., LoadedScenario]

TOGETHER = (Group(("advisers", "desk"), ("calls", "chats")),)
APART = (Group(("advisers",), ("calls",)), Group(("desk",), ("chats",)))


def test_one_team_is_one_group(scenario: Scenario) -> None:
    model = scenario(emails=True).model
    assert groups_of(model) == (Group(("advisers",), ("calls", "emails")),)
    assert alone(model, groups_of(model)[0]) is model


def test_teams_that_share_nothing_are_apart(scenario: Scenario) -> None:
    assert groups_of(scenario(TWO_TEAMS).model) == APART


@pytest.mark.parametrize(
    "values",
    [
        {"teams.desk.serves": ["chats", "calls"]},
        {"teams.desk.serves": None},
        {"queues.calls.recontact": {"probability": "10 %", "within": "7 days", "to": {"chats": "100 %"}}},
        {
            "queues.chats.recontact": {
                "probability": "10 %",
                "within": "7 days",
                "to": {"calls": "5 %", "chats": "95 %"},
            }
        },
    ],
    ids=["a shared queue", "all queues", "re-contacts", "some re-contacts"],
)
def test_teams_that_share_queues_or_contacts_are_together(scenario: Scenario, values: Mapping[str, Any]) -> None:
    assert groups_of(scenario(TWO_TEAMS | values).model) == TOGETHER


def test_recontacts_to_the_same_queue_connect_nothing(scenario: Scenario) -> None:
    own = {"queues.calls.recontact": {"probability": "10 %", "within": "7 days"}}
    model = scenario(TWO_TEAMS | own).model
    assert groups_of(model) == APART
    assert passed_on(model) == {"calls": frozenset(), "chats": frozenset()}


def test_late_emails_and_posts_connect(scenario: Scenario) -> None:
    teams = {
        "teams": {"advisers": {"serves": ["calls"], "positions": 8}, "writers": {"serves": ["mail"], "positions": 2}}
    }
    late = EMAILS | {"late_to_call": {"probability": "20 %", "to": "calls"}}
    assert len(groups_of(scenario(teams | {"queues.mail": EMAILS}).model)) == 2
    assert len(groups_of(scenario(teams | {"queues.mail": late}).model)) == 1
    posts = {"queues.calls.deflection": {"share": "10 %", "posts": {"share": "20 %", "to": "mail"}}}
    assert len(groups_of(scenario(teams | {"queues.mail": EMAILS} | posts).model)) == 1


def test_transfers_connect_if_a_skill_is_lacking(scenario: Scenario) -> None:
    handed_on = scenario(with_billing(["agenda"])).model
    assert groups_of(handed_on) == (Group(("advisers", "desk"), ("calls", "billing")),)
    solved = with_billing(["agenda", "billing"]) | {"queues.billing": CHATS | {"channel": "call"}}
    assert len(groups_of(scenario(solved).model)) == 2


def test_chains_are_one_group(scenario: Scenario) -> None:
    values = {
        "queues.chats": CHATS,
        "queues.emails": EMAILS,
        "teams": {
            "last": {"serves": ["emails"], "positions": 2},
            "first": {"serves": ["calls", "chats"], "positions": 8},
            "middle": {"serves": ["chats", "emails"], "positions": 2},
        },
    }
    assert groups_of(scenario(values).model) == (Group(("last", "first", "middle"), ("calls", "chats", "emails")),)


def test_a_group_alone_has_its_own_teams_and_queues(scenario: Scenario) -> None:
    model = scenario(TWO_TEAMS).model
    desk = alone(model, groups_of(model)[1])
    assert (list(desk.teams), list(desk.queues)) == (["desk"], ["chats"])
    assert desk.queues["chats"] == model.queues["chats"]


def test_what_is_offered_to(scenario: Scenario) -> None:
    billing = with_billing(["agenda"])
    assert offered_to(scenario(billing).model) == {"calls"}
    back = {"queues.calls.recontact": {"probability": "10 %", "within": "7 days", "to": {"billing": "100 %"}}}
    assert offered_to(scenario(billing | back).model) == {"calls", "billing"}


def test_queues_around_a_team(scenario: Scenario) -> None:
    model = scenario(with_billing(["agenda"])).model
    assert queues_around(model, "advisers") == queues_around(model, "desk") == {"calls", "billing"}
    shared = scenario(TWO_TEAMS | {"teams.desk.serves": ["chats", "calls"]}).model
    assert queues_around(shared, "advisers") == {"calls"}
    assert queues_around(shared, "desk") == {"calls", "chats"}
