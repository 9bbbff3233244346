"""Shifts and breaks of agents' own, one rule after the other by hand, in both engines (``docs/engine.md``)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from sim.centre.contract import (
    BACK_IN_LINE,
    DAY_MS,
    LEAST_OCCUPIED,
    LONGEST_IDLE,
    WAITS_FOR_AGENT,
    CompiledCentre,
    DrawnStaff,
)
from sim.centre.fast import FastEngine
from sim.centre.results import ABANDONED, BUSY, ON_DUTY, SERVED, TEAM_COLUMNS, UNRESOLVED, Replication
from sim.centre.single_pool_choice import obstacle
from sim.common.distributions import Deterministic, Gamma, Lognormal
from tests.support.centres import HOUR_MS, MINUTE_MS, Queue, Serves, Shift, Team, centre

from .test_engines_agree import assert_identical, by_reference_engine

Minutes = tuple[int, int]


def clock(hour: int, minute: int = 0) -> int:
    return hour * HOUR_MS + minute * MINUTE_MS


def contacts_at(name: str, hour: int, minute: int, handle_min: int, **more: Any) -> Queue:
    """A queue whose contacts all come at that minute."""
    at = clock(hour, minute)
    shape = (0, at, at + MINUTE_MS, DAY_MS), (0.0, 0.0, 1.0, 1.0)
    return Queue(name, Deterministic(handle_min * MINUTE_MS), 1.0, profile=shape, **more)


def shift(agent: int, start: Minutes, end: Minutes, *breaks: tuple[int, int, int]) -> Shift:
    """Breaks by hour, minute and length in minutes."""
    return Shift(
        agent,
        clock(*start),
        clock(*end),
        tuple((clock(hour, minute), min_ * MINUTE_MS) for hour, minute, min_ in breaks),
    )


def roster(*shifts: Shift, queues: Sequence[Queue], **more: Any) -> Team:
    return Team("team", (), {queue.name: Serves() for queue in queues}, shifts=shifts, **more)


def simulated(
    queues: Sequence[Queue],
    *teams: Team,
    of_each: Sequence[int] | None = None,
    agents: int = LONGEST_IDLE,
    days: int = 1,
) -> Replication:
    """One replication on a tick of a minute, in which both engines agree; a contact of each queue unless told."""
    made = centre(queues, teams=teams, tick_ms=MINUTE_MS, agents=agents, days=days, drain_days=0)
    counts = np.zeros((len(queues), days), np.int64)
    counts[:, 0] = 1 if of_each is None else of_each
    fast = FastEngine(made).run(1, 3, counts, log=True, spells=True)
    assert_identical(fast, by_reference_engine(made, 1, counts))
    return fast


def spells_of(replication: Replication, kind: int, agent: int = 0) -> list[tuple[str, str]]:
    """When the agent was there, or busy: begin and end by the clock."""
    assert replication.spells is not None
    of = replication.spells[(replication.spells["kind"] == kind) & (replication.spells["number"] == agent)]
    return [(by_clock(spell["from_ms"]), by_clock(spell["to_ms"])) for spell in of]


def by_clock(at_ms: int) -> str:
    return f"{at_ms // HOUR_MS}:{at_ms % HOUR_MS // MINUTE_MS:02d}"


def taken_at(replication: Replication, queue: int) -> list[str]:
    """When the contacts of a queue were taken."""
    assert replication.log is not None
    return [by_clock(row["left_queue_ms"]) for row in replication.log[replication.log["queue"] == queue]]


def of_team(replication: Replication, column: str, start: Minutes = (0, 0), end: Minutes = (24, 0)) -> int:
    """Minutes of the first team within [start, end)."""
    half_hours = slice(clock(*start) // (30 * MINUTE_MS), clock(*end) // (30 * MINUTE_MS))
    return int(replication.counts.teams[0, half_hours, TEAM_COLUMNS.index(column)].sum()) // MINUTE_MS


# --- breaks -----------------------------------------------------------------------------------------------------------


def test_an_idle_agent_leaves_for_the_break_at_once() -> None:
    calls = [contacts_at("calls", 10, 10, 5)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 0, 30)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "10:00"), ("10:30", "16:00")]
    assert taken_at(found, 0) == ["10:30"]
    assert of_team(found, "scheduled_ms") == 450
    assert of_team(found, "scheduled_ms", (10, 0), (10, 30)) == 0
    assert of_team(found, "overrun_ms") == 0


def test_a_break_begins_after_the_contact_in_hand_and_keeps_its_length() -> None:
    calls = [contacts_at("first", 9, 50, 30), contacts_at("second", 10, 5, 5)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 0, 30)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "10:20"), ("10:50", "16:00")]
    assert taken_at(found, 1) == ["10:50"]
    # 20 minutes worked in the break as it was scheduled, and taken off after it.
    assert of_team(found, "overrun_ms", (10, 0), (10, 30)) == 20
    assert of_team(found, "overrun_ms", (10, 30), (11, 0)) == -20
    assert of_team(found, "overrun_ms") == 0
    assert of_team(found, "busy_ms") == 35
    assert of_team(found, "scheduled_ms") == 450


def test_wrap_up_is_part_of_the_contact_in_hand() -> None:
    calls = [contacts_at("calls", 9, 50, 5, after_call=Deterministic(10 * MINUTE_MS), trunks=3)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 0, 30)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "10:05"), ("10:35", "16:00")]


def test_breaks_due_in_one_contact_follow_one_another() -> None:
    calls = [contacts_at("calls", 9, 55, 50)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 0, 15), (10, 30, 10)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "10:45"), ("11:10", "16:00")]


def test_a_break_due_during_a_late_one_follows_it_at_once() -> None:
    calls = [contacts_at("calls", 9, 50, 35)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 0, 30), (10, 40, 10)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "10:25"), ("11:05", "16:00")]


def test_a_break_due_as_a_late_one_ends_follows_it_whoever_waits() -> None:
    calls = [contacts_at("first", 9, 50, 20), contacts_at("second", 10, 20, 5)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 0, 30), (10, 40, 10)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "10:10"), ("10:50", "16:00")]
    assert taken_at(found, 1) == ["10:50"]


def test_a_break_begins_whoever_waits_even_in_a_queue_that_has_closed() -> None:
    closing = {"hours": ((8 * HOUR_MS, 10 * HOUR_MS),)}
    calls = [contacts_at("first", 9, 50, 20, **closing), contacts_at("second", 9, 55, 5, **closing)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 5, 30)), queues=calls))
    assert taken_at(found, 1) == ["10:40"]


# --- shift ends -------------------------------------------------------------------------------------------------------


def test_who_is_busy_at_the_end_of_the_shift_finishes_and_leaves() -> None:
    calls = [contacts_at("first", 15, 50, 25), contacts_at("second", 15, 55, 5)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0)), shift(1, (17, 0), (18, 0)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "16:15")]
    assert spells_of(found, BUSY) == [("15:50", "16:15")]
    assert taken_at(found, 1) == ["17:00"]
    assert of_team(found, "scheduled_ms") == 540
    assert of_team(found, "overrun_ms", (16, 0), (16, 30)) == of_team(found, "overrun_ms") == 15


def test_who_is_to_leave_stays_for_callers_whose_queue_has_closed() -> None:
    closing = {"hours": ((8 * HOUR_MS, 16 * HOUR_MS),)}
    calls = [contacts_at("first", 15, 50, 25, **closing), contacts_at("second", 15, 55, 5, **closing)]
    found = simulated(
        calls, roster(shift(0, (8, 0), (16, 0)), shift(1, (17, 0), (18, 0)), queues=calls), of_each=(1, 2)
    )
    assert taken_at(found, 1) == ["16:15", "16:20"]
    assert spells_of(found, ON_DUTY) == [("8:00", "16:25")]


def test_who_stays_for_a_closed_queue_and_may_take_nothing_leaves() -> None:
    calls = [contacts_at("first", 15, 50, 25), contacts_at("second", 15, 55, 5, hours=((8 * HOUR_MS, 16 * HOUR_MS),))]
    team = roster(shift(0, (8, 0), (16, 0)), queues=calls)
    team = dataclasses.replace(team, serves={"first": Serves(), "second": Serves(overflow_ms=HOUR_MS)})
    found = simulated(calls, team)
    assert spells_of(found, ON_DUTY) == [("8:00", "16:15")]
    assert found.log is not None
    assert found.log["fate"].tolist() == [SERVED, UNRESOLVED]


def test_the_rest_of_a_late_break_is_lost_when_the_shift_is_over() -> None:
    calls = [contacts_at("first", 15, 20, 20), contacts_at("second", 16, 0, 5)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (15, 30, 30)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "15:40")]
    assert taken_at(found, 1) == ["-1:59"]  # nobody
    assert of_team(found, "overrun_ms") == 10


def test_a_break_that_is_due_is_lost_when_the_shift_is_over() -> None:
    calls = [contacts_at("calls", 15, 20, 50)]
    shifts = shift(0, (8, 0), (16, 0), (15, 30, 20)), shift(0, (16, 20), (17, 0), (16, 30, 5))
    found = simulated(calls, roster(*shifts, queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "16:10"), ("16:20", "16:30"), ("16:35", "17:00")]
    assert of_team(found, "overrun_ms") == 20 + 10


def test_a_new_shift_begins_on_time_though_a_break_before_it_was_late() -> None:
    calls = [contacts_at("calls", 15, 20, 30)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (15, 30, 30)), shift(0, (16, 5), (17, 0)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "15:50"), ("16:05", "17:00")]


def test_who_still_works_when_the_next_shift_begins_stays() -> None:
    calls = [contacts_at("first", 11, 50, 30), contacts_at("second", 12, 5, 5)]
    found = simulated(calls, roster(shift(0, (8, 0), (12, 0)), shift(0, (12, 10), (16, 0)), queues=calls))
    assert spells_of(found, ON_DUTY) == [("8:00", "16:00")]
    assert taken_at(found, 1) == ["12:20"]
    assert of_team(found, "overrun_ms") == 10


# --- moments ----------------------------------------------------------------------------------------------------------


def test_a_shift_begins_before_an_arrival_of_that_moment_and_ends_before_it() -> None:
    calls = [contacts_at("first", 8, 0, 5), contacts_at("last", 16, 0, 5)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0)), queues=calls))
    assert found.log is not None
    assert found.log["fate"].tolist() == [SERVED, UNRESOLVED]
    assert taken_at(found, 0) == ["8:00"]


def test_who_becomes_free_at_the_end_of_the_shift_takes_a_waiting_contact_before_it() -> None:
    calls = [contacts_at("first", 15, 50, 10), contacts_at("second", 15, 55, 5)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0)), queues=calls))
    assert taken_at(found, 1) == ["16:00"]
    assert spells_of(found, ON_DUTY) == [("8:00", "16:05")]


# --- several contacts in hand -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [WAITS_FOR_AGENT, BACK_IN_LINE])
def test_an_email_put_down_goes_back_to_its_line_when_a_break_is_due(what: int) -> None:
    work = [contacts_at("emails", 9, 30, 60, email=True), contacts_at("calls", 9, 50, 20)]
    first = shift(0, (8, 0), (16, 0), (10, 0, 30))
    found = simulated(work, roster(first, shift(1, (10, 5), (16, 0)), queues=work, put_down=what))
    # 20 of 60 minutes are written when the call comes. Who comes at 10:05 finds the rest in line, or at 10:10.
    assert spells_of(found, BUSY, 1) == [("10:10", "10:50") if what == WAITS_FOR_AGENT else ("10:05", "10:45")]
    assert spells_of(found, ON_DUTY, 0) == [("8:00", "10:10"), ("10:40", "16:00")]


def test_an_email_is_not_put_down_by_who_is_to_go() -> None:
    work = [contacts_at("emails", 9, 30, 60, email=True), contacts_at("calls", 10, 10, 5)]
    team = roster(shift(0, (8, 0), (16, 0), (10, 0, 30)), queues=work, put_down=WAITS_FOR_AGENT)
    found = simulated(work, team)
    assert spells_of(found, ON_DUTY) == [("8:00", "10:30"), ("11:00", "16:00")]
    assert taken_at(found, 1) == ["11:00"]
    without = simulated(work, roster(shift(0, (8, 0), (16, 0)), queues=work, put_down=WAITS_FOR_AGENT))
    assert taken_at(without, 1) == ["10:10"]


def test_all_chats_in_hand_are_finished_and_none_is_added() -> None:
    work = [
        contacts_at("early", 9, 50, 20, chat=True),
        contacts_at("beside", 9, 55, 5, chat=True),
        contacts_at("late", 10, 5, 5, chat=True),
    ]
    team = roster(shift(0, (8, 0), (16, 0), (10, 0, 30)), queues=work, chat_speed=(1000, 1000, 1000))
    found = simulated(work, team)
    assert spells_of(found, ON_DUTY) == [("8:00", "10:10"), ("10:40", "16:00")]
    assert [taken_at(found, queue) for queue in range(3)] == [["9:50"], ["9:55"], ["10:40"]]


def test_chats_are_added_again_when_the_next_shift_begins_with_some_in_hand() -> None:
    work = [contacts_at("early", 11, 50, 40, chat=True), contacts_at("late", 12, 5, 5, chat=True)]
    shifts = shift(0, (8, 0), (12, 0)), shift(0, (12, 15), (16, 0))
    found = simulated(work, roster(*shifts, queues=work, chat_speed=(1000, 1000)))
    assert taken_at(found, 1) == ["12:15"]


def test_who_holds_on_goes_when_the_customer_is_with_the_next_agent() -> None:
    hand_on = {
        "matters": (0.0, 1.0),
        "transfer_to": ("", "desk"),
        "hold_ms": HOUR_MS,
        "transfer_after": Deterministic(5 * MINUTE_MS),
    }
    work = [contacts_at("front", 9, 50, 5, **hand_on), Queue("desk", Deterministic(5 * MINUTE_MS), matters=(1.0, 0.0))]
    front = Team("front", (), {"front": Serves()}, solves=(0,), shifts=(shift(0, (8, 0), (16, 0), (9, 52, 30)),))
    desk = Team("desk", (), {"desk": Serves()}, shifts=(shift(0, (10, 15), (16, 0)),))
    found = simulated(work, front, desk, of_each=(1, 0))
    assert spells_of(found, ON_DUTY, 0) == [("8:00", "10:15"), ("10:45", "16:00")]
    assert spells_of(found, BUSY, 1) == [("10:15", "10:20")]


# --- who is next ------------------------------------------------------------------------------------------------------


def test_occupancy_leaves_breaks_out() -> None:
    # At 11:00 the first has been busy for 30 of 60 minutes (an hour's break apart), the second for 60 of 180.
    work = [contacts_at("a", 8, 0, 30), contacts_at("b", 9, 30, 60), contacts_at("c", 11, 0, 5)]
    first, second = shift(0, (8, 0), (16, 0), (9, 0, 120)), shift(1, (8, 0), (16, 0))
    found = simulated(work, roster(first, second, queues=work), agents=LEAST_OCCUPIED)
    assert found.log is not None
    assert found.log["agent"].tolist() == [0, 1, 1]


def test_occupancy_begins_anew_with_the_shift() -> None:
    # At 17:30 the first, who has had a break before, has been busy for 10 of 60 minutes, the second for 10 of 90.
    work = [
        contacts_at("a", 8, 0, 30),
        contacts_at("b", 16, 40, 10),
        contacts_at("c", 17, 0, 10),
        contacts_at("d", 17, 30, 5),
    ]
    first = shift(0, (8, 0), (16, 0), (9, 0, 120)), shift(0, (16, 30), (20, 0))
    found = simulated(work, roster(*first, shift(1, (16, 0), (20, 0)), queues=work), agents=LEAST_OCCUPIED)
    assert found.log is not None
    assert found.log["agent"].tolist() == [0, 1, 0, 1]


def test_who_is_back_from_a_break_is_the_last_of_the_idle() -> None:
    work = [contacts_at("calls", 11, 0, 5)]
    first, second = shift(0, (8, 0), (16, 0), (9, 0, 30)), shift(1, (8, 0), (16, 0))
    assert spells_of(simulated(work, roster(first, second, queues=work)), BUSY, 1) == [("11:00", "11:05")]


def test_callers_are_told_of_those_who_are_there() -> None:
    # The only agent is on a break: the announced wait is endless, and the caller takes a callback.
    callback = {"callback": True, "callback_above_ms": 10 * HOUR_MS, "callback_accept": 1.0}
    calls = [contacts_at("calls", 10, 10, 5, **callback)]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 0, 30)), queues=calls))
    assert found.log is not None
    assert found.log["callback"].tolist() == [1]
    assert taken_at(found, 0) == ["10:30"]


def test_a_caller_out_of_patience_as_a_break_ends_is_served() -> None:
    calls = [contacts_at("calls", 10, 10, 5, patience=Deterministic(20 * MINUTE_MS))]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 0, 30)), queues=calls))
    assert found.log is not None
    assert found.log["fate"].tolist() == [SERVED]
    calls = [contacts_at("calls", 10, 10, 5, patience=Deterministic(19 * MINUTE_MS))]
    found = simulated(calls, roster(shift(0, (8, 0), (16, 0), (10, 0, 30)), queues=calls))
    assert found.log is not None
    assert found.log["fate"].tolist() == [ABANDONED]


# --- teams of both kinds, and their equality --------------------------------------------------------------------------


def test_a_team_with_positions_works_beside_a_rostered_one() -> None:
    calls = [contacts_at("calls", 10, 10, 30)]
    fixed = Team("fixed", ((clock(8), 1), (clock(10, 20), 0)), {"calls": Serves()})
    team = dataclasses.replace(roster(shift(0, (8, 0), (16, 0), (10, 0, 30)), queues=calls), name="rostered")
    found = simulated(calls, fixed, team, of_each=[2])
    assert spells_of(found, ON_DUTY, 0) == [("8:00", "10:40")]
    assert spells_of(found, BUSY, 1) == [("10:30", "11:00")]


def busy_centre(rostered: bool, agents: int) -> CompiledCentre:
    """Calls that are handed on, chats, emails and callbacks on three days; two teams, there from 8 to 18 o'clock."""
    hours = {"hours": ((8 * HOUR_MS, 18 * HOUR_MS),), "profile": ((8 * HOUR_MS, 18 * HOUR_MS), (0.0, 1.0))}
    hand_on = {"matters": (0.7, 0.3), "transfer_to": ("", "desk"), "hold_ms": 5 * MINUTE_MS, "joint_ms": MINUTE_MS}
    callback = {"callback": True, "callback_above_ms": 4 * MINUTE_MS, "callback_accept": 0.5, "callback_reach": 0.6}
    again = {"redial": 0.5, "recontact": 0.1, "re_explain_ms": 3 * MINUTE_MS, "trunks": 20}
    patience = Gamma(6 * MINUTE_MS, 1.0)
    queues = [
        Queue("calls", Lognormal(5 * MINUTE_MS, 0.8), 600, patience=patience, **hours, **hand_on, **callback, **again),
        Queue("desk", Gamma(8 * MINUTE_MS, 1.0), 40, patience=patience, **hours),
        Queue("chats", Lognormal(9 * MINUTE_MS, 0.7), 150, chat=True, patience=patience, **hours),
        Queue("emails", Gamma(7 * MINUTE_MS, 1.0), 100, email=True, reserve=1, **hours),
    ]

    def team(name: str, most: int, serves: dict[str, Serves], **more: Any) -> Team:
        days = [(day * DAY_MS + 8 * HOUR_MS, day * DAY_MS + 18 * HOUR_MS) for day in range(4)]
        changes = tuple(change for start, end in days for change in ((start, most), (end, 0)))
        shifts = tuple(Shift(agent, start, end) for start, end in days for agent in range(most))
        return Team(name, () if rostered else changes, serves, shifts=shifts if rostered else (), **more)

    everything = {name: Serves() for name in ("calls", "chats", "emails")}
    teams = [
        team("front", 7, everything, solves=(0,), chat_speed=(1000, 700)),
        team("desk", 2, {"desk": Serves(), "calls": Serves(2, overflow_ms=2 * MINUTE_MS)}),
    ]
    return centre(queues, teams=teams, days=3, agents=agents)


@pytest.mark.parametrize("agents", [LONGEST_IDLE, LEAST_OCCUPIED])
def test_shifts_all_alike_without_breaks_are_positions(agents: int) -> None:
    as_positions, as_rosters = (busy_centre(rostered, agents) for rostered in (False, True))
    for seed in range(6):
        counts = np.random.default_rng(seed).poisson(as_positions.volume.expected)
        one, other = (
            FastEngine(made).run(seed, 0, counts, log=True, spells=True) for made in (as_positions, as_rosters)
        )
        assert one.log is not None
        assert len(one.log) > 2_000
        assert one.counts.teams[..., TEAM_COLUMNS.index("overrun_ms")].sum() > 0
        assert_identical(other, one)


def test_rosters_are_their_positions_where_nobody_is_busy_at_a_change() -> None:
    # Contacts come in the first 20 minutes of an hour and take 2; breaks and shifts change on the half hours.
    edges = [at for hour in range(8, 16) for at in (clock(hour), clock(hour, 20))]
    cumulative = np.repeat(np.arange(9) / 8, 2)[1:-1]
    profile = (0, *edges, DAY_MS), (0.0, *cumulative.tolist(), 1.0)
    calls = Queue("calls", Deterministic(2 * MINUTE_MS), 300, profile=profile, patience=Deterministic(5 * MINUTE_MS))
    shifts = (
        shift(0, (7, 30), (12, 30), (9, 30, 60)),
        shift(1, (8, 30), (15, 30), (10, 30, 120), (13, 30, 60)),
        shift(2, (9, 30), (16, 30), (11, 30, 60)),
        shift(0, (13, 30), (16, 30)),
    )
    # By hand, from 7:30 on, hour by hour.
    scheduled = [1, 2, 2, 2, 1, 2, 2, 3, 2]
    changes = tuple((clock(7, 30) + hour * HOUR_MS, n) for hour, n in enumerate([*scheduled, 0]))
    found = [
        FastEngine(centre([calls], teams=[team], drain_days=0)).run(2, 0, np.array([[300]]), log=True)
        for team in (Team("t", changes, {"calls": Serves()}), Team("t", (), {"calls": Serves()}, shifts=shifts))
    ]
    by_positions, by_rosters = found
    assert by_positions.log is not None
    assert by_rosters.log is not None
    for name in set(by_positions.log.dtype.names or ()) - {"agent"}:
        np.testing.assert_array_equal(by_positions.log[name], by_rosters.log[name], err_msg=name)
    np.testing.assert_array_equal(by_positions.counts.teams, by_rosters.counts.teams)
    assert 50 < (by_rosters.log["fate"] == ABANDONED).sum() < 150


def test_every_replication_may_have_rosters_of_its_own() -> None:
    calls = [contacts_at("calls", 10, 10, 30)]
    early, late = (
        centre(calls, teams=[roster(shift(0, (start, 0), (16, 0), (12, 0, 30)), queues=calls)], tick_ms=MINUTE_MS)
        for start in (8, 11)
    )
    counts = np.array([[1, 0]])
    own = FastEngine(early).run(
        1, 3, counts, DrawnStaff(late.engine.staff, np.zeros(0, np.int64)), log=True, spells=True
    )
    assert_identical(own, FastEngine(late).run(1, 3, counts, log=True, spells=True))
    assert taken_at(own, 0) == ["11:00"]
    fixed = centre(calls, [(0, 1)], tick_ms=MINUTE_MS)
    for one, other in ((fixed, early), (early, fixed)):
        with pytest.raises(ValueError, match="the same teams must be rostered in all replications"):
            FastEngine(one).run(1, 3, counts, DrawnStaff(other.engine.staff, np.zeros(0, np.int64)))


# --- theory -----------------------------------------------------------------------------------------------------------


def test_breaks_of_agents_who_are_always_busy_are_late_as_renewal_theory_says() -> None:
    """Exponential handling has no memory: the contact in hand at a moment lasts as long again as any, on average.

    So a break of who is always busy begins late by an exponential time of the mean handle time, and a shift ends late
    likewise, whatever breaks went before.
    """
    mean_ms, agents = 4 * MINUTE_MS, 400
    breaks = tuple((clock(hour), 10 * MINUTE_MS) for hour in range(10, 16))
    shifts = tuple(Shift(agent, clock(8), clock(16, 30), breaks) for agent in range(agents))
    calls = Queue("calls", Gamma(mean_ms, 1.0), 1.0, profile=((0, clock(8), DAY_MS), (0.0, 1.0, 1.0)))
    made = centre([calls], teams=[Team("t", (), {"calls": Serves()}, shifts=shifts)])
    assert obstacle(made.engine) is not None
    found = FastEngine(made).run(7, 0, np.array([[agents * 150, 0]]), spells=True)
    assert found.spells is not None
    duty = found.spells[found.spells["kind"] == ON_DUTY]
    duty = duty[np.lexsort((duty["from_ms"], duty["number"]))]
    ends = duty["to_ms"].reshape(agents, 7)
    begins = duty["from_ms"].reshape(agents, 7)
    assert (begins[:, 1:] - ends[:, :-1] == 10 * MINUTE_MS).all()
    due = np.array([*(at for at, _ in breaks), clock(16, 30)])
    late_ms = (ends - due).ravel().astype(float)
    assert late_ms.min() >= 0
    standard_error = mean_ms / np.sqrt(late_ms.size)  # of an exponential time its standard deviation is its mean
    assert abs(late_ms.mean() - mean_ms) < 4 * standard_error
    assert abs(late_ms.std() - mean_ms) < 4 * standard_error * np.sqrt(2)  # the variance of its sample deviation: 2/n
    # Overrun: six late breaks cancel out, the shift's end stays.
    overrun_ms = found.counts.teams[0, :, TEAM_COLUMNS.index("overrun_ms")].sum()
    assert overrun_ms == (ends[:, -1] - clock(16, 30)).sum()
