"""Chats, against M/M/n, processor sharing and a birth-death chain."""

import math
from dataclasses import replace

import pytest

from tests.proof.chains.chat import Chat, sharing, solve
from tests.proof.chains.erlang import single_queue

SOME = Chat(lam=3.0, mu=1.0, n=2, speeds=(1.0, 0.8, 0.6), theta=0.4)


@pytest.mark.parametrize("theta", [0.0, 0.4])
def test_one_chat_at_a_time_is_a_queue_of_calls(theta: float) -> None:
    found = solve(Chat(lam=2.2, mu=1.0, n=3, speeds=(1.0,), theta=theta))
    alone = single_queue(2.2, 1.0, 3, theta)
    assert (found.p_wait, found.p_ab, found.wait, found.occupancy, found.handle) == pytest.approx(
        (alone.p_wait, alone.p_ab, alone.wait, alone.occupancy, 1.0), rel=1e-9
    )


def test_many_shared_chats_are_processor_sharing() -> None:
    found = solve(Chat(lam=0.6, mu=1.0, n=1, speeds=tuple(1 / k for k in range(1, 61))))
    shared = sharing(0.6, 1.0)
    assert found.p_wait == pytest.approx(0, abs=1e-12)
    assert (found.sojourn, found.in_hand, found.occupancy) == pytest.approx(
        (shared.sojourn, shared.in_hand, shared.occupancy), rel=1e-9
    )


def test_limited_sharing_of_one_speed_has_the_number_of_a_single_server() -> None:
    """The agent ends chats at rate mu whenever there is one: M/M/1 whatever the limit, apart from who waits."""
    found = solve(Chat(lam=0.7, mu=1.0, n=1, speeds=(1.0, 1 / 2, 1 / 3)))
    assert found.sojourn == pytest.approx(1 / (1.0 - 0.7), rel=1e-8)
    assert found.p_wait == pytest.approx(0.7**3, rel=1e-9)
    assert found.wait == pytest.approx(0.7**3 / (1 - 0.7), rel=1e-8)


def test_one_agent_is_a_birth_death_chain() -> None:
    model = replace(SOME, n=1, lam=1.8)
    found = solve(model)
    weights = [1.0]
    for k in range(1, 100):
        in_hand = min(k, 3)
        weights.append(
            weights[-1] * model.lam / (in_hand * model.mu * model.speeds[in_hand - 1] + (k - in_hand) * model.theta)
        )
    total = math.fsum(weights)
    assert found.p_wait == pytest.approx(math.fsum(weights[3:]) / total, rel=1e-9)
    waiting = math.fsum(max(k - 3, 0) * weight for k, weight in enumerate(weights)) / total
    assert found.wait == pytest.approx(waiting / model.lam, rel=1e-9)
    assert found.in_hand == pytest.approx(math.fsum(min(k, 3) * w for k, w in enumerate(weights)) / total, rel=1e-9)


def test_chats_that_do_not_slow_each_other_are_as_many_servers() -> None:
    found = solve(Chat(lam=3.0, mu=1.0, n=2, speeds=(1.0, 1.0), theta=0.4))
    alone = single_queue(3.0, 1.0, 4, 0.4)
    assert (found.p_wait, found.p_ab, found.in_hand / 2) == pytest.approx(
        (alone.p_wait, alone.p_ab, alone.occupancy), rel=1e-9
    )


def test_the_fewest_in_hand_get_the_next() -> None:
    """With hardly any load an agent has two chats only if a third contact came while both had one."""
    lam = 0.01
    found = solve(Chat(lam=lam, mu=1.0, n=2, speeds=(1.0, 0.5)))
    # Three in hand: lam ** 3 / (1 * 2 * 2). As often, and as long, the agent with one ends it before the other does.
    assert 2 * (found.in_hand - found.occupancy) == pytest.approx(2 * lam**3 / 4, rel=2 * lam)


def test_mean_figures_add_up() -> None:
    found = solve(SOME)
    assert found.sojourn == pytest.approx(found.wait + found.handle * (1 - found.p_ab), rel=1e-12)
    assert found.p_ab == pytest.approx(SOME.theta * found.wait, rel=1e-12)
    assert found.occupancy <= found.in_hand <= 3 * found.occupancy
    # A chat is done between once and 1 / 0.6 times its work.
    assert 1 < found.handle < 1 / 0.6


def test_sharing() -> None:
    found = sharing(0.6, 1.0)
    assert found.sojourn_of(2.0) == pytest.approx(5.0)
    assert math.fsum(k * found.p_in_hand(k) for k in range(200)) == pytest.approx(found.in_hand)
    with pytest.raises(ValueError, match="keep up"):
        sharing(1.0, 1.0)
