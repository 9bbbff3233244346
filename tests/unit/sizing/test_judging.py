"""What is met, and what is clear."""

from fractions import Fraction

import numpy as np
import pytest

from analysis.intervals import CentreStatistics, summarise
from analysis.sizing.judging import all_figures, clear_verdict, failing, met, span_figures, widest
from analysis.targets import Target
from sim.centre.results import Replication
from tests.support.counts import blended, counts_of

ANSWERED = Target("calls", "answer_rate", Fraction(4, 5))


def replications(served: list[list[int]], target: Target = ANSWERED, offered: int = 100) -> CentreStatistics:
    """One replication a row: so many of the offered were served on each of the first days at 9 o'clock."""
    made = blended(days=max(len(row) for row in served))
    found = [
        Replication(
            number,
            counts_of(
                made,
                {(0, 24 * day + 9): {"first": offered, "served": count} for day, count in enumerate(row)},
            ),
        )
        for number, row in enumerate(served)
    ]
    return summarise(made, found, [target])


def test_met_is_exact() -> None:
    assert met(all_figures(replications([[80], [80]])))
    assert not met(all_figures(replications([[80], [79]])))
    assert met(all_figures(replications([[81], [79]])))


def test_clear_only_from_four_replications_on() -> None:
    assert clear_verdict(replications([[99]] * 3)) is None
    assert clear_verdict(replications([[99], [98], [99], [100]])) is True
    assert clear_verdict(replications([[50], [51], [49], [50]])) is False


def test_not_clear_near_the_target_or_when_replications_vary() -> None:
    assert clear_verdict(replications([[82], [81], [83], [82]])) is None
    assert clear_verdict(replications([[100], [70], [100], [99]])) is None


def test_no_variation_is_no_proof() -> None:
    few = replications([[3]] * 4, offered=3)
    assert met(all_figures(few))
    assert clear_verdict(few) is None
    assert clear_verdict(replications([[100]] * 4)) is True


def test_every_span_counts() -> None:
    by_day = Target("calls", "answer_rate", Fraction(4, 5), over="day")
    good_on_average = [[100, 79], [100, 79]]
    assert met(all_figures(replications(good_on_average)))
    assert not met(all_figures(replications(good_on_average, by_day)))
    figures = span_figures(replications(good_on_average, by_day), by_day)
    assert figures.margin == pytest.approx([0.2, -0.01])
    assert clear_verdict(replications([[99, 60]] * 4, by_day)) is False
    assert clear_verdict(replications([[99, 81]] * 4, by_day)) is None


def test_intervals_are_judged_on_the_sums_over_the_replications() -> None:
    by_interval = Target("calls", "answer_rate", Fraction(4, 5), over="interval")
    assert met(all_figures(replications([[70, 100], [90, 100]], by_interval)))
    assert not met(all_figures(replications([[70, 100], [89, 100]], by_interval)))


def test_spans_without_contacts_are_left_out() -> None:
    by_day = Target("calls", "answer_rate", Fraction(4, 5), over="day")
    figures = span_figures(replications([[80, 80, 80]], by_day), by_day)
    assert figures.margin.size == 3
    nobody = summarise(blended(), [Replication(0, counts_of(blended(), {}))], [ANSWERED])
    assert met(all_figures(nobody))
    assert widest(all_figures(nobody)) == 0


def test_an_undefined_figure_is_not_met() -> None:
    flattering = Target("calls", "service_level", Fraction(4, 5), threshold_ms=20_000, formula="sl_answered")
    found = all_figures(replications([[0]] * 4, flattering))
    assert not met(found)
    assert found[0].margin == pytest.approx([-1.0])


def test_failing_targets_are_told_the_worst_first() -> None:
    made = blended(days=1)
    counts = counts_of(
        made,
        {(0, 9): {"first": 100, "served": 70}, (1, 9): {"first": 100, "responded_within": 50, "served": 60}},
    )
    replies = Target("emails", "response", Fraction(4, 5), threshold_ms=4 * 3_600_000)
    easy = Target("emails", "answer_rate", Fraction(1, 2))
    found = all_figures(summarise(made, [Replication(0, counts)], [ANSWERED, replies, easy]))
    assert failing(found) == (replies, ANSWERED)


def test_the_width_that_decides_is_that_of_the_span_nearest_to_failing() -> None:
    by_day = Target("calls", "answer_rate", Fraction(4, 5), over="day")
    figures = all_figures(replications([[90, 60], [90, 100], [90, 90]], by_day))
    assert widest(figures) == pytest.approx(float(np.max(figures[0].estimates.half_width)))
    assert figures[0].margin == pytest.approx([0.1, 1 / 30])
