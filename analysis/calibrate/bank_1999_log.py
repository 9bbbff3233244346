"""The call log of the "Anonymous Bank", 1999: what its rows mean, and which of them count.

Source: Technion SEE Lab, "Anonymous Bank" call-centre data and its documentation by I. Guedj and A. Mandelbaum (2000).
The facts below about days come from the calendar and from the log itself.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from .half_hours import DAY_S, SLOTS, Bools, weekdays

FIRST_DAY = date(1999, 1, 1)
LAST_DAY = date(1999, 5, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1

OPEN_HOURS = {0: (7, 24), 1: (7, 24), 2: (7, 24), 3: (7, 24), 4: (7, 14), 5: (20, 24), 6: (7, 24)}
"""Weekday (Monday is 0) -> hours of opening. On Saturdays the centre opens after the Sabbath: at 19:00 in January, at
21:30 in May; around 20:00, its documentation says."""

DAYS_LEFT_OUT = {
    date(1999, 1, 11): "missing from the log",
    date(1999, 1, 12): "missing from the log",
    date(1999, 3, 2): "Purim: closed for the afternoon",
    date(1999, 3, 8): "the log stops at 11:30",
    date(1999, 3, 12): "the log stops at 12:00",
    date(1999, 3, 31): "eve of Passover: closes at 13:00",
    date(1999, 4, 1): "Passover: opens at 20:00",
    date(1999, 4, 6): "eve of the seventh day of Passover: closed",
    date(1999, 4, 7): "seventh day of Passover: opens at 21:00",
    date(1999, 4, 20): "Remembrance Day: closes at 14:00",
    date(1999, 4, 21): "Independence Day: opens at 19:00",
    date(1999, 5, 17): "general election: a public holiday",
    date(1999, 5, 20): "eve of Shavuot: closes at 14:00",
    date(1999, 5, 21): "Shavuot: closed",
    date(1999, 5, 23): "full of duplicates",
}
"""Days that are no ordinary day of the centre. The days between the two feasts of Passover were worked as usual."""

LONGEST_SERVICE_S = 3_600
"""Longer services (26 of 135,000, up to eight hours) are taken for calls whose end was not recorded."""
CLOCKS_APART_S = 3_600
"""A service that starts further than this from the end of the caller's wait has no recorded start."""

_COLUMNS = ["date", "vru_exit", "q_start", "q_time", "outcome", "ser_start", "ser_time", "server", "vru_entry"]


def read_log(path: Path) -> pd.DataFrame:
    """The calls offered from January to May, in order of their offering, one row a call.

    *Offered* is a call that joined the queue or reached an agent; those that ended in the voice-response unit and the
    log's PHANTOM rows are not. All types of service are one pool: PS, PE, NE, NW, TT and IN are answered by the same
    agents, each of whom answers several of them (internet calls got agents of their own in August: L. Brown et al.,
    "Statistical analysis of a telephone call center", JASA 100 (2005), section 2).

    Columns: ``offered_s`` (when the call left the voice-response unit), ``wait_s`` (int; 0 if it never queued),
    ``answered`` (bool), ``agent`` ("" if none or not recorded), ``start_s`` (start of the service; the end of the wait
    if not answered), ``handle_s`` (float, the service; NaN if not answered or not recorded). Times are int seconds
    since the midnight that begins ``FIRST_DAY``. Raises ValueError if the file lacks a column.
    """
    rows = pd.read_csv(path, dtype=str, keep_default_na=False, usecols=_COLUMNS)
    queued, reached = rows["q_start"] != "", rows["outcome"] == "AGENT"
    within = (rows["date"] >= FIRST_DAY.isoformat()) & (rows["date"] <= LAST_DAY.isoformat())
    rows = rows[within & (rows["outcome"] != "PHANTOM") & (queued | reached)]

    midnight = (pd.to_datetime(rows["date"]) - pd.Timestamp(FIRST_DAY)).dt.days * DAY_S
    entered = midnight + _second_of_day(rows["vru_entry"])
    offered = _not_before(midnight + _second_of_day(rows["vru_exit"]), entered)
    wait = pd.to_numeric(rows["q_time"]).astype(np.int64)
    answered = rows["outcome"] == "AGENT"

    left_queue = offered + wait
    start = _not_before(midnight + _second_of_day(rows["ser_start"]), left_queue)
    start_known = answered & ((start - left_queue).abs() <= CLOCKS_APART_S)
    handle = pd.to_numeric(rows["ser_time"])
    calls = pd.DataFrame(
        {
            "offered_s": offered.astype(np.int64),
            "wait_s": wait,
            "answered": answered,
            "agent": rows["server"],
            "start_s": start.where(start_known, left_queue).astype(np.int64),
            "handle_s": handle.where(start_known & (handle <= LONGEST_SERVICE_S)).astype(float),
        }
    )
    return calls.sort_values("offered_s", kind="stable", ignore_index=True)


def planned_opening() -> Bools:
    """(DAYS, SLOTS): the half hours in which the centre is open on its ordinary days, none on the days left out."""
    hours = np.arange(SLOTS) / 2
    opens, closes = (np.array([OPEN_HOURS[day][end] for day in weekdays(FIRST_DAY, DAYS)]) for end in (0, 1))
    ordinary = np.array([FIRST_DAY + timedelta(days=day) not in DAYS_LEFT_OUT for day in range(DAYS)])
    planned: Bools = (hours >= opens[:, None]) & (hours < closes[:, None]) & ordinary[:, None]
    return planned


def _second_of_day(clock: pd.Series) -> pd.Series:
    """Seconds since midnight of "HH:MM:SS", NaN where empty."""
    return pd.to_timedelta(clock.where(clock != "")).dt.total_seconds()


def _not_before(moment: pd.Series, earlier: pd.Series) -> pd.Series:
    """The log dates a call by its entry: what lies half a day before ``earlier`` happened after midnight."""
    return moment + DAY_S * (earlier - moment > DAY_S / 2)
