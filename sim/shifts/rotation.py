"""How people go from week to week of a schedule: in turn through templates, and through their free Saturdays.

A schedule that is the same every week is a circulation: as many people leave each kind of week as come to it, and
nobody goes to a week that the rest between the two forbids. Everybody then follows a circuit of weeks, one after the
other: a cyclic roster, as in K. R. Baker, "Workforce allocation in cyclical scheduling problems: a survey", Operational
Research Quarterly 27 (1976). Nothing is imported that takes time: ``check`` tells whether there is such a circuit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import NamedTuple

from .shift import DAY_MS, WEEK_DAYS, WEEK_MS, Shift, WeekRules
from .tours import Tour


class Edges(NamedTuple):
    """What of a week matters to those before and after it."""

    template: str
    """The one of the rotation that it belongs to."""
    first_ms: int
    """Start of its first shift, from Monday's midnight."""
    last_ms: int
    """End of its last one."""
    days_before: int
    """Working days that it begins with."""
    days_after: int
    """Working days that it ends with."""
    rests: bool
    """Whether the weekly rest lies within it, from Monday's midnight on."""
    works: tuple[bool, ...]
    """By weekday of those that are worked in turn."""


class State(NamedTuple):
    """Where somebody is in the rotation."""

    kind: int
    """Of week, by number."""
    turn: int
    """Place in the rotation."""
    since: tuple[int, ...]
    """Weeks since each of the weekdays in turn was worked before this week, no more than there must be."""


class Move(NamedTuple):
    """From one week to the next."""

    origin: int
    """Number of the state."""
    to: int
    in_turn: bool
    """Whether it goes to the next place of the rotation."""


@dataclass(frozen=True, eq=False)
class Turns:
    """The kinds of weeks, and the ways from one to the next. Weeks of a kind may take each other's place."""

    kind_of: tuple[int, ...]
    """By tour; -1 where it belongs to no template of the rotation."""
    states: tuple[State, ...]
    moves: tuple[Move, ...]

    @cached_property
    def lasting(self) -> bool:
        """Whether anybody can be in turn for ever."""
        return bool(_lasting(len(self.states), [move for move in self.moves if move.in_turn]))


def template_of(tour: Tour, shifts: Sequence[Shift], rotation: Sequence[str]) -> str | None:
    """The template of the rotation that a week belongs to: worked wherever it may be on the week's days; or None."""
    for name in dict.fromkeys(rotation):
        days = {day for shift in shifts if shift.template == name for day in shift.days}
        worked = [shifts[number].template for day, number in enumerate(tour) if number is not None and day in days]
        if worked and all(template == name for template in worked):
            return name
    return None


def turns_of(tours: Sequence[Tour], shifts: Sequence[Shift], rules: WeekRules) -> Turns:
    """Of the weeks that are allowed, under rules with a rotation."""
    in_turn = [day for day, every in enumerate(rules.every) if every > 1]
    edges = [_edges(tour, shifts, rules, in_turn) for tour in tours]
    shapes = list(dict.fromkeys(edge for edge in edges if edge is not None))
    follows = [tuple(_may_follow(one, other, rules) for other in shapes) for one in shapes]
    precedes = list(zip(*follows, strict=True))
    alike = [(shape.template, shape.works, *both) for shape, *both in zip(shapes, follows, precedes, strict=True)]
    kinds = list(dict.fromkeys(alike))
    first = [alike.index(kind) for kind in kinds]
    number = {kind: at for at, kind in enumerate(kinds)}
    kind_of_shape = {shape: number[kind] for shape, kind in zip(shapes, alike, strict=True)}
    waits = [range(1, rules.every[day] + 1) for day in in_turn]
    states = tuple(
        State(kind, turn, since)
        for kind, at in enumerate(first)
        for turn, name in enumerate(rules.rotation)
        if name == shapes[at].template
        for since in product(*waits)
        if all(waited == wait[-1] or not on for waited, wait, on in zip(since, waits, shapes[at].works, strict=True))
    )
    by_since: dict[tuple[int, ...], list[int]] = {}
    for place, state in enumerate(states):
        by_since.setdefault(state.since, []).append(place)
    moves = []
    for place, state in enumerate(states):
        works = shapes[first[state.kind]].works
        then = tuple(
            1 if on else min(waited + 1, wait[-1]) for waited, wait, on in zip(state.since, waits, works, strict=True)
        )
        turn = (state.turn + 1) % len(rules.rotation)
        moves += [
            Move(place, to, states[to].turn == turn)
            for to in by_since.get(then, ())
            if follows[first[state.kind]][first[states[to].kind]]
        ]
    return Turns(tuple(-1 if edge is None else kind_of_shape[edge] for edge in edges), states, tuple(moves))


def circuits(turns: Turns, people: Sequence[int], moved: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The people of a schedule, numbered in the order of their tours, as circuits: each goes on to the next one's week.

    ``people`` by tour, ``moved`` by move. As few circuits as there can be (Hierholzer's, each of them Eulerian), so
    that weeks are shared by as many as may share them.
    """
    slots: dict[int, list[int]] = {}
    tours = (tour for tour, count in enumerate(people) for _ in range(count))
    for slot, tour in enumerate(tours):
        slots.setdefault(turns.kind_of[tour], []).append(slot)
    taken = {kind: iter(of_kind) for kind, of_kind in slots.items()}
    moves = [move for move, count in zip(turns.moves, moved, strict=True) for _ in range(count)]
    return tuple(
        tuple(next(taken[turns.states[state].kind]) for state in circuit)
        for circuit in _eulerian(len(turns.states), moves)
    )


def _edges(tour: Tour, shifts: Sequence[Shift], rules: WeekRules, in_turn: Sequence[int]) -> Edges | None:
    template = template_of(tour, shifts, rules.rotation)
    if template is None:
        return None
    spans = [
        (day * DAY_MS + shifts[number].start_ms, day * DAY_MS + shifts[number].end_ms)
        for day, number in enumerate(tour)
        if number is not None
    ]
    within = [later - end for (_, end), (later, _) in pairwise(spans)]
    off = [day for day, number in enumerate(tour) if number is None]
    return Edges(
        template,
        spans[0][0],
        spans[-1][1],
        min(off, default=WEEK_DAYS),
        WEEK_DAYS - 1 - max(off, default=-1),
        max([*within, spans[0][0]]) >= rules.weekly_rest_ms,
        tuple(tour[day] is not None for day in in_turn),
    )


def _may_follow(one: Edges, other: Edges, rules: WeekRules) -> bool:
    """Whether the other week may come after the one: daily and weekly rest, days in a row."""
    gap_ms = WEEK_MS + other.first_ms - one.last_ms
    rests = one.rests or gap_ms >= rules.weekly_rest_ms
    return gap_ms >= rules.daily_rest_ms and rests and one.days_after + other.days_before <= rules.days_in_a_row


def _lasting(states: int, moves: Sequence[Move]) -> list[int]:
    """States from which one can go on for ever."""
    left = set(range(states))
    while True:
        kept = {move.origin for move in moves if move.origin in left and move.to in left}
        if kept == left:
            return sorted(left)
        left = kept


def _eulerian(states: int, moves: Sequence[Move]) -> Iterator[list[int]]:
    """Closed walks that take every move once, of a circulation: one for each part that hangs together."""
    onward: dict[int, list[int]] = {state: [] for state in range(states)}
    for move in reversed(moves):
        onward[move.origin].append(move.to)
    for start in range(states):
        if not onward[start]:
            continue
        path, walk = [start], []
        while path:
            if onward[path[-1]]:
                path.append(onward[path[-1]].pop())
            else:
                walk.append(path.pop())
        yield walk[:0:-1]
