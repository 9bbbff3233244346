"""The rows of the reference tables."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from pathlib import Path

TABLES = Path(__file__).parents[1] / "theory"
NORMAL_95 = 1.959964
"""Half width of a 95 % interval, in standard errors."""


@dataclass(frozen=True)
class Row:
    """One figure of a reference table, or of a chain."""

    id: str
    """Empty if it is of no table."""
    model: str
    params: str
    metric: str
    value: float
    digits: int | None = None
    """Decimals printed, where rounding may be felt."""
    replications: int | None = None
    """From which the value was estimated; None if it is exact."""
    interval: tuple[float, float] | None = None
    """Its own 95 % interval, if printed."""

    @property
    def rounding(self) -> float:
        """Standard deviation of what rounding took off."""
        return 0.0 if self.digits is None else 10.0**-self.digits / math.sqrt(12)

    @property
    def named(self) -> dict[str, str]:
        """Parameters by name, where they are written so."""
        return dict(part.split("=", 1) for part in self.params.split(";"))


def exact_rows() -> list[Row]:
    """All rows of ``exact_values.csv``."""
    return [Row(r["id"], r["model"], r["params"], r["metric"], float(r["value"])) for r in _read("exact_values.csv")]


def published_rows() -> list[Row]:
    """All rows of ``peer_results.csv``; ids are P1, P2 …"""
    return [
        Row(
            f"P{number}",
            r["case"],
            r["params"],
            r["metric"],
            value := float(r["published"]),
            len(r["published"].partition(".")[2]),
            _replications(r["source"]),
            _interval(value, r["interval"]),
        )
        for number, r in enumerate(_read("peer_results.csv"), start=1)
    ]


def _read(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _interval(value: float, printed: str) -> tuple[float, float] | None:
    """From "±0.026 (95 %)" or "(0.900, 0.904) (95 %)"."""
    numbers = [float(number) for number in re.findall(r"\d+\.\d+", printed)]
    if not numbers:
        return None
    return (value - numbers[0], value + numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])


def _replications(source: str) -> int | None:
    """From "… examples, 1000 replications"."""
    found = re.search(r"([\d,]+) replications", source)
    return int(found[1].replace(",", "")) if found else None
