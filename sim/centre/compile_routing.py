"""Who takes what: lines, ranks, reserves, factors by team and queue, and the hours in which a team takes a queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np

from ..common.calendar import Segments
from ..scenario.centre import CentreScenario
from ..scenario.queue import Queue
from .compile_durations import on_tick
from .contract import (
    BACK_IN_LINE,
    FASTEST,
    FULL_SPEED,
    LEAST_OCCUPIED,
    LONGEST_IDLE,
    NOBODY,
    NOT_PUT_DOWN,
    WAITS_FOR_AGENT,
    Fences,
    Int64,
    Routing,
)

_AGENTS = {"longest idle": LONGEST_IDLE, "fastest first": FASTEST, "least occupied": LEAST_OCCUPIED}
_PUT_DOWN = {"never": NOT_PUT_DOWN, "own agent resumes": WAITS_FOR_AGENT, "anyone resumes": BACK_IN_LINE}
_MINUTE_MS = 60_000
_NOT_SERVED = -1
_NO_FENCES = Fences(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint8))

# Order of the lines' kinds, whatever their priority.
_CALL, _CALLBACK, _CHAT, _EMAIL = range(4)

N = TypeVar("N", int, float)


def callback_lines(scenario: CentreScenario) -> Int64:
    """Line of each queue's callbacks, (Q,): those after the queues' own, in the queues' order; NOBODY without."""
    offers = np.array([queue.callback is not None for queue in scenario.queues.values()])
    return np.where(offers, offers.size + np.cumsum(offers) - 1, NOBODY)


def of_pairs(scenario: CentreScenario, value: Callable[[str, str], N], otherwise: N) -> list[list[N]]:
    """A value of every team and queue, (T, Q); ``otherwise`` where the team doesn't serve the queue."""
    return [
        [value(team, queue) if queue in scenario.served_by(team) else otherwise for queue in scenario.queues]
        for team in scenario.teams
    ]


def compile_routing(scenario: CentreScenario) -> Routing:
    """All but the fences, which depend on the days: see ``compile_fences``."""
    callbacks = callback_lines(scenario)
    line_queue = np.concatenate([np.arange(callbacks.size), np.flatnonzero(callbacks != NOBODY)])

    def by_line(value: Callable[[str, str], int]) -> Int64:
        return np.array(of_pairs(scenario, value, 0), dtype=np.int64)[:, line_queue]

    scores = [list(scenario.queues.values())[queue].score for queue in line_queue]
    return Routing(
        line_queue=line_queue,
        rank=np.array([_ranks(scenario, team, line_queue) for team in scenario.teams], dtype=np.int64),
        reserve=by_line(scenario.reserve),
        overflow_ms=by_line(lambda team, queue: on_tick(scenario.terms(team, queue).overflow_after, scenario.tick)),
        preference=np.array(of_pairs(scenario, scenario.preference, 0), dtype=np.int64),
        handle_factor=np.array(of_pairs(scenario, lambda team, queue: scenario.terms(team, queue).handle_factor, 1.0)),
        agents=_AGENTS[scenario.routing.agents],
        by_score=int(scenario.routing.contacts == "score"),
        score_base=np.array([score.base for score in scores]),
        score_per_ms=np.array([score.per_minute / _MINUTE_MS for score in scores]),
        put_down=np.array([_PUT_DOWN[team.put_down_emails] for team in scenario.teams.values()], dtype=np.uint8),
        chat_most=np.array([_chats_at_once(scenario, team) for team in scenario.teams], dtype=np.int64),
        chat_speed=_chat_speeds(scenario),
        fences=_NO_FENCES,
    )


def compile_fences(routing: Routing, hours: Mapping[tuple[int, int], Segments], end_ms: int) -> Fences:
    """Changes until ``end_ms``; ``hours`` of teams that take a queue at some hours only, by team and queue.

    A pair begins with its state at moment 0. All lines of a queue have its hours.
    """
    is_open_from: dict[tuple[int, int, int], int] = {}
    for (team, queue), segments in hours.items():
        for line in np.flatnonzero(routing.line_queue == queue).tolist():
            is_open_from[0, team, line] = 0
            is_open_from.update(((at_ms, team, line), 0) for at_ms in segments.end_ms.tolist())
            is_open_from.update(((at_ms, team, line), 1) for at_ms in segments.start_ms.tolist())
    changes = sorted((*change, is_open) for change, is_open in is_open_from.items() if change[0] < end_ms)
    if not changes:
        return _NO_FENCES
    at_ms, teams, lines, is_open = zip(*changes, strict=True)
    return Fences(
        np.array(at_ms, dtype=np.int64),
        np.array(teams, dtype=np.int64),
        np.array(lines, dtype=np.int64),
        np.array(is_open, dtype=np.uint8),
    )


def _chat_speeds(scenario: CentreScenario) -> Int64:
    """Speed of each chat by team and chats in hand, (T, 1 + most of all), in parts of FULL_SPEED.

    Where an agent never holds as many, it is the speed with the most.
    """
    most = max(_chats_at_once(scenario, team) for team in scenario.teams)
    speeds = np.full((len(scenario.teams), 1 + most), FULL_SPEED, dtype=np.int64)
    for row, name in zip(speeds, scenario.teams, strict=True):
        held = _chats_at_once(scenario, name)
        row[1 : held + 1] = [max(round(speed * FULL_SPEED), 1) for speed in scenario.teams[name].chat.speeds[:held]]
        row[held + 1 :] = row[held]
    return speeds


def _chats_at_once(scenario: CentreScenario, team: str) -> int:
    serves_chats = any(scenario.queues[queue].is_chat for queue in scenario.served_by(team))
    return scenario.teams[team].chat.most if serves_chats else 1


def _ranks(scenario: CentreScenario, team: str, line_queue: Int64) -> list[int]:
    """Order of the lines that the team serves: by kind, then priority; equal ones share a rank."""
    names = list(scenario.queues)
    served = scenario.served_by(team)
    places = []
    for line, number in enumerate(line_queue):
        name = names[number]
        kind = _CALLBACK if line >= len(names) else _kind(scenario.queues[name])
        places.append((kind, scenario.priority(team, name)) if name in served else None)
    order = sorted({place for place in places if place is not None})
    return [_NOT_SERVED if place is None else order.index(place) for place in places]


def _kind(queue: Queue) -> int:
    return _EMAIL if queue.is_email else _CHAT if queue.is_chat else _CALL
