"""Work and staff of an ordinary week, summed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.ordinary_week import queue_weeks, team_week
from sim.scenario.centre import CentreScenario

MINUTE_MS = 60_000


def scenario(
    team: dict[str, Any],
    queues: dict[str, Any] | None = None,
    teams: dict[str, Any] | None = None,
    **queue: Any,
) -> CentreScenario:
    return CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": "by hand",
            "start": "2027-02-01",
            "horizon": "1 week",
            "calendar": {"open": {"mon-fri": "09:00-17:00"}},
            "queues": {
                "calls": {
                    "channel": "call",
                    "arrivals": {"per_week": 1000},
                    "handle_time": "6 min",
                    "patience": "3 min",
                    **queue,
                },
                **(queues or {}),
            },
            "teams": {"advisers": team, **(teams or {})},
        }
    )


def test_work_is_volume_times_time() -> None:
    week = queue_weeks(scenario({"positions": 3}, after_call_work="2 min"))["calls"]
    assert (week.offered, week.first, week.open_h) == (1000, 1000, 40)
    assert week.mean_work_ms == 8 * MINUTE_MS
    assert week.work_h == pytest.approx(1000 * 8 / 60)
    assert week.erlangs == pytest.approx(1000 * 8 / 60 / 40)


@pytest.mark.parametrize(("handle_time_is", "re_explaining"), [("first", 0.09 * 3), ("measured", 0.0)])
def test_repeats_are_taken_off_and_re_explaining_put_on(handle_time_is: str, re_explaining: float) -> None:
    recontact = {"probability": "10 %", "within": "1 day", "re_explain": "3 min"}
    made = scenario(
        {"positions": 3}, recontact=recontact, handle_time_is=handle_time_is, targets={"answer_rate": "90 %"}
    )
    week = queue_weeks(made)["calls"]
    assert week.offered == 1000
    assert week.first == pytest.approx(1000 - 1000 * 0.9 * 0.1)
    assert week.mean_work_ms == pytest.approx((6 + re_explaining) * MINUTE_MS)


def test_heads_have_hours_and_no_stated_peak() -> None:
    week = team_week(scenario({"heads": 10, "contract": "35 h", "shrinkage": 0.3}), "advisers")
    assert (week.staffed_h, week.position_h, week.peak_positions) == (40, pytest.approx(245), None)


def test_constant_positions_fill_the_hours() -> None:
    week = team_week(scenario({"positions": 3}), "advisers")
    assert (week.staffed_h, week.position_h, week.peak_positions) == (40, 120, 3)


def test_a_plan_is_cut_to_the_hours() -> None:
    plan = {"mon-tue": {"08:00": 2, "12:00": 5, "20:00": 9}}
    week = team_week(scenario({"positions": plan}), "advisers")
    assert week.position_h == 2 * (3 * 2 + 5 * 5)
    assert week.peak_positions == 9


def test_hours_count_in_which_anybody_is_there() -> None:
    plan = {"mon-tue": {"09:00": 2, "12:00": 0, "15:00": 4}}
    week = team_week(scenario({"positions": plan}), "advisers")
    assert (week.staffed_h, week.position_h) == (2 * (3 + 2), 2 * (3 * 2 + 2 * 4))


def test_what_is_handed_on_is_work_as_well() -> None:
    """A tenth is handed on after a minute each to advisers who solve it in six."""
    desk = {"channel": "call", "handle_time": "6 min"}
    matters = {"agenda": "90 %", "tele": "10 %"}
    made = scenario(
        {"positions": 3, "serves": ["calls"], "skills": ["agenda"]},
        queues={"desk": desk},
        teams={"specialists": {"positions": 1, "serves": ["desk"]}},
        matters=matters,
        transfer={"after": "1 min", "to": {"tele": "desk"}},
        patience="unlimited",
    )
    weeks = queue_weeks(made)
    assert (weeks["desk"].offered, weeks["desk"].handed_in) == (0, pytest.approx(100))
    assert weeks["desk"].work_h == pytest.approx(10)
    assert weeks["calls"].work_h == pytest.approx((900 * 6 + 100 * 1) / 60)
