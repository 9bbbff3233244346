"""Which version of staffsim this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

UNKNOWN = "(not installed)"


def staffsim_version() -> str:
    """The installed version, ``0.1.0``."""
    try:
        return version("staffsim")
    except PackageNotFoundError:
        return UNKNOWN
