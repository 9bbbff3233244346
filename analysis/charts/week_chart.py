"""The chart of an average week: a panel for each queue and for each team, on one time axis, and one for its emails."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from sim.scenario.words import listed

from .finding import EMAIL_PLACES, call_places, heading, notes, team_heading, team_notes, title
from .week_panels import WeekAxis, Words, draw_calls, draw_emails, draw_positions, wrapped
from .week_profile import WeekProfile, worst

MOST_QUEUES, MOST_TEAMS = 6, 4
"""Panels that one page holds."""

# Sizes in inches, and characters that fit a line: to be read at half the width of a page, some 85 mm.
_WIDTH, _DPI = 5.6, 220
_SERVICE, _POSITIONS, _EMAILS = (1.5, 0.75), (1.35, 0.7), (0.8, 0.7)
"""Heights of panels: of one alone, and one of several."""
_HEADING, _NOTE_LINE, _MARGIN, _TITLE_LINE = 0.36, 0.14, 1.35, 0.22
_TITLE_CHARACTERS, _CAPTION_CHARACTERS = 52, 84
_READING = (
    "Bands and error bars are 95 % intervals; dots and hatching mark where the whole interval is under the target."
)
_DAYS_LEFT_OUT = "Public holidays and other closed days that a team keeps are left out of its positions."


def draw_week(profile: WeekProfile, simulated: str) -> Figure:
    """The chart: what it shows over it, at its foot ``simulated``, a sentence on what was, and how to read it.

    Queues without contacts have no panel; of more than MOST_QUEUES with contacts those have one that are worst off, of
    more than MOST_TEAMS the busiest.
    """
    shown, places = worst(profile, MOST_QUEUES), call_places(profile)
    calls, emails, teams = shown.calls, shown.emails, profile.teams[:MOST_TEAMS]
    words = [
        *(Words(heading(queue), notes(queue, places)) for queue in calls),
        *(Words(team_heading(team), team_notes(team, places)) for team in teams),
        *(Words(heading(queue), notes(queue, EMAIL_PLACES)) for queue in emails),
    ]
    parts = ((calls, _SERVICE), (teams, _POSITIONS), (emails, _EMAILS))
    heights = [alone if len(of_part) == 1 else each for of_part, (alone, each) in parts for _ in of_part]
    headline = wrapped(title(profile), _TITLE_CHARACTERS)
    note_lines = sum(one.lines[1].count("\n") + 1 for one in words)
    height = sum(heights) + _HEADING * len(heights) + _NOTE_LINE * note_lines
    height += _MARGIN + _TITLE_LINE * headline.count("\n")
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")
    figure.suptitle(headline, x=0.01, ha="left", fontsize=12.5, fontweight="bold")
    caption = " ".join(_caption(profile, shown, simulated))
    figure.supxlabel(wrapped(caption, _CAPTION_CHARACTERS), x=0.01, ha="left", fontsize=8.5)
    panels = figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0].tolist()
    axis, rows = WeekAxis.of(profile), iter(zip(panels, words, strict=True))
    for queue in calls:
        draw_calls(*next(rows), queue, profile, axis)
    for team in teams:
        draw_positions(*next(rows), team, profile, axis, last=team is teams[-1])
    for queue in emails:
        draw_emails(*next(rows), queue, last=queue is emails[-1])
    return figure


def _caption(profile: WeekProfile, shown: WeekProfile, simulated: str) -> Iterator[str]:
    """Its sentences: what was simulated, how to read it, what isn't shown."""
    yield simulated
    yield _READING
    spans = dict.fromkeys(one.target.over for one in profile.decision.targets)
    if spans:
        yield f"Targets are judged by {listed(spans, 'and')}."
    if profile.days_left_out:
        yield _DAYS_LEFT_OUT
    yield from _left_out(profile, shown)


def _left_out(profile: WeekProfile, shown: WeekProfile) -> Iterator[str]:
    """Sentences on the queues and teams that aren't shown."""
    told, known = len(shown.queues), sum(queue.known > 0 for queue in profile.queues)
    if told < known:
        yield f"Shown are the {told} of {known} queues that are worst off."
    if len(profile.teams) > MOST_TEAMS:
        yield f"Shown are the {MOST_TEAMS} busiest of {len(profile.teams)} teams."
    if known < len(profile.queues):
        unknown = (queue.queue for queue in profile.queues if not queue.known)
        yield f"Without anything to show: {listed(unknown, 'and')}."
