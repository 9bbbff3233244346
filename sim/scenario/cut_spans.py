"""What is told of weeks and months that the horizon cuts so short that they go with their neighbours."""

from __future__ import annotations

from ..common.calendar_spans import Unit, calendar_spans, span_in_words
from .centre import CentreScenario


def judged_over(scenario: CentreScenario) -> frozenset[str]:
    """What targets are judged over: ``month``, ``week``, ``day``, ``interval``; nothing without targets."""
    return frozenset(queue.targets.over for queue in scenario.queues.values() if queue.targets.promised)


def judged_together(scenario: CentreScenario, unit: Unit) -> str:
    """``judged together, as less than half of a week lies in the horizon: week 18 of 2027 with the 2 days before``.

    Of months it is said that they are sized so, too. Empty where nothing is joined.
    """
    days = (scenario.end - scenario.start).days
    joined = [span for span in calendar_spans(scenario.start.toordinal(), days, unit) if span.joined]
    if not joined:
        return ""
    done = "judged" if unit == "week" else "judged and sized"
    spans = "; ".join(span_in_words(span.label) for span in joined)
    return f"{done} together, as less than half of a {unit} lies in the horizon: {spans}"
