"""Whether targets hold over what they are judged over, as a chart tells it: the decision of the run's first line."""

from __future__ import annotations

from ..decision import Decision, TargetDecision
from ..output.run_headline import count_told, worst_called, worst_target
from ..output.target_words import VERDICTS, promise_name
from ..output.words import counted, number, percent_within, span_name
from ..targets import JudgedOver

_ON: dict[JudgedOver, str] = {"day": "on", "interval": "on"}
"""Prepositions of spans other than ``in``."""


def standing(decision: Decision) -> str:
    """Of a scenario's targets: ``calls: 80/10 fails, 71.2 % ± 0.5 in January 2027``; of several how many, the worst."""
    one = worst_target(decision)
    found = f"{_decided(one)}, {_reached(one)}"
    if len(decision.targets) == 1:
        return f"{one.target.queue}: {found}"
    called = worst_called(decision)
    if len(one.spans) == 1:  # the verdict is told with the count
        found = f"{promise_name(one.target)}, {_reached(one)}"
    return f"{count_told(decision)}{called and f', {called}'}: {one.target.queue} {found}"


def verdict(one: TargetDecision) -> str:
    """Of one target: ``80/10 fails in 3 of 5 weeks (71.2 % ± 0.5)``, with its figure over all."""
    return f"{_decided(one)} ({percent_within(*one.overall)})" if one.spans else _decided(one)


def _decided(one: TargetDecision) -> str:
    """``80/10 fails in 3 of 5 weeks``."""
    told = f"{promise_name(one.target)} {VERDICTS[one.verdict]}"
    if len(one.spans) < 2:
        return told
    every, alike = counted(len(one.spans), one.target.over), one.count(one.verdict)
    return f"{told} in {f'all {every}' if alike == len(one.spans) else f'{number(alike)} of {every}'}"


def _reached(one: TargetDecision) -> str:
    """``71.2 % ± 0.5 in January 2027``: in the worst of several spans."""
    if one.worst is None:
        return "no contacts"
    when = f"{_ON.get(one.target.over, 'in')} {span_name(one.worst.label)}"
    at_worst = "at worst " if len(one.spans) > 1 else ""
    return f"{at_worst}{percent_within(one.worst.value, one.worst.half_width)} {when}"
