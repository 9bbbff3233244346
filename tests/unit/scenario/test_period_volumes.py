"""Volumes by month, week or day: what rows may be called, and what is wrong with them."""

from datetime import date

import pytest

from sim.errors import ScenarioError
from sim.scenario.load import load_scenario
from sim.scenario.period_volumes import PERIOD_COLUMNS, Period, parse_day, parse_month, parse_week
from sim.scenario.repeats import stated_week, weekly_volume

openpyxl = pytest.importorskip("openpyxl")


@pytest.mark.parametrize(
    "text", ["2027-02", "2027-2", "02/2027", "2/2027", "2027-02-01", "2027-02-01 00:00", "2027-02-17"]
)
def test_months(text):
    assert parse_month(text) == Period(date(2027, 2, 1), date(2027, 3, 1))


@pytest.mark.parametrize("text", ["2027-W09", "2027-w9", "2027W09", "2027-03-01", "2027-03-01 00:00"])
def test_weeks(text):
    assert parse_week(text) == Period(date(2027, 3, 1), date(2027, 3, 8))


def test_days():
    assert parse_day("2027-12-31 00:00") == Period(date(2027, 12, 31), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("month", "2027-13", "must be a month that exists, written 2027-03"),
        ("month", "9999-12", "must be a month that exists, written 2027-03"),
        ("month", "March", "must be a month that exists, written 2027-03"),
        ("week", "2027-W54", "must be a week that exists, written 2027-W09, or the date of its Monday"),
        ("week", "2027-03-02", "must be a Monday, on which the week begins"),
        ("day", "01/03/2027", "must be a date that exists, written 2027-03-01"),
    ],
)
def test_what_is_no_period(column, text, message):
    with pytest.raises(ValueError, match="^" + message + "$"):
        PERIOD_COLUMNS[column](text)


@pytest.fixture
def load_volumes(write, small, tmp_path):
    """Load the small scenario, four weeks from 4 January 2027, with the calls of a file."""

    def load(text, **changes):
        (tmp_path / "volumes.csv").write_text(text)
        return load_scenario(write(small({"queues.calls.arrivals": {"file": "volumes.csv", **changes}})))

    return load


def test_rows_are_in_the_order_of_time(load_volumes):
    volumes = load_volumes("month,volume\n2027-02,900\n2027-01,1000.5\n").model.queues["calls"].arrivals.by_period
    assert volumes.kind == "month"
    assert [(period.first_day.month, volume) for period, volume in volumes.rows] == [(1, 1000.5), (2, 900.0)]
    assert volumes.days == 59


def test_a_column_for_each_queue(write, small, tmp_path):
    """One sheet for the centre, as planners keep it; volume comes first where there is such a column."""
    book = openpyxl.Workbook()
    for row in (["Month", "Calls", "Emails"], [date(2027, 1, 1), 1000, 300]):
        book.active.append(row)
    book.save(tmp_path / "volumes.xlsx")
    changes = {f"queues.{name}.arrivals": {"file": "volumes.xlsx"} for name in ("calls", "emails")}
    queues = load_scenario(write(small(changes))).model.queues
    assert queues["calls"].arrivals.by_period.rows[0][1] == 1000
    assert queues["emails"].arrivals.by_period.rows[0][1] == 300


@pytest.mark.parametrize(
    ("text", "changes", "problem"),
    [
        ("month,volume\n2026-12,5\n", {}, "volumes.csv: no row for the month 2027-01 of the horizon"),
        ("week,volume\n2027-W01,5\n2027-W03,5\n", {}, "volumes.csv: no row for the week 2027-W02 and 1 more of the"),
        ("day,volume\n2027-01-04,5\n", {}, "volumes.csv: no row for the day 2027-01-05 and 18 more of the horizon"),
        ("month,volume\n2027-01,5\n2027-1,6\n", {}, 'volumes.csv: month: is given twice (got "2027-1")'),
        ("month,volume\n2027-01,0\n", {}, "the volumes sum to 0; at least one must be more than 0"),
        ("month,volume\n2027-01,5\n", {"growth": "2 % per month"}, "growth: can't stand beside a file of volumes"),
        ("month,volume\n2027-01,5\n", {"seasonality": {"jan": 2}}, "seasonality: can't stand beside a file of volumes"),
        ("month,volume\nJan,5\n", {"days": {"mon-fri": 1}}, "month: must be a month that exists, written 2027-03"),
        ("month,visits\n2027-01,5\n", {}, 'has no column "volume"; it needs "month" and "volume", and has'),
    ],
)
def test_what_is_wrong_is_told(load_volumes, text, changes, problem):
    with pytest.raises(ScenarioError) as refused:
        load_volumes(text, **changes)
    assert problem in str(refused.value)


def test_weekdays_and_times_stand_beside_months_and_weeks_but_days_have_theirs(load_volumes):
    days = {"days": {"mon-fri": 1}, "profile": {"09:00": 1}}
    assert load_volumes("month,volume\n2027-01,5\n", **days)
    rows = "".join(f"2027-01-{day:02},5\n" for day in range(4, 32))
    with pytest.raises(ScenarioError, match=r"arrivals\.days: can't stand beside a file of volumes"):
        load_volumes(f"day,volume\n{rows}", **days)
    assert load_volumes(f"day,volume\n{rows}", profile={"09:00": 1})


def test_the_ordinary_week_is_that_of_the_horizon(write, small, tmp_path):
    """Months after the horizon say nothing of the weeks in it."""
    (tmp_path / "volumes.csv").write_text(
        "month,volume\n2027-01,3100\n" + "".join(f"2028-{m:02},99999\n" for m in range(1, 13))
    )
    model = load_scenario(write(small({"queues.calls.arrivals": {"file": "volumes.csv"}}))).model
    assert stated_week(model, "calls") == pytest.approx(700)
    assert weekly_volume(model.queues["calls"].arrivals, model.opening_hours("calls")) > 10_000


def test_a_file_that_cannot_be_read_says_nothing_of_other_fields(load_volumes):
    """Whether it has intervals or months isn't known, so weights of days may well stand beside it."""
    with pytest.raises(ScenarioError) as refused:
        load_volumes("month,volume\nJan,5\n", days={"mon-fri": 1}, profile={"09:00": 1})
    assert len(refused.value.problems) == 1
