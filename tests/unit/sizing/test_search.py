"""Searches over integers."""

import pytest

from analysis.sizing.search import fewest, settle_headline, walk


class Counted:
    """Enough from a size on, and how often it was asked."""

    def __init__(self, enough_from: int) -> None:
        self.enough_from = enough_from
        self.asked: list[int] = []

    def __call__(self, size: int) -> bool:
        self.asked.append(size)
        return size >= self.enough_from


@pytest.mark.parametrize("answer", [1, 2, 3, 7, 99, 100])
@pytest.mark.parametrize("start", [-5, 1, 2, 50, 100, 1000])
def test_the_least_is_found_from_any_start(answer: int, start: int) -> None:
    assert fewest(Counted(answer), start, 100) == answer


def test_none_if_the_most_is_not_enough() -> None:
    assert fewest(Counted(101), 5, 100) is None
    assert fewest(Counted(2), 1, 1) is None


def test_sizes_beyond_the_most_are_not_tried() -> None:
    enough = Counted(1_000)
    fewest(enough, 5, 100)
    assert min(enough.asked) >= 1
    assert max(enough.asked) == 100


def test_a_good_start_takes_few_trials() -> None:
    enough = Counted(1_000)
    assert fewest(enough, 1_010, 100_000) == 1_000
    assert len(enough.asked) <= 7
    assert max(enough.asked) == 1_010


@pytest.mark.parametrize(("start", "answer"), [(5, 5), (9, 5), (3, 5), (1, 5)])
def test_walking_ends_where_one_fewer_fails(start: int, answer: int) -> None:
    assert walk(Counted(answer), start, 100) == answer


def test_walking_is_not_trapped_by_chance() -> None:
    enough = {4: False, 5: True, 6: False, 7: False, 8: True, 9: True}
    assert walk(enough.__getitem__, 9, 100) == 8
    assert walk(enough.__getitem__, 6, 100) == 8
    assert walk(enough.__getitem__, 5, 100) == 5


def test_walking_stops_at_the_bounds() -> None:
    assert walk(lambda size: True, 3, 100) == 1
    assert walk(lambda size: False, 98, 100) is None


def test_the_headline_is_refined_until_a_refined_one_stays() -> None:
    finer = {0: 9, 1: 7, 2: 8}
    refined = []

    def refine(index: int, size: int) -> int:
        refined.append((index, size))
        return finer[index]

    sizes = [6, 10, 8]
    settle_headline(sizes, lambda found: found.index(max(found)), refine)
    assert refined == [(1, 10), (2, 8)]
    assert sizes == [6, 7, 8]
