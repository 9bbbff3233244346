"""Contacts that hardly anybody would take: while nobody is there, handed on out of hours, or held up by a reserve."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding, Loc
from .centre import CentreScenario
from .parse import HOUR_MS
from .repeats import stated_week, weekly_flows
from .serving import people
from .tables import PositionPlan
from .week import WeekHours, common, hours_in_words, united, week_ms, without
from .words import quoted_list

_MUCH = 0.05
"""Share of the hours in which a queue hands on that is more than a closing time a few minutes apart."""


def untaken(scenario: CentreScenario) -> Iterator[Finding]:
    """The doubts, placed from the scenario's root."""
    yield from _while_nobody_is_there(scenario)
    yield from _handed_on_out_of_hours(scenario)
    yield from _reserves(scenario)


def _while_nobody_is_there(scenario: CentreScenario) -> Iterator[Finding]:
    """Calls and chats by themselves; an email waits until somebody is there."""
    for name, queue in scenario.queues.items():
        if queue.is_email or not stated_week(scenario, name):
            continue
        opening = scenario.opening_hours(name)
        alone = without(opening, united(_presence(scenario, team, name) for team in scenario.serving(name)))
        alone_h, open_h = week_ms(alone) / HOUR_MS, week_ms(opening) / HOUR_MS
        if alone_h > _MUCH * open_h:
            yield Finding(
                ("queues", name),
                f"nobody who serves it is there in {alone_h:.3g} of the {open_h:g} hours a week in which it is open, "
                f"{hours_in_words(alone)}: who comes then waits or gives up",
            )


def _handed_on_out_of_hours(scenario: CentreScenario) -> Iterator[Finding]:
    """Calls and chats; an email that is handed on waits until somebody is there."""
    for name, flow in weekly_flows(scenario).items():
        if scenario.queues[name].is_email:
            continue
        for sender in flow.transfers:
            transfer = scenario.queues[sender].transfer
            assert transfer is not None  # it hands contacts on
            matter = next(matter for matter, target in transfer.to.items() if target == name)
            told = _out_of_hours(scenario, sender, name)
            if told:
                yield Finding(("queues", sender, "transfer", "to", matter), told)


def _out_of_hours(scenario: CentreScenario, sender: str, name: str) -> str:
    """What to say of the hours in which a contact that the sender hands on isn't taken; nothing of few."""
    sends = scenario.opening_hours(sender)
    open_too = common(sends, scenario.opening_hours(name))
    staffed = common(open_too, united(_presence(scenario, team, name) for team in scenario.serving(name)))
    total_h, open_h, staffed_h = (week_ms(hours) / HOUR_MS for hours in (sends, open_too, staffed))
    of_those = f'of the {total_h:g} hours a week in which "{sender}" is open'
    told = []
    if total_h - open_h > _MUCH * total_h:
        told.append(
            f'"{name}" is closed in {total_h - open_h:g} {of_those}: who is handed on then comes there only at its next'
            " opening"
        )
    if open_h - staffed_h > _MUCH * total_h:
        told.append(
            f'"{name}" is open without anybody who serves it in {open_h - staffed_h:g} {of_those}: who is handed on '
            "then waits for a team to come, or gives up"
        )
    return "; ".join(told)


def _presence(scenario: CentreScenario, team: str, queue: str) -> WeekHours:
    """Hours in which the team takes contacts of the queue; of positions by date, those it may be there."""
    present, own = united(scenario.team_hours(team)), scenario.terms(team, queue).hours
    present = present if own is None else common(present, own)
    plan = scenario.teams[team].positions
    return common(present, plan.staffed) if isinstance(plan, PositionPlan) and plan.weekdays is not None else present


def _reserves(scenario: CentreScenario) -> Iterator[Finding]:
    """Reserves that hardly ever, or never, leave anybody: of heads only their mean positions are known."""
    for team, model in scenario.teams.items():
        there = people(scenario, team)
        has = f"{there:.3g} positions on average: it hardly ever takes one"
        if model.heads is None:
            has = f"{there} position{'s' if there != 1 else ''} at most: it never takes one"
        held: dict[Loc, list[str]] = {}
        for queue in scenario.served_by(team):
            own = scenario.terms(team, queue).reserve is not None
            if scenario.reserve(team, queue) >= max(there, 1):
                place: Loc = ("teams", team, "serves", queue, "reserve") if own else ("teams", team, "reserve")
                held.setdefault(place, []).append(queue)
        for place, queues in held.items():
            yield Finding(
                place,
                f"{scenario.reserve(team, queues[0])} must stay idle when a contact of {quoted_list(queues, 'or')} is "
                f"started, and the team has {has}",
            )
