"""``staffsim size``: the number, what binds, the months and the reverse question, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from .conftest import Command

FEW = ("--replications", "8")
TWO_MONTHS = ("--set", "start=2027-02-15", "--set", "horizon=30 days")


def test_begins_with_the_number(staffsim: Command, small: Path) -> None:
    result = staffsim("size", small, *FEW)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    first, *others = result.stdout.split("\n\n")[0].splitlines()
    assert re.match(r"\d+( or \d+)* heads for February 2027; with \d+, .+ of 2 days meets? all targets\.$", first)
    assert others[-1].startswith(("The file has 5 heads, ", "The file has just as many"))


def test_shows_neighbours_formulas_and_the_reverse(staffsim: Command, small: Path) -> None:
    told = staffsim("size", small, *FEW).stdout
    assert re.search(r"^month +heads +binding target +occupancy +Erlang C +Erlang A$", told, re.MULTILINE)
    needed = re.search(r"^2027-02 +(\d+)  needed ", told, re.MULTILINE)
    assert needed
    size = int(needed[1])
    assert re.search(rf"^2027-02 +{size - 1}  ", told, re.MULTILINE)
    assert re.search(rf"^2027-02 +{size + 1}  ", told, re.MULTILINE)
    assert re.search(r"The file's own 5 heads would hold every target up to [\d.]+ % of the file's volume", told)


def test_heads_are_told_with_fte_and_positions(staffsim: Command, small: Path) -> None:
    told = staffsim("size", small, *FEW).stdout
    assert re.search(r"\d+ heads \([\d.]+ FTE\) on the payroll are [\d.]+ positions on the phones on average", told)


def test_positions_by_interval(staffsim: Command, small: Path) -> None:
    told = staffsim("size", small, *FEW, "--per-interval").stdout
    assert re.match(r"\d+( or \d+)* positions for February 2027", told)
    assert "position hours a week" in told
    assert re.search(r"^from +Mon +Tue", told, re.MULTILINE)
    assert re.search(r"^09:00 +\d+ +\d+", told, re.MULTILINE)
    assert "On fresh replications: calls 80 % in 20 s: " in told


def test_warns_of_what_the_answer_rests_on_but_not_of_the_staff_that_is_sized(staffsim: Command, small: Path) -> None:
    """However much too few the file's own are."""
    swamped = ("--set", "queues.calls.handle_time=30 min", "--set", "teams.advisers.heads=1")
    assert "of work fall to it" in staffsim("check", small, *swamped).stdout
    told = staffsim("size", small, *FEW, "--set", "queues.emails.handle_time=4 s", *swamped).stdout
    warned = told[told.index("Beware, this may not be meant:\n") :].splitlines()
    assert warned[1].startswith("  --set: queues.emails.handle_time: 4 s on average is hardly meant")
    assert warned[2].startswith("Seed 1")


def test_json_keys_are_stable(staffsim: Command, small: Path) -> None:
    result = json.loads(staffsim("size", small, *FEW, "--format", "json").stdout)
    assert list(result) == [
        "command", "version", "scenario", "file", "start", "end", "definitions", "assumptions", "warnings", "seed",
        "replications", "engine", "headline", "unjudged", "warnings_found", "unit", "stated", "limit", "peak", "months",
        "pattern", "every_month", "holds",
    ]  # fmt: skip
    assert list(result["months"][0]) == [
        "month", "start", "end", "size", "alternatives", "binding", "erlang_c", "erlang_a", "below", "at", "above",
    ]  # fmt: skip
    assert list(result["months"][0]["at"]) == [
        "size", "heads", "fte", "paid_h", "cost", "positions_mean", "positions_peak", "met", "replications", "chance",
        "verdict", "targets", "days", "chance_of_every_day", "chance_of_every_month", "figures",
    ]  # fmt: skip
    assert list(result["holds"]["months"][0]) == ["month", "volume", "binding", "at"]
    month = result["months"][0]
    assert month["at"]["met"]
    assert not month["below"]["met"]
    assert month["below"]["size"] + 1 == month["size"] == month["above"]["size"] - 1


def test_csv_has_a_row_for_each_month(staffsim: Command, small: Path) -> None:
    text = staffsim("size", small, *FEW, "--format", "csv", *TWO_MONTHS).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["month"] for row in rows] == ["2027-02", "2027-03"]
    assert {"size", "unit", "calls.sl_offered", "below_calls.sl_offered", "stated_heads"} <= rows[0].keys()


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_no_number_within_the_limit_is_an_answer_of_its_own(staffsim: Command, small: Path, form: str) -> None:
    result = staffsim("size", small, *FEW, "--limit", "2", "--format", form)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "2 heads" in result.stderr
    assert "80 % of calls answered in 20 s" in result.stderr


def test_sizing_needs_targets(staffsim: Command, small: Path) -> None:
    small.write_text(re.sub(r"\n    targets: .*", "", small.read_text()))
    result = staffsim("size", small, *FEW)
    assert result.exit_code == 2
    assert "no queue has targets" in result.stderr


@pytest.mark.parametrize("wrong", [("--limit", "0"), ("--limit", "lots"), ("--by", "day"), ("--precision", "1")])
def test_refuses_wrong_options(staffsim: Command, small: Path, wrong: tuple[str, str]) -> None:
    result = staffsim("size", small, *wrong)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
