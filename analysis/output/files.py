"""Writers of single files of a results folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..store import Writer

if TYPE_CHECKING:
    import pandas as pd


def frame_names(names: Iterable[str]) -> tuple[str, ...]:
    """The files that frames of these names are written to."""
    return tuple(f"{name}.{ending}" for name in names for ending in ("csv", "parquet"))


def frame_writers(frames: Mapping[str, pd.DataFrame]) -> dict[str, Writer]:
    """Every frame as CSV, with ten digits, and as Parquet."""
    writers: dict[str, Writer] = {}
    for name, frame in frames.items():
        csv, parquet = frame_names([name])
        writers[csv] = _csv_writer(frame)
        writers[parquet] = _parquet_writer(frame)
    return writers


def text_writer(text: str) -> Writer:
    """A text."""

    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    return write


def _csv_writer(frame: pd.DataFrame) -> Writer:
    def write(path: Path) -> None:
        frame.to_csv(path, index=False, float_format="%.10g")

    return write


def _parquet_writer(frame: pd.DataFrame) -> Writer:
    def write(path: Path) -> None:
        frame.to_parquet(path, index=False)

    return write
