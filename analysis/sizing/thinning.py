"""Taking people away from several teams, one team after the other, as long as what is left is enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .search import fewest
from .staff import Staff, changed

Enough = Callable[[Staff], bool]
Order = Callable[[Staff], Sequence[int]]
"""The order in which teams are asked to give."""


def taken_away(enough: Enough, staff: Staff, order: Order) -> Staff:
    """As many taken as can be, team by team, each by bisection; ``staff`` is enough. 1 stays in every team."""
    for index in order(staff):
        staff = as_few_of(enough, staff, index)
    return staff


def thinned(enough: Enough, staff: Staff, order: Order) -> Staff:
    """One taken after the other, until none of the teams can give another; ``staff`` is enough. 1 stays in every team.

    Whenever one is taken, all teams are asked again: with fewer of one team, another may be able to spare more.
    """
    while True:
        smaller = (changed(staff, index, -1) for index in order(staff) if staff[index] > 1)
        found = next(filter(enough, smaller), None)
        if found is None:
            return staff
        staff = found


def as_few_of(enough: Enough, staff: Staff, index: int, expected: int = 1) -> Staff:
    """The staff with as few in one team as are enough, the staff itself if it can give nobody.

    The search begins where the team gives as many as are ``expected`` of it.
    """

    def left(size: int) -> Staff:
        return changed(staff, index, size - staff[index])

    most = staff[index] - 1
    if most < 1 or not enough(left(most)):
        return staff
    return left(fewest(lambda size: enough(left(size)), staff[index] - expected, most) or most)
