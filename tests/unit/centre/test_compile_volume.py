"""Expected first contacts and their shapes, as compiled from scenarios."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.errors import ScenarioError
from sim.scenario.period_volumes import PERIOD_COLUMNS, PeriodVolumes
from sim.scenario.tables import VolumeTable

HOUR = 3_600_000


def horizon(compiled):
    """Expected first contacts of the horizon's days, (Q, days)."""
    return compiled.volume.expected[:, compiled.warm_up_days : compiled.warm_up_days + compiled.horizon_days]


def compiled(build, values=None, **options):
    return compile_centre(build(values, **options)).staffed()


@pytest.mark.parametrize(
    "volume", [{"per_week": 5000}, {"per_day": 1000}, {"per_hour": 100}], ids=lambda volume: next(iter(volume))
)
def test_a_volume_by_week_day_or_hour(scenario, volume):
    days = horizon(compiled(scenario, {"queues.calls.arrivals": {"volume_is": "first", **volume}}))
    np.testing.assert_allclose(days, [[1000] * 5 + [0, 0] + [1000] * 5 + [0, 0]])


def test_a_holiday_loses_the_calls_and_brings_emails_at_the_closed_rate(scenario):
    values = {
        "calendar.country": "FR",
        "start": "2027-05-03",
        "queues.emails.arrivals.out_of_hours": 0.2,
        "queues.emails.recontact": None,
    }
    calls, emails = horizon(compiled(scenario, values, emails=True))
    ascension, usual = 3, 10
    assert calls[ascension] == 0
    assert calls[usual] == 1000
    assert emails[ascension] == pytest.approx(700 * 0.2 * 24 / 118)
    assert emails[usual] == pytest.approx(700 * (0.8 / 5 + 0.2 * 14 / 118))


def test_working_on_holidays(scenario):
    values = {"calendar.country": "FR", "start": "2027-05-03", "calendar.works_on_holidays": True}
    assert horizon(compiled(scenario, values))[0, 3] == 1000
    values["calendar.closed"] = ["2027-05-06"]
    assert horizon(compiled(scenario, values))[0, 3] == 0


def test_growth_seasons_and_events_multiply(scenario):
    values = {
        "start": "2027-01-01",
        "horizon": "3 months",
        "calendar.open": {"every day": "08:00-18:00"},
        "queues.calls.arrivals.per_week": 7000,
        "queues.calls.arrivals.growth": "2 % per month",
        "queues.calls.arrivals.seasonality": {"feb": "50 %"},
        "queues.calls.arrivals.events": [
            {"name": "launch", "from": "2027-02-10", "until": "2027-02-20", "volume": "+40 %"},
            {"name": "strike", "from": "2027-02-20", "until": "2027-02-20", "volume": "-50 %"},
        ],
    }
    days = horizon(compiled(scenario, values))[0]
    day = {text: (date.fromisoformat(f"2027-{text}") - date(2027, 1, 1)).days for text in ("02-01", "02-15", "03-01")}
    assert days[0] == 1000
    assert days[day["02-01"]] == pytest.approx(1000 * 1.02 * 0.5)
    assert days[day["02-15"]] == pytest.approx(1000 * 1.02**1.5 * 0.5 * 1.4)
    assert days[day["02-15"] + 5] == pytest.approx(1000 * 1.02 ** (1 + 19 / 28) * 0.5 * 1.4 * 0.5)
    assert days[day["03-01"]] == pytest.approx(1000 * 1.02**2)


def test_repeats_are_backed_out_of_offered_volumes(scenario):
    values = {
        "queues.calls.arrivals.volume_is": "offered",
        "queues.calls.arrivals.counted_at_answer_rate": 0.9,
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day"},
    }
    days = horizon(compiled(scenario, values))[0, :7]
    assert days.sum() == pytest.approx(5000 * (1 - 0.18))
    assert days[0] == days[:5].min()  # the weekend's come on Monday


def test_days_that_are_alike_share_a_shape(scenario):
    arrivals = compiled(scenario, {"calendar.open": {"mon-thu": "08:00-18:00", "fri": "08:00-12:00"}}).engine.arrivals
    assert arrivals.shape_of[0, :7].tolist() == [0, 0, 0, 0, 1, -1, -1]
    assert arrivals.offset.tolist() == [0, 2, 4]
    assert (arrivals.edge_ms / HOUR).tolist() == [8, 18, 8, 12]
    assert arrivals.cumulative.tolist() == [0, 1, 0, 1]


def test_a_queue_without_volume_keeps_its_shape_for_repeats(scenario):
    arrivals = compiled(scenario, {"queues.calls.arrivals.per_week": 0}).engine.arrivals
    assert arrivals.shape_of[0, 0] == 0


def volumes(first, days, per_row, *, hours=range(8, 18)):
    rows = [
        (
            datetime.combine(first + timedelta(n), datetime.min.time()) + timedelta(hours=hour, minutes=minute),
            per_row(n),
        )
        for n in range(days)
        if (first + timedelta(n)).weekday() < 5
        for hour in hours
        for minute in (0, 30)
    ]
    return VolumeTable(rows=tuple(rows), source="volumes.csv")


def test_volumes_from_a_file(scenario):
    table = volumes(date(2027, 1, 4), 14, lambda n: float(n))
    event = {"name": "outage", "from": "2027-01-12", "until": "2027-01-12", "volume": "+100 %"}
    values = {
        "queues.calls.arrivals": {"file": table, "volume_is": "first", "events": [event]},
        "warm_up": "1 week",
    }
    found = compiled(scenario, values)
    np.testing.assert_allclose(horizon(found)[0, [0, 1, 7, 8, 9, 13]], [0, 20, 140, 2 * 160, 180, 0])
    np.testing.assert_allclose(found.volume.expected[0, [1, 7 + 14 + 1]], [20, 160])  # before and after: Tuesdays


def test_a_file_with_calls_while_closed_is_refused(scenario):
    table = volumes(date(2027, 1, 4), 14, lambda n: 1.0, hours=range(8, 19))
    with pytest.raises(
        ScenarioError, match=r"queues\.calls\.arrivals: there are calls at 2027-01-04 18:00 \(and 19 more times\)"
    ):
        compiled(scenario, {"queues.calls.arrivals": {"file": table}})


def test_customers_times_the_contacts_of_each(scenario):
    """A week is 7 days of a year of 365.25, and five of them are open."""
    customers = {"at_start": 12_000, "contacts": "10 per year"}
    days = horizon(compiled(scenario, {"queues.calls.arrivals": {"volume_is": "first", "customers": customers}}))
    per_week = 12_000 * 10 * 7 / 365.25
    np.testing.assert_allclose(days, [([per_week / 5] * 5 + [0, 0]) * 2])


def test_customers_grow_while_each_calls_less(scenario):
    values = {
        "start": "2027-01-01",
        "horizon": "7 months",
        "calendar.open": {"every day": "08:00-18:00"},
        "queues.calls.arrivals": {
            "volume_is": "first",
            "customers": {
                "at_start": 7000,
                "growth": "3 % per month",
                "contacts": "1 per week",
                "contacts_growth": "-10 % per year",
            },
        },
    }
    days = horizon(compiled(scenario, values))[0]
    assert days[0] == 1000
    july = (date(2027, 7, 1) - date(2027, 1, 1)).days
    assert days[july] == pytest.approx(1000 * 1.03**6 * 0.9**0.5)


def by_period(kind: str, rows: list[tuple[str, float]]) -> PeriodVolumes:
    return PeriodVolumes(kind, tuple((PERIOD_COLUMNS[kind](text), volume) for text, volume in rows), "volumes.csv")


def test_every_month_has_the_volume_of_its_row(scenario):
    """Holidays bring none of it: a month's open days share its volume, each weekday by its weight."""
    volumes = by_period("month", [("2027-05", 4100), ("2027-06", 6600)])
    values = {
        "calendar.country": "FR",
        "start": "2027-05-01",
        "horizon": "2 months",
        "queues.calls.arrivals": {"volume_is": "first", "file": volumes, "days": {"mon": 3, "tue-fri": 1}},
    }
    days = horizon(compiled(scenario, values))[0]
    assert days[:31].sum() == pytest.approx(4100)
    assert days[31:].sum() == pytest.approx(6600)
    ascension, whit_monday = 5, 16
    assert days[ascension] == days[whit_monday] == 0
    mondays, others = 4, 21 - 5 - 1
    assert days[2] == pytest.approx(3 * 4100 / (3 * mondays + others))
    assert days[3] == pytest.approx(4100 / (3 * mondays + others))


def test_a_month_of_which_the_horizon_has_a_part_is_taken_whole(scenario):
    values = {
        "start": "2027-02-15",
        "horizon": "2 weeks",
        "warm_up": "2 weeks",
        "queues.calls.arrivals": {"volume_is": "first", "file": by_period("month", [("2027-02", 2000)])},
    }
    centre = compiled(scenario, values)
    np.testing.assert_allclose(horizon(centre), [([100] * 5 + [0, 0]) * 2])
    assert centre.volume.expected[0, : centre.warm_up_days].sum() == pytest.approx(1000)


def test_days_of_no_row_are_like_the_nearest(scenario):
    rows = [("2027-W01", 500.0), ("2027-W02", 1000.0)]
    values = {"queues.calls.arrivals": {"volume_is": "first", "file": by_period("week", rows)}, "warm_up": "1 week"}
    centre = compiled(scenario, values)
    first = centre.warm_up_days
    assert horizon(centre).sum() == pytest.approx(1500)
    assert centre.volume.expected[0, first - 7 : first].sum() == pytest.approx(500)
    assert centre.volume.expected[0, first + 14 : first + 21].sum() == pytest.approx(1000)


def test_events_come_on_top_of_a_file_by_period(scenario):
    event = {"name": "launch", "from": "2027-01-05", "until": "2027-01-05", "volume": "+50 %"}
    file = by_period("month", [("2027-01", 2100)])
    days = horizon(
        compiled(scenario, {"queues.calls.arrivals": {"volume_is": "first", "file": file, "events": [event]}})
    )
    np.testing.assert_allclose(days[0, :5], [100, 150, 100, 100, 100])


def test_contacts_of_a_period_in_which_none_can_come(scenario):
    values = {"queues.calls.arrivals": {"file": by_period("day", [(f"2027-01-{day:02}", 10) for day in range(4, 18)])}}
    with pytest.raises(
        ScenarioError, match=r"volumes.csv has 10 contacts in the day on 2027-01-09, when none can come"
    ):
        compiled(scenario, values)
