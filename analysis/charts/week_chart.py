"""The chart of an average week: a panel for each queue, one for the positions, all on one time axis."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from .finding import title
from .week_panels import WeekAxis, draw_emails, draw_positions, draw_service, wrapped
from .week_profile import WeekProfile, worst

MOST_QUEUES = 6
"""Panels that one page holds."""

# Sizes in inches, and characters that fit a line: to be read at half the width of a page, some 85 mm.
_WIDTH, _DPI = 5.6, 220
_SERVICE, _MANY_SERVICES, _POSITIONS, _EMAILS = 1.5, 0.9, 1.35, 0.8
"""Heights of panels: of service one alone, and one of several."""
_HEADING, _MARGIN, _TITLE_LINE = 0.38, 1.35, 0.22
_TITLE_CHARACTERS, _CAPTION_CHARACTERS = 52, 84
_READING = (
    "Bands and error bars are 95 % intervals; dots and hatching mark where the whole interval is under the target."
)
_DAYS_LEFT_OUT = "Public holidays and other closed days that a team keeps are left out of its positions."


def draw_week(profile: WeekProfile, simulated: str) -> Figure:
    """The chart: what it shows over it, at its foot ``simulated``, a sentence on what was, and how to read it.

    Queues without contacts have no panel; of more than MOST_QUEUES with contacts those have one that are worst off.
    """
    shown = worst(profile, MOST_QUEUES)
    calls, emails = len(shown.calls), len(shown.emails)
    heights = [*[_SERVICE if calls == 1 else _MANY_SERVICES] * calls, _POSITIONS, *[_EMAILS] * emails]
    headline = wrapped(title(profile), _TITLE_CHARACTERS)
    height = sum(heights) + _HEADING * len(heights) + _MARGIN + _TITLE_LINE * headline.count("\n")
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")
    figure.suptitle(headline, x=0.01, ha="left", fontsize=12.5, fontweight="bold")
    days = [_DAYS_LEFT_OUT] if profile.days_left_out else []
    caption = " ".join([simulated, _READING, *days, *_left_out(profile, shown)])
    figure.supxlabel(wrapped(caption, _CAPTION_CHARACTERS), x=0.01, ha="left", fontsize=8.5)
    panels = figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0].tolist()
    axis = WeekAxis.of(profile)
    for panel, level in zip(panels, shown.calls, strict=False):
        draw_service(panel, level, shown, axis)
    draw_positions(panels[calls], shown, axis)
    for panel, level in zip(panels[calls + 1 :], shown.emails, strict=True):
        draw_emails(panel, level, last=panel is panels[-1])
    return figure


def _left_out(profile: WeekProfile, shown: WeekProfile) -> Iterator[str]:
    """Sentences on the queues that aren't shown."""
    every = [*profile.calls, *profile.emails]
    known, told = sum(level.known > 0 for level in every), len(shown.calls) + len(shown.emails)
    if told < known:
        yield f"Shown are the {told} of {known} queues that are worst off."
    if known < len(every):
        yield f"Without contacts of their own: {', '.join(level.queue for level in every if not level.known)}."
