"""First contacts of every queue, day by day, as the scenario states them and its repeats leave them."""

from __future__ import annotations

import numpy as np

from ..common.arrivals import event_factor, growth_factor, month_factor
from ..common.arrivals_daily import DailyArrivals, DatedVolumes, from_dates, from_week
from ..common.arrivals_shape import DayShape, call_week, email_week
from ..errors import Problem, ScenarioError
from ..scenario.centre import CentreScenario
from ..scenario.queue import Queue
from ..scenario.repeats import weekly_volume
from .compile_days import Days, Window
from .contract import Arrivals, Float64
from .repeats import Repeats


def first_contacts(
    scenario: CentreScenario, days: Days, horizon: Window, repeats: Repeats
) -> tuple[DailyArrivals, ...]:
    """Expected first contacts of every queue over the days.

    ``horizon`` is the scenario's own, which a file of volumes must cover. ScenarioError if its volumes can't arrive.
    """
    daily, problems = [], []
    for index, (name, queue) in enumerate(scenario.queues.items()):
        try:
            stated = _stated(scenario, name, queue, days, horizon)
        except ValueError as error:
            problems.append(Problem(f"queues.{name}.arrivals", str(error)))
            continue
        daily.append(stated.scaled(repeats.first_share[index] * _level(scenario, queue, days)))
    if problems:
        raise ScenarioError(scenario.name, problems)
    return tuple(daily)


def _stated(scenario: CentreScenario, name: str, queue: Queue, days: Days, horizon: Window) -> DailyArrivals:
    """The stated volumes at the level of the scenario's start, or as a file has them by date."""
    arrivals, hours = queue.arrivals, scenario.opening_hours(name)
    if arrivals.file is not None:
        dated = DatedVolumes.from_rows(arrivals.file.rows, scenario.interval)
        required = days.between(horizon.start_day, horizon.start_day + horizon.horizon_days)
        return from_dates(dated, hours, days.first_day, days.closed, required, only_when_open=not queue.is_email)
    profile = arrivals.profile.weekdays if arrivals.profile is not None else None
    if queue.is_email:
        pattern = email_week(hours, arrivals.days, profile, arrivals.out_of_hours)
    else:
        pattern = call_week(hours, arrivals.days, profile)
    return from_week(pattern, weekly_volume(arrivals, hours), days.first_day, days.closed)


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
