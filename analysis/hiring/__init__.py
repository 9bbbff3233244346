"""Hiring plans: whom to hire when, so that targets hold month after month."""

from .hire import hire, hire_loaded
from .results import HireResult, PlannedClass

__all__ = ["HireResult", "PlannedClass", "hire", "hire_loaded"]
