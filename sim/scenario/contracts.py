"""Contract hours: one contract for all, or a mix of full time and part time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from .base import Finding, Written, refusal
from .parse import HOUR_MS, NUMBER, SHARE, parse_hours_a_week, parse_positive_share
from .quantities import written
from .spelling import hinting
from .words import got


@dataclass(frozen=True)
class Contracts:
    """Hours a week in milliseconds, each with the share of the heads who have it; longest first, shares sum to 1."""

    shares: tuple[tuple[int, float], ...]

    @property
    def full_ms(self) -> int:
        """The longest."""
        return self.shares[0][0]

    @property
    def mean_ms(self) -> float:
        """Of all heads."""
        return sum(hours_ms * share for hours_ms, share in self.shares) if len(self.shares) > 1 else self.full_ms

    @property
    def mixed(self) -> bool:
        """Whether there is more than one."""
        return len(self.shares) > 1

    def __str__(self) -> str:
        """``35 h``, or ``35 h (80 %) and 28 h (20 %)``."""
        if not self.mixed:
            return f"{self.full_ms / HOUR_MS:g} h"
        told = [f"{hours_ms / HOUR_MS:g} h ({100 * share:.3g} %)" for hours_ms, share in self.shares]
        return f"{', '.join(told[:-1])} and {told[-1]}"


@hinting
def parse_contracts(value: Any) -> Contracts:
    """``35 h per week``, or ``{35 h: 80 %, 28 h: 20 %}``: the shares of the heads sum to 1."""
    if not isinstance(value, Mapping):
        try:
            return Contracts(((parse_hours_a_week(value), 1.0),))
        except ValueError as error:
            raise ValueError(f"{error}; or a mix such as {{35 h: 80 %, 28 h: 20 %}}") from None
    shares: dict[int, float] = {}
    findings = []
    for key, share in value.items():
        try:
            hours_ms = parse_hours_a_week(key)
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(key)}"))
            continue
        try:
            if hours_ms in shares:
                raise ValueError("is given twice")
            shares[hours_ms] = parse_positive_share(share)
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(share)}"))
    total = sum(shares.values())
    if not findings and abs(total - 1) > 1e-6:
        findings = [Finding((), f"the shares must sum to 100 % (they sum to {100 * total:.6g} %)")]
    if findings:
        raise refusal(findings)
    return Contracts(tuple((hours_ms, share / total) for hours_ms, share in sorted(shares.items(), reverse=True)))


_HOURS = rf"{NUMBER} h( per week)?"
ContractsField = Annotated[
    Contracts,
    Written(
        parse_contracts,
        {
            "anyOf": [
                written(_HOURS, "35 h per week", "35 h"),
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"pattern": f"^{_HOURS}$"},
                    "additionalProperties": written(SHARE, "80 %"),
                    "examples": [{"35 h": "80 %", "28 h": "20 %"}],
                },
            ]
        },
    ),
]
"""One contract, or several with their shares of the heads."""
