"""The panels of the average week's chart: a queue's service level, positions, a queue's emails replied to in time.

One series to a panel, named in its heading; what matters is told by shape as well as colour, for print in grey and for
the colour-blind (colours of Okabe and Ito, 2008).
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.centre.contract import Float64

from ..figures import MS_PER_H
from ..output.words import WEEKDAYS, exact_percent
from .finding import EMAIL_PLACES, call_places, heading
from .week_profile import WEEK_DAYS, Level, WeekProfile

_BLACK, _BLUE, _RED, _SKY = "#000000", "#0072B2", "#D55E00", "#56B4E9"
_HEADING_SIZE, _LABEL_SIZE, _HOUR_SIZE = 10.0, 9.5, 8.5
_HEADING_CHARACTERS = 64
_MOST_HOUR_LABELS = 20
_GAP = 1.0
"""Slots left free between two days."""


@dataclass(frozen=True)
class WeekAxis:
    """Where the slots of a week stand: one after the other, days apart."""

    left: Float64
    """(S,) left edge of each."""
    days: tuple[slice, ...]
    """Slots of each day that has any."""

    @classmethod
    def of(cls, profile: WeekProfile) -> WeekAxis:
        """The slots of this week."""
        first = np.flatnonzero(np.diff(profile.weekday, prepend=-1))
        until = [*first[1:].tolist(), profile.weekday.size]
        slots = np.arange(profile.weekday.size)
        left = slots + _GAP * (np.searchsorted(first, slots, "right") - 1)
        return cls(left, tuple(slice(start, end) for start, end in zip(first.tolist(), until, strict=True)))

    @property
    def end(self) -> float:
        """Right edge of the last slot."""
        return float(self.left[-1]) + 1


def draw_service(panel: Axes, level: Level, profile: WeekProfile, axis: WeekAxis) -> None:
    """A queue's service level by slot: a line for each day with its intervals as a band, dots where it is short."""
    value, middle = level.estimates.value, axis.left + 0.5
    for day in axis.days:
        panel.plot(middle[day], value[day], color=_BLUE, linewidth=1.3, marker=".", markersize=2.0)
        panel.fill_between(middle[day], level.low[day], level.high[day], color=_BLUE, alpha=0.3, linewidth=0)
    short = level.short
    panel.plot(middle[short], value[short], "o", color=_RED, markersize=3.2)
    _finish(panel, heading(level, call_places(profile)))
    _share_axis(panel)
    _mark_target(panel, level, axis.end)
    _week_axis(panel, profile, axis, named=False)


def draw_positions(panel: Axes, profile: WeekProfile, axis: WeekAxis) -> None:
    """Positions scheduled as a line, busy as an area, of all teams; hours and days named below."""
    for day in axis.days:
        edges = np.append(axis.left[day], axis.left[day][-1] + 1)
        panel.stairs(profile.busy[day], edges, fill=True, color=_SKY)
        panel.stairs(profile.scheduled[day], edges, color=_BLACK, linewidth=1.2, baseline=None)
    _finish(panel, "positions on the phones: scheduled (line), busy (area)")
    panel.set_ylim(0, 1.08 * max(profile.scheduled.max(initial=0), profile.busy.max(initial=0), 1))
    panel.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
    _week_axis(panel, profile, axis, named=True)


def draw_emails(panel: Axes, level: Level, *, last: bool) -> None:
    """A queue's share of emails replied to in time by weekday of arrival, hatched where it is short.

    Weekdays are named below the ``last`` of such panels.
    """
    value = level.estimates.value
    error = np.stack([value - level.low, level.high - value])
    bars = panel.bar(range(WEEK_DAYS), value, 0.6, yerr=error, color=_SKY, edgecolor=_BLACK, linewidth=0.6, capsize=2)
    for bar, short in zip(bars, level.short.tolist(), strict=True):
        if short:
            bar.set(facecolor="white", edgecolor=_RED, hatch="////")
    _finish(panel, heading(level, EMAIL_PLACES))
    _share_axis(panel)
    _mark_target(panel, level, WEEK_DAYS - 0.5)
    panel.set_xlim(-0.5, WEEK_DAYS - 0.5)
    panel.set_xticks(range(WEEK_DAYS), WEEKDAYS if last else [""] * WEEK_DAYS, fontsize=_LABEL_SIZE)
    if last:
        panel.set_xlabel("weekday of arrival", fontsize=_LABEL_SIZE)


def wrapped(words: str, characters: int) -> str:
    """In lines of so many characters at most; a number and its per cent sign stay together."""
    return textwrap.fill(words.replace(" %", "\N{NO-BREAK SPACE}%"), characters)


def _finish(panel: Axes, words: str) -> None:
    panel.set_title(wrapped(words, _HEADING_CHARACTERS), loc="left", fontsize=_HEADING_SIZE, pad=4)
    panel.spines[["top", "right"]].set_visible(False)
    panel.grid(axis="y", color="0.88", linewidth=0.7)
    panel.set_axisbelow(True)
    panel.tick_params(axis="y", labelsize=_LABEL_SIZE)


def _share_axis(panel: Axes) -> None:
    panel.set_ylim(0, 1.05)
    panel.set_yticks([0, 0.5, 1])
    panel.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))


def _mark_target(panel: Axes, level: Level, right: float) -> None:
    """The promised share as a dashed line, named at its right end."""
    if level.target is None:
        return
    panel.axhline(level.target, color=_BLACK, linewidth=0.9, linestyle=(0, (5, 3)))
    panel.annotate(
        f"target\n{exact_percent(level.target)}",
        (right, level.target),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        fontsize=_HOUR_SIZE,
        annotation_clip=False,
    )


def _week_axis(panel: Axes, profile: WeekProfile, axis: WeekAxis, *, named: bool) -> None:
    """Hours below, weekdays below the hours, where they are to be named."""
    panel.set_xlim(-_GAP / 2, axis.end + _GAP / 2)
    hours = profile.start_ms / MS_PER_H
    step = next((s for s in (1, 2, 3, 4, 6) if np.count_nonzero(hours % s == 0) <= _MOST_HOUR_LABELS), 12)
    ticked = np.flatnonzero(hours % step == 0)
    labels = [f"{hours[slot]:.0f}" if named else "" for slot in ticked]
    panel.set_xticks(axis.left[ticked], labels, fontsize=_HOUR_SIZE)
    if not named:
        return
    for day in axis.days:
        panel.annotate(
            WEEKDAYS[profile.weekday[day][0]],
            ((axis.left[day][0] + axis.left[day][-1] + 1) / 2, 0),
            xycoords=("data", "axes fraction"),
            xytext=(0, -17),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=_LABEL_SIZE,
        )
    panel.set_xlabel("time of day (h)", labelpad=13, fontsize=_LABEL_SIZE)
