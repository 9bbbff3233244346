"""A small scenario to vary."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import pytest

from sim.scenario.centre import CentreScenario

PLAIN: dict[str, Any] = {
    "kind": "centre",
    "name": "Test centre",
    "start": "2027-01-04",
    "horizon": "2 weeks",
    "calendar": {"open": {"mon-fri": "08:00-18:00"}},
    "queues": {
        "calls": {
            "channel": "call",
            "arrivals": {"per_week": 5000, "volume_is": "first"},
            "handle_time": "6 min",
            "patience": "4 min",
        }
    },
    "teams": {"advisers": {"heads": 60}},
}
OTHERS: dict[str, dict[str, Any]] = {
    "emails": {"channel": "email", "arrivals": {"per_week": 700, "volume_is": "first"}, "handle_time": "8 min"},
    "chats": {"channel": "chat", "arrivals": {"per_week": 900, "volume_is": "first"}, "handle_time": "10 min"},
    "desk": {"channel": "call", "arrivals": {"per_week": 0, "volume_is": "first"}, "handle_time": "12 min"},
}
"""Queues to add; the desk lives on what others send it."""


@pytest.fixture
def scenario() -> Callable[..., CentreScenario]:
    """Builds the plain scenario with values put in at dotted paths; a value of None takes the field away.

    ``emails=True``, ``chats=True`` and ``desk=True`` add such a queue before they are put in.
    """

    def build(values: Mapping[str, Any] | None = None, **added: bool) -> CentreScenario:
        tree = deepcopy(PLAIN)
        tree["queues"].update({name: deepcopy(OTHERS[name]) for name, wanted in added.items() if wanted})
        for path, value in (values or {}).items():
            *parents, field = path.split(".")
            place = tree
            for parent in parents:
                place = place.setdefault(parent, {})
            if value is None:
                place.pop(field, None)
            else:
                place[field] = value
        return CentreScenario.model_validate(tree)

    return build
