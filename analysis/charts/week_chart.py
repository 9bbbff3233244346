"""Drawing the average week: service level with its target, positions scheduled and busy, emails replied to in time."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.centre.contract import Float64

from ..figures import MS_PER_H
from ..output.words import WEEKDAYS, duration, exact_percent
from .week_profile import WEEK_DAYS, Level, WeekProfile

# Colours for the colour-blind (Okabe and Ito, 2008); lines differ in style as well, for print in grey.
_BLACK, _BLUE, _RED, _GREEN, _SKY = "#000000", "#0072B2", "#D55E00", "#009E73", "#56B4E9"
_LINES = ((_BLUE, "-"), (_RED, "--"), (_GREEN, "-."), (_BLACK, ":"))
_WIDTH_IN, _PANEL_IN, _MARGIN_IN, _DPI = 11.0, 2.6, 1.3, 150
_TITLE_CHARACTERS = 88
_MOST_HOUR_LABELS = 40
_GAP = 1.0
"""Slots left free between two days."""


@dataclass(frozen=True)
class _Axis:
    """Where the slots of a week stand: one after the other, days apart."""

    left: Float64
    """(S,) left edge of each."""
    days: tuple[slice, ...]
    """Slots of each day that has any."""


def draw_week(profile: WeekProfile, title: str, caption: str) -> Figure:
    """The chart, with ``title`` over it and ``caption``, which says what was simulated, at its foot."""
    heights = [*([1.0] if profile.calls else []), 1.0, *([0.75] if profile.emails else [])]
    size = (_WIDTH_IN, _PANEL_IN * sum(heights) + _MARGIN_IN)
    figure = Figure(figsize=size, dpi=_DPI, layout="constrained")
    figure.suptitle(textwrap.fill(title, _TITLE_CHARACTERS), x=0.01, ha="left", fontsize=13, fontweight="bold")
    axes = figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0].tolist()
    figure.supxlabel(caption, x=0.01, ha="left", fontsize=9)
    axis = _axis(profile)
    if profile.calls:
        _draw_service(axes[0], profile, axis)
    _draw_positions(axes[bool(profile.calls)], profile, axis)
    if profile.emails:
        _draw_emails(axes[-1], profile)
    for panel in axes:
        panel.spines[["top", "right"]].set_visible(False)
        panel.grid(axis="y", color="0.88", linewidth=0.7)
        panel.set_axisbelow(True)
    return figure


def _axis(profile: WeekProfile) -> _Axis:
    first = np.flatnonzero(np.diff(profile.weekday, prepend=-1))
    until = [*first[1:].tolist(), profile.weekday.size]
    left = np.arange(profile.weekday.size) + _GAP * (
        np.searchsorted(first, np.arange(profile.weekday.size), "right") - 1
    )
    return _Axis(left, tuple(slice(start, end) for start, end in zip(first.tolist(), until, strict=True)))


def _draw_service(panel: Axes, profile: WeekProfile, axis: _Axis) -> None:
    for number, level in enumerate(profile.calls):
        colour, style = _LINES[number % len(_LINES)]
        value, half = level.estimates
        for place, day in enumerate(axis.days):
            x = axis.left[day] + 0.5
            label = f"{level.queue}: answered in {duration(level.threshold_s)}" if place == 0 else None
            panel.plot(x, value[day], style, color=colour, linewidth=1.6, marker=".", markersize=3.5, label=label)
            low, high = np.clip(value[day] - half[day], 0, 1), np.clip(value[day] + half[day], 0, 1)
            panel.fill_between(x, low, high, color=colour, alpha=0.25, linewidth=0)
    _mark_targets(panel, profile.calls, float(axis.left[-1]) + 1)
    _share_axis(panel, "answered in time,\nshare of contacts")
    _slot_ticks(panel, profile, axis)


def _draw_positions(panel: Axes, profile: WeekProfile, axis: _Axis) -> None:
    for place, day in enumerate(axis.days):
        edges = np.append(axis.left[day], axis.left[day][-1] + 1)
        panel.stairs(profile.busy[day], edges, fill=True, color=_SKY, alpha=0.8, label="busy" if place == 0 else None)
        panel.stairs(
            profile.scheduled[day],
            edges,
            color=_BLACK,
            linewidth=1.5,
            baseline=None,
            label="scheduled" if place == 0 else None,
        )
    panel.set_ylabel("positions on the phones\n(mean)")
    panel.set_ylim(0, 1.08 * max(profile.scheduled.max(initial=0), profile.busy.max(initial=0), 1))
    panel.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    _legend_above(panel)
    _slot_ticks(panel, profile, axis)


def _draw_emails(panel: Axes, profile: WeekProfile) -> None:
    count = len(profile.emails)
    for number, level in enumerate(profile.emails):
        colour, _ = _LINES[number % len(_LINES)]
        width = 0.7 / count
        x = np.arange(WEEK_DAYS) + (number - (count - 1) / 2) * width
        value, half = level.estimates
        panel.bar(
            x,
            value,
            0.9 * width,
            yerr=half,
            color=colour,
            alpha=0.6,
            ecolor=_BLACK,
            capsize=2,
            label=f"{level.queue}: replied to in {duration(level.threshold_s)}",
        )
    _mark_targets(panel, profile.emails, WEEK_DAYS - 0.5)
    _share_axis(panel, "replied to in time,\nshare of emails")
    panel.set_xlim(-0.5, WEEK_DAYS - 0.5)
    panel.set_xticks(range(WEEK_DAYS), WEEKDAYS)
    panel.set_xlabel("weekday of arrival")


def _mark_targets(panel: Axes, levels: tuple[Level, ...], right: float) -> None:
    """Each promised share as a dashed line, named at its right end."""
    for share in sorted({level.target for level in levels if level.target is not None}):
        panel.axhline(share, color=_BLACK, linewidth=1.2, linestyle=(0, (6, 3)))
        panel.annotate(
            f"target {exact_percent(share)}",
            (right, share),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            annotation_clip=False,
        )


def _share_axis(panel: Axes, words: str) -> None:
    panel.set_ylim(0, 1.05)
    panel.set_yticks(np.linspace(0, 1, 6))
    panel.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    panel.set_ylabel(words)
    _legend_above(panel)


def _legend_above(panel: Axes) -> None:
    panel.legend(loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0.2, ncols=4, frameon=False, fontsize=9)


def _slot_ticks(panel: Axes, profile: WeekProfile, axis: _Axis) -> None:
    """Hours below, weekdays below the hours."""
    panel.set_xlim(-_GAP / 2, float(axis.left[-1]) + 1 + _GAP / 2)
    hours = profile.start_ms / MS_PER_H
    step = next((s for s in (1, 2, 3, 4, 6) if np.count_nonzero(hours % s == 0) <= _MOST_HOUR_LABELS), 12)
    ticked = np.flatnonzero(hours % step == 0)
    panel.set_xticks(axis.left[ticked], [f"{hours[slot]:.0f}" for slot in ticked], fontsize=8)
    for day in axis.days:
        middle = (axis.left[day][0] + axis.left[day][-1] + 1) / 2
        name = WEEKDAYS[profile.weekday[day][0]]
        panel.annotate(
            name,
            (middle, 0),
            xycoords=("data", "axes fraction"),
            xytext=(0, -20),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=10,
        )
    panel.set_xlabel("time of day (h), average week", labelpad=18)
