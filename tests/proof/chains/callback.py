"""Callers who would wait long are offered to be called back.

A caller not served at once finds q callers waiting. From q = ``offered_from`` on (see ``announced``) a callback is
offered and accepted with probability p: the caller leaves for the callback line, which nobody abandons. The others wait
and abandon at theta. An agent takes a callback only if no caller waits. The customer is reached with probability
``reached``: then the service takes as long as any other (mu); else the agent is busy ringing for a time of rate
``ring``, and that callback is lost.

State: agents serving, agents ringing in vain, callers waiting, callbacks waiting.
Armony and Maglaras, "On customer contact centers with a call-back option", 2004, is the model's large-scale cousin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .ctmc import stationary


@dataclass(frozen=True)
class Callback:
    """Calls at lam, mu, theta; n agents."""

    lam: float
    mu: float
    theta: float
    n: int
    offered_from: int
    p: float
    reached: float = 1.0
    ring: float = 1.0


@dataclass(frozen=True)
class CallbackFigures:
    """Shares of all offered calls, unless said otherwise."""

    p_wait: float
    """Not served at once: waited or accepted a callback."""
    p_ab: float
    p_callback: float
    served_live: float
    wait: float
    """Mean of those who didn't accept a callback, those served at once included."""
    p_callback_lost: float
    """Accepted, but not reached."""
    pending: float
    """Mean number of callbacks waiting."""
    time_to_callback: float
    """From being accepted to an agent's taking it up."""
    occupancy: float
    """Ringing is being busy."""


class State(NamedTuple):
    """What the agents do, and who waits."""

    serving: int = 0
    ringing: int = 0
    waiting: int = 0
    callbacks: int = 0


def solve(m: Callback) -> CallbackFigures:
    """Return the exact figures."""

    def all_busy(s: State) -> bool:
        return s.serving + s.ringing == m.n

    def accepted(s: State) -> float:
        """Return the chance that a caller who arrives in ``s`` is called back."""
        return m.p if all_busy(s) and s.waiting >= m.offered_from else 0.0

    def after_freeing(s: State) -> Iterator[tuple[State, float]]:
        """Yield the states after an agent, freed in ``s``, has found work, with their probabilities."""
        if s.waiting:
            yield s._replace(serving=s.serving + 1, waiting=s.waiting - 1), 1.0
        elif s.callbacks:
            yield s._replace(serving=s.serving + 1, callbacks=s.callbacks - 1), m.reached
            yield s._replace(ringing=s.ringing + 1, callbacks=s.callbacks - 1), 1 - m.reached
        else:
            yield s, 1.0

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        if all_busy(s):
            yield s._replace(callbacks=s.callbacks + 1), m.lam * accepted(s)
            yield s._replace(waiting=s.waiting + 1), m.lam * (1 - accepted(s))
        else:
            yield s._replace(serving=s.serving + 1), m.lam
        if s.serving:
            for state, probability in after_freeing(s._replace(serving=s.serving - 1)):
                yield state, s.serving * m.mu * probability
        if s.ringing:
            for state, probability in after_freeing(s._replace(ringing=s.ringing - 1)):
                yield state, s.ringing * m.ring * probability
        if s.waiting:
            yield s._replace(waiting=s.waiting - 1), s.waiting * m.theta

    found = stationary(State(), transitions, lambda s: (s.waiting, s.callbacks))
    p_callback = found.mean(accepted)
    waiting = found.mean(lambda s: s.waiting)
    pending = found.mean(lambda s: s.callbacks)
    p_ab = m.theta * waiting / m.lam
    return CallbackFigures(
        p_wait=found.mean(all_busy),
        p_ab=p_ab,
        p_callback=p_callback,
        served_live=1 - p_callback - p_ab,
        wait=waiting / (m.lam * (1 - p_callback)),
        p_callback_lost=m.ring * found.mean(lambda s: s.ringing) / m.lam,
        pending=pending,
        time_to_callback=pending / (m.lam * p_callback) if p_callback else float("nan"),
        occupancy=found.mean(lambda s: s.serving + s.ringing) / m.n,
    )
