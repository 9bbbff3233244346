"""Sizing month by month."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.sizing import SizeResult, Trial, size, size_loaded
from sim.errors import CannotAnswerError, ScenarioError
from sim.scenario.load import LoadedScenario

from .conftest import CHATS

Scenario = Callable[..., LoadedScenario]

TWO_MONTHS = {"start": "2027-02-01", "horizon": "2 months"}


def size_of(trial: Trial) -> int | None:
    """Of the one team."""
    return trial.teams["advisers"].size


def figures(result: SizeResult) -> list[tuple[object, ...]]:
    """All that should be the same when all is the same."""
    return [
        (month.period, month.size, month.alternatives, month.binding, size_of(trial), one.overall)
        for month in result.only.months
        for trial in (month.below, month.at, month.above)
        if trial is not None
        for one in trial.decision.targets
    ]


def test_one_fewer_fails_and_the_answer_holds(scenario: Scenario) -> None:
    result = size_loaded(scenario())
    month = result.peak
    assert result.only.months == (month,)
    assert (result.only.team, result.only.unit, result.only.stated) == ("advisers", "positions", 8)
    assert (month.size, month.alternatives) == (7, (7,))
    assert month.below is not None
    assert month.above is not None
    trials = (month.below, month.at, month.above)
    assert [size_of(trial) for trial in trials] == [6, 7, 8]
    assert [trial.met for trial in trials] == [False, True, True]
    assert len({trial.replications for trial in trials}) == 1
    assert month.at.replications >= 30
    for one in month.at.decision.targets:
        assert one.overall.value >= float(one.target.share)
        assert one.overall.half_width <= 0.005
    assert [target.metric for target in month.binding] == ["answer_rate"]
    assert (month.erlang_c, month.erlang_a) == (7, 7)


def test_patient_callers_are_bound_by_the_service_level(scenario: Scenario) -> None:
    month = size_loaded(scenario({"queues.calls.patience": "30 min"})).peak
    assert [target.metric for target in month.binding] == ["service_level"]


def test_emails_bind_where_there_are_many(scenario: Scenario) -> None:
    lenient = {"queues.calls.targets": {"answer_rate": "60 %"}, "queues.emails.arrivals": {"per_day": 300}}
    alone = size_loaded(scenario({"queues.calls.targets": {"answer_rate": "60 %"}})).peak
    both = size_loaded(scenario(lenient, emails=True)).peak
    assert both.size > alone.size
    assert [target.metric for target in both.binding] == ["response"]


def test_satisfaction_may_bind(scenario: Scenario) -> None:
    rated = {
        "queues.calls.satisfaction": {"base": "98 %", "per_minute": "6 points"},
        "queues.calls.targets": {"satisfaction": "97 %", "answer_rate": "60 %"},
    }
    month = size_loaded(scenario(rated)).peak
    assert [target.metric for target in month.binding] == ["satisfaction"]
    alone = size_loaded(scenario({"queues.calls.targets": {"answer_rate": "60 %"}})).peak
    assert month.size > alone.size
    assert month.below is not None
    for trial, reached in ((month.at, True), (month.below, False)):
        assert (trial.decision.targets[1].overall.value >= 0.97) is reached
        assert trial.decision.targets[1].target.metric == "satisfaction"


def test_chats_are_sized_as_calls_are(scenario: Scenario) -> None:
    loaded = scenario({"queues": {"chats": CHATS}, "teams": {"advisers": {"positions": 3}}})
    one_at_a_time = scenario(
        {"queues": {"chats": CHATS}, "teams": {"advisers": {"positions": 3, "chat": {"at_once": 1}}}}
    )
    month, slower = size_loaded(loaded).peak, size_loaded(one_at_a_time).peak
    assert [target.queue for target in month.binding] == ["chats"]
    assert slower.size > month.size
    assert slower.erlang_a is not None
    assert abs(slower.erlang_a - slower.size) <= 1


def test_trials_tell_heads_fte_and_positions_apart(scenario: Scenario) -> None:
    team = {"heads": 5, "contract": "20 h per week", "full_time_week": "40 h per week", "shrinkage": "25 %"}
    cost = {"cost": {"loaded_per_hour": "30 EUR"}}
    result = size_loaded(scenario({"teams.advisers": team | cost}))
    at = result.peak.at.teams["advisers"]
    assert (result.only.unit, result.only.stated) == ("heads", 5)
    assert at.payroll.heads == at.size == result.peak.size
    assert at.payroll.fte == pytest.approx(result.peak.size / 2)
    assert at.payroll.cost == pytest.approx(at.size * 20 * 4 * 30)
    assert at.presence.mean_positions == pytest.approx(at.size * 15 / 40, abs=0.5)
    assert at.presence.mean_positions < at.presence.peak_positions < at.size
    assert result.peak.at.figures.teams["advisers"]["heads"].value == at.size
    # positions follow the need: no more are needed on average than a constant number would take
    assert at.presence.mean_positions <= size_loaded(scenario()).peak.size + 0.5


def test_months_are_sized_by_themselves(scenario: Scenario) -> None:
    loaded = scenario(TWO_MONTHS | {"queues.calls.arrivals.seasonality": {"feb": 1, "mar": 1.6}})
    result = size_loaded(loaded)
    february, march = result.only.months
    assert [month.period.label for month in result.only.months] == ["2027-02", "2027-03"]
    assert march.size > february.size
    assert result.peak == march
    assert february.at.replications == 30
    alone = size_loaded(scenario({"start": "2027-02-01", "horizon": "1 month"}), replications=30).peak
    assert (alone.size, alone.at.decision) == (february.size, february.at.decision)


def test_a_day_of_a_month_is_sized_with_the_month_before(scenario: Scenario) -> None:
    # the 29th day is the Monday that March begins with
    days = {"mon": 3, "tue": 1, "wed": 1, "thu": 1, "fri": 1}
    loaded = scenario({"start": "2027-02-01", "horizon": "29 days", "queues.calls.arrivals.days": days})
    (month,) = size_loaded(loaded, replications=10).only.months
    assert month.period.label == "2027-02 +1 day after"
    assert [span.label for span in month.at.decision.targets[0].spans] == [month.period.label]


def test_the_same_seed_gives_the_same_answer_and_another_another(scenario: Scenario) -> None:
    first, again, other = (size_loaded(scenario(TWO_MONTHS), seed=seed) for seed in (3, 3, 4))
    assert figures(first) == figures(again)
    assert figures(first) != figures(other)


def test_both_engines_give_the_same_answer(scenario: Scenario) -> None:
    short = {"horizon": "1 week", "queues.calls.arrivals": {"per_day": 120}, "warm_up": "none"}
    fast, reference = (size_loaded(scenario(short), engine=engine, replications=4) for engine in ("fast", "reference"))
    assert figures(fast) == figures(reference)


def test_too_close_to_tell(scenario: Scenario) -> None:
    rough = size_loaded(scenario({"queues.calls.targets": {"answer_rate": "92.66 %"}}), replications=8).peak
    assert rough.alternatives in ((6, 7), (5, 6), (6,))
    nearly = {"queues.calls.targets": {"answer_rate": f"{100 * rough_rate(scenario, 6) - 0.01:.3f} %"}}
    month = size_loaded(scenario(nearly), replications=30).peak
    assert (month.size, month.alternatives) == (6, (6, 7))
    nearly = {"queues.calls.targets": {"answer_rate": f"{100 * rough_rate(scenario, 6) + 0.01:.3f} %"}}
    month = size_loaded(scenario(nearly), replications=30).peak
    assert (month.size, month.alternatives) == (7, (6, 7))


def rough_rate(scenario: Scenario, positions: int) -> float:
    """Answer rate of so many positions over 30 replications."""
    below = size_loaded(scenario(), replications=30).peak.below
    assert below is not None
    assert size_of(below) == positions
    return below.decision.targets[1].overall.value


@pytest.mark.parametrize("over", ["week", "day", "interval"])
def test_shorter_spans_need_more(scenario: Scenario, over: str) -> None:
    profile = {"09:00": 1, "11:00": 3, "13:00": 1}
    arrivals = {"queues.calls.arrivals": {"per_day": 400, "profile": profile, "busyness": "15 %"}}
    month = size_loaded(scenario(arrivals), replications=30).peak
    stricter = size_loaded(scenario(arrivals | {"queues.calls.targets.over": over}), replications=30).peak
    assert stricter.size >= month.size
    if over == "interval":
        assert stricter.size > month.size
    worst = stricter.at.decision.targets[1].worst
    assert worst is not None
    assert worst.value >= 0.95


def test_a_month_without_contacts_needs_nobody(scenario: Scenario) -> None:
    loaded = scenario(TWO_MONTHS | {"queues.calls.arrivals.seasonality": {"feb": 0, "mar": 1}, "warm_up": "none"})
    february, march = size_loaded(loaded, replications=10).only.months
    assert (february.size, february.alternatives, february.binding, february.below) == (1, (1,), (), None)
    assert march.size > 1


def test_one_is_the_least(scenario: Scenario) -> None:
    month = size_loaded(scenario({"queues.calls.arrivals": {"per_day": 1}})).peak
    assert (month.size, month.below, month.binding) == (1, None, ())


def test_a_curve_is_sized_as_a_constant_number(scenario: Scenario) -> None:
    curve = {"mon-fri": {"09:00": 4, "12:00": 9}}
    result = size_loaded(scenario({"teams.advisers.positions": curve}))
    assert (result.only.unit, result.only.stated, result.peak.size) == ("positions", None, 7)
    presence = result.peak.at.teams["advisers"].presence
    assert presence.peak_positions == 7
    open_intervals = presence.positions[presence.positions > 0]
    np.testing.assert_array_equal(open_intervals, 7)


def test_the_limit_is_inclusive(scenario: Scenario) -> None:
    assert size_loaded(scenario(), limit=7).peak.size == 7
    with pytest.raises(CannotAnswerError, match="even 6 positions"):
        size_loaded(scenario(), limit=6)
    with pytest.raises(ValueError, match="limit must lie between"):
        size_loaded(scenario(), limit=0)


def test_progress_is_told(scenario: Scenario) -> None:
    calls: list[tuple[str, int, int]] = []
    size_loaded(scenario(TWO_MONTHS), replications=5, progress=lambda *call: calls.append(call))
    stages = list(dict.fromkeys(stage for stage, _, _ in calls))
    assert stages[:2] == ["sizing 2027-02", "sizing 2027-03"]
    assert [done for _, done, _ in calls[:-1]] == list(range(1, len(calls)))
    assert calls[-1][1] == calls[-1][2]


def test_a_file_without_targets_is_refused(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match="no queue has targets"):
        size_loaded(scenario({"queues.calls.targets": None}))


def test_from_a_file_with_settings(tmp_path: Path) -> None:
    file = tmp_path / "centre.yaml"
    file.write_text(
        """
kind: centre
name: from a file
start: 2027-02-01
horizon: 1 week
queues:
  calls:
    channel: call
    arrivals: {per_day: 400}
    handle_time: 5 min
    patience: 2 min
    targets: {answer_rate: 95 %}
teams: {advisers: {positions: 3}}
""",
        encoding="utf-8",
    )
    usual = size(file, replications=10).peak
    longer = size(file, settings=["queues.calls.handle_time=10 min"], replications=10).peak
    assert usual.size < longer.size
