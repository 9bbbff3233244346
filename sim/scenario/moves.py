"""People who go from one team to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from .base import Finding, ScenarioModel
from .dates import horizon_dates
from .draft import gives, known
from .quantities import AtLeastOnePerson, Day, Name
from .words import printable, suggestion
from .workforce import Tenure

MOST_MOVES = 1_000


class Move(ScenarioModel):
    """People of one team who go to another on a day; their tenure and their contracts go along."""

    from_team: Name = Field(alias="from")
    """Team that they leave."""
    to: Name
    """Team that they join."""
    on: Day
    """Their first day there."""
    heads: AtLeastOnePerson
    """How many; fewer if no more are past the ramp on that day."""
    training: Tenure = 0
    """First time in the new team, on the payroll and off the phones; default none."""
    who: Literal["longest-serving", "newest"] = "longest-serving"
    """Which of those past the ramp; default the longest-serving."""


def move_findings(scenario: ScenarioModel) -> Iterator[Finding]:
    """What is wrong with the moves of a scenario, whole or draft; placed from the root."""
    moves, teams, dates = known(scenario, "moves") or (), known(scenario, "teams") or {}, horizon_dates(scenario)  # type: ignore[arg-type]
    if len(moves) > MOST_MOVES:
        yield Finding(("moves",), f"must be at most {MOST_MOVES}; there are {len(moves)}")
        return
    for number, move in enumerate(moves):
        loc = ("moves", number)
        ends = (("from", move.from_team), ("to", move.to))
        for field, name in ends:
            if teams and name not in teams:
                yield Finding((*loc, field), f'unknown team "{printable(name)}"{suggestion(name, teams)}')
            elif teams and gives(teams[name], "positions"):
                yield Finding((*loc, field), f'"{name}" is given in positions; only people move, so give it heads')
        if move.from_team == move.to:
            yield Finding((*loc, "to"), "must be another team")
        if dates and not dates[0] <= move.on <= dates[-1]:
            yield Finding((*loc, "on"), f"lies outside the horizon, {dates[0]} to {dates[-1]} (got {move.on})")
