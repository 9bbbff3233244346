"""Random times (patience, handle time) as the formulas need them: survival function and its integral.

Every distribution of ``sim.common.distributions`` is a ``Duration`` as it stands; these are the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from .checks import require_positive
from .quadrature import NODES_PER_PANEL, Float64, composite_rule


class Duration(Protocol):
    """A random time T >= 0. Times are milliseconds, arrays of any shape; results have the same shape."""

    def survival(self, t_ms: Float64) -> Float64:
        """Return P(T > t)."""

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Return E[min(T, t)], the integral of the survival function from 0 to t."""


@dataclass(frozen=True)
class Exponential:
    """Exponential with the given mean; exact for any t / mean, however small."""

    mean_ms: float

    def __post_init__(self) -> None:
        """Refuse a mean that makes no distribution."""
        require_positive(mean_ms=self.mean_ms)

    def survival(self, t_ms: Float64) -> Float64:
        """Return P(T > t)."""
        return np.exp(-t_ms / self.mean_ms)

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Return E[min(T, t)]."""
        return -self.mean_ms * np.expm1(-t_ms / self.mean_ms)


@dataclass(frozen=True)
class Balking:
    """Patience of a crowd of which ``share`` leave at once when they would have to wait."""

    share: float
    others: Duration

    def __post_init__(self) -> None:
        """Refuse a share that leaves nobody."""
        if not 0 <= self.share < 1:
            raise ValueError(f"share must be at least 0 and below 1 (got {self.share!r})")

    def survival(self, t_ms: Float64) -> Float64:
        """Return P(T > t)."""
        return (1 - self.share) * self.others.survival(t_ms)

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Return E[min(T, t)]."""
        return (1 - self.share) * self.others.limited_mean(t_ms)


@dataclass(frozen=True)
class SurvivalFunction:
    """Any survival function P(T > t), non-increasing, given as a callable on arrays of milliseconds.

    Its integral is tabulated once by quadrature on panels that widen in proportion to the time (four to a doubling), so
    it may have any scale; jumps and kinks must be named in ``jumps_ms``.
    """

    function: Callable[[Float64], Float64]
    jumps_ms: tuple[float, ...] = ()

    @cached_property
    def _edges_ms(self) -> Float64:
        return np.unique(np.concatenate([[0.0], self.jumps_ms, 2.0 ** np.arange(-20.0, 100.25, 0.25)]))

    @cached_property
    def _integral_to_edge(self) -> Float64:
        nodes, weights = composite_rule(self._edges_ms)
        panels = (weights * self.function(nodes)).reshape(-1, NODES_PER_PANEL).sum(axis=1)
        return np.concatenate([[0.0], np.cumsum(panels)])

    def survival(self, t_ms: Float64) -> Float64:
        """Return P(T > t)."""
        return self.function(t_ms)

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Return E[min(T, t)]."""
        panel = np.searchsorted(self._edges_ms, t_ms, side="right") - 1
        start_ms = self._edges_ms[panel]
        unit_nodes, unit_weights = composite_rule(np.array([0.0, 1.0]))
        width_ms = (t_ms - start_ms)[..., np.newaxis]
        within_panel = self.function(start_ms[..., np.newaxis] + width_ms * unit_nodes) @ unit_weights
        return self._integral_to_edge[panel] + width_ms[..., 0] * within_panel
