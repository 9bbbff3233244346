"""The chart of the average week: what stands on it, where."""

from __future__ import annotations

import dataclasses
from io import BytesIO

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.figure import Figure

from analysis.charts.week_chart import MOST_QUEUES, draw_week
from analysis.charts.week_profile import Level, WeekProfile, week_profile
from analysis.intervals import CentreStatistics, summarise
from tests.support.counts import blended, random_replications
from tests.support.weeks import LEVEL, few_days, made, never_off

MADE = blended(days=14)
STATISTICS = summarise(MADE, random_replications(MADE, 5), (LEVEL,))


def with_queues(calls: tuple[Level, ...], emails: tuple[Level, ...] = ()) -> WeekProfile:
    """An ordinary week, the calls' first values repeated over its slots."""
    profile = week_profile(STATISTICS, never_off(STATISTICS))

    def spread(level: Level) -> Level:
        estimates = level.estimates
        return dataclasses.replace(
            level, estimates=estimates._replace(
                value=np.resize(estimates.value, profile.weekday.size),
                half_width=np.resize(estimates.half_width, profile.weekday.size),
            ),
        )  # fmt: skip

    return dataclasses.replace(profile, calls=tuple(map(spread, calls)), emails=emails)


def headings(figure: Figure) -> list[str]:
    return [panel.get_title("left").split(" ")[0] for panel in figure.axes]


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
    assert [text.get_text() for text in service.texts] == ["target\n80 %"]
    assert positions.get_title("left").startswith("positions on the phones")
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
    assert caption(figure).endswith("Without contacts of their own: desk.")


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
