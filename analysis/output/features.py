"""Figures that mean something only where a centre does a certain thing: elsewhere they aren't printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..kpis import Estimate


@dataclass(frozen=True)
class _Feature:
    """Something that a queue may do."""

    signs: frozenset[str]
    """Numbers of contacts, any of which shows that it was done."""
    figures: frozenset[str]
    """What is told of it."""


def _feature(*signs: str, told: tuple[str, ...] = ()) -> _Feature:
    """With figures beside those that are signs of it."""
    return _Feature(frozenset(signs), frozenset({*signs, *told}))


_FEATURES = (
    _feature("deflected", told=("deflected_share",)),
    _feature("offered_returned"),
    _feature("offered_posted"),
    _feature(
        "callbacks",
        told=(
            "callbacks_reached",
            "callback_share",
            "callback_reached_share",
            "callback_mean_s",
            "callbacks_owed_mean",
            "callbacks_at_end",
        ),
    ),
    _feature(
        "transferred_in",
        told=(
            "transfer_served",
            "transfers_in_time",
            "transfer_abandoned",
            "transfer_blocked",
            "transfer_unresolved",
            "transfer_abandon_rate",
            "transfer_wait_mean_s",
        ),
    ),
    _feature("transfer_callbacks", told=("transfer_callbacks_reached",)),
    _feature("handed_on", told=("handed_on_share", "handed_on_mean_s")),
    _Feature(
        frozenset({"transferred_in", "handed_on"}),
        frozenset({"handed_on_min", "solved_by_1", "solved_by_2", "solved_by_more", "solved_by_1_share"}),
    ),
    _feature("put_down"),
    _feature("rated", told=("satisfaction",)),
)


def idle_figures(of: Iterable[Mapping[str, Estimate]]) -> frozenset[str]:
    """Names of the figures that need not be told of these queues, as none of them did what they are about."""
    told = list(of)
    idle = (
        feature.figures
        for feature in _FEATURES
        if not any(figures[sign].value > 0 for figures in told for sign in feature.signs if sign in figures)
    )
    return frozenset().union(*idle)
