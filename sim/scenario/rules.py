"""What the parts of a scenario demand of each other.

A rule looks only at fields that are set: it is given either a whole scenario or a draft of one with mistakes, whose
sound parts are checked against each other all the same. Findings are placed from the scenario's root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from .base import Finding, Loc
from .centre import CentreScenario
from .dates import MOST_DAYS, horizon_dates
from .draft import has, known
from .move_rules import move_findings
from .queue_rules import queue_findings
from .site_rules import site_findings
from .team_rules import team_findings, unserved_findings
from .transfer_rules import transfer_findings
from .volume_rules import total_findings

MOST_FINDINGS = 500
"""More than anyone reads."""
MOST_QUEUES = 200
"""The engines number up to 256."""
MOST_TEAMS = 100
MOST_SITES = 50


def scenario_findings(scenario: CentreScenario) -> list[Finding]:
    """What the parts hold against each other, the first of many; nothing for a sound scenario."""
    return list(islice(_findings(scenario), MOST_FINDINGS))


def _findings(scenario: CentreScenario) -> Iterator[Finding]:
    for field, most in (("queues", MOST_QUEUES), ("teams", MOST_TEAMS), ("sites", MOST_SITES)):
        parts = known(scenario, field)
        if parts is not None and not 1 <= len(parts) <= most:
            yield Finding((field,), f"must be from 1 to {most}; there are {len(parts)}")
            return
    yield from _time(scenario)
    yield from site_findings(scenario)
    for name, queue in (known(scenario, "queues") or {}).items():
        yield from _within(("queues", name), queue_findings(scenario, name, queue))
    for name, team in (known(scenario, "teams") or {}).items():
        yield from _within(("teams", name), team_findings(scenario, team))
    yield from move_findings(scenario)
    yield from unserved_findings(scenario)
    yield from transfer_findings(scenario)
    yield from total_findings(scenario)


def _within(loc: Loc, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of a part, placed from the root."""
    return (Finding((*loc, *finding.loc), finding.message) for finding in findings)


def _time(scenario: CentreScenario) -> Iterator[Finding]:
    if has(scenario, "start", "horizon") and horizon_dates(scenario) is None:
        yield Finding(("horizon",), f"must be at most 5 years ({MOST_DAYS} days)")
    if has(scenario, "interval", "tick") and scenario.interval % scenario.tick:
        yield Finding(("tick",), "must divide the interval")
