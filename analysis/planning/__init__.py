"""The rolling capacity sheet: weeks or months, what they need, what is there, and what that costs."""

from .plan import plan, plan_loaded
from .results import PlanResult

__all__ = ["PlanResult", "plan", "plan_loaded"]
