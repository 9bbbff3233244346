"""What matters, skills and transfers demand of each other (see ``rules``)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from .agents import AgentsTable
from .base import Finding
from .centre import CentreScenario
from .draft import gives, has, known
from .matters import Lacking, handed_to, lacking, reaching, sends_are_known, sent_to, skills_are_known
from .queue import Queue
from .words import printable, quoted_list, suggestion

MOST_MATTERS = 50
_PROMISED = ("service_level", "answer_rate", "response", "satisfaction")
_PROMISE = "80 % in 1 min"
CHANNEL_WORDS = {"call": "calls", "chat": "chats", "email": "emails"}


def transfer_findings(scenario: CentreScenario) -> Iterator[Finding]:
    """What is wrong with matters, skills and transfers of a scenario, whole or draft; placed from the root."""
    if not has(scenario, "queues"):
        return
    yield from _targets(scenario)
    if not all(has(queue, "matters") for queue in scenario.queues.values()):
        return
    named = [matter for matter in scenario.matters if matter]
    if len(named) > MOST_MATTERS:
        yield Finding(("queues",), f"name {len(named)} matters; at most {MOST_MATTERS}")
        return
    yield from _skills(scenario, named)
    yield from _known_matters(scenario, named)
    if sends_are_known(scenario) and skills_are_known(scenario):
        unskilled = lacking(scenario)
        yield from _unsolved(scenario, unskilled)
        yield from _circles(scenario, unskilled)
        yield from _judged_elsewhere(scenario)
        yield from _never_handed_in(scenario)


def _unknown_matter(matter: str, named: list[str]) -> str:
    hint = suggestion(matter, named) if named else "; no queue names its matters"
    return f'unknown matter "{printable(matter)}"{hint}'


def _skills(scenario: CentreScenario, named: list[str]) -> Iterator[Finding]:
    """Skills are matters."""
    for name, team in (known(scenario, "teams") or {}).items():
        for skill in known(team, "skills") or ():
            if skill not in named:
                yield Finding(("teams", name, "skills", skill), _unknown_matter(skill, named))
        agents = known(team, "agents")
        if agents is not None:
            for skill, lines in _rows_by_skill(agents).items():
                if skill not in named:
                    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
                    where = f"{agents.source}, row {lines[0]}{more}"
                    yield Finding(("teams", name, "agents"), f"{where}: {_unknown_matter(skill, named)}")


def _rows_by_skill(agents: AgentsTable) -> dict[str, list[int]]:
    """Of each skill the lines of those who have it."""
    lines: dict[str, list[int]] = {}
    for agent in agents.rows:
        for skill in agent.skills or ():
            lines.setdefault(skill, []).append(agent.line)
    return lines


def _known_matters(scenario: CentreScenario, named: list[str]) -> Iterator[Finding]:
    """What is handed on is what some contacts are about."""
    for name, queue in scenario.queues.items():
        for matter in handed_to(queue):
            if matter not in named:
                yield Finding(("queues", name, "transfer", "to", matter), _unknown_matter(matter, named))


def _targets(scenario: CentreScenario) -> Iterator[Finding]:
    """Matters are handed on to other queues of the same channel."""
    for name, queue in scenario.queues.items():
        for matter, target in handed_to(queue).items():
            loc = ("queues", name, "transfer", "to", matter)
            if target not in scenario.queues:
                yield Finding(loc, f'unknown queue "{printable(target)}"{suggestion(target, scenario.queues)}')
            elif target == name:
                yield Finding(loc, "must be another queue")
            elif has(queue, "channel") and has(scenario.queues[target], "channel"):
                channel = scenario.queues[target].channel
                if channel != queue.channel:
                    words = CHANNEL_WORDS[queue.channel], CHANNEL_WORDS[channel]
                    yield Finding(loc, f'must be a queue of {words[0]}; "{target}" takes {words[1]}')


def _unsolved(scenario: CentreScenario, unskilled: Lacking) -> Iterator[Finding]:
    """A team that lacks the skill for a matter that reaches it hands it on."""
    reached = reaching(scenario, unskilled)
    for name, matters in reached.items():
        transfer = scenario.queues[name].transfer
        for matter in matters:
            teams = unskilled[name][matter]
            if not teams or matter in handed_to(scenario.queues[name]) or not (transfer is None or has(transfer, "to")):
                continue
            origin = _origin(scenario, reached, name, matter)
            mend = f"to: {{{matter}: QUEUE}}"
            mend = f"transfer: {{after: 2 min, {mend}}}" if transfer is None else mend
            yield Finding(
                ("queues", name) if transfer is None else ("queues", name, "transfer", "to"),
                f'{quoted_list(teams, "and")} can\'t solve "{matter}"{origin}; say to which queue they hand it on, '
                f"{mend}, or give them the skill",
            )


def _origin(scenario: CentreScenario, reached: Mapping[str, Collection[str]], name: str, matter: str) -> str:
    """Whence contacts about a matter come to a queue, if not by themselves."""
    if scenario.queues[name].matter_shares.get(matter):
        return ""
    senders = [
        other
        for other, queue in scenario.queues.items()
        if other != name
        and matter in reached[other]
        and (name in sent_to(other, queue) or handed_to(queue).get(matter) == name)
    ]
    return f", which comes here from {quoted_list(senders, 'and')}" if senders else ""


def _circles(scenario: CentreScenario, unskilled: Lacking) -> Iterator[Finding]:
    """Handing on comes to an end."""
    for matter in (matter for matter in scenario.matters if matter):
        onward = {
            name: handed_to(queue)[matter]
            for name, queue in scenario.queues.items()
            if matter in handed_to(queue) and unskilled[name][matter]
        }
        done: set[str] = set()
        for start in onward:
            path: dict[str, None] = {}
            here = start
            while here in onward and here not in done and here not in path:
                path[here] = None
                here = onward[here]
            if here in path and here != onward[here]:
                circle = list(path)[list(path).index(here) :]
                first = circle[0]
                chain = " -> ".join([*circle, first])
                yield Finding(("queues", first, "transfer", "to", matter), f"leads round in a circle: {chain}")
            done |= set(path)


def _judged_elsewhere(scenario: CentreScenario) -> Iterator[Finding]:
    """Contacts are judged where they came to: a target needs a queue to which some come by themselves."""
    for name, queue in scenario.queues.items():
        if gives(queue, "arrivals") or not has(queue, "targets", "redial") or queue.redial is not None:
            continue
        senders = [other for other, model in scenario.queues.items() if name in handed_to(model).values()]
        if not senders or any(name in sent_to(*other) for other in scenario.queues.items()):
            continue
        for field in _PROMISED:
            if known(queue.targets, field) is not None:
                here = "" if _takes_emails(queue) else f"; judge the wait here by transfers: {_PROMISE}"
                yield Finding(
                    ("queues", name, "targets", field),
                    "would never be judged: contacts come here by transfer alone, and are judged where they came "
                    f"first; promise it in {quoted_list(senders, 'and')}{here}",
                )


def _never_handed_in(scenario: CentreScenario) -> Iterator[Finding]:
    """A target for those handed on to a queue needs a queue that hands contacts on to it."""
    for name, queue in scenario.queues.items():
        if not has(queue, "targets") or known(queue.targets, "transfers") is None or _takes_emails(queue):
            continue
        if not any(name in handed_to(other).values() for other in scenario.queues.values()):
            yield Finding(
                ("queues", name, "targets", "transfers"),
                "would never be judged: no queue hands contacts on to this one; name it in the transfer of one, "
                f"to: {{MATTER: {printable(name)}}}, or promise a service_level for those who come by themselves",
            )


def _takes_emails(queue: Queue) -> bool:
    return has(queue, "channel") and queue.is_email
