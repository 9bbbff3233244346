"""Parameters and tables of the queues."""

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.contract import NOBODY, UNLIMITED
from sim.centre.results import CONTACT_COLUMNS
from sim.centre.simulate import simulate
from sim.common.distributions import TABLE_SIZE, Gamma, Lognormal, Truncated, mean_weights, quantile_table
from sim.errors import ScenarioError

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
WEEK = 168 * HOUR

FULL = {
    "queues.calls.after_call_work": {"distribution": "exponential", "mean": "1 min"},
    "queues.calls.handle_time_is": "first",
    "queues.calls.patience": {"distribution": "weibull", "mean": "3 min", "shape": 1.5, "balking": "4 %"},
    "queues.calls.redial": {"probability": 0.5, "after": {"distribution": "erlang", "mean": "10 min", "phases": 2}},
    "queues.calls.recontact": {
        "probability": 0.12,
        "within": "7 days",
        "to": {"calls": "75 %", "emails": "25 %"},
        "re_explain": "4 min",
    },
    "queues.calls.trunks": 90,
    "queues.calls.at_closing": "send away",
    "queues.calls.short_abandon": "5 s",
    "queues.calls.targets": {"service_level": "80 % in 10 s"},
    "queues.emails.late_to_call": {"probability": 0.3, "to": "calls"},
    "queues.emails.backlog": 40,
    "queues.emails.targets": {"response": "80 % in 4 h", "clock": "elapsed"},
}


@pytest.fixture
def queues(scenario):
    return compile_centre(scenario(FULL, emails=True)).staffed().engine.queues


def table_mean(table):
    return float(mean_weights() @ table)


def test_numbers_and_flags(queues):
    assert queues.is_email.tolist() == [0, 1]
    assert queues.is_chat.tolist() == [0, 0]
    assert queues.trunks.tolist() == [90, UNLIMITED]
    assert queues.send_away_at_close.tolist() == [1, 0]
    assert queues.threshold_ms.tolist() == [10 * SECOND, 4 * HOUR]
    assert queues.short_abandon_ms[0] == 5 * SECOND
    assert queues.elapsed_clock.tolist() == [0, 1]
    assert queues.has_after_call.tolist() == [1, 0]
    assert queues.has_patience.tolist() == [1, 0]
    assert queues.balk.tolist() == [0.04, 0]
    assert queues.redial.tolist() == [0.5, 0]
    assert queues.redial_attempts.tolist() == [3, 0]
    assert queues.recontact.tolist() == [0.12, 0]
    assert queues.late_to_call.tolist() == [0, 0.3]
    assert queues.late_to_call_queue.tolist() == [NOBODY, 0]
    assert queues.backlog.tolist() == [0, 40]
    assert queues.stream.dtype == np.uint32
    assert len(set(queues.stream)) == 2


def test_tables(queues):
    for table in (queues.handle, queues.after_call, queues.patience, queues.redial_delay, queues.recontact_delay):
        assert table.shape == (2, TABLE_SIZE)
        assert table.dtype == np.float64
    np.testing.assert_allclose(queues.handle[0], quantile_table(Lognormal(6 * MINUTE, 0.8)))
    np.testing.assert_allclose(queues.redial_delay[0], quantile_table(Gamma(10 * MINUTE, 2.0)))
    np.testing.assert_allclose(queues.recontact_delay[0], quantile_table(Truncated(Gamma(WEEK / 3, 1.0), WEEK)))
    means = [table_mean(queues.after_call[0]), table_mean(queues.patience[0]), table_mean(queues.late_to_call_delay[1])]
    np.testing.assert_allclose(means, [MINUTE, 3 * MINUTE, 30 * MINUTE])
    assert not queues.patience[1].any()


def test_recontacts_go_where_the_mix_says(queues):
    np.testing.assert_allclose(queues.recontact_to, [[0.75, 1], [0, 1]])
    assert np.all(queues.recontact_to[:, -1] == 1)


def test_re_explaining_is_a_matter_of_the_queue_that_the_customer_comes_from(queues):
    assert queues.re_explain_ms.tolist() == [4 * MINUTE, 0]


def test_the_time_for_those_handed_on_is_the_queue_s_own_unless_promised(scenario):
    values = {
        "queues.calls.matters": {"agenda": "70 %", "billing": "30 %"},
        "queues.calls.transfer": {"after": "1 min", "to": {"billing": "billing"}},
        "queues.billing": {"channel": "call", "handle_time": "6 min", "targets": {"transfers": "80 % in 90 s"}},
    }
    queues = compile_centre(scenario(values)).staffed().engine.queues
    assert queues.transfer_threshold_ms.tolist() == [queues.threshold_ms[0], 90 * SECOND]
    assert queues.threshold_ms[1] == 20 * SECOND


def test_chats(scenario):
    values = {"queues.chats.patience": "3 min", "queues.chats.targets": {"service_level": "80 % in 30 s"}}
    queues = compile_centre(scenario(values, chats=True)).staffed().engine.queues
    assert queues.is_chat.tolist() == [0, 1]
    assert queues.is_email.tolist() == [0, 0]
    assert queues.threshold_ms[1] == 30 * SECOND
    assert queues.has_patience.tolist() == [1, 1]


def test_pressure_shortens_the_handling_but_not_the_re_explaining(scenario):
    """A tenth of 6 min goes into re-explaining: 5.4 min are left, a quarter off is 4.05 min."""
    values = {
        "queues.calls.patience": "unlimited",
        "queues.calls.arrivals.volume_is": "offered",
        "queues.calls.recontact": {"probability": "20 %", "after": "1 day", "re_explain": "3 min"},
        "queues.calls.pressure": {"handle_time": "-25 %", "elasticity": 0.5},
    }
    queues = compile_centre(scenario(values)).staffed().engine.queues
    assert table_mean(queues.handle[0]) == pytest.approx(4.05 * MINUTE)
    assert queues.re_explain_ms.tolist() == [3 * MINUTE]
    assert queues.recontact[0] == pytest.approx(0.2 / 0.75**0.5)


def test_re_explaining_lies_on_the_tick(scenario):
    recontact = {"probability": "20 %", "after": "1 day", "re_explain": "65 s"}
    queues = compile_centre(scenario({"tick": "20 s", "queues.calls.recontact": recontact})).staffed().engine.queues
    assert queues.re_explain_ms.tolist() == [60 * SECOND]


def test_unlimited_redials(scenario):
    redial = {"probability": 0.5, "after": "10 min", "attempts": "unlimited"}
    compiled = compile_centre(scenario({"queues.calls.redial": redial})).staffed()
    assert compiled.engine.queues.redial_attempts.tolist() == [UNLIMITED]


@pytest.mark.parametrize(
    ("stated", "variance_ratio"),
    [
        ({"distribution": "deterministic", "mean": "5 min"}, 0.0),
        ({"distribution": "exponential", "mean": "5 min"}, 1.0),
        ({"distribution": "gamma", "mean": "5 min", "cv": 0.5}, 0.25),
        ({"distribution": "gamma", "mean": "5 min", "shape": 2}, 0.5),
        ({"distribution": "erlang", "mean": "5 min", "phases": 4}, 0.25),
        ({"distribution": "weibull", "mean": "5 min", "shape": 1}, 1.0),
        ({"distribution": "lognormal", "mean": "5 min", "cv": 0.7}, 0.49),
        ({"distribution": "hyperexponential", "p": 0.5, "mean_1": "2 min", "mean_2": "8 min"}, 1.72),
        ({"distribution": "empirical", "values": ["2 min", "8 min"]}, 0.24),
    ],
)
def test_every_family_of_the_file(scenario, stated, variance_ratio):
    table = compile_centre(scenario({"queues.calls.handle_time": stated})).staffed().engine.queues.handle[0]
    assert table_mean(table) == pytest.approx(5 * MINUTE)
    assert table_mean(table**2) / (5 * MINUTE) ** 2 - 1 == pytest.approx(variance_ratio, rel=0.01, abs=1e-12)


def test_a_delay_that_never_lies_in_its_window_is_refused(scenario):
    after = {"distribution": "erlang", "mean": "9 days", "phases": 1000}
    values = {"queues.calls.recontact": {"probability": 0.1, "after": after, "within": "7 days"}}
    with pytest.raises(
        ScenarioError, match=r"queues\.calls\.recontact\.after: is practically always longer than within"
    ):
        compile_centre(scenario(values))


def test_a_measured_handle_time_holds_the_re_explaining(scenario):
    values = {
        "queues.calls.handle_time": {"distribution": "exponential", "mean": "6 min"},
        "queues.calls.recontact": {"probability": 0.2, "after": "2 days", "re_explain": "4 min"},
        "queues.calls.arrivals": {"per_week": 20_000, "counted_at_answer_rate": "100 %"},
        "teams": {"agents": {"positions": 120}},
        "horizon": "4 weeks",
    }
    centre = compile_centre(scenario(values)).staffed()
    totals = sum(replication.counts.contacts[0].sum(axis=0) for replication in simulate(centre, 1, range(20)))
    sums = dict(zip(CONTACT_COLUMNS, totals, strict=True))
    assert sums["served"] > 1_000_000
    assert sums["re_explain_ms"] / sums["served"] > 0.6 * MINUTE
    assert sums["handle_ms"] / sums["served"] == pytest.approx(6 * MINUTE, rel=0.003)
