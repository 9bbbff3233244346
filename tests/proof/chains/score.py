"""Two classes at one group; next is the contact with the highest score, base + rate * wait of its class.

- Equal bases and rates: first come, first served, whatever the class; so the classes wait alike (patience unlimited).
- No bases, different rates: Kleinrock's delay-dependent priorities, with exact mean waits (``mean_waits``).
- A base that no wait makes up for: class 1 first (``priority.one_rate``), the limit of rates far apart, too.

Other bases have no small chain; mean waits then lie between the first and the last case, and
lam1 * wait1 + lam2 * wait2 is the same in all of them.
"""

from __future__ import annotations

from .erlang import single_queue
from .priority import MeanWaits


def first_come(lam1: float, lam2: float, mu: float, n: int) -> MeanWaits:
    """Return the mean waits with equal bases and rates: those of M/M/n."""
    wait = single_queue(lam1 + lam2, mu, n).wait
    return MeanWaits(wait, wait)


def mean_waits(lam1: float, lam2: float, mu: float, n: int, rate1: float, rate2: float) -> MeanWaits:
    """Return the mean waits with no bases and rate1 >= rate2, both positive.

    Kleinrock, "A delay dependent queue discipline", 1964, for one server; with n servers of one rate, what waits while
    all are busy is the queue of one server at rate n mu (Sharif, Stanford, Taylor and Ziedins, 2014).
    """
    if not rate1 >= rate2 > 0:
        raise ValueError(f"rate1 {rate1} must not be below rate2 {rate2}, nor that 0")
    occupancy_1, occupancy_2 = lam1 / (n * mu), lam2 / (n * mu)
    # The lower class waits as if first come, first served, less what the higher one overtakes it.
    first_come_wait = single_queue(lam1 + lam2, mu, n).wait
    wait_2 = first_come_wait / (1 - occupancy_1 * (1 - rate2 / rate1))
    wait_1 = first_come_wait - occupancy_2 * wait_2 * (1 - rate2 / rate1)
    return MeanWaits(wait_1, wait_2)
