"""Weeks and months of which the horizon has less than half: judged, sized and told with their neighbours."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from .conftest import Command

FEW = ("--replications", "4")
FROM_A_SATURDAY = ("--set", "start=2027-05-01", "--set", "horizon=31 days")
"""A Saturday and a Sunday, four weeks, a Monday: all of May."""
THREE_WEEKS = ("--set", "start=2027-04-26", "--set", "horizon=3 weeks")
FROM_MID_APRIL = ("--set", "start=2027-04-12", "--set", "horizon=7 weeks")
BY_WEEK = ("--set", "queues.calls.targets.over=week")
MONTHS = "together, as less than half of a month lies in the horizon: May 2027 and 5 days of April"
WEEKS = (
    "together, as less than half of a week lies in the horizon: week 18 of 2027 with the 2 days before; "
    "week 21 of 2027 with the day after"
)


def test_check_tells_what_is_judged_together(staffsim: Command, small: Path) -> None:
    def told(*settings: str) -> list[str]:
        lines = staffsim("check", small, *settings).stdout.splitlines()
        return [line.strip() for line in lines if line.strip().startswith("horizon: ")]

    assert told() == []
    assert told(*THREE_WEEKS) == [f"horizon: judged and sized {MONTHS}"]
    assert told(*FROM_A_SATURDAY) == []  # judged over the month, which is whole
    assert told(*FROM_A_SATURDAY, *BY_WEEK) == [f"horizon: judged {WEEKS}"]


def test_run_judges_a_weekend_and_a_monday_with_the_weeks_beside_them(staffsim: Command, small: Path) -> None:
    weeks = ["2027-W18 +2 days before", "2027-W19", "2027-W20", "2027-W21 +1 day after"]
    asked = (small, *FEW, *FROM_A_SATURDAY, *BY_WEEK)
    text = staffsim("run", *asked, "--by", "week").stdout
    assert f"\nJudged {WEEKS}.\n" in text
    assert re.findall(r"^2027-W\d\d(?: \+\d days? \w+)?", text, re.MULTILINE)[:4] == weeks
    assert re.search(r"^80/20 \w+ .* of 4 weeks: .* in the worst, week ", text, re.MULTILINE)
    document = json.loads(staffsim("run", *asked, "--by", "week", "--format", "json").stdout)
    assert [row["week"] for row in document["rows"]] == weeks
    assert document["targets"][0]["periods"]["judged"] == 4 * 4
    assert {"field": "horizon", "text": f"judged {WEEKS}"} in document["assumptions"]
    table = csv.DictReader(io.StringIO(staffsim("run", *asked, "--by", "week", "--format", "csv").stdout))
    assert [row["week"] for row in table] == weeks


def test_months_are_the_same_in_every_file(staffsim: Command, small: Path, tmp_path: Path) -> None:
    staffsim("run", small, *FEW, *THREE_WEEKS, "--out", tmp_path / "run")
    months = pd.read_parquet(tmp_path / "run" / "queue_months.parquet")
    assert set(months["start"]) == {pd.Timestamp("2027-04-26")}
    totals = pd.read_parquet(tmp_path / "run" / "totals.parquet").set_index(["of", "name", "figure"])["value"]
    calls = months[months["queue"] == "calls"].iloc[0]
    assert calls["wait_p90_s"] == totals["queue", "calls", "wait_p90_s"]
    staffsim("size", small, *FEW, *THREE_WEEKS, "--out", tmp_path / "size")
    assert pd.read_csv(tmp_path / "size" / "months.csv")["month"].tolist() == ["2027-05 +5 days before"]


def test_size_says_so(staffsim: Command, small: Path) -> None:
    text = staffsim("size", small, *FEW, *THREE_WEEKS, *BY_WEEK).stdout
    assert re.match(r"\d+.* heads for May 2027 and 5 days of April; ", text)
    assert f"\nJudged and sized {MONTHS}.\n" in text
    assert "A week across two months" not in text
    document = json.loads(staffsim("size", small, *FEW, *THREE_WEEKS, "--format", "json").stdout)
    (month,) = document["months"]
    assert document["peak"] == month["month"] == document["holds"]["tightest"] == "2027-05 +5 days before"
    assert (month["start"], month["end"]) == ("2027-04-26", "2027-05-17")


@pytest.mark.parametrize(("over", "told"), [(BY_WEEK, True), ((), False)])
def test_size_says_that_it_cuts_weeks_where_it_does(
    staffsim: Command, small: Path, over: tuple[str, ...], told: bool
) -> None:
    text = staffsim("size", small, *FEW, *FROM_MID_APRIL, *over).stdout
    assert ("\nA week across two months is judged in each by its days there" in text) is told


@pytest.mark.parametrize("command", ["run", "size"])
def test_the_days_that_count_are_told_once(staffsim: Command, small: Path, command: str) -> None:
    text = staffsim(command, small, *FEW).stdout
    assert text.count("\nDays met: of those with contacts in its queue; ") == 1
