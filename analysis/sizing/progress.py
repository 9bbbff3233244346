"""How far a search has come, told as replications done and expected."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done, the replications done, and those expected now (an estimate until the end)."""

A_PERIOD = 120
"""Replications that a period is expected to take for each team before one is done."""
A_REFINEMENT = 300
"""Replications that the headline is expected to take on top."""


class Meter:
    """Counts the replications of a search over several periods, and expects each to take what the past ones took.

    A period in which several teams are sized together counts as often as there are such teams.
    """

    def __init__(self, progress: Progress | None, periods: int) -> None:
        """For a search over so many periods; silent without ``progress``."""
        self._progress = progress
        self._periods = periods
        self._stage = ""
        self._finished = 0
        self._done = 0
        self._at_least = 0

    def begin(self, stage: str, expected: int = 0) -> None:
        """Name what is being done from now on; it is expected to take so many replications if no period tells."""
        self._stage = stage
        self._at_least = self._done + expected

    def tick(self) -> None:
        """One replication more."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._stage, self._done, max(self._expected(), self._at_least, self._done + 1))

    def finish_period(self, teams: int = 1) -> None:
        """One period more is done, of so many teams."""
        self._finished += teams

    def end(self) -> None:
        """All is done."""
        if self._progress is not None:
            self._progress(self._stage, self._done, self._done)

    def _expected(self) -> int:
        if self._finished == 0:
            return self._periods * A_PERIOD
        return round(self._done * max(self._periods / self._finished, 1.0))
