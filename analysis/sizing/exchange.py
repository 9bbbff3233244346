"""Exchanging people between teams, so that the staff becomes cheaper.

Either one team gets some more, and the others give as many as they then can; or one team gives some, and the others get
what is lacking. Both are needed: a team that helps several queues out spares people in each of them, and where it has
fewer, each of them may need more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence

from .staff import Staff, Staffing, changed
from .thinning import Enough, as_few_of

Lack = Callable[[Staff], float]
"""By how much a staff seems to miss the targets, all of them together; 0 if it seems to be enough."""

_ROUNDING = 1e-9
"""Totals that differ by less than this share are alike."""
_MENDS = 4
"""People are mended with in this part of the step in which they are exchanged; then what is too many is taken back."""


def halving(staff: Staff) -> tuple[int, ...]:
    """Steps in which people are exchanged: powers of two, from a quarter of the largest team, or 4, down to 1."""
    largest = max(staff)
    return tuple(1 << power for power in reversed(range(max(largest // 4, min(largest, 4)).bit_length())))


def mends_most(staffing: Staffing, lack: Lack, staff: Staff, larger: Iterable[Staff]) -> Staff | None:
    """The one of some larger staffs that mends most of what is lacking for what it costs; None if none mends any."""

    def worth(one: Staff) -> float:
        return (lack(staff) - lack(one)) / (staffing.total(one) - staffing.total(staff))

    best = max((one for one in larger if one != staff), key=worth, default=None)
    return None if best is None or worth(best) <= 0 else best


class Exchange:
    """Makes staffs cheaper. What seems to be enough is tried before it is taken."""

    def __init__(self, staffing: Staffing, lack: Callable[[Staff], Lack], enough: Enough, most: int) -> None:
        """``lack`` is given a staff that is enough, and others are guessed beside it; ``most``: of any team."""
        self._staffing = staffing
        self._lack = lack
        self._enough = enough
        self._most = most

    def cheaper(self, staff: Staff, steps: Sequence[int]) -> Staff:
        """The staff, which is enough, after exchanges of each of the steps, until no team has another of that step."""
        for exchange in (self._with_fewer, self._with_more):
            for step in steps:
                staff = self._until_none(exchange, staff, step)
        return staff

    def _until_none(self, exchange: Callable[[Staff, int, int], Staff | None], staff: Staff, step: int) -> Staff:
        team = in_vain = 0
        while in_vain < len(staff):
            found = exchange(staff, team, step)
            in_vain = in_vain + 1 if found is None else 0
            staff = found or staff
            team = (team + 1) % len(staff)
        return staff

    def _with_more(self, staff: Staff, team: int, step: int) -> Staff | None:
        """A cheaper staff that is enough with so many more in a team, the others giving, the dearest first."""
        less_than, left = self._less_than(staff), changed(staff, team, step)
        givers = [index for index in self._staffing.dearest_first(left) if index != team]
        if left[team] > self._most:
            return None
        lack = self._lack(staff)
        for place, giver in enumerate(givers):
            if self._staffing.total(_bled(left, givers[place:])) >= less_than:
                return None
            owed = (self._staffing.total(left) - less_than) / self._staffing.teams[giver].weight
            left = as_few_of(lambda staff: lack(staff) == 0, left, giver, max(1, math.ceil(owed)))
        return self._tried(left, less_than, givers)

    def _with_fewer(self, staff: Staff, team: int, step: int) -> Staff | None:
        """A cheaper staff that is enough with so many fewer in a team, the others getting what mends most."""
        less_than, left = self._less_than(staff), changed(staff, team, -step)
        others = [index for index in self._staffing.dearest_first(left) if index != team]
        if left[team] < 1:
            return None
        lack = self._lack(staff)
        if lack(self._enriched(left, others, less_than)) > 0:
            return None
        while lack(left) > 0:
            larger = [self._enriched(left, [other], less_than, max(1, step // _MENDS)) for other in others]
            mended = mends_most(self._staffing, lack, left, larger)
            if mended is None:
                return None
            left = mended
        for other in others:
            if left[other] > staff[other]:
                left = as_few_of(lambda staff: lack(staff) == 0, left, other)
        return self._tried(left, less_than, others)

    def _tried(self, staff: Staff, less_than: float, teams: Sequence[int]) -> Staff | None:
        """The staff if it is enough; if it isn't, with one more in one of the teams, the cheapest first."""
        more = (changed(staff, index, +1) for index in reversed(teams))
        tried = (one for one in (staff, *more) if self._staffing.total(one) < less_than)
        return next(filter(self._enough, tried), None)

    def _enriched(self, staff: Staff, teams: Collection[int], less_than: float, most: int | None = None) -> Staff:
        """The staff with as many more in each of some teams as would, by themselves, leave it cheap enough."""
        spare = less_than - self._staffing.total(staff)
        more = [min(math.ceil(spare / team.weight) - 1, most or self._most) for team in self._staffing.teams]
        return tuple(
            min(size + max(more[index], 0), self._most) if index in teams else size for index, size in enumerate(staff)
        )

    def _less_than(self, staff: Staff) -> float:
        return self._staffing.total(staff) * (1 - _ROUNDING)


def _bled(staff: Staff, teams: Collection[int]) -> Staff:
    """With as few as there may be in some teams."""
    return tuple(1 if index in teams else size for index, size in enumerate(staff))
