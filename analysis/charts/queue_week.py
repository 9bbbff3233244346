"""A queue through an average week: its service level by slot, or how long what was handed in waited."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.centre.contract import Float64

from ..decision import TargetDecision
from ..uncertainty import Estimates


@dataclass(frozen=True)
class HandedIn:
    """Contacts that were handed in over the horizon, on average; they are none of those offered."""

    contacts: float
    wait_s: float
    """Mean wait of those answered."""
    abandoned: float
    """Share."""


@dataclass(frozen=True)
class QueueWeek(ABC):
    """Figures of a queue: by slot, or of emails by weekday of arrival, Monday first."""

    queue: str
    is_email: bool
    estimates: Estimates
    contacts: Float64
    """(S,) that the figure is taken of, on average in one week."""
    decided: tuple[TargetDecision, ...]
    """The queue's targets."""
    handed_in: HandedIn

    @property
    def low(self) -> Float64:
        """Lower bounds of the intervals: nothing is below 0."""
        return np.maximum(self.estimates.value - self.estimates.half_width, 0.0)

    @property
    def high(self) -> Float64:
        """Upper bounds of the intervals."""
        return self.estimates.value + self.estimates.half_width

    @property
    def known(self) -> int:
        """Slots that had contacts."""
        return int(np.count_nonzero(~np.isnan(self.estimates.value)))

    @property
    @abstractmethod
    def worst(self) -> int:
        """The slot in which the queue is worst off; there must be one that had contacts."""

    @property
    def shortfall(self) -> tuple[float, float]:
        """How badly off the queue is within the week; where no share is promised, less than any that has one."""
        return 0.0, -np.inf


@dataclass(frozen=True)
class Level(QueueWeek):
    """A queue's service level, or its share of emails replied to in time, of contacts that were offered to it."""

    threshold_s: float
    figure: str
    """Its name in ``docs/figures.md``."""
    target: float | None
    """The share that is promised."""

    @property
    def high(self) -> Float64:
        """Upper bounds of the intervals: a share ends at 1."""
        return np.minimum(super().high, 1.0)

    @property
    def short(self) -> NDArray[np.bool_]:
        """Where the figure stays below its target, whole interval and all; nowhere without a target."""
        if self.target is None:
            return np.zeros(self.estimates.value.shape, dtype=np.bool_)
        return np.asarray(self.estimates.value + self.estimates.half_width < self.target)

    @property
    def worst(self) -> int:
        """The slot with the lowest share."""
        return int(np.nanargmin(self.estimates.value))

    @property
    def shortfall(self) -> tuple[float, float]:
        """The share of its slots that are short, then by how much the lowest is."""
        if self.target is None or not self.known:
            return super().shortfall
        return np.count_nonzero(self.short) / self.known, self.target - float(np.nanmin(self.estimates.value))


@dataclass(frozen=True)
class Waits(QueueWeek):
    """The mean wait, in seconds, of contacts handed to a queue that lives on them."""

    offered: float
    """Contacts of its own over the horizon, of which nothing is drawn."""

    @property
    def worst(self) -> int:
        """The slot with the longest wait."""
        return int(np.nanargmax(self.estimates.value))
