"""Remarks under an answer: which weeks and months are judged together, and where ``run`` may differ from ``size``."""

from __future__ import annotations

from datetime import date

from sim.common.calendar_spans import calendar_spans
from sim.scenario.centre import CentreScenario
from sim.scenario.cut_spans import judged_over, judged_together

_MONDAY = 0

_WEEKS_APART = (
    "A week across two months is judged in each by its days there, less than half of one with its neighbour in that "
    "month; run judges it whole, so that its verdicts over weeks may differ."
)
_SHARES_OF_FILE = (
    "Heads that share a queue are rostered by the part of its work that falls to each team in the file's own staff; "
    "with other numbers in the file run rosters them by these, and its figures may differ a little."
)


def run_remarks(scenario: CentreScenario) -> list[str]:
    """What is judged together."""
    over = judged_over(scenario)
    return _sentences(
        judged_together(scenario, "month") if "month" in over else "",
        judged_together(scenario, "week") if "week" in over else "",
    )


def size_remarks(scenario: CentreScenario) -> list[str]:
    """What is sized, and judged, together or apart, and what changes with the numbers in the file."""
    by_week = "week" in judged_over(scenario)
    together = [judged_together(scenario, "month"), judged_together(scenario, "week") if by_week else ""]
    apart = {_WEEKS_APART: by_week and _cuts_weeks(scenario), _SHARES_OF_FILE: _heads_share_queues(scenario)}
    return _sentences(*together) + [remark for remark, holds in apart.items() if holds]


def _cuts_weeks(scenario: CentreScenario) -> bool:
    """Whether one of the months that are sized begins within a week."""
    days = (scenario.end - scenario.start).days
    _, *later = calendar_spans(scenario.start.toordinal(), days, "month")
    return any(date.fromordinal(month.first_day).weekday() != _MONDAY for month in later)


def _heads_share_queues(scenario: CentreScenario) -> bool:
    """Whether heads serve a queue that another team serves, too."""
    serving = [[scenario.teams[team] for team in scenario.serving(queue)] for queue in scenario.queues]
    return any(len(teams) > 1 and any(team.heads is not None for team in teams) for teams in serving)


def _sentences(*told: str) -> list[str]:
    return [f"{words[0].upper()}{words[1:]}." for words in told if words]
