"""``run --contacts``: every contact in a file that the figures can be found again from."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.output import run_files

from .conftest import Command

FEW = ("--replications", "3")


@pytest.fixture
def contacts(staffsim: Command, small: Path) -> pd.DataFrame:
    out = small.parent / "out"
    result = staffsim("run", small, *FEW, "--out", out, "--contacts")
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in small.parent.iterdir()} == {"small.yaml", "out"}
    return pd.read_parquet(out / "contacts.parquet")


def test_it_is_listed_in_the_manifest(contacts: pd.DataFrame, small: Path) -> None:
    manifest = json.loads((small.parent / "out" / "manifest.json").read_text())
    assert "contacts.parquet" in manifest["written"]
    assert manifest["contacts"] == len(contacts)


def test_rows_are_in_order(contacts: pd.DataFrame) -> None:
    keys = contacts[["replication", "contact", "attempt"]]
    assert keys.equals(keys.sort_values(list(keys.columns)))
    assert not keys.duplicated().any()
    assert sorted(contacts["replication"].unique()) == [0, 1, 2]


def test_the_figures_can_be_found_again(contacts: pd.DataFrame, small: Path) -> None:
    totals = pd.read_csv(small.parent / "out" / "totals.csv").set_index(["of", "name", "figure"])["value"]
    counted = contacts[contacts["counted"]]
    for queue in ("calls", "emails"):
        rows = counted[counted["queue"] == queue]
        served = rows[rows["fate"] == "served"]
        found = {
            "offered": len(rows) / 3,
            "offered_recontact": (rows["reason"] == "recontact").sum() / 3,
            "served": len(served) / 3,
            "abandoned": (rows["fate"] == "abandoned").sum() / 3,
            "answer_rate": len(served) / len(rows),
            "asa_s": served["wait_ms"].mean() / 1000,
            "aht_s": served["handle_ms"].mean() / 1000,
        }
        assert {name: totals["queue", queue, name] for name in found} == pytest.approx(found)
    within = counted[(counted["queue"] == "calls") & (counted["fate"] == "served") & (counted["wait_ms"] <= 20_000)]
    calls = counted[counted["queue"] == "calls"]
    assert totals["queue", "calls", "sl_offered"] == pytest.approx(len(within) / len(calls))
    assert counted["offered"].between(pd.Timestamp("2027-02-01"), pd.Timestamp("2027-02-08")).all()


@pytest.mark.parametrize("resumed_by", ["own agent", "anyone"])
def test_handle_times_leave_out_the_time_for_which_emails_were_put_down(
    staffsim: Command, small: Path, resumed_by: str
) -> None:
    out = small.parent / "out"
    rule = f"teams.advisers.put_down_emails={resumed_by} resumes"
    assert staffsim("run", small, *FEW, "--out", out, "--contacts", "--set", rule).exit_code == 0
    totals = pd.read_csv(out / "totals.csv").set_index(["of", "name", "figure"])["value"]
    contacts = pd.read_parquet(out / "contacts.parquet")
    served = contacts[contacts["counted"] & (contacts["fate"] == "served")]
    for queue in ("calls", "emails"):
        handled = served[served["queue"] == queue]["handle_ms"]
        assert handled.mean() / 1000 == pytest.approx(totals["queue", queue, "aht_s"])
    assert served["handle_ms"].mean() / 1000 == pytest.approx(totals["team", "advisers", "aht_s"])
    shelved_ms = served["service_ms"] + served["wrap_up_ms"] - served["handle_ms"]
    assert (shelved_ms[served["put_down"] == 0] == 0).all()
    assert (shelved_ms[served["put_down"] > 0] > 0).all()
    assert (served["put_down"] > 0).any()


def test_without_a_folder_there_is_no_place_for_them(staffsim: Command, small: Path) -> None:
    result = staffsim("run", small, *FEW, "--contacts")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--contacts needs a folder to write to; give --out DIR as well" in result.stderr


def test_a_log_of_somebody_else_is_not_overwritten(staffsim: Command, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "contacts.parquet").write_text("mine")
    assert staffsim("run", small, *FEW, "--out", out, "--contacts").exit_code == 2
    assert (out / "contacts.parquet").read_text() == "mine"
    assert staffsim("run", small, *FEW, "--out", out).exit_code == 0


def test_a_failure_leaves_nothing(
    staffsim: Command, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_files, "_draw", full)
    result = staffsim("run", small, *FEW, "--out", tmp_path / "out", "--contacts")
    assert result.exit_code == 2
    assert result.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"small.yaml"}
