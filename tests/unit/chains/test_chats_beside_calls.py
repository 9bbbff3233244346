"""Chats beside calls, against each alone, and calls before calls."""

from dataclasses import replace

import pytest

from tests.proof.chains import chat, priority
from tests.proof.chains.chats_beside_calls import ChatsBesideCalls, solve
from tests.proof.chains.erlang import single_queue

SOME = ChatsBesideCalls(0.9, 1.0, 0.5, 2.0, 1.0, 0.4, 3, speeds=(1.0, 0.8, 0.6))


def test_hardly_any_chats_leave_erlang_a() -> None:
    found = solve(replace(SOME, lam_call=2.2, lam_chat=1e-9))
    alone = single_queue(2.2, 1.0, 3, 0.5)
    assert (found.p_wait_call, found.p_ab_call, found.wait_call, found.occupancy) == pytest.approx(
        (alone.p_wait, alone.p_ab, alone.wait, alone.occupancy), rel=1e-7
    )


def test_hardly_any_calls_leave_chats() -> None:
    found = solve(replace(SOME, lam_call=1e-9, lam_chat=4.0))
    alone = chat.solve(chat.Chat(4.0, 1.0, 3, (1.0, 0.8, 0.6), 0.4))
    assert (found.p_wait_chat, found.p_ab_chat, found.wait_chat, found.handle_chat, found.occupancy) == pytest.approx(
        (alone.p_wait, alone.p_ab, alone.wait, alone.handle, alone.occupancy), rel=1e-7
    )


def test_one_chat_at_a_time_is_priority() -> None:
    found = solve(replace(SOME, lam_call=1.5, lam_chat=1.2, speeds=(1.0,)))
    alone = priority.solve(priority.Impatient(1.5, 1.2, 1.0, 0.5, 0.4, 3))
    assert (found.p_ab_call, found.wait_call, found.p_ab_chat, found.wait_chat, found.p_wait_call) == pytest.approx(
        (alone.p_ab1, alone.ew1, alone.p_ab2, alone.ew2, alone.p_wait), rel=1e-8
    )


def test_flows_balance() -> None:
    found = solve(SOME)
    # Agents with a call: what Little's law leaves of the occupancy is with chats.
    with_calls = SOME.lam_call * (1 - found.p_ab_call) / SOME.mu_call
    in_hand = SOME.lam_chat * (1 - found.p_ab_chat) * found.handle_chat
    assert in_hand / 3 < 3 * found.occupancy - with_calls < in_hand
    assert 1 < found.handle_chat < 1 / 0.6
    assert found.p_wait_chat < found.p_wait_call
