"""Which rows of the bank's log count, and what they say."""

from datetime import date

import pytest

from analysis.calibrate.bank_1999_log import DAYS, DAYS_LEFT_OUT, FIRST_DAY, planned_opening, read_log
from analysis.calibrate.half_hours import DAY_S, SLOTS

MONDAY = 3 * DAY_S
WAITED = {"q_start": "08:00:10", "q_time": "30", "ser_start": "08:00:40"}
GAVE_UP = {"q_start": "08:00:10", "q_time": "30", "outcome": "HANG", "ser_start": "", "ser_time": "0", "server": ""}


def test_a_call_answered_at_once(write_log):
    (call,) = read_log(write_log({})).to_dict("records")
    offered = MONDAY + 8 * 3_600 + 10
    assert call == {
        "offered_s": offered,
        "wait_s": 0,
        "answered": True,
        "agent": "A01",
        "start_s": offered,
        "handle_s": 100.0,
    }


def test_waits_of_the_answered_and_the_abandoned(write_log):
    calls = read_log(write_log(WAITED, GAVE_UP))
    assert calls["wait_s"].tolist() == [30, 30]
    assert calls["answered"].tolist() == [True, False]
    assert (calls["start_s"] - calls["offered_s"]).tolist() == [30, 30]
    assert calls["handle_s"].isna().tolist() == [False, True]


def test_only_calls_that_reached_queue_or_agent_are_offered(write_log):
    ended_in_the_menu = {**GAVE_UP, "q_start": "", "q_time": "0"}
    phantom = {**GAVE_UP, "outcome": "PHANTOM"}
    assert len(read_log(write_log({}, ended_in_the_menu, phantom))) == 1


@pytest.mark.parametrize(
    ("day", "counts"), [("1998-12-31", 0), ("1999-01-01", 1), ("1999-05-31", 1), ("1999-06-01", 0)]
)
def test_only_january_to_may_is_read(write_log, day, counts):
    assert len(read_log(write_log({"date": day}))) == counts


def test_calls_are_in_order_of_their_offering(write_log):
    calls = read_log(write_log({"vru_exit": "08:00:20", "server": "A02"}, {}))
    assert calls["agent"].tolist() == ["A01", "A02"]


def test_what_happens_after_midnight_belongs_to_the_call_before_it(write_log):
    call = {
        "vru_entry": "23:59:50",
        "vru_exit": "00:00:05",
        "q_start": "00:00:05",
        "q_time": "60",
        "ser_start": "00:01:05",
    }
    calls = read_log(write_log(call))
    assert calls["offered_s"].item() == MONDAY + DAY_S + 5
    assert calls["start_s"].item() == MONDAY + DAY_S + 65


@pytest.mark.parametrize("service", [{"ser_start": "00:00:00", "ser_time": "0"}, {"ser_time": "30278"}])
def test_unrecorded_services_are_answered_with_unknown_handle_time(write_log, service):
    calls = read_log(write_log(service))
    assert calls["answered"].all()
    assert calls["handle_s"].isna().all()
    assert calls["start_s"].item() == calls["offered_s"].item()


def test_a_log_without_a_column_is_refused(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("date,outcome\n1999-01-04,AGENT\n")
    with pytest.raises(ValueError, match="q_time"):
        read_log(path)


def test_opening_hours_of_ordinary_days():
    opening = planned_opening()
    assert opening.shape == (DAYS, SLOTS)
    hours = {day: opening[(date(1999, 1, day) - FIRST_DAY).days].sum() / 2 for day in range(3, 10)}
    assert list(hours.values()) == [17, 17, 17, 17, 17, 7, 4]


def test_days_left_out_are_closed():
    opening = planned_opening()
    for day in DAYS_LEFT_OUT:
        assert not opening[(day - FIRST_DAY).days].any()
    assert opening.any(axis=1).sum() == DAYS - len(DAYS_LEFT_OUT)
