"""A call log's own figures, on the definitions of the simulation's."""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd

Figures = dict[str, float | int]


def figures(calls: pd.DataFrame, threshold_s: int) -> Figures:
    """What became of the calls.

    ``calls`` has the columns ``offered_s``, ``wait_s`` and ``answered``. ``asa_s`` is the mean wait of the answered,
    ``mean_wait_s`` that of all, abandoned included; ``sl_offered`` the share of the offered answered after a wait of at
    most ``threshold_s``; ``answered_at_once`` the share of the offered answered without a wait.
    """
    wait, answered = calls["wait_s"], calls["answered"]
    return {
        "offered": len(calls),
        "answer_rate": round(float(answered.mean()), 4),
        "abandoned_share": round(float((~answered).mean()), 4),
        "asa_s": round(float(wait[answered].mean()), 1),
        "mean_wait_s": round(float(wait.mean()), 1),
        "sl_offered": round(float((answered & (wait <= threshold_s)).mean()), 4),
        "answered_at_once": round(float((answered & (wait == 0)).mean()), 4),
    }


def figures_by(calls: pd.DataFrame, key: pd.Series, threshold_s: int) -> dict[Hashable, Figures]:
    """``figures`` of every group of calls, in the key's order."""
    return {name: figures(group, threshold_s) for name, group in calls.groupby(key, sort=True)}
