"""What has no chain of its own: overflow, deflection, scores; and the limits of the N-model and the blend."""

from dataclasses import astuple, replace
from itertools import pairwise

import numpy as np
import pytest

from tests.proof.chains import blend, deflection, n_model, overflow, priority, score
from tests.proof.chains.erlang import single_queue

SOME = n_model.NModel(
    lam1=3.0, lam2=1.5, mu11=1.0, mu12=0.8, mu22=1.1, theta1=0.7, theta2=0.5, n1=3, n2=2, first_at_2=2
)


def test_n_model_of_one_class_at_a_time() -> None:
    only_2 = n_model.solve(replace(SOME, lam1=1e-12))
    alone = single_queue(1.5, 1.1, 2, 0.5)
    assert (only_2.p_ab2, only_2.p_wait2, only_2.occ2) == pytest.approx((alone.p_ab, alone.p_wait, alone.occupancy))
    only_1 = n_model.solve(replace(SOME, lam2=1e-12, mu12=1.0))
    alone = single_queue(3.0, 1.0, 5, 0.7)
    assert (only_1.p_ab1, only_1.p_wait1) == pytest.approx((alone.p_ab, alone.p_wait))


def test_n_model_without_group_1_is_priority() -> None:
    model = replace(SOME, n1=0, n2=4, mu12=1.1)
    prior = priority.solve(priority.Impatient(3.0, 1.5, 1.1, 0.7, 0.5, 4))
    first = n_model.solve(replace(model, first_at_2=1))
    assert (first.p_ab1, first.p_ab2) == pytest.approx((prior.p_ab1, prior.p_ab2), rel=1e-9)
    other_way = priority.solve(priority.Impatient(1.5, 3.0, 1.1, 0.5, 0.7, 4))
    second = n_model.solve(model)
    assert (second.p_ab2, second.p_ab1) == pytest.approx((other_way.p_ab1, other_way.p_ab2), rel=1e-9)


def test_n_model_flows_balance() -> None:
    found = n_model.solve(SOME)
    served_1 = SOME.lam1 * (1 - found.p_ab1)
    at_2 = SOME.lam1 * found.share1_at_g2
    assert found.occ1 * SOME.n1 == pytest.approx((served_1 - at_2) / SOME.mu11, rel=1e-9)
    served_2 = SOME.lam2 * (1 - found.p_ab2)
    assert found.occ2 * SOME.n2 == pytest.approx(at_2 / SOME.mu12 + served_2 / SOME.mu22, rel=1e-9)


def test_n_model_that_keeps_all_of_group_2_never_helps() -> None:
    kept = n_model.solve(replace(SOME, reserve_at_2=2))
    assert astuple(kept) == pytest.approx(astuple(overflow.never(SOME)), rel=1e-9)


def test_n_model_helps_less_the_more_it_keeps() -> None:
    found = [n_model.solve(replace(SOME, n2=3, reserve_at_2=kept)) for kept in range(4)]
    for more, fewer in pairwise(found):
        assert more.share1_at_g2 > fewer.share1_at_g2
        assert more.p_ab1 < fewer.p_ab1
        assert more.p_ab2 > fewer.p_ab2


@pytest.mark.parametrize("first_at_2", [1, 2])
def test_overflow_helps_class_1_at_the_cost_of_class_2(first_at_2: n_model.Class) -> None:
    model = replace(SOME, first_at_2=first_at_2)
    at_once, never = overflow.at_once(model), overflow.never(model)
    assert at_once.p_ab1 < never.p_ab1
    assert at_once.p_ab2 > never.p_ab2
    assert at_once.share1_at_g2 > never.share1_at_g2 == 0


def test_blend_without_outbound_room_is_erlang_a() -> None:
    """With all servers reserved outbound work never starts."""
    found = blend.solve(blend.Blend(lam=4.0, mu_in=1.0, mu_out=0.7, theta=0.5, n=5, reserve=5))
    alone = single_queue(4.0, 1.0, 5, 0.5)
    assert astuple(found) == pytest.approx((alone.p_wait, alone.p_ab, alone.wait, 0.0, alone.occupancy), rel=1e-9)


def test_blend_without_reserve_is_always_busy() -> None:
    found = blend.solve(blend.Blend(lam=4.0, mu_in=1.0, mu_out=0.7, theta=0.5, n=5, reserve=0))
    assert (found.p_wait, found.occ) == pytest.approx((1, 1))
    assert found.outbound_rate / 0.7 + 4.0 * (1 - found.p_ab) == pytest.approx(5, rel=1e-9)


@pytest.mark.parametrize(("deflected", "returning"), [(0.0, 0.3), (0.4, 1.0)])
def test_deflection_that_solves_nothing(deflected: float, returning: float) -> None:
    found = deflection.solve(deflection.Deflection(4.0, deflected, returning, 1.0, 0.5, 4))
    assert found.offered == pytest.approx(4.0)
    assert found.group == single_queue(found.offered, 1.0, 4, 0.5)


def test_deflection_takes_its_share() -> None:
    found = deflection.solve(deflection.Deflection(5.0, 0.4, 0.25, 1.0, 0.5, 4))
    assert found.offered == pytest.approx(5.0 * 0.6 + 5.0 * 0.4 * 0.25)
    assert found.solved_by_self_service + found.offered == pytest.approx(5.0)
    assert found.group.p_ab < single_queue(5.0, 1.0, 4, 0.5).p_ab


def test_scores_of_one_rate_are_first_come() -> None:
    assert astuple(score.mean_waits(1.2, 1.0, 1.0, 3, 2.0, 2.0)) == pytest.approx(
        astuple(score.first_come(1.2, 1.0, 1.0, 3))
    )


def test_scores_far_apart_are_priority() -> None:
    assert astuple(score.mean_waits(1.2, 1.0, 1.0, 3, 1e12, 1.0)) == pytest.approx(
        astuple(priority.one_rate(1.2, 1.0, 1.0, 3))
    )


def test_scores_move_waiting_between_classes_only() -> None:
    waits = score.mean_waits(1.2, 1.0, 1.0, 3, 3.0, 1.0)
    assert waits.ew1 < score.first_come(1.2, 1.0, 1.0, 3).ew1 < waits.ew2
    assert 1.2 * waits.ew1 + 1.0 * waits.ew2 == pytest.approx(2.2 * score.first_come(1.2, 1.0, 1.0, 3).ew1)


def test_scores_by_simulation() -> None:
    """What lies between the limits: 40 runs of one server, each contact taken by its score."""
    lam, score_rate = (0.5, 0.3), (3.0, 1.0)
    runs = np.array([_mean_waits_of_a_run(lam, score_rate, np.random.default_rng(seed)) for seed in range(40)])
    expected = score.mean_waits(*lam, 1.0, 1, *score_rate)
    z = (runs.mean(axis=0) - astuple(expected)) / (runs.std(axis=0, ddof=1) / np.sqrt(len(runs)))
    assert np.abs(z).max() < 4
    assert (runs.std(axis=0, ddof=1) / np.sqrt(len(runs)) < 0.03 * np.array(astuple(expected))).all()


def _mean_waits_of_a_run(
    lam: tuple[float, float], score_rate: tuple[float, float], random: np.random.Generator, contacts: int = 5_000
) -> tuple[float, float]:
    arrived = np.cumsum(random.exponential(1 / sum(lam), contacts))
    of_class = (random.random(contacts) < lam[1] / sum(lam)).astype(int)
    service = random.exponential(1.0, contacts)
    waits: tuple[list[float], list[float]] = ([], [])
    waiting: list[int] = []
    free = 0.0
    following = 0
    while following < contacts or waiting:
        if not waiting:
            free = max(free, arrived[following])
        while following < contacts and arrived[following] <= free:
            waiting.append(following)
            following += 1
        chosen = max(waiting, key=lambda i: score_rate[of_class[i]] * (free - arrived[i]))
        waiting.remove(chosen)
        waits[of_class[chosen]].append(free - arrived[chosen])
        free += service[chosen]
    return float(np.mean(waits[0])), float(np.mean(waits[1]))


def test_scores_in_order_are_refused() -> None:
    with pytest.raises(ValueError, match="must not be below"):
        score.mean_waits(1.2, 1.0, 1.0, 3, 1.0, 2.0)
