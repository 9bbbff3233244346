"""What ``run`` says of made-up results: in words, as JSON, as CSV, and in files."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.kpis import Estimate
from analysis.output.answers import run_answer
from analysis.output.definitions import in_words
from analysis.output.figure_text import totals_text
from analysis.output.queue_text import queues_text
from analysis.output.run_files import run_file_names, run_files
from analysis.simulation import RunResult
from analysis.store import write_folder
from analysis.tables import Rows

WIDTH = 100


def blocks(result: RunResult, rows: Rows | None = "month") -> list[str]:
    return run_answer(result, "table", rows, WIDTH).split("\n\n")


def cells(block: str) -> dict[str, list[str]]:
    """Rows of a table by their first cell."""
    rows = (re.split(r"  +", line.strip()) for line in block.splitlines())
    return {first: rest for first, *rest in rows}


def block_of(result: RunResult, first: str, rows: Rows | None = "month") -> str:
    """The first block with a line that begins with this word."""
    return next(block for block in blocks(result, rows) if re.search(rf"^{first} ", block, re.MULTILINE))


# --- text ---------------------------------------------------------------------------------------------------------


def test_a_plain_centre_has_a_short_table_of_its_queues(plain: RunResult) -> None:
    assert block_of(plain, "queue").splitlines() == [
        "queue                                         calls               emails",
        "offered                                         100                   50",
        "answered                                     80.0 %              100.0 %",
        "in time                        70.0 % ± 5.4 in 20 s  90.0 % ± 5.8 in 4 h",
        "ASA                                            20 s",
        "mean response (opening hours)                                        1 h",
        "handle time                                   5 min                6 min",
        "Of all contacts 6.7 % are self-inflicted; of those solved 100.0 % didn't come back.",
        "Customers: 1.07 attempts each, 85.7 % served in the end.",
    ]


def test_queues_have_a_row_each_where_they_do_not_fit_side_by_side(plain: RunResult) -> None:
    text = run_answer(plain, "table", "month", 60)
    first, second = (block.splitlines() for block in text.split("\n\n") if re.search("^queue ", block, re.MULTILINE))
    assert re.split(r"  +", first[0]) == ["queue", "offered", "answered", "in time", "ASA"]
    assert re.split(r"  +", first[1]) == ["calls", "100", "80.0 %", "70.0 % ± 5.4 in 20 s", "20 s"]
    assert (second[0].strip(), second[1].split()) == ("opening hours", ["queue", "mean", "response", "handle", "time"])
    assert re.split(r"  +", second[3].strip()) == ["emails", "1 h", "6 min"]


def test_where_nobody_comes_back_nothing_is_said_of_it(plain: RunResult) -> None:
    once = plain.figures.totals["all"] | {"self_inflicted": Estimate(0.0, 0.0)}
    nobody = replace(plain, figures=replace(plain.figures, totals=plain.figures.totals | {"all": once}))
    told, untold = (block_of(result, "queue") for result in (plain, nobody))
    assert told.startswith(untold)
    assert [line.split()[0] for line in told.removeprefix(untold).split("\n")[1:]] == ["Of", "Customers:"]


def test_of_what_a_queue_does_not_do_nothing_is_said(two_sites: RunResult) -> None:
    """Cells are empty, and in tables of a row for each queue rows of nothing else are left out."""
    still = {name: Estimate(0.0, 0.0) for name in ("handed_on", "transferred_in")}
    emails = two_sites.figures.queues["emails"] | still
    figures = replace(two_sites.figures, queues=two_sites.figures.queues | {"emails": emails})
    before, after = (queues_text(replace(two_sites, figures=of), 400) for of in (two_sites.figures, figures))
    for label in ("handed on", "handed in", "handed in, mean wait", "handed in, abandoned", "solved by one agent"):
        assert (len(cells(before)[label]), len(cells(after)[label])) == (4, 3)
    narrow = queues_text(replace(two_sites, figures=figures), 60).split("\n\n")
    (handed_in,) = (block for block in narrow if "handed in, mean wait" in block)
    assert [line.split()[0] for line in handed_in.splitlines()] == ["queue", "calls", "anrufe", "chats"]


def test_of_a_queue_that_lives_on_transfers_those_are_told(desk: RunResult) -> None:
    over_all = cells(queues_text(desk, WIDTH))
    assert [over_all[label] for label in ("offered", "answered", "ASA")] == [["100"], ["90.0 %"], ["0 s"]]
    assert [over_all[label] for label in ("handed in", "handed in, mean wait")] == [["20"], ["1 min 30 s"]]
    heading, names, january, february = block_of(desk, "month").splitlines()
    assert heading.split() == ["calls", "desk", "advisers"]
    columns = re.split("  +", names)
    assert columns[5:8] == ["handed in", "mean wait", "abandoned"]
    assert re.split("  +", january)[5:8] == ["20", "1 min 30 s", "10.0 %"]
    assert re.split("  +", february)[5:8] == ["0", "–", "–"]
    assert blocks(desk)[0].startswith("No targets are set: calls ")
    assert "desk" not in blocks(desk)[0]
    by_interval = run_answer(desk, "csv", "interval", WIDTH).splitlines()[0].split(",")
    assert [name for name in by_interval if name.startswith("desk.")] == ["desk.transferred_in"]


def test_beside_those_handed_on_stands_how_many_were_lost(desk: RunResult, two_sites: RunResult) -> None:
    """3 of 20; not where contacts are handed in as well, as the queue may hand those on in turn."""
    assert cells(queues_text(desk, WIDTH))["handed on, lost"] == ["15.0 %"]
    assert "handed on, lost" not in queues_text(two_sites, WIDTH)


def test_one_team_is_told_on_a_line(plain: RunResult) -> None:
    assert blocks(plain)[2].splitlines() == [
        "Care: 42 days from 4 January 2027",
        "advisers: 12 heads (12.0 FTE) on the payroll, 4.0 positions on the phones on average, 4 at the peak, "
        "0.0 % occupancy",
    ]


def test_several_teams_are_a_table_with_who_served_what(two_sites: RunResult) -> None:
    staff = cells(block_of(two_sites, "team"))
    assert staff["advisers"][:5] == ["france", "12", "12.0", "4.0", "4"]
    assert staff["berater"][:5] == ["switzerland", "7", "6.5", "4.0", "6"]
    shares = next(block for block in blocks(two_sites) if "share served of" in block)
    for place in range(1, 5):
        of_both = (float(cells(shares)[team][place].removesuffix(" %")) for team in ("advisers", "berater"))
        assert sum(of_both) == pytest.approx(100, abs=0.11)


def test_sites_stand_side_by_side_with_their_languages(two_sites: RunResult) -> None:
    told = cells(block_of(two_sites, "site"))
    assert told["site"] == ["france (fr)", "switzerland (de)", "together"]
    assert list(told)[1:] == [
        "offered", "calls answered", "calls in time", "chats answered", "chats in time", "emails in time", "satisfied",
        "heads", "FTE", "positions on average", "positions at the peak", "occupancy", "cost", "cost per contact",
    ]  # fmt: skip
    assert told["heads"] == ["12", "7", "19"]
    assert [cell.split(" in ")[1:] for cell in told["calls in time"]] == [["20 s"], ["10 s"], []]


def test_money_of_two_currencies_is_not_added(two_sites: RunResult) -> None:
    told = cells(block_of(two_sites, "site"))
    assert told["cost"] == ["60 000 EUR", "90 000 CHF", "–"]
    assert [cell[-3:] for cell in told["cost per contact"][:2]] == ["EUR", "CHF"]


def test_queues_stand_under_their_sites_with_all_that_they_do(two_sites: RunResult) -> None:
    rows = [block for block in blocks(two_sites) if re.search(r"^queue +site ", block, re.MULTILINE)]
    assert len(rows) > 1  # more figures than there is room for
    told = [(queue, cell[0]) for block in rows for queue, cell in cells(block).items() if queue in ("calls", "anrufe")]
    assert set(told) == {("calls", "france"), ("anrufe", "switzerland")}
    headings = " ".join(line for block in rows for line in block.splitlines() if line.startswith("queue "))
    for heading in ("deflected", "took a callback", "handed on", "put down for a call", "satisfied"):
        assert heading in headings
    assert "Transfers cost the agents" in rows[-1]


def test_spans_are_told_by_site_where_there_are_several(two_sites: RunResult, plain: RunResult) -> None:
    assert "france.calls" in block_of(two_sites, "month")
    assert block_of(plain, "month").splitlines()[0].split() == ["calls", "emails", "advisers"]


def test_targets_met_are_told_of_each_site_and_of_all(two_sites: RunResult, plain: RunResult) -> None:
    def targets_met(result: RunResult) -> list[str]:
        lines = run_answer(result, "table", "month", WIDTH).splitlines()
        places = [(above, row.find("targets met")) for above, row in pairwise(lines) if "targets met" in row]
        return [re.split(r"  +", above[place:])[0] for above, place in places]

    assert targets_met(two_sites) == ["france", "switzerland", "all sites"]
    assert targets_met(plain) == [""]


def test_in_total_every_figure_is_told_but_of_what_nobody_does(two_sites: RunResult, plain: RunResult) -> None:
    named = {line.split()[0] for line in run_answer(plain, "table", "total", WIDTH).splitlines() if line}
    assert {"offered_first", "sl_excl_short", "customer_lost", "paid_h"} <= named
    assert not {"callbacks", "handed_on", "deflected", "put_down", "satisfaction", "offered_posted"} & named
    text = run_answer(two_sites, "table", "total", WIDTH)
    named = {line.split()[0] for line in text.splitlines() if line}
    assert {"callbacks", "handed_on", "deflected", "put_down", "satisfaction", "share_of_queue"} <= named
    assert "total: teams" in text
    assert "switzerland (de)" in text


def test_in_total_money_names_its_currency(two_sites: RunResult) -> None:
    lines = run_answer(two_sites, "table", "total", WIDTH).splitlines()
    costs = [re.split(r"  +", line)[1:] for line in lines if line.startswith("cost ")]
    assert ["60 000 EUR", "90 000 CHF", "–"] in costs  # of the teams, and of all together
    each = [cell for line in lines if line.startswith("cost_per_contact ") for cell in re.split(r"  +", line)[1:]]
    assert [cell[-3:] for cell in each if cell != "–"] == ["EUR", "CHF"]


def test_in_total_names_are_never_cut(two_sites: RunResult) -> None:
    teams = {"advisers_of_a_long_name": two_sites.figures.services["advisers"]}
    figures = replace(two_sites.figures, services=teams)
    told = totals_text(figures, two_sites.loaded.model, WIDTH)
    assert "advisers_of_a_long_name" in told


@pytest.mark.parametrize(("utilisation", "told"), [(1.0004, False), (1.036, True)])
def test_in_total_a_utilisation_above_all_is_explained(plain: RunResult, utilisation: float, told: bool) -> None:
    busy = plain.figures.teams["advisers"] | {"utilisation": Estimate(utilisation, 0.0)}
    text = totals_text(replace(plain.figures, teams={"advisers": busy}), plain.loaded.model, WIDTH)
    assert ("Utilisation is above 100 % where people stayed on" in text) == told


@pytest.mark.parametrize("rows", ["day", "month", "total", "interval"])
def test_tables_fit_a_hundred_columns(two_sites: RunResult, rows: Rows) -> None:
    for block in blocks(two_sites, rows)[2:-1]:
        assert max(map(len, block.splitlines())) <= WIDTH


# --- JSON, CSV, files ---------------------------------------------------------------------------------------------


def test_json_has_sites_services_and_definitions(two_sites: RunResult) -> None:
    told: dict[str, Any] = json.loads(run_answer(two_sites, "json", "month", WIDTH))
    assert list(told["figures"]) == ["queues", "totals", "teams", "services", "sites"]
    assert list(told["figures"]["totals"]) == ["all", "calls", "chats", "emails", "teams"]
    assert list(told["figures"]["sites"]["france"]) == ["all", "calls", "emails", "teams"]
    assert told["figures"]["services"]["berater"]["chats"]["share_of_queue"]["value"] > 0
    assert told["figures"]["totals"]["teams"]["cost"]["value"] is None
    assert told["figures"]["totals"]["teams"]["cost"]["currency"] is None
    assert told["figures"]["teams"]["berater"]["cost"]["currency"] == "CHF"
    assert told["figures"]["sites"]["france"]["all"]["cost_per_contact"]["currency"] == "EUR"
    assert "currency" not in told["figures"]["teams"]["berater"]["heads"]
    assert list(told["rows"][0]["sites"]["switzerland"]) == ["all", "calls", "chats", "teams"]
    definitions = told["definitions"]
    assert definitions["sites"] == {
        "france": {"language": "fr", "currency": "EUR"},
        "switzerland": {"language": "de", "currency": "CHF"},
    }
    assert definitions["teams"]["berater"] == {"site": "switzerland", "currency": "CHF"}
    assert definitions["queues"]["chats"]["site"] == "switzerland"
    assert [one["metric"] for one in told["targets"] if one["queue"] == "calls"] == ["service_level", "satisfaction"]


def test_json_without_sites_has_none(plain: RunResult) -> None:
    told = json.loads(run_answer(plain, "json", "month", WIDTH))
    assert told["figures"]["sites"] == told["rows"][0]["sites"] == told["definitions"]["sites"] == {}
    assert told["definitions"]["teams"] == {"advisers": {"site": None, "currency": None}}


def test_csv_by_site(two_sites: RunResult) -> None:
    rows = list(csv.DictReader(io.StringIO(run_answer(two_sites, "csv", "month", WIDTH))))
    assert [row["month"] for row in rows] == ["2027-01", "2027-02"]
    assert {"france.calls.sl_offered", "france.calls.sl_offered_half_width", "switzerland.teams.occupancy"} <= rows[
        0
    ].keys()


def test_csv_of_totals_has_the_currency_of_what_is_money(two_sites: RunResult) -> None:
    rows = list(csv.DictReader(io.StringIO(run_answer(two_sites, "csv", "total", WIDTH))))
    money = {(row["of"], row["name"], row["figure"]): row["currency"] for row in rows if "cost" in row["figure"]}
    assert money == {
        ("total", "all", "cost_per_contact"): "",
        ("total", "teams", "cost"): "",
        ("team", "advisers", "cost"): "EUR",
        ("team", "berater", "cost"): "CHF",
        ("site", "france.all", "cost_per_contact"): "EUR",
        ("site", "france.teams", "cost"): "EUR",
        ("site", "switzerland.all", "cost_per_contact"): "CHF",
        ("site", "switzerland.teams", "cost"): "CHF",
    }
    assert {row["currency"] for row in rows if "cost" not in row["figure"]} == {""}


def test_files_of_sites_are_written_where_there_are_such(
    two_sites: RunResult, plain: RunResult, tmp_path: Path
) -> None:
    for name, result in (("two", two_sites), ("plain", plain)):
        write_folder(tmp_path / name, run_files(result, "staffsim run", datetime.now(UTC)))
        expected = run_file_names(result.loaded.model, contacts=False)
        assert {path.name for path in (tmp_path / name).iterdir()} == set(expected)
    assert not (tmp_path / "plain" / "site_days.csv").exists()
    sites = pd.read_parquet(tmp_path / "two" / "site_months.parquet")
    assert set(sites["part"]) == {"all", "calls", "chats", "emails", "teams"}
    services = pd.read_csv(tmp_path / "two" / "team_services.csv", parse_dates=["start"])
    pd.testing.assert_frame_equal(
        services, pd.read_parquet(tmp_path / "two" / "team_services.parquet"), check_dtype=False, rtol=1e-9
    )


def test_the_manifest_tells_of_the_contacts(plain: RunResult, tmp_path: Path) -> None:
    class Log:
        rows = 3

        @staticmethod
        def move_to(path: Path) -> None:
            path.write_text("contacts")

    write_folder(tmp_path / "out", run_files(plain, "staffsim run", datetime.now(UTC), Log()))  # type: ignore[arg-type]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["contacts"] == 3
    assert "contacts.parquet" in manifest["written"]
    assert (tmp_path / "out" / "contacts.parquet").read_text() == "contacts"


# --- how much of it -------------------------------------------------------------------------------------------------


def test_rows_are_as_fine_as_one_can_take_in(plain: RunResult, two_sites: RunResult) -> None:
    """Six weeks are one table of two queues; of two sites, with more than fits side by side, they would be many."""
    few, many = (run_answer(result, "table", None, WIDTH) for result in (plain, two_sites))
    assert "Mon 2027-01-04" in few
    assert "--by" not in few
    assert "2027-W01" in many
    assert "Mon 2027-01-04" not in many
    assert "A row for every day: --by day.\n" in many
    assert "Mon 2027-01-04" in run_answer(two_sites, "table", "day", WIDTH)


def test_alike_queues_are_defined_once(plain: RunResult) -> None:
    queues = dict(plain.loaded.model.queues)
    model = plain.loaded.model.model_copy(update={"queues": queues | {"sales": queues["calls"]}})
    assert in_words(model)[0] == "calls, sales: sl_offered = answered within 20 s / offered"
