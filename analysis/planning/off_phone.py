"""What planners place beside the phones: classes in training, and the cheapest times for meetings and coaching."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.centre.contract import DAY_MS, Float64
from sim.centre.results import PEOPLE_COLUMNS, TEAM_COLUMNS
from sim.common.calendar import WEEK_DAYS
from sim.common.calendar_spans import Unit
from sim.scenario.team import Team

from ..figures import MS_PER_H
from ..intervals import CentreStatistics
from ..spans import first_day, spans


@dataclass(frozen=True)
class TrainingRow:
    """Training of a team in every period, (P,), on average over the replications."""

    team: str
    starts: Float64
    """People who begin."""
    in_training: Float64
    trainers_used: Float64 | None
    """Classes in training at a time, on average: each takes a trainer, and a room; None without a class size."""
    trainers: int | None
    """As the file has it; None where it says nothing."""


@dataclass(frozen=True)
class QuietTime:
    """An hour of the week in which many people wait for contacts."""

    weekday: int
    """0 Monday."""
    start_ms: int
    """Since midnight."""
    idle: float
    """People waiting for contacts, on average."""
    occupancy: float


def training_row(statistics: CentreStatistics, number: int, name: str, team: Team, over: Unit) -> TrainingRow | None:
    """Of a team that hires or trains; None of others."""
    if statistics.people_by_day is None or not team.has_workforce:
        return None
    starts = spans(statistics.centre, over).starts
    people = statistics.people_by_day[:, number]
    hires, in_training = (people[..., PEOPLE_COLUMNS.index(column)] for column in ("hires", "in_training"))
    days = np.diff(np.append(starts, hires.shape[1]))
    hiring = team.hiring
    used = None
    if hiring is not None and hiring.class_size is not None:
        classes = np.ceil(in_training / hiring.class_size).mean(axis=0)
        used = np.add.reduceat(classes, starts) / days
    return TrainingRow(
        team=name,
        starts=np.add.reduceat(hires.mean(axis=0), starts),
        in_training=np.add.reduceat(in_training.mean(axis=0), starts) / days,
        trainers_used=used,
        trainers=None if hiring is None else hiring.trainers,
    )


def quiet_times(statistics: CentreStatistics, team: int, count: int = 3) -> tuple[QuietTime, ...]:
    """The hours of the week in which most people of a team wait for contacts, the quietest first.

    Averages over the horizon's weeks and the replications; hours in which nobody is scheduled are left out.
    """
    centre = statistics.centre
    interval_ms = centre.engine.clock.interval_ms
    slot_ms = max(interval_ms, MS_PER_H)
    totals = statistics.teams.totals[team]
    at_ms = np.arange(centre.intervals) * interval_ms
    weekday = (first_day(centre).weekday() + at_ms // DAY_MS) % WEEK_DAYS
    a_day = DAY_MS // slot_ms
    slot = weekday * a_day + at_ms % DAY_MS // slot_ms
    scheduled, overrun, busy = (
        np.bincount(slot, totals[:, TEAM_COLUMNS.index(f"{name}_ms")], WEEK_DAYS * a_day)
        for name in ("scheduled", "overrun", "busy")
    )
    staffed = totals[:, TEAM_COLUMNS.index("scheduled_ms")] > 0
    there_ms = np.bincount(slot, np.where(staffed, interval_ms, 0), WEEK_DAYS * a_day) * statistics.replications
    on_duty, there = scheduled + overrun, there_ms > 0
    idle = np.where(there, (on_duty - busy) / np.where(there, there_ms, 1), -np.inf)
    order = np.argsort(-idle, kind="stable")[: min(count, int(there.sum()))].tolist()
    return tuple(
        QuietTime(one // a_day, one % a_day * slot_ms, float(idle[one]), float(busy[one] / on_duty[one]))
        for one in order
    )
