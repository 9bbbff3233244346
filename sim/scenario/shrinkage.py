"""Shrinkage: the part of paid time that isn't spent on the phones, by reason and by month.

Some reasons take whole days: who is on leave or ill isn't there. The others take time of those who are there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import prod
from typing import Annotated, Any, Literal

from .arrivals import MONTHS
from .base import Finding, FrozenDict, Written, refusal
from .parse import SHARE, parse_name, parse_share, parse_share_below_one
from .quantities import written, written_or_number
from .spelling import hinting
from .words import got, suggestion

Convention = Literal["additive", "compound", "by presence"]
MonthlyShares = tuple[float, ...]
"""Twelve shares, January first."""
ALL_IN_ONE = "shrinkage"
"""Name of a shrinkage that the file gives as one share."""
USUAL_WHOLE_DAYS = (
    *("paid_leave", "annual_leave", "leave", "vacation", "holiday", "holidays", "unpaid_leave", "parental_leave"),
    *("maternity", "sickness", "sick_leave", "sick", "illness", "absence", "absenteeism"),
)
"""Names of reasons that are taken to take whole days where the file doesn't say which do."""


@hinting
def parse_monthly_shares(value: Any) -> MonthlyShares:
    """``7 %``, 12 shares, or ``{year: 10 %, aug: 25 %}``: the other months share what is left of the year's mean."""
    if isinstance(value, list | tuple):
        return _listed(value)
    if not isinstance(value, Mapping):
        try:
            return (parse_share(value),) * 12
        except ValueError as error:
            raise ValueError(f"{error}; or 12 shares, or by month such as {{year: 10 %, aug: 25 %}}") from None
    shares, findings = _by_key(value)
    if "year" not in shares and len(shares) < 12 and not findings:
        findings.append(Finding((), "needs year, the mean of the months, unless all twelve are given"))
    if findings:
        raise refusal(findings)
    named = [shares.get(month) for month in MONTHS]
    known = sum(share for share in named if share is not None)
    others = sum(share is None for share in named)
    year = shares.get("year")
    if not others:
        if year is not None and abs(known / 12 - year) > 0.005:
            raise ValueError(f"the months are {100 * known / 12:.3g} % on average, not {100 * year:g} %")
        return tuple(share for share in named if share is not None)
    assert year is not None
    rest = (12 * year - known) / others
    if not 0 <= rest <= 1:
        raise ValueError(f"the months named leave {100 * rest:.3g} % for each of the others")
    return tuple(rest if share is None else share for share in named)


def _listed(value: list[Any] | tuple[Any, ...]) -> MonthlyShares:
    if len(value) != 12:
        raise ValueError(f"must have 12 shares, January first; there are {len(value)}")
    shares, findings = _by_key(dict(zip(MONTHS, value, strict=True)))
    if findings:
        raise refusal(Finding((MONTHS.index(str(loc[0])), *loc[1:]), message) for loc, message in findings)
    return tuple(shares[month] for month in MONTHS)


def _by_key(value: Mapping[Any, Any]) -> tuple[dict[str, float], list[Finding]]:
    shares: dict[str, float] = {}
    findings = []
    for key, entry in value.items():
        month = str(key).strip().lower()
        if month not in (*MONTHS, "year"):
            findings.append(Finding((key,), f"unknown month{suggestion(month[:3], MONTHS) or '; write jan to dec'}"))
            continue
        try:
            shares[month] = parse_share(entry)
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(entry)}"))
    return shares, findings


@hinting
def parse_shrinkage(value: Any) -> FrozenDict[str, MonthlyShares]:
    """``31 %``, or shares by reason: ``{paid_leave: {year: 10 %, aug: 25 %}, sickness: 7 %}``."""
    if not isinstance(value, Mapping):
        return FrozenDict({ALL_IN_ONE: (parse_share_below_one(value),) * 12})
    if not value:
        raise ValueError("must be a share such as 30 %, or shares by reason such as {paid_leave: 10 %, sickness: 7 %}")
    parts: dict[str, MonthlyShares] = {}
    findings: list[Finding] = []
    for name, entry in value.items():
        try:
            parts[parse_name(name)] = parse_monthly_shares(entry)
        except ValueError as error:
            findings += _placed(name, error, entry)
    if findings:
        raise refusal(findings)
    return FrozenDict(parts)


def _placed(name: Any, error: ValueError, entry: Any) -> list[Finding]:
    """What is wrong with one reason, each in its place."""
    errors = getattr(error, "errors", None)
    if errors is None:
        return [Finding((name,), f"{error}{got(entry)}")]
    return [Finding((name, *one["loc"]), one["msg"]) for one in errors(include_url=False)]


def together(
    parts: Mapping[str, MonthlyShares], convention: Convention, whole_day: Collection[str] = ()
) -> MonthlyShares:
    """All reasons together, by month.

    ``additive``: their sum. ``compound``: what is gone when each takes its share of what the others leave. ``by
    presence``: the ``whole_day`` reasons add up, and the others add up to a share of the time of those who are there.
    """
    months = zip(*parts.values(), strict=True)
    if convention == "additive":
        return tuple(sum(shares) for shares in months)
    if convention == "compound":
        return tuple(1 - prod(1 - share for share in shares) for shares in months)
    inside = {name: shares for name, shares in parts.items() if name not in whole_day}
    away, of_those_there = absence(parts, convention, whole_day), together(inside, "additive") or _NONE
    return tuple(1 - max(1 - a, 0) * max(1 - b, 0) for a, b in zip(away, of_those_there, strict=True))


def absence(parts: Mapping[str, MonthlyShares], convention: Convention, whole_day: Collection[str]) -> MonthlyShares:
    """Share of the paid time that goes to ``whole_day`` reasons, by month: so many of the people aren't there."""
    named = {name: shares for name, shares in parts.items() if name in whole_day}
    return together(named, "compound" if convention == "compound" else "additive") or _NONE


def by_reason(
    parts: Mapping[str, MonthlyShares], convention: Convention, whole_day: Collection[str]
) -> dict[str, MonthlyShares]:
    """Share of the paid time that each reason takes, by month; they add up to all of them ``together``.

    Of compound reasons each takes its share of what those before it leave.
    """
    away = absence(parts, convention, whole_day)
    left = _ALL
    taken: dict[str, MonthlyShares] = {}
    for reason, shares in parts.items():
        base = _ALL
        if convention == "compound":
            base, left = left, tuple(rest * (1 - share) for rest, share in zip(left, shares, strict=True))
        elif convention == "by presence" and reason not in whole_day:
            base = tuple(1 - share for share in away)
        taken[reason] = tuple(share * rest for share, rest in zip(shares, base, strict=True))
    return taken


_ALL: MonthlyShares = (1.0,) * 12
_NONE: MonthlyShares = (0.0,) * 12
_MONTHLY: dict[str, Any] = {
    "anyOf": [
        written_or_number(SHARE, "7 %", minimum=0, maximum=1),
        {"type": "array", "minItems": 12, "maxItems": 12, "items": written(SHARE, "7 %")},
        {
            "type": "object",
            "properties": {
                "year": {"description": "Mean of the twelve months.", **written(SHARE, "10 %")},
                **{month: {"description": f"Share in {month}.", **written(SHARE, "25 %")} for month in MONTHS},
            },
            "additionalProperties": False,
        },
    ]
}
Shrinkage = Annotated[
    FrozenDict[str, MonthlyShares],
    Written(
        parse_shrinkage,
        {
            "anyOf": [
                written_or_number(SHARE, "30 %", minimum=0, exclusiveMaximum=1),
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": _MONTHLY,
                    "examples": [{"paid_leave": {"year": "10 %", "aug": "25 %"}, "sickness": "7 %"}],
                },
            ],
        },
    ),
]
"""Shares by reason and month."""
