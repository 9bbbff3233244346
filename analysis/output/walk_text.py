"""The FTE walk as people read it: a column for each month, a line for each step, hours first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.centre.contract import Float64

from ..walk import Step, TeamWalk, Walk
from .grid import TextColumn, grid
from .words import DASH, number, percent

_SIGNS = {"product": "", "level": "= ", "change": "+ ", "of_which": "  "}
Line = tuple[str, list[str]]


def walk_text(walk: Walk, width: int) -> str:
    """A table for each team, and where several share queues one of the queues before them."""
    parts = [] if len(walk.teams) == 1 else [_table("FTE walk, the queues", list(_queue_lines(walk)), walk, width)]
    for team in walk.teams:
        heading = (
            f"FTE walk of {team.team}, in hours: each line with = is the one before it and those with + in between"
        )
        parts.append(_table(heading, list(_team_lines(team)), walk, width))
    return "\n\n".join(parts)


def _table(heading: str, lines: list[Line], walk: Walk, width: int) -> str:
    labels = TextColumn("", tuple(label for label, _ in lines), left=True)
    months = [TextColumn(month, tuple(cells[at] for _, cells in lines)) for at, month in enumerate(walk.spans)]
    return f"{heading}:\n{grid([labels, *months], width=width, keys=1)}"


def _queue_lines(walk: Walk) -> Iterator[Line]:
    for queue in walk.queues:
        yield f"{queue.queue}: contacts offered", _numbers(queue.offered)
        yield "× handle time, s", _numbers(queue.handle_time_s, 1)
        yield "= work offered", _numbers(queue.offered_h)
        yield "+ abandoned, blocked or left over", _numbers(queue.taken_h - queue.offered_h)
        yield "= work taken", _numbers(queue.taken_h)


def _team_lines(team: TeamWalk) -> Iterator[Line]:
    for step in team.steps:
        yield from _step_lines(step)
        if step.name == "work_offered":
            yield "  offered load, erlangs: ÷ the team's hours", _numbers(team.erlangs(step.hours), 1)
        if step.name == "busy":
            yield "  occupancy", [percent(value) for value in team.occupancy.tolist()]
        if step.name == "scheduled":
            yield "  positions: ÷ the team's hours", _numbers(team.erlangs(step.hours), 1)
    if team.full_time_h is not None:
        yield "  FTE: ÷ the hours of one", _numbers(team.hours("paid") / team.full_time_h, 1)
    if team.heads is not None:
        heads = team.heads
        yield "heads the day before", _numbers(heads.start, 1)
        yield "+ hired", _numbers(heads.hires, 1)
        yield "+ left", _numbers(-heads.leavers, 1)
        if heads.moved:
            yield "+ moved in", _numbers(heads.moved_in, 1)
            yield "+ moved out", _numbers(-heads.moved_out, 1)
        yield "= heads on the last day", _numbers(heads.end, 1)


def _step_lines(step: Step) -> Iterator[Line]:
    if step.contacts is not None and step.handle_time_s is not None:
        yield f"{step.of}: contacts offered", _numbers(step.contacts)
        yield "× handle time, s", _numbers(step.handle_time_s, 1)
        return
    yield f"{_SIGNS[step.kind]}{step.label}", _numbers(step.hours)
    if step.share is not None:
        yield f"    {step.share_of}", [percent(share) for share in step.share.tolist()]


def _numbers(values: Float64 | Iterable[float], digits: int = 0) -> list[str]:
    """Negative zeros as zeros."""
    told = [number(float(value), digits) for value in values]
    return [DASH if one == DASH else one.removeprefix("-") if float(one.replace(" ", "")) == 0 else one for one in told]
