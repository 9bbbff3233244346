"""The panels of the average week's chart: a queue's service level or waits, a team's positions, a queue's emails.

One series to a panel, named in its heading; what matters is told by shape as well as colour, for print in grey and for
the colour-blind (colours of Okabe and Ito, 2008).
"""

from __future__ import annotations

import math
import re
import textwrap
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from sim.centre.contract import Float64

from ..figures import MS_PER_H
from ..output.words import WEEKDAYS, duration, exact_percent, percent
from .queue_week import Level, QueueWeek
from .team_weeks import TeamWeek
from .week_profile import WeekProfile
from .week_slots import WEEK_DAYS

_BLACK, _BLUE, _RED, _SKY = "#000000", "#0072B2", "#D55E00", "#56B4E9"
_HEADING_SIZE, _LABEL_SIZE, _NOTE_SIZE, _HOUR_SIZE = 10.0, 9.5, 8.5, 8.5
_HEADING_CHARACTERS, _NOTE_CHARACTERS = 64, 76
_NOTE_LINE = 1.1
"""Height of a line of notes, of its size."""
_INSEPARABLE = re.compile(
    r"(?<=\d) (?=%|s\b|min\b|h\b|\d{3}\b)| (?=±)|(?<=±) |(?<=[a-z]) (?=\d\d:\d\d)|(?<=min|\d h) (?=\d\d\b)"
)
"""Spaces at which no line ends."""
_MOST_HOUR_LABELS = 20
_LOW = 0.03
"""Bars below this share of the axis can't be seen: their figure is written."""
_MOST_BAND = 3
"""Intervals of waits are shown up to so many times the longest wait."""
_TIME_UNITS = ((3 * 3600, 3600, "h"), (300, 60, "min"), (0, 1, "s"))
"""Of waits: from how many seconds on, its own, its name."""
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


@dataclass(frozen=True)
class Words:
    """What stands over a panel."""

    heading: str
    notes: str
    """Below it, smaller."""

    @property
    def lines(self) -> tuple[str, str]:
        """Heading and notes, each in lines that fit."""
        return wrapped(self.heading, _HEADING_CHARACTERS), wrapped(self.notes, _NOTE_CHARACTERS)


def draw_calls(panel: Axes, words: Words, queue: QueueWeek, profile: WeekProfile, axis: WeekAxis) -> None:
    """A queue's service level, or mean wait, by slot: a line for each day with its intervals as a band.

    Dots mark where a level is short.
    """
    unit = _value_axis(panel, queue)
    value, middle = queue.estimates.value / unit, axis.left + 0.5
    for day in axis.days:
        panel.plot(middle[day], value[day], color=_BLUE, linewidth=1.3, marker=".", markersize=2.0, clip_on=False)
        low, high = queue.low[day] / unit, queue.high[day] / unit
        panel.fill_between(middle[day], low, high, color=_BLUE, alpha=0.3, linewidth=0)
    if isinstance(queue, Level):
        if queue.short.any():
            at, height = middle[queue.short], value[queue.short]
            panel.plot(at, height, "o", color=_RED, markersize=3.8, mec=_BLACK, mew=0.5, clip_on=False)
        _mark_target(panel, queue, axis.end)
    _finish(panel, words)
    _week_axis(panel, profile, axis, named=False)


def draw_positions(
    panel: Axes, words: Words, team: TeamWeek, profile: WeekProfile, axis: WeekAxis, *, last: bool
) -> None:
    """Positions scheduled as a line, busy as an area; hours and days named below the ``last`` of such panels."""
    for day in axis.days:
        edges = np.append(axis.left[day], axis.left[day][-1] + 1)
        panel.stairs(team.busy[day], edges, fill=True, color=_SKY)
        panel.stairs(team.scheduled[day], edges, color=_BLACK, linewidth=1.2, baseline=None)
    _finish(panel, words)
    panel.set_ylim(0, 1.08 * max(team.scheduled.max(initial=0), team.busy.max(initial=0), 1))
    panel.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=3))
    _week_axis(panel, profile, axis, named=last)


def draw_emails(panel: Axes, words: Words, queue: QueueWeek, *, last: bool) -> None:
    """A queue's share of emails replied to in time, or mean wait, by the weekday it came, hatched where it is short.

    Figures of bars too low to be seen are written, as is that there were no emails. Weekdays are named below the
    ``last`` of such panels.
    """
    unit = _value_axis(panel, queue)
    value = queue.estimates.value / unit
    error = np.stack([value - queue.low / unit, queue.high / unit - value])
    bars = panel.bar(range(WEEK_DAYS), value, 0.6, yerr=error, color=_SKY, edgecolor=_BLACK, linewidth=0.6, capsize=2)
    if isinstance(queue, Level):
        for bar, short in zip(bars, queue.short.tolist(), strict=True):
            if short:
                bar.set(facecolor="white", edgecolor=_RED, hatch="////")
        _mark_target(panel, queue, WEEK_DAYS - 0.5)
    _write_low(panel, queue, unit)
    _finish(panel, words)
    panel.set_xlim(-0.5, WEEK_DAYS - 0.5)
    panel.set_xticks(range(WEEK_DAYS), WEEKDAYS if last else [""] * WEEK_DAYS, fontsize=_LABEL_SIZE)
    if last:
        came = "arrived" if isinstance(queue, Level) else "was handed in"
        panel.set_xlabel(f"weekday on which the email {came}", fontsize=_LABEL_SIZE)


def wrapped(words: str, characters: int) -> str:
    """In lines of so many characters at most; a number stays with its unit and its interval, a day with its hour."""
    return textwrap.fill(_INSEPARABLE.sub("\N{NO-BREAK SPACE}", words), characters)


def _write_low(panel: Axes, queue: QueueWeek, unit: int) -> None:
    top = panel.get_ylim()[1]
    told = percent if isinstance(queue, Level) else duration
    for day, value in enumerate(queue.estimates.value.tolist()):
        if value / unit >= _LOW * top:
            continue
        above = np.fmax(queue.high[day], value) / unit if not math.isnan(value) else 0.0
        words = "no\nemails" if math.isnan(value) else told(value)
        panel.text(day, above + _LOW * top, words, ha="center", va="bottom", fontsize=_NOTE_SIZE)


def _finish(panel: Axes, words: Words) -> None:
    heading, notes = words.lines
    pad = 9 + _NOTE_LINE * _NOTE_SIZE * (notes.count("\n") + 1)
    panel.set_title(heading, loc="left", fontsize=_HEADING_SIZE, pad=pad)
    panel.annotate(
        notes,
        (0, 1),
        xycoords="axes fraction",
        xytext=(0, 5),
        textcoords="offset points",
        va="bottom",
        fontsize=_NOTE_SIZE,
        linespacing=1.1,
    )
    panel.spines[["top", "right"]].set_visible(False)
    panel.grid(axis="y", color="0.88", linewidth=0.7)
    panel.set_axisbelow(True)
    panel.tick_params(axis="y", labelsize=_LABEL_SIZE)


def _value_axis(panel: Axes, queue: QueueWeek) -> int:
    """The axis of a level, or of waits; the unit in which figures stand on it."""
    if isinstance(queue, Level):
        panel.set_ylim(0, 1.05)
        panel.set_yticks([0, 0.5, 1])
        panel.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        return 1
    top = max(float(np.nanmax(queue.estimates.value)), 1.0)
    size, name = next((size, name) for from_s, size, name in _TIME_UNITS if top >= from_s)
    highest = float(np.nanmax(np.fmax(queue.high, queue.estimates.value)))
    panel.set_ylim(0, 1.05 * max(min(highest, _MOST_BAND * top), top) / size)
    panel.yaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 3, 5, 10]))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} {name}"))
    return size


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
