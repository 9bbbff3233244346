"""Who is on a team's payroll, as a replication goes on from day to day: hired, moved, replaced."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .draws import PersonDraws, Source, moved_turn, new_seats
from .plan import NEVER, Kind, Move, TeamPlan

Int64 = NDArray[np.int64]


@dataclass(slots=True)
class Stay:
    """One person in one team."""

    seat: int
    turn: int
    kind: int
    hired_day: int
    """First day on any payroll: tenure counts from it."""
    joined_day: int
    """First day in the team."""
    trained_day: int
    """First day on the job there, whether or not they get to it."""
    leaves_day: int
    """First day away from the team."""
    for_notice: float
    """Uniform by which they give notice, or not."""
    hazard: float
    """Cumulative hazard of leaving that they bear; of those whose leaving is known nothing (NaN)."""
    moved_in: bool = False
    moved_out: bool = False


class _Opening(NamedTuple):
    """A seat that is to be taken; sorted in the order in which they are."""

    due_day: int
    seat: int
    turn: int
    empty_day: int
    """From when on the seat is empty: before it is due, where it takes time to replace somebody."""


class Payroll:
    """Who has been hired so far, and the openings of the horizon that are known of."""

    def __init__(self, plan: TeamPlan, days: int, draws: PersonDraws) -> None:
        """Today's heads and dated classes."""
        self.plan = plan
        self.kinds = list(plan.kinds)
        """Those of the plan, and of people from other teams whose contracts it doesn't have."""
        self.stays: list[Stay] = []
        self._draws = draws
        self._end_day = min(days, plan.end_day)
        self._openings: list[_Opening] = []
        today = plan.tenure_days.size
        if plan.first_day < self._end_day:
            seats = np.arange(today)
            self._employ(seats, np.zeros(today, np.int64), plan.first_day - plan.tenure_days, plan.first_day)
        created: dict[int, int] = {}
        for day, heads in plan.hiring.classes:
            if plan.first_day <= day < self._end_day:
                self._create(day, Source.CLASS, created.get(day, 0), heads)
                created[day] = created.get(day, 0) + heads

    def grow(self, day: int) -> None:
        """On the first day of a month, creates the seats that are missing to the target."""
        plan, hiring = self.plan, self.plan.hiring
        in_time = plan.first_day <= day < self._end_day
        if hiring.net_per_month is None or day not in hiring.month_starts or not in_time:
            return
        heads = sum(stay.leaves_day > day for stay in self.stays)
        under_way = sum(opening.empty_day <= day for opening in self._openings)
        missing = hiring.target(plan.tenure_days.size, day, plan.first_day) - heads - under_way
        self._create(day, Source.GROWTH, 0, max(missing, 0))

    def hire(self, day: int) -> None:
        """Fills the openings that are due, as far as training has room."""
        hiring = self.plan.hiring
        if not self._openings or self._openings[0].due_day > day or not hiring.may_start_on(day):
            return
        room = hiring.room(self._in_training(day))
        taken: list[_Opening] = []
        while len(taken) < room and self._openings and self._openings[0].due_day <= day:
            taken.append(heappop(self._openings))
        if taken and day < self._end_day:
            seat, turn = (np.array(part, np.int64) for part in zip(*((t.seat, t.turn) for t in taken), strict=True))
            self._employ(seat, turn, np.full(seat.size, day, np.int64), day)

    def movers(self, move: Move) -> list[Stay]:
        """Who goes by a move: of those on the job and past the ramp that day, the longest-serving, or the newest."""
        able = [
            stay
            for stay in self.stays
            if max(stay.joined_day, stay.trained_day) <= move.day < stay.leaves_day
            and move.day - stay.hired_day >= self.plan.ramp.full_after_days
        ]
        newest = move.who == "newest"
        able.sort(key=lambda stay: (-stay.hired_day if newest else stay.hired_day, stay.seat, stay.turn))
        return able[: move.heads]

    def let_go(self, stay: Stay, day: int) -> None:
        """Ends somebody's stay here by a move; nobody replaces who moves."""
        opening = [one for one in self._openings if (one.seat, one.turn) == (stay.seat, stay.turn + 1)]
        for one in opening:
            self._openings.remove(one)
        heapify(self._openings)
        stay.leaves_day, stay.moved_out = day, True

    def take_in(self, stay: Stay, left: Payroll, leaves_day: int, move: Move) -> None:
        """Begins the stay of somebody whose ``stay`` in the team that is ``left`` would have ended on ``leaves_day``.

        Where people leave this team, and at other rates, these count from now on: what is left of the hazard that the
        person bears is used up at them. Contract hours go along, skills of one's own don't.
        """
        here, there = self.plan.attrition, left.plan.attrition
        hazard, tenure = stay.hazard, move.day - stay.hired_day
        if here != there and any(here.rates_per_year) and hazard == hazard:
            borne = max(hazard - float(there.cumulative_hazard(tenure)), 0.0)
            hazard = float(here.cumulative_hazard(tenure)) + borne
            at_tenure = np.ceil(here.inverse_cumulative_hazard(hazard))
            leaves_day = stay.hired_day + int(np.clip(at_tenure, tenure + 1, NEVER))
        self._add(
            Stay(
                seat=stay.seat,
                turn=moved_turn(left.plan.name, stay.turn),
                kind=self._kind_of(left.kinds[stay.kind].contract_ms),
                hired_day=stay.hired_day,
                joined_day=move.day,
                trained_day=move.day + move.training_days,
                leaves_day=min(leaves_day, self.plan.end_day, NEVER),
                for_notice=stay.for_notice,
                hazard=hazard,
                moved_in=True,
            )
        )

    def _kind_of(self, contract_ms: int) -> int:
        """Number of those who have a contract, and the team's skills."""
        kind = Kind(contract_ms)
        if kind not in self.kinds:
            self.kinds.append(kind)
        return self.kinds.index(kind)

    def _create(self, day: int, source: Source, first: int, count: int) -> None:
        for seat in new_seats(day, source, first, count).tolist():
            heappush(self._openings, _Opening(day, seat, 0, day))

    def _in_training(self, day: int) -> int:
        return sum(stay.trained_day > day and stay.leaves_day > day for stay in self.stays if not stay.moved_in)

    def _employ(self, seat: Int64, turn: Int64, hired_day: Int64, day: int) -> None:
        """Puts people (m,) on the payroll who are there on the ``day``, the team's first one or that of their hire."""
        plan, attrition = self.plan, self.plan.attrition
        for_tenure, for_notice, for_kind = self._draws.uniforms(seat, turn)
        remaining = np.ceil(attrition.remaining_days(day - hired_day, for_tenure))
        leaves_day = np.minimum(day + np.clip(remaining, 1, NEVER).astype(np.int64), NEVER)
        hazard = attrition.cumulative_hazard(day - hired_day) - np.log1p(-for_tenure)
        kind = np.searchsorted(np.cumsum(plan.hired_kinds[:-1]), for_kind, side="right")
        rows = (column.tolist() for column in (seat, turn, kind, hired_day, leaves_day, for_notice, hazard))
        for one_seat, one_turn, one_kind, hired, leaves, notice, borne in zip(*rows, strict=True):
            known = plan.known_of(one_seat, one_turn)
            today = one_seat < plan.tenure_days.size
            named = one_turn == 0 and (today or one_seat in plan.known)
            if known.leaves_day is not None:
                leaves, borne = max(known.leaves_day, day + 1), float("nan")
            self._add(
                Stay(
                    seat=one_seat,
                    turn=one_turn,
                    kind=known.kind if named else one_kind,
                    hired_day=hired,
                    joined_day=day,
                    trained_day=hired + plan.ramp.training_days,
                    leaves_day=min(leaves, plan.end_day, NEVER),
                    for_notice=notice,
                    hazard=borne,
                )
            )

    def _add(self, stay: Stay) -> None:
        """A stay, and the opening that it will leave behind."""
        self.stays.append(stay)
        hiring = self.plan.hiring
        gives_notice = stay.for_notice < hiring.notice_share and stay.leaves_day > stay.trained_day
        due_day = hiring.replaced_on(stay.leaves_day, gives_notice)
        if due_day is not None and stay.leaves_day < self._end_day:
            heappush(self._openings, _Opening(due_day, stay.seat, stay.turn + 1, stay.leaves_day))
