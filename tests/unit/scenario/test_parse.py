"""Quantities as people write them."""

import math
from datetime import date

import pytest

from sim.scenario import parse
from sim.scenario.deflection import parse_dated_shares
from sim.scenario.parse import Growth, Money, ShareWithin, Span
from sim.scenario.pressure import parse_handle_time_change
from sim.scenario.satisfaction import parse_points


@pytest.mark.parametrize(
    ("parser", "written", "value"),
    [
        (parse.parse_duration, "10 min", 600_000),
        (parse.parse_duration, "10 mins", 600_000),
        (parse.parse_duration, "2 hrs 1 hr 3 secs", 10_803_000),
        (parse.parse_duration, "3.5 min", 210_000),
        (parse.parse_duration, "1 h 30 min", 5_400_000),
        (parse.parse_duration, " 90S ", 90_000),
        (parse.parse_duration, "250 ms", 250),
        (parse.parse_duration, "3 weeks", 1_814_400_000),
        (parse.parse_duration, 0, 0),
        (parse.parse_share, "80 %", 0.8),
        (parse.parse_share, "80%", 0.8),
        (parse.parse_share, 0.8, 0.8),
        (parse.parse_share, 1, 1.0),
        (parse.parse_share, "0.5 %", 0.005),
        (parse.parse_factor, "110 %", 1.1),
        (parse.parse_factor, 1.1, 1.1),
        (parse.parse_variation, "8 %", 0.08),
        (parse.parse_weight, "23 %", 23.0),
        (parse.parse_weight, 4.5, 4.5),
        (parse.parse_change, "+40 %", 1.4),
        (parse.parse_change, "-10 %", 0.9),
        (parse.parse_change, "-100 %", 0.0),
        (parse.parse_change, "0 %", 1.0),
        (parse.parse_growth, "2 % per month", Growth(0.02, "month")),
        (parse.parse_growth, "+2.5 % per year", Growth(0.025, "year")),
        (parse.parse_growth, "-1 % per week", Growth(-0.01, "week")),
        (parse.parse_share_within, "80 % in 10 s", ShareWithin(0.8, 10_000)),
        (parse.parse_share_within, "100 % in 0 s", ShareWithin(1.0, 0)),
        (parse.parse_span, "12 months", Span(12, "month")),
        (parse.parse_span, "1 week", Span(1, "week")),
        (parse.parse_money, "36000 EUR", Money(36000, "EUR")),
        (parse.parse_hours_a_week, "35 h per week", 126_000_000),
        (parse.parse_hours_a_week, "37.5 h", 135_000_000),
        (parse.parse_date, "2028-02-29", date(2028, 2, 29)),
        (parse.parse_clock, "8:30", 30_600_000),
        (parse.parse_clock, "24:00", 86_400_000),
        (parse.parse_flag, "no", False),
        (parse.parse_flag, True, True),
        (parse.whole_number(0, 9), 3.0, 3),
    ],
)
def test_reads(parser, written, value):
    assert parser(written) == pytest.approx(value) if isinstance(value, float) else parser(written) == value


@pytest.mark.parametrize(
    ("parser", "written", "sentence"),
    [
        (parse.parse_duration, 10, 'needs a unit, such as "10 min", "4 h" or "3 weeks"'),
        (parse.parse_duration, "10", 'must be a duration such as "10 min", "4 h" or "3 weeks"'),
        (parse.parse_duration, None, 'must be a duration such as "10 min", "4 h" or "3 weeks"'),
        (parse.parse_duration, True, 'must be a duration such as "10 min", "4 h" or "3 weeks"'),
        (parse.parse_duration, "-3 min", "can't be negative"),
        (parse.parse_duration, "3,5 min", "write 3.5 min"),
        (parse.parse_positive_duration, "1 h 7,5 min", "write 1 h 7.5 min"),
        (parse.parse_share, "50,5 %", "write 50.5 %"),
        (parse.parse_share, "120,5 %", 'must be a share such as "80 %" or 0.8'),
        (parse.parse_change, "+2,5 %", "write +2.5 %"),
        (parse.parse_growth, "1,5 % per month", "write 1.5 % per month"),
        (parse.parse_share_within, "82,5 % in 7,5 s", "write 82.5 % in 7.5 s"),
        (parse.parse_money, "36.000,50 EUR", "write 36000.50 EUR"),
        (parse.parse_hours_a_week, "37,5 h per week", "write 37.5 h per week"),
        (parse_points, "0,5 points", "write 0.5 points"),
        (parse_handle_time_change, "-1,5 min", "write -1.5 min"),
        (parse_dated_shares, "7,5 %", "write 7.5 %"),
        (parse.parse_duration, "2 months", "months and years have no fixed length; write days or weeks"),
        (parse.parse_duration, "9" * 200 + " weeks", "is longer than 10 years"),
        (parse.parse_positive_duration, "-3 min", "must be longer than 0"),
        (parse.parse_positive_duration, "0 min", "must be longer than 0"),
        (parse.parse_positive_duration, "0.1 ms", "must be longer than 0"),
        (parse.parse_share, 80, "write 80 %"),
        (parse.parse_share, 3, "write 3 %"),
        (parse.parse_share, 101, 'write a share such as "80 %" or 0.8'),
        (parse.parse_variation, 90, "write 90 %"),
        (parse.parse_variation, 101, "must be at most 10"),
        (parse.parse_share_within, "80/20", "write 80 % in 20 s"),
        (parse.parse_money, "36.000 €", 'write the currency in three letters behind the amount, such as "36000 EUR"'),
        (parse.parse_share, "120 %", "can't be more than 100 %"),
        (parse.parse_share, "-5 %", "can't be negative"),
        (parse.parse_share, "a lot", 'must be a share such as "80 %" or 0.8'),
        (parse.parse_share, True, 'must be a share such as "80 %" or 0.8'),
        (parse.parse_share, math.nan, "must be a finite number"),
        (parse.parse_share_below_one, "100 %", "must be less than 100 %"),
        (parse.parse_change, "40 %", 'write a change with its sign, such as "+40 %" or "-10 %"'),
        (parse.parse_change, "-110 %", 'can\'t take away more than there is ("-100 %")'),
        (parse.parse_growth, "2 percent", 'must be a growth such as "2 % per month" (or week, or year)'),
        (parse.parse_growth, "-100 % per year", "must lie between -100 % and 1000 %"),
        (parse.parse_share_within, "10 s", 'must be a share within a time, such as "80 % in 10 s"'),
        (parse.parse_share_within, "80 in 10 s", 'must begin with a share, such as "80 % in 10 s"'),
        (parse.parse_share_within, "120 % in 10 s", "can't be more than 100 %"),
        (parse.parse_share_within, "0 % in 10 s", "must be more than 0 %"),
        (parse.parse_span, "0 days", "must be longer than 0"),
        (
            parse.parse_span,
            "1.5 months",
            'must be whole months, weeks or days, such as "12 months", "4 weeks" or "30 days"',
        ),
        (parse.parse_money, "36000", 'must be an amount and its currency, such as "36000 EUR"'),
        (parse.parse_hours_a_week, "200 h per week", "must be more than 0 and at most 168 hours"),
        (parse.parse_date, "2027-02-30", "is not a date that exists"),
        (parse.parse_date, "04/01/2027", "must be a date written 2027-01-04 (year-month-day)"),
        (parse.parse_date, "0001-01-01", "must lie between the years 1970 and 2200"),
        (parse.parse_clock, "9h", "write 09:00"),
        (parse.parse_clock, "9 h", "write 09:00"),
        (parse.parse_clock, "8.30", "write 08:30"),
        (parse.parse_clock, "18h15", "write 18:15"),
        (parse.parse_clock, "9", "write 09:00"),
        (parse.parse_clock, "25 h", "must be a time written 08:30, from 00:00 to 24:00"),
        (parse.parse_clock, "24:30", "must be a time written 08:30, from 00:00 to 24:00"),
        (parse.parse_text, "two\nlines", "must be one line of at most 200 printable characters"),
        (parse.parse_text, "\ud800", "must be one line of at most 200 printable characters"),
        (parse.parse_text, 3, "must be text; put it in quotes if it looks like a number"),
        (parse.parse_name, "a.b", "a name is made of letters, digits, _ and -, at most 60 of them; take out ."),
        (
            parse.parse_name,
            "-ab",
            "a name is made of letters, digits, _ and -, at most 60 of them; take out - in front",
        ),
        (parse.parse_name, "a" * 61, "a name is made of letters, digits, _ and -, at most 60 of them; it has 61"),
        (
            parse.parse_name,
            "a\tb",
            "a name is made of letters, digits, _ and -, at most 60 of them; take out what can't be seen",
        ),
        (parse.parse_flag, "maybe", "must be true or false"),
        (parse.whole_number(0, 9), 2.5, "must be a whole number"),
        (parse.whole_number(0, 9), "3", "must be a whole number"),
        (parse.whole_number(0, 9), 10**400, "is too large a number"),
        (parse.whole_number(1, 100_000), 0, "must be at least 1"),
        (parse.whole_number(1, 100_000), 100_001, "must be at most 100000"),
        (parse.real_number(0, 5e7), 1e308, "must be at most 50000000"),
        (parse.real_number(0, 5e7), -1, "can't be negative"),
        (parse.real_number(0, 5e7), "19 000", "write 19000"),
        (parse.real_number(0, 5e7), "1.234,5", "write 1234.5"),
        (parse.real_number(0, 5e7), "1,234.5", "write 1234.5"),
        (parse.whole_number(0, 10**6), "1.234.567", "must be a whole number"),
        (parse.whole_number(0, 10**7), "1.234.567", "write 1234567"),
        (parse.whole_number(0, 10**6), "1,234", "write 1234"),
        (parse.real_number(0, 5e7), "19,000", "write 19000 or 19.000"),
    ],
)
def test_refuses_in_a_sentence(parser, written, sentence):
    with pytest.raises(ValueError, match=r".") as caught:
        parser(written)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        (date(2027, 1, 4), Span(12, "month"), date(2028, 1, 4)),
        (date(2027, 1, 31), Span(1, "month"), date(2027, 2, 28)),
        (date(2027, 11, 30), Span(3, "month"), date(2028, 2, 29)),
        (date(2027, 1, 4), Span(4, "week"), date(2027, 2, 1)),
        (date(2028, 2, 29), Span(1, "year"), date(2029, 2, 28)),
        (date(2027, 12, 31), Span(1, "day"), date(2028, 1, 1)),
    ],
)
def test_span_ends(start, span, end):
    assert span.end(start) == end
