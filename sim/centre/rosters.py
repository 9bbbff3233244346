"""Rosters put together from shifts and breaks; how many are scheduled at any moment, however a team is staffed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .contract import BREAK, SHIFT_END, SHIFT_START, Int64, Rosters, Staff, UInt8

_TIME_BITS = 40
"""A moment has fewer, an agent fewer than 24."""
_RISE = np.zeros(3, np.int64)
_RISE[[SHIFT_START, BREAK, SHIFT_END]] = 1, -1, -1


class Spells(NamedTuple):
    """Shifts or breaks of agents, in any order: rows [start, end)."""

    agent: Int64
    start_ms: Int64
    end_ms: Int64


NO_SPELLS = Spells(*(np.empty(0, np.int64),) * 3)


class Steps(NamedTuple):
    """How many a team schedules: ``positions`` from ``at_ms`` on, until its next change; none before the first."""

    at_ms: Int64
    """(changes,) ascending; (at_ms, team) unique."""
    team: Int64
    positions: Int64


def rosters_of(team: UInt8, shifts: Spells, breaks: Spells = NO_SPELLS) -> Rosters:
    """The rosters of agents with these shifts and breaks; ``team`` (T,) is 1 where a team is rostered.

    ValueError where shifts or breaks of an agent overlap or touch, or a break isn't within a shift and after its start.
    """
    shifts, breaks = _apart(shifts, "shifts"), _apart(breaks, "breaks")
    shift = np.searchsorted(_key(shifts.agent, shifts.start_ms), _key(breaks.agent, breaks.start_ms), side="left") - 1
    # Row -1, of breaks before all shifts, is the last shift: it starts after them.
    if breaks.agent.size and not (
        shifts.agent.size
        and np.all(shifts.agent[shift] == breaks.agent)
        and np.all(shifts.start_ms[shift] < breaks.start_ms)
        and np.all(breaks.end_ms <= shifts.end_ms[shift])
    ):
        raise ValueError("a break must lie within a shift of its agent, and begin after the shift")
    rows = ((shifts.start_ms, SHIFT_START), (breaks.start_ms, BREAK), (shifts.end_ms, SHIFT_END))
    at_ms = np.concatenate([at for at, _ in rows])
    what = np.concatenate([np.full(at.size, code, np.uint8) for at, code in rows])
    agent = np.concatenate([shifts.agent, breaks.agent, shifts.agent])
    none = np.zeros(shifts.agent.size, np.int64)
    length_ms = np.concatenate([none, breaks.end_ms - breaks.start_ms, none])
    order = np.lexsort((agent, what != SHIFT_START, at_ms))
    return Rosters(team, at_ms[order], agent[order], what[order], length_ms[order])


def scheduled_positions(staff: Staff) -> Steps:
    """What each team schedules: its positions, or those of its agents whose shift it is and not their break."""
    rosters = staff.rosters
    if not rosters.agent.size:
        return Steps(staff.at_ms, staff.team, staff.positions)
    on_break = rosters.what == BREAK
    at_ms = np.concatenate([rosters.at_ms, (rosters.at_ms + rosters.length_ms)[on_break]])
    team = staff.agent_team[np.concatenate([rosters.agent, rosters.agent[on_break]])]
    rise = np.concatenate([_RISE[rosters.what], np.ones(int(on_break.sum()), np.int64)])
    order = np.lexsort((at_ms, team))
    at_ms, team = at_ms[order], team[order]
    (first,) = np.nonzero(np.diff(_key(team, at_ms), prepend=-1))
    # Shifts and breaks end as often as they begin: a team's sum starts where the one before it has come back to 0.
    positions = np.cumsum(np.add.reduceat(rise[order], first))
    steps = Steps(
        np.concatenate([staff.at_ms, at_ms[first]]),
        np.concatenate([staff.team, team[first]]),
        np.concatenate([staff.positions, positions]),
    )
    in_time = np.lexsort((steps.team, steps.at_ms))
    return Steps(*(column[in_time] for column in steps))


def _key(number: Int64, at_ms: Int64) -> Int64:
    """Number and moment in one integer, in their order."""
    key: Int64 = (np.asarray(number, np.int64) << _TIME_BITS) | at_ms
    return key


def _apart(spells: Spells, name: str) -> Spells:
    """The same by agent and start; refused unless each lasts, and none of an agent touches another."""
    order = np.lexsort((spells.start_ms, spells.agent))
    agent, start_ms, end_ms = (column[order] for column in spells)
    touching = (agent[1:] == agent[:-1]) & (start_ms[1:] <= end_ms[:-1])
    if np.any(end_ms <= start_ms) or np.any(touching):
        raise ValueError(f"{name} of an agent must last, and neither overlap nor touch")
    return Spells(agent, start_ms, end_ms)
