"""Positions by weekday and interval as people read them."""

from __future__ import annotations

from sim.scenario.centre import CentreScenario

from ..sizing.results import TeamSize, WeekPattern
from .grid import TextColumn, grid
from .target_words import on_one_line
from .words import WEEKDAYS, counted, number, percent_within, span_name


def pattern_text(team: TeamSize, pattern: WeekPattern, scenario: CentreScenario, width: int) -> str:
    """A column for each weekday, hours in which nobody is there left out."""
    interval_min = scenario.interval // 60_000
    slots = [slot for slot in range(pattern.positions.shape[1]) if pattern.positions[:, slot].any()]
    times = tuple(f"{slot * interval_min // 60:02d}:{slot * interval_min % 60:02d}" for slot in slots)
    columns = [TextColumn("from", times, left=True)]
    for day, name in enumerate(WEEKDAYS):
        if pattern.positions[day].any():
            cells = tuple(number(int(pattern.positions[day, slot])) for slot in slots)
            columns.append(TextColumn(name, cells))
    hours = pattern.agent_intervals * interval_min / 60
    peak = pattern.at.teams[team.team].presence.peak_positions
    whose = f" of {team.team}" if len(scenario.teams) > 1 else ""
    lead = (
        f"By interval, the fewest positions{whose} from which none can be taken in {span_name(pattern.period.label)}: "
        f"{number(hours, 1)} position hours a week, {counted(peak, 'position')} at the peak."
    )
    held = "; ".join(
        f"{on_one_line(one.target)}: {percent_within(*one.overall)}" for one in pattern.fresh.decision.targets
    )
    return f"{lead}\n{grid(columns, width=width)}\nOn fresh replications: {held}."
