"""One server and work of any distribution, of which only two moments matter (M/G/1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Work:
    """What a contact takes, by its moments."""

    mean: float
    second: float
    """Mean square."""

    @classmethod
    def of(cls, mean: float, scv: float) -> Work:
        """By the mean and the squared coefficient of variation: 0 if constant, 1 if exponential."""
        return cls(mean, mean**2 * (1 + scv))

    def longer(self, by: float) -> Work:
        """With a constant added."""
        return Work(self.mean + by, self.second + 2 * by * self.mean + by**2)


def mixture(share: float, one: Work, other: Work) -> Work:
    """Either, the first with the probability ``share``."""
    return Work(
        share * one.mean + (1 - share) * other.mean,
        share * one.second + (1 - share) * other.second,
    )


class Delays(NamedTuple):
    """Share of contacts that wait, and the mean wait of all."""

    p_wait: float
    wait: float


def first_come(lam: float, work: Work, of_first: Work | None = None) -> Delays:
    """Return the delays of M/G/1, first come, first served.

    ``of_first``: work of those who find the server idle, where it is other work (Welch, "On a generalized M/G/1 queuing
    process in which the first customer of each busy period receives exceptional service", 1964).
    """
    first = work if of_first is None else of_first
    _must_keep_up(lam * work.mean)
    p_idle = (1 - lam * work.mean) / (1 - lam * (work.mean - first.mean))
    exceptional = lam * (first.second - work.second) / (2 * (1 - lam * (work.mean - first.mean)))
    return Delays(1 - p_idle, lam * work.second / (2 * (1 - lam * work.mean)) + exceptional)


def preemptive_sojourns(lam1: float, lam2: float, work1: Work, work2: Work) -> tuple[float, float]:
    """Return the mean sojourn of each class if the first interrupts the second, which is resumed where it was left.

    Conway, Maxwell and Miller, "Theory of Scheduling", 1967, section 8-7.
    """
    slack_1 = 1 - lam1 * work1.mean
    slack = slack_1 - lam2 * work2.mean
    _must_keep_up(1 - slack)
    in_hand = (lam1 * work1.second + lam2 * work2.second) / 2
    return (
        work1.mean + first_come(lam1, work1).wait,
        work2.mean / slack_1 + in_hand / (slack_1 * slack),
    )


def _must_keep_up(load: float) -> None:
    if load >= 1:
        raise ValueError(f"one server can't keep up with a load of {load}")
