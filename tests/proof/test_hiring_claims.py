"""Hiring plans hold as often as is claimed of them, on seeds that they weren't made with.

``python -m benchmarks.hiring_claims`` asks it of more centres.
"""

from __future__ import annotations

from pathlib import Path

from .hiring_claims import ERROR, Claim, claim, too_bold

WITH_A_PLAN = (0, 10)
"""Cases of which it is known that somebody has to be hired, and that it can be done."""


def test_plans_hold_as_often_as_claimed(tmp_path: Path) -> None:
    claims = [one for case in WITH_A_PLAN if (one := claim(case, tmp_path, replications=300)) is not None]
    assert len(claims) == len(WITH_A_PLAN)
    assert all(one.claimed >= 0.9 for one in claims)
    assert too_bold(claims) == []


def test_bold_claims_are_found() -> None:
    """One that holds in 80 % instead of 90 %, or many that hold in 88 %."""
    sound = [Claim(case, 3, 0.92, 276, 300) for case in range(20)]
    assert too_bold(sound) == []
    assert len(too_bold([*sound, Claim(20, 3, 0.92, 240, 300)])) == 1
    assert too_bold([Claim(case, 3, 0.92, 264, 300) for case in range(100)])[-1].startswith("all together")
    assert 0 < ERROR < 0.01
