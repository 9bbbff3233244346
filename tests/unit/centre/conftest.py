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
EMAILS: dict[str, Any] = {
    "channel": "email",
    "arrivals": {"per_week": 700, "volume_is": "first"},
    "handle_time": "8 min",
}


@pytest.fixture
def scenario() -> Callable[..., CentreScenario]:
    """Builds the plain scenario with values put in at dotted paths; a value of None takes the field away.

    ``emails=True`` adds an email queue before they are put in.
    """

    def build(values: Mapping[str, Any] | None = None, *, emails: bool = False) -> CentreScenario:
        tree = deepcopy(PLAIN)
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
                place[field] = value
        return CentreScenario.model_validate(tree)

    return build
