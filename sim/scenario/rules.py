"""What the parts of a scenario demand of each other.

A rule looks only at fields that are set: it is given either a whole scenario or a draft of one with mistakes, whose
sound parts are checked against each other all the same. Findings are placed from the scenario's root.
"""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .calendar import Calendar
from .centre import CentreScenario
from .dates import MOST_DAYS, horizon_dates
from .draft import gives, has
from .queue_rules import queue_findings
from .repeats import UnsettledError, weekly_flows
from .tables import PositionPlan
from .team import Team
from .words import listed, suggestion


def scenario_findings(scenario: CentreScenario) -> list[Finding]:
    """All that the parts hold against each other; none for a sound scenario."""
    findings = [*_time(scenario), *_teams(scenario)]
    if has(scenario, "calendar"):
        findings += [Finding(("calendar", *f.loc), f.message) for f in _calendar(scenario.calendar)]
    if has(scenario, "queues"):
        for name, queue in scenario.queues.items():
            findings += [Finding(("queues", name, *f.loc), f.message) for f in queue_findings(scenario, queue)]
    return findings


def volume_findings(scenario: CentreScenario) -> list[Finding]:
    """Where the repeats that the rates predict leave no room for first contacts; for a scenario sound otherwise."""
    try:
        flows = weekly_flows(scenario)
    except UnsettledError:
        message = "every contact brings back at least another, so no volume holds; lower the re-contact or redial rates"
        return [Finding(("queues",), message)]
    return [
        Finding(
            ("queues", name, "arrivals"),
            f"the repeats that the rates predict ({flows[name].repeats:.0f} a week) leave no first contacts in the "
            f"volume ({flows[name].offered:.0f}); lower the re-contact or redial rates, or write volume_is: first",
        )
        for name, queue in scenario.queues.items()
        if queue.arrivals.volume_is == "offered" and flows[name].repeats >= flows[name].offered > 0
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

    countries = list_supported_countries(include_aliases=False)
    if calendar.country not in countries:
        hint = suggestion(calendar.country, countries) or "; write its ISO code, such as FR"
        yield Finding(("country",), f'unknown country "{calendar.country}"{hint}')
    elif calendar.subdivision is not None and calendar.subdivision not in countries[calendar.country]:
        known = countries[calendar.country]
        has_ones = f"{calendar.country} has {listed(known, 'and')}" if known else f"{calendar.country} has none"
        yield Finding(("subdivision",), f'unknown subdivision "{calendar.subdivision}"; {has_ones}')


def _teams(scenario: CentreScenario) -> Iterator[Finding]:
    if not has(scenario, "teams"):
        return
    if len(scenario.teams) != 1:
        given = f"there are {len(scenario.teams)}" if scenario.teams else "there is none"
        yield Finding(("teams",), f"needs exactly one team for now; {given}")
    for name, team in scenario.teams.items():
        for finding in _team(scenario, team):
            yield Finding(("teams", name, *finding.loc), finding.message)
    if len(scenario.teams) == 1 and has(scenario, "queues"):
        name, team = next(iter(scenario.teams.items()))
        if has(team, "serves") and team.serves is not None:
            unserved = [f'"{queue}"' for queue in scenario.queues if queue not in team.serves]
            if unserved:
                yield Finding(
                    ("teams", name, "serves"), f"leaves {listed(unserved, 'and')} without a team; add to the list"
                )


def _team(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    presence = [field for field in ("heads", "positions") if gives(team, field)]
    if len(presence) != 1:
        yield Finding((), "gives heads and positions; keep one of them" if presence else "needs heads or positions")
    if has(team, "serves") and team.serves is not None:
        if not team.serves:
            yield Finding(("serves",), "must name at least one queue")
        for number, queue in enumerate(team.serves):
            if queue in team.serves[:number]:
                yield Finding(("serves", number), f'names "{queue}" twice')
            elif has(scenario, "queues") and queue not in scenario.queues:
                yield Finding(("serves", number), f'unknown queue "{queue}"{suggestion(queue, scenario.queues)}')
    if has(team, "positions") and isinstance(team.positions, PositionPlan) and team.positions.dated:
        dates, plan = horizon_dates(scenario), team.positions.dated
        if dates and not any(dates[0] <= start.date() <= dates[-1] for start, _ in plan):
            rows = f"{plan[0][0].date()} to {plan[-1][0].date()}"
            yield Finding(("positions",), f"{team.positions.source}: no row within the horizon (its rows: {rows})")
