"""What a queueing model says of a centre, under the names of the project's figures."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Performance:
    """Long-run figures of one queue. Shares are of all offered contacts unless said otherwise; 0/0 is NaN.

    The threshold ``t`` is the ``threshold_s`` that the figures were asked for.
    """

    p_wait: float
    """Share that can't be served at once and would have to wait: balkers included, the blocked not."""
    p_block: float
    p_abandon: float
    p_abandon_after: float
    """Share that abandon after more than t."""
    answer_rate: float
    mean_wait_s: float
    """Mean wait of all who were let in, served or abandoned."""
    asa_s: float
    """Average speed of answer: mean wait of the served."""
    sl_offered: float
    """Served within t / offered."""
    sl_excl_short: float
    """Served within t / (offered - abandoned within t)."""
    sl_abandons_met: float
    """(Served or abandoned within t) / offered."""
    sl_answered: float
    """Served within t / served."""
    occupancy: float
    """Busy share of the agents' time."""
    queue_length: float
    """Mean number waiting."""


@dataclass(frozen=True)
class CallShares:
    """What becomes of an offered contact: probabilities and expectations, each over *all* offered contacts.

    They add up over mixtures of models, which the ratios of ``Performance`` do not.
    """

    waiting: float
    blocked: float
    served: float
    served_within: float
    abandoned: float
    abandoned_within: float
    abandoned_after: float
    wait_s: float
    """Time in queue, whatever the end."""
    wait_of_served_s: float
    """Time in queue if served, 0 otherwise."""

    def performance(self, arrivals_per_hour: float, handle_time_s: float, agents: int) -> Performance:
        """Return the figures of a queue of ``agents`` whose offered contacts fare like this."""
        arrivals_per_s = arrivals_per_hour / 3600.0
        return Performance(
            p_wait=self.waiting,
            p_block=self.blocked,
            p_abandon=self.abandoned,
            p_abandon_after=self.abandoned_after,
            answer_rate=self.served,
            mean_wait_s=_ratio(self.wait_s, 1.0 - self.blocked),
            asa_s=_ratio(self.wait_of_served_s, self.served),
            sl_offered=self.served_within,
            sl_excl_short=_ratio(self.served_within, 1.0 - self.abandoned_within),
            sl_abandons_met=self.served_within + self.abandoned_within,
            sl_answered=_ratio(self.served_within, self.served),
            occupancy=arrivals_per_s * self.served * handle_time_s / agents,
            queue_length=arrivals_per_s * self.wait_s,
        )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
