"""What a scenario file was understood as, in a few lines; nothing is simulated, and little is imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import ScenarioError, problem_lines
from sim.scenario.centre import CentreScenario
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.parse import HOUR_MS, SECOND_MS, ShareWithin
from sim.scenario.queue import Queue
from sim.scenario.site import Site
from sim.scenario.words import listed

from ..ordinary_week import QueueWeek, queue_weeks, team_week
from ..work_shares import team_works_h
from .doubts import BEWARE, workload_doubts
from .words import counted, day, duration, exact_percent, number, percent


@dataclass(frozen=True)
class Checked:
    """What is told of one file."""

    text: str
    sound: bool
    """False if the text tells what is wrong with it."""


def check_file(file: Path, settings: Sequence[str] = ()) -> Checked:
    """The briefing of a file, or all its problems; ``settings`` as on the command line."""
    try:
        return Checked(briefing(load_scenario(file, settings)), sound=True)
    except ScenarioError as error:
        return Checked(str(error), sound=False)


def briefing(loaded: LoadedScenario) -> str:
    """Horizon, weekly volumes and load, staff, targets, warnings, and the assumptions where the file is silent."""
    scenario = loaded.model
    weeks = queue_weeks(scenario)
    works_h = team_works_h(scenario, weeks)
    parts = [(f"{name} (site)", _site(scenario, name, site)) for name, site in (scenario.sites or {}).items()]
    parts += [(name, _queue(queue, weeks[name])) for name, queue in scenario.queues.items()]
    parts += [(f"{name} (team)", _team(scenario, name, works_h[name])) for name in scenario.teams]
    width = max(len(name) for name, _ in parts)
    lines = [f"{loaded.source}: {scenario.name}", f"  {_time(scenario)}"]
    for name, told in parts:
        lines += [f"  {(name if place == 0 else '').ljust(width)}  {line}" for place, line in enumerate(told)]
    doubts = (*loaded.warnings, *workload_doubts(scenario, works_h))
    if doubts:
        lines.append(f"  {BEWARE}")
        lines += [f"    {line}" for line in problem_lines(str(loaded.source), doubts)]
    if loaded.assumptions:
        lines.append("  assumed, as the file doesn't say:")
        lines += [f"    {one.field}: {one.text}" for one in loaded.assumptions]
    return "\n".join(lines)


def _time(scenario: CentreScenario) -> str:
    days = (scenario.end - scenario.start).days
    warm_up = scenario.warm_up if scenario.warm_up == "auto" else counted(scenario.warm_up, "day")
    return (
        f"{counted(days, 'day')} from {day(scenario.start)}, in intervals of "
        f"{duration(scenario.interval / SECOND_MS)}; warm-up: {warm_up}"
    )


def _site(scenario: CentreScenario, name: str, site: Site) -> Iterator[str]:
    told = [f"language {site.language}" if site.language else "", f"costs in {site.currency}" if site.currency else ""]
    country = site.calendar.country
    yield ", ".join([f"holidays of {country}" if country else "no holidays", *filter(None, told)])
    if all(scenario.site_of(team) != name for team in scenario.teams.values()):
        own = [queue for queue, model in scenario.queues.items() if scenario.site_of(model) == name]
        others = {team for queue in own for team in scenario.serving(queue)}
        if own:
            teams = listed((team for team in scenario.teams if team in others), "and")
            yield f"beware: no team of its own, so no positions and no cost; its queues are served by {teams}"


def _queue(queue: Queue, week: QueueWeek) -> Iterator[str]:
    first = "" if week.first == week.offered else f" ({number(week.first)} first contacts)"
    handed = f" and {number(week.handed_in)} handed on to it" if week.handed_in else ""
    contacts = f"{number(week.offered)} {queue.channel}s a week{first}{handed}"
    if not week.offered and week.handed_in:
        contacts = f"{number(week.handed_in)} {queue.channel}s a week handed on to it, none of its own"
    yield (
        f"{contacts}, {duration(week.mean_work_ms / SECOND_MS)} each: "
        f"{number(week.work_h)} h of work, {number(week.erlangs, 1)} erlangs over {week.open_h:g} h open"
    )
    promised = list(_targets(queue))
    yield f"to hold over each {queue.targets.over}: {', '.join(promised)}" if promised else "no targets"


def _targets(queue: Queue) -> Iterator[str]:
    targets = queue.targets
    if targets.service_level is not None:
        yield f"{_within(targets.service_level)} ({targets.formula})"
    if targets.answer_rate is not None:
        yield f"{exact_percent(targets.answer_rate)} answered"
    if targets.response is not None:
        yield f"{_within(targets.response)} ({targets.clock})"
    if targets.satisfaction is not None:
        yield f"{exact_percent(targets.satisfaction)} satisfied"


def _within(promise: ShareWithin) -> str:
    return f"{exact_percent(promise.share)} in {duration(promise.within_ms / SECOND_MS)}"


def _team(scenario: CentreScenario, name: str, work_h: float) -> Iterator[str]:
    team, week = scenario.teams[name], team_week(scenario, name)
    if team.heads is not None:
        fte = team.heads * team.contract / team.full_time_week_ms
        staff = (
            f"{number(team.heads)} heads ({number(fte, 1)} FTE) on the payroll, {team.contract / HOUR_MS:g} h a week, "
            f"{exact_percent(team.shrinkage)} shrinkage"
        )
    elif isinstance(team.positions, int):
        staff = f"{counted(team.positions, 'position')} on the phones"
    else:
        peak = "" if week.peak_positions is None else f", {number(week.peak_positions)} at the peak"
        staff = f"positions on the phones by time{peak}"
    if not week.position_h:
        yield staff
        return
    mean = number(week.position_h / week.staffed_h, 1)
    yield f"{staff}: {number(week.position_h)} h a week, {mean} positions on average"
    busy = percent(work_h / week.position_h)
    if len(scenario.teams) == 1:
        yield f"all the work of an ordinary week would keep them busy {busy} of that time"
    else:
        yield f"its part of the work of an ordinary week, by estimate, would keep them busy {busy} of that time"
