"""What titles, headings and notes say of the data."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from analysis.charts.finding import EMAIL_PLACES, call_places, heading, notes, team_heading, team_notes, title
from analysis.charts.queue_week import HandedIn, Level
from tests.support.decisions import ANSWERED, LEVEL, REPLIED, decided
from tests.support.weeks import made, team, waits, week

CALL_PLACES = call_places(week(made()))
FAILS = decided(LEVEL, (0.712, 0.005))


@pytest.mark.parametrize(
    ("level", "found"),
    [
        (
            made(values=(0.81, 0.34), decided=(FAILS,)),
            "calls: 80/10 fails, 71.2 % ± 0.5 in January 2027; thinnest Tue 08:00 (34.0 % ± 1.0)",
        ),
        (
            made(values=(0.9, 0.82), decided=(decided(LEVEL, (0.841, 0.004)),)),
            "calls: 80/10 holds, 84.1 % ± 0.4 in January 2027; thinnest Tue 08:00 (82.0 % ± 1.0)",
        ),
        (
            made(values=(0.9, 0.558), contacts=1.32, decided=(decided(LEVEL, (0.8, 0.004)),)),
            "calls: 80/10 can't be told, 80.0 % ± 0.4 in January 2027; "
            "thinnest Tue 08:00 (55.8 % ± 1.0; few contacts, 1.3 a week)",
        ),
        (
            made(values=(0.9, 0.8), decided=(decided(LEVEL, (0.83, 0.01), (0.712, 0.01), (0.79, 0.004)),)),
            "calls: 80/10 fails in 2 of 3 months, at worst 71.2 % ± 1.0 in February 2027; "
            "thinnest Tue 08:00 (80.0 % ± 1.0)",
        ),
        (
            made(values=(0.9, 0.8), decided=(decided(ANSWERED, (0.97, 0.001)),)),
            "calls: 95 % answered holds, 97.0 % ± 0.1 in January 2027; thinnest Tue 08:00 (80.0 % ± 1.0 in 20 s)",
        ),
        (
            made("emails", values=(0.0,) * 7, is_email=True, decided=(decided(REPLIED, (0.0, 0.001)),)),
            "emails: 80 % in 4 h fails, 0.0 % ± 0.1 in January 2027; none replied to in 4 h on any of 7 weekdays",
        ),
        (
            made(values=(math.nan,), decided=(decided(LEVEL, (0.9, 0.01)),)),
            "calls: 80/10 holds, 90.0 % ± 1.0 in January 2027",
        ),
        (
            made("desk", values=(0.9, 0.795), target=None),
            "No targets are set; desk: thinnest Tue 08:00 (79.5 % ± 1.0 in 20 s)",
        ),
        (made("desk", values=(math.nan,), target=None), "No targets are set; desk: no contacts"),
    ],
)  # fmt: skip
def test_titles_begin_with_the_decision(level: Level, found: str) -> None:
    assert title(week(level)) == found


def test_of_several_targets_how_many_hold_then_the_worst_and_where_its_queue_is_thinnest() -> None:
    calls = made(values=(0.9, 0.3), decided=(decided(LEVEL, (0.83, 0.01)), decided(ANSWERED, (0.96, 0.001))))
    emails = made("emails", values=(0.7, 0.6), is_email=True, decided=(decided(REPLIED, (0.7, 0.01)),))
    assert title(week(calls, emails)) == (
        "2 of 3 targets hold, 1 fails: emails 80 % in 4 h, 70.0 % ± 1.0 in January 2027; thinnest Tue (60.0 % ± 1.0)"
    )
    assert title(week(calls)) == (
        "Both targets hold, closest: calls 95 % answered, 96.0 % ± 0.1 in January 2027; "
        "thinnest Tue 08:00 (30.0 % ± 1.0 in 20 s)"
    )
    both = replace(emails, decided=(decided(REPLIED, (0.9, 0.01), (0.7, 0.01)),))
    assert title(week(made(decided=(FAILS,)), both)).startswith(
        "None of 2 targets holds, 2 fail, worst: emails 80 % in 4 h fails in 1 of 2 months, at worst 70.0 % ± 1.0 in "
    )


def test_titles_of_queues_that_live_on_transfers() -> None:
    assert title(week(waits("experts", (10.0, 26.0), contacts=6.9))) == (
        "No targets are set; experts: handed in, longest Tue 08:00 (26 s ± 2 s; few contacts, 6.9 a week)"
    )


# --- panels -------------------------------------------------------------------------------------------------------


def test_headings_say_what_is_drawn() -> None:
    assert heading(made()) == "calls answered in 20 s"
    assert heading(made("posts", is_email=True)) == "posts replied to in 4 h, by weekday of arrival"
    assert heading(waits("experts", (5.0,))) == "experts: mean wait of contacts handed in"
    assert heading(waits("mails", (5.0,), is_email=True)) == "mails: mean wait of emails, by weekday handed in"
    assert team_heading(team("front", "paris")) == "positions of front (paris)"
    assert team_heading(team("front")) == "positions of front"


@pytest.mark.parametrize(
    ("level", "found"),
    [
        (made(values=(0.81, 0.8, 0.7)), "under 80 % in 1 of 3 hours, lowest Wed 08:00 (70.0 % ± 1.0)"),
        (made(values=(0.81, 0.9)), "lowest Mon 08:00 (81.0 % ± 1.0)"),
        (
            made(values=(0.79, 0.7, 0.9), half_width=0.05),
            "under 80 % in 2 of 3 hours, 1 of them for certain, lowest Tue 08:00 (70.0 % ± 5.0)",
        ),
        (
            made(values=(0.79, 0.9), half_width=math.nan),  # of one replication, which has no intervals
            "under 80 % in 1 of 2 hours, none of them for certain, lowest Mon 08:00 (79.0 %)",
        ),
        (made(values=(0.9, 0.795), target=None), "lowest Tue 08:00 (79.5 % ± 1.0)"),
        (made(values=(0.0, 0.0, math.nan)), "none answered in 20 s in any of 2 hours"),
        (
            made(values=(0.9, 0.81), contacts=0.04),
            "lowest Tue 08:00 (81.0 % ± 1.0; few contacts, under 0.1 a week)",
        ),
        (
            made(handed_in=HandedIn(956, 16.5, 0.072)),
            "lowest Mon 08:00 (90.0 % ± 1.0); besides, 956 handed in, mean wait 16 s, 7.2 % abandoned",
        ),
    ],
)  # fmt: skip
def test_notes_tell_where_the_week_is_thin(level: Level, found: str) -> None:
    assert notes(level, CALL_PLACES) == f"no target; {found}"


def test_notes_tell_every_target_with_its_verdict_and_figure() -> None:
    satisfied = replace(ANSWERED, metric="satisfaction")
    level = made(
        decided=(FAILS, decided(ANSWERED, (0.962, 0.001), (0.97, 0.01)), decided(satisfied, (0.95, 0.01))),
    )
    assert notes(level, CALL_PLACES) == (
        "80/10 fails (71.2 % ± 0.5), 95 % answered holds in all 2 months (96.2 % ± 0.1), "
        "95 % satisfied can't be told (95.0 % ± 1.0); lowest Mon 08:00 (90.0 % ± 1.0)"
    )


def test_notes_of_queues_that_live_on_transfers() -> None:
    assert notes(waits("experts", (10.0, 26.0), offered=126), CALL_PLACES) == (
        "no target; lives on transfers: 2 703 handed in, mean wait 15 s, 9.0 % abandoned; its own 126 aren't drawn; "
        "longest Tue 08:00 (26 s ± 2 s)"
    )
    assert "abandoned; nights count as waiting; longest" in notes(
        waits("mails", (10.0,) * 7, is_email=True), EMAIL_PLACES
    )


def test_notes_of_teams() -> None:
    assert team_notes(team(), CALL_PLACES) == (
        "scheduled (line), busy (area): 75.0 % occupancy, busiest Tue 08:00 (87.5 %)"
    )
    assert team_notes(team(scheduled=0), CALL_PLACES) == "never has positions"
