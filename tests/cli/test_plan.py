"""``staffsim plan``: the decision first, then the sheet, in every format and as files."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.planned import small_centre

from .conftest import Command

SHORT = small_centre(
    "Short",
    "6 weeks",
    "{per_week: 1900, growth: 7 % per week, volume_is: first}",
    """\
  advisers:
    heads: 8
    shrinkage: {paid_leave: 10 %, breaks: 10 %}
    ramp: {training: 1 week, starts_at: 60 %, full_at: 2 months}
    hiring: {lead_time: 1 week, class_size: 6, trainers: 1}
    cost: {loaded_per_year: 36000 EUR, per_hire: 3000 EUR}
""",
)
FEW = ("--replications", "6", "--quiet")


@pytest.fixture
def lacking(tmp_path: Path) -> Path:
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


def test_begins_with_what_lacks_and_until_when_it_can_be_mended(staffsim: Command, lacking: Path) -> None:
    result = staffsim("plan", lacking, *FEW)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Short of ")
    assert " FTE in 2027-W10: 8.0 available, " in lines[0]
    assert lines[1].startswith("The last class that would help must be decided by 22 February 2027: ")
    assert "to start on 1 March 2027." in " ".join(lines[1:3])
    table = result.stdout.split("\n\n")[1].splitlines()
    headings = "week needed available over/under holds in heads hired left training"
    assert table[1].split() == headings.split()
    assert [line.split()[0] for line in table[2:]] == [f"2027-W{week:02d}" for week in range(5, 11)]


def test_with_enough_it_says_where_it_is_tight(staffsim: Command, lacking: Path) -> None:
    told = staffsim("plan", lacking, *FEW, "--weeks", "2", "--set", "teams.advisers.heads=30").stdout
    assert told.startswith("No week is short: the tightest is 2027-W0")
    assert "Cheapest for meetings and coaching: 2027-W05 (" in told.replace("\n", " ")


def test_data(staffsim: Command, lacking: Path) -> None:
    told = json.loads(staffsim("plan", lacking, *FEW, "--months", "1", "--format", "json").stdout)
    assert list(told) == [
        *("command", "version", "scenario", "file", "start", "end", "definitions", "assumptions", "warnings"),
        *("seed", "replications", "engine", "headline", "by", "shortages", "teams", "queues", "holds", "leave_grid"),
        *(
            "training",
            "quiet_times",
            "reforecast",
            "verdict",
            "targets",
            "days",
            "chance_of_every_day",
            "chance_of_every_month",
        ),
    ]
    (team,) = told["teams"]
    assert team["period"] == "2027-02"
    assert team["over_under_fte"] == pytest.approx(team["available_fte"] - team["required_fte"])
    assert told["shortages"][0]["short_fte"] == pytest.approx(-team["over_under_fte"])
    rows = list(csv.DictReader(io.StringIO(staffsim("plan", lacking, *FEW, "--months", "1", "--format", "csv").stdout)))
    assert [float(row["required_fte"]) for row in rows] == [team["required_fte"]]


def test_files(staffsim: Command, lacking: Path, tmp_path: Path) -> None:
    """The workbook holds real numbers and dates, formulas where they can be followed, and its header stays in sight."""
    from openpyxl import load_workbook

    assert staffsim("plan", lacking, *FEW, "--weeks", "2", "--out", tmp_path / "out").exit_code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    frames = ("plan", "plan_queues", "leave_grid", "training_calendar", "quiet_times")
    assert names == {
        *(f"{frame}.{ending}" for frame in frames for ending in ("csv", "parquet")),
        *("plan.xlsx", "result.json", "manifest.json"),
    }
    book = load_workbook(tmp_path / "out" / "plan.xlsx")
    assert book.sheetnames == [frame.replace("_", " ") for frame in frames]
    page = book["plan"]
    header = [cell.value for cell in page[1]]
    row = dict(zip(header, page[2], strict=True))
    assert page.freeze_panes == "B2"
    assert row["start"].value == datetime(2027, 2, 1)
    assert row["available fte"].value == 8
    assert row["over under fte"].value == f"={row['available fte'].coordinate}-{row['required fte'].coordinate}"
    assert row["holds in"].number_format == "0.0%"
    assert page.max_row == 3
    leave = book["leave grid"]
    assert [cell.value for cell in leave[2]][:3] == ["2027-W05", datetime(2027, 2, 1), "advisers"]
    assert leave["D2"].value == pytest.approx(0.8)


def test_what_it_refuses(staffsim: Command, lacking: Path, tmp_path: Path) -> None:
    both = staffsim("plan", lacking, "--weeks", "2", "--months", "2")
    assert both.exit_code == 2
    assert "one of the two" in both.stderr
    assert staffsim("plan", lacking, "--weeks", "0").exit_code == 2
    assert staffsim("plan", tmp_path / "none.yaml").exit_code == 2


def test_weeks_beyond_what_a_file_gives_by_date(staffsim: Command, lacking: Path, tmp_path: Path) -> None:
    rows = [f"2027-02-0{day} {hour:02d}:00,20" for day in range(1, 6) for hour in range(9, 17)]
    (tmp_path / "volumes.csv").write_text("\n".join(["start,volume", *rows]), encoding="utf-8")
    dated = ("--set", "horizon=5 days", "--set", "queues.calls.arrivals={file: volumes.csv, per_week: , growth: }")
    assert staffsim("plan", lacking, *FEW, *dated).exit_code == 0
    beyond = staffsim("plan", lacking, *FEW, *dated, "--weeks", "2")
    assert beyond.exit_code == 2
    assert "queues.calls.arrivals" in beyond.stderr


def test_goes_on_from_actuals(staffsim: Command, lacking: Path, tmp_path: Path) -> None:
    """The sheet tells what was and why; the file that goes on from there is a scenario for every other command."""
    actuals = tmp_path / "actuals.csv"
    actuals.write_text(
        "week;queue;volume;aht;team;heads\n2027-W05;calls;2100;5 min;;\n2027-W05;;;;advisers;9\n", encoding="utf-8"
    )
    plain = ("--set", "queues.calls.patience=3 min", "--actuals", actuals)
    result = staffsim("plan", lacking, *FEW, *plain, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    told = result.stdout.replace("\n", " ")
    assert "Actual until 2027-W05: calls 1" in told
    assert "Plan against actual: what it was is what was planned and the four causes." in told
    assert "2027-W05 actual" in told
    written = tmp_path / "out" / "reforecast.yaml"
    assert "extends: ../short.yaml" in written.read_text(encoding="utf-8")
    checked = staffsim("check", written).stdout
    assert "28 days from 8 February 2027" not in checked
    assert "35 days from 8 February 2027" in checked
    assert "volumes are those of 1 February 2027" in checked
    assert "9 heads" in checked
    assert re.search(r"patience +3 min", checked)
    assert staffsim("run", written, "--replications", "2").exit_code == 0
    text = (tmp_path / "out" / "plan_against_actual.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    (row,) = rows
    parts = [float(row[f"by_{cause}"]) for cause in ("volume", "aht", "shrinkage", "heads")]
    assert float(row["planned_fte"]) + sum(parts) == pytest.approx(float(row["actual_fte"]))
    again = staffsim("plan", lacking, *FEW, *plain, "--rebase", "--format", "json")
    data = json.loads(again.stdout)
    assert data["reforecast"]["rebased"]
    assert [team["actual"] for team in data["teams"]] == [True, *([False] * 5)]
    assert staffsim("plan", lacking, "--rebase").exit_code == 2
    assert staffsim("plan", lacking, "--months", "2", "--actuals", actuals).exit_code == 2
