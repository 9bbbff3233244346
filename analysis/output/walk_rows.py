"""The FTE walk as rows: of ``fte_walk.csv`` and of ``--format json``.

Every row can be redone from the others of its team and span: ``docs/figures.md`` says how.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..walk import HeadsWalk, QueueWork, Step, TeamWalk, Walk
from .plain import defined

COLUMNS = (
    "team",
    "month",
    "step",
    "of",
    "kind",
    "label",
    "contacts",
    "handle_time_s",
    "share",
    "people",
    "hours",
    "fte",
    "erlangs",
)
Row = dict[str, Any]


def walk_rows(walk: Walk) -> Iterator[Row]:
    """A row for each step of each team and span, and before them of each queue; what isn't said is None."""
    for queue in walk.queues:
        for at, month in enumerate(walk.spans):
            yield from map(_plain, _of_queue(queue, at, month))
    for team in walk.teams:
        for at, month in enumerate(walk.spans):
            yield from map(_plain, _of_team(team, at, month))


def _plain(row: Row) -> Row:
    """Numbers as plain floats, None where undefined."""
    return {name: value if value is None or isinstance(value, str) else defined(value) for name, value in row.items()}


def _of_queue(queue: QueueWork, at: int, month: str) -> Iterator[Row]:
    taken_h = queue.taken_h[at]
    lines = (
        ("offered", "product", "contacts offered × handle time", queue.offered[at], queue.offered_h[at]),
        ("not_taken", "change", "abandoned, blocked or left over", None, taken_h - queue.offered_h[at]),
        ("taken", "level", "work taken", queue.taken[at], taken_h),
    )
    for name, kind, label, contacts, hours in lines:
        yield _row(None, month, name, kind, label) | {
            "of": queue.queue,
            "contacts": contacts,
            "handle_time_s": queue.handle_time_s[at] if kind == "product" else None,
            "hours": hours,
            "erlangs": hours / queue.open_h[at] if queue.open_h[at] else None,
        }


def _of_team(team: TeamWalk, at: int, month: str) -> Iterator[Row]:
    for step in team.steps:
        yield _row(team.team, month, step.name, step.kind, step.label) | _figures(team, step, at)
    yield _row(team.team, month, "open", "base", "the team's hours") | {"hours": team.open_h[at]}
    yield _row(team.team, month, "occupancy", "base", "busy ÷ on duty") | {"share": team.occupancy[at]}
    if team.full_time_h is not None:
        yield _row(team.team, month, "full_time", "base", "hours of one FTE") | {"hours": team.full_time_h[at]}
    if team.heads is not None:
        yield from _people(team.team, team.heads, at, month)


def _figures(team: TeamWalk, step: Step, at: int) -> Row:
    hours = step.hours[at : at + 1]
    return {
        "of": step.of or None,
        "contacts": None if step.contacts is None else step.contacts[at],
        "handle_time_s": None if step.handle_time_s is None else step.handle_time_s[at],
        "share": None if step.share is None else step.share[at],
        "hours": step.hours[at],
        "fte": None if team.full_time_h is None else hours[0] / team.full_time_h[at],
        "erlangs": team.erlangs(step.hours)[at],
    }


def _people(team: str, heads: HeadsWalk, at: int, month: str) -> Iterator[Row]:
    people = (
        ("heads_at_start", "heads the day before", heads.start),
        ("hires", "hired", heads.hires),
        ("leavers", "left", -heads.leavers),
        *(
            (("moved_in", "moved in", heads.moved_in), ("moved_out", "moved out", -heads.moved_out))
            if heads.moved
            else ()
        ),
        ("heads_at_end", "heads on the last day", heads.end),
        ("heads_mean", "heads on average", heads.mean),
        ("in_training_mean", "of these in training", heads.in_training),
    )
    for name, label, values in people:
        yield _row(team, month, name, "people", label) | {"people": values[at]}
    yield _row(team, month, "proficiency", "base", "proficiency past training") | {"share": heads.proficiency[at]}
    yield _row(team, month, "paid_each", "base", "contract × weeks") | {"hours": heads.paid_h_each[at]}


def _row(team: str | None, month: str, step: str, kind: str, label: str) -> Row:
    return dict.fromkeys(COLUMNS) | {"team": team, "month": month, "step": step, "kind": kind, "label": label}
