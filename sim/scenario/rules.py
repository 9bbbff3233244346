"""What the parts of a scenario demand of each other.

A rule looks only at fields that are set: it is given either a whole scenario or a draft of one with mistakes, whose
sound parts are checked against each other all the same. Findings are placed from the scenario's root.
"""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .calendar import Calendar
from .centre import CentreScenario
from .dates import MOST_DAYS, horizon_dates, queue_hours
from .draft import gives, has
from .queue import Queue
from .queue_rules import queue_findings
from .repeats import UnsettledError, weekly_flows
from .tables import PositionPlan
from .team import Team
from .words import listed, printable, suggestion


def scenario_findings(scenario: CentreScenario) -> list[Finding]:
    """All that the parts hold against each other; none for a sound scenario."""
    findings = [*_time(scenario), *_teams(scenario)]
    if has(scenario, "calendar"):
        findings += [Finding(("calendar", *f.loc), f.message) for f in _calendar(scenario.calendar)]
    if has(scenario, "queues"):
        if not scenario.queues:
            findings.append(Finding(("queues",), "needs at least one queue"))
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
    if not _is_known(calendar.country, None):
        from holidays import list_supported_countries

        codes = [code for code in list_supported_countries() if len(code) == 2]
        hint = suggestion(calendar.country, codes) or "; write its ISO code, such as FR"
        yield Finding(("country",), f'unknown country "{printable(calendar.country)}"{hint}')
    elif calendar.subdivision is not None and not _is_known(calendar.country, calendar.subdivision):
        from holidays import list_supported_countries

        known = list_supported_countries()[calendar.country]
        choices = f"it has {listed(known, 'and')}" if known else "it has none"
        yield Finding(("subdivision",), f"unknown subdivision of {calendar.country}; {choices}")


def _is_known(country: str, subdivision: str | None) -> bool:
    """Whether public holidays are known; asked of the place itself, for listing all places takes long."""
    from holidays import country_holidays

    try:
        country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        return False
    return country.isupper()  # names of countries are understood too, but the file is to have one form


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
        if has(team, "serves") and team.serves and scenario.queues.keys() >= set(team.serves):
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
    yield from _reserve(scenario, team)
    yield from _hours(scenario, team)
    if has(team, "positions") and isinstance(team.positions, PositionPlan) and team.positions.dated:
        dates, plan = horizon_dates(scenario), team.positions.dated
        if dates and not any(dates[0] <= start.date() <= dates[-1] for start, _ in plan):
            rows = f"{plan[0][0].date()} to {plan[-1][0].date()}"
            yield Finding(("positions",), f"{team.positions.source}: no row within the horizon (its rows: {rows})")


def _reserve(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """A reserve as large as the team would leave its emails unanswered."""
    if not has(team, "reserve", "heads", "positions") or not team.reserve:
        return
    most = team.heads or 0
    if isinstance(team.positions, int):
        most = team.positions
    elif team.positions is not None:
        days = team.positions.weekdays or (team.positions.dated or (),)
        most = max((positions for day in days for _, positions in day), default=0)
    emails = [f'"{name}"' for name, queue in _served(scenario, team) if has(queue, "channel") and queue.is_email]
    if emails and 0 < most <= team.reserve:
        yield Finding(
            ("reserve",), f"must be less than the team's {most}, or {listed(emails, 'and')} is never answered"
        )


def _hours(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """A team must be there at some time when its queues are open."""
    if not has(team, "hours") or team.hours is None:
        return
    for name, queue in _served(scenario, team):
        hours = queue_hours(scenario, queue)
        if hours is not None and not any(
            start < closes and opens < end
            for day in range(7)
            for start, end in team.hours[day]
            for opens, closes in hours[day]
        ):
            yield Finding(("hours",), f'the team is never there while "{name}" is open')


def _served(scenario: CentreScenario, team: Team) -> list[tuple[str, Queue]]:
    if not has(scenario, "queues") or not has(team, "serves"):
        return []
    return [(name, queue) for name, queue in scenario.queues.items() if team.serves is None or name in team.serves]
