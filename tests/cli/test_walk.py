"""``staffsim run --walk``: a planner redoes the chain from what is printed, and from ``fte_walk.csv``."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from .conftest import Command
from .test_run_people import PEOPLE, SMALL

FEW = ("--replications", "4")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.yaml"
    team = "  advisers:\n    heads: 12\n    shrinkage: {paid_leave: 12 %, sickness: 6 %}\n"
    text = SMALL.split("  advisers:")[0].replace("horizon: 1 week", "horizon: 3 months")
    path.write_text(text + team + "    hours: {mon-fri: 09:00-16:00}\n" + PEOPLE, encoding="utf-8")
    return path


def printed(text: str) -> list[tuple[str, list[float]]]:
    """The lines of the first block of months: label and figures."""
    block = text.split("FTE walk of advisers")[1].split("\n\n")[0].splitlines()[2:]
    lines = []
    for line in block:
        label, *cells = re.split(r"  +", line.rstrip()) if not line.startswith("  ") else _indented(line)
        lines.append((label, [float(cell.replace(" ", "").replace("%", "")) for cell in cells]))
    return lines


def _indented(line: str) -> list[str]:
    label, *cells = re.split(r"  +", line.strip())
    return [f"  {label}", *cells]


def test_redone_from_the_printed_figures(staffsim: Command, people: Path) -> None:
    """With a pocket calculator: to half of the last digit of each figure that went in."""
    lines = printed(staffsim("run", people, *FEW, "--walk").stdout)
    months = len(lines[0][1])
    for month in range(months):
        reached, rounding, contacts, before = 0.0, 0.0, 0.0, 0.0
        for label, figures in lines:
            value = figures[month]
            if label.endswith("contacts offered"):
                contacts = value
            elif label == "× handle time, s":
                reached += contacts * value / 3600
                rounding += (0.5 * value + 0.05 * contacts) / 3600
            elif label == "heads the day before":
                reached, rounding = value, 0.05
            elif label.startswith("+ "):
                reached, before = reached + value, reached
                rounding += 0.05 if label in ("+ hired", "+ left") else 0.5
            elif label.startswith("= "):
                assert value == pytest.approx(reached, abs=rounding + 0.5)
                reached, rounding = value, 0.5
            elif label == "  of busy":
                assert value / 100 == pytest.approx((reached - before) / before, rel=0.05)
    labels = [label for label, _ in lines]
    for label in (
        "+ paid leave",
        "+ sickness",
        "+ in training",
        "= heads on the last day",
        "+ holidays and other closed days",
    ):
        assert label in labels


def test_redone_from_the_csv(staffsim: Command, people: Path, tmp_path: Path) -> None:
    """Every figure from the others of its month, to nine digits."""
    assert staffsim("run", people, *FEW, "--out", tmp_path / "out").exit_code == 0
    with (tmp_path / "out" / "fte_walk.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    months = {row["month"] for row in rows}
    assert months == {"2027-02", "2027-03", "2027-04"}
    for month in months:
        own = [row for row in rows if row["month"] == month and row["team"] == "advisers"]
        base = {row["step"]: row for row in own if row["kind"] in ("base", "people")}
        reached = 0.0
        hours = {}
        for row in own:
            if row["kind"] == "product":
                reached += float(row["contacts"]) * float(row["handle_time_s"]) / 3600
            elif row["kind"] == "change":
                reached += float(row["hours"])
            elif row["kind"] == "level":
                assert float(row["hours"]) == pytest.approx(reached, rel=1e-8)
                hours[row["step"]] = reached
            if row["kind"] in ("level", "change"):
                assert float(row["fte"]) == pytest.approx(float(row["hours"]) / float(base["full_time"]["hours"]))
                assert float(row["erlangs"]) == pytest.approx(float(row["hours"]) / float(base["open"]["hours"]))
            if row["step"] == "shrinkage":
                share = {"paid_leave": 0.12, "sickness": 0.06}[row["of"]]
                past_training = next(float(one["hours"]) for one in own if one["step"] == "paid_past_training")
                assert float(row["hours"]) == pytest.approx(share * past_training, rel=1e-8)
        people_of = {name: float(row["people"]) for name, row in base.items() if row["kind"] == "people"}
        assert hours["busy"] / float(base["occupancy"]["share"]) == pytest.approx(hours["on_duty"])
        assert hours["paid"] == pytest.approx(people_of["heads_mean"] * float(base["paid_each"]["hours"]))
        assert people_of["heads_at_end"] == pytest.approx(
            people_of["heads_at_start"] + people_of["hires"] + people_of["leavers"], abs=1e-8
        )


def test_not_unless_asked_for(staffsim: Command, people: Path) -> None:
    assert "FTE walk" not in staffsim("run", people, *FEW).stdout
