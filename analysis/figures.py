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
from sim.centre.results import CONTACT_COLUMNS, OFFERED_REASONS, QUEUE_COLUMNS, SERVICE_COLUMNS, TEAM_COLUMNS

Channel = Literal["call", "chat", "email", "mixed"]
"""Of a queue; or of several queues together, ``mixed`` if they aren't of one channel."""

MS_PER_S = 1_000
MS_PER_MIN = 60_000
MS_PER_H = 3_600_000
PPM = 1_000_000

_LIVE: tuple[Channel, ...] = ("call", "chat")
_SINGLE: tuple[Channel, ...] = ("call", "chat", "email")
_ANY: tuple[Channel, ...] = (*_SINGLE, "mixed")


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
    channels: tuple[Channel, ...] = _ANY
    of_contacts: bool = False
    """Whether it is the share of some contacts that something holds for: each of them is a yes or a no."""


@dataclass(frozen=True)
class Total:
    """A figure that is a sum over the span, on average over the replications."""

    name: str
    sum: ColumnSum
    unit: int = 1
    channels: tuple[Channel, ...] = _ANY


def _share(name: str, numerator: ColumnSum, denominator: ColumnSum, channels: tuple[Channel, ...] = _ANY) -> Ratio:
    """Of the contacts that the denominator counts those that the numerator does."""
    return Ratio(name, numerator, denominator, channels=channels, of_contacts=True)


def _contacts(*plus: str, minus: tuple[str, ...] = ()) -> ColumnSum:
    return ColumnSum(tuple(map(CONTACT_COLUMNS.index, plus)), tuple(map(CONTACT_COLUMNS.index, minus)))


def _queues(name: str) -> ColumnSum:
    return ColumnSum((QUEUE_COLUMNS.index(name),))


def _teams(*plus: str) -> ColumnSum:
    return ColumnSum(tuple(map(TEAM_COLUMNS.index, plus)))


# --- queues -------------------------------------------------------------------------------------------------------

WAIT_LONGEST = CONTACT_COLUMNS.index("wait_longest_ms")

OFFERED = _contacts(*OFFERED_REASONS)
SERVED = _contacts("served")
RATED = _contacts("rated")
TRANSFERRED_IN = _contacts("transfer")
_HANDLED = _contacts("served", "transfer_served")
_SOLVED = _contacts("touched_1", "touched_2", "touched_more")
_ENTERED = _contacts("first", "returned", "posted")
"""Customers: each is offered for the first time once, be it after a deflection."""

TOTALS = (
    Total("offered", OFFERED),
    Total("offered_first", _contacts("first")),
    Total("offered_redial", _contacts("redial")),
    Total("offered_recontact", _contacts("recontact")),
    Total("offered_late_email", _contacts("late_email")),
    Total("offered_returned", _contacts("returned")),
    Total("offered_posted", _contacts("posted")),
    Total("deflected", _contacts("deflected")),
    Total("served", SERVED),
    Total("abandoned", _contacts("abandoned")),
    Total("abandoned_short", _contacts("abandoned_short"), channels=_LIVE),
    Total("blocked", _contacts("blocked")),
    Total("unresolved", _contacts("unresolved")),
    Total("redials_lost", _contacts("redials_lost")),
    Total("re_explain_min", _contacts("re_explain_ms"), MS_PER_MIN),
    Total("callbacks", _contacts("callbacks"), channels=("call",)),
    Total("callbacks_reached", _contacts("callbacks_reached"), channels=("call",)),
    Total("transferred_in", TRANSFERRED_IN),
    Total("transfer_served", _contacts("transfer_served")),
    Total("transfer_abandoned", _contacts("transfer_abandoned")),
    Total("transfer_blocked", _contacts("transfer_blocked")),
    Total("transfer_unresolved", _contacts("transfer_unresolved")),
    Total("transfer_callbacks", _contacts("transfer_callbacks"), channels=("call",)),
    Total("transfer_callbacks_reached", _contacts("transfer_callbacks_reached"), channels=("call",)),
    Total("handed_on", _contacts("handed_on")),
    Total("handed_on_min", _contacts("handed_on_ms"), MS_PER_MIN),
    Total("solved_by_1", _contacts("touched_1")),
    Total("solved_by_2", _contacts("touched_2")),
    Total("solved_by_more", _contacts("touched_more")),
    Total("put_down", _contacts("put_down"), channels=("email",)),
    Total("rated", RATED),
)

SERVICE_LEVELS: Mapping[str, Ratio] = MappingProxyType(
    {
        ratio.name: ratio
        for ratio in (
            _share("sl_offered", _contacts("served_within"), OFFERED, _LIVE),
            _share(
                "sl_excl_short",
                _contacts("served_within"),
                _contacts(*OFFERED_REASONS, minus=("abandoned_short",)),
                _LIVE,
            ),
            _share("sl_abandons_met", _contacts("served_within", "abandoned_within"), OFFERED, _LIVE),
            _share("sl_answered", _contacts("served_within"), SERVED, _LIVE),
        )
    }
)
ANSWER_RATE = _share("answer_rate", SERVED, OFFERED)
RESPONSE_IN_TIME = _share("response_in_time", _contacts("responded_within"), OFFERED, ("email",))
TRANSFERS_IN_TIME = _share("transfers_in_time", _contacts("transfer_served_within"), TRANSFERRED_IN, _LIVE)
SATISFACTION = Ratio("satisfaction", _contacts("satisfaction_ppm"), RATED, PPM)
TRANSFER_ABANDON_RATE = _share("transfer_abandon_rate", _contacts("transfer_abandoned"), TRANSFERRED_IN)
TRANSFER_WAIT = Ratio(
    "transfer_wait_mean_s",
    _contacts("transfer_wait_ms"),
    _contacts("transfer_served", minus=("transfer_callbacks_reached",)),
    MS_PER_S,
)

INTERVAL_RATIOS = (
    *SERVICE_LEVELS.values(),
    ANSWER_RATE,
    _share("abandon_rate", _contacts("abandoned"), OFFERED),
    _share("self_inflicted", _contacts("redial", "recontact", "late_email", "returned"), OFFERED),
    Ratio("asa_s", _contacts("wait_served_ms"), _contacts("served", minus=("callbacks_reached",)), MS_PER_S, _SINGLE),
    Ratio("aht_s", _contacts("handle_ms"), _HANDLED, MS_PER_S),
    RESPONSE_IN_TIME,
    Ratio("response_mean_s", _contacts("response_ms"), _SOLVED, MS_PER_S, ("email",)),
    SATISFACTION,
    TRANSFERS_IN_TIME,
)
"""Ratios kept, with their intervals, for every interval of the horizon."""

RATIOS = (
    *INTERVAL_RATIOS,
    _share("served_at_once", _contacts("served_at_once"), OFFERED, _SINGLE),
    Ratio(
        "wait_mean_s",
        _contacts("wait_served_ms", "wait_abandoned_ms"),
        _contacts("served", "abandoned", minus=("callbacks",)),  # each callback is reached, thus served, or abandoned
        MS_PER_S,
        _SINGLE,
    ),
    _share("deflected_share", _contacts("deflected"), _contacts("first", "deflected")),
    _share("callback_share", _contacts("callbacks"), OFFERED, ("call",)),
    _share("callback_reached_share", _contacts("callbacks_reached"), _contacts("callbacks"), ("call",)),
    Ratio("callback_mean_s", _contacts("callback_ms"), _contacts("callbacks_reached"), MS_PER_S, ("call",)),
    _share("handed_on_share", _contacts("handed_on"), _HANDLED),
    TRANSFER_ABANDON_RATE,
    TRANSFER_WAIT,
    _share("solved_by_1_share", _contacts("touched_1"), _SOLVED),
)

CENTRE_RATIOS = (
    Ratio("customer_attempts", OFFERED, _ENTERED),
    Ratio(
        "customer_served",
        _contacts("first", "returned", "posted", minus=("lost", "unresolved", "transfer_unresolved")),
        _ENTERED,
    ),
    Ratio("customer_lost", _contacts("lost"), _ENTERED),
    Ratio(
        "first_contact_resolution",
        _contacts("touched_1", "touched_2", "touched_more", minus=("recontact",)),
        _SOLVED,
    ),
    Ratio("handed_on_mean_s", _contacts("handed_on_ms"), _contacts("handed_on"), MS_PER_S),
)
"""Only over all queues of a centre or site together: customers come back, and are handed on, to other queues."""

WAITING = _queues("waiting_ms")
WAITING_AT_END = _queues("waiting_at_end")
OLDEST_AT_END = _queues("oldest_at_end_ms")
CALLBACKS_OWED = _queues("callbacks_ms")
CALLBACKS_AT_END = _queues("callbacks_at_end")

# --- teams --------------------------------------------------------------------------------------------------------

SCHEDULED = _teams("scheduled_ms")
BUSY = _teams("busy_ms")
OCCUPANCY = Ratio("occupancy", BUSY, _teams("scheduled_ms", "overrun_ms"))
TEAM_RATIOS = (OCCUPANCY, Ratio("utilisation", BUSY, SCHEDULED))
TEAM_TOTALS = (
    Total("scheduled_h", SCHEDULED, MS_PER_H),
    Total("overrun_h", _teams("overrun_ms"), MS_PER_H),
    Total("busy_h", _teams("busy_ms"), MS_PER_H),
)

SERVICES = ColumnSum((SERVICE_COLUMNS.index("services"),))
SERVICE_FIGURES = (
    Total("services", SERVICES),
    Ratio("aht_s", ColumnSum((SERVICE_COLUMNS.index("handle_ms"),)), SERVICES, MS_PER_S),
)
