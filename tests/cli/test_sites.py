"""``run`` of a centre in two countries that hand contacts on to each other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from .conftest import Command

FEW = ("--replications", "3")


def test_tells_sites_and_transfers(staffsim: Command, two_sites: Path) -> None:
    told = staffsim("run", two_sites, *FEW).stdout
    assert re.search(r"^site +france \(fr\) +italy +together$", told, re.MULTILINE)
    assert re.search(r"^handed on +\d+\.\d %$", told, re.MULTILINE)
    assert re.search(r"^handed in +\d+$", told, re.MULTILINE)
    assert "Transfers cost the agents" in told
    assert "– in " not in told  # nothing is offered to the desk: its share in time is undefined
    assert re.search(r"^day +(offered|handed in)", told, re.MULTILINE)


def test_more_than_two_weeks_of_several_sites_are_told_by_week(staffsim: Command, two_sites: Path) -> None:
    few, more = (staffsim("run", two_sites, *FEW, "--set", f"horizon={days} days").stdout for days in (14, 15))
    assert re.search(r"^day +(offered|handed in)", few, re.MULTILINE)
    assert not re.search(r"^day +(offered|handed in)", more, re.MULTILINE)
    assert re.search(r"^week +(offered|handed in)", more, re.MULTILINE)
    assert "A row for every day: --by day.\n" in more


def test_either_engine_says_the_same(staffsim: Command, two_sites: Path) -> None:
    fast, reference = (staffsim("run", two_sites, *FEW, "--engine", engine).stdout for engine in ("fast", "reference"))
    assert reference == fast.replace("fast engine", "reference engine")


def test_what_is_handed_on_is_handed_in(staffsim: Command, two_sites: Path) -> None:
    figures = json.loads(staffsim("run", two_sites, *FEW, "--format", "json").stdout)["figures"]
    calls, desk = figures["queues"]["calls"], figures["queues"]["desk"]
    assert calls["handed_on"]["value"] > 0
    assert desk["transferred_in"]["value"] > 0
    assert desk["offered"]["value"] == 0
    solved = calls["solved_by_2"]["value"] + calls["solved_by_more"]["value"]
    assert solved == pytest.approx(desk["transfer_served"]["value"], rel=0.01)  # but for the horizon's ends
    assert figures["sites"]["italy"]["chats"]["offered"]["value"] > 0
    assert list(figures["services"]["advisers"]) == ["calls"]
    assert figures["services"]["specialists"]["desk"]["share_of_queue"]["value"] == 1


def test_files_and_contacts(staffsim: Command, two_sites: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert staffsim("run", two_sites, *FEW, "--out", out, "--contacts").exit_code == 0
    assert {"site_days.csv", "site_months.parquet", "team_services.csv", "contacts.parquet"} <= {
        path.name for path in out.iterdir()
    }
    contacts = pd.read_parquet(out / "contacts.parquet")
    assert set(contacts["site"].unique()) == {"france", "italy"}
    first = contacts[contacts["reason"] == "first"]
    assert set(first.loc[first["queue"] == "calls", "matter"].unique()) == {"agenda", "tele"}
    handed_in = contacts[contacts["reason"] == "transfer"]
    assert set(handed_in["queue"].unique()) == {"desk"}
    assert set(handed_in["matter"].unique()) == {"tele"}


def test_a_site_without_a_team_has_no_positions(staffsim: Command, two_sites: Path) -> None:
    """Its queues are served from the other site: none is told, and ``check`` says so."""
    both = two_sites.read_text().replace("specialists: {site: italy", "specialists: {site: france")
    assert both != two_sites.read_text()
    two_sites.write_text(both)
    assert "beware: no team of its own, so no positions and no cost; its queues are served by specialists\n" in (
        staffsim("check", two_sites).stdout
    )
    told = staffsim("run", two_sites, *FEW).stdout
    row = next(line for line in told.splitlines() if line.startswith("positions at the peak"))
    assert re.split(r"  +", row)[1:] == ["5", "–", "5"]
    sites = json.loads(staffsim("run", two_sites, *FEW, "--format", "json").stdout)["figures"]["sites"]
    assert ("teams" in sites["france"], "teams" in sites["italy"]) == (True, False)
