"""What the parts of a scenario demand of each other.

A rule looks only at fields that are set: it is given either a whole scenario or a draft of one with mistakes, whose
sound parts are checked against each other all the same. Findings are placed from the scenario's root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from .base import Finding, Loc
from .calendar import Calendar
from .centre import CentreScenario
from .dates import MOST_DAYS, horizon_dates
from .draft import has, known
from .handling import first_handle_shares
from .queue_rules import queue_findings
from .repeats import UnsettledError, weekly_flows
from .team_rules import team_findings
from .words import listed, printable, suggestion

MOST_FINDINGS = 500
"""More than anyone reads."""
MOST_QUEUES = 200
"""The engines number up to 256."""


def scenario_findings(scenario: CentreScenario) -> list[Finding]:
    """What the parts hold against each other, the first of many; nothing for a sound scenario."""
    return list(islice(_findings(scenario), MOST_FINDINGS))


def _findings(scenario: CentreScenario) -> Iterator[Finding]:
    queues = known(scenario, "queues")
    if queues is not None and not 0 < len(queues) <= MOST_QUEUES:
        yield Finding(("queues",), f"must be from 1 to {MOST_QUEUES}; there are {len(queues)}")
        return
    yield from _time(scenario)
    if has(scenario, "calendar"):
        yield from _within(("calendar",), _calendar(scenario.calendar))
    for name, queue in (queues or {}).items():
        yield from _within(("queues", name), queue_findings(scenario, queue))
    if has(scenario, "teams"):
        if len(scenario.teams) != 1:
            yield Finding(("teams",), f"needs exactly one team for now; there are {len(scenario.teams)}")
        for name, team in scenario.teams.items():
            yield from _within(("teams", name), team_findings(scenario, team))


def _within(loc: Loc, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of a part, placed from the root."""
    return (Finding((*loc, *finding.loc), finding.message) for finding in findings)


def volume_findings(scenario: CentreScenario) -> list[Finding]:
    """Where the repeats that the rates predict leave no room for first contacts; for a scenario sound otherwise."""
    try:
        flows = weekly_flows(scenario)
    except UnsettledError:
        message = "every contact brings back at least another, so no volume holds; lower the re-contact or redial rates"
        return [Finding(("queues",), message)]
    overfull = [
        Finding(
            ("queues", name, "arrivals"),
            f"the repeats that the rates predict ({flows[name].repeats:.0f} a week) leave no first contacts in the "
            f"volume ({flows[name].offered:.0f}); lower the re-contact or redial rates, or write volume_is: first",
        )
        for name, queue in scenario.queues.items()
        if queue.arrivals.volume_is == "offered" and flows[name].repeats >= flows[name].offered > 0
    ]
    return overfull or [
        Finding(
            ("queues", name, "handle_time"),
            "the re-explaining that the rates predict takes as long on average; shorten re_explain, or write "
            "handle_time_is: first",
        )
        for name, share in first_handle_shares(scenario).items()
        if share <= 0
    ]


def _time(scenario: CentreScenario) -> Iterator[Finding]:
    if has(scenario, "start", "horizon") and horizon_dates(scenario) is None:
        yield Finding(("horizon",), f"must be at most 5 years ({MOST_DAYS} days)")
    if has(scenario, "interval", "tick") and scenario.interval % scenario.tick:
        yield Finding(("tick",), "must divide the interval")


def _calendar(calendar: Calendar) -> Iterator[Finding]:
    if not has(calendar, "country", "subdivision"):
        return
    if calendar.country is None:
        if calendar.subdivision is not None:
            yield Finding(("subdivision",), "needs a country")
        return
    from holidays import list_supported_countries

    if not _is_known(calendar.country, None):
        codes = [code for code in list_supported_countries() if len(code) == 2]
        hint = suggestion(calendar.country, codes) or "; write its ISO code, such as FR"
        yield Finding(("country",), f'unknown country "{printable(calendar.country)}"{hint}')
    elif calendar.subdivision is not None and not _is_known(calendar.country, calendar.subdivision):
        regions = list_supported_countries()[calendar.country]
        choices = f"it has {listed(regions, 'and')}" if regions else "it has none"
        yield Finding(("subdivision",), f"unknown subdivision of {calendar.country}; {choices}")


def _is_known(country: str, subdivision: str | None) -> bool:
    """Whether public holidays are known; asked of the place itself, for listing all places takes long."""
    from holidays import country_holidays

    try:
        country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        return False
    return country.isupper()  # names of countries are understood too, but the file is to have one form
