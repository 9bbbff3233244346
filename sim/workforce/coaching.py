"""Coaching: who needs how much of it, who has it to give, and what colleagues give in place of coaches.

All are rates of a week, by arithmetic on how many people there are; nothing is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Float64 = NDArray[np.float64]


class CoachingTime(NamedTuple):
    """Of a week, at as many moments as people are given for, (D,), in ms."""

    coaching_ms: Float64
    """Asked for."""
    coaches_ms: Float64
    """That the coaches have."""
    colleagues_ms: Float64
    """What is beyond them, given by experienced colleagues."""


@dataclass(frozen=True)
class Coaching:
    """How much coaching a team's people need in a week, and how much its coaches can give; in ms."""

    coaches_ms: float
    """Of all coaches together."""
    trainee_ms: float
    beginner_ms: float
    """Past training, not yet fully proficient."""
    agent_ms: float
    """Of each fully proficient."""

    def time(
        self, trainees: Float64, beginners: Float64, experienced: Float64, there: Float64, phones_ms: Float64
    ) -> CoachingTime:
        """Of so many people, (D,), a share of whom is ``there``, and of the coaches likewise.

        Colleagues can't give more than the ``phones_ms`` (D,) that each of the experienced has for the phones.
        """
        asked = trainees * self.trainee_ms + beginners * self.beginner_ms + experienced * self.agent_ms
        beyond = np.maximum(asked - self.coaches_ms, 0.0)
        return CoachingTime(asked * there, self.coaches_ms * there, np.minimum(beyond * there, experienced * phones_ms))
