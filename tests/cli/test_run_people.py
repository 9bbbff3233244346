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
