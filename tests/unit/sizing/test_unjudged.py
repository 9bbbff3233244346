"""What an answer says of losses that no target judges, and of the staff it found."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.output.doubts import doubts_of, doubts_with_staff
from analysis.output.run_text import run_text
from analysis.output.size_data import size_data
from analysis.output.size_text import size_text
from analysis.output.unjudged import unjudged_losses
from analysis.simulation import run_loaded
from analysis.sizing import holds, size_loaded
from analysis.sizing.staffed import with_staff_found
from sim.scenario.load import LoadedScenario

from .conftest import EMAILS, with_billing

Scenario = Callable[..., LoadedScenario]

FEW = 4
LOSING = with_billing(["agenda"]) | {"queues.billing.patience": "1 min"}
"""Three at a desk to which more is handed on than they have time for."""


def told(loaded: LoadedScenario) -> list[str]:
    result = run_loaded(loaded, replications=FEW)
    return unjudged_losses(loaded.model, result.figures, result.targets)


def short_staffed(values: Mapping[str, Any]) -> dict[str, Any]:
    teams = {**LOSING["teams"], "desk": {"serves": ["billing"], "positions": 1}}
    return {**LOSING, "teams": teams, **values}


def test_those_lost_when_handed_on_are_told_with_the_mend(scenario: Scenario) -> None:
    (sentence,) = told(scenario(short_staffed({})))
    assert sentence.startswith("Beware: ")
    assert " of those handed on to billing are lost, and " in sentence
    assert sentence.endswith('no target judges that: give billing "targets: {transfers: 80 % in 1 min}".')


def test_nothing_is_said_of_what_a_target_judges(scenario: Scenario) -> None:
    assert told(scenario(short_staffed({"queues.billing.targets": {"transfers": "80 % in 1 min"}}))) == []


def test_nothing_is_said_of_few(scenario: Scenario) -> None:
    teams = {**LOSING["teams"], "desk": {"serves": ["billing"], "positions": 20}}
    assert told(scenario({**LOSING, "teams": teams})) == []


def test_customers_who_give_up_uncounted(scenario: Scenario) -> None:
    """A service level of the answered says nothing of those who give up."""
    flattering = {"service_level": "1 % in 20 s", "formula": "sl_answered"}
    (sentence,) = told(scenario({"queues.calls.targets": flattering, "teams.advisers.positions": 3}))
    assert " of all customers aren't served in the end, and no target judges how many are lost in calls: " in sentence
    assert sentence.endswith('give calls "targets: {answer_rate: 95 %}".')
    assert told(scenario({"teams.advisers.positions": 3})) == []


def test_emails_that_nobody_gets_to(scenario: Scenario) -> None:
    emails = {key: value for key, value in EMAILS.items() if key != "targets"} | {"arrivals": {"per_day": 1500}}
    (sentence,) = told(scenario({"queues.emails": emails, "warm_up": 0, "queues.emails.backlog": 0}))
    assert sentence.endswith('give emails "targets: {response: 80 % in 4 h}".')


def test_it_stands_under_the_first_line(scenario: Scenario) -> None:
    loaded = scenario(short_staffed({"queues.billing.recontact": {"probability": "20 %", "after": "1 h"}}))
    _, second, *_ = run_text(run_loaded(loaded, replications=FEW)).replace(";\n", "; ").splitlines()
    assert second.startswith("Beware: ")
    result = size_loaded(loaded, replications=FEW)
    held = holds(loaded, replications=FEW)
    lines = size_text(result, held).splitlines()
    data = size_data(result, held)
    assert data["unjudged"] == ([lines[1]] if lines[1].startswith("Beware") else [])


def test_doubts_are_those_of_the_staff_found(scenario: Scenario) -> None:
    """The file's own staff has time; the least staff that holds a weak target hasn't."""
    loaded = scenario(
        {
            "queues.calls.targets": {"service_level": "30 % in 20 s", "formula": "sl_answered"},
            "teams.advisers": {"positions": 40},
        }
    )
    assert not any(one.field == "teams.advisers" for one in doubts_of(loaded))
    result = size_loaded(loaded, replications=FEW)
    staffed = with_staff_found(result)
    assert staffed.teams["advisers"].positions == result.only.peak.size
    (doubt,) = doubts_with_staff(loaded, staffed)
    assert doubt.field == "teams.advisers"
    assert "callers will wait long or give up" in doubt.message
    assert doubt.message in size_text(result)


def test_a_reserve_as_large_as_the_staff_found_is_told(scenario: Scenario) -> None:
    loaded = scenario({"teams.advisers": {"positions": 9, "reserve": 8}}, emails=True)
    assert not any(one.field == "teams.advisers.reserve" for one in doubts_of(loaded))
    staffed = loaded.model.model_copy(
        update={"teams": {"advisers": loaded.model.teams["advisers"].model_copy(update={"positions": 8})}}
    )
    fields = [one.field for one in doubts_with_staff(loaded, staffed)]
    assert "teams.advisers.reserve" in fields
