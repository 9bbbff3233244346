"""What is told of contacts that hardly anybody would take."""

import pytest

DESK = {
    "queues.calls.matters": {"agenda": "60 %", "billing": "40 %"},
    "queues.calls.transfer": {"after": "2 min", "to": {"billing": "desk"}},
    "queues.desk": {"channel": "call", "handle_time": "6 min"},
    "teams.advisers.serves": ["calls", "emails"],
    "teams.advisers.skills": ["agenda"],
    "teams.specialists": {"serves": ["desk"], "positions": 7},
}


def test_handed_on_in_the_hours_of_those_who_hand_on(doubts):
    assert doubts(DESK) == []
    assert doubts({**DESK, "queues.desk.open": {"mon-fri": "09:00-17:00", "sat": "09:00-17:00"}}) == []


def test_handed_on_to_a_queue_that_is_closed(doubts):
    (told,) = doubts({**DESK, "queues.desk.open": {"mon-thu": "10:00-17:00"}})
    assert told == (
        'queues.calls.transfer.to.billing: "desk" is closed in 12 of the 40 hours a week in which "calls" is open: '
        "who is handed on then comes there only at its next opening"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"teams.specialists.hours": {"mon-fri": "09:00-13:00"}},
        {"teams.specialists.serves": {"desk": {"hours": {"mon-fri": "09:00-13:00"}}}},
    ],
)
def test_handed_on_while_nobody_is_there(doubts, changes):
    (told,) = doubts({**DESK, **changes})
    assert told.startswith('queues.calls.transfer.to.billing: "desk" is open without anybody who serves it in 20 of')


def test_an_email_that_is_handed_on_waits_for_the_next_opening(doubts):
    emails = {
        "queues.emails.matters": {"billing": "100 %"},
        "queues.emails.transfer": {"after": "2 min", "to": {"billing": "desk"}},
        "queues.desk": {"channel": "email", "handle_time": "6 min", "open": {"mon": "10:00-17:00"}},
        "teams.advisers.serves": ["calls", "emails"],
        "teams.advisers.skills": [],
        "teams.specialists": {"serves": ["desk"], "positions": 7},
    }
    assert doubts(emails) == []


def test_seeing_that_one_can_t_solve_it_takes_longer_than_solving(doubts):
    (told,) = doubts({**DESK, "queues.calls.transfer.after": "7 min"})
    assert told.startswith("queues.calls.transfer.after: 7 min on average is longer than the handle time of contacts")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"teams.advisers": {"positions": 5, "reserve": 4}}, []),
        ({"teams.advisers": {"heads": 12, "reserve": 7}}, []),
        (
            {"teams.advisers": {"heads": 12, "reserve": 8}},
            [
                'teams.advisers.reserve: 8 must stay idle when a contact of "emails" is started, and the team has '
                "7.35 positions on average: it hardly ever takes one"
            ],
        ),
        (
            {"teams.advisers": {"heads": 12, "serves": {"calls": {"reserve": 9}, "emails": {}}}},
            [
                'teams.advisers.serves.calls.reserve: 9 must stay idle when a contact of "calls" is started, and the '
                "team has 7.35 positions on average: it hardly ever takes one"
            ],
        ),
        (
            {"teams.advisers": {"positions": 3, "reserve": 3}},
            [
                'teams.advisers.reserve: 3 must stay idle when a contact of "emails" is started, and the team has 3 '
                "positions at most: it never takes one"
            ],
        ),
        (
            {"teams.advisers": {"positions": {"mon-fri": {"09:00": 2, "12:00": 4, "17:00": 0}}, "reserve": 3}},
            [],
        ),
    ],
)
def test_a_reserve_of_as_many_as_there_are(doubts, changes, told):
    assert doubts(changes) == told


@pytest.mark.parametrize(
    ("team", "told"),
    [
        ({"positions": {"mon-thu": {"09:00": 9}}}, "8 of the 40 hours a week in which it is open, fri 09:00-17:00"),
        (
            {"positions": {"mon-fri": {"09:00": 9, "12:00": 0, "13:00": 9, "16:00": 0}}},
            "10 of the 40 hours a week in which it is open, mon-fri 12:00-13:00 and 16:00-17:00",
        ),
        ({"positions": 9, "hours": {"mon": "09:00-17:00"}}, "32 of the 40 hours"),
        ({"positions": {"mon-fri": {"09:00": 9, "16:30": 9}}}, None),
        ({"positions": {"mon-fri": {"08:00": 9, "16:54": 0}}}, None),
    ],
)
def test_open_while_nobody_is_there(doubts, team, told):
    found = doubts(
        {"teams.advisers": {**team, "serves": ["calls"]}, "teams.back": {"positions": 3, "serves": ["emails"]}}
    )
    assert len(found) == (told is not None)
    if told:
        assert found[0].startswith(f"queues.calls: nobody who serves it is there in {told}")
    others = {"teams.advisers": {**team, "serves": ["calls"]}, "teams.back": {"positions": 3}}
    assert doubts(others) == []
