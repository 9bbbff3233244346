"""Both engines give the same log of one centre in which everything about people and their time is switched on."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.simulate import simulate
from sim.scenario.load import load_scenario

AGENTS = """\
id,hire_date,end_date,contract_hours,skills
a,2020-01-06,,35,
b,2021-03-01,2027-01-13,28,agenda
c,2026-12-14,,35,
d,2027-01-11,,20,
e,2022-05-02,,,agenda; tele
"""
CENTRE = """\
kind: centre
name: Everything
start: 2027-01-04
horizon: 2 weeks
tick: TICK
calendar: {open: {mon-fri: "08:00-18:00"}, closed: [2027-01-06]}
queues:
  calls:
    channel: call
    arrivals: {file: volumes.csv, busyness: 10 %}
    handle_time: 6 min
    patience: 3 min
    redial: {probability: 50 %, after: 5 min}
    recontact: {probability: 15 %, within: 5 days, re_explain: 1 min}
    callback: {above: 2 min, accepted: 40 %, reached: 70 %}
    matters: {agenda: 60 %, tele: 40 %}
    transfer: {after: 2 min, to: {agenda: desk, tele: desk}}
    targets: {service_level: 80 % in 30 s}
  desk: {channel: call, arrivals: {per_week: 30}, handle_time: 8 min, patience: 5 min}
  chats:
    channel: chat
    arrivals:
      customers: {at_start: 400, growth: 5 % per month, contacts: 2 per month, contacts_growth: -10 % per year}
    handle_time: 5 min
    patience: 4 min
  emails:
    channel: email
    arrivals: {per_week: 150, out_of_hours: 30 %}
    handle_time: 7 min
    targets: {response: 80 % in 4 h}
teams:
  advisers:
    agents: team.csv
    serves: [calls, emails]
    skills: {agenda: from start, tele: 5 weeks}
    put_down_emails: own agent resumes
    ramp: {training: 3 days, starts_at: 50 %, full_at: 6 weeks, recontact: 150 %}
    attrition: {rate: 60 % per month}
    hiring: {replace_after: 2 days}
    shrinkage: {paid_leave: 10 %, sickness: 10 %, breaks: 8 %}
    shrinkage_convention: by presence
    sickness_waves: {cv: 60 %, lasting: 1 week}
    overtime: [{from: 2027-01-04, until: 2027-01-10, hours: 4 h per week, pay: 125 %}]
    time_off: [{from: 2027-01-11, until: 2027-01-17, hours: 2 h per week, share: 50 %}]
    coaching: {coaches: 1, time: 10 %, per_trainee: 8 h per week, per_beginner: 6 h per week, per_agent: 1 h per week}
  shifts:
    heads: 6
    serves: [calls, chats, emails]
    put_down_emails: anyone resumes
    ramp: {training: 2 days, full_at: 3 weeks}
    attrition: {rate: 30 % per month}
    hiring: {classes: [{on: 2027-01-11, heads: 2}]}
    shrinkage: {sickness: 10 %, meetings: 6 %}
    sickness_waves: {cv: 60 %, lasting: 1 week}
    shifts:
      early: {start: "08:00", length: 8 h, breaks: {lunch: {length: 1 h, between: "11:30-14:00"}}}
      late: {start: "10:00", length: 8 h, breaks: {lunch: {length: 1 h, between: "12:30-15:00"}}}
  desk: {heads: 3, serves: [desk], shrinkage: 10 %, ramp: {training: 1 day, full_at: 2 weeks}}
  partner:
    heads: 0
    from: 2027-01-11
    until: 2027-01-15
    serves: {calls: {speed: 85 %, overflow_after: 20 s}}
    hiring: {classes: [{on: 2027-01-11, heads: 2}]}
    cost: {per_contact: 4 EUR}
moves:
  - {from: advisers, to: desk, on: 2027-01-12, heads: 1, training: 1 day}
"""


@pytest.fixture(params=["1 ms", "1 s", "1 min"])
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    (tmp_path / "team.csv").write_text(AGENTS, encoding="utf-8")
    (tmp_path / "volumes.csv").write_text("month,calls\n2026-12,1500\n2027-01,1900\n", encoding="utf-8")
    path = tmp_path / "everything.yaml"
    path.write_text(CENTRE.replace("TICK", request.param), encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", [1, 2])
def test_everything_agrees(file: Path, seed: int) -> None:
    centre = compile_centre(load_scenario(file).model).staffed()
    (fast,) = simulate(centre, seed, [7], log=True)
    (reference,) = simulate(centre, seed, [7], "reference", log=True)
    assert fast.log is not None
    assert reference.log is not None
    assert fast.log.size > 500
    for name in fast.log.dtype.names or ():
        np.testing.assert_array_equal(fast.log[name], reference.log[name], err_msg=name)
    for field in fields(fast.counts):
        counted, expected = (getattr(one.counts, field.name) for one in (fast, reference))
        np.testing.assert_array_equal(counted, expected, err_msg=field.name)
    np.testing.assert_array_equal(fast.people, reference.people)
