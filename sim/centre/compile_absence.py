"""Queues that nobody could ever serve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..common.calendar import Segments, merged_segments
from ..errors import Problem, ScenarioError
from ..scenario.words import quoted_list
from .compile_days import common, joined
from .compile_forecast import Forecast
from .presence import Pieces


def refuse_absence(forecast: Forecast, positions: Sequence[Pieces], start_ms: int, end_ms: int) -> None:
    """ScenarioError for queues, whatever brings them contacts, that nobody could ever serve within [start, end).

    Some team must have ``positions`` while it takes the queue's contacts; those of calls and chats, during some of the
    queue's opening hours. A queue that is closed all the time needs nobody.
    """
    scenario, there = forecast.scenario, [_there(pieces, start_ms, end_ms) for pieces in positions]
    span = merged_segments(np.array([start_ms]), np.array([end_ms]))
    problems = []
    for number, (name, queue) in enumerate(scenario.queues.items()):
        taking = joined(
            [common(there[team], service.hours) for team, service in forecast.serving.services[number].items()]
        )
        if not queue.is_email:
            taking = common(taking, forecast.opening[number])
        opening = forecast.opening[number]
        if taking.total_ms == 0 and common(opening, span).total_ms:
            problems.append(_problem(name, scenario.serving(name)))
    if problems:
        raise ScenarioError(scenario.name, problems)


def _there(pieces: Pieces, start_ms: int, end_ms: int) -> Segments:
    """When a team has positions."""
    some = pieces.positions > 0
    starts, ends = (np.clip(edge[some], start_ms, end_ms) for edge in (pieces.start_ms, pieces.end_ms))
    return merged_segments(starts, ends)


def _problem(queue: str, teams: Sequence[str]) -> Problem:
    message = f'nobody is there for "{queue}" in the whole horizon'
    if len(teams) == 1:
        return Problem(f"teams.{teams[0]}.positions", f"{message}; give positions in its opening hours")
    return Problem(f"queues.{queue}", f"{message}; give {quoted_list(teams)} positions in its opening hours")
