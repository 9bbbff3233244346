"""Two classes at n servers; class 1 interrupts class 2, which is put down and resumed where it was left.

An arriving contact of class 1 takes an idle server, else interrupts one that works on class 2, else waits. So class 1
sees M/M/n (+M) of its own. A freed server takes a waiting contact of class 1 first. What becomes of the put-down
contact is the variant, ``resumed_by``:

``any``: it waits at the head of the queue of class 2; any free server resumes it. State: contacts of class 1 in the
system, of class 2 in the system, of these put down.

``own``: it waits for its server, which resumes it when it is free and no contact of class 1 waits, before it takes one
of class 2 that waits. Servers that become idle leave it alone, so work may wait beside idle servers. A server that has
put one down serves only class 1 until that is resumed, so it never holds two. State: servers on class 2, on class 1
with nothing put down, on class 1 with a contact put down, waiting of class 1 and of class 2.

``any`` with one rate mu and no abandonment is closed: the number in the system doesn't depend on the order of
service, hence mean sojourn 2 = (L(lam1 + lam2) - L(lam1)) / lam2 (Jaiswal, "Priority queues", 1968, chapter 4); so is
n = 1 with two rates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .ctmc import S, Stationary, stationary
from .erlang import single_queue

ResumedBy = Literal["any", "own"]


@dataclass(frozen=True)
class Preemption:
    """Rates of the classes; class 1 abandons at theta1 while it waits."""

    lam1: float
    lam2: float
    mu1: float
    mu2: float
    n: int
    resumed_by: ResumedBy
    theta1: float = 0.0


@dataclass(frozen=True)
class PreemptionFigures:
    """Means over all offered of a class."""

    p_wait1: float
    p_ab1: float
    wait1: float
    sojourn1: float
    first_wait2: float
    """Until it is taken for the first time."""
    put_down2: float
    """Time spent put down, in all."""
    sojourn2: float
    interruptions2: float
    """How often one is put down."""
    occupancy: float
    """Share of servers that serve; holding a put-down contact alone is being idle."""


@dataclass(frozen=True)
class _Counts:
    """What the figures are made of, in either variant."""

    busy_1: int
    busy_2: int
    put_down: int
    one_waits: int
    two_wait: int
    """Not taken yet."""


class Shared(NamedTuple):
    """State of the variant ``any``."""

    one: int = 0
    two: int = 0
    put_down: int = 0


class Owned(NamedTuple):
    """State of the variant ``own``."""

    on_two: int = 0
    on_one: int = 0
    on_one_holding: int = 0
    one_waits: int = 0
    two_wait: int = 0


def solve(m: Preemption) -> PreemptionFigures:
    """Return the exact figures."""
    return _shared(m) if m.resumed_by == "any" else _owned(m)


def _shared(m: Preemption) -> PreemptionFigures:
    def counts(s: Shared) -> _Counts:
        busy_1 = min(s.one, m.n)
        busy_2 = min(s.two, m.n - busy_1)
        return _Counts(busy_1, busy_2, s.put_down, s.one - busy_1, s.two - busy_2 - s.put_down)

    def with_one_resumed(s: Shared) -> Shared:
        """Return the state after a server, freed for class 2, has taken up a put-down contact, if there is one."""
        return s._replace(put_down=max(s.put_down - 1, 0))

    def transitions(s: Shared) -> Iterator[tuple[Shared, float]]:
        now = counts(s)
        interrupts = now.busy_1 + now.busy_2 == m.n and now.busy_2 > 0
        yield s._replace(one=s.one + 1, put_down=s.put_down + interrupts), m.lam1
        yield s._replace(two=s.two + 1), m.lam2
        if now.one_waits:
            yield s._replace(one=s.one - 1), now.busy_1 * m.mu1 + now.one_waits * m.theta1
        elif now.busy_1:
            yield with_one_resumed(s._replace(one=s.one - 1)), now.busy_1 * m.mu1
        if now.busy_2:
            yield with_one_resumed(s._replace(two=s.two - 1)), now.busy_2 * m.mu2

    return _figures(m, stationary(Shared(), transitions, lambda s: (max(s.one - m.n, 0), s.two)), counts)


def _owned(m: Preemption) -> PreemptionFigures:
    def counts(s: Owned) -> _Counts:
        return _Counts(s.on_one + s.on_one_holding, s.on_two, s.on_one_holding, s.one_waits, s.two_wait)

    def after_freeing(s: Owned) -> Owned:
        """Return the state after a server that holds nothing, freed in ``s``, has found work."""
        if s.one_waits:
            return s._replace(on_one=s.on_one + 1, one_waits=s.one_waits - 1)
        if s.two_wait:
            return s._replace(on_two=s.on_two + 1, two_wait=s.two_wait - 1)
        return s

    def after_freeing_holder(s: Owned) -> Owned:
        """Return the state after a server that holds a contact has ended one of class 1; it still counts in ``s``."""
        if s.one_waits:
            return s._replace(one_waits=s.one_waits - 1)
        return s._replace(on_one_holding=s.on_one_holding - 1, on_two=s.on_two + 1)

    def transitions(s: Owned) -> Iterator[tuple[Owned, float]]:
        idle = m.n - s.on_two - s.on_one - s.on_one_holding
        if idle:
            yield s._replace(on_one=s.on_one + 1), m.lam1
            yield s._replace(on_two=s.on_two + 1), m.lam2
        else:
            yield s._replace(two_wait=s.two_wait + 1), m.lam2
            if s.on_two:
                yield s._replace(on_two=s.on_two - 1, on_one_holding=s.on_one_holding + 1), m.lam1
            else:
                yield s._replace(one_waits=s.one_waits + 1), m.lam1
        if s.on_two:
            yield after_freeing(s._replace(on_two=s.on_two - 1)), s.on_two * m.mu2
        if s.on_one:
            yield after_freeing(s._replace(on_one=s.on_one - 1)), s.on_one * m.mu1
        if s.on_one_holding:
            yield after_freeing_holder(s), s.on_one_holding * m.mu1
        if s.one_waits:
            yield s._replace(one_waits=s.one_waits - 1), s.one_waits * m.theta1

    return _figures(m, stationary(Owned(), transitions, lambda s: (s.one_waits, s.two_wait)), counts)


def _figures(m: Preemption, found: Stationary[S], counts: Callable[[S], _Counts]) -> PreemptionFigures:
    def mean(figure: Callable[[_Counts], float]) -> float:
        return found.mean(lambda state: figure(counts(state)))

    busy_1 = mean(lambda c: c.busy_1)
    busy_2 = mean(lambda c: c.busy_2)
    wait_1 = mean(lambda c: c.one_waits) / m.lam1
    first_wait_2 = mean(lambda c: c.two_wait) / m.lam2
    put_down_2 = mean(lambda c: c.put_down) / m.lam2
    interrupting = mean(lambda c: c.busy_1 + c.busy_2 == m.n and c.busy_2 > 0)
    return PreemptionFigures(
        p_wait1=mean(lambda c: c.busy_1 == m.n),
        p_ab1=m.theta1 * wait_1,
        wait1=wait_1,
        sojourn1=wait_1 + busy_1 / m.lam1,
        first_wait2=first_wait_2,
        put_down2=put_down_2,
        sojourn2=first_wait_2 + put_down_2 + busy_2 / m.lam2,
        interruptions2=m.lam1 * interrupting / m.lam2,
        occupancy=(busy_1 + busy_2) / m.n,
    )


def one_server_sojourns(lam1: float, lam2: float, mu1: float, mu2: float) -> tuple[float, float]:
    """Mean sojourn of each class, M/M/1 with two rates (Cobham's work in hand, White and Christie 1958)."""
    slack_1 = 1 - lam1 / mu1
    slack = slack_1 - lam2 / mu2
    in_hand = lam1 / mu1**2 + lam2 / mu2**2
    return 1 / (mu1 * slack_1), 1 / (mu2 * slack_1) + in_hand / (slack_1 * slack)


def one_rate_sojourns(lam1: float, lam2: float, mu: float, n: int) -> tuple[float, float]:
    """Mean sojourn of each class in the variant ``any``, M/M/n with one rate."""
    of_1 = single_queue(lam1, mu, n).wait + 1 / mu
    of_all = single_queue(lam1 + lam2, mu, n).wait + 1 / mu
    return of_1, ((lam1 + lam2) * of_all - lam1 * of_1) / lam2
