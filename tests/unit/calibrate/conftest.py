"""Call logs in the bank's format, made up row by row."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

ANSWERED = {
    "date": "1999-01-04",
    "vru_entry": "08:00:00",
    "vru_exit": "08:00:10",
    "q_start": "",
    "q_time": "0",
    "outcome": "AGENT",
    "ser_start": "08:00:10",
    "ser_time": "100",
    "server": "A01",
}
WriteLog = Callable[..., Path]


@pytest.fixture
def write_log(tmp_path: Path) -> WriteLog:
    """``write_log({...}, {...})`` writes calls that differ from a call answered at once as the mappings say."""

    def write(*calls: Mapping[str, str]) -> Path:
        path = tmp_path / "log.csv.gz"
        pd.DataFrame([{**ANSWERED, **call} for call in calls]).to_csv(path, index=False)
        return path

    return write
