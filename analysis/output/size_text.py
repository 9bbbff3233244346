"""The result of sizing as people read it: the number first and what binds, then month by month."""

from __future__ import annotations

from collections.abc import Sequence

from sim.scenario.centre import CentreScenario
from sim.scenario.tables import PositionPlan

from ..sizing.results import HoldsResult, MonthSize, SizeResult, Trial, WeekPattern
from ..sizing.unit import Unit
from ..targets import Target
from .definitions import closing
from .grid import WIDTH, TextColumn, grid
from .holds_text import holds_text
from .target_words import clause, days_meeting, on_one_line, short_name
from .trial_columns import occupancy, target_columns
from .words import DASH, WEEKDAYS, counted, number, percent_within, span_name

_ERLANG = (
    "Erlang C, Erlang A: from the formulas, held in every interval by itself, without days that differ or emails that "
    "hold agents up; the emails' hours are added. A dash: no answer."
)


def size_text(result: SizeResult, held: HoldsResult | None = None, width: int = WIDTH) -> str:
    """The whole answer of ``staffsim size``; ``held`` answers the reverse question."""
    parts = [
        "\n".join(sentences(result)),
        staff_line(result.peak.at),
        _months(result, width),
        _neighbours(result, width),
    ]
    if result.pattern is not None:
        parts.append(_pattern(result.pattern, result.loaded.model, width))
    if held is not None:
        parts.append(holds_text(held, width))
    replications = f"{counted(result.peak.at.replications, 'replication')} of {result.peak.period.label}"
    return "\n\n".join([*parts, closing(result.loaded.model, result.seed, replications, result.engine, [_ERLANG])])


def headline(result: SizeResult) -> str:
    """The answer in a paragraph."""
    return " ".join(sentences(result))


def sentences(result: SizeResult) -> list[str]:
    """``171 heads for March 2027, the peak month; with 170, 80/10 fails: 79.6 % ± 0.4 answered in 10 s, ...``."""
    month = result.peak
    which = span_name(month.period.label)
    if len(result.months) > 1:
        which += ", the peak month"
    sizes = _sizes(month)
    unit = result.unit if month.alternatives != (1,) else result.unit.removesuffix("s")
    told = [f"{sizes} {unit} for {which}; {_why_not_fewer(month)}."]
    if len(month.alternatives) > 1:
        told.append(f"{counted(month.at.replications, 'replication')} can't tell these apart.")
    told += [
        f"{span_name(other.period.label)} may need {number(other.alternatives[-1])}."
        for other in result.months
        if other.period.has_a_week and other.alternatives[-1] > month.alternatives[-1]
    ]
    if result.stated is not None:
        told.append(_compared(result.stated, month.size, result.unit))
    elif isinstance(next(iter(result.loaded.model.teams.values())).positions, PositionPlan):
        told.append("The file's own positions change with the time; these are one number over all hours of the team.")
    return told


def _why_not_fewer(month: MonthSize) -> str:
    if month.below is None or not month.binding:
        return "fewer there can't be"
    decision = month.below.decision
    binding = next(one for one in decision.targets if one.target == month.binding[0])
    fails = clause(binding, [one.target for one in decision.targets])
    return f"with {number(month.size - 1)}, {fails}, and {days_meeting(decision)}"


def _compared(stated: int, needed: int, unit: Unit) -> str:
    if stated == needed:
        return f"The file has just as many: {number(stated)} {unit}."
    more = "more" if stated > needed else "fewer"
    return f"The file has {number(stated)} {unit}, {number(abs(stated - needed))} {more}."


def staff_line(trial: Trial) -> str:
    """A staff in heads, FTE and positions, told apart."""
    heads, fte = trial.payroll.heads, trial.payroll.fte
    payroll = ""
    if heads is not None and fte is not None:
        payroll = f"{number(heads)} heads ({number(fte, 1)} FTE) on the payroll are "
    mean, peak = number(trial.presence.mean_positions, 1), number(trial.presence.peak_positions)
    return f"{payroll}{mean} positions on the phones on average, {peak} at the peak, {occupancy(trial)} occupancy."


def _months(result: SizeResult, width: int) -> str:
    months = result.months
    targets = [one.target for one in months[0].at.decision.targets]
    columns = [
        TextColumn("month", tuple(month.period.label for month in months), left=True),
        TextColumn(result.unit, tuple(_sizes(month) for month in months)),
        TextColumn("binding target", tuple(_binding(month, targets) for month in months), left=True),
        TextColumn("occupancy", tuple(occupancy(month.at) for month in months)),
        TextColumn("Erlang C", tuple(_analytic(month.erlang_c) for month in months)),
        TextColumn("Erlang A", tuple(_analytic(month.erlang_a) for month in months)),
    ]
    return grid(columns, width=width)


def _binding(month: MonthSize, targets: Sequence[Target]) -> str:
    return short_name(month.binding[0], targets) if month.binding else DASH


def _analytic(size: int | None) -> str:
    return DASH if size is None else number(size)


def _neighbours(result: SizeResult, width: int) -> str:
    """Each month's answer between one fewer and one more."""
    rows = [(month, trial) for month in result.months for trial in (month.below, month.at, month.above) if trial]
    trials = [trial for _, trial in rows]
    columns = [
        TextColumn("month", tuple(month.period.label for month, _ in rows), left=True),
        TextColumn(result.unit, tuple(number(trial.size or 0) for trial in trials)),
        TextColumn("", tuple("needed" if t is m.at else "" for m, t in rows), left=True),
        *target_columns(trials),
    ]
    return grid(columns, width=width, keys=3)


def _pattern(pattern: WeekPattern, scenario: CentreScenario, width: int) -> str:
    """Positions by weekday and interval, hours in which nobody is there left out."""
    interval_min = scenario.interval // 60_000
    slots = [slot for slot in range(pattern.positions.shape[1]) if pattern.positions[:, slot].any()]
    times = tuple(f"{slot * interval_min // 60:02d}:{slot * interval_min % 60:02d}" for slot in slots)
    columns = [TextColumn("from", times, left=True)]
    for day, name in enumerate(WEEKDAYS):
        if pattern.positions[day].any():
            cells = tuple(number(int(pattern.positions[day, slot])) for slot in slots)
            columns.append(TextColumn(name, cells))
    hours = pattern.agent_intervals * interval_min / 60
    lead = (
        f"By interval, the fewest positions from which none can be taken in {span_name(pattern.period.label)}: "
        f"{number(hours, 1)} position hours a week, {number(pattern.at.presence.peak_positions)} positions at the peak."
    )
    held = "; ".join(
        f"{on_one_line(one.target)}: {percent_within(*one.overall)}" for one in pattern.fresh.decision.targets
    )
    return f"{lead}\n{grid(columns, width=width)}\nOn fresh replications: {held}."


def _sizes(month: MonthSize) -> str:
    """The size, or those that can't be told apart: "171", "171 or 172", "170 to 172"."""
    least, *others = (number(size) for size in month.alternatives)
    if not others:
        return least
    return f"{least} {'or' if len(others) == 1 else 'to'} {others[-1]}"
