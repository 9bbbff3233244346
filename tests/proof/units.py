"""Models in units of time: a unit takes a minute, of which the clock's millisecond is 1.7e-5."""

from __future__ import annotations

from typing import Any

from .centres import exponential
from .figures import OfMeans, in_unit, named, ratio

UNIT_S = 60.0


def per_unit(rate: float) -> dict[str, float]:
    """Arrivals by a rate per unit of time."""
    return {"per_hour": rate * 3600 / UNIT_S}


def at_rate(rate: float) -> dict[str, Any]:
    """Exponential durations that end at a rate per unit of time."""
    return exponential(UNIT_S / rate)


def patience(theta: float) -> dict[str, Any]:
    """Abandonment at a rate per unit of time, as a field of a queue; at rate 0 nobody does."""
    return {"patience": at_rate(theta)} if theta else {}


def mean_time(name: str, *queues: int) -> OfMeans:
    """A figure in seconds by the product's own name, in units; of the first queue, or of those given."""
    seconds = named(name, queues or (0,))
    numerator, denominator = seconds.readers
    return ratio(in_unit(numerator, UNIT_S), denominator)


def mean_wait(queue: int = 0) -> OfMeans:
    """Mean wait of a queue's contacts, in units."""
    return mean_time("wait_mean_s", queue)
