"""Rows of the log and of the spells, as both paths of the fast engine write them (compiled)."""

from __future__ import annotations

from ..common.compiling import kernel_part


@kernel_part
def write_attempt(
    entry, contact, fate, left_ms, end_ms, free_ms, agent, handle_ms, re_explain_ms, follow_up, satisfaction_ppm
):
    """Fill in the row of an attempt of the contact, but for what only some paths keep."""
    entry.contact = contact.number
    entry.attempt = contact.attempt
    entry.queue = contact.queue
    entry.reason = contact.reason
    entry.fate = fate
    entry.counted = contact.interval >= 0
    entry.offered_ms = contact.offered_ms
    entry.left_queue_ms = left_ms
    entry.end_ms = end_ms
    entry.free_ms = free_ms
    entry.agent = agent
    entry.handle_ms = handle_ms
    entry.re_explain_ms = re_explain_ms
    entry.follow_up = follow_up
    entry.satisfaction_ppm = satisfaction_ppm


@kernel_part
def write_spell(spell, kind, number, from_ms, to_ms, offered_ms):
    """Fill in the row of a spell."""
    spell.kind = kind
    spell.number = number
    spell.from_ms = from_ms
    spell.to_ms = to_ms
    spell.offered_ms = offered_ms
