"""When in the week and in the day contacts arrive: shapes of days, and the pattern of an ordinary week.

A shape is a distribution over the time of day whose density is constant between edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .calendar import DAY_MS, WEEK_DAYS, Segments, WeekHours, open_ms_per_weekday, spans_of_weekdays

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

Profile = Sequence[Sequence[tuple[int, float]]]
"""Per weekday, Monday first: (start in ms since midnight, weight), ascending; none: flat.

A weight is the mass from its start to the next start; the last one's reaches to the end of that day's opening hours, or
to midnight if it starts later than that.
"""


@dataclass(frozen=True)
class DayShape:
    """Distribution over a day: ``cumulative`` share before each edge (ms since midnight), from 0 to 1, linear between.

    Without edges: no contact can arrive.
    """

    edge_ms: Int64
    cumulative: Float64

    @property
    def is_empty(self) -> bool:
        """Whether no contact can arrive."""
        return self.edge_ms.size == 0

    def share_within(self, spans: Segments) -> float:
        """Share of the day's contacts inside the spans."""
        return float(self._cut(spans)[1].sum()) if spans.total_ms and not self.is_empty else 0.0

    def within(self, spans: Segments) -> DayShape:
        """The shape of what lies inside the spans; empty if nothing does."""
        return shape_of_pieces(*self._cut(spans)) if spans.total_ms and not self.is_empty else NOTHING

    def _cut(self, spans: Segments) -> tuple[Int64, Float64]:
        """Edges from the first span's start to the last one's end, and the share in each piece, 0 in the gaps."""
        inner = self.edge_ms[(self.edge_ms > spans.start_ms[0]) & (self.edge_ms < spans.end_ms[-1])]
        edges = np.unique(np.concatenate([spans.start_ms, spans.end_ms, inner]))
        pieces = np.diff(np.interp(edges, self.edge_ms, self.cumulative))
        return edges, np.where(spans.open_between(edges) > 0, pieces, 0.0)


def shape_of_pieces(edge_ms: Int64, mass: Float64) -> DayShape:
    """The shape with a mass (any total) between every two neighbouring edges; empty if there is no mass."""
    mass = np.maximum(mass, 0.0)  # differences of cumulative shares may be negative by a rounding
    total = mass.sum()
    if total <= 0:
        return NOTHING
    cumulative = np.concatenate([[0.0], np.cumsum(mass) / total])
    cumulative[np.flatnonzero(mass)[-1] + 1 :] = 1.0
    return DayShape(edge_ms, cumulative)


def mixture(parts: Sequence[tuple[float, DayShape]]) -> DayShape:
    """Shape of contacts of which the given shares (any total) have the given shapes."""
    real = [(share, shape) for share, shape in parts if share > 0 and not shape.is_empty]
    if not real:
        return NOTHING
    edges = np.unique(np.concatenate([shape.edge_ms for _, shape in real]))
    before = sum(share * np.interp(edges, shape.edge_ms, shape.cumulative) for share, shape in real)
    return shape_of_pieces(edges, np.diff(before))


NOTHING = DayShape(np.empty(0, np.int64), np.empty(0))
ROUND_THE_CLOCK = DayShape(np.array([0, DAY_MS], dtype=np.int64), np.array([0.0, 1.0]))


@dataclass(frozen=True)
class WeekPattern:
    """An ordinary week: the share of its contacts that each weekday brings, and their shapes, Monday first.

    ``closed_share`` and ``closed_shape`` are those of a day that is closed by exception, such as a public holiday.
    """

    share: Float64
    shape: tuple[DayShape, ...]
    closed_share: float
    closed_shape: DayShape


def call_week(hours: WeekHours, day_weights: Sequence[float] | None, profile: Profile | None) -> WeekPattern:
    """Calls: only in the opening hours; weekdays by their weights, by default by their opening time.

    ValueError, in words for a planner, if a weekday has a weight but no opening hours, or no profile within them.
    """
    open_ms = open_ms_per_weekday(hours)
    share = _normalised(open_ms if day_weights is None else day_weights)
    if np.any((share > 0) & (open_ms == 0)):
        raise ValueError("a weekday has a weight, but the queue has no opening hours then")
    spans = spans_of_weekdays(hours)
    shape = tuple(day.within(span) for day, span in zip(_profile_shapes(profile, spans), spans, strict=True))
    if any(day.is_empty for day, weight in zip(shape, share, strict=True) if weight > 0):
        raise ValueError("the profile has no weight within the opening hours of a weekday")
    return WeekPattern(share, shape, 0.0, NOTHING)


def email_week(
    hours: WeekHours, day_weights: Sequence[float] | None, profile: Profile | None, out_of_hours: float | None
) -> WeekPattern:
    """Emails: ``out_of_hours`` of a week evenly over its closed time, the rest in the opening hours as calls do.

    Without ``out_of_hours`` they come round the clock: evenly, or as ``day_weights`` and ``profile`` say. A day closed
    by exception brings what 24 h of a week's closed time do. ValueError as in ``call_week``, and if a share is to
    arrive out of hours where there is no closed time.
    """
    spans = spans_of_weekdays(hours)
    closed_ms = DAY_MS - open_ms_per_weekday(hours)
    if out_of_hours is None:
        share = _normalised([1.0] * WEEK_DAYS if day_weights is None else day_weights)
        shape = _profile_shapes(profile, spans)
        in_hours = [day.share_within(span) for day, span in zip(shape, spans, strict=True)]
        out_of_hours = max(1 - float(share @ np.array(in_hours)), 0.0)
    elif out_of_hours > 0 and not closed_ms.any():
        raise ValueError("a share arrives out of hours, but the queue is never closed")
    else:
        open_week = call_week(hours, day_weights, profile)
        closed_share = out_of_hours * closed_ms / max(closed_ms.sum(), 1)
        open_share = (1 - out_of_hours) * open_week.share
        share = open_share + closed_share
        shape = tuple(
            mixture([(open_share[day], open_week.shape[day]), (closed_share[day], _closed_shape(spans[day]))])
            for day in range(WEEK_DAYS)
        )
    day_of_closed_time = out_of_hours * DAY_MS / closed_ms.sum() if closed_ms.any() else 1 / WEEK_DAYS
    return WeekPattern(share, shape, float(day_of_closed_time), ROUND_THE_CLOCK)


def _normalised(weights: Sequence[float] | Int64) -> Float64:
    as_floats = np.asarray(weights, np.float64)
    shares: Float64 = as_floats / as_floats.sum()
    return shares


def _closed_shape(spans: Segments) -> DayShape:
    """Even over the day's closed time."""
    edges = np.unique(np.concatenate([[0], spans.start_ms, spans.end_ms, [DAY_MS]]))
    return shape_of_pieces(edges, (np.diff(edges) - spans.open_between(edges)).astype(np.float64))


def _profile_shapes(profile: Profile | None, spans: Sequence[Segments]) -> tuple[DayShape, ...]:
    """Shapes of the weekdays over the whole day, whether open or not."""
    return tuple(_profile_shape(day, span) for day, span in zip(profile or [()] * WEEK_DAYS, spans, strict=True))


def _profile_shape(weights: Sequence[tuple[int, float]], spans: Segments) -> DayShape:
    if not weights:
        return ROUND_THE_CLOCK
    last_start = weights[-1][0]
    closing = int(spans.end_ms[-1]) if spans.end_ms.size else 0
    edges = [start for start, _ in weights] + [closing if closing > last_start else DAY_MS]
    edge_ms = np.array(edges, dtype=np.int64)
    return shape_of_pieces(edge_ms, np.array([weight for _, weight in weights]) * np.diff(edge_ms))
