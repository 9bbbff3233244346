"""The file that a new user begins with."""

import re

import pytest

from sim.scenario.load import load_scenario
from sim.scenario.starter import starter_text


def test_it_is_a_scenario(write):
    model = load_scenario(write(starter_text())).model
    assert set(model.queues) == {"calls", "emails"}
    assert model.teams["advisers"].heads


def test_every_figure_says_that_it_is_assumed():
    lines = starter_text().split("queues:")[1].splitlines()
    figures = [line for line in lines if re.search(r": .*\d", line.split("#")[0]) and "contract" not in line]
    assert len(figures) > 8
    assert all("# assumption" in line for line in figures)


def test_kinds_that_there_are_none_of():
    with pytest.raises(ValueError, match='unknown kind "chat"'):
        starter_text("chat")
