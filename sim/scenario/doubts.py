"""What a sound scenario says that a planner may not have meant; it runs all the same."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .centre import CentreScenario
from .chains import LONGEST_CHAINS_DAYS, mean_delay_ms, missing_share, repeat_share, settling_ms
from .doubts_people import people_doubts
from .doubts_queues import queue_doubts
from .doubts_shifts import shift_doubts
from .doubts_untaken import untaken
from .doubts_volume import volume_doubts
from .paid_time import Overtime, TimeOff
from .parse import DAY_MS, ShareWithin
from .plausible import implausible
from .queue import Queue
from .repeats import WeeklyFlow, weekly_flows
from .ways import answered_share
from .words import quoted_list, time_in_words

_MISSED = 0.04
"""Share of what is offered that is worth telling if it doesn't come."""
_FEW = 0.1
"""Share of what comes to a queue that is little to judge it by."""


def doubts_of(scenario: CentreScenario) -> tuple[Finding, ...]:
    """The doubts, placed from the scenario's root."""
    return (
        *implausible(scenario),
        *_queues(scenario),
        *volume_doubts(scenario),
        *_overflow(scenario),
        *untaken(scenario),
        *_hardly_judged(scenario),
        *_classes(scenario),
        *shift_doubts(scenario),
        *_dated_hours(scenario),
        *_unsettled(scenario),
        *_not_handed_in(scenario),
        *people_doubts(scenario),
    )


def _queues(scenario: CentreScenario) -> Iterator[Finding]:
    for name, queue in scenario.queues.items():
        for loc, message in queue_doubts(queue):
            yield Finding(("queues", name, *loc), message)


def _overflow(scenario: CentreScenario) -> Iterator[Finding]:
    """Help that comes when the service level is lost already."""
    for name, queue in scenario.queues.items():
        promise = _promise(queue)
        if promise is None:
            continue
        after = {team: scenario.terms(team, name).overflow_after for team in scenario.serving(name)}
        late = [team for team, wait in after.items() if wait > promise.within_ms]
        what = "what the team takes is late already"
        if len(late) == len(after):
            what = "every contact is late, as no other team takes it sooner"
        for team in late:
            waits = (
                f"{time_in_words(after[team])} is longer than the {time_in_words(promise.within_ms)} of the target of"
            )
            place = ("teams", team, "serves", name, "overflow_after")
            yield Finding(place, f'{waits} "{name}": {what}; make it shorter if it is to help the target')


def _promise(queue: Queue) -> ShareWithin | None:
    """The time, elapsed, within which a contact must be taken, if any is promised."""
    if not queue.is_email:
        return queue.targets.service_level or queue.targets.transfers
    return queue.targets.response if queue.targets.clock == "elapsed" else None


def _hardly_judged(scenario: CentreScenario) -> Iterator[Finding]:
    """Targets of waits where most contacts, or all, waited for the first time elsewhere."""
    for name, flow in weekly_flows(scenario).items():
        targets = scenario.queues[name].targets
        judged_by_waits = targets.service_level or targets.answer_rate or targets.response
        if judged_by_waits and not targets.transfers and flow.handed_in and flow.offered < _FEW * flow.arriving:
            yield Finding(("queues", name, "targets"), _by_few(flow))


def _not_handed_in(scenario: CentreScenario) -> Iterator[Finding]:
    """Targets for those handed on where whoever serves the queues that may hand on solves all that comes."""
    for name, flow in weekly_flows(scenario).items():
        if scenario.queues[name].targets.transfers and not flow.handed_in:
            message = "judges nothing: whoever serves the queues that hand on here solves what it would be for"
            yield Finding(("queues", name, "targets", "transfers"), message)


def _by_few(flow: WeeklyFlow) -> str:
    few = f"some {flow.offered:.0f}" if flow.offered >= 1 else "hardly any"
    return (
        f"are judged by {few} contacts a week; the {flow.handed_in:.0f} that are handed on here are "
        f"judged by their first wait, in {quoted_list(flow.transfers, 'and')}; to judge their wait here, promise "
        "transfers, such as 80 % in 1 min"
    )


def _unsettled(scenario: CentreScenario) -> Iterator[Finding]:
    """Chains of repeats that build up for longer than is simulated before the horizon."""
    share, delay_ms = repeat_share(scenario), mean_delay_ms(scenario)
    given = scenario.warm_up
    before = LONGEST_CHAINS_DAYS if given == "auto" else given
    missing = missing_share(share, delay_ms, before * DAY_MS, (scenario.end - scenario.start).days * DAY_MS)
    if missing < _MISSED:
        return
    flows = weekly_flows(scenario)
    returning = {name: flow.repeats / flow.offered for name, flow in flows.items() if flow.offered}
    name = max(returning, key=lambda name: returning[name])
    rate = f", with {100 * answered:.4g} % answered" if (answered := answered_share(scenario.queues[name])) < 1 else ""
    weeks = settling_ms(share, delay_ms, _MISSED) / (7 * DAY_MS)
    told = (
        f'bring {100 * share:.3g} repeats for 100 contacts{rate}, so that the volume of "{name}" builds up over '
        f"{weeks:.0f} weeks; {before} days are simulated before the start, and by estimate {100 * missing:.0f} % of "
        "the volume is missing within the horizon"
    )
    if given == "auto":
        yield Finding(("queues", name, "recontact"), f"the rates {told}; lower them")
    else:
        yield Finding(("warm_up",), f"re-contacts and redials {told}; leave warm_up out, or give it more time")


def _classes(scenario: CentreScenario) -> Iterator[Finding]:
    """Hiring classes outside the horizon, of whom nobody is hired; those under way at the start are of its heads."""
    for name, team in scenario.teams.items():
        yield from _more_than_heads(scenario, name)
        for number, one in enumerate(team.hiring.classes if team.hiring is not None else ()):
            if not scenario.start <= one.on < scenario.end and not team.under_way(one.on, scenario.start):
                told = "lies outside the horizon: nobody is hired; those who are there at the start belong to heads"
                yield Finding(("teams", name, "hiring", "classes", number, "on"), told)


def _more_than_heads(scenario: CentreScenario, name: str) -> Iterator[Finding]:
    """More people in classes under way than there are heads; fewer heads allowed than there are."""
    team = scenario.teams[name]
    if team.hiring is None or team.heads is None:
        return
    under_way = sum(one.heads for one in team.hiring.classes if team.under_way(one.on, scenario.start))
    if under_way > team.heads:
        told = f"have {under_way} people in training or on the ramp at the start, and the team has {team.heads} heads"
        yield Finding(("teams", name, "hiring", "classes"), told)
    if team.hiring.most_heads is not None and team.hiring.most_heads < team.heads:
        told = f"is fewer than the {team.heads} heads that the team has; nobody can be hired while they are there"
        yield Finding(("teams", name, "hiring", "most_heads"), told)


def _dated_hours(scenario: CentreScenario) -> Iterator[Finding]:
    """Overtime and time off of another year, or at the same time."""
    for name, team in scenario.teams.items():
        dated: dict[str, tuple[Overtime | TimeOff, ...]] = {"overtime": team.overtime, "time_off": team.time_off}
        for field, parts in dated.items():
            for number, one in enumerate(parts):
                if one.last_day < scenario.start or one.first_day >= scenario.end:
                    yield Finding(("teams", name, field, number), "lies outside the horizon: it changes nothing")
        for number, off in enumerate(team.time_off):
            for other, over in enumerate(team.overtime):
                first, last = max(off.first_day, over.first_day), min(off.last_day, over.last_day)
                if first <= last:
                    told = (
                        f"is at the same time as overtime.{other}, {first} to {last}: people work more and less at once"
                    )
                    yield Finding(("teams", name, "time_off", number), told)
