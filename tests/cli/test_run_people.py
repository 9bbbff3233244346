"""``staffsim run`` and ``check`` of a team whose people come and go."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from .conftest import SMALL, Command

FEW = ("--replications", "4")
PEOPLE = """\
    tenure: steady
    ramp: {training: 2 weeks, nesting: 1 week, nesting_at: 30 %, starts_at: 50 %, full_at: 3 months, shape: s}
    attrition: {rate: 40 % per year, first_3_months: 3 x, lost_in_training: 20 %, notice: 2 weeks}
    hiring: {classes: [{on: 2027-02-15, heads: 3}], replace_after: 6 weeks, class_size: 4, trainers: 1}
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.yaml"
    team = "  advisers:\n    heads: 12\n    hours: {mon-fri: 09:00-16:00}\n"
    text = SMALL.split("  advisers:")[0].replace("horizon: 1 week", "horizon: 3 months")
    path.write_text(text + team + PEOPLE, encoding="utf-8")
    return path


def test_a_row_for_each_month(staffsim: Command, people: Path) -> None:
    result = staffsim("run", people, *FEW)
    assert result.exit_code == 0
    told = result.stdout.split("People of advisers, by month:\n")[1].split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in told[-3:]] == ["2027-02", "2027-03", "2027-04"]
    assert "heads at end" in told[1]


def test_both_engines_tell_the_same(staffsim: Command, people: Path) -> None:
    fast, reference = (
        json.loads(staffsim("run", people, *FEW, "--format", "json", "--engine", engine).stdout)
        for engine in ("fast", "reference")
    )
    assert fast["people"] == reference["people"]
    assert fast["figures"] == reference["figures"]
    february, _, april = fast["people"]["advisers"]
    assert february["month"] == "2027-02"
    assert february["hires"]["value"] >= 3
    assert april["in_training"]["value"] < 12


def test_its_files(staffsim: Command, people: Path, tmp_path: Path) -> None:
    assert staffsim("run", people, *FEW, "--out", tmp_path / "out").exit_code == 0
    months = pd.read_parquet(tmp_path / "out" / "team_months.parquet")
    assert len(months) == 3
    assert {"heads_at_end", "hires", "leavers", "in_training", "proficiency", "positions_mean"} <= set(months.columns)


def test_check_tells_what_it_makes_of_them(staffsim: Command, people: Path) -> None:
    told = staffsim("check", people).stdout
    for words in (
        "12 today, as in a team of constant size",
        "2 weeks of training off the phones, 1 week of nesting at 30 %, then from 50 % to full proficiency 3 months",
        "40 % leave per year, of average heads past training, 3 times as fast in their first 3 months; 20 % of",
        "3 heads on 2027-02-15; leavers replaced after 6 weeks; at most 4 in a class, 1 class at a time",
    ):
        assert words in told


def test_what_becomes_of_paid_time(staffsim: Command, people: Path) -> None:
    """Absence, overtime and coaching by month, and what the class of the file takes before it helps."""
    time = """\
    shrinkage: {paid_leave: 10 %, sickness: 5 %, breaks: 10 %}
    shrinkage_convention: by presence
    sickness_waves: {cv: 40 %}
    overtime: [{from: 2027-03-01, until: 2027-03-31, hours: 2 h, pay: 150 %}]
    coaching: {per_trainee: 4 h per week, per_beginner: 2 h per week}
    cost: {loaded_per_hour: 25 EUR}
"""
    people.write_text(people.read_text(encoding="utf-8") + time, encoding="utf-8")
    told = staffsim("run", people, *FEW).stdout
    assert "Time of advisers, by month:" in told
    assert "away all day" in told
    assert "h of overtime for" in told
    assert "The class of 2027-02-15 (3 people) takes up to " in told
    document = json.loads(staffsim("run", people, *FEW, "--format", "json").stdout)
    march = document["people"]["advisers"][1]
    assert march["overtime_h"]["value"] > 60
    assert march["coach_load"]["value"] is None
    (one,) = document["hiring_classes"]
    assert (one["team"], one["start"], one["heads"]) == ("advisers", "2027-02-15", 3)
    assert one["takes_h_a_week"] > 0
    checked = staffsim("check", people).stdout
    for words in (
        "weeks of sickness vary by 40 % around its mean, of an excess half is left after 2 weeks",
        "2 h a week of each who is there, from 1 March 2027 until 31 March 2027, at 150 % of the pay",
        "4 h a week of each trainee and 2 h a week of each beginner, given by experienced colleagues",
        "teams.advisers.whole_day: paid_leave and sickness, by their names",
    ):
        assert words in checked
