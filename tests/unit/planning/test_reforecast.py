"""Going on from what has been: the same days as the plan had, with the heads and volumes that there are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from analysis.planning.plan import load_for_plan, plan_loaded
from analysis.planning.reforecast import reforecast
from analysis.planning.results import PlanResult
from analysis.sizing.evidence import Sampling
from sim.centre.compile import compile_centre
from sim.centre.workforce_plan import team_plan
from sim.errors import ScenarioError
from sim.scenario.load import load_scenario
from tests.support.planned import small_centre

FILE = small_centre(
    "Plan",
    "3 months",
    "{per_week: 900, growth: 10 % per month, volume_is: first}",
    """\
  advisers: {heads: 6, shrinkage: 20 %}
""",
)
FEW = Sampling(1, "fast", 6)
FEBRUARY = "month,queue,volume,aht,team,heads,shrinkage,hires\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def went_on(file: Path, rows: str, *, rebase: bool = False, settings: tuple[str, ...] = ()) -> PlanResult:
    actuals = file.parent / "actuals.csv"
    actuals.write_text(FEBRUARY + rows, encoding="utf-8")
    return reforecast(file, str(actuals), settings=settings, rebase=rebase, sampling=FEW)


def test_the_days_to_come_are_those_of_the_plan(file: Path) -> None:
    """Volumes grow from the file's start, chance goes by the date: all that is to come is as it was, to the contact."""
    planned = plan_loaded(load_for_plan(file, months=3), months=3, sampling=FEW)
    result = went_on(file, "2027-02,calls,3700,310,,,,\n")
    assert [one.label for one in result.periods] == ["2027-02", "2027-03", "2027-04"]
    assert result.actual == 1
    (was,), (row,) = planned.queues, result.queues
    assert row.volume[1:].tolist() == was.volume[1:].tolist()
    assert row.aht_s[1:].tolist() == was.aht_s[1:].tolist()
    assert result.teams[0].required_fte[1:].tolist() == planned.teams[0].required_fte[1:].tolist()
    assert row.volume[0] == 3700
    assert row.aht_s[0] == 310
    work = 3700 * 310 / (was.volume[0] * was.aht_s[0])
    assert result.teams[0].required_fte[0] == pytest.approx(planned.teams[0].required_fte[0] * work)
    assert np.isnan(result.holds[0].value)
    assert result.reforecast is not None
    (ratio,) = result.reforecast.ratios
    assert ratio.volume == pytest.approx(3700 / was.volume[0])
    assert ratio.aht == pytest.approx(310 / was.aht_s[0])


def test_heads_and_volumes_go_on_as_they_were(file: Path) -> None:
    volume = plan_loaded(load_for_plan(file, months=1), months=1, sampling=FEW).queues[0].volume[0]
    rows = f"2027-02,calls,{volume * 1.2:.6f},,advisers,8,25 %,2\n"
    result = went_on(file, rows, rebase=True)
    assert result.loaded.model.queues["calls"].arrivals.per_week == pytest.approx(900 * 1.2)
    assert result.loaded.model.teams["advisers"].heads == 8
    plain = went_on(file, rows)
    assert plain.loaded.model.queues["calls"].arrivals.per_week == 900
    assert result.queues[0].volume[1] / plain.queues[0].volume[1] == pytest.approx(1.2, rel=0.02)
    row = result.teams[0]
    assert row.heads.tolist() == [8, 8, 8]
    assert row.hires[0] == 2
    assert row.available_fte[0] == pytest.approx(8 * 0.75 / 0.8)
    assert result.reforecast is not None
    (one,) = result.reforecast.variances
    assert one.actual == pytest.approx(row.over_under_fte[0])


def test_with_customers_and_settings(file: Path) -> None:
    driven = "queues.calls.arrivals={per_week: , growth: , customers: {at_start: 1000, contacts: 4 per month}}"
    volume = plan_loaded(load_for_plan(file, [driven], months=1), months=1, sampling=FEW).queues[0].volume[0]
    result = went_on(file, f"2027-02,calls,{volume * 0.5:.6f},,,,,\n", rebase=True, settings=(driven,))
    customers = result.loaded.model.queues["calls"].arrivals.customers
    assert customers is not None
    assert customers.contacts.contacts == pytest.approx(2.0)


def problems(file: Path, rows: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        went_on(file, rows)
    return str(caught.value).splitlines()[1:]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2027-02,callz,1,,,,,\n", 'line 2  queue: unknown queue; did you mean "calls"? (got "callz")'),
        ("2027-02,calls,-1,,,,,\n", 'line 2  volume: must be a number, 0 or more (got "-1")'),
        ("2027-02,calls,1,ages,,,,\n", "line 2  aht: must be a duration"),
        ("2027-02,calls,1,0,,,,\n", 'line 2  aht: must be longer than 0 (got "0")'),
        ("2027-02,,,,advisers,6.5,,\n", 'line 2  heads: must be a whole number (got "6.5")'),
        ("2027-02,,,,advisers,0,,\n", 'line 2  heads: must be 1 or more (got "0")'),
        ("2027-02,,,,advisers,6,120 %,\n", "line 2  shrinkage: can't be more than 100 %"),
        ("2027-02,,5,,,,,\n", "line 2  names neither a queue nor a team"),
        ("2027-02,calls,1,,,,,\n2027-02,calls,2,,,,,\n", 'line 3  queue: has "calls" of this period twice'),
        ("2027-03,calls,1,,,,,\n", "2027-02 is missing; actuals go from 2027-02 on without a gap"),
        ("2026-12,calls,1,,,,,\n", "line 2  month: lies outside the sheet, 2027-02-01 to 2027-04-30"),
        ("soon,calls,1,,,,,\n", "line 2  month: must be a month such as 2027-06, or a day of it"),
    ],
)
def test_bad_actuals(file: Path, rows: str, told: str) -> None:
    (problem,) = problems(file, rows)
    assert told in problem


def test_nothing_left_to_plan(file: Path) -> None:
    rows = "".join(f"2027-0{month},calls,1,,,,,\n" for month in (2, 3, 4))
    assert "leaves nothing to plan" in problems(file, rows)[0]


def test_tables_that_are_none(file: Path) -> None:
    for header, told in (("queue,volume\ncalls,1\n", 'needs a column "month" or "week"'), ("", "is empty")):
        path = file.parent / "bad.csv"
        path.write_text(header, encoding="utf-8")
        with pytest.raises(ScenarioError, match=told):
            reforecast(file, str(path), sampling=FEW)
    path.write_text("month,queue,volum\n2027-02,calls,1\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"unknown column .volum.; did you mean .volume."):
        reforecast(file, str(path), sampling=FEW)
    dated = file.parent / "dated.csv"
    dated.write_text("month,queue,volume\n2027-02-17,calls,1\n", encoding="utf-8")
    assert reforecast(file, str(dated), sampling=FEW).actual == 1


def test_volumes_of_a_file_go_on_as_they_were(file: Path) -> None:
    """By an event beside those that there are, which stay as they are."""
    rows = [f"2027-0{month}-01,9000" for month in (2, 3, 4)]
    (file.parent / "volumes.csv").write_text("\n".join(["month,volume", *rows]), encoding="utf-8")
    campaign = "{name: campaign, from: 2027-03-08, until: 2027-03-12, volume: +50 %, ramp_in: 2 days, decay: 90 min}"
    arrivals = f"{{per_week: , growth: , file: volumes.csv, events: [{campaign}]}}"
    given = (f"queues.calls.arrivals={arrivals}",)
    result, plain = (
        went_on(file, "2027-02,calls,9900,,,,,\n", rebase=rebase, settings=given) for rebase in (True, False)
    )
    was, going_on = result.loaded.model.queues["calls"].arrivals.events
    assert was == plain.loaded.model.queues["calls"].arrivals.events[0]
    assert result.reforecast is not None
    assert going_on.volume == pytest.approx(result.reforecast.ratios[0].volume)
    assert going_on.first_day.isoformat() == "2027-03-01"
    assert result.loaded.model.end == going_on.last_day + timedelta(days=1)
    loads = [compile_centre(one.loaded.model).offered_load() for one in (result, plain)]
    np.testing.assert_allclose(loads[0], loads[1] * going_on.volume, atol=1e-9)


# --- what a scenario can say for it -------------------------------------------------------------------------------


def test_volumes_grow_from_the_day_on_which_they_hold(file: Path) -> None:
    """March is as loaded in a scenario that starts with it, if its volumes are those of February."""
    whole = compile_centre(load_scenario(file).model).offered_load()
    later = ("start=2027-03-01", "horizon=2 months")
    march = compile_centre(load_scenario(file, (*later, "volumes_as_of=2027-02-01")).model).offered_load()
    np.testing.assert_allclose(march, whole[:, 28 * 24 :], atol=1e-9)
    unsaid = compile_centre(load_scenario(file, later).model).offered_load()
    assert unsaid[:, : 24 * 5].sum() / march[:, : 24 * 5].sum() == pytest.approx(1 / 1.1, rel=0.02)


def test_a_class_under_way_is_among_the_heads(file: Path) -> None:
    """Of 6 heads, 2 began 10 days before the start and train for 4 more; a class of 2026 says nothing any more."""
    classes = "{on: 2027-01-22, heads: 2}, {on: 2026-06-01, heads: 2}"
    ramp = "ramp: {training: 2 weeks, starts_at: 50 %, full_at: 3 months}"
    loaded = load_scenario(file, (f"teams.advisers={{{ramp}, hiring: {{classes: [{classes}]}}}}",))
    tenures = team_plan(loaded.model, "advisers").tenure_days
    assert tenures.size == 6
    assert tenures[-2:].tolist() == [10, 10]
    assert tenures[:-2].min() >= 91
    (warning,) = [one.message for one in loaded.warnings if "classes" in one.field]
    assert warning.startswith("lies outside the horizon")
    leaving = ("teams.advisers.attrition={rate: 10 % per year, lost_in_training: 60 %}",)
    fewer = load_scenario(file, (f"teams.advisers={{{ramp}, hiring: {{classes: [{classes}]}}}}", *leaving))
    assert team_plan(fewer.model, "advisers").tenure_days[-2:].tolist().count(10) == 1


PARTNER = """\
  partner:
    heads: 0
    from: 2027-02-01
    until: 2027-02-28
    hiring: {classes: [{on: 2027-02-01, heads: 2}]}
    cost: {per_contact: 4 EUR}
"""


def test_a_team_that_is_there_for_a_time_has_no_actual_heads_and_may_be_over(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + PARTNER, encoding="utf-8")
    (told,) = problems(file, "2027-02,,,,partner,2,,\n")
    assert "heads: can't be given of a team that is there for a time or begins with nobody" in told
    (told,) = problems(file, "2027-02,calls,900,,,,,\n")
    assert "teams.partner.until: is over by 2027-03-01" in told


def test_columns_besides_are_left_aside(file: Path) -> None:
    table = file.parent / "noted.csv"
    table.write_text("month,queue,volume,remark\n2027-02,calls,900,a storm\n", encoding="utf-8")
    assert reforecast(file, str(table), sampling=FEW).actual == 1


def test_the_first_day_of_a_month_means_the_month_even_where_the_file_begins_later(file: Path) -> None:
    """As spreadsheets have months: 1 February, and the file begins on the 8th."""
    text = file.read_text(encoding="utf-8").replace("start: 2027-02-01", "start: 2027-02-08")
    file.write_text(text, encoding="utf-8")
    table = file.parent / "dated.csv"
    table.write_text("month,queue,volume\n2027-02-01 00:00,calls,900\n", encoding="utf-8")
    assert reforecast(file, str(table), sampling=FEW).actual == 1


def test_no_months_are_left_where_fewer_are_asked_for(file: Path) -> None:
    table = file.parent / "two.csv"
    table.write_text("month,queue,volume\n2027-02,calls,900\n2027-03,calls,900\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="leaves nothing to plan: ask for more months"):
        reforecast(file, str(table), months=2, sampling=FEW)
