"""What a planner reads about mistakes in teams, and in what they serve on which terms."""

import pytest


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"teams": {}}, "teams: must be from 1 to 100; there are 0"),
        ({"teams.advisers": {}}, "teams.advisers: needs heads or positions"),
        ({"teams.advisers.positions": 3}, "teams.advisers: gives heads and positions; keep one of them"),
        ({"teams.advisers.heads": 2.5}, "teams.advisers.heads: must be a whole number (got 2.5)"),
        ({"teams.advisers.heads": 1_000_000}, "teams.advisers.heads: must be at most 100000 (got 1000000)"),
        ({"teams.advisers.shrinkage": "100 %"}, 'teams.advisers.shrinkage: must be less than 100 % (got "100 %")'),
        ({"teams.advisers.seniority": "growing"}, "teams.advisers.seniority: unknown field"),
        ({"teams.advisers.novices": "120 %"}, 'teams.advisers.novices: can\'t be more than 100 % (got "120 %")'),
        (
            {"teams.advisers.cost": {}},
            "teams.advisers.cost: needs loaded_per_year, loaded_per_hour or per_contact, one of the three",
        ),
        (
            {"teams.advisers.cost": {"loaded_per_year": 36000}},
            'teams.advisers.cost.loaded_per_year: must be an amount and its currency, such as "36000 EUR" (got 36000)',
        ),
        (
            {"teams.advisers.hours": {"sat": "08:00-12:00"}},
            'teams.advisers.hours: the team is never there while "calls" is open, mon-fri 09:00-17:00 '
            "(got sat 08:00-12:00)",
        ),
        # what it serves
        (
            {"teams.advisers.serves": ["calls"]},
            "queues.emails: is served by no team; add it to what a team serves",
        ),
        (
            {"teams.advisers.serves": ["calls", "emial"]},
            'teams.advisers.serves.1: unknown queue "emial"; did you mean "emails"?',
        ),
        (
            {"teams.advisers.serves": {"calls": {}, "emial": {}}},
            'teams.advisers.serves.emial: unknown queue "emial"; did you mean "emails"?',
        ),
        ({"teams.advisers.serves": ["calls", "emails", "calls"]}, 'teams.advisers.serves.2: names "calls" twice'),
        ({"teams.advisers.serves": ["calls", 3]}, "teams.advisers.serves.1: must be the name of a queue (got 3)"),
        (
            {"teams.advisers.serves": []},
            "teams.advisers.serves: names no queue; name at least one, or leave it out for all",
        ),
        (
            {"teams.advisers.serves": "calls"},
            "teams.advisers.serves: must be a list of queues, such as [calls, emails], or a mapping of queues and "
            'terms (got "calls")',
        ),
        # on which terms
        (
            {"teams.advisers.serves": {"calls": {"sped": 1}, "emails": {}}},
            'teams.advisers.serves.calls.sped: unknown field; did you mean "speed"?',
        ),
        (
            {"teams.advisers.serves": {"calls": {"speed": 0}, "emails": {}}},
            "teams.advisers.serves.calls.speed: must be from 5 % to 2000 % (got 0)",
        ),
        (
            {"teams.advisers.serves": {"calls": {"handle_time": "10 %"}, "emails": {}}},
            "teams.advisers.serves.calls.handle_time: write a change with its sign, such as "
            '"+40 %" or "-10 %" (got "10 %")',
        ),
        (
            {"teams.advisers.serves": {"calls": {"handle_time": "-100 %"}, "emails": {}}},
            'teams.advisers.serves.calls.handle_time: must leave at least 5 % of the handle time (got "-100 %")',
        ),
        (
            {"teams.advisers.serves": {"calls": {"preference": 0}, "emails": {}}},
            "teams.advisers.serves.calls.preference: must be at least 1 (got 0)",
        ),
        (
            {"teams.advisers.serves": {"calls": {}, "emails": {"hours": {"sat": "14:00-18:00"}}}},
            "teams.advisers.serves.emails.hours: the team is never there in these hours; it is mon-fri 09:00-17:00, "
            "the hours of what it serves (got sat 14:00-18:00)",
        ),
        (
            {
                "teams.advisers.serves": {"calls": {}, "emails": {"hours": {"sat": ["9:00-10:00", "14:00-18:00"]}}},
                "teams.advisers.hours": {"mon-fri": "09:00-18:00", "sat": "10:00-14:00"},
            },
            "teams.advisers.serves.emails.hours: the team is never there in these hours; it is mon-fri 09:00-18:00, "
            "sat 10:00-14:00 (got sat 09:00-10:00 and 14:00-18:00)",
        ),
        (
            {
                "teams.advisers.serves": {"calls": {"hours": {"mon": "17:00-18:00"}}, "emails": {}},
                "teams.advisers.hours": {"mon-fri": "09:00-18:00"},
            },
            'teams.advisers.serves.calls.hours: "calls" is never open in these hours; it is mon-fri 09:00-17:00 '
            "(got mon 17:00-18:00)",
        ),
        # channels
        (
            {"teams.advisers.put_down_emails": "sometimes"},
            'teams.advisers.put_down_emails: must be "never", "own agent resumes" or "anyone resumes" '
            '(got "sometimes")',
        ),
        (
            {
                "teams.advisers.serves": ["calls"],
                "teams.others": {"positions": 2, "serves": ["emails"], "put_down_emails": "anyone resumes"},
            },
            "teams.others.put_down_emails: needs calls and emails among what the team serves",
        ),
        (
            {"teams.advisers.chat": {"at_once": 2}},
            "teams.advisers.chat: needs a queue of chats among those that the team serves",
        ),
        ({"teams.advisers.chat": {"at_once": 21}}, "teams.advisers.chat.at_once: must be at most 20 (got 21)"),
        (
            {"teams.advisers.chat": {"at_once": 3, "speed": ["100 %", "80 %"]}},
            "teams.advisers.chat.speed: must give 3 speeds; there are 2",
        ),
        (
            {"teams.advisers.chat": {"speed": ["90 %", "80 %"]}},
            "teams.advisers.chat.speed.0: must be 100 %, the speed of a chat alone; give a team's speed in serves",
        ),
        (
            {"teams.advisers.chat": {"speed": [1, "80 %", "85 %"]}},
            "teams.advisers.chat.speed: must not rise with more chats in hand",
        ),
        (
            {"teams.advisers.chat": {"speed": [1, "0.1 %"]}},
            'teams.advisers.chat.speed.1: must be at least 1 % (got "0.1 %")',
        ),
    ],
)
def test_a_mistake_is_told_with_its_mend(small, problems_of, changes, problem):
    assert problem in problems_of(small(changes))


def test_a_queue_is_not_said_to_be_unserved_while_a_name_is_wrong(small, problems_of):
    problems = problems_of(small({"teams.advisers.serves": ["calls", "emial"]}))
    assert problems == ['teams.advisers.serves.1: unknown queue "emial"; did you mean "emails"?']


def test_more_teams_than_are_taken(small, problems_of):
    teams = {f"t{number}": {"positions": 1} for number in range(101)}
    assert problems_of(small({"teams": teams})) == ["teams: must be from 1 to 100; there are 101"]


def test_emails_may_be_answered_while_their_queue_is_closed(small, write):
    """A team may work on emails at hours when none arrive."""
    from sim.scenario.load import load_scenario

    night = {"positions": 2, "serves": {"emails": {"hours": {"sat": "10:00-12:00"}}}, "hours": {"sat": "08:00-12:00"}}
    load_scenario(write(small({"teams.night": night, "queues.emails.open": {"mon-fri": "09:00-17:00"}})))
