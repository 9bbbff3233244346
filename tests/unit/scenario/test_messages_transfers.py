"""What a planner reads about mistakes in matters, skills and transfers."""

import pytest

from sim.scenario.load import load_scenario

CALL = {"channel": "call", "handle_time": "6 min"}
HANDED = {"after": "2 min", "to": {"billing": "desk"}}
SKILLED = {
    "queues.calls.matters": {"agenda": "60 %", "billing": "40 %"},
    "queues.calls.transfer": HANDED,
    "queues.desk": CALL,
    "teams.advisers.serves": ["calls", "emails"],
    "teams.advisers.skills": ["agenda"],
    "teams.desk": {"serves": ["desk"], "skills": ["billing"], "positions": 3},
}

FROM_CALLS = (
    'queues.emails: "advisers" can\'t solve "billing", which comes here from "calls"; say to which queue they hand it '
    "on, transfer: {after: 2 min, to: {billing: QUEUE}}, or give them the skill"
)


def test_an_unknown_queue_may_be_the_one_that_lives_on_others(small, problems_of):
    changes = {**SKILLED, "queues.calls.transfer": {"after": "2 min", "to": {"billing": "dsk"}}}
    assert problems_of(small(changes)) == [
        'queues.calls.transfer.to.billing: unknown queue "dsk"; did you mean "desk"?'
    ]


def test_late_emails_that_call_where_chats_are_taken(small, problems_of):
    """That those who take the chats lack a skill for them is no news."""
    changes = {
        "queues.chat": {"channel": "chat", "arrivals": {"per_week": 100}, "handle_time": "6 min"},
        "queues.emails.matters": {"complex": "100 %"},
        "queues.emails.late_to_call": {"probability": "10 %", "to": "chat"},
        "queues.calls.matters": {"agenda": "100 %"},
        "teams.advisers.serves": ["calls", "chat"],
        "teams.advisers.skills": ["agenda"],
        "teams.writers": {"serves": ["emails"], "positions": 3},
    }
    assert problems_of(small(changes)) == [
        'queues.emails.late_to_call.to: must be a queue of calls; "chat" takes chats'
    ]


def test_a_sound_one(small, write):
    model = load_scenario(write(small(SKILLED))).model
    assert model.matters == ("agenda", "billing", "")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"queues.calls.matters": {"agenda": "60 %"}},
            "queues.calls.matters: the shares must sum to 100 % (they sum to 60 %)",
        ),
        (
            {"queues.calls.matters": {"a b": "100 %"}},
            "queues.calls.matters.a b: a name is made of letters, digits, _ and -, at most 60 of them; take out the "
            'space (got "a b")',
        ),
        (
            {"queues.calls.matters": ["agenda"]},
            "queues.calls.matters: must be a mapping of matters and shares, such as {agenda: 60 %, billing: 40 %} "
            "(got a list)",
        ),
        (
            {"queues.calls.matters": {f"m{number}": 1 / 51 for number in range(51)}},
            "queues: name 51 matters; at most 50",
        ),
        (
            {"teams.advisers.skills": ["agnda"]},
            'teams.advisers.skills.0: unknown matter "agnda"; did you mean "agenda"?',
        ),
        ({"teams.advisers.skills": ["agenda", "agenda"]}, 'teams.advisers.skills.1: names "agenda" twice'),
        (
            {"teams.advisers.skills": "agenda"},
            "teams.advisers.skills: must be a list, such as [agenda], or times from hire, such as "
            '{agenda: from start, billing: 3 months} (got "agenda")',
        ),
        (
            {"queues.calls.transfer.to": {"biling": "desk"}},
            'queues.calls.transfer.to.biling: unknown matter "biling"; did you mean "billing"?',
        ),
        (
            {"queues.calls.transfer.to": {"billing": "desc"}},
            'queues.calls.transfer.to.billing: unknown queue "desc"; did you mean "desk"?',
        ),
        (
            {"queues.calls.transfer.to": {"billing": "calls"}},
            "queues.calls.transfer.to.billing: must be another queue",
        ),
        (
            {"queues.calls.transfer.to": {"billing": "emails"}},
            'queues.calls.transfer.to.billing: must be a queue of calls; "emails" takes emails',
        ),
        (
            {"queues.calls.transfer": {"after": "2 min", "to": {}}},
            'queues.calls.transfer.to: "advisers" can\'t solve "billing"; say to which queue they hand it on, '
            "to: {billing: QUEUE}, or give them the skill",
        ),
        (
            {"teams.desk.skills": []},
            'queues.desk: "desk" can\'t solve "billing", which comes here from "calls"; say to which queue they hand '
            "it on, transfer: {after: 2 min, to: {billing: QUEUE}}, or give them the skill",
        ),
        (
            {
                "queues.desk": {**CALL, "transfer": {"after": "1 min", "to": {"billing": "calls"}}},
                "teams.desk.skills": [],
            },
            "queues.calls.transfer.to.billing: leads round in a circle: calls -> desk -> calls",
        ),
        # matters also come to other queues by re-contacts, late emails and posts
        (
            {"queues.calls.recontact": {"probability": "5 %", "after": "1 day", "to": {"emails": 1}}},
            FROM_CALLS,
        ),
        (
            {"queues.calls.deflection": {"share": "5 %", "posts": {"share": "5 %", "to": "emails"}}},
            FROM_CALLS,
        ),
        (
            {
                "queues.emails.matters": {"agenda": 0.5, "tele": 0.5},
                "queues.emails.transfer": {"after": "1 min", "to": {"tele": "mails"}},
                "queues.mails": {"channel": "email", "handle_time": "6 min"},
                "queues.emails.late_to_call": {"probability": "5 %", "to": "calls"},
                "teams.others": {"serves": ["mails"], "positions": 1},
            },
            'queues.calls.transfer.to: "advisers" can\'t solve "tele", which comes here from "emails"; say to which '
            "queue they hand it on, to: {tele: QUEUE}, or give them the skill",
        ),
        # how they are handed on
        (
            {"queues.calls.transfer": {"to": {"billing": "desk"}}},
            "queues.calls.transfer.after: is required",
        ),
        (
            {"queues.calls.transfer.place": "front"},
            'queues.calls.transfer.place: must be "head" or "tail" (got "front")',
        ),
        (
            {"queues.calls.transfer.warm": {"hold": 0}},
            "queues.calls.transfer.warm.hold: must be longer than 0 (got 0)",
        ),
        (
            {"queues.calls.transfer.warm": {"joint": "1 min"}},
            "queues.calls.transfer.warm.hold: is required",
        ),
        (
            {"queues.emails.transfer": {"after": "1 min", "to": {}, "warm": {"hold": "1 min"}}},
            "queues.emails.transfer.warm: is for calls only; this queue's channel is email",
        ),
        # a queue that lives on others
        (
            {"queues.lonely": CALL, "teams.desk.serves": ["desk", "lonely"]},
            "queues.lonely.arrivals: is required; only a queue to which others send contacts may leave it out",
        ),
    ],
)
def test_a_mistake_is_told_with_its_mend(small, problems_of, changes, problem):
    merged = {path: value for path, value in SKILLED.items() if not any(own.startswith(path) for own in changes)}
    nested = {path: value for path, value in SKILLED.items() if any(own.startswith(f"{path}.") for own in changes)}
    assert problem in problems_of(small({**merged, **nested, **changes}))


NEVER_JUDGED = (
    "would never be judged: contacts come here by transfer alone, and are judged where they came first; promise it in "
    '"calls"'
)
JUDGED_HERE = "; judge the wait here by transfers: 80 % in 1 min"


def test_what_is_promised_is_promised_where_contacts_come_first(small, problems_of):
    targets = {"service_level": "80 % in 20 s", "answer_rate": "90 %", "satisfaction": "90 %"}
    desk = {**CALL, "satisfaction": {"base": "95 %"}, "targets": targets}
    assert problems_of(small({**SKILLED, "queues.desk": desk})) == [
        f"queues.desk.targets.service_level: {NEVER_JUDGED}{JUDGED_HERE}",
        f"queues.desk.targets.answer_rate: {NEVER_JUDGED}{JUDGED_HERE}",
        f"queues.desk.targets.satisfaction: {NEVER_JUDGED}{JUDGED_HERE}",
    ]


def test_replies_are_promised_where_emails_come_first(small, problems_of):
    changes = {
        "queues.emails.matters": {"agenda": "60 %", "billing": "40 %"},
        "queues.emails.transfer": {"after": "2 min", "to": {"billing": "desk"}},
        "queues.desk": {"channel": "email", "handle_time": "6 min", "targets": {"response": "80 % in 4 h"}},
        "teams.advisers": {"heads": 12, "serves": ["calls", "emails"], "skills": ["agenda"]},
        "teams.desk": {"serves": ["desk"], "positions": 3},
    }
    (problem,) = problems_of(small(changes))
    assert problem == f"queues.desk.targets.response: {NEVER_JUDGED}".replace("calls", "emails")


@pytest.mark.parametrize(
    "others",
    [
        {"queues.desk.arrivals": {"per_week": 1}},
        {"queues.desk.recontact": {"probability": "5 %", "after": "1 day"}},
        {"queues.desk": {**CALL, "patience": "2 min", "redial": {"probability": "5 %", "after": "5 min"}}},
        {
            "queues.calls.recontact": {"probability": "5 %", "after": "1 day", "to": {"desk": 1}},
            "teams.desk.skills": ["billing", "agenda"],
        },
    ],
)
def test_some_who_come_by_themselves_can_be_judged(small, write, others):
    changes = {**SKILLED, **others, "queues.desk.targets": {"service_level": "80 % in 20 s"}}
    loaded = load_scenario(write(small(changes)))
    (told,) = [one.message for one in loaded.warnings if one.field == "queues.desk.targets"]
    assert "contacts a week; the 3" in told
    assert told.endswith(
        ' that are handed on here are judged by their first wait, in "calls"; to judge their wait here, promise '
        "transfers, such as 80 % in 1 min"
    )


def test_those_handed_on_are_judged_where_they_are_handed_on_to(small, write):
    desk = {**CALL, "targets": {"transfers": "80 % in 1 min"}}
    loaded = load_scenario(write(small({**SKILLED, "queues.desk": desk})))
    queue = loaded.model.queues["desk"]
    assert (queue.threshold_ms, queue.transfer_threshold_ms) == (20_000, 60_000)
    assert [one for one in loaded.warnings if one.field.startswith("queues.desk")] == []


def test_those_handed_on_are_judged_only_where_some_are(small, problems_of):
    changes = {**SKILLED, "queues.calls.targets.transfers": "80 % in 1 min"}
    assert problems_of(small(changes)) == [
        "queues.calls.targets.transfers: would never be judged: no queue hands contacts on to this one; name it in the "
        "transfer of one, to: {MATTER: calls}, or promise a service_level for those who come by themselves"
    ]


def test_emails_handed_on_are_judged_by_their_reply(small, problems_of):
    assert problems_of(small({"queues.emails.targets.transfers": "80 % in 1 min"})) == [
        "queues.emails.targets.transfers: is for calls and chats only; this queue's channel is email; an email that is "
        'handed on is in time by the "response" of the queue that it came to first'
    ]


def test_a_target_for_those_handed_on_where_everybody_solves_everything(small, write):
    desk = {**CALL, "targets": {"transfers": "80 % in 1 min"}}
    changes = {**SKILLED, "queues.desk": desk, "teams.advisers.skills": ["agenda", "billing"]}
    told = [one.message for one in load_scenario(write(small(changes))).warnings]
    assert "judges nothing: whoever serves the queues that hand on here solves what it would be for" in told


def test_a_queue_that_isn_t_there_is_told_while_matters_are_wrong(small, problems_of):
    changes = {**SKILLED, "queues.calls.matters": {"agenda": 60, "billing": 40}}
    problems = problems_of(small({**changes, "queues.calls.transfer": {"after": "2 min", "to": {"billing": "desc"}}}))
    assert 'queues.calls.transfer.to.billing: unknown queue "desc"; did you mean "desk"?' in problems


def test_skills_where_no_queue_names_matters(small, problems_of):
    problems = problems_of(small({"teams.advisers.skills": ["agenda"]}))
    assert problems == ['teams.advisers.skills.0: unknown matter "agenda"; no queue names its matters']


def test_matters_with_no_share_need_no_skill(small, write):
    changes = {"queues.calls.matters": {"agenda": 1, "billing": 0}, "teams.advisers.skills": ["agenda"]}
    load_scenario(write(small(changes)))


def test_skills_aren_t_judged_while_a_team_is_broken(small, problems_of):
    problems = problems_of(small({**SKILLED, "teams.desk.skills": [3], "teams.advisers.skills": ["agenda"]}))
    assert problems == ["teams.desk.skills.0: a name is made of letters, digits, _ and -, at most 60 of them (got 3)"]


def test_a_mapping_that_a_setting_was_merged_into_tells_what_it_kept(small, problems_of):
    data = small({"queues.calls.matters": {"agenda": "60 %", "billing": "30 %", "technical": "10 %"}})
    changed = 'queues.calls.matters={"agenda": "60 %", "billing": "40 %"}'
    assert problems_of(data, changed) == [
        "queues.calls.matters: the shares must sum to 100 % (they sum to 110 %); kept from the file: technical; "
        "--set queues.calls.matters.technical= takes it out"
    ]
    without = "queues.calls.matters.technical="
    wrong = 'queues.calls.matters={"agenda": "50 %", "billing": "40 %"}'
    assert problems_of(data, wrong, without) == [
        "queues.calls.matters: the shares must sum to 100 % (they sum to 90 %)"
    ]
