"""How long chains of repeats build up, against generations counted one by one and simulated centres."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis import run
from sim.scenario.centre import CentreScenario
from sim.scenario.chains import mean_delay_ms, missing_share, repeat_share, settling_ms

DAY_MS = 86_400_000


@pytest.fixture
def scenario(small: Any) -> Any:
    return lambda changes: CentreScenario.model_validate(small(changes))


def back(probability: float, **more: Any) -> dict[str, Any]:
    return {"probability": probability, "after": "2 days", **more}


def test_the_share_of_one_queue(scenario: Any) -> None:
    changes = {"queues.calls.recontact": back(0.3), "queues.calls.patience": "unlimited"}
    assert repeat_share(scenario(changes)) == pytest.approx(0.3)
    assert mean_delay_ms(scenario(changes)) == 2 * DAY_MS
    within = {"queues.calls.recontact": {**back(0.3), "within": "3 days"}}
    assert mean_delay_ms(scenario(within)) == 1.5 * DAY_MS


def test_without_repeats(scenario: Any) -> None:
    model = scenario({})
    assert (repeat_share(model), mean_delay_ms(model)) == (0, 0)
    assert settling_ms(0, 0, 0.01) == missing_share(0, 0, 0, DAY_MS) == 0


def test_the_share_of_queues_that_send_to_each_other(scenario: Any) -> None:
    """An eigenvalue, also where what goes there comes back only at the second time."""
    for there, here in (({"emails": 1}, {"calls": 1}), ({"calls": 0.5, "emails": 0.5}, {"calls": 0.8, "emails": 0.2})):
        model = scenario(
            {
                "queues.calls.patience": "unlimited",
                "queues.emails.arrivals.volume_is": "first",
                "queues.calls.recontact": back(0.4, to=there),
                "queues.emails.recontact": back(0.3, to=here),
            }
        )
        brings = [
            [0.4 * there.get(q, 0) for q in ("calls", "emails")],
            [0.3 * here.get(q, 0) for q in ("calls", "emails")],
        ]
        assert repeat_share(model) == pytest.approx(max(abs(np.linalg.eigvals(np.array(brings)))), rel=0.02)


def test_what_is_sent_on_but_never_back_is_no_chain(scenario: Any) -> None:
    changes = {
        "queues.calls.recontact": back(0.9, to={"emails": 1}),
        "queues.calls.patience": "unlimited",
        "queues.emails.arrivals.volume_is": "first",
    }
    assert repeat_share(scenario(changes)) == 0


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_what_is_missing(share: float) -> None:
    """Of generation k, q^k in the end, what comes later than t after the first contact: k exponential delays."""
    delay, before, within = 2.0, 5.0, 20.0
    generations = np.arange(1, 400)
    moments = np.linspace(before, before + within, 2001)
    late = [
        sum(
            share**k * math.exp(-t / delay + j * math.log(t / delay) - math.lgamma(j + 1))
            for k in generations
            for j in [k - 1]
        )
        for t in moments
    ]
    # the rate at which generations arrive, integrated from t on, is what is missing at t
    rate = np.array(late) / delay
    missing_at_start = share * math.exp(-(1 - share) * before / delay)
    missing = missing_at_start - np.concatenate([[0], np.cumsum((rate[1:] + rate[:-1]) / 2 * np.diff(moments))]) * (
        1 - share
    )
    assert missing_share(share, delay, before, within) == pytest.approx(
        np.trapezoid(missing, moments) / within, rel=1e-3
    )


def test_settled_is_when_no_more_is_missing() -> None:
    assert settling_ms(0.01, DAY_MS, 0.02) == 0
    assert settling_ms(1.0, DAY_MS, 0.02) == math.inf
    at = settling_ms(0.8, DAY_MS, 0.02)
    assert missing_share(0.8, DAY_MS, at, 1) == pytest.approx(0.02)


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.8])
def test_the_stated_volume_is_reached(probability: float, tmp_path: Path) -> None:
    """1 200 contacts a week; nobody is lost, and some of them come back again and again."""
    file = tmp_path / "back.yaml"
    file.write_text(
        f"""
kind: centre
name: Back
start: 2027-02-01
horizon: 4 weeks
calendar: {{open: {{mon-sat: 08:00-18:00}}}}
queues:
  calls:
    channel: call
    arrivals: {{per_week: 1200}}
    handle_time: 5 min
    recontact: {{probability: {probability}, within: 7 days}}
teams: {{advisers: {{positions: 9}}}}
"""
    )
    offered = run(file, replications=10).figures.queues["calls"]["offered"].value
    assert offered == pytest.approx(4 * 1200, rel=0.03)
