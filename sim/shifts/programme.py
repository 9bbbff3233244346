"""Who is to work which week: integer programmes over the tours and the moments of their breaks.

Set covering of shifts: G. B. Dantzig, "A comment on Edie's 'Traffic delays at toll booths'", Operations Research 2
(1954). Breaks are counted by shift and moment, not by person: T. Aykin, "Optimal shift scheduling with multiple break
windows", Management Science 42 (1996). Where people take turns, their moves from week to week are a circulation (see
``rotation``). Both are solved by HiGHS (``scipy.optimize.milp``), whose answer is the same
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
from .rotation import Turns, circuits
from .shift import WEEK_DAYS

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

_COVER_GAP = 1e-4
_FIT_GAP = 1e-4
_OUT_OF_TURN = 1.0
"""What a move out of turn costs, in shares of all that people on duty may be worth: no more are made than must be."""
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
    moves: Int64
    """(moves of the layout's turns,) people from one week to the next; none where they keep their week."""

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

    @property
    def circuits(self) -> tuple[tuple[int, ...], ...]:
        """Its people, numbered in the order of the tours, each going on to the next one's week; all keep theirs if they
        don't take turns."""
        if self.layout.turns is None:
            return tuple((person,) for person in range(self.heads))
        return circuits(self.layout.turns, self.people.tolist(), self.moves.tolist())

    @property
    def out_of_turn(self) -> int:
        """How many each week can't go to the next place of the rotation."""
        turns = self.layout.turns
        if turns is None:
            return 0
        return sum(count for count, move in zip(self.moves.tolist(), turns.moves, strict=True) if not move.in_turn)


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
    cost = np.append(np.ones(model.tours), np.zeros(model.variables - model.tours))
    constraints = [
        *model.rules(),
        *model.mostly_in_turn(),
        LinearConstraint(model.on_duty, np.ceil(wanted - 1e-9), np.inf),
    ]
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
    cost = np.append(_OUT_OF_TURN * model.out_of_turn, -per_head / max(float(gains.sum()), 1e-12))
    pieces = on_duty.shape[0]
    filling = csr_array((np.ones(taken), (piece, np.arange(taken))), shape=(pieces, taken))
    constraints = [
        *(_wider(one, taken) for one in model.rules()),
        LinearConstraint(hstack([-on_duty, filling], format="csr"), -np.inf, 0.0),
        _wider(LinearConstraint(model.all_people, heads, heads), taken),
    ]
    # Steps are whole in any case; said so, it is solved faster, without rounding errors that HiGHS tells on stdout.
    whole = np.ones(model.variables + taken, np.int64)
    upper = np.concatenate([np.full(model.variables, float(heads)), widths[step, piece]])
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
    """The variables are people by tour, then breaks by start, then moves from week to week."""

    layout: WeekLayout
    on_duty: csr_array
    """(P, variables)."""
    taken: csr_array
    """(duty and place of a break, variables) breaks begun less people on the duty: 0."""

    @classmethod
    def of(cls, layout: WeekLayout) -> _Model:
        on_tour = layout.duty_covers @ layout.tour_duties
        moves = 0 if layout.turns is None else len(layout.turns.moves)
        on_duty = csr_array(hstack([on_tour, -layout.break_covers, csr_array((on_tour.shape[0], moves))]))
        wanted = list(dict.fromkeys((one.duty, one.place) for one in layout.break_starts))
        row = {key: number for number, key in enumerate(wanted)}
        rows = np.array([row[one.duty, one.place] for one in layout.break_starts], dtype=np.int64)
        begun = coo_array(
            (np.ones(rows.size), (rows, np.arange(rows.size))), shape=(len(wanted), len(layout.break_starts))
        )
        of_duty = layout.tour_duties[[duty for duty, _ in wanted]] if wanted else csr_array((0, len(layout.tours)))
        return cls(layout, on_duty, csr_array(hstack([-of_duty, begun, csr_array((len(wanted), moves))])))

    @property
    def tours(self) -> int:
        return len(self.layout.tours)

    @property
    def breaks(self) -> int:
        return len(self.layout.break_starts)

    @property
    def variables(self) -> int:
        return int(self.on_duty.shape[1])

    @property
    def all_people(self) -> csr_array:
        return self._of_tours(np.ones(self.tours))

    @property
    def out_of_turn(self) -> Float64:
        """(variables,) 1 for moves out of turn."""
        moves = () if self.layout.turns is None else self.layout.turns.moves
        return np.append(np.zeros(self.tours + self.breaks), [not move.in_turn for move in moves])

    def rules(self) -> list[LinearConstraint]:
        """Everybody has every break; no more work a weekday than are in turn for it; all go on to another week."""
        constraints = []
        if self.taken.shape[0]:
            constraints.append(LinearConstraint(self.taken, 0.0, 0.0))
        turns = [
            self._of_tours(np.asarray(every * works_on(self.layout, day) - 1.0, np.float64))
            for day, every in zip(range(WEEK_DAYS), self.layout.rules.every, strict=True)
            if every > 1
        ]
        if turns:
            constraints.append(LinearConstraint(vstack(turns), -np.inf, 0.0))
        if self.layout.turns is not None:
            constraints.append(LinearConstraint(self._circulation(self.layout.turns), 0.0, 0.0))
        return constraints

    def _of_tours(self, weights: Float64) -> csr_array:
        return csr_array(np.append(weights, np.zeros(self.variables - self.tours))[np.newaxis])

    def _circulation(self, turns: Turns) -> csr_array:
        """Rows that are 0: what comes to each state less what leaves it; to each kind, less who works such a week;
        and who works a week of no kind."""
        kinds = max(turns.kind_of, default=-1) + 1
        rows, columns, values = [], [], []
        for column, move in enumerate(turns.moves, start=self.tours + self.breaks):
            rows += [move.to, move.origin, len(turns.states) + turns.states[move.to].kind]
            columns += [column] * 3
            values += [1.0, -1.0, 1.0]
        for column, kind in enumerate(turns.kind_of):
            rows.append(len(turns.states) + (kinds if kind < 0 else kind))
            columns.append(column)
            values.append(1.0 if kind < 0 else -1.0)
        shape = (len(turns.states) + kinds + 1, self.variables)
        return csr_array(coo_array((values, (rows, columns)), shape=shape))

    def mostly_in_turn(self) -> list[LinearConstraint]:
        """One at most is out of turn: of a number that can't be shared out evenly some go round a part of it."""
        if self.layout.turns is None:
            return []
        return [LinearConstraint(csr_array(self.out_of_turn[np.newaxis]), -np.inf, 1.0)]

    def schedule(self, found: Float64) -> WeekSchedule:
        whole = np.rint(found[: self.variables]).astype(np.int64)
        people, breaks, moves = np.split(whole, [self.tours, self.tours + self.breaks])
        return WeekSchedule(self.layout, people, breaks, moves)


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
