"""What a team's shifts demand of each other, of its contract, of its hours and of its shrinkage (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..shifts.rotation import template_of, turns_of
from ..shifts.shift import Shift, WeekRules
from ..shifts.tours import MOST_TOURS, TooManyToursError, Tour, weekly_tours
from .base import Finding
from .draft import gives, has, known
from .parse import DAY_MS, HOUR_MS, MINUTE_MS
from .shift_weeks import shifts_of_template, week_rules
from .shifts import ShiftBreak, ShiftTemplate, WorkingTime
from .team import Team
from .week import WeekHours, common, days_in_words, hours_in_words, united, without
from .words import listed, printable, quoted_list, suggestion

_LONG = {5: "a Saturday", 6: "a Sunday"}
_BREAK_WORDS = ("break", "lunch", "pause")
_NOT_BESIDE = {
    "overtime": "add a template that is longer",
    "time_off": "add a template that is shorter",
    "coaching": "give its share of the hours as a reason of shrinkage",
}


def shift_findings(team: Team, hours: WeekHours | None) -> Iterator[Finding]:
    """What is wrong with a team's shifts; placed from the team. ``hours`` in which it is there, None if unknown."""
    if not gives(team, "shifts"):
        if gives(team, "working_time"):
            yield Finding(("working_time",), "needs shifts: it says how they make up a week")
        return
    if gives(team, "positions"):
        yield Finding(("shifts",), "needs heads: positions are there whatever shifts people work")
    yield from _not_beside(team)
    shifts, rules = known(team, "shifts"), known(team, "working_time") or WorkingTime()
    yield from _breaks_twice(team)
    if shifts is None or hours is None or not has(team, "working_time") or not _whole(rules):
        return
    if not shifts:
        yield Finding(("shifts",), "names no shift; give at least one, or leave it out")
        return
    findings = [
        Finding(("shifts", name, *loc), message)
        for name, template in shifts.items()
        if _sound(template)
        for loc, message in _template(template, rules, hours)
    ]
    yield from findings
    if findings or not all(_sound(template) for template in shifts.values()):
        return
    every = [shift for name, template in shifts.items() for shift in shifts_of_template(name, template, hours)]
    uncovered = without(hours, _covered(every))
    if any(uncovered):
        told = f"leave {hours_in_words(uncovered)} without anybody, though the team is there then"
        yield Finding(("shifts",), f'{told}; add a shift, or say with "hours" when the team is there')
    if has(team, "contracts", "agents"):
        yield from _weeks(every, week_rules(team), round(team.contract), hours)


def _not_beside(team: Team) -> Iterator[Finding]:
    """What a schedule of shifts doesn't know of, for it has whole days of one contract."""
    for field, mend in _NOT_BESIDE.items():
        if known(team, field):
            yield Finding((field,), f"can't stand beside shifts: {mend}")
    contracts = known(team, "contracts")
    if contracts is not None and len(contracts.shares) > 1:
        yield Finding(("contract",), "must be one beside shifts: make a team of those who have another")
    agents = known(team, "agents")
    if agents is not None and contracts is not None:
        others = {agent.contract_ms for agent in agents.rows} - {None, contracts.full_ms}
        if others:
            told = f"{agents.source}: has contracts of other hours; beside shifts there must be one"
            yield Finding(("agents",), f"{told}: make a team of those who have another")


def _sound(template: ShiftTemplate) -> bool:
    """Whether nothing of a template is missing or wrong."""
    if not has(template, *ShiftTemplate.model_fields):
        return False
    return all(has(one, *ShiftBreak.model_fields) for one in template.named_breaks.values())


def _whole(rules: WorkingTime) -> bool:
    return has(rules, *WorkingTime.model_fields)


def _breaks_twice(team: Team) -> Iterator[Finding]:
    """Breaks are in the shifts, so they aren't shrinkage as well."""
    for reason in known(team, "shrinkage") or ():
        if any(word in reason.lower() for word in _BREAK_WORDS):
            told = "the shifts say when people are on a break, so it would be counted twice"
            yield Finding(("shrinkage", reason), f"{told}; drop it here, and give the shifts all their breaks")


def _template(template: ShiftTemplate, rules: WorkingTime, hours: WeekHours) -> Iterator[Finding]:
    """A template by itself."""
    paid_ms = template.length - sum(one.length for one in template.named_breaks.values() if not one.paid)
    if paid_ms > rules.hours_a_day:
        told = f"is {_time(paid_ms)} paid, longer than the {_time(rules.hours_a_day)} that a day may have"
        yield Finding(("length",), f"{told} (working_time.hours_a_day)")
    if template.length > rules.break_after and not template.breaks:
        told = f"needs a break: it is longer than {_time(rules.break_after)}"
        yield Finding(
            (),
            f'{told} (working_time.break_after); write breaks: {{lunch: {{length: 45 min, between: "12:00-14:00"}}}}',
        )
    closed = [day for day in template.days or () if not hours[day]]
    if closed:
        yield Finding(("days",), f"the team isn't there on {days_in_words(closed)}; it is {hours_in_words(hours)}")
        return
    for shift in shifts_of_template("", template, hours):
        findings = list(_of_start(template, shift, hours))
        if findings:  # the first start tells enough
            yield from findings
            return


def _of_start(template: ShiftTemplate, shift: Shift, hours: WeekHours) -> Iterator[Finding]:
    """A template with one of its starts."""
    which = f"of the shift from {_clock(shift.start_ms)} to {_clock(shift.end_ms)}"
    outside = [one.name for one in shift.breaks if one.until_ms - one.from_ms < one.length_ms]
    for name in outside:
        opens, closes = template.named_breaks[name].between
        told = f"{_clock(opens)}-{_clock(closes)} leaves no room for the break {which}"
        yield Finding(("breaks", name, "between"), told)
    if not outside:
        for one, after in pairwise(shift.breaks):
            if after.from_ms < one.until_ms:
                yield Finding(("breaks", after.name, "between"), f'overlaps the window of "{one.name}" {which}')
    if not any(common(_covered([shift]), hours)):
        yield Finding(("start",), f"nobody is wanted {which}; the team is there {hours_in_words(hours)}")


def _weeks(shifts: Sequence[Shift], rules: WeekRules, contract_ms: int, hours: WeekHours) -> Iterator[Finding]:
    """Whether they make up any week."""
    try:
        tours = weekly_tours(shifts, rules)
    except TooManyToursError:
        told = f'leave more than {MOST_TOURS} different weeks to choose from; fewer starts, or shift: "same all week"'
        yield Finding(("shifts",), told)
        return
    if tours:
        yield from _rotation(tours, shifts, rules)
        in_turn = [day for day, every in enumerate(rules.every) if every > 1]
        if all(any(tour[day] is not None for day in in_turn) for tour in tours):
            told = f"no week of {rules.days} shifts is without {listed((_LONG[day] for day in in_turn), 'or')}"
            field = "saturdays" if in_turn == [5] else "sundays" if in_turn == [6] else "days_a_week"
            yield Finding(("working_time", field), f"{told}, so nobody can work there only every few weeks")
        return
    days = {day for shift in shifts for day in shift.days}
    least_ms = sum(sorted(min(s.paid_ms for s in shifts if day in s.days) for day in days)[: rules.days])
    if len(days) < rules.days:
        only = days_in_words(sorted(days))
        told = f"{rules.days} shifts a week, but they may be worked on {only} only"
        yield Finding(("working_time", "days_a_week"), f"{told}; make it {len(days)}")
    elif least_ms > rules.most_ms:
        limit = "the contract's" if rules.most_ms == contract_ms else "the week's limit of"
        told = f"{rules.days} of them are {_time(least_ms)} paid at least, above {limit} {_time(rules.most_ms)}"
        mend = "make them shorter, their breaks longer, or working_time.days_a_week fewer"
        yield Finding(("shifts",), f"{told}; {mend}")
    else:
        told = f"no week of {rules.days} of them keeps the rules of working_time"
        parts = "daily_rest, weekly_rest, days_in_a_row, days_off and shift"
        yield Finding(("shifts",), f"{told} and the hours of the contract: see its {parts}")


def _rotation(tours: Sequence[Tour], shifts: Sequence[Shift], rules: WeekRules) -> Iterator[Finding]:
    """Whether anybody can go through it."""
    loc = ("working_time", "rotation")
    templates = list(dict.fromkeys(shift.template for shift in shifts))
    unknown = [name for name in dict.fromkeys(rules.rotation) if name not in templates]
    for name in unknown:
        yield Finding(loc, f'names no shift of the team: "{printable(name)}"{suggestion(name, templates)}')
    if not rules.rotation or unknown:
        return
    theirs = {template_of(tour, shifts, rules.rotation) for tour in tours}
    never = [name for name in dict.fromkeys(rules.rotation) if name not in theirs]
    if never:
        told = f"{rules.days} shifts a week can't be of {quoted_list(never, 'or')}"
        yield Finding(loc, f"{told}: see its days, and hours_a_week")
    elif not turns_of(tours, shifts, rules).lasting:
        told = f"nobody can go through {listed(rules.rotation, 'and')} week after week"
        yield Finding(loc, f"{told}: daily_rest, weekly_rest or days_in_a_row don't allow it from one week to the next")


def _covered(shifts: Sequence[Shift]) -> WeekHours:
    """When anybody on any of the shifts is there, breaks or not."""
    weeks = []
    for shift in shifts:
        days: list[tuple[tuple[int, int], ...]] = [()] * 7
        for day in shift.days:
            days[day] = (*days[day], (shift.start_ms, min(shift.end_ms, DAY_MS)))
            if shift.end_ms > DAY_MS:
                days[(day + 1) % 7] = (*days[(day + 1) % 7], (0, shift.end_ms - DAY_MS))
        weeks.append(tuple(days))
    return united(weeks)


def _time(time_ms: int) -> str:
    hours, minutes = divmod(round(time_ms / MINUTE_MS), 60)
    return f"{hours} h {minutes} min" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"


def _clock(time_ms: int) -> str:
    return f"{time_ms % DAY_MS // HOUR_MS:02d}:{time_ms % HOUR_MS // MINUTE_MS:02d}"
