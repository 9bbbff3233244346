"""The chart of the average week: what stands on it, where."""

from __future__ import annotations

import dataclasses
from io import BytesIO

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.figure import Figure

from analysis.charts.queue_week import QueueWeek
from analysis.charts.week_chart import MOST_QUEUES, MOST_TEAMS, draw_week
from analysis.charts.week_panels import wrapped
from analysis.charts.week_profile import WeekProfile, week_profile
from analysis.intervals import CentreStatistics, summarise
from tests.support.counts import blended, random_replications
from tests.support.decisions import decision
from tests.support.weeks import LEVEL, few_days, made, never_off, waits

MADE = blended(days=14)
STATISTICS = summarise(MADE, random_replications(MADE, 5), (LEVEL,))


def with_queues(calls: tuple[QueueWeek, ...], emails: tuple[QueueWeek, ...] = ()) -> WeekProfile:
    """An ordinary week, the calls' first values repeated over its slots."""
    profile = week_profile(STATISTICS, never_off(STATISTICS))

    def spread(level: QueueWeek) -> QueueWeek:
        estimates = level.estimates
        return dataclasses.replace(
            level, estimates=estimates._replace(
                value=np.resize(estimates.value, profile.weekday.size),
                half_width=np.resize(estimates.half_width, profile.weekday.size),
            ), contacts=np.resize(level.contacts, profile.weekday.size),
        )  # fmt: skip

    targets = decision(*(one for queue in (*calls, *emails) for one in queue.decided))
    return dataclasses.replace(profile, calls=tuple(map(spread, calls)), emails=emails, decision=targets)


def headings(figure: Figure) -> list[str]:
    return [panel.get_title("left").split(" ")[0].rstrip(":") for panel in figure.axes]


def texts(panel: Axes) -> list[str]:
    return [text.get_text().replace("\N{NO-BREAK SPACE}", " ").replace("\n", " ") for text in panel.texts]


def caption(figure: Figure) -> str:
    return figure.get_supxlabel().replace("\n", " ")


@pytest.mark.parametrize("statistics", [STATISTICS, few_days(81), few_days(81, days=1)])
def test_it_can_be_written(statistics: CentreStatistics) -> None:
    picture = BytesIO()
    draw_week(week_profile(statistics, never_off(statistics)), "An average week.").savefig(picture, format="png")
    assert picture.getvalue().startswith(b"\x89PNG")


def test_title_labels_target_and_how_to_read_it() -> None:
    figure = draw_week(week_profile(few_days(75), never_off(few_days(75))), "What was simulated.")
    service, positions = figure.axes
    assert figure.get_suptitle().replace("\N{NO-BREAK SPACE}", " ").startswith("calls: ")
    assert texts(service)[0] == "target 80 %"
    assert "80/20 fails (74.0 % ± " in texts(service)[1]
    assert positions.get_title("left") == "positions of team"
    assert positions.get_xlabel() == "time of day (h)"
    assert caption(figure).startswith("What was simulated. Bands and error bars are 95")


def test_each_queue_has_a_panel_the_worst_first_and_calls_share_the_time_axis() -> None:
    calls = made("fine", values=(0.99,)), made("low", values=(0.7,))
    emails = made("late", values=(0.9,) * 7, is_email=True), made("later", values=(0.1,) * 7, is_email=True)
    figure = draw_week(with_queues(calls, emails), "")
    assert headings(figure) == ["low", "fine", "positions", "later", "late"]
    assert all(len(panel.collections) == 7 for panel in figure.axes[:2])  # a band for each day
    assert len({panel.get_xlim() for panel in figure.axes[:3]}) == 1
    assert [bool(panel.get_xlabel()) for panel in figure.axes] == [False, False, True, False, True]


def test_of_many_queues_the_worst_are_shown_and_it_is_said() -> None:
    many = tuple(made(f"queue_{place}", values=(0.79 - place / 100,)) for place in range(MOST_QUEUES + 2))
    figure = draw_week(with_queues(many), "")
    assert headings(figure)[:-1] == [f"queue_{place}" for place in range(MOST_QUEUES + 1, 1, -1)]
    assert "Shown are the 6 of 8 queues that are worst off." in caption(figure)
    assert "worst off" not in caption(draw_week(with_queues(many[:MOST_QUEUES]), ""))


def test_queues_without_contacts_are_named_not_shown() -> None:
    figure = draw_week(with_queues((made("calls"), made("desk", values=(np.nan,)))), "")
    assert headings(figure) == ["calls", "positions"]
    assert caption(figure).endswith("Without anything to show: desk.")


def test_the_caption_tells_that_holidays_are_left_out_if_they_are() -> None:
    off = never_off(STATISTICS)
    off[0, 4] = True
    told, untold = (caption(draw_week(week_profile(STATISTICS, days), "")) for days in (off, never_off(STATISTICS)))
    assert "Public holidays" in told
    assert "Public holidays" not in untold


def errors(panel: Axes) -> np.ndarray:
    """Ends of the error bars, (bars, 2)."""
    (bars,) = (one for one in panel.containers if isinstance(one, BarContainer))
    assert isinstance(bars.errorbar, ErrorbarContainer)
    (lines,) = bars.errorbar.lines[2]
    return np.array([path.vertices[:, 1] for path in lines.get_paths()])


def test_error_bars_end_at_nothing_and_at_all() -> None:
    emails = made("emails", values=(0.999, 0.5, 0.001, 1.0, 1.0, 0.0, 0.0), half_width=0.01, is_email=True)
    figure = draw_week(with_queues((), (emails,)), "")
    ends = errors(figure.axes[-1])
    assert (ends.min(), ends.max()) == (0, 1)
    np.testing.assert_allclose(ends[1], [0.49, 0.51])


def test_bands_end_at_nothing_and_at_all() -> None:
    figure = draw_week(with_queues((made(values=(0.999, 0.001), half_width=0.01),)), "")
    heights = np.concatenate([path.vertices[:, 1] for band in figure.axes[0].collections for path in band.get_paths()])
    assert (heights.min(), heights.max()) == (0, 1)


def test_what_is_short_is_marked_by_shape() -> None:
    emails = made("emails", values=(0.9, 0.5, 0.9, 0.9, 0.9, 0.9, 0.1), is_email=True)
    figure = draw_week(with_queues((made(values=(0.9, 0.7)),), (emails,)), "")
    dots = figure.axes[0].lines[7]  # after a line for each day
    assert (dots.get_marker(), len(dots.get_xdata())) == ("o", 35)
    assert [bool(bar.get_hatch()) for bar in figure.axes[-1].patches] == [False, True, *[False] * 4, True]


# --- what can't be seen is written --------------------------------------------------------------------------------


def test_bars_of_nothing_have_their_figure_and_days_without_emails_say_so() -> None:
    emails = made("emails", values=(0.0, 0.01, 0.5, np.nan, 0.9, 0.9, 0.9), is_email=True)
    assert texts(draw_week(with_queues((), (emails,)), "").axes[-1])[1:4] == ["0.0 %", "1.0 %", "no emails"]


def test_lines_and_dots_at_nothing_are_not_cut_off() -> None:
    figure = draw_week(with_queues((made(values=(0.0,)),)), "")
    assert not any(line.get_clip_on() for line in figure.axes[0].lines[:8])


# --- transfers, teams ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "unit", "highest"), [(25.0, "s", 25), (1200.0, "min", 20), (5 * 3600.0, "h", 5), (0.0, "s", 0)]
)
def test_waits_stand_in_a_unit_that_fits(seconds: float, unit: str, highest: float) -> None:
    figure = draw_week(
        with_queues((waits("experts", (seconds,)),), (waits("mails", (seconds,) * 7, is_email=True),)), ""
    )
    live, mails = figure.axes[0], figure.axes[-1]
    assert live.lines[0].get_ydata()[0] == highest
    assert mails.patches[0].get_height() == highest
    assert mails.get_xlabel() == "weekday on which the email was handed in"
    for panel in (live, mails):
        assert panel.yaxis.get_major_formatter()(2) == f"2 {unit}"
        assert panel.get_ylim()[1] > highest


def test_teams_have_a_panel_each_the_last_with_the_hours() -> None:
    profile = with_queues((made(),))
    (one,) = profile.teams
    many = tuple(dataclasses.replace(one, team=f"team_{number}") for number in range(MOST_TEAMS + 2))
    for teams, told in ((many[:2], False), (many, True)):
        figure = draw_week(dataclasses.replace(profile, teams=teams), "")
        panels = figure.axes[1:]
        named = [panel.get_title("left") for panel in panels]
        assert named == [f"positions of team_{number}" for number in range(min(len(teams), MOST_TEAMS))]
        assert [bool(panel.get_xlabel()) for panel in panels] == [*[False] * (len(panels) - 1), True]
        assert ("Shown are the 4 busiest of 6 teams." in caption(figure)) == told


def test_lines_break_between_words_only() -> None:
    """A number stays with its unit and its interval, a day with its hour."""
    for words in ("89.7 % ± 0.4", "2 703", "2 min 58 s", "Mon 10:30", "4 h"):
        assert "\n" not in wrapped(f"a {words} b", len(words)).replace("a\n", "").replace("\nb", "")
