"""Which matters reach which queue, and which of the teams that serve it can't solve them.

For a scenario, whole or draft; parts that a draft lacks are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .centre import CentreScenario
from .draft import has, known
from .queue import Queue
from .transfer import Transfer

Lacking = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Names of teams by queue and matter."""

_SENDING = ("recontact", "late_to_call", "deflection", "transfer", "matters")
"""Fields of a queue that say which contacts it has for others, and what about."""


def sends_are_known(scenario: CentreScenario) -> bool:
    """Whether it can be told which queue sends contacts to which."""
    return has(scenario, "queues") and all(has(queue, *_SENDING) for queue in scenario.queues.values())


def skills_are_known(scenario: CentreScenario) -> bool:
    """Whether it can be told which team serves which queue and solves what."""
    return has(scenario, "queues", "teams") and all(
        has(team, "serves", "skills", "agents") for team in scenario.teams.values()
    )


def sent_to(name: str, queue: Queue) -> Iterator[str]:
    """Queues to which contacts come, whatever their matter, that were in the queue called ``name`` before."""
    if queue.recontact is not None:
        yield from known(queue.recontact, "to") or (name,)
    if queue.late_to_call is not None and has(queue.late_to_call, "to"):
        yield queue.late_to_call.to
    posts = known(queue.deflection, "posts") if queue.deflection is not None else None
    if posts is not None and has(posts, "to"):
        yield posts.to


def handed_to(queue: Queue) -> dict[str, str]:
    """Queue to which each matter is handed on."""
    transfer: Transfer | None = known(queue, "transfer")
    return dict(known(transfer, "to") or {}) if transfer is not None else {}


def lacking(scenario: CentreScenario) -> Lacking:
    """Teams that serve each queue and of which somebody may lack the skill for each matter."""
    matters = scenario.matters
    unsolved = {name: {matter for matter in matters if team.may_lack(matter)} for name, team in scenario.teams.items()}
    serving = {queue: scenario.serving(queue) for queue in scenario.queues}
    return {
        queue: {matter: tuple(team for team in teams if matter in unsolved[team]) for matter in matters}
        for queue, teams in serving.items()
    }


def _takes(scenario: CentreScenario, sender: Queue, target: str) -> bool:
    """Whether the target has the channel that the sender's late emails and posts need, as far as it gets these."""
    late, deflection = sender.late_to_call, sender.deflection
    posts = known(deflection, "posts") if deflection is not None else None
    to_calls = late is not None and known(late, "to") == target
    to_emails = posts is not None and known(posts, "to") == target
    channel = known(scenario.queues[target], "channel") if target in scenario.queues else None
    return (not to_calls or channel == "call") and (not to_emails or channel == "email")


def reaching(scenario: CentreScenario, unskilled: Lacking) -> dict[str, list[str]]:
    """Matters that can reach each queue: those of its first contacts, and those that other queues send it."""
    matters: dict[str, dict[str, None]] = {name: {} for name in scenario.queues}
    new = [
        (name, matter)
        for name, queue in scenario.queues.items()
        for matter, share in queue.matter_shares.items()
        if share > 0
    ]
    while new:
        name, matter = new.pop()
        if name not in matters or matter in matters[name]:
            continue
        matters[name][matter] = None
        queue = scenario.queues[name]
        new += [(target, matter) for target in sent_to(name, queue) if _takes(scenario, queue, target)]
        if matter in handed_to(queue) and unskilled[name][matter]:
            new.append((handed_to(queue)[matter], matter))
    return {name: list(found) for name, found in matters.items()}
