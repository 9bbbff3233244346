"""What a team's fields demand of each other and of the queues that it serves (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .centre import CentreScenario
from .dates import horizon_dates, queue_hours
from .draft import gives, has, known
from .queue import Queue
from .tables import PositionPlan
from .team import Team
from .words import listed, suggestion


def team_findings(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """What is wrong with one team of a scenario, whole or draft; placed from the team."""
    presence = [field for field in ("heads", "positions") if gives(team, field)]
    if len(presence) != 1:
        yield Finding((), "gives heads and positions; keep one of them" if presence else "needs heads or positions")
    if has(scenario, "queues"):
        yield from _serves(scenario, team)
        yield from _reserve(scenario, team)
        yield from _hours(scenario, team)
    yield from _dated_positions(scenario, team)


def _serves(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """The queues that it names are there, and, it being the only team, all of them."""
    serves: tuple[str, ...] | None = known(team, "serves")
    if serves is None:
        return
    sound = True
    for number, queue in enumerate(serves):
        if queue not in scenario.queues:
            yield Finding(("serves", number), f'unknown queue "{queue}"{suggestion(queue, scenario.queues)}')
        elif queue in serves[: min(number, len(scenario.queues))]:
            yield Finding(("serves", number), f'names "{queue}" twice')
        sound = sound and queue in scenario.queues
    unserved = [f'"{queue}"' for queue in scenario.queues if queue not in serves]
    if sound and unserved:
        yield Finding(("serves",), f"leaves {listed(unserved, 'and')} without a team; add to the list")


def _reserve(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """A reserve as large as the team would leave its emails unanswered."""
    most = _most_positions(team)
    if not known(team, "reserve") or most is None:
        return
    emails = [f'"{name}"' for name, queue in _served(scenario, team) if has(queue, "channel") and queue.is_email]
    if emails and 0 < most <= team.reserve:
        unanswered = f"{listed(emails, 'and')} would never be answered"
        yield Finding(("reserve",), f"must be less than the team's {most}, or {unanswered}")


def _most_positions(team: Team) -> int | None:
    """Positions at most (heads, where the file gives those); None where they can't be told."""
    if not has(team, "heads", "positions"):
        return None
    if not isinstance(team.positions, PositionPlan):
        return team.positions or team.heads
    days = team.positions.weekdays or (team.positions.dated or (),)
    return max((positions for day in days for _, positions in day), default=0)


def _hours(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """A team must be there at some time when its queues are open."""
    present = known(team, "hours")
    if present is None:
        return
    for name, queue in _served(scenario, team):
        hours = queue_hours(scenario, queue)
        meets = hours is None or any(
            start < closes and opens < end
            for day in range(7)
            for start, end in present[day]
            for opens, closes in hours[day]
        )
        if not meets:
            yield Finding(("hours",), f'the team is never there while "{name}" is open')


def _served(scenario: CentreScenario, team: Team) -> list[tuple[str, Queue]]:
    """The queues that it serves, as far as they are known."""
    if not has(team, "serves"):
        return []
    return [(name, queue) for name, queue in scenario.queues.items() if team.serves is None or name in team.serves]


def _dated_positions(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """Positions by date must say something of the horizon; an old file would hold its last value for ever."""
    plan, dates = known(team, "positions"), horizon_dates(scenario)
    if not isinstance(plan, PositionPlan) or not plan.dated or not dates:
        return
    if not any(dates[0] <= start.date() <= dates[-1] for start, _ in plan.dated):
        rows = f"{plan.dated[0][0].date()} to {plan.dated[-1][0].date()}"
        yield Finding(("positions",), f"{plan.source}: no row within the horizon (its rows: {rows})")
