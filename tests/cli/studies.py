"""What the tests of the studies share: their files simulated, and the figures in their findings compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from analysis import run
from analysis.kpis import Estimate
from analysis.simulation import RunResult
from analysis.uncertainty import Estimates

STUDIES = Path(__file__).parents[2] / "scenarios" / "studies"
REPLICATIONS = 30


def simulated(name: str, *settings: str, replications: int = REPLICATIONS) -> RunResult:
    """A study's file, on the same random numbers as all others."""
    return run(STUDIES / name, settings=settings, replications=replications)


def as_estimate(found: Estimates, scale: float = 1) -> Estimate:
    """As one that is written, in another unit."""
    return Estimate(float(found.value) * scale, float(found.half_width) * abs(scale))


def percent(found: Estimates | Estimate) -> Estimate:
    """A share in per cent."""
    return Estimate(100 * float(found.value), 100 * float(found.half_width))


def finding(name: str) -> str:
    """The finding in a study's comment, as one line."""
    comment = re.search(r"^# Finding: (.*?)^#$", (STUDIES / name).read_text(), re.MULTILINE | re.DOTALL)
    assert comment, f"{name} says no finding"
    return " ".join(comment[1].replace("\n#", " ").split())


def assert_finds(name: str, expected: Sequence[float | Estimate]) -> None:
    """The numbers in a finding, in their order, are those expected; it stands in the README word for word.

    Written estimates may be off by their rounding and a fifth of the half width, for processors that round otherwise.
    """
    sentence = finding(name)
    readme = " ".join((STUDIES / "README.md").read_text().split())
    assert sentence in readme
    assert sentence.count(". ") == 0, "one sentence"
    written = re.findall(r"\d{1,3}(?: \d{3})+|\d+(?:\.\d+)?", sentence)
    numbers: list[tuple[float, float]] = []
    for one in expected:
        if isinstance(one, Estimate):
            numbers += [(one.value, one.half_width / 5), (one.half_width, one.half_width / 5)]
        else:
            numbers.append((one, 0.0))
    told = f"{sentence}\n{[round(number, 3) for number, _ in numbers]}"
    assert len(written) == len(numbers), told
    for text, (number, slack) in zip(written, numbers, strict=True):
        rounding = 0.5 * 10.0 ** -len(text.partition(".")[2]) if "." in text else 0.5
        assert abs(float(text.replace(" ", "")) - number) <= 1.02 * rounding + slack, f"{text}: {number}\n{told}"
