"""Stationary distributions of continuous-time Markov chains, from a function that names the transitions of a state."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

S = TypeVar("S", bound=Hashable)
Transitions = Callable[[S], Iterable[tuple[S, float]]]
"""Of a state: the states it can change to, with rates. A rate of 0 is no transition; a state may be named twice."""

TRUNCATED = 1e-12
"""How much probability may lie in the longest tenth of any queue's lengths; what is cut off beyond is less."""
FIRST_LIMIT = 16
"""Of each queue's length; it grows by a factor of ``MOST_GROWTH`` at a time at most."""
MOST_GROWTH = 4.0
MOST_STATES = 250_000
FEW_STATES = 10_000
"""So few that elimination takes about a second."""
STEPS = 20_000
"""Of the uniformised chain, before a chain is taken to mix too slowly for them."""
BLOCK = 100
"""Steps between two looks at how far the distribution still moves."""
AT_REST = 1e-14
"""What the distribution moves in a block, in all states together, once it is found by steps."""
SHIFT = 1e-9
"""Of the eigenvalues, relative to the highest rate of leaving a state."""
ROUNDS = 50
ROUNDING = 1e-13
"""What the distribution moves in a round, once it is found by elimination."""


@dataclass(frozen=True)
class Stationary(Generic[S]):
    """The states of a chain and the long-run share of time in each."""

    states: tuple[S, ...]
    shares: NDArray[np.float64]

    def mean(self, figure: Callable[[S], float]) -> float:
        """Return the long-run mean of a figure of the state; of a condition: the share of time it holds."""
        return float(np.dot(self.shares, [figure(state) for state in self.states]))


def no_queues(_: object) -> tuple[int, ...]:
    """Of a state: nothing in it can grow without limit."""
    return ()


def stationary(
    start: S, transitions: Transitions[S], queues: Callable[[S], tuple[int, ...]] = no_queues
) -> Stationary[S]:
    """Return the stationary distribution of all states that can be reached from ``start``.

    ``queues`` names the lengths that have no limit of their own. They are cut off, at lengths that grow until each
    queue is almost never in the longest tenth of its own (``TRUNCATED``). Raises ValueError if that asks for more than
    ``MOST_STATES`` states (the model is too large for a chain, or it isn't stable), for a negative rate, and if some
    state can't be reached from some other: no such model is meant.
    """
    limits = [FIRST_LIMIT] * len(queues(start))
    while True:
        states, generator = _explore(start, transitions, queues, limits)
        shares = _stationary_shares(generator)
        lengths = np.array([queues(state) for state in states]).reshape(len(states), len(limits))
        longest = [float(shares[lengths[:, queue] > 0.9 * limit].sum()) for queue, limit in enumerate(limits)]
        if all(share <= TRUNCATED for share in longest):
            return Stationary(tuple(states), shares)
        limits = [_next_limit(limit, share) for limit, share in zip(limits, longest, strict=True)]


def _next_limit(limit: int, share: float) -> int:
    """Return a length that should do, if the share of time near the limit falls geometrically with it."""
    if share <= TRUNCATED:
        return limit
    growth = 1.1 * math.log(TRUNCATED) / math.log(min(share, 0.5))
    return math.ceil(limit * min(growth, MOST_GROWTH))


def _explore(
    start: S, transitions: Transitions[S], queues: Callable[[S], tuple[int, ...]], limits: list[int]
) -> tuple[list[S], sparse.csc_array]:
    """Return the states within the limits, in the order found, and the transposed generator (column: from)."""
    number = {start: 0}
    states = [start]
    rows: list[int] = []
    columns: list[int] = []
    rates: list[float] = []
    for column, state in enumerate(states):  # which grows meanwhile
        for following, rate in transitions(state):
            if rate == 0 or following == state:
                continue
            if rate < 0:
                raise ValueError(f"the rate from {state} to {following} is {rate}")
            row = number.get(following)
            if row is None:
                if any(length > limit for length, limit in zip(queues(following), limits, strict=True)):
                    continue
                row = number[following] = len(states)
                states.append(following)
                if row >= MOST_STATES:
                    raise ValueError(f"more than {MOST_STATES} states with queues up to {limits}: is the model stable?")
            rows.append(row)
            columns.append(column)
            rates.append(rate)
    size = len(states)
    leaving = np.bincount(columns, rates, size)
    into = sparse.csc_array(sparse.coo_array((rates, (rows, columns)), (size, size)))
    components, _ = connected_components(into, connection="strong")
    if components > 1:
        raise ValueError("there are states that the chain leaves for good")
    return states, sparse.csc_array(into - sparse.diags_array(leaving))


def _stationary_shares(generator: sparse.csc_array) -> NDArray[np.float64]:
    """Return the probability vector x with generator @ x = 0.

    Elimination takes long with many states, steps where the chain mixes slowly: so steps are for many states, unless
    they don't come to rest.
    """
    shares = _by_steps(generator) if generator.shape[0] > FEW_STATES else None
    return _by_elimination(generator) if shares is None else shares


def _by_steps(generator: sparse.csc_array) -> NDArray[np.float64] | None:
    """Return where the uniformised chain comes to rest, None if it doesn't within ``STEPS``.

    Stewart, "Introduction to the Numerical Solution of Markov Chains", 1994, section 3.1. What is left of the start
    shrinks by a factor f a block; at rest within so many blocks, f is 0.85 at most, so that the distance still to go is
    a few times ``AT_REST``.
    """
    size = generator.shape[0]
    rate = 1.05 * float(np.abs(generator.diagonal()).max())
    step = sparse.csr_array(sparse.eye_array(size) + generator / rate)
    shares: NDArray[np.float64] = np.full(size, 1.0 / size)
    for _ in range(STEPS // BLOCK):
        before = shares
        for _ in range(BLOCK):
            shares = step @ shares
        shares = shares / shares.sum()
        if np.abs(shares - before).sum() < AT_REST:
            return shares
    return None


def _by_elimination(generator: sparse.csc_array) -> NDArray[np.float64]:
    """Return it by inverse iteration.

    Next to an eigenvalue of 0, shifted to -SHIFT, all others are large, so a few rounds are exact to rounding; and no
    state has to be named whose probability isn't tiny. Elements off the diagonal are positive and columns sum to
    less than 0, so that elimination needs no pivoting.
    """
    size = generator.shape[0]
    shift = SHIFT * float(np.abs(generator.diagonal()).max())
    shifted = (generator - shift * sparse.eye_array(size)).tocsc()
    factors = splu(shifted, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    shares: NDArray[np.float64] = np.full(size, 1.0 / size)
    for _ in range(ROUNDS):
        before = shares
        solved = factors.solve(shares)
        shares = np.maximum(solved / solved.sum(), 0.0)
        shares = shares / shares.sum()
        if np.abs(shares - before).sum() < ROUNDING:
            return shares
    raise ValueError(f"the distribution doesn't settle within {ROUNDS} rounds")
