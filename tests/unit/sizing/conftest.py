"""A small centre to size, and to vary."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.centre import CentreScenario
from sim.scenario.load import LoadedScenario

SMALL: dict[str, Any] = {
    "kind": "centre",
    "name": "small",
    "start": "2027-02-01",
    "horizon": "4 weeks",
    "calendar": {"open": {"mon-fri": "09:00-17:00"}},
    "queues": {
        "calls": {
            "channel": "call",
            "arrivals": {"per_day": 400},
            "handle_time": "5 min",
            "patience": "2 min",
            "targets": {"service_level": "80 % in 20 s", "answer_rate": "95 %"},
        }
    },
    "teams": {"advisers": {"positions": 8}},
}
CHATS: dict[str, Any] = {
    "channel": "chat",
    "arrivals": {"per_day": 150},
    "handle_time": "8 min",
    "patience": "3 min",
    "targets": {"service_level": "80 % in 40 s"},
}
EMAILS: dict[str, Any] = {
    "channel": "email",
    "arrivals": {"per_day": 60},
    "handle_time": "10 min",
    "targets": {"response": "80 % in 4 h"},
}


TWO_TEAMS: dict[str, Any] = {
    "queues.chats": CHATS,
    "teams": {
        "advisers": {"serves": ["calls"], "positions": 8},
        "desk": {"serves": ["chats"], "positions": 3},
    },
}
"""Values for two teams that have nothing to do with each other."""
_HANDED_ON: dict[str, Any] = {
    "queues.calls.matters": {"agenda": "70 %", "billing": "30 %"},
    "queues.billing": {"channel": "call", "handle_time": "6 min"},
    "queues.calls.transfer": {"after": "1 min", "to": {"billing": "billing"}},
}


def with_billing(skills: list[str]) -> dict[str, Any]:
    """Advisers with these skills, and a desk for billing."""
    return _HANDED_ON | {
        "teams": {
            "advisers": {"serves": ["calls"], "skills": skills, "positions": 8},
            "desk": {"serves": ["billing"], "positions": 3},
        }
    }


@pytest.fixture
def scenario() -> Callable[..., LoadedScenario]:
    """Builds the small centre with values put in at dotted paths; a value of None takes the field away.

    ``emails=True`` adds an email queue before they are put in.
    """

    def build(values: Mapping[str, Any] | None = None, *, emails: bool = False) -> LoadedScenario:
        tree = deepcopy(SMALL)
        if emails:
            tree["queues"]["emails"] = deepcopy(EMAILS)
        for path, value in (values or {}).items():
            *parents, field = path.split(".")
            place = tree
            for parent in parents:
                place = place.setdefault(parent, {})
            if value is None:
                place.pop(field, None)
            else:
                place[field] = deepcopy(value)
        return LoadedScenario(CentreScenario.model_validate(tree), Path("small.yaml"), tree, (), ())

    return build
