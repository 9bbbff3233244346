"""A queue: one type of contact, how long it takes, how patient it is, how it comes back, and what is promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from .arrivals import Arrivals
from .base import Finding, FrozenDict, ScenarioModel, Shorthand, Written, refusal
from .distribution import Delay, Distribution, HandleTime, exponential
from .parse import HOUR_MS, MINUTE_MS, SECOND_MS, SHARE, parse_share, whole_number
from .quantities import (
    DURATION_WRITTEN,
    Count,
    CountFromZero,
    Duration,
    PositiveDuration,
    PositiveShare,
    Share,
    Target,
    Text,
    written_or_number,
)
from .week import OpeningHours
from .words import got

DEFAULT_CALL_THRESHOLD_MS = 20 * SECOND_MS
DEFAULT_EMAIL_THRESHOLD_MS = 4 * HOUR_MS
DEFAULT_ANSWER_RATE = 0.95
DEFAULT_REDIAL_ATTEMPTS = 3
DEFAULT_LATE_DELAY = exponential(30 * MINUTE_MS)


def parse_attempts(value: Any) -> int | None:
    """A whole number of at least 1, or ``unlimited`` as None."""
    if value == "unlimited":
        return None
    try:
        return whole_number(1, 1_000)(value)
    except ValueError as error:
        raise ValueError(f'{error}; or write "unlimited"') from None


def parse_mix(value: Any) -> FrozenDict[str, float]:
    """``{calls: 80 %, emails: 20 %}``: shares of queues that sum to 1."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError("must be a mapping of queues and shares, such as {calls: 80 %, emails: 20 %}")
    shares = {}
    findings = []
    for queue, share in value.items():
        try:
            shares[str(queue)] = parse_share(share)
        except ValueError as error:
            findings.append(Finding((queue,), f"{error}{got(share)}"))
    total = sum(shares.values())
    if not findings and abs(total - 1) > 1e-6:
        findings = [Finding((), f"the shares must sum to 100 % (they sum to {total:.4%})".replace(".0000%", " %"))]
    if findings:
        raise refusal(findings)
    return FrozenDict({queue: share / total for queue, share in shares.items()})


def _unlimited_as_none(value: Any) -> Any:
    return None if value == "unlimited" else value


def _time_and_balking(value: Any) -> Any:
    """``{mean: 5 min, balking: 3 %}`` as the distribution and the balking share beside it."""
    if isinstance(value, Mapping):
        rest = {key: entry for key, entry in value.items() if key != "balking"}
        return {"time": rest, **({"balking": value["balking"]} if "balking" in value else {})}
    return value if isinstance(value, ScenarioModel) else {"time": value}


Attempts = Annotated[
    int | None,
    Written(parse_attempts, {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 1_000}, {"const": "unlimited"}]}),
]
"""A number, or None for unlimited."""
Mix = Annotated[
    FrozenDict[str, float],
    Written(
        parse_mix,
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": written_or_number(SHARE, "80 %", minimum=0, maximum=1),
            "examples": [{"calls": "80 %", "emails": "20 %"}],
        },
    ),
]
"""Shares by queue, summing to 1."""


class Patience(ScenarioModel):
    """How long callers wait before they hang up; in the file, balking stands beside the distribution's own fields."""

    time: Delay
    """Time until the caller hangs up; exponential unless said otherwise."""
    balking: Share = 0.0
    """Share of the callers who aren't served at once that hang up at once."""


class Redial(ScenarioModel):
    """Callers who gave up, or heard the engaged tone, and try again."""

    probability: Share
    """Probability that such a caller tries again."""
    after: Delay
    """Time until the next attempt; exponential unless said otherwise."""
    attempts: Attempts = DEFAULT_REDIAL_ATTEMPTS
    """How many times in a row at most, or unlimited."""


class Recontact(ScenarioModel):
    """Customers who were served and contact the centre again about the same matter."""

    probability: Share
    """Share of the served who come back."""
    within: PositiveDuration | None = None
    """Window over which that share was measured; later returns aren't counted, so delays end there."""
    after: Delay | None = None
    """Time until they come back, exponential unless said otherwise; default a mean of a third of the window."""
    to: Mix | None = None
    """Queues they come back to, with shares; default the same queue."""
    re_explain: Duration = 0
    """Part of the handle time in a second contact that another agent takes; see handle_time_is."""

    @property
    def delay(self) -> Distribution:
        """``after``, or its default; untruncated."""
        if self.after is not None:
            return self.after
        return exponential(max((self.within or 0) // 3, 1))


class LateToCall(ScenarioModel):
    """Emails that were not answered in time, given up by their senders, who call instead."""

    probability: Share
    """Probability that the sender of a late email calls."""
    after: Delay = DEFAULT_LATE_DELAY
    """Time from the moment the email is late until the call, exponential unless said otherwise; default 30 min."""
    to: Text
    """Call queue in which they call."""


class Targets(ScenarioModel):
    """What is promised, and over what time it is judged."""

    service_level: Target | None = None
    """Calls: share answered within a time."""
    formula: Literal["sl_offered", "sl_excl_short", "sl_abandons_met", "sl_answered"] = "sl_offered"
    """How the service level counts abandoned calls."""
    answer_rate: PositiveShare | None = None
    """Calls: share answered at all."""
    response: Target | None = None
    """Emails: share answered completely within a time."""
    clock: Literal["opening hours", "elapsed"] = "opening hours"
    """Whether the emails' response time stops while the queue is closed."""
    over: Literal["month", "week", "day", "interval"] = "month"
    """Time over which the targets are judged."""


class Queue(ScenarioModel):
    """One type of contact."""

    channel: Literal["call", "email"]
    """Calls wait and hang up; emails wait until they are answered."""
    priority: Count = 1
    """Order within the channel, 1 first; calls always go before emails."""
    open: OpeningHours | None = None
    """Opening hours of its own; default the calendar's."""
    arrivals: Arrivals
    """Volume and its pattern."""
    handle_time: HandleTime
    """Time with the customer, or writing the reply; lognormal unless said otherwise."""
    handle_time_is: Literal["measured", "first"] = "measured"
    """measured: over all contacts, re-explaining in it; first: of first contacts, re-explaining comes on top."""
    after_call_work: HandleTime | None = None
    """Work after the contact, during which the agent is busy."""
    patience: Annotated[
        Annotated[Patience, Shorthand(_time_and_balking, DURATION_WRITTEN)] | None,
        Shorthand(_unlimited_as_none, {"const": "unlimited"}),
    ] = None
    """Time callers wait before they hang up (exponential unless said otherwise), or unlimited (default)."""
    redial: Redial | None = None
    """Calls: trying again after hanging up."""
    recontact: Recontact | None = None
    """Coming back after having been served."""
    late_to_call: LateToCall | None = None
    """Emails: calling because the reply is late; needs a response target."""
    trunks: Count | None = None
    """Calls: lines; callers beyond them hear the engaged tone. Default unlimited."""
    at_closing: Literal["serve", "send away"] | None = None
    """Calls: what happens to those waiting at closing time; default serve."""
    short_abandon: Duration | None = None
    """Calls: wait up to which hanging up counts as a short abandon; default the service level's threshold."""
    backlog: CountFromZero | None = None
    """Emails waiting at the start, in place of what a warm-up would build."""
    targets: Targets = Targets()
    """What is promised."""

    @property
    def is_email(self) -> bool:
        """Whether its contacts are emails rather than calls."""
        return self.channel == "email"

    @property
    def threshold_ms(self) -> int:
        """Wait (calls) or response time (emails) within which a contact is in time; 20 s or 4 h without a target."""
        target = self.targets.response if self.is_email else self.targets.service_level
        if target is not None:
            return target.within_ms
        return DEFAULT_EMAIL_THRESHOLD_MS if self.is_email else DEFAULT_CALL_THRESHOLD_MS

    @property
    def short_abandon_ms(self) -> int:
        """Wait up to which an abandoned call counts as short."""
        return self.short_abandon if self.short_abandon is not None else self.threshold_ms

    @property
    def counted_at_answer_rate(self) -> float:
        """Answer rate at which its offered volumes were counted."""
        if self.arrivals.counted_at_answer_rate is not None:
            return self.arrivals.counted_at_answer_rate
        return self.targets.answer_rate or DEFAULT_ANSWER_RATE
