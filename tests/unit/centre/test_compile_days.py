"""Days of several sites, and hours put together."""

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.compile_days import common, joined, ordinary_week
from sim.common.calendar import DAY_MS, merged_segments

HOUR = 3_600_000

SITES = {
    "calendar": None,
    "start": "2027-05-03",  # the 6th and the 8th are holidays in France, not in Spain
    "sites": {
        "france": {"calendar": {"country": "FR", "open": {"mon-sat": "08:00-18:00"}}},
        "spain": {"calendar": {"country": "ES", "open": {"mon-sat": "09:00-19:00"}, "closed": ["2027-05-04"]}},
    },
    "queues.calls.site": "france",
    "queues.emails.site": "spain",
    "queues.emails.arrivals.out_of_hours": "0 %",
    "teams": {
        "french": {"site": "france", "positions": 9, "serves": ["calls"]},
        "spanish": {"site": "spain", "positions": 5, "serves": ["emails", "calls"]},
    },
}


def segments(*spans):
    starts, ends = zip(*spans, strict=True)
    return merged_segments(np.array(starts), np.array(ends))


def spans(found):
    return list(zip(found.start_ms.tolist(), found.end_ms.tolist(), strict=True))


def test_common_and_joined():
    one, other = segments((0, 10), (20, 30)), segments((5, 22), (30, 40))
    assert spans(common(one, other)) == [(5, 10), (20, 22)]
    assert spans(joined([one, other])) == [(0, 40)]
    nothing = merged_segments(np.empty(0, np.int64), np.empty(0, np.int64))
    assert spans(common(one, nothing)) == []
    assert spans(joined([nothing, one])) == spans(one)


def test_an_ordinary_week_begins_on_monday():
    week = ordinary_week([[(8 * HOUR, 24 * HOUR)], [(0, 2 * HOUR)], *[[]] * 4, [(HOUR, 2 * HOUR)]])
    assert spans(week) == [(8 * HOUR, 26 * HOUR), (6 * DAY_MS + HOUR, 6 * DAY_MS + 2 * HOUR)]


@pytest.fixture
def plan(scenario):
    return compile_centre(scenario({**SITES, "warm_up": "none"}, emails=True))


def test_queues_keep_the_hours_and_holidays_of_their_site(plan):
    opening = plan.staffed().engine.opening
    days = [
        sorted(set((opening.start_ms[slice(*opening.offset[queue : queue + 2])] // DAY_MS).tolist()))
        for queue in (0, 1)
    ]
    assert [day for day in days[0] if day < 7] == [0, 1, 2, 4]
    assert [day for day in days[1] if day < 7] == [0, 2, 3, 4, 5]
    assert opening.start_ms[opening.offset[1]] == 9 * HOUR


def test_nothing_comes_on_a_sites_holidays(plan):
    expected = plan.staffed().volume.expected[:, :7]
    assert np.flatnonzero(expected[0]).tolist() == [0, 1, 2, 4]
    assert np.flatnonzero(expected[1]).tolist() == [0, 2, 3, 4, 5]


def test_teams_keep_the_holidays_of_their_site(plan):
    """The Spanish team is there for the hours of the French calls (of calls if it serves any), on Spanish days."""
    by_day = [
        plan.presence(team=team).positions.reshape(14, 48).max(axis=1)[:7].tolist() for team in ("french", "spanish")
    ]
    assert by_day == [[9, 9, 9, 0, 9, 0, 0], [5, 0, 5, 5, 5, 5, 0]]
    assert plan.presence(team="spanish").positions[:48].nonzero()[0].tolist() == list(range(16, 36))


def test_a_holiday_of_one_site_thins_only_its_own_volume(scenario):
    """Offered volumes: the share that a closed day keeps is taken on the site's own closed days."""
    again = {"probability": "10 %", "after": "1 day"}
    values = {**SITES, "queues.emails.arrivals": {"per_week": 700}, "queues.emails.recontact": again}
    plan = compile_centre(scenario(values, emails=True))
    first = plan.forecast.days.index(plan.window.start_day)
    emails = plan.forecast.first[1, first : first + 14]
    assert emails[1] != pytest.approx(emails[8])  # the 4th
    assert emails[5] == pytest.approx(emails[12])  # the 8th
