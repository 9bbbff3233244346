"""``staffsim check``: what a file was understood as, or all that is wrong with all files."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Command, started


def test_tells_what_a_file_says(staffsim: Command, small: Path) -> None:
    result = staffsim("check", small)
    assert result.exit_code == 0
    told = result.stdout
    assert told.startswith(f"{small}: Small\n")
    assert "7 days from 1 February 2027, in intervals of 1 h; warm-up: 0 days" in told
    assert "120 calls a week, 5 min each: 10 h of work, 1.7 erlangs over 6 h open" in told
    assert "to hold over each month: 80 % in 20 s (sl_offered), 90 % answered" in told
    assert "to hold over each month: 60 % in 2 h (opening hours)" in told
    assert "5 heads (5.0 FTE) on the payroll, 30 h a week, 30 % shrinkage: 105 h a week, 3.0 positions" in told
    assert "would keep them busy 13.3 % of that time" in told
    assert "calendar.country: no public holidays" in told
    assert result.stderr == ""


def test_tells_all_problems_of_all_files(staffsim: Command, small: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    first.write_text(small.read_text().replace("patience:", "patiense:").replace("5 min", "-5 min"))
    second.write_text("[]")
    result = staffsim("check", first, small, second, tmp_path / "third.yaml")
    assert result.exit_code == 2
    assert result.stdout.startswith(f"{small}: Small\n")
    assert f"{first}: 2 problems\n" in result.stderr
    assert 'did you mean "patience"?' in result.stderr
    assert "queues.calls.handle_time" in result.stderr
    assert f"{second}: 1 problem\n" in result.stderr
    assert f"{tmp_path / 'third.yaml'}: 1 problem\n  no such file" in result.stderr


@pytest.mark.parametrize(
    ("staff", "told"),
    [
        ("positions: 4", "4 positions on the phones: 24 h a week, 4.0 positions on average"),
        ('positions: {mon: {"09:00": 2, "11:00": 5}}', "by time, 5 at the peak: 9 h a week, 3.0 positions on average"),
        ("positions: plan.csv", "positions on the phones by time\n"),
    ],
)
def test_tells_positions(staffsim: Command, small: Path, staff: str, told: str) -> None:
    (small.parent / "plan.csv").write_text("start,positions\n2027-02-01T09:00,4\n")
    team = small.read_text().rindex("{heads")
    small.write_text(small.read_text()[:team] + f"{{{staff}}}\n")
    result = staffsim("check", small)
    assert result.exit_code == 0, result.stderr
    assert told in result.stdout


def test_tells_sites_transfers_and_what_falls_to_each_team(staffsim: Command, two_sites: Path) -> None:
    result = staffsim("check", two_sites)
    assert result.exit_code == 0, result.stderr
    told = result.stdout
    assert "france (site)       open mon-" in told
    assert "language fr, costs in EUR\n" in told
    assert " holidays of FR: " in told
    assert " no holidays\n" in told
    assert "100 calls a week handed on to it, none of its own, 6 min each: 10 h of work" in told
    assert "100 chats a week, " in told
    assert "to hold over each month: 92.5 % satisfied" in told
    assert told.count("its part of the work of an ordinary week, by estimate, would keep them busy") == 2


def test_what_if(staffsim: Command, small: Path) -> None:
    told = staffsim("check", small, "--set", "queues.calls.handle_time=9 min")
    assert told.exit_code == 0, told.stderr
    assert ", 9 min each: " in told.stdout
    assert staffsim("check", small, "--set", "queues.calls.handel_time=9 min").exit_code == 2


def test_warns_of_what_may_not_be_meant(staffsim: Command, small: Path) -> None:
    line = small.read_text().splitlines().index("    handle_time: 5 min") + 1
    small.write_text(small.read_text().replace("handle_time: 5 min", "handle_time: 5 h"))
    result = staffsim("check", small, "--set", "teams.advisers.contract=1 h per week")
    assert result.exit_code == 0, result.stderr
    told = result.stdout
    beware = told[told.index("  beware, this may not be meant:\n") : told.index("  assumed, ")].splitlines()[1:]
    assert beware == [
        f"    line {line}  queues.calls.handle_time: 5 h on average is hardly meant; usual is 5 s to 3 h, so check "
        "number and unit",
        "             --set: teams.advisers.contract: 1 h is hardly meant; usual is 4 h to 60 h, so check "
        "number and unit",
        "             teams.advisers: by estimate 604 h of work fall to it in an ordinary week, and it has 4 h on the "
        "phones (17257.1 %); callers will wait long or give up, and emails pile up",
    ]


def test_warns_of_a_team_that_is_there_for_nothing(staffsim: Command, small: Path) -> None:
    small.write_text(small.read_text().replace("per_day: 60", "per_day: 0.2").replace("per_day: 20", "per_day: 0.2"))
    told = staffsim("check", small).stdout
    assert "teams.advisers: by estimate 0.1 h of work fall to it in an ordinary week, and it has 105 h" in told
    assert "beware" not in staffsim("check", small, "--set", "queues.calls.arrivals.per_day=20").stdout


def test_needs_a_file(staffsim: Command) -> None:
    result = staffsim("check")
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["run", "--help"], ["size", "--help"], ["new"]])
def test_answers_at_once_for_want_of_heavy_imports(arguments: list[str], small: Path) -> None:
    if arguments == ["check"]:
        arguments = ["check", str(small)]
    code = (
        "import sys\nfrom cli import main\n"
        "try:\n    main(sys.argv[1:])\nfinally:\n"
        "    heavy = {'numpy', 'numba', 'pandas', 'scipy', 'matplotlib', 'simpy', 'rich', 'openpyxl'}\n"
        "    heavy &= set(sys.modules)\n"
        "    print('heavy:', sorted(heavy), file=sys.stderr)"
    )
    assert started(arguments, code=code).stderr == "heavy: []\n"
