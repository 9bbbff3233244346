"""The figures that are ratios or sums of counted columns, as data: one definition for every table, target and interval.

Names are the keys of all outputs; ``docs/figures.md`` explains them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from types import MappingProxyType
from typing import Literal

from sim.centre.contract import Int64
from sim.centre.results import CONTACT_COLUMNS, QUEUE_COLUMNS, REASONS, TEAM_COLUMNS

Channel = Literal["call", "email", "mixed"]
"""Of a queue; or of several queues together, ``mixed`` if both kinds are among them."""

MS_PER_S = 1_000
MS_PER_MIN = 60_000
MS_PER_H = 3_600_000


@dataclass(frozen=True)
class ColumnSum:
    """Some columns of a table of counts added, others taken off."""

    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()

    def of(self, table: Int64) -> Int64:
        """The sum for every row of a table (..., columns)."""
        total = reduce(add, (table[..., column] for column in self.plus))
        for column in self.minus:
            total = total - table[..., column]
        return total


@dataclass(frozen=True)
class Ratio:
    """A figure that is a ratio of sums, ``unit`` of the counts making one of the figure's own."""

    name: str
    numerator: ColumnSum
    denominator: ColumnSum
    unit: int = 1
    channels: tuple[Channel, ...] = ("call", "email", "mixed")


@dataclass(frozen=True)
class Total:
    """A figure that is a sum over the span, on average over the replications."""

    name: str
    sum: ColumnSum
    unit: int = 1
    channels: tuple[Channel, ...] = ("call", "email", "mixed")


def _contacts(*plus: str, minus: tuple[str, ...] = ()) -> ColumnSum:
    return ColumnSum(tuple(map(CONTACT_COLUMNS.index, plus)), tuple(map(CONTACT_COLUMNS.index, minus)))


def _teams(*plus: str) -> ColumnSum:
    return ColumnSum(tuple(map(TEAM_COLUMNS.index, plus)))


WAIT_LONGEST = CONTACT_COLUMNS.index("wait_longest_ms")

OFFERED = _contacts(*REASONS)
_SERVED = _contacts("served")

TOTALS = (
    Total("offered", OFFERED),
    Total("offered_first", _contacts("first")),
    Total("offered_redial", _contacts("redial")),
    Total("offered_recontact", _contacts("recontact")),
    Total("offered_late_email", _contacts("late_email")),
    Total("served", _SERVED),
    Total("abandoned", _contacts("abandoned")),
    Total("abandoned_short", _contacts("abandoned_short"), channels=("call",)),
    Total("blocked", _contacts("blocked")),
    Total("unresolved", _contacts("unresolved")),
    Total("redials_lost", _contacts("redials_lost")),
    Total("re_explain_min", _contacts("re_explain_ms"), MS_PER_MIN),
)

SERVICE_LEVELS: Mapping[str, Ratio] = MappingProxyType(
    {
        ratio.name: ratio
        for ratio in (
            Ratio("sl_offered", _contacts("served_within"), OFFERED, channels=("call",)),
            Ratio(
                "sl_excl_short",
                _contacts("served_within"),
                _contacts(*REASONS, minus=("abandoned_short",)),
                channels=("call",),
            ),
            Ratio("sl_abandons_met", _contacts("served_within", "abandoned_within"), OFFERED, channels=("call",)),
            Ratio("sl_answered", _contacts("served_within"), _SERVED, channels=("call",)),
        )
    }
)
ANSWER_RATE = Ratio("answer_rate", _SERVED, OFFERED)
RESPONSE_IN_TIME = Ratio("response_in_time", _contacts("responded_within"), OFFERED, channels=("email",))

INTERVAL_RATIOS = (
    *SERVICE_LEVELS.values(),
    ANSWER_RATE,
    Ratio("abandon_rate", _contacts("abandoned"), OFFERED),
    Ratio("self_inflicted", _contacts("redial", "recontact", "late_email"), OFFERED),
    Ratio("asa_s", _contacts("wait_served_ms"), _SERVED, MS_PER_S, ("call", "email")),
    Ratio("aht_s", _contacts("handle_ms"), _SERVED, MS_PER_S),
    RESPONSE_IN_TIME,
    Ratio("response_mean_s", _contacts("response_ms"), _SERVED, MS_PER_S, ("email",)),
)
"""Ratios kept, with their intervals, for every interval of the horizon."""

RATIOS = (
    *INTERVAL_RATIOS,
    Ratio("served_at_once", _contacts("served_at_once"), OFFERED, channels=("call", "email")),
    Ratio(
        "wait_mean_s",
        _contacts("wait_served_ms", "wait_abandoned_ms"),
        _contacts("served", "abandoned"),
        MS_PER_S,
        ("call", "email"),
    ),
)

CUSTOMER_RATIOS = (
    Ratio("customer_attempts", OFFERED, _contacts("first")),
    Ratio("customer_served", _contacts("first", minus=("lost", "unresolved")), _contacts("first")),
    Ratio("customer_lost", _contacts("lost"), _contacts("first")),
)
"""Per customer; only over all queues together, as a customer may come back to another queue."""

WAITING = ColumnSum((QUEUE_COLUMNS.index("waiting_ms"),))
WAITING_AT_END = ColumnSum((QUEUE_COLUMNS.index("waiting_at_end"),))
OLDEST_AT_END = ColumnSum((QUEUE_COLUMNS.index("oldest_at_end_ms"),))

SCHEDULED = _teams("scheduled_ms")
TEAM_RATIOS = (
    Ratio("occupancy", _teams("busy_ms"), _teams("scheduled_ms", "overrun_ms")),
    Ratio("utilisation", _teams("busy_ms"), SCHEDULED),
)
TEAM_TOTALS = (
    Total("scheduled_h", SCHEDULED, MS_PER_H),
    Total("overrun_h", _teams("overrun_ms"), MS_PER_H),
    Total("busy_h", _teams("busy_ms"), MS_PER_H),
)
