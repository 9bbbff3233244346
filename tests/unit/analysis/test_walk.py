"""The FTE walk: redone by hand arithmetic, and link by link from what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.simulation import RunResult, run
from analysis.walk import TeamWalk, fte_walk

BY_HAND = """\
kind: centre
name: Two weeks
start: 2027-02-01
horizon: 2 weeks
interval: 1 h
warm_up: none
calendar: {open: {mon-fri: 09:00-17:00}, closed: [2027-02-10]}
queues:
  calls:
    channel: call
    arrivals: {per_week: 400}
    handle_time: {mean: 6 min}
    patience: 3 min
teams:
  advisers:
    heads: 10
    contract: 35 h per week
    full_time_week: 40 h per week
    shrinkage: {paid_leave: 10 %, sickness: 20 %}
    shrinkage_convention: CONVENTION
"""

PEOPLE = """\
kind: centre
name: People
start: 2027-01-18
horizon: 3 months
interval: 1 h
warm_up: 1 week
calendar: {country: FR, open: {mon-fri: 09:00-17:00, sat: 09:00-12:00}}
queues:
  calls:
    channel: call
    arrivals: {per_week: 900}
    handle_time: {mean: 6 min}
    patience: 3 min
    redial: {probability: 50 %, after: 10 min}
  emails:
    channel: email
    arrivals: {per_week: 300}
    handle_time: {mean: 6 min}
teams:
  advisers:
    serves: [calls, emails]
    heads: 9
    shrinkage: {paid_leave: {year: 10 %, feb: 20 %}, sickness: 8 %}
    ramp: {training: 2 weeks, starts_at: 50 %, full_at: 3 months}
    attrition: {rate: 40 % per year}
    hiring: {classes: [{on: 2027-02-15, heads: 3}], replace_after: 3 weeks}
  others: {serves: [calls], positions: 1}
"""


def simulated(folder: Path, text: str, replications: int = 3) -> RunResult:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return run(path, replications=replications)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return simulated(tmp_path_factory.mktemp("people"), PEOPLE)


@pytest.mark.parametrize(
    ("convention", "leave", "sickness"),
    [
        ("additive", 70.0, 140.0),
        ("compound", 70.0, 126.0),
        ("by presence\n    whole_day: [paid_leave]", 70.0, 126.0),
        ("by presence\n    whole_day: [sickness]", 56.0, 140.0),
    ],
)
def test_by_hand(tmp_path: Path, convention: str, leave: float, sickness: float) -> None:
    """10 heads x 35 h x 2 weeks = 700 h. Of compound reasons sickness takes its 20 % of the 630 h that leave leaves; by
    presence the reason that doesn't take whole days is a share of those who are there.

    One of the ten days is closed: of the second week's half of what is left, a fifth lapses.
    """
    result = simulated(tmp_path, BY_HAND.replace("CONVENTION", convention), 2)
    (team,) = fte_walk(result.plan, result.statistics, "horizon").teams
    assert team.hours("paid") == team.hours("paid_past_training") == pytest.approx([700.0])
    by_reason = {step.of: step.hours for step in team.steps if step.name == "shrinkage"}
    assert by_reason["paid_leave"] == pytest.approx([leave])
    assert by_reason["sickness"] == pytest.approx([sickness])
    present = 700 - leave - sickness
    assert team.hours("closed_days") == pytest.approx([present / 2 / 5])
    assert team.hours("moved") == pytest.approx([0.0], abs=1e-9)
    assert team.hours("scheduled") + team.hours("unused") == pytest.approx([present * 0.9])
    assert 0 <= team.hours("unused")[0] < 8
    assert team.open_h == pytest.approx([72.0])
    assert team.full_time_h == pytest.approx([80.0])
    assert team.hours("training") == pytest.approx([0.0])
    assert team.heads is not None
    assert (team.heads.start, team.heads.end, team.heads.mean) == ([10.0], [10.0], [10.0])


def test_overtime_and_time_off_by_hand(tmp_path: Path) -> None:
    """Of the 7 there 4 h more each in the first week, and 2 h less of half of them in the second, a fifth closed."""
    extra = """\
    overtime: [{from: 2027-02-01, until: 2027-02-07, hours: 4 h}]
    time_off: [{from: 2027-02-08, until: 2027-02-14, hours: 2 h, share: 50 %, pay: 75 %}]
"""
    result = simulated(tmp_path, BY_HAND.replace("CONVENTION", "additive") + extra, 2)
    (team,) = fte_walk(result.plan, result.statistics, "horizon").teams
    chained(team)
    assert team.hours("overtime") == pytest.approx([-7 * 4])
    assert team.hours("time_off") == pytest.approx([7 * 0.5 * 2 * 4 / 5])
    assert team.hours("scheduled") + team.hours("unused") == pytest.approx([490 * 0.9 + 28 - 5.6])
    assert team.hours("paid") == pytest.approx([700.0])
    assert team.hours("paid_in_all") == pytest.approx([700 + 28 - 5.6 / 4])
    assert team.hours("paid_in_all") == pytest.approx([result.figures.teams["advisers"]["paid_h"].value])


def test_coaching_by_colleagues_is_a_line_of_the_walk(tmp_path: Path) -> None:
    """Of 10 experienced the 7 there are coached, 2 h a week each, 9 days of 10; the coach has 2.1 h when there."""
    coaching = "    coaching: {coaches: 1, time: 6 %, per_agent: 2 h per week}\n"
    result = simulated(tmp_path, BY_HAND.replace("CONVENTION", "additive") + coaching, 2)
    (team,) = fte_walk(result.plan, result.statistics, "horizon").teams
    chained(team)
    taken = 0.7 * (10 * 2 - 0.06 * 35) * 1.8
    assert team.hours("coaching") == pytest.approx([taken], rel=1e-4)
    assert team.hours("scheduled") + team.hours("unused") == pytest.approx([490 * 0.9 - taken])
    assert 0 <= team.hours("unused")[0] < 8


def test_sickness_in_waves_takes_what_it_takes(tmp_path: Path) -> None:
    text = BY_HAND.replace("CONVENTION", "additive").replace("10 %, sickness: 20 %", "10 %, sickness: 10 %")
    result = simulated(tmp_path, f"{text}    sickness_waves: {{cv: 60 %}}\n", 40)
    (team,) = fte_walk(result.plan, result.statistics, "horizon").teams
    chained(team)
    (sickness,) = [step.hours for step in team.steps if step.of == "sickness"]
    away = result.figures.teams["advisers"]["heads_absent"].value
    assert away != pytest.approx(2)
    assert sickness == pytest.approx([70 * away - 70], rel=1e-5)
    assert 0 <= team.hours("unused")[0] < 8


def test_work_by_hand(tmp_path: Path) -> None:
    """About 720 calls of 6 min (one of ten days is closed) are 72 h of work, a load of 1 erlang over 72 open hours."""
    result = simulated(tmp_path, BY_HAND.replace("CONVENTION", "additive"), 100)
    (team,) = fte_walk(result.plan, result.statistics, "horizon").teams
    figures = result.figures.queues["calls"]
    (step,) = [step for step in team.steps if step.kind == "product"]
    assert step.contacts == pytest.approx([figures["offered"].value])
    assert step.handle_time_s == pytest.approx([figures["aht_s"].value])
    offered_h = figures["offered"].value * figures["aht_s"].value / 3600
    assert team.hours("work_offered") == pytest.approx([offered_h])
    assert team.erlangs(team.hours("work_offered")) == pytest.approx([1.0], rel=0.02)
    assert team.hours("busy") == pytest.approx([result.figures.teams["advisers"]["busy_h"].value])
    assert team.occupancy == pytest.approx([result.figures.teams["advisers"]["occupancy"].value])


def chained(team: TeamWalk) -> None:
    """Every level is the one before it and the changes in between; the first is the sum of the products."""
    products = [step for step in team.steps if step.kind == "product"]
    for step in products:
        assert step.contacts is not None
        assert step.handle_time_s is not None
        np.testing.assert_allclose(step.hours, step.contacts * step.handle_time_s / 3600)
    reached = sum(step.hours for step in products)
    for step in team.steps:
        if step.kind == "change":
            reached = reached + step.hours
        elif step.kind == "level":
            np.testing.assert_allclose(step.hours, reached, rtol=1e-9, atol=1e-6)


def test_every_level_follows_from_the_one_before(people: RunResult) -> None:
    walk = fte_walk(people.plan, people.statistics)
    for team in walk.teams:
        chained(team)


def test_levels_are_the_figures_of_the_run(people: RunResult) -> None:
    """What the walk calls busy, scheduled and paid is what the run measures and pays."""
    for team in fte_walk(people.plan, people.statistics, "horizon").teams:
        figures = people.figures.teams[team.team]
        assert team.hours("busy") == pytest.approx([figures["busy_h"].value])
        assert team.hours("scheduled") == pytest.approx([figures["scheduled_h"].value])
        assert -team.hours("overrun") == pytest.approx([figures["overrun_h"].value])
        if team.heads is not None:
            assert team.hours("paid") == pytest.approx([figures["paid_h"].value])


def test_people_add_up(people: RunResult) -> None:
    advisers, others = fte_walk(people.plan, people.statistics).teams
    heads = advisers.heads
    assert heads is not None
    assert heads.start[0] == 9
    np.testing.assert_allclose(heads.start + heads.hires - heads.leavers, heads.end)
    np.testing.assert_allclose(heads.start[1:], heads.end[:-1])
    np.testing.assert_allclose(advisers.hours("training"), heads.in_training * heads.paid_h_each)
    np.testing.assert_allclose(advisers.hours("paid"), heads.mean * heads.paid_h_each)
    assert others.heads is None
    assert others.full_time_h is None
    assert others.steps[-1].name == "scheduled"


def test_months_make_the_horizon(people: RunResult) -> None:
    months = fte_walk(people.plan, people.statistics).teams
    wholes = fte_walk(people.plan, people.statistics, "horizon").teams
    for by_month, whole in zip(months, wholes, strict=True):
        for step in by_month.steps:
            if step.name not in ("offered", "work_offered", "not_taken", "ramp"):  # of which ratios are made by span
                assert by_month.hours(step.name).sum() == pytest.approx(whole.hours(step.name).sum(), abs=1e-6)


def test_what_a_queue_is_offered_is_shared_among_those_who_took_it(people: RunResult) -> None:
    walk = fte_walk(people.plan, people.statistics)
    for queue in walk.queues:
        contacts = sum(
            step.contacts
            for team in walk.teams
            for step in team.steps
            if step.kind == "product" and step.of == queue.queue and step.contacts is not None
        )
        np.testing.assert_allclose(contacts, queue.offered)
        hours = sum(
            step.hours
            for team in walk.teams
            for step in team.steps
            if step.kind == "product" and step.of == queue.queue
        )
        assert hours == pytest.approx(queue.offered_h, rel=0.02)


def test_residuals_are_small(people: RunResult) -> None:
    """What doesn't fit into whole positions is less than one position; over whole weeks nothing moves."""
    advisers, _ = fte_walk(people.plan, people.statistics).teams
    assert (advisers.hours("unused") >= 0).all()
    assert (advisers.hours("unused") < 0.02 * advisers.hours("scheduled")).all()
    assert (np.abs(advisers.hours("moved")) < 0.05 * advisers.hours("scheduled")).all()
