"""What ``size --shifts`` says beside the size: what shifts cost, and the peak month's schedule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sim.centre.shift_staff import ShiftMonth
from sim.scenario.words import listed

from ..sizing.results import MonthSize, SizeResult, TeamShifts, TeamSize, WeekHours
from .grid import TextColumn, grid
from .shift_rows import clock, duty_counts
from .size_words import sizes
from .words import WEEKDAYS, counted, number, percent, span_name

_LITTLE_H = 0.05
"""Hours a week that aren't worth telling."""


def shifts_text(result: SizeResult, width: int) -> str:
    """Of each team whose heads work shifts: the sentence, the hours, the months, the peak's schedule."""
    sized = {team.team: team for team in result.teams}
    several = len(result.loaded.model.teams) > 1
    return "\n\n".join(
        part
        for one in result.shifts
        for part in _team(one, sized[one.team], f" of {one.team}" if several else "", width)
    )


def shifts_sentence(one: TeamShifts, bound: TeamSize) -> str:
    """``Shifts cost 2 heads, 330 paid hours and 5 900 EUR in January 2027, 10.0 % on top: were heads ...``."""
    with_them, free = bound.peak, _same_month(one.free, bound.peak)
    more = with_them.size - free.size
    which = span_name(with_them.period.label)
    if more <= 0:
        return f"Shifts cost no head in {which}: were heads there whenever needed, {sizes(free)} would do."
    told = [counted(more, "head")]
    paid, unpaid = with_them.at.teams[one.team].payroll, free.at.teams[one.team].payroll
    if paid.paid_h is not None and unpaid.paid_h is not None:
        told.append(f"{number(paid.paid_h - unpaid.paid_h)} paid hours")
    if paid.cost is not None and unpaid.cost is not None:
        told.append(f"{number(paid.cost - unpaid.cost)} {paid.currency}")
    share = percent(more / free.size)
    return (
        f"Shifts cost {listed(told, 'and')} in {which}, {share} on top: were heads there whenever needed, "
        f"{sizes(free)} would do."
    )


def _team(one: TeamShifts, bound: TeamSize, whose: str, width: int) -> Iterator[str]:
    yield "\n".join([shifts_sentence(one, bound), *_covering(one), _hours(one.hours)])
    if len(bound.months) > 1:
        yield _months(one, bound, width)
    yield _schedule(one, whose, width)


def _covering(one: TeamShifts) -> list[str]:
    if one.covering is None:
        return []
    told = "Set covering, the formula's agents in every interval by themselves under whole shifts, asks for"
    return [f"{told} {counted(one.covering, 'head')}."]


def _hours(hours: WeekHours) -> str:
    """The chain from the contract to the positions, of an ordinary week."""
    parts = [
        (hours.not_rostered, "that no week of shifts fills"),
        (hours.paid_breaks, "of paid breaks"),
        (hours.outside, "of shifts when the team isn't there"),
        (hours.shrinkage, "of shrinkage"),
    ]
    less = [f"{number(value, 0 if value >= 10 else 1)} h {what}" for value, what in parts if value > _LITTLE_H]
    taken = f", less {listed(less, 'and')}" if less else ""
    return (
        f"In an ordinary week {number(hours.contract)} h are paid{taken}: {number(hours.positions)} h on the phones, "
        f"{percent(hours.positions / hours.contract)} of what is paid."
    )


def _months(one: TeamShifts, bound: TeamSize, width: int) -> str:
    free = [_same_month(one.free, month) for month in bound.months]
    columns = [
        TextColumn("month", tuple(month.period.label for month in bound.months), left=True),
        TextColumn("with shifts", tuple(sizes(month) for month in bound.months), "heads"),
        TextColumn("without", tuple(sizes(month) for month in free), "heads"),
    ]
    return grid(columns, width=width)


def _schedule(one: TeamShifts, whose: str, width: int) -> str:
    month, layout = one.peak, one.peak.schedule.layout
    rows = list(duty_counts(month))
    shifts = [layout.shifts[shift] for shift, _ in rows]
    columns = [
        TextColumn("shift", tuple(_once([shift.template for shift in shifts])), left=True),
        TextColumn("from", tuple(clock(shift.start_ms) for shift in shifts), left=True),
        TextColumn("to", tuple(clock(shift.end_ms) for shift in shifts), left=True),
    ]
    for day, name in enumerate(WEEKDAYS):
        if any(counts[day] for _, counts in rows):
            columns.append(TextColumn(name, tuple(number(n) if (n := counts[day]) else "" for _, counts in rows)))
    heads = counted(month.schedule.heads, "head")
    lead = f"Schedule{whose} for {span_name(month.label)}, {heads} before shrinkage; who works which shift:"
    return "\n".join([lead, grid(columns, width=width, keys=3), *_breaks(one), *_turns(month)])


def _turns(month: ShiftMonth) -> Iterator[str]:
    """Who goes through which shifts, and how many can't."""
    rotation = month.schedule.layout.rules.rotation
    if rotation:
        told = f"Everybody goes through {listed(rotation, 'and')}, a week each"
        out = month.schedule.out_of_turn
        more = f"; {number(out)} of {counted(month.schedule.heads, 'head')} a week can't go on in turn" if out else ""
        yield f"{told}{more}." if len(rotation) > 1 else f"Everybody goes through the weeks of {rotation[0]} in turn."


def _breaks(one: TeamShifts) -> Iterator[str]:
    """When breaks begin, of each template together."""
    schedule, layout = one.peak.schedule, one.peak.schedule.layout
    begun: dict[tuple[str, str], list[int]] = {}
    for people, start in zip(schedule.breaks.tolist(), layout.break_starts, strict=True):
        if people:
            shift = layout.shifts[layout.duties[start.duty].shift]
            begun.setdefault((shift.template, shift.breaks[start.place].name), []).append(start.start_ms)
    for template, names in groupby(begun, key=lambda key: key[0]):
        told = [f"{name} {_between(begun[template, name])}" for _, name in names]
        yield f"Breaks of {template}, begun: {'; '.join(told)}."


def _between(starts_ms: list[int]) -> str:
    first, last = clock(min(starts_ms)), clock(max(starts_ms))
    return f"at {first}" if first == last else f"from {first} to {last}"


def _once(names: list[str]) -> Iterator[str]:
    """Each name where it comes first."""
    for place, name in enumerate(names):
        yield name if place == 0 or names[place - 1] != name else ""


def _same_month(team: TeamSize, month: MonthSize) -> MonthSize:
    return next(one for one in team.months if one.period == month.period)
