"""Columns of the counts as compiled code names them: their places in the tuples of ``results``."""

from __future__ import annotations

from .results import CONTACT_COLUMNS, QUEUE_COLUMNS, SERVICE_COLUMNS, TEAM_COLUMNS

OFFERED_BY_REASON = CONTACT_COLUMNS.index("first")
"""The reasons' columns follow one another in the order of their codes."""
SERVED_COUNT = CONTACT_COLUMNS.index("served")
SERVED_WITHIN = CONTACT_COLUMNS.index("served_within")
SERVED_AT_ONCE = CONTACT_COLUMNS.index("served_at_once")
ABANDONED_COUNT = CONTACT_COLUMNS.index("abandoned")
ABANDONED_WITHIN = CONTACT_COLUMNS.index("abandoned_within")
ABANDONED_SHORT = CONTACT_COLUMNS.index("abandoned_short")
BLOCKED_COUNT = CONTACT_COLUMNS.index("blocked")
UNRESOLVED_COUNT = CONTACT_COLUMNS.index("unresolved")
WAIT_SERVED_MS = CONTACT_COLUMNS.index("wait_served_ms")
WAIT_ABANDONED_MS = CONTACT_COLUMNS.index("wait_abandoned_ms")
WAIT_LONGEST_MS = CONTACT_COLUMNS.index("wait_longest_ms")
HANDLE_MS = CONTACT_COLUMNS.index("handle_ms")
RE_EXPLAIN_MS = CONTACT_COLUMNS.index("re_explain_ms")
REDIALS_LOST = CONTACT_COLUMNS.index("redials_lost")
LOST = CONTACT_COLUMNS.index("lost")
DEFLECTED_COUNT = CONTACT_COLUMNS.index("deflected")
CALLBACKS = CONTACT_COLUMNS.index("callbacks")
CALLBACKS_REACHED = CONTACT_COLUMNS.index("callbacks_reached")
CALLBACK_MS = CONTACT_COLUMNS.index("callback_ms")
HANDED_ON = CONTACT_COLUMNS.index("handed_on")
HANDED_ON_MS = CONTACT_COLUMNS.index("handed_on_ms")
TRANSFER_SERVED = CONTACT_COLUMNS.index("transfer_served")
TRANSFER_SERVED_WITHIN = CONTACT_COLUMNS.index("transfer_served_within")
TRANSFER_ABANDONED = CONTACT_COLUMNS.index("transfer_abandoned")
TRANSFER_BLOCKED = CONTACT_COLUMNS.index("transfer_blocked")
TRANSFER_UNRESOLVED = CONTACT_COLUMNS.index("transfer_unresolved")
TRANSFER_WAIT_MS = CONTACT_COLUMNS.index("transfer_wait_ms")
TRANSFER_CALLBACKS = CONTACT_COLUMNS.index("transfer_callbacks")
TRANSFER_CALLBACKS_REACHED = CONTACT_COLUMNS.index("transfer_callbacks_reached")
PUT_DOWN = CONTACT_COLUMNS.index("put_down")
TOUCHED_ONE = CONTACT_COLUMNS.index("touched_1")
"""Followed by those of two and of more."""
RESPONDED_WITHIN = CONTACT_COLUMNS.index("responded_within")
RESPONSE_MS = CONTACT_COLUMNS.index("response_ms")
RATED = CONTACT_COLUMNS.index("rated")
SATISFACTION_PPM = CONTACT_COLUMNS.index("satisfaction_ppm")
RATED_WAITED_MS = CONTACT_COLUMNS.index("rated_waited_ms")

WAITING_MS = QUEUE_COLUMNS.index("waiting_ms")
WAITING_AT_END = QUEUE_COLUMNS.index("waiting_at_end")
OLDEST_AT_END_MS = QUEUE_COLUMNS.index("oldest_at_end_ms")
CALLBACKS_MS = QUEUE_COLUMNS.index("callbacks_ms")
CALLBACKS_AT_END = QUEUE_COLUMNS.index("callbacks_at_end")

SCHEDULED_MS = TEAM_COLUMNS.index("scheduled_ms")
OVERRUN_MS = TEAM_COLUMNS.index("overrun_ms")
BUSY_MS = TEAM_COLUMNS.index("busy_ms")
BUSY_AT_END = TEAM_COLUMNS.index("busy_at_end")

SERVICES = SERVICE_COLUMNS.index("services")
SERVICE_HANDLE_MS = SERVICE_COLUMNS.index("handle_ms")
