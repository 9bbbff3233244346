"""Taking people away from several teams."""

import pytest

from analysis.sizing.staff import Staff
from analysis.sizing.thinning import taken_away, thinned


def in_turn(staff: Staff) -> range:
    return range(len(staff))


def reversed_(staff: Staff) -> list[int]:
    return list(reversed(range(len(staff))))


class Asked:
    """Enough if these sums are reached; remembers what it was asked."""

    def __init__(self, *least: tuple[Staff, int]) -> None:
        self.least = least
        self.asked: list[Staff] = []

    def __call__(self, staff: Staff) -> bool:
        self.asked.append(staff)
        return all(
            sum(size * worth for size, worth in zip(staff, worths, strict=True)) >= sum_ for worths, sum_ in self.least
        )


@pytest.mark.parametrize("take", [taken_away, thinned])
def test_the_first_in_order_gives_as_many_as_it_can(take):
    enough = Asked(((1, 1), 10))
    assert take(enough, (9, 9), in_turn) == (1, 9)
    assert take(enough, (9, 9), reversed_) == (9, 1)
    assert take(enough, (7, 7), in_turn) == (3, 7)


@pytest.mark.parametrize("take", [taken_away, thinned])
def test_nobody_more_can_be_taken(take):
    enough = Asked(((2, 1, 0), 20), ((0, 1, 3), 17), ((1, 1, 1), 14))
    left = take(enough, (12, 12, 12), in_turn)
    assert enough(left)
    for index, size in enumerate(left):
        fewer = (*left[:index], size - 1, *left[index + 1 :])
        assert size == 1 or not enough(fewer)


@pytest.mark.parametrize("take", [taken_away, thinned])
def test_one_stays_in_every_team(take):
    assert take(lambda staff: True, (5, 1, 3), in_turn) == (1, 1, 1)


def test_many_are_taken_by_bisection():
    enough = Asked(((1, 1), 1_100))
    assert taken_away(enough, (1_000, 1_000), in_turn) == (100, 1_000)
    assert len(enough.asked) < 30


def test_a_team_that_can_give_nothing_is_asked_once():
    enough = Asked(((1, 0), 7), ((0, 1), 9))
    assert taken_away(enough, (7, 9), in_turn) == (7, 9)
    assert enough.asked == [(6, 9), (7, 8)]


def test_with_fewer_of_one_team_another_may_spare_more():
    enough_staffs = {(3, 3), (3, 2), (2, 2)}
    assert thinned(enough_staffs.__contains__, (3, 3), in_turn) == (2, 2)
