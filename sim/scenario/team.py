"""A team: which queues it serves, and how many are there when."""

from __future__ import annotations

from datetime import date
from math import exp
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .agents import Agent, AgentsField
from .arrivals import MONTHS
from .base import Finding, FrozenDict, ScenarioModel, refusal
from .contracts import Contracts, ContractsField
from .paid_time import Coaching, Overtime, SicknessWaves, TimeOff
from .parse import HOUR_MS, Money
from .quantities import Amount, Day, HoursAWeek, Name, People, Share
from .queue import UNNAMED_MATTER
from .shifts import ShiftTemplate, WorkingTime
from .shrinkage import ALL_IN_ONE, USUAL_WHOLE_DAYS, Convention, MonthlyShares, Shrinkage, absence, together
from .skills import SkillsField
from .tables import PositionsField
from .terms import Chat, Serves
from .week import OpeningHours
from .workforce import MONTH_DAYS, Attrition, Hiring, Ramp, TodaysTenure

_DIGITS = 12
"""Of means, so that twelve months of 30 % are 30 %."""
DEFAULT_CONTRACTS = Contracts(((35 * HOUR_MS, 1.0),))
DEFAULT_SHRINKAGE: FrozenDict[str, MonthlyShares] = FrozenDict({ALL_IN_ONE: (0.3,) * 12})
"""An assumption that ``check`` tells."""


PAYS = ("loaded_per_year", "loaded_per_hour", "per_contact")
"""Fields of a cost of which one is given."""


class Cost(ScenarioModel):
    """What a person costs, employer's charges included, or what is paid for each contact; one of the three."""

    loaded_per_year: Amount | None = None
    """Per head and year at the full contract."""
    loaded_per_hour: Amount | None = None
    """Per paid hour."""
    per_contact: Amount | None = None
    """Per contact that the team takes, transfers included, whatever its hours; as outsourcers are paid."""
    per_hire: Amount | None = None
    """For recruiting and equipping each who is hired, beside the pay; default nothing."""

    @model_validator(mode="after")
    def _one_kind_of_pay(self) -> Self:
        given = [pay for pay in (self.loaded_per_year, self.loaded_per_hour, self.per_contact) if pay is not None]
        if len(given) != 1:
            raise refusal([Finding((), "needs loaded_per_year, loaded_per_hour or per_contact, one of the three")])
        if self.per_hire is not None and self.per_hire.currency != given[0].currency:
            raise refusal([Finding(("per_hire",), f"must be in {given[0].currency}, as the pay is")])
        return self

    @property
    def pay(self) -> Money:
        """What is given, of whatever kind."""
        found = self.loaded_per_year or self.loaded_per_hour or self.per_contact
        assert found is not None
        return found


class Team(ScenarioModel):
    """People who serve the same queues; exactly one of heads and positions."""

    site: Name | None = None
    """Site whose holidays it keeps and whose currency its costs are in; default the only one."""
    serves: Serves | None = None
    """Queues it serves, the one it is to be asked for first in front; default all alike. Or with terms for each."""
    skills: SkillsField | None = None
    """Matters it solves, or from when after hire on; default all. Others it hands on, as the queue's transfer says."""
    reserve: People = 0
    """Idle positions kept for calls and chats before an email is started; default none."""
    put_down_emails: Literal["never", "own agent resumes", "anyone resumes"] = "never"
    """Whether a reply is put down when a call waits, and who goes on with it; default never."""
    chat: Chat = Chat()
    """How its agents handle several chats at once."""
    novices: Share = 0.0
    """Share of its people who aren't experienced yet; see a queue's satisfaction. Default none."""
    agents: AgentsField | None = None
    """CSV or XLSX of its people in place of heads: hire_date, and end_date, contract_hours, skills, team, if known."""
    heads: People | None = None
    """People on the payroll; their contract less shrinkage is spread over the hours in the shape of the need."""
    contracts: Annotated[ContractsField, Field(alias="contract")] = DEFAULT_CONTRACTS
    """Hours of a contract, or shares of heads by hours; default 35 h per week."""
    shrinkage: Shrinkage | None = None
    """Part of paid hours off the phones, by reason or in all (year: mean of months); holidays apart. Default 30 %."""
    shrinkage_convention: Convention = "additive"
    """Whether reasons add up, each takes its share of what the others leave (compound), or those that don't take whole
    days are shares of the time of those who are there (by presence); default additive."""
    whole_day: Annotated[tuple[Name, ...] | None, Field(examples=[["paid_leave", "sickness"]])] = None
    """Reasons of the shrinkage that take whole days; default those with a usual name, such as sickness."""
    sickness_waves: SicknessWaves | None = None
    """Weeks with more sickness than usual; the same for all teams of a site. Default every week has the usual share."""
    overtime: tuple[Overtime, ...] = ()
    """Times of more hours than the contract's, at their price; default none."""
    time_off: tuple[TimeOff, ...] = ()
    """Times of fewer hours; default none."""
    coaching: Coaching | None = None
    """Coaching, its coaches, and what it takes of colleagues' time; the coached's own time is in the shrinkage."""
    positions: PositionsField | None = None
    """People on the phones: one number, a CSV, or numbers by day and time, each until the next."""
    shifts: FrozenDict[Name, ShiftTemplate] | None = None
    """Shifts that its heads work, by name; default none bind them: heads are there whenever they are needed."""
    working_time: WorkingTime | None = None
    """What a person's week of shifts keeps to; default 5 days, the same shift all week, the law's limits."""
    tenure: TodaysTenure = "experienced"
    """How long today's heads have been there: all past the ramp (default), or as in a steady or a growing team."""
    ramp: Ramp | None = None
    """How newcomers are trained and become proficient; default at once."""
    attrition: Attrition | None = None
    """How people leave; default nobody does."""
    hiring: Hiring | None = None
    """Who is hired when; default nobody is."""
    from_day: Annotated[Day | None, Field(alias="from")] = None
    """First day on which there is such a team, as of one that helps out for a time; default always."""
    until: Day | None = None
    """Last such day; default always."""
    hours: OpeningHours | None = None
    """Hours in which the team is there; default the hours of the calls and chats it serves, or of all it serves."""
    full_time_week: HoursAWeek | None = None
    """Week of one full-time equivalent; default the contract, the longest of several."""
    cost: Cost | None = None
    """What a person costs."""

    @model_validator(mode="after")
    def _somebody_is_left(self) -> Self:
        for month, share in zip(MONTHS, self.monthly_shrinkage, strict=True):
            if share >= 1:
                told = f"adds up to {100 * share:.3g} % in {month}; it must leave something of the paid hours"
                raise refusal([Finding(("shrinkage",), told)])
        return self

    @property
    def shrinkage_by_reason(self) -> FrozenDict[str, MonthlyShares]:
        """The file's, or the default."""
        return self.shrinkage if self.shrinkage is not None else DEFAULT_SHRINKAGE

    @property
    def whole_day_reasons(self) -> tuple[str, ...]:
        """The reasons of its shrinkage that take whole days, in the order of the file."""
        whole = self.whole_day if self.whole_day is not None else USUAL_WHOLE_DAYS
        return tuple(name for name in self.shrinkage_by_reason if name in whole)

    @property
    def monthly_shrinkage(self) -> MonthlyShares:
        """All reasons together, January first."""
        return together(self.shrinkage_by_reason, self.shrinkage_convention, self.whole_day_reasons)

    @property
    def monthly_absence(self) -> MonthlyShares:
        """Share of its people who are away for the whole day, January first."""
        return absence(self.shrinkage_by_reason, self.shrinkage_convention, self.whole_day_reasons)

    @property
    def mean_shrinkage(self) -> float:
        """Mean of the twelve months."""
        return round(sum(self.monthly_shrinkage) / 12, _DIGITS)

    @property
    def contract(self) -> float:
        """Contract hours of one head on average, in milliseconds a week; those hired may have others on average."""
        if self.agents is None or not self.agents.today:
            return self.contracts.mean_ms
        hours_ms = [self.contract_of(agent) for agent in self.agents.today]
        return hours_ms[0] if len(set(hours_ms)) == 1 else sum(hours_ms) / len(hours_ms)

    def contract_of(self, agent: Agent) -> int:
        """Contract hours of somebody in the file of agents; full time where it gives none."""
        return agent.contract_ms if agent.contract_ms is not None else self.contracts.full_ms

    @property
    def has_changing_people(self) -> bool:
        """Whether its heads change over the horizon, ramp up, or differ in what they do."""
        by_time = self.skills is not None and any(self.skills.values())
        changing = (self.ramp, self.attrition, self.hiring, self.agents)
        return by_time or (self.dated and self.heads is not None) or any(part is not None for part in changing)

    @property
    def has_workforce(self) -> bool:
        """Whether its people change, or what becomes of their time from week to week does."""
        time = self.sickness_waves is not None or self.coaching is not None or bool(self.overtime or self.time_off)
        return self.has_changing_people or time

    def under_way(self, began: date, start: date) -> bool:
        """Whether a class that began before the start is still in training or on the ramp then."""
        return self.ramp is not None and 0 < (start - began).days < self.ramp.full_at

    @property
    def dated(self) -> bool:
        """Whether there is such a team for a time only."""
        return self.from_day is not None or self.until is not None

    @property
    def full_time_week_ms(self) -> int:
        """Milliseconds a week that one full-time equivalent works."""
        return self.full_time_week if self.full_time_week is not None else self.contracts.full_ms

    def solves(self, matter: str) -> bool:
        """Whether its agents have the skill for a matter, in the end; the unnamed one needs none."""
        return self.skills is None or matter == UNNAMED_MATTER or matter in self.skills

    def learns(self, matter: str) -> int:
        """Days from hire after which the matter is solved by those who ever do; 0 from the start."""
        return 0 if self.skills is None else self.skills.get(matter, 0)

    def may_lack(self, matter: str) -> bool:
        """Whether some of its people may lack the skill for a matter at some time."""
        if matter == UNNAMED_MATTER:
            return False
        own = [] if self.agents is None else [agent.skills for agent in self.agents.rows if agent.skills is not None]
        return not self.solves(matter) or self.learns(matter) > 0 or any(matter not in skills for skills in own)

    def lacking(self, matter: str) -> float:
        """Share of its people who lack the skill for a matter on the horizon's first day, by what the file says.

        Of a steady or a growing team with the hazard of its rate of leaving; of one of experienced people nobody who
        will ever have it.
        """
        if not self.may_lack(matter):
            return 0.0
        days, solves = self.learns(matter), self.solves(matter)
        if self.agents is not None and self.agents.today:
            start = self.agents.start
            found = [
                (not solves or (start is not None and (start - agent.hired).days < days))
                if agent.skills is None
                else matter not in agent.skills
                for agent in self.agents.today
            ]
            return sum(found) / len(found)
        if not solves:
            return 1.0
        if self.tenure == "experienced" or self.attrition is None:
            return 0.0
        net = self.hiring.net if self.tenure == "growing" and self.hiring is not None and self.hiring.net else 0.0
        per_day = self.attrition.rate.per_day + net / MONTH_DAYS / max(self.heads or 0, 1)
        return 1 - exp(-max(per_day, 0.0) * days)
