"""Days and opening hours as people write them."""

import pytest
from pydantic import ValidationError

from sim.scenario.parse import HOUR_MS
from sim.scenario.week import (
    days_in_words,
    hours_in_words,
    overlap,
    parse_day_hours,
    parse_days,
    parse_week_hours,
    united,
    week_ms,
    without,
)


def hours(*spans):
    return tuple((start * HOUR_MS, end * HOUR_MS) for start, end in spans)


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("mon", (0,)),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("sat-mon", (5, 6, 0)),
        ("sun-thu", (6, 0, 1, 2, 3)),
        ("mon, wed", (0, 2)),
        ("mon-tue,sun", (0, 1, 6)),
        ("every day", (0, 1, 2, 3, 4, 5, 6)),
        ("fri-fri", (4,)),
    ],
)
def test_day_keys(key, days):
    assert parse_days(key) == days


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("monday", 'unknown weekday; did you mean "mon"?'),
        ("son", 'unknown weekday; did you mean "sun"?'),
        ("lun", "unknown weekday; write mon to sun, mon-fri or every day"),
        ("daily", "unknown weekday; write mon to sun, mon-fri or every day"),
        ("", "unknown weekday; write mon to sun, mon-fri or every day"),
        ("mon-", "unknown weekday; write mon to sun, mon-fri or every day"),
    ],
)
def test_unknown_days(key, sentence):
    with pytest.raises(ValueError, match="unknown weekday") as caught:
        parse_days(key)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        ("08:00-20:00", hours((8, 20))),
        ("8:00 - 24:00", hours((8, 24))),
        ("08:00–20:00", hours((8, 20))),
        (["14:00-18:00", "08:00-12:00"], hours((8, 12), (14, 18))),
        (["08:00-12:00", "12:00-18:00"], hours((8, 18))),
        ("closed", ()),
        ([], ()),
        ("24 h", hours((0, 24))),
    ],
)
def test_hours_of_a_day(written, spans):
    assert parse_day_hours(written) == spans


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("20:00-08:00", "must end after they begin"),
        ("08:00-08:00", "must end after they begin"),
        (["08:00-12:00", "11:00-13:00"], "08:00-12:00 and 11:00-13:00 overlap"),
        ("8-18", "write 08:00-18:00"),
        ("8h-18h30", "write 08:00-18:30"),
        ("8-18:30", "write 08:00-18:30"),
        ("8-25", "write 08:00"),
        ("10:00-12:00, 14:00-17:00", r"write a list, \[10:00-12:00, 14:00-17:00\]"),
        ("10:00-12:00, noon", "must be a time written 08:30"),
        ("08:00", "must be hours such as 08:00-20:00"),
        ("08:00-25:00", "must be a time written 08:30"),
        (480, "must be hours such as 08:00-20:00"),
        (None, "must be hours such as 08:00-20:00"),
    ],
)
def test_impossible_hours(written, part):
    with pytest.raises(ValueError, match=part):
        parse_day_hours(written)


def test_a_week_leaves_the_other_days_closed():
    week = parse_week_hours({"mon-fri": "08:00-20:00", "sat": "09:00-13:00"})
    assert week == (hours((8, 20)),) * 5 + (hours((9, 13)), ())
    assert week_ms(week) == 64 * HOUR_MS


def test_a_day_named_again_has_the_later_hours():
    week = parse_week_hours({"mon-fri": "08:00-20:00", "fri": "08:00-18:00"})
    assert week[3:5] == (hours((8, 20)), hours((8, 18)))


def test_every_wrong_day_is_told_at_its_place():
    with pytest.raises(ValidationError) as caught:
        parse_week_hours({"mon": "08:00", "tue": "20:00-08:00", "wed": "08:00-12:00", "thr": "closed"})
    assert [error["loc"] for error in caught.value.errors()] == [("mon",), ("tue",), ("thr",)]


def test_a_week_must_open():
    with pytest.raises(ValidationError, match="closed all week"):
        parse_week_hours({"every day": "closed"})


def test_hours_in_any_of_several_weeks():
    week = parse_week_hours({"mon": ["08:00-12:00", "14:00-18:00"], "tue": "08:00-12:00"})
    other = parse_week_hours({"mon": "11:00-14:00", "wed": "09:00-10:00"})
    assert united([week, other]) == (hours((8, 18)), hours((8, 12)), hours((9, 10)), (), (), (), ())


def test_weeks_that_meet():
    morning, noon = parse_week_hours({"mon": "08:00-12:00"}), parse_week_hours({"mon": "12:00-14:00"})
    assert overlap(morning, parse_week_hours({"every day": "11:00-13:00"}))
    assert not overlap(morning, noon)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"mon-fri": "08:00-20:00", "sat": "9:00-13:30"}, "mon-fri 08:00-20:00, sat 09:00-13:30"),
        (
            {"mon,wed": ["08:00-12:00", "14:00-17:00"]},
            "mon 08:00-12:00 and 14:00-17:00, wed 08:00-12:00 and 14:00-17:00",
        ),
        ({"every day": "24 h", "sun": "closed"}, "mon-sat 00:00-24:00"),
    ],
)
def test_hours_in_words(written, told):
    assert hours_in_words(parse_week_hours(written)) == told


def test_hours_without_others():
    week = (hours((8, 12), (13, 18)), hours((9, 17)), *[()] * 5)
    others = (hours((7, 9), (11, 14), (18, 20)), hours((9, 17)), hours((1, 2)), *[()] * 4)
    assert without(week, others) == (hours((9, 11), (14, 18)), *[()] * 6)
    assert without(week, ((),) * 7) == week
    assert without(((),) * 7, week) == ((),) * 7
    middle = (hours((10, 11), (15, 16)), *[()] * 6)
    assert without(week, middle)[0] == hours((8, 10), (11, 12), (13, 15), (16, 18))


def test_days_as_a_file_writes_them():
    assert days_in_words((0, 1, 2, 3, 4)) == "mon-fri"
    assert days_in_words((0, 2, 5, 6)) == "mon, wed, sat-sun"
    assert days_in_words(()) == ""
