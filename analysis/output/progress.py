"""What is told on stderr while a command works: progress with the time left, and why a first run takes long."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from sim.centre.simulate import Engine
from sim.scenario.centre import CentreScenario

from .words import duration, number

Report = Callable[[str, int, int], None]
"""Called with what is being done, the replications done and those expected now."""

PATIENCE_S = 1.5
"""A kernel that isn't ready by then is being compiled, not loaded from numba's cache."""
COMPILING = "Compiling the simulator for this kind of centre, once on this machine: half a minute or so …"

LINE_EVERY_S = 10.0
"""Where stderr is no terminal."""


@contextmanager
def progress_shown(*, shown: bool) -> Iterator[Report | None]:
    """A bar on stderr, gone when done; a line now and then where it is no terminal; None unless it is to be shown."""
    if not shown:
        yield None
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield ProgressLines(time.monotonic)


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(stage: str, done: int, expected: int) -> None:
            bar.update(task, description=stage, completed=done, total=expected)

        yield report


class ProgressLines:
    """A report in plain lines, one about every LINE_EVERY_S: ``simulating: 120 of 400, about 35 s left``.

    The time left is told by the pace since the first replication was done: before it the engine may have been compiled.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """``clock`` tells seconds."""
        self._clock = clock
        self._told = clock()
        self._first: tuple[int, float] | None = None
        """What was done when something was done first, and when that was."""

    def __call__(self, stage: str, done: int, expected: int) -> None:
        """So many replications are done, of those expected now."""
        now = self._clock()
        if self._first is None:
            self._first = done, now
        if now - self._told < LINE_EVERY_S:
            return
        self._told = now
        done_first, began = self._first
        left = ""
        if done > done_first:
            left = f", about {duration((now - began) * (expected - done) / (done - done_first))} left"
        print(f"{stage}: {number(done)} of {number(expected)}{left}", file=sys.stderr, flush=True)


def stage(report: Report | None, name: str) -> Callable[[int, int], None] | None:
    """A report of the one thing that is being done."""
    return None if report is None else partial(report, name)


def prepare(engine: Engine, scenarios: Iterable[CentreScenario], *, quiet: bool) -> None:
    """Make the engine ready for these centres; if it must be compiled, which takes long, say so unless ``quiet``.

    ScenarioError for a centre that can't be simulated.
    """
    if engine != "fast":
        return
    from sim.centre.compile import compile_centre
    from sim.centre.fast import compile_kernel

    for scenario in scenarios:
        centre = compile_centre(scenario).staffed()
        notice = threading.Timer(PATIENCE_S, lambda: print(COMPILING, file=sys.stderr, flush=True))
        if not quiet:
            notice.start()
        try:
            compile_kernel(centre)
        finally:
            notice.cancel()
