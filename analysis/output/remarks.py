"""Remarks under an answer: which weeks and months are judged together, and where ``run`` may differ from ``size``."""

from __future__ import annotations

from datetime import date

from sim.common.calendar_spans import calendar_spans
from sim.scenario.centre import CentreScenario
from sim.scenario.cut_spans import judged_over, judged_together
from sim.scenario.words import quoted_list

_MONDAY = 0

_EXPERIENCED = (
    "Heads of {} are sized as experienced people who are there all month: training, ramp-up and leaving come on top; "
    "hire plans for them, and run tells what the file's own people hold."
)
_MEAN_SICKNESS = (
    "Sickness of {} is sized at its mean; run tells what its waves leave of the targets, and hire plans with them."
)
_WEEKS_APART = (
    "A week across two months is judged in each by its days there, less than half of one with its neighbour in that "
    "month; run judges it whole, so that its verdicts over weeks may differ."
)


def run_remarks(scenario: CentreScenario) -> list[str]:
    """What is judged together."""
    over = judged_over(scenario)
    return _sentences(
        judged_together(scenario, "month") if "month" in over else "",
        judged_together(scenario, "week") if "week" in over else "",
    )


def size_remarks(scenario: CentreScenario) -> list[str]:
    """What is sized, and judged, together or apart; and that people who come and go are sized as if they didn't."""
    by_week = "week" in judged_over(scenario)
    together = [judged_together(scenario, "month"), judged_together(scenario, "week") if by_week else ""]
    changing = [name for name in scenario.teams if scenario.has_changing_people(name)]
    in_waves = [name for name, team in scenario.teams.items() if team.sickness_waves is not None]
    return [
        *([_EXPERIENCED.format(quoted_list(changing, "and"))] if changing else []),
        *([_MEAN_SICKNESS.format(quoted_list(in_waves, "and"))] if in_waves else []),
        *_sentences(*together),
        *([_WEEKS_APART] if by_week and _cuts_weeks(scenario) else []),
    ]


def _cuts_weeks(scenario: CentreScenario) -> bool:
    """Whether one of the months that are sized begins within a week."""
    days = (scenario.end - scenario.start).days
    _, *later = calendar_spans(scenario.start.toordinal(), days, "month")
    return any(date.fromordinal(month.first_day).weekday() != _MONDAY for month in later)


def _sentences(*told: str) -> list[str]:
    return [f"{words[0].upper()}{words[1:]}." for words in told if words]
