"""Hiring plans of many small random centres, each run on other seeds: ``python -m benchmarks.hiring_claims [CASES]``.

A case takes 5 to 20 seconds on two cores. Exit code 1 if the plans hold less often than is claimed of them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.proof.hiring_claims import ASKED, claim, too_bold

REPLICATIONS = 400


def main(cases: int = 100) -> int:
    """Plan and run them, and tell how often they held."""
    claims = []
    with TemporaryDirectory() as folder:
        for case in range(cases):
            one = claim(case, Path(folder), REPLICATIONS)
            if one is None:
                continue
            claims.append(one)
            print(f"case {case:4}: {one.hired:3} hired, at least {one.claimed:.1%} claimed, holds in {one.share:.1%}")
    if not claims:
        print("none of these cases has a plan")
        return 1
    held, judged = sum(one.held for one in claims), sum(one.judged for one in claims)
    seldom = sum(one.share < ASKED for one in claims)
    print(f"\n{len(claims)} plans in {cases} cases; all together hold in {held / judged:.2%} of {judged} replications;")
    print(f"{seldom} of them in less than {ASKED:.0%} of theirs")
    for finding in (found := too_bold(claims)):
        print(f"too bold: {finding}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:2])))
