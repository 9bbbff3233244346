"""Emails put down for calls, and resumed by their own agent or by anyone."""

from __future__ import annotations

from dataclasses import asdict

from ..chains.preemption import Preemption, solve
from ..models import Model
from ..study import Study
from ..two_classes import PREEMPTION_FIGURES, preemption_centre
from .computed import computed

CASES = {
    "put down, own agent resumes, 1 agent": Preemption(0.3, 0.4, 1.0, 1.25, 1, "own", theta1=0.5),
    "put down, own agent resumes, 2 agents": Preemption(0.8, 0.5, 1.0, 0.8, 2, "own"),
    "put down, own agent resumes, 3 agents": Preemption(1.4, 0.7, 1.0, 0.8, 3, "own", theta1=0.4),
    "put down, anyone resumes, 2 agents": Preemption(0.8, 0.5, 1.0, 0.8, 2, "any", theta1=0.4),
}


def study(name: str) -> Study:
    """A case beside its chain."""
    m = CASES[name]
    return computed(name, m, asdict(solve(m)), Model(preemption_centre(m), PREEMPTION_FIGURES))
