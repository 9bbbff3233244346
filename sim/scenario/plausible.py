"""Values that are possible, but so far from what contact centres have that a slip is likelier.

The bounds are generous on purpose: who means such a value reads one line too many, and goes on. A value of 0 is never
doubted, for it says that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

from .arrivals import Arrivals
from .base import Finding, Loc, ScenarioModel
from .centre import CentreScenario
from .distribution import Distribution, mean_ms
from .parse import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Growth, Money
from .words import time_in_words

_EVERY = ("call", "chat", "email")
_LIVE = ("call", "chat")
_NOT_IN_THE_FILE = ("time", "share", "within_ms")
"""Parts of what is written as one value."""
_WRITTEN_AS = {"mean_shrinkage": "shrinkage"}
_COMPARABLE = ("EUR", "USD", "GBP", "CHF")
"""Currencies whose amounts are of one order."""
_A_YEAR = {"day": 365.25, "week": 52.18, "month": 12.0, "year": 1.0}
_MOST_GROWTH = 10.0
"""Of a year."""
_SMALL_VOLUME = 100
"""Contacts a week; a decimal point in a smaller number may be meant to part thousands."""


@dataclass(frozen=True)
class _Usual:
    """What is usual of a field; an end that is None is open."""

    field: str
    """Dotted, from the part that has it."""
    low: float | None
    high: float | None
    told: Callable[[float], str]
    """Puts a value into words."""
    channels: Iterable[str] = _EVERY
    """Of a queue."""

    @property
    def words(self) -> str:
        """``5 s to 3 h``."""
        if self.low is not None and self.high is not None:
            return f"{self.told(self.low)} to {self.told(self.high)}"
        return f"at most {self.told(self.high)}" if self.high is not None else f"at least {self.told(self.low or 0)}"

    def holds(self, value: float) -> bool:
        """Whether the value is usual, or 0."""
        return not value or ((self.low is None or value >= self.low) and (self.high is None or value <= self.high))


_time = partial(_Usual, told=time_in_words)
_share = partial(_Usual, told=lambda share: f"{100 * share:.4g} %")
_points = partial(_Usual, told=lambda points: f"{100 * points:.4g} points")
_number = partial(_Usual, told=lambda number: f"{number:,.10g}".replace(",", " "))

_QUEUE = (
    _time("handle_time", 5 * SECOND_MS, 3 * HOUR_MS, channels=_LIVE),
    _time("handle_time", 5 * SECOND_MS, 16 * HOUR_MS, channels=("email",)),
    _number("handle_time.cv", None, 5),
    _time("after_call_work", None, 2 * HOUR_MS),
    _time("patience.time", 2 * SECOND_MS, 4 * HOUR_MS),
    _share("patience.balking", None, 0.5),
    _time("announcement.above", None, HOUR_MS),
    _share("announcement.patience", 0.1, 10),
    _time("callback.above", None, HOUR_MS),
    _time("callback.ring", 3 * SECOND_MS, 10 * MINUTE_MS),
    _time("callback.again_after", MINUTE_MS, 3 * DAY_MS),
    _time("redial.after", SECOND_MS, 14 * DAY_MS),
    _number("redial.attempts", None, 20),
    _share("recontact.probability", None, 0.6),
    _time("recontact.within", 30 * MINUTE_MS, 183 * DAY_MS),
    _time("recontact.after", MINUTE_MS, 92 * DAY_MS),
    _time("recontact.re_explain", None, HOUR_MS),
    _time("late_to_call.after", None, 14 * DAY_MS),
    _time("deflection.after", None, 14 * DAY_MS),
    _time("transfer.after", SECOND_MS, HOUR_MS, channels=_LIVE),
    _time("transfer.after", SECOND_MS, 8 * HOUR_MS, channels=("email",)),
    _time("transfer.re_explain", None, HOUR_MS),
    _time("transfer.warm.hold", None, HOUR_MS),
    _time("transfer.warm.joint", None, HOUR_MS),
    _time("short_abandon", None, 5 * MINUTE_MS),
    _share("arrivals.counted_at_answer_rate", 0.2, None),
    _share("arrivals.busyness.cv", None, 0.6),
    _points("satisfaction.per_minute", None, 0.15),
    _share("targets.service_level.share", 0.2, None),
    _time("targets.service_level.within_ms", None, 30 * MINUTE_MS),
    _share("targets.response.share", 0.2, None),
    _time("targets.response.within_ms", MINUTE_MS, 30 * DAY_MS),
    _share("targets.answer_rate", 0.2, None),
    _share("targets.satisfaction", 0.2, None),
)
_EVENT = (_share("volume", None, 20), _time("ramp_in", None, 366 * DAY_MS), _time("decay", None, 366 * DAY_MS))
_TEAM = (
    _time("contract", 4 * HOUR_MS, 60 * HOUR_MS),
    _time("full_time_week", 20 * HOUR_MS, 60 * HOUR_MS),
    _share("mean_shrinkage", 0.01, 0.7),
    _share("sickness_waves.cv", None, 1.5),
    _time("coaching.per_beginner", 5 * MINUTE_MS, 30 * HOUR_MS),
    _time("coaching.per_agent", MINUTE_MS, 8 * HOUR_MS),
    _number("chat.at_once", None, 8),
    _number("cost.loaded_per_year", 1_000, 1_000_000),
    _number("cost.loaded_per_hour", 1, 500),
)
_TERMS = (_share("speed", 0.25, 4), _share("handle_time", 0.25, 4), _share("recontact", None, 5))


def implausible(scenario: CentreScenario) -> Iterator[Finding]:
    """Values far from what is usual, placed from the scenario's root."""
    for name, queue in scenario.queues.items():
        loc: Loc = ("queues", name)
        yield from _unusual(queue, [usual for usual in _QUEUE if queue.channel in usual.channels], loc)
        yield from _arrivals(queue.arrivals, (*loc, "arrivals"))
    for name, team in scenario.teams.items():
        yield from _unusual(team, _TEAM, ("teams", name))
        for served, terms in (team.serves or {}).items():
            yield from _unusual(terms, _TERMS, ("teams", name, "serves", served))


def _arrivals(arrivals: Arrivals, loc: Loc) -> Iterator[Finding]:
    volume = arrivals.per_week
    if volume is not None and volume < _SMALL_VOLUME and not volume.is_integer():
        yield Finding((*loc, "per_week"), f"is {volume:g}; thousands are written without a point, such as 1234")
    for place, growth in _growths(arrivals):
        yearly = (1 + growth.rate) ** _A_YEAR[growth.per]
        if not 1 / _MOST_GROWTH <= yearly <= _MOST_GROWTH:
            times = f"{yearly:.0f}" if yearly > 1 else f"{yearly:.2g}"
            yield Finding((*loc, *place), f"multiplies the volume by {times} within a year; check it and its unit")
    for number, event in enumerate(arrivals.events):
        yield from _unusual(event, _EVENT, (*loc, "events", number))


def _growths(arrivals: Arrivals) -> Iterator[tuple[Loc, Growth]]:
    """Where the arrivals state a growth, and the growth."""
    if arrivals.growth is not None:
        yield ("growth",), arrivals.growth
    driver = arrivals.customers
    if driver is not None and driver.growth is not None:
        yield ("customers", "growth"), driver.growth
    if driver is not None and driver.contacts_growth is not None:
        yield ("customers", "contacts_growth"), driver.contacts_growth


def _unusual(part: ScenarioModel, usual: Iterable[_Usual], loc: Loc) -> Iterator[Finding]:
    for one in usual:
        value, words = _figure(part, one.field.split("."))
        if value is not None and not one.holds(value):
            field = (_WRITTEN_AS.get(name, name) for name in one.field.split(".") if name not in _NOT_IN_THE_FILE)
            message = f"{one.told(value)}{words} is hardly meant; usual is {one.words}, so check number and unit"
            yield Finding((*loc, *field), message)


def _figure(part: Any, names: list[str]) -> tuple[float | None, str]:
    """The field's value as a number, if it has one, and what is to be said after it."""
    for name in names:
        part = getattr(part, name, None)
    if isinstance(part, get_args(Distribution)):
        return mean_ms(part), " on average"
    if isinstance(part, Money):
        return (part.amount if part.currency in _COMPARABLE else None), f" {part.currency}"
    return part, ""
