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
from .compile_deflection import deflected_shares
from .compile_periods import period_levels
from .compile_serving import Serving
from .contract import Arrivals, Float64, Int64
from .followers import followers
from .repeat_flow import CELL_MS, CELLS_PER_DAY
from .repeat_timing import first_shares
from .repeats import Repeats


@dataclass(frozen=True)
class Volumes:
    """Expected contacts of every queue over the days, without chance."""

    first: tuple[DailyArrivals, ...]
    """Deflected ones included."""
    stated: tuple[DailyArrivals, ...]
    """The volumes as the file states them."""
    as_stated: NDArray[np.bool_]
    """(Q,) whether all that is offered is stated, so that repeats need no prediction."""
    deflected: Float64
    """(Q, days) share of the first contacts."""
    followers: Float64
    """(Q, days x CELLS_PER_DAY) what else is offered, where not all is stated: repeats and posts."""

    def offered(self, queue: int, slots: int) -> Float64:
        """Contacts offered to a queue in each of the equal ``slots`` of the days, (days x slots,)."""
        if self.as_stated[queue]:
            return self.stated[queue].by_slot(slots).ravel()
        first = self.first[queue].scaled(1 - self.deflected[queue]).by_slot(slots).ravel()
        before = np.concatenate([[0.0], np.cumsum(self.followers[queue])])
        cells = np.linspace(0, before.size - 1, first.size + 1)
        return np.asarray(first + np.diff(np.interp(cells, np.arange(before.size), before)), np.float64)


def compile_volumes(
    scenario: CentreScenario, days: Days, horizon: Window, serving: Serving, repeats: Repeats, expected: Repeats
) -> Volumes:
    """Expected contacts of every queue over the days.

    ``horizon`` is the scenario's own, which a file of volumes must cover; ``repeats`` are those that stated volumes
    hold, ``expected`` those that will come. ScenarioError if the volumes can't arrive.
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
    first = _scaled(_without_repeats(scenario, stated, days, serving, repeats), level)
    as_stated = _as_stated(scenario, repeats)
    return Volumes(
        first=first,
        stated=_scaled(stated, level),
        as_stated=as_stated,
        deflected=deflected_shares(scenario, days),
        followers=_followers(scenario, days, serving, first, expected, np.logical_not(as_stated)),
    )


def _as_stated(scenario: CentreScenario, repeats: Repeats) -> NDArray[np.bool_]:
    """Which queues are offered what the file counted, as nothing has changed since: no deflection, no pressure."""
    queues = scenario.queues.values()
    if any(queue.deflection is not None or queue.pressure is not None for queue in queues):
        return np.zeros(len(queues), np.bool_)
    return np.array([queue.arrivals.volume_is == "offered" for queue in queues]) & (repeats.stated > 0)


def _followers(
    scenario: CentreScenario,
    days: Days,
    serving: Serving,
    first: Sequence[DailyArrivals],
    expected: Repeats,
    wanted: NDArray[np.bool_],
) -> Float64:
    """What follows first contacts; nothing where no queue that is wanted gets any."""
    contacts = np.array([daily.by_slot(CELLS_PER_DAY).ravel() for daily in first])
    if not (wanted & (expected.offered != expected.first)).any():
        return np.zeros_like(contacts)
    return followers(scenario, days, contacts, expected, [serving.week_of(queue) for queue in range(len(first))])


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
    if arrivals.by_interval is not None:
        dated = DatedVolumes.from_rows(arrivals.by_interval.rows, scenario.interval)
        required = days.between(horizon.start_day, horizon.start_day + horizon.horizon_days)
        return from_dates(dated, hours, days.first_day, closed, required, only_when_open=not queue.is_email)
    profile = arrivals.profile.weekdays if arrivals.profile is not None else None
    if queue.is_email:
        pattern = email_week(hours, arrivals.days, profile, arrivals.out_of_hours)
    else:
        pattern = call_week(hours, arrivals.days, profile)
    if arrivals.by_period is not None:
        factor = period_levels(arrivals.by_period, pattern, scenario.calendar_of(queue), days.first_day, days.count)
        return from_week(pattern, 1.0, days.first_day, closed).scaled(factor)
    return from_week(pattern, weekly_volume(arrivals, hours), days.first_day, closed)


def _level(scenario: CentreScenario, queue: Queue, days: Days) -> Float64:
    """Growth, seasonality and events of each day, (days,), as a factor on the stated volume."""
    arrivals, level = queue.arrivals, np.ones(days.count)
    for growth in arrivals.growths:
        level = level * growth_factor(days.first_day, days.count, scenario.start.toordinal(), growth.rate, growth.per)
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
