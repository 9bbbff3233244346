"""What a planner reads about mistakes in sites and in what stands in them."""

import pytest

from sim.scenario.load import load_scenario

FRANCE = {"calendar": {"country": "FR", "open": {"mon-fri": "09:00-17:00"}}, "currency": "EUR"}
TWO = {"sites": {"france": FRANCE, "britain": {"currency": "GBP"}}}
PLACED = {"queues.calls.site": "france", "queues.emails.site": "france", "teams.advisers.site": "britain"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"sites": {}}, "sites: must be from 1 to 50; there are 0"),
        (
            {"sites": {f"s{number}": {} for number in range(51)}},
            "sites: must be from 1 to 50; there are 51",
        ),
        (
            {"sites": {"france": FRANCE}, "calendar": {"country": "FR"}},
            "calendar: can't stand beside sites, which have a calendar each; move it to sites.NAME.calendar",
        ),
        ({"queues.calls.site": "france"}, "queues.calls.site: needs sites at the top of the file"),
        (TWO, 'queues.calls.site: is required where there are several sites: "france" or "britain"'),
        (TWO, 'teams.advisers.site: is required where there are several sites: "france" or "britain"'),
        (
            {**TWO, **PLACED, "queues.calls.site": "frnace"},
            'queues.calls.site: unknown site "frnace"; did you mean "france"?',
        ),
        (
            {**TWO, **PLACED, "queues.calls.site": "spain"},
            'queues.calls.site: unknown site "spain"; known are "france" and "britain"',
        ),
        (
            {**TWO, **PLACED, "teams.advisers.site": "france"},
            "sites.britain: has neither queue nor team; name it as the site of one, or take it out",
        ),
        (
            {"sites": {"france": {"calendar": {"country": "fr"}}}},
            'sites.france.calendar.country: unknown country "fr"; did you mean "FR"?',
        ),
        (
            {"sites": {"france": {"calendar": {"open": {"mon": "8-17"}}}}},
            'sites.france.calendar.open.mon: write 08:00-17:00 (got "8-17")',
        ),
        (
            {"sites": {"france": {"currency": "euro"}}},
            'sites.france.currency: must be a currency\'s three letters, such as EUR (got "euro")',
        ),
        (
            {"sites": {"france": {"country": "FR"}}},
            "sites.france.country: unknown field here; it belongs to the calendar",
        ),
        ({"currency": "EUR"}, "currency: unknown field here; it belongs to a site"),
        (
            {**TWO, **PLACED, "teams.advisers.cost": {"loaded_per_year": "30000 EUR"}},
            'teams.advisers.cost.loaded_per_year: must be in GBP, the currency of site "britain"',
        ),
        (
            {
                "teams.advisers.cost": {"loaded_per_year": "30000 EUR"},
                "teams.others": {"positions": 1, "cost": {"loaded_per_hour": "30 GBP"}},
            },
            "teams.others.cost.loaded_per_hour: must be in EUR, as other costs there are",
        ),
    ],
)
def test_a_mistake_is_told_with_its_mend(small, problems_of, changes, problem):
    assert problem in problems_of(small(changes))


def test_parts_of_a_scenario_with_one_site_need_not_name_it(small, write):
    model = load_scenario(write(small({"sites": {"france": FRANCE}}))).model
    assert model.site_of(model.queues["calls"]) == model.site_of(model.teams["advisers"]) == "france"


def test_hours_of_a_queue_are_checked_against_its_own_site(small, problems_of):
    changes = {**TWO, **PLACED, "queues.calls.arrivals.days": {"sat": 1}}
    assert problems_of(small(changes)) == ["queues.calls.arrivals.days: gives weight to sat, when the queue is closed"]
    changes["sites"] = {**TWO["sites"], "france": {"calendar": {"open": {"mon-sat": "09:00-17:00"}}}}
    changes["teams.advisers.heads"] = "x"
    assert problems_of(small(changes)) == ['teams.advisers.heads: must be a whole number (got "x")']
