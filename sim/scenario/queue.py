"""A queue: one type of contact, how long it takes, how patient it is, how it comes back, and what is promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from .arrivals import Arrivals
from .base import FrozenDict, ScenarioModel, Shorthand, Written
from .deflection import Deflection
from .distribution import Delay, Distribution, HandleTime, exponential, mean_ms
from .mix import MatterMix, QueueMix
from .parse import HOUR_MS, MINUTE_MS, SECOND_MS, whole_number
from .pressure import Pressure
from .quantities import (
    DURATION_WRITTEN,
    Count,
    CountFromZero,
    Duration,
    Name,
    PositiveDuration,
    PositiveShare,
    Share,
    Target,
    Text,
)
from .routing import Score
from .satisfaction import Satisfaction
from .transfer import Transfer
from .waiting import Announcement, Callback
from .week import OpeningHours

DEFAULT_CALL_THRESHOLD_MS = 20 * SECOND_MS
DEFAULT_CHAT_THRESHOLD_MS = 40 * SECOND_MS
DEFAULT_EMAIL_THRESHOLD_MS = 4 * HOUR_MS
DEFAULT_ANSWER_RATE = 0.95
DEFAULT_REDIAL_ATTEMPTS = 3
DEFAULT_LATE_DELAY = exponential(30 * MINUTE_MS)
NO_VOLUME = Arrivals(per_week=0.0)
UNNAMED_MATTER = ""
"""Matter of contacts whose queue names none; every team solves it."""


def parse_attempts(value: Any) -> int | None:
    """A whole number of at least 1, or ``unlimited`` as None."""
    if value == "unlimited":
        return None
    try:
        return whole_number(1, 1_000)(value)
    except ValueError as error:
        raise ValueError(f'{error}; or write "unlimited"') from None


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


class Patience(ScenarioModel):
    """How long callers wait before they hang up; in the file, balking stands beside the distribution's own fields."""

    time: Delay
    """Time until the caller hangs up; exponential unless said otherwise."""
    balking: Share = 0.0
    """Share of the callers who aren't served at once that hang up at once."""


class Redial(ScenarioModel):
    """Callers who gave up in this queue, or heard its engaged tone, and try again; those handed on to it as well."""

    probability: Share
    """Probability that such a caller tries again."""
    after: Delay
    """Time until the next attempt; exponential unless said otherwise."""
    attempts: Attempts = DEFAULT_REDIAL_ATTEMPTS
    """How many times in a row at most, or unlimited; default 3."""


class Recontact(ScenarioModel):
    """Customers who were served and contact the centre again; by the rate of the queue that solved the matter."""

    probability: Share
    """Share of the served who come back."""
    within: PositiveDuration | None = None
    """Window over which that share was measured; later returns aren't counted, so delays end there."""
    after: Delay | None = None
    """Time until they come back, exponential unless said otherwise; default a mean of a third of the window."""
    to: QueueMix | None = None
    """Queues they come back to, with shares; default the same queue."""
    re_explain: Duration = 0
    """Part of the handle time in the second contact, to any queue, if another agent takes it; see handle_time_is."""

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
    """Calls and chats: share answered within a time."""
    formula: Literal["sl_offered", "sl_excl_short", "sl_abandons_met", "sl_answered"] = "sl_offered"
    """How the service level counts those who gave up; default sl_offered."""
    answer_rate: PositiveShare | None = None
    """Calls and chats: share answered at all."""
    response: Target | None = None
    """Emails: share answered completely within a time."""
    clock: Literal["opening hours", "elapsed"] = "opening hours"
    """Whether the emails' response time stops while the queue is closed (opening hours, the default)."""
    transfers: Target | None = None
    """Calls and chats: share of those handed on to this queue that are taken within a time from then on."""
    satisfaction: PositiveShare | None = None
    """Mean satisfaction of those served whose contacts came to this queue; needs its satisfaction."""
    over: Literal["month", "week", "day", "interval"] = "month"
    """Time over which they are judged, default month; less than half of a week or month goes with the one beside it."""

    @property
    def promised(self) -> bool:
        """Whether there is any target."""
        return any((self.service_level, self.answer_rate, self.response, self.transfers, self.satisfaction))


class Queue(ScenarioModel):
    """One type of contact."""

    site: Name | None = None
    """Site whose calendar and language it has; default the only one."""
    channel: Literal["call", "chat", "email"]
    """Calls and chats wait and give up, emails wait until answered; an agent may hold several chats at once."""
    priority: Count = 1
    """Order within the channel, 1 first; calls go before chats, and these before emails; not with contacts: score."""
    score: Score = Score()
    """What its waiting contacts count, with routing.contacts: score; default 1 a minute."""
    open: OpeningHours | None = None
    """Opening hours of its own; default the calendar's."""
    arrivals: Arrivals = NO_VOLUME
    """Volume and its pattern; may be left out only where all contacts come from other queues."""
    deflection: Deflection | None = None
    """First contacts that self-service or a community takes off its hands."""
    handle_time: HandleTime
    """Time with the customer, or writing the reply; lognormal unless said otherwise."""
    handle_time_is: Literal["measured", "first"] = "measured"
    """measured (default): over all contacts, the re-explaining of predicted repeats in it; first: it comes on top."""
    pressure: Pressure | None = None
    """A cut (or rise) of the handle time, and the re-contacts that it brings."""
    after_call_work: HandleTime | None = None
    """Calls and emails: work after the contact, during which the agent is busy."""
    patience: Annotated[
        Annotated[Patience, Shorthand(_time_and_balking, DURATION_WRITTEN)] | None,
        Shorthand(_unlimited_as_none, {"const": "unlimited"}),
    ] = None
    """Calls and chats: time until the customer gives up (exponential unless said otherwise), or unlimited (default)."""
    announcement: Announcement | None = None
    """Calls and chats: what the announced wait does to those who must wait."""
    callback: Callback | None = None
    """Calls: being called back instead of waiting."""
    redial: Redial | None = None
    """Calls and chats: trying again after giving up."""
    recontact: Recontact | None = None
    """Coming back after having been served."""
    late_to_call: LateToCall | None = None
    """Emails: calling because the reply is late; needs a response target."""
    matters: MatterMix | None = None
    """What its first contacts are about, with shares; default one matter that everybody solves."""
    transfer: Transfer | None = None
    """What agents do with matters that they have no skill for."""
    trunks: Count | None = None
    """Calls: lines; callers beyond them hear the engaged tone. Default unlimited."""
    at_closing: Literal["serve", "send away"] | None = None
    """Calls and chats: what happens to those waiting at closing time; default serve."""
    short_abandon: Duration | None = None
    """Calls and chats: wait up to which giving up counts as a short abandon; default the service level's threshold."""
    backlog: CountFromZero | None = None
    """Emails waiting at the start, in place of what a warm-up would build."""
    satisfaction: Satisfaction | None = None
    """How satisfied those served are expected to be; default not rated."""
    targets: Targets = Targets()
    """What is promised."""

    @property
    def is_email(self) -> bool:
        """Whether its contacts are emails, which wait as long as it takes."""
        return self.channel == "email"

    @property
    def is_chat(self) -> bool:
        """Whether its contacts are chats."""
        return self.channel == "chat"

    @property
    def is_call(self) -> bool:
        """Whether its contacts are calls."""
        return self.channel == "call"

    @property
    def threshold_ms(self) -> int:
        """Wait (calls, chats) or response time (emails) within which a contact is in time, with or without a target."""
        target = self.targets.response if self.is_email else self.targets.service_level
        if target is not None:
            return target.within_ms
        if self.is_email:
            return DEFAULT_EMAIL_THRESHOLD_MS
        return DEFAULT_CHAT_THRESHOLD_MS if self.is_chat else DEFAULT_CALL_THRESHOLD_MS

    @property
    def transfer_threshold_ms(self) -> int:
        """Wait within which a contact that is handed on to the queue is taken in time, with or without a target."""
        target = self.targets.transfers
        return self.threshold_ms if target is None else target.within_ms

    @property
    def short_abandon_ms(self) -> int:
        """Wait up to which an abandoned contact counts as short."""
        return self.short_abandon if self.short_abandon is not None else self.threshold_ms

    @property
    def counted_at_answer_rate(self) -> float:
        """Answer rate at which its offered volumes were counted."""
        if self.arrivals.counted_at_answer_rate is not None:
            return self.arrivals.counted_at_answer_rate
        return self.targets.answer_rate or DEFAULT_ANSWER_RATE

    @property
    def matter_shares(self) -> FrozenDict[str, float]:
        """Shares of the matters of its first contacts; all of them the unnamed one where the file names none."""
        return self.matters if self.matters is not None else FrozenDict({UNNAMED_MATTER: 1.0})

    @property
    def pressure_factor(self) -> float:
        """Multiplier of the handle time under pressure, re-explaining aside; 1 without."""
        if self.pressure is None:
            return 1.0
        stated = mean_ms(self.handle_time)
        return self.pressure.handle_time.of(stated) / stated

    @property
    def recontact_probability(self) -> float:
        """Share of the served who come back, pressure included, teams' factors aside; 0 without re-contacts."""
        if self.recontact is None:
            return 0.0
        raised = self.pressure_factor**-self.pressure.elasticity if self.pressure is not None else 1.0
        return min(self.recontact.probability * raised, 1.0)
