"""The FTE walk: from the contacts offered to the people on the payroll, a chain that can be redone by hand.

Levels are hours of a span; between two levels stand the changes that lead from one to the next, and nothing else. All
are means over the replications, so that what is a ratio (handle time, occupancy, proficiency) is a ratio of sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.centre.compile import CentrePlan
from sim.centre.contract import DAY_MS, Float64, Int64
from sim.centre.paid_hours import PaidHours, paid_hours
from sim.centre.results import PEOPLE_COLUMNS, SERVICE_COLUMNS, TEAM_COLUMNS
from sim.scenario.shrinkage import ALL_IN_ONE
from sim.scenario.team import Team

from .figures import MS_PER_H, MS_PER_MIN, OFFERED, PPM, TRANSFERRED_IN
from .intervals import CentreStatistics
from .spans import Spans, spans
from .uncertainty import quotient

Kind = Literal["product", "level", "change", "of_which"]
WalkOver = Literal["month", "horizon"]


@dataclass(frozen=True)
class Step:
    """A line of the walk, in hours of each span, (S,).

    A ``product`` is ``contacts`` x ``handle_time_s``; the first level is the sum of those before it. Every other level
    is the level before it and the changes in between. What a line is ``of_which`` is a part of the level before it.
    """

    name: str
    kind: Kind
    label: str
    """In words."""
    hours: Float64
    of: str = ""
    """The queue, or the reason of shrinkage."""
    share: Float64 | None = None
    share_of: str = ""
    """What the share is, in words."""
    contacts: Float64 | None = None
    handle_time_s: Float64 | None = None


@dataclass(frozen=True)
class HeadsWalk:
    """People on the payroll in each span, (S,): start + hires - leavers + moved in - moved out = end."""

    start: Float64
    """Before the first day of the span: those of the day before, of the first span those that the file has."""
    hires: Float64
    leavers: Float64
    moved_in: Float64
    """From other teams."""
    moved_out: Float64
    end: Float64
    mean: Float64
    in_training: Float64
    proficiency: Float64
    """Of those past training, on average."""
    paid_h: Float64
    """Contracts x weeks."""

    @property
    def paid_h_each(self) -> Float64:
        """Contract x weeks of one head on average."""
        return quotient(self.paid_h, self.mean)

    @property
    def moved(self) -> bool:
        """Whether anybody moves between this team and others."""
        return bool((self.moved_in + self.moved_out).any())


@dataclass(frozen=True)
class TeamWalk:
    """The walk of a team."""

    team: str
    steps: tuple[Step, ...]
    open_h: Float64
    """(S,) the team's hours: hours over these are erlangs."""
    full_time_h: Float64 | None
    """(S,) hours of one full-time equivalent: hours over these are FTE; None where a team is given in positions."""
    occupancy: Float64
    heads: HeadsWalk | None
    convention: str
    """Of shrinkage: ``additive``, ``compound`` or ``by presence``."""

    def hours(self, name: str) -> Float64:
        """Of a step by its name, (S,), those of several of the name together."""
        return np.asarray(sum(step.hours for step in self.steps if step.name == name), np.float64)

    def erlangs(self, hours: Float64) -> Float64:
        """Hours as people busy (or there) at a time, on average over the team's hours."""
        return quotient(hours, self.open_h)


@dataclass(frozen=True)
class QueueWork:
    """The queue side: what was offered to a queue in each span, (S,), and what became of it."""

    queue: str
    offered: Float64
    """Contacts, those handed on to it among them."""
    taken: Float64
    """By any team."""
    handle_time_s: Float64
    open_h: Float64

    @property
    def offered_h(self) -> Float64:
        """Work offered: contacts x handle time."""
        return self.offered * np.nan_to_num(self.handle_time_s) / 3600

    @property
    def taken_h(self) -> Float64:
        """Work taken, likewise."""
        return self.taken * np.nan_to_num(self.handle_time_s) / 3600


@dataclass(frozen=True)
class Walk:
    """All teams, and the queues that they share."""

    spans: tuple[str, ...]
    """Labels of the months, or of the horizon."""
    queues: tuple[QueueWork, ...]
    teams: tuple[TeamWalk, ...]


def fte_walk(plan: CentrePlan, statistics: CentreStatistics, over: WalkOver = "month") -> Walk:
    """The walk of a centre, from the statistics of its plan as the file staffs it."""
    cut = spans(statistics.centre, over)
    taken = _Taken(statistics, over)
    teams = plan.forecast.scenario.teams.items()
    return Walk(
        cut.labels,
        tuple(_queue_work(plan, taken, cut, number) for number in range(len(statistics.centre.queue_names))),
        tuple(
            _team_walk(plan, statistics, taken, cut, number, name, team) for number, (name, team) in enumerate(teams)
        ),
    )


class _Taken:
    """Contacts offered and taken, and what they took, on average over the replications. T teams, Q queues, S spans."""

    def __init__(self, statistics: CentreStatistics, over: WalkOver) -> None:
        contacts = statistics.contacts_over(over, range(len(statistics.centre.queue_names)))
        self.offered = (OFFERED.of(contacts) + TRANSFERRED_IN.of(contacts)).mean(axis=0)
        """(Q, S)."""
        services = statistics.services_over(over).mean(axis=0)
        self.services = services[..., SERVICE_COLUMNS.index("services")]
        """(T, Q, S)."""
        self.handled_h = services[..., SERVICE_COLUMNS.index("handle_ms")] / MS_PER_H
        """(T, Q, S)."""


def _queue_work(plan: CentrePlan, taken: _Taken, cut: Spans, queue: int) -> QueueWork:
    forecast = plan.forecast
    services, handled_h = taken.services[:, queue].sum(axis=0), taken.handled_h[:, queue].sum(axis=0)
    return QueueWork(
        queue=list(forecast.scenario.queues)[queue],
        offered=taken.offered[queue],
        taken=services,
        handle_time_s=quotient(handled_h * 3600, services),
        open_h=_per_span(forecast.opening[queue].open_between(_midnights(plan)) / MS_PER_H, cut),
    )


def _team_walk(
    plan: CentrePlan, statistics: CentreStatistics, taken: _Taken, cut: Spans, number: int, name: str, team: Team
) -> TeamWalk:
    by_day = statistics.teams_by_day[:, number].mean(axis=0)
    scheduled, overrun, busy = (
        by_day[:, TEAM_COLUMNS.index(f"{column}_ms")] / MS_PER_H for column in ("scheduled", "overrun", "busy")
    )
    steps = [*_work(statistics, taken, number), *_on_duty(taken, number, cut, scheduled, overrun, busy)]
    heads, full_time_h, convention = None, None, team.shrinkage_convention
    if team.heads is not None:
        people = _People.of(statistics, number, team)
        heads = people.walk(team, cut)
        full_time_h = _days(cut, scheduled.size) / 7 * (team.full_time_week_ms / MS_PER_H)
        if team.ramp is not None:
            lost = np.nan_to_num(1 - heads.proficiency)
            on_phones = _per_span(scheduled, cut)
            label = "lost to ramp-up"
            steps.append(Step("ramp", "of_which", label, on_phones * lost, share=lost, share_of="1 − proficiency"))
        steps += _paid(_paid_hours(plan, name, people), scheduled, cut)
        steps += _trained(steps[-1].hours, heads)
        if team.overtime or team.time_off:
            steps += _beside_the_contract(steps[-1].hours, people, cut)
    return TeamWalk(
        team=name,
        steps=tuple(steps),
        open_h=_per_span(plan.forecast.team(name).hours.open_between(_midnights(plan)) / MS_PER_H, cut),
        full_time_h=full_time_h,
        occupancy=quotient(_per_span(busy, cut), _per_span(scheduled + overrun, cut)),
        heads=heads,
        convention=convention,
    )


def _work(statistics: CentreStatistics, taken: _Taken, team: int) -> Iterator[Step]:
    """What the team was offered: of a queue that several teams took, its share of what was taken."""
    offered_h, taken_h = [], []
    for queue, name in enumerate(statistics.centre.queue_names):
        services, handled_h = taken.services[team, queue], taken.handled_h[team, queue]
        if not services.any():
            continue
        by_all = taken.services[:, queue].sum(axis=0)
        contacts = np.nan_to_num(taken.offered[queue] * quotient(services, by_all))
        handle_time_s = quotient(handled_h * 3600, services)
        hours = contacts * np.nan_to_num(handle_time_s) / 3600
        offered_h.append(hours)
        taken_h.append(handled_h)
        label = f"{name}: contacts offered × handle time"
        yield Step("offered", "product", label, hours, name, contacts=contacts, handle_time_s=handle_time_s)
    nothing = np.zeros(taken.offered.shape[1])
    offered, handled = sum(offered_h, nothing), sum(taken_h, nothing)
    yield Step("work_offered", "level", "work offered", offered)
    yield Step("not_taken", "change", "abandoned, blocked or left over", handled - offered)
    yield Step("work_taken", "level", "work taken", handled)


def _on_duty(
    taken: _Taken, team: int, cut: Spans, scheduled: Float64, overrun: Float64, busy: Float64
) -> Iterator[Step]:
    handled_h = taken.handled_h[team].sum(axis=0)
    busy_h, overrun_h, scheduled_h = (_per_span(part, cut) for part in (busy, overrun, scheduled))
    margin_h = scheduled_h + overrun_h - busy_h
    yield Step("carried_over", "change", "done in another month, or several at once", busy_h - handled_h)
    yield Step("busy", "level", "busy", busy_h)
    label = "safety margin: waiting for contacts"
    yield Step("margin", "change", label, margin_h, share=quotient(margin_h, busy_h), share_of="of busy")
    yield Step("on_duty", "level", "on duty: busy ÷ occupancy", busy_h + margin_h)
    yield Step("overrun", "change", "stayed on to finish a contact", -overrun_h)
    yield Step("scheduled", "level", "scheduled on the phones", scheduled_h)


def _paid_hours(plan: CentrePlan, name: str, people: _People) -> PaidHours:
    coaching_h = people.columns["colleagues_ms"] / MS_PER_H
    return paid_hours(plan, name, people.past_training, people.on_the_phones, coaching_h)


def _paid(paid: PaidHours, scheduled: Float64, cut: Spans) -> Iterator[Step]:
    """From the time scheduled to that which people past training are paid for."""
    unused = _unused(paid, scheduled)
    moved = _per_span(paid.available_h - unused - scheduled, cut)
    past_training_h = _per_span(paid.past_training_h, cut)
    yield Step("moved", "change", "worked in the other month of a shared week", moved)
    yield Step("unused", "change", "unused: doesn't fit into positions", _per_span(unused, cut))
    for name, label, hours in (
        ("overtime", "overtime on the phones", -paid.overtime_h),
        ("time_off", "time off that would have been on the phones", paid.time_off_h),
        ("coaching", "coaching by colleagues", paid.coaching_h),
    ):
        if hours.any():
            yield Step(name, "change", label, _per_span(hours, cut))
    yield Step("closed_days", "change", "holidays and other closed days", _per_span(paid.closed_h, cut))
    for reason, off in paid.off_h.items():
        words = "shrinkage" if reason == ALL_IN_ONE else reason.replace("_", " ")
        off_h = _per_span(off, cut)
        share = quotient(off_h, past_training_h)
        yield Step("shrinkage", "change", words, off_h, reason, share, "of paid, past training")
    yield Step("paid_past_training", "level", "paid, past training", past_training_h)


def _trained(past_training_h: Float64, heads: HeadsWalk) -> Iterator[Step]:
    """To the time of everybody on the payroll."""
    yield Step("training", "change", "in training", heads.paid_h - past_training_h)
    yield Step("paid", "level", "paid: heads × contract × weeks", heads.paid_h)


def _beside_the_contract(paid_h: Float64, people: _People, cut: Spans) -> Iterator[Step]:
    """To all hours that are paid."""
    overtime_h, unpaid_h = (_per_span(people.columns[f"{name}_ms"], cut) / MS_PER_H for name in ("overtime", "unpaid"))
    yield Step("paid_overtime", "change", "overtime", overtime_h)
    yield Step("unpaid_time_off", "change", "time off that isn't paid", -unpaid_h)
    yield Step("paid_in_all", "level", "paid, overtime and time off among it", paid_h + overtime_h - unpaid_h)


def _unused(paid: PaidHours, scheduled: Float64) -> Float64:
    """Of each day, (D,): what its week, if all of it lies in the horizon, has beyond what is scheduled, by the
    scheduled time of its days."""
    weeks = int(paid.week[-1]) + 1
    left, of_week = (
        np.bincount(paid.week, part, weeks)[paid.week] for part in (paid.available_h - scheduled, scheduled)
    )
    return np.where(
        paid.whole_week, left * np.where(of_week > 0, scheduled / np.where(of_week > 0, of_week, 1), 1 / 7), 0
    )


@dataclass(frozen=True)
class _People:
    """A team's people on each day of the horizon, (D,), on average over the replications."""

    columns: Mapping[str, Float64]
    at_start: float

    @classmethod
    def of(cls, statistics: CentreStatistics, number: int, team: Team) -> _People:
        """Those simulated; in a centre without a workforce the heads of the file, experienced."""
        heads = float(team.heads or 0)
        if statistics.people_by_day is None:
            days = statistics.centre.horizon_days
            fixed = {
                "heads": heads,
                "proficiency_ppm": heads * PPM,
                "on_the_job_ppm": heads * PPM,
                "contracts_min": heads * team.contract / MS_PER_MIN,
            }
            return cls({name: np.full(days, fixed.get(name, 0.0)) for name in PEOPLE_COLUMNS}, heads)
        of_day = statistics.people_by_day[:, number].mean(axis=0)
        columns = {name: of_day[:, place] for place, name in enumerate(PEOPLE_COLUMNS)}
        came, went = (
            columns[come][0] + columns[moved][0] for come, moved in (("hires", "moved_in"), ("leavers", "moved_out"))
        )
        first = columns["heads"][0] - came + went
        return cls(columns, float(first))

    @property
    def on_the_phones(self) -> Float64 | None:
        """As many heads as their time on the phones makes; None where the file's shrinkage says it all."""
        found = self.columns["on_the_phones_ppm"] / PPM
        return found if found.any() else None

    @property
    def past_training(self) -> Float64:
        """In heads of the team's mean contract."""
        return self.columns["on_the_job_ppm"] / PPM

    def walk(self, team: Team, cut: Spans) -> HeadsWalk:
        """Folded to spans."""
        heads = self.columns["heads"]
        ends = np.append(cut.starts[1:], heads.size) - 1
        at_end, days = heads[ends], _days(cut, heads.size)
        return HeadsWalk(
            start=np.concatenate([[self.at_start], at_end[:-1]]),
            hires=_per_span(self.columns["hires"], cut),
            leavers=_per_span(self.columns["leavers"], cut),
            moved_in=_per_span(self.columns["moved_in"], cut),
            moved_out=_per_span(self.columns["moved_out"], cut),
            end=at_end,
            mean=_per_span(heads, cut) / days,
            in_training=_per_span(self.columns["in_training"], cut) / days,
            proficiency=quotient(
                _per_span(self.columns["proficiency_ppm"], cut) / PPM, _per_span(self.past_training, cut)
            ),
            paid_h=_per_span(self.columns["contracts_min"], cut) / (7 * MS_PER_H / MS_PER_MIN),
        )


def _midnights(plan: CentrePlan) -> Int64:
    """Of the horizon's days and its end, since the forecast's first."""
    first = plan.forecast.days.index(plan.window.start_day)
    return (first + np.arange(plan.window.horizon_days + 1, dtype=np.int64)) * DAY_MS


def _per_span(by_day: Float64, cut: Spans) -> Float64:
    return np.asarray(np.add.reduceat(np.asarray(by_day, np.float64), cut.starts), np.float64)


def _days(cut: Spans, days: int) -> Float64:
    return np.diff(np.append(cut.starts, days)).astype(np.float64)
