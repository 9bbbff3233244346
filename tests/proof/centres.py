"""Scenarios as a planner would write them, put together for the models of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.scenario.centre import CentreScenario

START = "2029-01-01"
"""A Monday."""
CALLS, EMAILS = 0, 1
"""Places of the queues."""


def seconds(duration_s: float) -> str:
    """A duration as it stands in a file."""
    return f"{duration_s:.6f} s"


def spread(distribution: str, mean_s: float, **parameters: float) -> dict[str, Any]:
    """A distribution of durations by its mean."""
    return {"distribution": distribution, "mean": seconds(mean_s), **parameters}


def exponential(mean_s: float) -> dict[str, Any]:
    """The exponential distribution."""
    return spread("exponential", mean_s)


def hyperexponential(p: float, mean_1_s: float, mean_2_s: float) -> dict[str, Any]:
    """A mixture of two exponential distributions."""
    return {"distribution": "hyperexponential", "p": p, "mean_1": seconds(mean_1_s), "mean_2": seconds(mean_2_s)}


def call_queue(
    arrivals: Mapping[str, Any], handle_time: Mapping[str, Any], threshold_s: float = 20.0, **more: Any
) -> dict[str, Any]:
    """A queue of calls; ``arrivals`` are first contacts."""
    return {
        "channel": "call",
        "arrivals": {**arrivals, "volume_is": "first"},
        "handle_time": handle_time,
        "targets": {"service_level": f"80 % in {seconds(threshold_s)}"},
        **more,
    }


def email_queue(arrivals: Mapping[str, Any], handle_time: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A queue of emails."""
    return {
        "channel": "email",
        "arrivals": {**arrivals, "volume_is": "first"},
        "handle_time": handle_time,
        **more,
    }


def chat_queue(arrivals: Mapping[str, Any], handle_time: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A queue of chats; ``handle_time`` is that of a chat alone."""
    return {"channel": "chat", "arrivals": {**arrivals, "volume_is": "first"}, "handle_time": handle_time, **more}


def one_team(positions: int | Mapping[str, Any], **terms: Any) -> dict[str, Any]:
    """The only team, which serves all queues."""
    return {"team": {"positions": positions, **terms}}


def centre(
    queues: Mapping[str, Mapping[str, Any]],
    teams: Mapping[str, Mapping[str, Any]],
    *,
    horizon: str,
    warm_up: str,
    opening: Mapping[str, str],
    interval: str,
    routing: Mapping[str, Any] | None = None,
) -> CentreScenario:
    """The scenario as a whole."""
    return CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": "proof",
            "start": START,
            "horizon": horizon,
            "warm_up": warm_up,
            "interval": interval,
            "calendar": {"open": opening},
            "routing": routing or {},
            "queues": queues,
            "teams": teams,
        }
    )


def round_the_clock(
    queues: Mapping[str, Mapping[str, Any]],
    teams: Mapping[str, Mapping[str, Any]],
    *,
    days: int = 7,
    routing: Mapping[str, Any] | None = None,
) -> CentreScenario:
    """A centre that never closes and never changes, after one day that is dropped.

    The models reach their steady state in minutes to two hours (the slowest: 4000 calls an hour at 97.8 % occupancy,
    whose relaxation time is 1.9 h), so that what is left of the empty start after 24 h is below 1e-5 of any figure.
    """
    return centre(
        queues,
        teams,
        horizon=f"{days} days",
        warm_up="1 day",
        opening={"every day": "24 h"},
        interval="24 h",
        routing=routing,
    )
