"""What moves between teams demand of the teams (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .centre import CentreScenario
from .dates import horizon_dates
from .draft import gives, known
from .words import printable, suggestion

MOST_MOVES = 1_000


def move_findings(scenario: CentreScenario) -> Iterator[Finding]:
    """What is wrong with the moves of a scenario, whole or draft; placed from the root."""
    moves, teams, dates = known(scenario, "moves") or (), known(scenario, "teams") or {}, horizon_dates(scenario)
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
