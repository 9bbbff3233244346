"""The commented scenario file to start from."""

from __future__ import annotations

from importlib.resources import files

KINDS = ("centre",)


def starter_text(kind: str = "centre") -> str:
    """A short scenario file of this kind that runs as it is, every figure marked as an assumption.

    Raises ValueError for a kind that there is none of.
    """
    if kind not in KINDS:
        raise ValueError(f'unknown kind "{kind}"; known are {", ".join(KINDS)}')
    return (files(__package__) / "starter.yaml").read_text(encoding="utf-8")
