"""Both engines give the same log of centres whose people differ: contracts, skills by tenure, moves, leavers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.centre.compile import compile_centre
from sim.centre.simulate import simulate
from sim.scenario.agents import Agent, AgentsTable
from sim.scenario.centre import CentreScenario

START = date(2027, 1, 4)
MATTERS = ("agenda", "tele")
HOUR_MS = 3_600_000
skills = st.none() | st.sets(st.sampled_from(MATTERS)).map(lambda found: tuple(sorted(found)))
since = st.sampled_from(["from start", "5 days", "10 days", "3 weeks"])
days = st.integers(0, 13)


@st.composite
def agents(draw: st.DrawFn) -> AgentsTable:
    """A file of a few people: some there, some to come, some known to leave."""
    rows = []
    for line in range(2, 2 + draw(st.integers(1, 8))):
        hired = START + timedelta(days=draw(st.integers(-40, 10)) if line > 2 else -30)
        leaves = draw(st.none() | st.integers(0, 12))
        rows.append(
            Agent(
                line,
                hired,
                None if leaves is None else max(hired, START) + timedelta(days=leaves),
                draw(st.none() | st.sampled_from([14 * HOUR_MS, 28 * HOUR_MS])),
                draw(skills),
            )
        )
    return AgentsTable(tuple(rows), "team.csv", START)


@st.composite
def teams(draw: st.DrawFn) -> dict[str, Any]:
    """A team of generalists in the making."""
    team: dict[str, Any] = {"contract": draw(st.sampled_from(["35 h", {"35 h": "60 %", "20 h": "40 %"}]))}
    if draw(st.booleans()):
        listed = draw(agents())
        team |= {"agents": listed, "heads": len(listed.today)}
    else:
        team["heads"] = draw(st.integers(1, 8))
    if draw(st.booleans()):
        team["skills"] = {matter: draw(since) for matter in MATTERS if draw(st.booleans())}
    if draw(st.booleans()):
        team["ramp"] = {"training": "3 days", "full_at": "12 days"}
    if draw(st.booleans()):
        team["attrition"] = {"rate": "90 % per month"}
    if draw(st.booleans()):
        on = START + timedelta(days=draw(days))
        team["hiring"] = {
            "classes": [{"on": on.isoformat(), "heads": draw(st.integers(1, 4))}],
            "replace_after": "2 days",
        }
    return team


@st.composite
def scenarios(draw: st.DrawFn) -> CentreScenario:
    """Two weeks of advisers who hand on to a desk, and between whom some move."""
    moves = [
        {
            "from": ends[0],
            "to": ends[1],
            "on": (START + timedelta(days=draw(days))).isoformat(),
            "heads": draw(st.integers(1, 3)),
            "training": draw(st.sampled_from([0, "2 days"])),
            "who": draw(st.sampled_from(["longest-serving", "newest"])),
        }
        for ends in draw(st.lists(st.permutations(["advisers", "desk"]), max_size=3))
    ]
    queue = {"channel": "call", "handle_time": "6 min", "patience": "4 min"}
    return CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": "People",
            "start": START.isoformat(),
            "horizon": "2 weeks",
            "warm_up": "none",
            "tick": draw(st.sampled_from(["1 ms", "10 s"])),
            "calendar": {"open": {"mon-fri": "08:00-14:00"}},
            "queues": {
                "calls": {
                    **queue,
                    "arrivals": {"per_week": draw(st.sampled_from([100, 400])), "volume_is": "first"},
                    "matters": {"agenda": "60 %", "tele": "40 %"},
                    "transfer": {"after": "1 min", "to": dict.fromkeys(MATTERS, "desk")},
                },
                "desk": {**queue, "arrivals": {"per_week": 20, "volume_is": "first"}},
            },
            "teams": {"advisers": {**draw(teams()), "serves": ["calls"]}, "desk": {"heads": 3, "serves": ["desk"]}},
            "moves": moves,
        }
    )


@given(scenarios(), st.integers(0, 100))
def test_engines_agree(scenario: CentreScenario, seed: int) -> None:
    centre = compile_centre(scenario).staffed()
    assert centre.workforce is not None or not any(scenario.has_workforce(name) for name in scenario.teams)
    (fast,) = simulate(centre, seed, [2], log=True)
    (reference,) = simulate(centre, seed, [2], "reference", log=True)
    assert fast.log is not None
    assert reference.log is not None
    for name in fast.log.dtype.names or ():
        np.testing.assert_array_equal(fast.log[name], reference.log[name], err_msg=name)
    if fast.people is not None and reference.people is not None:
        np.testing.assert_array_equal(fast.people, reference.people)
