"""Arguments that no formula of this package can do without."""

from __future__ import annotations

import math


def require_positive(**values: float) -> None:
    """Raise ValueError naming the first value that is not a finite number above 0."""
    for name, value in values.items():
        if not (0 < value < math.inf):
            raise ValueError(f"{name} must be a finite number above 0 (got {value!r})")


def require_not_negative(**values: float) -> None:
    """Raise ValueError naming the first value that is not a finite number of at least 0."""
    for name, value in values.items():
        if not (0 <= value < math.inf):
            raise ValueError(f"{name} must be a finite number of at least 0 (got {value!r})")


def require_share(**values: float) -> None:
    """Raise ValueError naming the first value that does not lie strictly between 0 and 1."""
    for name, value in values.items():
        if not (0 < value < 1):
            raise ValueError(f"{name} must lie between 0 and 1, both excluded (got {value!r})")


def require_agents(agents: int) -> None:
    """Raise ValueError unless there is at least one agent."""
    if agents < 1:
        raise ValueError(f"agents must be at least 1 (got {agents!r})")
