"""The contact log as a Parquet file: a row for each attempt of all replications, in words and civil time.

The file grows by one replication after the other, so that memory doesn't grow with their number. ``docs/output.md``
explains the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.centre.contract import CompiledCentre
from sim.centre.results import (
    DEFLECTED,
    FATES,
    NO_FOLLOW_UP,
    REASONS,
    SERVED,
    UNRESOLVED,
    Replication,
)
from sim.scenario.centre import CentreScenario

from .figures import PPM
from .store import scratch_beside, writing

_WORD = pa.dictionary(pa.int16(), pa.string())
SCHEMA = pa.schema(
    [
        ("replication", pa.int32()),
        ("contact", pa.int64()),
        ("attempt", pa.int32()),
        ("site", _WORD),
        ("queue", _WORD),
        ("matter", _WORD),
        ("reason", _WORD),
        ("fate", _WORD),
        ("counted", pa.bool_()),
        ("offered", pa.timestamp("ms")),
        ("wait_ms", pa.int64()),
        ("team", _WORD),
        ("agent", pa.int32()),
        ("service_ms", pa.int64()),
        ("wrap_up_ms", pa.int64()),
        ("handle_ms", pa.int64()),
        ("ended", pa.timestamp("ms")),
        ("re_explain_ms", pa.int64()),
        ("touches", pa.int16()),
        ("put_down", pa.int16()),
        ("callback", pa.bool_()),
        ("tries", pa.int16()),
        ("satisfaction", pa.float64()),
        ("follow_up", _WORD),
    ]
)
_FOLLOW_UPS = (None, *REASONS[NO_FOLLOW_UP + 1 :], "redial_lost")
"""By their codes, the last being REDIAL_LOST."""
_ROW_GROUP = 1 << 20
"""Rows that are turned into words at a time."""

Mask = NDArray[np.bool_]


class ContactLog:
    """A file of contacts that grows; made by ``growing_log``."""

    def __init__(self, folder: Path, path: Path, scenario: CentreScenario) -> None:
        """At ``path``, to be moved into ``folder``; the scenario names what the log numbers."""
        self._folder = folder
        self._path = path
        self._scenario = scenario
        with writing(folder):
            self._writer = pq.ParquetWriter(path, SCHEMA, compression="zstd")
        self.rows = 0
        """Written so far."""

    def add(self, centre: CompiledCentre, replication: Replication) -> None:
        """Write the log of a replication of the scenario's centre.

        ValueError if it was made without a log, OutputError if the disk refuses it.
        """
        if replication.log is None:
            raise ValueError("the replication has no log")
        for start in range(0, len(replication.log), _ROW_GROUP):
            part = replication.log[start : start + _ROW_GROUP]
            with writing(self._folder):
                self._writer.write_table(contact_rows(part, replication, centre, self._scenario))
            self.rows += len(part)

    def move_to(self, path: Path) -> None:
        """Complete the file and give it its name."""
        self.close()
        self._path.rename(path)

    def close(self) -> None:
        """Complete the file."""
        self._writer.close()


@contextmanager
def growing_log(folder: Path, scenario: CentreScenario) -> Iterator[ContactLog]:
    """A log beside ``folder``, gone afterwards unless it was moved."""
    with scratch_beside(folder) as scratch:
        log = ContactLog(folder, scratch / "contacts.parquet", scenario)
        try:
            yield log
        finally:
            log.close()


def contact_rows(
    log: np.ndarray, replication: Replication, centre: CompiledCentre, scenario: CentreScenario
) -> pa.Table:
    """Rows of a replication's log (LOG_DTYPE) as a table of SCHEMA."""
    number, staff = replication.number, replication.staff or centre.engine.staff
    every = np.ones(len(log), dtype=np.bool_)
    served, called_back = log["fate"] == SERVED, log["callback"] == 1
    left = ~np.isin(log["fate"], (UNRESOLVED, DEFLECTED))
    site_of_queue = [scenario.site_of(queue) for queue in scenario.queues.values()]
    team = np.zeros(len(log), dtype=np.int64)
    team[served] = staff.agent_team[log["agent"][served]]

    def milliseconds(end: str, start: str, known: Mask) -> pa.Array:
        return pa.array(log[end] - log[start], pa.int64(), mask=~known)

    def moments(name: str, known: Mask) -> pa.Array:
        midnight = np.datetime64(date.fromordinal(centre.engine.clock.first_day), "ms")
        return pa.array(midnight + log[name].astype("timedelta64[ms]"), pa.timestamp("ms"), mask=~known)

    def plain(name: str, known: Mask = every) -> pa.Array:
        return pa.array(np.ascontiguousarray(log[name]), SCHEMA.field(name).type, mask=~known)

    columns = {
        "replication": pa.array(np.full(len(log), number, np.int32)),
        "contact": plain("contact"),
        "attempt": plain("attempt"),
        "site": _words(log["queue"], site_of_queue),
        "queue": _words(log["queue"], centre.queue_names),
        "matter": _words(log["matter"], [matter or None for matter in scenario.matters]),
        "reason": _words(log["reason"], REASONS),
        "fate": _words(log["fate"], FATES),
        "counted": pa.array(log["counted"] == 1),
        "offered": moments("offered_ms", every),
        "wait_ms": milliseconds("left_queue_ms", "offered_ms", left),
        "team": _words(np.where(served, team, len(centre.team_names)), (*centre.team_names, None)),
        "agent": plain("agent", served),
        "service_ms": milliseconds("end_ms", "left_queue_ms", served),
        "wrap_up_ms": milliseconds("free_ms", "end_ms", served),
        "handle_ms": plain("handle_ms", served),
        "ended": moments("end_ms", served),
        "re_explain_ms": plain("re_explain_ms", served),
        "touches": plain("touches", served),
        "put_down": plain("put_down"),
        "callback": pa.array(called_back),
        "tries": plain("tries", called_back),
        "satisfaction": pa.array(log["satisfaction_ppm"] / PPM, mask=log["satisfaction_ppm"] < 0),
        "follow_up": _words(log["follow_up"], _FOLLOW_UPS),
    }
    return pa.table(columns, schema=SCHEMA)


def _words(numbers: np.ndarray, words: Sequence[str | None]) -> pa.DictionaryArray:
    """Each number's word, null for None; numbers count from the end where they are negative."""
    known = [word for word in dict.fromkeys(words) if word is not None]
    place = np.array([-1 if word is None else known.index(word) for word in words], dtype=np.int16)
    indices = place[numbers]
    return pa.DictionaryArray.from_arrays(pa.array(indices, mask=indices < 0), pa.array(known, pa.string()))
