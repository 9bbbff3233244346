"""CSV files that a scenario names."""

from datetime import datetime

import pytest
from pydantic import ValidationError

from sim.errors import ScenarioError
from sim.scenario.centre import CentreScenario
from sim.scenario.load import load_scenario

HOUR_MS = 3_600_000
PROFILE = "queues.calls.arrivals.profile"
POSITIONS = "teams.advisers.positions"
VOLUMES = "queues.calls.arrivals"
SAMPLES = "queues.calls.handle_time"
OPEN_WEDNESDAYS = {"calendar": {"open": {"wed": "09:00-10:00"}}, "horizon": "2 weeks"}


@pytest.fixture
def load_with(write, small, tmp_path):
    """Load the small scenario with a CSV at a field."""

    def load(field, text, removed=(), **changes):
        (tmp_path / "table.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        values = {VOLUMES: {"file": "table.csv"}, SAMPLES: {"distribution": "empirical", "file": "table.csv"}}
        data = small({field: values.get(field, "table.csv"), **changes})
        for name in removed:
            del data["teams"]["advisers"][name]
        return load_scenario(write(data)).model

    return load


@pytest.mark.parametrize(
    "text",
    [
        "time,weight\n08:00,3\n12:00,4.5\n",
        "weight;time\n3;08:00\n4,5;12:00\n",
        "time\tweight\r\n08:00\t3\r\n\r\n12:00\t4.5\r\n",
        '\ufeff"Time","Weight"\n"08:00","3"\n"12:00","4.5"\n',
        "time,weight,comment\n12:00,4.5,late\n08:00,3,early\n",
    ],
)
def test_profiles_as_spreadsheets_write_them(load_with, text):
    profile = load_with(PROFILE, text).queues["calls"].arrivals.profile
    assert profile.weekdays == (((8 * HOUR_MS, 3.0), (12 * HOUR_MS, 4.5)),) * 7
    assert profile.source == "table.csv"


def test_a_profile_by_weekday(load_with):
    profile = (
        load_with(PROFILE, "weekday,time,weight\nmon-thu,09:00,1\nfri,09:00,2\nfri,10:00,3\n")
        .queues["calls"]
        .arrivals.profile
    )
    assert profile.weekdays[0] == profile.weekdays[3] == ((9 * HOUR_MS, 1.0),)
    assert profile.weekdays[4] == ((9 * HOUR_MS, 2.0), (10 * HOUR_MS, 3.0))
    assert profile.weekdays[5:] == ((), ())


def test_positions_by_weekday_and_by_date(load_with):
    plan = load_with(POSITIONS, "weekday,time,positions\nmon-fri,09:00,4\n", ["heads"]).teams["advisers"].positions
    assert plan.weekdays == (((9 * HOUR_MS, 4),),) * 5 + ((), ())
    plan = (
        load_with(POSITIONS, "start,positions\n2027-01-05T09:00,4\n2027-01-04 09:30,3\n", ["heads"])
        .teams["advisers"]
        .positions
    )
    assert plan.dated == ((datetime(2027, 1, 4, 9, 30), 3), (datetime(2027, 1, 5, 9), 4))


def test_volumes_by_interval(load_with):
    rows = "start,volume\n2027-01-06 09:00,5\n2027-01-06 09:30,0\n2027-01-13 09:00,5.5\n2027-01-13 09:30,1\n"
    table = load_with(VOLUMES, rows, **OPEN_WEDNESDAYS).queues["calls"].arrivals.file
    assert table.rows[2] == (datetime(2027, 1, 13, 9), 5.5)


@pytest.mark.parametrize(
    ("field", "text", "line", "problem"),
    [
        (
            PROFILE,
            "hour,weight\n8,3\n",
            1,
            'has no column "time"; it needs "time" and "weight", and has "hour" and "weight"',
        ),
        (
            PROFILE,
            "time,wieght\n8,3\n",
            1,
            'has no column "weight"; it needs "time" and "weight", and has "time" and "wieght"; did you mean "wieght"?',
        ),
        (PROFILE, "time,weight\n08:00,x\n", 2, 'weight: must be a number (got "x")'),
        (PROFILE, "time,weight\n08:00,nan\n", 2, 'weight: must be a number (got "nan")'),
        (PROFILE, "time,weight\n08:00,1e999\n", 2, 'weight: must be a finite number (got "1e999")'),
        (PROFILE, "time,weight\n08:00,-1\n", 2, 'weight: can\'t be negative (got "-1")'),
        (PROFILE, "time,weight\n08:00\n", 2, "weight: is empty"),
        (PROFILE, 'time,weight\n08:00,"7,5"\n', 2, 'weight: write 7.5 (got "7,5")'),
        (PROFILE, "time;weight\n08:00;1.234,5\n", 2, 'weight: write 1234.5 (got "1.234,5")'),
        (
            PROFILE,
            "time,weight\n08:00,7,5\n",
            2,
            "has more cells than the 2 columns that the first line names; write decimals with a point, or put "
            "semicolons between the columns",
        ),
        (
            PROFILE,
            "time;weight\n08:00;7;5\n",
            2,
            "has more cells than the 2 columns that the first line names",
        ),
        (PROFILE, "time,weight\n08:00,1\n8:00,1\n", 3, 'time: is given twice (got "8:00")'),
        (PROFILE, "time,weight\n24:00,1\n", 2, 'time: must be before 24:00 (got "24:00")'),
        (PROFILE, "time,weight\n8 h,1\n", 2, 'time: write 08:00 (got "8 h")'),
        (
            PROFILE,
            "weekday,time,weight\nmonday,08:00,1\n",
            2,
            'weekday: unknown weekday; did you mean "mon"? (got "monday")',
        ),
        (PROFILE, b"time,weight\n08:00,1\n\xe9,2\n", 3, "is not UTF-8 text; save it as UTF-8"),
        (PROFILE, 'time,weight\n"08:00,1\n', 2, "not readable as CSV: unexpected end of data"),
        (POSITIONS, "weekday,time,positions\nmon,08:00,2.5\n", 2, 'positions: must be a whole number (got "2.5")'),
        (
            VOLUMES,
            "start,volume\n2027-02-30 08:00,1\n",
            2,
            'start: must be a date and time that exist, written 2027-01-04 08:00 (got "2027-02-30 08:00")',
        ),
        (
            VOLUMES,
            "start,volume\n2027-01-06T09:00+01:00,1\n",
            2,
            'start: must be local time, without a time zone (got "2027-01-06T09:00+01:00")',
        ),
        (
            VOLUMES,
            "start,volume\n2027-01-06 09:00,1\n2027-01-06T09:00,1\n",
            3,
            'start: is given twice (got "2027-01-06T09:00")',
        ),
        (SAMPLES, "seconds\n-5\n", 2, 'seconds: can\'t be negative (got "-5")'),
        (SAMPLES, "second\n5\n", 1, 'has no column "seconds"; it has "second"; did you mean "second"?'),
    ],
)
def test_a_wrong_line_is_told_with_the_name_of_the_csv(load_with, tmp_path, field, text, line, problem):
    told = problems_with(load_with, field, text)
    assert [(p.file, p.line, f"{p.field}: {p.message}".removeprefix(": ")) for p in told] == [
        (str(tmp_path / "table.csv"), line, problem)
    ]


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        (PROFILE, "", "is empty"),
        (PROFILE, "time,weight\n", "has no rows"),
        (PROFILE, "time,weight\n\n,\n", "has no rows"),
        (PROFILE, "time,weight\n08:00,0\n", "the weights of a day sum to 0; at least one must be more than 0"),
        (POSITIONS, "weekday,time,positions\nmon,08:00,0\n", "has 0 positions everywhere"),
        (
            POSITIONS,
            "start,positions\n2026-01-04 08:00,3\n",
            "no row within the horizon (its rows: 2026-01-04 to 2026-01-04)",
        ),
        (VOLUMES, "start,volume\n2027-01-06 09:00,0\n", "the volumes sum to 0; at least one must be more than 0"),
        (VOLUMES, "start,volume\n2027-01-06 09:05,1\n", "row 2027-01-06 09:05 does not begin an interval of 30 min"),
        (
            VOLUMES,
            "start,volume\n2027-01-06 09:00,1\n2027-01-13 09:30,1\n",
            "no row for 2 open intervals of the horizon, the first 2027-01-06 09:30",
        ),
        (SAMPLES, "seconds\n0\n0\n", "the durations are all 0; at least one must be longer"),
    ],
)
def test_what_is_wrong_with_the_whole_is_told_where_the_csv_is_named(load_with, tmp_path, field, text, problem):
    (told,) = problems_with(load_with, field, text)
    assert told.message.removeprefix(f"{tmp_path}/") == f"table.csv: {problem}"
    assert told.field == {VOLUMES: f"{VOLUMES}.file", SAMPLES: f"{SAMPLES}.file"}.get(field, field)
    assert told.file == str(tmp_path / "care.yaml")
    assert told.line is not None


def problems_with(load_with, field, text):
    """The problems that loading with this CSV meets."""
    changes = OPEN_WEDNESDAYS if field == VOLUMES else {}
    with pytest.raises(ScenarioError) as caught:
        load_with(field, text, ["heads"] if field == POSITIONS else (), **changes)
    return caught.value.problems


def test_a_csv_that_is_not_there(write, small):
    with pytest.raises(ScenarioError, match=r"line \d+  queues.calls.arrivals.profile: .*/gone.csv: no such file"):
        load_scenario(write(small({PROFILE: "gone.csv"})))


def test_mistakes_of_a_kind_are_counted_and_no_kind_is_hidden(load_with):
    times = [f"{hour:02d}:{minute:02d}" for hour in range(20) for minute in (0, 30)]
    rows = [f'{time},"{number},5"' for number, time in enumerate(times)]
    told = problems_with(load_with, PROFILE, "\n".join(["time,weight", *rows, "20 h,-1", "21:00,-1", "21:30,"]))
    assert [(one.line, f"{one.field}: {one.message}") for one in told] == [
        (2, 'weight: write 0.5 (got "0,5")'),
        (3, 'weight: write 1.5 (got "1,5")'),
        (4, 'weight: write 2.5 (got "2,5")'),
        (5, "weight: and 37 more like it, the last in line 41"),
        (42, 'time: write 20:00 (got "20 h")'),
        (42, 'weight: can\'t be negative (got "-1")'),
        (43, 'weight: can\'t be negative (got "-1")'),
        (44, "weight: is empty"),
    ]


def test_a_fourth_of_a_kind_has_its_own_line(load_with):
    told = problems_with(load_with, SAMPLES, "seconds\n-1\n-1\n-1\n-2\n")
    assert (told[-1].line, told[-1].message) == (5, "and 1 more like it")


def test_volumes_that_can_t_be_read_don_t_hide_what_is_wrong_with_the_rows(load_with):
    rows = "start,volume\n2027-01-06 09:00,x\n2027-01-13 09:00,1\n"
    told = [one.message for one in problems_with(load_with, VOLUMES, rows)]
    assert told[0].endswith("no row for 2 open intervals of the horizon, the first 2027-01-06 09:30")
    assert told[1:] == ['must be a number (got "x")']
    late = "start,volume\n2027-01-06 09:05,x\n2027-01-06 09:10,1\n2027-01-32 09:00,1\n"
    told = [one.message for one in problems_with(load_with, VOLUMES, late)]
    assert told[0].endswith("2 rows do not begin an interval of 30 min, the first 2027-01-06 09:05")
    assert len(told) == 3


def test_rows_are_not_missing_where_some_can_t_be_read(load_with):
    """The unreadable one may be the missing one."""
    rows = "start,volume\n2027-01-06 09:00,1\n6/1/2027 09:30,1\n2027-01-13 09:00,1\n2027-01-13 09:30,1\n"
    (told,) = problems_with(load_with, VOLUMES, rows)
    assert told.line == 3


def test_a_file_of_volumes_says_it_all(small, problems_of, tmp_path):
    (tmp_path / "table.csv").write_text("start,volume\n2027-01-04 09:00,5\n")
    arrivals = {"file": "table.csv", "growth": "2 % per month", "days": {"mon": 1}}
    sentence = "can't stand beside a file of volumes, which says it already"
    problems = problems_of(small({VOLUMES: arrivals}))
    assert f"{VOLUMES}.growth: {sentence}" in problems
    assert f"{VOLUMES}.days: {sentence}" in problems


def test_a_file_name_only_means_something_to_the_loader(small):
    with pytest.raises(ValidationError, match="must be a CSV or XLSX file, or a mapping"):
        CentreScenario.model_validate(small({PROFILE: "table.csv"}))


def test_a_table_that_an_override_names_has_no_line(write, small):
    with pytest.raises(
        ScenarioError, match=r"problem\n  --set: queues.calls.arrivals.profile: .*gone.csv: no such file"
    ):
        load_scenario(write(small({})), ["queues.calls.arrivals.profile=gone.csv"])


def test_columns_in_another_language_are_told_what_is_needed(load_with):
    with pytest.raises(ScenarioError) as caught:
        load_with(PROFILE, "zeit;gewicht\n08:00;1\n")
    assert [problem.message for problem in caught.value.problems] == [
        f'has no column "{column}"; it needs "time" and "weight", and has "zeit" and "gewicht"'
        for column in ("time", "weight")
    ]
