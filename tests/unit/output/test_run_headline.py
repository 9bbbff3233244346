"""The first sentence of a run's answer, and the table of targets below it."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from analysis.decision import Decision, TargetDecision
from analysis.kpis import Estimate
from analysis.output.run_headline import count_told, headline
from analysis.output.targets_text import targets_text
from analysis.targets import Target
from tests.support.decisions import ANSWERED, LEVEL, REPLIED, decided, decision, risk


def test_all_hold() -> None:
    told = headline(
        decision(decided(LEVEL, (0.831, 0.004)), decided(ANSWERED, (0.962, 0.001)), decided(REPLIED, (0.91, 0.01)))
    )
    assert told == (
        "80/10 holds: 83.1 % ± 0.4 answered in 10 s; 96.2 % answered; emails 91.0 % in 4 h; "
        "27 of 30 days meet all targets."
    )


def test_what_fails_is_told_first_and_by_how_much() -> None:
    told = headline(
        decision(decided(LEVEL, (0.831, 0.004)), decided(ANSWERED, (0.931, 0.001)), decided(REPLIED, (0.8, 0.01)))
    )
    assert told == (
        "95 % answered fails: 93.1 % ± 0.1, 1.9 points short; emails 80 % in 4 h can't be told: 80.0 % ± 1.0; "
        "80/10 holds: 83.1 % ± 0.4 answered in 10 s; 27 of 30 days meet all targets."
    )


def test_of_several_months_the_worst_is_told() -> None:
    told = headline(decision(decided(LEVEL, (0.831, 0.004), (0.712, 0.01), (0.79, 0.004)), met=0))
    assert told == (
        "80/10 fails in 2 of 3 months: 71.2 % ± 1.0 answered in 10 s in the worst, February 2027, 8.8 points short "
        "(83.1 % over all); 0 of 30 days meet all targets."
    )


def test_holding_in_every_month() -> None:
    told = headline(decision(decided(LEVEL, (0.831, 0.004), (0.812, 0.01))))
    assert told.startswith("80/10 holds in all 2 months: 81.2 % ± 1.0 answered in 10 s in the worst, February 2027 (")


def test_no_contacts() -> None:
    told = headline(decision(TargetDecision(LEVEL, Estimate(math.nan, math.nan), (), risk(0, 0), risk(0, 0))))
    assert told.startswith("80/10 can't be told: no contacts; ")


# --- many targets -------------------------------------------------------------------------------------------------


def level(queue: str) -> Target:
    return replace(LEVEL, queue=queue)


HOLDING = [decided(level(name), (0.9, 0.01), (0.88, 0.01)) for name in ("sales", "billing", "chats", "desk")]


def test_of_many_targets_it_is_told_how_many_hold_and_which_misses() -> None:
    told = headline(decision(*HOLDING, decided(LEVEL, (0.831, 0.004), (0.712, 0.01)), met=9))
    assert told == (
        "4 of 5 targets hold, 1 fails; calls 80/10 fails in 1 of 2 months: 71.2 % ± 1.0 answered in 10 s in the worst, "
        "February 2027, 8.8 points short (83.1 % over all); 9 of 30 days meet all targets."
    )


def test_of_several_that_miss_the_worst_is_told() -> None:
    told = headline(
        decision(
            *HOLDING[:1],
            decided(ANSWERED, (0.80, 0.001)),
            decided(LEVEL, (0.70, 0.004)),
            decided(REPLIED, (0.8, 0.01)),
            decided(level("desk"), (0.79, 0.02)),
        )
    )
    assert told == (
        "1 of 5 targets holds, 2 fail, 2 can't be told; worst: calls 95 % answered fails: 80.0 % ± 0.1, 15.0 points "
        "short; 27 of 30 days meet all targets."
    )


def test_of_many_that_all_hold_the_closest_is_told() -> None:
    told = headline(decision(*HOLDING, decided(REPLIED, (0.82, 0.01)), met=30))
    assert told == (
        "All 5 targets hold; closest: emails 80 % in 4 h holds: 82.0 % ± 1.0; 30 of 30 days meet all targets."
    )


@pytest.mark.parametrize(
    ("others", "first"),
    [
        ([decided(LEVEL, (0.5, 0.01))] * 4, "None of 4 targets holds, 4 fail; worst: "),
        (
            [*HOLDING[:3], decided(LEVEL, (0.8, 0.01))],
            "3 of 4 targets hold, 1 can't be told; calls 80/10 can't be told: ",
        ),
    ],
)
def test_counts_in_words(others: list[TargetDecision], first: str) -> None:
    assert headline(decision(*others)).startswith(first)


def test_what_could_not_be_judged_is_the_last_to_be_called_worst() -> None:
    never = TargetDecision(level("desk"), Estimate(math.nan, math.nan), (), risk(0, 0), risk(0, 0))
    told = headline(decision(never, *HOLDING[:2], decided(LEVEL, (0.8, 0.01))))
    assert told.startswith("2 of 4 targets hold, 2 can't be told; worst: calls 80/10 can't be told: 80.0 % ± 1.0")


# --- the table ----------------------------------------------------------------------------------------------------


def rows(found: Decision, width: int = 100) -> list[list[str]]:
    return [re.split(r"  +", line) for line in targets_text(found, width).splitlines()]


def test_the_table_begins_with_what_fails_and_tells_the_worst_span() -> None:
    found = decision(*HOLDING[:2], decided(LEVEL, (0.831, 0.004), (0.712, 0.01)))
    assert rows(found)[:3] == [
        ["target", "verdict", "figure", "worst month", "months met", "days met"],
        ["calls 80 % in 10 s", "fails", "83.1 % ± 0.4", "71.2 % in 2027-02", "100.0 %*", "100.0 % (0.0–100.0)*"],
        ["sales 80 % in 10 s", "holds", "90.0 % ± 1.0", "88.0 % in 2027-02", "100.0 %*", "100.0 % (0.0–100.0)*"],
    ]


@pytest.mark.parametrize(("width", "of_months", "of_days"), [(110, True, True), (100, False, True), (84, False, False)])
def test_shares_have_their_intervals_where_there_is_room(width: int, of_months: bool, of_days: bool) -> None:
    found = decision(*HOLDING[:2])
    *_, months, days = rows(found, width)[1]
    assert ("(" in months, "(" in days) == (of_months, of_days)
    assert max(map(len, targets_text(found, width).splitlines())) <= width


def test_of_one_span_there_is_no_worst() -> None:
    one, two = decided(LEVEL, (0.9, 0.01)), decided(replace(ANSWERED, over="week"), (0.99, 0.01))
    assert rows(decision(one))[0] == ["target", "verdict", "figure", "months met", "days met"]
    assert rows(decision(one, two))[0] == ["target", "verdict", "figure", "periods met", "days met"]


def test_of_days_with_few_contacts_the_queues_are_named() -> None:
    """By the target of the queue that is judged on the fewest."""

    def thin(one: TargetDecision, days: int) -> TargetDecision:
        return replace(one, days_met=replace(risk(5, 280), thin=days))

    targets = [decided(target, (0.9, 0.01)) for target in (LEVEL, ANSWERED, REPLIED, level("desk"))]
    some = decision(*(thin(one, days) for one, days in zip(targets, (90, 97, 0, 4), strict=True)))
    assert targets_text(some, 120).splitlines()[-1] == (
        "Simulated days with fewer than 20 contacts: 97 of 280 in calls and 4 of 280 in desk."
    )
    assert "fewer than 20 contacts" not in targets_text(decision(*(thin(one, 0) for one in targets)), 120)


def test_of_two_targets_that_hold_it_is_both() -> None:
    assert count_told(decision(*HOLDING[:2])) == "Both targets hold"
