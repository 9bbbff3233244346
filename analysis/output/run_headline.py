"""The first sentence of a run's answer: the decision."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..decision import Decision, TargetDecision, Verdict
from ..figures import MS_PER_S
from ..simulation import RunResult
from ..tables import lives_on_transfers
from .target_words import VERDICTS, clause, days_meeting, figure_alone
from .words import duration, number, percent, percent_within

MOST_CLAUSES = 3
"""Of so many targets, or queues, each is told in the sentence; of more targets how many hold, and the worst."""
LEADING: tuple[Verdict, ...] = ("fails", "unsure", "holds")
"""What is told first."""
_PLURAL: dict[Verdict, str] = {"holds": "hold", "fails": "fail", "unsure": VERDICTS["unsure"]}


def run_headline(result: RunResult, decision: Decision) -> str:
    """The decision; without targets what was reached: ``No targets are set: calls 85.0 % ± 0.4 in 20 s, ...``."""
    if decision.targets:
        return headline(decision)
    if len(result.figures.queues) > MOST_CLAUSES:
        return "No targets are set."
    return f"No targets are set: {'; '.join(_reached(result))}."


def headline(decision: Decision) -> str:
    """The decision on a scenario's targets in one sentence, what fails first."""
    targets = [one.target for one in decision.targets]
    if len(targets) > MOST_CLAUSES:
        clauses = [count_told(decision), _worst(decision)]
    elif decision.verdict == "holds":
        first, *rest = decision.targets
        clauses = [clause(first, targets), *(figure_alone(one, targets) for one in rest)]
    else:
        clauses = [clause(one, targets) for one in in_order(decision)]
    return "; ".join([*clauses, days_meeting(decision)]) + "."


def in_order(decision: Decision) -> list[TargetDecision]:
    """The targets, those that fail first, then those that can't be told."""
    return sorted(decision.targets, key=lambda one: LEADING.index(one.verdict))


def count_told(decision: Decision) -> str:
    """Of several targets: ``All 8 targets hold``, ``5 of 8 targets hold, 2 fail, 1 can't be told``."""
    verdicts = [one.verdict for one in decision.targets]
    if decision.verdict == "holds":
        return f"{'Both' if len(verdicts) == 2 else f'All {number(len(verdicts))}'} targets hold"
    holding = verdicts.count("holds")
    told = [f"{number(holding) if holding else 'None'} of {number(len(verdicts))} targets {_verb('holds', holding)}"]
    others = ((verdict, verdicts.count(verdict)) for verdict in LEADING if verdict != "holds")
    return ", ".join([*told, *(f"{number(count)} {_verb(verdict, count)}" for verdict, count in others if count)])


def _verb(verdict: Verdict, count: int) -> str:
    return VERDICTS[verdict] if count <= 1 else _PLURAL[verdict]


def worst_target(decision: Decision) -> TargetDecision:
    """The target that is farthest below its share, or least above, among those that decide; there must be targets."""
    return min(_deciding(decision), key=_margin)


def worst_called(decision: Decision) -> str:
    """What ``worst_target`` is among those that decide: ``worst``, ``closest``; nothing if it alone does."""
    if len(_deciding(decision)) == 1:
        return ""
    return "closest" if decision.verdict == "holds" else "worst"


def _worst(decision: Decision) -> str:
    told = clause(worst_target(decision), [one.target for one in decision.targets])
    called = worst_called(decision)
    return f"{called}: {told}" if called else told


def _deciding(decision: Decision) -> list[TargetDecision]:
    return [one for one in decision.targets if one.verdict == decision.verdict]


def _margin(one: TargetDecision) -> float:
    """Of the worst span, the least where its figure is undefined; without contacts none."""
    if one.worst is None:
        return math.inf
    return -math.inf if math.isnan(one.worst.value) else one.worst.value - float(one.target.share)


def _reached(result: RunResult) -> Iterator[str]:
    for place, (name, queue) in enumerate(result.loaded.model.queues.items()):
        if lives_on_transfers(result.statistics, [place]):
            continue
        figures = result.figures.queues[name]
        within = duration(queue.threshold_ms / MS_PER_S)
        if queue.is_email:
            yield f"{name} {percent_within(*figures['response_in_time'])} in {within}"
        else:
            level = percent_within(*figures[queue.targets.formula])
            yield f"{name} {level} in {within}, {percent(figures['answer_rate'].value)} answered"
