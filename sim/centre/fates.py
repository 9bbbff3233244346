"""What becomes of an attempt, counted and logged at the moment when its fate is known (compiled)."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from ..common.histogram import bin_of
from ..common.streams import BLOCK_AFTER, BLOCK_MORE, BLOCK_OFFER, duration_ms, uniform
from .columns import (
    ABANDONED_COUNT,
    ABANDONED_SHORT,
    ABANDONED_WITHIN,
    BLOCKED_COUNT,
    CALLBACK_MS,
    CALLBACKS,
    CALLBACKS_REACHED,
    DEFLECTED_COUNT,
    HANDED_ON,
    HANDED_ON_MS,
    HANDLE_MS,
    LOST,
    OFFERED_BY_REASON,
    PUT_DOWN,
    RATED,
    RATED_WAITED_MS,
    RE_EXPLAIN_MS,
    REDIALS_LOST,
    RESPONDED_WITHIN,
    RESPONSE_MS,
    SATISFACTION_PPM,
    SERVED_AT_ONCE,
    SERVED_COUNT,
    SERVED_WITHIN,
    SERVICE_HANDLE_MS,
    SERVICES,
    TOUCHED_ONE,
    TRANSFER_ABANDONED,
    TRANSFER_BLOCKED,
    TRANSFER_CALLBACKS,
    TRANSFER_CALLBACKS_REACHED,
    TRANSFER_SERVED,
    TRANSFER_SERVED_WITHIN,
    TRANSFER_UNRESOLVED,
    TRANSFER_WAIT_MS,
    UNRESOLVED_COUNT,
    WAIT_ABANDONED_MS,
    WAIT_LONGEST_MS,
    WAIT_SERVED_MS,
)
from .contract import DAY_MS, HOUR_MS, NOBODY
from .heaps import pack, push_contact
from .live import attempt_words, clear_attempt, clock_at, take_slot
from .opening import is_open, next_opening_ms, segment_at
from .packed import LATE_DELAY, RECONTACT_DELAY, REDIAL_DELAY
from .profiles import full_part, is_full
from .records import write_attempt
from .results import (
    BLOCKED,
    DEFLECTED,
    LATE_EMAIL,
    NO_FOLLOW_UP,
    POSTED,
    RECONTACT,
    REDIAL,
    REDIAL_LOST,
    SERVED,
    TRANSFER,
    UNRESOLVED,
)
from .state import FAILURE, LOG_FULL, N_FOLLOW_UPS, N_LOG, TO_COME, UNDECIDED


@kernel_part
def come_back(inp, key, st, slot, reason, queue, due_ms, served_by):
    """Put the contact's next attempt on the agenda: when due or, but for redials, in the queue's next opening.

    Its slot; NOBODY if it comes after the last day.
    """
    contact = st.pool[slot]
    number, attempt = contact.number, contact.attempt + 1
    if reason != REDIAL and not inp.queue[queue].is_email:
        word, _, _, _ = attempt_words(inp, key, number, attempt, BLOCK_OFFER)
        due_ms = next_opening_ms(inp, queue, due_ms, word, st.queue[queue].segment)
    if due_ms >= inp.days * DAY_MS:
        return np.int64(NOBODY)
    new = take_slot(st)
    if st.scalars[FAILURE] != 0:
        return np.int64(NOBODY)
    follow_up = st.pool[new]
    follow_up.number = number
    follow_up.attempt = attempt
    follow_up.queue = queue
    follow_up.reason = reason
    follow_up.served_by = served_by
    follow_up.redials = contact.redials + 1 if reason == REDIAL else 0
    follow_up.state = TO_COME
    follow_up.owed_ms = 0
    if reason == RECONTACT:
        follow_up.owed_ms = inp.queue[contact.queue].re_explain_ms
    elif reason in (REDIAL, LATE_EMAIL):
        follow_up.owed_ms = contact.owed_ms
    if is_full(inp):
        clear_attempt(st, new)
        follow_up.matter = contact.matter
        follow_up.waited_ms = 0
        follow_up.touches = 0
        if reason in (TRANSFER, REDIAL):
            follow_up.came_back = contact.came_back
        else:
            follow_up.came_back = reason != POSTED
    st.scalars[N_FOLLOW_UPS] = push_contact(st.pool, st.follow_ups, st.scalars[N_FOLLOW_UPS], pack(due_ms, new))
    return new


@kernel_part
def log_attempt(inp, st, out, slot, fate, left_ms, end_ms, free_ms, agent, handle_ms, re_explain_ms, follow_up, ppm):
    """A row of the log for the attempt in the slot."""
    row = st.scalars[N_LOG]
    if row >= out.log.size:
        st.scalars[FAILURE] = LOG_FULL
        return
    contact, entry = st.pool[slot], out.log[row]
    write_attempt(entry, contact, fate, left_ms, end_ms, free_ms, agent, handle_ms, re_explain_ms, follow_up, ppm)
    if is_full(inp):
        entry.matter = contact.matter
        entry.touches = contact.touches
        entry.tries = contact.tries
        entry.callback = contact.callback
        entry.put_down = contact.put_down
        entry.joint_ms = contact.joint_ms if fate == SERVED else 0
    else:
        entry.touches = fate == SERVED
    st.scalars[N_LOG] = row + 1


@kernel_part
def settle_unserved(inp, key, st, out, slot, fate, now):
    """The attempt ends without service: what follows it, counts and log. The slot stays."""
    contact = st.pool[slot]
    queue = contact.queue
    live = not is_full(inp) or contact.callback == 0
    follow_up = NO_FOLLOW_UP
    if inp.queue[queue].is_email:
        _, _, word, _ = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
        due_ms = now + duration_ms(inp.tables[LATE_DELAY, queue], word, inp.tick_ms)
        target = inp.queue[queue].late_to_call_queue
        come_back(inp, key, st, slot, LATE_EMAIL, target, due_ms, contact.served_by)
        follow_up = LATE_EMAIL
    elif inp.queue[queue].redial > 0.0 and live:
        decision, delay, _, _ = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_AFTER)
        may = inp.queue[queue].redial_attempts < 0 or contact.redials < inp.queue[queue].redial_attempts
        if may and uniform(decision) < inp.queue[queue].redial:
            due_ms = now + duration_ms(inp.tables[REDIAL_DELAY, queue], delay, inp.tick_ms)
            last = inp.queue[queue].last_segment
            segment = segment_at(inp.segments, last, due_ms, st.queue[queue].segment)
            follow_up = REDIAL_LOST
            if is_open(inp.segments, last, due_ms, segment):
                come_back(inp, key, st, slot, REDIAL, queue, due_ms, contact.served_by)
                follow_up = REDIAL
    interval = contact.interval
    if interval >= 0:
        row = out.contacts[queue, interval]
        row[OFFERED_BY_REASON + contact.reason] += 1
        row[REDIALS_LOST] += follow_up == REDIAL_LOST
        row[LOST] += follow_up <= 0
        if contact.reason == TRANSFER:
            row[TRANSFER_BLOCKED if fate == BLOCKED else TRANSFER_ABANDONED] += 1
            if is_full(inp):
                row[TRANSFER_CALLBACKS] += contact.callback
        elif fate == BLOCKED:
            row[BLOCKED_COUNT] += 1
        else:
            wait = now - contact.offered_ms
            row[ABANDONED_COUNT] += 1
            row[ABANDONED_WITHIN] += wait <= inp.queue[queue].threshold_ms
            row[ABANDONED_SHORT] += wait <= inp.queue[queue].short_abandon_ms
            if live:
                row[WAIT_ABANDONED_MS] += wait
                row[WAIT_LONGEST_MS] = max(row[WAIT_LONGEST_MS], wait)
            else:
                row[CALLBACKS] += 1
    if out.log.size > 0 and contact.before_end:
        log_attempt(inp, st, out, slot, fate, now, -1, -1, NOBODY, 0, 0, follow_up, -1)
    st.scalars[UNDECIDED] -= contact.before_end


@inlined
def comes_again(inp, contact, stage):
    """Whether the customer whom an agent at the stage has served contacts again."""
    share = inp.queue[contact.queue].recontact
    return share > 0.0 and uniform(contact.return_word) < share * inp.stages[stage, contact.queue].recontact_factor


@inlined
def response_of(inp, st, slot, end_ms):
    """Response time of an email replied to at ``end_ms``, on its queue's clock; 0 of other contacts."""
    contact = st.pool[slot]
    if not inp.queue[contact.queue].is_email:
        return np.int64(0)
    if inp.queue[contact.queue].elapsed_clock:
        return end_ms - contact.offered_ms
    return clock_at(inp, st, contact.queue, end_ms) - contact.clock_ms


@kernel_part
def waited_so_far(inp, st, slot, wait, response):
    """What the customer has waited since the contact was last offered, as satisfaction counts it."""
    contact = st.pool[slot]
    if inp.queue[contact.queue].is_email:
        return contact.waited_ms + response
    return contact.waited_ms if contact.callback else contact.waited_ms + wait


@inlined
def count_reply(inp, out, queue, interval, response):
    """Count the reply to an email where and when it was last offered."""
    row = out.contacts[queue, interval]
    row[RESPONSE_MS] += response
    row[RESPONDED_WITHIN] += response <= inp.queue[queue].threshold_ms
    out.responses[queue, inp.period[interval], bin_of(response)] += 1


@inlined
def settle_served(inp, key, st, out, slot, agent, left_ms, end_ms, free_ms, handle_ms, re_explain_ms, handed_on):
    """The attempt's service is over, or nothing can change it any more: what follows it, counts and log.

    ``handed_on``: its next attempt, a transfer, is on the agenda already. The slot stays.
    """
    contact = st.pool[slot]
    queue, team = contact.queue, inp.agent_team[agent]
    stage = contact.stage if is_full(inp) else st.agent[agent].stage
    follow_up = NO_FOLLOW_UP
    if handed_on:
        follow_up = TRANSFER
    elif comes_again(inp, contact, stage):
        word, _, _, _ = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
        target = 0
        while inp.recontact_to[queue, target] < uniform(word):
            target += 1
        due_ms = end_ms + duration_ms(inp.tables[RECONTACT_DELAY, queue], contact.return_delay_word, inp.tick_ms)
        come_back(inp, key, st, slot, RECONTACT, target, due_ms, agent)
        follow_up = RECONTACT

    wait = left_ms - contact.offered_ms
    response = response_of(inp, st, slot, end_ms)
    waited_ms, ppm = np.int64(0), np.int64(-1)
    if is_full(inp) and follow_up != TRANSFER:
        waited_ms = waited_so_far(inp, st, slot, wait, response)
        ppm = satisfaction_ppm(inp, st, slot, stage, waited_ms)
    interval = contact.interval
    if interval >= 0:
        row = out.contacts[queue, interval]
        row[OFFERED_BY_REASON + contact.reason] += 1
        row[HANDLE_MS] += handle_ms
        row[RE_EXPLAIN_MS] += re_explain_ms
        services = out.services[team, queue, inp.period[interval]]
        services[SERVICES] += 1
        services[SERVICE_HANDLE_MS] += handle_ms
        if contact.reason != TRANSFER:
            row[SERVED_COUNT] += 1
            row[SERVED_WITHIN] += wait <= inp.queue[queue].threshold_ms
            row[SERVED_AT_ONCE] += wait == 0
            if not is_full(inp) or contact.callback == 0:
                row[WAIT_SERVED_MS] += wait
                row[WAIT_LONGEST_MS] = max(row[WAIT_LONGEST_MS], wait)
                out.waits[queue, inp.period[interval], bin_of(wait)] += 1
        if is_full(inp):
            count_rest(inp, st, slot, row, wait, handle_ms, re_explain_ms, follow_up)
        else:
            row[TOUCHED_ONE] += 1
            if inp.queue[queue].is_email:
                count_reply(inp, out, queue, interval, response)
    if is_full(inp) and follow_up != TRANSFER:
        count_solved(inp, st, out, slot, waited_ms, ppm)
    if out.log.size > 0 and contact.before_end:
        log_attempt(
            inp, st, out, slot, SERVED, left_ms, end_ms, free_ms, agent, handle_ms, re_explain_ms, follow_up, ppm
        )
    st.scalars[UNDECIDED] -= contact.before_end


@full_part()
def count_rest(inp, st, slot, row, wait, handle_ms, re_explain_ms, follow_up):
    """What the full kernel counts besides of a served attempt."""
    contact = st.pool[slot]
    row[PUT_DOWN] += contact.put_down
    if contact.reason == TRANSFER:
        row[TRANSFER_SERVED] += 1
        row[TRANSFER_SERVED_WITHIN] += wait <= inp.choice[contact.queue].transfer_threshold_ms
        row[HANDED_ON_MS] += re_explain_ms + contact.joint_ms
        if contact.callback:
            row[TRANSFER_CALLBACKS] += 1
            row[TRANSFER_CALLBACKS_REACHED] += 1
        else:
            row[TRANSFER_WAIT_MS] += wait
    elif contact.callback:
        row[CALLBACKS] += 1
        row[CALLBACKS_REACHED] += 1
        row[CALLBACK_MS] += wait
    if follow_up == TRANSFER:
        row[HANDED_ON] += 1
        row[HANDED_ON_MS] += handle_ms


@full_part()
def count_solved(inp, st, out, slot, waited_ms, ppm):
    """Count a contact that is not handed on any more, where it was last offered, if that was within the horizon."""
    contact = st.pool[slot]
    queue, interval = contact.queue, contact.interval
    if contact.reason == TRANSFER:
        queue, interval = contact.entry_queue, contact.entry_interval
    if interval < 0:
        return
    if inp.queue[queue].is_email:
        count_reply(inp, out, queue, interval, waited_ms)
    row = out.contacts[queue, interval]
    row[TOUCHED_ONE + min(contact.touches, 3) - 1] += 1
    if ppm >= 0:
        row[RATED] += 1
        row[SATISFACTION_PPM] += ppm
        row[RATED_WAITED_MS] += waited_ms


@full_part(NOBODY)
def satisfaction_ppm(inp, st, slot, stage, waited_ms):
    """Expected satisfaction of a served contact, parts per million; -1 if where it was last offered isn't rated."""
    contact = st.pool[slot]
    queue = contact.entry_queue if contact.reason == TRANSFER else contact.queue
    rates = inp.choice[queue]
    if not rates.rated:
        return np.int64(-1)
    lost = waited_ms * rates.wait_ppm_per_hour // HOUR_MS
    lost += rates.transfer_ppm * (contact.touches - 1)
    lost += rates.again_ppm * contact.came_back
    lost += inp.stages[stage, queue].lost_ppm
    return max(rates.base_ppm - lost, np.int64(0))


@kernel_part
def settle_deflected(inp, st, out, slot, follow_up, now):
    """A first contact that isn't offered: counts and log. The slot stays."""
    contact = st.pool[slot]
    if contact.interval >= 0:
        out.contacts[contact.queue, contact.interval, DEFLECTED_COUNT] += 1
    if out.log.size > 0 and now < inp.horizon_end_ms:
        log_attempt(inp, st, out, slot, DEFLECTED, now, -1, -1, NOBODY, 0, 0, follow_up, -1)


@kernel_part
def settle_unresolved(inp, st, out, slot):
    """The run ends before the attempt has a fate."""
    contact = st.pool[slot]
    if contact.interval >= 0:
        row = out.contacts[contact.queue, contact.interval]
        row[OFFERED_BY_REASON + contact.reason] += 1
        row[TRANSFER_UNRESOLVED if contact.reason == TRANSFER else UNRESOLVED_COUNT] += 1
        if is_full(inp) and contact.callback:
            row[TRANSFER_CALLBACKS if contact.reason == TRANSFER else CALLBACKS] += 1
    if out.log.size > 0 and contact.before_end:
        log_attempt(inp, st, out, slot, UNRESOLVED, -1, -1, -1, NOBODY, 0, 0, NO_FOLLOW_UP, -1)
