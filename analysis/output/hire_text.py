"""A hiring plan as people read it: the decision first, then the classes, then the team month by month."""

from __future__ import annotations

from collections.abc import Iterator

from ..hiring.results import HireResult
from ..uncertainty import Share
from .definitions import closing
from .doubts import beware, doubts_of
from .grid import WIDTH, TextColumn, grid
from .words import counted, day, number, percent, span_name


def hire_text(result: HireResult, width: int = WIDTH) -> str:
    """The whole answer of ``staffsim hire``."""
    parts = ["\n".join(sentences(result))]
    if result.classes:
        parts.append(_classes(result, width))
    parts.append(_months(result, width))
    replications = counted(result.statistics.replications, "replication")
    remarks = [
        "Productive heads: experienced people who would get as much done, by the plan's expected numbers. "
        "New classes start on the first Monday after lead_time, then on first Mondays of months; the file's are kept.",
        *beware(result.loaded, doubts_of(result.loaded)),
    ]
    model = result.loaded.model
    return "\n\n".join([*parts, closing(model, result.seed, replications, result.engine, remarks)])


def headline(result: HireResult) -> str:
    """The answer in a paragraph."""
    return " ".join(sentences(result))


def sentences(result: HireResult) -> list[str]:
    """The plan, its chance and cost; when to decide; what being late costs; which limits bind."""
    return [sentence for sentence in (_plan(result), _deciding(result), _late(result), _binding(result)) if sentence]


def _plan(result: HireResult) -> str:
    chance = (
        f"every target holds every month with a chance of {percent(result.chance.low)} at least "
        f"({percent(result.chance.value)} of {number(result.chance.judged)} fresh replications; "
        f"{percent(result.asked)} asked)"
    )
    alone = min(result.without, key=lambda share: share.value)
    month = span_name(result.months[result.without.index(alone)])
    if not result.classes:
        return f"Nobody has to be hired: {chance}."
    classes = counted(len(result.classes), "class", "classes")
    return (
        f"Hire {counted(result.heads, 'person', 'people')} in {classes}, for {_money(result, result.cost)} over the "
        f"horizon: {chance}; without them {month} would hold in {percent(alone.value)}."
    )


def _deciding(result: HireResult) -> str:
    when = result.latest_decision
    if when is None:
        return ""
    first = min(result.classes, key=lambda one: (one.decide_by, one.on))
    lead = "" if first.decide_by == first.on else f", to start on {day(first.on)}"
    return f"Decide by {day(when)}: {counted(first.heads, 'person', 'people')} of {first.team}{lead}."


def _late(result: HireResult) -> str:
    if not result.classes:
        return ""
    weeks = counted(result.late_days // 7, "week")
    if result.late_cost is None:
        lacking = number(result.late_lacking, 1)
        where = f"{span_name(result.late_month)} would lack {lacking} productive heads"
        return f"Decided {weeks} after that, by the plan's arithmetic, it can't be made good: {where}."
    if result.late_cost > 0:
        return f"Decided {weeks} after that the same costs {_money(result, result.late_cost)} more."
    return f"Decided {weeks} after that it costs no more."


def _binding(result: HireResult) -> str:
    found = [f"without {one.name} it would cost {_money(result, one.saving)} less" for one in result.binding]
    return f"What binds: {'; '.join(found)}." if found else ""


def _classes(result: HireResult, width: int) -> str:
    several = len(result.teams) > 1
    columns = [TextColumn("decide by", tuple(one.decide_by.isoformat() for one in result.classes), left=True)]
    columns.append(TextColumn("start", tuple(one.on.isoformat() for one in result.classes), left=True))
    if several:
        columns.append(TextColumn("team", tuple(one.team for one in result.classes), left=True))
    columns += [
        TextColumn("people", tuple(number(one.heads) for one in result.classes)),
        TextColumn("cost", tuple(_money(result, one.cost) for one in result.classes)),
    ]
    return grid(columns, width=width, keys=len(columns) - 2)


def _months(result: HireResult, width: int) -> str:
    columns = [TextColumn("month", result.months, left=True)]
    for team in result.teams:
        group = team.team if len(result.teams) > 1 else "expected"
        columns += [
            TextColumn("heads", tuple(number(value, 1) for value in team.heads.tolist()), group),
            TextColumn("productive", tuple(number(value, 1) for value in team.productive.tolist()), group),
            TextColumn("aimed at", tuple(number(value, 1) for value in team.needed.tolist()), group),
        ]
    columns += [
        TextColumn("holds in", tuple(map(_chance, result.chance_by_month)), "simulated"),
        TextColumn("without them", tuple(map(_chance, result.without)), "simulated"),
    ]
    return grid(columns, width=width, keys=1)


def _chance(share: Share) -> str:
    return percent(share.value)


def _money(result: HireResult, amount: float) -> str:
    """Hours where no team states a cost."""
    return f"{number(amount)} {result.currency if result.currency is not None else 'h'}"


CLASS_COLUMNS = ("team", "decide_by", "start", "heads", "cost", "currency")


def class_rows(result: HireResult) -> Iterator[dict[str, str | float | None]]:
    """A row for each class, for CSV."""
    for one in result.classes:
        yield {
            "team": one.team,
            "decide_by": one.decide_by.isoformat(),
            "start": one.on.isoformat(),
            "heads": one.heads,
            "cost": one.cost,
            "currency": result.currency,
        }
