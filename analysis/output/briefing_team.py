"""What ``check`` tells of a team: how many it is and how busy, and on what terms it works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sim.scenario.arrivals import MONTHS
from sim.scenario.centre import CentreScenario
from sim.scenario.parse import HOUR_MS, SECOND_MS
from sim.scenario.team import Team
from sim.scenario.terms import Terms
from sim.scenario.week import hours_in_words
from sim.scenario.words import listed

from ..ordinary_week import team_week
from .briefing_queue import Line
from .briefing_shifts import shift_lines
from .briefing_time import time_lines
from .briefing_workforce import workforce_lines
from .words import counted, duration, exact_percent, number, percent

_MOST_CONTRACTS = 4
_ALIKE = 5e-4
"""Months that differ by less have the same shrinkage."""


def team_lines(scenario: CentreScenario, name: str, work_h: float) -> Iterator[Line]:
    """The lines of a team, to which ``work_h`` hours of work fall in an ordinary week."""
    team, week = scenario.teams[name], team_week(scenario, name)
    staff = _staff(team, week.peak_positions)
    if week.position_h:
        mean = counted(week.position_h / week.staffed_h, "position", digits=1)
        busy = percent(work_h / week.position_h)
        yield "", f"{staff}: {number(week.position_h)} h a week, {mean} on average"
        whose = (
            "its part of the work of an ordinary week, by estimate,"
            if len(scenario.teams) > 1
            else "all the work of an ordinary week"
        )
        yield "", f"{whose} would keep them busy {busy} of that time"
    else:
        yield "", staff
    if len(scenario.teams) > 1:
        yield "serves", listed(scenario.served_by(name), "and")
    yield from shift_lines(scenario, name)
    if team.dated:
        first = "" if team.from_day is None else f"from {team.from_day.isoformat()}"
        last = "" if team.until is None else f"until {team.until.isoformat()}"
        yield "there", " ".join(filter(None, (first, last)))
    if team.cost is not None and team.cost.per_contact is not None:
        pay = team.cost.per_contact
        yield "paid", f"{pay.amount:g} {pay.currency} for each contact that it takes, transfers included"
    yield from time_lines(team)
    yield from workforce_lines(scenario, name)
    yield from _terms(scenario, name)
    yield from _ways(scenario, team, name)


def _staff(team: Team, peak: int | None) -> str:
    if team.heads is not None:
        fte = team.heads * team.contract / team.full_time_week_ms
        return (
            f"{counted(team.heads, 'head')} ({number(fte, 1)} FTE) on the payroll, "
            f"{_contracts(team)}, {_shrinkage(team)}"
        )
    if isinstance(team.positions, int):
        return f"{counted(team.positions, 'position')} on the phones"
    return f"positions on the phones by time{'' if peak is None else f', {number(peak)} at the peak'}"


def _contracts(team: Team) -> str:
    """``35 h a week``; of a mix, or of a file of agents who have several, the mean and what they have."""
    if team.agents is not None:
        heads = Counter(team.contract_of(agent) for agent in team.agents.today)
        mixed = [f"{count} of {hours_ms / HOUR_MS:g} h" for hours_ms, count in sorted(heads.items(), reverse=True)]
    else:
        mixed = [f"{100 * share:.3g} % of {hours_ms / HOUR_MS:g} h" for hours_ms, share in team.contracts.shares]
    if len(mixed) < 2:
        return f"{team.contract / HOUR_MS:g} h a week"
    several = listed(mixed, "and") if len(mixed) <= _MOST_CONTRACTS else f"{len(mixed)} different contracts"
    return f"{team.contract / HOUR_MS:.3g} h a week on average ({several})"


def _shrinkage(team: Team) -> str:
    """``31 % shrinkage``, with its range over the months and its reasons if it has several."""
    by_month = team.monthly_shrinkage
    told = f"{exact_percent(round(team.mean_shrinkage, 4))} shrinkage"
    if max(by_month) - min(by_month) > _ALIKE:
        least, most = (MONTHS[by_month.index(of(by_month))] for of in (min, max))
        told += f", from {percent(min(by_month))} in {least} to {percent(max(by_month))} in {most}"
    if len(team.shrinkage_by_reason) > 1:
        reasons = [f"{name} {percent(sum(shares) / 12)}" for name, shares in team.shrinkage_by_reason.items()]
        told += f" ({', '.join(reasons)}; {team.shrinkage_convention})"
    return told


def _terms(scenario: CentreScenario, name: str) -> Iterator[Line]:
    """Queues that it serves on terms of their own."""
    for queue in scenario.served_by(name):
        told = ", ".join(_of_queue(scenario.terms(name, queue)))
        if told:
            yield queue, told


def _of_queue(terms: Terms) -> Iterator[str]:
    if terms.overflow_after:
        yield f"only after a wait of {duration(terms.overflow_after / SECOND_MS)}"
    if terms.preference is not None:
        yield f"asked as number {terms.preference}"
    if terms.priority is not None:
        yield f"priority {terms.priority}"
    if terms.speed != 1:
        yield f"speed {exact_percent(terms.speed)}"
    if terms.handle_time != 1:
        yield f"handle time {(terms.handle_time - 1) * 100:+.6g} %"
    if terms.recontact != 1:
        yield f"re-contacts {exact_percent(terms.recontact)} of the queue's rate"
    if terms.reserve:
        yield f"only if {terms.reserve} of the team stay idle"
    if terms.hours is not None:
        yield f"only {hours_in_words(terms.hours)}"


def _ways(scenario: CentreScenario, team: Team, name: str) -> Iterator[Line]:
    """How its agents work."""
    served = [scenario.queues[queue] for queue in scenario.served_by(name)]
    named = dict.fromkeys(matter for queue in served for matter in queue.matter_shares if matter)
    if team.skills is not None and named:
        solved = [matter for matter in named if team.solves(matter)]
        others = [matter for matter in named if not team.solves(matter)]
        learnt = [matter for matter in solved if team.learns(matter)]
        hands_on = f"; hands on {listed(others, 'and')}" if others else ""
        hands_on += f"; beginners hand on {listed(learnt, 'and')}" if learnt else ""
        yield "skills", f"solves {listed(solved, 'and') if solved else 'none'}{hands_on}"
    if any(queue.is_chat for queue in served) and team.chat.most > 1:
        yield (
            "chats",
            f"up to {team.chat.most} at once, each then at {team.chat.speeds[-1]:.0%} of full speed: ".replace(
                "%", " %"
            )
            + f"{team.chat.throughput:.3g} times as many an hour as one by one",
        )
    if team.reserve and any(queue.is_email for queue in served):
        yield "reserve", f"{counted(team.reserve, 'position')} left free for calls and chats when an email is started"
    if team.put_down_emails != "never":
        yield "emails", f"put down when a call waits; {team.put_down_emails}"
    if team.novices and any(queue.satisfaction is not None for queue in served):
        yield "novices", exact_percent(team.novices)
