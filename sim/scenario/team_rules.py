"""What a team's fields demand of each other and of the queues that it serves (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .centre import CentreScenario
from .dates import horizon_dates, queue_hours
from .draft import gives, has, known
from .queue import Queue
from .queue_rules import PRIORITY_WITH_SCORES
from .shift_rules import shift_findings
from .site_rules import place_findings
from .tables import PositionPlan
from .team import PAYS, Team
from .terms import Terms
from .time_rules import time_findings
from .week import WeekHours, hours_in_words, overlap, united
from .words import printable, suggestion


def team_findings(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """What is wrong with one team of a scenario, whole or draft; placed from the team."""
    presence = [field for field in ("heads", "positions") if gives(team, field)]
    if len(presence) != 1:
        yield Finding((), "gives heads and positions; keep one of them" if presence else "needs heads or positions")
    yield from _somebody(scenario, team)
    yield from place_findings(scenario, team)
    yield from _workforce(team)
    yield from time_findings(team)
    if has(scenario, "queues"):
        yield from _serves(scenario, team)
        yield from _hours(scenario, team)
        yield from _fences(scenario, team)
        yield from _priorities(scenario, team)
        yield from _channels(scenario, team)
        yield from shift_findings(team, _presence(scenario, team))
    yield from _dated_positions(scenario, team)
    yield from _dates(scenario, team)


def unserved_findings(scenario: CentreScenario) -> Iterator[Finding]:
    """Queues that no team serves, placed from the root; nothing while it isn't known what each team serves."""
    if not has(scenario, "queues", "teams") or not scenario.teams:
        return
    teams = scenario.teams.values()
    if not all(has(team, "serves") and set(team.serves or ()) <= set(scenario.queues) for team in teams):
        return  # a name that is wrong may mean the one that is missing
    for name in scenario.queues:
        if not scenario.serving(name):
            yield Finding(("queues", name), "is served by no team; add it to what a team serves")


def _somebody(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """A team that nobody is in yet is one that somebody joins within the horizon."""
    agents, hiring, dates = known(team, "agents"), known(team, "hiring"), horizon_dates(scenario)
    if known(team, "heads") != 0 or not has(team, "agents", "hiring") or not dates:
        return
    firsts = [one.on for one in (known(hiring, "classes") or () if hiring is not None else ())]
    firsts += [agent.hired for agent in (agents.to_come if agents is not None else ())]
    joined = any(dates[0] <= first <= dates[-1] for first in firsts)
    if agents is not None:
        if not agents.partial and not joined:
            told = f"{agents.source}: nobody is there on {dates[0]}, and nobody comes within the horizon"
            yield Finding(("agents",), told)
    elif not joined:
        yield Finding(("heads",), "may be 0 only where hiring.classes has somebody come within the horizon")


def _dates(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """A team that there is for a time is there within the horizon, and its people come and go within its time."""
    if not has(team, "from_day", "until") or not team.dated:
        return
    first, last, dates = team.from_day, team.until, horizon_dates(scenario)
    if gives(team, "agents"):
        yield Finding(("from" if first else "until",), "is known from the file of agents: hire_date and end_date")
    if first is not None and last is not None and last < first:
        yield Finding(("until",), f"is before from, {first} (got {last})")
    elif dates and ((first is not None and first > dates[-1]) or (last is not None and last < dates[0])):
        field, when = ("from", first) if first is not None and first > dates[-1] else ("until", last)
        yield Finding((field,), f"leaves nothing of the horizon, {dates[0]} to {dates[-1]} (got {when})")
    hiring = known(team, "hiring")
    for number, one in enumerate(known(hiring, "classes") or () if hiring is not None else ()):
        if (first is not None and one.on < first) or (last is not None and one.on > last):
            yield Finding(("hiring", "classes", number, "on"), f"there is no such team then (got {one.on})")


def _agents(team: Team) -> Iterator[Finding]:
    """What the file of agents says, the team doesn't."""
    if gives(team, "agents") and gives(team, "tenure"):
        yield Finding(("tenure",), "is known from the file of agents; drop it")


def _workforce(team: Team) -> Iterator[Finding]:
    """People over months are people: heads, not positions; and the ramp says who is a novice."""
    people = [field for field in ("ramp", "attrition", "hiring") if gives(team, field)]
    people += ["skills"] if any((known(team, "skills") or {}).values()) else []
    yield from _agents(team)
    if people and gives(team, "positions"):
        yield Finding((people[0],), "needs heads: positions are there whoever fills them")
    if gives(team, "ramp") and gives(team, "novices"):
        yield Finding(("novices",), "are known from the ramp; drop them, or the ramp")
    attrition, ramp = known(team, "attrition"), known(team, "ramp")
    needed = known(team, "tenure") not in (None, "experienced") and not gives(team, "agents")
    if needed and has(team, "attrition"):
        rate = None if attrition is None else known(attrition, "rate")
        if attrition is None or (rate is not None and not rate.share):
            yield Finding(("tenure",), "needs attrition above 0: it says how long people stay")
    no_training = has(team, "ramp") and (ramp is None or (has(ramp, "training") and not ramp.training))
    if attrition is not None and known(attrition, "lost_in_training") and no_training:
        yield Finding(("attrition", "lost_in_training"), "needs a ramp with training")
    yield from _one_currency(team)


def _one_currency(team: Team) -> Iterator[Finding]:
    """A budget is in the currency of the pay."""
    hiring, cost = known(team, "hiring"), known(team, "cost")
    budget = None if hiring is None else known(hiring, "budget")
    if budget is None or not has(team, "cost"):
        return
    pay = None if cost is None or not has(cost, *PAYS) else cost.pay
    if cost is None:
        yield Finding(("hiring", "budget"), "needs what people cost; give the team a cost")
    elif pay is not None and pay.currency != budget.currency:
        yield Finding(("hiring", "budget"), f"must be in {pay.currency}, as the pay is")


def _serves(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """The queues that it names are there."""
    serves = known(team, "serves")
    if serves is None:
        return
    if not serves:
        yield Finding(("serves",), "names no queue; name at least one, or leave it out for all")
    for queue in serves:
        if queue not in scenario.queues:
            yield Finding(("serves", queue), f'unknown queue "{printable(queue)}"{suggestion(queue, scenario.queues)}')


def _hours(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """A team must be there at some time when its calls and chats come; emails wait for it."""
    present = known(team, "hours")
    if present is None:
        return
    for name, queue, _ in _served(scenario, team):
        hours = queue_hours(scenario, queue)
        if has(queue, "channel") and not queue.is_email and hours is not None and not overlap(present, hours):
            words = f'the team is never there while "{name}" is open, {hours_in_words(hours)}'
            yield Finding(("hours",), f"{words} (got {hours_in_words(present)})")


def _fences(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """Hours for a queue meet the team's own, and those of a queue that closes."""
    presence = _presence(scenario, team)
    for name, queue, terms in _served(scenario, team):
        fence: WeekHours | None = known(terms, "hours")
        if fence is None:
            continue
        loc = ("serves", name, "hours")
        hours = queue_hours(scenario, queue)
        given = f"(got {hours_in_words(fence)})"
        if presence is not None and not overlap(fence, presence):
            there = f"{hours_in_words(presence)}{'' if known(team, 'hours') else ', the hours of what it serves'}"
            yield Finding(loc, f"the team is never there in these hours; it is {there} {given}")
        elif has(queue, "channel") and not queue.is_email and hours is not None and not overlap(fence, hours):
            yield Finding(loc, f'"{name}" is never open in these hours; it is {hours_in_words(hours)} {given}')


def _priorities(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """Priorities count unless scores do; preferences, who is asked first, count in either case."""
    routing = known(scenario, "routing")
    if routing is None or known(routing, "contacts") != "score":
        return
    for name, _, terms in _served(scenario, team):
        if gives(terms, "priority"):
            yield Finding(("serves", name, "priority"), PRIORITY_WITH_SCORES)


def _presence(scenario: CentreScenario, team: Team) -> WeekHours | None:
    """Hours in which the team is there; None where they can't be told."""
    if not has(team, "hours"):
        return None
    if team.hours is not None:
        return team.hours
    served = [queue for _, queue, _ in _served(scenario, team)]
    if not served or not all(has(queue, "channel") for queue in served):
        return None
    live = [queue for queue in served if not queue.is_email]
    weeks = [queue_hours(scenario, queue) for queue in live or served]
    return None if None in weeks else united(week for week in weeks if week is not None)


def _channels(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """What is said about a channel is of use to those who serve it."""
    served = [queue for _, queue, _ in _served(scenario, team)]
    if not served or not all(has(queue, "channel") for queue in served):
        return
    channels = {queue.channel for queue in served}
    if gives(team, "chat") and "chat" not in channels:
        yield Finding(("chat",), "needs a queue of chats among those that the team serves")
    if known(team, "put_down_emails") not in (None, "never") and not {"call", "email"} <= channels:
        yield Finding(("put_down_emails",), "needs calls and emails among what the team serves")


def _served(scenario: CentreScenario, team: Team) -> list[tuple[str, Queue, Terms]]:
    """The queues that it serves and on what terms, as far as they are known."""
    if not has(team, "serves"):
        return []
    if team.serves is None:
        return [(name, queue, Terms()) for name, queue in scenario.queues.items()]
    return [(name, scenario.queues[name], terms) for name, terms in team.serves.items() if name in scenario.queues]


def _dated_positions(scenario: CentreScenario, team: Team) -> Iterator[Finding]:
    """Positions by date must say something of the horizon; an old file would hold its last value for ever."""
    plan, dates = known(team, "positions"), horizon_dates(scenario)
    if not isinstance(plan, PositionPlan) or not plan.dated or not dates:
        return
    if not any(dates[0] <= start.date() <= dates[-1] for start, _ in plan.dated):
        rows = f"{plan.dated[0][0].date()} to {plan.dated[-1][0].date()}"
        yield Finding(("positions",), f"{plan.source}: no row within the horizon (its rows: {rows})")
