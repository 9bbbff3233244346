"""``staffsim size`` of several teams: those apart, those together, and one alone, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from .conftest import Command
from .test_documented import DOCS, keys

FEW = ("--replications", "6")
HEAD = [
    "command", "version", "scenario", "file", "start", "end", "definitions", "assumptions", "warnings", "seed",
    "replications", "engine", "headline", "unjudged", "warnings_found",
]  # fmt: skip
COUNTRIES = """\
kind: centre
name: Countries
start: 2027-02-01
horizon: 1 week
interval: 1 h
warm_up: none
sites:
  france: {calendar: {open: {mon-tue: "09:00-12:00"}}, currency: EUR}
  italy: {calendar: {open: {mon-tue: "10:00-12:00"}}, currency: EUR}
queues:
  appels: &calls
    site: france
    channel: call
    arrivals: {per_day: 60}
    handle_time: 5 min
    patience: 2 min
    matters: {agenda: 70 %, billing: 30 %}
    transfer: {after: 1 min, to: {billing: billing}}
    targets: {service_level: 80 % in 20 s}
  billing:
    site: france
    channel: call
    arrivals: {per_day: 40}
    handle_time: 5 min
    patience: 3 min
    targets: {answer_rate: 80 %}
  forum: {site: france, channel: email, arrivals: {per_day: 2}, handle_time: 5 min, backlog: 0}
  chiamate:
    site: italy
    channel: call
    arrivals: {per_day: 30}
    handle_time: 5 min
    patience: 2 min
    targets: {service_level: 70 % in 20 s}
teams:
  france:
    {site: france, serves: [appels], skills: [agenda], heads: 9, contract: 30 h per week, hours: {mon-fri: 09:00-16:00}}
  desk: {site: france, serves: [billing], positions: 3}
  italy: {site: italy, serves: [chiamate], positions: 4}
  writers: {site: france, serves: [forum], positions: 1}
"""
TEAMS = {"france", "desk", "italy", "writers"}
QUEUES = {"appels", "billing", "forum", "chiamate"}


@pytest.fixture
def countries(tmp_path: Path) -> Path:
    """Two teams in France that hand contacts on, one in Italy, and writers whose queue has no target."""
    path = tmp_path / "countries.yaml"
    path.write_text(COUNTRIES)
    return path


def test_begins_with_the_numbers(staffsim: Command, countries: Path) -> None:
    result = staffsim("size", countries, *FEW)
    assert result.exit_code == 0, result.stderr
    first, *others = result.stdout.split("\n\n")[0].splitlines()
    sizes = r"\d+(?: (?:or|to) \d+)?"
    assert re.fullmatch(
        rf"france {sizes} heads, desk {sizes} positions?, italy {sizes} positions? for February 2027\.", first
    )
    for team, queue in (("france", "appels"), ("desk", "billing"), ("italy", "chiamate")):
        assert any(re.match(rf"{team}: (with \d+, {queue} |fewer there can't be)", line) for line in others)
    told = "\n".join(others)
    assert "The file has 9 heads of france (" in told
    assert "Sized together, as they share queues or contacts: france and desk. Nobody can be taken from any" in told
    assert "Not sized, for no target judges what they serve: 1 position of writers." in told


def test_teams_of_the_same_unit_are_told_in_sum_first(staffsim: Command, countries: Path) -> None:
    countries.write_text(COUNTRIES.replace("heads: 9, contract: 30 h per week", "positions: 7"))
    first, *_ = staffsim("size", countries, *FEW, "--seed", "2").stdout.splitlines()
    told = re.fullmatch(
        r"(\d+) positions in 3 teams, (\d+) (more|fewer) than the file's 14: france (.*), desk (.*), italy (.*) "
        r"for February 2027\.",
        first,
    )
    assert told, first
    needed, difference, more, *_ = told.groups()
    assert int(needed) == 14 + (int(difference) if more == "more" else -int(difference))


def test_without_formulas_nothing_is_said_of_them(staffsim: Command, countries: Path) -> None:
    """All serve what others serve."""
    countries.write_text(COUNTRIES.replace("serves: [chiamate]", "serves: [chiamate, appels, billing]"))
    told = staffsim("size", countries, *FEW).stdout
    assert "needed" in told
    assert "Erlang" not in told


def test_tables_by_team_and_trial(staffsim: Command, countries: Path) -> None:
    told = staffsim("size", countries, *FEW, "--set", "horizon=1 month").stdout
    assert re.search(r"^team +needed +binding target +FTE +average +peak +occupancy +Erlang C +Erlang A$", told, re.M)
    assert re.search(r"^all of them +\d+ \+ \d+ ", told, re.MULTILINE)
    assert re.search(r"^desk +\d+, one fewer ", told, re.MULTILINE)
    assert re.search(r"^italy +\d+, one more ", told, re.MULTILINE)
    assert "The file's own 9 heads of france and 3 positions of desk would hold every target up to " in told
    assert "The file's own 4 positions of italy would hold every target up to " in told
    assert "Teams that share a queue with another have none." in told


def test_months_side_by_side(staffsim: Command, countries: Path) -> None:
    told = staffsim("size", countries, *FEW, "--set", "start=2027-02-15", "--set", "horizon=30 days").stdout
    assert re.search(r"^month +france +desk +italy$", told, re.MULTILINE)
    assert re.search(r"^2027-03 +\d+", told, re.MULTILINE)
    assert re.search(r", the peak month; they hold every other month, too\.$", told.splitlines()[0])


def test_one_team_alone(staffsim: Command, countries: Path) -> None:
    result = staffsim("size", countries, *FEW, "--team", "desk")
    assert result.exit_code == 0, result.stderr
    first, *others = result.stdout.split("\n\n")[0].splitlines()
    assert re.match(r"\d+( or \d+)? positions? of desk for February 2027; ", first)
    assert "The others are as the file has them: 9 heads of france." in others


def test_an_unknown_team(staffsim: Command, countries: Path) -> None:
    result = staffsim("size", countries, *FEW, "--team", "frnace")
    assert result.exit_code == 2
    assert 'there is no team "frnace"; did you mean "france"?' in result.stderr


def test_teams_together_are_not_sized_by_interval(staffsim: Command, countries: Path, tmp_path: Path) -> None:
    result = staffsim("size", countries, *FEW, "--per-interval", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert '"france" and "desk" have to do with each other' in result.stderr


def test_json_keys_are_stable(staffsim: Command, countries: Path) -> None:
    result = json.loads(staffsim("size", countries, *FEW, "--format", "json").stdout)
    assert list(result) == [*HEAD, "groups", "not_sized"]
    assert result["not_sized"] == ["writers"]
    france, italy = result["groups"]
    assert list(france) == ["queues", "teams", "limit", "peak", "replications", "months", "every_month", "holds"]
    assert (france["queues"], italy["queues"]) == (["appels", "billing"], ["chiamate"])
    assert {name: team["unit"] for name, team in france["teams"].items()} == {"france": "heads", "desk": "positions"}
    assert list(france["teams"]["desk"]) == ["unit", "stated", "pattern"]
    (month,) = france["months"]
    assert list(month) == ["month", "start", "end", "teams", "at"]
    assert list(month["teams"]["desk"]) == [
        "size", "alternatives", "binding", "erlang_c", "erlang_a", "below", "above",
    ]  # fmt: skip
    assert list(month["at"])[:4] == ["teams", "met", "replications", "chance"]
    assert month["at"]["met"]
    for name, team in month["teams"].items():
        assert month["at"]["teams"][name]["size"] == team["size"]
        if team["below"] is not None:
            assert team["below"]["teams"][name]["size"] == team["size"] - 1
            assert not team["below"]["met"]
        assert team["above"] is None
    assert italy["months"][0]["teams"]["italy"]["above"] is not None
    assert france["holds"]["months"][0]["at"]["teams"]["france"]["size"] == 9


def test_json_of_one_team_is_as_that_of_a_file_of_one(staffsim: Command, countries: Path) -> None:
    result = json.loads(staffsim("size", countries, *FEW, "--format", "json", "--team", "italy").stdout)
    assert list(result) == [
        *HEAD, "team", "beside", "unit", "stated", "limit", "peak", "months", "pattern", "every_month",
        "holds",
    ]  # fmt: skip
    assert (result["team"], result["unit"], result["stated"], result["beside"]) == ("italy", "positions", 4, [])
    assert result["months"][0]["at"]["size"] == result["months"][0]["size"]


@pytest.mark.parametrize("options", [(), ("--team", "desk", "--per-interval")])
def test_keys_are_documented(staffsim: Command, countries: Path, options: tuple[str, ...]) -> None:
    documented = set(re.findall(r"`([^`]+)`", (DOCS / "output.md").read_text() + (DOCS / "figures.md").read_text()))
    result = json.loads(staffsim("size", countries, *FEW, "--format", "json", *options).stdout)
    assert set(keys(result)) - documented - TEAMS - QUEUES == set()


def test_csv_has_a_row_for_each_team_and_month(staffsim: Command, countries: Path) -> None:
    text = staffsim("size", countries, *FEW, "--format", "csv", "--set", "horizon=7 weeks").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["team"], row["month"]) for row in rows] == [
        (team, month) for team in ("france", "desk", "italy") for month in ("2027-02", "2027-03")
    ]
    assert {"unit", "size", "binding", "appels.sl_offered", "below_billing.answer_rate"} <= rows[0].keys()
    assert rows[0]["stated_heads"] == "9"
    assert rows[2]["stated_positions_peak"] == "3"
    assert rows[4]["appels.sl_offered"] == ""


def test_files(staffsim: Command, countries: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = staffsim("size", countries, *FEW, "--format", "json", "--out", out)
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in out.iterdir()} == {"months.csv", "months.parquet", "result.json", "manifest.json"}
    assert json.loads((out / "result.json").read_text()) == json.loads(result.stdout)
    assert pd.read_parquet(out / "months.parquet")["team"].tolist() == ["france", "desk", "italy"]
    assert "groups" not in json.loads((out / "manifest.json").read_text())


def test_files_of_patterns(staffsim: Command, countries: Path, tmp_path: Path) -> None:
    apart = re.sub(r"    matters: .*\n    transfer: .*\n|skills: \[agenda\], ", "", COUNTRIES)
    countries.write_text(apart)
    out = tmp_path / "out"
    assert staffsim("size", countries, "--replications", "4", "--per-interval", "--out", out).exit_code == 0
    for team in ("france", "desk", "italy"):
        assert len(pd.read_csv(out / f"pattern_{team}.csv")) == 7 * 24
    manifest = json.loads((out / "manifest.json").read_text())
    assert "pattern_italy.csv" in manifest["written"]
