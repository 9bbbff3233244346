"""Group 2 helps with class 1 once a contact of class 1 has waited for a stated time.

A stated time has no small chain: the state would hold the age of each waiting contact. Its two limits have one: without
a wait it is the N-model, with an endless one two separate queues. Between them, with a longer overflow wait, class 2
waits and abandons less, class 1 more, and less of class 1 is served by group 2: a simulation is expected to lie between
and to be monotone. That is plausible, not a theorem.
"""

from __future__ import annotations

from .erlang import single_queue
from .n_model import NModel, NModelFigures
from .n_model import solve as at_once

__all__ = ["at_once", "never"]


def never(m: NModel) -> NModelFigures:
    """Return the figures if class 1 never overflows: two queues of their own."""
    one = single_queue(m.lam1, m.mu11, m.n1, m.theta1)
    two = single_queue(m.lam2, m.mu22, m.n2, m.theta2)
    return NModelFigures(
        p_ab1=one.p_ab,
        p_ab2=two.p_ab,
        ew1=one.wait,
        ew2=two.wait,
        p_wait1=one.p_wait,
        p_wait2=two.p_wait,
        occ1=one.occupancy,
        occ2=two.occupancy,
        share1_at_g2=0.0,
    )
