"""Shrinkage by reason and month."""

import pytest

from sim.scenario.arrivals import MONTHS
from sim.scenario.shrinkage import ALL_IN_ONE, parse_monthly_shares, parse_shrinkage, together
from sim.scenario.team import Team

LEAVE = [6, 9, 6, 10, 10, 6, 17, 25, 6, 8, 5, 12]


def test_one_share_is_all_reasons_in_one():
    assert dict(parse_shrinkage("31 %")) == {ALL_IN_ONE: (0.31,) * 12}
    assert dict(parse_shrinkage(0.31)) == {ALL_IN_ONE: (0.31,) * 12}


def test_reasons_by_month():
    found = parse_shrinkage({"paid_leave": [f"{share} %" for share in LEAVE], "sickness": "7 %"})
    assert list(found) == ["paid_leave", "sickness"]
    assert found["paid_leave"] == pytest.approx([share / 100 for share in LEAVE])
    assert found["sickness"] == (0.07,) * 12


def test_the_months_not_named_share_what_is_left_of_the_year():
    shares = parse_monthly_shares({"year": "10 %", "aug": "25 %", "jul": "17 %"})
    assert shares[6:8] == (0.17, 0.25)
    assert sum(shares) == pytest.approx(1.2)
    assert len(set(shares)) == 3


def test_sum_and_product():
    parts = parse_shrinkage({"paid_leave": "10 %", "sickness": "20 %"})
    assert together(parts, "additive") == pytest.approx([0.3] * 12)
    assert together(parts, "compound") == pytest.approx([1 - 0.9 * 0.8] * 12)


def test_by_presence_what_happens_in_the_shift_is_a_share_of_who_is_there():
    """As suites of workforce management reckon: 10 % leave and 6 % sickness leave 84 %, breaks of 10 % take 8.4."""
    team = Team(
        heads=10,
        shrinkage={"paid_leave": "10 %", "sickness": "6 %", "breaks": "7 %", "meetings": "3 %"},
        shrinkage_convention="by presence",
    )
    assert team.whole_day_reasons == ("paid_leave", "sickness")
    assert team.monthly_absence == pytest.approx([0.16] * 12)
    assert team.monthly_shrinkage == pytest.approx([1 - 0.84 * 0.9] * 12)


@pytest.mark.parametrize(
    ("convention", "away", "all_together"),
    [("additive", 0.3, 0.4), ("compound", 1 - 0.8 * 0.9, 1 - 0.8 * 0.9 * 0.9), ("by presence", 0.3, 1 - 0.7 * 0.9)],
)
def test_what_takes_whole_days_by_each_convention(convention, away, all_together):
    shares = {"seminars": "20 %", "sickness": "10 %", "breaks": "10 %"}
    team = Team(heads=10, shrinkage=shares, shrinkage_convention=convention, whole_day=["seminars", "sickness"])
    assert team.monthly_absence == pytest.approx([away] * 12)
    assert team.monthly_shrinkage == pytest.approx([all_together] * 12)


def test_usual_names_take_whole_days_where_the_file_does_not_say():
    shares = {"sickness": "6 %", "training": "2 %", "paid_leave": "10 %"}
    assert Team(heads=10, shrinkage=shares).whole_day_reasons == ("sickness", "paid_leave")
    assert Team(heads=10, shrinkage=shares, whole_day=["training"]).whole_day_reasons == ("training",)
    assert Team(heads=10, shrinkage=shares, whole_day=[]).monthly_absence == (0.0,) * 12
    assert Team(heads=10).whole_day_reasons == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"shrinkage": {"sickness": "6 %", "breaks": "7 %"}, "whole_day": ["sicknes"]},
            'teams.advisers.whole_day.0: is no reason of the shrinkage: "sicknes"; did you mean "sickness"?',
        ),
        (
            {"shrinkage": {"breaks": "7 %"}, "shrinkage_convention": "by presence"},
            "teams.advisers.shrinkage_convention: needs reasons that take whole days; name them in whole_day, such as"
            " [paid_leave, sickness]",
        ),
        (
            {"shrinkage": {"sick_leave": "6 %"}, "sickness_waves": {"cv": "40 %"}},
            'teams.advisers.sickness_waves: "sickness" is no reason of the shrinkage that takes whole days; write'
            " reason: sick_leave",
        ),
        (
            {"sickness_waves": {"cv": "40 %"}},
            'teams.advisers.sickness_waves: "sickness" is no reason of the shrinkage that takes whole days; give the'
            " shrinkage by reason, such as {sickness: 6 %}",
        ),
        (
            {"shrinkage": "30 %", "whole_day": ["sickness"]},
            'teams.advisers.whole_day.0: is no reason of the shrinkage: "sickness"',
        ),
        (
            {
                "shrinkage": {"sickness": "60 %", "leave": "50 %", "breaks": "7 %"},
                "shrinkage_convention": "by presence",
            },
            "teams.advisers.shrinkage: adds up to 100 % in jan; it must leave something of the paid hours",
        ),
    ],
)
def test_what_is_wrong_with_whole_days(problems_of, small, changes, told):
    assert problems_of(small({"teams.advisers": {"heads": 12, **changes}})) == [told]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({}, "must be a share such as 30 %, or shares by reason"),
        (31, "write 31 %"),
        ("100 %", "must be less than 100 %"),
        ({"x": ["7 %"] * 11}, "must have 12 shares, January first; there are 11"),
        ({"x": {"aug": "25 %"}}, "needs year, the mean of the months, unless all twelve are given"),
        ({"x": {"year": "2 %", "aug": "50 %"}}, "the months named leave -2.36 % for each of the others"),
        ({"x": {"year": "12 %"} | dict.fromkeys(["jan", "feb"], "0 %") | {"augu": "3 %"}}, "unknown month"),
        ({"x": {"jan": "200 %", "year": "3 %"}}, "can't be more than 100 %"),
        ({"sick leave": "7 %"}, "a name is made of letters"),
        ({"x": [*["7 %"] * 11, "71"]}, "must be a share"),
    ],
)
def test_what_is_wrong_is_told(written, told):
    with pytest.raises(ValueError, match=told.split("%")[0].strip()):
        parse_shrinkage(written)


def test_twelve_months_that_are_not_the_year_stated():
    months = dict.fromkeys(MONTHS, "7 %")
    assert parse_monthly_shares({"year": "7 %", **months}) == (0.07,) * 12
    with pytest.raises(ValueError, match="the months are 7 % on average, not 9 %"):
        parse_monthly_shares({"year": "9 %", **months})


def test_a_team_adds_its_reasons_up():
    reasons = {"leave": {"year": "10 %", "aug": "32 %"}, "other": "20 %"}
    team = Team(heads=3, shrinkage=reasons, shrinkage_convention="additive")
    assert team.monthly_shrinkage[7] == pytest.approx(0.52)
    assert team.mean_shrinkage == pytest.approx(0.3)
    compound = Team(heads=3, shrinkage=reasons, shrinkage_convention="compound")
    assert compound.monthly_shrinkage[7] == pytest.approx(1 - 0.68 * 0.8)
    assert Team(heads=3).mean_shrinkage == pytest.approx(0.3)


def test_something_must_be_left():
    with pytest.raises(ValueError, match="adds up to 120 % in jan; it must leave something of the paid hours"):
        Team(heads=3, shrinkage={"a": "60 %", "b": "60 %"})
    assert Team(heads=3, shrinkage={"a": "60 %", "b": "60 %"}, shrinkage_convention="compound").mean_shrinkage < 1
