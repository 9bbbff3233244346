"""What a planner reads about each mistake; the whole wording, for it is the product."""

import pytest


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        # the top
        ({"kind": "funnel"}, 'kind: must be "centre" (got "funnel")'),
        ({"start": "2027-02-30"}, 'start: is not a date that exists (got "2027-02-30")'),
        ({"horizon": "12 years"}, "horizon: must be at most 5 years (1830 days)"),
        ({"horizon": "999999 years"}, "horizon: must be at most 5 years (1830 days)"),
        ({"interval": "7 min"}, 'interval: must divide the day, such as 15 min, 30 min or 1 h (got "7 min")'),
        ({"tick": "7 s"}, "tick: must divide the interval"),
        ({"warm_up": "3 h"}, 'warm_up: must be auto, none, or whole days or weeks such as "2 weeks" (got "3 h")'),
        ({"queues": {}}, "queues: must be from 1 to 200; there are 0"),
        ({"queues": ["calls"]}, "queues: must be a mapping of fields (got a list)"),
        ({"heads": 3}, "heads: unknown field here; it belongs to a team"),
        # the calendar
        ({"calendar": {"country": "fr"}}, 'calendar.country: unknown country "fr"; did you mean "FR"?'),
        (
            {"calendar": {"country": "France"}},
            'calendar.country: unknown country "France"; write its ISO code, such as FR',
        ),
        (
            {"calendar": {"country": "IE", "subdivision": "X"}},
            "calendar.subdivision: unknown subdivision of IE; it has none",
        ),
        ({"calendar": {"subdivision": "BY"}}, "calendar.subdivision: needs a country"),
        ({"calendar": {"closed": ["2027-13-01"]}}, 'calendar.closed.0: is not a date that exists (got "2027-13-01")'),
        (
            {"calendar": {"closed": "2027-12-24"}},
            'calendar.closed: must be a list, such as [2027-12-24] (got "2027-12-24")',
        ),
        (
            {"calendar": {"open": {"son": "closed", "mon": "08:00-18:00"}}},
            'calendar.open.son: unknown weekday; did you mean "sun"?',
        ),
        # queues
        (
            {"queues.calls.channel": "cal"},
            'queues.calls.channel: must be "call", "chat" or "email"; did you mean "call"? (got "cal")',
        ),
        ({"queues.calls.aht": "5 min"}, 'queues.calls.aht: unknown field; did you mean "handle_time"?'),
        (
            {"teams.advisers.agents": 5},
            "teams.advisers.agents: must be the name of a CSV or XLSX file of the people; how many there are is said "
            "by heads or positions (got 5)",
        ),
        (
            {"queues.calls.sla": "80/20"},
            'queues.calls.sla: unknown field; did you mean "service_level"? It belongs to a queue\'s targets',
        ),
        ({"queues.calls.patiense": "5 min"}, 'queues.calls.patiense: unknown field; did you mean "patience"?'),
        (
            {"queues.calls.handle_time": {"mean": "-3 min"}},
            'queues.calls.handle_time.mean: must be longer than 0 (got "-3 min")',
        ),
        (
            {"queues.calls.handle_time": "ten"},
            'queues.calls.handle_time: must be a duration such as "10 min", "4 h" or "3 weeks" (got "ten")',
        ),
        (
            {"queues.calls.handle_time": {"distribution": "lognormall", "mean": "3 min"}},
            'queues.calls.handle_time.distribution: unknown distribution; did you mean "lognormal"? (got "lognormall")',
        ),
        (
            {"queues.calls.handle_time": {"distribution": "exponential", "mean": "3 min", "cv": 1}},
            "queues.calls.handle_time.cv: unknown field; known here: distribution and mean",
        ),
        (
            {"queues.calls.handle_time": {"distribution": "gamma", "mean": "3 min", "cv": 1, "shape": 1}},
            "queues.calls.handle_time: a gamma distribution needs cv or shape, one of the two",
        ),
        (
            {"queues.calls.handle_time": {"distribution": "erlang", "mean": "3 min"}},
            "queues.calls.handle_time.phases: is required",
        ),
        (
            {"queues.calls.patience": {"mean": "3 min", "blaking": "3 %"}},
            'queues.calls.patience.blaking: unknown field; did you mean "balking"?',
        ),
        (
            {"queues.calls.patience": {"mean": "3 min", "balking": 3}},
            "queues.calls.patience.balking: write 3 % (got 3)",
        ),
        (
            {"queues.calls.redial": {"probability": "50 %", "after": "10 min", "attempts": 0}},
            'queues.calls.redial.attempts: must be at least 1; or write "unlimited" (got 0)',
        ),
        (
            {"queues.calls.recontact": {"probability": "5 %"}},
            "queues.calls.recontact: needs within (the window of the rate) or after (the delay)",
        ),
        (
            {
                "queues.calls.recontact": {
                    "probability": "5 %",
                    "within": "2 days",
                    "after": {"distribution": "deterministic", "mean": "3 days"},
                }
            },
            "queues.calls.recontact.after: is always longer than within, so nobody would come back",
        ),
        (
            {"queues.calls.recontact": {"probability": "5 %", "after": "1 day", "to": {"calls": "80 %"}}},
            "queues.calls.recontact.to: the shares must sum to 100 % (they sum to 80 %)",
        ),
        (
            {"queues.calls.recontact": {"probability": "5 %", "after": "1 day", "to": {"cals": "100 %"}}},
            'queues.calls.recontact.to.cals: unknown queue "cals"; did you mean "calls"?',
        ),
        (
            {"queues.calls.targets": {"clock": "elapse"}},
            'queues.calls.targets.clock: must be "opening hours" or "elapsed"; did you mean "elapsed"? (got "elapse")',
        ),
        (
            {"queues.calls.targets": {"service_level": "120 % in 10 s"}},
            'queues.calls.targets.service_level: can\'t be more than 100 % (got "120 % in 10 s")',
        ),
        # channels
        ({"queues.emails.trunks": 30}, "queues.emails.trunks: is for calls only; this queue's channel is email"),
        (
            {"queues.emails.redial": {"probability": "5 %", "after": "1 min"}},
            "queues.emails.redial: is for calls and chats only; this queue's channel is email",
        ),
        ({"queues.calls.backlog": 30}, "queues.calls.backlog: is for emails only; this queue's channel is call"),
        (
            {"queues.calls.targets.response": "80 % in 4 h"},
            "queues.calls.targets.response: is for emails only; this queue's channel is call; promise "
            '"service_level" instead',
        ),
        (
            {"queues.calls.arrivals.out_of_hours": "5 %"},
            "queues.calls.arrivals.out_of_hours: is for emails only; this queue's channel is call",
        ),
        (
            {"queues.emails.late_to_call": {"probability": "5 %", "to": "calls"}, "queues.emails.targets": {}},
            'queues.emails.late_to_call: needs targets.response, such as "80 % in 4 h", to tell when a reply is late',
        ),
        (
            {"queues.emails.late_to_call": {"probability": "5 %", "to": "emails"}},
            'queues.emails.late_to_call.to: must be a queue of calls; "emails" takes emails',
        ),
        (
            {"queues.emails.late_to_call": {"probability": "5 %", "to": "call"}},
            'queues.emails.late_to_call.to: unknown queue "call"; did you mean "calls"?',
        ),
        # arrivals
        (
            {"queues.calls.arrivals": {}},
            "queues.calls.arrivals: needs a volume: per_week, per_day, per_hour, customers or file",
        ),
        (
            {"queues.calls.arrivals": {"per_week": 5, "per_day": 1}},
            "queues.calls.arrivals: gives per_week and per_day; keep one of them",
        ),
        (
            {"queues.calls.arrivals.per_week": float("nan")},
            "queues.calls.arrivals.per_week: must be a finite number (got nan)",
        ),
        (
            {"queues.calls.arrivals.per_week": 1e308},
            "queues.calls.arrivals.per_week: must be at most 50000000 (got 1e+308)",
        ),
        ({"queues.calls.arrivals.per_week": True}, "queues.calls.arrivals.per_week: must be a number (got true)"),
        (
            {"queues.calls.arrivals.per_week": "19 000"},
            'queues.calls.arrivals.per_week: write 19000 (got "19 000")',
        ),
        (
            {"queues.calls.arrivals.growth": "1000 % per day"},
            "queues.calls.arrivals: reaches 1.4e+32 contacts a week at its peak; at most 50,000,000 are taken",
        ),
        (
            {"queues.calls.arrivals.days": {"mon": 0}},
            "queues.calls.arrivals.days: the weights are all 0; at least one must be more than 0",
        ),
        (
            {"queues.calls.arrivals.days": {"mon": 1, "sat-sun": 1}},
            "queues.calls.arrivals.days: gives weight to sat and sun, when the queue is closed",
        ),
        (
            {"queues.calls.arrivals.seasonality": [1, 2]},
            "queues.calls.arrivals.seasonality: must have 12 multipliers, January first; there are 2 (got a list)",
        ),
        (
            {"queues.calls.arrivals.seasonality": {"jul": 1, "june": 2}},
            'queues.calls.arrivals.seasonality.june: unknown month; did you mean "jun"?',
        ),
        (
            {"queues.calls.arrivals.profile": {"08:00": 0}},
            "queues.calls.arrivals.profile: the weights of a day sum to 0; at least one must be more than 0",
        ),
        (
            {"queues.calls.arrivals.profile": {"18:00": 1}},
            "queues.calls.arrivals.profile: has no weight within the opening hours of mon, tue, wed, thu and fri",
        ),
        (
            {"queues.calls.arrivals.profile": {"8 h": 1, "09:00": "x"}},
            'queues.calls.arrivals.profile.09:00: must be a number (got "x")',
        ),
        (
            {
                "queues.calls.arrivals.events": [
                    {"name": "a", "from": "2027-03-01", "until": "2027-02-01", "volume": "+5 %"}
                ]
            },
            "queues.calls.arrivals.events.0.until: must not be before from (2027-03-01)",
        ),
        (
            {"queues.emails.arrivals.out_of_hours": "5 %", "queues.emails.open": {"every day": "24 h"}},
            "queues.emails.arrivals.out_of_hours: can't be more than 0, for the queue is never closed",
        ),
        (
            {"queues.calls.arrivals.counted_at_answer_rate": "90 %", "queues.calls.arrivals.volume_is": "first"},
            "queues.calls.arrivals.counted_at_answer_rate: is for offered volumes; these are first contacts",
        ),
        # repeats that leave no first contacts
        (
            {
                "queues.emails.recontact": {"probability": "90 %", "after": "1 day", "to": {"calls": 1}},
                "queues.calls.arrivals.per_week": 200,
            },
            "queues.calls.arrivals: the repeats that the rates predict (270 a week) leave no first contacts "
            "in the volume (200); lower the re-contact or redial rates, or write volume_is: first",
        ),
        (
            {
                "queues.emails.recontact": {"probability": 1, "after": "1 day"},
                "queues.emails.arrivals.volume_is": "first",
            },
            "queues: every contact brings back at least another, so no volume holds; "
            "lower the re-contact or redial rates",
        ),
        # names
        (
            {"teams.a b": {"heads": 3}},
            'teams.a b: a name is made of letters, digits, _ and -, at most 60 of them; take out the space (got "a b")',
        ),
    ],
)
def test_a_mistake_is_told_with_its_mend(small, problems_of, changes, problem):
    assert problem in problems_of(small(changes))


def test_a_required_field(small, removed, problems_of):
    data = small({"start": removed, "queues.calls.handle_time": removed})
    assert problems_of(data) == ["start: is required", "queues.calls.handle_time: is required"]


def test_a_field_left_empty_is_told_once(problems_of, small):
    data = small({"queues.calls.handle_time": None, "teams.advisers.cost": None})
    assert problems_of(data) == [
        "queues.calls.handle_time: is empty; give it a value or take it out",
        "teams.advisers.cost: is empty; give it a value or take it out",
    ]


def test_a_queue_that_never_opens_within_the_horizon(small, problems_of):
    data = small({"start": "2027-01-09", "horizon": "2 days"})
    hours = "(it opens mon-fri 09:00-17:00)"
    closed = f"is never open within the horizon {hours}; check start, horizon, hours and closed days"
    assert problems_of(data) == [f"queues.calls: {closed}", f"queues.emails: {closed}"]


def test_broken_parts_do_not_hide_the_others(small, problems_of):
    """A broken field, a broken queue and a broken team, and what the sound parts hold against each other."""
    data = small(
        {
            "interval": "7 min",
            "queues.calls.handle_time": "-1 min",
            "queues.calls.recontact": {"probability": "5 %", "after": "1 day", "to": {"cals": 1}},
            "queues.emails.arrivals.per_week": "many",
            "queues.emails.trunks": 5,
            "teams.advisers.heads": "x",
            "teams.advisers.serves": ["calls", "chat"],
        }
    )
    assert sorted(problems_of(data)) == [
        'interval: must divide the day, such as 15 min, 30 min or 1 h (got "7 min")',
        'queues.calls.handle_time: must be longer than 0 (got "-1 min")',
        'queues.calls.recontact.to.cals: unknown queue "cals"; did you mean "calls"?',
        'queues.emails.arrivals.per_week: must be a number (got "many")',
        "queues.emails.trunks: is for calls only; this queue's channel is email",
        'teams.advisers.heads: must be a whole number (got "x")',
        'teams.advisers.serves.1: unknown queue "chat"',
    ]


def test_events_add_up_only_where_they_overlap(small, problems_of):
    def event(first, last):
        return {"name": "a", "from": first, "until": last, "volume": "+10000 %"}

    apart = [event("2027-01-05", "2027-01-05"), event("2027-01-07", "2027-01-08"), event("2027-01-09", "2027-01-09")]
    changes = {"queues.calls.arrivals.events": apart, "queues.calls.arrivals.growth": "1 %"}
    assert len(problems_of(small(changes))) == 1  # the growth, not the peak
    together = [event("2027-01-05", "2027-01-08"), event("2027-01-08", "2027-01-09"), event("2027-01-08", "2027-01-08")]
    (problem,) = problems_of(small({"queues.calls.arrivals.events": together}))
    assert problem.startswith("queues.calls.arrivals: reaches 1e+09 contacts a week at its peak")


def test_more_queues_than_the_engines_number(small, problems_of):
    queue = small({})["queues"]["calls"]
    problems = problems_of(small({"queues": {f"q{number}": queue for number in range(201)}}))
    assert problems == ["queues: must be from 1 to 200; there are 201"]


def test_no_more_is_told_than_anyone_reads(small, problems_of):
    problems = problems_of(small({f"x{number}": 1 for number in range(2000)}))
    assert len(problems) == 101
    assert problems[-1].endswith(" more")


def test_what_is_shown_of_a_value_stays_short_and_printable(small, problems_of):
    (problem,) = problems_of(small({"start": "x" * 500 + "\x07"}))
    assert len(problem) < 150
    (problem,) = problems_of(small({"start": "\x1b[31m\n"}))
    assert problem.isprintable()
