"""Who was on duty, inferred from calls where no roster exists.

An agent's calls show when he talks; between two of them he is idle, wraps up, or is away. What tells these apart is the
queue: an agent who is there takes the next caller as soon as he can. So

- **after-call work** is the time from a service's end to the agent's next while callers wait without a break
  (Kaplan-Meier: cut off where the queue empties, since from then on he may be ready unseen), as far as it lasts at most
  ``AWAY_AFTER_WAITING_S``;
- an agent is **present** from the start of a call to the start of the next, unless callers waited for more than
  ``AWAY_AFTER_WAITING_S`` in the gap between them, or the gap is longer than ``AWAY_AFTER_S``: then he left with the
  end of the call and came back with the next.

A bound on the gap alone would call the idle away in quiet hours, or those at lunch present in busy ones. Idle time
before the first call of a spell stays unseen, so presence errs on the low side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .durations import SurvivalCurve, kaplan_meier
from .half_hours import SLOT_S, SLOTS, Float64, Int64

AWAY_AFTER_WAITING_S = 120
"""Callers waiting this long in an agent's gap show that he is away: by then nine in ten have taken the next caller, and
those who haven't stay away for minutes more."""
AWAY_AFTER_S = 1_800
"""A longer gap is an absence even if nobody waited; within it, quiet evening hours bring every agent a call or two."""
NEVER_S = 2**62
"""Start of the service after an agent's last."""


@dataclass(frozen=True)
class WaitingTime:
    """The stretches of time in which somebody waits: [start, end), ascending, disjoint."""

    start_s: Int64
    end_s: Int64

    @classmethod
    def of(cls, joined_s: Int64, left_s: Int64) -> WaitingTime:
        """Union of the callers' waits [joined, left)."""
        waits = left_s > joined_s
        order = np.argsort(joined_s[waits], kind="stable")
        joined, reach = joined_s[waits][order], np.maximum.accumulate(left_s[waits][order])
        begins = np.concatenate([[True], joined[1:] > reach[:-1]])[: len(joined)]
        return cls(joined[begins], reach[np.append(begins[1:], True)[: len(reach)]])

    def before(self, moment_s: Int64) -> Int64:
        """Seconds with somebody waiting before each moment."""
        lengths = np.concatenate([[0], np.cumsum(self.end_s - self.start_s)])
        begun = np.searchsorted(self.start_s, moment_s, side="left")
        unfinished = np.maximum(np.append(0, self.end_s)[begun] - moment_s, 0)
        return lengths[begun] - unfinished

    def left_at(self, moment_s: Int64) -> Int64:
        """Seconds from each moment on until nobody waits, 0 where nobody does."""
        begun = np.searchsorted(self.start_s, moment_s, side="right")
        return np.maximum(np.append(0, self.end_s)[begun] - moment_s, 0)


def services(calls: pd.DataFrame) -> pd.DataFrame:
    """Services of named agents with the gap that follows, sorted by agent and start.

    ``calls`` as ``bank_1999_log.read_log`` gives them. Columns, int seconds: ``start_s``, ``end_s`` (at the latest the
    start of the agent's next service), ``next_s`` (that start; ``NEVER_S`` after the agent's last).
    """
    named = calls[calls["answered"] & (calls["agent"] != "")].sort_values(["agent", "start_s"], kind="stable")
    end = named["start_s"] + named["handle_s"].fillna(0).astype(np.int64)
    following = named.groupby("agent")["start_s"].shift(-1, fill_value=NEVER_S)
    return pd.DataFrame(
        {"start_s": named["start_s"], "end_s": np.minimum(end, following), "next_s": following}
    ).reset_index(drop=True)


def turnaround(served: pd.DataFrame, waiting: WaitingTime) -> SurvivalCurve:
    """How long after a service's end, with callers waiting, the agent takes the next: P(longer than t s)."""
    end = served["end_s"].to_numpy()
    gap, watch = served["next_s"].to_numpy() - end, waiting.left_at(end)
    watched = watch > 0
    return kaplan_meier(np.minimum(gap, watch)[watched].astype(float), (gap <= watch)[watched])


def spells(served: pd.DataFrame, waiting: WaitingTime) -> tuple[Int64, Int64]:
    """Starts and ends of presence: one stretch per service, up to the next service where the agent stayed."""
    end, following = served["end_s"].to_numpy(), served["next_s"].to_numpy()
    waited = waiting.before(following) - waiting.before(end)
    stayed = (waited <= AWAY_AFTER_WAITING_S) & (following - end <= AWAY_AFTER_S)
    return served["start_s"].to_numpy(), np.where(stayed, following, end)


def mean_present(start_s: Int64, end_s: Int64, days: int) -> Float64:
    """Mean number of the stretches [start, end) that are under way in each half hour, (days, SLOTS)."""
    edges = np.arange(days * SLOTS + 1, dtype=np.int64) * SLOT_S
    return (np.diff(_time_since(start_s, edges) - _time_since(end_s, edges)) / SLOT_S).reshape(days, SLOTS)


def _time_since(moments_s: Int64, edges_s: Int64) -> Int64:
    """Sum over the moments before each edge of the time from moment to edge."""
    ordered = np.sort(moments_s)
    before = np.searchsorted(ordered, edges_s, side="right")
    total: Int64 = before * edges_s - np.concatenate([[0], np.cumsum(ordered)])[before]
    return total
