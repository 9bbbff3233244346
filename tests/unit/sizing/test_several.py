"""Several teams sized: apart where they have nothing to do with each other, together where they have."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from analysis.intervals import summarise
from analysis.sizing import SizeResult, holds, size_loaded
from analysis.sizing.judging import all_figures, met
from analysis.targets import targets_of
from sim.centre.compile import compile_centre
from sim.centre.compile_staff import TeamStaff
from sim.centre.simulate import simulate
from sim.errors import CannotAnswerError
from sim.scenario.load import LoadedScenario

from .conftest import CHATS, TWO_TEAMS, with_billing

Scenario = Callable[..., LoadedScenario]

REPLICATIONS = 12
N_MODEL = {
    "queues.hard": {
        "channel": "call",
        "arrivals": {"per_day": 150},
        "handle_time": "8 min",
        "patience": "3 min",
        "targets": {"service_level": "80 % in 20 s"},
    },
    "teams": {
        "juniors": {"serves": ["calls"], "positions": 4},
        "seniors": {"serves": ["hard", "calls"], "positions": 6},
    },
}
"""Seniors help out with the juniors' calls."""
SITE_PAIR = {
    "calendar": None,
    "sites": {
        "france": {"calendar": {"open": {"mon-fri": "09:00-17:00"}}},
        "italy": {"calendar": {"open": {"mon-fri": "10:00-16:00"}}},
    },
    "queues.calls.site": "france",
    "queues.calls.recontact": {"probability": "30 %", "within": "2 days", "to": {"calls": "50 %", "chats": "50 %"}},
    "queues.chats": CHATS | {"site": "italy"},
    "teams": {
        "advisers": {"site": "france", "serves": ["calls"], "heads": 20},
        "desk": {"site": "italy", "serves": ["chats"], "heads": 4},
    },
}
"""Callers in one country come back as chats in another."""


def sizes(result: SizeResult) -> dict[str, int]:
    return {team.team: team.peak.size for team in result.teams}


def meets(loaded: LoadedScenario, staff: Mapping[str, TeamStaff]) -> bool:
    """Whether a staff meets every target, simulated from scratch."""
    statistics = summarise(
        centre := compile_centre(loaded.model).staffed(staff),
        simulate(centre, 1, range(REPLICATIONS)),
        targets_of(loaded.model),
    )
    return met(all_figures(statistics))


def given(result: SizeResult, fewer: str = "") -> dict[str, TeamStaff]:
    """The answer, or with one fewer of a team."""
    numbers = {team.team: team.peak.size - (team.team == fewer) for team in result.teams}
    units = {team.team: team.unit for team in result.teams}
    return {
        name: TeamStaff(heads=number) if units[name] == "heads" else TeamStaff(positions=number)
        for name, number in numbers.items()
    }


# --- apart --------------------------------------------------------------------------------------------------------


def test_teams_apart_are_sized_as_in_files_of_their_own(scenario: Scenario) -> None:
    both = size_loaded(scenario(TWO_TEAMS | {"horizon": "2 months"}))
    calls = size_loaded(scenario({"horizon": "2 months"})).only
    chats = {"horizon": "2 months", "queues": {"chats": CHATS}, "teams": {"desk": {"positions": 3}}}
    advisers, desk = both.teams
    assert [group.question.teams for group in both.groups] == [("advisers",), ("desk",)]
    for found, alone in ((advisers, calls), (desk, size_loaded(scenario(chats)).only)):
        assert found.peak.size > 1
        assert (found.team, found.unit, found.stated) == (alone.team, alone.unit, alone.stated)
        for month, same in zip(found.months, alone.months, strict=True):
            assert (month.size, month.alternatives, month.binding) == (same.size, same.alternatives, same.binding)
            assert (month.erlang_c, month.erlang_a) == (same.erlang_c, same.erlang_a)
            assert month.above is not None
            assert same.above is not None
            for trial, other in ((month.at, same.at), (month.above, same.above)):
                assert (trial.decision, trial.replications) == (other.decision, other.replications)


def test_the_reverse_question_apart(scenario: Scenario) -> None:
    both = holds(scenario(TWO_TEAMS), replications=REPLICATIONS)
    (alone,) = holds(scenario(), replications=REPLICATIONS).groups
    assert [group.question.teams for group in both.groups] == [("advisers",), ("desk",)]
    assert both.groups[0].tightest.volume == alone.tightest.volume
    assert both.groups[0].tightest.at.decision == alone.tightest.at.decision


def test_one_of_two_teams_apart(scenario: Scenario) -> None:
    both = size_loaded(scenario(TWO_TEAMS), replications=REPLICATIONS)
    desk = size_loaded(scenario(TWO_TEAMS), team="desk", replications=REPLICATIONS)
    assert sizes(desk) == {"desk": sizes(both)["desk"]}
    assert list(desk.peak.at.teams) == ["desk"]


def test_teams_apart_are_sized_by_interval(scenario: Scenario) -> None:
    tiny = {"horizon": "2 weeks", "interval": "2 h", "warm_up": "none"}
    result = size_loaded(scenario(TWO_TEAMS | tiny), replications=4, per_interval=True)
    for team in result.teams:
        assert team.pattern is not None
        assert list(team.pattern.at.teams) == [team.team]
        assert team.pattern.at.met


# --- together -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [N_MODEL, SITE_PAIR], ids=["N", "sites"])
def test_together_they_hold_and_nobody_can_be_taken(scenario: Scenario, values: dict[str, Any]) -> None:
    loaded = scenario(values)
    result = size_loaded(loaded, replications=REPLICATIONS)
    (group,) = result.groups
    assert len(group.teams) == 2
    assert meets(loaded, given(result))
    for team in result.teams:
        assert team.peak.size > 1
        assert not meets(loaded, given(result, fewer=team.team))
        assert team.peak.below is not None
        assert not team.peak.below.met
        assert team.peak.binding
        assert team.peak.above is None
        assert (team.peak.erlang_c is None) is (values is N_MODEL)
    at = group.trials[0]
    assert at.met
    assert {name: tried.size for name, tried in at.teams.items()} == sizes(result)


def test_below_one_team_the_others_are_as_in_the_answer(scenario: Scenario) -> None:
    juniors, seniors = size_loaded(scenario(N_MODEL), replications=REPLICATIONS).teams
    assert juniors.peak.at is seniors.peak.at
    assert juniors.peak.below is not None
    tried = {name: team.size for name, team in juniors.peak.below.teams.items()}
    assert tried == {"juniors": juniors.peak.size - 1, "seniors": seniors.peak.size}


@pytest.mark.parametrize(("dear", "answer"), [("left", (1, 6)), ("right", (6, 1))])
def test_the_dearest_are_spared_first(scenario: Scenario, dear: str, answer: tuple[int, int]) -> None:
    """Seven are needed, whoever they are; one stays in every team."""
    costs = {"left": "20 EUR", "right": "20 EUR"} | {dear: "30 EUR"}
    team = {"serves": ["calls"], "positions": 5}
    teams = {name: team | {"cost": {"loaded_per_hour": cost}} for name, cost in costs.items()}
    assert tuple(sizes(size_loaded(scenario({"teams": teams}), replications=30)).values()) == answer


def test_months_are_sized_by_themselves_and_the_peak_is_the_groups(scenario: Scenario) -> None:
    seasons = {"horizon": "2 months", "queues.calls.arrivals.seasonality": {"feb": 1, "mar": 1.6}}
    result = size_loaded(scenario(N_MODEL | seasons), replications=6)
    (group,) = result.groups
    assert group.peak.label == "2027-03"
    february, march = zip(*(team.months for team in group.teams), strict=True)
    assert sum(month.size for month in march) > sum(month.size for month in february)
    assert all(team.peak is team.months[1] for team in group.teams)


def test_the_reverse_question_together(scenario: Scenario) -> None:
    values = {"teams.juniors.positions": 5, "teams.seniors.positions": 6}
    sized = size_loaded(scenario(N_MODEL | values), replications=REPLICATIONS)
    found = sizes(sized)
    volumes = []
    for spare in (0, 2):
        staff = {f"teams.{name}.positions": size + spare for name, size in found.items()}
        (group,) = holds(scenario(N_MODEL | staff), replications=REPLICATIONS).groups
        assert group.tightest.volume is not None
        volumes.append(group.tightest.volume)
        assert {name: tried.size for name, tried in group.tightest.at.teams.items()} == {
            name: size + spare for name, size in found.items()
        }
    assert 1 <= volumes[0] < volumes[1]


# --- one team of a group ------------------------------------------------------------------------------------------


def test_one_team_beside_others_as_the_file_has_them(scenario: Scenario) -> None:
    loaded = scenario(N_MODEL)
    result = size_loaded(loaded, team="juniors", replications=REPLICATIONS)
    month = result.peak
    assert month.at.teams["seniors"].size == 6
    assert {target.queue for target in month.binding} == {"calls"}
    assert {one.target.queue for one in month.at.beside} == {"hard"}
    few = size_loaded(scenario(N_MODEL | {"teams.seniors.positions": 3}), team="juniors", replications=REPLICATIONS)
    assert few.peak.size > month.size


def test_by_interval_beside_others(scenario: Scenario) -> None:
    tiny = {"horizon": "2 weeks", "interval": "2 h", "warm_up": "none"}
    team = size_loaded(scenario(N_MODEL | tiny), team="juniors", replications=4, per_interval=True).only
    assert team.pattern is not None
    assert (team.pattern.at.teams["seniors"].size, team.pattern.at.teams["juniors"].size) == (6, None)


def test_teams_that_nothing_asks_for_stay_as_they_are(scenario: Scenario) -> None:
    untargeted = N_MODEL["queues.hard"] | {"targets": {}}  # type: ignore[operator]
    values = N_MODEL | {"queues.hard": untargeted, "teams.seniors": {"serves": ["hard"], "positions": 6}}
    transfers = {"queues.calls.recontact": {"probability": "5 %", "within": "2 days", "to": {"hard": "100 %"}}}
    result = size_loaded(scenario(values | transfers), replications=REPLICATIONS)
    assert list(sizes(result)) == ["juniors"]
    assert result.peak.at.teams["seniors"].size == 6


# --- limits -------------------------------------------------------------------------------------------------------


def test_no_staff_within_the_limit(scenario: Scenario) -> None:
    with pytest.raises(CannotAnswerError) as raised:
        size_loaded(scenario(N_MODEL), replications=4, limit=3)
    text = str(raised.value)
    assert text.startswith("even 3 positions of juniors and 3 positions of seniors don't meet every target in ")
    assert "because 3 positions of juniors and 3 positions of seniors are too few: " in text


def test_the_others_may_be_what_is_too_few(scenario: Scenario) -> None:
    handed_on = {
        "queues.calls.matters": {"agenda": "60 %", "hard": "40 %"},
        "queues.calls.transfer": {"after": "1 min", "to": {"hard": "hard"}},
        "teams.juniors": {"serves": ["calls"], "skills": ["agenda"], "positions": 4},
        "teams.seniors": {"serves": ["hard"], "positions": 2},
    }
    with pytest.raises(CannotAnswerError) as raised:
        size_loaded(scenario(N_MODEL | handed_on), team="juniors", replications=4, limit=12)
    assert "because the people of seniors, as the file has them, are too few: " in str(raised.value)


def test_nobody_there(scenario: Scenario) -> None:
    short = {"mon-fri": "09:00-16:00"}
    hours = {"teams.juniors.hours": short, "teams.seniors.hours": short, "queues.hard.open": short}
    with pytest.raises(CannotAnswerError, match="come when nobody of juniors or seniors is there"):
        size_loaded(scenario(N_MODEL | hours), replications=4)


# --- those handed on ----------------------------------------------------------------------------------------------


def test_experts_are_kept_for_those_handed_on_to_them(scenario: Scenario) -> None:
    """Without a target for them nothing asks for the desk; with it one fewer there fails it."""
    values = with_billing(["agenda"]) | {"queues.billing.patience": "3 min"}
    unasked = size_loaded(scenario(values), replications=REPLICATIONS)
    loaded = scenario(values | {"queues.billing.targets": {"transfers": "80 % in 1 min"}})
    result = size_loaded(loaded, replications=REPLICATIONS)
    assert set(sizes(unasked)) == {"advisers"}
    assert set(sizes(result)) == {"advisers", "desk"}
    desk = result.teams[1].peak
    assert desk.size > 1
    assert [(target.queue, target.metric) for target in desk.binding] == [("billing", "transfers")]
    assert meets(loaded, given(result))
    assert not meets(loaded, given(result, fewer="desk"))
