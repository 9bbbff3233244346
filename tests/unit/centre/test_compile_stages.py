"""What agents do at each stage of experience, as the engines read it."""

import numpy as np

from sim.centre.compile import compile_centre

from .test_compile_transfers import SPECIALISTS


def stages(scenario, values, **added):
    return compile_centre(scenario(values, **added)).staffed().engine.stages


def test_what_a_plain_file_leaves_unsaid(scenario):
    plain = stages(scenario, {}, emails=True)
    assert plain.handle_factor.tolist() == plain.recontact_factor.tolist() == [[1, 1]]
    assert plain.lost_ppm.tolist() == [[0, 0]]
    assert plain.solves.tolist() == [[1]]


def test_terms_of_a_team(scenario):
    terms = {"speed": "80 %", "handle_time": "+10 %", "recontact": "120 %"}
    teams = {"front": {"positions": 9, "serves": {"calls": terms}}, "back": {"positions": 9}}
    found = stages(scenario, {"teams": teams}, emails=True)
    np.testing.assert_allclose(found.handle_factor, [[1.1 / 0.8, 1], [1, 1]])
    np.testing.assert_allclose(found.recontact_factor, [[1.2, 1], [1, 1]])


def test_a_teams_share_of_novices(scenario):
    values = {
        "queues.calls.satisfaction": {"base": "97 %", "novice": "8 points"},
        "queues.emails.satisfaction": {"base": "95 %", "novice": "3 points"},
        "teams": {"old": {"positions": 9}, "young": {"positions": 9, "novices": "20 %"}},
    }
    found = stages(scenario, values, emails=True, chats=True)
    assert found.lost_ppm.tolist() == [[0, 0, 0], [16_000, 6_000, 0]]


def test_skills(scenario):
    """Matters are numbered over all queues; the unnamed one is the last, and all solve it."""
    found = stages(scenario, SPECIALISTS, desk=True)
    assert found.solves.tolist() == [[1, 0, 0, 1], [1, 1, 1, 1], [1, 1, 1, 1]]


def test_agents_are_at_their_teams_stage(scenario):
    values = {"teams": {"old": {"positions": 2}, "young": {"positions": 3}}}
    staff = compile_centre(scenario(values)).staffed().engine.staff
    assert staff.agent_stage.tolist() == [staff.agent_team.tolist()] == [[0, 0, 1, 1, 1]]
