"""A small scenario on disk, and the command line to put it through."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main

SMALL = """\
kind: centre
name: Small
start: 2027-02-01
horizon: 1 week
interval: 1 h
warm_up: none
calendar: {open: {mon-tue: 09:00-12:00}}
queues:
  calls:
    channel: call
    arrivals: {per_day: 60}
    handle_time: 5 min
    patience: 2 min
    targets: {service_level: 80 % in 20 s, answer_rate: 90 %}
  emails:
    channel: email
    arrivals: {per_day: 20, out_of_hours: 0 %}
    handle_time: 6 min
    backlog: 0
    targets: {response: 60 % in 2 h}
teams:
  advisers: {heads: 5, contract: 30 h per week, shrinkage: 30 %, hours: {mon-fri: 09:00-16:00}}
"""

TWO_SITES = """\
kind: centre
name: Sites
start: 2027-02-01
horizon: 1 week
sites:
  france: {calendar: {country: FR}, currency: EUR, language: fr}
  italy: {}
queues:
  calls:
    site: france
    channel: call
    arrivals: {per_week: 1000}
    handle_time: 6 min
    matters: {agenda: 90 %, tele: 10 %}
    transfer: {after: 1 min, to: {tele: desk}}
    satisfaction: {base: 97 %}
    targets: {satisfaction: 92.5 %}
  desk: {site: italy, channel: call, handle_time: 6 min}
  chats: {site: italy, channel: chat, arrivals: {per_week: 100}, handle_time: 6 min}
teams:
  advisers: {site: france, serves: [calls], skills: [agenda], positions: 4}
  specialists: {site: italy, serves: [desk, chats], positions: 1}
"""

Command = Callable[..., Result]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The scenario's file."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


@pytest.fixture
def two_sites(tmp_path: Path) -> Path:
    """The file of a centre in two countries, which hand contacts on to each other."""
    path = tmp_path / "two_sites.yaml"
    path.write_text(TWO_SITES)
    return path


@pytest.fixture
def staffsim() -> Command:
    """Runs a command line in this process."""

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return invoke


def started(
    arguments: Sequence[str | Path], code: str = "from cli import main; main()", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command line, or other code with these arguments, in a process of its own."""
    line = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(line, text=True, capture_output=True, check=False, env={**os.environ, **environment})
