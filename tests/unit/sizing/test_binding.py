"""Which targets bind."""

from fractions import Fraction

import pytest

from analysis.intervals import CentreStatistics, summarise
from analysis.sizing.binding import binding_targets
from analysis.targets import JudgedOver, Target
from sim.centre.results import Replication
from tests.support.counts import HOUR_MS, Counted, counted_centre, counts_of

QUEUES = ("calls", "hard")


def served(calls: list[int], hard: list[int], over: JudgedOver = "month") -> CentreStatistics:
    """Of 100 contacts in each queue so many were served, replication by replication; 80 % is asked of both."""
    made = counted_centre([Counted(name) for name in QUEUES], [(8 * HOUR_MS, 0, 4)])
    found = [
        Replication(
            number,
            counts_of(made, {(queue, 9): {"first": 100, "served": count} for queue, count in enumerate(of_both)}),
        )
        for number, of_both in enumerate(zip(calls, hard, strict=True))
    ]
    return summarise(made, found, [Target(name, "answer_rate", Fraction(4, 5), over) for name in QUEUES])


def names(at: CentreStatistics, below: CentreStatistics) -> list[str]:
    return [target.queue for target in binding_targets(at, below)]


ENOUGH = [82, 81, 82, 81]
HAIR = [81, 79, 81, 79]


def test_what_fails_is_told_by_most_first() -> None:
    assert names(served(ENOUGH, ENOUGH), served([75, 76, 75, 74], [79, 78, 79, 78])) == ["calls", "hard"]
    assert names(served(ENOUGH, ENOUGH), served([80, 80, 80, 80], [79, 78, 79, 78])) == ["hard"]


def test_what_falls_by_chance_alone_does_not_bind() -> None:
    shuffled = [79, 81, 77, 81]  # half a point lower on average; pair by pair now higher, now lower
    assert names(served(ENOUGH, HAIR), served([78, 79, 79, 78], shuffled)) == ["calls"]


def test_a_small_fall_that_every_pair_shows_binds() -> None:
    """The replications vary by far more than what one fewer does to each of them."""
    at = served([95, 70, 90, 65], ENOUGH)
    assert names(at, served([94, 69, 89, 64], ENOUGH)) == ["calls"]


def test_where_none_falls_by_more_than_chance_all_that_fail_are_told() -> None:
    assert names(served(HAIR, ENOUGH), served([79, 81, 77, 81], ENOUGH)) == ["calls"]


@pytest.mark.parametrize("over", ["interval", "day"])
def test_over_spans(over: JudgedOver) -> None:
    """Over intervals no counts are kept by replication: what fails binds."""
    at, below = served(ENOUGH, HAIR, over), served([78, 79, 79, 78], [79, 81, 77, 81], over)
    assert names(at, below) == (["calls"] if over == "day" else ["calls", "hard"])


def test_one_replication_tells_no_chance() -> None:
    assert names(served([81], [81]), served([78], [79])) == ["calls", "hard"]
