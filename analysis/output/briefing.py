"""What a scenario file was understood as, in a few lines; nothing is simulated, and little is imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sim.errors import ScenarioError, problem_lines
from sim.scenario.centre import CentreScenario
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.parse import SECOND_MS
from sim.scenario.repeats import weekly_flows
from sim.scenario.site import Site
from sim.scenario.words import listed

from ..ordinary_week import queue_weeks
from ..work_shares import team_works_h
from .briefing_calendar import calendar_lines
from .briefing_queue import Line, queue_lines
from .briefing_team import team_lines
from .doubts import BEWARE, workload_doubts
from .grid import folded
from .words import counted, day, duration


@dataclass(frozen=True)
class Checked:
    """What is told of one file."""

    text: str
    sound: bool
    """False if the text tells what is wrong with it."""


def check_file(file: Path, settings: Sequence[str] = (), width: int | None = None) -> Checked:
    """The briefing of a file, folded to ``width`` if there is one, or all its problems; ``settings`` as for a run."""
    try:
        return Checked(briefing(load_scenario(file, settings), width), sound=True)
    except ScenarioError as error:
        return Checked(str(error), sound=False)


def briefing(loaded: LoadedScenario, width: int | None = None) -> str:
    """Horizon, weekly volumes and load, staff, targets, warnings, and the assumptions where the file is silent."""
    scenario = loaded.model
    weeks, flows_on = queue_weeks(scenario), cache(partial(weekly_flows, scenario))
    works_h = team_works_h(scenario, weeks)
    parts = [(f"{name} (site)", list(_site(scenario, name, site))) for name, site in (scenario.sites or {}).items()]
    parts += [(name, list(queue_lines(scenario, name, weeks[name], flows_on))) for name in scenario.queues]
    parts += [(f"{name} (team)", list(team_lines(scenario, name, works_h[name]))) for name in scenario.teams]
    told = [("", f"{loaded.source}: {scenario.name}"), ("  ", _time(scenario)), *_aligned(parts)]
    if not scenario.sites:
        told[2:2] = [("  ", line) for line in calendar_lines(scenario.calendar, scenario.start, scenario.end)]
    doubts = (*loaded.warnings, *workload_doubts(scenario, weeks))
    if doubts:
        told.append(("  ", BEWARE))
        told += [("    ", line) for line in problem_lines(str(loaded.source), doubts)]
    if loaded.assumptions:
        told.append(("  ", "assumed, as the file doesn't say:"))
        told += [("    ", f"{one.field}: {one.text}") for one in loaded.assumptions]
    return "\n".join(line for lead, text in told for line in folded(lead, text, width))


def _aligned(parts: Sequence[tuple[str, Sequence[Line]]]) -> Iterator[tuple[str, str]]:
    """Lines of the parts with what stands in front: the name of the part, and what the line is about."""
    width = max(len(name) for name, _ in parts)
    about = max(len(label) for _, lines in parts for label, _ in lines)
    for name, lines in parts:
        for place, (label, text) in enumerate(lines):
            lead = f"{label.ljust(about)}  " if label else ""
            yield f"  {(name if place == 0 else '').ljust(width)}  {lead}", text


def _time(scenario: CentreScenario) -> str:
    days = (scenario.end - scenario.start).days
    warm_up = scenario.warm_up if scenario.warm_up == "auto" else counted(scenario.warm_up, "day")
    volumes = (
        "" if scenario.volumes_as_of is None else f"; volumes are those of {day(scenario.volumes_as_of)}, grown since"
    )
    return (
        f"{counted(days, 'day')} from {day(scenario.start)}, in intervals of "
        f"{duration(scenario.interval / SECOND_MS)}; warm-up: {warm_up}{volumes}"
    )


def _site(scenario: CentreScenario, name: str, site: Site) -> Iterator[Line]:
    told = [f"language {site.language}" if site.language else "", f"costs in {site.currency}" if site.currency else ""]
    yield from (("", line) for line in calendar_lines(site.calendar, scenario.start, scenario.end))
    if any(told):
        yield "", ", ".join(filter(None, told))
    if all(scenario.site_of(team) != name for team in scenario.teams.values()):
        own = [queue for queue, model in scenario.queues.items() if scenario.site_of(model) == name]
        others = {team for queue in own for team in scenario.serving(queue)}
        if own:
            teams = listed((team for team in scenario.teams if team in others), "and")
            yield "", f"beware: no team of its own, so no positions and no cost; its queues are served by {teams}"
