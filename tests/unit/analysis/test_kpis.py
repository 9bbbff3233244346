"""Every figure of a centre, by hand on small counts and against plain sums on random ones."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.interval_kpis import queue_interval_figures
from analysis.intervals import CentreStatistics, summarise
from analysis.kpis import EXTRA, Payroll, centre_figures, staff_figures, team_figures
from analysis.people_kpis import people_figures
from analysis.queue_kpis import queue_figures
from analysis.uncertainty import Estimates, ratio_of_sums
from sim.centre.results import CONTACT_COLUMNS, PEOPLE_COLUMNS, Replication
from sim.centre.rosters import Spells, rosters_of
from tests.support.counts import (
    CALLS,
    EMAILS,
    HOUR_MS,
    Counted,
    blended,
    counted_centre,
    counts_of,
    random_replications,
)

MADE = blended()
PAGE = Path(__file__).parents[3] / "docs" / "figures.md"

CALL = {
    "first": 60, "redial": 20, "recontact": 10, "late_email": 5, "returned": 5, "transfer": 20,
    "deflected": 15, "served": 80, "served_within": 60, "served_at_once": 40,
    "abandoned": 15, "abandoned_within": 10, "abandoned_short": 5, "blocked": 4, "unresolved": 1,
    "wait_served_ms": 800_000, "wait_abandoned_ms": 150_000, "wait_longest_ms": 70_000,
    "handle_ms": 9_600_000, "re_explain_ms": 120_000, "redials_lost": 3, "lost": 9,
    "callbacks": 8, "callbacks_reached": 5, "callback_ms": 3_000_000,
    "handed_on": 24, "handed_on_ms": 2_880_000,
    "transfer_served": 16, "transfer_served_within": 14,
    "transfer_abandoned": 2, "transfer_blocked": 1, "transfer_unresolved": 1,
    "transfer_wait_ms": 420_000, "transfer_callbacks": 3, "transfer_callbacks_reached": 2,
    "touched_1": 54, "touched_2": 12, "touched_more": 6,
    "rated": 72, "satisfaction_ppm": 66_960_000,
}  # fmt: skip
EMAIL = {
    "first": 36, "posted": 4, "touched_1": 30, "put_down": 7,
    "served": 30, "abandoned": 6, "unresolved": 4, "responded_within": 24,
    "response_ms": 90_000_000, "handle_ms": 2_000_000, "wait_served_ms": 60_000_000, "lost": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def by_hand() -> CentreStatistics:
    counts = counts_of(
        MADE,
        {(CALLS, 10): CALL, (EMAILS, 10): EMAIL},
        waits_ms=(100,) * 8 + (200,) * 2,
        services={(0, CALLS): (96, 9_600_000), (0, EMAILS): (30, 2_000_000)},
    )
    # waiting, at the end, the oldest, callbacks owed, at the end
    counts.queues[EMAILS, 10] = (2 * HOUR_MS, 3, 1_000, 0, 0)
    counts.queues[EMAILS, -1] = (HOUR_MS, 5, 50_000, 0, 0)
    counts.queues[CALLS, 10] = (42 * HOUR_MS, 0, 0, 21 * HOUR_MS, 6)
    counts.queues[CALLS, -1] = (0, 0, 0, 0, 2)
    counts.teams[0, :10] = (4 * HOUR_MS, HOUR_MS, 3 * HOUR_MS, 2)
    return summarise(MADE, [Replication(0, counts), Replication(1, counts)])


@pytest.fixture(scope="module")
def random() -> CentreStatistics:
    return summarise(MADE, random_replications(MADE, 8))


def values(figures: dict[str, tuple[float, float]]) -> dict[str, float]:
    return {name: value for name, (value, _) in figures.items()}


def test_figures_of_a_call_queue(by_hand: CentreStatistics) -> None:
    expected = {
        "offered": 100, "offered_first": 60, "offered_redial": 20, "offered_recontact": 10, "offered_late_email": 5,
        "offered_returned": 5, "offered_posted": 0, "self_inflicted": 0.4, "deflected": 15, "deflected_share": 0.2,
        "served": 80, "abandoned": 15, "abandoned_short": 5, "blocked": 4, "unresolved": 1,
        "redials_lost": 3, "re_explain_min": 2,
        "sl_offered": 0.6, "sl_excl_short": 60 / 95, "sl_abandons_met": 0.7, "sl_answered": 0.75,
        "answer_rate": 0.8, "abandon_rate": 0.15, "served_at_once": 0.4, "wait_longest_s": 70,
        # Callbacks have no wait: 80 served, 5 of them called back; of 15 abandoned 3 were owed a call.
        "asa_s": 800 / 75, "wait_mean_s": 950 / 87,
        "callbacks": 8, "callbacks_reached": 5, "callback_share": 0.08, "callback_reached_share": 5 / 8,
        "callback_mean_s": 600, "callbacks_owed_mean": 0.05, "callbacks_at_end": 2,
        # An agent's time is given to those handed on, too: 80 + 16.
        "aht_s": 100, "handed_on": 24, "handed_on_share": 0.25, "handed_on_min": 48,
        "transferred_in": 20, "transfer_served": 16, "transfer_abandoned": 2, "transfer_blocked": 1,
        "transfer_unresolved": 1, "transfers_in_time": 0.7, "transfer_abandon_rate": 0.1,
        # 16 served, 2 of them called back.
        "transfer_wait_mean_s": 30, "transfer_callbacks": 3, "transfer_callbacks_reached": 2,
        "solved_by_1": 54, "solved_by_2": 12, "solved_by_more": 6, "solved_by_1_share": 0.75,
        "rated": 72, "satisfaction": 0.93,
        # 42 h of waiting in 42 days of 10 open hours.
        "queue_mean": 0.1, "waiting_at_end": 0, "oldest_at_end_s": 0, "oldest_s": 0,
        "wait_p50_s": 0.1, "wait_p80_s": 0.1, "wait_p90_s": 0.2, "wait_p95_s": 0.2, "wait_p99_s": 0.2,
    }  # fmt: skip
    found = centre_figures(by_hand)
    assert values(found.queues["calls"]) == pytest.approx(expected)
    assert values(found.totals["calls"]) == pytest.approx(expected)


def test_figures_of_an_email_queue(by_hand: CentreStatistics) -> None:
    found = values(centre_figures(by_hand).queues["emails"])
    some = {
        "offered": 40, "answer_rate": 0.75, "response_in_time": 0.6, "response_mean_s": 3_000,
        "waiting_at_end": 5, "oldest_at_end_s": 50, "oldest_s": 50, "queue_mean": 3 / (42 * 24),
        "offered_posted": 4, "put_down": 7, "self_inflicted": 0,
    }  # fmt: skip
    assert {name: found[name] for name in some} == pytest.approx(some)
    assert not [name for name in found if name.startswith(("sl_", "callback"))]
    assert math.isnan(found["satisfaction"])
    assert math.isnan(found["response_p50_s"])


def test_figures_of_all_queues(by_hand: CentreStatistics) -> None:
    found = values(centre_figures(by_hand).totals["all"])
    some = {
        "offered": 140, "self_inflicted": 40 / 140, "answer_rate": 110 / 140, "aht_s": 11_600 / 126,
        # Customers: 96 first contacts, 5 who came after all, 4 posts; 11 lost, 6 without a fate.
        "customer_attempts": 140 / 105, "customer_lost": 11 / 105, "customer_served": 88 / 105,
        # 102 solved, 10 came back.
        "first_contact_resolution": 92 / 102, "handed_on_mean_s": 120,
    }  # fmt: skip
    assert {name: found[name] for name in some} == pytest.approx(some)
    assert math.isnan(found["cost_per_contact"])
    assert not {"sl_offered", "response_in_time", "asa_s", "queue_mean", "callbacks", "put_down"} & set(found)


def test_one_kind_of_queue_has_all_its_figures_in_the_total() -> None:
    made = counted_centre([Counted("calls")], [(0, 0, 1)])
    found = centre_figures(summarise(made, [Replication(0, counts_of(made, {(0, 0): CALL}))]))
    assert set(found.totals) == {"all", "calls", "teams"}
    assert found.totals["all"]["sl_offered"].value == 0.6
    assert found.queues["calls"].keys() == found.totals["calls"].keys() < found.totals["all"].keys()


def test_chats_have_the_figures_of_calls_but_no_callbacks() -> None:
    made = counted_centre([Counted("chats", "chat"), Counted("calls")], [(0, 0, 1)])
    found = centre_figures(summarise(made, [Replication(0, counts_of(made, {(0, 0): CALL, (1, 0): CALL}))]))
    assert set(found.totals) == {"all", "calls", "chats", "teams"}
    without = {name for name in found.queues["calls"] if name.startswith(("callback", "transfer_callback"))}
    assert found.queues["calls"].keys() - found.queues["chats"].keys() == without
    assert found.queues["chats"]["sl_offered"].value == 0.6
    # Service levels of two channels aren't one figure.
    assert "sl_offered" not in found.totals["all"]
    assert found.totals["all"]["answer_rate"].value == 0.8


def test_figures_of_a_team(by_hand: CentreStatistics) -> None:
    payroll = {"team": Payroll(heads=9, fte=8.5, paid_h=1_000.0, cost=5_500.0)}
    found = centre_figures(by_hand, payroll)
    expected = {
        "positions_mean": 4, "positions_peak": 6, "scheduled_h": 40, "overrun_h": 10, "busy_h": 30,
        "occupancy": 0.6, "utilisation": 0.75, "heads": 9, "fte": 8.5, "paid_h": 1_000, "cost": 5_500,
        "services": 126, "aht_s": 11_600 / 126,
    }  # fmt: skip
    assert values(found.teams["team"]) == pytest.approx(expected)
    assert found.totals["all"]["cost_per_contact"].value == 50
    assert found.teams["team"]["occupancy"].half_width == pytest.approx(0)
    assert math.isnan(found.teams["team"]["heads"].half_width)


def test_payroll_unknown_is_undefined(by_hand: CentreStatistics) -> None:
    found = values(centre_figures(by_hand, {"team": Payroll(heads=9)}).teams["team"])
    assert found["heads"] == 9
    assert all(math.isnan(found[name]) for name in ("fte", "paid_h", "cost"))


@pytest.mark.parametrize(
    ("changes", "peaks"),
    [
        ([(8, 4), (20, 0), (32, 7), (33, 5), (48, 1)], [4, 7, 1]),  # a change at midnight belongs to the new day
        ([(1, 3), (47, 2)], [3, 3, 2]),  # what holds from the day before counts
        ([(24, 2), (30, 1), (73, 9)], [0, 2, 1]),  # nobody before the first change; the horizon ends at 72 h
    ],
)
def test_peak_positions_by_day(changes: list[tuple[int, int]], peaks: list[int]) -> None:
    made = counted_centre([Counted("calls")], [(hour * HOUR_MS, 0, n) for hour, n in changes], days=3)
    statistics = summarise(made, [Replication(0, counts_of(made, {}))])
    np.testing.assert_array_equal(team_figures(statistics, 0, "day")["positions_peak"], peaks)


def test_peak_positions_of_several_teams_are_those_at_one_moment() -> None:
    changes = [(8, 0, 5), (9, 0, 2), (9, 1, 4), (30, 1, 1), (30, 0, 6)]
    made = counted_centre(
        [Counted("calls")], [(hour * HOUR_MS, team, n) for hour, team, n in changes], teams=("a", "b"), days=3
    )
    statistics = summarise(made, [Replication(0, counts_of(made, {}))])
    np.testing.assert_array_equal(staff_figures(statistics, [0, 1], "day")["positions_peak"], [6, 7, 7])
    np.testing.assert_array_equal(staff_figures(statistics, [1], "day")["positions_peak"], [4, 4, 1])


def test_peak_positions_of_a_rostered_team_are_those_of_its_shifts_less_breaks() -> None:
    made = counted_centre([Counted("calls")], [(8 * HOUR_MS, 0, 2), (9 * HOUR_MS, 0, 0)], teams=("a", "b"), days=2)
    hours = [(0, 8, 16), (1, 12, 20), (2, 15, 18), (0, 30, 40)]
    shifts = Spells(*(np.array(hours, np.int64) * (1, HOUR_MS, HOUR_MS)).T)
    rest = Spells(*(np.array([[column] for column in (1, 15 * HOUR_MS, 16 * HOUR_MS)], np.int64)))
    staff = made.engine.staff._replace(
        agent_team=np.array([1, 1, 1]), rosters=rosters_of(np.array([0, 1], np.uint8), shifts, rest)
    )
    made = replace(made, engine=made.engine._replace(staff=staff))
    statistics = summarise(made, [Replication(0, counts_of(made, {}))])
    np.testing.assert_array_equal(team_figures(statistics, 1, "day")["positions_peak"], [2, 1])
    np.testing.assert_array_equal(staff_figures(statistics, [0, 1], "day")["positions_peak"], [3, 1])


def test_nothing_happened_is_undefined_not_zero_or_one() -> None:
    made = blended(days=7)
    found = centre_figures(summarise(made, [Replication(n, counts_of(made, {})) for n in range(3)]))
    calls = values(found.queues["calls"])
    assert calls["offered"] == 0
    for name in ("sl_offered", "sl_excl_short", "sl_abandons_met", "sl_answered", "answer_rate", "asa_s", "aht_s"):
        assert math.isnan(calls[name]), name
    assert math.isnan(found.totals["all"]["customer_lost"].value)
    assert math.isnan(found.teams["team"]["utilisation"].value)


def test_one_replication_has_values_and_no_half_widths() -> None:
    made = blended(days=7)
    found = centre_figures(summarise(made, random_replications(made, 1)))
    assert all(math.isnan(estimate.half_width) for estimate in found.queues["calls"].values())
    assert 0 < found.queues["calls"]["sl_offered"].value < 1


def test_months_and_totals_are_ratios_of_sums(random: CentreStatistics) -> None:
    within, served = CONTACT_COLUMNS.index("served_within"), CONTACT_COLUMNS.index("served")
    days = random.contacts_by_day[:, :, 28:].sum(axis=2)
    found = queue_figures(random, [CALLS], "month")["sl_answered"]
    assert isinstance(found, Estimates)
    expected = ratio_of_sums(days[:, CALLS, within], days[:, CALLS, served])
    assert (found.value[1], found.half_width[1]) == (expected.value, expected.half_width)
    together = queue_figures(random, [CALLS, EMAILS], "month")["answer_rate"]
    assert isinstance(together, Estimates)
    assert together.value[1] == days[..., served].sum() / days[..., :6].sum()


def test_longest_waits_are_maxima_within_replications(random: CentreStatistics) -> None:
    longest = CONTACT_COLUMNS.index("wait_longest_ms")
    found = queue_figures(random, [CALLS], "week")["wait_longest_s"]
    assert isinstance(found, Estimates)
    expected = random.contacts_by_day[:, CALLS, 7:14, longest].max(axis=1).mean() / 1000
    assert found.value[1] == pytest.approx(expected)


def test_percentiles_only_where_histograms_are_kept(random: CentreStatistics) -> None:
    assert "wait_p95_s" not in queue_figures(random, [CALLS], "day")
    assert queue_figures(random, [EMAILS], "month")["response_p95_s"].shape == (2,)


def test_every_figure_is_explained_on_the_page(random: CentreStatistics) -> None:
    page, steps_of_the_walk = PAGE.read_text(encoding="utf-8").split("### The FTE walk")
    page += steps_of_the_walk.split("## Per site")[1]
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    explained = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    found = centre_figures(random)
    members = [*found.queues.values(), *found.totals.values(), *found.teams.values(), *found.services["team"].values()]
    people = people_figures(
        replace(random, people_by_day=np.ones((8, 1, 42, len(PEOPLE_COLUMNS)), np.int64)), 0, "month"
    )
    given = {name for one in (*members, people, EXTRA) for name in one}
    assert given == explained


def test_without_anybody_who_came_first_there_is_no_longest_wait() -> None:
    """Those handed on to the queue are left out of it."""
    handed_in = {"transfer": 20, "transfer_served": 20, "transfer_served_within": 9, "transfer_wait_ms": 900_000}
    counts = counts_of(MADE, {(CALLS, 10): handed_in})
    statistics = summarise(MADE, [Replication(number, counts) for number in range(2)])
    by_interval = queue_interval_figures(statistics, CALLS)
    assert by_interval["transfers_in_time"][0][10] == 0.45
    for figures in (queue_figures(statistics, [CALLS], "horizon"), by_interval):
        assert np.isnan(figures["wait_longest_s"]).all()
