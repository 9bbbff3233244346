"""How the contacts of a queue arrive: volume, growth, seasons, days, times of day, events and day-to-day variation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from .base import Finding, ScenarioModel, Shorthand, Written, refusal
from .customers import Customers
from .parse import SHARE, Growth, parse_factor, parse_weight
from .period_volumes import PeriodVolumes
from .quantities import (
    VARIATION_WRITTEN,
    Change,
    Day,
    Duration,
    Flag,
    GrowthRate,
    PositiveShare,
    Share,
    Text,
    Variation,
    Volume,
    written_or_number,
)
from .tables import WEIGHT_WRITTEN, ProfileField, VolumeFile, VolumeTable
from .week import DAYS_PATTERN, by_weekday
from .words import got, suggestion

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_seasonality(value: Any) -> tuple[float, ...]:
    """Twelve multipliers, January first, from a list of 12 or ``{jan: 110 %}``; months that aren't named are 1."""
    if isinstance(value, list | tuple):
        if len(value) != 12:
            raise ValueError(f"must have 12 multipliers, January first; there are {len(value)}")
        entries: Mapping[Any, Any] = dict(enumerate(value))
    elif isinstance(value, Mapping) and value:
        entries = value
    else:
        raise ValueError("must be a list of 12 multipliers or a mapping such as {jan: 110 %, aug: 80 %}")
    factors = [1.0] * 12
    findings = []
    for key, entry in entries.items():
        month = key if isinstance(key, int) else str(key).strip().lower()
        if isinstance(month, str) and month not in MONTHS:
            findings.append(Finding((key,), f"unknown month{suggestion(month[:3], MONTHS) or '; write jan to dec'}"))
            continue
        try:
            factors[month if isinstance(month, int) else MONTHS.index(month)] = parse_factor(entry)
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(entry)}"))
    if not findings and not any(factors):
        findings = [Finding((), "the multipliers are all 0; at least one must be more than 0")]
    if findings:
        raise refusal(findings)
    return tuple(factors)


def parse_day_weights(value: Any) -> tuple[float, ...]:
    """Weights of the seven weekdays, Monday first, from ``{mon: 23, tue-fri: 18}``; others are 0."""
    days, findings = by_weekday(value, parse_weight, "{mon: 23, tue-fri: 18, sat: 5}")
    if not findings and not any(days.values()):
        findings = [Finding((), "the weights are all 0; at least one must be more than 0")]
    if findings:
        raise refusal(findings)
    return tuple(days.get(day, 0.0) for day in range(7))


def _cv_as_mapping(value: Any) -> Any:
    return value if isinstance(value, Mapping | ScenarioModel) else {"cv": value}


_FACTOR = written_or_number(SHARE, "110 %", minimum=0, maximum=1_000)

Seasonality = Annotated[
    tuple[float, ...],
    Written(
        parse_seasonality,
        {
            "anyOf": [
                {"type": "array", "items": _FACTOR, "minItems": 12, "maxItems": 12},
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"enum": list(MONTHS)},
                    "additionalProperties": _FACTOR,
                },
            ],
            "examples": [{"jan": "110 %", "aug": "80 %"}],
        },
    ),
]
"""Twelve multipliers, January first."""
DayWeights = Annotated[
    tuple[float, ...],
    Written(
        parse_day_weights,
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": f"^{DAYS_PATTERN}$"},
            "additionalProperties": WEIGHT_WRITTEN,
            "examples": [{"mon": 23, "tue": 20, "wed-fri": 19}],
        },
    ),
]
"""Seven weights, Monday first."""


class Busyness(ScenarioModel):
    """How a day varies around its forecast beyond chance: one factor a day, of mean 1."""

    cv: Variation
    """Coefficient of variation of the daily factor."""
    shared: Flag = True
    """Whether the factor is the centre's, the same for all queues that share it; false: this queue's own."""


class Event(ScenarioModel):
    """A dated change of volume: rises during ramp_in, holds, and falls back during decay."""

    name: Text
    """What it is called in reports."""
    first_day: Annotated[Day, Field(alias="from")]
    """First day; the ramp-in begins here."""
    last_day: Annotated[Day, Field(alias="until")]
    """Last day at full effect, included; the decay begins after it."""
    volume: Change
    """Change of volume at full effect."""
    ramp_in: Duration = 0
    """Time over which the effect rises."""
    decay: Duration = 0
    """Time over which it falls back to nothing after the last day."""


class Arrivals(ScenarioModel):
    """Volume and its pattern; exactly one of per_week, per_day, per_hour, customers and file."""

    per_week: Volume | None = None
    """Contacts in a week at the start, before seasonality and events."""
    per_day: Volume | None = None
    """Contacts on an average open day at the start."""
    per_hour: Volume | None = None
    """Contacts in an average open hour at the start."""
    customers: Customers | None = None
    """Customers, and the contacts of each of them."""
    file: VolumeFile | None = None
    """CSV or XLSX of volumes by interval (start), month, week or day, which all of the horizon must have."""
    volume_is: Literal["offered", "first"] = "offered"
    """offered (default): volumes count every attempt, repeats included, as an ACD does; first: first contacts only."""
    counted_at_answer_rate: PositiveShare | None = None
    """Answer rate at which offered volumes were counted; default the queue's target, else 95 %."""
    growth: GrowthRate | None = None
    """Growth of the volume, compounded from the scenario's start."""
    seasonality: Seasonality | None = None
    """Multipliers of the months, January to December."""
    days: DayWeights | None = None
    """Weights of the weekdays within a week; default in proportion to opening hours."""
    profile: ProfileField | None = None
    """Levels by time of day, each until the next time, cut to the opening hours; default flat over them."""
    busyness: Annotated[Busyness, Shorthand(_cv_as_mapping, VARIATION_WRITTEN)] | None = None
    """Variation of days around the forecast; default none."""
    events: tuple[Event, ...] = ()
    """Dated changes of volume."""
    out_of_hours: Share | None = None
    """Emails: share that comes while the queue is closed, and all that comes on a holiday; default round the clock."""

    @property
    def by_interval(self) -> VolumeTable | None:
        """The file, if it has intervals."""
        return self.file if isinstance(self.file, VolumeTable) else None

    @property
    def by_period(self) -> PeriodVolumes | None:
        """The file, if it has months, weeks or days."""
        return self.file if isinstance(self.file, PeriodVolumes) else None

    @property
    def growths(self) -> tuple[Growth, ...]:
        """All that compound from the scenario's start; each multiplies the volume."""
        driver = self.customers
        of_customers = () if driver is None else (driver.growth, driver.contacts_growth)
        return tuple(growth for growth in (self.growth, *of_customers) if growth is not None)
