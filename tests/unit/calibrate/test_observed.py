"""The log's own figures."""

import pandas as pd

from analysis.calibrate.observed import figures, figures_by

CALLS = pd.DataFrame(
    {"offered_s": [0, 1, 2, 3, 4], "wait_s": [0, 20, 21, 10, 49], "answered": [True, True, True, False, False]}
)


def test_figures_by_hand():
    assert figures(CALLS, threshold_s=20) == {
        "offered": 5,
        "answer_rate": 0.6,
        "abandoned_share": 0.4,
        "asa_s": 13.7,
        "mean_wait_s": 20.0,
        "sl_offered": 0.4,
        "answered_at_once": 0.2,
    }


def test_figures_of_groups_are_in_order():
    by_group = figures_by(CALLS, pd.Series(["b", "b", "a", "a", "a"]), threshold_s=20)
    assert list(by_group) == ["a", "b"]
    assert [group["offered"] for group in by_group.values()] == [3, 2]
