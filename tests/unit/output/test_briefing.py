"""What ``check`` says of the things that a file switches on, and what they make of its estimates."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.output.briefing import briefing
from sim.scenario.load import load_scenario

CENTRE: dict[str, Any] = {
    "kind": "centre",
    "name": "Told",
    "start": "2027-01-04",
    "horizon": "4 weeks",
    "calendar": {"open": {"mon-fri": "09:00-17:00"}},
    "queues": {
        "calls": {
            "channel": "call",
            "arrivals": {"per_week": 1000, "volume_is": "first"},
            "handle_time": "6 min",
            "targets": {"answer_rate": "90 %"},
        },
        "emails": {"channel": "email", "arrivals": {"per_week": 300}, "handle_time": "8 min"},
    },
    "teams": {"advisers": {"positions": 12}},
}
CHAT = {"channel": "chat", "arrivals": {"per_week": 500}, "handle_time": "10 min"}
TRANSFER = {
    "queues.calls.matters": {"agenda": "60 %", "billing": "25 %", "tele": "15 %"},
    "queues.calls.transfer": {"after": "2 min", "to": {"billing": "desk", "tele": "desk", "agenda": "desk"}},
    "queues.desk": {"channel": "call", "handle_time": "6 min"},
    "teams.advisers.serves": ["calls", "emails"],
    "teams.advisers.skills": ["agenda"],
    "teams.specialists": {"positions": 3, "serves": ["desk"]},
}
TWO = {"teams.others": {"positions": 3, "serves": ["emails"]}}

Told = Callable[..., list[str]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """The lines about the centre with changes at dotted paths, runs of blanks as one."""

    def lines(changes: dict[str, Any], width: int | None = None) -> list[str]:
        data = copy.deepcopy(CENTRE)
        for path, value in changes.items():
            *parents, last = path.split(".")
            holder = data
            for key in parents:
                holder = holder.setdefault(key, {})
            holder[last] = value
        file = tmp_path / "told.yaml"
        file.write_text(json.dumps(data))
        text = briefing(load_scenario(file), width)
        return text.splitlines() if width else [" ".join(line.split()) for line in text.splitlines()]

    return lines


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"queues.calls.deflection": {"share": "8 %", "fails": "25 %", "after": "2 h"}},
            "deflection 8 % of first contacts, 80 a week; 25 % of them call after all, 2 h later",
        ),
        (
            {
                "queues.calls.deflection": {
                    "share": [{"from": "2027-01-01", "share": "5 %"}, {"from": "2027-01-18", "share": "10 %"}],
                    "fails": "50 %",
                    "posts": {"share": "40 %", "to": "emails"},
                }
            },
            # 100 are deflected, 40 of them post, half of the 60 others call after all
            "deflection 5 % of first contacts, 50 a week, 10 % from 18 January 2027 (leaves 930 calls a week); 40 % of "
            "them become posts in emails; 50 % of the others call after all, 4 h later",
        ),
        (
            {
                "queues.calls.deflection": {
                    "share": [{"from": "2027-01-04", "share": "5 %"}, {"from": "2027-01-18", "share": "10 %"}],
                    "posts": {"share": "40 %", "to": "emails"},
                }
            },
            "posts 20 a week, 40 a week from 18 January 2027, deflected from calls",
        ),
        (
            {
                "queues.calls.deflection": {
                    "share": [{"from": "2027-01-18", "share": "10 %"}],
                    "posts": {"share": "40 %", "to": "emails"},
                }
            },
            "posts none at first, 40 a week from 18 January 2027, deflected from calls",
        ),
        (
            {
                "horizon": "12 months",
                "queues.calls.deflection.share": [
                    {"from": f"2027-0{month}-01", "share": f"{month} %"} for month in range(2, 9)
                ],
            },
            "deflection of first contacts none at first, 2 % from 1 February 2027 (leaves 980 calls a week), 3 % from "
            "1 March 2027 (leaves 970 calls a week), 4 % from 1 April 2027 (leaves 960 calls a week), 8 % from 1 "
            "August 2027 (leaves 920 calls a week)",
        ),
        (
            {"queues.calls.deflection.share": [{"from": "2027-02-01", "share": "10 %"}]},
            "deflection of first contacts none within the horizon",
        ),
        (
            {"queues.calls.callback": {"above": "2 min", "accepted": "40 %", "reached": "85 %", "tries": 1}},
            "callback above an announced wait of 2 min, 40 % accept; a try reaches 85 %, at most 1 try, 30 min apart",
        ),
        (
            {"queues.calls.callback": {"above": 0, "accepted": "40 %"}},
            "callback whenever there is a wait, 40 % accept; all are reached",
        ),
        (
            {
                "queues.calls.patience": {"mean": "3 min", "balking": "2 %"},
                "queues.calls.announcement": {"above": "1 min", "balking": "5 %", "patience": "150 %"},
            },
            "announcement above an announced wait of 1 min, 5 % hang up at once, the patience of those who stay is 150 "
            "% of their own",
        ),
        ({"queues.calls.patience": {"mean": "3 min", "balking": "2 %"}}, "patience 3 min, 2 % hang up at once"),
        (
            {"queues.calls.patience": "3 min", "queues.calls.redial": {"probability": "50 %", "after": "5 min"}},
            # a tenth isn't answered; half of those, then half of a tenth of them, and once more: 1000 (x + x² + x³)
            "redial 50 % of those who gave up, 5 min later, at most 3 times in a row: 53 a week",
        ),
        (
            {
                "queues.calls.recontact": {
                    "probability": "10 %",
                    "within": "7 days",
                    "to": {"emails": "100 %"},
                    "re_explain": "90 s",
                }
            },
            "re-contacts 10 % of the served come back within 7 days, 100 % to emails: 100 a week; 1 min 30 s of "
            "explaining again",
        ),
        (
            {
                "queues.calls.recontact": {"probability": "10 %", "after": "1 day"},
                "queues.calls.pressure": {"handle_time": "-20 %", "elasticity": 1},
            },
            "pressure 4 min 48 s of handle time instead of 6 min, 12.5 % re-contacts instead of 10 %",
        ),
        (
            {
                "queues.emails.late_to_call": {"probability": "20 %", "to": "calls"},
                "queues.emails.targets": {"response": "80 % in 4 h"},
            },
            "late replies 20 % are given up for a call to calls, 30 min after they are late",
        ),
        (TRANSFER, "transfer 40 % of the 1 000 that it takes to desk, 400 a week, billing and tele from advisers"),
        (
            {**TRANSFER, "queues.calls.transfer.place": "head", "queues.calls.transfer.warm": {"hold": "1 min"}},
            "transfer 40 % of the 1 000 that it takes to desk, 400 a week, billing and tele from advisers, at the head "
            "of its line, warm",
        ),
        (
            {
                **TRANSFER,
                "teams.advisers.skills": ["agenda", "billing", "tele"],
                "queues.desk.arrivals": {"per_week": 9},
            },
            "transfer nothing to desk: whoever serves calls solves what it would be for",
        ),
        (
            {**TRANSFER, "queues.calls.matters": {"agenda": "100 %", "billing": 0, "tele": 0}},
            "transfer nothing to desk: nobody comes about billing or tele",
        ),
        (
            {
                **TRANSFER,
                "queues.calls.matters": {"agenda": "100 %"},
                "queues.emails.matters": {"agenda": "50 %", "billing": "50 %"},
                "queues.emails.late_to_call": {"probability": "20 %", "to": "calls"},
                "queues.emails.targets": {"response": "80 % in 4 h"},
                "queues.calls.transfer": {"after": "2 min", "to": {"billing": "desk"}},
                "teams.specialists.serves": ["desk", "emails"],
                "teams.advisers.serves": ["calls"],
            },
            "transfer to desk billing; how many come depends on the staff",
        ),
        (TRANSFER, "skills solves agenda; hands on billing and tele"),
        (
            {
                "queues.calls.arrivals.growth": "2 % per month",
                "queues.calls.arrivals.seasonality": {"aug": "80 %", "jan": "110 %"},
                "queues.calls.arrivals.busyness": "8 %",
                "queues.calls.arrivals.events": [
                    {"name": "launch", "from": "2027-01-11", "until": "2027-01-15", "volume": "+40 %"},
                ],
            },
            "volume +2 % per month, 80 % (aug) to 110 % (jan), launch +40 % from 11 January 2027 to 15 January 2027, "
            "days vary by 8 % beyond chance",
        ),
        (
            {
                "queues.calls.arrivals.events": [
                    {"name": "sale", "from": "2027-11-11", "until": "2027-11-15", "volume": "+40 %"},
                ],
            },
            "volume sale +40 % from 11 November 2027 to 15 November 2027 (after the horizon)",
        ),
        ({"queues.calls.trunks": 30}, "trunks 30 lines; callers beyond them hear the engaged tone"),
        ({"queues.calls.at_closing": "send away"}, "at closing those who wait are sent away"),
        ({"queues.emails.backlog": 40}, "backlog 40 emails at the start"),
        (
            {
                **TWO,
                "teams.advisers.serves": {
                    "emails": {"hours": {"mon-fri": "14:00-16:00"}},
                    "calls": {"overflow_after": "30 s", "preference": 3, "speed": "80 %", "recontact": "90 %"},
                },
            },
            "calls only after a wait of 30 s, asked as number 3, speed 80 %, re-contacts 90 % of the queue's rate",
        ),
        (
            {**TWO, "teams.advisers.serves": {"calls": {}, "emails": {"hours": {"mon-fri": "14:00-16:00"}}}},
            "emails only mon-fri 14:00-16:00",
        ),
        (
            {"teams.advisers": {"heads": 1}},
            "advisers (team) 1 head (1.0 FTE) on the payroll, 35 h a week, 30 % shrinkage: 24 h a week, 0.6 positions "
            "on average",
        ),
        (TWO, "serves calls and emails"),
        ({"teams.advisers.reserve": 2}, "reserve 2 positions left free for calls and chats when an email is started"),
        (
            {"teams.advisers.put_down_emails": "anyone resumes"},
            "emails put down when a call waits; anyone resumes",
        ),
        (
            {"queues.chat": CHAT, "teams.advisers.chat": {"speed": ["100 %", "80 %"]}},
            "chats up to 2 at once, each then at 80 % of full speed: 1.6 times as many an hour as one by one",
        ),
    ],
)
def test_what_is_switched_on_is_told(told: Told, changes: dict[str, Any], line: str) -> None:
    assert line in told(changes)


def test_nothing_is_told_of_what_isn_t(told: Told) -> None:
    about = {line.split()[0] for line in told({}) if line}
    switched = (
        "volume deflection pressure patience announcement callback redial re-contacts late transfer serves skills"
    )
    assert about.isdisjoint(switched.split())


def test_a_chat_s_length_and_the_agent_s_time_for_it_are_told_apart(told: Told) -> None:
    """Two at 80 %: 1.6 chats in the time of one, so 10 min take an agent 6.25."""
    changes = {"queues.chat": CHAT, "teams.advisers.chat": {"speed": ["100 %", "80 %"]}}
    (line,) = [line for line in told(changes) if line.startswith("chat 500")]
    assert line == (
        "chat 500 chats a week, 10 min each if alone, 6 min 15 s of an agent's time with as many at once as may be: 52 "
        "h of work, 1.3 erlangs over 40 h open"
    )
    one_by_one = told({**changes, "teams.advisers.chat": {"at_once": 1}})
    assert "chat 500 chats a week, 10 min each: 83 h of work, 2.1 erlangs over 40 h open" in one_by_one


def test_lines_are_folded_below_where_they_begin(told: Told) -> None:
    lines = told({"queues.calls.deflection": {"share": "8 %", "fails": "25 %", "after": "2 h"}}, 90)
    assert max(map(len, lines)) <= 90
    at = next(number for number, line in enumerate(lines) if "deflection " in line)
    start = lines[at].index("8 %")
    assert lines[at + 1][:start].isspace()
    assert lines[at + 1][start:] == "all, 2 h later"


def test_customers_and_how_often_each_contacts(told):
    customers = {
        "at_start": 12_000,
        "growth": "2 % per month",
        "contacts": "1.6 per month",
        "contacts_growth": "-10 % per year",
    }
    lines = told({"queues.calls.arrivals": {"volume_is": "first", "customers": customers}})
    per_week = 12_000 * 1.6 * 12 * 7 / 365.25
    assert per_week == pytest.approx(4416, abs=1)
    assert any(line.startswith("calls 4 416 calls a week") for line in lines)
    assert (
        "volume 12 000 customers with 1.6 contacts per month each, their number +2 % per month, "
        "contacts of each -10 % per year"
    ) in lines
