"""Who served what, and figures by site and in sum, on counts made by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from analysis import frames
from analysis.intervals import CentreStatistics, summarise
from analysis.kpis import Payroll, centre_figures, services, together
from analysis.queue_kpis import queue_figures
from analysis.sites import Site, queues_by_kind, sites_of
from analysis.tables import main_figures, span_table, total_rows
from analysis.targets import Target
from analysis.uncertainty import Estimates, ratio_of_sums
from sim.centre.results import Replication
from sim.scenario.centre import CentreScenario
from tests.support.counts import HOUR_MS, Counted, counted_centre, counts_of, in_months, random_replications

CALLS, EMAILS, ANRUFE, CHATS = range(4)
QUEUES = [
    Counted("calls", rated=True),
    Counted("emails", "email", 4 * HOUR_MS),
    Counted("anrufe"),
    Counted("chats", "chat"),
]
CHANGES = [(8 * HOUR_MS, 0, 4), (9 * HOUR_MS, 1, 2)]
MADE = in_months(counted_centre(QUEUES, CHANGES, teams=("advisers", "berater"), days=42))
FRANCE = Site("france", "fr", (CALLS, EMAILS), (0,))
GERMANY = Site("germany", None, (ANRUFE, CHATS), (1,))
SITES = (FRANCE, GERMANY)
TARGETS = (Target("anrufe", "answer_rate", Fraction(4, 5)), Target("calls", "answer_rate", Fraction(1, 100)))
PAID = {
    "advisers": Payroll(heads=12, fte=11.5, paid_h=1_000.0, cost=30_000.0, currency="EUR"),
    "berater": Payroll(heads=5, fte=5.0, paid_h=400.0, cost=20_000.0, currency="EUR"),
}


@pytest.fixture(scope="module")
def random() -> CentreStatistics:
    return summarise(MADE, random_replications(MADE, 6), TARGETS)


# --- teams --------------------------------------------------------------------------------------------------------


def test_who_served_what() -> None:
    served = {(0, CALLS): (30, 3_000_000), (1, CALLS): (10, 2_000_000), (1, CHATS): (5, 100_000)}
    found = centre_figures(summarise(MADE, [Replication(n, counts_of(MADE, {}, services=served)) for n in range(2)]))
    values = {
        (team, queue): {name: figure.value for name, figure in of.items()}
        for team, queues in found.services.items()
        for queue, of in queues.items()
    }
    assert values == {
        ("advisers", "calls"): {"services": 30, "aht_s": 100, "share_of_queue": 0.75},
        ("berater", "calls"): {"services": 10, "aht_s": 200, "share_of_queue": 0.25},
        ("berater", "chats"): {"services": 5, "aht_s": 20, "share_of_queue": 1},
    }
    assert found.teams["berater"]["services"].value == 15
    assert found.teams["berater"]["aht_s"].value == 140


def test_shares_of_a_queue_are_ratios_of_sums_by_month(random: CentreStatistics) -> None:
    found = services(random, "month")["berater"]["emails"]["share_of_queue"]
    assert isinstance(found, Estimates)
    served = random.services[:, :, EMAILS, :, 0]
    expected = ratio_of_sums(served[:, 1], served.sum(axis=1))
    np.testing.assert_array_equal(found.value, expected.value)
    np.testing.assert_array_equal(found.half_width, expected.half_width)


def test_the_frame_of_services(random: CentreStatistics) -> None:
    frame = frames.team_services(random)
    assert len(frame) == 2 * 4 * 2
    assert frame["start"].unique().tolist() == [pd.Timestamp("2027-01-04"), pd.Timestamp("2027-02-01")]
    np.testing.assert_allclose(frame.groupby(["queue", "start"])["share_of_queue"].sum(), 1)


def test_the_frame_of_services_where_nobody_served() -> None:
    empty = summarise(MADE, [Replication(0, counts_of(MADE, {}))])
    assert list(frames.team_services(empty).columns) == ["team", "queue", "start"]


def test_teams_together(random: CentreStatistics) -> None:
    found = centre_figures(random, PAID).totals["teams"]
    busy, duty = random.teams_by_day[..., 2].sum(axis=(1, 2)), random.teams_by_day[..., :2].sum(axis=(1, 2, 3))
    assert found["occupancy"].value == pytest.approx(busy.sum() / duty.sum())
    assert found["positions_mean"].value == 8
    assert (found["heads"].value, found["fte"].value, found["cost"].value) == (17, 16.5, 50_000)


def test_sums_of_the_payroll_are_of_what_is_known_of_all() -> None:
    assert together(PAID.values()) == Payroll(17, 16.5, 1_400.0, 50_000.0, "EUR")
    other = Payroll(heads=None, fte=None, paid_h=10.0, cost=900.0, currency="CHF")
    assert together([PAID["advisers"], other]) == Payroll(None, None, 1_010.0, None, None)
    assert together([]) == Payroll()


# --- sites --------------------------------------------------------------------------------------------------------


def test_a_sites_parts_are_its_queues_and_teams(random: CentreStatistics) -> None:
    found = centre_figures(random, PAID, SITES)
    assert {site: list(parts) for site, parts in found.sites.items()} == {
        "france": ["all", "calls", "emails", "teams"],
        "germany": ["all", "calls", "chats", "teams"],
    }
    assert found.sites["france"]["calls"]["sl_offered"] == found.queues["calls"]["sl_offered"]
    offered = [found.sites[site]["all"]["offered"].value for site in found.sites]
    assert sum(offered) == pytest.approx(found.totals["all"]["offered"].value)
    france = queue_figures(random, [CALLS, EMAILS], "horizon")["answer_rate"]
    assert found.sites["france"]["all"]["answer_rate"].value == france[0][0]
    assert found.sites["germany"]["teams"]["heads"].value == 5
    served = found.sites["germany"]["all"]["served"].value
    assert found.sites["germany"]["all"]["cost_per_contact"].value == pytest.approx(20_000 / served)


def test_money_is_added_in_one_currency_only(random: CentreStatistics) -> None:
    paid = PAID | {"berater": Payroll(heads=5, cost=20_000.0, currency="CHF")}
    found = centre_figures(random, paid, SITES)
    assert found.sites["germany"]["teams"]["cost"].value == 20_000
    assert math.isnan(found.totals["teams"]["cost"].value)
    assert math.isnan(found.totals["all"]["cost_per_contact"].value)
    assert found.totals["teams"]["heads"].value == 17


def test_a_site_without_queues_has_teams_alone_and_one_without_teams_none(random: CentreStatistics) -> None:
    found = centre_figures(random, PAID, [Site("reserve", None, (), (1,)), Site("empty", None, (0,), ())])
    assert list(found.sites["reserve"]) == ["teams"]
    assert "teams" not in found.sites["empty"]


def test_queues_by_kind() -> None:
    assert queues_by_kind(MADE, range(4)) == {"all": [0, 1, 2, 3], "calls": [0, 2], "chats": [3], "emails": [1]}
    assert queues_by_kind(MADE, []) == {}


def test_site_frames(random: CentreStatistics) -> None:
    frame = frames.site_months(random, SITES)
    assert len(frame) == 2 * 4 * 2
    calls = frame[(frame["site"] == "france") & (frame["part"] == "calls")]
    months = frames.queue_months(random)
    np.testing.assert_array_equal(calls["sl_offered"], months.loc[months["queue"] == "calls", "sl_offered"])
    together_, parts = frame["part"] == "all", frame["part"] != "all"
    assert frame[together_]["meets_targets"].notna().all()
    assert frame[parts]["meets_targets"].isna().all()
    assert len(frames.site_days(random, SITES)) == 2 * 4 * 42
    assert list(frames.site_days(random, ()).columns) == ["site", "part", "start"]


def test_targets_of_a_site_are_those_of_its_queues(random: CentreStatistics) -> None:
    frame = frames.site_days(random, SITES)
    every_day = frame[frame["part"] == "all"].groupby("site")["meets_targets"].mean()
    assert every_day["france"] == 1  # 1 % answered
    assert 0 < every_day["germany"] < 1


def test_tables_by_span_have_sites_but_for_intervals(random: CentreStatistics) -> None:
    table = span_table(random, "month", SITES)
    labels = [group.label for group in table.groups if group.of == "site"]
    assert labels == [
        "france.all", "france.calls", "france.emails", "france.teams",
        "germany.all", "germany.calls", "germany.chats", "germany.teams",
    ]  # fmt: skip
    assert not [group for group in span_table(random, "interval", SITES).groups if group.of == "site"]


def test_tables_tell_how_often_each_site_meets_its_own_targets(random: CentreStatistics) -> None:
    frame = frames.site_days(random, SITES)
    for group in span_table(random, "day", SITES).groups:
        told = {one.figure: one for one in group.columns}
        assert ("meets_targets" in told) == (group.part == "all" or group.of == "all")
        if group.part == "all":
            of_site = frame[(frame["site"] == group.name) & (frame["part"] == "all")]
            np.testing.assert_array_equal(told["meets_targets"].values, of_site["meets_targets"])


def test_on_paper_there_is_room_for_sites_or_queues(random: CentreStatistics) -> None:
    several = main_figures(span_table(random, "month", SITES), random)
    assert {group.label: [column.figure for column in group.columns] for group in several.groups} == {
        "france.all": ["meets_targets"],
        "france.calls": ["offered", "answer_rate", "sl_offered", "asa_s", "satisfaction"],
        "france.emails": ["offered", "response_in_time", "waiting_at_end"],
        "france.teams": ["positions_mean", "occupancy"],
        "germany.all": ["meets_targets"],
        "germany.calls": ["offered", "answer_rate", "sl_offered", "asa_s"],
        "germany.chats": ["offered", "answer_rate", "sl_offered", "asa_s"],
        "germany.teams": ["positions_mean", "occupancy"],
        "targets": ["meets_targets"],
    }
    one = main_figures(span_table(random, "month", [Site("all", None, (0, 1, 2, 3), (0, 1))]), random)
    assert [group.label for group in one.groups] == [
        *(queue.name for queue in QUEUES),
        "advisers",
        "berater",
        "targets",
    ]


def test_rows_of_totals_name_both_levels(random: CentreStatistics) -> None:
    rows = total_rows(centre_figures(random, PAID, SITES))
    names = {(of, name) for of, name, *_ in rows}
    assert {("service", "berater.chats"), ("site", "france.emails"), ("total", "teams"), ("queue", "calls")} <= names


def test_sites_of_a_scenario() -> None:
    def part(**fields: object) -> dict[str, object]:
        return {"arrivals": {"per_week": 10}, "handle_time": "5 min", **fields}

    tree = {
        "kind": "centre",
        "name": "two",
        "start": "2027-01-04",
        "horizon": "1 week",
        "sites": {"france": {"language": "fr"}, "germany": {}},
        "queues": {
            "calls": part(site="france", channel="call"),
            "anrufe": part(site="germany", channel="call"),
            "emails": part(site="france", channel="email"),
        },
        "teams": {
            "berater": {"site": "germany", "positions": 2, "serves": ["anrufe"]},
            "advisers": {"site": "france", "positions": 2, "serves": ["calls", "emails"]},
        },
    }
    assert sites_of(CentreScenario.model_validate(tree)) == (
        Site("france", "fr", (0, 2), (1,)),
        Site("germany", None, (1,), (0,)),
    )
    del tree["sites"]
    for member in (*tree["queues"].values(), *tree["teams"].values()):  # type: ignore[attr-defined]
        del member["site"]
    assert sites_of(CentreScenario.model_validate(tree)) == ()
