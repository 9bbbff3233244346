"""Who is to work which week: integer programmes over the tours and the moments of their breaks.

Set covering of shifts: G. B. Dantzig, "A comment on Edie's 'Traffic delays at toll booths'", Operations Research 2
(1954). Breaks are counted by shift and moment, not by person: T. Aykin, "Optimal shift scheduling with multiple break
windows", Management Science 42 (1996). Both are solved by HiGHS (``scipy.optimize.milp``), whose answer is the same
every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from .layout import WeekLayout, works_on
from .shift import WEEK_DAYS

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

_COVER_GAP = 1e-4
_FIT_GAP = 1e-4
_NODES = 10
"""Branches that are looked at: so many, not so long, so that the answer doesn't depend on the machine."""


class CannotCoverError(ValueError):
    """Somebody is wanted at a moment that no shift covers."""

    def __init__(self, pieces: Int64) -> None:
        """``pieces`` of the layout."""
        super().__init__("no shift covers every piece")
        self.pieces = pieces


@dataclass(frozen=True, eq=False)
class WeekSchedule:
    """How many people work which tour, and when their breaks are. P pieces of the layout."""

    layout: WeekLayout
    people: Int64
    """(tours,)."""
    breaks: Int64
    """(break starts,)."""

    @property
    def heads(self) -> int:
        """All of them."""
        return int(self.people.sum())

    @property
    def on_duty(self) -> Int64:
        """(P,) people who are there and not on a break."""
        there = self.layout.duty_covers @ self.duty_people - self.layout.break_covers @ self.breaks
        return np.asarray(np.rint(there), np.int64)

    @property
    def duty_people(self) -> Int64:
        """(duties,) people."""
        return np.asarray(np.rint(self.layout.tour_duties @ self.people), np.int64)


@dataclass(frozen=True)
class Cover:
    """The fewest people who cover a requirement."""

    schedule: WeekSchedule
    bound: float
    """Fewer there can't be: of the programme, by the solver."""
    linear_bound: float
    """Of the programme with parts of people: what set covering's linear relaxation needs."""


def fewest_heads(layout: WeekLayout, wanted: Float64) -> Cover:
    """The fewest people of whom at least ``wanted`` (P,) are on duty in every piece.

    CannotCoverError if somebody is wanted where no shift is.
    """
    able = np.asarray(layout.duty_covers.sum(axis=1)).ravel() > 0
    if (lonely := np.flatnonzero((wanted > 0) & ~able)).size:
        raise CannotCoverError(lonely)
    model = _Model.of(layout)
    cost = np.concatenate([np.ones(model.tours), np.zeros(model.breaks)])
    constraints = [*model.rules(), LinearConstraint(model.on_duty, np.ceil(wanted - 1e-9), np.inf)]
    whole = milp(
        cost, integrality=np.ones(cost.size, np.int64), constraints=constraints, options={"mip_rel_gap": _COVER_GAP}
    )
    if whole.x is None:
        raise CannotCoverError(np.flatnonzero(wanted > 0))
    linear = milp(cost, integrality=np.zeros(cost.size, np.int64), constraints=constraints)
    assert whole.mip_dual_bound is not None
    assert linear.fun is not None
    return Cover(model.schedule(whole.x), float(whole.mip_dual_bound), float(linear.fun))


def best_fit(layout: WeekLayout, heads: int, worth: Sequence[tuple[Float64, Float64]]) -> WeekSchedule:
    """The weeks of a number of people that are worth most.

    ``worth`` is a sum of steps: of each (how many more on duty it takes in every piece (P,), what these are worth
    together (P,)), taken in their order, so that worth per person may not rise from step to step. Within 0.01 % of the
    most, or the best of what a bounded search finds.
    """
    model = _Model.of(layout)
    on_duty, widths, gains = _alike(
        model.on_duty, np.array([width for width, _ in worth]), np.array([gain for _, gain in worth])
    )
    step, piece = np.nonzero(widths)
    taken = step.size
    per_head = gains[step, piece] / widths[step, piece]
    cost = np.concatenate([np.zeros(model.tours + model.breaks), -per_head / max(float(gains.sum()), 1e-12)])
    pieces = on_duty.shape[0]
    filling = csr_array((np.ones(taken), (piece, np.arange(taken))), shape=(pieces, taken))
    constraints = [
        *(_wider(one, taken) for one in model.rules()),
        LinearConstraint(hstack([-on_duty, filling], format="csr"), -np.inf, 0.0),
        _wider(LinearConstraint(model.all_people, heads, heads), taken),
    ]
    # Steps are whole in any case; said so, it is solved faster, without rounding errors that HiGHS tells on stdout.
    whole = np.ones(model.tours + model.breaks + taken, np.int64)
    upper = np.concatenate([np.full(model.tours + model.breaks, float(heads)), widths[step, piece]])
    found = milp(
        cost,
        integrality=whole,
        bounds=Bounds(0.0, upper),
        constraints=constraints,
        options={"mip_rel_gap": _FIT_GAP, "node_limit": _NODES},
    )
    if found.x is None:
        raise CannotCoverError(np.arange(pieces))
    return model.schedule(found.x)


@dataclass(frozen=True, eq=False)
class _Model:
    """The variables are people by tour, then breaks by start."""

    layout: WeekLayout
    on_duty: csr_array
    """(P, variables)."""
    taken: csr_array
    """(duty and place of a break, variables) breaks begun less people on the duty: 0."""

    @classmethod
    def of(cls, layout: WeekLayout) -> _Model:
        on_tour = layout.duty_covers @ layout.tour_duties
        on_duty = csr_array(hstack([on_tour, -layout.break_covers]))
        wanted = list(dict.fromkeys((one.duty, one.place) for one in layout.break_starts))
        row = {key: number for number, key in enumerate(wanted)}
        rows = np.array([row[one.duty, one.place] for one in layout.break_starts], dtype=np.int64)
        begun = coo_array(
            (np.ones(rows.size), (rows, np.arange(rows.size))), shape=(len(wanted), len(layout.break_starts))
        )
        of_duty = layout.tour_duties[[duty for duty, _ in wanted]] if wanted else csr_array((0, len(layout.tours)))
        return cls(layout, on_duty, csr_array(hstack([-of_duty, begun])))

    @property
    def tours(self) -> int:
        return len(self.layout.tours)

    @property
    def breaks(self) -> int:
        return len(self.layout.break_starts)

    @property
    def all_people(self) -> csr_array:
        return csr_array(np.concatenate([np.ones(self.tours), np.zeros(self.breaks)])[np.newaxis])

    def rules(self) -> list[LinearConstraint]:
        """Everybody has every break; no more work a weekday than are in turn for it."""
        constraints = []
        if self.taken.shape[0]:
            constraints.append(LinearConstraint(self.taken, 0.0, 0.0))
        turns = [
            np.concatenate([every * works_on(self.layout, day) - 1.0, np.zeros(self.breaks)])
            for day, every in zip(range(WEEK_DAYS), self.layout.rules.every, strict=True)
            if every > 1
        ]
        if turns:
            constraints.append(LinearConstraint(vstack([csr_array(turn[np.newaxis]) for turn in turns]), -np.inf, 0.0))
        return constraints

    def schedule(self, found: Float64) -> WeekSchedule:
        whole = np.rint(found[: self.tours + self.breaks]).astype(np.int64)
        return WeekSchedule(self.layout, whole[: self.tours], whole[self.tours :])


def _alike(on_duty: csr_array, widths: Float64, gains: Float64) -> tuple[csr_array, Float64, Float64]:
    """Pieces that the same covers, with the same widths of their steps, (steps, P), as one with all their gains."""
    rows = csr_array(on_duty)
    rows.sort_indices()
    kinds: dict[tuple[bytes, bytes, bytes], int] = {}
    kind = np.empty(rows.shape[0], dtype=np.int64)
    for piece in range(rows.shape[0]):
        part = slice(rows.indptr[piece], rows.indptr[piece + 1])
        key = (rows.indices[part].tobytes(), rows.data[part].tobytes(), widths[:, piece].tobytes())
        kind[piece] = kinds.setdefault(key, len(kinds))
    _, first = np.unique(kind, return_index=True)
    summed = np.zeros((first.size, gains.shape[0]))
    np.add.at(summed, kind, gains.T)
    return csr_array(rows[first]), widths[:, first], summed.T


def _wider(constraint: LinearConstraint, by: int) -> LinearConstraint:
    """The constraint with so many more variables, which it doesn't have."""
    matrix: csr_array = csr_array(constraint.A)  # type: ignore[arg-type]
    return LinearConstraint(
        hstack([matrix, csr_array((matrix.shape[0], by))], format="csr"), constraint.lb, constraint.ub
    )
