"""What a planner reads about mistakes in what waiting, deflection, pressure and satisfaction of a queue say."""

import pytest

from sim.scenario.load import load_scenario

CHAT = {"channel": "chat", "arrivals": {"per_week": 100}, "handle_time": "9 min", "patience": "2 min"}
RATED = {"base": "95 %", "per_minute": "1 point"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        # channels
        ({"queues.chat": {**CHAT, "trunks": 3}}, "queues.chat.trunks: is for calls only; this queue's channel is chat"),
        (
            {"queues.chat": {**CHAT, "after_call_work": "1 min"}},
            "queues.chat.after_call_work: is for calls and emails only; this queue's channel is chat",
        ),
        (
            {"queues.chat": {**CHAT, "callback": {"above": "1 min", "accepted": "50 %"}}},
            "queues.chat.callback: is for calls only; this queue's channel is chat",
        ),
        (
            {"queues.chat": {**CHAT, "targets": {"response": "80 % in 4 h"}}},
            "queues.chat.targets.response: is for emails only; this queue's channel is chat; promise "
            '"service_level" instead',
        ),
        (
            {"queues.emails.announcement": {"above": "1 min", "balking": "5 %"}},
            "queues.emails.announcement: is for calls and chats only; this queue's channel is email",
        ),
        (
            {"queues.chat": CHAT, "queues.emails.late_to_call": {"probability": "5 %", "to": "chat"}},
            'queues.emails.late_to_call.to: must be a queue of calls; "chat" takes chats',
        ),
        # customers
        (
            {"queues.calls.arrivals": {"customers": {"at_start": 900, "contacts": "1.6"}}},
            "queues.calls.arrivals.customers.contacts: must be contacts of one customer in a time, such as "
            '"1.6 per month" (got "1.6")',
        ),
        (
            {"queues.calls.arrivals": {"customers": {"at_start": 900, "contacts": "200 per day"}}},
            'queues.calls.arrivals.customers.contacts: must be at most 1000 a week (got "200 per day")',
        ),
        (
            {"queues.calls.arrivals.customers": {"at_start": 900, "contacts": "2 per month"}},
            "queues.calls.arrivals: gives per_week and customers; keep one of them",
        ),
        (
            {
                "queues.calls.arrivals": {
                    "customers": {"at_start": 900, "contacts": "2 per month"},
                    "growth": "2 % per month",
                }
            },
            "queues.calls.arrivals.growth: can't stand beside customers; give customers.growth, or "
            "customers.contacts_growth",
        ),
        (
            {"queues.calls.arrivals": {"customers": {"at_start": 10_000_000, "contacts": "10 per week"}}},
            "queues.calls.arrivals: reaches 1e+08 contacts a week at its peak; at most 50,000,000 are taken",
        ),
        # waiting
        (
            {"queues.calls.callback": {"above": "1 min"}},
            "queues.calls.callback.accepted: is required",
        ),
        (
            {"queues.calls.callback": {"above": "1 min", "accepted": "50 %", "reached": "0 %"}},
            'queues.calls.callback.reached: must be more than 0 % (got "0 %")',
        ),
        (
            {"queues.calls.callback": {"above": "1 min", "accepted": "50 %", "tries": 101}},
            "queues.calls.callback.tries: must be at most 100 (got 101)",
        ),
        (
            {"queues.calls.callback": {"above": "1 min", "acepted": "50 %"}},
            'queues.calls.callback.acepted: unknown field; did you mean "accepted"?',
        ),
        (
            {"queues.calls.announcement": {"above": "1 min"}},
            "queues.calls.announcement: says nothing of what callers do; give balking or patience",
        ),
        (
            {
                "queues.calls.announcement": {"above": "1 min", "patience": "150 %"},
                "queues.calls.patience": "unlimited",
            },
            "queues.calls.announcement.patience: needs the queue's patience, which it multiplies",
        ),
        (
            {"queues.calls.score": {"base": 5}},
            'queues.calls.score: needs "contacts: score" in the routing at the top of the file',
        ),
        (
            {"routing.contacts": "score", "queues.calls.priority": 2},
            'queues.calls.priority: has no effect with "contacts: score" in the routing: the highest score goes first; '
            "give the queue a score instead",
        ),
        (
            {"routing.contacts": "score", "teams.advisers.serves": {"calls": {"priority": 2}, "emails": {}}},
            'teams.advisers.serves.calls.priority: has no effect with "contacts: score" in the routing: the highest '
            "score goes first; give the queue a score instead",
        ),
        (
            {"queues.calls.score": {"base": -5}},
            "queues.calls.score.base: can't be negative (got -5)",
        ),
        (
            {"routing": {"agents": "longest"}},
            'routing.agents: must be "longest idle", "fastest first" or "least occupied"; did you mean "longest idle"? '
            '(got "longest")',
        ),
        ({"contacts": "score"}, "contacts: unknown field here; it belongs to the routing"),
        # deflection
        (
            {"queues.calls.deflection": {"share": "a lot"}},
            'queues.calls.deflection.share: must be a share such as "80 %" or 0.8; or a list such as '
            '[{from: 2027-03-01, share: 10 %}] (got "a lot")',
        ),
        (
            {"queues.calls.deflection": {"share": []}},
            "queues.calls.deflection.share: must have from 1 to 1000 entries (got an empty list)",
        ),
        (
            {"queues.calls.deflection": {"share": ["10 %"]}},
            'queues.calls.deflection.share.0: must be such as {from: 2027-03-01, share: 10 %} (got "10 %")',
        ),
        (
            {"queues.calls.deflection": {"share": [{"from": "2027-02-30", "shar": "10 %"}]}},
            'queues.calls.deflection.share.0.from: is not a date that exists (got "2027-02-30")',
        ),
        (
            {"queues.calls.deflection": {"share": [{"from": "2027-02-03", "shar": "10 %"}]}},
            'queues.calls.deflection.share.0.shar: unknown field; did you mean "share"?',
        ),
        (
            {"queues.calls.deflection": {"share": [{"share": "110 %"}]}},
            'queues.calls.deflection.share.0.share: can\'t be more than 100 % (got "110 %")',
        ),
        (
            {"queues.calls.deflection": {"share": [{"from": "2027-02-03", "share": 0.1}] * 2}},
            "queues.calls.deflection.share.1.from: is given twice (got 2027-02-03)",
        ),
        (
            {"queues.calls.deflection": {"share": "5 %", "posts": {"share": "50 %", "to": "calls"}}},
            "queues.calls.deflection.posts.to: must be another queue, in which advisers answer",
        ),
        (
            {"queues.emails.deflection": {"share": "5 %", "posts": {"share": "50 %", "to": "calls"}}},
            'queues.emails.deflection.posts.to: must be a queue of emails; "calls" takes calls',
        ),
        (
            {"queues.calls.deflection": {"share": "5 %", "posts": {"share": "50 %", "to": "email"}}},
            'queues.calls.deflection.posts.to: unknown queue "email"; did you mean "emails"?',
        ),
        # pressure
        (
            {"queues.calls.pressure": {"handle_time": "2 min", "elasticity": 0}},
            'queues.calls.pressure.handle_time: write a change with its sign, such as "-2 min" or "-20 %" '
            '(got "2 min")',
        ),
        (
            {"queues.calls.pressure": {"handle_time": "-2", "elasticity": 0}},
            'queues.calls.pressure.handle_time: must be a duration such as "10 min", "4 h" or "3 weeks"; write a '
            'change with its sign, such as "-2 min" or "-20 %" (got "-2")',
        ),
        (
            {"queues.calls.pressure": {"handle_time": "-6 min", "elasticity": 0}},
            "queues.calls.pressure.handle_time: would leave nothing of the handle time; it must be from 5 % to 2000 %",
        ),
        (
            {"queues.calls.pressure": {"handle_time": "-97 %", "elasticity": 0}},
            "queues.calls.pressure.handle_time: would leave 3 % of the handle time; it must be from 5 % to 2000 %",
        ),
        (
            {
                "queues.calls.handle_time": {"distribution": "empirical", "values": [0]},
                "queues.calls.pressure": {"handle_time": "-20 %", "elasticity": 0},
            },
            "queues.calls.pressure.handle_time: would leave nothing of the handle time; it must be from 5 % to 2000 %",
        ),
        (
            {"queues.calls.pressure": {"handle_time": "-2 min", "elasticity": 0.5}},
            "queues.calls.pressure.elasticity: needs the queue's recontact, whose rate it changes",
        ),
        (
            {"queues.calls.pressure": {"handle_time": "-2 min"}},
            "queues.calls.pressure.elasticity: is required",
        ),
        (
            {
                "queues.calls.pressure": {"handle_time": "-50 %", "elasticity": 10},
                "queues.calls.recontact": {"probability": "10 %", "after": "1 day"},
                "queues.calls.patience": "unlimited",
            },
            "queues: every contact brings back at least another, so no volume holds; "
            "lower the re-contact or redial rates",
        ),
        # satisfaction
        ({"queues.calls.satisfaction": {}}, "queues.calls.satisfaction.base: is required"),
        (
            {"queues.calls.satisfaction": {"base": "95 %", "transfer": 6}},
            'queues.calls.satisfaction.transfer: must be percentage points such as "6 points" (got 6)',
        ),
        (
            {"queues.calls.satisfaction": {"base": "95 %", "transfer": "600 points"}},
            'queues.calls.satisfaction.transfer: must be at most 100 points (got "600 points")',
        ),
        (
            {"queues.emails.satisfaction": RATED},
            "queues.emails.satisfaction.per_minute: is for calls and chats only; this queue's channel is email",
        ),
        (
            {"queues.calls.satisfaction": {"base": "95 %", "per_hour": "1 point"}},
            "queues.calls.satisfaction.per_hour: is for emails only; this queue's channel is call",
        ),
        (
            {"queues.calls.targets.satisfaction": "95 %"},
            "queues.calls.targets.satisfaction: needs the queue's satisfaction, which says how it comes about",
        ),
        (
            {"queues.calls.targets.satisfaction": "96 %", "queues.calls.satisfaction": RATED},
            "queues.calls.targets.satisfaction: can't be met: satisfaction begins at its base of 95 %",
        ),
        # volumes
        (
            {"queues.calls.arrivals": {"per_week": 1e6, "busyness": 10}},
            "queues.calls.arrivals.busyness: may bring 2.3e+09 contacts on a day; at most 250,000,000 can be told "
            "apart, so lower it or the volume",
        ),
        (
            {"queues.calls.arrivals": {"per_week": 5e7}, "horizon": "1 year"},
            "queues: bring up to 2.6e+09 contacts within the horizon; at most 1,000,000,000 can be simulated, so "
            "shorten the horizon or lower the volumes",
        ),
    ],
)
def test_a_mistake_is_told_with_its_mend(small, problems_of, changes, problem):
    assert problem in problems_of(small(changes))


def test_volumes_by_file_are_judged_by_their_busiest_week(small, problems_of, tmp_path):
    hours = [
        f"2027-01-{day:02} {hour:02}:00,{7_000_000 if day < 9 else 0}" for day in range(4, 16) for hour in range(9, 17)
    ]
    (tmp_path / "volumes.csv").write_text("start,volume\n" + "\n".join(hours))
    changes = {"queues.calls.arrivals": {"file": "volumes.csv"}, "horizon": "12 days", "interval": "1 h"}
    (problem,) = problems_of(small(changes))
    assert problem.startswith("queues.calls.arrivals: reaches 2.8e+08 contacts a week at its peak")


def test_busy_days_that_can_be_numbered_are_taken(small, write):
    load_scenario(write(small({"queues.calls.arrivals": {"per_week": 5e6, "busyness": "100 %"}})))
