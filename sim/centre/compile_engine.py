"""The arrays of one window of days: what the engines are given, and what the statistics need beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..common.calendar import DAY_MS, Segments
from ..common.calendar_spans import calendar_spans
from .compile_days import Window
from .compile_forecast import Forecast
from .compile_routing import compile_fences
from .contract import Clock, CompiledCentre, EngineInput, Opening, Staff, VolumeDistribution

_NONE = np.empty(0, np.int64)
_NOBODY_THERE = Staff(_NONE, _NONE, _NONE, agent_team=_NONE, agent_stage=np.empty((1, 0), np.int32))


def compile_window(forecast: Forecast, window: Window, volume_factor: float) -> CompiledCentre:
    """The window of a forecast, all volumes times a factor, as yet without staff."""
    scenario, simulated = forecast.scenario, _simulated(forecast, window)
    interval_edges = np.arange(*horizon_ms(forecast, window), scenario.interval, dtype=np.int64)
    interval_edges = np.append(interval_edges, horizon_ms(forecast, window)[1])
    months = calendar_spans(window.start_day, window.horizon_days, "month")
    intervals = [month.days * DAY_MS // scenario.interval for month in months]
    return CompiledCentre(
        name=scenario.name,
        queue_names=tuple(scenario.queues),
        team_names=tuple(scenario.teams),
        engine=_engine_input(forecast, window),
        volume=VolumeDistribution(
            expected=forecast.first[:, simulated] * volume_factor,
            busyness_cv=forecast.busyness_cv,
            own_busyness=forecast.own_busyness,
        ),
        warm_up_days=window.warm_up_days,
        horizon_days=window.horizon_days,
        interval_period=np.repeat(np.arange(len(months)), intervals),
        period_labels=tuple(month.label for month in months),
        interval_open=np.array([hours.open_between(interval_edges) > 0 for hours in forecast.opening]),
    )


def simulated_ms(forecast: Forecast, window: Window) -> tuple[int, int]:
    """Start and end of the window's simulated days, since the first midnight of the forecast's."""
    simulated = _simulated(forecast, window)
    return simulated.start * DAY_MS, simulated.stop * DAY_MS


def horizon_ms(forecast: Forecast, window: Window) -> tuple[int, int]:
    """Start and end of the window's horizon likewise."""
    start = forecast.days.index(window.start_day)
    return start * DAY_MS, (start + window.horizon_days) * DAY_MS


def _simulated(forecast: Forecast, window: Window) -> slice:
    first = forecast.days.index(window.first_day)
    return slice(first, first + window.days)


def _engine_input(forecast: Forecast, window: Window) -> EngineInput:
    scenario, simulated, span_ms = forecast.scenario, _simulated(forecast, window), simulated_ms(forecast, window)
    shapes, deflection = forecast.shapes, forecast.deflection
    fences = {pair: hours.clipped(*span_ms) for pair, hours in forecast.serving.fences().items()}
    return EngineInput(
        clock=Clock(
            tick_ms=scenario.tick,
            interval_ms=scenario.interval,
            days=window.days,
            first_day=window.first_day,
            horizon_start_ms=window.warm_up_days * DAY_MS,
            horizon_end_ms=(window.warm_up_days + window.horizon_days) * DAY_MS,
        ),
        queues=forecast.queues,
        opening=_opening([hours.clipped(*span_ms) for hours in forecast.opening]),
        arrivals=shapes._replace(shape_of=np.ascontiguousarray(shapes.shape_of[:, simulated])),
        staff=_NOBODY_THERE,
        routing=forecast.routing._replace(fences=compile_fences(forecast.routing, fences, window.days * DAY_MS)),
        announcements=forecast.announcements,
        callbacks=forecast.callbacks,
        deflection=deflection._replace(share=np.ascontiguousarray(deflection.share[:, simulated])),
        transfers=forecast.transfers,
        satisfaction=forecast.satisfaction,
        stages=forecast.stages,
    )


def _opening(queues: Sequence[Segments]) -> Opening:
    """The opening hours of all queues, one after the other."""
    return Opening(
        offset=np.cumsum([0, *(hours.start_ms.size for hours in queues)], dtype=np.int64),
        start_ms=np.concatenate([hours.start_ms for hours in queues]),
        end_ms=np.concatenate([hours.end_ms for hours in queues]),
        before_ms=np.concatenate([hours.before_ms for hours in queues]),
    )
