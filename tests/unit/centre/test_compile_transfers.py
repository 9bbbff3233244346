"""Matters, skills and handing on, as the engines read them."""

import numpy as np

from sim.centre.compile import compile_centre
from sim.centre.contract import NOBODY
from sim.common.distributions import TABLE_SIZE, Deterministic, Gamma, quantile_table

SECOND = 1_000
MINUTE = 60 * SECOND

SPECIALISTS = {
    "queues.calls.matters": {"agenda": "60 %", "tele": "30 %", "billing": "10 %"},
    "queues.calls.transfer": {
        "after": "3 min",
        "to": {"tele": "desk", "billing": "desk", "agenda": "desk"},
        "place": "head",
        "re_explain": "2 min",
        "warm": {"hold": "90 s", "joint": "45 s"},
    },
    "teams": {
        "front": {"positions": 50, "serves": ["calls"], "skills": ["agenda"]},
        "all": {"positions": 20, "serves": ["calls"]},
        "back": {"positions": 20, "serves": ["desk"], "skills": ["tele", "billing", "agenda"]},
    },
}


def transfers(scenario, values, **added):
    return compile_centre(scenario(values, **added)).staffed().engine.transfers


def test_what_a_plain_file_leaves_unsaid(scenario):
    plain = transfers(scenario, {}, emails=True)
    assert plain.matter.tolist() == [[1], [1]]
    assert plain.to.tolist() == [[NOBODY], [NOBODY]]
    assert not plain.after.any()
    for column in (plain.at_head, plain.re_explain_ms, plain.hold_ms, plain.joint_ms):
        assert column.tolist() == [0, 0]


def test_matters_are_numbered_over_all_queues(scenario):
    """The desk names none: the unnamed one is the last, and all solve it."""
    found = transfers(scenario, SPECIALISTS, desk=True)
    np.testing.assert_allclose(found.matter, [[0.6, 0.9, 1, 1], [0, 0, 0, 1]])
    assert found.matter[:, -1].tolist() == [1, 1]


def test_matters_that_everybody_solves_go_nowhere(scenario):
    found = transfers(scenario, SPECIALISTS, desk=True)
    assert found.to.tolist() == [[NOBODY, 1, 1, NOBODY], [NOBODY] * 4]


def test_how_contacts_are_handed_on(scenario):
    found = transfers(scenario, {**SPECIALISTS, "tick": "20 s"}, desk=True)
    np.testing.assert_array_equal(found.after[0], quantile_table(Gamma(3.0 * MINUTE, 1.0)))
    assert found.after.shape == (2, TABLE_SIZE)
    assert not found.after[1].any()
    assert found.at_head.tolist() == [1, 0]
    assert (found.re_explain_ms / SECOND).tolist() == [120, 0]
    assert (found.hold_ms / SECOND).tolist() == [100, 0]  # up to the tick
    assert (found.joint_ms / SECOND).tolist() == [60, 0]


def test_a_cold_transfer_at_the_tail(scenario):
    transfer = {"after": {"distribution": "deterministic", "mean": "2 min"}, "to": {"tele": "desk", "billing": "desk"}}
    found = transfers(scenario, {**SPECIALISTS, "queues.calls.transfer": transfer}, desk=True)
    np.testing.assert_array_equal(found.after[0], quantile_table(Deterministic(2.0 * MINUTE)))
    for column in (found.at_head, found.re_explain_ms, found.hold_ms, found.joint_ms):
        assert column.tolist() == [0, 0]
