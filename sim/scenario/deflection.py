"""First contacts that self-service or a community takes off a queue's hands, for good or for a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

from .base import Finding, ScenarioModel, Written, refusal
from .distribution import Delay, exponential
from .parse import HOUR_MS, SHARE, parse_date, parse_share
from .quantities import Share, Text, written, written_or_number
from .spelling import hinting
from .words import got, suggestion

DEFAULT_FAILS_AFTER = exponential(4 * HOUR_MS)
_MOST_DATES = 1_000


class DatedShare(NamedTuple):
    """A share that holds from a day on, until the next."""

    first_day: date | None
    """None: always."""
    share: float


@hinting
def parse_dated_shares(value: Any) -> tuple[DatedShare, ...]:
    """``15 %``, or ``[{from: 2027-03-01, share: 10 %}, ...]`` in any order; as it is read, by ascending date."""
    if not isinstance(value, list | tuple):
        try:
            return (DatedShare(None, parse_share(value)),)
        except ValueError as error:
            raise ValueError(f"{error}; or a list such as [{{from: 2027-03-01, share: 10 %}}]") from None
    if not 0 < len(value) <= _MOST_DATES:
        raise ValueError(f"must have from 1 to {_MOST_DATES} entries")
    shares: dict[date, float] = {}
    findings: list[Finding] = []
    for number, entry in enumerate(value):
        dated, wrong = _dated(entry)
        findings += [Finding((number, *finding.loc), finding.message) for finding in wrong]
        if dated is not None and dated[0] in shares:
            findings.append(Finding((number, "from"), f"is given twice{got(dated[0])}"))
        elif dated is not None:
            shares[dated[0]] = dated[1]
    if findings:
        raise refusal(findings)
    return tuple(DatedShare(day, shares[day]) for day in sorted(shares))


def _dated(entry: Any) -> tuple[tuple[date, float] | None, list[Finding]]:
    """One entry's day and share, or what is wrong with it."""
    if not isinstance(entry, Mapping):
        return None, [Finding((), f"must be such as {{from: 2027-03-01, share: 10 %}}{got(entry)}")]
    readers = {"from": parse_date, "share": parse_share}
    findings = [
        Finding((key,), f"unknown field{suggestion(str(key), readers) or '; known here: from and share'}")
        for key in entry
        if key not in readers
    ]
    read: dict[str, Any] = {}
    for field, reader in readers.items():
        try:
            read[field] = reader(entry[field])
        except KeyError:
            findings.append(Finding((field,), "is required"))
        except ValueError as error:
            findings.append(Finding((field,), f"{error}{got(entry[field])}"))
    return (None if findings else (read["from"], read["share"])), findings


_SHARE_WRITTEN = written_or_number(SHARE, "15 %", minimum=0, maximum=1)
DatedShares = Annotated[
    tuple[DatedShare, ...],
    Written(
        parse_dated_shares,
        {
            "anyOf": [
                _SHARE_WRITTEN,
                {
                    "type": "array",
                    "minItems": 1,
                    "examples": [[{"from": "2027-03-01", "share": "10 %"}]],
                    "items": {
                        "type": "object",
                        "properties": {
                            "from": {
                                "description": "First day of the share.",
                                **written(r"\d{4}-\d\d-\d\d", "2027-03-01"),
                            },
                            "share": {"description": "Share from that day on.", **_SHARE_WRITTEN},
                        },
                        "additionalProperties": False,
                    },
                },
            ],
            "examples": ["15 %", [{"from": "2027-03-01", "share": "10 %"}]],
        },
    ),
]
"""Shares by ascending date; none before the first."""


class Posts(ScenarioModel):
    """Deflected contacts that are asked in public, where advisers answer."""

    share: Share
    """Share of the deflected contacts that become posts."""
    to: Text
    """Email queue in which advisers answer them."""


class Deflection(ScenarioModel):
    """Self-service or a community in front of a queue; the queue's stated volume is what would come without it."""

    share: DatedShares
    """Share of first contacts that are deflected: one share, or shares by date, nothing before the first."""
    fails: Share = 0.0
    """Share of the deflected contacts without a post that come to the queue after all; default none."""
    after: Delay = DEFAULT_FAILS_AFTER
    """Time until they do, exponential unless said otherwise; default 4 h."""
    posts: Posts | None = None
    """Those of them that make work for advisers; default none."""

    def share_on(self, day: date) -> float:
        """Share of the day's first contacts that are deflected."""
        holds = [dated.share for dated in self.share if dated.first_day is None or dated.first_day <= day]
        return holds[-1] if holds else 0.0
