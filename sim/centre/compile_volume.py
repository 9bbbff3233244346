"""First contacts of every queue, day by day, as the scenario states them and its repeats leave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.arrivals import event_factor, growth_factor, month_factor
from ..common.arrivals_daily import DailyArrivals, DatedVolumes, from_dates, from_week
from ..common.arrivals_shape import DayShape, call_week, email_week, shape_of_pieces
from ..common.calendar import DAY_MS, WEEK_DAYS, weekdays
from ..errors import Problem, ScenarioError
from ..scenario.centre import CentreScenario
from ..scenario.queue import Queue
from ..scenario.repeats import weekly_volume
from .compile_days import Days, Window
from .compile_serving import Serving
from .contract import Arrivals, Float64, Int64
from .repeat_timing import CELL_MS, CELLS_PER_DAY, first_shares
from .repeats import Repeats, offered_by_day, per


@dataclass(frozen=True)
class Volumes:
    """Expected contacts of every queue over the days, without chance."""

    first: tuple[DailyArrivals, ...]
    """Deflected ones included."""
    offered: tuple[DailyArrivals, ...]
    """First contacts that aren't deflected, repeats and posts, at the times of the stated volume; nothing where none is
    stated."""
    offered_a_week: Float64
    """(Q, days) the same in an ordinary week at the scenario's start that has the deflection of each day."""


def compile_volumes(
    scenario: CentreScenario, days: Days, horizon: Window, serving: Serving, repeats: Repeats
) -> Volumes:
    """Expected contacts of every queue over the days.

    ``horizon`` is the scenario's own, which a file of volumes must cover; ``repeats`` are those that stated volumes
    hold. ScenarioError if the volumes can't arrive.
    """
    stated, problems = [], []
    for name, queue in scenario.queues.items():
        try:
            stated.append(_stated(scenario, name, queue, days, horizon))
        except ValueError as error:
            problems.append(Problem(f"queues.{name}.arrivals", str(error)))
    if problems:
        raise ScenarioError(scenario.name, problems)
    level = np.array([_level(scenario, queue, days) for queue in scenario.queues.values()])
    offered_a_week = offered_by_day(scenario, days.first_day, days.count)
    per_stated = per(offered_a_week, repeats.stated[:, np.newaxis], otherwise=1.0)
    return Volumes(
        first=_scaled(_without_repeats(scenario, stated, days, serving, repeats), level),
        offered=_scaled(stated, level * per_stated),
        offered_a_week=offered_a_week,
    )


def _scaled(daily: Sequence[DailyArrivals], factors: Float64) -> tuple[DailyArrivals, ...]:
    return tuple(arrivals.scaled(factor) for arrivals, factor in zip(daily, factors, strict=True))


def _without_repeats(
    scenario: CentreScenario, stated: Sequence[DailyArrivals], days: Days, serving: Serving, repeats: Repeats
) -> Sequence[DailyArrivals]:
    """The stated volumes less the repeats that they hold."""
    holds_repeats = repeats.first < repeats.stated
    if not holds_repeats.any():
        return stated
    closed = [days.closed[scenario.site_of(queue)] for queue in scenario.queues.values()]
    week = np.array([_ordinary_week(daily, closed_days) for daily, closed_days in zip(stated, closed, strict=True)])
    taken = [serving.week_of(queue) for queue in range(len(stated))]
    shares = first_shares(scenario, repeats, taken, week)
    return [
        _thinned(daily, share, days.first_day, closed_days) if thin else daily
        for daily, share, closed_days, thin in zip(stated, shares, closed, holds_repeats, strict=True)
    ]


def _ordinary_week(daily: DailyArrivals, closed: NDArray[np.bool_]) -> Float64:
    """Mean contacts by weekday and cell over the days that aren't closed, (7, CELLS_PER_DAY)."""
    is_open = np.logical_not(closed).reshape(-1, WEEK_DAYS, 1)
    contacts = daily.by_slot(CELLS_PER_DAY).reshape(-1, WEEK_DAYS, CELLS_PER_DAY)
    mean: Float64 = (contacts * is_open).sum(axis=0) / np.maximum(is_open.sum(axis=0), 1)
    return mean


def _thinned(daily: DailyArrivals, share: Float64, first_day: int, closed: NDArray[np.bool_]) -> DailyArrivals:
    """Of the contacts the share that is kept by weekday (or closed day, the last) and cell, (8, CELLS_PER_DAY).

    A day of which nothing is kept keeps its shape: re-contacts that are moved to it spread by it.
    """
    kind = np.where(closed, WEEK_DAYS, weekdays(first_day, closed.size))
    pairs, pair_of = np.unique(daily.shape_of * len(share) + kind, return_inverse=True)
    kept, shapes = np.ones(pairs.size), []
    for index, (shape_of, kind_of) in enumerate(zip(*np.divmod(pairs, len(share)), strict=True)):
        shape = daily.shapes[shape_of]
        if not shape.is_empty:
            edges, mass = _kept_mass(shape, share[kind_of])
            kept[index] = mass.sum()
            shape = shape_of_pieces(edges, mass) if kept[index] > 0 else shape
        shapes.append(shape)
    return DailyArrivals(daily.expected * kept[pair_of], pair_of, tuple(shapes))


def _kept_mass(shape: DayShape, share: Float64) -> tuple[Int64, Float64]:
    """Edges, and the part of the shape between them that is kept when of each cell its share is."""
    cells = np.arange(0, DAY_MS, CELL_MS)
    edges = np.union1d(shape.edge_ms, cells[(cells > shape.edge_ms[0]) & (cells < shape.edge_ms[-1])])
    before = np.interp(edges, shape.edge_ms, shape.cumulative)
    return edges, np.diff(before) * share[edges[:-1] // CELL_MS]


def _stated(scenario: CentreScenario, name: str, queue: Queue, days: Days, horizon: Window) -> DailyArrivals:
    """The stated volumes at the level of the scenario's start, or as a file has them by date."""
    arrivals, hours = queue.arrivals, scenario.opening_hours(name)
    closed = days.closed[scenario.site_of(queue)]
    if arrivals.file is not None:
        dated = DatedVolumes.from_rows(arrivals.file.rows, scenario.interval)
        required = days.between(horizon.start_day, horizon.start_day + horizon.horizon_days)
        return from_dates(dated, hours, days.first_day, closed, required, only_when_open=not queue.is_email)
    profile = arrivals.profile.weekdays if arrivals.profile is not None else None
    if queue.is_email:
        pattern = email_week(hours, arrivals.days, profile, arrivals.out_of_hours)
    else:
        pattern = call_week(hours, arrivals.days, profile)
    return from_week(pattern, weekly_volume(arrivals, hours), days.first_day, closed)


def _level(scenario: CentreScenario, queue: Queue, days: Days) -> Float64:
    """Growth, seasonality and events of each day, (days,), as a factor on the stated volume."""
    arrivals, level = queue.arrivals, np.ones(days.count)
    if arrivals.growth is not None:
        start, growth = scenario.start.toordinal(), arrivals.growth
        level = level * growth_factor(days.first_day, days.count, start, growth.rate, growth.per)
    if arrivals.seasonality is not None:
        level = level * month_factor(days.first_day, days.count, arrivals.seasonality)
    for event in arrivals.events:
        span = (event.first_day, event.last_day)
        level = level * event_factor(days.first_day, days.count, *span, event.volume, event.ramp_in, event.decay)
    return level


def compile_shapes(daily: tuple[DailyArrivals, ...]) -> Arrivals:
    """The shapes of all queues' days, each distinct one once; days in which nothing can arrive have -1."""
    number_of: dict[bytes, int] = {}
    distinct: list[DayShape] = []
    shape_of = []
    for arrivals in daily:
        numbers = np.full(len(arrivals.shapes), -1, dtype=np.int64)
        for index, shape in enumerate(arrivals.shapes):
            if shape.is_empty:
                continue
            key = shape.edge_ms.tobytes() + shape.cumulative.tobytes()
            if key not in number_of:
                number_of[key] = len(distinct)
                distinct.append(shape)
            numbers[index] = number_of[key]
        shape_of.append(numbers[arrivals.shape_of])
    return Arrivals(
        shape_of=np.array(shape_of),
        offset=np.cumsum([0, *(shape.edge_ms.size for shape in distinct)], dtype=np.int64),
        edge_ms=np.concatenate([np.empty(0, np.int64), *(shape.edge_ms for shape in distinct)]),
        cumulative=np.concatenate([np.empty(0), *(shape.cumulative for shape in distinct)]),
    )
