"""The contact log in words: what stands in each row, and how the file comes about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis import contact_log
from analysis.contact_log import SCHEMA, ContactLog, growing_log
from analysis.store import OutputError
from sim.centre.results import (
    ABANDONED,
    BLOCKED,
    DEFLECTED,
    FIRST,
    LOG_DTYPE,
    RECONTACT,
    REDIAL,
    REDIAL_LOST,
    SERVED,
    TRANSFER,
    UNRESOLVED,
    IntervalCounts,
    Replication,
)
from sim.scenario.centre import CentreScenario
from tests.support.counts import HOUR_MS, Counted, counted_centre, counts_of

DAY_MS = 24 * HOUR_MS
TEAMS = ("advisers", "specialists")
# Warm-up days before 2027-01-11.
MADE = counted_centre(
    [Counted("calls"), Counted("desk"), Counted("emails", "email")],
    [(0, 0, 3), (0, 1, 2)],
    teams=TEAMS,
    days=2,
    warm_up_days=7,
)
COUNTS: IntervalCounts = counts_of(MADE, {})


def scenario(*, sites: bool = True) -> CentreScenario:
    def part(**fields: Any) -> dict[str, Any]:
        return {"site": "france", **fields} if sites else fields

    arrivals = {"arrivals": {"per_week": 10}, "handle_time": "5 min"}
    desk = {"channel": "call", "handle_time": "5 min"}
    return CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": "logged",
            "start": "2027-01-11",
            "horizon": "2 days",
            **({"sites": {"france": {}, "italy": {}}} if sites else {}),
            "queues": {
                "calls": part(
                    channel="call",
                    matters={"agenda": "80 %", "tele": "20 %"},
                    transfer={"after": "2 min", "to": {"tele": "desk"}},
                    **arrivals,
                ),
                "desk": {"site": "italy", **desk} if sites else desk,
                "emails": part(channel="email", **arrivals),
            },
            "teams": {
                "advisers": part(positions=3, serves=["calls", "emails"], skills=["agenda"]),
                "specialists": part(positions=2, serves=["desk"]),
            },
        }
    )


def attempt(**fields: int) -> np.ndarray:
    """A log row, by default a call served at once in five minutes, at 9 on the third simulated day."""
    at_ms = 2 * DAY_MS + 9 * HOUR_MS
    row = np.zeros(1, LOG_DTYPE)
    defaults = {
        "contact": 1 << 40, "reason": FIRST, "fate": SERVED, "counted": 1, "offered_ms": at_ms, "left_queue_ms": at_ms,
        "end_ms": at_ms + 300_000, "free_ms": at_ms + 300_000, "touches": 1, "satisfaction_ppm": -1,
    }  # fmt: skip
    for name, value in (defaults | fields).items():
        row[name] = value
    return row


UNSERVED = {"end_ms": -1, "free_ms": -1, "agent": -1, "touches": 0}
NINE_MS = 2 * DAY_MS + 9 * HOUR_MS
NINE = pd.Timestamp("2027-01-06 09:00")


def written(tmp_path: Path, *logs: np.ndarray, model: CentreScenario | None = None) -> pd.DataFrame:
    """The file of replications with these logs, read by pandas."""
    path = tmp_path / "contacts.parquet"
    with growing_log(tmp_path / "out", model or scenario()) as log:
        for number, rows in enumerate(logs):
            log.add(MADE, Replication(number, COUNTS, rows))
        assert log.rows == sum(map(len, logs))
        log.move_to(path)
    return pd.read_parquet(path)


def only(tmp_path: Path, row: np.ndarray, **options: Any) -> dict[str, Any]:
    """The one row, what is null left out."""
    frame = written(tmp_path, row, **options)
    return {str(name): value for name, value in frame.iloc[0].items() if pd.notna(value)}


def test_a_served_call(tmp_path: Path) -> None:
    told = only(
        tmp_path,
        attempt(
            left_queue_ms=NINE_MS + 12_000,
            end_ms=NINE_MS + 312_000,
            free_ms=NINE_MS + 342_000,
            agent=4,
            handle_ms=290_000,
            re_explain_ms=60_000,
            reason=RECONTACT,
            attempt=2,
            matter=1,
            satisfaction_ppm=914_500,
            follow_up=TRANSFER,
        ),
    )
    assert told == {
        "replication": 0, "contact": 1 << 40, "attempt": 2, "site": "france", "queue": "calls", "matter": "tele",
        "reason": "recontact", "fate": "served", "counted": True, "offered": NINE, "wait_ms": 12_000,
        "team": "specialists", "agent": 4, "service_ms": 300_000, "wrap_up_ms": 30_000, "handle_ms": 290_000,
        "ended": NINE + timedelta(milliseconds=312_000), "re_explain_ms": 60_000, "touches": 1, "put_down": 0,
        "callback": False, "satisfaction": 0.9145, "follow_up": "transfer",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "fate", "wait_ms", "follow_up"),
    [
        ({"fate": ABANDONED, "left_queue_ms": NINE_MS + 5_000, "follow_up": REDIAL}, "abandoned", 5_000, "redial"),
        ({"fate": ABANDONED, "left_queue_ms": NINE_MS, "follow_up": REDIAL_LOST}, "abandoned", 0, "redial_lost"),
        ({"fate": BLOCKED, "left_queue_ms": NINE_MS}, "blocked", 0, None),
        ({"fate": UNRESOLVED, "left_queue_ms": -1}, "unresolved", None, None),
        ({"fate": DEFLECTED, "left_queue_ms": -1}, "deflected", None, None),
    ],
)
def test_what_was_not_served_has_no_agent_and_no_end(
    tmp_path: Path, fields: dict[str, int], fate: str, wait_ms: int | None, follow_up: str | None
) -> None:
    told = only(tmp_path, attempt(**UNSERVED, **fields))
    assert (told["fate"], told.get("wait_ms"), told.get("follow_up")) == (fate, wait_ms, follow_up)
    of_service = {
        "team", "agent", "service_ms", "wrap_up_ms", "handle_ms", "ended", "re_explain_ms", "touches", "tries",
    }  # fmt: skip
    assert not of_service & told.keys()


def test_callbacks_have_tries(tmp_path: Path) -> None:
    told = only(tmp_path, attempt(callback=1, tries=2))
    assert (told["callback"], told["tries"]) == (True, 2)


def test_without_sites_there_is_none(tmp_path: Path) -> None:
    assert "site" not in only(tmp_path, attempt(), model=scenario(sites=False))


def test_matters_that_the_file_does_not_name_are_null(tmp_path: Path) -> None:
    # emails name none: after agenda and tele comes the unnamed one.
    assert scenario().matters == ("agenda", "tele", "")
    assert "matter" not in only(tmp_path, attempt(queue=2, matter=2))


def test_types(tmp_path: Path) -> None:
    frame = written(tmp_path, np.concatenate([attempt(), attempt(**UNSERVED, fate=ABANDONED)]))
    assert list(frame.columns) == SCHEMA.names
    for name in ("site", "queue", "matter", "reason", "fate", "team", "follow_up"):
        assert isinstance(frame[name].dtype, pd.CategoricalDtype), name
    assert frame["team"].cat.categories.tolist() == list(TEAMS)
    assert frame["offered"].dtype == frame["ended"].dtype == np.dtype("datetime64[ms]")
    stored = pq.read_schema(tmp_path / "contacts.parquet")
    assert {name: str(stored.field(name).type) for name in stored.names if name.endswith("_ms")} == dict.fromkeys(
        ("wait_ms", "service_ms", "wrap_up_ms", "handle_ms", "re_explain_ms"), "int64"
    )


def test_replications_follow_one_another_in_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_log, "_ROW_GROUP", 2)
    three, one = np.concatenate([attempt(attempt=n) for n in range(3)]), attempt(queue=1)
    frame = written(tmp_path, three, one)
    assert frame["replication"].tolist() == [0, 0, 0, 1]
    assert frame["attempt"].tolist() == [0, 1, 2, 0]
    assert frame["queue"].tolist() == ["calls", "calls", "calls", "desk"]
    assert pq.ParquetFile(tmp_path / "contacts.parquet").num_row_groups == 3


def test_nothing_is_left_of_a_log_that_was_not_moved(tmp_path: Path) -> None:
    with growing_log(tmp_path / "out", scenario()) as log:
        log.add(MADE, Replication(0, COUNTS, attempt()))
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_a_replication_without_its_log_is_refused(tmp_path: Path) -> None:
    with growing_log(tmp_path / "out", scenario()) as log, pytest.raises(ValueError, match="has no log"):
        log.add(MADE, Replication(0, COUNTS))


def test_a_full_disk_is_told_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    log: ContactLog
    with (
        pytest.raises(OutputError, match="out: can't be written: No space left on device"),
        growing_log(tmp_path / "out", scenario()) as log,
    ):
        log.add(MADE, Replication(0, COUNTS, attempt()))
    assert list(tmp_path.iterdir()) == []


def test_every_column_is_explained_in_the_order_of_the_file() -> None:
    page = (Path(__file__).parents[3] / "docs" / "output.md").read_text(encoding="utf-8")
    rows = page.partition("## `contacts.parquet`")[2].splitlines()
    assert [row.split("`")[1] for row in rows if row.startswith("| `")] == SCHEMA.names
