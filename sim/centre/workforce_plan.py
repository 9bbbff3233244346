"""A team's people as the scenario states them: the plan that ``sim.workforce`` simulates.

Day 0 is the first of the scenario's horizon.
"""

from __future__ import annotations

from datetime import date
from math import floor

import numpy as np

from ..scenario import workforce as stated
from ..scenario.agents import Agent
from ..scenario.centre import CentreScenario
from ..scenario.team import Team
from ..workforce.attrition import Attrition
from ..workforce.coaching import Coaching
from ..workforce.draws import Source, new_seats
from ..workforce.hiring import HiringPlan
from ..workforce.plan import NEVER, Kind, Known, Move, TeamPlan
from ..workforce.ramp import RampCurve
from ..workforce.sickness import SicknessWaves
from ..workforce.tenure import experienced, given, growing, steady
from .contract import Int64

EARLY_DAYS = 91
"""Three months, after training."""
_NO_RAMP = RampCurve(training_days=0, starts_at=1.0, full_after_days=0)


def team_plan(scenario: CentreScenario, name: str) -> TeamPlan:
    """The plan of a team of heads over the scenario's horizon."""
    team = scenario.teams[name]
    assert team.heads is not None
    ramp, attrition = ramp_of(team), attrition_of(team)
    kinds = _kinds(team)
    return TeamPlan(
        name=name,
        tenure_days=_with_classes_under_way(_tenures(team, ramp, attrition), team, scenario.start, attrition),
        ramp=ramp,
        attrition=attrition,
        hiring=_hiring(team, scenario.start, scenario.end),
        kinds=kinds,
        hired_kinds=tuple(share for _, share in team.contracts.shares),
        head_ms=team.contract,
        known=_known(team, scenario.start, scenario.end, kinds),
        first_day=0 if team.from_day is None else max((team.from_day - scenario.start).days, 0),
        end_day=NEVER if team.until is None else (team.until - scenario.start).days + 1,
    )


def team_moves(scenario: CentreScenario) -> tuple[Move, ...]:
    """The moves between teams, in the order of the file."""
    return tuple(
        Move((move.on - scenario.start).days, move.from_team, move.to, move.heads, move.training, move.who)
        for move in scenario.moves
    )


def skill_groups(team: Team) -> tuple[frozenset[str] | None, ...]:
    """Groups of people with the same skills: first those who have what the team has, then those of the file of agents
    with skills of their own."""
    own = [] if team.agents is None else [row.skills for row in team.agents.rows if row.skills is not None]
    return None, *dict.fromkeys(frozenset(skills) for skills in own)


def _kinds(team: Team) -> tuple[Kind, ...]:
    """Contracts that people are hired on, then what else those in the file of agents have."""
    hired = [Kind(hours_ms) for hours_ms, _ in team.contracts.shares]
    listed = [] if team.agents is None else [_kind(team, agent) for agent in team.agents.rows]
    return tuple(dict.fromkeys([*hired, *listed]))


def _kind(team: Team, agent: Agent) -> Kind:
    own = None if agent.skills is None else frozenset(agent.skills)
    return Kind(team.contract_of(agent), skill_groups(team).index(own))


def _known(team: Team, start: date, end: date, kinds: tuple[Kind, ...]) -> dict[int, Known]:
    """What is known of today's heads, in the order of their tenure, and of confirmed hires, by seat.

    Of a mix of contracts each is spread evenly over the tenures.
    """
    if team.agents is None:
        return {seat: Known(kind) for seat, kind in enumerate(_spread(team.heads or 0, team)) if kind}
    known = dict(enumerate(_of_agent(team, agent, start, kinds) for agent in team.agents.today))
    rank: dict[int, int] = {}
    for agent in _coming(team, end):
        day = (agent.hired - start).days
        seat = int(new_seats(day, Source.CLASS, rank.get(day, 0), 1)[0])
        rank[day] = rank.get(day, 0) + 1
        known[seat] = _of_agent(team, agent, start, kinds)
    return known


def _of_agent(team: Team, agent: Agent, start: date, kinds: tuple[Kind, ...]) -> Known:
    away = None if agent.last_day is None else (agent.last_day - start).days + 1
    return Known(kinds.index(_kind(team, agent)), away)


def _coming(team: Team, end: date) -> list[Agent]:
    """Confirmed hires within the horizon, in the order in which they come."""
    return [] if team.agents is None else [agent for agent in team.agents.to_come if agent.hired < end]


def _spread(heads: int, team: Team) -> list[int]:
    """Contract of each of today's heads, longest-serving first, as its number in the mix.

    Each contract has its share of the heads, the largest remainders rounded up, and lies evenly among the tenures.
    """
    shares = [share for _, share in team.contracts.shares]
    exact = [heads * share for share in shares]
    counts = [floor(one) for one in exact]
    for kind in sorted(range(len(shares)), key=lambda kind: counts[kind] - exact[kind])[: heads - sum(counts)]:
        counts[kind] += 1
    at = [((place + 0.5) / count, kind) for kind, count in enumerate(counts) for place in range(count)]
    return [kind for _, kind in sorted(at)]


def waves_of(scenario: CentreScenario, name: str) -> SicknessWaves | None:
    """The waves of sickness that a team has in common with all others of its site; None without any."""
    waves = scenario.teams[name].sickness_waves
    if waves is None:
        return None
    site = scenario.site_of(scenario.teams[name])
    return SicknessWaves(f"{site or ''}/sickness", waves.cv, waves.lasting)


def coaching_of(team: Team) -> Coaching | None:
    """The team's coaching; None where the file says nothing of it."""
    given = team.coaching
    if given is None:
        return None
    return Coaching(
        coaches_ms=given.coaches * given.time * team.contract,
        trainee_ms=given.per_trainee,
        beginner_ms=given.per_beginner,
        agent_ms=given.per_agent,
    )


def ramp_of(team: Team) -> RampCurve:
    """The team's ramp; newcomers are as good as any where it has none."""
    if team.ramp is None:
        return _NO_RAMP
    ramp = team.ramp
    nesting_at = ramp.nesting_at if ramp.nesting_at is not None else ramp.starts_at
    return RampCurve(
        training_days=ramp.training,
        starts_at=ramp.starts_at,
        full_after_days=ramp.full_at,
        shape=ramp.shape,
        nesting_days=ramp.nesting,
        nesting_proficiency=nesting_at if ramp.nesting else None,
        steps=ramp.steps or (),
    )


def attrition_of(team: Team) -> Attrition:
    """The team's attrition; nobody leaves where it has none."""
    if team.attrition is None:
        return Attrition((0.0,), (0.0,), training_days=ramp_of(team).training_days)
    given, training_days = team.attrition, ramp_of(team).training_days
    early = {"early_days": float(EARLY_DAYS), "early_multiplier": given.first_3_months}
    apart = {"training_days": training_days, "lost_in_training": given.lost_in_training}
    if given.measure == "cohort":
        return Attrition.of_cohort(given.rate.share, given.rate.per, group="new", **early, **apart)  # type: ignore[arg-type]
    return Attrition.of_average_heads(given.rate.share, given.rate.per, **early, **apart)  # type: ignore[arg-type]


def _tenures(team: Team, ramp: RampCurve, attrition: Attrition) -> Int64:
    """Of today's heads, longest-serving first; of a growing team at the rate at which it goes on to grow."""
    assert team.heads is not None
    if team.agents is not None:
        start = team.agents.start
        return given([(start - agent.hired).days if start is not None else 0 for agent in team.agents.today])
    if team.tenure == "experienced":
        return experienced(team.heads, attrition, ramp, at_least_days=max((team.skills or {}).values(), default=0))
    if team.tenure == "steady":
        return steady(team.heads, attrition)
    net = team.hiring.net if team.hiring is not None else None
    return growing(team.heads, attrition, (net or 0.0) / stated.MONTH_DAYS / max(team.heads, 1))


def _with_classes_under_way(tenure_days: Int64, team: Team, start: date, attrition: Attrition) -> Int64:
    """Today's heads, of whom the newest are those expected to be left of classes that began before the start."""
    classes = team.hiring.classes if team.hiring is not None else ()
    under_way = sorted(((start - one.on).days, one.heads) for one in classes if team.under_way(one.on, start))
    newest = [
        np.full(round(heads * float(attrition.survival(np.array(float(days))))), days, np.int64)
        for days, heads in reversed(under_way)
    ]
    if not newest:
        return tenure_days
    known = np.concatenate(newest)[-tenure_days.size :]
    return np.concatenate([tenure_days[: tenure_days.size - known.size], known])


def _hiring(team: Team, start: date, end: date) -> HiringPlan:
    confirmed = [((agent.hired - start).days, 1) for agent in _coming(team, end)]
    given = team.hiring
    if given is None:
        return HiringPlan(tuple(confirmed))
    days = end.toordinal() - start.toordinal()
    dated = [((one.on - start).days, one.heads) for one in given.classes]
    classes = sorted([*confirmed, *sorted(dated)], key=lambda one: one[0])
    firsts = [day for day in range(days) if date.fromordinal(start.toordinal() + day).day == 1]
    return HiringPlan(
        classes=tuple((day, heads) for day, heads in classes if 0 <= day < days),
        net_per_month=given.net,
        month_starts=() if given.net is None else tuple(sorted({0, *firsts})),
        replace_after_days=given.replace_after,
        notice_days=team.attrition.notice if team.attrition is not None else 0,
        class_size=given.class_size,
        trainers=given.trainers,
    )
