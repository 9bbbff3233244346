"""The first sentence of a run's answer."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Decision
from ..figures import MS_PER_S
from ..simulation import RunResult
from .target_words import headline
from .words import duration, percent, percent_within


def run_headline(result: RunResult, decision: Decision) -> str:
    """The decision; without targets what was reached: ``No targets are set: calls 85.0 % ± 0.4 in 20 s, ...``."""
    if decision.targets:
        return headline(decision)
    return f"No targets are set: {'; '.join(_reached(result))}."


def _reached(result: RunResult) -> Iterator[str]:
    for name, queue in result.loaded.model.queues.items():
        figures = result.figures.queues[name]
        within = duration(queue.threshold_ms / MS_PER_S)
        if queue.is_email:
            yield f"{name} {percent_within(*figures['response_in_time'])} in {within}"
        else:
            level = percent_within(*figures[queue.targets.formula])
            yield f"{name} {level} in {within}, {percent(figures['answer_rate'].value)} answered"
