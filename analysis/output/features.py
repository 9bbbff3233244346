"""Figures that mean something only where a centre does a certain thing: elsewhere they aren't printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..kpis import Estimate

_TOLD_WITH: Mapping[str, frozenset[str]] = {
    "deflected": frozenset({"deflected", "deflected_share", "offered_returned", "offered_posted"}),
    "callbacks": frozenset(
        {
            "callbacks",
            "callbacks_reached",
            "callback_share",
            "callback_reached_share",
            "callback_mean_s",
            "callbacks_owed_mean",
            "callbacks_at_end",
        }
    ),
    "transferred_in": frozenset(
        {
            "transferred_in",
            "transfer_served",
            "transfer_abandoned",
            "transfer_blocked",
            "transfer_unresolved",
            "transfer_abandon_rate",
            "transfer_wait_mean_s",
            "handed_on",
            "handed_on_share",
            "handed_on_min",
            "handed_on_mean_s",
            "solved_by_1",
            "solved_by_2",
            "solved_by_more",
            "solved_by_1_share",
        }
    ),
    "put_down": frozenset({"put_down"}),
    "rated": frozenset({"rated", "satisfaction"}),
}
"""By the number of contacts that shows whether it was done."""


def idle_figures(of: Iterable[Mapping[str, Estimate]]) -> frozenset[str]:
    """Names of the figures that need not be told of several queues, as none of them did what they are about."""
    done = {name for figures in of for name in _TOLD_WITH if name in figures and figures[name].value > 0}
    return frozenset().union(*(told for name, told in _TOLD_WITH.items() if name not in done))
