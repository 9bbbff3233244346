"""What is said of a size in text: which numbers, what binds, and why fewer won't do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sim.scenario.centre import CentreScenario
from sim.scenario.words import listed

from ..kpis import together
from ..sizing.questions import judging
from ..sizing.results import GroupSize, MonthSize, SizeResult, Trial
from ..sizing.unit import Unit
from ..targets import Target
from .target_words import clause, days_meeting, short_name
from .unjudged import unjudged_losses
from .words import DASH, number, percent, span_name


def sizes(month: MonthSize) -> str:
    """The size, or those that can't be told apart: "171", "171 or 172", "170 to 172"."""
    least, *others = (number(size) for size in month.alternatives)
    if not others:
        return least
    return f"{least} {'or' if len(others) == 1 else 'to'} {others[-1]}"


def sizes_in_unit(month: MonthSize, unit: Unit) -> str:
    """``171 or 172 heads``."""
    return f"{sizes(month)} {unit if month.alternatives != (1,) else unit.removesuffix('s')}"


def why_not_fewer(month: MonthSize, *, several: bool) -> str:
    """``with 170, 80/10 fails: 79.6 % ± 0.4 answered in 10 s, ..., and 16 of 26 days meet all targets``.

    Of ``several`` teams the target's queue is always named.
    """
    if month.below is None or not month.binding:
        return "fewer there can't be"
    decision = month.below.decision
    binding = next(one for one in decision.targets if one.target == month.binding[0])
    fails = clause(binding, [one.target for one in decision.targets])
    if several:
        fails = _with_queue(fails, binding.target)
    return f"with {number(month.size - 1)}, {fails}, and {days_meeting(decision)}"


def first_name(binding: Sequence[Target], targets: Sequence[Target], *, several: bool) -> str:
    """The target that fails by most, as a cell of a table; ``targets`` are all that there are.

    Of ``several`` teams its queue is always named.
    """
    if not binding:
        return DASH
    name = short_name(binding[0], targets)
    return _with_queue(name, binding[0]) if several else name


def analytic(size: int | None) -> str:
    """What a formula answers."""
    return DASH if size is None else number(size)


def occupancy(trial: Trial, team: str) -> str:
    """Of a team."""
    return percent(trial.figures.teams[team]["occupancy"].value)


def unjudged(result: SizeResult) -> list[str]:
    """Sentences on what is lost with the staff found, though no target judges it."""
    return [
        told
        for group in result.groups
        for told in unjudged_losses(
            group.question.scenario, group.headline[0].at.figures, (*group.question.targets, *group.question.beside)
        )
    ]


def money(trial: Trial, teams: Collection[str]) -> str:
    """What some teams cost in the trial's month, ``92 340 EUR``; empty where it isn't known of all, in one currency."""
    paid = together(trial.teams[team].payroll for team in teams)
    return "" if paid.cost is None or paid.currency is None else f"{number(paid.cost)} {paid.currency}"


def not_holding(group: GroupSize) -> Iterator[str]:
    """Sentences on the months that the staff found doesn't hold; of one team more people might be worse there."""
    if group.every_month is None:
        return
    staff = listed(
        [f"{team.team} {number(one.size)}" for team, one in zip(group.teams, group.every_month.teams, strict=True)],
        "and",
    )
    for period, trial in group.every_month.failing:
        targets = [one.target for one in trial.decision.targets]
        missed = [one for one in trial.decision.targets if one.verdict != "holds"]
        told = "; ".join(_with_queue(clause(one, targets), one.target) for one in missed)
        yield f"In {span_name(period.label)} {staff} aren't enough: {told}."


def unjudged_waits(scenario: CentreScenario, teams: Collection[str], targets: Sequence[Target]) -> str:
    """A sentence on the queues of these teams that none of the targets judges; empty if there is no such queue."""
    judged = {target.queue for target in judging(scenario, targets)}
    queues = [
        name for name in scenario.queues if name not in judged and not set(scenario.serving(name)).isdisjoint(teams)
    ]
    return f"No target judges the wait in {listed(queues, 'and')}." if queues else ""


def _with_queue(words: str, target: Target) -> str:
    """What is said of a target, beginning with its queue."""
    return words if words.startswith(f"{target.queue} ") else f"{target.queue} {words}"
