"""``staffsim size --shifts``: the schedule, what shifts cost, and the files."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from .conftest import Command

SHIFTS = """\
    contract: 30 h per week
    hours: {mon-fri: 09:00-16:00}
    shifts:
      early: {start: "09:00", length: 6 h 30 min, breaks: {lunch: {length: 30 min, between: "12:00-14:00"}}}
      late: {start: "09:30", length: 6 h 30 min, breaks: {lunch: {length: 30 min, between: "12:00-14:00"}}}
    cost: {loaded_per_hour: 20 EUR}
"""
FEW = ("--replications", "6", "--shifts")


@pytest.fixture
def by_shifts(small: Path) -> Path:
    """The small centre, whose advisers come early or late."""
    team = "  advisers: {heads: 5, contract: 30 h per week, shrinkage: 30 %, hours: {mon-fri: 09:00-16:00}}\n"
    text = small.read_text()
    assert team in text
    small.write_text(text.replace(team, f"  advisers:\n    heads: 5\n    shrinkage: 30 %\n{SHIFTS}"))
    return small


def test_tells_the_cost_the_hours_and_the_schedule(staffsim: Command, by_shifts: Path) -> None:
    result = staffsim("size", by_shifts, *FEW)
    assert result.exit_code == 0, result.stderr
    told = result.stdout
    size = int(re.search(r"^2027-02 +(\d+)  needed ", told, re.M)[1])  # type: ignore[index]
    assert re.search(
        r"^Shifts cost (no head|\d+ heads?, [\d ]+ paid hours and [\d ]+ EUR) in February 2027", told, re.M
    )
    assert f"In an ordinary week {size * 30} h are paid, less " in told
    rows = re.findall(r"^(early|late) +09:[03]0 +1[56]:[03]0 +(\d*) +\d* +\d* +\d* +\d*$", told, re.M)
    assert sum(int(monday) for _, monday in rows) == size
    assert re.search(r"^Breaks of early, begun: lunch (at|from) 1[23]:\d\d", told, re.M)
    assert "They know nothing of shifts." in told


def test_people_take_turns(staffsim: Command, by_shifts: Path, tmp_path: Path) -> None:
    """Each of the roster's people is early in one week and late in the next, but for the odd one."""
    text = by_shifts.read_text()
    by_shifts.write_text(text.replace("    cost:", "    working_time: {rotation: [early, late]}\n    cost:"))
    assert "early and late in turn, a week each" in staffsim("check", by_shifts).stdout
    result = staffsim("size", by_shifts, *FEW, "--set", "horizon=4 weeks", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    heads = int(re.search(r"^2027-02 +(\d+)  needed ", result.stdout, re.M)[1])  # type: ignore[index]
    told = "; 1 of \\d+ heads a week can't go on in turn" if heads % 2 else ""
    assert re.search(rf"^Everybody goes through early and late, a week each{told}\.$", result.stdout, re.M)
    roster = pd.read_csv(tmp_path / "out" / "roster.csv")
    mondays = sorted(roster["week"].unique())
    assert len(mondays) > 3
    assert roster.groupby(["week", "person"])["shift"].nunique().eq(1).all()
    shift = roster.pivot_table("shift", "person", "week", aggfunc="first")
    assert len(shift) == heads
    stays = sum(int((shift[one] == shift[after]).sum()) for one, after in pairwise(mondays))
    assert stays == heads % 2 * (len(mondays) - 1)
    assert set(shift.iloc[:, 0].value_counts()) == {heads // 2, heads - heads // 2}


def test_the_document_and_the_files(staffsim: Command, by_shifts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = staffsim("size", by_shifts, *FEW, "--format", "json", "--out", out)
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    told = document["shifts"]["advisers"]
    assert set(told) == {"headline", "covering", "hours_a_week", "months"}
    hours = told["hours_a_week"]
    assert hours["contract"] == pytest.approx(sum(hours.values()) - hours["contract"])
    (month,) = told["months"]
    heads = document["months"][0]["size"]
    assert month["heads"] == heads >= month["without_shifts"]["heads"]
    assert sum(sum(row["by_weekday"]) for row in month["schedule"]) == 5 * heads
    names = {"months", "schedule", "roster"}
    files = {f"{name}.{ending}" for name in names for ending in ("csv", "parquet")} | {"result.json", "manifest.json"}
    assert {path.name for path in out.iterdir()} == files
    roster = pd.read_csv(out / "roster.csv")
    assert roster.groupby("person").size().tolist() == [5] * heads
    assert roster["breaks"].str.fullmatch(r"lunch 1[23]:\d\d-1[2-4]:\d\d").all()
    schedule = pd.read_csv(out / "schedule.csv")
    counted = roster.groupby(["weekday", "shift"]).size().to_dict()
    assert schedule.set_index(["weekday", "shift"])["heads"].to_dict() == counted


def test_run_has_the_positions_that_size_found(staffsim: Command, by_shifts: Path) -> None:
    sized = json.loads(staffsim("size", by_shifts, *FEW, "--format", "json").stdout)
    heads = sized["months"][0]["size"]
    ran = staffsim(
        "run", by_shifts, "--replications", "6", "--format", "json", "--set", f"teams.advisers.heads={heads}"
    )
    figures = json.loads(ran.stdout)["figures"]["queues"]["calls"]["sl_offered"]["value"]
    (target,) = [one for one in sized["months"][0]["at"]["targets"] if one["figure"] == "sl_offered"]
    assert figures == pytest.approx(target["value"])


def test_what_is_refused(staffsim: Command, small: Path) -> None:
    none = staffsim("size", small, *FEW)
    assert none.exit_code == 2
    assert "no team that is sized has shifts; write " in none.stderr
    both = staffsim("size", small, *FEW, "--per-interval")
    assert both.exit_code == 2
    assert "--per-interval sizes positions, and --shifts heads" in both.stderr
