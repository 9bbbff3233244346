"""The reduction of a log and its spells by its definitions, row by row and interval by interval; a centre for it."""

from __future__ import annotations

import dataclasses

import numpy as np

from sim.centre.contract import CompiledCentre
from sim.centre.results import (
    ABANDONED,
    BUSY,
    CONTACT_COLUMNS,
    DEFLECTED,
    FATES,
    NO_FOLLOW_UP,
    ON_DUTY,
    QUEUE_COLUMNS,
    REASONS,
    REDIAL_LOST,
    SERVED,
    SERVICE_COLUMNS,
    TEAM_COLUMNS,
    TRANSFER,
    UNRESOLVED,
    WAITING_SPELL,
    IntervalCounts,
)
from sim.common.distributions import Deterministic
from sim.common.histogram import BINS, bin_of
from tests.support.centres import HOUR_MS, MINUTE_MS, Queue, Serves, Team, centre

INTERVAL_MS = 30 * MINUTE_MS
HANDLE = Deterministic(5 * MINUTE_MS)
OFFICE_HOURS = ((9 * HOUR_MS, 17 * HOUR_MS),)
NAMES = ("calls", "emails", "web", "desk")
CALLS, EMAILS, ELAPSED_EMAILS, DESK = range(4)
CALLS_OWED, DESK_OWED = 4, 5
"""Lines of callbacks."""
FRONT, BACK = 0, 1
"""Teams; agents 0 to 2 are of the first."""


def four_queues(
    changes: tuple[tuple[int, int], ...] = ((0, 3),),
    back: tuple[tuple[int, int], ...] = ((0, 2),),
    warm_up_days: int = 0,
) -> CompiledCentre:
    """Two days in two periods; two teams, whose positions change as said."""
    queues = [
        Queue(
            "calls",
            HANDLE,
            hours=OFFICE_HOURS,
            threshold_ms=20 * MINUTE_MS,
            short_abandon_ms=10 * MINUTE_MS,
            callback=True,
        ),
        Queue("emails", HANDLE, email=True, hours=OFFICE_HOURS, threshold_ms=40 * MINUTE_MS),
        Queue("web", HANDLE, email=True, hours=OFFICE_HOURS, threshold_ms=40 * MINUTE_MS, elapsed_clock=True),
        Queue("desk", HANDLE, threshold_ms=5 * MINUTE_MS, callback=True),
    ]
    teams = [
        Team(name, plan, {name: Serves() for name in NAMES}) for name, plan in (("front", changes), ("back", back))
    ]
    made = centre(queues, teams=teams, days=2, warm_up_days=warm_up_days, drain_days=1, interval_ms=INTERVAL_MS)
    return dataclasses.replace(made, interval_period=np.repeat([0, 1], 48), period_labels=("first day", "second day"))


def overlap(start: int, end: int, lo: int, hi: int) -> int:
    return max(0, min(end, hi) - max(start, lo))


def response_of(entry: np.void, compiled: CompiledCentre) -> int:
    queue, start, end = (int(entry[name]) for name in ("queue", "offered_ms", "end_ms"))
    if compiled.engine.queues.elapsed_clock[queue]:
        return end - start
    opening = compiled.engine.opening
    segments = range(opening.offset[queue], opening.offset[queue + 1])
    return sum(overlap(start, end, int(opening.start_ms[s]), int(opening.end_ms[s])) for s in segments)


def of_fate(entry: np.void, compiled: CompiledCentre) -> dict[str, int]:
    """What a row that was offered adds to the columns about its fate, waits aside."""
    queues, queue, fate = compiled.engine.queues, int(entry["queue"]), int(entry["fate"])
    wait = int(entry["left_queue_ms"]) - int(entry["offered_ms"])
    add = {FATES[fate]: 1}
    if fate == SERVED:
        add |= {"served_within": int(wait <= queues.threshold_ms[queue]), "served_at_once": int(wait == 0)}
    if fate == ABANDONED:
        add |= {"abandoned_within": int(wait <= queues.threshold_ms[queue])}
        add |= {"abandoned_short": int(wait <= queues.short_abandon_ms[queue])}
    if entry["callback"]:
        add |= {"callbacks": 1}
        if fate == SERVED:
            add |= {"callbacks_reached": 1, "callback_ms": wait}
    elif fate in (SERVED, ABANDONED):
        add |= {f"wait_{FATES[fate]}_ms": wait, "wait_longest_ms": wait}
    return add


def of_transfer(entry: np.void, compiled: CompiledCentre) -> dict[str, int]:
    """What a row that was handed on adds to the columns about that."""
    add = {"transfer": 1, f"transfer_{FATES[entry['fate']]}": 1}
    if entry["callback"]:
        add |= {"transfer_callbacks": 1, "transfer_callbacks_reached": int(entry["fate"] == SERVED)}
    if entry["fate"] == SERVED:
        add["handed_on_ms"] = int(entry["re_explain_ms"] + entry["joint_ms"])
        wait = int(entry["left_queue_ms"] - entry["offered_ms"])
        add["transfer_served_within"] = int(wait <= compiled.engine.queues.transfer_threshold_ms[entry["queue"]])
        if not entry["callback"]:
            add["transfer_wait_ms"] = wait
    return add


def of_service(entry: np.void) -> dict[str, int]:
    """What a served row adds to the columns about the service, transfer or not."""
    add = {name: int(entry[name]) for name in ("handle_ms", "re_explain_ms", "put_down")}
    if entry["follow_up"] == TRANSFER:
        add["handed_on"] = 1
    return add


def of_solved(legs: list[np.void], compiled: CompiledCentre) -> dict[str, int]:
    """What a contact that was offered, perhaps handed on, and solved adds: a row for each of its agents."""
    solved = legs[-1]
    add = {{1: "touched_1", 2: "touched_2"}.get(int(solved["touches"]), "touched_more"): 1}
    waited = waited_until_solved(legs, compiled)
    if is_email(legs[0], compiled):
        in_time = waited <= compiled.engine.queues.threshold_ms[legs[0]["queue"]]
        add |= {"response_ms": waited, "responded_within": int(in_time)}
    if solved["satisfaction_ppm"] >= 0:
        add |= {"rated": 1, "satisfaction_ppm": int(solved["satisfaction_ppm"]), "rated_waited_ms": waited}
    return add


def is_email(entry: np.void, compiled: CompiledCentre) -> bool:
    return bool(compiled.engine.queues.is_email[entry["queue"]])


def waited_until_solved(legs: list[np.void], compiled: CompiledCentre) -> int:
    return sum(
        response_of(leg, compiled)
        if is_email(leg, compiled)
        else int(leg["left_queue_ms"] - leg["offered_ms"]) * (not leg["callback"])
        for leg in legs
    )


def amounts_of(entry: np.void, compiled: CompiledCentre) -> list[dict[str, int]]:
    """All that a row adds to the contact columns; of the longest wait, what it competes with."""
    if entry["fate"] == DEFLECTED:
        return [{"deflected": 1}]
    if entry["reason"] == TRANSFER:
        amounts = [of_transfer(entry, compiled)]
    else:
        amounts = [{REASONS[entry["reason"]]: 1}, of_fate(entry, compiled)]
    if entry["fate"] == SERVED:
        amounts.append(of_service(entry))
        if entry["follow_up"] == TRANSFER:
            amounts.append({"handed_on_ms": int(entry["handle_ms"])})
    elif entry["fate"] != UNRESOLVED:
        lost = entry["follow_up"] in (NO_FOLLOW_UP, REDIAL_LOST)
        amounts.append({"lost": int(lost), "redials_lost": int(entry["follow_up"] == REDIAL_LOST)})
    return amounts


def contacts_slowly(log: np.ndarray, compiled: CompiledCentre) -> tuple[np.ndarray, ...]:
    """Contacts, services and both histograms, one row after the other."""
    clock, staff = compiled.engine.clock, compiled.engine.staff
    queues, periods = len(compiled.queue_names), len(compiled.period_labels)
    table = np.zeros((queues, compiled.intervals, len(CONTACT_COLUMNS)), np.int64)
    services = np.zeros((len(compiled.team_names), queues, periods, len(SERVICE_COLUMNS)), np.int64)
    waited = np.zeros((queues, periods, BINS), np.int64)
    replied = np.zeros_like(waited)
    legs: list[np.void] = []
    for entry in log:
        legs = [*legs, entry] if entry["reason"] == TRANSFER else [entry]
        if entry["fate"] == SERVED and entry["follow_up"] != TRANSFER and legs[0]["counted"]:
            interval = (int(legs[0]["offered_ms"]) - clock.horizon_start_ms) // clock.interval_ms
            for name, value in of_solved(legs, compiled).items():
                table[legs[0]["queue"], interval, CONTACT_COLUMNS.index(name)] += value
            if is_email(legs[0], compiled):
                bin_ = bin_of(waited_until_solved(legs, compiled))
                replied[legs[0]["queue"], compiled.interval_period[interval], bin_] += 1
        if not entry["counted"]:
            continue
        queue = int(entry["queue"])
        interval = (int(entry["offered_ms"]) - clock.horizon_start_ms) // clock.interval_ms
        period = compiled.interval_period[interval]
        cells = table[queue, interval]
        for name, value in [pair for add in amounts_of(entry, compiled) for pair in add.items()]:
            column = CONTACT_COLUMNS.index(name)
            cells[column] = max(cells[column], value) if name == "wait_longest_ms" else cells[column] + value
        if entry["fate"] == SERVED:
            services[staff.agent_team[entry["agent"]], queue, period] += (1, entry["handle_ms"])
            if entry["reason"] != TRANSFER and not entry["callback"]:
                waited[queue, period, bin_of(int(entry["left_queue_ms"] - entry["offered_ms"]))] += 1
    return table, services, waited, replied


def clock_slowly(spells: np.ndarray, compiled: CompiledCentre) -> tuple[np.ndarray, np.ndarray]:
    """Queues and teams, one interval after the other."""
    clock, staff = compiled.engine.clock, compiled.engine.staff
    queues = np.zeros((len(compiled.queue_names), compiled.intervals, len(QUEUE_COLUMNS)), np.int64)
    teams = np.zeros((len(compiled.team_names), compiled.intervals, len(TEAM_COLUMNS)), np.int64)

    def during(kind: int, numbers: list[int], lo: int, hi: int) -> tuple[int, list[int]]:
        """Time of the spells within [lo, hi), and when those that hold just before its end were offered."""
        of = [s for s in spells if s["kind"] == kind and s["number"] in numbers]
        time = sum(overlap(int(s["from_ms"]), int(s["to_ms"]), lo, hi) for s in of)
        return time, [int(s["offered_ms"]) for s in of if s["from_ms"] < hi <= s["to_ms"]]

    for interval in range(compiled.intervals):
        lo = clock.horizon_start_ms + interval * clock.interval_ms
        hi = lo + clock.interval_ms
        for queue in range(len(queues)):
            waiting, there = during(WAITING_SPELL, [queue], lo, hi)
            owed, owed_at_end = during(WAITING_SPELL, {CALLS: [CALLS_OWED], DESK: [DESK_OWED]}.get(queue, []), lo, hi)
            oldest = hi - min(there, default=hi)
            queues[queue, interval] = (waiting, len(there), oldest, owed, len(owed_at_end))
        for team in range(len(teams)):
            changes = [(int(at), int(n)) for at, t, n in zip(*staff[:3], strict=True) if t == team]
            until = [*(at for at, _ in changes[1:]), 10**15]
            scheduled = sum(n * overlap(at, end, lo, hi) for (at, n), end in zip(changes, until, strict=True))
            agents = np.flatnonzero(staff.agent_team == team).tolist()
            busy, busy_at_end = during(BUSY, agents, lo, hi)
            teams[team, interval] = (scheduled, during(ON_DUTY, agents, lo, hi)[0] - scheduled, busy, len(busy_at_end))
    return queues, teams


def reduce_slowly(log: np.ndarray, spells: np.ndarray, compiled: CompiledCentre) -> IntervalCounts:
    """The definitions as they stand."""
    table, services, waited, replied = contacts_slowly(log, compiled)
    return IntervalCounts(table, *clock_slowly(spells, compiled), services, waited, replied)
