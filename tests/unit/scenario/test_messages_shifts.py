"""What a planner reads about shifts that contradict each other, the contract, the team's hours, or "
"the law's limits."""

from __future__ import annotations

import pytest

from sim.scenario.load import load_scenario
from sim.scenario.shift_weeks import longest_week, shifts_of, week_rules
from sim.scenario.shifts import WorkingTime, parse_every, parse_starts
from sim.scenario.week import united

H = 3_600_000
LUNCH = {"lunch": {"length": "1 h", "between": "12:00-14:00"}}
DAY = {"start": "09:00", "length": "8 h", "breaks": LUNCH}
"""Monday to Friday 09:00-17:00, when the small team is there; 7 h paid, 35 a week."""


def with_day(**changes: object) -> dict[str, object]:
    return {"teams.advisers.shifts": {"day": DAY | changes}}


@pytest.mark.parametrize(
    ("written", "starts_h"),
    [
        ("08:00", [8]),
        (["09:30", "08:00"], [8, 9.5]),
        ("07:30-09:00 every 30 min", [7.5, 8, 8.5, 9]),
        ("08:00–09:00 every 1 h", [8, 9]),
        (["06:00", "08:00-09:00 every 1 h"], [6, 8, 9]),
    ],
)
def test_starts(written, starts_h):
    assert parse_starts(written) == tuple(round(start * H) for start in starts_h)


@pytest.mark.parametrize("written", ["8", "24:00", "09:00-08:00 every 1 h", "08:00 every 1 h", [], [8], None, 8.5])
def test_what_is_no_start(written):
    with pytest.raises(ValueError, match=r"must|write"):
        parse_starts(written)


def test_how_often():
    assert (parse_every("every 3 weeks"), parse_every("every week")) == (3, 1)
    for wrong in (3, "3", "every 0 weeks", "every third week"):
        with pytest.raises(ValueError, match="must be how often"):
            parse_every(wrong)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"teams.advisers.shifts": {}}, "teams.advisers.shifts: names no shift; give at least one, or leave it out"),
        (
            {"teams.advisers.working_time": {}},
            "teams.advisers.working_time: needs shifts: it says how they make up a week",
        ),
        (
            {"teams.advisers": {"positions": 3, "shifts": {"day": DAY}}},
            "teams.advisers.shifts: needs heads: positions are there whatever shifts people work",
        ),
        (with_day(start="8h30"), 'teams.advisers.shifts.day.start: write 08:30 (got "8h30")'),
        (with_day(lenght="7 h"), 'teams.advisers.shifts.day.lenght: unknown field; did you mean "length"?'),
        (with_day(length="25 h"), "teams.advisers.shifts.day.length: is longer than a day"),
        (
            with_day(breaks={"lunch": {"length": "1 h", "between": "12:00-12:30"}}),
            "teams.advisers.shifts.day.breaks.lunch.between: is shorter than the break",
        ),
        (
            with_day(breaks={"lunch": {"length": "1 h", "between": "17:00-19:00"}}),
            "teams.advisers.shifts.day.breaks.lunch.between: 17:00-19:00 leaves no room for the break of the "
            "shift from "
            "09:00 to 17:00",
        ),
        (
            with_day(breaks=LUNCH | {"pause": {"length": "15 min", "between": "13:30-15:00"}}),
            'teams.advisers.shifts.day.breaks.pause.between: overlaps the window of "lunch" of the shift from '
            "09:00 to 17:00",
        ),
        (
            with_day(breaks={}),
            "teams.advisers.shifts.day: needs a break: it is longer than 6 h (working_time.break_after); write "
            "breaks: "
            '{lunch: {length: 45 min, between: "12:00-14:00"}}',
        ),
        (
            {**with_day(length="9 h", start="08:00"), "teams.advisers.working_time": {"hours_a_day": "7 h"}},
            "teams.advisers.shifts.day.length: is 8 h paid, longer than the 7 h that a day may have "
            "(working_time.hours_a_day)",
        ),
        (
            with_day(days="mon-sat"),
            "teams.advisers.shifts.day.days: the team isn't there on sat; it is mon-fri 09:00-17:00",
        ),
        (
            {"teams.advisers.shifts": {"day": DAY, "night": DAY | {"start": "17:00", "breaks": {}, "length": "5 h"}}},
            "teams.advisers.shifts.night.start: nobody is wanted of the shift from 17:00 to 22:00; the team is there "
            "mon-fri 09:00-17:00",
        ),
        (
            with_day(start="09:30"),
            "teams.advisers.shifts: leave mon-fri 09:00-09:30 without anybody, though the team is there then; "
            "add a shift, "
            'or say with "hours" when the team is there',
        ),
        (
            with_day(length="8 h 30 min"),
            "teams.advisers.shifts: 5 of them are 37 h 30 min paid at least, above the contract's 35 h; make "
            "them shorter, "
            "their breaks longer, or working_time.days_a_week fewer",
        ),
        (
            {**with_day(), "teams.advisers.contract": "60 h", "teams.advisers.working_time": {"hours_a_week": "30 h"}},
            "teams.advisers.shifts: 5 of them are 35 h paid at least, above the week's limit of 30 h; make them "
            "shorter, "
            "their breaks longer, or working_time.days_a_week fewer",
        ),
        (
            {**with_day(), "teams.advisers.working_time": {"days_a_week": 6}},
            "teams.advisers.working_time.days_a_week: 6 shifts a week, but they may be worked on mon-fri only; "
            "make it 5",
        ),
        (
            {**with_day(), "teams.advisers.working_time": {"daily_rest": "17 h"}},
            "teams.advisers.shifts: no week of 5 of them keeps the rules of working_time and the hours of the "
            "contract: see "
            "its daily_rest, weekly_rest, days_in_a_row, days_off and shift",
        ),
        (
            {**with_day(), "teams.advisers.working_time": {"saturdays": 3}},
            'teams.advisers.working_time.saturdays: must be how often at most, such as "every 3 weeks" or "every '
            'week" (got 3)',
        ),
        (
            {**with_day(), "teams.advisers.working_time": {"rotation": ["day", "dya"]}},
            'teams.advisers.working_time.rotation: names no shift of the team: "dya"; did you mean "day"?',
        ),
        (
            {**with_day(), "teams.advisers.working_time": {"rotation": ["day"], "shift": "may change daily"}},
            'teams.advisers.working_time.rotation: goes from week to week: it needs shift: "same all week"',
        ),
        (
            {**with_day(), "teams.advisers.working_time": {"rotation": ["day"] * 14}},
            "teams.advisers.working_time.rotation: has 14 weeks; at most 13",
        ),
        (
            {
                "teams.advisers.shifts": {"day": DAY, "short": DAY | {"days": "mon-wed"}},
                "teams.advisers.working_time": {"rotation": ["day", "short"]},
            },
            'teams.advisers.working_time.rotation: 5 shifts a week can\'t be of "short": see its days, '
            "and hours_a_week",
        ),
        (
            {
                "calendar.open": {"mon-sun": "06:00-22:00"},
                "teams.advisers.hours": {"mon-sun": "06:00-22:00"},
                "teams.advisers.contract": "40 h",
                "teams.advisers.shifts": {
                    "early": {"start": "06:00", "length": "8 h", "days": "mon-fri", "breaks": {}},
                    "late": {"start": "14:00", "length": "8 h", "days": "wed-sun", "breaks": {}},
                    "rest": {"start": ["06:00", "14:00"], "length": "8 h"},
                },
                "teams.advisers.working_time": {"rotation": ["early", "late"], "break_after": "8 h"},
            },
            "teams.advisers.working_time.rotation: nobody can go through early and late week after week: daily_rest, "
            "weekly_rest or days_in_a_row don't allow it from one week to the next",
        ),
        (
            {**with_day(), "teams.advisers.shrinkage": {"sickness": "5 %", "breaks": "7 %"}},
            "teams.advisers.shrinkage.breaks: the shifts say when people are on a break, so it would be counted "
            "twice; drop it "
            "here, and give the shifts all their breaks",
        ),
    ],
)
def test_one_clear_message(problems_of, small, changes, problem):
    assert problems_of(small(changes)) == [problem]


def test_a_saturday_every_few_weeks_needs_weeks_without(problems_of, small):
    six = {"calendar": {"open": {"mon-sat": "09:00-15:00"}}, "teams.advisers.contract": "36 h"}
    shifts = {"teams.advisers.shifts": {"day": {"start": "09:00", "length": "6 h"}}}
    turns = {"teams.advisers.working_time": {"days_a_week": 6, "saturdays": "every 2 weeks"}}
    assert problems_of(small({**six, **shifts, **turns})) == [
        "teams.advisers.working_time.saturdays: no week of 6 shifts is without a Saturday, so nobody can "
        "work there only "
        "every few weeks"
    ]


def test_a_shift_that_nobody_has_a_turn_of_is_told(doubts):
    """A short day goes with the others on Fridays; the third is worked by nobody."""
    shifts = {
        name: DAY | {"days": days} for name, days in (("one", "mon-thu"), ("two", "mon-thu"), ("three", "mon-thu"))
    }
    changes = {
        "teams.advisers.shifts": shifts | {"friday": DAY | {"days": "fri"}},
        "teams.advisers.working_time": {"rotation": ["one", "two"]},
    }
    assert doubts(changes) == [
        "teams.advisers.shifts.three: is not in working_time.rotation, so nobody works it: name it there, or drop it"
    ]


def test_too_many_weeks(problems_of, small):
    starts = {
        "start": "06:00-09:00 every 15 min",
        "length": "11 h",
        "breaks": {"lunch": {"length": "4 h", "between": "10:00-16:00"}},
    }
    free = {"teams.advisers.shifts": {"day": starts}, "teams.advisers.working_time": {"shift": "may change daily"}}
    (told,) = problems_of(small(free))
    assert told.startswith(
        "teams.advisers.shifts: leave more than 20000 different weeks to choose from; fewer starts, or"
    )


def test_the_limits_are_the_unions_unless_the_file_has_others():
    """Directive 2003/88/EC: 11 h daily (Article 3), 24 and 11 h weekly rest (5), 48 h (6), a break after 6 h (4)."""
    rules = WorkingTime()
    assert (rules.daily_rest, rules.weekly_rest, rules.hours_a_week, rules.break_after) == (
        11 * H,
        35 * H,
        48 * H,
        6 * H,
    )


def test_what_programmes_are_given(small, write):
    model = load_scenario(
        write(
            small(
                {
                    **with_day(start="08:45-09:15 every 15 min", length="8 h 15 min"),
                    "teams.advisers.contract": "36.25 h",
                }
            )
        )
    ).model
    team, hours = model.teams["advisers"], united(model.team_hours("advisers"))
    shifts = shifts_of(team, hours)
    assert [shift.start_ms / H for shift in shifts] == [8.75, 9, 9.25]
    assert {shift.days for shift in shifts} == {(0, 1, 2, 3, 4)}
    assert {(shift.paid_ms / H, shift.worked_ms / H) for shift in shifts} == {(7.25, 7.25)}
    assert week_rules(team).most_ms == 36.25 * H
    assert longest_week(team, hours).paid_ms == 36.25 * H


def test_a_contract_that_shifts_dont_fill_is_told(doubts):
    assert doubts(with_day()) == []
    assert doubts({**with_day(), "teams.advisers.contract": "38 h"}) == [
        "teams.advisers.shifts: make up 35 of the contract's 38 h at most; the rest is paid and nobody is "
        "there for it: make "
        "them longer, or more a week"
    ]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"teams.advisers.overtime": [{"from": "2027-01-04", "until": "2027-01-31", "hours": "2 h per week"}]},
            "teams.advisers.overtime: can't stand beside shifts: add a template that is longer",
        ),
        (
            {"teams.advisers.coaching": {"coaches": 1, "time": "30 %", "per_agent": "30 min per week"}},
            "teams.advisers.coaching: can't stand beside shifts: give its share of the hours as a reason of shrinkage",
        ),
        (
            {"teams.advisers.contract": {"35 h": "50 %", "28 h": "50 %"}},
            "teams.advisers.contract: must be one beside shifts: make a team of those who have another",
        ),
    ],
)
def test_what_a_schedule_of_whole_days_does_not_know(small, problems_of, changes, problem):
    assert any(told.startswith(problem) for told in problems_of(small({**with_day(), **changes})))
