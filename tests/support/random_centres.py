"""Random centres, drawn by hypothesis, with every feature of the model switched on at random."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sim.centre.contract import (
    BACK_IN_LINE,
    DAY_MS,
    FASTEST,
    FULL_SPEED,
    LEAST_OCCUPIED,
    LONGEST_IDLE,
    NO_LIMIT_MS,
    NOT_PUT_DOWN,
    UNLIMITED,
    WAITS_FOR_AGENT,
    CompiledCentre,
)
from sim.common.distributions import Deterministic, Distribution, Gamma, Lognormal
from tests.support.centres import HOUR_MS, MINUTE_MS, Queue, Serves, Shift, Stage, Team, centre

TICKS = (1, 1_000, 10_000, 60_000)
CALLS, CHATS, EMAILS = ("calls", "orders"), ("chats",), ("emails", "letters")
NAMES = CALLS + CHATS + EMAILS

durations: st.SearchStrategy[Distribution] = st.one_of(
    st.builds(Deterministic, st.sampled_from([1_000.0, 60_000.0, 600_000.0])),
    st.builds(Gamma, st.sampled_from([20_000.0, 300_000.0, 3_600_000.0]), st.sampled_from([0.5, 1.0, 4.0])),
    st.builds(Lognormal, st.sampled_from([120_000.0, 600_000.0]), st.sampled_from([0.3, 1.2])),
)
delays = st.one_of(durations, st.builds(Gamma, st.just(20.0 * HOUR_MS), st.just(1.0)))
shares = st.sampled_from([0.0, 0.0, 0.3, 1.0])
factors = st.sampled_from([1.0, 1.0, 0.5, 1.7])
moments = st.integers(0, 4 * 96).map(lambda quarter: quarter * 15 * MINUTE_MS)


@st.composite
def hours(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.lists(st.integers(0, 96), min_size=2, max_size=4, unique=True)))
    pairs = [(a * 15 * MINUTE_MS, b * 15 * MINUTE_MS) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    return draw(st.sampled_from([((0, DAY_MS),), tuple(pairs)]))


def _profile(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Arrivals spread evenly over the spans."""
    edges = sorted({edge for span in spans for edge in span})
    lengths = [sum(min(b, d) - max(a, c) for a, b in spans if a < d and c < b) for c, d in pairwise(edges)]
    cumulative = np.concatenate([[0.0], np.cumsum(lengths) / sum(lengths)])
    cumulative[-1] = 1.0
    return tuple(edges), tuple(float(c) for c in cumulative)


@st.composite
def common_terms(draw: st.DrawFn, name: str, names: tuple[str, ...]) -> dict[str, Any]:
    """What every queue of the first, single-team model has."""
    email = name in EMAILS
    spans = draw(hours())
    others = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    calls = [other for other in names if other not in EMAILS]
    terms = {
        "name": name,
        "handle": draw(durations),
        "per_day": draw(st.sampled_from([0.0, 5.0, 40.0, 150.0])),
        "email": email,
        "hours": spans,
        "profile": ((0, DAY_MS), (0.0, 1.0)) if email else _profile(spans),
        "rank": draw(st.integers(1, 2)),
        "after_call": None if name in CHATS else draw(st.none() | durations),
        "recontact": draw(shares) * 0.6,
        "recontact_delay": draw(delays),
        "recontact_to": {other: 1.0 / len(others) for other in others},
        "re_explain_ms": draw(st.sampled_from([0, 180_000])),
        "threshold_ms": draw(st.sampled_from([10_000, HOUR_MS])),
        "transfer_threshold_ms": draw(st.sampled_from([0, 60_000, HOUR_MS])),
        "reserve": draw(st.integers(0, 2)) if email else 0,
    }
    if email:
        return terms | {
            "late_to_call": draw(shares) if calls else 0.0,
            "late_to_call_delay": draw(delays),
            "late_to_call_queue": calls[0] if calls else name,
            "elapsed_clock": draw(st.booleans()),
            "backlog": draw(st.sampled_from([0, 0, 7])),
        }
    return terms | {
        "chat": name in CHATS,
        "patience": draw(st.none() | durations),
        "balk": draw(shares) * 0.5,
        "redial": draw(shares) * 0.9,
        "redial_delay": draw(delays),
        "redial_attempts": draw(st.sampled_from([UNLIMITED, 0, 2])),
        "trunks": draw(st.sampled_from([UNLIMITED, UNLIMITED, 1, 6])),
        "send_away": draw(st.booleans()),
    }


@st.composite
def further_terms(draw: st.DrawFn, name: str, names: tuple[str, ...], matters: int) -> dict[str, Any]:
    """Transfers, callbacks, announcements, deflection, satisfaction and score."""
    cut = sorted(draw(st.lists(st.sampled_from([0.0, 0.2, 0.5, 1.0]), min_size=matters - 1, max_size=matters - 1)))
    onward = names[names.index(name) + 1 :]  # never round in a circle, as in files
    posts = [other for other in names if other in EMAILS] or list(names)
    return {
        "matters": tuple(b - a for a, b in pairwise([0.0, *cut, 1.0])),
        "transfer_to": tuple(draw(st.sampled_from(["", *onward])) for _ in range(matters)),
        "transfer_after": draw(durations),
        "transfer_at_head": draw(st.booleans()),
        "transfer_re_explain_ms": draw(st.sampled_from([0, 60_000])),
        "hold_ms": draw(st.sampled_from([0, 60_000, 600_000])),
        "joint_ms": draw(st.sampled_from([0, 60_000])),
        "mean_handle_ms": draw(st.sampled_from([60_000, 600_000])),
        "told_above_ms": draw(st.sampled_from([0, 120_000, NO_LIMIT_MS])),
        "told_balk": draw(shares) * 0.5,
        "told_patience": draw(factors),
        "callback": name in CALLS and draw(st.booleans()),
        "callback_above_ms": draw(st.sampled_from([0, 120_000])),
        "callback_accept": draw(shares),
        "callback_reach": draw(st.sampled_from([0.3, 1.0])),
        "callback_tries": draw(st.integers(1, 3)),
        "callback_again_ms": draw(st.sampled_from([60_000, 5 * HOUR_MS])),
        "callback_rank": draw(st.sampled_from([1, 500, 5_000])),
        "deflected": draw(shares) * 0.7,
        "post": draw(shares),
        "post_queue": draw(st.sampled_from(posts)),
        "fail": draw(shares),
        "fail_delay": draw(delays),
        "rated": draw(st.booleans()),
        "score_base": draw(st.sampled_from([0.0, 1.0, 5.0])),
        "score_per_ms": draw(st.sampled_from([0.0, 1e-6, 3e-5])),
    }


@st.composite
def serves(draw: st.DrawFn, queue: Queue) -> Serves:
    fences = draw(st.lists(st.tuples(moments, st.booleans()), max_size=3, unique_by=lambda fence: fence[0]))
    return Serves(
        preference=draw(st.integers(1, 2)),
        rank=draw(st.none() | st.integers(1, 3)),
        reserve=draw(st.integers(0, 2)),
        overflow_ms=draw(st.sampled_from([0, 0, 60_000, 600_000])),
        handle_factor=draw(factors),
        recontact_factor=draw(factors),
        fences=tuple(sorted(fences)) if draw(st.booleans()) else (),
        team_ppm=draw(st.sampled_from([0, 30_000])),
    )


@st.composite
def positions(draw: st.DrawFn, most: int) -> tuple[tuple[int, int], ...]:
    at = sorted(draw(st.lists(moments, min_size=1, max_size=12, unique=True)))
    return tuple((moment, draw(st.integers(0, most))) for moment in at)


@st.composite
def shifts(draw: st.DrawFn) -> tuple[Shift, ...]:
    """Shifts of a few agents over three days: long or short, with many breaks or few, some close to one another."""
    rng = np.random.default_rng(draw(st.integers(0, 9_999)))
    unit_ms = draw(st.sampled_from([MINUTE_MS, 15 * MINUTE_MS]))
    longest, between_shifts, between_breaks, longest_break = (
        max(draw(st.sampled_from(lengths)) // unit_ms, 2)
        for lengths in (
            (2 * HOUR_MS, 9 * HOUR_MS),
            (20 * MINUTE_MS, 15 * HOUR_MS),
            (10 * MINUTE_MS, 3 * HOUR_MS),
            (15 * MINUTE_MS, 2 * HOUR_MS),
        )
    )
    made = []
    for agent in range(draw(st.integers(1, 4))):
        start = int(rng.integers(0, 10 * HOUR_MS // unit_ms))
        while start * unit_ms < 3 * DAY_MS:
            end = start + int(rng.integers(1, longest))
            breaks = []
            at = start + int(rng.integers(1, between_breaks))
            while (until := at + int(rng.integers(1, longest_break))) <= end:
                breaks.append((at * unit_ms, (until - at) * unit_ms))
                at = until + int(rng.integers(1, between_breaks))
            made.append(Shift(agent, start * unit_ms, end * unit_ms, tuple(breaks)))
            start = end + int(rng.integers(1, between_shifts))
    return tuple(made)


@st.composite
def stages(draw: st.DrawFn, matters: int, *, full: bool) -> Stage:
    return Stage(
        draw(factors),
        draw(factors),
        draw(st.sampled_from([0, 20_000])),
        draw(st.none() | st.just(tuple(m for m in range(matters) if draw(st.booleans())))) if full else None,
    )


@st.composite
def teams(draw: st.DrawFn, queues: list[Queue], matters: int, *, full: bool, rostered: bool) -> list[Team]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        served = draw(st.lists(st.sampled_from(queues), min_size=1, max_size=len(queues), unique_by=lambda q: q.name))
        team = Team(
            f"team {number}",
            draw(positions(5)),
            {queue.name: draw(serves(queue)) for queue in served},
            stages=tuple(draw(stages(matters, full=full)) for _ in range(draw(st.integers(0, 2)))),
        )
        if full:
            team = dataclasses.replace(
                team,
                solves=tuple(m for m in range(matters) if draw(st.booleans())),
                put_down=draw(st.sampled_from([NOT_PUT_DOWN, WAITS_FOR_AGENT, BACK_IN_LINE])),
                chat_speed=draw(st.sampled_from([(FULL_SPEED,), (1000, 700), (1000, 500, 333), (900, 400, 400)])),
            )
            if rostered or draw(st.booleans()):
                team = dataclasses.replace(team, changes=(), shifts=draw(shifts()))
        made.append(team)
    return made


@st.composite
def centres(draw: st.DrawFn, *, full: bool = True, one_team: bool = False, rostered: bool = False) -> CompiledCentre:
    """A small centre of a few days.

    ``full``: with what only the full kernel does. ``one_team``: of one team that serves all queues. ``rostered``: all
    teams have rosters, and more to do.
    """
    possible = NAMES if full else CALLS + EMAILS
    names = tuple(draw(st.lists(st.sampled_from(possible), min_size=1, max_size=4, unique=True)))
    matters = draw(st.integers(1, 3)) if full else 1
    queues = [
        Queue(
            **draw(common_terms(name, names)),
            **(draw(further_terms(name, names, matters)) if full else {}),
        )
        for name in names
    ]
    if rostered:
        # Who waits at closing time is served: agents who are to leave stay for them.
        busy = st.sampled_from([20.0, 100.0, 300.0])
        queues = [dataclasses.replace(queue, per_day=draw(busy), send_away=False) for queue in queues]
    staff: dict[str, Any] = {"changes": draw(positions(6))}
    if not one_team:
        staff = {
            "teams": draw(teams(queues, matters, full=full, rostered=rostered)),
            "agents": draw(st.sampled_from([LONGEST_IDLE, FASTEST, LEAST_OCCUPIED])),
            "by_score": draw(st.booleans()),
            "stage_seed": draw(st.integers(0, 99)),
        }
    return centre(
        queues,
        **staff,
        days=draw(st.integers(1, 2)),
        warm_up_days=draw(st.integers(0, 1)),
        drain_days=draw(st.integers(0, 2)),
        tick_ms=draw(st.sampled_from(TICKS)),
        interval_ms=draw(st.sampled_from([15 * MINUTE_MS, HOUR_MS])),
    )
