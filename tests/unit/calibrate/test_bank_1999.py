"""The bank's scenario: the script on a made-up log, and the shipped files against the real one."""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from analysis.calibrate.bank_1999 import OrdinaryWeeks, write_scenario
from analysis.calibrate.bank_1999_log import read_log
from analysis.calibrate.durations import fit_lognormal, kaplan_meier

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "scenarios"
LOG = Path(os.environ.get("STAFFSIM_DATA", ROOT.parent / "shared" / "data")) / "bank_1999_calls_jan_jul.csv.gz"
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

needs_the_log = pytest.mark.skipif(not LOG.exists(), reason=f"the bank's call log is not there ({LOG.name})")


def clock(second: float) -> str:
    return f"{int(second) // 3600:02d}:{int(second) // 60 % 60:02d}:{int(second) % 60:02d}"


@pytest.fixture
def made_up(tmp_path, write_log):
    """Scenario folder computed from two weeks of Mondays to Thursdays, 8:00 to 9:00: a call a minute for two agents."""
    rng = np.random.default_rng(1)
    calls = []
    for day in ("04", "05", "06", "07", "18", "19", "20", "21"):
        for minute in range(60):
            offered, wait, talk = 8 * 3600 + 60 * minute, int(rng.integers(0, 40)), int(rng.integers(5, 110))
            answered = rng.random() < 0.8
            calls.append(
                {
                    "date": f"1999-01-{day}",
                    "vru_entry": clock(offered),
                    "vru_exit": clock(offered),
                    "q_start": clock(offered),
                    "q_time": str(wait),
                    "outcome": "AGENT" if answered else "HANG",
                    "ser_start": clock(offered + wait) if answered else "",
                    "ser_time": str(talk) if answered else "0",
                    "server": f"A0{minute % 2 + 1}" if answered else "",
                }
            )
    write_scenario(write_log(*calls), tmp_path / "scenarios")
    return tmp_path / "scenarios"


def test_volumes_of_a_made_up_log(made_up):
    volumes = pd.read_csv(made_up / "bank_1999" / "volumes.csv")
    assert volumes["weekday"].tolist() == [day for day in WEEKDAYS[:4] for _ in range(2)]
    assert volumes["time"].tolist() == ["08:00", "08:30"] * 4
    assert (volumes["weight"] == 30).all()
    scenario = yaml.safe_load((made_up / "bank_1999.yaml").read_text(encoding="utf-8"))
    arrivals = scenario["queues"]["calls"]["arrivals"]
    assert arrivals["per_week"] == 240
    assert arrivals["days"]["mon"] == 60
    assert arrivals["days"]["sun"] == 0


def test_positions_of_a_made_up_log(made_up):
    positions = pd.read_csv(made_up / "bank_1999" / "positions.csv")
    assert positions["positions"].tolist() == [2] * 8


def test_observed_figures_of_a_made_up_log(made_up):
    observed = json.loads((made_up / "bank_1999" / "observed.json").read_text(encoding="utf-8"))
    assert observed["days"] == 8
    assert observed["total"]["offered"] == 480
    assert list(observed["by_month"]) == ["1999-01"]
    assert {day: row["offered"] for day, row in observed["by_weekday"].items()} == dict.fromkeys(WEEKDAYS[:4], 120)


def test_shipped_tables_fit_the_opening_hours():
    tables = SHIPPED / "bank_1999"
    volumes, positions = pd.read_csv(tables / "volumes.csv"), pd.read_csv(tables / "positions.csv")
    assert positions[["weekday", "time"]].equals(volumes[["weekday", "time"]])
    rows = volumes.groupby("weekday", sort=False).size()
    assert rows.to_dict() == {**dict.fromkeys(WEEKDAYS, 34), "fri": 14, "sat": 8}
    assert (positions["positions"] >= 1).all()


@needs_the_log
def test_shipped_files_are_what_the_script_writes(tmp_path):
    write_scenario(LOG, tmp_path)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert len(written) == 6
    for name in written:
        assert (SHIPPED / name).read_text(encoding="utf-8") == (tmp_path / name).read_text(encoding="utf-8"), name


@needs_the_log
def test_the_log_gives_what_is_known_of_it():
    """January to October, others found: log service 4.838 and 0.946, median patience 345 s, S(60 s) 0.823."""
    calls = OrdinaryWeeks.of(read_log(LOG)).calls
    handled = calls["handle_s"].to_numpy()
    service = fit_lognormal(handled[handled >= 10])
    assert service.mu == pytest.approx(4.838, abs=0.03)
    assert service.sigma == pytest.approx(0.946, abs=0.03)
    waited = calls[calls["wait_s"] > 0]
    patience = kaplan_meier(waited["wait_s"].to_numpy().astype(float), ~waited["answered"].to_numpy())
    assert patience.median == pytest.approx(345, abs=15)
    assert patience.at(60) == pytest.approx(0.823, abs=0.01)
