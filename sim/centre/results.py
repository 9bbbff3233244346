"""What the two engines give back: the contact log, and one replication reduced to integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .contract import Int64, Staff

# Why a contact is offered: the first time, or again; a deflected contact that comes after all (RETURNED) or that
# advisers answer as a post (POSTED); handed on by another agent (TRANSFER: not offered anew, the caller is there).
FIRST, REDIAL, RECONTACT, LATE_EMAIL, RETURNED, POSTED, TRANSFER = range(7)
REASONS = ("first", "redial", "recontact", "late_email", "returned", "posted", "transfer")
OFFERED_REASONS = REASONS[:TRANSFER]

# What became of it. An email that its sender gave up and turned into a call is ABANDONED.
SERVED, ABANDONED, BLOCKED, UNRESOLVED, DEFLECTED = range(5)
FATES = ("served", "abandoned", "blocked", "unresolved", "deflected")

# What follows an attempt: the reason of the next one, or:
NO_FOLLOW_UP, REDIAL_LOST = 0, -1

DAY_SHIFT, QUEUE_SHIFT = 36, 28


def contact_number(day: int, queue: int, k: int) -> int:
    """Number of a contact: absolute day, queue (< 256) and rank in the day's draws (< 2**28) of its first arrival."""
    return (day << DAY_SHIFT) | (queue << QUEUE_SHIFT) | k


LOG_DTYPE = np.dtype(
    [
        ("contact", np.int64),  # contact_number(day, queue, k) of the first arrival
        ("attempt", np.int32),  # 0 the first; a transfer is the next attempt of its contact
        ("queue", np.int32),  # queue the attempt was offered to
        ("reason", np.int8),
        ("fate", np.int8),
        ("counted", np.int8),  # offered within the horizon
        ("offered_ms", np.int64),
        ("left_queue_ms", np.int64),  # start of service, abandonment or refusal; -1 unresolved
        ("end_ms", np.int64),  # end of the conversation or reply; -1 if not served
        ("free_ms", np.int64),  # when its agent is done with it (after-call work, holding); -1 if not served
        ("agent", np.int32),  # NOBODY if not served
        (
            "handle_ms",
            np.int64,
        ),  # the agent's time on it: conversation, after-call work, holding; of chats elapsed time
        ("re_explain_ms", np.int64),  # part of the handle time spent re-explaining; 0 if none
        ("joint_ms", np.int64),  # part of the handle time together with the agent who handed it on
        ("follow_up", np.int8),  # reason of the next attempt if there is one, else NO_FOLLOW_UP or REDIAL_LOST
        ("matter", np.int16),
        ("touches", np.int16),  # agents who served it since it was last offered, this one included
        ("tries", np.int16),  # times the customer was called back; 0 without a callback
        ("callback", np.int8),  # 1: the caller accepted a callback
        ("put_down", np.int16),  # times an email was put down for a call
        ("satisfaction_ppm", np.int32),  # expected satisfaction; -1 not rated
    ]
)

# What agents and lines were doing, as spells [from, to).
ON_DUTY, BUSY, WAITING_SPELL = range(3)
SPELL_DTYPE = np.dtype(
    [
        ("kind", np.int8),
        ("number", np.int32),  # agent, or line
        ("from_ms", np.int64),
        ("to_ms", np.int64),
        ("offered_ms", np.int64),  # of the contact that waited; -1 for agents
    ]
)


# Per queue and interval of arrival (counted attempts only): columns of IntervalCounts.contacts. Those after
# "transfer" count attempts that were offered, not those handed on, unless they say so.
CONTACT_COLUMNS = (
    *REASONS,
    "served",
    "served_within",  # wait <= threshold
    "served_at_once",  # wait == 0
    "abandoned",
    "abandoned_within",  # wait <= threshold
    "abandoned_short",  # wait <= short-abandon threshold
    "blocked",
    "unresolved",
    "wait_served_ms",  # without callbacks
    "wait_abandoned_ms",  # without callbacks
    "wait_longest_ms",  # maximum over served and abandoned, without callbacks
    "handle_ms",  # of the served, transfers included: conversation + re-explaining + after-call work + holding
    "re_explain_ms",  # transfers included
    "redials_lost",  # follow_up REDIAL_LOST: the redial would have fallen outside the opening hours
    "lost",  # ended unserved, transfers included: abandoned or blocked, and follow_up is NO_FOLLOW_UP or REDIAL_LOST
    "deflected",  # first contacts that were not offered
    "callbacks",  # accepted
    "callbacks_reached",  # of these served
    "callback_ms",  # of these, from the offer to the call back
    "handed_on",  # served and then transferred, transfers included
    "handed_on_ms",  # handle time of these, and of the next agents the time re-explaining and with the first
    "transfer_served",
    "transfer_served_within",  # wait <= transfer threshold
    "transfer_abandoned",
    "transfer_blocked",
    "transfer_unresolved",
    "transfer_wait_ms",  # of the served transfers, without callbacks
    "transfer_callbacks",  # accepted by those handed on
    "transfer_callbacks_reached",  # of these served
    "put_down",  # times an email was put down
    # Contacts solved, where and when they were last offered, however often they were handed on from there.
    "touched_1",  # by one agent
    "touched_2",
    "touched_more",
    "responded_within",  # emails: reply complete within the threshold, on the queue's clock
    "response_ms",  # emails: sum of responses, on the clocks of the queues that they went through
    "rated",
    "satisfaction_ppm",  # summed over the rated
    "rated_waited_ms",  # waits of the rated, as their satisfaction counts them
)
# Per queue and clock interval: columns of IntervalCounts.queues.
QUEUE_COLUMNS = (
    "waiting_ms",  # integral of the number waiting
    "waiting_at_end",  # just before the events of the interval's end
    "oldest_at_end_ms",  # time since the longest ago offered of them was offered
    "callbacks_ms",  # integral of the callbacks owed
    "callbacks_at_end",
)
# Per team and clock interval: columns of IntervalCounts.teams.
TEAM_COLUMNS = (
    "scheduled_ms",  # integral of the positions
    "overrun_ms",  # integral of those on duty beyond the positions
    "busy_ms",
    "busy_at_end",
)
# Per team and day of the horizon: columns of Replication.people, when its leavers are gone and its hires there.
PEOPLE_COLUMNS = (
    "heads",  # on the payroll
    "in_training",
    "hires",
    "leavers",
    "proficiency_ppm",  # of those past training, summed, each in heads of the team by their hours
    "on_the_job_ppm",  # those past training, in the same unit
    "contracts_min",  # contract minutes a week of all on the payroll
    "moved_in",  # from other teams; among the heads, not among the hires
    "moved_out",
    "absent_ppm",  # of those past training: away for the whole day
    "on_the_phones_ppm",  # of those past training: heads' worth of paid time on the phones
    "overtime_ms",  # paid
    "overtime_pay_ms",  # times its price
    "time_off_ms",
    "unpaid_ms",  # of the time off
    "beginners",  # past training, not yet fully proficient
    "coaches",
    "coaching_ms",  # asked for
    "coaches_ms",  # that the coaches have
    "colleagues_ms",  # of coaching by colleagues
)
# Per team, queue and period of arrival: columns of IntervalCounts.services. Transfers are included.
SERVICE_COLUMNS = (
    "services",
    "handle_ms",
)


@dataclass(frozen=True)
class IntervalCounts:
    """One replication reduced to integers."""

    contacts: Int64
    """(Q, I, len(CONTACT_COLUMNS))."""
    queues: Int64
    """(Q, I, len(QUEUE_COLUMNS))."""
    teams: Int64
    """(T, I, len(TEAM_COLUMNS))."""
    services: Int64
    """(T, Q, P, len(SERVICE_COLUMNS))."""
    wait_histogram: Int64
    """(Q, P, BINS): waits of the offered and served without callback, by period of arrival; bins of
    ``sim.common.histogram``."""
    response_histogram: Int64
    """(Q, P, BINS): emails' response times on the queue's clock."""


@dataclass(frozen=True)
class Replication:
    """What one replication gives. ``log`` and ``spells`` are None unless asked for."""

    number: int
    counts: IntervalCounts
    log: np.ndarray | None = None
    """LOG_DTYPE, sorted by (contact, attempt)."""
    spells: np.ndarray | None = None
    """SPELL_DTYPE, sorted by all columns; cut at the horizon's end."""
    staff: Staff | None = None
    """Its own; None where all have the centre's."""
    people: Int64 | None = None
    """(T, D, PEOPLE_COLUMNS) of the horizon's days; None in a centre without a workforce."""
