"""What the figures of a scenario mean: thresholds, formulas and clocks, as data and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.scenario.centre import CentreScenario
from sim.scenario.queue import Queue

from ..figures import MS_PER_S, TRANSFERS_IN_TIME
from ..payroll import currency
from .version import staffsim_version
from .words import duration

OFFERED_WORDS = "every attempt counts, redials and re-contacts included; a transfer is no new one"
INTERVALS = "half width of the 95 % interval over the replications, which are independent"

_FORMULAS = {
    "sl_offered": "answered within {threshold} / offered",
    "sl_excl_short": "answered within {threshold} / (offered - abandoned within {short})",
    "sl_abandons_met": "(answered + abandoned within {threshold}) / offered",
    "sl_answered": "answered within {threshold} / answered",
}
_TRANSFERS = "taken within {threshold} of being handed in / handed in"
_CLOCKS = {"opening hours": "counted in opening hours; waits in elapsed time", "elapsed": "in elapsed time"}
_RESPONSE = "replied to within {threshold} / offered"


def definitions(scenario: CentreScenario) -> dict[str, Any]:
    """What the figures mean, as they are written into JSON and manifests."""
    return {
        "half_width": INTERVALS,
        "offered": OFFERED_WORDS,
        "queues": {name: _of_queue(queue, scenario.site_of(queue)) for name, queue in scenario.queues.items()},
        "teams": {
            name: {"site": scenario.site_of(team), "currency": currency(team)} for name, team in scenario.teams.items()
        },
        "sites": {
            name: {"language": site.language, "currency": site.currency}
            for name, site in (scenario.sites or {}).items()
        },
    }


def in_words(scenario: CentreScenario) -> list[str]:
    """A line for all queues that count alike: ``calls: sl_offered = answered within 10 s / offered``."""
    alike: dict[str, list[str]] = {}
    for name, queue in scenario.queues.items():
        told = _of_queue(queue, scenario.site_of(queue))
        clock = f", {_CLOCKS[queue.targets.clock]}" if queue.is_email else ""
        alike.setdefault(f"{told['figure']} = {told['formula']}{clock}", []).append(name)
        if queue.targets.transfers is not None:
            threshold = duration(queue.transfer_threshold_ms / MS_PER_S)
            words = f"{TRANSFERS_IN_TIME.name} = {_TRANSFERS.format(threshold=threshold)}"
            alike.setdefault(words, []).append(name)
    return [f"{', '.join(names)}: {words}" for words, names in alike.items()]


def closing(scenario: CentreScenario, seed: int, replications: str, engine: str, remarks: Sequence[str] = ()) -> str:
    """The last lines of every answer: what the figures mean, and how they were made."""
    lines = [
        *in_words(scenario),
        "After ± and in brackets: intervals at 95 % confidence. Redials and re-contacts count as offered.",
        *remarks,
        f"Seed {seed}, {replications}, {engine} engine, staffsim {staffsim_version()}.",
    ]
    return "\n".join(lines)


def _of_queue(queue: Queue, site: str | None) -> Mapping[str, Any]:
    threshold, short = (duration(ms / MS_PER_S) for ms in (queue.threshold_ms, queue.short_abandon_ms))
    told: dict[str, Any] = {"site": site, "channel": queue.channel, "threshold_s": queue.threshold_ms / MS_PER_S}
    if queue.is_email:
        told |= {"figure": "response_in_time", "formula": _RESPONSE.format(threshold=threshold)}
        told |= {"clock": queue.targets.clock}
    else:
        figure = queue.targets.formula
        told |= {"figure": figure, "formula": _FORMULAS[figure].format(threshold=threshold, short=short)}
        told |= {"short_abandon_s": queue.short_abandon_ms / MS_PER_S}
        told |= {"transfer_threshold_s": queue.transfer_threshold_ms / MS_PER_S}
    return told | {"judged_over": queue.targets.over}
