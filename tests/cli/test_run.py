"""``staffsim run``: the decision, then the tables, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from analysis.output.words import WEEKDAYS

from .conftest import Command, started

FEW = ("--replications", "4")


def test_begins_with_the_decision(staffsim: Command, small: Path) -> None:
    result = staffsim("run", small, *FEW)
    assert result.exit_code == 0
    assert result.stderr == ""
    decision = result.stdout.split("\n\n")[0].replace("\n", " ")
    figure = r"\d+\.\d %( ± \d+\.\d)?"
    assert re.match(
        rf"(80/20|90 % answered) (holds|fails|can't be told): {figure}.*; [\d.]+ of 2 days meets? all targets\.$",
        decision,
    )


@pytest.mark.parametrize(
    ("heads", "lines"),
    [
        (16, ["80/20 holds: 100.0 % "]),
        (2, ["80/20 fails: ", "90 % answered fails: ", "emails 60 % in 2 h ", "0 of 2 days meet all targets."]),
    ],
)
def test_each_decision_has_its_line_unless_all_hold(
    staffsim: Command, small: Path, heads: int, lines: list[str]
) -> None:
    told = staffsim("run", small, "--replications", "10", "--set", f"teams.advisers.heads={heads}").stdout
    for line, start in zip(told.split("\n\n")[0].splitlines(), lines, strict=True):
        assert line.startswith(start)


def test_tells_heads_fte_and_positions_apart(staffsim: Command, small: Path) -> None:
    told = staffsim("run", small, *FEW).stdout
    assert re.search(r"advisers: 5 heads \(5\.0 FTE\) on the payroll, [\d.]+ positions on the phones on average", told)


def test_closes_with_what_the_figures_are(staffsim: Command, small: Path) -> None:
    told = staffsim("run", small, *FEW, "--seed", "7").stdout
    assert "calls: sl_offered = answered within 20 s / offered" in told
    assert (
        "emails: response_in_time = replied to within 2 h / offered, counted in opening hours; waits in elapsed time"
        in told
    )
    assert re.search(r"\nSeed 7, 4 replications, fast engine, staffsim [^ ]+\.\n$", told)


def test_shows_every_queue(staffsim: Command, small: Path) -> None:
    lines = staffsim("run", small, *FEW).stdout.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("queue "))
    assert lines[start].split() == ["queue", "calls", "emails"]
    names = [re.split(r"  +", line)[0] for line in lines[start + 1 : start + 7]]
    response = "mean response (opening hours)"
    assert names == ["offered", "answered", "in time", "ASA", response, "handle time"]
    assert lines[start + 7] == ""  # nobody comes back: nothing is said of it


def test_judges_every_target(staffsim: Command, small: Path) -> None:
    lines = staffsim("run", small, *FEW).stdout.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("target"))
    assert re.split(r"  +", lines[start]) == ["target", "verdict", "figure", "months met", "days met"]
    names = [re.split(r"  +", line)[0] for line in lines[start + 1 : start + 5]]
    assert names == ["calls 80 % in 20 s", "calls 90 % answered", "emails 60 % in 2 h", "all"]


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("day", [f"{name} 2027-02-0{number}" for number, name in enumerate(WEEKDAYS, 1)]),
        ("week", ["2027-W05"]),
        ("month", ["2027-02"]),
    ],
)
def test_has_a_row_for_each_span(staffsim: Command, small: Path, by: str, rows: list[str]) -> None:
    lines = staffsim("run", small, *FEW, "--by", by).stdout.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(f"{by} "))
    assert [line[: len(rows[0])] for line in lines[start + 1 : start + 1 + len(rows)]] == rows
    assert lines[start + 1 + len(rows)] == ""


def test_a_long_horizon_is_shown_by_month(staffsim: Command, small: Path) -> None:
    told = staffsim("run", small, *FEW, "--set", "horizon=4 months").stdout
    assert re.search(r"^month +offered", told, re.MULTILINE)


def test_leaves_out_intervals_in_which_nothing_happens(staffsim: Command, small: Path) -> None:
    lines = staffsim("run", small, *FEW, "--by", "interval").stdout.splitlines()
    rows = [line[:20] for line in lines if re.match(r"\w{3} 2027-02-01 ", line)]
    assert rows == [f"Mon 2027-02-01 {hour:02d}:00" for hour in range(9, 16)]


def test_fits_a_hundred_columns(staffsim: Command, small: Path) -> None:
    tables = [part for part in staffsim("run", small, *FEW).stdout.split("\n\n")[1:-1] if " on the payroll" not in part]
    assert max(len(line) for part in tables for line in part.splitlines()) <= 100


def test_prints_the_same_with_either_engine(staffsim: Command, small: Path) -> None:
    fast = staffsim("run", small, *FEW).stdout
    reference = staffsim("run", small, *FEW, "--engine", "reference").stdout
    assert reference == fast.replace("fast engine", "reference engine")


def test_prints_the_same_again_but_not_with_another_seed(staffsim: Command, small: Path) -> None:
    first = staffsim("run", small, *FEW, "--format", "csv").stdout
    assert staffsim("run", small, *FEW, "--format", "csv").stdout == first
    assert staffsim("run", small, *FEW, "--format", "csv", "--seed", "2").stdout != first


def test_changes_fields_of_the_file(staffsim: Command, small: Path) -> None:
    changes = ("--set", "teams.advisers.heads=9", "--set", "queues.calls.targets.service_level=80 % in 10 s")
    told = staffsim("run", small, *FEW, *changes).stdout
    assert "9 heads" in told
    assert "80/10 " in told


def test_csv_has_the_table_in_full(staffsim: Command, small: Path) -> None:
    text = staffsim("run", small, *FEW, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["day"] for row in rows] == [f"2027-02-0{day}" for day in range(1, 8)]
    assert {"calls.offered", "calls.sl_offered", "calls.sl_offered_half_width", "advisers.occupancy"} <= rows[0].keys()
    assert 0 <= float(rows[0]["calls.sl_offered"]) <= 1
    assert rows[6]["calls.sl_offered"] == ""  # nothing was offered: undefined


def test_csv_of_totals(staffsim: Command, small: Path) -> None:
    text = staffsim("run", small, *FEW, "--format", "csv", "--by", "total").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == ["of", "name", "figure", "value", "half_width", "currency"]
    heads = {(row["of"], row["name"]): float(row["value"]) for row in rows if row["figure"] == "heads"}
    assert heads == {("total", "teams"): 5.0, ("team", "advisers"): 5.0}


def test_closes_with_what_may_not_be_meant(staffsim: Command, small: Path) -> None:
    assert "Beware" not in staffsim("run", small, *FEW).stdout
    doubted = ("--set", "queues.calls.handle_time=4 s", "--set", "teams.advisers.heads=1")
    told = staffsim("run", small, *FEW, *doubted).stdout.splitlines()
    at = told.index("Beware, this may not be meant:")
    assert told[at + 1].startswith("  --set: queues.calls.handle_time: 4 s on average is hardly meant")
    assert told[-1].startswith("Seed 1")
    result = json.loads(staffsim("run", small, *FEW, *doubted, "--format", "json").stdout)
    assert [one["field"] for one in result["warnings"]] == ["queues.calls.handle_time"]


def test_says_that_a_team_has_more_work_than_time(staffsim: Command, small: Path) -> None:
    told = staffsim("run", small, *FEW, "--set", "queues.calls.handle_time=60 min").stdout
    assert re.search(r"\n  teams\.advisers: by estimate \d+ h of work fall to it .* emails pile up\n", told)


def test_json_keys_are_stable(staffsim: Command, small: Path) -> None:
    result = json.loads(staffsim("run", small, *FEW, "--format", "json").stdout)
    assert list(result) == [
        "command", "version", "scenario", "file", "start", "end", "definitions", "assumptions", "warnings", "seed",
        "replications", "engine", "precise", "headline", "unjudged", "verdict", "targets", "days",
        "chance_of_every_day", "chance_of_every_month", "figures", "people", "hiring_classes", "fte_walk", "by", "rows",
    ]  # fmt: skip
    assert list(result["targets"][0]) == [
        "queue", "metric", "figure", "share", "within_s", "over", "text", "verdict", "value", "half_width", "worst",
        "periods", "days",
    ]  # fmt: skip
    assert set(result["figures"]) == {"queues", "totals", "teams", "services", "sites"}
    assert set(result["figures"]["totals"]) == {"all", "calls", "emails", "teams"}
    assert set(result["figures"]["queues"]["calls"]["offered"]) == {"value", "half_width"}
    assert set(result["rows"][0]) == {"day", "queues", "teams", "sites", "meets_targets"}


def test_json_has_what_the_figures_depend_on(staffsim: Command, small: Path) -> None:
    result = json.loads(staffsim("run", small, *FEW, "--format", "json", "--seed", "3").stdout)
    assert (result["scenario"], result["seed"], result["replications"], result["engine"]) == ("Small", 3, 4, "fast")
    assert result["definitions"]["queues"]["calls"]["formula"] == "answered within 20 s / offered"


def test_undefined_figures_are_null_in_json(staffsim: Command, small: Path) -> None:
    text = staffsim("run", small, *FEW, "--format", "json").stdout
    assert "NaN" not in text
    sunday = json.loads(text)["rows"][6]
    assert sunday["queues"]["calls"]["sl_offered"] is None
    assert sunday["meets_targets"] is None


def test_json_by_total_has_no_rows(staffsim: Command, small: Path) -> None:
    result = json.loads(staffsim("run", small, *FEW, "--format", "json", "--by", "total").stdout)
    assert (result["by"], result["rows"]) == ("total", [])


def test_total_shows_every_figure(staffsim: Command, small: Path) -> None:
    told = staffsim("run", small, *FEW, "--by", "total").stdout
    for figure in ("offered_first", "sl_excl_short", "wait_p95_s", "response_p50_s", "customer_lost", "paid_h"):
        assert re.search(rf"^{figure} ", told, re.MULTILINE), figure


def test_auto_goes_on_until_the_figures_are_precise(staffsim: Command, small: Path) -> None:
    rough = json.loads(staffsim("run", small, "--precision", "3", "--format", "json").stdout)
    fine = json.loads(staffsim("run", small, "--precision", "1", "--format", "json").stdout)
    assert rough["replications"] >= 30
    assert fine["replications"] > rough["replications"]
    (level,) = (target for target in fine["targets"] if target["metric"] == "service_level")
    assert level["half_width"] <= 0.01


def test_a_scenario_without_targets(staffsim: Command, small: Path) -> None:
    text = re.sub(r"\n    targets: .*", "", small.read_text())
    small.write_text(text)
    told = staffsim("run", small, *FEW).stdout
    assert re.match(
        r"No targets are set: calls [\d.]+ % ± [\d.]+ in 20 s, [\d.]+ % answered; emails .* in 4 h\.\n", told
    )
    assert "target " not in told


@pytest.mark.parametrize(
    "wrong",
    [
        ("--replications", "0"),
        ("--replications", "many"),
        ("--precision", "0"),
        ("--by", "year"),
        ("--format", "xml"),
        ("--engine", "slow"),
        ("--set", "queues.calls.handle_time=-1 min"),
        ("--set", "nonsense"),
    ],
)
def test_refuses_wrong_options_in_words(staffsim: Command, small: Path, wrong: tuple[str, str]) -> None:
    result = staffsim("run", small, *wrong)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr


def test_a_notebook_gets_the_same_text(small: Path, staffsim: Command) -> None:
    three_lines = "from analysis import run\nresult = run(sys.argv[1], replications=4)\nprint(result)\n"
    assert started([small], code=f"import sys\n{three_lines}").stdout == staffsim("run", small, *FEW).stdout
