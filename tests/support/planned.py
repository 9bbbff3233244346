"""A small centre of calls, as text of a file, that tests of hiring and of the capacity sheet plan for."""

from __future__ import annotations


def small_centre(name: str, horizon: str, arrivals: str, teams: str) -> str:
    """From 1 February 2027 on, without a warm-up; ``arrivals`` in braces, ``teams`` indented by two blanks."""
    return f"""\
kind: centre
name: {name}
start: 2027-02-01
horizon: {horizon}
interval: 1 h
warm_up: none
calendar: {{open: {{mon-fri: 09:00-17:00}}}}
queues:
  calls:
    channel: call
    arrivals: {arrivals}
    handle_time: 5 min
    patience: 4 min
    targets: {{service_level: 80 % in 30 s}}
teams:
{teams}"""
