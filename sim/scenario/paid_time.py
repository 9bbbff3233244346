"""What becomes of a team's paid time beside its shrinkage: waves of sickness."""

from __future__ import annotations

from .base import ScenarioModel
from .quantities import Name, PositiveVariation
from .workforce import Tenure


class SicknessWaves(ScenarioModel):
    """Weeks in which more people are ill than usual, as in a wave of influenza; the mean is that of the shrinkage."""

    cv: PositiveVariation
    """How much a week's sickness varies: its standard deviation over its mean."""
    lasting: Tenure = 14
    """Time after which half of an excess is left on average; default 2 weeks."""
    reason: Name = "sickness"
    """Reason of the shrinkage that varies; default sickness."""
