"""What sites, their calendars and the parts that stand in them demand of each other (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .base import Finding, Loc
from .calendar import Calendar
from .centre import CentreScenario
from .draft import gives, has, known
from .queue import Queue
from .site import Site
from .team import PAYS, Cost, Team
from .words import listed, printable, quoted_list, suggestion


def site_findings(scenario: CentreScenario) -> Iterator[Finding]:
    """What is wrong with the sites of a scenario, whole or draft, or with its one calendar; placed from the root."""
    sites = known(scenario, "sites")
    if sites and gives(scenario, "calendar"):
        yield Finding(
            ("calendar",), "can't stand beside sites, which have a calendar each; move it to sites.NAME.calendar"
        )
    calendars: dict[Loc, Calendar | None] = {("calendar",): known(scenario, "calendar")}
    calendars |= {("sites", name, "calendar"): known(site, "calendar") for name, site in (sites or {}).items()}
    for loc, calendar in calendars.items():
        for finding in _calendar(calendar) if calendar is not None else ():
            yield Finding((*loc, *finding.loc), finding.message)
    yield from _idle(scenario)
    yield from _currencies(scenario)


def place_findings(scenario: CentreScenario, part: Queue | Team) -> Iterator[Finding]:
    """What is wrong with the site that a queue or team names, or doesn't; placed from the part."""
    if not has(scenario, "sites") or not has(part, "site"):
        return
    if scenario.sites is None:
        if part.site is not None:
            yield Finding(("site",), "needs sites at the top of the file")
    elif part.site is None:
        if len(scenario.sites) > 1:
            yield Finding(("site",), f"is required where there are several sites: {quoted_list(scenario.sites)}")
    elif part.site not in scenario.sites:
        near = suggestion(part.site, scenario.sites) or f"; known are {quoted_list(scenario.sites, 'and')}"
        yield Finding(("site",), f'unknown site "{part.site}"{near}')


def _idle(scenario: CentreScenario) -> Iterator[Finding]:
    """A site has a queue or a team."""
    if not has(scenario, "sites", "queues", "teams") or not scenario.sites:
        return
    parts: list[Queue | Team] = [*scenario.queues.values(), *scenario.teams.values()]
    if not all(has(part, "site") for part in parts):
        return
    used = {scenario.site_of(part) for part in parts}
    for name in scenario.sites:
        if name not in used:
            yield Finding(("sites", name), "has neither queue nor team; name it as the site of one, or take it out")


def _currencies(scenario: CentreScenario) -> Iterator[Finding]:
    """Costs of a site are in its currency; where it names none, in one."""
    if not has(scenario, "sites", "teams"):
        return
    sites: Mapping[str, Site] = scenario.sites or {}
    currency_of: dict[str | None, str] = {
        name: site.currency for name, site in sites.items() if has(site, "currency") and site.currency is not None
    }
    stated = set(currency_of)
    for name, team in scenario.teams.items():
        cost: Cost | None = known(team, "cost")
        if cost is None or not has(cost, *PAYS) or not has(team, "site"):
            continue
        money = cost.pay
        field = next(name for name in PAYS if getattr(cost, name) is not None)
        if team.site is None and len(sites) > 1:  # which is told by its own rule
            continue
        site = scenario.site_of(team)
        currency = currency_of.setdefault(site, money.currency)
        if money.currency != currency:
            whose = (
                f'the currency of site "{printable(site)}"' if site in stated and site else "as other costs there are"
            )
            yield Finding(("teams", name, "cost", field), f"must be in {currency}, {whose}")


def _calendar(calendar: Calendar) -> Iterator[Finding]:
    if not has(calendar, "country", "subdivision"):
        return
    if calendar.country is None:
        if calendar.subdivision is not None:
            yield Finding(("subdivision",), "needs a country")
        return
    from holidays import list_supported_countries

    if not _is_known(calendar.country, None):
        codes = [code for code in list_supported_countries() if len(code) == 2]
        hint = suggestion(calendar.country, codes) or "; write its ISO code, such as FR"
        yield Finding(("country",), f'unknown country "{printable(calendar.country)}"{hint}')
    elif calendar.subdivision is not None and not _is_known(calendar.country, calendar.subdivision):
        regions = list_supported_countries()[calendar.country]
        choices = f"it has {listed(regions, 'and')}" if regions else "it has none"
        yield Finding(("subdivision",), f"unknown subdivision of {calendar.country}; {choices}")


def _is_known(country: str, subdivision: str | None) -> bool:
    """Whether public holidays are known; asked of the place itself, for listing all places takes long."""
    from holidays import country_holidays

    try:
        country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        return False
    return country.isupper()  # names of countries are understood too, but the file is to have one form
